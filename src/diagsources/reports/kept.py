"""Reports about checks that were kept as JSON, read again: rendered as the run would have, and several as one.

A report file is hostile input: its shape is held against the schema before anything is made of it.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TextIO

from diagsources.errors import InputUnreadable, why
from diagsources.model import Verdict
from diagsources.reports.checks import by_gravity, of_checks, report_of
from diagsources.reports.report import CHECKS, Report
from diagsources.reports.revived import Record, told_of
from diagsources.reports.schema import CHECK, DOCUMENT, departure
from diagsources.urls import masked, masked_in

_LINES = (".jsonl", ".ndjson")
_LARGEST = 1_000_000_000
"""Characters: about a million links."""

Document = Mapping[str, Any]


def read(path: str, stdin: TextIO) -> Document:
    """The run kept in the file at *path* (`-`: *stdin*), as JSON or as JSON Lines; raises `InputUnreadable`."""
    try:
        text = _text(path, stdin)
    except OSError as error:
        raise InputUnreadable(
            f"{path} : lecture impossible ({why(error)})", hint="vérifiez le nom du rapport"
        ) from error
    except UnicodeDecodeError as error:
        raise InputUnreadable(f"{path} : ce fichier n'est pas en UTF-8") from error
    if path.lower().endswith(_LINES) or _begins_with_a_record(text):
        # a stream has the order in which hosts answered, a report that of what to act on
        records = sorted(_of_lines(path, text), key=lambda record: by_gravity(told_of(record)))
        return {"schema": CHECKS, "checks": records}
    return _checked(path, _parsed(path, text))


def _text(path: str, stdin: TextIO) -> str:
    if path == "-":
        text = stdin.read(_LARGEST + 1)
    else:
        with Path(path).open(encoding="utf-8-sig") as file:
            text = file.read(_LARGEST + 1)
    if len(text) > _LARGEST:
        raise InputUnreadable(f"{path} : trop grand pour un rapport", hint=_HINT)
    return text


class Kept(NamedTuple):
    """A run, or several as one: its records, and what its document says besides."""

    records: Sequence[Record]
    head: Mapping[str, Any]

    def report(self) -> Report:
        """The same, to be rendered once."""
        return report_of(self.records, head=self.head)


def as_one(documents: Sequence[Document]) -> Kept:
    """One run as it was, several as one: of a link in many, the check made last; the gravest first."""
    if len(documents) == 1:
        return _alone(documents[0])
    latest: dict[tuple[str, str, str], Record] = {}
    for record in (record for document in documents for record in document["checks"]):
        key = (record["id"], record["rel"], record["url"])
        if key not in latest or latest[key]["checked_at"] <= record["checked_at"]:
            latest[key] = record
    told = sorted(((told_of(record), record) for record in latest.values()), key=lambda pair: by_gravity(pair[0]))
    head = of_checks(
        [one for one, _ in told],
        started_at=_bound(min, documents, "started_at"),
        finished_at=_bound(max, documents, "finished_at"),
        interrupted=any(document.get("interrupted") for document in documents),
    ).head
    return Kept([record for _, record in told], head)


def _bound(choose: Callable[[list[str]], str], documents: Sequence[Document], key: str) -> datetime:
    """The first or last of what *documents* tell under *key*; of a run that tells nothing, the dates of its checks."""
    told = [document[key] for document in documents if key in document]
    checked = [record["checked_at"] for document in documents if key not in document for record in document["checks"]]
    return datetime.fromisoformat(choose([*told, *checked])) if told or checked else datetime.now(UTC)


def _parsed(path: str, text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        place = f", ligne {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise InputUnreadable(f"{path} : ce n'est pas du JSON valable{place}", hint=_HINT) from error


_HINT = "un rapport s'écrit avec diagsources check --format json --output FICHIER"


def _refused(constant: str) -> NoReturn:
    raise ValueError(constant)


def _checked(path: str, document: Any) -> Document:
    schema = document.get("schema") if isinstance(document, dict) else None
    if isinstance(schema, str) and schema != CHECKS:
        raise InputUnreadable(f"{path} : ce rapport suit « {schema} », et non « {CHECKS} »", hint=_HINT)
    fault = departure(document, DOCUMENT)
    if fault:
        raise InputUnreadable(f"{path} : {fault}", hint=_HINT)
    return {**document, "checks": [_masked(record) for record in document["checks"]]}


def _begins_with_a_record(text: str) -> bool:
    """Whether the first line of *text* is a whole record, as of `check -f jsonl | diagsources report -`."""
    try:
        first = json.loads(text.lstrip().partition("\n")[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and "verdict" in first


def _of_lines(path: str, text: str) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            record = _parsed(f"{path}:{number}", line)
            fault = departure(record, CHECK)
            if fault:
                raise InputUnreadable(f"{path}:{number} : {fault}", hint=_HINT)
            yield _masked(record)


def _masked(record: dict[str, Any]) -> dict[str, Any]:
    """*record* with the credentials masked that a run of ours would not have written."""
    for key in ("url", "final_url", "suggestion"):
        if record.get(key):
            record[key] = masked(record[key])
    record["message"] = masked_in(record["message"])
    for each in (*record.get("redirects", ()), *record.get("steps", ())):
        each |= {key: mask(each[key]) for key, mask in (("url", masked), ("note", masked_in)) if each.get(key)}
    return record


def _alone(document: Document) -> Kept:
    """The run as it was; its numbers are counted again."""
    records = document["checks"]
    head = {key: value for key, value in document.items() if key not in ("schema", "checks")}
    if "summary" in head:
        counts = Counter(record["verdict"] for record in records)
        head["summary"] = {verdict.value: counts[verdict.value] for verdict in Verdict}
    return Kept(records, head)
