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
    """*record* as `json.dumps` indents it at its depth, ten times as fast: most values are plain."""
    members = ",\n".join([f"      {_encoded(key)}: {_value(value)}" for key, value in record.items()])
    return f"    {{\n{members}\n    }}" if members else "    {}"


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _encoded(value)
    if value is None:
        return "null"
    if type(value) is int:
        return str(value)
    if value == [] or value == ():
        return "[]"
    return _indented(value).replace("\n", "\n      ")


_encoded = json.JSONEncoder(ensure_ascii=False).encode


def _indented(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
