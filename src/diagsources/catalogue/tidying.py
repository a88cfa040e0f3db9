"""What a machine can put right in YAML without knowing anything: keys one letter off, their order, trailing blanks.

Comments stay with the key that they stand above or beside. Each step is read again, and undone where it would
change what the file means. `tidied(tidied(text)) == tidied(text)`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

from diagsources.catalogue import rendering
from diagsources.catalogue.nodes import Unreadable
from diagsources.catalogue.shapes import FILE, Keyed, ListOf, Object, Shape
from diagsources.catalogue.splices import BOM, LINE_END, Splice, spliced
from diagsources.catalogue.spots import Kind, Spot, plain, spots_of
from diagsources.text import slips

_PASSES = 6
"""How deep mappings of the model are nested, and one more."""
_TRIED = 200
"""Unknown keys that are looked at, and mappings that are tried one by one where not all can be put in order."""


class _Page:
    """A text, its spots and its meaning."""

    def __init__(self, text: str, texts: dict[str, str]) -> None:
        self.text = text
        self.root = spots_of(text)
        self.texts = texts

    @cached_property
    def meaning(self) -> object:
        """What the text means, the order of keys apart."""
        return _sorted(plain(self.root, self.texts))

    def spliced(self, splices: Sequence[Splice], meaning: object = None) -> "_Page":
        """The page with *splices*, where it then means the same, or *meaning*; this very one where it does not."""
        if not splices:
            return self
        try:
            better = _Page(spliced(self.text, splices), self.texts)
            return better if better.meaning == (meaning or self.meaning) else self
        except Unreadable:
            return self


def tidied(text: str) -> str:
    """*text* put right; raises `Unreadable`."""
    bom = BOM if text.startswith(BOM) else ""
    page = _Page(text.removeprefix(BOM), {})
    for _ in range(_PASSES):
        better = _without_blanks(_in_order(_with_right_keys(page)))
        if better is page:
            break
        page = better
    return bom + page.text


def _with_right_keys(page: _Page) -> _Page:
    """*page* with keys that are one letter off one known key as that key."""
    renamed: list[tuple[Spot, str]] = []
    left = _TRIED
    for spot, names in _known_mappings(page.root):
        present = {key.value for key, _ in spot.pairs if key.kind is Kind.SCALAR}
        for key, _ in spot.pairs:
            if key.value in names or key.kind is not Kind.SCALAR or key.anchor or key.style in ("|", ">") or not left:
                continue
            left -= 1
            meant = _meant(key.value, [name for name in names if name not in present])
            if meant:
                renamed.append((key, meant))
                present.add(meant)
    if not renamed:
        return page
    splices = [
        Splice(key.start, key.end, rendering.scalar(meant, in_flow=key.is_in_flow, style=key.style))
        for key, meant in renamed
    ]
    return page.spliced(splices, meaning=_with_names(page, renamed))


def _with_names(page: _Page, renamed: Sequence[tuple[Spot, str]]) -> object:
    """What *page* is to mean with its keys *renamed*."""
    wanted = _Page(page.text, page.texts)
    keys = {key.start: meant for key, meant in renamed}
    for spot in _walk(wanted.root):
        for key, _ in spot.pairs if spot.kind is Kind.MAPPING else ():
            key.value = keys.get(key.start, key.value) if key.kind is Kind.SCALAR else key.value
    return wanted.meaning


def _meant(word: str, names: Sequence[str]) -> str:
    """The one of *names* that *word* is a letter away from; "" for none, or several."""
    near = [name for name in names if len(word) > 2 and slips(word, name, at_most=1) == 1]
    return near[0] if len(near) == 1 else ""


def _in_order(page: _Page) -> _Page:
    """*page* with the outermost mappings that are out of order in the order of the model."""
    splices: list[Splice] = []
    for spot, names in _known_mappings(page.root):
        if splices and spot.start < splices[-1].end:
            continue  # within one that moves: its turn comes next
        order = _order(spot, names)
        if order == sorted(order):
            continue
        splice = _reordered(page.text, spot, order)
        if splice is not None:
            splices.append(splice)
    whole = page.spliced(splices)
    if whole is not page:
        return whole
    for splice in splices[:_TRIED]:
        alone = page.spliced([splice])
        if alone is not page:
            return alone
    return page


def _order(spot: Spot, names: Sequence[str]) -> list[int]:
    """The rank of each key of *spot*; one that nobody knows stays behind the one before it."""
    ranks: list[int] = []
    for key, _ in spot.pairs:
        known = names.index(key.value) if key.value in names else None
        ranks.append(known if known is not None else ranks[-1] if ranks else -1)
    return ranks


def _reordered(text: str, spot: Spot, order: Sequence[int]) -> Splice | None:
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
        return Splice(pairs[0][0].first, pairs[-1][1].end, "".join(pieces))
    cuts = [pairs[0][0].first, *(_line_below(text, value.end) for _, value in pairs)]
    segments = [text[start:end] for start, end in pairwise(cuts)]
    if any(not segment.strip() for segment in segments):
        return None
    end = found[0] if (found := LINE_END.search(text)) else "\n"
    is_open = not segments[-1].endswith(("\n", "\r"))
    whole = [segment if segment.endswith(("\n", "\r")) else segment + end for segment in segments]
    moved = [
        (" " * spot.column if rank == 0 and place else "") + (whole[rank].lstrip() if not place else whole[rank])
        for place, rank in enumerate(ranking)
    ]
    joined = "".join(moved)
    return Splice(cuts[0], cuts[-1], joined.removesuffix(end) if is_open else joined)


def _line_below(text: str, at: int) -> int:
    """Where the line begins that follows the one of *at*."""
    if at and text[at - 1] in "\r\n":
        return at
    found = LINE_END.search(text, at)
    return found.end() if found else len(text)


def _without_blanks(page: _Page) -> _Page:
    """*page* without blanks at the ends of its lines and blank lines at its own, one line end apart."""
    text = page.text
    scalars = [
        spot for spot in _walk(page.root) if spot.kind is Kind.SCALAR and LINE_END.search(text[spot.start : spot.end])
    ]
    inside = iter(sorted((spot.start, spot.end) for spot in scalars))
    span = next(inside, None)
    splices = []
    for blank in re.finditer(r"[ \t]+(?=[\r\n]|\Z)", text):
        while span is not None and span[1] <= blank.start():
            span = next(inside, None)
        if span is None or blank.start() < span[0]:
            splices.append(Splice(blank.start(), blank.end(), ""))
    page = page.spliced(splices)
    content = page.text.rstrip()
    end = found[0] if (found := LINE_END.search(page.text)) else "\n"
    if not content or page.text == content + end:
        return page
    return page.spliced([Splice(len(content), len(page.text), end)])


def _sorted(tree: Any) -> Any:
    """*tree*, as `plain` gives it, with the pairs of its mappings in one order."""
    if isinstance(tree, dict):
        return sorted(([_sorted(key), _sorted(value)] for key, value in tree["pairs"]), key=_name_of)
    return [_sorted(each) for each in tree] if isinstance(tree, list) else tree


def _name_of(pair: list[Any]) -> tuple[str, str]:
    """By what a pair is put in order: tag and text of its key; nothing, of a key that is no scalar."""
    return pair[0] if isinstance(pair[0], tuple) else ("", "")


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
