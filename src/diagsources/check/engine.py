"""What a run sends through: the fast engine first, the precise one for what it cannot say, and for a second
opinion."""

import asyncio
from collections import OrderedDict

import httpx

from diagsources.check import fast
from diagsources.check.body import read_all
from diagsources.check.certificates import Trust
from diagsources.check.faults import Failed, fault_of
from diagsources.check.names import Names
from diagsources.check.plain import PlainSender
from diagsources.check.precise import PreciseTransport
from diagsources.check.sender import Fields, Reply, Through, Unsure
from diagsources.verdict import Fault

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
        self._transport = PreciseTransport(names, Trust(self._fetch), connections=connections)
        self._precise = Through(self._transport)
        self._plain = PlainSender(names) if fast_first else None
        self._fast = fast.FastSender(names, timeout_s=timeout_s) if fast.AVAILABLE and fast_first else None
        self._certificates: OrderedDict[str, asyncio.Task[float | None]] = OrderedDict()

    @property
    def has_two_opinions(self) -> bool:
        """Whether a second opinion differs from the first."""
        return self._plain is not None

    async def send(self, url: str, fields: Fields, seconds: float, *, second: bool = False) -> Reply:
        """As `Sender` has it."""
        first = self._plain if url.startswith("http://") else self._fast
        if first is None or second:
            return await self._precise.send(url, fields, seconds)
        try:
            reply = await first.send(url, fields, seconds)
        except Unsure:
            return await self._precise.send(url, fields, seconds)
        if url.startswith("https:"):
            return reply._replace(certificate_ends=await self._certificate_ends(httpx.URL(url)))
        return reply

    async def aclose(self) -> None:
        pending = [task for task in self._certificates.values() if not task.done()]
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        for first in (self._plain, self._fast):
            if first is not None:
                await first.aclose()
        await self._transport.aclose()
        await self._names.aclose()

    async def _certificate_ends(self, url: httpx.URL) -> float | None:
        """When the certificate of a host that the fast engine trusts ends, from a look at the first hosts."""
        key = f"{url.host}:{url.port or 443}"
        look = self._certificates.get(key)
        if look is None:
            if len(self._certificates) >= CERTIFICATES_LOOKED_AT:
                return None
            look = self._certificates[key] = asyncio.create_task(self._look(url.host, url.port or 443))
        return await asyncio.shield(look)

    async def _look(self, host: str, port: int) -> float | None:
        try:
            async with asyncio.timeout(min(self._timeout_s, 5.0)):
                return await self._transport.certificate_ends(host, port)
        except Exception as error:  # noqa: BLE001 - fault_of raises again what is not the network's
            fault_of(error)
            return None

    async def _fetch(self, url: str) -> bytes:
        """The bytes at an http address that a certificate names; none where it does not answer so."""
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

    async def _get(self, url: str) -> tuple[httpx.Response, bytes]:
        if not url.startswith("http://"):
            raise Failed(Fault.UNSAFE_REDIRECT)
        timeout = dict.fromkeys(("connect", "read", "write"), _FETCH_S)
        request = httpx.Request("GET", url, extensions={"timeout": timeout})
        response = await self._transport.handle_async_request(request)
        try:
            return response, await read_all(response.aiter_raw(), _LARGEST_CERTIFICATE)
        finally:
            await response.aclose()
