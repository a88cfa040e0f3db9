"""The fast engine: https by pyreqwest, each name pinned to the address that was looked at.

It is precise about what is good and coarse about what is not: `precise.py` has the last word on that.
"""

import asyncio
import os
import re
from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from diagsources.check.aside import aside
from diagsources.check.body import Body, Broken, decoded, read_body
from diagsources.check.faults import Failed
from diagsources.check.names import Names, by_age
from diagsources.check.sender import (
    MAYBE_ANOTHER_ADDRESS,
    PLAIN_IPV4,
    Fields,
    Reply,
    Unsure,
    by_name,
    is_plain,
    redirects,
)
from diagsources.verdict import Fault

# its allocator, mimalloc, would ask for huge pages, of which our many short connections touch a little each: without,
# a run over 2,000 hosts takes a fifth less memory, and no more time
os.environ.setdefault("MIMALLOC_ALLOW_THP", "0")
try:
    from pyreqwest.client import Client, ClientBuilder
    from pyreqwest.exceptions import PyreqwestError
    from pyreqwest.runtime import runtime_worker_threads
except ImportError:  # no wheel for this machine: the precise engine does it all
    AVAILABLE = False
else:
    AVAILABLE = True
    # one goes on with handshakes while the other waits to tell us of an answer
    runtime_worker_threads(2)

if TYPE_CHECKING:
    from pyreqwest.response import Response, ResponseBodyReader

_CONNECT_S = 5.0
"""Longest wait for a connection (seconds): the precise engine tries the other addresses of a name."""

_BATCH = 256
"""How many names are waited for at most before a client that pins them is built: it costs 6 ms, for the
authorities that it trusts."""

_MOST = 2_048
"""How many names one client pins: with those that are waited for, those that are expected."""

_GATHER_S = 0.01
"""How long names are gathered for the first client (seconds), and for each that follows four times as long."""

_GATHER_AT_MOST_S = 0.16

_EXPECTED = 20_000
"""How many names are kept that no client pins yet."""

_CLIENTS = 64
"""How many clients are kept; the names of the oldest are pinned again when they come again."""

_CAUSES = (
    ("os error 111", Fault.TCP_REFUSED),
    ("connection refused", Fault.TCP_REFUSED),
    ("os error 104", Fault.TCP_RESET),
    ("connection reset", Fault.TCP_RESET),
    ("forcibly closed", Fault.TCP_RESET),
    ("broken pipe", Fault.TCP_RESET),
    ("unreachable", Fault.TCP_UNREACHABLE),
    ("certificate", Fault.TLS_UNTRUSTED),
    ("handshake eof", Fault.CLOSED),
    ("tls", Fault.TLS_PROTOCOL),
    ("corrupt message", Fault.TLS_PROTOCOL),
    ("closed before message", Fault.CLOSED),
    ("unexpected eof", Fault.CLOSED),
    ("invalid http", Fault.NOT_HTTP),
)
"""What the causes of an error say, in lower case, and the fault that this stands for: the first that fits."""


_ORIGIN = re.compile(r"https://([a-z0-9_.-]+)(?::[0-9]{1,5})?(?=[/?]|\Z)")

_SHORT_BODY = 16_384
"""A body that comes in one piece with its header section, mostly (bytes)."""

_REDIRECT_BODY_S = 1.0


class FastSender:
    """Sends to https URLs by pyreqwest; raises `Failed`, and `Unsure` where the precise engine is to be asked."""

    def __init__(self, names: Names, *, timeout_s: float) -> None:
        self._names = names
        self._timeout_s = timeout_s
        self._pinned = _Pinned(names, timeout_s)
        self._literal: Client | None = None

    async def send(self, url: str, fields: Fields, seconds: float) -> Reply:
        """The reply to GET *url*, within so many *seconds*."""
        if not fields[-1][1].isascii():  # a cookie, which pyreqwest would not send
            raise Unsure
        host = _host(url)
        client = await self._client_for(host)
        # what is read of the body is ours to say: it may hang after a header section that tells all
        request = client.get(url).headers(list(fields)).streamed_read_buffer_limit(0)
        if seconds < self._timeout_s:
            request = request.timeout(timedelta(seconds=seconds))
        try:
            async with request.build_streamed() as answer:
                named = _headers(answer)
                return Reply(answer.status, named, await _body(answer, named, seconds))
        except PyreqwestError as error:
            fault = _fault_of(error)
            if fault in MAYBE_ANOTHER_ADDRESS and await self._names.has_others(host):
                raise Unsure from error
            raise Failed(fault) from error

    def expect(self, host: str) -> None:
        """Takes note that *host*, a plain name, will be sent to."""
        self._pinned.expect(host)

    async def aclose(self) -> None:
        await self._pinned.aclose()

    async def _client_for(self, host: str) -> "Client":
        """A client that goes for *host* to an address that was looked at."""
        address = by_age(await self._names.addresses(host))
        if PLAIN_IPV4.match(host):
            return self._for_literals()
        if not is_plain(host):
            raise Unsure
        return await self._pinned.client_for(host, address)

    def _for_literals(self) -> "Client":
        if self._literal is None:
            self._literal = _builder(self._timeout_s).build()
        return self._literal


class _Pinned:
    """Clients that pin a batch of names each."""

    def __init__(self, names: Names, timeout_s: float) -> None:
        self._names = names
        self._timeout_s = timeout_s
        self._expected: OrderedDict[str, None] = OrderedDict()
        """Names that no client pins yet, and that will be asked for."""
        self._clients: OrderedDict[int, Mapping[str, str]] = OrderedDict()
        self._by_name: dict[tuple[str, str], Client] = {}
        self._coming: dict[tuple[str, str], asyncio.Future[Client]] = {}
        """The clients that are being made or gathered for, by the names and addresses that they pin."""
        self._gathered: dict[str, str] = {}
        """The addresses of the names that the next client is for, and that are asked for."""
        self._next: asyncio.Future[Client] | None = None
        self._flush: asyncio.TimerHandle | None = None
        self._gather_s = _GATHER_S
        self._making: set[asyncio.Task[None]] = set()

    def expect(self, host: str) -> None:
        self._expected[host] = None
        if len(self._expected) > _EXPECTED:
            self._expected.popitem(last=False)

    async def client_for(self, host: str, address: str) -> "Client":
        client = self._by_name.get((host, address))
        if client is not None:
            return client
        coming = self._coming.get((host, address)) or self._gather(host, address)
        return await asyncio.shield(coming)

    def _gather(self, host: str, address: str) -> "asyncio.Future[Client]":
        """The next client, which is to pin *host* to *address* too."""
        if host in self._gathered:  # to another address
            self._begin()
        loop = asyncio.get_running_loop()
        coming = self._next = self._coming[host, address] = self._next or loop.create_future()
        self._gathered[host] = address
        if len(self._gathered) >= _BATCH:
            self._begin()
        elif self._flush is None:
            self._flush = loop.call_later(self._gather_s, self._begin)
        return coming

    def _begin(self) -> None:
        """Has the next client made, for those that are asked for and those that will be."""
        if self._flush is not None:
            self._flush.cancel()
            self._flush = None
        if self._next is None:
            return
        self._gather_s = min(4 * self._gather_s, _GATHER_AT_MOST_S)
        coming, self._next = self._next, None
        gathered, self._gathered = self._gathered, {}
        batch = gathered | self._found(_MOST - len(gathered), besides=gathered)
        self._coming.update(dict.fromkeys(batch.items(), coming))
        task = asyncio.create_task(self._make(batch, coming))
        self._making.add(task)
        task.add_done_callback(self._making.discard)

    async def _make(self, batch: Mapping[str, str], coming: "asyncio.Future[Client]") -> None:
        """The client that is *coming*, for *batch*: beside the loop, for it takes long."""
        try:
            client = await aside(partial(_pinning, batch, self._timeout_s), name="client")
        except (ValueError, PyreqwestError):  # an address with a scope, say
            _fail(coming, Unsure())
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # noqa: BLE001 - no thread, say: whoever waits raises it
            _fail(coming, error)
        else:
            coming.set_result(client)
            self._keep(client, batch)
        finally:
            coming.cancel()
            for name in batch.items():
                self._coming.pop(name, None)

    def _keep(self, client: "Client", batch: Mapping[str, str]) -> None:
        self._clients[id(client)] = batch
        self._by_name.update(dict.fromkeys(batch.items(), client))
        if len(self._clients) > _CLIENTS:
            _, oldest = self._clients.popitem(last=False)
            for name in oldest.items():
                self._by_name.pop(name, None)

    def _found(self, most: int, *, besides: Mapping[str, str]) -> dict[str, str]:
        """The addresses of at most so many of the names that are expected, and known by now."""
        found: dict[str, str] = {}
        for host in list(self._expected):
            addresses = () if host in besides else self._names.known(host)
            if addresses is None:
                continue
            del self._expected[host]
            if addresses:
                found[host] = by_age(addresses)
            if len(found) >= most:
                break
        return found

    async def aclose(self) -> None:
        if self._flush is not None:
            self._flush.cancel()
        if self._next is not None:
            self._next.cancel()
        making = list(self._making)
        for task in making:
            task.cancel()
        await asyncio.gather(*making, return_exceptions=True)
        self._by_name.clear()


def _fail(coming: "asyncio.Future[Client]", error: BaseException) -> None:
    coming.set_exception(error)
    coming.exception()  # whoever waited may have gone


def _pinning(batch: Mapping[str, str], timeout_s: float) -> "Client":
    """A client that goes for each name of *batch* to its address alone."""
    builder = _builder(timeout_s)
    for host, address in batch.items():
        builder = builder.resolve(host, address, 0)
    return builder.build()


def _builder(timeout_s: float) -> "ClientBuilder":
    return (
        ClientBuilder()
        .runtime_multithreaded(True)
        .follow_redirects(False)
        .no_proxy()
        .referer(False)
        .gzip(False)
        .brotli(False)
        .deflate(False)
        .zstd(False)
        .timeout(timedelta(seconds=timeout_s))
        .connect_timeout(timedelta(seconds=min(timeout_s, _CONNECT_S)))
        .pool_idle_timeout(timedelta(seconds=2))
        .http1_ignore_invalid_headers_in_responses(True)
        .http1_allow_spaces_after_header_name_in_responses(True)
        .http1_allow_obsolete_multiline_headers_in_responses(True)
    )


def _host(url: str) -> str:
    """The host of *url*; raises `Unsure` where a parser might see another in it."""
    origin = _ORIGIN.match(url)
    if origin is None:
        raise Unsure
    return origin[1]


def _headers(answer: "Response") -> dict[str, str]:
    """The header fields of *answer* by name. Those that are not ASCII cannot be read here: raises `Unsure`
    where the answer cannot do without one of them."""
    try:
        return by_name(answer.headers.items())
    except ValueError:
        named: dict[str, str] = {}
    for name in dict.fromkeys(answer.headers.keys()):
        try:
            named[name] = "\n".join(answer.get_header_all(name))
        except ValueError:
            if name in ("location", "set-cookie", "refresh"):
                raise Unsure from None
    return named


async def _body(answer: "Response", fields: Mapping[str, str], seconds: float) -> Body:
    """The body of *answer*, at once where it came along with the header section, as a short one does."""
    length = fields.get("content-length", "")
    reader = answer.body_reader
    if redirects(answer.status, fields):
        if length.isdigit() and 0 < int(length) <= _SHORT_BODY:  # read, its connection can be kept
            with suppress(PyreqwestError, TimeoutError):
                async with asyncio.timeout(_REDIRECT_BODY_S):
                    while await reader.read_chunk():
                        pass
        return Body()
    first = b""
    if length.isdigit() and 0 < int(length) <= _SHORT_BODY:
        first = bytes(await reader.read_chunk() or b"")
    if first and len(first) == int(length):  # its connection can be kept as it is
        return decoded(Body(first), fields)
    body = await read_body(answer.status, fields, _chunks(reader, first), seconds)
    if body.whole:
        with suppress(PyreqwestError):
            await reader.read_chunk()  # the end, which gives the connection back
    return body


async def _chunks(reader: "ResponseBodyReader", first: bytes = b"") -> AsyncIterator[bytes]:
    if first:
        yield first
    try:
        while chunk := await reader.read_chunk():
            yield bytes(chunk)
    except PyreqwestError as error:
        if _fault_of(error) is Fault.TIMEOUT:
            raise TimeoutError from error
        raise Broken from ConnectionResetError(str(error))


def _fault_of(error: "PyreqwestError") -> Fault:
    details = getattr(error, "details", None) or {}
    # the first cause quotes the URL, which may say anything
    causes = " / ".join(cause["message"] for cause in details.get("causes", ())[1:]).lower()
    for words, fault in _CAUSES:
        if words in causes:
            return fault
    if "timed out" in causes:
        return Fault.CONNECT_TIMEOUT if "(connect)" in causes else Fault.TIMEOUT
    return Fault.NOT_HTTP
