"""Ranked search over everything the catalogue says of a source.

Words are compared folded and without their plural. A word of the query counts where a source's word
equals it or begins with it, and, when no source has any such word, where one is a slip of the finger
away; title and id weigh more than keywords, keywords more than the description, and that more than the
rest. Among several words, one that few sources have weighs more than one that all have.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

from diagsources.model import (
    ACCESSES,
    COLLECTIONS,
    FREQUENCIES,
    GRANULARITIES,
    KINDS,
    PLATFORMS,
    STATUSES,
    TRANSFORMATIONS,
    Catalogue,
    Source,
)
from diagsources.text import fold, slips
from diagsources.urls import masked_in

_TIERS = {"title": 1000, "id": 1000, "keywords": 100, "description": 10}
"""What a match weighs, by field; a tenth of the next better, so that fields rank before counts."""
_REST = 1

_EXACT, _PREFIX, _TYPO = 1.0, 0.8, 0.6
"""How much of its weight a match keeps when the word is not whole, or not quite the same."""

_BETWEEN_WORDS = r"[\s'’-]+"
_PUNCTUATION = r"^\W+|\W+$"

_STOPWORDS = frozenset(
    (
        *("a", "au", "aux", "avec", "c", "ce", "ces", "combien", "comment", "d", "dans", "de", "des", "du", "en"),
        *("est", "et", "il", "j", "l", "la", "le", "les", "m", "n", "on", "ou", "par", "pour", "qu", "que", "quel"),
        *("quelle", "quelles", "quels", "qui", "s", "sa", "se", "ses", "son", "sont", "sur", "t", "un", "une", "y"),
    )
)

_LICENCES = {"etalab-2.0": "Licence Ouverte", "ODbL-1.0": "licence ODbL", "propre": "licence propre au site"}
"""What people call the licences that the sources of the field have."""


class Match(NamedTuple):
    """Why a source was found: the word of the query, and the word of the field that answers it."""

    asked: str
    field: str
    word: str


class Hit(NamedTuple):
    """A source found, its score (higher is better), and a match for each word asked."""

    source: Source
    score: float
    matches: tuple[Match, ...]
    is_whole: bool = True
    """Whether it answers every word asked."""


def search(catalogue: Catalogue, words: str) -> tuple[Hit, ...]:
    """The sources that answer *words*, best first.

    Sources that answer every word; where there is none, those that answer the most.
    """
    asked = _asked(words)
    if not asked:
        return ()
    index = {source.id: tuple(_words(catalogue, source)) for source in catalogue.sources}
    known = {word.stem for words_of in index.values() for word in words_of}
    answers = [_answers(index, shown, _alike(stem, known)) for shown, stem in asked]
    hits = [hit for source in catalogue.sources if (hit := _hit(source, answers, among=len(index)))]
    most = max((len(hit.matches) for hit in hits), default=0)
    best = [hit for hit in hits if len(hit.matches) == most]
    return tuple(sorted(best, key=lambda hit: -hit.score))


class _Word(NamedTuple):
    """A word of a field, as it is written and as it is compared."""

    field: str
    shown: str
    stem: str


def _asked(words: str) -> tuple[tuple[str, str], ...]:
    """The words that say what is wanted, as typed and as compared; the little ones where there are no others."""
    typed = {stem: shown for shown, stem in reversed(_split(words))}
    telling = {stem: shown for stem, shown in typed.items() if fold(shown) not in _STOPWORDS}
    return tuple((shown, stem) for stem, shown in reversed((telling or typed).items()))


def _alike(stem: str, known: Iterable[str]) -> Mapping[str, float]:
    """The words of *known* that answer *stem*, from 0 (not at all) to 1 (the same)."""
    alike = {word: _EXACT if word == stem else _PREFIX for word in known if _begins(word, stem)}
    return alike or {word: _TYPO for word in known if _is_slip(stem, word)}


def _begins(word: str, stem: str) -> bool:
    return word == stem or (len(stem) >= 3 and word.startswith(stem))


def _is_slip(stem: str, word: str) -> bool:
    """Whether one letter was changed, added, left out or swapped with its neighbour; two in a long word, and no more
    than swapped in one of three: « eau » is not « SAU »."""
    bound = 1 if len(stem) < 8 else 2
    shortest = min(len(stem), len(word))
    if (
        shortest < 3
        or (shortest == 3 and sorted(stem) != sorted(word))
        or abs(len(stem) - len(word)) > bound
        or stem.isdigit()
    ):
        return False
    return slips(stem, word, at_most=bound) <= bound


_Answers = Mapping[str, tuple[float, Match]]
"""Which sources, by id, answer a word of the query: the weight of their best match, and the match."""


def _answers(index: Mapping[str, Iterable[_Word]], asked: str, alike: Mapping[str, float]) -> _Answers:
    answers: dict[str, tuple[float, Match]] = {}
    for source_id, words in index.items():
        best = 0.0
        for field, shown, stem in words:
            if stem in alike and (weight := _TIERS.get(field, _REST) * alike[stem]) > best:
                best = weight
                answers[source_id] = best, Match(asked, field, shown)
    return answers


def _hit(source: Source, answers: Sequence[_Answers], *, among: int) -> Hit | None:
    """*source* with the sum of what each word weighs; a word that few sources have says more."""
    found = [(log(1 + among / len(of_word)), *of_word[source.id]) for of_word in answers if source.id in of_word]
    if not found:
        return None
    score = sum(rarity * weight for rarity, weight, _ in found)
    matches = tuple(match for _, _, match in found)
    return Hit(source, round(score, 3), matches, is_whole=len(matches) == len(answers))


def _words(catalogue: Catalogue, source: Source) -> Iterator[_Word]:
    """Every word of *source* with the field it stands in, the heavier fields first."""
    for field, text in _texts(catalogue, source):
        for shown, stem in _split(masked_in(text)):
            yield _Word(field, shown, stem)


def _split(text: str) -> list[tuple[str, str]]:
    """The words of *text*, each as it is written and as it is compared."""
    return [word for part in re.split(_BETWEEN_WORDS, text) for word in _parts(part)]


@lru_cache(maxsize=20_000)
def _parts(text: str) -> tuple[tuple[str, str], ...]:
    """The same for *text* without a space: one word with its punctuation, or several (`data.gouv.fr`)."""
    folded = fold(text).split()
    if len(folded) == 1:
        return ((re.sub(_PUNCTUATION, "", text) or text, _stem(folded[0])),)
    return tuple((word, _stem(word)) for word in folded)


def _stem(word: str) -> str:
    """*word* (folded) without the mark of its plural."""
    if len(word) > 4 and word.endswith("eaux"):
        return word[:-1]
    if len(word) > 4 and word.endswith("aux"):
        return f"{word[:-3]}al"
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and not word.endswith("ss") else word


def _texts(catalogue: Catalogue, source: Source) -> Iterator[tuple[str, str]]:
    def labels(table: Mapping[str, str], values: Iterable[str | None]) -> str:
        return " ".join(f"{value} {table.get(value, '')}" for value in values if value)

    yield "title", source.title
    yield "id", source.id
    yield "keywords", " ".join(source.keywords)
    yield "description", source.description or ""
    for reference in (source.publisher, source.producer):
        publisher = catalogue.publisher(reference)
        if publisher is not None:
            yield "publisher", f"{publisher.id} {publisher.name}"
    yield "section", source.section or ""
    yield "kind", labels(KINDS, (source.kind,))
    yield "cautions", " ".join(caution.text for caution in source.cautions)
    yield "theme", " ".join(source.themes)
    yield "granularity", labels(GRANULARITIES, source.granularity)
    yield "access", labels(ACCESSES, source.access)
    yield "collection", labels(COLLECTIONS, source.collection)
    yield "transformations", labels(TRANSFORMATIONS, source.transformations)
    yield "platform", labels(PLATFORMS, (source.platform,))
    yield "licence", labels(_LICENCES, (source.licence,))
    yield "frequency", FREQUENCIES.get(source.frequency or "", "")
    yield "coverage", " ".join(source.coverage)
    yield "links", " ".join(f"{link.title or ''} {link.url}" for link in source.links)
    yield "url", f"{source.url} {source.document_url or ''}"
    if source.lifecycle:
        yield "lifecycle", f"{labels(STATUSES, (source.status,))} {source.lifecycle.note or ''}"
