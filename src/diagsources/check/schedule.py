"""Turns at hosts: so many at once, so far apart, and never one host in the way of another.

Each host has its queue. Turns are shared out in proportion to what hosts have left (D'Hondt), so that the
largest does not come last, and that a host is asked through few connections, which serve again. A host that
asks for patience is slowed down for all its links, and speeds up again as it answers.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from heapq import heapify, heappop, heappush

Sleep = Callable[[float], Awaitable[None]]
Start = Callable[[], None]

_SLOWEST = 5
_FIRST_SPACING_S = 0.25
"""The spacing (seconds) after a host first asks for patience; it doubles each time, up to `_SLOWEST` times."""

_WARMTH = 2
"""How many links a connection that serves again is worth: a handshake costs as much."""

_GROWTH = 1.5
"""By how much a claim grows before its host is put in its new place."""

_HOSTS = 10_000
"""How many hosts are known before the idle ones are looked for and forgotten."""

_OUTDATED = 1_000
"""How many places that hosts have left are kept, besides as many as there are hosts, before they are cleared away."""


class _Host:
    __slots__ = ("fresh", "is_warm", "limit", "listed", "next_at", "place", "resting", "running", "slowness", "urgent")

    def __init__(self, limit: int) -> None:
        self.fresh: deque[Start] = deque()
        self.urgent: deque[Start] = deque()
        self.running = 0
        self.is_warm = False
        """Whether it was asked before: a connection to it may still be open, and soon will not be."""
        self.limit = limit
        self.slowness = 0
        self.next_at = 0.0
        self.resting = False
        self.listed = 0.0
        """Its claim when it was put in the heap; 0: it is not in it."""
        self.place = 0
        """The number of its entry there: any other of its is outdated."""

    @property
    def has_more(self) -> bool:
        return bool(self.fresh or self.urgent)

    @property
    def claim(self) -> float:
        """How much it would have left for each of its turns, were it given one more; a little more if it is warm."""
        return (len(self.fresh) + len(self.urgent) + _WARMTH * self.is_warm) / (self.running + 1)


class Turns:
    """Hands out turns: *per_host* at once and *interval_s* apart for each host, *at_once* in all."""

    def __init__(self, *, per_host: int, interval_s: float, at_once: int, sleep: Sleep = asyncio.sleep) -> None:
        self._per_host = per_host
        self._interval_s = interval_s
        self._free = at_once
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._room = _HOSTS
        self._ready: list[tuple[float, int, _Host]] = []
        self._entries = 0
        self._resting: set[asyncio.Task[None]] = set()
        self._closed = False
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def are_left(self) -> bool:
        """Whether another turn may be given, at a host that has not all of its own."""
        return self._free > 0

    def knows(self, name: str) -> bool:
        """Whether host *name* has been asked, or is to be."""
        return name in self._hosts

    def queue(self, name: str, start: Start) -> None:
        """Calls *start* when it is its turn at host *name*; whoever it starts gives the turn back by `done`."""
        host = self._host(name)
        is_next = self._free > 0 and not (self._ready or host.has_more or self._closed)
        host.fresh.append(start)
        if is_next and host.running < host.limit and not host.resting:
            self._give(host)
        else:
            self._list(host)
            self._hand_out()

    async def turn(self, name: str) -> None:
        """Waits for a turn at host *name*, before those who have not begun; to be given back by `done`."""
        granted: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def start() -> None:
            if granted.done():  # whoever waited is gone
                self.done(name)
            else:
                granted.set_result(None)

        host = self._host(name)
        host.urgent.append(start)
        self._list(host)
        self._hand_out()
        try:
            await granted
        except asyncio.CancelledError:
            if granted.done() and not granted.cancelled():
                self.done(name)
            raise

    def done(self, name: str) -> None:
        """Gives a turn at host *name* back."""
        host = self._hosts[name]
        host.running -= 1
        host.is_warm = True
        self._free += 1
        self._list(host)
        self._hand_out()

    def pause(self, name: str, seconds: float) -> None:
        """Gives no turn at host *name* for so many *seconds*: it has asked for it."""
        host = self._host(name)
        host.next_at = max(host.next_at, self._time() + seconds)

    def slow_down(self, name: str) -> None:
        """Gives host *name* one turn at a time, further and further apart."""
        host = self._host(name)
        host.slowness = min(host.slowness + 1, _SLOWEST)
        host.limit = 1

    def speed_up(self, name: str) -> None:
        """Takes one step back from what `slow_down` did."""
        host = self._hosts.get(name)
        if host is not None and host.slowness:
            host.slowness -= 1
            host.limit = 1 if host.slowness else self._per_host

    def close(self) -> None:
        """Gives no turn any more."""
        self._closed = True

    async def aclose(self) -> None:
        """Ends the waits; no turn is given any more."""
        self.close()
        pending = list(self._resting)
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)

    def _time(self) -> float:
        """The loop's time; the loop is asked for once, for that costs a system call before Python 3.12."""
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
        return self._loop.time()

    def _host(self, name: str) -> _Host:
        host = self._hosts.get(name)
        if host is None:
            if len(self._hosts) >= self._room:
                self._forget_idle()
            host = self._hosts[name] = _Host(self._per_host)
        return host

    def _forget_idle(self) -> None:
        """Drops the hosts that nothing is known of but that they were asked, and makes room for as many again."""
        now = self._time()
        for name, host in list(self._hosts.items()):
            if not (host.running or host.has_more or host.slowness or host.resting or host.next_at > now):
                del self._hosts[name]
        self._room = max(_HOSTS, 2 * len(self._hosts))

    def _list(self, host: _Host) -> None:
        """Puts *host* among the ready, at its place: again when its claim has grown by half."""
        if host.running < host.limit and not host.resting and host.has_more:
            claim = host.claim
            if claim >= _GROWTH * host.listed:
                self._entries += 1
                host.listed, host.place = claim, self._entries
                heappush(self._ready, (-claim, self._entries, host))
                if len(self._ready) > 2 * len(self._hosts) + _OUTDATED:
                    self._ready = [entry for entry in self._ready if entry[1] == entry[2].place]
                    heapify(self._ready)

    def _hand_out(self) -> None:
        while self._free > 0 and self._ready and not self._closed:
            _, place, host = heappop(self._ready)
            if place != host.place:  # an entry that a later one has replaced
                continue
            host.listed, host.place = 0.0, 0
            if host.running < host.limit and not host.resting and host.has_more:
                self._give(host)

    def _give(self, host: _Host) -> None:
        now = self._time()
        if host.next_at > now:
            host.resting = True
            task = asyncio.create_task(self._rest(host, now))
            self._resting.add(task)
            task.add_done_callback(self._resting.discard)
            return
        slowed_s = _FIRST_SPACING_S * 2 ** (host.slowness - 1) if host.slowness else 0.0
        host.next_at = now + max(self._interval_s, slowed_s)
        host.running += 1
        self._free -= 1
        start = (host.urgent or host.fresh).popleft()
        self._list(host)
        start()

    async def _rest(self, host: _Host, now: float) -> None:
        """Sleeps until *host* may be asked again; the sleep is believed, for it may be a test's."""
        while host.next_at > now:
            until = host.next_at
            await self._sleep(until - now)
            now = until
        host.next_at = 0.0
        host.resting = False
        self._list(host)
        self._hand_out()
