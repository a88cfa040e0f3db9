"""Words as people type them, read as names: of what level, in what département.

`agglo d'albi`, `Saint-Denis (93)`, `st étienne`, `paris 11` say more than a name, or less than all of it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from diagsources.territory.gazetteer import Found
from diagsources.territory.values import Territory
from diagsources.text import fold

LONGEST = 120
"""No name, with what may be said around it, has more characters."""

OF = ("de la", "de l", "des", "du", "de", "d", "le", "la", "les", "l")
ARTICLES = ("l", "la", "le", "les")
EPCI_KINDS = ("ca", "cc", "cu", "metropole", "eurometropole")
BEFORE = (
    "",
    *(f"{article} " for article in ARTICLES),
    *(f"{kind} " for kind in EPCI_KINDS),
    *(f"{kind} {of} " for kind in EPCI_KINDS for of in OF),
)
"""What a name of the gazetteer may have before the one that is typed."""

_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}

_LEADS = {
    "commune": "commune",
    "ville": "commune",
    "departement": "departement",
    "region": "region",
    "epci": "epci",
    "cc": "epci",
    "ca": "epci",
    "cu": "epci",
    "communaute de communes": "epci",
    "communaute de commune": "epci",
    "comcom": "epci",
    "communaute d agglomeration": "epci",
    "communaute d agglo": "epci",
    "communaute urbaine": "epci",
    "agglomeration": "epci",
    "agglo": "epci",
    "intercommunalite": "epci",
    "interco": "epci",
    "metropole": "epci",
}
"""Words before a name that say its level."""


class Reading(NamedTuple):
    """A way to understand the words: a folded name, at a level or at any, in a département or in any."""

    name: str
    level: str = ""
    departement: str = ""

    def allows(self, found: Territory | Found) -> bool:
        """Whether *found* is of that level and lies in that département."""
        level = "epci" if found.level == "ept" else found.level
        return self.level in ("", level) and (not self.departement or self.departement in found.departements)


def readings(words: str, departements: Mapping[str, str]) -> Iterator[Reading]:
    """The ways to read *words*, the plainest first; *departements* are codes by folded name."""
    plain, name = _plain(words), normal(words)
    if not name:
        return
    # as typed too: one EPCI has « St » in its name
    yield from (Reading(each) for each in dict.fromkeys((plain, name)))
    if (bare := without(ARTICLES, name)) != name:
        yield Reading(bare)
    lead = next((each for each in sorted(_LEADS, key=len, reverse=True) if name.startswith(f"{each} ")), "")
    if lead:
        yield Reading(without(OF, name.removeprefix(f"{lead} ")), level=_LEADS[lead])
    for before, after in _cut(words):
        departement = _departement(departements, after)
        if departement and before:
            yield Reading(before, departement=departement)


def normal(words: str) -> str:
    """*words* folded, « st » written out, « paris 11 » as the Code officiel géographique has it."""
    name = " ".join(_ABBREVIATIONS.get(token, token) for token in _plain(words).split())
    city = re.fullmatch(r"(paris|lyon|marseille) 0?([1-9]|1[0-9]|20)(?:er?|eme|nd)?(?: arr(?:ondissement)?)?", name)
    if city is None:
        return name
    return f"{city[1]} {city[2]}{'er' if city[2] == '1' else 'e'} arrondissement"


def _plain(words: str) -> str:
    return fold(words)[:LONGEST].strip()


def _cut(words: str) -> Iterator[tuple[str, str]]:
    """*words* as a name and the département after it: « Saint-Denis (93) », « Saint-Denis, Réunion »…"""
    marked = re.fullmatch(r"([^(,]+)[(,]([^()]+)\)?\s*", words)
    if marked:
        yield normal(marked[1]), fold(marked[2])
    tokens = normal(words).split()
    for end in range(len(tokens) - 1, max(len(tokens) - 6, 0), -1):
        yield " ".join(tokens[:end]), " ".join(tokens[end:])


def _departement(departements: Mapping[str, str], words: str) -> str:
    """The code of the département that *words* (folded) are the code or the name of; "" if of none."""
    if (code := words.upper().zfill(2)) in departements.values():
        return code
    spellings = (words, *(f"{article} {words}" for article in ARTICLES))
    return next((departements[each] for each in spellings if each in departements), "")


def without(first: Iterable[str], name: str) -> str:
    """*name* without the one of *first* it begins with, if any."""
    return next((name.removeprefix(f"{word} ") for word in first if name.startswith(f"{word} ")), name)
