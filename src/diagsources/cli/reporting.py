"""Further reports of one run, each in its form and file: `--report junit=links.xml --report html=links.html`."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from diagsources.cli.emit import emit, require_folder
from diagsources.cli.options import FORMAT_NAMES, Output
from diagsources.errors import UnknownValue, WrongUsage
from diagsources.reports import Report
from diagsources.terminal import Terminal
from diagsources.text import nearest

if TYPE_CHECKING:
    from rich.console import Console

ReportFiles = Annotated[
    list[str] | None,
    typer.Option(
        "--report",
        metavar="FORMAT=FICHIER",
        help="Écrire aussi le rapport entier sous cette forme (junit=liens.xml) ; plusieurs fois s'il le faut.",
        show_default=False,
        rich_help_panel="Affichage",
    ),
]


class Wanted(NamedTuple):
    """A form, and the file that it goes to."""

    format: str
    file: str


def reports_of(words: Iterable[str] | None) -> tuple[Wanted, ...]:
    """What `--report` asks for, each of *words*; raises `WrongUsage`, `UnknownValue` or `OutputUnwritable` now
    rather than after an hour of asking."""
    found = tuple(map(_wanted, words or ()))
    for rank, one in enumerate(found):
        if any(one.file == other.file for other in found[:rank]):
            raise WrongUsage(f"--report écrit deux fois dans {one.file}", hint="un fichier par rapport")
    return found


def _wanted(word: str) -> Wanted:
    name, equals, file = word.partition("=")
    if not equals or not file or file == "-":
        raise WrongUsage(f"--report attend FORMAT=FICHIER : « {word} »", hint="par exemple --report junit=liens.xml")
    if name not in FORMAT_NAMES:
        raise UnknownValue(
            "--report : format inconnu", name, nearest(name, FORMAT_NAMES), where=", ".join(FORMAT_NAMES)
        )
    require_folder(file)
    return Wanted(name, file)


def write(
    reports: Sequence[Wanted], terminal: Terminal, make: Callable[[], Report], screen: Callable[["Console"], None]
) -> None:
    """Writes each of *reports*, *make* anew for each of them. Raises `OutputUnwritable`."""
    heard = Terminal(color="never", verbosity=max(terminal.verbosity, -1))  # -qq is about the streams
    for one in reports:
        emit(Output(one.format, one.file, heard), make(), screen)
