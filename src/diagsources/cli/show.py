"""`diagsources show`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from diagsources.cli.emit import emit
from diagsources.cli.health import health, past
from diagsources.cli.options import CataloguePaths, Rendering, StateFile, complete_id, the_catalogue
from diagsources.cli.verb import verb
from diagsources.query import Query, select
from diagsources.reports.card import Section, card
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
    """,
)
def command(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID…", help="Identifiants de sources.", autocompletion=complete_id)
    ],
    rendering: Rendering,
    catalogue: CataloguePaths = None,
    state: StateFile = None,
) -> int:
    """The cards of the sources named."""
    whole = the_catalogue(catalogue, rendering.terminal)
    chosen = select(whole, Query(ids=tuple(ids)))
    known = health(chosen, rendering, state=state)
    remembered = past(chosen, known, rendering, state=state)
    sections: dict[str, Section] = {}
    records: dict[str, dict[str, Any]] = {}
    if remembered:
        from diagsources.reports.history import past_record, section  # deferred: most know of no past

        sections = {ident: section(*one) for ident, one in remembered.items()}
        records = {ident: past_record(*one) for ident, one in remembered.items()}
    cards = [(*card(whole, source), *([sections[source.id]] if source.id in sections else ())) for source in chosen]

    def screen(console: "Console") -> None:
        from diagsources.terminal import screens

        for source, sections in zip(chosen, cards, strict=True):
            screens.card(console, source, sections)

    emit(rendering, of_cards(chosen, cards, known, records), screen)
    return 1 if whole.lost else 0
