"""`diagsources list`."""

from typing import TYPE_CHECKING, Annotated

import typer

from diagsources.cli.emit import emit
from diagsources.cli.health import WITH_HEALTH, health, marks
from diagsources.cli.locating import TerritoryName, the_territory
from diagsources.cli.options import CataloguePaths, Rendering, Selection, StateFile, the_catalogue
from diagsources.cli.verb import verb
from diagsources.query import select
from diagsources.reports.sources import of_sources
from diagsources.text import counted

if TYPE_CHECKING:
    from rich.console import Console


@verb(
    "Lister les sources, par thème.",
    """
    diagsources list                               toutes, par thème
    diagsources list --theme sante                 celles de la santé
    diagsources list --granularity iris -f csv     à l'IRIS, pour un tableur
    diagsources list -s "logement"                 où ce mot se trouve
    diagsources list --territory labege            celles qui couvrent cette commune
    diagsources list --all                         les sources fermées aussi
    """,
)
def command(
    selection: Selection,
    rendering: Rendering,
    everything: Annotated[
        bool, typer.Option("--all", "-a", help="Montrer aussi les sources fermées.", show_default=False)
    ] = False,
    territory: TerritoryName = None,
    catalogue: CataloguePaths = None,
    state: StateFile = None,
) -> int:
    """The chosen sources; 1 where something of the catalogue could not be read."""
    whole = the_catalogue(catalogue, rendering.terminal)
    here = the_territory(territory, rendering.terminal)
    asked = select(whole, selection)
    located = here.located(asked) if here else {}
    found = tuple(source for source in asked if here is None or source.id in located)
    elsewhere = len(asked) - len(found)
    if here and elsewhere and (not found or rendering.format == "table"):
        others = counted(elsewhere, "source ne couvre pas", "sources ne couvrent pas")
        rendering.terminal.say(
            f"{others} {here.territory.name} ; --territory - {'la' if elsewhere == 1 else 'les'} montre"
        )
    # who names a source, or asks for a status, wants to see what is there
    shows_closed = everything or bool(selection.ids or selection.statuses)
    chosen = tuple(source for source in found if shows_closed or source.status != "closed")
    hidden = len(found) - len(chosen)
    if hidden and (not chosen or rendering.format == "table"):
        rendering.terminal.say(f"{counted(hidden, 'source fermée', 'sources fermées')} de plus avec --all")
    elif not chosen and not elsewhere:
        rendering.terminal.say("aucune source ne répond à ces critères")
    known = health(chosen, rendering, state=state) if rendering.format in WITH_HEALTH else {}

    def screen(console: "Console") -> None:
        from diagsources.terminal import screens

        screens.sources(console, whole, chosen, marks(known), located)

    emit(rendering, of_sources(whole, chosen, known, located), screen)
    return 1 if whole.lost else 0
