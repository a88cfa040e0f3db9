"""The HTML report without a browser: a parser of HTML5 has nothing to say, and nothing of the values is markup."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest

from diagsources.reports.checks import report_of
from diagsources.text import is_obeyed, visible
from tests.support.nasty import LONG_URL, TITLES
from tests.support.rendering import largest, nastiest, records, rendered


def html_faults(text: str) -> list[Any]:
    parser = html5lib.HTMLParser()
    parser.parse(text)
    return list(parser.errors)


@pytest.mark.parametrize("run", [nastiest, largest, lambda name: rendered(report_of([], head={}), name)])
def test_html_is_without_fault_for_a_parser_of_html5(run: Callable[[str], str]) -> None:
    assert html_faults(run("html")) == []


def tree(text: str) -> ElementTree.Element:
    parsed: ElementTree.Element = html5lib.parse(text, namespaceHTMLElements=False)
    return parsed


def test_html_shows_every_text_and_no_element_of_it() -> None:
    page = tree(nastiest("html"))
    shown = "".join(page.itertext())

    for title in TITLES:
        if "\ufffe" not in title:
            assert visible(title) in shown
    assert len(list(page.iter("script"))) == 1
    assert len(list(page.iter("style"))) == 1
    assert len(list(page.iter("table"))) == 1
    assert [name for element in page.iter() for name in element.attrib if name.startswith("on")] == []


def test_html_names_a_link_without_a_title_once() -> None:
    page = tree(rendered(records(id="line-3"), "html"))

    assert [text for text in page.itertext() if text == "line-3"] == ["line-3"]


def test_html_links_lead_to_the_web_alone() -> None:
    hrefs = [link.attrib["href"] for link in tree(nastiest("html")).iter("a")]

    assert hrefs
    assert all(href.startswith(("https://", "http://")) for href in hrefs)
    assert not [href for href in hrefs if is_obeyed(href)]
    assert {LONG_URL, "https://exemple.fr/::set-output::%0A"} <= set(hrefs)


def test_html_loads_nothing_and_its_policy_lets_only_its_own_script_run() -> None:
    text = nastiest("html")
    page = tree(text)
    (policy,) = [
        meta.attrib["content"]
        for meta in page.iter("meta")
        if meta.attrib.get("http-equiv") == "Content-Security-Policy"
    ]

    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        (element,) = page.iter(tag)
        digest = base64.b64encode(hashlib.sha256((element.text or "").encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
        assert element.attrib == {}
    sources = [
        element for element in page.iter() if "src" in element.attrib or element.tag in ("link", "img", "iframe")
    ]
    assert sources == []
    assert "url(" not in text.partition("</style>")[0]
    assert "@import" not in text.partition("</style>")[0]


def test_html_without_a_script_shows_every_row() -> None:
    page = tree(largest("html"))
    (body,) = page.iter("tbody")

    assert len(list(body)) == 10_000
    assert not [row for row in body if "hidden" in row.attrib]


def test_ten_thousand_findings_are_a_page_that_opens() -> None:
    assert len(largest("html").encode()) < 16_000_000
