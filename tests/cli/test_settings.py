"""Settings: which one wins, and what is said of one that is wrong."""

import json
from pathlib import Path

import pytest

from diagsources.cli.settings import SETTINGS, config_folder, settings
from tests.cli.conftest import Run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with no settings yet."""
    place = tmp_path / "work"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


def of_user(text: str) -> None:
    """Writes the user's own settings."""
    config_folder().mkdir(parents=True)
    (config_folder() / "config.toml").write_text(text, encoding="utf-8")


def test_nothing_is_set_where_there_is_no_file(folder: Path) -> None:
    assert settings() == {}


def test_each_place_wins_over_the_one_below(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of_user('timeout = 1\nretries = 1\ninterval = 1\nconcurrency = 1\nformat = "csv"\n')
    (folder / "pyproject.toml").write_text("[tool.diagsources]\nretries = 2\ninterval = 2\nconcurrency = 2\n")
    (folder / "diagsources.toml").write_text("interval = 3\nconcurrency = 3\n")
    monkeypatch.setenv("DIAGSOURCES_CONCURRENCY", "4")

    assert settings() == {"timeout": 1, "retries": 2, "interval": 3, "concurrency": "4", "format_name": "csv"}


def test_a_flag_wins_over_a_setting(folder: Path, run: Run) -> None:
    (folder / "diagsources.toml").write_text('format = "json"\n')

    assert json.loads(run("themes").stdout)["schema"] == "diagsources.themes/1"
    assert run("themes", "-f", "csv").stdout.startswith("id,")


def test_a_catalogue_is_looked_for_beside_the_file_that_names_it(folder: Path, run: Run) -> None:
    (folder / "mine.yaml").write_text("theme: x\nsources: [{id: a, title: A, url: 'http://a.example'}]\n")
    (folder / "diagsources.toml").write_text('catalogue = "mine.yaml"\n')

    assert run("list").stdout.startswith("a\tx\tA\t")


@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_list_of_links_may_be_named_where_the_settings_have_a_catalogue(folder: Path, run: Run, command: str) -> None:
    (folder / "mine.yaml").write_text("theme: x\nsources: [{id: a, title: A, url: 'http://a.example'}]\n")
    (folder / "diagsources.toml").write_text('catalogue = "mine.yaml"\n')
    (folder / "links.txt").write_text("")

    assert run(command, "--from", "links.txt").exit_code == 0
    assert run(command, "--from", "links.txt", "--catalogue", "other.yaml").exit_code == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("timout = 3\n", "timeout"),
        ('timeout = "soon"\n', "attend un nombre"),
        ("timeout = true\n", "attend un nombre"),
        ("exit-zero = 1\n", "true ou false"),
        ("timeout = \n", "ce n'est pas du TOML valable, ligne 1, colonne 11\n"),
        ("timeout = 'x", "ce n'est pas du TOML valable"),
        ("catalogue = [1]\n", "une liste de chemins"),
        ('format = "jsn"\n', "json"),
    ],
)
def test_a_wrong_setting_says_where_and_what_would_be_right(folder: Path, run: Run, text: str, says: str) -> None:
    (folder / "diagsources.toml").write_text(text)

    result = run("list")

    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr


def test_a_pyproject_of_another_project_is_left_alone(folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[project]\nname = "other"\n[tool.ruff]\nline-length = 3\n')

    assert settings() == {}


def test_a_number_of_the_environment_is_checked_as_a_typed_one(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIAGSOURCES_PER_HOST", "many")

    result = run("check", "insee-sicoval")

    assert result.exit_code == 2
    assert "--per-host" in result.stderr


def test_every_setting_is_the_default_of_an_option_of_check_or_fix(run: Run) -> None:
    check, fix = run("check", "--help").stdout, run("fix", "--help").stdout

    assert "--archive " in fix
    for key in SETTINGS.keys() - {"exceptions", "archive"}:  # which no command line can hold, and which only fix asks
        assert f"--{key} " in check
