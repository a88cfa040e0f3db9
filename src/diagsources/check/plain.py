"""The plain engine: http without TLS, by a protocol of our own on the event loop.

It takes what RFC 9112 allows and nothing else: `precise.py`, which forgives, has the last word on the rest.
Here because pyreqwest, which has threads of its own, costs twice the time of the loop's.
"""

import asyncio
import re
from collections import OrderedDict
from functools import lru_cache
from typing import TypeAlias

from diagsources.check.answer import Answer
from diagsources.check.faults import Failed, fault_of
from diagsources.check.names import Names, by_age
from diagsources.check.sender import MAYBE_ANOTHER_ADDRESS, Fields, Reply, Unsure, is_plain
from diagsources.verdict import Fault

_CONNECT_S = 5.0
"""Longest wait for a connection (seconds): the precise engine tries the other addresses of a name."""

_IDLE_S = 2.0
"""How long a connection is kept for another request (seconds)."""

_IDLE = 256
"""How many connections are kept at one time."""

_IDLE_A_PLACE = 8
"""How many of them to one place."""

_REDIRECT_BODY_S = 1.0
"""How long the body of a redirect is waited for (seconds): only to keep its connection."""


_URL = re.compile(
    r"http://([a-z0-9_.-]+)(?::([0-9]{1,5}))?"
    r"(?![^?]*/\.{1,2}(?:[/?]|\Z))"  # a path with dots for steps is to be shortened first
    r"((?:[/?][!-\"$-~]*)?)\Z"
)
_FIELD = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+: [\t -~]*")

_Place: TypeAlias = tuple[str, int, str]
"""Where a connection goes, and what for: address, port, host."""


class PlainSender:
    """Sends to http URLs; raises `Failed`, and `Unsure` where the precise engine is to be asked."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._idle = _Idle()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def send(self, url: str, fields: Fields, seconds: float) -> Reply:
        """The reply to GET *url*, within so many *seconds*; names may take longer."""
        host, port, request = _request(url, fields)
        address = by_age(await self._names.addresses(host))
        try:
            answer = await self._answer((address, port, host), request, seconds)
        except Failed as error:
            if error.fault in MAYBE_ANOTHER_ADDRESS and await self._names.has_others(host):
                raise Unsure from error
            raise
        return answer.reply()

    async def aclose(self) -> None:
        """Closes the connections that were kept."""
        self._idle.close()
        await asyncio.sleep(0)  # the loop closes sockets in its next round

    async def _answer(self, place: _Place, request: bytes, seconds: float) -> "Answer":
        """The answer from *place*, over a connection that was kept where there is one and it still holds."""
        loop = self._loop or self._running_loop()
        deadline = loop.time() + seconds
        kept = self._idle.take(place)
        if kept is not None:
            answer = kept.ask(request, deadline)
            try:
                return await self._ended(kept, answer, place)
            except Failed as error:
                if answer.has_begun or error.fault not in (Fault.CLOSED, Fault.TCP_RESET):
                    raise
        fresh = _Connection(loop)
        answer = fresh.ask(request, deadline)
        await _connected(fresh, place, min(deadline, loop.time() + _CONNECT_S))
        return await self._ended(fresh, answer, place)

    async def _ended(self, connection: "_Connection", answer: "Answer", place: _Place) -> "Answer":
        """*answer* when it has come; *connection* is then kept or closed."""
        try:
            await connection.done
        except BaseException:
            connection.close()
            raise
        if answer.is_to_the_end:
            self._idle.put(place, connection)
        else:
            connection.close()
        return answer

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        """The loop, asked for once: it costs a system call before Python 3.12."""
        self._loop = asyncio.get_running_loop()
        return self._loop


def _request(url: str, fields: Fields) -> tuple[str, int, bytes]:
    """The host and the port of *url*, and what is said there; raises `Unsure` where a parser might see another
    host in it, or a server another request."""
    parts = _URL.match(url)
    if parts is None:
        raise Unsure
    host, named_port, target = parts.groups()
    port = int(named_port or 80)
    lines = _lines(fields)
    if lines is None or not (0 < port < 65_536 and is_plain(host)):
        raise Unsure
    path = target if target.startswith("/") else "/" + target
    named = host if port == 80 else f"{host}:{port}"
    return host, port, f"GET {path} HTTP/1.1\r\nHost: {named}\r\n{lines}\r\n".encode("ascii")


@lru_cache(maxsize=64)
def _lines(fields: Fields) -> str | None:
    """*fields* as they are sent; None where they are not to be sent so."""
    lines = [f"{name}: {value}" for name, value in fields]
    return "".join(f"{line}\r\n" for line in lines) if all(map(_FIELD.fullmatch, lines)) else None


async def _connected(connection: "_Connection", place: _Place, deadline: float) -> None:
    """Connects *connection*, which then asks what it was given to; raises `Failed`."""
    address, port, _ = place
    try:
        async with asyncio.timeout_at(deadline):
            await connection.loop.create_connection(lambda: connection, address, port)
    except BaseException as error:
        connection.close()
        if isinstance(error, OSError):
            raise Failed(Fault.CONNECT_TIMEOUT if isinstance(error, TimeoutError) else fault_of(error)) from error
        raise


class _Idle:
    """Connections that wait for another request: not many, and not for long."""

    def __init__(self) -> None:
        self._oldest_first: OrderedDict[_Connection, _Place] = OrderedDict()
        self._by_place: dict[_Place, list[_Connection]] = {}
        self._timer: asyncio.TimerHandle | None = None

    def take(self, place: _Place) -> "_Connection | None":
        """The last one kept to *place* that is still open."""
        while place in self._by_place:
            connection = self._by_place[place][-1]
            self._remove(connection)
            if connection.is_open:
                return connection
        return None

    def put(self, place: _Place, connection: "_Connection") -> None:
        """Keeps *connection*, or another for it."""
        here = self._by_place.setdefault(place, [])
        here.append(connection)
        self._oldest_first[connection] = place
        connection.kept_until = connection.loop.time() + _IDLE_S
        if len(here) > _IDLE_A_PLACE:
            self._close(here[0])
        if len(self._oldest_first) > _IDLE:
            self._close(next(iter(self._oldest_first)))
        if self._timer is None:
            self._timer = connection.loop.call_later(_IDLE_S, self._expire)

    def close(self) -> None:
        """Closes them all."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        for connection in list(self._oldest_first):
            self._close(connection)

    def _expire(self) -> None:
        self._timer = None
        while self._oldest_first:
            oldest = next(iter(self._oldest_first))
            if oldest.kept_until > oldest.loop.time():
                self._timer = oldest.loop.call_at(oldest.kept_until, self._expire)
                break
            self._close(oldest)

    def _close(self, connection: "_Connection") -> None:
        self._remove(connection)
        connection.close()

    def _remove(self, connection: "_Connection") -> None:
        place = self._oldest_first.pop(connection)
        here = self._by_place[place]
        here.remove(connection)
        if not here:
            del self._by_place[place]


class _Connection(asyncio.Protocol):
    """Asks one thing at a time, the first as soon as it is connected."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.done: asyncio.Future[None]
        """When what was asked is answered; raises `Failed` and `Unsure`."""
        self.kept_until = 0.0
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._answer: Answer | None = None
        self._request = b""
        self._deadline = 0.0

    @property
    def is_open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    def ask(self, request: bytes, deadline: float) -> "Answer":
        """What is answered to *request* by *deadline*, in the loop's time, once it is `done`."""
        self._answer = answer = Answer()
        self._request, self._deadline = request, deadline
        self.done = self.loop.create_future()
        if self._transport is not None:
            self._send(self._transport)
        return answer

    def close(self) -> None:
        """Closes at once; nothing comes of what was asked."""
        self._answer = None
        if self._timer is not None:
            self._timer.cancel()
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # of TCP it is one
        self._transport = transport
        self._send(transport)

    def data_received(self, data: bytes) -> None:
        answer = self._answer
        if answer is None:  # nothing was asked
            self.close()
            return
        try:
            if answer.feed(data):
                self._finish()
            elif answer.is_redirect:
                self._hurry()
        except Unsure as error:
            self._finish(None if answer.is_redirect else error)

    def connection_lost(self, error: Exception | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._answer is not None:
            self._finish(self._answer.fault_at_end(error))

    def _send(self, transport: asyncio.Transport) -> None:
        self._watch()
        transport.write(self._request)

    def _watch(self) -> None:
        """Sees to it that the deadline is heeded: by the timer of an earlier request where there is one, since
        to make one for each costs more than to look again."""
        if self._timer is not None and self._timer.when() > self._deadline:
            self._timer.cancel()
            self._timer = None
        if self._timer is None:
            self._timer = self.loop.call_at(self._deadline, self._expire)

    def _hurry(self) -> None:
        """Brings the deadline forward, once."""
        soon = self.loop.time() + _REDIRECT_BODY_S
        if soon < self._deadline:
            self._deadline = soon
            self._watch()

    def _expire(self) -> None:
        self._timer = None
        if self._answer is None:
            return
        if self._deadline > self.loop.time():
            self._watch()
        else:
            self._finish(self._answer.fault_in_time())

    def _finish(self, error: Exception | None = None) -> None:
        self._answer = None
        if self.done.done():  # whoever asked has gone
            return
        if error is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(error)
