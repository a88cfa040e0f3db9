"""Records of `diagsources.check/1` as the values they were made from, as far as a report tells of them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from diagsources.model import FAILING, KnownFinding, Link, Verdict
from diagsources.verdict import Answer, Check, Evidence, Judgement, Step
from diagsources.verdict.memory import Change, Condition, Kept, State
from diagsources.verdict.told import Excuse, Told
from diagsources.verdict.trace import Drift

Record = Mapping[str, Any]


def told_of(record: Record) -> Told:
    """What `reports.checks.record` made *record* of; its shape is that of the schema."""
    exception = record.get("exception")
    status = exception and exception.get("status")
    return Told(
        _check(record),
        counts=bool(record.get("counts", False)),
        kept=_kept(record) if "memory" in record else None,
        exception=exception
        and KnownFinding(exception["verdict"], exception["reason"], date.fromisoformat(exception["until"])),
        excuse=Excuse(status) if status else None,
        is_reused=record.get("reused", False),
    )


def known_of(record: Record) -> State | None:
    """What is known of its link after the check of *record*; None where it was never asked. Without memory, the run
    was the first that saw it: strict, and taken at its word."""
    if "memory" in record:
        state = _after(record)
        return None if state.verdict is Verdict.SKIPPED else state
    verdict = Verdict(record["verdict"])
    if verdict is Verdict.SKIPPED:
        return None
    fails = verdict in FAILING
    at, condition = _instant(record["checked_at"]), Condition.CONFIRMED if fails else Condition.HEALTHY
    return State(condition, at, at, 0, verdict, record["reason"], failures=int(fails), was_alive=not fails)


def _check(record: Record) -> Check:
    status = record.get("status_code")
    return Check(
        Link(
            *(record["id"], record["rel"], record["url"], record.get("title", ""), record.get("theme", "")),
            *(record.get("file", ""), record.get("line", 0)),
            publisher=record.get("publisher", ""),
            verified_on=_verified_on(record),
        ),
        Evidence(
            record["url"],
            (Answer(record.get("final_url") or record["url"], status),) if status else (),
            elapsed_ms=record.get("elapsed_ms", 0),
            attempts=record.get("attempts", 1),
            steps=tuple(Step(**_of_step(step)) for step in record.get("steps", ())),
        ),
        Judgement(
            *(Verdict(record["verdict"]), record["reason"], record["message"], record.get("suggestion")),
            tuple(record.get("warnings", ())),
        ),
        _instant(record["checked_at"]),
    )


def _of_step(step: Record) -> dict[str, Any]:
    return {key: value for key, value in step.items() if key in Step._fields}


def _after(record: Record) -> State:
    memory = record["memory"]
    return State(
        *(Condition(memory["condition"]), _instant(memory["since"])),
        # of a link that was not asked, memory tells what was last seen
        *(_instant(memory.get("seen_at", record["checked_at"])), 0),
        *(Verdict(memory.get("verdict", record["verdict"])), memory.get("reason", record["reason"])),
        failures=memory["failures"],
        runs=memory["runs"],
        was_alive=memory.get("was_alive", True),
        previous=_previous(memory),
    )


def _kept(record: Record) -> Kept:
    memory, after = record["memory"], _after(record)
    change = memory.get("change") and Change(memory["change"])
    drift = None
    if "changed" in memory and (verified_on := _verified_on(record)):
        drift = Drift(verified_on, memory["changed"], is_new=change is Change.CHANGED)
    return Kept(_before(after, change, memory) if memory["runs"] > 1 else None, after, drift)


def _verified_on(record: Record) -> date | None:
    day = record.get("memory", {}).get("verified_on")
    return date.fromisoformat(day) if day else None


def _previous(memory: Record) -> Condition | None:
    """The one thing that its words alone tell: whether it was sure before."""
    return Condition.CONFIRMED if memory.get("words", "").startswith("toujours") else None


def _before(after: State, change: Change | None, memory: Record) -> State:
    """A state from which *after* is *change* away: what was known then is told no further."""
    condition, verdict = Condition.HEALTHY, after.verdict
    match change:
        case None if not memory.get("newly_confirmed"):
            return after
        case Change.STILL | Change.RECOVERED:
            was_sure = after.condition is Condition.CONFIRMED and not memory.get("newly_confirmed")
            condition = Condition.CONFIRMED if was_sure else Condition.FRAGILE
        case Change.OPENED:
            verdict = Verdict.RESTRICTED
        case Change.FAILING | Change.MOVED | Change.WALLED | Change.CHANGED:
            verdict = Verdict.OK
    return after._replace(condition=condition, verdict=verdict, runs=after.runs - 1, previous=None)


def _instant(text: str) -> datetime:
    when = datetime.fromisoformat(text)
    return when if when.tzinfo else when.replace(tzinfo=UTC)
