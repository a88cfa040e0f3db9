"""One JSON document: `schema`, what the report says besides, and the records under their key."""

import json
from typing import TextIO

from diagsources.reports.report import Report
from diagsources.text import escaped


def render(report: Report, out: TextIO) -> None:
    """UTF-8, indented; lone surrogates, control and bidi characters are escaped."""
    document = {"schema": report.schema, **report.head, report.key: list(report.records)}
    out.write(escaped(json.dumps(document, ensure_ascii=False, indent=2)) + "\n")
