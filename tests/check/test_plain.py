"""The plain engine, on real sockets and both event loops."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar

import pytest

from diagsources.check import Policy, fast_loop, plain
from diagsources.check.body import MAX_BODY
from diagsources.check.faults import Failed
from diagsources.check.names import Names
from diagsources.check.plain import PlainSender
from diagsources.check.run import engine_of
from diagsources.check.sender import Fields, Reply, Unsure
from diagsources.verdict import Fault
from tests.support.names import Names as LocalNames
from tests.support.names import local_names, to
from tests.support.server import abort
from tests.support.web import unused_port

T = TypeVar("T")

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
STAYS = b"(stays)"
"""At the end of a script: the server goes when the client has gone."""
RESETS = b"(resets)"
ENDLESS = b"(endless)"
"""The same bytes again and again, until the client has gone."""
DRIPS = b"(drips)"


class Host:
    """A server whose connections say what their scripts say, an answer a request, and then close.

    There is a script for each connection in turn; the last is for all that follow.
    """

    def __init__(self, *scripts: Sequence[bytes]) -> None:
        self._scripts = scripts
        self.url = ""
        self.requests: list[bytes] = []
        self.connections = 0
        self.gone = asyncio.Semaphore(0)
        """Released for every connection that the client has closed."""

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        script = self._scripts[min(self.connections, len(self._scripts) - 1)]
        self.connections += 1
        try:
            for said in script:
                if said == STAYS:
                    await reader.read()
                    self.gone.release()
                else:
                    self.requests.append(await reader.readuntil(b"\r\n\r\n"))
                    await _say(said, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.gone.release()
        writer.transport.abort()


async def _say(said: bytes, writer: asyncio.StreamWriter) -> None:
    if said == RESETS:
        abort(writer)
        return
    for piece in _cut(said.removeprefix(DRIPS)) if said.startswith(DRIPS) else [said.removeprefix(ENDLESS)]:
        if writer.is_closing():
            return
        writer.write(piece)
        await asyncio.sleep(0.001 if said.startswith(DRIPS) else 0)
    while said.startswith(ENDLESS):
        writer.write(b"x" * 10_000)
        await writer.drain()
    await writer.drain()


def _cut(data: bytes) -> list[bytes]:
    return [data[at : at + 1] for at in range(len(data))]


@asynccontextmanager
async def serving(*scripts: Sequence[bytes]) -> AsyncIterator[Host]:
    """A `Host` that listens."""
    host = Host(*scripts)
    server = await asyncio.start_server(host.talk, "127.0.0.1", 0)
    host.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/page"
    try:
        yield host
    finally:
        server.close()
        talks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        await asyncio.wait_for(asyncio.gather(*talks), 5)


@asynccontextmanager
async def sending(names: Names | None = None) -> AsyncIterator[PlainSender]:
    """A `PlainSender` that is closed at the end."""
    sender = PlainSender(names or Names(allow_private=True))
    try:
        yield sender
    finally:
        await sender.aclose()


async def asked(*scripts: Sequence[bytes], times: int = 1, seconds: float = 3) -> tuple[Reply, Host]:
    """The last reply of so many to GET, one after another, and the host that gave it."""
    async with serving(*scripts) as host, sending() as sender:
        for _ in range(times):
            reply = await sender.send(host.url, (), seconds)
        return reply, host


def fault_of(*scripts: Sequence[bytes], seconds: float = 3) -> Fault:
    """How asking fails."""
    with pytest.raises(Failed) as raised:
        asyncio.run(asked(*scripts, seconds=seconds))
    return raised.value.fault


Run = Callable[[Coroutine[None, None, T]], T]


@pytest.fixture(params=["usual", "fast"])
def run(request: pytest.FixtureRequest) -> Callable[[Coroutine[None, None, T]], T]:
    """Runs a coroutine on the usual event loop, and on the fast one where there is one."""
    factory = None if request.param == "usual" else fast_loop()

    def run(coroutine: Coroutine[None, None, T]) -> T:
        with asyncio.Runner(loop_factory=factory) as runner:
            return runner.run(coroutine)

    return run


def test_a_connection_is_asked_again(run: Run[tuple[Reply, Host]]) -> None:
    reply, host = run(asked([OK, OK, OK, STAYS], times=3))

    assert (reply.status_code, reply.body.data, host.connections) == (200, b"ok", 1)


def test_a_request_is_what_was_given_and_no_more(run: Run[bytes]) -> None:
    async def request() -> bytes:
        async with serving([OK]) as host, sending() as sender:
            await sender.send(host.url + "?q=1", (("User-Agent", "un essai"), ("Cookie", "a=b; c=d")), 3)
            return host.requests[0].replace(host.url[7:].removesuffix("/page").encode(), b"HOST")

    assert run(request()) == b"GET /page?q=1 HTTP/1.1\r\nHost: HOST\r\nUser-Agent: un essai\r\nCookie: a=b; c=d\r\n\r\n"


def test_a_kept_connection_that_is_closed_when_asked_is_no_fault(run: Run[tuple[Reply, Host]]) -> None:
    reply, host = run(asked([OK, b""], [OK], times=2))

    assert (reply.body.data, host.connections, len(host.requests)) == (b"ok", 2, 3)


def test_a_kept_connection_that_is_reset_when_asked_is_no_fault() -> None:
    reply, host = asyncio.run(asked([OK, RESETS], [OK], times=2))

    assert (reply.body.data, host.connections) == (b"ok", 2)


def test_a_kept_connection_that_stops_in_its_answer_is_not_asked_again() -> None:
    reply, host = asyncio.run(asked([OK, OK[:-1]], [OK], times=2))

    assert (reply.body.data, reply.body.cut_short, host.connections) == (b"o", True, 1)


@pytest.mark.parametrize(
    ("script", "fault"),
    [([b""], Fault.CLOSED), ([RESETS], Fault.TCP_RESET), ([OK[:-2]], Fault.CLOSED), ([OK[:-2], STAYS], Fault.TIMEOUT)],
)
def test_what_goes_wrong_has_its_fault(script: list[bytes], fault: Fault) -> None:
    assert fault_of(script, seconds=0.3) is fault


def test_a_port_on_which_nobody_listens_refuses(run: Run[Reply]) -> None:
    async def refused() -> Reply:
        async with sending() as sender:
            return await sender.send(f"http://127.0.0.1:{unused_port()}/", (), 3)

    with pytest.raises(Failed, match="tcp-refused"):
        run(refused())


def test_with_several_addresses_the_precise_engine_tries_the_others() -> None:
    async def refused(server: LocalNames) -> None:
        names = Names(allow_private=True, server=(server.host, server.port))
        async with sending(names) as sender:
            try:
                await sender.send(f"http://deux.test:{unused_port()}/", (), 3)
            finally:
                await names.aclose()

    with local_names({"deux.test": to("127.0.0.1", "::1")}) as server, pytest.raises(Unsure):
        asyncio.run(refused(server))


def test_the_guard_holds() -> None:
    async def guarded() -> Reply:
        async with sending(Names(allow_private=False)) as sender:
            return await sender.send("http://127.0.0.1/", (), 3)

    with pytest.raises(Failed, match="private-address"):
        asyncio.run(guarded())


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
LONG = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"
UNTIL_CLOSE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"

ANSWERS = {
    "length": OK,
    "interim": b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + OK,
    "chunked": CHUNKED + b"2  \r\nab\r\n0a;x=y\r\n0123456789\r\n0\r\n\r\n",
    "trailers": CHUNKED + b"2\r\nab\r\n0\r\nX: y\r\n\r\n",
    "empty chunked": CHUNKED + b"0\r\n\r\n",
    "gzip that is none": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nok",
    "no reason": b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",
    "old": b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "fields": b"HTTP/1.1 404 \xe9\r\nX-Odd:  \xe9\t \r\nSet-Cookie: a=b\r\nset-cookie: c=d\r\nEmpty:\r\n" + OK[17:],
    "until close": UNTIL_CLOSE + b"<p>Bonjour",
    "until close at once": UNTIL_CLOSE,
    "no content": b"HTTP/1.1 204 No Content\r\n\r\n",
    "not modified": b"HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n",
    "too much": OK + b"and more",
    "cut short": LONG + b"<p>Une moiti",
    "cut short in a chunk": CHUNKED + b"8\r\nUne moi",
    "cut short after a chunk": CHUNKED + b"3\r\nUne\r\n",
    "redirect": b"HTTP/1.1 302 Found\r\nLocation: /la\r\nContent-Length: 2\r\n\r\nok",
    "redirect cut short": b"HTTP/1.1 302 Found\r\nLocation: /la\r\nContent-Length: 20\r\n\r\nok",
    "redirect in odd chunks": b"HTTP/1.1 302 Found\r\nLocation: /la\r\nTransfer-Encoding: chunked\r\n\r\nxyz",
}
each_answer = pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)


@each_answer
@pytest.mark.parametrize("drips", [b"", DRIPS], ids=["at once", "byte by byte"])
def test_an_answer_is_what_the_precise_engine_makes_of_it(answer: bytes, drips: bytes) -> None:
    async def both() -> tuple[Reply, Reply]:
        engine = engine_of(Policy(allow_private=True), fast_first=False)
        async with serving([drips + answer]) as host, sending() as sender:
            try:
                return await sender.send(host.url, (), 3), await engine.send(host.url, (), 3)
            finally:
                await engine.aclose()

    ours, precise = asyncio.run(both())

    assert ours == precise


@pytest.mark.parametrize("name", ["length", "interim", "chunked", "fields", "no content", "redirect"])
def test_a_connection_whose_answer_has_ended_is_kept(name: str) -> None:
    _, host = asyncio.run(asked([ANSWERS[name], OK, STAYS], times=2))

    assert host.connections == 1


@pytest.mark.parametrize(
    "answer",
    [
        *(ANSWERS[name] for name in ("old", "until close", "too much", "trailers")),
        OK.replace(b"\r\n\r\n", b"\r\nConnection: keep-alive, Close\r\n\r\n"),
        LONG + b"x" * 5,
    ],
)
def test_a_connection_of_which_more_may_come_is_not(answer: bytes) -> None:
    _, host = asyncio.run(asked([answer], [OK, STAYS], times=2))

    assert host.connections == 2


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"\r\n" + OK,
        b"HTTP/2 200 OK\r\n\r\n",
        b"HTTP/1.1 099 OK\r\n\r\n",
        b"HTTP/1.1 200OK\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
        b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
        b"HTTP/1.1 200 OK\nContent-Length: 4\n\n\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: \x00\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nContent-Length: \xb2\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\nok",
        b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: " + b"b" * 70_000,
        b"HTTP/1.1 200 OK\r\nA: " + b"b" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 4_000,
        CHUNKED + b"x\r\n",
        CHUNKED + b"-2\r\nab\r\n",
        CHUNKED + b"2\nab\r\n",
        CHUNKED + b"2\r\nabc",
        CHUNKED + b"1;" + b"x" * 2_000,
    ],
)
def test_what_a_strict_parser_does_not_take_is_left_to_the_precise_engine_at_once(answer: bytes) -> None:
    started = time.monotonic()
    with pytest.raises(Unsure):
        asyncio.run(asked([answer, STAYS], seconds=30))

    assert time.monotonic() - started < 10


def test_half_a_header_section_is_left_to_the_precise_engine() -> None:
    with pytest.raises(Unsure):
        asyncio.run(asked([OK[:20]]))


@pytest.mark.parametrize("head", [UNTIL_CLOSE, CHUNKED, LONG.replace(b"500", b"999999999999")])
def test_an_endless_page_is_read_up_to_its_bound(run: Run[tuple[Reply, Host]], head: bytes) -> None:
    start = head + (b"fffffff\r\n" if head == CHUNKED else b"")
    reply, _ = run(asked([ENDLESS + start], seconds=20))

    assert MAX_BODY <= len(reply.body.data) < 4 * MAX_BODY
    assert (reply.body.whole, reply.body.cut_short) == (False, False)


def test_a_page_that_stalls_is_what_came() -> None:
    reply, _ = asyncio.run(asked([LONG + b"<p>Une moiti", STAYS], seconds=0.3))

    assert (reply.body.data, reply.body.whole, reply.body.cut_short) == (b"<p>Une moiti", False, False)


def test_a_header_section_that_drips_has_its_time_and_no_more() -> None:
    started = time.monotonic()
    fault = fault_of([DRIPS + b"HTTP/1.1 200 OK\r\nA: " + b"b" * 5_000, STAYS], seconds=0.3)

    assert fault is Fault.TIMEOUT
    assert time.monotonic() - started < 8


@pytest.mark.parametrize("drips", [b"", DRIPS + b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_the_body_of_a_redirect_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, drips: bytes) -> None:
    monkeypatch.setattr(plain, "_REDIRECT_BODY_S", 0.1)
    head = drips + b"HTTP/1.1 302 Found\r\nLocation: /la\r\nContent-Length: 500\r\n\r\n<p>"

    started = time.monotonic()
    reply, _ = asyncio.run(asked([head, STAYS], seconds=30))

    assert (reply.status_code, reply.fields["location"], reply.body.data) == (302, "/la", b"")
    assert time.monotonic() - started < 10


def test_the_long_body_of_a_redirect_is_not_read() -> None:
    reply, _ = asyncio.run(asked([ENDLESS + b"HTTP/1.1 301 Moved\r\nLocation: /\r\nContent-Length: 99999\r\n\r\n"]))

    assert (reply.status_code, reply.body.data) == (301, b"")


@pytest.mark.parametrize(
    "url",
    [
        "https://a.fr/",
        "HTTP://a.fr/",
        "http://A.fr/",
        "http://a.fr:0/",
        "http://a.fr:65536/",
        "http://a.fr\\@b.fr/",
        "http://moi@a.fr/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://[::1]/",
        "http://a.fr./",
        "http://a.fr/é",
        "http://a.fr/a b",
        "http://a.fr/a#b",
        "http://a.fr/\r\nX: y",
        "http://a.fr/\n",
        "http://a.fr/a/../b",
        "http://a.fr/.",
    ],
)
def test_a_url_that_may_be_read_otherwise_is_left_to_the_precise_engine(url: str) -> None:
    with pytest.raises(Unsure):
        asyncio.run(PlainSender(Names(allow_private=True)).send(url, (), 1))


@pytest.mark.parametrize(
    "fields",
    [
        (("Cookie", "a=b\r\nX: y"),),
        (("Cookie", "a=b\n"),),
        (("Cookie", "a=\x00"),),
        (("Cookie", "a=é"),),
        (("Co okie", "a"),),
        (("", "a"),),
    ],
)
def test_no_field_can_bring_in_another(fields: Fields) -> None:
    with pytest.raises(Unsure):
        asyncio.run(PlainSender(Names(allow_private=True)).send("http://127.0.0.1/", fields, 1))


def test_kept_connections_are_closed_when_nobody_asks(run: Run[None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "_IDLE_S", 0.05)

    async def wait() -> None:
        async with serving([OK, STAYS]) as host, sending() as sender:
            await asyncio.gather(*[sender.send(host.url, (), 3) for _ in range(3)])
            for _ in range(3):
                await asyncio.wait_for(host.gone.acquire(), 5)

    run(wait())


@pytest.mark.parametrize("bound", ["_IDLE", "_IDLE_A_PLACE"])
def test_no_more_connections_are_kept_than_allowed(monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    monkeypatch.setattr(plain, bound, 2)

    async def wait() -> None:
        async with serving([OK, STAYS]) as host, sending() as sender:
            await asyncio.gather(*[sender.send(host.url, (), 3) for _ in range(5)])
            for _ in range(3):
                await asyncio.wait_for(host.gone.acquire(), 5)
            assert host.gone.locked()

    asyncio.run(wait())


def test_what_is_sent_unasked_ends_a_kept_connection() -> None:
    async def unasked() -> int:
        async with serving([DRIPS + OK + b"x"], [OK, STAYS]) as host, sending() as sender:
            await sender.send(host.url, (), 3)
            await asyncio.sleep(0.1)
            await sender.send(host.url, (), 3)
            return host.connections

    assert asyncio.run(unasked()) == 2


def test_a_request_that_is_given_up_closes_its_connection(run: Run[None]) -> None:
    async def give_up() -> None:
        async with serving([b"", STAYS]) as host, sending() as sender:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(sender.send(host.url, (), 30), 0.1)
            await asyncio.wait_for(host.gone.acquire(), 5)

    run(give_up())
