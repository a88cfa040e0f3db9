"""The rule of memory: what is known of a link after each run, and when a failure is sure enough to act on.

    seen in a run        known before          known after
    -------------        ------------          -----------
    skipped              anything              the same
    fails                nothing, healthy,     fragile; confirmed where it is proven
                         recovered
    fails                fragile               fragile; confirmed where it is proven, or at the third run
                                               in a row that fails, two days after the first
    fails                confirmed             confirmed
    does not fail        fragile, confirmed    recovered
    does not fail        recovered             healthy (recovered still, in the same run)
    does not fail        nothing, healthy      healthy

What fails is of `FAILING`: a link that has moved, or that keeps robots out, is well. A failure is *proven*
where the run saw twice that nothing is there (404, 410, no such host). A run that asks a link twice
counts once. A clock that is wrong for one run confirms nothing, and does no other harm.

No clock, no disk: histories of any length fold one sighting at a time.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from diagsources.model import FAILING, Verdict
from diagsources.verdict.evidence import Check
from diagsources.verdict.trace import Drift


class Condition(StrEnum):
    """What is known of a link, this run and those before taken together."""

    HEALTHY = "healthy"
    FRAGILE = "fragile"
    """It fails, and that may pass."""
    CONFIRMED = "confirmed"
    """It fails, and somebody should act."""
    RECOVERED = "recovered"
    """It is well again, since this run."""


CONDITIONS = {
    Condition.HEALTHY: "va bien",
    Condition.FRAGILE: "fragile",
    Condition.CONFIRMED: "en panne",
    Condition.RECOVERED: "rétabli",
}

_DOWN = frozenset({Condition.FRAGILE, Condition.CONFIRMED})


class Patience(NamedTuple):
    """How long a failure is let pass."""

    runs: int = 3
    """In a row: two can be one bad night seen late and early; and pruned histories, which keep the first and the
    last of each state, still tell three from fewer."""
    span: timedelta = timedelta(days=2) - timedelta(hours=6)
    """From the first of them to the last: two days, less what scheduled runs start late and clocks change by, so
    that daily runs confirm on the third day. However many runs one night has, they are one night."""


PATIENCE = Patience()

PROOFS = frozenset({"http-404", "http-410", "dns-nxdomain"})
"""The reasons by which somebody says that nothing is there, and not merely that it does not work."""


class Sighting(NamedTuple):
    """What one run saw of a link."""

    at: datetime
    verdict: Verdict
    reason: str
    run: int
    """Which run: what one run sees twice counts once."""
    is_proven: bool = False
    """Whether the run saw twice that nothing is there."""


class State(NamedTuple):
    """All that is remembered of a link, whatever the length of its history."""

    condition: Condition
    since: datetime
    """When it was first seen failing, or first seen well, without a break since."""
    at: datetime
    """When it was last seen."""
    run: int
    """The run that last saw it."""
    verdict: Verdict
    reason: str
    failures: int = 0
    """Runs in a row that saw it fail; of a link that has recovered, how many had."""
    runs: int = 1
    """How many runs have seen it."""
    was_alive: bool = True
    """Whether it was ever seen well."""
    previous: Condition | None = None
    """Its condition before the run that last saw it."""

    @property
    def is_down(self) -> bool:
        """Whether it failed when last seen."""
        return self.condition in _DOWN


def sighting_of(check: Check, run: int) -> Sighting:
    """What *check*, made in *run*, is for the memory of its link."""
    judgement = check.judgement
    is_proven = judgement.reason in PROOFS and check.evidence.seen_twice
    return Sighting(check.checked_at, judgement.verdict, judgement.reason, run, is_proven)


def state_after(state: State | None, sighting: Sighting, patience: Patience = PATIENCE) -> State | None:
    """What is known once *sighting* is added to *state*; None where nothing was ever seen."""
    at, verdict, reason, run, is_proven = sighting
    if verdict is Verdict.SKIPPED:
        return state
    fails = verdict in FAILING
    if state is None:
        condition = Condition.HEALTHY if not fails else Condition.CONFIRMED if is_proven else Condition.FRAGILE
        return State(condition, at, at, run, verdict, reason, failures=int(fails), was_alive=not fails)
    is_again = run == state.run
    since = _since(state, at) if fails == state.is_down else at
    if fails:
        failures = state.failures + (not is_again) if state.is_down else 1
        sure = is_proven or (failures >= patience.runs and at - since >= patience.span)
        is_confirmed = sure or state.condition is Condition.CONFIRMED
        condition = Condition.CONFIRMED if is_confirmed else Condition.FRAGILE
    elif state.is_down or (is_again and state.condition is Condition.RECOVERED):
        failures, condition = state.failures, Condition.RECOVERED
    else:
        failures, condition = 0, Condition.HEALTHY
    return State(
        *(condition, since, at, run, verdict, reason, failures),
        runs=state.runs + (not is_again),
        was_alive=state.was_alive or not fails,
        previous=state.previous if is_again else state.condition,
    )


def _since(state: State, at: datetime) -> datetime:
    """Since when it is as in *state*, seen again *at* then: a date of before the first is a wrong clock's, unless the
    sighting before this one was of before it too; then the first was."""
    return min(state.at, at) if max(state.at, at) < state.since else state.since


class Kept(NamedTuple):
    """What memory makes of a check."""

    before: State | None
    """What was known of the link before the run."""
    after: State | None
    """What is known now; None where the link has only ever been skipped."""
    drift: Drift | None = None
    """Whether the page is what it was when its source was verified, as far as that is known."""


class Change(StrEnum):
    """What a run has changed of a link."""

    FAILING = "failing"
    """It fails, and did not."""
    STILL = "still"
    """It fails as before."""
    RECOVERED = "recovered"
    MOVED = "moved"
    """It has moved, and had not."""
    WALLED = "walled"
    """It keeps robots out, and let them in."""
    OPENED = "opened"
    """It lets robots in, and kept them out."""
    CHANGED = "changed"
    """Its page is no longer what it was when its source was verified, and still was."""


def change_of(kept: Kept) -> Change | None:
    """What the run has changed of the link of *kept*; None for nothing, or where it was not asked."""
    before, after, drift = kept
    if after is None or before == after:
        return None
    was_down = before is not None and before.is_down
    if after.is_down:
        return Change.STILL if was_down else Change.FAILING
    if was_down:
        return Change.RECOVERED
    was, now = (before.verdict if before is not None else None), after.verdict
    if now is Verdict.MOVED and was is not now:
        return Change.MOVED
    if now is Verdict.RESTRICTED and was not in (None, now):
        return Change.WALLED
    if was is Verdict.RESTRICTED and now is not was:
        return Change.OPENED
    return Change.CHANGED if drift is not None and drift.is_new else None


def is_newly_confirmed(kept: Kept) -> bool:
    """Whether the run has made sure that the link fails."""
    before, after, _ = kept
    is_confirmed = after is not None and after.condition is Condition.CONFIRMED
    return is_confirmed and not (before is not None and before.condition is Condition.CONFIRMED)


def weighs(state: State, *, strict: bool = False, failing: Collection[Verdict] = FAILING) -> bool:
    """Whether *state*, of a link that this run has asked, is one to turn CI red for, among the verdicts *failing*.

    With memory, what is confirmed. A link that was never seen well has no credit: it weighs from the first time,
    as everything does on a machine that remembers nothing, and until it is well. *strict*: whatever fails.
    """
    if state.verdict not in failing:
        return False
    return strict or not state.is_down or state.condition is Condition.CONFIRMED or not state.was_alive


_SOON = timedelta(hours=12)
_FRESH_WHEN_HEALTHY = (
    (timedelta(days=60), timedelta(days=30)),
    (timedelta(days=7), timedelta(days=7)),
    (timedelta(0), timedelta(days=1)),
)
"""How long a link has been well, at least, and how long what was last seen of it holds then: never longer than
it took to be sure."""


def freshness(state: State) -> timedelta:
    """How long what was last seen holds: what may be a passing failure, or has just passed, is looked at soonest."""
    if state.condition is Condition.CONFIRMED:
        return timedelta(days=1)
    if state.condition is not Condition.HEALTHY:
        return _SOON
    stable = state.at - state.since
    return next((holds for least, holds in _FRESH_WHEN_HEALTHY if stable >= least), timedelta(days=1))


def holds(seen: datetime, longest: timedelta, now: datetime) -> bool:
    """Whether what was *seen* then holds still, for *longest*: a date that is further ahead is a wrong clock's."""
    return abs(now - seen) <= longest


ALL_KEPT = timedelta(days=90)
"""How long every sighting of a link is kept."""


class Moment(NamedTuple):
    """A sighting as pruning looks at it."""

    id: int
    at: datetime
    verdict: Verdict
    condition: Condition | None
    """None where it says nothing of the link: it was skipped."""


def superfluous(history: Iterable[Moment], now: datetime) -> tuple[int, ...]:
    """The ids of what may be forgotten of a link's *history*, oldest first: what is older than `ALL_KEPT`, save the
    first of each week, and the first and the last of each state. What remains folds to the same state."""
    told = list(history)
    weighing = [moment for moment in told if moment.condition is not None]
    kept: set[int] = set()
    for _, group in groupby(weighing, key=lambda moment: (moment.condition, moment.verdict)):
        streak = list(group)
        kept |= {streak[0].id, streak[-1].id}
    weeks: dict[tuple[int, int], int] = {}
    for moment in weighing:
        weeks.setdefault(moment.at.isocalendar()[:2], moment.id)
    kept.update(weeks.values())
    return tuple(moment.id for moment in told if moment.id not in kept and now - moment.at > ALL_KEPT)
