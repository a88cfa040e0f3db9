"""Every link to its host's turn, and back, as fast as politeness allows."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from diagsources.check.asks import Answered, Ask, is_unchanged
from diagsources.check.engine import Engine
from diagsources.check.guest import Guest, Visit
from diagsources.check.inquiry import Inquiry, ruled, seen_by
from diagsources.check.names import Names
from diagsources.check.policy import Policy
from diagsources.check.schedule import Sleep, Turns
from diagsources.check.sender import Sender
from diagsources.model import Link
from diagsources.urls import server_of
from diagsources.verdict import Check, Evidence, Fault, Ruling
from diagsources.verdict.trace import Known

if TYPE_CHECKING:
    import httpx

_WINDOW = 20_000
"""How many links wait for their host, are under way, or answered and not yet taken; the rest of the input is
not yet read."""

_AT_A_STRETCH, _AT_ONCE = 32, 1_024
"""How many links are read before those that have a turn go on: few, so that a link is still at hand in the caches of
the processor when its turn comes; and many, where all turns are taken, so that the largest host is known soon."""

_SILENCE_S = 1.0
"""How long an input is waited for when the time allowed is over (seconds)."""


def _now() -> datetime:
    return datetime.now(UTC)


async def check(
    links: Iterable[Link] | AsyncIterable[Link],
    policy: Policy,
    *,
    known: Callable[[Link], Known | None] = lambda _: None,
    transport: "httpx.AsyncBaseTransport | Engine | None" = None,
    sleep: Sleep = asyncio.sleep,
    now: Callable[[], datetime] = _now,
) -> AsyncGenerator[Check, None]:
    """Asks every one of *links* and yields each as it comes back, in no order.

    *links* is read as there is room, so that it may be endless; one that makes wait, as a pipe does,
    comes as an async iterable. An address given twice in a row of ten thousand is asked once.
    A page of which something is *known* is asked for only if it has changed (RFC 9110 §13), save where what is
    in it matters: an anchor, an expectation.
    *transport* is asked through instead of the machine's network, and closed by whoever gave it.
    """
    own = None
    if transport is None:
        transport = own = engine_of(policy)
    run = _Run(policy, _sender(transport), sleep, now, known)
    feeder = asyncio.create_task(run.feed(links))
    try:
        while (result := await run.results.get()) is not None:
            if isinstance(result, BaseException):
                raise result
            run.taken()
            yield result
    finally:
        await _cancelled([feeder])
        await run.aclose()
        if own is not None:
            await own.aclose()


def _sender(transport: "httpx.AsyncBaseTransport | Engine") -> Sender:
    if isinstance(transport, Engine):
        return transport
    from diagsources.check.through import Through

    return Through(transport)


def engine_of(policy: Policy, *, names: Names | None = None, fast_first: bool = True) -> Engine:
    """The engine that *policy* asks for; *names* resolves instead of the machine's name servers."""
    return Engine(
        names or Names(allow_private=policy.allow_private),
        timeout_s=policy.timeout_s,
        connections=policy.concurrency,
        fast_first=fast_first,
    )


class _Run:
    def __init__(
        self,
        policy: Policy,
        sender: Sender,
        sleep: Sleep,
        now: Callable[[], datetime],
        known: Callable[[Link], Known | None],
    ) -> None:
        self.results: asyncio.Queue[Check | BaseException | None] = asyncio.Queue()
        self._policy = policy
        self._sender = sender
        self._now = now
        self._known = known
        self._tasks: set[asyncio.Task[None]] = set()
        self._granted: deque[Ask] = deque()
        self._going_on = False
        """Whether a task is giving a turn back, and takes the next at once."""
        self._room = _WINDOW
        """How many links more may be read."""
        self._has_room = asyncio.Event()
        self._left = 0
        """How many links have been read and not yet told."""
        self._read_so_far = 0
        self._all_told = asyncio.Event()
        self._out_of_time = False
        self._pending: OrderedDict[str, Ask] = OrderedDict()
        self._answered = Answered()
        self._turns = Turns(
            per_host=policy.per_host, interval_s=policy.interval_s, at_once=policy.concurrency, sleep=sleep
        )
        self._guest = Guest(policy, sender, self._turns, now)
        two_opinions = isinstance(sender, Engine) and sender.has_two_opinions
        self._inquiry = Inquiry(policy, self._guest, two_opinions=two_opinions, sleep=sleep, now=now)

    async def feed(self, links: Iterable[Link] | AsyncIterable[Link]) -> None:
        """Queues every link as there is room; puts None when the last has been told."""
        reader = asyncio.create_task(self._read(links))
        budget = asyncio.create_task(self._expire(self._policy.max_time_s, reader))
        try:
            await asyncio.wait([reader])
            if not reader.cancelled():
                reader.result()
            while self._left:
                self._all_told.clear()
                await self._all_told.wait()
        except Exception as error:  # noqa: BLE001 - handed to the consumer, who raises it
            self.results.put_nowait(error)
        finally:
            await _cancelled([budget, reader])
        self.results.put_nowait(None)

    async def _read(self, links: Iterable[Link] | AsyncIterable[Link]) -> None:
        in_a_row = 0
        async for link in _as_async(links):
            while not self._room:
                self._has_room.clear()
                await self._has_room.wait()
            self._room -= 1
            self._left += 1
            self._read_so_far += 1
            self._queue(link)
            in_a_row += 1
            if in_a_row >= (_AT_A_STRETCH if self._turns.are_left else _AT_ONCE):
                in_a_row = 0
                await asyncio.sleep(0)

    def taken(self) -> None:
        """Makes room for another link: a result has been taken."""
        self._room += 1
        self._has_room.set()

    async def aclose(self) -> None:
        """Ends what is under way, before its connections are closed."""
        await self._turns.aclose()
        self._granted.clear()
        await _cancelled([*self._tasks, *self._inquiry.tasks])

    async def _expire(self, seconds: float | None, reader: asyncio.Task[None]) -> None:
        """Ends the run after so many seconds: what has not been answered by then is told as such, and an input
        that says nothing more is not waited for."""
        if seconds is None:
            return
        await asyncio.sleep(seconds)
        self._out_of_time = True
        await self.aclose()
        for ask in list(self._pending.values()):
            self._settle(ask, ask.evidence or Evidence(ask.address, fault=Fault.OUT_OF_TIME))
        before = -1
        while self._left or before != self._read_so_far:
            before = self._read_so_far
            await asyncio.sleep(_SILENCE_S)
        reader.cancel()

    def _queue(self, link: Link) -> None:
        address = link.url.partition("#")[0]
        before = self._answered.get(address)
        if before is not None and before.evidence is not None and before.answers(link):
            self._tell(link, before.evidence)
            return
        ask = self._pending.get(address)
        if ask is not None:
            ask.links.append(link)
            return
        ask = self._pending[address] = Ask(address, server_of(address), [link], self._known(link))
        if self._out_of_time:
            self._settle(ask, Evidence(address, fault=Fault.OUT_OF_TIME))
            return
        if not self._turns.knows(ask.server):
            self._sender.expect(address)
        self._turns.queue(ask.server, lambda: self._start(ask))

    def _start(self, ask: Ask) -> None:
        """Takes the turn that *ask* was given: by the task that gives one back just now, or a new one."""
        self._granted.append(ask)
        if self._going_on and len(self._granted) == 1:
            return
        task = asyncio.create_task(self._work())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self) -> None:
        """Carries out one link after another, as long as a turn is there as the last is given back."""
        while self._granted:
            visit = Visit(holds=self._granted[0].server)
            try:
                await self._carry_out(self._granted.popleft(), visit)
            except asyncio.CancelledError:  # the end of the run: nobody begins any more
                self._turns.close()
                raise
            finally:
                self._going_on = True
                self._guest.give_back(visit)
                self._going_on = False

    async def _carry_out(self, ask: Ask, visit: Visit) -> None:
        try:
            evidence, rulings = await self._inquiry.into(ask, visit)
            self._settle(ask, evidence, rulings)
        except Exception as error:  # noqa: BLE001 - handed to the consumer, who raises it
            self.results.put_nowait(error)

    def _settle(self, ask: Ask, evidence: Evidence, rulings: Sequence[Ruling] = ()) -> None:
        """Tells the links of *ask*, and keeps what came back for those that come later; *rulings* are those
        that hold already, of its first links."""
        del self._pending[ask.address]
        ask.evidence = evidence
        is_read = evidence.page is not None or is_unchanged(evidence)
        late = [link for link in ask.links if not ask.answers(link)] if is_read else []
        for rank, link in enumerate(ask.links):
            if link not in late:
                self._tell(link, evidence, rulings[rank] if rank < len(rulings) else None)
        self._answered.keep(ask)
        for link in late:  # they came while the page was being read for others
            self._queue(link)

    def _tell(self, link: Link, evidence: Evidence, ruling: Ruling | None = None) -> None:
        judgement = (ruling or ruled(link, evidence)).judgement
        seen = seen_by(link, evidence.slim())
        self.results.put_nowait(Check(link=link, evidence=seen, judgement=judgement, checked_at=self._now()))
        self._left -= 1
        if not self._left:
            self._all_told.set()


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
