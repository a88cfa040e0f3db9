"""One JSON document: `schema`, what the report says besides, and the records under their key."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import Any, TextIO

from diagsources.reports.report import Report
from diagsources.text import escaped


def render(report: Report, out: TextIO) -> None:
    """UTF-8, indented; lone surrogates, control and bidi characters are escaped. Records are written a few at a
    time, so that a report of any length needs the memory of those."""
    head = _indented({"schema": report.schema, **report.head, report.key: []})
    out.write(escaped(head.removesuffix("]\n}")))
    before = "\n"
    for text in _texts(report.records):
        out.write(before + escaped(text))
        before = ",\n"
    out.write("]\n}\n" if before == "\n" else "\n  ]\n}\n")


def _texts(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """*records* as `json.dumps` indents them at their depth; those of plain values, as most are, ten times as fast."""
    for is_plain, alike in groupby(records, _is_plain):
        if is_plain:
            while some := list(islice(alike, _AT_A_TIME)):
                # no text has a raw line feed, and no value braces that are not empty: this is where a record ends
                members = _members(some)[2:-2].replace("},\n      {", "\n    },\n    {\n      ")
                yield f"    {{\n      {members}\n    }}"
        else:
            for record in alike:
                yield "    " + _indented(record).replace("\n", "\n    ")


def _is_plain(record: Mapping[str, Any]) -> bool:
    """Whether *record* has members, and none of them has any."""
    return bool(record) and not [value for value in record.values() if value and type(value) in _NESTED]


_NESTED = frozenset({list, tuple, dict})
_AT_A_TIME = 100

_members = json.JSONEncoder(ensure_ascii=False, separators=(",\n      ", ": ")).encode
"""Values that are not nested, their members one a line: what does not indent is written in C."""


def _indented(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
