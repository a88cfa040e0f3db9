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
counts once. Dates that go backwards never confirm anything and do no other harm.

No clock, no disk: histories of any length fold one sighting at a time.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from diagsources.model import FAILING, VERDICTS, Verdict
from diagsources.text import NBSP, counted
from diagsources.urls import host_of
from diagsources.verdict.evidence import Check


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
    since = min(state.since, at) if fails == state.is_down else at
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


class Kept(NamedTuple):
    """What memory makes of a check."""

    before: State | None
    """What was known of the link before the run."""
    after: State | None
    """What is known now; None where the link has only ever been skipped."""


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


def change_of(kept: Kept) -> Change | None:
    """What the run has changed of the link of *kept*; None for nothing, or where it was not asked."""
    before, after = kept
    if after is None or before == after:
        return None
    was_down = before is not None and before.is_down
    if after.is_down:
        return Change.STILL if was_down else Change.FAILING
    if was_down:
        return Change.RECOVERED
    was, now = (before.verdict if before is not None else None), after.verdict
    if now is was:
        return None
    if now is Verdict.MOVED:
        return Change.MOVED
    if now is Verdict.RESTRICTED and was is not None:
        return Change.WALLED
    return Change.OPENED if was is Verdict.RESTRICTED else None


def is_newly_confirmed(kept: Kept) -> bool:
    """Whether the run has made sure that the link fails."""
    before, after = kept
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


class Turnout(NamedTuple):
    """How a whole run went, by hosts."""

    hosts: int
    """That were asked."""
    reached: int
    """Of these, that answered anything."""
    were_well: int = 0
    """Of these, of which memory says that a link was well."""
    still_well: int = 0
    """Of those, of which a link still is."""


class Attendance:
    """Who answered in a run, as its checks come."""

    def __init__(self) -> None:
        self._hosts: dict[str, tuple[bool, bool, bool]] = {}
        """Whether each was reached, was well before, and is well."""

    def note(self, check: Check, before: State | None) -> None:
        """Adds *check*, of a link of which *before* was known."""
        reached = check.evidence.reached
        if reached is None:
            return
        was_reached, was_well, is_well = self._hosts.get(host := host_of(check.link.url), (False, False, False))
        self._hosts[host] = (
            was_reached or reached,
            was_well or (before is not None and not before.is_down),
            is_well or check.judgement.verdict not in FAILING,
        )

    def turnout(self) -> Turnout:
        """How the run went so far."""
        seen = self._hosts.values()
        return Turnout(
            hosts=len(seen),
            reached=sum(reached for reached, _, _ in seen),
            were_well=sum(was_well for _, was_well, _ in seen),
            still_well=sum(was_well and is_well for _, was_well, is_well in seen),
        )


_ENOUGH_HOSTS = 10
"""So many hosts do not fail together by chance."""
_NEARLY_NONE = 0.1


def is_doubtful(run: Turnout) -> bool:
    """Whether so few hosts were reached that it matters whether the network is there."""
    return run.hosts > 0 and (not run.reached or (run.hosts >= _ENOUGH_HOSTS and 2 * run.reached < run.hosts))


def inconclusive(run: Turnout, *, canary: bool | None = None) -> bool:
    """Whether it is us: nearly no host was reached, or nearly all that were well fail at once.

    *canary* says whether a host that is known to be there took a connection; None where none was asked. The
    second rule holds even then: a portal that wants a login, a proxy or a lost set of certificates takes
    connections, and answers for everyone.
    """
    if canary is False and is_doubtful(run):
        return True
    if run.were_well >= _ENOUGH_HOSTS and run.still_well < _NEARLY_NONE * run.were_well:
        return True
    return canary is None and run.hosts >= _ENOUGH_HOSTS and run.reached < _NEARLY_NONE * run.hosts


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


def in_words(state: State, now: datetime) -> str:
    """What memory adds to the verdict, in a few words: « rétabli après 2 échecs », « toujours cassé depuis… ».

    Dates are said as they are where *now* is.
    """
    label = VERDICTS[state.verdict]
    match state.condition:
        case Condition.RECOVERED:
            return f"rétabli après {counted(state.failures, 'échec')}"
        case Condition.HEALTHY:
            return "nouveau" if state.runs == 1 else f"va bien {how_long(state.since, now)}"
    if state.runs == 1:
        return f"nouveau, {label}" + (", constaté deux fois" if state.condition is Condition.CONFIRMED else "")
    if not state.was_alive:
        return f"jamais vu en ligne {how_long(state.since, now)}"
    if state.condition is Condition.FRAGILE:
        if state.failures == 1:
            return "premier échec, à confirmer"
        return f"{counted(state.failures, 'échec')} {how_long(state.since, now)}, à confirmer"
    if state.previous is Condition.CONFIRMED:
        return f"toujours {label} {how_long(state.since, now)}"
    return f"{label}, constaté deux fois" if state.failures == 1 else f"{label} {how_long(state.since, now)}, confirmé"


_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "décembre"),
)
_SAID_IN_DAYS = 14
_HOURS_OF_A_DAY = 22
"""Runs of one day and the next are a day apart, give or take."""


def how_long(since: datetime, now: datetime) -> str:
    """« depuis 5 heures », « depuis 3 jours », then the day: « depuis le 1er novembre », with its year if another."""
    return f"depuis {span_to(since, now) or day_of(since, now)}"


def how_long_ago(when: datetime, now: datetime) -> str:
    """« il y a 5 heures », « il y a 3 jours », then the day: « le 1er novembre », with its year if another."""
    span = span_to(when, now)
    return f"il y a {span}" if span else day_of(when, now)


def span_to(when: datetime, now: datetime) -> str:
    """« moins d'une heure », « 5 heures », « 3 jours »; "" from two weeks on, where a day says more."""
    past = max(now - when, timedelta(0))
    hours, days = round(past / timedelta(hours=1)), round(past / timedelta(days=1))
    if past < timedelta(hours=1):
        return "moins d'une heure"
    if hours < _HOURS_OF_A_DAY:
        return counted(hours, "heure")
    return counted(max(days, 1), "jour") if days < _SAID_IN_DAYS else ""


def day_of(when: datetime, now: datetime) -> str:
    """« le 1er novembre », with its year if it is not that of *now*, and where *now* is."""
    day = when.astimezone(now.tzinfo)
    number = "1er" if day.day == 1 else str(day.day)
    year = "" if day.year == now.year else f"{NBSP}{day.year}"
    return f"le {number}{NBSP}{_MONTHS[day.month - 1]}{year}"
