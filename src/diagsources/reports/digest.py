"""A run as people read it once, in Markdown: the numbers, what has changed, what to act on by theme, and the rest.

For a job summary or an issue, which hold so much and no more: what does not fit is counted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from diagsources.model import VERDICTS, Verdict
from diagsources.reports.checks import numbers_in_words
from diagsources.reports.findings import (
    CHANGES,
    Finding,
    Weight,
    finding,
    in_french,
    totals,
    weighs,
    what_is_new,
)
from diagsources.reports.markup import in_markdown
from diagsources.reports.report import Report
from diagsources.reports.revived import Record
from diagsources.text import NBSP, counted, french
from diagsources.verdict.memory import Condition

ROOM = 900_000
"""So many bytes; GitHub takes 1 MiB for the summary of a step."""

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
        yield "\nLa vérification a été interrompue\u00a0: le reste n'est pas connu.\n"
    yield from _hosts(report.head.get("hosts", ()))
    yield from _difference(sorted_out)
    for theme, shelf in sorted_out.to_act.items():
        yield from _section(theme, shelf)
    for kind, title in _REST.items():
        shelf = sorted_out.rest[kind]
        if shelf.total:
            yield f"\n<details>\n<summary>{title} ({shelf.total})</summary>\n\n"
            yield from _table(shelf)
            yield "\n</details>\n"


class Ticket(NamedTuple):
    """What an issue about dead links says: the same as long as the same links are dead."""

    title: str
    body: str
    is_open: bool


def ticket(records: Iterable[Record], *, room: int) -> Ticket:
    """The links of *records* that are dead and sure to be, by theme; nothing that changes from day to day."""
    shelves: dict[str, _Shelf] = {}
    for record in filter(_is_dead, records):
        told = finding(record)._replace(line=0)  # a line that moves makes nothing new
        room = _put(shelves.setdefault(told.theme, _Shelf()), told, room)
    number = sum(shelf.total for shelf in shelves.values())
    if not number:
        return Ticket("Aucun lien mort", "Tous les liens qui étaient morts répondent de nouveau.\n", is_open=False)
    dead = counted(number, "lien mort", "liens morts")
    body = "".join(piece for theme, shelf in shelves.items() for piece in _section(theme, shelf))
    return Ticket(f"{dead} dans le catalogue", f"{_TOLD}{body}", is_open=True)


_TOLD = (
    "Ces liens ne mènent plus à ce qu'ils promettent, et la panne est confirmée. Ce ticket est tenu par "
    f"diagsources{NBSP}: il change avec eux, et se ferme quand tous répondent.\n"
)


def _is_dead(record: Record) -> bool:
    """Whether it is sure to fail; what this run had no time for is as it was."""
    condition = record.get("memory", {}).get("condition")
    if condition is None:
        return weighs(record)
    is_unseen = record["verdict"] == Verdict.SKIPPED and not record.get("exception")
    return condition == Condition.CONFIRMED and (weighs(record) or is_unseen)


class _Shelf:
    """Rows of a table, and how many there would be."""

    def __init__(self) -> None:
        self.rows: list[str] = []
        self.total = 0


class _Sorted(NamedTuple):
    to_act: dict[str, _Shelf]
    rest: dict[Weight | Verdict, _Shelf]
    changes: dict[str, _Shelf]
    has_past: bool


def _sorted_out(records: Iterable[Record], room: int) -> _Sorted:
    """Reads *records* once, and keeps of them what there is room for."""
    to_act: dict[str, _Shelf] = {}
    rest: dict[Weight | Verdict, _Shelf] = {kind: _Shelf() for kind in _REST}
    changes = {name: _Shelf() for name in CHANGES}
    has_past = False
    for record in records:
        told = finding(record)
        has_past = has_past or record.get("memory", {}).get("runs", 0) > 1
        if news := what_is_new(record):
            _name(changes[news], told)
        if told.weight is Weight.ACT:
            shelf = to_act.setdefault(told.theme, _Shelf())
        else:
            key = told.weight if told.weight is Weight.WAIT else told.verdict
            if key not in rest:
                continue
            shelf = rest[key]
        room = _put(shelf, told, room)
    return _Sorted(to_act, rest, changes, has_past)


def _name(shelf: _Shelf, told: Finding) -> None:
    """Counts *told*, and names it where it is among the first."""
    shelf.total += 1
    if len(shelf.rows) < _NAMED:
        shelf.rows.append(_inert(told.source))


def _put(shelf: _Shelf, told: Finding, room: int) -> int:
    """Counts *told*, and keeps its row where there is *room* for it; says how much is left (bytes)."""
    shelf.total += 1
    if room <= 0:
        return room
    row = _row(told)
    shelf.rows.append(row)
    return room - len(row.encode())


def _headline(counts: dict[Verdict, int], told: _Sorted) -> str:
    """What the reader wants to know first."""
    number = sum(shelf.total for shelf in told.to_act.values())
    if number:
        return f"{counted(number, 'lien')} à réparer"
    return "Aucun lien à réparer" if sum(counts.values()) else "Rien à signaler"


def _numbers(counts: dict[Verdict, int]) -> str:
    words = [words for _, words in numbers_in_words(counts)]
    return (
        f"{counted(sum(counts.values()), 'lien')}{NBSP}: {', '.join(words)}."
        if words
        else "Aucun lien dans ce rapport."
    )


def _hosts(hosts: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Where many links are one fault, whose mending is one."""
    if hosts:
        yield "\n### Un même hôte, une même panne\n\n"
    for each in hosts:
        links, verdict = counted(each["links"], "lien"), VERDICTS[Verdict(each["verdict"])]
        yield f"- {_inert(each['host'])}{NBSP}: {links}, {verdict} (`{each['reason']}`)\n"


def _difference(told: _Sorted) -> Iterator[str]:
    if not told.has_past:
        return
    yield "\n### Depuis la dernière fois\n\n"
    said = False
    for name, (one, many) in CHANGES.items():
        shelf = told.changes[name]
        if shelf.total:
            said = True
            more = f" et {counted(shelf.total - len(shelf.rows), 'autre')}" if shelf.total > len(shelf.rows) else ""
            yield f"- {counted(shelf.total, one, many)}{NBSP}: {', '.join(shelf.rows)}{more}\n"
    if not said:
        yield "Rien n'a changé.\n"


def _section(theme: str, shelf: _Shelf) -> Iterator[str]:
    yield f"\n### {_inert(theme) or 'Liens'} ({shelf.total})\n\n"
    yield from _table(shelf)


def _table(shelf: _Shelf) -> Iterator[str]:
    if shelf.rows:
        yield "| Source | Diffuseur | Constat | Depuis | Adresse | Où |\n| --- | --- | --- | --- | --- | --- |\n"
        yield from shelf.rows
    left = shelf.total - len(shelf.rows)
    if left:
        more = "\n" if shelf.rows else ""
        yield french(f"{more}… et {counted(left, 'autre')} : les formats json, csv et html les disent tous.\n")


def _row(told: Finding) -> str:
    source = f"{_inert(told.title)} · {_inert(told.source)}" if told.title else _inert(told.source)
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
