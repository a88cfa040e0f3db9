"""What the machine gives: a faster event loop where there is one, and open files enough."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from diagsources.check.run import Policy

_OWN_FILES = 128
"""Open files that are not connections: the terminal, the report, name servers, the loop's own."""


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
