"""Every link to its host's turn, and back, as fast as politeness allows."""

import asyncio
import random
import time
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from diagsources import HOME_PAGE, __version__
from diagsources.check.asks import Answered, Ask, is_unchanged, wants_page
from diagsources.check.controls import Controls, home_of, nowhere_at, nowhere_beside
from diagsources.check.cookies import Cookies
from diagsources.check.engine import Engine
from diagsources.check.faults import fault_of
from diagsources.check.names import Names
from diagsources.check.patience import MAX_WAIT_S, QUOTA_FIELDS, quota_pause, retry_after
from diagsources.check.probe import Probe, Way, fields_of, web
from diagsources.check.schedule import Sleep, Turns
from diagsources.check.sender import Reply, Sender
from diagsources.check.standing import Standing
from diagsources.model import Link, Verdict
from diagsources.urls import server_of
from diagsources.verdict import (
    Check,
    Control,
    Evidence,
    Fault,
    Ruling,
    Step,
    Wanted,
    deserves_second_opinion,
    is_deep,
    is_the_same_page,
    may_heal,
    rule,
)
from diagsources.verdict.memory import PROOFS
from diagsources.verdict.trace import Known, conditions

if TYPE_CHECKING:
    import httpx

_WINDOW = 20_000
"""How many links wait for their host, are under way, or answered and not yet taken; the rest of the input is
not yet read."""

_AT_A_STRETCH, _AT_ONCE = 32, 1_024
"""How many links are read before those that have a turn go on: few, so that a link is still at hand in the caches of
the processor when its turn comes; and many, where all turns are taken, so that the largest host is known soon."""

_BACKOFF_S = 1.0
"""The first wait before asking again (seconds); it doubles, and is spread by half."""

_SILENCE_S = 1.0
"""How long an input is waited for when the time allowed is over (seconds)."""

_PROOF_S = 1.0
"""How long is waited before what says that nothing is there is asked again (seconds)."""

_QUOTA_PAUSES = 3
"""How often in a row a server is believed that nothing is left of its quota, while it goes on answering."""

_ROUNDS = 4
"""How many times its timeout a link may take in all, whatever the number of its redirects."""

_WORTH_TELLING_MS = 500
"""From how long a wait for a turn is told (milliseconds)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How to ask. Times are in seconds."""

    timeout_s: float = 15.0
    """Longest wait for an answer, from the connection to what is read of the body; names have their own."""
    per_host: int = 2
    interval_s: float = 0.02
    concurrency: int = 512
    retries: int = 2
    max_time_s: float | None = None
    """What the whole run may take; the links that are left then are `skipped`."""
    allow_private: bool = False
    explain: bool = False
    """Whether evidence tells each step by which it was come by."""
    prove: bool = False
    """Whether a link where nothing is said to be (404, 410, no such host) is asked once more, to be sure."""
    trace: bool = False
    """Whether evidence tells by what a page is known again."""
    user_agent: str = f"Mozilla/5.0 (compatible; diagsources/{__version__}; +{HOME_PAGE})"


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


@dataclass(slots=True)
class _Visit:
    """What is under way for one address."""

    holds: str | None
    """The host at which a turn is held; "" is that of an address without one."""
    second: bool = False
    proves: bool = False
    """Whether it is asked again, to be sure that nothing is there."""
    has_asked: bool = False
    """Whether the turn that is held has been used."""
    spent_s: float = 0.0
    """How long was asked for the present evidence, without the waits for a turn."""
    known: Known | None = None
    """What is known of the page that is asked for now."""
    certificate_days: float | None = None
    chain_completed: bool = False
    steps: list[Step] = field(default_factory=list)


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
        self._two_opinions = isinstance(sender, Engine) and sender.has_two_opinions
        self._sleep = sleep
        self._now = now
        self._known = known
        self._fields = fields_of(policy.user_agent)
        self._cookies = Cookies()
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
        self._quota_pauses: Counter[str] = Counter()
        """How often in a row a server has said that nothing is left of its quota."""
        self._all_told = asyncio.Event()
        self._out_of_time = False
        self._pending: OrderedDict[str, Ask] = OrderedDict()
        self._answered = Answered()
        self._controls = Controls(self._ask_control)
        self._standing = Standing()
        self._turns = Turns(
            per_host=policy.per_host, interval_s=policy.interval_s, at_once=policy.concurrency, sleep=sleep
        )

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
        await _cancelled([*self._tasks, *self._controls.tasks])

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
            visit = _Visit(holds=self._granted[0].server)
            try:
                await self._carry_out(self._granted.popleft(), visit)
            except asyncio.CancelledError:  # the end of the run: nobody begins any more
                self._turns.close()
                raise
            finally:
                self._going_on = True
                self._give_back(visit)
                self._going_on = False

    async def _carry_out(self, ask: Ask, visit: _Visit) -> None:
        try:
            evidence = await self._evidence(ask, visit)
            rulings = [self._rule(link, evidence) for link in ask.links]
            if self._policy.prove and any(ruling.judgement.reason in PROOFS for ruling in rulings):
                evidence = await self._proved(ask, evidence, visit)
                rulings = [self._rule(link, evidence) for link in ask.links]
            more = await self._asked_besides(ask, evidence, rulings, visit)
            if more is not evidence:
                evidence, rulings = more, []
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

    def _rule(self, link: Link, evidence: Evidence) -> Ruling:
        return rule(_seen_by(link, evidence), link.expect)

    def _tell(self, link: Link, evidence: Evidence, ruling: Ruling | None = None) -> None:
        judgement = (ruling or self._rule(link, evidence)).judgement
        seen = _seen_by(link, evidence.slim())
        self.results.put_nowait(Check(link=link, evidence=seen, judgement=judgement, checked_at=self._now()))
        self._left -= 1
        if not self._left:
            self._all_told.set()

    async def _evidence(self, ask: Ask, visit: _Visit) -> Evidence:
        """What came back for the address of *ask*, asked as often as it takes to be sure."""
        given_up = self._standing.given_up(ask.server)
        if given_up is not None:
            return Evidence(ask.address, fault=given_up, fault_url=ask.address)
        attempt = 1
        evidence = await self._asked(ask, visit)
        while True:
            if evidence.status_code == 200 or (evidence.fault is None and evidence.answers[-1].status_code < 300):
                break
            if attempt <= self._retries(evidence):
                seconds = _BACKOFF_S * 2 ** (attempt - 1) * random.uniform(0.5, 1.5)  # noqa: S311 - jitter
                await self._wait(ask, seconds, visit)
                attempt += 1
            elif visit.second or not self._two_opinions or not deserves_second_opinion(evidence):
                break
            visit.second = True
            evidence = await self._asked(ask, visit)
        self._standing.note(ask.server, evidence)
        return evidence._replace(attempts=attempt, steps=tuple(visit.steps)) if attempt > 1 else evidence

    async def _proved(self, ask: Ask, first: Evidence, visit: _Visit) -> Evidence:
        """*first*, which says that nothing is there, and whether it says so twice; or what is there after all."""
        ask.evidence = first = first._replace(page=None)  # many may wait at one time
        visit.second = visit.proves = True
        await self._wait(ask, _PROOF_S, visit)
        again = await self._asked(ask, visit)
        seen = first
        if rule(again).judgement.verdict in (Verdict.OK, Verdict.MOVED):
            seen = again
        elif (again.fault, again.status_code, again.final_url) == (first.fault, first.status_code, first.final_url):
            seen = first._replace(seen_twice=True)
        return seen._replace(attempts=first.attempts + 1, steps=tuple(visit.steps))

    async def _wait(self, ask: Ask, seconds: float, visit: _Visit) -> None:
        """Lets *seconds* pass without holding a turn, before *ask* is asked again."""
        self._give_back(visit)
        if self._policy.explain:
            visit.steps.append(Step("wait", ask.address, elapsed_ms=round(seconds * 1000), note="proof" * visit.proves))
        await self._sleep(seconds)

    async def _asked_besides(self, ask: Ask, evidence: Evidence, rulings: Sequence[Ruling], visit: _Visit) -> Evidence:
        """*evidence* with the control requests that tell more of it; itself where none does."""
        wanted = [ruling.wanted for ruling in rulings]
        if Wanted.BESIDE in wanted:
            control = await self._control(nowhere_beside(ask.address), visit)
            evidence = evidence._replace(control=control)
        elif Wanted.HOST in wanted and self._controls.may_tell(ask.server) and is_deep(evidence):
            self._controls.doubt(ask.server)
            control = await self._control(nowhere_at(ask.address), visit)
            lies = False
            if is_the_same_page(evidence, control):
                home = await self._control(home_of(ask.address), visit)
                evidence = evidence._replace(control=control, home=home)
                lies = any(self._rule(link, evidence).judgement.verdict is Verdict.SUSPECT for link in ask.links)
            self._controls.tell(ask.server, lies=lies)
        else:
            return evidence
        return evidence._replace(steps=tuple(visit.steps)) if self._policy.explain else evidence

    async def _asked(self, ask: Ask, visit: _Visit) -> Evidence:
        """What one attempt brings back."""
        visit.spent_s, visit.certificate_days, visit.chain_completed = 0.0, None, False
        ask.reads_anchors = ask.anchors
        visit.known, ask.known = ask.known, None
        if visit.known is not None and any(map(wants_page, ask.links)):
            visit.known = None
        way = await self._drive(self._probe(ask), visit)
        if visit.known is not None and not _answers_conditions(way):
            visit.known = None
            way = await self._drive(self._probe(ask), visit)
        evidence = Evidence(
            url=ask.address,
            answers=way.answers,
            fault=way.fault,
            fault_url=way.fault_url,
            elapsed_ms=round(visit.spent_s * 1000),
            page=way.page,
            certificate_days=visit.certificate_days,
            chain_completed=visit.chain_completed,
            cut_short=way.cut_short,
            steps=tuple(visit.steps),
            trace=visit.known.trace if visit.known is not None and way.status_code == 304 else way.trace,
        )
        return evidence._replace(put_off=True) if self._asks_too_long(evidence) else evidence

    def _probe(self, ask: Ask) -> Probe:
        return web(ask.address, anchors=ask.reads_anchors, trace=self._policy.trace)

    def _retries(self, evidence: Evidence) -> int:
        """How often *evidence* of this kind is worth asking again: a silent host once at most."""
        if not may_heal(evidence) or evidence.put_off:
            return 0
        slow = evidence.fault in (Fault.TIMEOUT, Fault.CONNECT_TIMEOUT, Fault.TCP_REFUSED, Fault.DNS_TIMEOUT)
        return min(self._policy.retries, 1) if slow else self._policy.retries

    def _asks_too_long(self, evidence: Evidence) -> bool:
        """Whether the server says to come back later than we are ready to wait."""
        if evidence.status_code not in (429, 503):
            return False
        fields = dict(evidence.answers[-1].fields)
        wait = retry_after(fields.get("retry-after", ""), now=self._now())
        return wait is not None and wait > MAX_WAIT_S

    async def _control(self, place: str, visit: _Visit) -> Control:
        """What is answered at *place*; asked once for all links of its host or folder."""
        task = self._controls.at(place)
        self._give_back(visit)
        found = task.result() if task.done() else await asyncio.shield(task)
        if self._policy.explain:
            visit.steps.append(Step("control", place, str(found.status_code or "")))
        return found

    async def _ask_control(self, place: str) -> Control:
        visit = _Visit(holds=None)
        try:
            way = await self._drive(web(place, anchors=False), visit)
        finally:
            self._give_back(visit)
        return Control(place, way.status_code, way.page)

    async def _drive(self, probe: Probe, visit: _Visit) -> Way:
        """Carries the requests of *probe* out, each at its own host's turn."""
        try:
            url = next(probe)
            while True:
                try:
                    reply = await self._send(url, visit)
                except Exception as error:  # noqa: BLE001 - the probe says what it means
                    url = probe.throw(error)
                else:
                    url = probe.send(reply)
        except StopIteration as end:
            way: Way = end.value
            return way

    async def _send(self, url: str, visit: _Visit) -> Reply:
        """The answer to *url*, its body read as far as it tells something. Raises what the network raises.

        The turn is kept, until the next request of this link or its end.
        """
        server = server_of(url)
        if visit.has_asked or visit.holds != server:
            self._give_back(visit)
            asked_at = time.perf_counter()
            await self._turns.turn(server)
            visit.holds = server
            waited_ms = round((time.perf_counter() - asked_at) * 1000)
            if self._policy.explain and waited_ms >= _WORTH_TELLING_MS:
                visit.steps.append(Step("wait", url, elapsed_ms=waited_ms, note="turn"))
        visit.has_asked = True
        started = time.perf_counter()
        outcome = ""
        try:
            reply = await self._exchange(url, visit)
            outcome = str(reply.status_code)
        except Exception as error:
            outcome = fault_of(error).value  # which raises again what is not the network's
            raise
        finally:
            took = time.perf_counter() - started
            visit.spent_s += took
            if self._policy.explain:
                visit.steps.append(Step("ask", url, outcome, round(took * 1000), _note(visit)))
        self._heed(reply, server)
        return reply

    async def _exchange(self, url: str, visit: _Visit) -> Reply:
        wait = min(self._policy.timeout_s, _ROUNDS * self._policy.timeout_s - visit.spent_s)
        if wait <= 0:
            raise TimeoutError
        cookie = self._cookies.field_for(url)
        fields = (*self._fields, ("Cookie", cookie)) if cookie else self._fields
        if visit.known is not None and visit.known.url == url:
            fields = (*fields, *conditions(visit.known.trace))
        reply = await self._sender.send(url, fields, wait, second=visit.second)
        if "set-cookie" in reply.fields:
            self._cookies.take(url, reply.fields["set-cookie"])
        ends = reply.certificate_ends
        visit.certificate_days = (ends - self._now().timestamp()) / 86_400 if ends else None
        visit.chain_completed = visit.chain_completed or reply.chain_completed
        return reply

    def _heed(self, reply: Reply, server: str) -> None:
        """Does as *reply* asks: waits, slows down, or speeds up again."""
        if reply.status_code in (429, 503):
            pause = retry_after(reply.fields.get("retry-after", ""), now=self._now())
            if pause is not None and pause <= MAX_WAIT_S:
                self._turns.pause(server, pause)
            self._turns.slow_down(server)
        else:
            self._turns.speed_up(server)
        if QUOTA_FIELDS.isdisjoint(reply.fields):
            return
        quota = quota_pause(reply.fields, now=self._now())
        if quota is None:
            self._quota_pauses.pop(server, None)
        elif quota > MAX_WAIT_S:  # nobody waits until tomorrow: it is asked seldom, and says no where it means it
            self._turns.slow_down(server)
        elif self._quota_pauses[server] < _QUOTA_PAUSES:
            self._quota_pauses[server] += 1
            self._turns.pause(server, quota)

    def _give_back(self, visit: _Visit) -> None:
        server, visit.holds, visit.has_asked = visit.holds, None, False
        if server is not None:
            self._turns.done(server)


def _seen_by(link: Link, evidence: Evidence) -> Evidence:
    """*evidence* as it is for the address of *link*, fragment and all."""
    fragment = link.url.partition("#")[2]
    seen = evidence.carrying(fragment) if fragment else evidence
    return seen._replace(url=link.url) if seen.url != link.url else seen


def _answers_conditions(way: Way) -> bool:
    """Whether a server that was asked for a page only if it has changed took that well: some refuse it, or fail."""
    if way.status_code is None:
        return way.fault is not Fault.NOT_HTTP
    return 200 <= way.status_code < 300 or way.status_code == 304


def _note(visit: _Visit) -> str:
    return "proof" if visit.proves else "second" if visit.second else ""


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
