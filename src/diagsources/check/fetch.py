"""One page or document at a time, for whoever has a use of what it says: services with an API, a page to describe.

Asks as `check` does, under the same name and through the same guard: one request at a time, an interval between
two of one host, `Retry-After` obeyed. A host that has failed is not asked again.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import urljoin

from diagsources.check.engine import Engine
from diagsources.check.faults import Failed, fault_of
from diagsources.check.machine import fast_loop
from diagsources.check.patience import MAX_WAIT_S, retry_after
from diagsources.check.policy import Policy
from diagsources.check.probe import as_browsers_read, fields_of
from diagsources.check.run import engine_of
from diagsources.check.sender import Fields, Reply, redirects
from diagsources.urls import is_web_url, server_of
from diagsources.verdict import Fault
from diagsources.verdict.evidence import PERMANENT

INTERVAL_S = 0.5
"""From one request of a host to the next (seconds)."""

_REDIRECTS = 5
_TRIES = 3
_LATER = frozenset({429, 502, 503, 504})


class Fetched(NamedTuple):
    """What came back."""

    url: str
    """Where it came from, redirects followed."""
    permanent_url: str
    """Where permanent redirects alone lead."""
    status_code: int
    media_type: str
    data: bytes
    """No more than the engine reads: 256 KiB."""
    is_whole: bool


class NotFetched(Exception):
    """No answer; *says* why, in French."""

    def __init__(self, host: str, says: str) -> None:
        super().__init__(f"{host} : {says}")
        self.host = host
        self.says = says


class Fetcher:
    """Fetches, as long as it is open."""

    def __init__(
        self,
        policy: Policy,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._policy = policy
        self._sleep = sleep
        self._clock = clock
        self._runner = asyncio.Runner(loop_factory=fast_loop())
        self._engine: Engine | None = None
        self._last: dict[str, float] = {}
        self._silent: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._engine is not None:
            self._runner.run(self._engine.aclose())
        self._runner.close()

    def fetch(self, url: str, *, also: Fields = ()) -> Fetched:
        """What is at *url*, asked with the header fields *also*; raises `NotFetched`."""
        here = permanent = url
        only_permanent = True
        for _ in range(_REDIRECTS + 1):
            asked = as_browsers_read(here).partition("#")[0]
            if not is_web_url(asked):
                raise NotFetched(server_of(url), "ce n'est pas une adresse http ou https")
            reply = self._patiently(asked, also)
            if not redirects(reply.status_code, reply.fields):
                media_type = reply.fields.get("content-type", "").partition("\n")[0]
                return Fetched(here, permanent, reply.status_code, media_type, reply.body.data, reply.body.whole)
            here = urljoin(asked, reply.fields["location"].partition("\n")[0])
            only_permanent = only_permanent and reply.status_code in PERMANENT
            permanent = here if only_permanent else permanent
        raise NotFetched(server_of(url), "la redirection n'en finit pas")

    def _patiently(self, url: str, also: Fields) -> Reply:
        """The reply of *url*, asked again where the server says to come back later."""
        server = server_of(url)
        if server in self._silent:
            raise NotFetched(server, self._silent[server])
        for attempt in range(1, _TRIES + 1):
            self._wait_for_turn(server)
            try:
                reply = self._runner.run(self._asked(url, also))
            except Failed as error:
                raise self._given_up(server, error.fault) from error
            if reply.status_code not in _LATER:
                return reply
            asked_for = retry_after(reply.fields.get("retry-after", ""), now=datetime.now(UTC))
            wait = 2.0**attempt if asked_for is None else asked_for
            if attempt == _TRIES or wait > MAX_WAIT_S:
                break
            self._sleep(wait)
        self._silent[server] = f"demande de revenir plus tard ({reply.status_code})"
        raise NotFetched(server, self._silent[server])

    def _given_up(self, server: str, fault: Fault) -> NotFetched:
        from diagsources.verdict import REASONS

        self._silent[server] = REASONS[fault.value].sentence.format(host=server, status="", seen="")
        return NotFetched(server, self._silent[server])

    def _wait_for_turn(self, server: str) -> None:
        if server in self._last:
            left = self._last[server] + max(INTERVAL_S, self._policy.interval_s) - self._clock()
            if left > 0:
                self._sleep(left)
        self._last[server] = self._clock()

    async def _asked(self, url: str, also: Fields) -> Reply:
        """Raises `Failed`, whatever the network raises."""
        if self._engine is None:
            self._engine = engine_of(self._policy)
        try:
            fields = (*fields_of(self._policy.user_agent), *also)
            return await self._engine.send(url, fields, self._policy.timeout_s)
        except Failed:
            raise
        except Exception as error:  # fault_of raises again what is not the network's
            raise Failed(fault_of(error)) from error
