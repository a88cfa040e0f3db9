"""The hooks for pre-commit, each run as pre-commit does: in the repository, its words from `.pre-commit-hooks.yaml`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.web import Web

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="no git on this machine")

HOOKS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
)
SOURCE = """\
  - id: {id}
    title: {id}
    url: {url}
"""


class Project:
    """A repository of somebody who keeps a catalogue."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "catalogue" / "eau.yaml"
        self.file.parent.mkdir(parents=True)
        self.git("init", "--quiet")

    def git(self, *words: str) -> None:
        fixed = ("-c", "user.name=x", "-c", "user.email=x@exemple.fr", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *fixed, *words], cwd=self.folder, check=True, capture_output=True)

    def write(self, **urls: str) -> None:
        sources = "".join(SOURCE.format(id=key, url=url) for key, url in urls.items())
        self.file.write_text(f"theme: eau\nsources:\n{sources}", encoding="utf-8")
        self.git("add", "--all")

    def hook(self, name: str) -> subprocess.CompletedProcess[str]:
        """What the hook says of what is about to be committed."""
        (hook,) = [each for each in HOOKS if each["id"] == name]
        program, *words = hook["entry"].split()
        assert (program, hook["pass_filenames"]) == ("diagsources", False)
        quick = {"ALLOW_PRIVATE": "true", "RETRIES": "0", "INTERVAL": "0", "TIMEOUT": "2"}
        return subprocess.run(
            [sys.executable, "-m", "diagsources", *words, *hook["args"]],
            cwd=self.folder,
            env={**os.environ, **{f"DIAGSOURCES_{key}": value for key, value in quick.items()}},
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )


@pytest.fixture
def project(tmp_path: Path, web: Web) -> Project:
    made = Project(tmp_path / "depot")
    made.write(nappes=web.url("/gone/404"))
    made.git("commit", "--quiet", "-m", "x")
    return made


def test_a_catalogue_without_fault_passes(project: Project) -> None:
    assert project.hook("diagsources-validate").returncode == 0


def test_a_fault_of_the_yaml_is_told_at_its_line(project: Project) -> None:
    project.write(nappes="https://exemple.fr/", sols="pas une adresse")

    result = project.hook("diagsources-validate")

    assert result.returncode == 1
    assert "catalogue/eau.yaml:8:" in result.stdout


def test_what_was_dead_before_holds_up_no_commit(project: Project, web: Web) -> None:
    project.write(nappes=web.url("/gone/404"), rivieres=web.url("/ok"))

    result = project.hook("diagsources-check")

    assert (result.returncode, result.stderr) == (0, "1\u00a0lien\u00a0: 1\u00a0en ligne\n")


def test_a_link_that_is_added_dead_does(project: Project, web: Web) -> None:
    project.write(nappes=web.url("/gone/404"), rivieres=web.url("/gone/410"), lacs=web.url("/ok"))

    result = project.hook("diagsources-check")

    assert result.returncode == 1
    failing = [line.split("\t")[0] for line in result.stdout.splitlines() if "\tbroken\t" in line]
    assert failing == ["rivieres"]


def test_every_hook_is_of_yaml_alone_and_says_what_it_does() -> None:
    assert [hook["id"] for hook in HOOKS] == ["diagsources-validate", "diagsources-check"]
    for hook in HOOKS:
        assert (hook["language"], hook["files"]) == ("python", r"\.ya?ml$")
        assert hook["description"]
