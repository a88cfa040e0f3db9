"""From a tree of YAML nodes to plain values of the catalogue's shape, collecting every problem.

A value that is not right is left out and reported, and the rest goes on: only an object without one
of its required keys is lost.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any, Protocol

from diagsources.catalogue.nodes import MAX_BYTES, MAX_NODES, Mapping, Node, Scalar, Sequence, Unreadable, quoted
from diagsources.catalogue.shapes import Day, Key, Keyed, ListOf, Object, Rule, Shape, Text
from diagsources.model import GRANULARITIES, OneOf, Pattern, Problem, Reference, Url
from diagsources.templates import PLACEHOLDERS, answers, filled, placeholders
from diagsources.text import counted, fold, french, is_obeyed, nearest, visible
from diagsources.urls import is_web_url, masked

_ABSENT: Any = object()
"""What a value is that could not be read."""

MAX_PROBLEMS = 1_000
"""Problems told of one file; the others are counted."""
LONGEST_WORD = 100
"""Characters of the longest word that another is looked for in the stead of."""

_SAYS = {
    "int": "un nombre",
    "float": "un nombre",
    "bool": "un oui ou non",
    "null": "rien",
    "timestamp": "une date",
}


class Place(Protocol):
    """Somewhere in the file; line and column count from 1."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


class Reader:
    """Reads the values of one *file*; what it notes on the way grows as it goes."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.lost = 0
        """How many objects of a list could not be read at all."""
        self.nodes: defaultdict[str, list[Mapping]] = defaultdict(list)
        """The node of each object that could be read, by the name of its shape, in order."""
        self.ids_lost: dict[tuple[str, str], Mapping] = {}
        """The ids of objects that could not be read, by the name of their shape: taken all the same."""
        self._visits = 0
        self._letters = 0
        self._untold: Place | None = None
        self._count_untold = 0

    def report(self, place: Place, code: str, message: str, *, suggestion: Callable[[], str] = str) -> None:
        """Keeps a problem at *place*, or counts it when there are too many; *suggestion* is asked for
        what would be right."""
        if len(self.problems) >= MAX_PROBLEMS:
            self._untold = self._untold or place
            self._count_untold += 1
            return
        self._keep(place, code, message, suggestion())

    def give_up(self, error: Unreadable) -> None:
        """Forgets what was read, and keeps what made the rest unreadable, however many problems there were."""
        self.lost += 1
        self.nodes.clear()
        self._keep(error, error.code, error.message)

    def all_problems(self) -> list[Problem]:
        """The problems kept, and one more that says how many were not."""
        if self._untold is None:
            return self.problems
        message = f"et {counted(self._count_untold, 'autre problème', 'autres problèmes')} dans ce fichier"
        self._keep(self._untold, "too-many-problems", message)
        return self.problems

    def _keep(self, place: Place, code: str, message: str, suggestion: str = "") -> None:
        self.problems.append(
            Problem(
                file=self.file,
                line=place.line,
                column=place.column,
                code=code,
                message=visible(french(message)),
                suggestion=suggestion,
            )
        )

    def read(self, node: Node, shape: Shape, name: str) -> Any:
        """The plain value of *node*, or `_ABSENT`; *name* is what messages call it."""
        self._count(node)
        match shape:
            case Text(rule):
                return self._text(node, rule, name)
            case Day():
                return self._day(node, name)
            case ListOf(item):
                return self._list(node, item, name)
            case Keyed(rule, item):
                return self._templates(node, rule, item, name)
            case Object():
                return self.object(node, shape, name)

    def _count(self, node: Node) -> None:
        """Bounds what aliases, which share their node, make of a small file."""
        self._visits += 1
        self._letters += len(node.value) if isinstance(node, Scalar) else 0
        if self._visits > MAX_NODES or self._letters > MAX_BYTES:
            message = f"trop de valeurs, alias compris ({MAX_NODES} au plus, {MAX_BYTES / 1e6:.0f} Mo de texte)"
            raise Unreadable("too-many-values", message, line=node.line, column=node.column)

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
        if shape.name in ("Source", "Address"):
            plain["line"] = node.line
        missing = [key for key in shape.keys if key.required and key.name not in plain]
        for key in missing:
            self._missing(node, key, name)
        if missing:
            if "id" in plain:
                self.ids_lost.setdefault((shape.name, plain["id"]), node)
            return _ABSENT
        self.nodes[shape.name].append(node)
        return plain

    def _missing(self, node: Mapping, key: Key, name: str) -> None:
        if value_at(node, key.name) is node:
            self.report(node, "missing-key", f"{name} : il manque « {key.name} »")

    def _pairs(self, node: Mapping, known: Iterable[str], name: str) -> Iterable[tuple[Scalar, Node]]:
        """The pairs of *node* whose key is one of *known*, each key once."""
        names = list(known)
        seen: set[str] = set()
        for key, value in node.pairs:
            self._count(key)
            if not isinstance(key, Scalar):
                self.report(key, "unknown-key", f"{name} : une clé est un mot, pas une liste ni un bloc")
            elif key.value in seen:
                self.report(key, "duplicate-key", f"{name} : {quoted(key.value)} est écrit deux fois")
            elif key.value not in names:
                message = f"{name} : clé {quoted(key.value)} inconnue"
                self.report(key, "unknown-key", message, suggestion=partial(_meant, key.value, names))
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

    def _templates(self, node: Node, levels: OneOf, item: Object, name: str) -> Any:
        if not isinstance(node, Mapping):
            self._wrong_type(node, name, "un bloc « niveau : adresse »")
            return _ABSENT
        templates = []
        for level, value in self._pairs(node, (*levels.labels, *GRANULARITIES), name):
            if level.value not in levels.labels:
                says = f"{name} : nous n'avons pas de codes au niveau {quoted(level.value)}"
                self.report(level, "level-without-code", f"{says} ({', '.join(levels.labels)})")
                continue
            plain = self.read(value, item, level.value)
            if plain is not _ABSENT:
                url = value_at(value, "url") if isinstance(value, Mapping) else value
                templates.append({"level": level.value, **plain, "line": url.line})
                self._check_template(url, level.value, plain["url"])
        return templates

    def _check_template(self, node: Node, level: str, template: str) -> None:
        """What of *template* would give no address, or the same for every territory of *level*."""
        asked = placeholders(template)
        for name in asked:
            if name not in PLACEHOLDERS:
                message = f"{level} : {quoted(f'{{{name}}}')} ne veut rien dire ({', '.join(PLACEHOLDERS)})"
                self.report(node, "unknown-placeholder", message, suggestion=partial(_meant, name, PLACEHOLDERS))
            elif not answers(name, level):
                message = f"{level} : {quoted(f'{{{name}}}')} n'a pas de valeur à ce niveau"
                self.report(node, "placeholder-without-value", message)
        if not asked and level != "pays":
            says = f"{level} : la même adresse pour tous les territoires ; il manque {quoted('{code}')}"
            self.report(node, "no-placeholder", says)
        if not is_web_url(filled(template, dict.fromkeys(asked, "0"))):
            message = f"{level} : {quoted(masked(template))} n'est pas une adresse http ou https"
            self.report(node, "invalid-url", message)

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
        if is_obeyed(node.value):
            self.report(node, "control-character", f"{name} : caractère de contrôle dans {quoted(node.value)}")
        value = node.value.strip()
        return value if self._obeys(node, value, rule, name) else _ABSENT

    def _obeys(self, node: Scalar, value: str, rule: Rule | None, name: str) -> bool:
        match rule:
            case OneOf(labels) if value not in labels:
                says = f"{name} : {quoted(value)} n'est pas admis ({', '.join(labels)})"
                self.report(node, "unknown-value", says, suggestion=partial(_meant_value, value, tuple(labels.items())))
                return False
            case Pattern(regex=regex, says=says) if not re.fullmatch(regex, value):
                message = f"{name} : {quoted(value)} n'a pas la forme voulue, {says}"
                self.report(node, "invalid-format", message, suggestion=partial(_kebab, value if name == "id" else ""))
                return False
            case Url() if not is_web_url(value):
                self.report(
                    node, "invalid-url", f"{name} : {quoted(masked(value))} n'est pas une adresse http ou https"
                )
            case Reference(or_url=True) if "://" in value and not is_web_url(value):
                self.report(
                    node, "invalid-url", f"{name} : {quoted(masked(value))} n'est pas une adresse http ou https"
                )
        return True

    def _day(self, node: Node, name: str) -> Any:
        if not isinstance(node, Scalar):
            self._wrong_type(node, name, "une date")
            return _ABSENT
        try:
            return date.fromisoformat(node.value).isoformat()
        except ValueError:
            self.report(
                node, "invalid-date", f"{name} : {quoted(node.value)} n'est pas une date (exemple : 2026-11-23)"
            )
            return _ABSENT

    def _wrong_type(self, node: Node, name: str, expected: str) -> None:
        cure = ""
        match node:
            case Scalar(value="" | "~", tag="null"):
                found = "il n'y a rien"
            case Scalar(value=value, tag=tag) if tag != "str":
                found = f"{quoted(value)} est {_SAYS.get(tag, 'autre chose')}"
                cure = " : mettez des guillemets" if expected == "un texte" else ""
            case Scalar(value=value):
                found = f"{quoted(value)} est un texte"
            case Sequence():
                found = "c'est une liste"
            case Mapping():
                found = "c'est un bloc"
        self.report(node, "wrong-type", f"{name} : il faut {expected}, et {found}{cure}")


def value_at(node: Mapping, name: str) -> Node:
    """The first value of *node* under the key *name*; *node* itself where there is none."""
    return next((value for key, value in node.pairs if isinstance(key, Scalar) and key.value == name), node)


def _meant(word: str, candidates: Iterable[str]) -> str:
    return "".join(nearest(word, candidates, limit=1)) if len(word) <= LONGEST_WORD else ""


def _meant_value(value: str, labels: tuple[tuple[str, str], ...]) -> str:
    """The value whose French label was written in its stead, or else the nearest."""
    by_label = (key for key, label in labels if fold(label) == fold(value[:LONGEST_WORD]))
    return next(by_label, "") or _meant(value, [key for key, _ in labels])


def _kebab(value: str) -> str:
    return "-".join(fold(value).split()) if len(value) <= LONGEST_WORD else ""
