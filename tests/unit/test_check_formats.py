"""The formats for checks, fed with the nastiest run there is: byte for byte, and read by those who will read them."""

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Callable
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
import xmlschema
from jsonschema import Draft4Validator, Draft202012Validator  # type: ignore[import-untyped]  # no stubs of ours
from junitparser import JUnitXml
from markdown_it import MarkdownIt

from diagsources.errors import WrongUsage
from diagsources.model import FAILING, Verdict
from diagsources.reports import FORMATS, Report
from diagsources.reports import schema as published
from diagsources.reports.checks import report_of
from diagsources.reports.digest import ROOM, digest, ticket
from diagsources.reports.formats import OfChecks
from diagsources.reports.formats.sarif import MOST
from diagsources.reports.revived import told_of
from diagsources.terminal import Terminal, checks
from diagsources.text import is_obeyed, visible
from tests.support.nasty import LONG_URL, TITLES, URLS, large_run, nasty, nasty_run

GOLDEN = Path(__file__).parent / "golden"
DATA = Path(__file__).parents[1] / "data"
OF_CHECKS = [name for name, form in FORMATS.items() if isinstance(form, OfChecks)]


def rendered(report: Report, name: str) -> str:
    out = StringIO(newline="")
    FORMATS[name].render(report, out)
    return out.getvalue()


def on_screen(report: Report, *, width: int = 80) -> str:
    """The table, which is the terminal's own format, without colours."""
    out = StringIO()
    told = [told_of(record) for record in report.records]
    checks.screen(Terminal(color="never").console(out, width=width), told, everything=True)
    return out.getvalue()


@cache
def nastiest(name: str) -> str:
    return on_screen(nasty_run()) if name == "table" else rendered(nasty_run(), name)


@cache
def largest(name: str) -> str:
    return rendered(large_run(), name)


MEMORY = {"since": "2026-11-03T04:00:00Z", "failures": 3, "runs": 5}


def records(**changed: Any) -> Report:
    """A run of one check, with *changed* values."""
    plain = {
        "id": "eau",
        "rel": "url",
        "checked_at": "2026-11-23T16:00:00Z",
        "url": "https://exemple.fr/",
        "verdict": "broken",
        "reason": "http-404",
        "message": "la page n'existe pas ou plus (404)",
        "file": "catalogue/eau.yaml",
        "line": 12,
    }
    return report_of([plain | changed], head={})


@pytest.mark.parametrize("name", ["table", *FORMATS])
def test_a_nasty_run_is_rendered_as_it_was_read_and_agreed(name: str) -> None:
    golden = GOLDEN / f"checks-{name}.txt"
    given_now = nastiest(name).encode("utf-8")
    if not golden.exists():
        golden.write_bytes(given_now)
        pytest.fail(f"{golden} was missing and has been written: read it, then run the tests again")

    assert given_now == golden.read_bytes()


@pytest.mark.parametrize("name", ["table", *FORMATS])
def test_nothing_in_a_run_is_obeyed(name: str) -> None:
    assert not is_obeyed(nastiest(name))


def obeyed_by_the_runner(line: str) -> str:
    """The command that the runner of GitHub Actions reads in a *line* of the log: `::x::` where it begins, else
    `##[x]` wherever it is."""
    begins = re.match(r"\s*::([\w-]+)( [^:]*)?::", line)
    anywhere = re.search(r"##\[([\w-]+)[^\]]*\]", line)
    return begins[1] if begins else anywhere[1] if anywhere else ""


@pytest.mark.parametrize("width", [20, 37, 80, 140])
def test_a_screen_breaks_no_line_into_a_command(width: int) -> None:
    text = on_screen(nasty_run(), width=width)

    assert not is_obeyed(text)
    assert [line for line in text.splitlines() if obeyed_by_the_runner(line)] == []


@pytest.mark.parametrize("name", ["table", *(name for name in FORMATS if name != "github")])
def test_nothing_in_a_run_is_a_command_to_the_log_of_a_ci(name: str) -> None:
    assert [line for line in nastiest(name).splitlines() if obeyed_by_the_runner(line)] == []


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "github"])
def test_an_address_is_no_command_to_the_log_of_a_ci(name: str) -> None:
    lines = rendered(records(url="https://exemple.fr/##[stop-commands]x", title="##[set-output name=a]b"), name)

    assert [line for line in lines.splitlines() if obeyed_by_the_runner(line)] == []


def test_annotations_are_the_only_commands_of_a_run() -> None:
    assert {obeyed_by_the_runner(line) for line in nastiest("github").splitlines()} == {"error", "warning", "notice"}


@pytest.mark.parametrize("name", OF_CHECKS)
def test_a_format_for_checks_refuses_anything_else_before_it_writes(name: str) -> None:
    out = StringIO()

    with pytest.raises(WrongUsage, match=f"le format {name} ne dit que des vérifications"):
        FORMATS[name].render(nasty_run()._replace(schema="diagsources.sources/1"), out)

    assert out.getvalue() == ""


@pytest.mark.parametrize("name", FORMATS)
def test_a_run_is_read_once(name: str) -> None:
    report = nasty_run()
    lazy = report._replace(records=iter(report.records), rows=iter(report.rows))

    assert rendered(lazy, name) == nastiest(name)


def sarif_faults(text: str) -> list[str]:
    schema = json.loads((DATA / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    return [error.message for error in Draft4Validator(schema).iter_errors(json.loads(text))]


@pytest.mark.parametrize("run", [nastiest, largest, lambda name: rendered(report_of([], head={}), name)])
def test_sarif_is_valid_for_oasis(run: Callable[[str], str]) -> None:
    assert sarif_faults(run("sarif")) == []


def test_the_schema_of_oasis_refuses_what_is_wrong() -> None:
    assert sarif_faults(nastiest("sarif").replace('"ruleId"', '"ruleIdentity"'))


def results(report: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(rendered(report, "sarif"))["runs"][0]["results"]
    return found


def test_sarif_points_at_the_line_of_the_yaml_and_names_a_rule_that_is_there() -> None:
    run = json.loads(rendered(records(), "sarif"))["runs"][0]

    assert run["results"][0]["ruleId"] == "http-404"
    assert run["results"][0]["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "catalogue/eau.yaml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 12},
            }
        }
    ]
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["defaultConfiguration"]["level"]) == ("http-404", "error")
    assert rule["helpUri"].endswith("#les-verdicts")


@pytest.mark.parametrize(
    ("verdict", "level"),
    [
        (Verdict.BROKEN, "error"),
        (Verdict.INSECURE, "error"),
        (Verdict.SUSPECT, "warning"),
        (Verdict.UNAVAILABLE, "warning"),
        (Verdict.MOVED, "note"),
        (Verdict.RESTRICTED, None),
        (Verdict.SKIPPED, None),
        (Verdict.OK, None),
    ],
)
def test_the_level_of_a_result_is_that_of_its_verdict(verdict: Verdict, level: str | None) -> None:
    assert [result["level"] for result in results(records(verdict=verdict.value))] == ([level] if level else [])


def test_a_link_whose_line_is_unknown_is_of_the_first() -> None:
    location = results(records(line=0))[0]["locations"][0]["physicalLocation"]

    assert location["region"] == {"startLine": 1}


def test_sarif_is_never_more_than_github_takes_and_says_what_it_leaves_out() -> None:
    log = json.loads(rendered(report_of(few(MOST + 3), head={}), "sarif"))
    (run,) = log["runs"]

    assert len(run["results"]) == MOST
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"] == "3\u00a0autres constats\u00a0: ce format en garde 25\u202f000."
    run["results"] = run["results"][:1]
    assert sarif_faults(json.dumps(log)) == []


def test_sarif_that_takes_all_has_nothing_to_add() -> None:
    assert "toolExecutionNotifications" not in rendered(report_of(few(3), head={}), "sarif")


def test_ten_thousand_findings_are_within_what_github_takes() -> None:
    assert len(gzip.compress(largest("sarif").encode())) < 10_000_000


def test_a_failure_that_does_not_count_yet_is_a_note() -> None:
    assert results(records(counts=False))[0]["level"] == "note"


@pytest.mark.parametrize("changed", [{"line": 99}, {"reason": "http-410"}, {"title": "Autre"}, {"file": "x.yaml"}])
def test_a_fingerprint_outlives_what_does_not_make_another_finding(changed: dict[str, Any]) -> None:
    assert results(records(**changed))[0]["partialFingerprints"] == results(records())[0]["partialFingerprints"]


@pytest.mark.parametrize("changed", [{"id": "air"}, {"rel": "api"}, {"url": "https://exemple.fr/2"}])
def test_another_link_has_another_fingerprint(changed: dict[str, Any]) -> None:
    assert results(records(**changed))[0]["partialFingerprints"] != results(records())[0]["partialFingerprints"]


def test_the_fingerprint_of_a_link_of_a_list_outlives_its_line() -> None:
    one, other = (results(records(id=f"line-{line}", line=line, file="liens.txt")) for line in (3, 8))

    assert one[0]["partialFingerprints"] == other[0]["partialFingerprints"]


def test_the_same_link_twice_has_two_fingerprints() -> None:
    twice = [nasty(1, Verdict.BROKEN)] * 2

    first, second = (result["partialFingerprints"] for result in results(report_of(twice, head={})))

    assert first != second


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("./catalogue/été.yaml", "catalogue/%C3%A9t%C3%A9.yaml"),
        ("/srv/a b.yaml", "file:///srv/a%20b.yaml"),
        ("C:\\liens\\eau.yaml", "file:///C%3A/liens/eau.yaml"),
        ("https://evil.fr/x.yaml", "https%3A//evil.fr/x.yaml"),
    ],
)
def test_a_file_is_a_path_and_never_an_address_elsewhere(file: str, uri: str) -> None:
    location = results(records(file=file))[0]["locations"][0]["physicalLocation"]

    assert location["artifactLocation"]["uri"] == uri


@pytest.mark.parametrize("run", [nastiest, largest, lambda name: rendered(report_of([], head={}), name)])
def test_junit_is_valid_for_jenkins(run: Callable[[str], str]) -> None:
    xmlschema.XMLSchema(str(DATA / "junit-10.xsd")).validate(ElementTree.fromstring(run("junit")))  # noqa: S314 - ours


def test_junit_is_read_back_by_junitparser() -> None:
    suites = JUnitXml.fromstring(nastiest("junit").encode())

    (suite,) = suites
    cases = list(suite)
    told = list(nasty_run().records)
    assert len(cases) == suite.tests == len(told)
    assert sum(1 for case in cases if any(type(each).__name__ == "Failure" for each in case.result)) == suite.failures
    assert sum(1 for case in cases if any(type(each).__name__ == "Skipped" for each in case.result)) == suite.skipped
    assert suite.failures == sum(1 for record in told if record["counts"])


def test_junit_gives_every_title_back_as_it_is_shown() -> None:
    root = ElementTree.fromstring(nastiest("junit"))  # noqa: S314 - ours
    texts = "\n".join(element.text or "" for element in root.iter())

    for title in TITLES:
        if title and "\ufffe" not in title:
            assert visible(title) in texts


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({}, ["failure"]),
        ({"counts": False}, ["skipped"]),
        ({"verdict": "skipped", "reason": "out-of-time"}, ["skipped"]),
        ({"verdict": "moved", "reason": "http-301"}, ["system-out"]),
        ({"verdict": "ok", "reason": "http-200"}, []),
    ],
)
def test_what_a_test_of_junit_says_is_what_the_exit_code_does(changed: dict[str, Any], kinds: list[str]) -> None:
    case = ElementTree.fromstring(rendered(records(**changed), "junit")).find("./testsuite/testcase")  # noqa: S314

    assert case is not None
    assert [child.tag for child in case] == kinds


def annotations(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner of GitHub reads them: a line that begins with `::`, escapes undone."""
    found = []
    for line in text.splitlines():
        command, _, data = line.removeprefix("::").partition("::")
        name, _, written = command.partition(" ")
        pairs = dict(pair.split("=", 1) for pair in written.split(","))
        plain = {key: undone(value).replace("%3A", ":").replace("%2C", ",") for key, value in pairs.items()}
        found.append((name, {key: value.replace("%25", "%") for key, value in plain.items()}, undone(data)))
    return found


def undone(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n")


def test_github_has_one_command_a_line_and_no_other() -> None:
    lines = nastiest("github").splitlines()

    assert all(re.match(r"::(error|warning|notice) (file=[^:,]+,line=\d+,)?title=[^:,]*::", line) for line in lines)


def test_github_gives_back_every_text() -> None:
    told = [record for record in nasty_run().records if record["verdict"] in (*FAILING, "moved")]

    found = annotations(nastiest("github"))

    assert len(found) == len(told)
    for (level, properties, data), record in zip(found, told, strict=True):
        assert level == ("error" if record["counts"] else "notice" if record["verdict"] == "moved" else "warning")
        assert properties["title"] == visible(record["title"]) or not record["title"]
        assert properties.get("file", "-") == (record["file"] or "-")
        assert data.replace("%25", "%").splitlines()[1] == visible(record["url"])


def few(number: int, **changed: Any) -> list[dict[str, Any]]:
    return [dict(record) for _ in range(number) for record in records(**changed).records]


def test_github_shows_ten_annotations_of_a_level_and_the_tenth_says_how_many_follow() -> None:
    report = report_of([*few(12), *few(10, counts=False), *few(11, verdict="moved", reason="http-301")], head={})

    found = annotations(rendered(report, "github"))

    shown = {level: [each for each in found if each[0] == level][:10] for level in ("error", "warning", "notice")}
    assert [len([each for each in found if each[0] == level]) for level in shown] == [13, 10, 12]
    assert shown["error"][9][1]["title"] == "et 3\u00a0autres liens à réparer"
    assert "file" not in shown["error"][9][1]
    assert shown["warning"][9][1]["title"] == "eau"
    assert shown["notice"][9][1]["title"] == "et 2\u00a0autres liens déplacés"
    assert [level for level, _, _ in found[-6:]] == ["error"] * 3 + ["warning"] + ["notice"] * 2


def test_ten_thousand_findings_are_all_in_the_log() -> None:
    found = annotations(largest("github"))

    assert len(found) == 10_001
    assert found[9][1] == {"title": "et 9\u202f991\u00a0autres liens à réparer"}
    assert {data.partition(" ")[0] for _, _, data in found} >= {f"source-{number}" for number in range(10_000)}


def test_github_says_nothing_where_all_is_well() -> None:
    assert rendered(records(verdict="ok", reason="http-200"), "github") == ""


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


def test_markdown_of_a_run_has_no_markup_of_its_values() -> None:
    page = MarkdownIt("commonmark").enable("table").parse(nastiest("markdown"))
    tokens = [each for token in page for each in (token, *(token.children or ()))]
    blocks = {token.content.strip() for token in tokens if token.type == "html_block"}

    assert {"image", "code_inline", "em_open", "strong_open", "html_inline"} & {token.type for token in tokens} == set()
    assert {re.sub(r"\d+", "N", block) for block in blocks} <= {
        "</details>",
        *(
            f"<details>\n<summary>{title} (N)</summary>"
            for title in ("En échec, sans faire échouer", "Déplacés", "Restreints", "Non vérifiés")
        ),
    }
    hrefs = [str(token.attrGet("href")) for token in tokens if token.type == "link_open"]
    assert hrefs
    assert all(href.startswith(("http://", "https://")) and "evil" not in href for href in hrefs)


def test_markdown_notifies_nobody() -> None:
    assert re.findall(r"(?<![/\w*])\\?@\w", nastiest("markdown")) == []


@pytest.mark.parametrize("room", [2_000, 60_000, ROOM])
def test_a_digest_keeps_to_its_room_and_counts_the_rest(room: int) -> None:
    text = "".join(digest(large_run(), room=room))

    assert len(text.encode()) < room + 8_000
    shown = sum(line.startswith("| ") and not line.startswith(("| Source |", "| --- |")) for line in text.splitlines())
    left = sum(int(number.replace("\u202f", "")) for number in re.findall(r"… et ([\d\u202f]+)", text))
    assert shown + left == 10_000


def test_a_digest_says_what_has_changed_since_the_last_time() -> None:
    memory = MEMORY | {"condition": "recovered", "change": "recovered"}

    text = "".join(digest(records(verdict="ok", reason="http-200", memory=memory)))

    assert "### Depuis la dernière fois\n\n- 1\u00a0rétabli\u00a0: eau\n" in text


def test_a_digest_of_the_first_run_compares_with_nothing() -> None:
    memory = MEMORY | {"runs": 1, "condition": "confirmed", "change": "failing", "newly_confirmed": True}

    assert "dernière fois" not in "".join(digest(records(memory=memory)))


def test_a_digest_says_where_many_links_are_one_fault() -> None:
    host = {"host": "a|b.example.org", "links": 12, "verdict": "unavailable", "reason": "timeout"}

    text = "".join(digest(records()._replace(head={"hosts": [host]})))

    assert "- a\\|b.example.org\u00a0: 12\u00a0liens, indisponible (`timeout`)\n" in text


def test_a_digest_without_memory_says_nothing_of_the_last_time() -> None:
    assert "dernière fois" not in "".join(digest(records()))


def test_a_digest_tells_who_publishes_and_since_when() -> None:
    memory = MEMORY | {"condition": "confirmed", "change": "still"}

    text = "".join(digest(records(memory=memory, publisher="Agence de l'eau", theme_title="Eau")))

    assert "### Eau (1)" in text
    assert "| Agence de l'eau |" in text
    assert "| 3\u00a0novembre\u00a02026 |" in text


@pytest.mark.parametrize("changed", [{"line": 99}, {"checked_at": "2026-12-01T04:00:00Z"}, {"elapsed_ms": 9}])
def test_a_ticket_is_the_same_as_long_as_the_same_links_are_dead(changed: dict[str, Any]) -> None:
    memory = MEMORY | {"condition": "confirmed", "change": "still"}

    one, other = (ticket(records(memory=memory, **each).records, room=60_000) for each in ({}, changed))

    assert one == other
    assert one.is_open
    assert "| catalogue/eau.yaml |" in one.body


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_a_run_that_was_interrupted_says_so(name: str) -> None:
    assert "interrompue" in rendered(records()._replace(head={"interrupted": True}), name)


def test_the_published_schema_is_that_of_the_code() -> None:
    beside = Path(published.__file__).with_name("check.schema.json")

    assert beside.read_text(encoding="utf-8") == published.text(), (
        "python -m diagsources.reports.schema > src/diagsources/reports/check.schema.json"
    )


def test_json_is_valid_for_the_schema_that_we_publish() -> None:
    schema = json.loads(published.text())
    Draft202012Validator.check_schema(schema)

    assert list(Draft202012Validator(schema).iter_errors(json.loads(nastiest("json")))) == []


def test_every_line_of_json_lines_is_a_check_of_the_schema_that_we_publish() -> None:
    check = Draft202012Validator(json.loads(published.text())["properties"]["checks"]["items"])

    lines = nastiest("jsonl").split("\n")

    assert lines.pop() == ""
    assert len(lines) == len(list(nasty_run().records))
    assert [error.message for line in lines for error in check.iter_errors(json.loads(line))] == []
    assert list(check.iter_errors({"id": "eau"}))


def test_ten_thousand_findings_are_valid_for_the_schema_that_we_publish() -> None:
    document = json.loads(largest("json"))

    assert len(document["checks"]) == 10_000
    assert list(Draft202012Validator(json.loads(published.text())).iter_errors(document)) == []


@pytest.mark.parametrize("url", URLS)
def test_every_address_is_in_every_format_for_machines(url: str) -> None:
    report = records(url=url)

    assert json.loads(rendered(report, "json"))["checks"][0]["url"] == url
    assert visible(url) in annotations(rendered(report, "github"))[0][2].replace("%25", "%")
