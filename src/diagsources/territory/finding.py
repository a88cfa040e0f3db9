"""From what people type to the territory they mean; never a guess where several could be meant.

What is typed is read, in this order, as

1. a key, `level:code`, as `coverage` writes it (`epci:243100633`), or as Insee does (`COM-31254`);
2. a code: Insee's, a SIREN, a postal code, the code of a commune that is no more. A number that is both an Insee
   code and a postal code stands for both. What is no more is meant only where nothing living bears the number;
3. a name, folded, with or without its article, and of an EPCI without « CA du », « CC de la »…: `sicoval`;
   `saint denis (93)`, `agglo d'albi`, `paris 11` are understood. A name that a territory shares with a larger one
   it lies in (Paris, Mayenne) stands for the smaller; one that places apart share (Saint-Denis, La Réunion) for all.
   What was a commune is meant only where nothing living has the name;
4. words of a name: `ramonville`, `grand paris`;
5. what is near: words that begin as typed, names that a slip of the finger or two away. Those are proposed, and
   never taken as meant.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from diagsources.templates import LEVELS
from diagsources.territory.gazetteer import Found, Gazetteer, opened
from diagsources.territory.reading import BEFORE, EPCI_KINDS, LONGEST, OF, Reading, normal, readings
from diagsources.territory.values import ORDER, PARTS, Territory
from diagsources.text import fold

MANY = 50
"""How many territories are given at most; `Matches.total` counts them all."""

_SHORT_WORD = 5
"""In a word of so many letters or fewer, one slip is as many as can be."""

_FEW = 10
"""Of the territories that share a mistyped word, this many are proposed."""

_INSEE = {"com": "commune", "arm": "arrondissement-municipal", "dep": "departement", "reg": "region"}


class How(StrEnum):
    """As what the words were understood."""

    KEY = "key"
    CODE = "code"
    FORMER_CODE = "former-code"
    NAME = "name"
    WORDS = "words"
    NEAR = "near"
    NOTHING = "nothing"


class Matches(NamedTuple):
    """What *asked* may mean."""

    asked: str
    how: How
    found: tuple[Territory, ...] = ()
    """All that is meant equally, the most populous first; best first where it is only near."""
    others: tuple[Territory, ...] = ()
    """What could be meant besides, and is not."""
    note: str = ""
    """A French sentence to say with the answer, where it needs one."""
    total: int = 0
    """How many there are of *found*, which stops at `MANY`."""

    @property
    def one(self) -> Territory | None:
        """The territory meant; None where there are several, or none that is sure."""
        return self.found[0] if len(self.found) == 1 and self.how is not How.NEAR else None


def find(words: str) -> Matches:
    """The territories that *words* may mean."""
    with opened() as gazetteer:
        for reading in (_as_key, _as_code, _as_name, _as_near):
            matches = reading(gazetteer, words[: 2 * LONGEST])
            if matches is not None:
                return matches._replace(asked=words, note=matches.note or _what_became(matches.one))
    return Matches(words, How.NOTHING)


def _what_became(territory: Territory | None) -> str:
    """What to say of a commune that is part of another now."""
    if territory is None or territory.commune is None or territory.level not in PARTS:
        return ""
    commune = territory.commune
    return f"{territory.name} est une {LEVELS[territory.level]}, aujourd'hui dans {commune.name} ({commune.code})"


def _as_key(gazetteer: Gazetteer, words: str) -> Matches | None:
    key = re.fullmatch(r"\s*([^\W\d_][^\d:]*?)\s*([:-])\s*([0-9A-Za-z]+)\s*", words)
    if key is None:
        return None
    level = fold(key[1]).replace(" ", "-")
    level = _INSEE.get(level, level)
    found = gazetteer.of(level, key[3].upper()) if level in LEVELS else None
    if found is not None:
        return Matches(words, How.KEY, (found,), total=1)
    return Matches(words, How.NOTHING) if level in LEVELS and key[2] == ":" else None


def _as_code(gazetteer: Gazetteer, words: str) -> Matches | None:
    code = re.sub(r"[\s.]", "", words).upper()
    if re.fullmatch(r"[0-9]{9}", code):
        return _of_code(words, gazetteer.coded(code) or gazetteer.with_siren(code))
    if re.fullmatch(r"[0-9]{4}|(?:[0-9]{2}|2[AB])[0-9]{3}", code):
        return _of_five(gazetteer, words, code.zfill(5))
    if re.fullmatch(r"[0-9]{1,3}|2[AB]", code):
        return _of_code(words, gazetteer.coded(code.zfill(2)))
    return None


def _of_code(words: str, found: Sequence[Territory]) -> Matches | None:
    """A code of two characters can be a département's and a région's; overseas both are one place."""
    if not found:
        return None
    meant = tuple(sorted(_smallest(found), key=lambda each: ORDER.index(each.level)))
    return Matches(words, How.CODE, meant, _besides(found, meant), _and_key(words.strip(), meant), len(meant))


def _of_five(gazetteer: Gazetteer, words: str, code: str) -> Matches | None:
    """An Insee code, a postal code, or both; what is no more is meant only where nothing living has the number."""
    coded, posted = gazetteer.coded(code), gazetteer.with_postal_code(code)
    became = gazetteer.once_coded(code)
    living = tuple(each for each in coded if each.level not in PARTS)
    meant = _by_population({*living, *_smallest(posted)})
    if meant:
        besides = _besides((*coded, *posted, *((became,) if became else ())), meant)
        return Matches(words, How.CODE, meant, besides, _and_key(code, meant) if living else "", len(meant))
    if coded:
        return Matches(words, How.CODE, coded, total=len(coded))
    if became:
        note = f"{code} est un ancien code, aujourd'hui {became.name} ({became.code})"
        return Matches(words, How.FORMER_CODE, (became,), note=note, total=1)
    return None


def _and_key(code: str, meant: Sequence[Territory]) -> str:
    if len(meant) < 2:
        return ""
    exact = next((each for each in meant if each.code == code), meant[0])
    return f"« {code} » a plusieurs sens ; pour {exact.name} : {exact.key}"


def _as_name(gazetteer: Gazetteer, words: str) -> Matches | None:
    ways = tuple(readings(words, gazetteer.departements()))
    for reading in ways:
        matches = _exact(gazetteer, words, reading)
        if matches is not None:
            return matches
    for reading in ways:
        matches = _with_words(gazetteer, words, reading)
        if matches is not None:
            return matches
    return None


def _exact(gazetteer: Gazetteer, words: str, reading: Reading) -> Matches | None:
    named = [pair for pair in gazetteer.ending(reading.name, after=BEFORE) if reading.allows(pair[1])]
    whole = [each for name, each in named if name == reading.name]
    every = [each for _, each in named]
    candidates = whole or every
    living = [each for each in candidates if each.level not in PARTS]
    meant = _smallest(living or candidates)
    if not meant:
        return None
    besides = [*every, *(epci for each in meant if (epci := each.epci) and _has_words(epci, reading.name))]
    besides += [each.commune for each in meant if each.commune]
    return Matches(words, How.NAME, meant, _besides(besides, meant), total=len(meant))


def _has_words(territory: Territory, name: str) -> bool:
    return set(name.split()) <= set(fold(territory.name).split())


def _with_words(gazetteer: Gazetteer, words: str, reading: Reading) -> Matches | None:
    found = _having(gazetteer, reading)
    if not found:
        return None
    living = [each for each in found if each.level not in PARTS]
    meant = _territories(gazetteer, living or found)
    parts = _territories(gazetteer, (each for each in found if each.level in PARTS))
    return Matches(words, How.WORDS, meant, _besides(parts, meant), total=len(living or found))


def _having(gazetteer: Gazetteer, reading: Reading, *, whole: bool = True) -> list[Found]:
    """What has every word of *reading*, or a word that begins with it; the most populous first."""
    asked = frozenset(reading.name.split())
    found = (each for each in gazetteer.with_words(asked) if reading.allows(each))
    chosen = (each for each in found if not whole or asked <= frozenset(each.folded.split()))
    return sorted(chosen, key=lambda each: (-each.population, ORDER.index(each.level), each.code))


def _territories(gazetteer: Gazetteer, found: Iterable[Found]) -> tuple[Territory, ...]:
    """The first `MANY` of *found*."""
    first = [each for each, _ in zip(found, range(MANY), strict=False)]
    territories = (gazetteer.of(each.level, each.code) for each in first)
    return tuple(each for each in territories if each is not None)


def _as_near(gazetteer: Gazetteer, words: str) -> Matches | None:
    name = normal(words)
    if not name or name.replace(" ", "").isdigit():
        return None
    near = _slips(gazetteer, name)
    ways = readings(words, gazetteer.departements())
    begun = (each for reading in ways for each in _having(gazetteer, reading, whole=False))
    found = tuple(dict.fromkeys((*near, *_territories(gazetteer, begun))))[:MANY]
    return Matches(words, How.NEAR, found, total=len(found)) if found else None


def _slips(gazetteer: Gazetteer, name: str) -> tuple[Territory, ...]:
    """The territories whose name, or else the words of whose name, are a slip of the finger or two away."""
    names = gazetteer.names()
    bare = _bare(names)
    distances: dict[str, float] = {}
    # dict rather than set: among the equally near, the first is the same in every run
    for spelling, distance in _near(name, dict.fromkeys((*names.split("\n"), *bare)), limit=MANY):
        for folded in (spelling, bare.get(spelling, spelling)):
            distances.setdefault(folded, distance)
    found = [(distances[folded], each) for folded, each in gazetteer.named(distances)]
    if min(distances.values(), default=2) > 1:
        distance, mended = _mended(name, dict.fromkeys(names.split()))
        by_words = _having(gazetteer, Reading(mended))[:_FEW] if mended else []
        # half a slip more: whole names first
        found += ((distance + 0.5, each) for each in _territories(gazetteer, by_words))
    ranked = sorted(found, key=lambda pair: (pair[0], pair[1].level in PARTS, -(pair[1].population or 0)))
    return tuple(territory for _, territory in ranked)


def _near(word: str, among: Iterable[str], *, limit: int) -> list[tuple[str, float]]:
    """Those of *among* that are a slip or two from *word*, the nearest first, each with how many."""
    from rapidfuzz import process  # deferred: 12 ms, and needed only when something was mistyped
    from rapidfuzz.distance import OSA

    bound = 1 if len(word) <= _SHORT_WORD else 2
    near = process.extract(word, list(among), scorer=OSA.distance, score_cutoff=bound, limit=limit)
    return [(found, distance) for found, distance, _ in near]


def _mended(name: str, vocabulary: Mapping[str, None]) -> tuple[float, str]:
    """*name* with every word that no name has replaced by the nearest, and how many slips that is; "" if by none."""
    total, words = 0.0, []
    for word in name.split():
        if word in vocabulary:
            words.append(word)
        elif len(word) > 2 and (nearest := _near(word, vocabulary, limit=1)):
            words.append(nearest[0][0])
            total += nearest[0][1]
        else:
            return 0, ""
    return total, " ".join(words)


def _bare(names: str) -> dict[str, str]:
    """The folded names that say more than is typed, by what is: without « CA du », without the article."""
    kinds, of = "|".join(EPCI_KINDS), "|".join(OF)
    longer = re.findall(rf"^((?:(?:{kinds}) (?:(?:{of}) )?|(?:l|la|le|les) )(.+))$", names, re.MULTILINE)
    return {rest: name for name, rest in longer}


def _smallest(territories: Iterable[Territory]) -> tuple[Territory, ...]:
    """*territories* without those that another of them lies in, the most populous first."""
    every = list(dict.fromkeys(territories))
    holders = {larger.key for each in every for larger in each.within}
    return _by_population(each for each in every if each.key not in holders)


def _by_population(territories: Iterable[Territory]) -> tuple[Territory, ...]:
    return tuple(sorted(territories, key=lambda each: (-(each.population or 0), each.key)))


def _besides(territories: Iterable[Territory], meant: Sequence[Territory]) -> tuple[Territory, ...]:
    """*territories* without *meant*, nor a commune déléguée of the name of its commune when that is meant."""
    known = {each.key for each in meant} | {(each.code, each.name) for each in meant}
    others = {each.key: each for each in territories if each.key not in known}
    told = (each for each in others.values() if each.level not in PARTS or (each.code, each.name) not in known)
    return _by_population(told)[:MANY]
