"""What was seen of links, when: every check for programs; for people, stretches of time in which nothing changed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any, NamedTuple, Protocol

from diagsources.model import ROLES, VERDICTS, Link, Verdict
from diagsources.reports.card import Entry, Section
from diagsources.reports.report import Column, Report, instant
from diagsources.text import NBSP, counted
from diagsources.urls import masked
from diagsources.verdict.memory import Condition
from diagsources.verdict.trace import Drift, Trace

SCHEMA = "diagsources.history/1"

SPARKS = {
    Verdict.OK: "█",
    Verdict.MOVED: "▇",
    Verdict.RESTRICTED: "▆",
    Verdict.SUSPECT: "▄",
    Verdict.INSECURE: "▃",
    Verdict.UNAVAILABLE: "▂",
    Verdict.BROKEN: "▁",
    Verdict.SKIPPED: "·",
}
"""The lower, the worse."""
SPARKS_SHOWN = 30
_STRETCHES_SHOWN = 5

_COLUMNS = (
    Column("checked_at", "Le"),
    Column("id", "Source"),
    Column("rel", "Rôle"),
    Column("verdict", "Verdict"),
    Column("reason", "Motif"),
    Column("condition", "État"),
    Column("message", "Constat"),
    Column("url", "Adresse"),
)


class Key(Protocol):
    """Which link a check is of."""

    @property
    def source(self) -> str:
        """The id of its source; "" where it was of a list."""

    @property
    def rel(self) -> str:
        """Its role."""

    @property
    def url(self) -> str:
        """Its address, without credentials."""


class Seen(Protocol):
    """A check as it was kept."""

    @property
    def key(self) -> Key:
        """Which link it is of."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def verdict(self) -> Verdict:
        """What it meant."""

    @property
    def reason(self) -> str:
        """Why."""

    @property
    def message(self) -> str:
        """The same, in a sentence."""

    @property
    def condition(self) -> Condition | None:
        """What was known of the link then."""

    @property
    def status_code(self) -> int | None:
        """The last one; None where no answer came."""

    @property
    def suggestion(self) -> str | None:
        """The address to use instead."""

    @property
    def title(self) -> str | None:
        """The title of the page; None where it was not read."""

    @property
    def trace(self) -> Trace:
        """By what the page is known again."""


class Stretch(NamedTuple):
    """Checks in a row of a link that saw the same."""

    seen: tuple[Seen, ...]

    @property
    def first(self) -> Seen:
        """The one that saw a change."""
        return self.seen[0]

    @property
    def last(self) -> Seen:
        """The latest."""
        return self.seen[-1]


def of_history(seen: Sequence[Seen]) -> Report:
    """The checks, in the order given."""
    return Report(
        schema=SCHEMA,
        key="checks",
        columns=_COLUMNS,
        records=(record(one) for one in seen),
        rows=(_row(one) for one in seen),
    )


def by_link(seen: Iterable[Seen]) -> Iterator[tuple[Key, tuple[Seen, ...]]]:
    """The checks link by link, each in its order."""
    links: dict[tuple[str, str, str], list[Seen]] = {}
    for one in seen:
        links.setdefault((one.key.source, one.key.rel, one.key.url), []).append(one)
    for of_one in links.values():
        yield of_one[0].key, tuple(of_one)


def stretches(seen: Iterable[Seen]) -> Iterator[Stretch]:
    """The checks of one link, those that saw the same together: what is well is well, whole or unchanged."""
    for _, group in groupby(seen, key=lambda one: (one.verdict, one.verdict is Verdict.OK or one.reason)):
        yield Stretch(tuple(group))


def spark(seen: Sequence[Seen]) -> str:
    """A character a check, the last thirty of one link, oldest first: the lower, the worse."""
    return "".join(SPARKS[one.verdict] for one in seen[-SPARKS_SHOWN:])


def when(stretch: Stretch) -> str:
    """« 03/11/2026 », « du 03/11/2026 au 20/11/2026, 12 fois »."""
    first, last = (f"{one.at.astimezone():%d/%m/%Y}" for one in (stretch.first, stretch.last))
    times = f", {counted(len(stretch.seen), 'fois', 'fois')}" if len(stretch.seen) > 1 else ""
    return (f"du {first} au {last}" if first != last else first) + times


def named(key: Key) -> str:
    """« insee-bpe », « insee-bpe (API) », or the address of a link of a list."""
    if not key.source:
        return key.url
    return key.source if key.rel == "url" else f"{key.source} ({ROLES.get(key.rel, key.rel)})"


def said(seen: Seen) -> str:
    """« cassé, confirmé : la page n'existe pas ou plus (404) »."""
    confirmed = ", confirmé" if seen.condition is Condition.CONFIRMED else ""
    message = f"{NBSP}: {seen.message}" if seen.verdict is not Verdict.OK else ""
    return f"{VERDICTS[seen.verdict]}{confirmed}{message}"


def section(seen: Sequence[Seen], drifts: Sequence[tuple[Link, Drift]] = ()) -> Section:
    """The last checks of a source, for its card: whether a page is no longer what was verified, what lasted from when
    to when, and whether its title has changed."""
    entries = [Entry("Page changée", (_changed(link, drift),)) for link, drift in drifts if drift.changed]
    for key, checks in by_link(seen):
        role = ROLES.get(key.rel, "adresse")
        entries.append(Entry(role[0].upper() + role[1:], (spark(checks),)))
        latest = list(stretches(checks))[-_STRETCHES_SHOWN:]
        entries.extend(Entry(_dates(stretch), (said(stretch.last),)) for stretch in reversed(latest))
        entries.extend(Entry("Titre changé", (told,)) for told in _retitled(checks))
    return Section("Dernières vérifications", tuple(entries))


def _changed(link: Link, drift: Drift) -> str:
    """« depuis la vérification du 03/11/2026 (API) »."""
    which = f" ({ROLES.get(link.rel, link.rel)})" if link.rel != "url" else ""
    return f"depuis la vérification du {drift.verified_on:%d/%m/%Y}{which}"


def _retitled(checks: Sequence[Seen]) -> Iterator[str]:
    """The last change of the title of a page."""
    titled = [one for one in checks if one.title]
    for before, after in reversed(list(pairwise(titled))):
        if before.title != after.title:
            day = f"{after.at.astimezone():%d/%m/%Y}"
            yield f"«{NBSP}{before.title}{NBSP}» est devenu «{NBSP}{after.title}{NBSP}» le {day}"
            return


def _dates(stretch: Stretch) -> str:
    first, last = (f"{one.at.astimezone():%d/%m/%y}" for one in (stretch.first, stretch.last))
    return f"{first} – {last}" if first != last else first


def past_record(seen: Sequence[Seen], drifts: Sequence[tuple[Link, Drift]]) -> dict[str, Any]:
    """What is remembered of a source, for programs: its last checks, and which of its pages have changed."""
    pages = [
        {
            "rel": link.rel,
            "url": masked(link.url),
            "verified_on": drift.verified_on.isoformat(),
            "changed": drift.changed,
        }
        for link, drift in drifts
    ]
    told = {"checks": [record(one) for one in seen], "pages": pages}
    return {key: value for key, value in told.items() if value}


def record(seen: Seen) -> dict[str, Any]:
    return {
        "id": seen.key.source,
        "rel": seen.key.rel,
        "url": seen.key.url,
        "checked_at": instant(seen.at),
        "verdict": seen.verdict.value,
        "reason": seen.reason,
        "message": seen.message,
        "condition": seen.condition and seen.condition.value,
        "status_code": seen.status_code,
        "suggestion": seen.suggestion,
        **seen.trace._asdict(),
    }


def _row(seen: Seen) -> tuple[str, ...]:
    return (
        instant(seen.at),
        seen.key.source,
        seen.key.rel,
        seen.verdict.value,
        seen.reason,
        seen.condition.value if seen.condition else "",
        seen.message,
        seen.key.url,
    )
