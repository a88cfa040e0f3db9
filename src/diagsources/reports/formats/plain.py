"""For pipes: a record a line, tabs between the columns, no header, nothing cut."""

from typing import TextIO

from diagsources.reports.report import Report
from diagsources.text import visible


def render(report: Report, out: TextIO) -> None:
    """Tabs and line ends inside a value become spaces; other control characters are shown."""
    for row in report.rows:
        out.write("\t".join(visible(cell) for cell in row) + "\n")
    if report.preface:
        out.write(f"# {visible(report.preface)}\n")
