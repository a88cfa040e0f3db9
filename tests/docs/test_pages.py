"""What every page of documentation owes its reader: true paths, French punctuation, pinned actions."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.docs.readme import CHECKOUT, ENGLISH

CONTRIBUTING = CHECKOUT / ".github" / "CONTRIBUTING.md"
CHANGELOG = CHECKOUT / ".github" / "CHANGELOG.md"
WORKFLOW = CHECKOUT / ".github" / "workflows" / "ci.yml"
WEEKLY = CHECKOUT / ".github" / "workflows" / "check.yml"
ACTION = CHECKOUT / ".github" / "actions" / "check" / "action.yml"
PAGES = [CHECKOUT / "README.md", CONTRIBUTING, CHANGELOG]

_TO_BE_MADE = re.compile(r"NOM|…|\*|^dist/|^mon-catalogue")
"""Paths that a page invites the reader to make."""


def _name(page: Path) -> str:
    return page.name


def _paths(text: str) -> set[str]:
    """What *text* gives as a path of the repository, in code."""
    code = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))
    named = {word for word in code if re.fullmatch(r"[\w.-]*[\w-]+(?:/[\w.-]*)+|[\w-]+\.(?:py|md|toml|yaml|yml)", word)}
    return {path for path in named if not _TO_BE_MADE.search(path)}


OF_THE_READER = {"diagsources.toml", "config.toml", "mon-catalogue/sante.yaml"}
"""Files that a page tells its reader to write."""


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_a_page_names_files_that_exist(page: Path) -> None:
    named = _paths(page.read_text(encoding="utf-8")) - OF_THE_READER

    assert {path for path in named if not (CHECKOUT / path).exists()} == set()


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_a_link_within_the_repository_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))

    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_french_punctuation_holds_on_to_its_word(page: Path) -> None:
    text = page.read_text(encoding="utf-8").partition(ENGLISH)[0]
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    prose = re.sub(r"`[^`\n]+`", "`", prose)

    assert re.findall(r".{0,20} [:;?!»](?=\s|$)|« .{0,20}", prose) == []


def test_contributing_names_the_paths_it_should() -> None:
    assert len(_paths(CONTRIBUTING.read_text(encoding="utf-8"))) > 10


def _workflow(path: Path = WORKFLOW) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("path", [WORKFLOW, WEEKLY, ACTION], ids=_name)
def test_every_action_is_pinned_to_a_commit_and_says_which_version(path: Path) -> None:
    used = [line for line in re.findall(r"uses: (.*)", path.read_text(encoding="utf-8")) if line[:2] != "./"]

    assert used
    assert [line for line in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []


def test_an_action_has_the_same_pin_everywhere() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in (WORKFLOW, WEEKLY, ACTION))
    pins = set(re.findall(r"uses: ([\w-]+/[\w-]+)[\w/-]*@(\S+)", texts))

    assert len(pins) == len({name for name, _ in pins})


def test_the_weekly_check_keeps_the_issue_and_may_do_nothing_else() -> None:
    workflow = _workflow(WEEKLY)

    assert workflow["permissions"] == {}
    assert workflow["jobs"]["check"]["permissions"] == {"contents": "read", "issues": "write"}
    assert workflow["concurrency"]["cancel-in-progress"] is False


def test_a_pull_request_asks_nothing_but_the_links_that_it_changes() -> None:
    steps = [step for job in _workflow()["jobs"].values() for step in job["steps"]]
    asking = [step for step in steps if step.get("uses", "").startswith("./.github/actions/check")]

    assert [step["with"] for step in asking] == [{"changed-since": "${{ github.event.pull_request.base.sha }}"}]
    assert not [step for step in steps if "diagsources check" in step.get("run", "")]


def test_the_hooks_of_pre_commit_are_commands_of_ours() -> None:
    hooks = yaml.safe_load((CHECKOUT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    assert {hook["id"]: hook["entry"] for hook in hooks} == {
        "diagsources-validate": "diagsources validate",
        "diagsources-check": "diagsources check --changed-since HEAD",
    }
    assert all(hook["language"] == "python" and hook["pass_filenames"] is False for hook in hooks)


def test_a_job_may_read_the_code_and_nothing_else() -> None:
    workflow = _workflow()

    assert workflow["permissions"] == {}
    assert {str(job.get("permissions", {})) for job in workflow["jobs"].values()} <= {"{}", "{'contents': 'read'}"}


def test_the_tests_run_on_every_python_that_is_promised() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    promised = [line.rpartition(" ")[2] for line in project["classifiers"] if "Python :: 3." in line]

    matrix = _workflow()["jobs"]["tests"]["strategy"]["matrix"]

    assert matrix["python"] == promised
    assert {each["python"] for each in matrix["include"]} == {promised[-1]}


def test_one_job_waits_for_all_the_others() -> None:
    jobs = _workflow()["jobs"]

    assert set(jobs["all-green"]["needs"]) == set(jobs) - {"all-green"}
