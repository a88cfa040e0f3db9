"""What is found out of an address: asked again where that may help, and compared with what its host says of others."""

import asyncio
import random
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from diagsources.check.asks import Ask, wants_page
from diagsources.check.controls import Controls, home_of, nowhere_at, nowhere_beside
from diagsources.check.guest import Guest, Visit
from diagsources.check.patience import MAX_WAIT_S, retry_after
from diagsources.check.policy import Policy
from diagsources.check.probe import Probe, Way, web
from diagsources.check.schedule import Sleep
from diagsources.check.standing import Standing
from diagsources.model import Link, Verdict
from diagsources.verdict import (
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

_BACKOFF_S = 1.0
"""The first wait before asking again (seconds); it doubles, and is spread by half."""

_PROOF_S = 1.0
"""How long is waited before what says that nothing is there is asked again (seconds)."""


class Inquiry:
    """Finds out, through *guest*, what a run has to know of each address."""

    def __init__(
        self, policy: Policy, guest: Guest, *, two_opinions: bool, sleep: Sleep, now: Callable[[], datetime]
    ) -> None:
        self._policy = policy
        self._guest = guest
        self._two_opinions = two_opinions
        self._sleep = sleep
        self._now = now
        self._controls = Controls(self._ask_control)
        self._standing = Standing()

    @property
    def tasks(self) -> Collection[asyncio.Task[Control]]:
        """What is asked besides, and may be under way."""
        return self._controls.tasks

    async def into(self, ask: Ask, visit: Visit) -> tuple[Evidence, Sequence[Ruling]]:
        """All there is to know of the address of *ask*, and what it means for its first links, as far as that was
        to be known on the way."""
        evidence = await self._evidence(ask, visit)
        rulings = [ruled(link, evidence) for link in ask.links]
        if self._policy.prove and any(ruling.judgement.reason in PROOFS for ruling in rulings):
            evidence = await self._proved(ask, evidence, visit)
            rulings = [ruled(link, evidence) for link in ask.links]
        more = await self._asked_besides(ask, evidence, rulings, visit)
        return (evidence, rulings) if more is evidence else (more, ())

    async def _evidence(self, ask: Ask, visit: Visit) -> Evidence:
        """What came back for the address of *ask*, asked as often as it takes to be sure."""
        given_up = self._standing.given_up(ask.server)
        if given_up is not None:
            return Evidence(ask.address, fault=given_up, fault_url=ask.address)
        attempt = 1
        evidence = await self._asked(ask, visit)
        while True:
            is_there = evidence.fault is None and evidence.answers[-1].status_code < 300
            if is_there and not evidence.is_cut_file:
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

    async def _proved(self, ask: Ask, first: Evidence, visit: Visit) -> Evidence:
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

    async def _wait(self, ask: Ask, seconds: float, visit: Visit) -> None:
        """Lets *seconds* pass without holding a turn, before *ask* is asked again."""
        self._guest.give_back(visit)
        if self._policy.explain:
            visit.steps.append(Step("wait", ask.address, elapsed_ms=round(seconds * 1000), note="proof" * visit.proves))
        await self._sleep(seconds)

    async def _asked_besides(self, ask: Ask, evidence: Evidence, rulings: Sequence[Ruling], visit: Visit) -> Evidence:
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
                lies = any(ruled(link, evidence).judgement.verdict is Verdict.SUSPECT for link in ask.links)
            self._controls.tell(ask.server, lies=lies)
        else:
            return evidence
        return evidence._replace(steps=tuple(visit.steps)) if self._policy.explain else evidence

    async def _asked(self, ask: Ask, visit: Visit) -> Evidence:
        """What one attempt brings back."""
        visit.spent_s, visit.certificate_days, visit.chain_completed = 0.0, None, False
        ask.reads_anchors = ask.anchors
        visit.known, ask.known = ask.known, None
        if visit.known is not None and any(map(wants_page, ask.links)):
            visit.known = None
        way = await self._guest.follow(self._probe(ask), visit)
        if visit.known is not None and not _answers_conditions(way):
            visit.known = None
            way = await self._guest.follow(self._probe(ask), visit)
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

    async def _control(self, place: str, visit: Visit) -> Control:
        """What is answered at *place*; asked once for all links of its host or folder."""
        task = self._controls.at(place)
        self._guest.give_back(visit)
        found = task.result() if task.done() else await asyncio.shield(task)
        if self._policy.explain:
            visit.steps.append(Step("control", place, str(found.status_code or "")))
        return found

    async def _ask_control(self, place: str) -> Control:
        visit = Visit(holds=None)
        try:
            way = await self._guest.follow(web(place, anchors=False), visit)
        finally:
            self._guest.give_back(visit)
        return Control(place, way.status_code, way.page)


def ruled(link: Link, evidence: Evidence) -> Ruling:
    """What *evidence* of its address means for *link*."""
    return rule(seen_by(link, evidence), link.expect)


def seen_by(link: Link, evidence: Evidence) -> Evidence:
    """*evidence* as it is for the address of *link*, fragment and all."""
    fragment = link.url.partition("#")[2]
    seen = evidence.carrying(fragment) if fragment else evidence
    return seen._replace(url=link.url) if seen.url != link.url else seen


def _answers_conditions(way: Way) -> bool:
    """Whether a server that was asked for a page only if it has changed took that well: some refuse it, or fail."""
    if way.status_code is None:
        return way.fault is not Fault.NOT_HTTP
    return 200 <= way.status_code < 300 or way.status_code == 304
