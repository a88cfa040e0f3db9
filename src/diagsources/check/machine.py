"""What the machine gives: a faster event loop where there is one, open files enough, and the treatment of a batch."""

import asyncio
import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from diagsources.check.policy import Policy

_OWN_FILES = 512
"""Open files besides the connections that are in use: those that are kept, the terminal, the report, name
servers, the loop's own."""


_ALLOCATIONS = 500_000
"""How many more containers than were freed before the youngest are looked through for cycles: more than are needed
for the links that are under way at one time, so that it takes cycles to get there."""


@contextmanager
def for_a_long_run() -> Iterator[None]:
    """Has the machine treat this process as what it is, as long as it lasts."""
    with _as_a_batch(), _cycles_left_alone():
        yield


@contextmanager
def _as_a_batch() -> Iterator[None]:
    """Tells the kernel that nobody sits before this: its threads, which wake each other all the time, then let each
    other finish, and take some 7 % less (sched(7), SCHED_BATCH)."""
    changes = sys.platform == "linux" and _policy_from(os.SCHED_OTHER, os.SCHED_BATCH)
    try:
        yield
    finally:
        if changes:
            _policy_from(os.SCHED_BATCH, os.SCHED_OTHER)


def _policy_from(before: int, after: int) -> bool:
    """Whether the scheduling policy of this thread was *before*, and is *after* now."""
    with suppress(OSError):  # some containers forbid it, and musl has none
        if os.sched_getscheduler(0) == before:
            os.sched_setscheduler(0, after, os.sched_param(0))
            return True
    return False


@contextmanager
def _cycles_left_alone() -> Iterator[None]:
    """Looks for cycles less often, and not among what is there already: a run makes few, and keeps much."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS, *usual[1:])
    try:
        yield
    finally:
        gc.freeze()  # nothing is young any more: it would all be looked through at once
        gc.set_threshold(*usual)
        gc.unfreeze()


def fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """What makes a loop for `asyncio.Runner`: uvloop's, or None for the usual one where there is no uvloop."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def roomy(policy: Policy) -> Policy:
    """*policy* with as much at once as the process may hold open; raises its own limit first, if it can."""
    try:
        import resource
    except ImportError:  # Windows, which has no such limit
        return policy
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = policy.concurrency + _OWN_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
        return replace(policy, concurrency=max(1, min(policy.concurrency, allowed - _OWN_FILES)))
    return policy
