"""Which links a run asks, when it is not to ask all: those it has asked before it was cut, and those of which
what was last seen still holds, are taken from memory; those out of the sample are skipped, and said to be."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from diagsources.cli.durations import duration, share
from diagsources.cli.memory import Memory
from diagsources.model import Link
from diagsources.verdict import Check, Evidence, Fault, judge
from diagsources.verdict.memory import Condition, Kept, State, freshness, holds
from diagsources.verdict.told import Told

AUTO = "auto"


class Budget(NamedTuple):
    """What is asked for, as typed."""

    max_age: str = ""
    sample: str = ""
    oldest_first: bool = False
    resume: bool = False

    @property
    def is_all(self) -> bool:
        """Whether every link is asked, in any order."""
        return self == Budget()

    @property
    def is_of_memory(self) -> bool:
        """Whether it takes a memory to know which links are asked."""
        return bool(self.max_age) or self.oldest_first or self.resume


class Remembered(NamedTuple):
    """A link that is not asked, since memory says what it is."""

    check: Check
    kept: Kept
    is_reused: bool
    """Whether another run has asked it; else it was this one, before it was cut."""


class Plan(NamedTuple):
    """What becomes of each link."""

    ask: tuple[Link, ...]
    remembered: tuple[Remembered, ...] = ()
    skipped: tuple[Check, ...] = ()


def plan(links: Sequence[Link], memory: Memory, budget: Budget, *, now: datetime, chance: random.Random) -> Plan:
    """What to ask of *links*; raises `typer.BadParameter` for an age or a sample that is none."""
    remembered: list[Remembered] = []
    if budget.resume:
        seen = memory.seen(links)
        remembered += [Remembered(check, kept, False) for check, kept in seen.values()]
        links = [link for link in links if link not in seen]
    if budget.max_age:
        fresh = _fresh(links, memory, budget.max_age, now)
        remembered += fresh
        known = {one.check.link for one in fresh}
        links = [link for link in links if link not in known]
    skipped: tuple[Check, ...] = ()
    if budget.sample or budget.oldest_first:
        ordered = _oldest_first(links, memory) if budget.oldest_first else list(links)
        if budget.sample and ordered:
            # of a run that is gone on with, what it has asked already is of its sample
            asked = sum(not one.is_reused for one in remembered)
            number = max(0, share(budget.sample, asked + len(ordered)) - asked)
            chosen = set(ordered[:number] if budget.oldest_first else chance.sample(ordered, number))
            skipped = tuple(_skipped(link, now) for link in ordered if link not in chosen)
            ordered = [link for link in ordered if link in chosen]
        links = ordered
    return Plan(tuple(links), tuple(remembered), skipped)


def _fresh(links: Sequence[Link], memory: Memory, max_age: str, now: datetime) -> list[Remembered]:
    """Those of which what was last seen is no older than *max_age*, and less where it may soon be otherwise."""
    longest = None if max_age == AUTO else duration(max_age)
    states = memory.states(links)
    fresh = [link for link, state in states.items() if holds(state.at, _longest(state, longest), now)]
    return [Remembered(check, Kept(states[link], states[link]), True) for link, check in memory.latest(fresh).items()]


def _longest(state: State, longest: timedelta | None) -> timedelta:
    if longest is None:
        return freshness(state)
    return longest if state.condition is Condition.HEALTHY else min(longest, freshness(state))


def _oldest_first(links: Sequence[Link], memory: Memory) -> list[Link]:
    """What was never seen, then what was not for longest."""
    states = memory.states(links)
    never = datetime.min.replace(tzinfo=UTC)
    return sorted(links, key=lambda link: states[link].at if link in states else never)


def _skipped(link: Link, now: datetime) -> Check:
    evidence = Evidence(link.url, fault=Fault.NOT_SAMPLED, fault_url=link.url)
    return Check(link, evidence, judge(evidence), now)


def is_out_of_time(told: Told) -> bool:
    """Whether the link was left over when the time allowed was over."""
    return told.check.evidence.fault is Fault.OUT_OF_TIME
