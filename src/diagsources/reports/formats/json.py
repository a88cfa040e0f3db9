"""One JSON document: `schema`, what the report says besides, and the records under their key."""

import json
from collections.abc import Mapping
from typing import Any, TextIO

from diagsources.reports.report import Report
from diagsources.text import escaped


def render(report: Report, out: TextIO) -> None:
    """UTF-8, indented; lone surrogates, control and bidi characters are escaped. Records are written one by
    one, so that a report of any length needs the memory of one."""
    head = _indented({"schema": report.schema, **report.head, report.key: []})
    out.write(escaped(head.removesuffix("]\n}")))
    before = "\n"
    for record in report.records:
        out.write(before + escaped(_record(record)))
        before = ",\n"
    out.write("]\n}\n" if before == "\n" else "\n  ]\n}\n")


def _record(record: Mapping[str, Any]) -> str:
    """*record* as `json.dumps` indents it at its depth; one of plain values ten times as fast."""
    if not [value for value in record.values() if value and type(value) in _NESTED]:
        return f"    {{\n      {_members(record)[1:-1]}\n    }}" if record else "    {}"
    return "    " + _indented(record).replace("\n", "\n    ")


_NESTED = frozenset({list, tuple, dict})

_members = json.JSONEncoder(ensure_ascii=False, separators=(",\n      ", ": ")).encode
"""The members of what is not nested, one a line: what does not indent is written in C."""


def _indented(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
