"""What time it is: the one place of the shell that asks."""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from diagsources.errors import WrongUsage

VARIABLE = "DIAGSOURCES_NOW"
"""For trials and tests: the date at which the program believes that it starts (ISO 8601, with an offset)."""

_STARTED = time.monotonic()


def clock() -> Callable[[], datetime]:
    """`now`, for whoever asks at every link: the environment is looked at once."""
    return now if os.environ.get(VARIABLE) else partial(datetime.now, UTC)


def now() -> datetime:
    """The present, in UTC; raises `WrongUsage` where `DIAGSOURCES_NOW` is no date."""
    chosen = os.environ.get(VARIABLE)
    if not chosen:
        return datetime.now(UTC)
    try:
        start = datetime.fromisoformat(chosen)
    except ValueError:
        start = None
    if start is None or start.tzinfo is None:
        raise WrongUsage(f"{VARIABLE} n'est pas une date : « {chosen} »", hint="par exemple 2026-11-23T06:00:00Z")
    return start.astimezone(UTC) + timedelta(seconds=time.monotonic() - _STARTED)
