"""`diagsources report`."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from diagsources.cli.emit import emit
from diagsources.cli.options import Rendering
from diagsources.cli.reporting import ReportFiles, reports_of, write
from diagsources.cli.ticket import keep
from diagsources.cli.verb import verb
from diagsources.errors import WrongUsage

if TYPE_CHECKING:
    from rich.console import Console


@verb(
    "Rendre à nouveau un rapport gardé en JSON, sous une autre forme, ou plusieurs comme un seul : d'un lien qui est "
    "dans plusieurs, le plus récent. Rien n'est redemandé. Sort avec 1 si un lien y fait échouer, comme check.",
    """
    diagsources report liens.json -f html -o liens.html      une page
    diagsources report nord.json sud.json -f markdown        plusieurs passages, en un résumé
    diagsources report liens.json --github-issue moi/depot   tenir à jour le ticket des liens morts
    """,
)
def command(
    rendering: Rendering,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="RAPPORT…",
            help="Rapports de check, en json ou jsonl ; - pour l'entrée standard.",
            show_default=False,
        ),
    ] = None,
    report: ReportFiles = None,
    github_issue: Annotated[
        str | None,
        typer.Option(
            "--github-issue",
            metavar="PROPRIÉTAIRE/DÉPÔT",
            help="Y tenir un ticket, et un seul, des liens morts. [variable : GITHUB_TOKEN]",
            show_default=False,
        ),
    ] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Sortir avec 0 quoi qu'on y lise.")] = False,
) -> int:
    """What the reports say; 1 where a check of theirs counts."""
    # deferred: nothing of it is needed for help
    from diagsources.reports.findings import weighs
    from diagsources.reports.kept import as_one, read

    if not files:
        raise WrongUsage("il manque RAPPORT", hint="un rapport s'écrit avec check --format json --output liens.json")
    also = reports_of(report)
    whole = as_one([read(file, sys.stdin) for file in files])

    def screen(console: "Console") -> None:
        from diagsources.reports.revived import told_of
        from diagsources.terminal import checks

        told = [told_of(record) for record in whole.records]
        checks.screen(console, told, everything=rendering.terminal.verbosity > 0)

    write(also, rendering.terminal, whole.report, screen)
    emit(rendering, whole.report(), screen)
    if github_issue:
        keep(github_issue, whole, rendering.terminal)
    return 1 if not exit_zero and any(map(weighs, whole.records)) else 0
