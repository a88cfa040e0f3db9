"""Changes to YAML that leave every other byte alone: spans of the text are replaced, and the result is read again.

`edited` is text in, text out. Comments, quotes, order, blank lines, anchors and line ends are the author's: what
a change does not name stays as it is, or nothing is changed at all.
"""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from diagsources.catalogue import rendering
from diagsources.catalogue.nodes import Unreadable
from diagsources.catalogue.rendering import Value
from diagsources.catalogue.shapes import FILE, ListOf, Object, Shape
from diagsources.catalogue.splices import BOM, LINE_END, Overlap, Splice, spliced
from diagsources.catalogue.spots import Kind, Spot, plain, spots_of

Path: TypeAlias = tuple[str | int, ...]
"""Keys and ranks from the top of the file: `("sources", 3, "url")`."""

_NEW = "new"
"""What marks a scalar that an edit has put there."""


class Edit(NamedTuple):
    """The value that is to stand at *path*. A key that is not there is added where the model has it; a rank beyond
    the end of a list adds to it."""

    path: Path
    value: Value
    was: str = ""
    """What must stand there now; "" for whatever does."""


class CannotEdit(Exception):
    """The text cannot be changed so without changing something else; says why in French."""


def edited(text: str, edits: Sequence[Edit]) -> str:
    """*text* with *edits*; raises `CannotEdit` or `Unreadable`."""
    bom = BOM if text.startswith(BOM) else ""
    bare = text.removeprefix(BOM)
    try:
        return bom + _edited_at_once(bare, edits)
    except CannotEdit:
        if len(edits) < 2:
            raise
    for edit in edits:  # one may get in the way of another
        bare = _edited_at_once(bare, (edit,))
    return bom + bare


def places_of(text: str) -> dict[str, Path]:
    """Where each source stands in *text*, the first of each id; raises `Unreadable`."""
    root = spots_of(text.removeprefix(BOM))
    sources = root.at("sources") if root is not None and root.kind is Kind.MAPPING else None
    found: dict[str, Path] = {}
    for rank, entry in enumerate(sources.items if sources is not None and sources.kind is Kind.SEQUENCE else ()):
        name = entry.at("id") if entry.kind is Kind.MAPPING else None
        meant = name.target if name is not None and name.target is not None else name
        if meant is not None and meant.kind is Kind.SCALAR:
            found.setdefault(meant.value.strip(), ("sources", rank))
    return found


def _edited_at_once(text: str, edits: Sequence[Edit]) -> str:
    root = spots_of(text)
    if root is None:
        raise CannotEdit("le fichier est vide")
    page = _Page(text, root)
    splices = [splice for edit in edits for splice in page.splices(edit)]
    try:
        result = spliced(text, splices)
    except Overlap as error:
        raise CannotEdit("deux changements se chevauchent") from error
    wanted = plain(root)
    for edit in edits:
        _put(wanted, edit.path, edit.value)
    try:
        got = plain(spots_of(result))
    except Unreadable as error:
        raise CannotEdit(f"le fichier ne se lirait plus ({error.message})") from error
    if not _same(wanted, got):
        raise CannotEdit("autre chose changerait dans le fichier")
    return result


class _Page:
    """A text and its spots: where, and how, a change is to be written in it."""

    def __init__(self, text: str, root: Spot) -> None:
        self._text = text
        self._root = root

    def splices(self, edit: Edit) -> list[Splice]:
        """What *edit* comes to."""
        parent, shape = self._parent(edit.path)
        last = edit.path[-1]
        if isinstance(last, int):
            if parent.kind is not Kind.SEQUENCE:
                raise CannotEdit("il faudrait une liste")
            if last >= len(parent.items):
                return [self._append(parent, edit.value)]
            return self._replace(parent.items[last], edit.value)
        if parent.kind is not Kind.MAPPING:
            raise CannotEdit("il faudrait un bloc « clé : valeur »")
        present = parent.at(last)
        if edit.was and (present is None or _meaning(present) != edit.was.strip()):
            raise CannotEdit(f"« {last} » n'est plus ce que l'on a vérifié")
        if present is not None:
            return self._replace(present, edit.value)
        return [self._insert(parent, last, edit.value, shape)]

    def _parent(self, path: Path) -> tuple[Spot, Shape | None]:
        spot: Spot = self._root
        shape: Shape | None = FILE
        self._refuse_shared(spot)
        for step in path[:-1]:
            inner = spot.at(step) if isinstance(step, str) and spot.kind is Kind.MAPPING else None
            if isinstance(step, int) and spot.kind is Kind.SEQUENCE and step < len(spot.items):
                inner = spot.items[step]
            if inner is None:
                raise CannotEdit(f"« {step} » n'est pas dans le fichier")
            self._refuse_shared(inner)
            spot, shape = inner, _within(shape, step)
        return spot, shape

    def _refuse_shared(self, spot: Spot) -> None:
        if spot.kind is Kind.ALIAS or spot.aliases:
            raise CannotEdit(f"l'ancre « {spot.anchor} » est partagée : d'autres entrées changeraient aussi")

    def _replace(self, spot: Spot, value: Value) -> list[Splice]:
        if spot.kind is Kind.SCALAR and spot.first == spot.end and not isinstance(value, str | date):
            return [Splice(spot.end, spot.end, f" {rendering.flow(value)}")]  # a key that nothing followed
        if _is_nothing(spot) and not isinstance(value, str | date):
            return [Splice(spot.start, spot.end, rendering.flow(value))]
        if not isinstance(value, str | date) or spot.kind not in (Kind.SCALAR, Kind.ALIAS):
            raise CannotEdit("seul un texte en remplace un autre")
        if spot.kind is Kind.ALIAS:
            return [Splice(spot.start, spot.end, rendering.scalar(value, in_flow=spot.is_in_flow))]
        if spot.aliases:
            return self._replace_shared(spot, value)
        if spot.start == spot.end:
            return [Splice(spot.start, spot.end, f" {rendering.scalar(value, in_flow=spot.is_in_flow)}")]
        return [Splice(spot.start, spot.end, self._like(spot, value))]

    def _replace_shared(self, spot: Spot, value: str | date) -> list[Splice]:
        """A value of its own for *spot*; the first of those that share it takes the anchor, and the value it had."""
        heir = spot.aliases[0]
        own = rendering.scalar(value, in_flow=spot.is_in_flow, style=spot.style)
        if spot.style in ("|", ">"):
            own += _kept_line_ends(self._text[spot.start : spot.end])
        return [Splice(spot.first, spot.end, own), Splice(heir.start, heir.end, self._on_one_line(spot, heir))]

    def _on_one_line(self, spot: Spot, heir: Spot) -> str:
        """*spot* with its anchor as it was written, or as it can be where *heir* stands."""
        properties, written = self._text[spot.first : spot.start], self._text[spot.start : spot.end]
        if LINE_END.search(properties) or "#" in properties:
            properties = f"&{spot.anchor} "
        if LINE_END.search(written):
            written = rendering.double_quoted(spot.value)
        elif heir.is_in_flow and not spot.is_in_flow and not spot.style:
            written = rendering.scalar(spot.value, in_flow=True)
        return properties + written

    def _like(self, spot: Spot, value: str | date) -> str:
        """*value* in the style of *spot*."""
        if spot.style not in ("|", ">"):
            return rendering.scalar(value, in_flow=spot.is_in_flow, style=spot.style)
        written = self._text[spot.start : spot.end]
        header = LINE_END.search(written)
        body = written[header.end() :] if header else ""
        first = next((line for line in LINE_END.split(body) if line.strip()), "")
        indent = first[: len(first) - len(first.lstrip(" "))]
        # an indent that is announced may be less than the first line has
        is_announced = header is not None and any(char.isdigit() for char in written[: header.start()].split("#")[0])
        text = value.isoformat() if isinstance(value, date) else value
        is_one_line = not LINE_END.search(text) and rendering.is_shown(text) and text == text.strip() != ""
        if header is None or not indent or is_announced or not is_one_line:
            tail = _kept_line_ends(written)
            return rendering.double_quoted(text) + tail
        return written[: header.end()] + indent + text + _kept_line_ends(written)

    def _insert(self, parent: Spot, name: str, value: Value, shape: Shape | None) -> Splice:
        order = [key.name for key in shape.keys] if isinstance(shape, Object) else []
        ranks = {known: rank for rank, known in enumerate(order)}
        own = ranks.get(name, len(order))
        before = [pair for pair in parent.pairs if ranks.get(pair[0].value, -1) <= own]
        if parent.style:
            return self._insert_in_flow(parent, before[-1][1] if before else None, name, value)
        lines = rendering.pair(name, value, indent=parent.column, step=self._step_within(parent), dash=self._dash)
        if before:
            return self._below(before[-1][1], [" " * parent.column + lines[0], *lines[1:]])
        first = parent.items[0].first
        end = self._line_end()
        return Splice(first, first, end.join(lines) + end + " " * parent.column)

    def _insert_in_flow(self, parent: Spot, before: Spot | None, name: str, value: Value) -> Splice:
        (line,) = rendering.pair(name, value, indent=0, in_flow=True)
        if before is not None:
            return Splice(before.end, before.end, f", {line}")
        after = ", " if parent.items else ""
        return Splice(parent.start + 1, parent.start + 1, line + after)

    def _append(self, parent: Spot, value: Value) -> Splice:
        if parent.style:
            written = rendering.flow(value)
            if parent.items:
                return Splice(parent.items[-1].end, parent.items[-1].end, f", {written}")
            return Splice(parent.start + 1, parent.start + 1, written)
        lines = rendering.item(value, indent=parent.column, step=self._step_within(parent), dash=self._dash)
        lines[0] = " " * parent.column + lines[0]
        return self._below(parent.items[-1], [*self._gap(parent), *lines])

    def _gap(self, parent: Spot) -> list[str]:
        """A blank line, where the items of *parent* have one between them, and it would not be of a text."""
        if self._text[parent.end - 1] in "\r\n":
            return []
        apart = [self._text[one.end : other.first] for one, other in zip(parent.items, parent.items[1:], strict=False)]
        return [""] if apart and any(len(LINE_END.findall(between)) > 1 for between in apart[-1:]) else []

    def _below(self, spot: Spot, lines: Sequence[str]) -> Splice:
        """*lines* below the line on which *spot* ends, and what is said of it there."""
        at, end = spot.end, self._line_end()
        written = end.join(lines)
        if at and self._text[at - 1] in "\r\n":
            return Splice(at, at, written + end)
        following = LINE_END.search(self._text, at)
        at = following.start() if following else len(self._text)
        return Splice(at, at, end + written)

    def _line_end(self) -> str:
        found = LINE_END.search(self._text)
        return found[0] if found else "\n"

    def _step_within(self, parent: Spot) -> int:
        """How much further a mapping within another stands in the entry at hand, or the first that shows it."""
        return _first_step(parent) or self._step

    @cached_property
    def _step(self) -> int:
        return _first_step(self._root) or 2

    @cached_property
    def _dash(self) -> int:
        """How much further than their key the dashes of a list stand in this file."""
        for spot in _walk(self._root):
            for _, value in spot.pairs if spot.kind is Kind.MAPPING and not spot.style else ():
                if value.kind is Kind.SEQUENCE and not value.style and value.items:
                    return max(0, value.column - spot.column)
        return 2


def _is_nothing(spot: Spot) -> bool:
    """Whether *spot* is `[]`, `{}` or `~`, and nobody else's."""
    is_empty = spot.style != "" and not spot.items if spot.kind is not Kind.SCALAR else spot.tag == "null"
    return is_empty and not spot.aliases


def _meaning(spot: Spot) -> str:
    meant = spot.target if spot.target is not None else spot
    return meant.value.strip()


def _kept_line_ends(written: str) -> str:
    """The line ends and blank lines that a block scalar holds at its end, when it keeps them."""
    found = LINE_END.search(written, len(written.rstrip()))
    return written[found.start() :] if found else ""


def _first_step(spot: Spot) -> int:
    """How much further than its parent the first mapping within another stands; 0 where there is none."""
    for outer in _walk(spot):
        for _, value in outer.pairs if outer.kind is Kind.MAPPING and not outer.style else ():
            if value.kind is Kind.MAPPING and not value.style and value.column > outer.column:
                return value.column - outer.column
    return 0


def _walk(spot: Spot) -> list[Spot]:
    found: list[Spot] = []
    pending = [spot]
    while pending and len(found) < 2_000:
        found.append(pending.pop(0))
        pending += found[-1].items
    return found


def _within(shape: Shape | None, step: str | int) -> Shape | None:
    """The shape of what stands at *step* of a value of *shape*; None where the model says nothing."""
    if isinstance(step, int):
        return shape.item if isinstance(shape, ListOf) else None
    keys = shape.keys if isinstance(shape, Object) else ()
    return next((key.shape for key in keys if key.name == step), None)


def _plain_of(value: Value) -> object:
    """*value* as `plain` gives it, its scalars marked as new."""
    if isinstance(value, date):
        return ("timestamp", value.isoformat(), _NEW)
    if isinstance(value, str):
        return ("str", value, _NEW)
    if isinstance(value, dict):
        return {"pairs": [[("str", name), _plain_of(each)] for name, each in value.items()]}
    return [_plain_of(each) for each in value]


def _put(tree: Any, path: Path, value: Value) -> None:
    """Sets what *path* names in *tree*, as `plain` gives it."""
    for step in path[:-1]:
        tree = tree[step] if isinstance(step, int) else _value_under(tree, step)
    last = path[-1]
    if isinstance(last, int):
        tree[last : last + 1] = [_plain_of(value)]
        return
    for pair in tree["pairs"]:
        if pair[0][1] == last:
            pair[1] = _plain_of(value)
            return
    tree["pairs"].append([("str", last), _plain_of(value)])


def _value_under(tree: Any, name: str) -> Any:
    return next(value for key, value in tree["pairs"] if key[1] == name)


def _same(wanted: Any, got: Any) -> bool:
    """Whether two trees mean the same to the model: the order of keys does not matter, nor, of what is new, the
    space around it; nor a last line end, which a block scalar gets when the file ends with it and goes on."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        ours, theirs = (sorted(tree["pairs"], key=_name_of) for tree in (wanted, got))
        return len(ours) == len(theirs) and all(map(_same, ours, theirs))
    if isinstance(wanted, list) and isinstance(got, list):
        return len(wanted) == len(got) and all(map(_same, wanted, got))
    if isinstance(wanted, tuple) and isinstance(got, tuple) and wanted[-1] is _NEW:
        return bool(wanted[0] == got[0] and wanted[1].strip() == got[1].strip())
    if isinstance(wanted, tuple) and isinstance(got, tuple):
        return bool(wanted[0] == got[0] and wanted[1].rstrip("\n") == got[1].rstrip("\n"))
    return bool(wanted == got)


def _name_of(pair: Any) -> str:
    return str(pair[0][1]) if isinstance(pair[0], tuple) else ""
