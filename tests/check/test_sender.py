"""Sending a request, by either engine: what is kept of the answer, and what is not waited for."""

import asyncio
import time

import httpx
import pytest

from diagsources.check import Policy, fast
from diagsources.check.body import MAX_BODY
from diagsources.check.engine import Engine
from diagsources.check.faults import fault_of
from diagsources.check.run import engine_of
from diagsources.check.sender import Reply, by_name, redirects
from diagsources.check.through import Through
from diagsources.verdict import Fault
from tests.support.server import Conversation, behaviour
from tests.support.web import Web

ENGINES = [
    pytest.param(True, id="fast", marks=pytest.mark.skipif(not fast.AVAILABLE, reason="pyreqwest has no wheel here")),
    pytest.param(False, id="precise"),
]
each_engine = pytest.mark.parametrize("fast_first", ENGINES)


@behaviour("/sender/fields")
async def _fields(talk: Conversation) -> None:
    also = (("Set-Cookie", "a=b"), ("set-cookie", "c=d"), ("X-ODD", "é"))
    await talk.reply(200, b"<p>Bonjour", also=also)


@behaviour("/sender/redirect-that-hangs")
async def _redirect_that_hangs(talk: Conversation) -> None:
    await talk.raw(b"HTTP/1.1 302 Found\r\nLocation: /ok\r\nContent-Length: 500\r\n\r\n<p>")
    await talk.wait_for_ever()


@behaviour("/sender/endless")
async def _endless(talk: Conversation) -> None:
    await talk.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        await talk.raw(b"<p>Encore.</p>" * 1_000)


@behaviour("/sender/half")
async def _half(talk: Conversation) -> None:
    await talk.raw_and_close(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\n<p>Une moiti")


@behaviour("/sender/stalls")
async def _stalls(talk: Conversation) -> None:
    await talk.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\n<p>Une moiti")
    await talk.wait_for_ever()


def sent(url: str, *, fast_first: bool, seconds: float = 3, fields: tuple[tuple[str, str], ...] = ()) -> Reply:
    """The reply to *url*, by the engine."""

    async def send(engine: Engine) -> Reply:
        try:
            return await engine.send(url, fields, seconds)
        finally:
            await engine.aclose()

    return asyncio.run(send(engine_of(Policy(allow_private=True, timeout_s=seconds), fast_first=fast_first)))


@each_engine
def test_fields_are_told_by_name_in_lower_case_and_repeated_ones_a_line_each(web: Web, fast_first: bool) -> None:
    reply = sent(web.url("/sender/fields"), fast_first=fast_first)

    assert reply.fields["set-cookie"] == "a=b\nc=d"
    assert reply.fields["content-type"] == "text/html; charset=utf-8"
    assert reply.body.data == b"<p>Bonjour"
    assert all(name == name.lower() for name in reply.fields)


@each_engine
def test_a_request_has_the_fields_that_it_was_given(web: Web, fast_first: bool) -> None:
    sent(web.url("/ok"), fast_first=fast_first, fields=(("User-Agent", "un essai"), ("Cookie", "a=b; c=d")))

    assert web.heard[-1]["user-agent"] == "un essai"
    assert web.heard[-1]["cookie"] == "a=b; c=d"


@each_engine
def test_the_body_of_a_redirect_is_not_waited_for(web: Web, fast_first: bool) -> None:
    started = time.monotonic()
    reply = sent(web.url("/sender/redirect-that-hangs"), fast_first=fast_first, seconds=30)

    assert (reply.status_code, reply.fields["location"]) == (302, "/ok")
    assert reply.body.data == b""
    assert time.monotonic() - started < 15


@each_engine
def test_an_endless_page_is_read_up_to_its_bound(web: Web, fast_first: bool) -> None:
    body = sent(web.url("/sender/endless"), fast_first=fast_first, seconds=20).body

    assert MAX_BODY <= len(body.data) < 4 * MAX_BODY
    assert not body.whole


@each_engine
def test_half_a_page_is_what_came_and_said_to_be_cut_short(web: Web, fast_first: bool) -> None:
    body = sent(web.url("/sender/half"), fast_first=fast_first).body

    assert (body.data, body.whole, body.cut_short) == (b"<p>Une moiti", False, True)


@each_engine
def test_a_page_that_stalls_is_what_came(web: Web, fast_first: bool) -> None:
    body = sent(web.url("/sender/stalls"), fast_first=fast_first, seconds=0.5).body

    assert (body.data, body.whole) == (b"<p>Une moiti", False)


@each_engine
@pytest.mark.parametrize(
    ("path", "fault"), [("/hang", Fault.TIMEOUT), ("/close", Fault.CLOSED), ("/not-http", Fault.NOT_HTTP)]
)
def test_what_goes_wrong_has_its_fault_by_either_engine(web: Web, fast_first: bool, path: str, fault: Fault) -> None:
    with pytest.raises(Exception) as raised:  # noqa: PT011 - whatever the network raises
        sent(web.url(path), fast_first=fast_first, seconds=0.5)

    assert fault_of(raised.value) is fault


def test_fields_by_name_keep_the_order_of_repeated_ones() -> None:
    assert by_name([("A", "1"), ("b", "2"), ("a", "3")]) == {"a": "1\n3", "b": "2"}


@pytest.mark.parametrize(
    ("status_code", "fields", "is_redirect"),
    [
        (302, {"location": "/"}, True),
        (308, {"location": ""}, True),
        (302, {}, False),
        (300, {"location": "/"}, False),
        (304, {"location": "/"}, False),
        (201, {"location": "/"}, False),
    ],
)
def test_a_redirect_is_a_status_code_that_browsers_follow_and_a_place(
    status_code: int, fields: dict[str, str], is_redirect: bool
) -> None:
    assert redirects(status_code, fields) is is_redirect


def test_what_a_transport_knows_of_a_certificate_is_passed_on() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, extensions={"chain_completed": True, "certificate_ends": 12.5})

    reply = asyncio.run(Through(httpx.MockTransport(answer)).send("https://a.fr/", (), 1))

    assert (reply.chain_completed, reply.certificate_ends) == (True, 12.5)
