"""The command line: a verb is a file of this package, and a line of `commands.COMMANDS`."""

import typer

from diagsources import __version__
from diagsources.cli.commands import COMMANDS
from diagsources.cli.settings import settings
from diagsources.cli.shell import Shell

app = typer.Typer(
    name="diagsources",
    cls=Shell,
    help=(
        "Les sources de données du diagnostic territorial : les lister, les lire d'un œil critique, les ouvrir, "
        "les vérifier.\n\n"
        "Codes de sortie : 0 rien à signaler, 1 de quoi agir, 2 impossible, 3 un défaut de diagsources, 130 interrompu."
    ),
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"diagsources {__version__}")
        raise typer.Exit


@app.callback()
def diagsources(
    context: typer.Context,
    version: bool = typer.Option(
        False, "--version", "-V", callback=_print_version, is_eager=True, help="Dire la version, et rien d'autre."
    ),
) -> None:
    """Sets the defaults of the settings; prints the help when no command is given."""
    context.default_map = dict.fromkeys(COMMANDS, settings())
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
