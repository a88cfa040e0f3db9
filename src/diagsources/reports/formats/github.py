"""For GitHub Actions: workflow commands that annotate the line of the YAML."""

from collections import Counter
from typing import TextIO

from diagsources.reports.findings import Finding, Weight, finding
from diagsources.reports.report import Report
from diagsources.text import counted, visible

_LEVELS = {Weight.ACT: "error", Weight.WAIT: "warning", Weight.KNOW: "notice"}
_SHOWN = 10
"""So many annotations of each level are shown of a step (`_maxCountPerIssueType`, in actions/runner)."""
_OTHERS = {
    "error": ("autre lien à réparer", "autres liens à réparer"),
    "warning": ("autre lien en échec, qui ne fait pas échouer", "autres liens en échec, qui ne font pas échouer"),
    "notice": ("autre lien déplacé", "autres liens déplacés"),
}
_IN_MEMORY = 1 << 20


def render(report: Report, out: TextIO) -> None:
    """An annotation a finding; what is well, and what a robot cannot say, is left to the other formats. Where a level
    has more of them than are shown, the last that is says how many follow: the log has them all."""
    from shutil import copyfileobj  # deferred, as tempfile: the other formats have no use of them
    from tempfile import SpooledTemporaryFile

    numbers: Counter[str] = Counter()
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="\n") as rest:
        for record in report.records:
            told = finding(record)
            level = _LEVELS.get(told.weight)
            if level is not None:
                numbers[level] += 1
                (out if numbers[level] < _SHOWN else rest).write(_annotation(level, told))
        for level, number in numbers.items():
            if number > _SHOWN:
                out.write(_others(level, number - _SHOWN + 1))
        rest.seek(0)
        copyfileobj(rest, out)


def _annotation(level: str, told: Finding) -> str:
    properties = [("title", told.title or told.source)]
    if told.file not in ("", "-"):
        properties = [("file", told.file), ("line", str(max(told.line, 1))), *properties]
    said = [f"{told.source} : {told.what}", told.url, *([f"→ {told.suggestion}"] if told.suggestion else [])]
    if told.since:
        said.append(told.since)
    written = ",".join(f"{name}={_property(value)}" for name, value in properties)
    return f"::{level} {written}::{'%0A'.join(map(_data, said))}\n"


def _others(level: str, number: int) -> str:
    title = _property(f"et {counted(number, *_OTHERS[level])}")
    return f"::{level} title={title}::GitHub n'en montre pas plus ; le résumé et le journal les disent tous.\n"


def _data(text: str) -> str:
    """*text* as it comes back out of the runner: it knows these escapes, and no others."""
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
