"""What a machine can put right in YAML without knowing anything: keys one letter off, their order, trailing blanks.

Comments stay with the key that they stand above or beside. Each step is read again, and undone where it would
change what the file means. `tidied(tidied(text)) == tidied(text)`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from diagsources.catalogue import rendering
from diagsources.catalogue.nodes import Unreadable
from diagsources.catalogue.shapes import FILE, Keyed, ListOf, Object, Shape
from diagsources.catalogue.spots import Kind, Spot, plain, spots_of
from diagsources.text import slips

_BOM = "\ufeff"
_LINE_END = re.compile(r"\r\n|\r|\n")
_PASSES = 6
"""How deep mappings of the model are nested, and one more."""
_TRIED_ALONE = 200
"""Of how many mappings it is found out which cannot be put in order, when not all can."""


class _Splice(NamedTuple):
    start: int
    end: int
    text: str


def tidied(text: str) -> str:
    """*text* put right; raises `Unreadable`."""
    bom = _BOM if text.startswith(_BOM) else ""
    bare = text.removeprefix(_BOM)
    for _ in range(_PASSES):
        better = _without_blanks(_in_order(_with_right_keys(bare)))
        if better == bare:
            break
        bare = better
    return bom + bare


def _with_right_keys(text: str) -> str:
    """*text* with keys that are one letter off one known key as that key."""
    root = spots_of(text)
    splices = []
    for spot, names in _known_mappings(root):
        present = {key.value for key, _ in spot.pairs if key.kind is Kind.SCALAR}
        for key, _ in spot.pairs:
            meant = _meant(key.value, [name for name in names if name not in present]) if key.value not in names else ""
            if meant and key.kind is Kind.SCALAR and not key.anchor and key.style not in ("|", ">"):
                written = rendering.scalar(meant, in_flow=key.is_in_flow, style=key.style)
                splices.append(_Splice(key.start, key.end, written))
                key.value = meant
                present.add(meant)
    return _spliced_alike(text, splices, plain(root))


def _meant(word: str, names: Sequence[str]) -> str:
    """The one of *names* that *word* is a letter away from; "" for none, or several."""
    near = [name for name in names if len(word) > 2 and slips(word, name, at_most=1) == 1]
    return near[0] if len(near) == 1 else ""


def _in_order(text: str) -> str:
    """*text* with the outermost mappings that are out of order in the order of the model."""
    root = spots_of(text)
    splices: list[_Splice] = []
    for spot, names in _known_mappings(root):
        if splices and spot.start < splices[-1].end:
            continue  # within one that moves: its turn comes next
        order = _order(spot, names)
        if order == sorted(order):
            continue
        splice = _reordered(text, spot, order)
        if splice is not None:
            splices.append(splice)
    meaning = plain(root)
    whole = _spliced_alike(text, splices, meaning)
    if whole != text or not splices:
        return whole
    for splice in splices[:_TRIED_ALONE]:
        alone = _spliced_alike(text, [splice], meaning)
        if alone != text:
            return alone
    return text


def _order(spot: Spot, names: Sequence[str]) -> list[int]:
    """The rank of each key of *spot*; one that nobody knows stays behind the one before it."""
    ranks: list[int] = []
    for key, _ in spot.pairs:
        known = names.index(key.value) if key.value in names else None
        ranks.append(known if known is not None else ranks[-1] if ranks else -1)
    return ranks


def _reordered(text: str, spot: Spot, order: Sequence[int]) -> _Splice | None:
    """The pairs of *spot* by *order*; None where that takes a person."""
    pairs = list(spot.pairs)
    ranking = sorted(range(len(pairs)), key=lambda rank: order[rank])
    if spot.style:
        written = [text[key.first : value.end] for key, value in pairs]
        between = [text[one[1].end : other[0].first] for one, other in pairwise(pairs)]
        if any("\n" in each or "\r" in each or "#" in each for each in (*written, *between)):
            return None
        pieces = [written[ranking[0]]]
        for separator, rank in zip(between, ranking[1:], strict=True):
            pieces += (separator, written[rank])
        return _Splice(pairs[0][0].first, pairs[-1][1].end, "".join(pieces))
    cuts = [pairs[0][0].first, *(_line_below(text, value.end) for _, value in pairs)]
    segments = [text[start:end] for start, end in pairwise(cuts)]
    if any(not segment.strip() for segment in segments):
        return None
    end = found[0] if (found := _LINE_END.search(text)) else "\n"
    is_open = not segments[-1].endswith(("\n", "\r"))
    whole = [segment if segment.endswith(("\n", "\r")) else segment + end for segment in segments]
    moved = [
        (" " * spot.column if rank == 0 and place else "") + (whole[rank].lstrip() if not place else whole[rank])
        for place, rank in enumerate(ranking)
    ]
    joined = "".join(moved)
    return _Splice(cuts[0], cuts[-1], joined.removesuffix(end) if is_open else joined)


def _line_below(text: str, at: int) -> int:
    """Where the line begins that follows the one of *at*."""
    if at and text[at - 1] in "\r\n":
        return at
    found = _LINE_END.search(text, at)
    return found.end() if found else len(text)


def _without_blanks(text: str) -> str:
    """*text* without blanks at the ends of its lines and blank lines at its own, one line end apart."""
    root = spots_of(text)
    scalars = [
        spot for spot in _walk(root) if spot.kind is Kind.SCALAR and _LINE_END.search(text[spot.start : spot.end])
    ]
    inside = iter(sorted((spot.start, spot.end) for spot in scalars))
    span = next(inside, None)
    splices = []
    for blank in re.finditer(r"[ \t]+(?=[\r\n]|\Z)", text):
        while span is not None and span[1] <= blank.start():
            span = next(inside, None)
        if span is None or blank.start() < span[0]:
            splices.append(_Splice(blank.start(), blank.end(), ""))
    meaning = plain(root)
    text = _spliced_alike(text, splices, meaning)
    content = text.rstrip()
    if not content:
        return text
    end = found[0] if (found := _LINE_END.search(text)) else "\n"
    return _spliced_alike(text, [_Splice(len(content), len(text), end)], meaning)


def _spliced_alike(text: str, splices: Sequence[_Splice], meaning: object) -> str:
    """*text* with *splices*, where it then has that *meaning*; *text* itself where it has not."""
    if not splices:
        return text
    pieces: list[str] = []
    at = 0
    for splice in sorted(splices):
        pieces += (text[at : splice.start], splice.text)
        at = splice.end
    result = "".join((*pieces, text[at:]))
    try:
        alike = _sorted(plain(spots_of(result))) == _sorted(meaning)
    except Unreadable:
        return text
    return result if alike else text


def _sorted(tree: Any) -> Any:
    """*tree*, as `plain` gives it, with the pairs of its mappings in one order."""
    if isinstance(tree, dict):
        return sorted(([_sorted(key), _sorted(value)] for key, value in tree["pairs"]), key=repr)
    return [_sorted(each) for each in tree] if isinstance(tree, list) else tree


def _known_mappings(root: Spot | None) -> Iterator[tuple[Spot, Sequence[str]]]:
    """The mappings of the tree of which the model knows the keys, the outer before the inner, with these keys."""
    pending: list[tuple[Spot, Shape]] = [(root, FILE)] if root is not None else []
    while pending:
        spot, shape = pending.pop()
        inner: list[tuple[Spot, Shape]] = []
        match shape:
            case Object() if spot.kind is Kind.MAPPING:
                shapes: Mapping[str, Shape] = {key.name: key.shape for key in shape.keys}
                yield spot, list(shapes)
                inner = [(value, shapes[key.value]) for key, value in spot.pairs if key.value in shapes]
            case Keyed(rule, item) if spot.kind is Kind.MAPPING:
                yield spot, list(rule.labels)
                inner = [(value, item) for key, value in spot.pairs if key.value in rule.labels]
            case ListOf(item) if spot.kind is Kind.SEQUENCE:
                inner = [(each, item) for each in spot.items]
            case _:
                pass
        pending += reversed(inner)


def _walk(root: Spot | None) -> Iterator[Spot]:
    pending = [root] if root is not None else []
    while pending:
        spot = pending.pop()
        yield spot
        pending += spot.items
