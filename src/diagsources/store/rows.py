"""Values as rows of the store, and back; a row that makes no sense is a value that says less."""

import json
from collections.abc import Generator, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

from diagsources.model import Verdict
from diagsources.store.values import LinkKey, Outcome, Record, RunRecord, storable
from diagsources.urls import masked, masked_in
from diagsources.verdict import Check
from diagsources.verdict.memory import Condition, Sighting, State
from diagsources.verdict.trace import Trace

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MOST = 2**63 - 1

CHECK_COLUMNS = (
    *("run", "link", "at", "verdict", "reason", "is_proven", "condition", "message", "status_code", "final_url"),
    *("suggestion", "warnings", "attempts", "elapsed_ms", "etag", "last_modified", "length", "digest", "title"),
)
RECORD_COLUMNS = (
    *("run", "at", "verdict", "reason", "message", "condition", "status_code", "final_url", "suggestion", "warnings"),
    *("attempts", "elapsed_ms", "etag", "last_modified", "length", "digest", "title"),
)


def row_of(check: Check, sighting: Sighting, link: int, condition: Condition | None) -> tuple[Any, ...]:
    """*check* in the order of `CHECK_COLUMNS`."""
    evidence, judgement = check.evidence, check.judgement
    final_url = evidence.final_url
    return (
        sighting.run,
        link,
        microseconds(sighting.at),
        judgement.verdict.value,
        judgement.reason,
        int(sighting.is_proven),
        condition and condition.value,
        storable(masked_in(judgement.message)),
        evidence.status_code,
        None if final_url == check.link.url else storable(masked(final_url)),
        judgement.suggestion and storable(masked(judgement.suggestion)),
        ",".join(judgement.warnings) or None,
        evidence.attempts,
        evidence.elapsed_ms,
        *(_NO_TRACE if evidence.trace is None else _storable(evidence.trace)),
    )


_NO_TRACE = Trace()


def _storable(trace: Trace) -> Trace:
    """*trace* as it can be written."""
    etag, last_modified, length, digest, title = trace
    return Trace(
        etag and storable(etag),
        last_modified and storable(last_modified),
        length if length is None else min(length, _MOST),
        digest and storable(digest),
        title and storable(masked_in(title)),
    )


def baseline_dumped(verified_on: date, trace: Trace) -> str:
    """What a page was when its source was verified, as a JSON array."""
    return json.dumps([verified_on.isoformat(), *_storable(trace)])


def baseline_loaded(plain: str | None) -> tuple[date, Trace] | None:
    """What `baseline_dumped` wrote; None for anything else."""
    if plain is None:
        return None
    try:
        verified_on, *trace = json.loads(plain)
        return date.fromisoformat(verified_on), Trace(*trace)
    except (ValueError, TypeError, RecursionError):
        return None


def records_of(rows: Iterable[Sequence[Any]]) -> Generator[Record]:
    """The records that *rows* hold, which have the three columns of the link, then those of `RECORD_COLUMNS`."""
    for row in rows:
        with suppress(ValueError, OverflowError, TypeError):
            yield _record(row)


def _record(row: Sequence[Any]) -> Record:
    key = LinkKey(*row[:3])
    run, at, verdict, reason, message, condition, status_code, final_url, suggestion, warnings, attempts, elapsed = row[
        3:15
    ]
    return Record(
        key=key,
        run=run,
        at=instant(at),
        verdict=Verdict(verdict),
        reason=reason,
        message=message,
        condition=None if condition is None else Condition(condition),
        status_code=status_code,
        final_url=final_url or key.url,
        suggestion=suggestion,
        warnings=tuple(warnings.split(",")) if warnings else (),
        attempts=attempts,
        elapsed_ms=elapsed,
        trace=Trace(*row[15:]),
    )


def run_of(row: Sequence[Any]) -> RunRecord:
    """A row of the runs: id, scope, started_at, finished_at, outcome."""
    number, scope, started_at, finished_at, outcome = row
    ended = None if finished_at is None else instant(finished_at)
    return RunRecord(number, scope, instant(started_at), ended, Outcome(outcome))


def dumped(state: State | None) -> str | None:
    """*state* as a JSON array: its fields in their order."""
    if state is None:
        return None
    condition, since, at, run, verdict, reason, failures, runs, was_alive, previous = state
    before = f'"{previous.value}"' if previous else "null"
    # by hand: the encoder takes 5 µs, which is a tenth of what it costs to keep a check
    return (
        f'["{condition.value}","{since.isoformat()}","{at.isoformat()}",{run},"{verdict.value}",'
        f"{_as_json(reason)},{failures},{runs},{int(was_alive)},{before}]"
    )


_as_json = json.encoder.encode_basestring_ascii
_CONDITIONS = {condition.value: condition for condition in Condition}
_VERDICTS = {verdict.value: verdict for verdict in Verdict}


def loaded(plain: str | None) -> State | None:
    """The state that `dumped` wrote; None for anything else."""
    if plain is None:
        return None
    try:
        condition, since, at, run, verdict, reason, failures, runs, was_alive, previous = json.loads(plain)
        return State(
            _CONDITIONS[condition],
            _aware(since),
            _aware(at),
            int(run),
            _VERDICTS[verdict],
            str(reason),
            int(failures),
            int(runs),
            bool(was_alive),
            None if previous is None else _CONDITIONS[previous],
        )
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None


def microseconds(when: datetime) -> int:
    """*when* as microseconds since 1970."""
    return (when - _EPOCH) // _MICROSECOND


def instant(us: int) -> datetime:
    """The date that `microseconds` made."""
    return _EPOCH + us * _MICROSECOND


def _aware(iso: str) -> datetime:
    when = datetime.fromisoformat(iso)
    return when if when.tzinfo else when.replace(tzinfo=UTC)
