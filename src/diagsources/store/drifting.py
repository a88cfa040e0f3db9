"""What a page was when its source was last verified, kept beside its link: whatever is pruned, it can be told whether
the page is still the same."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeAlias

from diagsources.model import Verdict
from diagsources.store.rows import baseline_dumped, baseline_loaded, microseconds
from diagsources.verdict import Check
from diagsources.verdict.trace import ENOUGH_READS, Drift, Trace, drift

Execute: TypeAlias = Callable[[str, Sequence[Any]], Iterator[Sequence[Any]]]

_TRACE = "SELECT etag, last_modified, length, digest, title FROM checks WHERE link = ?"
# a notice that nothing is there is neither what somebody verified nor what has become of it
_WELL = (Verdict.OK, Verdict.MOVED)
_IS_READ = f"verdict IN {tuple(map(str, _WELL))} AND coalesce(etag, last_modified, length, digest) IS NOT NULL"
_LATEST = f"{_TRACE} AND {_IS_READ} ORDER BY id DESC LIMIT {ENOUGH_READS}"
_LAST_BEFORE = f"{_TRACE} AND {_IS_READ} AND at < ? ORDER BY id DESC LIMIT 1"
_FIRST = f"{_TRACE} AND {_IS_READ} ORDER BY id LIMIT 1"
_VERIFIED = "SELECT verified FROM links WHERE id = ?"
_VERIFY = "UPDATE links SET verified = ? WHERE id = ?"


def drift_kept(execute: Execute, link: int, check: Check) -> Drift | None:
    """Whether the page of *check*, which is in the file, is what it was when the source of *link* was verified; None
    where it is not well. What it was is kept, from the first check on after each verification."""
    verified_on = check.link.verified_on
    if verified_on is None or check.evidence.trace is None or check.judgement.verdict not in _WELL:
        return None
    known = baseline_loaded(next(execute(_VERIFIED, (link,)), (None,))[0])
    if known is not None and known[0] == verified_on:
        return drift(verified_on, known[1], _reads(execute, link))
    baseline = _as_of(execute, link, verified_on)
    if baseline is None:
        return None
    execute(_VERIFY, (baseline_dumped(verified_on, baseline), link))
    return drift(verified_on, baseline, _reads(execute, link))


def drift_told(execute: Execute, link: int, plain: str | None) -> Drift | None:
    """The same, of what was last kept of *link*, beside which *plain* stands."""
    known = baseline_loaded(plain)
    return drift(*known, _reads(execute, link)) if known is not None else None


def _reads(execute: Execute, link: int) -> list[Trace]:
    return [Trace(*row) for row in execute(_LATEST, (link,))]


def _as_of(execute: Execute, link: int, day: date) -> Trace | None:
    """What the page was on that *day*, as far as is known: at the last check until then, or else at the first, of
    those that found it well; None where none has."""
    end = datetime.combine(day + timedelta(days=1), time(), UTC)
    for statement, values in ((_LAST_BEFORE, (link, microseconds(end))), (_FIRST, (link,))):
        for row in execute(statement, values):
            return Trace(*row)
    return None
