"""`diagsources show`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diagsources.cli.emit import emit
from diagsources.cli.health import health, past
from diagsources.cli.locating import Here, TerritoryName, the_territory
from diagsources.cli.options import CataloguePaths, Rendering, StateFile, complete_id, the_catalogue
from diagsources.cli.verb import verb
from diagsources.model import Source
from diagsources.query import Query, select
from diagsources.reports.card import Section, card
from diagsources.reports.located import located_record
from diagsources.reports.sources import of_cards

if TYPE_CHECKING:
    from rich.console import Console


@verb(
    "Montrer la fiche d'une source, la lecture critique d'abord : qui produit, par quelle collecte, avec "
    "quelles transformations, jusqu'à quelle maille, et de quoi se méfier.",
    """
    diagsources show insee-bpe                une fiche
    diagsources show cartosante geodes        deux fiches
    diagsources show insee-bpe -f markdown    pour un document
    diagsources show ofgl --territory labege  avec l'adresse de cette commune
    """,
)
def command(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID…", help="Identifiants de sources.", autocompletion=complete_id)
    ],
    rendering: Rendering,
    territory: TerritoryName = None,
    catalogue: CataloguePaths = None,
    state: StateFile = None,
) -> int:
    """The cards of the sources named."""
    whole = the_catalogue(catalogue, rendering.terminal)
    chosen = select(whole, Query(ids=tuple(ids)))
    known = health(chosen, rendering, state=state)
    remembered = past(chosen, known, rendering, state=state)
    further: dict[str, list[Section]] = {source.id: [] for source in chosen}
    records: dict[str, dict[str, Any]] = {source.id: {} for source in chosen}
    if here := the_territory(territory, rendering.terminal):
        _add_location(here, chosen, further, records)
    if remembered:
        from diagsources.reports.history import past_record, section  # deferred: most know of no past

        for ident, one in remembered.items():
            further[ident].append(section(*one))
            records[ident] |= past_record(*one)
    cards = [(*card(whole, source), *further[source.id]) for source in chosen]

    def screen(console: "Console") -> None:
        from diagsources.terminal import screens

        for source, sections in zip(chosen, cards, strict=True):
            screens.card(console, source, sections)

    emit(rendering, of_cards(chosen, cards, known, records), screen)
    return 1 if whole.lost else 0


def _add_location(
    here: Here, chosen: Iterable[Source], sections: dict[str, list[Section]], records: dict[str, dict[str, Any]]
) -> None:
    """Adds where each of *chosen* is for the territory, for people and for programs."""
    from diagsources.reports.locations import located_section  # deferred: it loads the package of territories

    for source in chosen:
        located = here.locate(source)
        sections[source.id].append(located_section(here.territory, located))
        records[source.id] |= located_record(located)
