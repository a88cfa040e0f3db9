"""`diagsources links`."""

from typing import TYPE_CHECKING, Annotated

import typer

from diagsources.cli.emit import emit
from diagsources.cli.locating import TerritoryName, the_territory
from diagsources.cli.options import CataloguePaths, Rendering, Selection, the_catalogue
from diagsources.cli.verb import verb
from diagsources.errors import WrongUsage
from diagsources.query import select
from diagsources.text import counted

if TYPE_CHECKING:
    from rich.console import Console


@verb(
    "Donner d'un coup toutes les adresses d'un territoire : à l'écran, pour un document, ou en favoris à importer dans "
    "un navigateur.",
    """
    diagsources links --territory sicoval                  par thème
    diagsources links --territory labege -t finances       d'un thème
    diagsources links --territory labege -o favoris.html   des favoris, pour un navigateur
    diagsources links --territory labege -f markdown       pour un document
    diagsources links --territory labege --all             et les sources où il reste à chercher
    """,
)
def command(
    selection: Selection,
    rendering: Rendering,
    territory: TerritoryName = None,
    everything: Annotated[
        bool,
        typer.Option(
            "--all", "-a", help="Aussi les sources qui le couvrent sans adresse pour lui.", show_default=False
        ),
    ] = False,
    catalogue: CataloguePaths = None,
) -> int:
    """Where every chosen source is for the territory; 1 where something of the catalogue could not be read."""
    here = the_territory(territory, rendering.terminal)
    if here is None:
        raise WrongUsage(
            "il manque un territoire",
            hint='--territory labege, par exemple, ou territory = "labege" dans les réglages',
        )
    # deferred: they load the package of territories
    from diagsources.reports.locations import Place, of_places
    from diagsources.reports.territories import TerritoryCard
    from diagsources.territory import about

    whole = the_catalogue(catalogue, rendering.terminal)
    in_service = [source for source in select(whole, selection) if source.status != "closed"]
    covering = here.located(in_service)
    places = [Place(source, covering[source.id]) for source in in_service if source.id in covering]
    shown = [place for place in places if everything or place.located.territory is not None]
    if len(shown) < len(places):
        left = counted(len(places) - len(shown), "autre source couvre", "autres sources couvrent")
        rendering.terminal.say(f"{left} {here.territory.name} sans adresse directe ; --all les donne")

    card = TerritoryCard(here.territory, members=(), others=(), note="", about=about())

    def screen(console: "Console") -> None:
        from diagsources.terminal import screens

        screens.places(console, whole, card, shown)

    emit(rendering, of_places(whole, card, shown), screen)
    return 1 if whole.lost else 0
