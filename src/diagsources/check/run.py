"""Every link to its host's turn, and back, as fast as politeness allows."""

import asyncio
import random
import socket
import time
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import httpx

from diagsources import HOME_PAGE, __version__
from diagsources.check.engine import GuardedTransport
from diagsources.check.politeness import MAX_RETRY_AFTER_S, Politeness, Sleep, retry_after
from diagsources.check.probe import Probe, web
from diagsources.model import Link
from diagsources.urls import host_of, origin_of
from diagsources.verdict import Check, Evidence, Fault, judge, may_heal

_WINDOW = 2_000
"""How many links are under way or waiting for their host; the rest of the input is not yet read."""

_REMEMBERED = 10_000
"""How many URLs are kept with what they answered, for those that come again."""

_BACKOFF_S = 1.0
"""The first wait before asking again (seconds); it doubles, and is spread by half."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How to ask. Times are in seconds."""

    timeout_s: float = 15.0
    """Longest wait for an answer, from the first byte out to the header section in."""
    per_host: int = 2
    interval_s: float = 0.05
    concurrency: int = 64
    retries: int = 2
    allow_private: bool = False
    user_agent: str = f"Mozilla/5.0 (compatible; diagsources/{__version__}; +{HOME_PAGE})"


def _now() -> datetime:
    return datetime.now(UTC)


async def check(
    links: Iterable[Link] | AsyncIterable[Link],
    policy: Policy,
    *,
    transport: httpx.AsyncBaseTransport | None = None,
    sleep: Sleep = asyncio.sleep,
    now: Callable[[], datetime] = _now,
) -> AsyncGenerator[Check, None]:
    """Asks every one of *links* and yields each as it comes back, in no order.

    *links* is read as there is room, so that it may be endless; one that makes wait, as a pipe does,
    comes as an async iterable. A URL given twice in a row of ten thousand is asked once.
    """
    own = transport is None
    engine = transport or GuardedTransport(allow_private=policy.allow_private, connections=policy.concurrency)
    run = _Run(policy, engine, sleep, now)
    feeder = asyncio.create_task(run.feed(links))
    try:
        while (result := await run.results.get()) is not None:
            if isinstance(result, BaseException):
                raise result
            yield result
    finally:
        await _cancelled([feeder, *run.tasks])
        await _cancelled(run.asking)
        if own:
            await engine.aclose()


class _Run:
    def __init__(
        self, policy: Policy, transport: httpx.AsyncBaseTransport, sleep: Sleep, now: Callable[[], datetime]
    ) -> None:
        self.results: asyncio.Queue[Check | BaseException | None] = asyncio.Queue()
        self.tasks: set[asyncio.Task[None]] = set()
        self._policy = policy
        self._transport = transport
        self._sleep = sleep
        self._now = now
        self._room = asyncio.Semaphore(_WINDOW)
        self._asked: dict[str, asyncio.Task[tuple[Evidence, int]]] = {}
        self._politeness = Politeness(
            per_host=policy.per_host, interval_s=policy.interval_s, at_once=policy.concurrency, sleep=sleep
        )

    async def feed(self, links: Iterable[Link] | AsyncIterable[Link]) -> None:
        """Starts a task a link as there is room; puts None when the last has ended."""
        try:
            async for link in _as_async(links):
                await self._room.acquire()
                task = asyncio.create_task(self._check(link))
                self.tasks.add(task)
                task.add_done_callback(self.tasks.discard)
            while self.tasks:
                await asyncio.wait(self.tasks)
        except Exception as error:  # noqa: BLE001 - handed to the consumer, who raises it
            self.results.put_nowait(error)
        self.results.put_nowait(None)

    @property
    def asking(self) -> list[asyncio.Task[tuple[Evidence, int]]]:
        """The tasks that may still hold a connection."""
        return list(self._asked.values())

    async def _check(self, link: Link) -> None:
        try:
            address, _, fragment = link.url.partition("#")
            task = self._asked.get(address)
            if task is None:
                task = self._asked[address] = asyncio.create_task(self._ask(address))
                if len(self._asked) > _REMEMBERED:
                    del self._asked[next(iter(self._asked))]
            evidence, attempts = await task
            seen = evidence.carrying(fragment)
            self.results.put_nowait(
                Check(link=link, evidence=seen, judgement=judge(seen), attempts=attempts, checked_at=self._now())
            )
        except Exception as error:  # noqa: BLE001 - handed to the consumer, who raises it
            self.results.put_nowait(error)
        finally:
            self._room.release()

    async def _ask(self, url: str) -> tuple[Evidence, int]:
        """The evidence for *url*, and at which attempt it came."""
        attempt = 1
        while True:
            started = time.perf_counter()
            cookies: defaultdict[str, httpx.Cookies] = defaultdict(httpx.Cookies)
            evidence = await self._drive(web(url, user_agent=self._policy.user_agent), cookies)
            evidence = replace(evidence, elapsed_ms=round((time.perf_counter() - started) * 1000))
            if attempt > self._retries(evidence):
                return evidence, attempt
            await self._sleep(_BACKOFF_S * 2 ** (attempt - 1) * random.uniform(0.5, 1.5))  # noqa: S311 - jitter
            attempt += 1

    def _retries(self, evidence: Evidence) -> int:
        """How often *evidence* of this kind is worth asking again: a silent host once at most."""
        if not may_heal(evidence) or self._asks_too_long(evidence):
            return 0
        slow = evidence.fault in (Fault.TIMEOUT, Fault.CONNECT_TIMEOUT, Fault.TCP_REFUSED)
        return min(self._policy.retries, 1) if slow else self._policy.retries

    def _asks_too_long(self, evidence: Evidence) -> bool:
        """Whether the server says to come back later than we are ready to wait."""
        fields = evidence.answers[-1].fields if evidence.answers and evidence.fault is None else ()
        waits = (retry_after(value, now=self._now()) for name, value in fields if name == "retry-after")
        return any(wait is not None and wait > MAX_RETRY_AFTER_S for wait in waits)

    async def _drive(self, probe: Probe, cookies: defaultdict[str, httpx.Cookies]) -> Evidence:
        """Carries the requests of *probe* out, each at its own host's turn, with the *cookies* of its host:
        a wall or a counter that sends a browser once around is passed."""
        try:
            request = next(probe)
            while True:
                try:
                    response = await self._send(request, cookies[host_of(str(request.url))])
                except Exception as error:  # noqa: BLE001 - the probe says what it means
                    request = probe.throw(error)
                else:
                    request = probe.send(response)
        except StopIteration as end:
            evidence: Evidence = end.value
            return evidence

    async def _send(self, request: httpx.Request, cookies: httpx.Cookies) -> httpx.Response:
        """The answer to *request*, its body unread. Raises what the network raises."""
        wait = self._policy.timeout_s
        # a little less than the whole: httpcore closes a connection whose own time is up, but leaks one
        # that is cancelled during the TLS handshake
        step = wait * 0.9
        request.extensions["timeout"] = {"connect": step, "read": step, "write": step, "pool": None}
        origin = origin_of(str(request.url))
        async with self._politeness.turn(origin), asyncio.timeout(wait):
            cookies.set_cookie_header(request)
            response = await self._transport.handle_async_request(request)
            await response.aclose()
        response.request = request
        cookies.extract_cookies(response)
        pause = retry_after(response.headers.get("retry-after", ""), now=self._now())
        if response.status_code in (429, 503) and pause is not None and pause <= MAX_RETRY_AFTER_S:
            self._politeness.pause(origin, pause)
        return response


async def _as_async(links: Iterable[Link] | AsyncIterable[Link]) -> AsyncIterator[Link]:
    if isinstance(links, AsyncIterable):
        async for link in links:
            yield link
    else:
        for link in links:
            yield link


async def _cancelled(tasks: Iterable[asyncio.Task[Any]]) -> None:
    pending = [task for task in tasks if not task.done()]
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)


CANARIES = ("www.data.gouv.fr", "www.insee.fr", "www.wikipedia.org")
"""Hosts that are there: where not one takes a connection, the fault is on this side."""


def network_is_there() -> bool:
    """Whether any of `CANARIES` takes a connection; asks them in turn, two seconds each at most."""
    for name in CANARIES:
        with suppress(OSError), socket.create_connection((name, 443), timeout=2):
            return True
    return False
