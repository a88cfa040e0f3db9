"""For a page: a table of GitHub Flavored Markdown, in which nothing of the values is markup."""

import re
from collections.abc import Iterable
from typing import TextIO

from diagsources.reports.report import Report
from diagsources.text import visible

# patterns are compiled when first used: most starts render no Markdown
_MARKUP = r"([\\`*_{}\[\]<>|~&#!@$])"
_OPENING = r"^\s*(\d*)([-+=.)])"
"""How a paragraph begins that would be a list or a heading."""

_WEB = r"https?://[^\s<>|\\`\"]+"


def render(report: Report, out: TextIO) -> None:
    """Addresses become links; every other character stands for itself."""
    if report.preface:
        out.write(re.sub(_OPENING, r"\1\\\2", _cell(report.preface)).strip() + "\n\n")
    out.write(_line(_cell(column.title) for column in report.columns))
    out.write(_line("---" for _ in report.columns))
    for row in report.rows:
        out.write(_line(_cell(cell) for cell in row))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _cell(value: str) -> str:
    shown = visible(value)
    if re.fullmatch(_WEB, shown):
        return f"<{shown}>"
    return re.sub(_MARKUP, r"\\\1", shown)
