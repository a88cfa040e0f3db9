"""Reports about links that were asked: what each answered, and the whole in numbers."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from diagsources.model import FAILING, VERDICTS, Verdict
from diagsources.reports.report import CHECKS, Column, Report, instant
from diagsources.reports.revived import told_of
from diagsources.text import NBSP, counted
from diagsources.urls import masked
from diagsources.verdict import Check, Step
from diagsources.verdict.health import GRAVITY
from diagsources.verdict.memory import Condition, Kept, State, change_of, is_newly_confirmed
from diagsources.verdict.told import Excuse, Likeness, Told, is_the_host, likeness
from diagsources.verdict.trace import Drift
from diagsources.verdict.wording import how_long_ago, in_words

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
    Column("memory", "Mémoire"),
)
_NO_TITLES: Mapping[str, str] = MappingProxyType({})


class Tally:
    """The numbers of many checks, counted as they come."""

    def __init__(self, told: Iterable[Told] = ()) -> None:
        self.counts: Counter[Verdict] = Counter()
        self._alike: Counter[Likeness] = Counter()
        for one in told:
            self.add(one)

    def add(self, told: Told) -> None:
        """Counts *told* as well."""
        verdict = told.check.judgement.verdict
        self.counts[verdict] += 1
        if verdict in FAILING:
            self._alike[likeness(told)] += 1

    def hosts(self) -> list[dict[str, Any]]:
        """The hosts that fail as a whole."""
        return [
            {"host": shared.host, "links": links, "verdict": shared.verdict.value, "reason": shared.reason}
            for shared, links in self._alike.items()
            if is_the_host(shared, links)
        ]


def of_checks(
    told: Collection[Told],
    *,
    started_at: datetime | None = None,
    finished_at: datetime | None = None,
    interrupted: bool = False,
    themes: Mapping[str, str] = _NO_TITLES,
    tally: Tally | None = None,
) -> Report:
    """The checks in the order given, with the dates of the run, its summary, and the hosts that fail as a whole;
    *themes* are the titles of themes by id, *tally* the numbers where they have been counted."""
    head: dict[str, Any] = {}
    if started_at and finished_at:
        tally = tally or Tally(told)
        head = {
            "started_at": instant(started_at),
            "finished_at": instant(finished_at),
            "summary": _by_name(tally.counts),
        }
        if hosts := tally.hosts():
            head["hosts"] = hosts
    if interrupted:
        head["interrupted"] = True
    return Report(
        schema=CHECKS,
        key="checks",
        columns=_COLUMNS,
        records=(record(one, themes) for one in told),
        rows=(_row(one) for one in told),
        head=head,
    )


def report_of(records: Sequence[Mapping[str, Any]], *, head: Mapping[str, Any]) -> Report:
    """The report of checks that are records already, and whose shape is that of the schema."""
    return Report(
        schema=CHECKS,
        key="checks",
        columns=_COLUMNS,
        records=records,
        rows=(_row(told_of(record)) for record in records),
        head=head,
    )


def by_gravity(told: Told) -> tuple[int, bool, str, int]:
    """Orders checks: what to act on first, what counts before what may pass, then by their place."""
    check = told.check
    return _RANKS[check.judgement.verdict], not told.counts, check.link.file, check.link.line


def summary(checks: Iterable[Check]) -> dict[str, int]:
    """How many links have each verdict, every verdict named."""
    return _by_name(Counter(check.judgement.verdict for check in checks))


def _by_name(counts: Mapping[Verdict, int]) -> dict[str, int]:
    return {verdict.value: counts.get(verdict, 0) for verdict in Verdict}


def numbers_in_words(counts: Mapping[Any, int]) -> Iterator[tuple[Verdict, str]]:
    """« 3 cassés », « 61 en ligne »: what *counts* has any of, the gravest first."""
    for verdict in GRAVITY:
        number, label = counts[verdict], VERDICTS[verdict]
        if number:
            yield verdict, counted(number, label, label if verdict is Verdict.OK else f"{label}s")


def record(told: Told, themes: Mapping[str, str] = _NO_TITLES) -> dict[str, Any]:
    """*told* as design and schema `diagsources.check/1` have it; credentials are masked."""
    check = told.check
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
        "checked_at": instant(check.checked_at),
        "theme": link.theme,
        "title": link.title,
        "file": link.file,
        "line": link.line,
        "publisher": link.publisher,
        "theme_title": themes.get(link.theme, ""),
        "counts": told.counts,
        **(_besides(told) if told.kept or told.exception or told.is_reused or evidence.steps else {}),
    }


def _besides(told: Told) -> dict[str, Any]:
    """What only some records say."""
    besides: dict[str, Any] = {}
    if told.kept is not None and told.kept.after is not None:
        state = told.kept.after
        besides["memory"] = memory_record(told.kept, state, told.check.checked_at, reused=told.is_reused)
        if told.check.judgement.verdict is Verdict.SKIPPED:
            besides["memory"] |= _last_seen(state)
    if told.exception is not None:
        verdict, reason, until = told.exception
        status = told.excuse and told.excuse.value
        besides["exception"] = {"verdict": str(verdict), "reason": reason, "until": until.isoformat(), "status": status}
    if told.is_reused:
        besides["reused"] = True
    if told.check.evidence.steps:
        besides["steps"] = [_step(step) for step in told.check.evidence.steps]
    return besides


def memory_record(kept: Kept, state: State, now: datetime, *, reused: bool = False) -> dict[str, Any]:
    """What memory knows of a link after the check of *now*, as programs read it, and as `told_of` reads it again."""
    change = None if reused else change_of(kept)
    return {
        "condition": state.condition.value,
        "since": instant(state.since),
        "failures": state.failures,
        "runs": state.runs,
        "was_alive": state.was_alive,
        "change": change and change.value,
        "newly_confirmed": not reused and is_newly_confirmed(kept),
        "words": in_words(state, now),
        **(_page(kept.drift) if kept.drift is not None else {}),
    }


def _last_seen(state: State) -> dict[str, Any]:
    """What only memory tells of a link that was not asked."""
    return {"verdict": state.verdict.value, "reason": state.reason, "seen_at": instant(state.at)}


def _page(drift: Drift) -> dict[str, Any]:
    return {"verified_on": drift.verified_on.isoformat(), "changed": drift.changed}


def remark(told: Told) -> str:
    """What memory and an exception add to a verdict, in a few words; "" for nothing."""
    said = []
    state = told.kept.after if told.kept is not None else None
    if (
        state is not None
        and state.runs > 1
        and (state.condition is not Condition.HEALTHY or state.verdict is Verdict.OK)
    ):
        at = told.check.checked_at
        # of what this run did not ask, memory tells as of earlier
        said.append(in_words(state, at) + (f" (constaté {how_long_ago(state.at, at)})" if state.at < at else ""))
    drift = told.kept.drift if told.kept is not None else None
    if drift is not None and drift.changed:
        said.append(f"page changée depuis sa vérification du {drift.verified_on:%d/%m/%Y}")
    if told.exception is not None and told.excuse is not None:
        until = f"{told.exception.until:%d/%m/%Y}"
        said.append(
            {
                Excuse.HOLDS: f"excusé jusqu'au {until}{NBSP}: {told.exception.reason}",
                Excuse.EXPIRED: f"l'exception a expiré le {until}",
                Excuse.OBSOLETE: "l'exception ne lui sert plus",
                Excuse.OTHER: f"l'exception ne vaut que pour «{NBSP}{VERDICTS[Verdict(told.exception.verdict)]}{NBSP}»",
            }[told.excuse]
        )
    return f"{NBSP}; ".join(said)


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


def _row(told: Told) -> tuple[str, ...]:
    check, judgement = told.check, told.check.judgement
    return (
        check.link.id,
        check.link.rel,
        judgement.verdict.value,
        judgement.reason,
        masked(check.link.url),
        judgement.message,
        masked(judgement.suggestion or ""),
        instant(check.checked_at),
        remark(told),
    )
