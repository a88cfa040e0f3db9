"""What a territory is: a level, a code, a name, and the larger territories it lies in."""

from typing import NamedTuple, Optional

from diagsources.templates import LEVELS

ORDER = tuple(LEVELS)
"""The number of a level in the gazetteer is its place here."""

PARTS = ("commune-deleguee", "commune-associee")
"""Levels of what was a commune and is part of one now; its code may be that of a living commune."""


class Territory(NamedTuple):
    """A territory of the vintage. Level and code together tell it from any other."""

    level: str
    """A key of `LEVELS`."""
    code: str
    """Insee's; the SIREN of an EPCI."""
    name: str
    population: int | None = None
    """Population municipale; None where the vintage has none."""
    siren: str | None = None
    """Of a commune, an EPCI or an EPT."""
    kind: str | None = None
    """Of an EPCI: CC, CA, CU, METRO or MET69."""
    postal_codes: tuple[str, ...] = ()
    departements: tuple[str, ...] = ()
    """The codes of all that it lies in, the one with most of its people first; none of a région."""
    # Optional: the union of a string with None is no type before Python 3.14
    commune: Optional["Territory"] = None
    """What a commune déléguée or associée, or an arrondissement municipal, is part of."""
    epci: Optional["Territory"] = None
    departement: Optional["Territory"] = None
    """The first of `departements`; None of a département itself."""
    region: Optional["Territory"] = None
    lon: float | None = None
    """Of its centre, in degrees to a thousandth; None where it is not known, as of the whole country."""
    lat: float | None = None

    @property
    def key(self) -> str:
        """`level:code`, which finds this territory and no other, as in `coverage`."""
        return f"{self.level}:{self.code}"

    @property
    def within(self) -> tuple["Territory", ...]:
        """The territories it lies in, the smallest first."""
        larger = (self.commune, self.epci, self.departement, self.region)
        return tuple(territory for territory in larger if territory is not None)


def usual_siren(code: str) -> str:
    """The SIREN that a commune of that Insee code has as a rule: 21, the département (20 in Corse), 0, the rest of
    the code, and the digit of Luhn. Five communes in six follow it."""
    digits = "21" + {"2A": "20", "2B": "20"}.get(code[:2], code[:2]) + "0" + code[2:]
    doubled = (int(digit) * (2 - rank % 2) for rank, digit in enumerate(reversed(digits)))
    return digits + str(-sum(number // 10 + number % 10 for number in doubled) % 10)
