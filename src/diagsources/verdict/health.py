"""What is known of a source, from what is remembered of its links."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from diagsources.model import VERDICTS, Verdict
from diagsources.verdict.memory import Condition, State
from diagsources.verdict.wording import how_long, how_long_ago

GRAVITY = (
    Verdict.BROKEN,
    Verdict.INSECURE,
    Verdict.SUSPECT,
    Verdict.UNAVAILABLE,
    Verdict.MOVED,
    Verdict.RESTRICTED,
    Verdict.SKIPPED,
    Verdict.OK,
)
"""The verdicts, the one to act on first at the head."""

_RANKS = {verdict: rank for rank, verdict in enumerate(GRAVITY)}


class Health(NamedTuple):
    """The state of the link of a source that is worst off."""

    rel: str
    """Which of its links."""
    state: State

    @property
    def verdict(self) -> Verdict:
        """What was last seen."""
        return self.state.verdict


def health_of(states: Iterable[tuple[str, State]]) -> Health | None:
    """The health of a source, whose links have these roles and *states*; None where none was ever asked."""
    known = [Health(rel, state) for rel, state in states]
    return min(known, key=lambda health: (_RANKS[health.verdict], health.rel != "url"), default=None)


def in_a_word(health: Health, now: datetime) -> str:
    """« en ligne, vu il y a 3 jours », « cassé depuis 5 jours, vu il y a 2 heures »."""
    state = health.state
    label = VERDICTS[state.verdict]
    seen = f"vu {how_long_ago(state.at, now)}"
    match state.condition:
        case Condition.CONFIRMED:
            return f"{label} {how_long(state.since, now)}, {seen}"
        case Condition.FRAGILE:
            return f"{label}, à confirmer, {seen}"
        case Condition.RECOVERED:
            return f"{label}, rétabli, {seen}"
    return f"{label}, {seen}"
