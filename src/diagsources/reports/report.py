"""The one value that every format renders."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

CHECKS = "diagsources.check/1"
"""The schema of reports about links that were asked."""


def instant(when: datetime) -> str:
    """*when* as every document has it: in UTC, to the second (RFC 3339)."""
    return _instant(when.timestamp() // 1)


@lru_cache(maxsize=8)
def _instant(second: float) -> str:
    return datetime.fromtimestamp(second, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class Column(NamedTuple):
    """A column of the flat formats: its key (English, for programs) and its title (French)."""

    key: str
    title: str


class Report(NamedTuple):
    """Records under *key* of a JSON document, and the same as rows of *columns*.

    *records* and *rows* are read once and may be lazy, so that a report of any size streams.
    """

    schema: str
    key: str
    columns: Sequence[Column]
    records: Iterable[Mapping[str, Any]]
    rows: Iterable[Sequence[str]]
    head: Mapping[str, Any] = MappingProxyType({})
    """What the JSON document says besides: dates, summary, advice."""
    preface: str = ""
    """A sentence that people should read with the records; Markdown and plain carry it."""
    pages: Mapping[str, Callable[[], Iterable[str]]] = MappingProxyType({})
    """The formats in which it is a page of its own (`markdown`, `html`), and what gives the text of it, piece by
    piece."""
