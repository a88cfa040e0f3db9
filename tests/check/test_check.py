"""What a check says of a web that misbehaves: real sockets, real TLS."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from diagsources.check import Policy, check
from diagsources.check.patience import retry_after
from diagsources.model import Link, Verdict
from diagsources.verdict import Check
from tests.support.server import Conversation, behaviour
from tests.support.web import Web, unused_port

QUICK = Policy(timeout_s=0.5, interval_s=0.0, retries=1, allow_private=True)


@behaviour("/slow/anchors")
async def _slow_anchors(talk: Conversation) -> None:
    await asyncio.sleep(0.6)
    await talk.reply(200, b"<h1 id=ancre>Atlas</h1><p>Population de la commune.")


async def _at_once(_: float) -> None:
    """A sleep for tests, that only lets the others go first."""
    await asyncio.sleep(0)


def asked(links: Iterable[str], policy: Policy = QUICK) -> list[Check]:
    """What came of asking *links*, in the order given."""

    async def collect() -> list[Check]:
        made = (Link(id=str(rank), rel="url", url=url) for rank, url in enumerate(links))
        return [one async for one in check(made, policy, sleep=_at_once)]

    return sorted(asyncio.run(collect()), key=lambda one: int(one.link.id))


def one(url: str, policy: Policy = QUICK) -> Check:
    """What came of asking *url*."""
    (only,) = asked([url], policy)
    return only


@pytest.mark.parametrize(
    ("path", "verdict", "reason"),
    [
        ("/ok", "ok", "http-200"),
        ("/status/204", "ok", "http-204"),
        ("/status/206", "ok", "http-206"),
        ("/moved/permanently", "moved", "http-301"),
        ("/moved/308", "moved", "http-308"),
        ("/moved/utf-8", "moved", "http-301"),
        ("/moved/for-now", "ok", "http-200"),
        ("/moved/to-nowhere", "broken", "http-404"),
        ("/moved/without-location", "broken", "redirect-nowhere"),
        ("/moved/to-ftp", "broken", "unsafe-redirect"),
        ("/moved/to-javascript", "broken", "unsafe-redirect"),
        ("/loop", "broken", "redirect-loop"),
        ("/endless", "broken", "too-many-redirects"),
        ("/gone/404", "broken", "http-404"),
        ("/status/410", "broken", "http-410"),
        ("/status/400", "broken", "http-400"),
        ("/status/401", "restricted", "auth-required"),
        ("/status/403", "restricted", "http-403"),
        ("/status/429", "restricted", "rate-limited"),
        ("/status/451", "restricted", "legal"),
        ("/status/999", "restricted", "wall-999"),
        ("/status/500", "unavailable", "http-500"),
        ("/status/503", "unavailable", "http-503"),
        ("/hang", "unavailable", "timeout"),
        ("/drip", "unavailable", "timeout"),
        ("/close", "unavailable", "closed-early"),
        ("/reset", "unavailable", "tcp-reset"),
        ("/reset/once", "ok", "http-200"),
        ("/500/once", "ok", "http-200"),
        ("/not-http", "broken", "not-http"),
        ("/wall/cloudflare", "restricted", "wall-cloudflare"),
        ("/wall/aws", "restricted", "wall-aws"),
        ("/wall/datadome", "restricted", "wall-datadome"),
        ("/wall/akamai", "restricted", "wall-akamai"),
        ("/wall/imperva", "restricted", "wall-imperva"),
        ("/cloudflare/404", "broken", "http-404"),
        ("/cookie", "ok", "http-200"),
        ("/cookie/permanent", "ok", "http-200"),
        ("/later/seconds", "ok", "http-200"),
        ("/later/next-year", "restricted", "rate-limited"),
    ],
)
def test_a_behaviour_is_judged_as_a_person_would(web: Web, path: str, verdict: str, reason: str) -> None:
    judgement = one(web.url(path)).judgement

    assert (judgement.verdict, judgement.reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("certificate", "verdict", "reason"),
    [
        ("valid", "ok", "http-200"),
        ("expired", "insecure", "tls-expired"),
        ("other-host", "insecure", "tls-host"),
        ("untrusted", "insecure", "tls-untrusted"),
    ],
)
def test_a_certificate_is_judged_by_its_fault(web: Web, certificate: str, verdict: str, reason: str) -> None:
    judgement = one(f"{web.tls[certificate]}/ok").judgement

    assert (judgement.verdict, judgement.reason) == (verdict, reason)


def test_https_on_a_port_that_speaks_http_is_a_failure_of_tls(web: Web) -> None:
    assert one(f"https://127.0.0.1:{web.port}/ok").judgement.reason == "tls-protocol"


def test_a_port_where_nobody_listens_refuses(web: Web) -> None:
    judgement = one(f"http://127.0.0.1:{unused_port()}/").judgement

    assert (judgement.verdict, judgement.reason) == (Verdict.UNAVAILABLE, "tcp-refused")


def test_a_name_that_does_not_exist_is_broken() -> None:
    judgement = one("http://nothing-here.invalid/").judgement

    assert judgement.reason in ("dns-nxdomain", "dns-failure")
    assert "nothing-here.invalid" in judgement.message


@pytest.mark.parametrize(
    ("url", "verdict", "reason"),
    [
        ("pas une adresse", "broken", "invalid-url"),
        ("http://", "broken", "invalid-url"),
        ("https://exa mple.org/", "broken", "invalid-url"),
        ("http://[::1", "broken", "invalid-url"),
        ("http://example.org:99999/", "broken", "invalid-url"),
        ("", "broken", "invalid-url"),
        ("htp://example.org/", "broken", "invalid-url"),
        ("htttps://example.org/", "broken", "invalid-url"),
        ("HTTPS//://example.org/", "broken", "invalid-url"),
        ("mailto:a@example.org", "skipped", "unsupported-scheme"),
        ("ftp://example.org/f", "skipped", "unsupported-scheme"),
        ("javascript:alert(1)", "skipped", "unsupported-scheme"),
    ],
)
def test_what_is_no_web_address_is_said_without_asking(url: str, verdict: str, reason: str) -> None:
    judgement = one(url).judgement

    assert (judgement.verdict, judgement.reason) == (verdict, reason)


def test_the_suggestion_is_the_end_of_the_permanent_part_of_the_way(web: Web) -> None:
    judgement = one(web.url("/moved/then-for-now#c=home")).judgement

    assert judgement.verdict == Verdict.MOVED
    assert judgement.suggestion == web.url("/moved/for-now#c=home")


def test_every_hop_is_kept_as_evidence(web: Web) -> None:
    evidence = one(web.url("/moved/then-for-now")).evidence

    assert [answer.status_code for answer in evidence.answers] == [301, 302, 200]
    assert evidence.final_url == web.url("/ok")


def test_a_private_address_is_not_asked_unless_allowed(web: Web) -> None:
    judgement = one(web.url("/ok"), Policy(timeout_s=0.5)).judgement

    assert (judgement.verdict, judgement.reason) == (Verdict.SKIPPED, "private-address")
    assert web.asked == []


def test_a_name_that_leads_to_a_private_address_is_not_asked(web: Web) -> None:
    judgement = one(f"http://localhost:{web.port}/ok", Policy(timeout_s=0.5)).judgement

    assert judgement.reason == "private-address"
    assert web.asked == []


def test_an_address_given_twice_is_asked_once_and_reported_twice(web: Web) -> None:
    checks = asked([web.url("/ok"), web.url("/ok#c=home"), web.url("/ok")])

    assert [each.judgement.verdict for each in checks] == ["ok", "ok", "ok"]
    assert web.visits("/ok") == 1


def test_what_may_heal_is_asked_again_and_what_cannot_is_not(web: Web) -> None:
    checks = asked([web.url("/500/once"), web.url("/gone/404"), web.url("/status/501")])

    assert [each.attempts for each in checks] == [2, 1, 1]
    assert [web.visits(path) for path in ("/500/once", "/gone/404", "/status/501")] == [2, 1, 1]


def test_a_host_is_never_asked_more_at_once_than_politeness_allows(web: Web) -> None:
    asked([web.url(f"/slow?{rank}") for rank in range(12)], Policy(per_host=3, interval_s=0, allow_private=True))

    assert web.most_at_once == {f"127.0.0.1:{web.port}": 3}


def test_a_slow_host_does_not_hold_up_the_others(web: Web) -> None:
    slow = [web.url(f"/hang?{rank}") for rank in range(40)]
    policy = Policy(timeout_s=30, per_host=1, interval_s=0, retries=0, concurrency=4, allow_private=True)

    async def first() -> Check:
        links = [Link(id=str(rank), rel="url", url=url) for rank, url in enumerate([*slow, f"{web.tls['valid']}/ok"])]
        async for done in check(links, policy):
            return done
        raise AssertionError("nothing came back")

    started = time.monotonic()

    assert asyncio.run(first()).link.id == "40"
    assert time.monotonic() - started < 10


def test_links_are_read_only_as_there_is_room(web: Web) -> None:
    read = 0

    def endless() -> Iterator[Link]:
        nonlocal read
        while True:
            read += 1
            yield Link(id=str(read), rel="url", url=web.url(f"/ok?{read}"))

    async def some() -> int:
        seen = 0
        async for _ in check(endless(), Policy(interval_s=0, allow_private=True)):
            seen += 1
            if seen == 50:
                break
        return seen

    assert asyncio.run(some()) == 50
    assert read < 25_000


def test_we_say_who_we_are_and_that_we_read_french(web: Web) -> None:
    one(web.url("/ok"))

    assert web.heard
    for headers in web.heard:
        assert headers["user-agent"].startswith("Mozilla/5.0 (compatible; diagsources/")
        assert "+http" in headers["user-agent"]
        assert headers["accept-language"].startswith("fr")


def test_credentials_of_an_address_are_not_reported(web: Web) -> None:
    from diagsources.reports.checks import record
    from diagsources.verdict.told import Told

    said = str(record(Told(one(f"http://someone:secret@127.0.0.1:{web.port}/moved/permanently"))))

    assert "secret" not in said
    assert "someone" not in said


def test_any_httpx_transport_will_do() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        found = request.url.path == "/here"
        return httpx.Response(200 if found else 404, html="<h1>Atlas</h1><p>Population de la commune.")

    async def collect() -> list[Check]:
        links = [Link(id=path, rel="url", url=f"https://example.org/{path}") for path in ("here", "gone")]
        return [each async for each in check(links, QUICK, transport=httpx.MockTransport(answer), sleep=_at_once)]

    assert {each.link.id: each.judgement.verdict.value for each in asyncio.run(collect())} == {
        "here": "ok",
        "gone": "broken",
    }


def test_a_bug_in_a_transport_is_raised_and_not_judged() -> None:
    class Bug(Exception):
        pass

    def answer(_: httpx.Request) -> httpx.Response:
        raise Bug

    async def collect() -> None:
        link = Link(id="x", rel="url", url="https://example.org/")
        async for _ in check([link], QUICK, transport=httpx.MockTransport(answer)):
            pass

    with pytest.raises(Bug):
        asyncio.run(collect())


def test_a_server_that_asks_to_wait_is_waited_for_by_all_its_links(web: Web) -> None:
    waits: list[float] = []

    async def noted(seconds: float) -> None:
        waits.append(seconds)
        await asyncio.sleep(0)

    async def collect() -> None:
        links = [Link(id=path, rel="url", url=web.url(path)) for path in ("/later/seconds",)]
        async for _ in check(links, QUICK, sleep=noted):
            pass

    asyncio.run(collect())

    assert any(6 < wait <= 7 for wait in waits)


def test_a_server_that_asks_to_wait_for_a_year_is_not_asked_again(web: Web) -> None:
    assert one(web.url("/later/next-year")).attempts == 1


def test_a_cookie_is_given_back_to_its_own_host_alone(web: Web) -> None:
    asked([web.url("/cookie"), f"{web.tls['valid']}/ok"])

    assert {headers.get("cookie") for headers in web.heard if headers["host"].startswith("localhost")} == {None}
    assert any(headers.get("cookie") == "seen=1" for headers in web.heard)


@pytest.mark.parametrize(
    ("field", "seconds"),
    [
        ("7", 7),
        (" 120 ", 120),
        ("Mon, 23 Nov 2026 16:00:30 GMT", 30),
        ("Monday, 23-Nov-26 16:00:30 GMT", 30),
        ("Mon, 23 Nov 2020 16:00:00 GMT", 0),
        ("99999999999999999999", 999999999),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("1.5", None),
    ],
)
def test_retry_after_is_read_in_both_its_forms(field: str, seconds: float | None) -> None:
    assert retry_after(field, now=datetime(2026, 11, 23, 16, tzinfo=UTC)) == seconds


@pytest.mark.parametrize(
    ("code", "verdict", "look_ups"), [(socket.EAI_AGAIN, "ok", 2), (socket.EAI_NONAME, "broken", 1)]
)
def test_a_resolver_that_failed_is_asked_again_and_one_that_said_no_is_not(
    web: Web, monkeypatch: pytest.MonkeyPatch, code: int, verdict: str, look_ups: int
) -> None:
    really, asked_for = socket.getaddrinfo, []

    def fails_once(host: str, *more: Any, **named: Any) -> Any:
        if host != "flaky.test":
            return really(host, *more, **named)
        asked_for.append(host)
        if len(asked_for) == 1:
            raise socket.gaierror(code, "as the system says it")
        return really("127.0.0.1", *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", fails_once)

    judgement = one(f"http://flaky.test:{web.port}/ok").judgement

    assert judgement.verdict == verdict
    assert len(asked_for) == look_ups


class _HangsThenAnswers(httpx.AsyncBaseTransport):
    asked = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if "hang" in str(request.url):
            await asyncio.sleep(100)
        self.asked += 1
        return httpx.Response(200, html="<h1>Atlas</h1><p>Population de la commune.")


def test_when_the_time_allowed_is_over_the_links_that_are_left_are_told_and_nothing_more_is_asked() -> None:
    transport = _HangsThenAnswers()

    async def scene() -> list[str]:
        links = [
            Link(id=f"{host}{rank}", rel="url", url=f"http://h{host}.fr/{'hang' if rank < 2 else 'ok'}{rank}")
            for host in range(5)
            for rank in range(8)
        ]
        policy = Policy(timeout_s=30, interval_s=0, per_host=2, retries=0, max_time_s=0.2, allow_private=True)
        return [one.judgement.reason async for one in check(links, policy, transport=transport)]

    assert asyncio.run(scene()) == ["out-of-time"] * 40
    assert transport.asked == 0


def test_addresses_without_a_host_do_not_wait_for_each_other_for_ever() -> None:
    reasons = [one.judgement.reason for one in asked([f"http://?{rank}" for rank in range(10)])]

    assert reasons == ["invalid-url"] * 10


def test_a_link_that_comes_while_its_page_is_read_for_another_finds_its_anchor(web: Web) -> None:
    async def one_after_the_other() -> AsyncIterator[Link]:
        yield Link("page", "url", web.url("/slow/anchors"))
        await asyncio.sleep(0.1)
        yield Link("anchor", "url", web.url("/slow/anchors#ancre"))

    async def scene() -> dict[str, str]:
        policy = Policy(interval_s=0, allow_private=True)
        return {one.link.id: one.judgement.reason async for one in check(one_after_the_other(), policy)}

    assert asyncio.run(scene()) == {"page": "http-200", "anchor": "http-200"}


def test_an_input_that_says_nothing_more_does_not_outlast_the_time_allowed(web: Web) -> None:
    async def then_silence() -> AsyncIterator[Link]:
        yield Link("first", "url", web.url("/ok"))
        await asyncio.sleep(3600)

    async def scene() -> list[str]:
        policy = Policy(interval_s=0, allow_private=True, max_time_s=0.5)
        return [one.link.id async for one in check(then_silence(), policy)]

    assert asyncio.run(scene()) == ["first"]


def test_answers_that_nobody_takes_hold_up_the_reading(web: Web) -> None:
    read = 0

    def the_same_for_ever() -> Iterator[Link]:
        nonlocal read
        while True:
            read += 1
            yield Link(str(read), "url", web.url("/ok"))

    async def scene() -> None:
        async with aclosing(check(the_same_for_ever(), Policy(interval_s=0, allow_private=True))) as checks:
            await anext(checks)
            await asyncio.sleep(0.5)

    asyncio.run(scene())

    assert read < 25_000


def waits_with_a_quota_renewed_in(seconds: str) -> list[float]:
    """The waits of twenty links of a server that answers, and says that its quota is spent."""
    waits: list[float] = []

    async def noted(wait: float) -> None:
        waits.append(wait)
        await asyncio.sleep(0)

    def answer(_: httpx.Request) -> httpx.Response:
        fields = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": seconds}
        return httpx.Response(200, headers=fields, html="<h1>Atlas</h1><p>Population de la commune.")

    async def scene() -> None:
        links = [Link(str(rank), "url", f"https://a.fr/page/{rank}") for rank in range(20)]
        policy = Policy(interval_s=0, per_host=1, allow_private=True)
        async for _ in check(links, policy, transport=httpx.MockTransport(answer), sleep=noted):
            pass

    asyncio.run(scene())
    return waits


def test_a_server_that_says_for_ever_that_its_quota_is_spent_and_answers_is_not_believed_for_ever() -> None:
    assert 0 < sum(wait > 40 for wait in waits_with_a_quota_renewed_in("50")) <= 3


def test_a_quota_that_is_renewed_tomorrow_is_not_waited_for() -> None:
    waits = waits_with_a_quota_renewed_in("86400")

    assert 0 < max(waits) < 10


def test_waits_are_steps_only_where_they_are_to_be_told(web: Web) -> None:
    assert one(web.url("/500/once")).evidence.steps == ()
