"""Runs of checks as the formats render them: the nastiest there is, the largest, and one of a single check."""

from functools import cache
from io import StringIO
from typing import Any

from diagsources.reports import FORMATS, Report
from diagsources.reports.checks import report_of
from diagsources.reports.revived import told_of
from diagsources.terminal import Terminal, checks
from tests.support.nasty import large_run, nasty_run


def rendered(report: Report, name: str) -> str:
    """*report* as the format *name* writes it."""
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
    """The nastiest run, in the format *name*."""
    return on_screen(nasty_run()) if name == "table" else rendered(nasty_run(), name)


@cache
def largest(name: str) -> str:
    """A run of ten thousand findings, in the format *name*."""
    return rendered(large_run(), name)


MEMORY = {"since": "2026-11-03T04:00:00Z", "failures": 3, "runs": 5}
"""What memory knows of a link that has failed for three weeks, but for its condition."""


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


def few(number: int, **changed: Any) -> list[dict[str, Any]]:
    """*number* times the same record, with *changed* values."""
    return [dict(record) for _ in range(number) for record in records(**changed).records]


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
