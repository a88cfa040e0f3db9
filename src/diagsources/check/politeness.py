"""Turns at a host: so many at once, so far apart. Whoever waits for one host holds up no other."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAX_RETRY_AFTER_S = 60.0
"""Longest wait we grant a server (seconds). RFC 9110 §10.2.3 sets none; lychee caps at the same value."""

Sleep = Callable[[float], Awaitable[None]]


class _Host:
    def __init__(self, at_once: int) -> None:
        self.turns = asyncio.Semaphore(at_once)
        self.next_at = 0.0
        self.paused_until = 0.0


class Politeness:
    """Hands out turns: *per_host* at once and *interval_s* apart for each host, *at_once* in all."""

    def __init__(self, *, per_host: int, interval_s: float, at_once: int, sleep: Sleep = asyncio.sleep) -> None:
        self._per_host = per_host
        self._interval_s = interval_s
        self._everyone = asyncio.Semaphore(at_once)
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}

    def pause(self, host: str, seconds: float) -> None:
        """Gives no turn at *host* for so many *seconds*: it has asked for it."""
        mine = self._hosts[host]
        mine.paused_until = max(mine.paused_until, asyncio.get_running_loop().time() + seconds)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Waits for a turn at *host*, and gives it back at the end."""
        mine = self._hosts.get(host)
        if mine is None:
            mine = self._hosts[host] = _Host(self._per_host)
        async with mine.turns:
            now = asyncio.get_running_loop().time()
            starts_at = max(now, mine.next_at, mine.paused_until)
            mine.next_at = starts_at + self._interval_s
            while starts_at > now:
                await self._sleep(starts_at - now)
                now, starts_at = starts_at, max(starts_at, mine.paused_until)
            async with self._everyone:
                yield


def retry_after(field: str, *, now: datetime) -> float | None:
    """Seconds to wait, from a Retry-After *field* in either form of RFC 9110 §10.2.3; None if it is neither."""
    text = field.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - now.timestamp())
