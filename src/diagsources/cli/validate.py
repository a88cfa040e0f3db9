"""`diagsources validate`."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diagsources.catalogue import files, load
from diagsources.cli.clock import now
from diagsources.cli.emit import emit
from diagsources.cli.fmt import tidied_drafts
from diagsources.cli.options import CataloguePaths, Rendering, catalogue_paths
from diagsources.cli.rewriting import save
from diagsources.cli.verb import verb
from diagsources.model import Catalogue, Problem
from diagsources.reports.sources import of_problems
from diagsources.terminal import Terminal
from diagsources.text import counted

if TYPE_CHECKING:
    from rich.console import Console


@verb(
    "Dire tous les problèmes du catalogue, chacun à sa ligne, avec le mot juste quand il est connu. "
    "Sort avec 0 s'il n'y en a pas, 1 sinon.",
    """
    diagsources validate                     le catalogue fourni
    diagsources validate mon-catalogue/      le sien
    diagsources validate --fix               corriger d'abord ce qu'une machine peut, comme fmt
    diagsources validate -f json             pour un programme
    """,
)
def command(
    rendering: Rendering,
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[CHEMIN]…", help="Dossiers ou fichiers YAML.", show_default=False)
    ] = None,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help="Corriger d'abord, comme fmt : fautes d'une lettre dans les clés, leur ordre, blancs en fin de ligne.",
            show_default=False,
        ),
    ] = False,
    catalogue: CataloguePaths = None,
) -> int:
    """Every problem; 1 if there is any."""
    layers = (*catalogue_paths(catalogue), *(paths or ()))
    if fix:
        _fix(layers, rendering.terminal)
    whole = load(layers)
    problems = (*whole.problems, *_expired(whole, now().date()))
    if problems:
        count = len({problem.file for problem in problems})
        rendering.terminal.say(f"{counted(len(problems), 'problème')} dans {counted(count, 'fichier')}")
        if not fix and any(problem.code == "unknown-key" and problem.suggestion for problem in problems):
            rendering.terminal.say("--fix corrige les clés fautives d'une lettre")
    else:
        rendering.terminal.say(f"aucun problème : {counted(len(whole.sources), 'source')}")

    def screen(console: "Console") -> None:
        from diagsources.terminal import screens

        screens.problems(console, problems)

    emit(rendering, of_problems(problems), screen)
    return 1 if problems else 0


def _fix(layers: Sequence[Path], terminal: Terminal) -> None:
    """Writes what a machine can put right; what keeps a file from being read is told with the other problems."""
    changed, _ = tidied_drafts(files(layers))
    save(*changed)
    for draft in changed:
        terminal.say(f"{draft.name} : mis en forme")


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
