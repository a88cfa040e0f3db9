"""Spans of a text replaced, all at once."""

import re
from collections.abc import Iterable
from typing import NamedTuple

BOM = "\ufeff"
LINE_END = re.compile(r"\r\n|\r|\n")


class Splice(NamedTuple):
    """What is to stand where `text[start:end]` does."""

    start: int
    end: int
    text: str


class Overlap(Exception):
    """Two splices would replace the same span."""


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """*text* with *splices*, additions at one place in their order; raises `Overlap`."""
    pieces: list[str] = []
    at = 0
    for splice in sorted(splices, key=lambda splice: (splice.start, splice.end)):  # stable
        if splice.start < at:
            raise Overlap
        pieces += (text[at : splice.start], splice.text)
        at = splice.end
    return "".join((*pieces, text[at:]))
