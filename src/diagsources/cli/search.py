"""`diagsources search`."""

from typing import TYPE_CHECKING, Annotated

import typer

from diagsources.cli.emit import emit
from diagsources.cli.locating import TerritoryName, the_territory
from diagsources.cli.options import CataloguePaths, Filter, Rendering, the_catalogue
from diagsources.cli.verb import verb
from diagsources.query import search, select
from diagsources.reports.sources import of_hits

if TYPE_CHECKING:
    from rich.console import Console


@verb(
    "Chercher des sources par mots, la plus proche d'abord. Ni la casse, ni les accents, ni les pluriels ne "
    "comptent ; une faute de frappe est pardonnée.",
    """
    diagsources search équipements               la BPE d'abord
    diagsources search medecin commune           tous ces mots
    diagsources search emploi --theme sante      dans un thème
    diagsources search prix --territory labege   droit à cette commune
    """,
)
def command(
    words: Annotated[list[str], typer.Argument(metavar="MOT…", help="Les mots cherchés, tous ensemble.")],
    within: Filter,
    rendering: Rendering,
    territory: TerritoryName = None,
    catalogue: CataloguePaths = None,
) -> int:
    """What answers the words, best first."""
    whole = the_catalogue(catalogue, rendering.terminal)
    here = the_territory(territory, rendering.terminal)
    sources = select(whole, within)
    located = here.located(sources) if here else {}
    sources = tuple(source for source in sources if here is None or source.id in located)
    hits = search(whole._replace(sources=sources), " ".join(words))
    if not hits:
        which = f"aucune source qui couvre {here.territory.name}" if here else "aucune source"
        rendering.terminal.say(f"{which} ne contient ces mots")
    elif not hits[0].is_whole:
        rendering.terminal.say("aucune source ne contient tous ces mots ; voici celles qui en ont le plus")

    def screen(console: "Console") -> None:
        from diagsources.terminal import screens

        screens.hits(console, hits, located)

    emit(rendering, of_hits(whole, hits, located), screen)
    return 1 if whole.lost else 0
