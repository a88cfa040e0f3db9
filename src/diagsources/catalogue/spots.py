"""Where each value of a YAML text stands: a tree of spans, so that one can be replaced and the rest left alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

import yaml

from diagsources.catalogue.nodes import MAX_NODES, Unreadable, parse, tag_of

_DEEPEST = 200
"""Levels of a tree whose aliases are followed."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Kind(Enum):
    """What stands at a spot."""

    SCALAR = "scalar"
    SEQUENCE = "sequence"
    MAPPING = "mapping"
    ALIAS = "alias"


@dataclass(slots=True)
class Spot:
    """A value and where it is written: `text[start:end]`, without its anchor and tag, which begin at *first*.

    A block scalar ends with its last line, and a collection in block style with its last item.
    """

    kind: Kind
    first: int
    start: int
    end: int
    column: int
    """Of its first character, from 0."""
    value: str = ""
    tag: str = ""
    style: str = ""
    """Of a scalar: a quotation mark, `|`, `>`, or nothing. Of a collection: `{` or `[` in flow style."""
    anchor: str = ""
    is_in_flow: bool = False
    """Whether it stands within brackets or braces."""
    items: list["Spot"] = field(default_factory=list)
    """Of a sequence; of a mapping its keys and values in turns."""
    target: "Spot | None" = None
    """What an alias stands for."""
    aliases: list["Spot"] = field(default_factory=list)
    """The aliases of an anchor, in order."""

    @property
    def pairs(self) -> Iterator[tuple["Spot", "Spot"]]:
        """The keys and values of a mapping."""
        return zip(self.items[::2], self.items[1::2], strict=True)

    def at(self, key: str) -> "Spot | None":
        """The first value under *key*."""
        return next((value for name, value in self.pairs if name.kind is Kind.SCALAR and name.value == key), None)


def spots_of(text: str) -> Spot | None:
    """The tree of *text*, None when it holds nothing; raises `Unreadable` as `nodes.parse` does."""
    parse(text)  # bounds of every kind
    root: Spot | None = None
    anchors: dict[str, Spot] = {}
    open_spots: list[Spot] = []
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            _close(open_spots.pop(), _at(event.end_mark))
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        parent = open_spots[-1] if open_spots else None
        spot = _spot(event, text, is_in_flow=parent is not None and (parent.is_in_flow or parent.style != ""))
        if parent is None:
            root = spot
        else:
            parent.items.append(spot)
        if spot.kind is Kind.ALIAS:
            spot.target = anchors[spot.anchor]
            spot.target.aliases.append(spot)
        elif spot.anchor:
            anchors[spot.anchor] = spot
        if spot.kind in (Kind.SEQUENCE, Kind.MAPPING):
            open_spots.append(spot)
    return root


def _spot(event: yaml.NodeEvent, text: str, *, is_in_flow: bool) -> Spot:
    first, end = _at(event.start_mark), _at(event.end_mark)
    anchor = str(event.anchor or "")
    if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
        return Spot(Kind.ALIAS, first, first, end, _column(text, first), anchor=anchor, is_in_flow=is_in_flow)
    start = first
    if anchor or event.tag:
        start = min(_after_properties(text, first, bool(event.tag) + bool(anchor)), max(first, end))
    column = _column(text, start)
    if isinstance(event, yaml.ScalarEvent):
        style = event.style or ""
        if style in ("|", ">"):
            end = _end_of_block(text, start, end)
        return Spot(
            *(Kind.SCALAR, first, start, max(start, end), column),
            value=event.value,
            tag=tag_of(event),
            style=style,
            anchor=anchor,
            is_in_flow=is_in_flow,
        )
    kind = Kind.SEQUENCE if isinstance(event, yaml.SequenceStartEvent) else Kind.MAPPING
    style = text[start : start + 1] if event.flow_style else ""
    return Spot(kind, first, start, end, column, style=style, anchor=anchor, is_in_flow=is_in_flow)


def _at(mark: "yaml.error.Mark | yaml._yaml.Mark | None") -> int:
    """The place of *mark*, which every event has that was read from a text."""
    return 0 if mark is None else mark.index


def _column(text: str, at: int) -> int:
    after_feed = text.rfind("\n", 0, at) + 1
    return at - max(after_feed, text.rfind("\r", after_feed, at) + 1)


def _after_properties(text: str, at: int, left: int) -> int:
    """Where the value begins behind its anchor and its tag, of which *left* are there; they may stand on a line
    of their own, with comments behind them."""
    while left and at < len(text) and text[at] in "&!":
        while at < len(text) and not text[at].isspace() and text[at] not in ",[]{}":
            at += 1
        at = _next_content(text, at)
        left -= 1
    return at


def _next_content(text: str, at: int) -> int:
    while at < len(text) and (text[at].isspace() or text[at] == "#"):
        if text[at] == "#":
            while at < len(text) and text[at] not in "\r\n":
                at += 1
        else:
            at += 1
    return at


def _close(spot: Spot, end: int) -> None:
    """Gives *spot* its end, in block style that of its last item."""
    if spot.style:
        spot.end = end
    else:
        spot.end = spot.items[-1].end if spot.items else spot.start


def _end_of_block(text: str, start: int, end: int) -> int:
    """The end of a block scalar's last line that is not blank; of one that keeps its blank lines, of all."""
    header = text[start:end].split("\n", 1)[0].split("\r", 1)[0].split("#", 1)[0]
    if "+" in header:
        return end
    last = len(text[start:end].rstrip()) + start
    while last < end and text[last] not in "\r\n":
        last += 1
    return last


def plain(spot: Spot | None, texts: dict[str, str] | None = None) -> object:
    """What *spot* means, aliases followed: scalars as tag and text, collections as lists; raises `Unreadable` where
    aliases make too much of it.

    Trees that share *texts* have one object for each text, so that to compare them costs little however long it is.
    """
    left = [MAX_NODES]
    known = {} if texts is None else texts
    shared: dict[int, object] = {}

    def of(spot: Spot, depth: int) -> object:
        left[0] -= 1
        if left[0] < 0:
            raise Unreadable("too-many-values", f"trop de valeurs, alias compris ({MAX_NODES} au plus)")
        if depth > _DEEPEST:
            raise Unreadable("too-deep", f"plus de {_DEEPEST} niveaux emboîtés, alias compris")
        if spot.kind is Kind.ALIAS and spot.target is not None:
            return of(spot.target, depth + 1)
        if spot.kind is Kind.SCALAR:
            if id(spot) not in shared:
                shared[id(spot)] = (spot.tag, known.setdefault(spot.value, spot.value))
            return shared[id(spot)]
        if spot.kind is Kind.SEQUENCE:
            return [of(item, depth + 1) for item in spot.items]
        return {"pairs": [[of(key, depth + 1), of(value, depth + 1)] for key, value in spot.pairs]}

    return None if spot is None else of(spot, 0)
