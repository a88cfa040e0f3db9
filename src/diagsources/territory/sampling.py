"""A territory to try an address with."""

from collections.abc import Iterator
from functools import cache

from diagsources.templates import LEVELS
from diagsources.territory.addressing import covers
from diagsources.territory.gazetteer import Gazetteer, opened
from diagsources.territory.values import PARTS, Territory

_FIRST = ("commune:31254", "pays:FR")
"""Labège, which with its EPCI, département and région stands for any other; and the country."""

_ASIDE = ("ept", "arrondissement-municipal", *PARTS)
"""Levels that only some communes have to do with, so that to go down from the country may miss them; few are of one."""


@cache
def sample(level: str, coverage: tuple[str, ...]) -> Territory | None:
    """A territory of *level* that lies in *coverage* (`region:76`), the same for ever; None where none is found."""
    with opened() as gazetteer:
        found = (each for each in _candidates(gazetteer, level, coverage) if each.level == level)
        return next((each for each in found if covers(coverage, each)), None)


def _candidates(gazetteer: Gazetteer, level: str, coverage: tuple[str, ...]) -> Iterator[Territory]:
    """The first ones and what they lie in; then each of *coverage*, and its most populous members down to *level*;
    then all, of a level that few communes have to do with."""
    for start in _of(gazetteer, _FIRST):
        yield from (start, *start.within)
    for start in _of(gazetteer, coverage):
        each: Territory | None = start
        while each is not None:
            yield each
            each = next(iter(gazetteer.members(each)), None) if each.level != level else None
    if level in _ASIDE:
        yield from gazetteer.every(level)


def _of(gazetteer: Gazetteer, keys: tuple[str, ...]) -> Iterator[Territory]:
    """The territories of *keys* that there are."""
    for level, _, code in (key.partition(":") for key in keys):
        if level in LEVELS and (found := gazetteer.of(level, code)) is not None:
            yield found
