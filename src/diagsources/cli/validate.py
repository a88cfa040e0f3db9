"""`diagsources validate`."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diagsources.catalogue import load
from diagsources.cli.clock import now
from diagsources.cli.emit import emit
from diagsources.cli.options import CataloguePaths, Rendering, catalogue_paths
from diagsources.cli.verb import verb
from diagsources.model import Catalogue, Problem
from diagsources.reports.sources import of_problems
from diagsources.text import counted

if TYPE_CHECKING:
    from rich.console import Console


@verb(
    "Dire tous les problèmes du catalogue, chacun à sa ligne, avec le mot juste quand il est connu. "
    "Sort avec 0 s'il n'y en a pas, 1 sinon.",
    """
    diagsources validate                     le catalogue fourni
    diagsources validate mon-catalogue/      le sien
    diagsources validate -f json             pour un programme
    """,
)
def command(
    rendering: Rendering,
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[CHEMIN]…", help="Dossiers ou fichiers YAML.", show_default=False)
    ] = None,
    catalogue: CataloguePaths = None,
) -> int:
    """Every problem; 1 if there is any."""
    whole = load((*catalogue_paths(catalogue), *(paths or ())))
    problems = (*whole.problems, *_expired(whole, now().date()))
    if problems:
        files = len({problem.file for problem in problems})
        rendering.terminal.say(f"{counted(len(problems), 'problème')} dans {counted(files, 'fichier')}")
    else:
        rendering.terminal.say(f"aucun problème : {counted(len(whole.sources), 'source')}")

    def screen(console: "Console") -> None:
        from diagsources.terminal import screens

        screens.problems(console, problems)

    emit(rendering, of_problems(problems), screen)
    return 1 if problems else 0


def _expired(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """The exceptions whose day is past: what they excuse counts again."""
    for source in catalogue.sources:
        if source.exception is not None and source.exception.until < today:
            yield Problem(
                source.file,
                source.line,
                1,
                "expired-exception",
                f"« {source.id} » : l'exception a expiré le {source.exception.until:%d/%m/%Y}",
                "une autre date dans « until », ou plus d'exception",
            )
