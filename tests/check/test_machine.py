"""What a long run asks of the machine, and gives back."""

import errno
import gc
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

from diagsources.check import for_a_long_run

T = TypeVar("T")


def has_policies() -> bool:
    """Whether this system tells its scheduling policies: Linux does, but for musl's C library."""
    try:
        return sys.platform == "linux" and os.sched_getscheduler(0) >= 0
    except OSError:
        return False


needs_policies = pytest.mark.skipif(not has_policies(), reason="no scheduling policies here")


def in_a_thread(ask: Callable[[], T]) -> T:
    """What *ask* says in a thread of its own, which is what has a scheduling policy."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ask).result()


def policies_around_a_run() -> list[int]:
    """The policy of this thread before, during and after a run, the third being that of a thread begun in it."""
    seen = [os.sched_getscheduler(0)]
    with for_a_long_run():
        seen += [os.sched_getscheduler(0), in_a_thread(lambda: os.sched_getscheduler(0))]
    return [*seen, os.sched_getscheduler(0)]


@needs_policies
def test_a_long_run_is_a_batch_with_all_its_threads_and_afterwards_none() -> None:
    assert in_a_thread(policies_around_a_run) == [os.SCHED_OTHER, os.SCHED_BATCH, os.SCHED_BATCH, os.SCHED_OTHER]


@needs_policies
def test_a_policy_that_somebody_chose_stays() -> None:
    def idle() -> list[int]:
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
        return policies_around_a_run()

    assert in_a_thread(idle) == [os.SCHED_IDLE] * 4


@pytest.mark.skipif(sys.platform != "linux", reason="scheduling policies are Linux's")
@pytest.mark.parametrize("name", ["sched_getscheduler", "sched_setscheduler"])
def test_a_system_without_policies_runs_as_well(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def refuse(*_: object) -> int:
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr(os, name, refuse)
    with for_a_long_run():
        assert gc.get_freeze_count()


def test_cycles_are_looked_for_as_before_when_the_run_is_over() -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    with for_a_long_run():
        assert gc.get_threshold()[0] > before[0][0]
        assert gc.get_freeze_count() > before[1]

    assert (gc.get_threshold(), gc.get_freeze_count()) == before
