"""`--territory`: the option of every command that goes straight to a territory, and where its sources are then."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from diagsources.cli.one_territory import one_territory
from diagsources.cli.options import CHOICE
from diagsources.cli.settings import settings
from diagsources.model import Source
from diagsources.terminal import Terminal

if TYPE_CHECKING:
    from diagsources.territory import Located, Territory

TerritoryName = Annotated[
    str | None,
    typer.Option(
        "--territory",
        metavar="TERRITOIRE",
        help="Pour ce territoire, par son nom ou un code ; - pour aucun. [réglage : territory]",
        show_default=False,
        rich_help_panel=CHOICE,
    ),
]

_NONE = ("", "-")
"""What is said where no territory is wanted, and the settings name one. « Aucun » is a commune."""


class Here(NamedTuple):
    """The territory that a command is to go straight to."""

    territory: "Territory"
    is_asked: bool
    """Whether it was said on the command line; else the settings have it, and it excludes nothing that is named."""

    def locate(self, source: Source) -> "Located | None":
        """Where *source* is for the territory; None where it does not cover it."""
        from diagsources.territory import locate  # deferred: most commands know no territory

        return locate(source, self.territory)

    def located(self, sources: Iterable[Source]) -> "Mapping[str, Located]":
        """Where those of *sources* are, by id, that cover the territory."""
        return {source.id: found for source in sources if (found := self.locate(source)) is not None}


def the_territory(words: str | None, terminal: Terminal) -> Here | None:
    """The territory that *words* mean, None where there are none; what is to be known of it is said.

    Raises `UnknownValue` or `Unsure`.
    """
    words = (words or "").strip()
    if words in _NONE:
        return None
    territory, matches = one_territory(words)
    is_asked = words != str(settings().get("territory", "")).strip()
    if is_asked:
        from diagsources.territory import doubt  # deferred: most commands know no territory

        for said in filter(None, (matches.note, doubt(territory))):
            terminal.say(said)
    return Here(territory, is_asked)
