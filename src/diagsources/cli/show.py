"""`diagsources show`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from diagsources.cli.emit import emit
from diagsources.cli.health import health, last_checks
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
    past = last_checks(known, rendering, state=state)
    sections: dict[str, Section] = {}
    checks: dict[str, list[dict[str, Any]]] = {}
    if past:
        from diagsources.reports.history import record, section  # deferred: most know of no past

        sections = {ident: section(seen) for ident, seen in past.items()}
        checks = {ident: [record(one) for one in seen] for ident, seen in past.items()}
    cards = [(*card(whole, source), *([sections[source.id]] if source.id in sections else ())) for source in chosen]

    def screen(console: "Console") -> None:
        from diagsources.terminal import screens

        for source, sections in zip(chosen, cards, strict=True):
            screens.card(console, source, sections)

    emit(rendering, of_cards(chosen, cards, known, checks), screen)
    return 1 if whole.lost else 0
