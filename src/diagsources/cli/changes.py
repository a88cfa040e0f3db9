"""`check --changed-since REF`: of the links chosen, those that the catalogue did not have at a revision of git."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from diagsources.catalogue import load, shipped
from diagsources.cli.options import catalogue_paths
from diagsources.cli.to_ask import links_to_ask
from diagsources.errors import CatalogueUnreadable
from diagsources.model import Expectation, Link

ChangedSince = Annotated[
    str | None,
    typer.Option(
        "--changed-since",
        metavar="RÉVISION",
        help="Seulement les liens ajoutés ou changés depuis cette révision de git (HEAD, origin/main).",
        show_default=False,
        rich_help_panel="Choisir",
    ),
]


def changed(links: Iterable[Link], revision: str, catalogue: Iterable[Path] | None) -> list[Link]:
    """Those of *links* whose address, or what it should show, the catalogue of *revision* had nowhere: a link that
    moved to another line, file or source is the same link. Raises what `files_at` raises."""
    from tempfile import TemporaryDirectory  # deferred: 2 ms, and help has no use of it

    from diagsources.exchange.revision import files_at

    paths = catalogue_paths(catalogue) or (shipped(),)
    with TemporaryDirectory(prefix="diagsources-") as folder:
        known = _asked(files_at(revision, paths, Path(folder)))
    return [link for link in links if _content(link) not in known]


def _asked(paths: Sequence[Path]) -> set[tuple[str, Expectation | None]]:
    """What the links of the catalogue of *paths* ask; nothing where it cannot be read: all is new then."""
    if not paths:
        return set()
    try:
        whole = load(paths)
    except CatalogueUnreadable:
        return set()
    return {_content(link) for source in whole.sources for link in links_to_ask(source)}


def _content(link: Link) -> tuple[str, Expectation | None]:
    return link.url, link.expect
