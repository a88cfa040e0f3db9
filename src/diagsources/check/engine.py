"""httpx's own transport, on connections that we resolve and guard ourselves.

A name is resolved once, its addresses are looked at, and the connection is made to the address that
was looked at: a name that changes in between does not get through.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import httpcore
import httpx

from diagsources.check.faults import Refused
from diagsources.verdict import Fault

_RESOLVERS = 32
"""Threads for look-ups: the loop's own pool has six on two cores, and a slow name holds one."""

_FALLBACK_S = 4.0
"""Longest wait for an address (seconds) while another of the same name is left to try."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class GuardedTransport(httpx.AsyncHTTPTransport):
    """A transport that goes to public addresses only, unless *allow_private*."""

    def __init__(self, *, allow_private: bool, connections: int) -> None:
        context = ssl.create_default_context()
        super().__init__(verify=context)
        self._backend = _GuardedBackend(allow_private=allow_private)
        # httpx gives no way to pass a network backend: its pool is made again with ours
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=connections,
            max_keepalive_connections=20,
            keepalive_expiry=5.0,
            network_backend=self._backend,
        )

    async def aclose(self) -> None:
        """Closes every connection, and forgets the look-ups still under way."""
        await super().aclose()
        self._backend.close()


class _GuardedBackend(httpcore.AnyIOBackend):
    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._executor = ThreadPoolExecutor(_RESOLVERS, thread_name_prefix="resolve")
        self._known: dict[str, asyncio.Future[tuple[str, ...]]] = {}

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = self._allowed(await self._resolve(host))
        for last, address in enumerate(addresses, start=1 - len(addresses)):
            wait = timeout if last == 0 or timeout is None else min(timeout, _FALLBACK_S)
            try:
                return await super().connect_tcp(address, port, wait, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if last == 0:
                    raise
        raise Refused(Fault.PRIVATE_ADDRESS)

    def close(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _allowed(self, addresses: tuple[str, ...]) -> tuple[str, ...]:
        if self._allow_private:
            return addresses
        return tuple(address for address in addresses if is_public(ipaddress.ip_address(address.partition("%")[0])))

    async def _resolve(self, host: str) -> tuple[str, ...]:
        """The addresses of *host*, asked once; raises `socket.gaierror`."""
        future = self._known.get(host)
        if future is None:
            loop = asyncio.get_running_loop()
            future = self._known[host] = loop.run_in_executor(self._executor, _addresses, host)
        return await asyncio.shield(future)


def _addresses(host: str) -> tuple[str, ...]:
    found = socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(info[4][0]) for info in found))


def is_public(address: Address) -> bool:
    """Whether *address* is one of the public Internet, however it is wrapped in IPv6."""
    if isinstance(address, ipaddress.IPv6Address):
        embedded = address.ipv4_mapped or address.sixtofour
        if embedded is None and address in _NAT64:
            embedded = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if embedded is not None:
            return is_public(embedded)
    return address.is_global and not address.is_multicast
