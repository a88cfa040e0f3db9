"""For spreadsheets: RFC 4180 with a header, UTF-8, and no cell that a spreadsheet would compute."""

from typing import TextIO

from diagsources.reports.report import Report
from diagsources.text import visible

_COMPUTED = tuple("=+-@＝＋－＠")
"""How a cell begins that spreadsheets take for a formula, after spaces too (OWASP, CSV injection)."""


def render(report: Report, out: TextIO) -> None:
    """Keys as header; a cell that looks like a formula is preceded by an apostrophe."""
    import csv  # deferred: the other formats have no use of it

    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.key for column in report.columns)
    for row in report.rows:
        writer.writerow(_inert(visible(cell)) for cell in row)


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.lstrip().startswith(_COMPUTED) else cell
