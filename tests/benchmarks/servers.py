"""The servers that the benchmarks ask, each a process of its own, so that nobody waits for a busy neighbour.

The web answers every path under /page/ of every address of this machine with the same 2 kB page, composed
once, and 404 elsewhere. It runs on uvloop where that is installed, and says on demand how
much it was asked and how busy it was: a ratio says something of the clients only while the server idles.

    python -m tests.benchmarks.servers web|names|ask JSON    # how the parent starts them
"""

import asyncio
import importlib
import json
import os
import resource
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.support.names import local_names, to

CHECKOUT = Path(__file__).parents[2]
_TEXT = "<p>Les données du territoire : population, emploi, logement, santé, environnement, mobilités.</p>\n"
PAGE = (
    '<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><title>Portrait du territoire</title></head>\n'
    f"<body><h1>Portrait du territoire</h1>\n{_TEXT * 19}</body></html>\n"
).encode()


def _response(status: str, body: bytes) -> tuple[bytes, bytes]:
    """A response to GET, and the same to HEAD."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
    lines = f"{head}Server: web\r\nDate: Mon, 24 Nov 2025 08:00:00 GMT\r\nCache-Control: max-age=60\r\n\r\n"
    return lines.encode() + body, lines.encode()


_FOUND, _FOUND_HEAD = _response("200 OK", PAGE)
_MISSING, _MISSING_HEAD = _response("404 Not Found", b"<!doctype html><title>404</title><h1>Page introuvable</h1>")


@dataclass(frozen=True)
class Web:
    """How a web answers."""

    delay_s: float = 0.0
    certificates: Mapping[str, str] = field(default_factory=dict)
    """PEM files with key and chain, by the third number of the address asked; `*` for all. None: plain HTTP."""
    hanging: Sequence[str] = ()
    """Addresses that never answer."""
    dripping: Sequence[str] = ()
    """Addresses that send a byte ten times a second."""
    core: int | None = None
    """The only core it may use."""


@dataclass
class Figures:
    """What a web was asked since it was last looked at."""

    requests: int = 0
    connections: int = 0
    cpu_s: float = 0.0
    first_at: float = 0.0
    """When the first request came, on the monotonic clock."""
    last_at: float = 0.0
    """When the last answer of the hosts that answer was sent."""


@dataclass
class Running:
    """A web in its process."""

    port: int
    process: subprocess.Popen[str]

    def figures(self) -> Figures:
        """What it was asked since the last time."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("figures\n")
        self.process.stdin.flush()
        return Figures(**json.loads(self.process.stdout.readline()))


@contextmanager
def web(python: Path, settings: Web) -> Iterator[Running]:
    """A web on every address of this machine, in a process of *python*."""
    with _process(python, "web", json.dumps(asdict(settings))) as process:
        assert process.stdout
        yield Running(int(process.stdout.readline()), process)


@contextmanager
def names(python: Path, host: str, port: int, answers: Path, delay_s: float) -> Iterator[None]:
    """A name server in a process of *python*; *answers* is a JSON file of addresses by name."""
    settings = {"host": host, "port": port, "answers": str(answers), "delay_s": delay_s}
    with _process(python, "names", json.dumps(settings)) as process:
        assert process.stdout
        if process.stdout.readline().strip() != "ready":
            raise SystemExit(f"the name server could not be had on {host}:{port}")
        yield


def ceiling(python: Path, port: int) -> float:
    """Requests a second that a bare client gets from the web at *port*."""
    with _process(python, "ask", json.dumps({"port": port})) as process:
        assert process.stdout
        return float(process.stdout.readline())


@contextmanager
def _process(python: Path, what: str, settings: str) -> Iterator[subprocess.Popen[str]]:
    words = [str(python), "-m", "tests.benchmarks.servers", what, settings]
    with subprocess.Popen(words, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def new_loop() -> asyncio.AbstractEventLoop:
    """uvloop's event loop where it is installed: five times faster here."""
    try:
        made: asyncio.AbstractEventLoop = importlib.import_module("uvloop").new_event_loop()
    except ImportError:
        return asyncio.new_event_loop()
    return made


class _Site:
    """The settings of the web, and its figures."""

    def __init__(self, settings: Web, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.delay_s = settings.delay_s
        self.hanging, self.dripping = frozenset(settings.hanging), frozenset(settings.dripping)
        self.contexts = {name: _context(file) for name, file in settings.certificates.items()}
        self._cpu_s = time.process_time()
        self.seen = Figures()

    def context(self, address: str) -> ssl.SSLContext:
        return self.contexts.get("*") or self.contexts[address.split(".")[2]]

    def take(self) -> Figures:
        """The figures so far; they start anew."""
        seen, self.seen = self.seen, Figures()
        cpu_s = time.process_time()
        seen.cpu_s, self._cpu_s = cpu_s - self._cpu_s, cpu_s
        return seen


def _context(file: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    context.set_alpn_protocols(["http/1.1"])
    context.num_tickets = 0
    return context


class _Plain(asyncio.Protocol):
    """A connection on which each request is answered, in order, after the delay."""

    transport: asyncio.Transport

    def __init__(self, site: _Site) -> None:
        self._site = site
        self._waiting = b""
        self._answer: Callable[[bytes], None] = self._answer_late if site.delay_s else self.send

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # TCP: both ways
        self.transport = transport
        self._site.seen.connections += 1
        if self._site.hanging or self._site.dripping:
            self._misbehave(transport.get_extra_info("sockname")[0])

    def _misbehave(self, address: str) -> None:
        if address in self._site.hanging:
            self._answer = lambda _: None
        elif address in self._site.dripping:
            self._answer = lambda data: self._drip(data, 0)

    def data_received(self, data: bytes) -> None:
        *heads, self._waiting = (self._waiting + data).split(b"\r\n\r\n")
        self.asked(heads)

    def asked(self, heads: list[bytes]) -> None:
        seen = self._site.seen
        seen.requests += len(heads)
        seen.first_at = seen.first_at or time.monotonic()
        for head in heads:
            if head.startswith(b"HEAD "):
                self._answer(_FOUND_HEAD if head.startswith(b"HEAD /page/") else _MISSING_HEAD)
            else:
                self._answer(_FOUND if head.startswith(b"GET /page/") else _MISSING)

    def _answer_late(self, data: bytes) -> None:
        self._site.loop.call_later(self._site.delay_s, self.send, data)

    def _drip(self, data: bytes, sent: int) -> None:
        if not self.transport.is_closing():
            self.transport.write(data[sent : sent + 1])
            self._site.loop.call_later(0.1, self._drip, data, sent + 1)

    def send(self, data: bytes) -> None:
        if not self.transport.is_closing():
            self._site.seen.last_at = time.monotonic()
            self.transport.write(data)


class _Tls(_Plain):
    """The same under TLS, without the event loop's own layer, which costs more than the handshake."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # TCP: both ways
        super().connection_made(transport)
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        context = self._site.context(transport.get_extra_info("sockname")[0])
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side=True)
        self._greeted = False

    def data_received(self, data: bytes) -> None:
        self._incoming.write(data)
        try:
            if not self._greeted:
                self._tls.do_handshake()
                self._greeted = True
            while read := self._tls.read(65_536):
                super().data_received(read)
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLError:  # the client says goodbye, or does not trust us
            self.transport.close()
        if self._outgoing.pending:
            self.transport.write(self._outgoing.read())

    def send(self, data: bytes) -> None:
        self._tls.write(data)
        super().send(self._outgoing.read())


class _Asker(asyncio.Protocol):
    """A client that asks again as soon as it is answered."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self.answered = 0
        self._read = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # TCP: both ways
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        self.transport.write(b"GET /page/1 HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n")

    def data_received(self, data: bytes) -> None:
        self._read += len(data)
        if self._read >= len(_FOUND):
            self._read = 0
            self.answered += 1
            self._ask()


def _serve_web(settings: Web) -> None:
    """Answers until the parent has gone."""
    if settings.core is not None:
        os.sched_setaffinity(0, {settings.core})
    loop = new_loop()
    asyncio.set_event_loop(loop)
    site = _Site(settings, loop)
    protocol = _Tls if settings.certificates else _Plain
    server = loop.run_until_complete(loop.create_server(lambda: protocol(site), "0.0.0.0", 0, backlog=16_384))  # noqa: S104 - 127.x.y.z, all of them
    print(server.sockets[0].getsockname()[1], flush=True)

    def heard() -> None:
        if not os.read(0, 1024):
            loop.stop()
        else:
            print(json.dumps(asdict(site.take())), flush=True)

    loop.add_reader(0, heard)
    loop.run_forever()


def _serve_names(host: str, port: int, answers: str, delay_s: float) -> None:
    """Answers until the parent has gone."""
    known = {name: to(*addresses) for name, addresses in json.loads(Path(answers).read_bytes()).items()}
    with local_names(known, delay_s, host=host, port=port):
        print("ready", flush=True)
        sys.stdin.read()


async def _ask(port: int, *, connections: int = 64, seconds: float = 2.0) -> None:
    loop = asyncio.get_running_loop()
    askers = [(await loop.create_connection(_Asker, "127.0.0.1", port))[1] for _ in range(connections)]
    started, before = time.perf_counter(), sum(asker.answered for asker in askers)
    await asyncio.sleep(seconds)
    print((sum(asker.answered for asker in askers) - before) / (time.perf_counter() - started), flush=True)


def main(what: str, settings: dict[str, object]) -> None:
    """Runs the server or client that is named."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, hard), hard))
    match what:
        case "web":
            _serve_web(Web(**settings))  # type: ignore[arg-type]  # from JSON, as `web` wrote it
        case "names":
            _serve_names(**settings)  # type: ignore[arg-type]  # from JSON, as `names` wrote it
        case _:
            new_loop().run_until_complete(_ask(**settings))  # type: ignore[arg-type]  # from JSON, as `ceiling` wrote it


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
