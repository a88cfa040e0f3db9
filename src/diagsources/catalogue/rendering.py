"""Plain values as YAML text, written as a person writes a catalogue."""

import json
import re
import textwrap
from collections.abc import Sequence
from datetime import date
from typing import TypeAlias, Union

from diagsources.catalogue.nodes import Mapping, Scalar, Unreadable, parse
from diagsources.catalogue.nodes import Sequence as SequenceNode

Value: TypeAlias = Union[str, date, "Sequence[Value]", dict[str, "Value"]]

_WIDTH = 110
"""Columns of a line of text that is folded."""
_SHORT_WORD = 40
"""Characters of the longest item of a list that is written between brackets."""

_UNPRINTABLE = re.compile("[^\\t\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What YAML 1.1 does not print (its §5.1)."""
_OBEYED = re.compile("[\\t\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ud800-\\udfff]")
"""What is written by its code, for an editor or YAML itself would obey it."""


def scalar(value: str | date, *, in_flow: bool = False, style: str = "") -> str:
    """*value* on one line: plain where that is safe, between the quotation marks of *style* where there is one."""
    if isinstance(value, date):
        return value.isoformat()
    shown = is_shown(value)
    if style == "'" and shown:
        return "'" + value.replace("'", "''") + "'"
    if style != '"' and shown and _is_plain(value, in_flow=in_flow):
        return value
    return double_quoted(value)


def double_quoted(value: str) -> str:
    """*value* between double quotes, with what nobody should obey as codes."""
    quoted = json.dumps(value, ensure_ascii=False)
    for pattern in (_OBEYED, _UNPRINTABLE):
        quoted = pattern.sub(lambda char: f"\\u{ord(char[0]):04x}", quoted)
    return quoted


def key(name: str) -> str:
    """The *name* of a key, quoted where YAML 1.1 takes it for something else (`on`)."""
    return scalar(name)


def pair(name: str, value: Value, *, indent: int, step: int = 2, dash: int = 2, in_flow: bool = False) -> list[str]:
    """The lines of `name: value`, the first without its indent; *step* is how much further nested keys stand, and
    *dash* the dashes of a list."""
    if in_flow:
        return [f"{key(name)}: {flow(value)}"]
    if isinstance(value, str) and (folded := _folded(value, name, indent, step)):
        return folded
    if isinstance(value, str | date):
        return [f"{key(name)}: {scalar(value)}"]
    if not value or (not isinstance(value, dict) and _is_short(value, indent + len(name))):
        return [f"{key(name)}: {flow(value)}"]
    if isinstance(value, dict):
        return [f"{key(name)}:", *_indented(mapping(value, indent=indent + step, step=step, dash=dash), indent + step)]
    return [f"{key(name)}:", *_list(value, indent=indent + dash, step=step, dash=dash)]


def mapping(value: dict[str, Value], *, indent: int, step: int = 2, dash: int = 2) -> list[str]:
    """The lines of a mapping in block style whose keys stand at *indent*; only nested lines have theirs."""
    lines: list[str] = []
    for name, item in value.items():
        first, *others = pair(name, item, indent=indent, step=step, dash=dash)
        lines += [first if not lines else " " * indent + first, *others]
    return lines


def item(value: Value, *, indent: int, step: int = 2, dash: int = 2) -> list[str]:
    """The lines of an item of a list whose dash stands at *indent*, the first without its indent."""
    if isinstance(value, dict):
        first, *others = mapping(value, indent=indent + 2, step=step, dash=dash)
        return [f"- {first}", *others]
    return [f"- {flow(value)}" if not isinstance(value, str | date) else f"- {scalar(value)}"]


def flow(value: Value) -> str:
    """*value* on one line, lists in brackets and mappings in braces."""
    if isinstance(value, str | date):
        return scalar(value, in_flow=True)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(name, in_flow=True)}: {flow(each)}" for name, each in value.items()) + "}"
    return "[" + ", ".join(map(flow, value)) + "]"


def _list(values: Sequence[Value], *, indent: int, step: int, dash: int) -> list[str]:
    return [line for each in values for line in _indented(item(each, indent=indent, step=step, dash=dash), indent)]


def _indented(lines: Sequence[str], indent: int) -> list[str]:
    """*lines* with the indent that their first is without."""
    return [" " * indent + lines[0], *lines[1:]] if lines else []


def _is_short(values: Sequence[Value], before: int) -> bool:
    """Whether *values* are words that one line holds between brackets."""
    words = [each for each in values if isinstance(each, str) and len(each) <= _SHORT_WORD and "://" not in each]
    return len(words) == len(values) and before + len(flow(values)) <= _WIDTH


def _folded(value: str, name: str, indent: int, step: int) -> list[str]:
    """*value* as a folded block, where it is a long text of ordinary words; nothing otherwise."""
    is_ordinary = is_shown(value) and "" not in value.split(" ") and " " in value
    if not is_ordinary or indent + len(name) + len(value) + 2 <= _WIDTH:
        return []
    lines = textwrap.wrap(value, width=max(_WIDTH - indent - step, 40), break_long_words=False, break_on_hyphens=False)
    return [f"{key(name)}: >-", *(" " * (indent + step) + line for line in lines)]


def is_shown(value: str) -> bool:
    """Whether *value* is one line of which every character may be written as it is."""
    return not ("\n" in value or _UNPRINTABLE.search(value) or _OBEYED.search(value))


def _is_plain(value: str, *, in_flow: bool) -> bool:
    """Whether *value* means itself without quotes."""
    if not value or len(value) > 2_000 or value != value.strip() or value[0] in "%@`":
        return False
    try:
        node = parse(f"[k, {value}, k]" if in_flow else f"k: {value}\n")
    except Unreadable:
        return False
    if in_flow:
        return isinstance(node, SequenceNode) and len(node.items) == 3 and _is_text(node.items[1], value)
    return isinstance(node, Mapping) and len(node.pairs) == 1 and _is_text(node.pairs[0][1], value)


def _is_text(node: object, value: str) -> bool:
    return isinstance(node, Scalar) and node.tag == "str" and node.value == value
