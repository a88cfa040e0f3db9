"""The two consoles: `out` for the report, `err` for everything else. Rich lives here alone.

Nothing that comes from outside is markup: styles are given with `Text`, and control characters are
shown, never sent. Without a terminal nothing of rich is loaded.
"""

import os
import re
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING

from diagsources.text import french, visible

if TYPE_CHECKING:
    from rich.console import Console

COLOR = ("auto", "always", "never")
_WORD = re.compile(r"[^\S\u00a0\u202f]*[\S\u00a0\u202f]+[^\S\u00a0\u202f]*")
"""What stays on one line: letters and no-break spaces, with the spaces around."""


class Terminal:
    """What the user sees, under the one decision of how much and in what colours."""

    def __init__(self, *, color: str = "auto", verbosity: int = 0) -> None:
        self.color = color
        self.verbosity = verbosity

    def console(self, stream: IO[str], *, width: int | None = None) -> "Console":
        """A rich console on *stream* that interprets nothing."""
        # deferred: 50 ms, and only a terminal has use of it
        from rich import _wrap
        from rich.console import Console

        _wrap.re_word = _WORD  # rich's own breaks a line at a no-break space

        class Plain(Console):
            """Leaves it to us what a reader that goes away means; rich would end the program with 1."""

            def on_broken_pipe(self) -> None:
                raise BrokenPipeError

        never = self.color == "never"
        return Plain(
            file=stream,
            width=width,
            markup=False,
            emoji=False,
            highlight=False,
            force_terminal=True if self.color == "always" else None,
            no_color={"never": True, "always": False}.get(self.color),
            color_system=None if never else "standard" if self.color == "always" else "auto",
        )

    def say(self, message: str) -> None:
        """Narration on stderr, unless `--quiet`."""
        if self.verbosity >= 0:
            self._write(french(visible(message)))

    def warn(self, message: str, hint: str = "") -> None:
        """Something to know that did not keep the command from doing its work."""
        if self.verbosity >= 0:
            self._write(f"{self._styled('attention :', '33')} {french(visible(message))}")
            if hint:
                self._write(f"{self._styled('conseil :', '36')} {french(visible(hint))}")

    def error(self, message: str, hint: str = "", choices: Sequence[str] = ()) -> None:
        """What could not be done, what could have been meant, and what to do next; always said."""
        self._write(f"{self._styled('erreur :', '31')} {french(visible(message))}")
        for choice in choices:
            self._write(f"  {french(visible(choice))}")
        if hint:
            self._write("")
            self._write(f"{self._styled('conseil :', '36')} {french(visible(hint))}")

    def trace(self, lines: str) -> None:
        """What a programmer wants to know of a bug."""
        self._write("\n".join(map(visible, lines.splitlines())))

    def _write(self, line: str) -> None:
        """Where nobody can be told (a full disk, a reader that has gone), what was found stays what was found."""
        try:
            sys.stderr.write(line + "\n")
            sys.stderr.flush()
        except OSError:
            _forget("stderr")

    def _styled(self, word: str, code: str) -> str:
        shown = french(word)
        return f"\x1b[1;{code}m{shown}\x1b[0m" if self._colours(sys.stderr) else shown

    def _colours(self, stream: IO[str]) -> bool:
        if self.color != "auto":
            return self.color == "always"
        if os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("FORCE_COLOR"):
            return True
        return os.environ.get("TERM") != "dumb" and is_terminal(stream)


def prepare_streams() -> None:
    """Makes stdout and stderr fit for any text, whatever the locale; a closed one is read by nobody.

    Away from a terminal the report is UTF-8 with plain line ends, byte for byte the same everywhere.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - lives until exit
        elif isinstance(stream, TextIOWrapper) and is_terminal(stream):
            stream.reconfigure(errors="replace")
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def forget_stdout() -> None:
    """Sends what is left of stdout nowhere, so that the interpreter's last flush is silent."""
    _forget("stdout")


def _forget(name: str) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, getattr(sys, name).fileno())
    except (OSError, ValueError):
        setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - lives until exit


def is_terminal(stream: IO[str]) -> bool:
    """Whether a person looks at *stream*; a closed stream is looked at by nobody."""
    try:
        return stream.isatty()
    except ValueError:
        return False
