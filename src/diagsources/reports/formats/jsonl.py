"""A JSON record a line, as they arrive."""

import json
from typing import TextIO

from diagsources.reports.report import Report
from diagsources.text import escaped


def render(report: Report, out: TextIO) -> None:
    """Each line is whole when it is written, and stands on its own."""
    for record in report.records:
        out.write(escaped(_encoded(record)) + "\n")


_encoded = json.JSONEncoder(ensure_ascii=False).encode
