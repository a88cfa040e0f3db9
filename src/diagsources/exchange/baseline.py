"""A kept JSON report of `check`, read as what it remembers of each link."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from diagsources.errors import InputUnreadable, why
from diagsources.model import FAILING, Link, Verdict
from diagsources.verdict.memory import Condition, State

_SCHEMA = "diagsources.check/"
_LARGEST = 500_000_000


class Known(NamedTuple):
    """A link of the report, and what was known of it then."""

    link: Link
    state: State


def read_baseline(path: str) -> tuple[Known, ...]:
    """What the report at *path* says of its links, save those unknown to it. Raises `InputUnreadable`."""
    hint = "c'est un rapport de check --format json qu'il faut"
    try:
        if Path(path).stat().st_size > _LARGEST:
            raise InputUnreadable(f"{path} : trop grand pour un rapport", hint=hint)
        document = json.loads(Path(path).read_bytes())
    except OSError as error:
        raise InputUnreadable(f"{path} : lecture impossible ({why(error)})", hint="vérifiez --baseline") from error
    except (ValueError, RecursionError) as error:
        raise InputUnreadable(f"{path} : ce n'est pas du JSON", hint=hint) from error
    checks = document.get("checks") if isinstance(document, dict) else None
    if not isinstance(checks, list) or not str(document.get("schema", "")).startswith(_SCHEMA):
        raise InputUnreadable(f"{path} : ce n'est pas un rapport de check", hint=hint)
    return tuple(_known(checks))


def _known(checks: list[Any]) -> Iterator[Known]:
    """What each of *checks* says; one that makes no sense says nothing."""
    for record in checks:
        with suppress(KeyError, ValueError, TypeError, AttributeError, OverflowError):
            memory = record.get("memory") or {}
            # of a link that was not asked, memory tells what was last seen
            verdict = Verdict(memory.get("verdict") or record["verdict"])
            if verdict is not Verdict.SKIPPED:
                link = Link(str(record["id"]), str(record["rel"]), str(record["url"]))
                yield Known(link, _state(record, verdict, memory))


def _state(record: Mapping[str, Any], verdict: Verdict, memory: Mapping[str, Any]) -> State:
    at = _instant(memory.get("seen_at") or record["checked_at"])
    fails = verdict in FAILING
    # without memory, the run was the first that saw the link: strict, and taken at its word
    condition = Condition(memory.get("condition") or (Condition.CONFIRMED if fails else Condition.HEALTHY))
    return State(
        condition,
        _instant(memory.get("since") or record["checked_at"]),
        at,
        0,
        verdict,
        str(memory.get("reason") or record["reason"]),
        failures=int(memory.get("failures", int(fails))),
        runs=int(memory.get("runs", 1)),
        was_alive=bool(memory.get("was_alive", not fails)),
    )


def _instant(text: str) -> datetime:
    when = datetime.fromisoformat(text)
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
