"""What the formats made for checks say of a record of `diagsources.check/1`: whether it weighs, why, where, since when.

A record may come from a kept file: nothing is taken for granted but what the schema requires.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from diagsources.model import FAILING, ROLES, VERDICTS, Verdict
from diagsources.reports.card import day
from diagsources.reports.checks import remark
from diagsources.reports.difference import CONFIRMED, KINDS
from diagsources.reports.report import Report
from diagsources.reports.revived import Record, told_of
from diagsources.verdict import REASONS
from diagsources.verdict.health import GRAVITY
from diagsources.verdict.memory import Change


class Weight(StrEnum):
    """What a finding asks of the reader."""

    ACT = "act"
    """It turns the exit code red."""
    WAIT = "wait"
    """It fails, and does not count: it may pass, or nobody asked for it to."""
    KNOW = "know"
    """It has moved."""
    NONE = "none"
    """It is well, or nothing can be said of it."""


class Finding(NamedTuple):
    """A record as sentences; every text is shown as it is, and none is markup."""

    verdict: Verdict
    weight: Weight
    source: str
    """The id, with the role of the link where it is not the source's own."""
    title: str
    publisher: str
    theme: str
    message: str
    """What happened."""
    advice: str
    """What to do."""
    since: str
    """What memory or an exception adds: « 2 échecs depuis 3 jours, à confirmer »."""
    since_when: str
    """The day since which it is so, ISO 8601."""
    news: str
    """What has become of it since the run before: « nouvel échec », « rétabli »; "" where it is as it was."""
    url: str
    suggestion: str
    file: str
    line: int

    @property
    def place(self) -> str:
        """`catalogue/eau.yaml:12`."""
        return f"{self.file}:{self.line}" if self.file and self.line else self.file

    @property
    def what(self) -> str:
        """What happened and what to do, as one text."""
        return f"{self.message}. {self.advice}" if self.advice else self.message


def weighs(record: Record) -> bool:
    """Whether *record* turns the exit code red."""
    return bool(record.get("counts", Verdict(record["verdict"]) in FAILING))


def weight(record: Record) -> Weight:
    """What *record* asks of the reader."""
    verdict = Verdict(record["verdict"])
    if weighs(record):
        return Weight.ACT
    if verdict in FAILING:
        return Weight.WAIT
    return Weight.KNOW if verdict is Verdict.MOVED else Weight.NONE


CHANGES = {name: (kind.one, kind.many) for name, kind in KINDS.items() if name != Change.STILL}
"""What may be new since the run before, one and many; what still fails is not."""


def what_is_new(record: Record) -> str:
    """A key of `CHANGES`; "" where *record* is as it was."""
    memory = record.get("memory", {})
    if memory.get("newly_confirmed"):
        return CONFIRMED
    change = memory.get("change")
    return str(change) if change in CHANGES else ""


def finding(record: Record) -> Finding:
    """*record* as sentences."""
    reason, memory = REASONS.get(record["reason"]), record.get("memory", {})
    rel = record["rel"]
    role = "" if rel == "url" else f" ({ROLES.get(rel, rel)})"
    verdict = Verdict(record["verdict"])
    suggestion = record.get("suggestion") or ""
    return Finding(
        verdict=verdict,
        weight=weight(record),
        source=record["id"] + role,
        title=record.get("title", ""),
        publisher=record.get("publisher", ""),
        theme=record.get("theme_title") or record.get("theme", ""),
        message=record["message"] or VERDICTS[verdict],
        advice=reason.advice if reason and not suggestion else "",
        since=remark(told_of(record)),
        since_when=memory.get("since", "")[:10],
        news=CHANGES[news][0] if (news := what_is_new(record)) else "",
        url=record["url"],
        suggestion=suggestion,
        file=record.get("file", ""),
        line=record.get("line", 0),
    )


def in_french(date: str) -> str:
    """« 3 novembre 2026 » of an ISO date; as it stands where it is none of the calendar."""
    try:
        return day(date)
    except (ValueError, IndexError):
        return date


def totals(report: Report) -> tuple[dict[Verdict, int], Iterable[Record]]:
    """How many links have each verdict, the gravest first, and the records; these are read now only where no
    summary tells."""
    records, counts = report.records, report.head.get("summary")
    if counts is None:
        records = list(records)
        counts = dict.fromkeys(VERDICTS, 0)
        for record in records:
            counts[Verdict(record["verdict"])] += 1
    return {verdict: counts.get(verdict, 0) for verdict in GRAVITY}, records
