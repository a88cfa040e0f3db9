"""For GitHub Actions: workflow commands that annotate the line of the YAML."""

from typing import TextIO

from diagsources.reports.findings import Weight, finding
from diagsources.reports.report import Report
from diagsources.text import visible

_LEVELS = {Weight.ACT: "error", Weight.WAIT: "warning", Weight.KNOW: "notice"}


def render(report: Report, out: TextIO) -> None:
    """An annotation a finding; what is well, and what a robot cannot say, is left to the other formats: GitHub shows
    ten of each level."""
    for record in report.records:
        told = finding(record)
        level = _LEVELS.get(told.weight)
        if level is None:
            continue
        properties = [("title", told.title or told.source)]
        if told.file not in ("", "-"):
            properties = [("file", told.file), ("line", str(max(told.line, 1))), *properties]
        said = [f"{told.source} : {told.what}", told.url, *([f"→ {told.suggestion}"] if told.suggestion else [])]
        if told.since:
            said.append(told.since)
        written = ",".join(f"{name}={_property(value)}" for name, value in properties)
        out.write(f"::{level} {written}::{'%0A'.join(map(_data, said))}\n")


def _data(text: str) -> str:
    """*text* as it comes back out of the runner: it knows these escapes, and no others."""
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
