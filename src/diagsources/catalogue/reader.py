"""From a tree of YAML nodes to plain values of the catalogue's shape, collecting every problem.

A value that is not right is left out and reported, and the rest goes on: only an object without one
of its required keys is lost.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from diagsources.catalogue.nodes import MAX_NODES, Mapping, Node, Scalar, Sequence, Unreadable
from diagsources.catalogue.shapes import Day, Key, ListOf, Object, Rule, Shape, Templates, Text
from diagsources.model import OneOf, Pattern, Problem, Reference, Url
from diagsources.text import fold, nearest, visible
from diagsources.urls import is_web_url

_ABSENT: Any = object()
"""What a value is that could not be read."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

_SAYS = {
    "int": "un nombre",
    "float": "un nombre",
    "bool": "un oui ou non",
    "null": "rien",
    "timestamp": "une date",
}


class Reader:
    """Reads the values of one *file*; what it notes on the way grows as it goes."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.lost = 0
        """How many objects of a list could not be read at all."""
        self.places: dict[tuple[int, str], Node] = {}
        """The node of each key of a source, by the line of the source and the key."""
        self._visits = 0

    def report(self, node: Node, code: str, message: str, *, suggestion: str = "") -> None:
        """Keeps a problem at the place of *node*."""
        self.problems.append(
            Problem(
                file=self.file,
                line=node.line,
                column=node.column,
                code=code,
                message=visible(message),
                suggestion=suggestion,
            )
        )

    def read(self, node: Node, shape: Shape, name: str) -> Any:
        """The plain value of *node*, or `_ABSENT`; *name* is what messages call it."""
        self._visits += 1
        if self._visits > MAX_NODES:
            message = f"trop de valeurs, alias compris ({MAX_NODES} au plus)"
            raise Unreadable("too-many-values", message, line=node.line, column=node.column)
        match shape:
            case Text(rule):
                return self._text(node, rule, name)
            case Day():
                return self._day(node, name)
            case ListOf(item):
                return self._list(node, item, name)
            case Templates(rule):
                return self._templates(node, rule, name)
            case Object():
                return self.object(node, shape, name)

    def object(self, node: Node, shape: Object, name: str) -> Any:
        """The plain dict of *node*, or `_ABSENT` when a required key is missing."""
        if shape.short and isinstance(node, Scalar):
            text = self._text(node, None, name)
            return _ABSENT if text is _ABSENT else {shape.short: text}
        if not isinstance(node, Mapping):
            self._wrong_type(node, name, "un bloc « clé : valeur »")
            return _ABSENT
        plain: dict[str, Any] = {}
        by_name = {key.name: key for key in shape.keys}
        for key_node, value_node in self._pairs(node, by_name, name):
            value = self.read(value_node, by_name[key_node.value].shape, key_node.value)
            if value is not _ABSENT:
                plain[key_node.value] = value
            if shape.name == "Source":
                self.places[node.line, key_node.value] = value_node
        if shape.name in ("Source", "Address"):
            plain["line"] = node.line
        missing = [key for key in shape.keys if key.required and key.name not in plain]
        for key in missing:
            self._missing(node, key, name)
        return _ABSENT if missing else plain

    def _missing(self, node: Mapping, key: Key, name: str) -> None:
        written = any(isinstance(k, Scalar) and k.value == key.name for k, _ in node.pairs)
        if not written:
            self.report(node, "missing-key", f"{name} : il manque « {key.name} »")

    def _pairs(self, node: Mapping, known: Iterable[str], name: str) -> Iterable[tuple[Scalar, Node]]:
        """The pairs of *node* whose key is one of *known*, each key once."""
        names = list(known)
        seen: set[str] = set()
        for key, value in node.pairs:
            if not isinstance(key, Scalar):
                self.report(key, "unknown-key", f"{name} : une clé est un mot, pas une liste ni un bloc")
            elif key.value in seen:
                self.report(key, "duplicate-key", f"{name} : « {key.value} » est écrit deux fois")
            elif key.value not in names:
                near = nearest(key.value, names, limit=1)
                self.report(key, "unknown-key", f"{name} : clé « {key.value} » inconnue", suggestion="".join(near))
            else:
                seen.add(key.value)
                yield key, value

    def _list(self, node: Node, item: Shape, name: str) -> Any:
        if not isinstance(node, Sequence):
            self._wrong_type(node, name, "une liste")
            self.lost += isinstance(item, Object)
            return _ABSENT
        values = [self.read(each, item, name) for each in node.items]
        read = [value for value in values if value is not _ABSENT]
        if isinstance(item, Object):
            self.lost += len(values) - len(read)
        return read

    def _templates(self, node: Node, rule: OneOf, name: str) -> Any:
        if not isinstance(node, Mapping):
            self._wrong_type(node, name, "un bloc « niveau : adresse »")
            return _ABSENT
        pairs = ((key.value, self._text(value, None, key.value)) for key, value in self._pairs(node, rule.labels, name))
        return [[key, value] for key, value in pairs if value is not _ABSENT]

    def _text(self, node: Node, rule: Rule | None, name: str) -> Any:
        if not isinstance(node, Scalar):
            self._wrong_type(node, name, "un texte")
            return _ABSENT
        if node.tag != "str" and not (isinstance(rule, Pattern) and rule.unquoted):
            self._wrong_type(node, name, "un texte")
            return _ABSENT
        if not node.value.strip():
            self.report(node, "empty-text", f"{name} : texte vide")
            return _ABSENT
        if _CONTROL.search(node.value):
            self.report(node, "control-character", f"{name} : caractère de contrôle dans « {node.value} »")
        value = node.value.strip()
        return value if self._obeys(node, value, rule, name) else _ABSENT

    def _obeys(self, node: Scalar, value: str, rule: Rule | None, name: str) -> bool:
        match rule:
            case OneOf(labels) if value not in labels:
                near = nearest(value, labels, limit=1) or _by_label(value, labels)
                says = f"{name} : « {value} » n'est pas admis ({', '.join(labels)})"
                self.report(node, "unknown-value", says, suggestion="".join(near))
                return False
            case Pattern(regex=regex, says=says) if not re.fullmatch(regex, value):
                right = "-".join(fold(value).split()) if name == "id" else ""
                self.report(node, "invalid-format", f"{name} : « {value} » n'est pas {says}", suggestion=right)
                return False
            case Url() if not is_web_url(value):
                self.report(node, "invalid-url", f"{name} : « {value} » n'est pas une adresse http ou https")
            case Reference(or_url=True) if "://" in value and not is_web_url(value):
                self.report(node, "invalid-url", f"{name} : « {value} » n'est pas une adresse http ou https")
        return True

    def _day(self, node: Node, name: str) -> Any:
        if not isinstance(node, Scalar):
            self._wrong_type(node, name, "une date")
            return _ABSENT
        try:
            return date.fromisoformat(node.value).isoformat()
        except ValueError:
            self.report(node, "invalid-date", f"{name} : « {node.value} » n'est pas une date (2026-11-23)")
            return _ABSENT

    def _wrong_type(self, node: Node, name: str, expected: str) -> None:
        match node:
            case Scalar(value=value, tag=tag) if tag != "str":
                found = f"« {value} » est {_SAYS.get(tag, 'autre chose')}"
                cure = " : mettez des guillemets" if expected == "un texte" and tag != "null" else ""
            case Scalar(value=value):
                found, cure = f"« {value} » est un texte", ""
            case Sequence():
                found, cure = "une liste", ""
            case Mapping():
                found, cure = "un bloc", ""
        self.report(node, "wrong-type", f"{name} : {expected} était attendu, {found}{cure}")


def _by_label(value: str, labels: Any) -> tuple[str, ...]:
    """The value whose French label was written in its stead."""
    return tuple(key for key, label in labels.items() if fold(label) == fold(value))[:1]
