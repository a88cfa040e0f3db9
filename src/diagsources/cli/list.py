"""`diagsources list`."""

from typing import TYPE_CHECKING

from diagsources.cli.emit import emit
from diagsources.cli.health import WITH_HEALTH, health, marks
from diagsources.cli.options import CataloguePaths, Rendering, Selection, StateFile, the_catalogue
from diagsources.cli.verb import verb
from diagsources.query import select
from diagsources.reports.sources import of_sources

if TYPE_CHECKING:
    from rich.console import Console


@verb(
    "Lister les sources, par thème.",
    """
    diagsources list                               toutes, par thème
    diagsources list --theme sante                 celles de la santé
    diagsources list --granularity iris -f csv     à l'IRIS, pour un tableur
    diagsources list -s "logement"                 où ce mot se trouve
    """,
)
def command(
    selection: Selection, rendering: Rendering, catalogue: CataloguePaths = None, state: StateFile = None
) -> int:
    """The chosen sources; 1 where something of the catalogue could not be read."""
    whole = the_catalogue(catalogue, rendering.terminal)
    chosen = select(whole, selection)
    if not chosen:
        rendering.terminal.say("aucune source ne répond à ces critères")
    known = health(chosen, rendering, state=state) if rendering.format in WITH_HEALTH else {}

    def screen(console: "Console") -> None:
        from diagsources.terminal import screens

        screens.sources(console, whole, chosen, marks(known))

    emit(rendering, of_sources(whole, chosen, known), screen)
    return 1 if whole.lost else 0
