"""A month of a small web, day by day: what befalls a link, and what CI should have said of it each day.

Twelve hosts on this machine, one page each. `Web` answers as the day has it; `MONTH` is the script.
"""

import threading
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

HOSTS = tuple(f"127.0.0.{number}" for number in range(1, 13))
NIGHT, QUOTA, DEATH, RENAME, RECOVERY, WALL = HOSTS[:6]


class Day(NamedTuple):
    """A day of the month."""

    number: int
    befalls: Mapping[str, int] = {}
    """The status codes of the hosts that do not answer 200."""
    offline: bool = False
    """Whether the machine that checks has lost its network."""
    exit_code: int = 0
    """What CI should say."""
    pages: Mapping[str, str] = {}
    """What the pages of the hosts say that no longer say « Tout va bien ici. »; `{load}` is another at each load."""

    @property
    def morning(self) -> str:
        """When the check of the day begins."""
        return f"2026-11-{self.number:02}T06:00:00Z"


_BEFALLS = {
    NIGHT: ({4}, 500),
    QUOTA: (set(range(6, 13)), 429),
    DEATH: (set(range(10, 31)), 404),
    RENAME: (set(range(13, 31)), 301),
    RECOVERY: ({15, 16}, 503),
    WALL: ({18, 19, 20, 24}, 403),
}
_OFFLINE = {22}

MONTH = tuple(
    Day(
        number,
        {host: status for host, (days, status) in _BEFALLS.items() if number in days},
        offline=number in _OFFLINE,
        exit_code=2 if number in _OFFLINE else 1 if number in _BEFALLS[DEATH][0] else 0,
    )
    for number in range(1, 31)
)


def _word(number: int) -> str:
    """A word of letters alone that no other number has."""
    return "mot" + "".join(chr(ord("a") + int(digit)) for digit in str(number))


class Village:
    """The hosts, as they are today."""

    def __init__(self) -> None:
        self.today = MONTH[0]
        self.asked: Counter[str] = Counter()
        """How often each path was asked, by host and path."""
        self.unchanged: Counter[str] = Counter()
        """How often it was answered that the page is what it was, by host."""
        self.port = 0
        self.title = "Une page"

    @property
    def urls(self) -> tuple[str, ...]:
        """The page of each host."""
        return tuple(f"http://{host}:{self.port}/page" for host in HOSTS)

    def catalogue(self, *, verified_on: str = "") -> str:
        """The hosts as the YAML of a catalogue, *verified_on* that day if it is given."""
        lines = ["theme: essai", "sources:"]
        for number, url in enumerate(self.urls, start=1):
            lines += [f"  - id: source-{number}", f"    title: Source {number}", f"    url: {url}"]
            lines += [f"    verified: {{on: {verified_on}}}"] if verified_on else []
        return "\n".join(lines) + "\n"


@contextmanager
def village() -> Iterator[Village]:
    """Starts it; stops it at the end."""
    state = Village()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = self.headers.get("Host", "").partition(":")[0]
            state.asked[f"{host}{self.path}"] += 1
            if state.today.offline:
                self.close_connection = True
                return
            path = self.path.partition("?")[0]
            status = state.today.befalls.get(host, 200) if path == "/page" else 200
            if path not in ("/page", "/nouvelle"):
                status = 404
            says = state.today.pages.get(host, "Tout va bien ici.").format(load=_word(state.asked.total()))
            body = f"<!doctype html><html lang=fr><title>{state.title}</title><h1>Une page</h1><p>{says}</p>".encode()
            mark = f'"{zlib.crc32(body):x}"'
            if status == 200 and self.headers.get("If-None-Match") == mark:
                state.unchanged[host] += 1
                self.send_response(304)
                self.end_headers()
                return
            self._answer(status, body, mark)

        def _answer(self, status: int, body: bytes, mark: str) -> None:
            self.send_response(status)
            self.send_header("ETag", mark)
            if status == 301:
                self.send_header("Location", "/nouvelle")
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128  # five, unless told otherwise: the sixth host would wait for a second

    server = Server(("", 0), Handler)
    state.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
