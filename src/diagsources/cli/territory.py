"""`diagsources territory`."""

from typing import TYPE_CHECKING, Annotated

import typer

from diagsources.cli.emit import emit
from diagsources.cli.one_territory import one_territory
from diagsources.cli.options import Rendering
from diagsources.cli.verb import verb

if TYPE_CHECKING:
    from rich.console import Console


@verb(
    "Trouver un territoire par son nom ou l'un de ses codes (Insee, SIREN, code postal, ancien code), et dire ce "
    "qu'on en sait. Des homonymes sont tous donnés, aucun n'est choisi.",
    """
    diagsources territory sicoval                     un EPCI et ses communes
    diagsources territory saint-denis 93              le département départage
    diagsources territory 31254                       par un code
    diagsources territory sicoval --members -f csv    ses communes, pour un tableur
    """,
)
def command(
    words: Annotated[list[str], typer.Argument(metavar="MOT…", help="Un nom ou un code.")],
    rendering: Rendering,
    with_members: Annotated[
        bool, typer.Option("--members", help="Avec tous ses membres : les communes d'un EPCI…")
    ] = False,
) -> int:
    """What is known of the territory that the words mean."""
    # deferred: no other command has use of them
    from diagsources.reports.territories import TerritoryCard, of_territory
    from diagsources.territory import about, members

    territory, matches = one_territory(" ".join(words))
    card = TerritoryCard(territory, members(territory), matches.others, matches.note, about())

    def screen(console: "Console") -> None:
        from diagsources.terminal import screens

        screens.territory(console, card, with_members=with_members)

    emit(rendering, of_territory(card, with_members=with_members), screen)
    return 0
