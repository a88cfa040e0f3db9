"""What only the whole catalogue can tell: references that lead nowhere, addresses given twice."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from diagsources.catalogue import nodes
from diagsources.catalogue.reader import Reader
from diagsources.model import Problem
from diagsources.text import nearest, slip
from diagsources.urls import normal


@dataclass(frozen=True, slots=True)
class Entry:
    """A source as plain values, and the reader that knows the places of its keys."""

    plain: dict[str, Any]
    reader: Reader

    def node(self, key: str, value: str = "") -> nodes.Node:
        """The node of *key*, or of its item *value*."""
        node = self.reader.places[self.plain["line"], key]
        items = node.items if isinstance(node, nodes.Sequence) else ()
        return next((item for item in items if isinstance(item, nodes.Scalar) and item.value == value), node)

    def problem(self, node: nodes.Node, code: str, message: str, suggestion: str = "") -> Problem:
        """A problem at *node*."""
        return Problem(
            file=self.reader.file,
            line=node.line,
            column=node.column,
            code=code,
            message=message,
            suggestion=suggestion,
        )


def incoherences(entries: Sequence[Entry], themes: frozenset[str], publishers: frozenset[str]) -> list[Problem]:
    """Every problem that shows only when *entries* are taken together."""
    ids = frozenset(entry.plain["id"] for entry in entries)
    found: list[Problem] = list(_double_urls(entries))
    for entry in entries:
        found += _unknown_references(entry, ids)
        found += _slips(entry, "also", entry.plain.get("also", ()), themes, "unknown-theme", "thème")
        for key in ("publisher", "producer"):
            if key in entry.plain:
                found += _slips(entry, key, (entry.plain[key],), publishers, "unknown-publisher", "producteur")
    return found


def _unknown_references(entry: Entry, ids: frozenset[str]) -> Iterator[Problem]:
    for other in entry.plain.get("confused_with", ()):
        if other not in ids:
            yield _unknown(entry, entry.node("confused_with", other), other, ids)
    successor = entry.plain.get("lifecycle", {}).get("successor", "")
    if successor and "://" not in successor and successor not in ids:
        yield _unknown(entry, entry.node("lifecycle"), successor, ids)


def _unknown(entry: Entry, node: nodes.Node, reference: str, ids: Iterable[str]) -> Problem:
    message = f"« {reference} » n'est l'identifiant d'aucune source"
    return entry.problem(node, "unknown-reference", message, "".join(nearest(reference, sorted(ids), limit=1)))


def _slips(
    entry: Entry, key: str, values: Iterable[str], known: frozenset[str], code: str, what: str
) -> Iterator[Problem]:
    """Words that nothing declares, yet very near a declared one; free words are admitted."""
    for value in values:
        if value not in known and (meant := slip(value, known)):
            yield entry.problem(entry.node(key, value), code, f"{what} « {value} » inconnu", meant)


def _double_urls(entries: Sequence[Entry]) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry in entries:
        other = first.setdefault(normal(entry.plain["url"]), entry)
        if other is not entry:
            message = f"url : déjà donnée par « {other.plain['id']} »"
            yield entry.problem(entry.node("url"), "duplicate-url", message)
