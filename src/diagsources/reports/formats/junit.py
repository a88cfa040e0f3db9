"""For Jenkins, GitLab and whoever shows tests: JUnit XML, a test a link."""

from datetime import datetime
from typing import TextIO

from diagsources.model import Verdict
from diagsources.reports.findings import Finding, Weight, finding
from diagsources.reports.markup import in_xml
from diagsources.reports.report import Report
from diagsources.reports.revived import Record

_IN_MEMORY = 1 << 20
"""Tests are held here up to this size, and on disk beyond: their number stands before them."""


def render(report: Report, out: TextIO) -> None:
    """A link fails where it turns the exit code red; what does not count yet, and what was not asked, is skipped."""
    from shutil import copyfileobj  # deferred, as tempfile: the other formats have no use of them
    from tempfile import SpooledTemporaryFile

    tests = failures = skipped = milliseconds = 0
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="\n") as cases:
        for record in report.records:
            told = finding(record)
            tests += 1
            failures += told.weight is Weight.ACT
            skipped += _is_skipped(told)
            milliseconds += record.get("elapsed_ms", 0)
            cases.write(_case(record, told))
        cases.seek(0)
        seconds = f"{milliseconds / 1000:.3f}"
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        out.write(
            f'<testsuites name="diagsources" tests="{tests}" failures="{failures}" errors="0" time="{seconds}">\n'
        )
        out.write(
            f'  <testsuite name="diagsources" tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}"'
            f' time="{seconds}"{_timestamp(report)}>\n'
        )
        if report.head.get("interrupted"):
            out.write('    <properties>\n      <property name="interrupted" value="true"/>\n    </properties>\n')
        copyfileobj(cases, out)
        out.write("  </testsuite>\n</testsuites>\n")


def _timestamp(report: Report) -> str:
    """When the run began, in UTC and without saying so, as JUnit has it."""
    started = report.head.get("started_at")
    if started is None:
        return ""
    from datetime import UTC

    return f' timestamp="{datetime.fromisoformat(started).astimezone(UTC):%Y-%m-%dT%H:%M:%S}"'


def _is_skipped(told: Finding) -> bool:
    return told.weight is Weight.WAIT or told.verdict is Verdict.SKIPPED


def _case(record: Record, told: Finding) -> str:
    group = f"diagsources.{record.get('theme') or 'liens'}"
    opening = (
        f'    <testcase classname="{in_xml(group)}" name="{in_xml(told.source)}"'
        f' time="{record.get("elapsed_ms", 0) / 1000:.3f}"'
    )
    said = _said(record, told)
    return f"{opening}>\n{said}    </testcase>\n" if said else f"{opening}/>\n"


def _said(record: Record, told: Finding) -> str:
    """What is to be read of the test; nothing where all is well."""
    if told.weight is Weight.ACT:
        kind = f'failure type="{in_xml(record["reason"])}"'
    elif _is_skipped(told):
        kind = "skipped"
    elif told.verdict is Verdict.OK:
        return ""
    else:
        return f"      <system-out>{in_xml(told.message)}\n{_lines(told)}</system-out>\n"
    message = f"{told.message} ({told.since})" if told.since else told.message
    return f'      <{kind} message="{in_xml(message)}">{_lines(told)}</{kind.partition(" ")[0]}>\n'


def _lines(told: Finding) -> str:
    """The rest, a line each."""
    rows = (
        ("adresse", told.url),
        ("nouvelle adresse", told.suggestion),
        ("conseil", told.advice),
        ("source", told.title),
        ("diffuseur", told.publisher),
        ("où", told.place),
    )
    return "\n".join(f"{label} : {in_xml(value)}" for label, value in rows if value)
