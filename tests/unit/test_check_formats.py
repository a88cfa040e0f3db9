"""The formats for checks, fed with the nastiest run there is: byte for byte, and read by those who will read them."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # no stubs of ours

from diagsources.errors import WrongUsage
from diagsources.reports import FORMATS
from diagsources.reports import schema as published
from diagsources.reports.formats import OfChecks
from diagsources.text import is_obeyed, visible
from tests.support.nasty import URLS, nasty_run
from tests.support.rendering import annotations, largest, nastiest, on_screen, records, rendered

GOLDEN = Path(__file__).parent / "golden"
OF_CHECKS = [name for name, form in FORMATS.items() if isinstance(form, OfChecks)]


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
