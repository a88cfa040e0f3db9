"""For a page: a table of GitHub Flavored Markdown, in which nothing of the values is markup; a digest of checks."""

from collections.abc import Iterable
from typing import TextIO

from diagsources.reports.markup import in_markdown, paragraph_in_markdown
from diagsources.reports.report import CHECKS, Report


def render(report: Report, out: TextIO) -> None:
    """Addresses become links; every other character stands for itself."""
    if "markdown" in report.pages:
        out.writelines(report.pages["markdown"]())
        return
    if report.schema == CHECKS:
        from diagsources.reports.digest import digest  # deferred: most starts render no Markdown

        out.writelines(digest(report))
        return
    if report.preface:
        out.write(paragraph_in_markdown(report.preface) + "\n\n")
    out.write(_line(in_markdown(column.title) for column in report.columns))
    out.write(_line("---" for _ in report.columns))
    for row in report.rows:
        out.write(_line(in_markdown(cell) for cell in row))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
