"""A run as people read it once, in Markdown: the numbers, what has changed, what to act on by theme, and the rest.

For a job summary or an issue, which hold so much and no more: what does not fit is counted.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from diagsources.model import VERDICTS, Verdict
from diagsources.reports.checks import numbers_in_words
from diagsources.reports.findings import (
    Finding,
    Weight,
    change,
    finding,
    in_french,
    is_newly_confirmed,
    totals,
)
from diagsources.reports.markup import in_markdown
from diagsources.reports.report import Report
from diagsources.reports.revived import Record
from diagsources.text import NBSP, counted, french

ROOM = 900_000
"""So many bytes; GitHub takes 1 MiB for the summary of a step."""

_CHANGES = {
    "failing": ("nouvel échec", "nouveaux échecs"),
    "confirmed": ("panne confirmée", "pannes confirmées"),
    "recovered": ("rétabli", "rétablis"),
    "moved": ("nouvelle adresse", "nouvelles adresses"),
    "walled": ("accès devenu restreint", "accès devenus restreints"),
    "opened": ("accès rouvert", "accès rouverts"),
}
"""What is told of the difference; what still fails is in the tables."""

_REST: dict[Weight | Verdict, str] = {
    Weight.WAIT: "En échec, sans faire échouer",
    Verdict.MOVED: "Déplacés",
    Verdict.RESTRICTED: "Restreints",
    Verdict.SKIPPED: "Non vérifiés",
}
_NAMED = 20
"""Of what has changed, so many are named."""


def digest(report: Report, *, room: int = ROOM) -> Iterator[str]:
    """*report* in pieces of Markdown, in *room* bytes or little more."""
    counts, records = totals(report)
    sorted_out = _sorted_out(records, room)
    yield f"## {_headline(counts, sorted_out)}\n\n"
    yield f"{_numbers(counts)}\n"
    if report.head.get("interrupted"):
        yield "\nLa vérification a été interrompue\u202f: le reste n'est pas connu.\n"
    yield from _difference(sorted_out)
    for theme, shelf in sorted_out.to_act.items():
        yield f"\n### {in_markdown(theme) or 'Liens'} ({shelf.total})\n\n"
        yield from _table(shelf)
    for kind, title in _REST.items():
        shelf = sorted_out.rest[kind]
        if shelf.total:
            yield f"\n<details>\n<summary>{title} ({shelf.total})</summary>\n\n"
            yield from _table(shelf)
            yield "\n</details>\n"


class _Shelf:
    """Rows of a table, and how many there would be."""

    def __init__(self) -> None:
        self.rows: list[str] = []
        self.total = 0


class _Sorted(NamedTuple):
    to_act: dict[str, _Shelf]
    rest: dict[Weight | Verdict, _Shelf]
    changes: dict[str, _Shelf]
    has_memory: bool


def _sorted_out(records: Iterable[Record], room: int) -> _Sorted:
    """Reads *records* once, and keeps of them what there is room for."""
    to_act: dict[str, _Shelf] = {}
    rest: dict[Weight | Verdict, _Shelf] = {kind: _Shelf() for kind in _REST}
    changes = {name: _Shelf() for name in _CHANGES}
    has_memory = False
    for record in records:
        told = finding(record)
        has_memory = has_memory or "memory" in record
        for name in _changes_of(record):
            changes[name].total += 1
            if len(changes[name].rows) < _NAMED:
                changes[name].rows.append(_inert(told.source))
        if told.weight is Weight.ACT:
            shelf = to_act.setdefault(told.theme, _Shelf())
        else:
            key = told.weight if told.weight is Weight.WAIT else told.verdict
            if key not in rest:
                continue
            shelf = rest[key]
        shelf.total += 1
        if room > 0:
            row = _row(told)
            room -= len(row.encode())
            shelf.rows.append(row)
    return _Sorted(to_act, rest, changes, has_memory)


def _changes_of(record: Record) -> Iterator[str]:
    if is_newly_confirmed(record):
        yield "confirmed"
    elif change(record) in _CHANGES:
        yield str(change(record))


def _headline(counts: dict[Verdict, int], told: _Sorted) -> str:
    """What the reader wants to know first."""
    number = sum(shelf.total for shelf in told.to_act.values())
    if number:
        return f"{counted(number, 'lien')} à réparer"
    return "Aucun lien à réparer" if sum(counts.values()) else "Aucun lien vérifié"


def _numbers(counts: dict[Verdict, int]) -> str:
    words = [words for _, words in numbers_in_words(counts)]
    return f"{counted(sum(counts.values()), 'lien')}{NBSP}: {', '.join(words)}." if words else "Rien n'a été demandé."


def _difference(told: _Sorted) -> Iterator[str]:
    if not told.has_memory:
        return
    yield "\n### Depuis la dernière fois\n\n"
    said = False
    for name, (one, many) in _CHANGES.items():
        shelf = told.changes[name]
        if shelf.total:
            said = True
            more = f" et {counted(shelf.total - len(shelf.rows), 'autre')}" if shelf.total > len(shelf.rows) else ""
            yield f"- {counted(shelf.total, one, many)}{NBSP}: {', '.join(shelf.rows)}{more}\n"
    if not said:
        yield "Rien n'a changé.\n"


def _table(shelf: _Shelf) -> Iterator[str]:
    if shelf.rows:
        yield "| Source | Diffuseur | Constat | Depuis | Adresse | Où |\n| --- | --- | --- | --- | --- | --- |\n"
        yield from shelf.rows
    left = shelf.total - len(shelf.rows)
    if left:
        more = "\n" if shelf.rows else ""
        yield french(f"{more}… et {counted(left, 'autre')} : les formats json, csv et html les disent tous.\n")


def _row(told: Finding) -> str:
    source = f"{_inert(told.title)} ({_inert(told.source)})" if told.title else _inert(told.source)
    address = _inert(told.url)
    if told.suggestion:
        address = f"{address} → {_inert(told.suggestion)}"
    what = f"{VERDICTS[told.verdict]}{NBSP}: {told.what}"
    cells = (source, _inert(told.publisher), _inert(what), _since(told), address, _inert(told.place))
    return f"| {' | '.join(cells)} |\n"


def _since(told: Finding) -> str:
    """The day alone: how long ago that was changes every day, and an issue would with it."""
    return in_french(told.since_when).replace(" ", NBSP)


def _inert(text: str) -> str:
    """As `in_markdown`, and nobody is notified: GitHub looks for names after all markup is gone, so that no escape
    keeps them from it; a word joiner does."""
    return in_markdown(text).replace("\\@", "\\@\u2060")
