"""A kept report, read as what it remembers: hostile input, as any file."""

import json
from pathlib import Path
from typing import Any

import pytest

from diagsources.errors import InputUnreadable
from diagsources.exchange import read_baseline
from diagsources.verdict.memory import Condition

RECORD = {
    "id": "a",
    "rel": "url",
    "url": "https://exemple.fr/",
    "verdict": "unavailable",
    "reason": "http-500",
    "checked_at": "2026-11-03T06:00:00Z",
}
MEMORY = {"condition": "fragile", "since": "2026-11-02T06:00:00Z", "failures": 2, "runs": 7, "was_alive": True}


def kept(tmp_path: Path, *checks: Any) -> str:
    path = tmp_path / "report.json"
    path.write_text(json.dumps({"schema": "diagsources.check/1", "checks": checks}), encoding="utf-8")
    return str(path)


def test_what_a_report_remembers_is_known(tmp_path: Path) -> None:
    (known,) = read_baseline(kept(tmp_path, RECORD | {"memory": MEMORY}))

    assert known.link[:3] == ("a", "url", "https://exemple.fr/")
    assert (known.state.condition, known.state.failures, known.state.runs) == (Condition.FRAGILE, 2, 7)
    assert known.state.was_alive


def test_a_report_without_memory_is_taken_at_its_word(tmp_path: Path) -> None:
    (known,) = read_baseline(kept(tmp_path, RECORD))

    assert (known.state.condition, known.state.was_alive) == (Condition.CONFIRMED, False)


@pytest.mark.parametrize(
    "changed",
    [
        {"verdict": "dead"},
        {"verdict": "skipped"},
        {"checked_at": "hier"},
        {"checked_at": "0001-01-01T00:00:00+23:59"},
        {"checked_at": 20261103},
        {"memory": [1]},
        {"memory": {"condition": "dying"}},
        {"memory": MEMORY | {"since": "0001-01-01T00:00:00+23:59"}},
        {"memory": MEMORY | {"failures": "beaucoup"}},
        {"memory": MEMORY | {"failures": 1e999}},
    ],
    ids=str,
)
def test_a_record_that_makes_no_sense_says_nothing(changed: dict[str, Any], tmp_path: Path) -> None:
    path = kept(tmp_path, None, 3, RECORD | changed, RECORD | {"id": "b"})

    assert [known.link.id for known in read_baseline(path)] == ["b"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "ce n'est pas du JSON"),
        ("[" * 100_000, "ce n'est pas du JSON"),
        ("[]", "ce n'est pas un rapport de check"),
        ('{"schema": "diagsources.check/1", "checks": {}}', "ce n'est pas un rapport de check"),
        ('{"schema": "diagsources.sources/1", "checks": []}', "ce n'est pas un rapport de check"),
    ],
    ids=["empty", "deep", "list", "shapeless", "sources"],
)
def test_what_is_no_report_is_said_to_be_none(content: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(InputUnreadable, match=says):
        read_baseline(str(path))
