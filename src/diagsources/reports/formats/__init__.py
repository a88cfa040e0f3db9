"""One file a format, one line here: add the file, then the line."""

from importlib import import_module
from typing import NamedTuple, Protocol, TextIO

from diagsources.errors import WrongUsage
from diagsources.reports.formats import csv, json, jsonl, markdown, plain
from diagsources.reports.report import CHECKS, Report


class Format(Protocol):
    """What a module of this package offers."""

    def render(self, report: Report, out: TextIO) -> None:
        """Writes *report* to *out*, whole, ending with a newline unless there is nothing to say."""


class OfChecks(NamedTuple):
    """A format that says nothing but checks, and reports that are a page of their own in it; its module is loaded
    when something is rendered: 20 ms."""

    module: str

    def render(self, report: Report, out: TextIO) -> None:
        """As the module does; raises `WrongUsage` where *report* is about anything else."""
        if self.module in report.pages:
            out.writelines(report.pages[self.module]())
            return
        if report.schema != CHECKS:
            raise WrongUsage(
                f"le format {self.module} ne dit que des vérifications de liens",
                hint="prenez json, csv ou markdown, par exemple",
            )
        import_module(f"diagsources.reports.formats.{self.module}").render(report, out)


FORMATS: dict[str, Format] = {
    "plain": plain,
    "json": json,
    "jsonl": jsonl,
    "csv": csv,
    "markdown": markdown,
    "junit": OfChecks("junit"),
    "sarif": OfChecks("sarif"),
    "github": OfChecks("github"),
    "html": OfChecks("html"),
}
