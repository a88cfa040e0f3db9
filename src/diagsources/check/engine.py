"""What a run sends through: the fast engine first, the precise one for what it cannot say, and for a second
opinion."""

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from diagsources.check.body import read_all
from diagsources.check.certificates import Trust
from diagsources.check.faults import Failed, fault_of
from diagsources.check.names import Names, by_age
from diagsources.check.plain import PlainSender
from diagsources.check.sender import PLAIN_NAME, Fields, Reply, Unsure
from diagsources.check.validity import ends
from diagsources.urls import host_of, server_of
from diagsources.verdict import Fault

if TYPE_CHECKING:
    import httpx

    from diagsources.check.fast import FastSender
    from diagsources.check.through import Through

CERTIFICATES_LOOKED_AT = 100
"""Of how many hosts the certificate's end is looked at in one run: the fast engine does not tell it, and
each look costs a connection of its own."""

_LARGEST_CERTIFICATE = 65_536
_FETCH_S = 5.0
_FETCH_REDIRECTS = 4


class Engine:
    """Asks fast, and precisely where that does not say; *names* resolves and guards for both."""

    def __init__(self, names: Names, *, timeout_s: float, connections: int, fast_first: bool = True) -> None:
        self._names = names
        self._timeout_s = timeout_s
        self._connections = connections
        self._trust = Trust(self._fetch)
        self._made: Through | None = None
        self._plain = PlainSender(names) if fast_first else None
        self._fast: FastSender | None = None
        self._certificates: OrderedDict[str, asyncio.Task[float | None]] = OrderedDict()

    @property
    def has_two_opinions(self) -> bool:
        """Whether a second opinion differs from the first."""
        return self._plain is not None

    async def send(self, url: str, fields: Fields, seconds: float, *, second: bool = False) -> Reply:
        """As `Sender` has it."""
        first = self._plain if url.startswith("http://") else self._secure()
        if second:
            self._names.doubt(host_of(url))
        if first is None or second:
            return await self._precise().send(url, fields, seconds)
        try:
            reply = await first.send(url, fields, seconds)
        except Unsure:
            return await self._precise().send(url, fields, seconds)
        last = await self._certificate_ends(url) if first is self._fast else None
        return reply._replace(certificate_ends=last) if last is not None else reply

    def expect(self, url: str) -> None:
        """As `Sender` has it: its name is looked up."""
        host = host_of(url)
        if not PLAIN_NAME.match(host):  # an address, or one that is to be read with care
            return
        self._names.foresee(host)
        if url.startswith("https:") and (fast := self._secure()) is not None:
            fast.expect(host)

    async def aclose(self) -> None:
        pending = [task for task in self._certificates.values() if not task.done()]
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        for first in (self._plain, self._fast):
            if first is not None:
                await first.aclose()
        if self._made is not None:
            await self._made.transport.aclose()
        await self._names.aclose()

    def _secure(self) -> "FastSender | None":
        """The fast engine for https, made when first asked: 10 ms; None where there is none."""
        if self._fast is None and self.has_two_opinions:
            from diagsources.check import fast

            self._fast = fast.FastSender(self._names, timeout_s=self._timeout_s) if fast.AVAILABLE else None
        return self._fast

    def _precise(self) -> "Through":
        """The precise engine, made when first asked: to load it takes as long as a thousand links."""
        if self._made is None:
            from diagsources.check.precise import PreciseTransport
            from diagsources.check.through import Through

            self._made = Through(PreciseTransport(self._names, self._trust, connections=self._connections))
        return self._made

    async def _certificate_ends(self, url: str) -> float | None:
        """When the certificate of a host that the fast engine trusts ends, from a look at the first hosts."""
        server = server_of(url)
        look = self._certificates.get(server)
        if look is None:
            if len(self._certificates) >= CERTIFICATES_LOOKED_AT:
                return None
            look = self._certificates[server] = asyncio.create_task(self._look(url))
        return look.result() if look.done() else await asyncio.shield(look)

    async def _look(self, url: str) -> float | None:
        parts = urlsplit(url)
        host = parts.hostname or ""
        try:
            async with asyncio.timeout(min(self._timeout_s, 5.0)):
                address = by_age(await self._names.addresses(host))
                return ends(await self._trust.shown(host, address, parts.port or 443))
        except Exception as error:  # noqa: BLE001 - fault_of raises again what is not the network's
            fault_of(error)
            return None

    async def _fetch(self, url: str) -> bytes:
        """The bytes at an http address that a certificate names; none where it does not answer so."""
        import httpx

        try:
            async with asyncio.timeout(_FETCH_S):
                for _ in range(_FETCH_REDIRECTS):
                    response, body = await self._get(url)
                    if "location" not in response.headers:
                        return body if response.status_code == 200 else b""
                    url = str(httpx.URL(url).join(response.headers["location"]))
        except Exception as error:  # noqa: BLE001 - fault_of raises again what is not the network's
            fault_of(error)
        return b""

    async def _get(self, url: str) -> "tuple[httpx.Response, bytes]":
        if not url.startswith("http://"):
            raise Failed(Fault.UNSAFE_REDIRECT)
        import httpx

        timeout = dict.fromkeys(("connect", "read", "write"), _FETCH_S)
        request = httpx.Request("GET", url, extensions={"timeout": timeout})
        response = await self._precise().transport.handle_async_request(request)
        try:
            return response, await read_all(response.aiter_raw(), _LARGEST_CERTIFICATE)
        finally:
            await response.aclose()
