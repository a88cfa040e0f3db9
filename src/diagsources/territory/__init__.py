"""The territories of France and their addresses: `find` one from what people type, then `locate` a source for it.

Nothing is read before the first question: to import this costs neither SQLite nor the gazetteer.
"""

from diagsources.templates import LEVELS
from diagsources.territory.addressing import (
    Located,
    address,
    covers,
    doubt,
    locate,
)
from diagsources.territory.finding import MANY, How, Matches, find
from diagsources.territory.gazetteer import opened as _opened
from diagsources.territory.sampling import sample
from diagsources.territory.values import Territory

__all__ = [
    "LEVELS",
    "MANY",
    "How",
    "Located",
    "Matches",
    "Territory",
    "about",
    "address",
    "covers",
    "doubt",
    "find",
    "locate",
    "members",
    "sample",
]


def members(territory: Territory) -> tuple[Territory, ...]:
    """What *territory* is made of, the most populous first: the communes of an EPCI, the EPCI of a département
    (those that lie in it only in part too), the départements of a région, the arrondissements and communes
    déléguées of a commune."""
    with _opened() as gazetteer:
        return gazetteer.members(territory)


def about() -> dict[str, str]:
    """What the gazetteer says of itself: `vintage`, `population` (year), `source`, `licence`, `package`…"""
    with _opened() as gazetteer:
        return gazetteer.about()
