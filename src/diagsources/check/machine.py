"""What the machine gives: a faster event loop where there is one, and open files enough."""

import asyncio
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from diagsources.check.run import Policy

_OWN_FILES = 512
"""Open files besides the connections that are in use: those that are kept, the terminal, the report, name
servers, the loop's own."""


_ALLOCATIONS = 100_000
"""How many more containers than were freed before the youngest are looked through for cycles."""


@contextmanager
def cycles_left_alone() -> Iterator[None]:
    """Looks for cycles less often, and not among what is there already: a run makes few, and keeps much."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS, *usual[1:])
    try:
        yield
    finally:
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
