"""What only the whole catalogue can tell: references that lead nowhere, addresses given twice."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from diagsources.catalogue.nodes import Mapping, Node, Scalar, Sequence, quoted
from diagsources.catalogue.reader import LONGEST_WORD, Reader, value_at
from diagsources.text import nearest, slip
from diagsources.urls import normal

_MAX_COMPARED = 1_000_000
"""How many pairs of words are compared in search of the one that was meant: half a second."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that has an id, as plain values, the node it was read from, and the reader to tell of problems."""

    plain: dict[str, Any]
    node: Mapping
    reader: Reader

    def words(self, key: str) -> Iterator[tuple[str, Node]]:
        """The texts of *key*, one or a list, each with its place."""
        if key in self.plain:
            value = value_at(self.node, key)
            for item in value.items if isinstance(value, Sequence) else (value,):
                if isinstance(item, Scalar) and item.tag == "str" and item.value.strip():
                    yield item.value.strip(), item


class _Words:
    """Known words, and which of them was meant by another; with so many of both that comparing them
    would take seconds, it is left unsaid."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._in_order = sorted(self._known)
        self._left = _MAX_COMPARED

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def nearest(self, word: str) -> str:
        """The known word nearest to *word*, or ""."""
        # twenty times the work of a slip: letters are folded, and words compared in any order
        return "".join(nearest(word, self._in_order, limit=1)) if self._affords(word, 20) else ""

    def slip(self, word: str) -> str:
        """The known word that *word* is a slip or two away from, or ""."""
        return slip(word, self._in_order) if self._affords(word, 1) else ""

    def _affords(self, word: str, cost: int) -> bool:
        self._left -= cost * len(self._in_order)
        return self._left >= 0 and len(word) <= LONGEST_WORD


def report_incoherences(
    *,
    sources: Collection[Entry],
    themes: Iterable[Entry],
    publishers: Iterable[Entry],
    questions: Iterable[Entry],
    guides: Iterable[Entry],
) -> None:
    """Tells the reader of each entry every problem that shows only when all are taken together."""
    known_ids, known_themes, known_publishers = _ids(sources), _ids(themes), _ids(publishers)
    _report_double_urls(sources)
    for source in sources:
        _report_unknown(source, (*source.words("confused_with"), *_successor(source)), known_ids, "aucune source")
        _report_slips(source, "also", known_themes, "unknown-theme", "thème")
        for key, what in (("publisher", "diffuseur"), ("producer", "producteur")):
            _report_slips(source, key, known_publishers, "unknown-publisher", what)
    known_questions = _ids(questions)
    for question in questions:
        _report_unknown(question, question.words("sources"), known_ids, "aucune source")
    for guide in guides:
        _report_unknown(guide, guide.words("questions"), known_questions, "aucune question")


def _ids(entries: Iterable[Entry]) -> _Words:
    return _Words(entry.plain["id"] for entry in entries)


def _successor(source: Entry) -> Iterator[tuple[str, Node]]:
    """The id that stands in the place of *source*, with its place; nothing where it is an address."""
    successor = source.plain.get("lifecycle", {}).get("successor", "")
    if successor and "://" not in successor:
        lifecycle = value_at(source.node, "lifecycle")
        yield successor, value_at(lifecycle, "successor") if isinstance(lifecycle, Mapping) else lifecycle


def _report_unknown(entry: Entry, references: Iterable[tuple[str, Node]], known: _Words, nothing: str) -> None:
    """References that are the id of *nothing* (« aucune source »)."""
    for reference, node in references:
        if reference not in known:
            message = f"{quoted(reference)} n'est l'identifiant d'{nothing}"
            entry.reader.report(node, "unknown-reference", message, suggestion=partial(known.nearest, reference))


def _report_slips(entry: Entry, key: str, known: _Words, code: str, what: str) -> None:
    """Words that nothing declares, yet very near a declared one; free words are admitted."""
    for word, node in entry.words(key):
        if word not in known and (meant := known.slip(word)):
            entry.reader.report(node, code, f"{what} {quoted(word)} inconnu", suggestion=partial(str, meant))


def _report_double_urls(entries: Iterable[Entry]) -> None:
    first: dict[str, Entry] = {}
    for entry in entries:
        other = first.setdefault(normal(entry.plain["url"]), entry)
        if other is not entry:
            message = f"url : déjà donnée par {quoted(other.plain['id'])}"
            entry.reader.report(value_at(entry.node, "url"), "duplicate-url", message)
