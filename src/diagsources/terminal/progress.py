"""A bar on stderr while links are asked; nothing at all where nobody looks."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from diagsources.terminal import Terminal, is_terminal
from diagsources.text import visible


class Bar(Protocol):
    """What the consumer of the checks tells."""

    def __call__(self, *, said: str = "") -> None:
        """One more is done; *said* is the last one's name."""


@contextmanager
def progress(terminal: Terminal, total: int | None) -> Iterator[Bar]:
    """A bar of *total* steps (None: unknown), shown at once and gone at the end."""
    if terminal.verbosity != 0 or not is_terminal(sys.stderr):
        yield _nothing
        return
    # deferred: rich costs 60 ms, and only a terminal has use of it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[said]}", style="dim", markup=False),
        console=terminal.console(sys.stderr),
        transient=True,
    )
    task = bar.add_task("Vérification", total=total, said="")

    def advance(*, said: str = "") -> None:
        bar.update(task, advance=1, said=visible(said))

    with bar:
        yield advance


def _nothing(*, said: str = "") -> None:
    return
