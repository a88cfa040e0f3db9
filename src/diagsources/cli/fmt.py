"""`diagsources fmt`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from diagsources.catalogue import files
from diagsources.cli.options import CataloguePaths, Narration, catalogue_paths
from diagsources.cli.rewriting import Draft, difference, draft_of, save, show
from diagsources.cli.verb import verb
from diagsources.errors import InputUnreadable
from diagsources.text import counted


@verb(
    "Mettre le YAML en forme, sans en changer le sens : clés dans l'ordre du modèle, fautes d'une lettre dans les "
    "clés, blancs en fin de ligne. Les commentaires suivent leur clé.",
    """
    diagsources fmt                     le catalogue fourni
    diagsources fmt mon-catalogue/      le sien
    diagsources fmt --check             montrer le diff, ne rien écrire ; sort avec 1 s'il y en a un
    """,
)
def command(
    terminal: Narration,
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[CHEMIN]…", help="Dossiers ou fichiers YAML.", show_default=False)
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Montrer le diff au lieu d'écrire.", show_default=False)
    ] = False,
    catalogue: CataloguePaths = None,
) -> int:
    """Writes what is put right; with *check*, 1 where there is anything."""
    changed, unreadable = tidied_drafts(files((*catalogue_paths(catalogue), *(paths or ()))))
    for sentence in unreadable:
        terminal.error(sentence)
    number = counted(len(changed), "fichier")
    if check:
        show(difference(changed), terminal)
        terminal.say(f"{number} à mettre en forme" if changed else "tout est en forme")
    else:
        save(*changed)
        terminal.say(f"{number} mis en forme" if changed else "tout était en forme")
    return 2 if unreadable else 1 if check and changed else 0


def tidied_drafts(paths: Mapping[str, Path]) -> tuple[list[Draft], list[str]]:
    """The files of *paths* in which there is something to put right, and what keeps others from being read."""
    from diagsources.catalogue.nodes import Unreadable  # deferred: yaml costs 25 ms, and help has no use of it
    from diagsources.catalogue.tidying import tidied

    changed, unreadable = [], []
    for name, path in paths.items():
        try:
            draft = draft_of(path, name)
            draft = draft._replace(after=tidied(draft.before))
        except InputUnreadable as error:
            unreadable.append(error.message)
        except Unreadable as error:
            unreadable.append(f"{name}:{error.line}:{error.column}: {error.message}")
        else:
            if draft.is_changed:
                changed.append(draft)
    return changed, unreadable
