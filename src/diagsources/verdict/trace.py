"""By what a page is known again: the validators of its answer, and what its visible text says.

What changes at each load is left out of the text's digest: whatever has a digit in it (counters, times,
tokens), the words of dates, and the order. Of a text that is no page, as a CSV, digits are what it says.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from diagsources.verdict.page import Page

READ_AGAIN = timedelta(days=7) - timedelta(hours=12)
"""A page that says that it has not changed is read whole at least so often: one whose validators never change
would never be seen dead. A week, less what weekly runs start early and late."""

ENOUGH_READS = 3
"""After so many reads that never found the same twice in a row, a page is one that changes at each load."""


class Trace(NamedTuple):
    """By what a page is known again."""

    etag: str | None = None
    last_modified: str | None = None
    length: int | None = None
    """Bytes, as sent."""
    digest: str | None = None
    """Of the visible text; None where there is none, or where scripts write it."""
    title: str | None = None


class Known(NamedTuple):
    """What was last read of a page that is well, and where."""

    url: str
    trace: Trace


class Drift(NamedTuple):
    """Whether a page is still what it was when its source was last verified."""

    verified_on: date
    changed: bool
    is_new: bool = False
    """Whether it was still the same the last time."""


def trace_of(fields: Mapping[str, str], page: Page | None) -> Trace:
    """The trace of an answer with these header *fields*, by name in lower case, and that *page*."""
    return Trace(
        _first(fields, "etag"),
        _first(fields, "last-modified"),
        _length(fields, page),
        digest_of(page) if page is not None else None,
        page.title if page is not None and page.title else None,
    )


_LONGEST_FIELD = 500


def _first(fields: Mapping[str, str], name: str) -> str | None:
    value = fields.get(name, "").partition("\n")[0].strip()
    return value if 0 < len(value) <= _LONGEST_FIELD else None


def _length(fields: Mapping[str, str], page: Page | None) -> int | None:
    announced = fields.get("content-length", "")
    if announced.isascii() and announced.isdigit() and len(announced) < 16:
        return int(announced)
    return page.size if page is not None and page.whole else None


_LONGEST_WORD = 40
"""Longer ones are tokens."""
_DATES = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre "
    "lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd hui maintenant instant "
    "seconde secondes minute minutes heure heures jour jours semaine semaines mois an ans "
    "janv fevr avr juil sept oct nov dec lun mar mer jeu ven sam dim "
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday yesterday today now ago am pm "
    "second seconds hour hours day days week weeks month months year years "
    "jan feb apr jun jul aug sep mon tue wed thu fri sat sun gmt utc cet cest"
)
_PASSING = frozenset(_DATES.split())
"""Words that tell when, and hardly what."""


@lru_cache(maxsize=64)
def digest_of(page: Page) -> str | None:
    """A digest of what *page* shows; None where that is nothing, or written by scripts."""
    if page.app or not page.text:
        return None
    if not page.html:
        return _digest(page.text)
    from diagsources.verdict.reading import plain  # deferred, as hashlib: who shows what is remembered reads no page

    words = _words(plain(page.text)) or _words(page.text.lower())  # of other scripts, `plain` leaves nothing
    return _digest(" ".join(sorted(words))) if words else None


def _words(text: str) -> set[str]:
    return {word for word in set(text.split()) - _PASSING if word.isalpha() and len(word) <= _LONGEST_WORD}


def _digest(text: str) -> str:
    from hashlib import blake2b

    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def has_changed(before: Trace, after: Trace) -> bool | None:
    """Whether a page is no longer what it was; None where nothing tells."""
    if before.etag and before.etag == after.etag and not before.etag.startswith("W/"):
        return False
    if before.digest and after.digest:
        return before.digest != after.digest
    told = [
        one != other
        for one, other in ((before.length, after.length), (before.last_modified, after.last_modified))
        if one is not None and other is not None
    ]
    if told:
        return any(told)
    return before.etag != after.etag if before.etag and after.etag else None


def drift(verified_on: date, baseline: Trace, reads: Sequence[Trace]) -> Drift | None:
    """What *reads*, latest first, say of a page that was as *baseline* when it was verified; None where they
    do not say, or where the page changes at each load."""
    if not reads:
        return None
    changed = has_changed(baseline, reads[0])
    if changed is None or (changed and _never_rests(reads)):
        return None
    was_changed = len(reads) > 1 and bool(has_changed(baseline, reads[1]))
    return Drift(verified_on, changed, is_new=changed and not was_changed)


def _never_rests(reads: Iterable[Trace]) -> bool:
    latest = list(reads)[:ENOUGH_READS]
    return len(latest) == ENOUGH_READS and all(has_changed(before, after) for after, before in pairwise(latest))


_ETAG = re.compile(r'(?:W/)?"[!#-~]*"')
_DATE = re.compile(r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT")


def conditions(trace: Trace) -> tuple[tuple[str, str], ...]:
    """The header fields that ask for a page only if it is no longer that of *trace* (RFC 9110 §13.1); none where its
    validators are not what they should be."""
    fields = []
    if trace.etag and _ETAG.fullmatch(trace.etag):
        fields.append(("If-None-Match", trace.etag))
    if trace.last_modified and _DATE.fullmatch(trace.last_modified):
        fields.append(("If-Modified-Since", trace.last_modified))
    return tuple(fields)
