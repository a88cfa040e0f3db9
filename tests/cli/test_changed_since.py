"""`check --changed-since`: only the links that a change adds or alters, as git has it."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.support.web import Web

QUICK = ("--allow-private", "--timeout", "2", "--retries", "0", "--interval", "0")

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="no git on this machine")

SOURCE = """\
  - id: {id}
    title: {id}
    url: {url}
"""


class Repository:
    """A catalogue that git keeps, whose links lead to the local web."""

    def __init__(self, folder: Path, web: Web) -> None:
        self.folder = folder
        self.catalogue = folder / "catalogue é"
        self._web = web
        self.catalogue.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *words: str) -> None:
        fixed = ("-c", "user.name=x", "-c", "user.email=x@exemple.fr", "-c", "commit.gpgsign=false")
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        subprocess.run(["git", *fixed, "-C", str(self.folder), *words], check=True, capture_output=True, env=clean)

    def write(self, name: str, **paths: str) -> None:
        sources = "".join(SOURCE.format(id=key, url=self._web.url(path)) for key, path in paths.items())
        (self.catalogue / name).write_text(f"theme: eau\nsources:\n{sources}", encoding="utf-8")

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", "x")


@pytest.fixture
def repository(tmp_path: Path, web: Web) -> Repository:
    made = Repository(tmp_path / "depot", web)
    made.write("eau.yaml", nappes="/ok?1", rivieres="/ok?2")
    made.commit()
    return made


def asked(run: Run, repository: Repository, revision: str = "HEAD") -> list[str]:
    """The ids of the links that are checked."""
    words = ("--catalogue", str(repository.catalogue), "--changed-since", revision)
    result = run("check", *words, "-f", "jsonl", *QUICK)
    assert result.exit_code == 0, result.stderr
    return sorted(record["id"] for record in map(json.loads, result.stdout.splitlines()))


def test_where_nothing_changed_nothing_is_asked(run: Run, repository: Repository, web: Web) -> None:
    assert asked(run, repository) == []
    assert web.asked == []


def test_a_link_that_is_added_or_altered_is_asked(run: Run, repository: Repository) -> None:
    repository.write("eau.yaml", nappes="/ok?1", rivieres="/ok?3", lacs="/ok?4")

    assert asked(run, repository) == ["lacs", "rivieres"]


def test_a_link_that_moves_to_another_line_file_or_source_is_not(run: Run, repository: Repository) -> None:
    repository.write("eau.yaml", rivieres="/ok?2")
    repository.write("sols.yaml", nouveau="/ok?1")

    assert asked(run, repository) == []


def test_an_address_by_territory_is_asked_when_its_template_is_new(run: Run, repository: Repository, web: Web) -> None:
    file = repository.catalogue / "eau.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}    territory_urls: {{commune: '{web.url('/ok')}?c={{code}}'}}\n", encoding="utf-8")

    added = asked(run, repository)
    repository.commit()

    assert (added, asked(run, repository)) == (["rivieres"], [])


def test_what_a_link_should_show_is_of_the_link(run: Run, repository: Repository) -> None:
    file = repository.catalogue / "eau.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "    expect: {title: Page}\n", encoding="utf-8")

    words = ("--catalogue", str(repository.catalogue), "--changed-since", "HEAD")
    result = run("check", *words, "-f", "jsonl", *QUICK)

    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["rivieres"]


def test_any_revision_that_git_knows_will_do(run: Run, repository: Repository) -> None:
    repository.git("tag", "avant")
    repository.write("eau.yaml", nappes="/ok?1", rivieres="/ok?2", lacs="/ok?4")
    repository.commit()

    assert asked(run, repository) == []
    assert asked(run, repository, "HEAD~1") == asked(run, repository, "avant") == ["lacs"]


def test_a_single_file_is_compared_with_itself(run: Run, repository: Repository) -> None:
    repository.write("eau.yaml", nappes="/ok?1", lacs="/ok?4")
    repository.catalogue /= "eau.yaml"

    assert asked(run, repository) == ["lacs"]


def test_a_file_that_was_not_there_is_new_whole(run: Run, repository: Repository) -> None:
    repository.write("sols.yaml", sols="/ok?9")
    repository.catalogue /= "sols.yaml"

    assert asked(run, repository) == ["sols"]


def test_it_works_within_a_hook_of_git(run: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.write("eau.yaml", lacs="/ok?4")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")

    assert asked(run, repository) == ["lacs"]


def test_a_selection_holds_besides(run: Run, repository: Repository) -> None:
    repository.write("eau.yaml", mares="/ok?5", lacs="/ok?4")

    words = ("--catalogue", str(repository.catalogue), "--changed-since", "HEAD")
    result = run("check", "lacs", *words, "-f", "jsonl", *QUICK)

    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["lacs"]


def test_a_catalogue_that_was_broken_then_makes_all_new(run: Run, repository: Repository) -> None:
    (repository.catalogue / "eau.yaml").write_text("sources: [", encoding="utf-8")
    repository.commit()
    repository.write("eau.yaml", nappes="/ok?1")

    assert asked(run, repository) == ["nappes"]


def test_a_link_in_the_repository_is_not_followed(run: Run, repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("secret", encoding="utf-8")
    (repository.catalogue / "lien.yaml").symlink_to(tmp_path / "secret.yaml")
    repository.commit()
    (repository.catalogue / "lien.yaml").unlink()

    assert asked(run, repository) == []


@pytest.mark.parametrize(
    "revision", ["absente", "--output=x", "-h", "HEAD:eau.yaml", "HEAD^{tree}", " ", "a..b", "é\x1b"]
)
def test_a_revision_that_git_does_not_know_is_2(run: Run, repository: Repository, revision: str) -> None:
    words = ("--catalogue", str(repository.catalogue), f"--changed-since={revision}")
    result = run("check", *words, *QUICK)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "révision inconnue de git" in result.stderr
    assert "fetch-depth: 0" in result.stderr


def test_a_catalogue_that_git_does_not_keep_is_2(run: Run, catalogue: Path) -> None:
    result = run("check", "--catalogue", str(catalogue), "--changed-since", "HEAD", *QUICK)

    assert result.exit_code == 2
    assert "n'est pas dans un dépôt git" in result.stderr


def test_a_machine_without_git_is_told_so(
    run: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    result = run("check", "--catalogue", str(repository.catalogue), "--changed-since", "HEAD", *QUICK)

    assert result.exit_code == 2
    assert "git n'est pas installé" in result.stderr


def test_it_does_not_go_with_links_from_elsewhere(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("https://exemple.fr\n", encoding="utf-8")

    result = run("check", "--from", str(tmp_path / "x.txt"), "--changed-since", "HEAD")

    assert result.exit_code == 2
