"""Turns at a host: so many at once, so far apart. Whoever waits for one host holds up no other."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Sleep = Callable[[float], Awaitable[None]]


class _Host:
    def __init__(self, at_once: int) -> None:
        self.turns = asyncio.Semaphore(at_once)
        self.next_at = 0.0


class Politeness:
    """Hands out turns: *per_host* at once and *interval_s* apart for each host, *at_once* in all."""

    def __init__(self, *, per_host: int, interval_s: float, at_once: int, sleep: Sleep = asyncio.sleep) -> None:
        self._per_host = per_host
        self._interval_s = interval_s
        self._everyone = asyncio.Semaphore(at_once)
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Waits for a turn at *host*, and gives it back at the end."""
        mine = self._hosts.get(host)
        if mine is None:
            mine = self._hosts[host] = _Host(self._per_host)
        async with mine.turns:
            now = asyncio.get_running_loop().time()
            starts_at = max(now, mine.next_at)
            mine.next_at = starts_at + self._interval_s
            if starts_at > now:
                await self._sleep(starts_at - now)
            async with self._everyone:
                yield
