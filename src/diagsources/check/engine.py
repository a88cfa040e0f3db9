"""httpx's own transport, on connections that we resolve and guard ourselves.

A name is resolved once, its addresses are looked at, and the connection is made to the address that
was looked at: a name that changes in between does not get through.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Iterable
from contextlib import suppress
from threading import Thread

import httpcore
import httpx

from diagsources.check.faults import Refused, fault_of
from diagsources.verdict import Fault

_RESOLVERS = 32
"""Look-ups at once: the loop's own pool has six threads on two cores, and a slow name holds one."""

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


class _GuardedBackend(httpcore.AnyIOBackend):
    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._at_once = asyncio.Semaphore(_RESOLVERS)
        self._known: dict[str, asyncio.Task[tuple[str, ...] | Exception]] = {}

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

    def _allowed(self, addresses: tuple[str, ...]) -> tuple[str, ...]:
        if self._allow_private:
            return addresses
        return tuple(address for address in addresses if is_public(ipaddress.ip_address(address.partition("%")[0])))

    async def _resolve(self, host: str) -> tuple[str, ...]:
        """The addresses of *host*, asked once unless the resolver failed; raises `socket.gaierror`."""
        task = self._known.get(host)
        if task is None:
            task = self._known[host] = asyncio.create_task(self._look_up(host))
        found = await asyncio.shield(task)
        if isinstance(found, Exception):
            if fault_of(found) is Fault.DNS_FAILURE:  # it may heal: whoever tries again asks again
                self._known.pop(host, None)
            raise found
        return found

    async def _look_up(self, host: str) -> tuple[str, ...] | Exception:
        """The addresses of *host*, or why there are none, from a thread that nobody waits for at the end.

        A resolver can take half a minute, and an executor's threads hold the process until they are done.
        """
        loop = asyncio.get_running_loop()
        async with self._at_once:
            found: asyncio.Future[tuple[str, ...] | Exception] = loop.create_future()

            def tell(addresses: tuple[str, ...] | Exception) -> None:
                if not found.done():
                    found.set_result(addresses)

            def look_up() -> None:
                with suppress(RuntimeError):  # the loop has ended, and nobody waits any more
                    loop.call_soon_threadsafe(tell, _addresses(host))

            Thread(target=look_up, name=f"resolve {host}", daemon=True).start()
            return await found


def _addresses(host: str) -> tuple[str, ...] | Exception:
    try:
        found = socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        return error
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
