"""What says that nothing is there is asked once more where a proof is wanted, and never otherwise."""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import replace

import pytest

from diagsources.check import Policy, check, fast
from diagsources.check.names import Names
from diagsources.check.run import engine_of
from diagsources.model import Link, Verdict
from diagsources.verdict import Check
from diagsources.verdict.memory import sighting_of
from tests.support.names import NXDOMAIN, Answers, local_names, to
from tests.support.server import PAGE, Conversation, behaviour
from tests.support.web import Web

PROVING = Policy(timeout_s=2, interval_s=0, allow_private=True, prove=True)
NOT_PROVING = replace(PROVING, prove=False)
ENGINES = [
    pytest.param(True, id="fast", marks=pytest.mark.skipif(not fast.AVAILABLE, reason="pyreqwest has no wheel here")),
    pytest.param(False, id="precise"),
]
both_engines = pytest.mark.parametrize("fast_first", ENGINES)


@behaviour("/proof/404-once")
async def _404_once(talk: Conversation) -> None:
    await talk.reply(404 if talk.visit == 1 else 200, PAGE)


@behaviour("/proof/404-once-then-moved")
async def _404_once_then_moved(talk: Conversation) -> None:
    await (talk.reply(404) if talk.visit == 1 else talk.reply(301, location="/ok"))


@behaviour("/proof/404-then-503")
async def _404_then_503(talk: Conversation) -> None:
    await talk.reply(404 if talk.visit == 1 else 503, PAGE)


@behaviour("/proof/404-then-403")
async def _404_then_403(talk: Conversation) -> None:
    await talk.reply(404 if talk.visit == 1 else 403, PAGE)


@behaviour("/proof/404-then-silence")
async def _404_then_silence(talk: Conversation) -> None:
    await (talk.reply(404) if talk.visit == 1 else talk.wait_for_ever())


@behaviour("/proof/503-then-404")
async def _503_then_404(talk: Conversation) -> None:
    await talk.reply(503 if talk.visit == 1 else 404, PAGE)


@behaviour("/proof/moved-to-nothing")
async def _moved_to_nothing(talk: Conversation) -> None:
    await talk.reply(302, location="/proof/nothing")


async def _at_once(_: float) -> None:
    await asyncio.sleep(0)


def asked(
    urls: Iterable[str], policy: Policy = PROVING, *, fast_first: bool = True, names: Names | None = None
) -> list[Check]:
    """What came of asking *urls*, in the order given."""

    async def scene() -> list[Check]:
        engine = engine_of(policy, names=names, fast_first=fast_first)
        links = [Link(str(rank), "url", url) for rank, url in enumerate(urls)]
        try:
            return [each async for each in check(links, policy, transport=engine, sleep=_at_once)]
        finally:
            await engine.aclose()

    return sorted(asyncio.run(scene()), key=lambda each: int(each.link.id))


def is_proven(one: Check) -> bool:
    return sighting_of(one, 1).is_proven


def resolving(answers: Answers, urls: Iterable[str], policy: Policy, *, fast_first: bool) -> tuple[list[Check], int]:
    """What came of *urls* where a name server says *answers*, and how often it was asked after `gone.test`."""
    with local_names(answers) as server:
        names = Names(allow_private=True, server=(server.host, server.port), system=None)
        return asked(urls, policy, fast_first=fast_first, names=names), server.asked["gone.test"]


@both_engines
@pytest.mark.parametrize("path", ["/proof/nothing", "/status/410", "/proof/moved-to-nothing"])
def test_what_says_twice_that_nothing_is_there_is_proven(web: Web, path: str, fast_first: bool) -> None:
    (one,) = asked([web.url(path)], fast_first=fast_first)

    assert one.judgement.verdict is Verdict.BROKEN
    assert (is_proven(one), one.attempts, web.visits(path)) == (True, 2, 2)


def test_without_it_a_dead_link_is_asked_once(web: Web) -> None:
    (one,) = asked([web.url("/proof/nothing")], NOT_PROVING)

    assert (is_proven(one), one.attempts, web.visits("/proof/nothing")) == (False, 1, 1)


def test_what_lives_may_heal_or_keeps_robots_out_is_not_asked_for_a_proof(web: Web) -> None:
    paths = ["/ok", "/status/403", "/status/501", "/status/401"]

    without = asked([web.url(path) for path in paths], NOT_PROVING)
    visits = [web.visits(path) for path in paths]
    proving = asked([web.url(path) for path in paths])

    assert [one.judgement for one in proving] == [one.judgement for one in without]
    assert [web.visits(path) for path in paths] == [2 * number for number in visits]


@both_engines
def test_a_page_that_is_there_the_second_time_is_there(web: Web, fast_first: bool) -> None:
    paths = ["/proof/404-once", "/proof/404-once-then-moved"]

    there, moved = asked([web.url(path) for path in paths], fast_first=fast_first)

    assert (there.judgement.verdict, there.judgement.warnings) == (Verdict.OK, ("answered-after-retry",))
    assert (moved.judgement.verdict, moved.judgement.suggestion) == (Verdict.MOVED, web.url("/ok"))
    assert not is_proven(there)


@pytest.mark.parametrize("path", ["/proof/404-then-503", "/proof/404-then-403", "/proof/404-then-silence"])
def test_a_second_answer_that_says_less_neither_proves_nor_absolves(web: Web, path: str) -> None:
    (one,) = asked([web.url(path)], replace(PROVING, timeout_s=0.5))

    assert (one.judgement.reason, is_proven(one), web.visits(path)) == ("http-404", False, 2)


def test_an_error_and_then_a_404_are_one_404_until_it_comes_again(web: Web) -> None:
    (one,) = asked([web.url("/proof/503-then-404")])

    assert (is_proven(one), one.attempts, web.visits("/proof/503-then-404")) == (True, 3, 3)


def test_the_links_of_one_address_share_its_proof(web: Web) -> None:
    checks = asked([web.url("/proof/nothing"), web.url("/proof/nothing#ancre"), web.url("/proof/nothing")])

    assert [is_proven(one) for one in checks] == [True, True, True]
    assert web.visits("/proof/nothing") == 2


@both_engines
def test_a_host_that_does_not_exist_is_looked_up_once_more_for_all_its_links(fast_first: bool) -> None:
    urls = [f"http://gone.test/{rank}" for rank in range(30)]

    _, once = resolving({}, urls, NOT_PROVING, fast_first=fast_first)
    checks, asked_for = resolving({}, urls, PROVING, fast_first=fast_first)

    assert {one.judgement.reason for one in checks} == {"dns-nxdomain"}
    assert all(is_proven(one) for one in checks)
    assert asked_for == 2 * once


@both_engines
def test_a_host_that_exists_when_it_is_looked_up_again_is_asked(web: Web, fast_first: bool) -> None:
    answers = {"gone.test": (NXDOMAIN, to("127.0.0.1"))}

    (one,), _ = resolving(answers, [f"http://gone.test:{web.port}/ok"], PROVING, fast_first=fast_first)

    assert one.judgement.verdict is Verdict.OK


def test_the_first_answer_stands_where_there_is_no_time_for_a_second(web: Web) -> None:
    async def scene() -> list[Check]:
        links = [Link("gone", "url", web.url("/proof/nothing"))]
        return [one async for one in check(links, replace(PROVING, max_time_s=0.4))]

    started = time.monotonic()
    (one,) = asyncio.run(scene())

    assert (one.judgement.reason, is_proven(one)) == ("http-404", False)
    assert time.monotonic() - started < 5


def test_the_second_time_is_among_the_steps(web: Web) -> None:
    (one,) = asked([web.url("/proof/nothing")], replace(PROVING, explain=True))

    assert [(step.what, step.outcome, step.note) for step in one.evidence.steps] == [
        ("ask", "404", ""),
        ("wait", "", "proof"),
        ("ask", "404", "proof"),
    ]
