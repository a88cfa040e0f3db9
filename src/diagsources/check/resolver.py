"""Name servers asked, by c-ares on the event loop.

c-ares can have a thread of its own. At each answer that one waits for ours, and at each question ours for it, which
costs a run over many hosts some 7 %; so it has one only where a loop watches no sockets (Windows).
"""

import asyncio
import socket
import sys
from contextlib import suppress
from functools import partial
from typing import TypeAlias

import pycares
from pycares import errno

from diagsources.verdict import Fault

_WAIT_S, _OWN_WAIT_S = 2.5, 0.5
"""How long a server is waited for the first time (seconds), of the machine's and of those that are given."""
_TRIES = 2
_TICK_S = 0.5
"""From one look at what has waited too long to the next (seconds)."""

_UNSORTED = 0x80
"""ARES_AI_NOSORT of ares.h: not to try a socket on each address for their order, which is ours to choose."""

_MEANINGS = {
    errno.ARES_ENOTFOUND: Fault.DNS_NXDOMAIN,
    errno.ARES_ENODATA: Fault.DNS_NO_ADDRESS,
    errno.ARES_ETIMEOUT: Fault.DNS_TIMEOUT,
}

Found: TypeAlias = tuple[str, ...] | Fault


class Resolver:
    """The machine's name servers, or the one given (its address and port); what they answer is remembered as long
    as they allow. To be made where the loop runs, and closed."""

    def __init__(self, server: tuple[str, int] | None = None, *, on_the_loop: bool = sys.platform != "win32") -> None:
        self._loop = asyncio.get_running_loop()
        self._on_the_loop = on_the_loop
        self._is_open = True
        self._watched: set[int] = set()
        self._timer: asyncio.TimerHandle | None = None
        address, port = server or ("", None)
        self._channel = pycares.Channel(
            timeout=_OWN_WAIT_S if server else _WAIT_S,
            tries=_TRIES,
            servers=[address] if server else None,
            udp_port=port,
            tcp_port=port,
            sock_state_cb=self._watch if on_the_loop else None,
        )

    async def look_up(self, host: str, family: socket.AddressFamily) -> Found:
        """The addresses of *host*, an ASCII name, in no order; at least one, or why there are none."""
        found: asyncio.Future[Found] = self._loop.create_future()
        self._channel.getaddrinfo(
            host, None, family=family, type=socket.SOCK_STREAM, flags=_UNSORTED, callback=partial(self._answered, found)
        )
        return await found

    def close(self) -> None:
        """Ends what is under way; nobody is told of it."""
        if self._timer is not None:
            self._timer.cancel()
        for fd in tuple(self._watched):
            self._watch(fd, False, False)
        self._is_open = False
        self._channel.close()

    def _answered(
        self, found: "asyncio.Future[Found]", result: pycares.AddrInfoResult | None, code: int | None
    ) -> None:
        """Takes what c-ares says; when it is closed, it says so from a thread of its own."""
        if not self._is_open:
            return
        if result is not None:
            addresses = tuple(dict.fromkeys(bytes(node.addr[0]).decode("ascii") for node in result.nodes))
            says: Found = addresses or Fault.DNS_NO_ADDRESS
        else:
            says = _MEANINGS.get(code or 0, Fault.DNS_FAILURE)
        if self._on_the_loop:
            _tell(found, says)
        else:
            with suppress(RuntimeError):  # the loop has ended, and nobody waits any more
                self._loop.call_soon_threadsafe(_tell, found, says)

    def _watch(self, fd: int, readable: bool, writable: bool) -> None:
        """Has the loop look at *fd*, or no more: when a channel is closed, that is told once more by a thread."""
        if not self._is_open:
            return
        if readable:
            self._loop.add_reader(fd, self._channel.process_read_fd, fd)
        else:
            self._loop.remove_reader(fd)
        if writable:
            self._loop.add_writer(fd, self._channel.process_write_fd, fd)
        else:
            self._loop.remove_writer(fd)
        if not (readable or writable):
            self._watched.discard(fd)
            return
        self._watched.add(fd)
        if self._timer is None:
            self._timer = self._loop.call_later(_TICK_S, self._tick)

    def _tick(self) -> None:
        """Gives up, or asks again, what has waited too long."""
        self._timer = None
        if self._watched:
            self._timer = self._loop.call_later(_TICK_S, self._tick)
            for fd in tuple(self._watched):  # what came while we were busy is not late
                self._channel.process_read_fd(fd)
            self._channel.process_fd(pycares.ARES_SOCKET_BAD, pycares.ARES_SOCKET_BAD)


def _tell(found: "asyncio.Future[Found]", says: Found) -> None:
    if not found.done():  # whoever asked has gone
        found.set_result(says)
