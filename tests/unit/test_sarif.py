"""SARIF as code scanning reads it: valid for OASIS, at the line of the YAML, the same finding tomorrow."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator  # type: ignore[import-untyped]  # no stubs of ours

from diagsources.model import Verdict
from diagsources.reports import Report
from diagsources.reports.checks import report_of
from diagsources.reports.formats.sarif import MOST
from tests.support.nasty import nasty
from tests.support.rendering import few, largest, nastiest, records, rendered

DATA = Path(__file__).parents[1] / "data"


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
