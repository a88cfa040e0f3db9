"""For code scanning: SARIF 2.1.0 (OASIS), a result a finding, at the line of the YAML."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any, TextIO
from urllib.parse import quote

from diagsources import HOME_PAGE, __version__
from diagsources.model import Verdict
from diagsources.reports.findings import Finding, Weight, finding
from diagsources.reports.report import Report
from diagsources.reports.revived import Record
from diagsources.text import counted, escaped, french, visible
from diagsources.verdict import REASONS

_LEVELS = {
    Verdict.BROKEN: "error",
    Verdict.INSECURE: "error",
    Verdict.SUSPECT: "warning",
    Verdict.UNAVAILABLE: "warning",
    Verdict.MOVED: "note",
}
"""The verdicts that are results: an alert that nobody can close would be noise."""

MOST = 25_000
"""GitHub refuses a run of more results whole; of these it keeps the 5,000 gravest."""

_HELP = f"{HOME_PAGE}#les-verdicts"
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: Report, out: TextIO) -> None:
    """Results are written as they come, `MOST` at most, and the rules that they name after them."""
    rules: dict[str, Verdict] = {}
    seen: Counter[str] = Counter()
    left_out = 0
    out.write(f'{{\n  "$schema": "{_SCHEMA}",\n  "version": "2.1.0",\n  "runs": [\n    {{\n      "results": [')
    before = "\n"
    for record in report.records:
        told = finding(record)
        if told.verdict not in _LEVELS:
            continue
        if seen.total() >= MOST:
            left_out += 1
            continue
        rules.setdefault(record["reason"], told.verdict)
        out.write(f"{before}        {_json(_result(record, told, seen))}")
        before = ",\n"
    out.write("],\n" if before == "\n" else "\n      ],\n")
    rest = {"tool": {"driver": _driver(rules)}, "columnKind": "unicodeCodePoints", **_invocation(report, left_out)}
    members = (f"      {_json(key)}: {_json(value)}" for key, value in rest.items())
    out.write(",\n".join(members) + "\n    }\n  ]\n}\n")


def _json(value: Any) -> str:
    return escaped(json.dumps(value, ensure_ascii=False))


def _result(record: Record, told: Finding, seen: Counter[str]) -> dict[str, Any]:
    return {
        "ruleId": record["reason"],
        "level": "note" if told.weight is Weight.WAIT else _LEVELS[told.verdict],
        "message": {"text": _sentences(told)},
        **_location(told),
        "partialFingerprints": _fingerprints(record, seen),
    }


def _sentences(told: Finding) -> str:
    """The whole finding; brackets would be a link of SARIF's own (§3.11.6)."""
    parts = [f"{told.source} : {told.what}", told.url, f"→ {told.suggestion}" if told.suggestion else "", told.since]
    plain = " — ".join(visible(part) for part in parts if part)
    return plain.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _location(told: Finding) -> dict[str, Any]:
    """Where the link stands; nothing for the standard input."""
    if told.file in ("", "-"):
        return {}
    where = {"artifactLocation": _artifact(told.file), "region": {"startLine": max(told.line, 1)}}
    return {"locations": [{"physicalLocation": where}]}


def _artifact(file: str) -> dict[str, str]:
    """A relative path is of the checkout (`%SRCROOT%`); any other is a place on this machine."""
    path = quote(visible(file.replace("\\", "/")).removeprefix("./"))
    if path.startswith("/"):
        return {"uri": f"file://{path}"}
    if file[1:3] in (":\\", ":/"):
        return {"uri": f"file:///{path}"}
    return {"uri": path, "uriBaseId": "%SRCROOT%"}


def _fingerprints(record: Record, seen: Counter[str]) -> dict[str, str]:
    """What makes it the same finding tomorrow: the source and the address, not the line nor the reason.

    `primaryLocationLineHash` is the one key that GitHub compares; `:2` is the second of the same.
    """
    from hashlib import sha256

    name = record["id"]
    if name == f"line-{record.get('line', 0)}":  # the id of a link of a list is its line
        name = record.get("file", "")
    key = "\0".join((name, record.get("rel", "url"), record["url"]))
    digest = sha256(key.encode(errors="backslashreplace")).hexdigest()[:32]
    seen[digest] += 1
    return {"primaryLocationLineHash": f"{digest}:{seen[digest]}"}


def _driver(rules: Mapping[str, Verdict]) -> dict[str, Any]:
    return {
        "name": "diagsources",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": HOME_PAGE,
        "rules": [_rule(code, verdict) for code, verdict in rules.items()],
    }


def _rule(code: str, verdict: Verdict) -> dict[str, Any]:
    """A reason as a rule; one of a later version has its code alone."""
    reason = REASONS.get(code)
    told = {"host": "l'hôte", "status": "le code reçu", "seen": ""}
    sentence = reason.sentence.format(**told) if reason else code
    sentence = sentence[0].upper() + sentence[1:]
    advice = (reason.advice if reason else "") or sentence
    return {
        "id": code,
        "shortDescription": {"text": sentence},
        "fullDescription": {"text": f"{sentence}. {advice}" if advice != sentence else sentence},
        "help": {"text": advice},
        "helpUri": _HELP,
        "defaultConfiguration": {"level": _LEVELS[verdict]},
        "properties": {"tags": ["links", verdict.value], "precision": "high"},
    }


def _invocation(report: Report, left_out: int) -> dict[str, Any]:
    """When the run was, whether it came to its end, and how many results there was no room for."""
    head = report.head
    told: dict[str, Any] = {}
    if "started_at" in head:
        told = {"startTimeUtc": head["started_at"], "endTimeUtc": head.get("finished_at", head["started_at"])}
    if left_out:
        says = f"{counted(left_out, 'autre constat', 'autres constats')} : ce format en garde {MOST:,}.".replace(
            ",", "\u202f"
        )
        told["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": french(says)}}]
    if not told:
        return {}
    return {"invocations": [{"executionSuccessful": not head.get("interrupted", False), **told}]}
