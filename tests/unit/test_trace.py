"""A page is known again by its validators and its words, whatever changes at each load."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagsources.check.page import read_page
from diagsources.verdict import Page
from diagsources.verdict.trace import Drift, Trace, conditions, digest_of, drift, has_changed, trace_of

DAY = date(2026, 11, 3)
TEXT = "<p>" + "Les communes et leurs groupements, d'après le recensement. " * 5


def page(body: str, media_type: str = "text/html; charset=utf-8") -> Page:
    return read_page(f"<!doctype html><title>Les communes</title>{body}".encode(), media_type)


def sheet(text: str) -> Page:
    return read_page(text.encode(), "text/csv")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Vu 1 204 fois</p>", "<p>Vu 1 205 fois</p>"),
        ("<p>Le mardi 3 novembre 2026 à 06:00</p>", "<p>Le mercredi 4 novembre 2026 à 07:12</p>"),
        ("<p>Publié il y a 3 heures</p>", "<p>Publié il y a 2 jours</p>"),
        ("<p>Session 8f3ac2e1b</p>", "<p>Session 77bd01c9f</p>"),
        ("<p>Des communes</p><p>Des cantons</p>", "<p>Des cantons</p><p>Des communes</p>"),
        ("<p>Des communes</p><input type=hidden value=aaaa>", "<p>Des communes</p><input type=hidden value=bbbb>"),
        (f"{TEXT}<script>var t = 'abc'</script>", f"{TEXT}<script>var t = 'xyz'</script>"),
        ("<p>Posted on Tue, Nov 3</p>", "<p>Posted on Wed, Dec 4</p>"),
    ],
)
def test_what_changes_at_each_load_is_left_out(before: str, after: str) -> None:
    assert digest_of(page(before)) == digest_of(page(after)) is not None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>La base des équipements</p>", "<p>La base des équipements est remplacée</p>"),
        ("<p>Données de la région</p>", "<p>Données du département</p>"),
        ("<p>إحصاءات السكان 2026</p>", "<p>إحصاءات السكن 2026</p>"),
    ],
)
def test_what_the_page_says_is_not(before: str, after: str) -> None:
    assert digest_of(page(before)) != digest_of(page(after))


def test_of_a_table_the_numbers_are_what_it_says() -> None:
    assert digest_of(sheet("commune;habitants\n31555;493465\n")) != digest_of(
        sheet("commune;habitants\n31555;493466\n")
    )


@pytest.mark.parametrize("unread", [Page(), Page(html=True, text="2026"), Page(html=True, text="Chargement", app=True)])
def test_a_page_without_words_of_its_own_has_no_digest(unread: Page) -> None:
    assert digest_of(unread) is None


def test_a_trace_is_what_the_answer_bears() -> None:
    fields = {"etag": '"a1"', "last-modified": "Tue, 03 Nov 2026 06:00:00 GMT", "content-length": "1234"}

    seen = trace_of(fields, page("<p>Des communes</p>"))

    assert seen[:3] == ('"a1"', "Tue, 03 Nov 2026 06:00:00 GMT", 1234)
    assert seen.title == "Les communes"
    assert seen.digest == digest_of(page("<p>Des communes</p>"))
    assert trace_of({"etag": "x" * 5000, "content-length": "many"}, None) == Trace()


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        (Trace(digest="a"), Trace(digest="b"), True),
        (Trace(digest="a", length=1), Trace(digest="a", length=2), False),
        (Trace(etag='"1"', digest="a"), Trace(etag='"1"', digest="b"), False),
        (Trace(etag='W/"1"', digest="a"), Trace(etag='W/"1"', digest="b"), True),
        (Trace(etag='"1"', length=9), Trace(etag='"2"', length=9), False),
        (Trace(length=9), Trace(length=10), True),
        (Trace(length=9, last_modified="one"), Trace(length=9, last_modified="other"), True),
        (Trace(etag='"1"'), Trace(etag='"2"'), True),
        (Trace(), Trace(digest="a"), None),
        (Trace(etag='"1"'), Trace(length=9), None),
    ],
)
def test_the_text_decides_then_the_file_then_its_mark(before: Trace, after: Trace, changed: bool | None) -> None:
    assert has_changed(before, after) is changed


def reads(word: str) -> list[Trace]:
    """What the last reads found, the latest first."""
    return [Trace(digest=letter) for letter in word]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("a", Drift(DAY, False)),
        ("aaa", Drift(DAY, False)),
        ("ba", Drift(DAY, True, is_new=True)),
        ("bba", Drift(DAY, True)),
        ("bca", None),
        ("bcc", Drift(DAY, True)),
        ("abc", Drift(DAY, False)),
        ("", None),
    ],
)
def test_a_page_has_changed_since_it_was_verified_unless_it_always_does(word: str, expected: Drift | None) -> None:
    assert drift(DAY, Trace(digest="a"), reads(word)) == expected


def test_a_page_is_asked_for_by_the_validators_that_are_well_formed() -> None:
    dated = "Tue, 03 Nov 2026 06:00:00 GMT"

    assert conditions(Trace('W/"a1"', dated)) == (("If-None-Match", 'W/"a1"'), ("If-Modified-Since", dated))
    assert conditions(Trace("a1", "yesterday")) == ()
    assert conditions(Trace('"a1"\r\nHost: elsewhere')) == ()
    assert conditions(Trace('"é"')) == ()


@given(st.text(), st.text())
def test_whatever_a_server_says_no_field_is_broken(etag: str, dated: str) -> None:
    for name, value in conditions(Trace(etag, dated)):
        assert name in ("If-None-Match", "If-Modified-Since")
        assert value.isascii()
        assert value.isprintable()
