"""The GitHub Action, its steps run as they are by bash, through the month that memory was made for."""

import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.action import Result, Runner
from tests.support.github import REPOSITORY, TOKEN, GitHub, cut, local_github, refusing
from tests.support.month import DEATH, HOSTS, MONTH, Day, Village, village

ACTION = Path(__file__).parents[2] / ".github" / "actions" / "check" / "action.yml"
SECOND_DEATH = HOSTS[8]

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the action runs on Linux; elsewhere, only 127.0.0.1 is there"),
    pytest.mark.skipif(not shutil.which("bash"), reason="no bash on this machine"),
]


def lived(day: Day) -> Day:
    """*day* of the month, in which a second link dies on the 20th, and both are mended on the 28th."""
    befalls = dict(day.befalls)
    code = day.exit_code
    if 20 <= day.number < 28:
        befalls[SECOND_DEATH] = 404
    if day.number >= 28:
        befalls.pop(DEATH, None)
        code = 0
    return day._replace(befalls=befalls, exit_code=code)


@pytest.fixture
def web() -> Iterator[Village]:
    with village() as state:
        yield state


@pytest.fixture
def github() -> Iterator[GitHub]:
    with local_github() as github:
        yield github


@pytest.fixture
def workspace(tmp_path: Path, web: Village) -> Path:
    folder = tmp_path / "checkout"
    (folder / "catalogue").mkdir(parents=True)
    (folder / "catalogue" / "essai.yaml").write_text(web.catalogue(), encoding="utf-8")
    return folder


@pytest.fixture
def runner(tmp_path: Path, github: GitHub) -> Runner:
    program = tmp_path / "diagsources"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m diagsources "$@"\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    environ = {
        "GITHUB_TOKEN": TOKEN,
        "GITHUB_API_URL": github.base,
        "GITHUB_REPOSITORY": REPOSITORY,
        "GITHUB_SERVER_URL": "https://github.com",
        "DIAGSOURCES_ALLOW_PRIVATE": "true",
        "DIAGSOURCES_RETRIES": "0",
        "DIAGSOURCES_INTERVAL": "0",
        "DIAGSOURCES_TIMEOUT": "2",
    }
    return Runner(tmp_path / "runner", str(program), environ)


def check(runner: Runner, web: Village, workspace: Path, day: Day, **inputs: str) -> Result:
    """What the action says in the morning of *day*."""
    web.today = day
    runner.environ = {**runner.environ, "DIAGSOURCES_NOW": day.morning, "GITHUB_RUN_ID": str(day.number)}
    return runner.run(ACTION, workspace, **{"issue": "true", **inputs})


def test_a_month_of_one_issue_opened_once_updated_and_closed(
    runner: Runner, web: Village, workspace: Path, github: GitHub
) -> None:
    reset = str(int(time.time()) + 3_600)
    faults = {
        11: refusing(403, "API rate limit exceeded", X_RateLimit_Remaining="0", X_RateLimit_Reset=reset),
        12: refusing(403, "Resource not accessible by integration"),
        13: cut,
    }
    codes: dict[int, str] = {}
    states: dict[int, str] = {}
    writes: dict[int, list[str]] = {}

    for day in map(lived, MONTH):
        github.always = faults.get(day.number)
        before = len(github.writes)
        result = check(runner, web, workspace, day)
        codes[day.number] = result.outputs["exit-code"]
        writes[day.number] = github.writes[before:]
        states[day.number] = github.issues[1]["state"] if github.issues else ""
        assert result.succeeded is (day.exit_code == 0), f"day {day.number}\n{result.log}"
        assert TOKEN not in result.log
        if day.number in faults:
            assert "attention" in result.log
            assert "Traceback" not in result.log

    assert codes == {day.number: str(day.exit_code) for day in map(lived, MONTH)}
    assert {number: done for number, done in writes.items() if done and number not in faults} == {
        10: ["POST"],
        20: ["PATCH"],
        28: ["PATCH"],
    }
    assert len(github.issues) == 1
    assert {states[day] for day in range(1, 10)} == {""}
    assert {states[day] for day in range(10, 28)} == {"open"}
    assert {states[day] for day in range(28, 31)} == {"closed"}


def test_a_job_summary_says_what_is_dead_since_when_and_what_has_changed(
    runner: Runner, web: Village, workspace: Path, github: GitHub
) -> None:
    for day in MONTH[:10]:
        result = check(runner, web, workspace, lived(day))

    text = result.summary.replace("\u00a0", " ")
    assert text.startswith("## 1 lien à réparer\n")
    assert "- 1 panne confirmée : source-3\n" in text
    assert "| 10 novembre 2026 |" in text
    assert "<summary>Restreints (1)</summary>" in text
    assert "::error file=catalogue/essai.yaml,line=11,title=Source 3::" in result.log


def test_two_catalogues_are_remembered_apart(runner: Runner, web: Village, workspace: Path, github: GitHub) -> None:
    check(runner, web, workspace, MONTH[0], memory="eau-2", issue="false")
    first = check(runner, web, workspace, MONTH[1], memory="eau", issue="false")
    second = check(runner, web, workspace, MONTH[2], memory="eau", issue="false")

    assert "Depuis la dernière fois" not in first.summary
    assert "Depuis la dernière fois" in second.summary


def test_a_run_that_could_not_be_made_says_so_and_touches_nothing(
    runner: Runner, web: Village, workspace: Path, github: GitHub
) -> None:
    check(runner, web, workspace, MONTH[0])
    asked = len(github.asked)

    result = check(runner, web, workspace, MONTH[21]._replace(number=2), sarif="true")

    assert (result.succeeded, result.outputs["exit-code"]) == (False, "2")
    assert "n'a pas pu se faire (code 2)" in result.summary
    assert len(github.asked) == asked
    assert len(runner.uploaded) == 0


def test_findings_are_handed_to_code_scanning_if_asked(
    runner: Runner, web: Village, workspace: Path, github: GitHub
) -> None:
    check(runner, web, workspace, MONTH[0], issue="false")
    assert runner.uploaded == []

    check(runner, web, workspace, MONTH[9], sarif="true", issue="false")

    (log,) = runner.uploaded
    assert {result["ruleId"] for result in log["runs"][0]["results"]} == {"http-404"}
    assert github.asked == []


def test_a_pull_request_asks_only_what_it_adds_and_remembers_nothing(
    runner: Runner, web: Village, workspace: Path, github: GitHub
) -> None:
    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@x", *words], cwd=workspace, check=True)

    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "-m", "x")
    web.today = MONTH[0]
    file = workspace / "catalogue" / "essai.yaml"
    added = web.urls[0].replace("/page", "/disparue")
    file.write_text(file.read_text(encoding="utf-8") + f"  - {{id: neuve, title: Neuve, url: '{added}'}}\n", "utf-8")

    result = check(runner, web, workspace, MONTH[0], **{"changed-since": "HEAD"})

    assert result.outputs["exit-code"] == "1"
    assert {path.partition("?")[0] for path in web.asked if path.endswith("/page")} == set()
    assert "title=Neuve" in result.log
    assert github.asked == []
    assert not (runner.folder / "caches").exists()


def test_an_input_is_never_a_command(runner: Runner, web: Village, workspace: Path, tmp_path: Path) -> None:
    hostile = f"x'; touch {tmp_path / 'obeyed'}; $(touch {tmp_path / 'obeyed'}) `touch {tmp_path / 'obeyed'}` --help"

    result = check(runner, web, workspace, MONTH[0], catalogue=hostile, **{"changed-since": hostile})

    assert result.outputs["exit-code"] == "2"
    assert not (tmp_path / "obeyed").exists()
