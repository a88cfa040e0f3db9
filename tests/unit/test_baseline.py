"""What a kept report remembers of links, for a run that has no memory of its own."""

from typing import Any

import pytest

from diagsources.reports.revived import known_of
from diagsources.verdict.memory import Condition

RECORD = {
    "id": "a",
    "rel": "url",
    "url": "https://exemple.fr/",
    "verdict": "unavailable",
    "reason": "http-500",
    "message": "",
    "checked_at": "2026-11-03T06:00:00Z",
}
MEMORY = {"condition": "fragile", "since": "2026-11-02T06:00:00Z", "failures": 2, "runs": 7, "was_alive": True}
SKIPPED = {"verdict": "skipped", "reason": "not-sampled"}


def test_what_a_report_remembers_is_known() -> None:
    state = known_of(RECORD | {"memory": MEMORY})

    assert state is not None
    assert (state.condition, state.failures, state.runs, state.was_alive) == (Condition.FRAGILE, 2, 7, True)


def test_a_report_without_memory_is_taken_at_its_word() -> None:
    state = known_of(RECORD)

    assert state is not None
    assert (state.condition, state.was_alive) == (Condition.CONFIRMED, False)


def test_of_a_link_that_was_not_asked_is_known_what_was_last_seen() -> None:
    last = {"verdict": "unavailable", "reason": "http-500", "seen_at": "2026-11-02T06:00:00Z"}

    state = known_of(RECORD | SKIPPED | {"memory": MEMORY | last})

    assert state is not None
    assert (state.verdict, state.reason, state.at.day) == ("unavailable", "http-500", 2)


@pytest.mark.parametrize("record", [RECORD | SKIPPED, RECORD | SKIPPED | {"memory": MEMORY}], ids=["never", "untold"])
def test_of_a_link_that_was_never_asked_nothing_is_known(record: dict[str, Any]) -> None:
    assert known_of(record) is None
