"""The one place where a word becomes a command, and an exception a message and an exit code.

    0    done, nothing to report (also: nothing found, closed pipe)
    1    done, and findings or problems
    2    it could not be done: usage, unknown id, unreadable file, no network
    3    a bug of ours: a traceback, and where to report it
    130  Ctrl-C

It sits in the group rather than in `main`, so that whoever invokes the app sees the same.
"""

import errno
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from diagsources import HOME_PAGE, __version__
from diagsources.cli.commands import COMMANDS
from diagsources.cli.help import FrenchHelp, explain
from diagsources.errors import DiagsourcesError, OutputUnwritable, UnknownValue, stdout_refuses
from diagsources.terminal import Terminal, forget_stdout, prepare_streams
from diagsources.text import nearest

BUG = 3
INTERRUPTED = 130
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What a file system answers that takes no more."""


class Shell(FrenchHelp, TyperGroup):
    """The group: loads only the command that is asked for, and turns what it raises into words."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command *cmd_name*, imported now; None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        return import_module(f"diagsources.cli.{cmd_name}").command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first of *args* names; raises `UnknownValue`."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise UnknownValue(
                "commande inconnue", args[0], nearest(args[0], COMMANDS), where="diagsources --help les liste"
            )
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """The names of the commands, none of which is imported."""
        from typer._click.shell_completion import CompletionItem

        return [CompletionItem(name) for name in COMMANDS if name.startswith(incomplete)] + [
            item for item in TyperCommand.shell_complete(self, ctx, incomplete) if incomplete.startswith("-")
        ]

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Runs a command line and exits with its code."""
        prepare_streams()
        code = self._run(args, prog_name, complete_var, windows_expand_args, extra)
        try:
            sys.stdout.flush()
        except (OSError, ValueError):  # the command itself has said what could be said
            forget_stdout()
        sys.exit(code)

    def _run(
        self,
        args: Sequence[str] | None,
        prog_name: str | None,
        complete_var: str | None,
        windows_expand_args: bool,
        extra: dict[str, Any],
    ) -> int:
        words = list(sys.argv[1:] if args is None else args)
        terminal = Terminal(color=_colour_asked(words))
        try:
            result = super().main(words, prog_name, complete_var, False, windows_expand_args, **extra)
        except DiagsourcesError as error:
            terminal.error(error.message, error.hint, error.choices)
            return error.exit_code
        except typer.TyperException as error:
            terminal.error(*explain(error, words[0] if words and words[0] in COMMANDS else ""))
            return 2
        except typer.Abort:
            terminal.say("abandon")
            return 1
        except KeyboardInterrupt:
            return INTERRUPTED
        except Exception as error:  # noqa: BLE001 - the boundary: what arrives here is our bug
            return _unexpected(error, terminal)
        return result if isinstance(result, int) else 0

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Reads the words, and shows the help that they may ask for: `| head` has read enough of it."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except BrokenPipeError:
            forget_stdout()
            raise typer.Exit(0) from None

    def invoke(self, ctx: Any) -> Any:
        """Runs the command; a reader that goes away (`| head`) is no failure."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            forget_stdout()
            return 0
        return result


def _unexpected(error: Exception, terminal: Terminal) -> int:
    """Says what no command has foreseen: a stdout that is full, where a library writes (help), or a bug of ours."""
    if isinstance(error, OSError) and error.errno in _FULL:
        forget_stdout()
        terminal.error(stdout_refuses(error).message)
        return OutputUnwritable.exit_code
    terminal.trace(traceback.format_exc())
    terminal.error(
        "diagsources s'est trompé, ce n'est pas votre faute",
        f"signalez-le avec le texte ci-dessus : {HOME_PAGE}/issues (version {__version__})",
    )
    return BUG


def _colour_asked(words: Sequence[str]) -> str:
    """What `--color` says, for errors that come before options are read, or after they are gone."""
    joined = " ".join(words)
    return next(
        (when for when in ("always", "never") if f"--color {when}" in joined or f"--color={when}" in joined), "auto"
    )
