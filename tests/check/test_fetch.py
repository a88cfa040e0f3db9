"""Fetching for services: one request at a time, apart, and as long as the server says."""

from collections.abc import Iterator

import pytest

from diagsources.check import Policy
from diagsources.check.fetch import INTERVAL_S, Fetcher, NotFetched
from tests.support.server import BEHAVIOURS, Conversation
from tests.support.web import Web, unused_port


class Time:
    """A clock that sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def fetcher(time: Time) -> Iterator[Fetcher]:
    policy = Policy(allow_private=True, timeout_s=2.0, retries=0)
    with Fetcher(policy, sleep=time.sleep, clock=time.clock) as made:
        yield made


@pytest.fixture
def busy() -> Iterator[str]:
    """A path that says twice to come back in three seconds."""

    async def answer(talk: Conversation) -> None:
        if talk.visit <= 2:
            await talk.reply(429, b"", also=[("retry-after", "3")])
        else:
            await talk.reply(200, b"{}", also=[("content-type", "application/json")])

    BEHAVIOURS["/busy"] = answer
    yield "/busy"
    del BEHAVIOURS["/busy"]


def test_a_page_comes_with_its_type_and_where_it_came_from(fetcher: Fetcher, web: Web) -> None:
    fetched = fetcher.fetch(web.url("/moved/permanently"))

    assert (fetched.status_code, fetched.url, fetched.permanent_url) == (200, web.url("/ok"), web.url("/ok"))
    assert b"Une page" in fetched.data
    assert "diagsources/" in web.heard[0]["user-agent"]


def test_a_redirect_that_may_pass_is_no_new_address(fetcher: Fetcher, web: Web) -> None:
    fetched = fetcher.fetch(web.url("/moved/for-now"))

    assert (fetched.url, fetched.permanent_url) == (web.url("/ok"), web.url("/moved/for-now"))


def test_two_requests_of_a_host_are_apart(fetcher: Fetcher, web: Web, time: Time) -> None:
    fetcher.fetch(web.url("/ok"))
    fetcher.fetch(web.url("/ok"))

    assert time.slept == [INTERVAL_S]


def test_a_server_that_says_when_to_come_back_is_obeyed(fetcher: Fetcher, web: Web, time: Time, busy: str) -> None:
    fetched = fetcher.fetch(web.url(busy))

    assert fetched.status_code == 200
    assert [pause for pause in time.slept if pause == 3.0] == [3.0, 3.0]


def test_a_host_that_does_not_answer_is_asked_once(fetcher: Fetcher, time: Time) -> None:
    url = f"http://127.0.0.1:{unused_port()}/"

    for _ in range(2):
        with pytest.raises(NotFetched, match="refuse la connexion"):
            fetcher.fetch(url)

    assert time.slept == []


def test_private_addresses_are_refused_at_every_hop(web: Web, time: Time) -> None:
    with Fetcher(Policy(), sleep=time.sleep, clock=time.clock) as fetcher, pytest.raises(NotFetched):
        fetcher.fetch(web.url("/ok"))

    assert web.asked == []
