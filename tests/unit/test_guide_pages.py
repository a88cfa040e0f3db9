"""The pages of a guide, fed with a hostile catalogue: nothing of it is obeyed, and they are fit for a browser."""

from io import StringIO
from itertools import cycle
from pathlib import Path

import html5lib
import pytest
from markdown_it import MarkdownIt

from diagsources.catalogue import load
from diagsources.model import Advice, Anchor, Catalogue, Caution, Guide, Lifecycle, Publisher, Question, Source
from diagsources.query import guide_named
from diagsources.reports import FORMATS, Report
from diagsources.reports.guide import Course, assemble, of_course, of_guides
from diagsources.text import is_obeyed
from tests.support.nasty import TITLES, URLS
from tests.unit.test_page_in_a_browser import AXE, CHROMIUM, told

EVERY = ["plain", "json", "jsonl", "csv", "markdown", "html"]
WORDS = [title or "vide" for title in TITLES]
OPENINGS = [
    "- liste",
    "1. liste",
    "# titre",
    "> citation",
    "    code",
    "[ ] case",
    "```",
    "| table |",
    "---",
    "===",
    "+ x",
]


def nasty_course() -> Course:
    """Every nastiness as title, address, caution, indicator, note…"""
    url, word = cycle(URLS), cycle([*WORDS, *OPENINGS])
    sources = tuple(
        Source(
            id=f"source-{rank}",
            title=next(word),
            url=next(url),
            publisher="p" if rank % 2 else next(word),
            producer=next(word),
            cautions=(Caution(next(word), next(url)), Caution(next(word))),
            confused_with=(f"source-{rank - 1}",),
            lifecycle=Lifecycle("closed", successor=next(url) or None, note=next(word)) if rank % 3 else None,
        )
        for rank in range(40)
    )
    questions = tuple(
        Question(
            id=f"question-{rank}",
            title=next(word),
            indicators=tuple(next(word) for _ in range(6)),
            sources=tuple(f"source-{5 * rank + each}" for each in range(5)),
            elsewhere=(next(word), next(word)),
            advice=next(word),
            cautions=(Caution(next(word), next(url)),),
        )
        for rank in range(8)
    )
    guide = Guide("g", next(word), (next(word),), next(word), Anchor(next(word), next(url)))
    whole = Catalogue(
        advice=Advice(next(word), next(word)),
        publishers={"p": Publisher("p", next(word))},
        sources=sources,
        questions=questions,
        guides=(guide,),
    )
    return assemble(whole, guide)


def rendered(report: Report, name: str) -> str:
    out = StringIO(newline="")
    FORMATS[name].render(report, out)
    return out.getvalue()


@pytest.fixture(scope="module")
def nasty() -> Course:
    return nasty_course()


@pytest.mark.parametrize("name", EVERY)
def test_no_character_of_a_catalogue_is_obeyed(nasty: Course, name: str) -> None:
    text = rendered(of_course(nasty), name)

    assert not is_obeyed(text)
    assert "\r" not in text


@pytest.mark.parametrize("name", EVERY)
def test_no_line_is_a_command_to_the_log_of_a_ci(nasty: Course, name: str) -> None:
    lines = rendered(of_course(nasty), name).splitlines()

    assert [line for line in lines if line.lstrip().startswith(("::", "##["))] == []


@pytest.mark.parametrize("name", [name for name in EVERY if name != "html"])
def test_the_list_of_guides_ends_with_one_newline(nasty: Course, name: str) -> None:
    text = rendered(of_guides(nasty.catalogue, nasty.catalogue.guides), name)

    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_no_text_of_a_catalogue_is_markup_in_markdown(nasty: Course) -> None:
    blocks = MarkdownIt("commonmark").enable("table").parse(rendered(of_course(nasty), "markdown"))

    tags = {block.tag for block in blocks}
    inline = {token.type for block in blocks for token in block.children or ()}
    headings = [block for block in blocks if block.type == "heading_open"]
    assert tags == {"h1", "h2", "p", "blockquote", "ul", "li", "hr", ""}
    assert inline <= {"text", "strong_open", "strong_close", "link_open", "link_close", "text_special", "softbreak"}
    assert len(headings) == 1 + len(nasty.steps)


def test_markdown_has_as_many_boxes_as_there_are_things_to_tick(nasty: Course) -> None:
    blocks = MarkdownIt("commonmark").parse(rendered(of_course(nasty), "markdown"))

    boxes = [block for block in blocks if block.type == "inline" and block.content.startswith("[ ] ")]
    assert len(boxes) == sum(len(step.question.indicators) + len(step.stops) for step in nasty.steps)


def test_no_text_of_a_catalogue_is_markup_in_html(nasty: Course) -> None:
    document = html5lib.parse(rendered(of_course(nasty), "html"), namespaceHTMLElements=False)

    attributes = {name for each in document.iter() for name in each.attrib}
    targets = [each.attrib["href"] for each in document.iter("a")]
    assert not {"script", "table", "details"} & {each.tag for each in document.iter()}
    assert not {name for name in attributes if name.startswith("on")}
    assert all(target.startswith(("https://", "#question-")) for target in targets)


def test_what_is_named_in_html_is_named_once(nasty: Course) -> None:
    document = html5lib.parse(rendered(of_course(nasty), "html"), namespaceHTMLElements=False)

    names = [each.attrib["id"] for each in document.iter() if "id" in each.attrib]
    assert len(names) == len(set(names)) == len(nasty.steps)


# in headless Chromium


def shipped_course() -> Course:
    """All the questions of the shipped catalogue."""
    whole = load()
    return assemble(whole, guide_named(whole))


COURSES = {"nasty": nasty_course, "shipped": shipped_course}
in_chromium = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")


@in_chromium
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("which", COURSES)
def test_no_text_runs_out_of_the_page(which: str, width: int, dark: bool, tmp_path: Path) -> None:
    wide = "setTimeout(() => tell(document.documentElement.scrollWidth - document.documentElement.clientWidth), 200)"
    page = rendered(of_course(COURSES[which]()), "html")

    assert told(page, tmp_path, wide, width=width, dark=dark) == 0


@in_chromium
@pytest.mark.skipif(not AXE, reason="AXE_CORE does not name the axe.min.js of axe-core")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("which", COURSES)
def test_axe_core_finds_nothing(which: str, width: int, dark: bool, tmp_path: Path) -> None:
    run = """
      axe.run(document, {resultTypes: ["violations", "incomplete"]}).then(found => tell(
        found.violations.map(each => [each.id, each.nodes.length, each.nodes[0].html, each.nodes[0].failureSummary])))
    """
    page = rendered(of_course(COURSES[which]()), "html")

    assert told(page, tmp_path, run, before=Path(AXE).read_text("utf-8"), width=width, dark=dark) == []
