"""JUnit as Jenkins and junitparser read it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import xmlschema
from junitparser import JUnitXml

from diagsources.reports.checks import report_of
from diagsources.text import visible
from tests.support.nasty import TITLES, nasty_run
from tests.support.rendering import largest, nastiest, records, rendered

DATA = Path(__file__).parents[1] / "data"


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
