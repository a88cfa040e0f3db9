"""One request after another, each at the turn of its own host, as a guest who knows how to behave."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from diagsources.check.cookies import Cookies
from diagsources.check.faults import fault_of
from diagsources.check.patience import MAX_WAIT_S, QUOTA_FIELDS, quota_pause, retry_after
from diagsources.check.policy import Policy
from diagsources.check.probe import Probe, Way, fields_of
from diagsources.check.schedule import Turns
from diagsources.check.sender import Reply, Sender
from diagsources.urls import server_of
from diagsources.verdict import Step
from diagsources.verdict.trace import Known, conditions

_QUOTA_PAUSES = 3
"""How often in a row a server is believed that nothing is left of its quota, while it goes on answering."""

_ROUNDS = 4
"""How many times its timeout a link may take in all, whatever the number of its redirects."""

_WORTH_TELLING_MS = 500
"""From how long a wait for a turn is told (milliseconds)."""


@dataclass(slots=True)
class Visit:
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


class Guest:
    """Whoever asks: with the cookies of a run, and the patience that each host asks for."""

    def __init__(self, policy: Policy, sender: Sender, turns: Turns, now: Callable[[], datetime]) -> None:
        self._policy = policy
        self._sender = sender
        self._turns = turns
        self._now = now
        self._fields = fields_of(policy.user_agent)
        self._cookies = Cookies()
        self._quota_pauses: Counter[str] = Counter()
        """How often in a row a server has said that nothing is left of its quota."""

    async def follow(self, probe: Probe, visit: Visit) -> Way:
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

    def give_back(self, visit: Visit) -> None:
        """Gives back the turn that *visit* holds, if it holds one."""
        server, visit.holds, visit.has_asked = visit.holds, None, False
        if server is not None:
            self._turns.done(server)

    async def _send(self, url: str, visit: Visit) -> Reply:
        """The answer to *url*, its body read as far as it tells something. Raises what the network raises.

        The turn is kept, until the next request of this link or its end.
        """
        server = server_of(url)
        if visit.has_asked or visit.holds != server:
            self.give_back(visit)
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

    async def _exchange(self, url: str, visit: Visit) -> Reply:
        wait = min(self._policy.timeout_s, _ROUNDS * self._policy.timeout_s - visit.spent_s)
        if wait <= 0:
            raise TimeoutError
        cookie = self._cookies.field_for(url)
        fields = (*self._fields, ("Cookie", cookie)) if cookie else self._fields
        if visit.known is not None and visit.known.url == url:
            fields = (*fields, *conditions(visit.known.trace))
        reply = await self._sender.send(url, fields, wait, second=visit.second)
        if "set-cookie" in reply.fields:
            self._cookies.take(url, reply.fields["set-cookie"], now=self._now())
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


def _note(visit: Visit) -> str:
    return "proof" if visit.proves else "second" if visit.second else ""
