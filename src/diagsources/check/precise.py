"""The precise engine: httpx's own transport, on connections that we resolve, guard and complete ourselves.

It tells exactly what went wrong, tries every address of a name as browsers do (RFC 8305), forgives the
header lines that they forgive, and fetches the certificate that a careless server does not send.
"""

import asyncio
import ssl
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx

from diagsources.check.certificates import Trust, certificate_ends
from diagsources.check.faults import Failed
from diagsources.check.forgiving import Head
from diagsources.check.names import Names, by_family
from diagsources.verdict import Fault

_NEXT_ADDRESS_S = 0.25
"""How long one address is waited for before the next is tried beside it (RFC 8305 §8), in seconds."""

_MOST_ADDRESSES = 6

_STEP_S = 5.0
"""Longest wait for a handshake (seconds), where none is given."""
_FETCH_S = 2.0
"""How long the certificates that are missing may take at least (seconds)."""


class PreciseTransport(httpx.AsyncHTTPTransport):
    """A transport that goes to the addresses that *names* allows, and trusts as *trust* says."""

    def __init__(self, names: Names, trust: Trust, *, connections: int) -> None:
        unused = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # the streams below have their own
        super().__init__(verify=unused)
        # httpx gives no way to pass a network backend: its pool is made again with ours
        self._names = names
        self._backend = _Backend(names, trust)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=unused,
            max_connections=connections,
            max_keepalive_connections=0,
            network_backend=self._backend,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await self._names.all_addresses(request.url.host)  # names have their own time
        async with asyncio.timeout(request.extensions.get("timeout", {}).get("read")):
            response = await super().handle_async_request(request)
        stream = response.extensions.get("network_stream")
        if isinstance(stream, _Stream):
            response.extensions["chain_completed"] = stream.chain_completed
            response.extensions["certificate_ends"] = stream.certificate_ends
        return response


class _Backend(httpcore.AnyIOBackend):
    def __init__(self, names: Names, trust: Trust) -> None:
        self._names = names
        self.trust = trust

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> "_Stream":
        addresses = by_family(await self._names.all_addresses(host))[:_MOST_ADDRESSES]
        address, stream = await self._first_of(addresses, port, timeout)
        return _Stream(stream, self, address, port)

    async def one(self, address: str, port: int, timeout: float | None) -> httpcore.AsyncNetworkStream:
        """A connection to one *address*."""
        return await super().connect_tcp(address, port, timeout)

    async def _first_of(
        self, addresses: list[str], port: int, timeout: float | None
    ) -> tuple[str, httpcore.AsyncNetworkStream]:
        """The first connection made, each address given a head start over the next; the others are closed."""
        trying: dict[asyncio.Task[httpcore.AsyncNetworkStream], str] = {}
        error: BaseException = Failed(Fault.TCP_UNREACHABLE)
        left = list(addresses)
        try:
            while left or trying:
                if left:
                    address = left.pop(0)
                    trying[asyncio.create_task(self.one(address, port, timeout))] = address
                wait = _NEXT_ADDRESS_S if left else None
                done, _ = await asyncio.wait(trying, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    address = trying.pop(task)
                    failure = task.exception()
                    if failure is None:
                        return address, task.result()
                    error = failure
            raise error
        finally:
            for task in trying:
                task.cancel()
            for made in await asyncio.gather(*trying, return_exceptions=True):
                if isinstance(made, httpcore.AsyncNetworkStream):
                    await made.aclose()


class _Stream(httpcore.AsyncNetworkStream):
    """A connection, its first header section made readable for a strict parser."""

    def __init__(self, inner: httpcore.AsyncNetworkStream, backend: _Backend, address: str, port: int) -> None:
        self._inner = inner
        self._backend = backend
        self._address = address
        self._port = port
        self._head = Head()
        self.chain_completed = False
        self.certificate_ends: float | None = None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        while not self._head.ready:
            more = await self._inner.read(max_bytes, timeout)
            self._head.feed(more)
            if self._head.foreign:
                raise Failed(Fault.NOT_HTTP)
        buffered = self._head.take(max_bytes)
        return buffered or await self._inner.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        # a name's last dot is nobody's: certificates and browsers leave it out
        host, trust = (server_hostname or self._address).removesuffix("."), self._backend.trust
        completed = trust.known(host, self._port)
        try:
            await self._secure(completed or trust.context, host, timeout)
        except httpcore.ConnectError as error:
            # the rest of the time is for the handshake that follows
            whole = timeout or _STEP_S
            seconds = max(whole / 3, min(whole / 2, _FETCH_S))
            used = completed or trust.context
            context = await trust.complete(error, host, self._address, self._port, used=used, seconds=seconds)
            if context is None:
                raise
            self._inner = await self._backend.one(self._address, self._port, timeout)
            await self._secure(context, host, timeout)
            completed = context
        self.chain_completed = completed is not None
        self.certificate_ends = certificate_ends(self.get_extra_info("ssl_object"))
        return self

    async def _secure(self, context: ssl.SSLContext, host: str, timeout: float | None) -> None:
        """The handshake; a connection that it fails on is closed, whatever ended it."""
        plain = self._inner
        try:
            self._inner = await plain.start_tls(context, host, timeout)
        except BaseException:
            await asyncio.shield(plain.aclose())
            raise
