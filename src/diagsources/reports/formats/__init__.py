"""One file a format, one line here: add the file, then the line."""

from typing import Protocol, TextIO

from diagsources.reports.formats import csv, json, jsonl, markdown, plain
from diagsources.reports.report import Report


class Format(Protocol):
    """What a module of this package offers."""

    def render(self, report: Report, out: TextIO) -> None:
        """Writes *report* to *out*, whole, ending with a newline unless there is nothing to say."""


FORMATS: dict[str, Format] = {
    "plain": plain,
    "json": json,
    "jsonl": jsonl,
    "csv": csv,
    "markdown": markdown,
}
