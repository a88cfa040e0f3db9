"""A page that is known is asked for only if it has changed, and no server is believed too much."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from diagsources.check import Policy, check, fast
from diagsources.check.run import engine_of
from diagsources.model import Expectation, Link, Verdict
from diagsources.verdict import Check
from diagsources.verdict.trace import Known, Trace
from tests.support.server import PAGE, Conversation, behaviour
from tests.support.web import Web

POLICY = Policy(timeout_s=2, interval_s=0, retries=0, allow_private=True, trace=True)
DATED = "Tue, 03 Nov 2026 06:00:00 GMT"
TRACE = Trace('"a1"', DATED, len(PAGE), "0011", "Une page")
ENGINES = [
    pytest.param(True, id="fast", marks=pytest.mark.skipif(not fast.AVAILABLE, reason="pyreqwest has no wheel here")),
    pytest.param(False, id="precise"),
]


@behaviour("/if-changed/honest")
async def _honest(talk: Conversation) -> None:
    is_known = talk.headers.get("if-none-match") == '"a1"'
    await talk.reply(304 if is_known else 200, PAGE, etag='"a1"', last_modified=DATED)


@behaviour("/if-changed/renewed")
async def _renewed(talk: Conversation) -> None:
    await talk.reply(200, PAGE.replace(b"bien", b"mieux"), etag='"a2"')


@behaviour("/if-changed/refuses")
async def _refuses(talk: Conversation) -> None:
    await talk.reply(412 if "if-none-match" in talk.headers else 200, PAGE)


@behaviour("/if-changed/fails")
async def _fails(talk: Conversation) -> None:
    await talk.reply(500 if "if-none-match" in talk.headers else 200, PAGE)


@behaviour("/if-changed/gone")
async def _gone(talk: Conversation) -> None:
    await talk.reply(404, PAGE)


@behaviour("/if-changed/moved")
async def _moved(talk: Conversation) -> None:
    await talk.reply(301, location="/if-changed/honest")


def asked(
    links: Iterable[Link], known: Callable[[Link], Known | None], policy: Policy = POLICY, *, fast_first: bool = True
) -> list[Check]:
    """What came of *links*, in no order."""

    async def scene() -> list[Check]:
        engine = engine_of(policy, fast_first=fast_first)
        try:
            return [each async for each in check(links, policy, transport=engine, known=known)]
        finally:
            await engine.aclose()

    return asyncio.run(scene())


def one(web: Web, path: str, at: str = "", *, fast_first: bool = True, expect: Expectation | None = None) -> Check:
    """What came of *path*, of which a page *at* another is known."""
    link = Link("s1", "url", web.url(path), expect=expect)
    (found,) = asked([link], lambda _: Known(web.url(at or path), TRACE), fast_first=fast_first)
    return found


def conditional(web: Web) -> list[bool]:
    """Of each request but controls, whether it was for a page only if it has changed."""
    return [
        "if-none-match" in fields and "if-modified-since" in fields
        for (_, path), fields in zip(web.asked, web.heard, strict=True)
        if path.startswith("/if-changed/")
    ]


@pytest.mark.parametrize("fast_first", ENGINES)
def test_a_page_that_is_what_it_was_is_alive(web: Web, fast_first: bool) -> None:
    found = one(web, "/if-changed/honest", fast_first=fast_first)

    assert (found.judgement.verdict, found.judgement.reason) == (Verdict.OK, "http-304")
    assert found.evidence.trace == TRACE
    assert conditional(web) == [True]


@pytest.mark.parametrize("fast_first", ENGINES)
def test_over_tls_too(web: Web, fast_first: bool) -> None:
    url = web.tls["valid"] + "/if-changed/honest"
    (found,) = asked([Link("s1", "url", url)], lambda _: Known(url, TRACE), fast_first=fast_first)

    assert (found.judgement.verdict, found.judgement.reason) == (Verdict.OK, "http-304")


def test_a_page_that_has_changed_is_read(web: Web) -> None:
    found = one(web, "/if-changed/renewed")

    assert found.judgement.reason == "http-200"
    assert found.evidence.trace is not None
    assert (found.evidence.trace.etag, found.evidence.trace.title) == ('"a2"', "Une page")


@pytest.mark.parametrize("path", ["/if-changed/refuses", "/if-changed/fails"])
def test_a_server_that_takes_it_badly_is_asked_as_always(web: Web, path: str) -> None:
    found = one(web, path)

    assert (found.judgement.verdict, found.attempts) == (Verdict.OK, 1)
    assert conditional(web) == [True, False]


def test_a_page_that_is_gone_is_gone(web: Web) -> None:
    found = one(web, "/if-changed/gone")

    assert found.judgement.reason == "http-404"
    assert found.evidence.trace is None


def test_what_has_moved_is_asked_for_where_it_was_read(web: Web) -> None:
    found = one(web, "/if-changed/moved", "/if-changed/honest")

    assert (found.judgement.verdict, found.judgement.suggestion) == (Verdict.MOVED, web.url("/if-changed/honest"))
    assert conditional(web) == [False, True]


@pytest.mark.parametrize(("anchor", "expect"), [("#a", None), ("", Expectation(text="Tout va bien"))])
def test_where_it_matters_what_is_in_the_page_it_is_read(web: Web, anchor: str, expect: Expectation | None) -> None:
    one(web, "/if-changed/honest" + anchor, "/if-changed/honest", expect=expect)

    assert conditional(web)[0] is False


def test_a_link_that_joins_one_and_looks_into_the_page_has_it_read(web: Web) -> None:
    url = web.url("/if-changed/honest")
    links = [Link("s1", "url", url), Link("s2", "url", url), Link("s3", "url", url, expect=Expectation(text="absent"))]

    found = {each.link.id: each.judgement.reason for each in asked(links, lambda _: Known(url, TRACE))}

    assert found["s3"] == "unexpected-content"
    assert found["s1"] == found["s2"]


def test_without_memory_no_trace_is_made(web: Web) -> None:
    (found,) = asked([Link("s1", "url", web.url("/ok"))], lambda _: None, replace(POLICY, trace=False))

    assert found.evidence.trace is None
