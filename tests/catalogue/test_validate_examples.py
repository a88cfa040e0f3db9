"""Stored catalogues: those of `valid/` have no problem, each of `invalid/` those that its head names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from diagsources import catalogue
from diagsources.catalogue import load
from diagsources.catalogue.rules import RULES
from diagsources.model import Problem
from diagsources.text import visible
from tests.catalogue.test_hostile import CASES, UNREADABLE

HERE = Path(__file__).parent
VALID = sorted((HERE / "valid").glob("*.yaml"))
INVALID = sorted((HERE / "invalid").glob("*.yaml"))

CODE_AT = {"report": 1, "_keep": 1, "Unreadable": 0, "_report_slips": 3}
"""Where each function that is told a code takes it."""


def name_of(path: Path) -> str:
    """What a test of that file is called."""
    return path.stem


def expected_of(path: Path) -> list[str]:
    """The problems that the head of *path* names: `LINE:COLUMN CODE`, and `suggestion=WORD` if any."""
    return re.findall(r"^# expected: (.+)$", path.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)


def written(problem: Problem) -> str:
    """*problem* as the head of an example writes it."""
    suggestion = f" suggestion={problem.suggestion}" if problem.suggestion else ""
    return f"{problem.line}:{problem.column} {problem.code}{suggestion}"


@pytest.mark.parametrize("path", VALID, ids=name_of)
def test_a_valid_example_has_no_problem(path: Path) -> None:
    whole = load([path])

    assert whole.problems == ()
    assert whole.lost == 0
    assert whole.sources


@pytest.mark.parametrize("path", INVALID, ids=name_of)
def test_an_invalid_example_has_the_problems_that_its_head_names(path: Path) -> None:
    problems = load([path]).problems

    assert [written(problem) for problem in problems] == expected_of(path)
    assert {problem.file for problem in problems} == {str(path)}


@pytest.mark.parametrize("path", INVALID, ids=name_of)
def test_a_problem_is_told_in_a_sentence_of_one_line(path: Path) -> None:
    for problem in load([path]).problems:
        assert len(problem.message) > 10
        assert visible(problem.message) == problem.message
        assert "illisible (" not in problem.message  # and what the parser says, in English


@pytest.mark.parametrize("path", INVALID, ids=name_of)
def test_an_invalid_example_is_named_after_a_rule_it_shows(path: Path) -> None:
    shown = {line.split()[1] for line in expected_of(path)}

    assert any(path.stem.startswith(code) for code in shown)


def test_every_rule_is_shown_by_an_example_or_a_hostile_file() -> None:
    by_examples = {line.split()[1] for path in INVALID for line in expected_of(path)}
    by_hostile_files = {code for case in CASES.values() for code in case.codes if case.codes != UNREADABLE}

    assert by_examples | by_hostile_files == set(RULES)


def test_the_code_reports_the_rules_of_the_table_and_no_other() -> None:
    folder = Path(catalogue.__file__).parent

    used = {code for path in folder.glob("*.py") for code in codes_in(ast.parse(path.read_text(encoding="utf-8")))}

    assert used == set(RULES)


def codes_in(tree: ast.AST) -> Iterator[str]:
    """Every code that is written out in a call of *tree*."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            positional = call.args[CODE_AT[name] : CODE_AT[name] + 1] if name in CODE_AT else []
            for value in (*positional, *(keyword.value for keyword in call.keywords if keyword.arg == "code")):
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield value.value
