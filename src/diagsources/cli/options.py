"""The options that several commands share: written once, meaning the same everywhere."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple

import typer

from diagsources.catalogue import load
from diagsources.cli.settings import settings
from diagsources.errors import CatalogueUnreadable, DiagsourcesError, UnknownValue, WrongUsage
from diagsources.model import ACCESSES, GRANULARITIES, KINDS, PLATFORMS, STATUSES, Catalogue, Problem
from diagsources.query import Query, guides_of
from diagsources.reports import FORMATS
from diagsources.terminal import COLOR, Terminal, is_terminal
from diagsources.text import counted, fold, nearest

CHOICE = "Choisir"
SCREEN = "Affichage"

Completer = Callable[[str], list[str]]


def _among(values: Iterable[str]) -> Completer:
    return lambda incomplete: [value for value in values if value.startswith(incomplete)]


def _in_catalogue(values_of: Callable[[Catalogue], Iterable[str | None]]) -> Completer:
    """Completes from the catalogue; a catalogue that cannot be read completes nothing."""

    def complete(incomplete: str) -> list[str]:
        with suppress(DiagsourcesError):
            found = dict.fromkeys(values_of(the_catalogue(None)))
            return [value for value in found if value and value.startswith(incomplete)]
        return []

    return complete


def _theme_names(catalogue: Catalogue) -> Iterable[str]:
    for theme in catalogue.themes:
        yield theme.id
        yield from (fold(alias).replace(" ", "-") for alias in theme.aliases)


complete_id = _in_catalogue(lambda catalogue: (source.id for source in catalogue.sources))
complete_theme = _in_catalogue(_theme_names)
complete_publisher = _in_catalogue(lambda catalogue: (source.publisher for source in catalogue.sources))
complete_coverage = _in_catalogue(lambda catalogue: (code for source in catalogue.sources for code in source.coverage))
complete_guide = _in_catalogue(lambda catalogue: (guide.id for guide in guides_of(catalogue)))
complete_keyword = _in_catalogue(lambda catalogue: (word for source in catalogue.sources for word in source.keywords))

CataloguePaths = Annotated[
    list[Path] | None,
    typer.Option(
        "--catalogue",
        metavar="CHEMIN",
        help="Dossier ou fichier YAML au lieu du catalogue fourni ; plusieurs se superposent. "
        "[variable : DIAGSOURCES_CATALOGUE]",
        show_default=False,
    ),
]


def _several(*names: str, says: str, values: Completer) -> Any:
    return Annotated[
        list[str] | None,
        typer.Option(
            *names, help=says, autocompletion=values, show_default=False, metavar="MOT", rich_help_panel=CHOICE
        ),
    ]


_IDS = {
    "ids": Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID]…", help="Identifiants de sources.", autocompletion=complete_id, show_default=False
        ),
    ]
}
_FILTERS = {
    "themes": _several("--theme", "-t", says="De ce thème.", values=complete_theme),
    "publishers": _several("--publisher", says="De ce diffuseur, ou de ce producteur.", values=complete_publisher),
    "kinds": _several("--kind", says="De cette nature.", values=_among(KINDS)),
    "access": _several("--access", says="Par cet accès.", values=_among(ACCESSES)),
    "granularity": _several("--granularity", says="À cette maille.", values=_among(GRANULARITIES)),
    "coverage": _several("--coverage", says="Sur ce territoire.", values=complete_coverage),
    "platforms": _several("--platform", says="Sur cette plateforme.", values=_among(PLATFORMS)),
    "keywords": _several("--keyword", says="Avec ce mot-clé.", values=complete_keyword),
    "statuses": _several("--status", says="Dans cet état.", values=_among(STATUSES)),
}
_WORDS = {
    "search": Annotated[
        str | None,
        typer.Option(
            "--search", "-s", metavar="MOTS", help="Où ces mots se trouvent.",
            show_default=False, rich_help_panel=CHOICE,
        ),
    ]
}  # fmt: skip


FORMAT_NAMES = ("table", *FORMATS)
_BY_SUFFIX = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".md": "markdown",
    ".xml": "junit",
    ".sarif": "sarif",
    ".html": "html",
}
"""The format that the name of a file asks for."""
_FOR_A_SPREADSHEET = "un tableur ouvre un fichier .csv"
_FOR_A_WORD_PROCESSOR = "guide et check écrivent une page .html, à imprimer ou à ouvrir ; les autres, du .md"
_OTHERS = dict.fromkeys((".xlsx", ".xls", ".ods"), _FOR_A_SPREADSHEET) | dict.fromkeys(
    (".docx", ".doc", ".odt", ".pdf"), _FOR_A_WORD_PROCESSOR
)
"""The names of files that we do not write, and what to take instead: plain text under such a name opens nowhere."""


def _screen(*names: str, says: str, metavar: str = "", values: Iterable[str] = ()) -> Any:
    return Annotated[
        str | None,
        typer.Option(
            *names,
            metavar=metavar,
            help=says,
            autocompletion=_among(values),
            show_default=False,
            rich_help_panel=SCREEN,
        ),
    ]


def _count(*names: str, says: str) -> Any:
    return Annotated[int, typer.Option(*names, count=True, help=says, show_default=False, rich_help_panel=SCREEN)]


_SCREEN = {
    "format_name": _screen(
        "--format",
        "-f",
        metavar="FORMAT",
        says=f"{', '.join(FORMAT_NAMES[:-1])} ou {FORMAT_NAMES[-1]} ; table à l'écran, plain dans un tube.",
        values=FORMAT_NAMES,
    ),
    "file": _screen(
        "--output", "-o", metavar="FICHIER", says="Écrire dans ce fichier, d'un coup ; - pour la sortie standard."
    ),
    "color": _screen("--color", metavar="QUAND", says="always, never ou auto.", values=COLOR),
    "quiet": _count("--quiet", "-q", says="Ne dire que le rapport ; -qq, rien du tout."),
    "verbose": _count("--verbose", "-v", says="En dire plus."),
}


class Group(NamedTuple):
    """Options that a command takes as one value: their annotations by name, what makes the value, and the defaults
    of those that have another than none."""

    options: Mapping[str, Any]
    make: Callable[..., Any]
    defaults: Mapping[str, Any] = MappingProxyType({})


class Output(NamedTuple):
    """Where the report goes, in which form, and how much is said around it."""

    format: str
    file: str
    terminal: Terminal

    @property
    def silent(self) -> bool:
        """Whether only the exit code is wanted (`-qq`)."""
        return self.terminal.verbosity <= -2


def _query(search: str | None = None, **values: Iterable[str] | None) -> Query:
    return Query(search=search or "", **{name: tuple(words or ()) for name, words in values.items()})


def _format_named_by(file: str) -> str:
    """The format that the end of a name asks for, "" if it asks for none. Raises `WrongUsage` where we have it not."""
    suffix = Path(file).suffix.lower()
    if suffix in _OTHERS:
        raise WrongUsage(f"{file} : diagsources n'écrit pas de {suffix}", hint=_OTHERS[suffix])
    return _BY_SUFFIX.get(suffix, "")


def _output(format_name: str | None, file: str | None, color: str | None, quiet: int, verbose: int) -> Output:
    """Raises `UnknownValue` for a format or colour that is none."""
    if not format_name and file not in (None, "-"):
        format_name = _format_named_by(str(file))
    if not format_name:
        format_name = "table" if file in (None, "-") and is_terminal(sys.stdout) else "plain"
    if format_name not in FORMAT_NAMES:
        raise UnknownValue(
            "format inconnu", format_name, nearest(format_name, FORMAT_NAMES), where=", ".join(FORMAT_NAMES)
        )
    return Output(
        format=format_name,
        file="" if file in (None, "-") else str(file),
        terminal=_terminal(color, quiet, verbose),
    )


Selection = Annotated[Query, Group({**_IDS, **_FILTERS, **_WORDS}, _query)]
"""Sources by id and by every criterion."""
Filter = Annotated[Query, Group(_FILTERS, _query)]
"""Sources by criteria, where the arguments are something else."""


def _terminal(color: str | None, quiet: int, verbose: int) -> Terminal:
    """Raises `UnknownValue` for a colour that is none."""
    color = color or "auto"
    if color not in COLOR:
        raise UnknownValue("--color ne connaît pas", color, nearest(color, COLOR), where=", ".join(COLOR))
    return Terminal(color=color, verbosity=verbose - quiet)


Narration = Annotated[Terminal, Group({name: _SCREEN[name] for name in ("color", "quiet", "verbose")}, _terminal)]
"""How much is said, where there is no report."""
Rendering = Annotated[Output, Group(_SCREEN, _output)]
"""Where the report goes and how much is said."""


def state_folder() -> Path:
    """Where what we remember is kept: the platform's state folder, or `DIAGSOURCES_STATE_DIR`.

    Written out here: platformdirs says the same, and costs 20 ms at every start.
    """
    chosen = os.environ.get("DIAGSOURCES_STATE_DIR")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "diagsources"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "diagsources"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "diagsources"


StateFile = Annotated[
    Path | None,
    typer.Option(
        "--state",
        metavar="FICHIER",
        help="Ce qui est retenu des liens, dans ce fichier et non dans le dossier d'état.",
        show_default=False,
    ),
]


def state_file(chosen: Path | None) -> Path:
    """Where what is remembered of links is kept: the file *chosen*, that of the settings, or ours."""
    set_to = chosen or settings().get("state")
    # its name is the store's; written out here, since the store costs 11 ms to load
    return Path(set_to) if set_to else state_folder() / "checks.sqlite3"


def catalogue_paths(paths: Iterable[Path] | None) -> tuple[Path, ...]:
    """The catalogues to read: those given, else those of the settings, else none."""
    return tuple(paths or map(Path, settings().get("catalogue", ())))


def is_typed(paths: Iterable[Path] | None) -> bool:
    """Whether *paths*, a command's catalogues, were typed: the settings' own say nothing of this command."""
    return tuple(map(str, paths or ())) not in ((), tuple(map(str, settings().get("catalogue", ()))))


def only(origins: list[str] | None) -> str:
    """The file of `--from`; "" if none. Raises `WrongUsage` for several, of which all but one would go unread."""
    if origins and len(origins) > 1:
        raise WrongUsage(
            "--from ne prend qu'un fichier à la fois",
            hint="un passage par fichier ; diagsources report a.json b.json réunit leurs rapports",
        )
    return origins[0] if origins else ""


def is_catalogue(name: str) -> bool:
    """Whether a file of that *name*, of `--from`, is of a catalogue, and no list."""
    return name.lower().endswith((".yaml", ".yml"))


def the_catalogue(paths: Iterable[Path] | None, terminal: Terminal | None = None) -> Catalogue:
    """The catalogue of *paths*, or the shipped one; what is wrong with it is told on stderr.

    Raises `CatalogueUnreadable` when nothing of it could be read.
    """
    catalogue = load(catalogue_paths(paths), cache_folder=state_folder() / "cache")
    if not catalogue.sources and catalogue.problems:
        first = catalogue.problems[0]
        raise CatalogueUnreadable(_said(first), hint=f"{_validate(paths)} dit tous les problèmes")
    if catalogue.problems and terminal is not None:
        lost = f", {counted(catalogue.lost, 'élément')} laissé de côté" if catalogue.lost else ""
        terminal.warn(
            f"{counted(len(catalogue.problems), 'problème')} dans le catalogue{lost} ; le premier, "
            f"{_said(catalogue.problems[0])}",
            f"{_validate(paths)} les dit tous",
        )
    return catalogue


def _validate(paths: Iterable[Path] | None) -> str:
    """The command that says what is wrong with the catalogues of *paths*."""
    return " ".join(["diagsources validate", *map(str, catalogue_paths(paths))])


def _said(problem: Problem) -> str:
    return f"{problem.place}: {problem.message}"
