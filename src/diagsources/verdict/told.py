"""A check as it is told: whether it counts, what memory adds, and what excuses it.

What is told of one host many times over is one finding of that host. Pure, as its neighbours.
"""

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from diagsources.model import FAILING, KnownFinding, Verdict
from diagsources.urls import host_of
from diagsources.verdict.evidence import Check
from diagsources.verdict.memory import Change, Kept, change_of, weighs


class Excuse(StrEnum):
    """What has become of an exception, on the day of the check."""

    HOLDS = "holds"
    """What was seen is what it says: it does not count."""
    EXPIRED = "expired"
    OBSOLETE = "obsolete"
    """The link is well again."""
    OTHER = "other"
    """It fails otherwise than the exception says."""


class Told(NamedTuple):
    """A check, and what is made of it."""

    check: Check
    counts: bool = False
    """Whether it turns the exit code red."""
    kept: Kept | None = None
    """What memory makes of it; None where there is no memory."""
    exception: KnownFinding | None = None
    excuse: Excuse | None = None
    """What `exception` is worth, where there is one."""
    is_reused: bool = False
    """Whether it was made earlier, and not asked for again."""

    @property
    def change(self) -> Change | None:
        """What the run has changed of the link."""
        return change_of(self.kept) if self.kept is not None and not self.is_reused else None


def tell(
    check: Check,
    kept: Kept | None = None,
    *,
    today: date,
    exception: KnownFinding | None = None,
    failing: Collection[Verdict] = FAILING,
    strict: bool = False,
    is_reused: bool = False,
) -> Told:
    """*check* with what memory (*kept*) and an *exception* make of it, as of *today*.

    It counts when its verdict is one of *failing*, unless memory, of a link that was asked, holds it for passing;
    *strict* counts that too.
    """
    verdict = check.judgement.verdict
    counts = verdict in failing
    if counts and verdict is not Verdict.SKIPPED and kept is not None and kept.after is not None:
        counts = weighs(kept.after, strict=strict, failing=failing)
    excuse = None if exception is None else excuse_of(exception, verdict, today)
    return Told(
        check,
        counts and excuse is not Excuse.HOLDS,
        kept,
        exception=exception,
        excuse=excuse,
        is_reused=is_reused,
    )


def excuse_of(exception: KnownFinding, verdict: Verdict, today: date) -> Excuse | None:
    """What *exception* is worth for a link of that *verdict*; None where nothing was seen of it."""
    if verdict is Verdict.SKIPPED:
        return Excuse.HOLDS if exception.verdict == verdict and today <= exception.until else None
    if exception.verdict != verdict and verdict not in FAILING:
        return Excuse.OBSOLETE
    if today > exception.until:
        return Excuse.EXPIRED
    return Excuse.HOLDS if exception.verdict == verdict else Excuse.OTHER


class Finding(NamedTuple):
    """What is to be acted on: a link, or the many links of one *host* that have the same verdict and reason."""

    told: tuple[Told, ...]
    host: str = ""


_MANY = 3
"""From so many links of a host on that fail alike, it is the host that fails."""


def findings(told: Collection[Told]) -> Iterator[Finding]:
    """*told* in their order, those that fail alike at one host together, where the first of them stands."""
    alike: dict[Likeness, list[Told]] = {}
    for one in told:
        if one.check.judgement.verdict in FAILING:
            alike.setdefault(likeness(one), []).append(one)
    for one in told:
        shared = likeness(one) if one.check.judgement.verdict in FAILING else _NOTHING
        many = alike.get(shared, [])
        if not is_the_host(shared, len(many)):
            yield Finding((one,))
        elif one is many[0]:
            yield Finding(tuple(many), shared.host)


class Likeness(NamedTuple):
    """What links that fail alike have in common."""

    host: str
    verdict: Verdict
    reason: str


_NOTHING = Likeness("", Verdict.OK, "")


def likeness(told: Told) -> Likeness:
    """What *told* may have in common with others."""
    judgement = told.check.judgement
    return Likeness(host_of(told.check.link.url), judgement.verdict, judgement.reason)


def is_the_host(shared: Likeness, many: int) -> bool:
    """Whether, of so *many* links that have this in common, it is the host that fails."""
    return bool(shared.host) and many >= _MANY
