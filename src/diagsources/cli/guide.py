"""`diagsources guide`."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from diagsources.cli.emit import emit
from diagsources.cli.health import health_by_links
from diagsources.cli.locating import Here, TerritoryName, the_territory
from diagsources.cli.options import CataloguePaths, Output, Rendering, StateFile, complete_guide, the_catalogue
from diagsources.cli.verb import verb
from diagsources.model import BY_TERRITORY, Catalogue, Guide, Link, links_of
from diagsources.query import guide_named, guides_of
from diagsources.reports.guide import Course, Stop, assemble, of_course, of_guides

if TYPE_CHECKING:
    from rich.console import Console


@verb(
    "Suivre les questions d'un diagnostic, dans l'ordre : ce qu'il faut relever, où le chercher, de quoi se "
    "méfier. Sans nom de guide, toutes les questions.",
    """
    diagsources guide --list                                    les guides
    diagsources guide plui --territory sicoval                  celui d'un PLUi, aux adresses du Sicoval
    diagsources guide abs --territory labege -o abs.md          à remplir, en Markdown
    diagsources guide pcaet --territory sicoval -o pcaet.html   à imprimer
    """,
)
def command(
    rendering: Rendering,
    name: Annotated[
        str,
        typer.Argument(metavar="[GUIDE]", help="plui, pcaet, abs…", autocompletion=complete_guide, show_default=False),
    ] = "",
    territory: TerritoryName = None,
    all_guides: Annotated[bool, typer.Option("--list", "-l", help="Lister les guides.", show_default=False)] = False,
    catalogue: CataloguePaths = None,
    state: StateFile = None,
) -> int:
    """The course of the guide, or the guides; 1 where something of the catalogue could not be read."""
    whole = the_catalogue(catalogue, rendering.terminal)
    if all_guides:
        _list(whole, (guide_named(whole, name),) if name else guides_of(whole), rendering)
    else:
        course = _course(whole, name, the_territory(territory, rendering.terminal))
        known = health_by_links({stop.source.id: _links(stop) for stop in course.stops}, rendering, state=state)

        def screen(console: "Console") -> None:
            from diagsources.terminal import guides

            guides.course(console, course, known)

        emit(rendering, of_course(course, known), screen)
    return 1 if whole.lost else 0


def _list(catalogue: Catalogue, guides: Sequence[Guide], rendering: Output) -> None:
    if not guides:
        rendering.terminal.say("aucun guide dans ce catalogue")

    def screen(console: "Console") -> None:
        from diagsources.terminal import guides as screens

        screens.guides(console, catalogue, guides)

    emit(rendering, of_guides(catalogue, guides), screen)


def _course(catalogue: Catalogue, name: str, here: Here | None) -> Course:
    """Raises `UnknownValue` for a guide."""
    guide = guide_named(catalogue, name)
    if here is None:
        return assemble(catalogue, guide)
    # deferred: without a territory there is no need of them
    from diagsources.reports.territories import TerritoryCard, origin
    from diagsources.territory import about

    located = {source.id: here.locate(source) for source in catalogue.sources}
    card = TerritoryCard(here.territory, members=(), others=(), note="", about=about())
    return assemble(catalogue, guide, here.territory, located, origin=origin(card))


def _links(stop: Stop) -> Iterator[Link]:
    """What the health of a source is told from: its links, and its address for the territory."""
    own, *others = links_of(stop.source)
    yield own
    yield from others
    if stop.territory:
        yield own._replace(rel=BY_TERRITORY, url=stop.url)
