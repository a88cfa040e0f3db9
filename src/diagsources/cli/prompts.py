"""Questions to whoever sits before the terminal. They stand on stderr, for stdout is the report; the end of what is
typed (Ctrl-D) interrupts, as Ctrl-C does."""

import sys
from collections.abc import Callable
from typing import TypeVar

from diagsources.errors import DiagsourcesError
from diagsources.terminal import Terminal, is_terminal
from diagsources.text import french, visible

Taken = TypeVar("Taken")

NOTHING = "-"
"""What is typed for nothing at all, where Enter alone takes what is proposed."""


def somebody_answers() -> bool:
    """Whether there is anybody to ask."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def agreed(question: str, *, by_default: bool = False) -> bool:
    """Whether the user says yes to *question*; Enter alone is *by_default*."""
    said = _typed(f"{question} {'[O/n]' if by_default else '[o/N]'} ").lower()
    return said in ("o", "oui", "y", "yes") if said else by_default


def answered(what: str, proposed: str, terminal: Terminal, *, taken: Callable[[str], Taken]) -> Taken:
    """What *taken* makes of the answer, Enter alone being *proposed*; asked again where it refuses."""
    while True:
        said = _typed(f"{what} [{proposed}] : " if proposed else f"{what} : ")
        try:
            return taken("" if said == NOTHING else said or proposed)
        except DiagsourcesError as error:
            terminal.error(error.message, error.hint, error.choices)


def _typed(question: str) -> str:
    sys.stderr.write(french(visible(question)))
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        sys.stderr.write("\n")
        raise KeyboardInterrupt
    return line.strip()
