"""Reports about links that were asked: what each answered, and the whole in numbers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from diagsources.model import VERDICTS, Verdict
from diagsources.reports.report import Column, Report
from diagsources.text import counted
from diagsources.urls import masked
from diagsources.verdict import Check, Step

SCHEMA = "diagsources.check/1"

GRAVITY = (
    Verdict.BROKEN,
    Verdict.INSECURE,
    Verdict.SUSPECT,
    Verdict.UNAVAILABLE,
    Verdict.MOVED,
    Verdict.RESTRICTED,
    Verdict.SKIPPED,
    Verdict.OK,
)
"""The verdicts, the one to act on first at the head."""
_RANKS = {verdict: rank for rank, verdict in enumerate(GRAVITY)}

_COLUMNS = (
    Column("id", "Source"),
    Column("rel", "Rôle"),
    Column("verdict", "Verdict"),
    Column("reason", "Motif"),
    Column("url", "Adresse"),
    Column("message", "Constat"),
    Column("suggestion", "Nouvelle adresse"),
    Column("checked_at", "Le"),
)


def of_checks(
    checks: Sequence[Check],
    *,
    started_at: datetime | None = None,
    finished_at: datetime | None = None,
    interrupted: bool = False,
) -> Report:
    """The checks in the order given, with the dates of the run and its summary."""
    head: dict[str, Any] = {}
    if started_at and finished_at:
        head = {"started_at": _instant(started_at), "finished_at": _instant(finished_at), "summary": summary(checks)}
    if interrupted:
        head["interrupted"] = True
    return Report(
        schema=SCHEMA,
        key="checks",
        columns=_COLUMNS,
        records=(record(check) for check in checks),
        rows=(_row(check) for check in checks),
        head=head,
    )


def by_gravity(check: Check) -> tuple[int, str, int]:
    """Orders checks: what to act on first, then by their place."""
    return _RANKS[check.judgement.verdict], check.link.file, check.link.line


def summary(checks: Iterable[Check]) -> dict[str, int]:
    """How many links have each verdict, every verdict named."""
    counts = Counter(check.judgement.verdict for check in checks)
    return {verdict.value: counts[verdict] for verdict in Verdict}


def in_words(counts: Mapping[Any, int]) -> Iterator[tuple[Verdict, str]]:
    """« 3 cassés », « 61 en ligne »: what *counts* has any of, the gravest first."""
    for verdict in GRAVITY:
        number, label = counts[verdict], VERDICTS[verdict]
        if number:
            yield verdict, counted(number, label, label if verdict is Verdict.OK else f"{label}s")


def record(check: Check) -> dict[str, Any]:
    """*check* as design and schema `diagsources.check/1` have it; credentials are masked."""
    link, evidence, judgement = check.link, check.evidence, check.judgement
    return {
        "id": link.id,
        "rel": link.rel,
        "url": masked(link.url),
        "verdict": judgement.verdict.value,
        "reason": judgement.reason,
        "message": judgement.message,
        "status_code": evidence.status_code,
        "final_url": masked(evidence.final_url),
        "suggestion": masked(judgement.suggestion) if judgement.suggestion else None,
        "redirects": [
            {"status_code": answer.status_code, "url": masked(answer.target)}
            for answer in evidence.answers
            if answer.target is not None
        ],
        "warnings": list(judgement.warnings),
        "attempts": check.attempts,
        "elapsed_ms": evidence.elapsed_ms,
        "checked_at": _instant(check.checked_at),
        "theme": link.theme,
        "title": link.title,
        "file": link.file,
        "line": link.line,
        **({"steps": [_step(step) for step in evidence.steps]} if evidence.steps else {}),
    }


def _step(step: Step) -> dict[str, Any]:
    """A step without what is not known of it."""
    told = {
        "what": step.what,
        "url": masked(step.url),
        "outcome": step.outcome,
        "elapsed_ms": step.elapsed_ms,
        "note": step.note,
    }
    return {key: value for key, value in told.items() if value != ""}


def _row(check: Check) -> tuple[str, ...]:
    judgement = check.judgement
    return (
        check.link.id,
        check.link.rel,
        judgement.verdict.value,
        judgement.reason,
        masked(check.link.url),
        judgement.message,
        masked(judgement.suggestion or ""),
        _instant(check.checked_at),
    )


def _instant(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
