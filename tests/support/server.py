"""The core of the local web: connections, conversations, and who answers which path.

A behaviour is a function asked for by its path, `/moved/permanently`; it is given the conversation,
and does with it what it likes. A *site* is a server of its own (a port), whose behaviours are looked
up first; the path `*` stands for all the others of the site.
"""

import asyncio
import socket
import ssl
import struct
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PAGE = b"<!doctype html><html lang=fr><title>Une page</title><h1>Une page</h1><p>Tout va bien.</p></html>"
NOT_FOUND = b"<h1>Not found</h1>"
EVERY_PATH = "*"
_BODILESS = frozenset({204, 304, *range(100, 200)})
_LONGEST_HEAD = 1 << 20


@dataclass
class Conversation:
    """One request, and the means to answer it or not."""

    method: str
    path: str
    """The request target as it was sent, query included."""
    headers: dict[str, str]
    writer: asyncio.StreamWriter
    visit: int
    """How many times this path was asked, this time included."""
    servers: "Servers"

    @property
    def query(self) -> str:
        """What follows the first question mark of the request target."""
        return self.path.partition("?")[2]

    @property
    def base(self) -> str:
        """The address of the server that was asked, as the Host field says it."""
        scheme = "http" if self.writer.get_extra_info("ssl_object") is None else "https"
        return f"{scheme}://{self.headers.get('host', '')}"

    async def reply(
        self, status: int, body: bytes = b"", *, also: Iterable[tuple[str, str]] = (), **headers: str
    ) -> None:
        """A well-formed response that leaves the connection open; *also* are fields to repeat."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        await self.answer(status, body, named, also=also)

    async def answer(
        self, status: int, body: bytes, named: Mapping[str, str], *, also: Iterable[tuple[str, str]] = ()
    ) -> None:
        """The same, with the header fields *named* as they are."""
        fields = {"content-type": "text/html; charset=utf-8"}
        if status not in _BODILESS:
            fields["content-length"] = str(len(body))
        fields |= named
        lines = "".join(f"{name}: {value}\r\n" for name, value in (*fields.items(), *also))
        head = f"HTTP/1.1 {status} Whatever\r\n{lines}\r\n".encode("utf-8", "surrogateescape")
        await self.raw(head if self.method == "HEAD" or status in _BODILESS else head + body)

    async def raw(self, data: bytes) -> None:
        """Any bytes at all."""
        self.writer.write(data)
        await self.writer.drain()

    async def raw_and_close(self, data: bytes) -> None:
        """Any bytes at all, after which there is nothing more to come."""
        await self.raw(data)
        self.writer.close()

    async def wait_for_ever(self) -> None:
        """Says nothing more, and stays."""
        await asyncio.sleep(3600)

    def reset(self) -> None:
        """Closes with RST: what was sent is lost."""
        abort(self.writer)

    async def site(self, name: str) -> str:
        """The address of another site of the local web."""
        return await self.servers.open_site(name)

    async def tls(self, name: str) -> str:
        """The address of a server of TLS."""
        return await self.servers.open_tls(name)


def abort(writer: asyncio.StreamWriter) -> None:
    """Closes the connection with RST."""
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


Behaviour = Callable[[Conversation], Awaitable[None]]
BEHAVIOURS: dict[str, Behaviour] = {}
"""By path, on every server."""
SITES: dict[str, dict[str, Behaviour]] = {}
"""By path, on a site of that name alone."""

Connection = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def behaviour(path: str, *, site: str = "") -> Callable[[Behaviour], Behaviour]:
    """Registers a behaviour under *path*, on every server or on *site* alone."""

    def register(function: Behaviour) -> Behaviour:
        (SITES.setdefault(site, {}) if site else BEHAVIOURS)[path] = function
        return function

    return register


class Opened(dict[str, str]):
    """Addresses of servers by name; each is started when it is first asked for."""

    def __init__(self, start: Callable[[str], str]) -> None:
        super().__init__()
        self._start = start

    def __missing__(self, name: str) -> str:
        self[name] = self._start(name)
        return self[name]


def _none_is_started(name: str) -> str:
    raise KeyError(name)


@dataclass
class Web:
    """Where the servers are, and what they were asked."""

    base: str
    """http, on 127.0.0.1."""
    port: int
    tls: dict[str, str] = field(default_factory=lambda: Opened(_none_is_started))
    """https addresses by the fault of their certificate or handshake: `certificates.FAULTS`, `handshakes`."""
    sites: dict[str, str] = field(default_factory=lambda: Opened(_none_is_started))
    """http addresses of the sites, by name."""
    authority: Path = Path()
    """The PEM file of the authority that signed the certificates."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Method and path of every request, in order."""
    heard: list[dict[str, str]] = field(default_factory=list)
    """The header fields of every request, in order."""
    most_at_once: Counter[str] = field(default_factory=Counter)
    """By Host field, the largest number of requests under way at one time."""

    def url(self, path: str) -> str:
        """The address of the behaviour at *path*."""
        return self.base + path

    def visits(self, path: str) -> int:
        """How often *path* was asked."""
        return sum(1 for _, asked in self.asked if asked == path)


OpenTls = Callable[["Servers", str], Awaitable[int]]
"""Starts the server of TLS of that name: its port."""


class Servers:
    """All that listens, in one event loop."""

    def __init__(self, web: Web, open_tls: "OpenTls") -> None:
        self.web = web
        self._open_tls = open_tls
        self._tls: dict[str, str] = {}
        self._visits: Counter[tuple[str, str]] = Counter()
        self._under_way: Counter[str] = Counter()
        self._listening: list[asyncio.Server] = []
        self._sites: dict[str, str] = {}

    async def listen(self, talk: Connection, context: ssl.SSLContext | None = None) -> int:
        """The port of 127.0.0.1 on which *talk* answers."""
        server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=context, limit=_LONGEST_HEAD)
        self._listening.append(server)
        port: int = server.sockets[0].getsockname()[1]
        return port

    async def open_site(self, name: str) -> str:
        """The address of the site *name*, started if it was not."""
        if name not in self._sites:
            if name not in SITES:
                raise KeyError(name)
            self._sites[name] = f"http://127.0.0.1:{await self.listen(self.serving(name))}"
        return self._sites[name]

    async def open_tls(self, name: str) -> str:
        """The address of the server of TLS *name*, started if it was not."""
        if name not in self._tls:
            self._tls[name] = f"https://localhost:{await self._open_tls(self, name)}"
        return self._tls[name]

    def serving(self, site: str = "") -> Connection:
        """What answers a connection to *site*."""

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await self._serve(site, reader, writer)

        return serve

    def close(self) -> None:
        """No more connections."""
        for server in self._listening:
            server.close()

    async def _serve(self, site: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, ssl.SSLError):
            while not writer.is_closing():
                first = await reader.readexactly(1)
                if first == b"\x16":  # a TLS ClientHello on a port of plain HTTP: as nginx does
                    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    await writer.drain()
                    break
                head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                request, *lines = head.rstrip().split("\r\n")
                if request.count(" ") != 2:  # a space that was not percent-encoded: as nginx does
                    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    await writer.drain()
                    break
                method, path, _ = request.split(" ")
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
                await reader.readexactly(int(headers.get("content-length", 0)))
                await self._answer(site, Conversation(method, path, headers, writer, 0, self))
                if headers.get("connection", "").lower() == "close":
                    writer.close()
        if not writer.is_closing():
            writer.transport.abort()

    async def _answer(self, site: str, talk: Conversation) -> None:
        web, host = self.web, talk.headers.get("host", "")
        web.asked.append((talk.method, talk.path))
        web.heard.append(talk.headers)
        self._visits[site, talk.path] += 1
        talk.visit = self._visits[site, talk.path]
        self._under_way[host] += 1
        web.most_at_once[host] = max(web.most_at_once[host], self._under_way[host])
        try:
            await _behaviour_of(site, talk.path.partition("?")[0])(talk)
        finally:
            self._under_way[host] -= 1


def _behaviour_of(site: str, path: str) -> Behaviour:
    own = SITES.get(site, {})
    found = own.get(path) or own.get(EVERY_PATH) or BEHAVIOURS.get(path)
    if found is not None:
        return found
    return _status if path.startswith("/status/") else _not_found


async def _status(talk: Conversation) -> None:
    await talk.reply(int(talk.path.partition("?")[0].removeprefix("/status/")), PAGE)


async def _not_found(talk: Conversation) -> None:
    await talk.reply(404, NOT_FOUND)
