"""Ranked search over everything the catalogue says of a source.

Words are compared folded and without their plural. A word of the query counts where a source's word
equals it, begins with it, or is one slip of the finger away; title and id weigh more than keywords,
keywords more than the description, and that more than the rest.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from diagsources.model import (
    ACCESSES,
    COLLECTIONS,
    GRANULARITIES,
    KINDS,
    PLATFORMS,
    TRANSFORMATIONS,
    Catalogue,
    Source,
)
from diagsources.text import fold

_TIERS = {"title": 1000, "id": 1000, "keywords": 100, "description": 10}
"""What a match weighs, by field; a tenth of the next better, so that fields rank before counts."""
_REST = 1

_EXACT, _PREFIX, _TYPO = 1.0, 0.8, 0.6
"""How much of its weight a match keeps when the word is not whole, or not quite the same."""

_STOPWORDS = frozenset(
    (
        *("a", "au", "aux", "avec", "ce", "ces", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les"),
        *("ou", "par", "pour", "qu", "que", "sur", "un", "une"),
    )
)


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


def search(catalogue: Catalogue, words: str) -> tuple[Hit, ...]:
    """The sources that answer *words*, best first.

    Sources that answer every word; where there is none, those that answer the most.
    """
    asked = _terms(words)
    if not asked:
        return ()
    hits = [hit for source in catalogue.sources if (hit := _hit(catalogue, source, asked))]
    most = max((len(hit.matches) for hit in hits), default=0)
    best = [hit for hit in hits if len(hit.matches) == most]
    return tuple(sorted(best, key=lambda hit: -hit.score))


def _terms(words: str) -> tuple[str, ...]:
    terms = tuple(dict.fromkeys(_stem(word) for word in fold(words).split() if word not in _STOPWORDS))
    return terms or tuple(dict.fromkeys(_stem(word) for word in fold(words).split()))


def _stem(word: str) -> str:
    """*word* (folded) without the mark of its plural."""
    if len(word) > 4 and word.endswith("eaux"):
        return word[:-1]
    if len(word) > 4 and word.endswith("aux"):
        return f"{word[:-3]}al"
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and not word.endswith("ss") else word


def _hit(catalogue: Catalogue, source: Source, asked: Iterable[str]) -> Hit | None:
    index = [(field, word, _stem(fold(word))) for field, word in _words(catalogue, source)]
    score = 0.0
    matches: list[Match] = []
    for term in asked:
        best, match = 0.0, None
        for field, word, stem in index:
            weight = _TIERS.get(field, _REST) * _likeness(term, stem)
            if weight > best:
                best, match = weight, Match(term, field, word)
        if match is not None:
            score += best
            matches.append(match)
    return Hit(source, round(score, 3), tuple(matches)) if matches else None


def _likeness(term: str, word: str) -> float:
    """From 0 (another word) to 1 (the same)."""
    if term == word:
        return _EXACT
    if len(term) >= 3 and word.startswith(term):
        return _PREFIX
    return _TYPO if _one_slip(term, word) else 0.0


@lru_cache(maxsize=50_000)
def _one_slip(term: str, word: str) -> bool:
    """Whether one letter was changed, added, left out or swapped with its neighbour; two in a long word."""
    if len(term) < 3 or len(word) < 3 or abs(len(term) - len(word)) > 2 or term.isdigit():
        return False
    # deferred: 12 ms, and `list` without words needs none of it
    from rapidfuzz.distance import OSA

    bound = 1 if len(term) < 8 else 2
    return OSA.distance(term, word, score_cutoff=bound) <= bound


def _words(catalogue: Catalogue, source: Source) -> Iterator[tuple[str, str]]:
    """Every word of *source* with the field it stands in, the heavier fields first."""
    for field, text in _texts(catalogue, source):
        for word in text.replace("'", " ").replace("’", " ").replace("-", " ").split():
            for part in fold(word).split():
                yield field, word.strip('.,;:!?()«»"') if fold(word) == part else part


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
    yield "coverage", " ".join(source.coverage)
    yield "links", " ".join(f"{link.title or ''} {link.url}" for link in source.links)
    yield "url", f"{source.url} {source.document_url or ''}"
    yield "lifecycle", (source.lifecycle.note or "") if source.lifecycle else ""
