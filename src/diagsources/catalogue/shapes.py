"""The shape that YAML must have, worked out once from the annotations of the model.

The reader checks values against it and the JSON Schema is written from it, so that neither can say
what the other does not.
"""

import types
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from diagsources.model import (
    Advice,
    Anchor,
    Caution,
    Guide,
    Hidden,
    OneOf,
    Pattern,
    Publisher,
    Question,
    Reference,
    Source,
    Template,
    Theme,
    Url,
)

Rule = OneOf | Pattern | Url | Reference


@dataclass(frozen=True, slots=True)
class Text:
    """A string, under a rule or free."""

    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A date of the calendar, ISO 8601."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of one shape."""

    item: "Shape"


@dataclass(frozen=True, slots=True)
class Keyed:
    """A mapping from the values of *rule* to objects of one shape."""

    rule: OneOf
    item: "Object"


@dataclass(frozen=True, slots=True)
class Key:
    """A key of an object, and the shape of its value."""

    name: str
    shape: "Shape"
    required: bool


@dataclass(frozen=True, slots=True)
class Object:
    """A mapping with known keys; a bare text stands for the key *short*, where there is one."""

    name: str
    keys: tuple[Key, ...]
    short: str = ""


Shape = Text | Day | ListOf | Keyed | Object

_SHORT = {Anchor: "text", Caution: "text", Template: "url"}


@cache
def object_of(cls: type[Any]) -> Object:
    """The shape of the named tuple *cls*: its fields but the hidden ones."""
    hints = get_type_hints(cls, include_extras=True)
    keys = tuple(
        Key(name, _shape(hint), name not in cls._field_defaults)
        for name, hint in hints.items()
        if not any(isinstance(mark, Hidden) for mark in get_args(hint)[1:])
    )
    return Object(cls.__name__, keys, _SHORT.get(cls, ""))


def _shape(hint: Any, rule: Rule | None = None) -> Shape:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _shape(arguments[0], arguments[1])
    if origin in (Union, types.UnionType):
        (present,) = (argument for argument in arguments if argument is not type(None))
        return _shape(present, rule)
    if origin is tuple:
        item = _shape(arguments[0], rule)
        return Keyed(rule, item) if isinstance(item, Object) and isinstance(rule, OneOf) else ListOf(item)
    if hint is str:
        return Text(rule)
    if hint is date:
        return Day()
    return object_of(hint)


FILE = Object(
    "File",
    (
        Key("advice", object_of(Advice), required=False),
        Key("themes", ListOf(object_of(Theme)), required=False),
        Key("publishers", ListOf(object_of(Publisher)), required=False),
        Key("theme", Text(Pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*", "l'identifiant d'un thème")), required=False),
        Key("sources", ListOf(object_of(Source)), required=False),
        Key("questions", ListOf(object_of(Question)), required=False),
        Key("guides", ListOf(object_of(Guide)), required=False),
    ),
)
"""A file of the catalogue. A folder spreads these keys over its files as it likes."""
