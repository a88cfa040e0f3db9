"""Every format, fed with the nastiest report there is, byte for byte."""

import csv
import inspect
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from diagsources.model import (
    Address,
    Catalogue,
    Caution,
    Lifecycle,
    Link,
    Problem,
    Source,
    Template,
    Theme,
    Verdict,
    Verification,
)
from diagsources.query import search
from diagsources.reports import FORMATS, Column, Report
from diagsources.reports.card import card
from diagsources.reports.checks import of_checks
from diagsources.reports.formats import OfChecks
from diagsources.reports.sources import of_cards, of_hits, of_problems, of_sources, of_themes, record
from diagsources.text import escaped, visible
from diagsources.verdict import Answer, Check, Evidence, judge
from diagsources.verdict.told import Told

GOLDEN = Path(__file__).parent / "golden"
OF_ANYTHING = [name for name, form in FORMATS.items() if not isinstance(form, OfChecks)]
LONG_URL = "https://exemple.fr/" + "chemin/" * 40 + "?a=1&b=%7C&c=_x_*y*~~z~~#fin"

COLUMNS = (Column("id", "Identifiant"), Column("title", "Titre | nom"), Column("url", "Adresse"))
ROWS: tuple[tuple[str, str, str], ...] = (
    ("accents", "Œuvres d'été – « naïves », 10\u202f000\u00a0€", "https://exemple.fr/été"),
    ("pipe", "a|b \\| c \\", "http://exemple.fr/a|b"),
    ("lines", "deux\nlignes\tet une\r\nautre", ""),
    ("brackets", "[bold]gras[/bold] [lien](https://evil.fr) ![image](x) [^1] [x]: y", "javascript:alert(1)"),
    ("html", "<script>alert('x')</script> &lt; &amp; <b>&#x3c;", "<https://exemple.fr>"),
    ("formula", "=cmd|' /C calc'!A0", "@SUM(1+1)"),
    ("plus", "+1", "-1"),
    ("at", "@x", "\t=1+1"),
    ("quotes", "il dit \"oui\", 'non'; `ls` ``x``", "https://exemple.fr/`x`"),
    ("ansi", "\x1b[31mrouge\x1b[0m\x07\x9b0m", "https://exemple.fr/\x1b]8;;"),
    ("bidi", "facture\u202efdp.exe\u2066", "https://exemple.fr/\u202e"),
    ("surrogate", "seul\ud800ici", "\ufeff\u2028"),
    ("arabic", "إحصاءات السكان", "https://exemple.fr/?mot=السكان"),
    ("markup", "**gras** _ital_ ~~barré~~ # titre $x$ @moi #12 - + 1. {x} !", "www.exemple.fr"),
    ("emoji", "👩\u200d🌾 :smile:", "mailto:a@exemple.fr"),
    ("long", "URL de 300 caractères", LONG_URL),
    ("", "", ""),
)


def nasty() -> Report:
    """Everything that a format could stumble over."""
    return Report(
        schema="diagsources.essai/1",
        key="lines",
        columns=COLUMNS,
        records=[
            {"id": ident, "title": title, "url": url or None, "rank": rank, "tags": [title]}
            for rank, (ident, title, url) in enumerate(ROWS)
        ],
        rows=ROWS,
        head={"summary": {"\u202e": 1}},
        preface="1. <b>Rester</b> *critique*\net\x1b[0m `prudent`",
    )


def empty() -> Report:
    """A report with nothing to say."""
    return Report(schema="diagsources.essai/1", key="lines", columns=COLUMNS, records=(), rows=())


def rendered(report: Report, name: str) -> str:
    """*report* in the format *name*."""
    out = StringIO(newline="")
    FORMATS[name].render(report, out)
    return out.getvalue()


def cells(*rows: Sequence[str]) -> Report:
    """A report of *rows* alone."""
    columns = [Column(f"c{index}", f"C{index}") for index in range(len(rows[0]))]
    return Report(schema="x/1", key="x", columns=columns, records=(), rows=rows)


@pytest.mark.parametrize("name", OF_ANYTHING)
def test_a_nasty_report_is_rendered_as_it_was_read_and_agreed(name: str) -> None:
    golden = GOLDEN / f"{name}.txt"
    given_now = rendered(nasty(), name).encode("utf-8")
    if not golden.exists():
        golden.write_bytes(given_now)
        pytest.fail(f"{golden} was missing and has been written: read it, then run the tests again")

    assert given_now == golden.read_bytes()


def test_every_golden_file_is_of_a_format() -> None:
    of_checks = {f"checks-{name}" for name in (*FORMATS, "table")}

    assert {path.stem for path in GOLDEN.iterdir()} == {*OF_ANYTHING, *of_checks}


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_says_what_it_is_for(name: str) -> None:
    assert len(inspect.getdoc(FORMATS[name]) or "") > 20


@pytest.mark.parametrize("name", OF_ANYTHING)
def test_a_report_ends_with_one_newline(name: str) -> None:
    text = rendered(nasty(), name)

    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("name", OF_ANYTHING)
def test_the_same_report_is_rendered_the_same(name: str) -> None:
    assert rendered(nasty(), name) == rendered(nasty(), name)


@pytest.mark.parametrize("name", OF_ANYTHING)
def test_nothing_in_a_report_is_obeyed(name: str) -> None:
    text = rendered(nasty(), name)

    assert text.replace("\n", "").replace("\t", "") == visible(text.replace("\n", "").replace("\t", ""))
    assert "\r" not in text


@pytest.mark.parametrize("name", OF_ANYTHING)
def test_rows_may_be_read_only_once(name: str) -> None:
    report = nasty()
    lazy = report._replace(records=iter(report.records), rows=iter(report.rows))

    assert rendered(lazy, name) == rendered(report, name)


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_a_report_that_is_a_page_of_its_own_is_rendered_as_that_page(name: str) -> None:
    report = nasty()._replace(pages={name: lambda: ("# Une page\n", "et sa suite\n")})

    assert rendered(report, name) == "# Une page\net sa suite\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plain", ""),
        ("json", '{\n  "schema": "diagsources.essai/1",\n  "lines": []\n}\n'),
        ("jsonl", ""),
        ("csv", "id,title,url\n"),
        ("markdown", "| Identifiant | Titre \\| nom | Adresse |\n| --- | --- | --- |\n"),
    ],
)
def test_an_empty_report_is_its_frame(name: str, text: str) -> None:
    assert rendered(empty(), name) == text


def test_the_frames_of_all_formats_are_tested() -> None:
    assert set(OF_ANYTHING) == {"plain", "json", "jsonl", "csv", "markdown"}


def test_plain_is_a_record_a_line_with_tabs_between() -> None:
    lines = rendered(nasty(), "plain").splitlines()

    assert [line.split("\t") for line in lines[:-1]] == [[visible(cell) for cell in row] for row in ROWS]


def test_plain_ends_with_the_preface_as_a_comment() -> None:
    assert rendered(nasty(), "plain").splitlines()[-1].startswith("# 1. <b>Rester</b>")


def test_csv_read_again_gives_the_same_cells_but_for_the_guard() -> None:
    header, *rows = csv.reader(StringIO(rendered(nasty(), "csv"), newline=""))

    assert header == ["id", "title", "url"]
    assert len(rows) == len(ROWS)
    for row, original in zip(rows, ROWS, strict=True):
        assert [cell.removeprefix("'") for cell in row] == [visible(cell) for cell in original]


@pytest.mark.parametrize(
    ("cell", "guarded"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\t=1", "' =1"),
        (" =1", "' =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("＝1", "'＝1"),
        ("1-1", "1-1"),
        ("https://exemple.fr/?a=1", "https://exemple.fr/?a=1"),
    ],
)
def test_no_csv_cell_is_a_formula(cell: str, guarded: str) -> None:
    _, row = csv.reader(StringIO(rendered(cells((cell, "x")), "csv"), newline=""))

    assert row == [guarded, "x"]


@given(st.text(st.characters()), st.text(st.characters()))
def test_csv_gives_any_cell_back_and_never_a_formula(one: str, other: str) -> None:
    _, row = csv.reader(StringIO(rendered(cells((one, other)), "csv"), newline=""))

    for cell, original in zip(row, (one, other), strict=True):
        assert cell in {visible(original), f"'{visible(original)}"}
        assert not cell.lstrip().startswith(tuple("=+-@"))


def test_json_parses_back_to_the_records() -> None:
    document = json.loads(rendered(nasty(), "json"))

    assert document == {
        "schema": "diagsources.essai/1",
        "summary": {"\u202e": 1},
        "lines": list(nasty().records),
    }


def test_json_names_its_schema_first() -> None:
    assert next(iter(json.loads(rendered(nasty(), "json")))) == "schema"


plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
nested = st.recursive(plain, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=6)


@given(st.lists(st.dictionaries(st.text(), nested)))
@example([{"a": {}}, {"b": "},\n      {"}, {"},\n      {": 1}] * 101)
@example([{}, {"a": 1}, {"a": [1]}, {"a": 2}, {}])
def test_json_is_indented_whatever_the_records_hold(records: list[dict[str, object]]) -> None:
    report = Report(schema="x/1", key="x", columns=COLUMNS, records=records, rows=())

    written = rendered(report, "json")

    assert written == escaped(json.dumps({"schema": "x/1", "x": records}, ensure_ascii=False, indent=2)) + "\n"


def test_jsonl_is_a_record_a_line() -> None:
    lines = rendered(nasty(), "jsonl").splitlines()

    assert [json.loads(line) for line in lines] == list(nasty().records)


@pytest.mark.parametrize("name", ["jsonl", "csv", "plain", "markdown"])
def test_what_streams_is_written_as_it_arrives(name: str) -> None:
    out = StringIO()
    written: list[int] = []

    def rows() -> Iterator[tuple[str, ...]]:
        for row in ROWS:
            written.append(len(out.getvalue()))
            yield row

    report = empty()._replace(rows=rows(), records=({"row": row} for row in rows()))
    FORMATS[name].render(report, out)

    assert len(written) == len(ROWS)
    assert written == sorted(set(written))


def tokens(report: Report) -> list[Token]:
    """The Markdown of *report* as CommonMark and GitHub's tables have it, inline tokens among the others."""
    top = MarkdownIt("commonmark").enable("table").parse(rendered(report, "markdown"))
    return [each for token in top for each in (token, *(token.children or ()))]


def table_of(report: Report) -> list[list[str]]:
    """The text of each cell of the Markdown of *report*, row by row, the head included.

    The renderer shows `%C3%A9` in an address as `é`.
    """
    rows: list[list[str]] = []
    for token in tokens(report):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in {"th_open", "td_open"}:
            rows[-1].append("")
        elif token.type in {"text", "text_special"} and rows:
            rows[-1][-1] += token.content
    return rows


def test_markdown_is_a_table_of_the_same_cells() -> None:
    head, *rows = table_of(nasty())

    assert head == ["Identifiant", "Titre | nom", "Adresse"]
    assert len(rows) == len(ROWS)
    for row, original in zip(rows, ROWS, strict=True):
        assert [unquote(cell) for cell in row] == [unquote(visible(cell).strip()) for cell in original]


def test_markdown_has_no_link_but_to_the_web_and_no_other_markup() -> None:
    hrefs = [str(token.attrGet("href")) for token in tokens(nasty()) if token.type == "link_open"]
    kinds = {token.type for token in tokens(nasty())}

    assert all(href.startswith(("http://", "https://")) for href in hrefs)
    assert LONG_URL in hrefs
    assert not any("evil.fr" in href for href in hrefs)
    assert not kinds & {"html_inline", "html_block", "em_open", "strong_open", "image", "code_inline", "s_open"}
    assert not kinds & {"ordered_list_open", "bullet_list_open", "heading_open", "fence", "code_block", "hr"}


def test_markdown_in_a_page_has_no_script() -> None:
    page = MarkdownIt("commonmark").enable("table").render(rendered(nasty(), "markdown"))

    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert page.count("<tr>") == len(ROWS) + 1


@given(st.lists(st.tuples(st.text(st.characters()), st.text(st.characters())), min_size=1, max_size=3))
def test_markdown_shows_any_cell_as_it_is(rows: list[tuple[str, str]]) -> None:
    _, *shown = table_of(cells(*rows))

    assert [[cell.split() for cell in row] for row in shown] == [
        [visible(cell).split() for cell in row] for row in rows
    ]


@pytest.mark.parametrize(
    "preface", ["- un", "+ un", "1. un", "1) un", "# un", "> un", "    un", "=== un", "---", "~~~"]
)
def test_a_preface_is_a_paragraph_whatever_it_begins_with(preface: str) -> None:
    kinds = [token.type for token in tokens(empty()._replace(preface=preface))]

    assert kinds[:2] == ["paragraph_open", "inline"]
    assert "table_open" in kinds


PRIVATE = "https://moi:secret@exemple.fr/"
SOURCE = Source(
    id="secrete",
    title="Source secrète",
    url=PRIVATE,
    document_url=PRIVATE,
    cautions=(Caution("Prudence.", PRIVATE), Caution("Encore.")),
    links=(Address("api", PRIVATE, line=3),),
    territory_urls=(Template("commune", PRIVATE + "{code}"),),
    lifecycle=Lifecycle("replaced", successor=PRIVATE),
    verified=Verification(on=datetime(2026, 11, 3, tzinfo=UTC).date(), evidence=(PRIVATE,)),
    theme="sante",
    file="sante.yaml",
    line=2,
    url_line=4,
)
CATALOGUE = Catalogue(themes=(Theme("sante", "Santé"),), sources=(SOURCE,))
CHECK = Check(
    link=Link("secrete", "url", PRIVATE, title="Source secrète", theme="sante", file="sante.yaml", line=4),
    evidence=Evidence(
        PRIVATE, (Answer(PRIVATE, 301, PRIVATE + "neuf"), Answer(PRIVATE + "neuf", 200)), fault=None, elapsed_ms=212
    ),
    judgement=judge(Evidence(PRIVATE, (Answer(PRIVATE, 301, PRIVATE + "neuf"), Answer(PRIVATE + "neuf", 200)))),
    checked_at=datetime(2026, 11, 23, 16, 0, 0, 999, tzinfo=UTC),
)


@pytest.mark.parametrize("name", OF_ANYTHING)
@pytest.mark.parametrize(
    "report",
    [
        lambda: of_sources(CATALOGUE, [SOURCE]),
        lambda: of_hits(CATALOGUE, search(CATALOGUE, "secrète")),
        lambda: of_cards([SOURCE], [card(CATALOGUE, SOURCE)]),
        lambda: of_checks([Told(CHECK)]),
    ],
    ids=["sources", "hits", "cards", "checks"],
)
def test_no_report_shows_a_password(name: str, report: Callable[[], Report]) -> None:
    text = rendered(report(), name)

    assert "exemple.fr" in text
    assert "secret@" not in text


def test_a_record_of_a_source_has_the_keys_of_the_catalogue_and_its_place() -> None:
    assert record(SOURCE) == {
        "id": "secrete",
        "title": "Source secrète",
        "url": "https://***@exemple.fr/",
        "document_url": "https://***@exemple.fr/",
        "cautions": [{"text": "Prudence.", "source": "https://***@exemple.fr/"}, "Encore."],
        "links": [{"rel": "api", "url": "https://***@exemple.fr/"}],
        "territory_urls": {"commune": "https://***@exemple.fr/{code}"},
        "lifecycle": {"status": "replaced", "successor": "https://***@exemple.fr/"},
        "verified": {"on": "2026-11-03", "evidence": ["https://***@exemple.fr/"]},
        "theme": "sante",
        "file": "sante.yaml",
        "line": 2,
    }


def test_a_record_of_a_check_is_what_programs_were_promised() -> None:
    assert json.loads(rendered(of_checks([Told(CHECK)]), "jsonl")) == {
        "id": "secrete",
        "rel": "url",
        "url": "https://***@exemple.fr/",
        "verdict": "moved",
        "reason": "http-301",
        "message": "l'adresse a changé pour de bon",
        "status_code": 200,
        "final_url": "https://***@exemple.fr/neuf",
        "suggestion": "https://***@exemple.fr/neuf",
        "redirects": [{"status_code": 301, "url": "https://***@exemple.fr/neuf"}],
        "warnings": [],
        "attempts": 1,
        "elapsed_ms": 212,
        "checked_at": "2026-11-23T16:00:00Z",
        "theme": "sante",
        "title": "Source secrète",
        "file": "sante.yaml",
        "line": 4,
        "publisher": "",
        "theme_title": "",
        "counts": False,
    }


def test_a_run_says_when_it_was_and_how_many_links_have_each_verdict() -> None:
    report = of_checks(
        [Told(CHECK), Told(CHECK)],
        started_at=datetime(2026, 11, 23, 15, 0, tzinfo=UTC),
        finished_at=datetime(2026, 11, 23, 16, 0, tzinfo=UTC),
    )

    document = json.loads(rendered(report, "json"))

    assert list(document) == ["schema", "started_at", "finished_at", "summary", "checks"]
    assert document["schema"] == "diagsources.check/1"
    assert (document["started_at"], document["finished_at"]) == ("2026-11-23T15:00:00Z", "2026-11-23T16:00:00Z")
    assert document["summary"] == {verdict.value: 2 if verdict is Verdict.MOVED else 0 for verdict in Verdict}
    assert len(document["checks"]) == 2


def test_hits_carry_their_score_and_reasons() -> None:
    hits = search(CATALOGUE, "secrète")

    found = json.loads(rendered(of_hits(CATALOGUE, hits), "json"))["sources"][0]

    assert found["score"] == hits[0].score
    assert found["matches"] == [{"asked": "secrète", "field": "title", "word": "secrète"}]
    assert rendered(of_hits(CATALOGUE, hits), "plain").endswith("\ttitre\u00a0: secrète\n")


def test_themes_carry_their_counts_and_advice(shipped: Catalogue) -> None:
    document = json.loads(rendered(of_themes(shipped), "json"))

    assert document["advice"]["title"] == "Rester critique"
    assert [theme["id"] for theme in document["themes"]] == [theme.id for theme in shipped.themes]
    assert all(theme["sources"] > 0 for theme in document["themes"])


def test_problems_say_where_they_are() -> None:
    problem = Problem("sante.yaml", 12, 5, "unknown-key", "clé inconnue", "title")

    assert rendered(of_problems([problem]), "plain") == "sante.yaml:12:5\tunknown-key\tclé inconnue\ttitle\n"


@pytest.mark.parametrize("name", OF_ANYTHING)
def test_the_shipped_catalogue_goes_through(shipped: Catalogue, name: str) -> None:
    text = rendered(of_sources(shipped, shipped.sources), name)

    assert all(source.id in text.replace("\\", "") for source in shipped.sources)
