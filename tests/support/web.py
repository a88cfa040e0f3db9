"""A small web on this machine that misbehaves as the real one does: sockets, TLS, hanging, closing.

A behaviour is a function of `BEHAVIOURS`, asked for by its path: `/moved/permanently`. It is given
the conversation, and does with it what it likes.
"""

import asyncio
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme

PAGE = b"<!doctype html><html lang=fr><title>Une page</title><h1>Une page</h1><p>Tout va bien.</p></html>"


@dataclass
class Conversation:
    """One request, and the means to answer it or not."""

    method: str
    path: str
    headers: dict[str, str]
    writer: asyncio.StreamWriter
    visit: int
    """How many times this path was asked, this time included."""

    async def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        """A well-formed response that leaves the connection open."""
        fields = {"content-type": "text/html; charset=utf-8", "content-length": str(len(body))}
        fields |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = f"HTTP/1.1 {status} Whatever\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        await self.raw(head.encode("utf-8", "surrogateescape") + b"\r\n" + body)

    async def raw(self, data: bytes) -> None:
        """Any bytes at all."""
        self.writer.write(data)
        await self.writer.drain()

    def reset(self) -> None:
        """Closes with RST: what was sent is lost."""
        raw = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Behaviour = Callable[[Conversation], Awaitable[None]]
BEHAVIOURS: dict[str, Behaviour] = {}


def behaviour(path: str) -> Callable[[Behaviour], Behaviour]:
    """Registers a behaviour under *path*."""

    def register(function: Behaviour) -> Behaviour:
        BEHAVIOURS[path] = function
        return function

    return register


@behaviour("/ok")
async def _ok(talk: Conversation) -> None:
    await talk.reply(200, PAGE)


@behaviour("/slow")
async def _slow(talk: Conversation) -> None:
    await asyncio.sleep(0.05)
    await talk.reply(200, PAGE)


@behaviour("/moved/permanently")
async def _moved(talk: Conversation) -> None:
    await talk.reply(301, location="/ok")


@behaviour("/moved/308")
async def _moved_308(talk: Conversation) -> None:
    await talk.reply(308, location="/ok")


@behaviour("/moved/for-now")
async def _found(talk: Conversation) -> None:
    await talk.reply(302, location="/ok")


@behaviour("/moved/then-for-now")
async def _moved_then_found(talk: Conversation) -> None:
    await talk.reply(301, location="/moved/for-now")


@behaviour("/moved/to-nowhere")
async def _moved_to_404(talk: Conversation) -> None:
    await talk.reply(301, location="/gone/404")


@behaviour("/moved/without-location")
async def _moved_without_location(talk: Conversation) -> None:
    await talk.reply(302)


@behaviour("/moved/to-ftp")
async def _moved_to_ftp(talk: Conversation) -> None:
    await talk.reply(302, location="ftp://example.org/file")


@behaviour("/moved/to-javascript")
async def _moved_to_javascript(talk: Conversation) -> None:
    await talk.reply(302, location="javascript:alert(1)")


@behaviour("/moved/utf-8")
async def _moved_utf_8(talk: Conversation) -> None:
    await talk.reply(301, location="/été")


@behaviour("/%C3%A9t%C3%A9")
async def _summer(talk: Conversation) -> None:
    await talk.reply(200, PAGE)


@behaviour("/loop")
async def _loop(talk: Conversation) -> None:
    await talk.reply(302, location="/loop")


@behaviour("/endless")
async def _endless(talk: Conversation) -> None:
    step = int(talk.path.partition("?")[2] or 0)
    await talk.reply(302, location=f"/endless?{step + 1}")


@behaviour("/gone/404")
async def _not_found(talk: Conversation) -> None:
    await talk.reply(404, b"<h1>Not found</h1>")


@behaviour("/hang")
async def _hang(talk: Conversation) -> None:
    await asyncio.sleep(3600)


@behaviour("/drip")
async def _drip(talk: Conversation) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 3600:
        await talk.raw(bytes([byte]))
        await asyncio.sleep(0.1)


@behaviour("/close")
async def _close(talk: Conversation) -> None:
    talk.writer.close()


@behaviour("/reset")
async def _reset(talk: Conversation) -> None:
    talk.reset()


@behaviour("/reset/once")
async def _reset_once(talk: Conversation) -> None:
    if talk.visit == 1:
        talk.reset()
    else:
        await talk.reply(200, PAGE)


@behaviour("/500/once")
async def _500_once(talk: Conversation) -> None:
    await talk.reply(500 if talk.visit == 1 else 200, PAGE)


@behaviour("/wall/cloudflare")
async def _cloudflare(talk: Conversation) -> None:
    await talk.reply(503, b"<title>Just a moment...</title>", server="cloudflare", cf_mitigated="challenge")


@behaviour("/wall/aws")
async def _aws(talk: Conversation) -> None:
    await talk.reply(202, x_amzn_waf_action="challenge")


@behaviour("/wall/datadome")
async def _datadome(talk: Conversation) -> None:
    await talk.reply(403, set_cookie="datadome=abc; Path=/", x_datadome="protected")


@behaviour("/wall/akamai")
async def _akamai(talk: Conversation) -> None:
    await talk.reply(403, b"<h1>Access Denied</h1>", server="AkamaiGHost")


@behaviour("/wall/imperva")
async def _imperva(talk: Conversation) -> None:
    await talk.reply(403, x_iinfo="1-2-3")


@behaviour("/cloudflare/404")
async def _cloudflare_404(talk: Conversation) -> None:
    await talk.reply(404, server="cloudflare")


@behaviour("/cookie")
async def _cookie(talk: Conversation) -> None:
    if "seen=1" in talk.headers.get("cookie", ""):
        await talk.reply(200, PAGE)
    else:
        await talk.reply(302, location="/cookie", set_cookie="seen=1; Path=/")


@behaviour("/cookie/permanent")
async def _cookie_permanent(talk: Conversation) -> None:
    if "seen=2" in talk.headers.get("cookie", ""):
        await talk.reply(200, PAGE)
    else:
        await talk.reply(301, location="/cookie/permanent", set_cookie="seen=2; Path=/")


@behaviour("/later/seconds")
async def _later(talk: Conversation) -> None:
    if talk.visit == 1:
        await talk.reply(429, retry_after="7")
    else:
        await talk.reply(200, PAGE)


@behaviour("/later/next-year")
async def _next_year(talk: Conversation) -> None:
    await talk.reply(503, retry_after="31536000")


@behaviour("/not-http")
async def _not_http(talk: Conversation) -> None:
    await talk.raw(b"220 ftp ready\r\n331 password please\r\n\r\n")
    talk.writer.close()


@dataclass
class Web:
    """Where the servers are, and what they were asked."""

    base: str
    """http, on 127.0.0.1."""
    port: int
    tls: dict[str, str] = field(default_factory=dict)
    """https addresses by the fault of their certificate: valid, expired, other-host, self-signed."""
    authority: Path = Path()
    """The PEM file of the authority that signed them."""
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


class _Servers:
    def __init__(self, web: Web) -> None:
        self.web = web
        self._visits: Counter[str] = Counter()
        self._under_way: Counter[str] = Counter()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, ssl.SSLError):
            while not writer.is_closing():
                first = await reader.readexactly(1)
                if first == b"\x16":  # a TLS ClientHello on a port of plain HTTP: as nginx does
                    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    await writer.drain()
                    break
                head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                request, *lines = head.rstrip().split("\r\n")
                method, path, _ = request.split(" ")
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
                await self._answer(method, path, headers, writer)
        writer.transport.abort()

    async def _answer(self, method: str, path: str, headers: dict[str, str], writer: asyncio.StreamWriter) -> None:
        web, host = self.web, headers.get("host", "")
        web.asked.append((method, path))
        web.heard.append(headers)
        self._visits[path] += 1
        self._under_way[host] += 1
        web.most_at_once[host] = max(web.most_at_once[host], self._under_way[host])
        talk = Conversation(method, path, headers, writer, self._visits[path])
        try:
            act = BEHAVIOURS.get(path.partition("?")[0])
            if act is not None:
                await act(talk)
            elif path.startswith("/status/"):
                await talk.reply(int(path.removeprefix("/status/")), PAGE)
            else:
                await _not_found(talk)
        finally:
            self._under_way[host] -= 1


def unused_port() -> int:
    """A port of 127.0.0.1 on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def local_web(folder: Path) -> Iterator[Web]:
    """Starts the servers, and stops them at the end; *folder* takes the certificates."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    web = Web(base="", port=0)
    servers = _Servers(web)
    contexts = _contexts(folder)

    async def start() -> list[asyncio.Server]:
        plain = await asyncio.start_server(servers.serve, "127.0.0.1", 0)
        web.port = plain.sockets[0].getsockname()[1]
        web.base = f"http://127.0.0.1:{web.port}"
        started = [plain]
        for name, context in contexts.items():
            server = await asyncio.start_server(servers.serve, "127.0.0.1", 0, ssl=context)
            web.tls[name] = f"https://localhost:{server.sockets[0].getsockname()[1]}"
            started.append(server)
        return started

    async def stop() -> None:
        for server in started:
            server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)

    started = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    web.authority = folder / "authority.pem"
    try:
        yield web
    finally:
        asyncio.run_coroutine_threadsafe(stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def _contexts(folder: Path) -> dict[str, ssl.SSLContext]:
    """Server contexts by what is wrong with their certificate."""
    authority, stranger = trustme.CA(), trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    now = datetime.now(UTC)
    certificates = {
        "valid": authority.issue_cert("localhost", "127.0.0.1"),
        "expired": authority.issue_cert(
            "localhost", not_before=now - timedelta(days=60), not_after=now - timedelta(days=30)
        ),
        "other-host": authority.issue_cert("www.example.org"),
        "untrusted": stranger.issue_cert("localhost"),
    }
    contexts = {}
    for name, certificate in certificates.items():
        contexts[name] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(contexts[name])
    return contexts
