"""Cookies of one run: given back to whom they belong, and to nobody else."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagsources.check.cookies import Cookies

NOW = datetime(2026, 11, 28, tzinfo=UTC)
HOME = "https://www.insee.fr/fr/page"


def given_back(set_cookie: str, url: str, *, by: str = HOME) -> str:
    """The Cookie field for *url*, after *by* has set cookies."""
    cookies = Cookies()
    cookies.take(by, set_cookie, now=NOW)
    return cookies.field_for(url)


@pytest.mark.parametrize(
    ("set_cookie", "url"),
    [
        ("a=b", HOME),
        ("a=b", "https://www.insee.fr/fr/autre"),
        ("a=b; Path=/", "https://www.insee.fr/"),
        ("a=b; Path=/; HttpOnly; SameSite=Strict", "https://www.insee.fr/"),
        ("a=b; Path=/fr", "https://www.insee.fr/fr"),
        ("a=b; Path=/fr", "https://www.insee.fr/fr/page/deux"),
        ("a=b; Domain=insee.fr", "https://api.insee.fr/fr/"),
        ("a=b; Domain=.insee.fr", "https://api.insee.fr/fr/"),
        ("a=b; Path=/; Secure", "https://www.insee.fr/"),
        ("a=b; Path=/; Max-Age=60", "https://www.insee.fr/"),
        ("a=b; Path=/; Expires=Fri, 31 Dec 9999 23:59:59 GMT", "https://www.insee.fr/"),
        ("a=b; Path=/; Expires=never", "https://www.insee.fr/"),
    ],
)
def test_a_cookie_is_given_back(set_cookie: str, url: str) -> None:
    assert given_back(set_cookie, url) == "a=b"


@pytest.mark.parametrize(
    ("set_cookie", "url"),
    [
        ("a=b", "https://autre.fr/fr/page"),
        ("a=b", "https://api.insee.fr/fr/page"),
        ("a=b", "https://www.insee.fr.autre.fr/fr/page"),
        ("a=b; Domain=autre.fr", "https://autre.fr/fr/page"),
        ("a=b; Domain=fr", "https://autre.fr/fr/page"),
        ("a=b; Domain=.fr", "https://www.insee.fr/fr/page"),
        ("a=b; Domain=api.insee.fr", "https://api.insee.fr/fr/page"),
        ("a=b; Path=/fr", "https://www.insee.fr/"),
        ("a=b; Path=/fr", "https://www.insee.fr/france"),
        ("a=b; Path=/; Secure", "http://www.insee.fr/"),
        ("a=b; Path=/; Max-Age=0", "https://www.insee.fr/"),
        ("a=b; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "https://www.insee.fr/"),
        ("a=b; Path=/; Expires=Sun Nov  6 08:49:37 1994", "https://www.insee.fr/"),
        ("a=b; Path=/; Expires=Thu Jan 01 1970 00:00:00 GMT+0000", "https://www.insee.fr/"),
    ],
)
def test_a_cookie_is_not_given_to_whom_it_does_not_belong(set_cookie: str, url: str) -> None:
    assert given_back(set_cookie, url) == ""


@pytest.mark.parametrize("suffix", ["gouv.fr", "github.io", "co.uk"])
def test_a_suffix_that_many_share_is_nobody_s_site(suffix: str) -> None:
    assert given_back(f"a=b; Domain={suffix}; Path=/", f"https://deux.{suffix}/", by=f"https://un.{suffix}/") == ""


def test_several_cookies_are_given_back_together() -> None:
    assert given_back("a=b\nc=d; Path=/fr", HOME) == "a=b; c=d"


def test_a_cookie_that_is_set_again_is_replaced_and_one_that_ends_is_dropped() -> None:
    cookies = Cookies()
    cookies.take(HOME, "a=b\nc=d", now=NOW)
    cookies.take(HOME, "a=e\nc=d; Max-Age=0", now=NOW)

    assert cookies.field_for(HOME) == "a=e"


def test_a_field_that_is_too_long_is_not_heard() -> None:
    assert given_back("a=" + "b" * 5_000, HOME) == ""


def test_a_site_that_sets_hundreds_does_not_fill_every_request() -> None:
    cookies = Cookies()
    for rank in range(500):
        cookies.take(HOME, f"a{rank}=b", now=NOW)

    assert len(cookies.field_for(HOME)) < 2_000


def test_a_site_that_sets_long_ones_does_not_either() -> None:
    cookies = Cookies()
    for rank in range(100):
        cookies.take(HOME, f"a{rank}={'b' * 4_000}", now=NOW)

    assert len(cookies.field_for(HOME)) < 20_000


@pytest.mark.parametrize(
    "set_cookie",
    [
        "a=b; Max-Age=bientôt",
        "a=b; Path=page",
        "a=b; Domain=",
        " a=b ",
        "a=c\na=b",
        "a=b; Expires=31-Dec-2099 23:59:59",
    ],
)
def test_what_is_odd_about_a_cookie_is_overlooked(set_cookie: str) -> None:
    assert given_back(set_cookie, HOME) == "a=b"


@pytest.mark.parametrize(
    "set_cookie", ["__Host-a=b", "__Host-a=b; Secure; Path=/fr", "__Secure-a=b", "a=b; SameSite=None", "a=\x01b"]
)
def test_a_cookie_that_browsers_refuse_is_not_kept(set_cookie: str) -> None:
    assert given_back(set_cookie, HOME) == ""


def test_a_cookie_of_a_host_is_not_for_those_below_it() -> None:
    assert given_back("a=b; Path=/", "https://deux.www.insee.fr/") == ""
    assert given_back("a=b; Path=/; Domain=insee.fr", "https://api.insee.fr/", by="https://insee.fr/") == "a=b"


def test_a_cookie_may_be_set_and_dropped_in_one_answer() -> None:
    assert given_back("a=b\nc=d\nc=; Max-Age=0", HOME) == "a=b"


def test_the_sites_of_long_ago_are_forgotten() -> None:
    cookies = Cookies()
    for rank in range(2_001):
        cookies.take(f"https://site{rank}.fr/", "a=b", now=NOW)

    assert cookies.field_for("https://site0.fr/") == ""
    assert cookies.field_for("https://site2000.fr/") == "a=b"


@given(
    st.text(st.characters(max_codepoint=255), max_size=60)
    | st.text(alphabet='ab=;," /PathDomExpires.fr0-:', max_size=60)
)
@settings(deadline=None)
def test_whatever_is_set_is_no_failure_and_stays_on_its_site(set_cookie: str) -> None:
    cookies = Cookies()
    cookies.take(HOME, set_cookie, now=NOW)

    assert isinstance(cookies.field_for(HOME), str)
    assert cookies.field_for("https://autre.fr/") == ""


def test_the_bytes_of_a_cookie_that_is_not_ascii_are_given_back_as_they_came() -> None:
    as_received = "ville=Orléans; Path=/".encode().decode("latin-1")

    assert given_back(as_received, HOME).encode("latin-1") == "ville=Orléans".encode()
