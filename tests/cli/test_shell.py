"""Exit codes, help and errors: the same for every command."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from diagsources import __version__
from diagsources.cli.commands import COMMANDS
from tests.cli.conftest import Process, Run

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")


def shell(line: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Runs *line* in a shell, `diagsources` standing for this one."""
    command = line.replace("diagsources", f'"{sys.executable}" -m diagsources')
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environ},
        timeout=60,
        check=False,
    )


def test_version_says_the_version(run: Run) -> None:
    result = run("--version")

    assert (result.exit_code, result.stdout, result.stderr) == (0, f"diagsources {__version__}\n", "")


def test_nothing_typed_shows_the_help(run: Run) -> None:
    assert run().stdout == run("--help").stdout
    assert run().exit_code == 0


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_in_french_with_examples_first(run: Run, name: str, option: str) -> None:
    result = run(name, option)

    text = result.stdout.replace("\u00a0", " ")
    assert result.exit_code == 0
    assert text.index("Exemples :") < text.index("Usage : diagsources") < text.index("Montrer cette aide.")
    for english in ("Options:", "Usage:", "Arguments:", "Show ", "[default", "required", " TEXT", "INTEGER", "FLOAT"):
        assert english not in text


def test_the_help_lists_every_command(run: Run) -> None:
    text = run("--help").stdout

    for name, (_, says) in COMMANDS.items():
        assert f"  {name} " in text
        assert says in " ".join(text.split())


ASKING = {"check", "open", "add", "fix", "--github-issue"}
"""What in an example asks the web, a browser or what was seen of it: it is read, and not run."""


def examples(run: Run) -> list[list[str]]:
    """The words of every example of the help, without the name of the program."""
    lines = [line for name in COMMANDS for line in run(name, "--help").stdout.splitlines()]
    return [shlex.split(line.strip().split("  ")[0])[1:] for line in lines if line.startswith("  diagsources ")]


@pytest.fixture
def named_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the files that examples name, and a catalogue that they may write."""
    catalogue = Path(__file__).parents[2] / "catalogue"
    for folder in ("catalogue", "mon-catalogue"):
        shutil.copytree(catalogue, tmp_path / folder)
    for name in ("liens.json", "nord.json", "sud.json"):
        (tmp_path / name).write_text(json.dumps({"schema": "diagsources.check/1", "checks": []}))
    (tmp_path / "README.md").write_text("[un lien](https://www.insee.fr/)\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIAGSOURCES_CATALOGUE", "catalogue")


def test_every_example_of_the_help_is_understood(run: Run) -> None:
    for name, *words in examples(run):
        import_module(f"diagsources.cli.{name}").command.make_context(name, words)  # raises where it is not


@pytest.mark.usefixtures("named_files")
def test_every_example_of_the_help_that_asks_nobody_does_what_it_says(run: Run) -> None:
    for words in examples(run):
        if not ASKING & set(words):
            assert run(*words).exit_code == 0, words


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["lst"], "list"),
        (["list", "--theem", "x"], "--theme"),
        (["list", "--theme"], "attend une valeur"),
        (["show"], "il manque ID"),
        (["search"], "il manque MOT"),
        (["check", "--timeout", "soon"], "n'est pas un nombre"),
        (["check", "--per-host", "0"], "trop petit, 1 au moins"),
        (["themes", "one", "two"], "argument de trop"),
    ],
)
def test_a_usage_error_says_in_french_what_was_meant(run: Run, words: list[str], says: str) -> None:
    result = run(*words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert "Error" not in result.stderr
    assert "conseil" in result.stderr


def test_a_bug_of_ours_ends_with_3_and_where_to_report_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("diagsources.cli.options.load", broken)

    result = run("list")

    assert result.exit_code == 3
    assert "boom" in result.stderr
    assert "/issues" in result.stderr


def test_an_error_is_not_coloured_away_from_a_terminal(run: Run) -> None:
    assert "\x1b" not in run("show", "nope").stderr


def test_a_reader_that_goes_away_is_no_failure() -> None:
    result = shell("diagsources list -f json | head -1")

    assert (result.returncode, result.stdout, result.stderr) == (0, "{\n", "")


def test_a_closed_stdout_is_no_failure() -> None:
    result = shell("diagsources list >&-")

    assert (result.returncode, result.stderr) == (0, "")


@LINUX
def test_a_full_disk_behind_stdout_is_said() -> None:
    result = shell("diagsources list -f json > /dev/full")

    assert result.returncode == 2
    assert "disque plein" in result.stderr
    assert "Traceback" not in result.stderr


@LINUX
def test_a_report_survives_a_locale_without_accents() -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

    result = shell("diagsources show insee-bpe -f markdown", **plain)

    assert result.returncode == 0
    assert "équipements" in result.stdout


def test_colour_can_be_had_and_refused(process: Process) -> None:
    assert "\x1b[" in process("list", "-f", "table", "--color", "always").stdout
    assert "\x1b[" not in process("list", "-f", "table", "--color", "never").stdout
    assert "\x1b[" not in process("list", "-f", "table").stdout


def complete(shell_name: str, line: str) -> list[str]:
    """What *shell_name* is offered for the last word of *line*."""
    words = line.split(" ")
    environ = {
        "_DIAGSOURCES_COMPLETE": f"complete_{shell_name}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1],
    }
    program = "from diagsources.cli import app; import sys; sys.argv = ['diagsources']; app(prog_name='diagsources')"
    result = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environ},
        timeout=60,
        check=False,
    )
    assert result.stderr == ""
    return result.stdout.split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("diagsources sh", ["show"]),
        ("diagsources show insee-si", ["insee-sicoval"]),
        ("diagsources guide p", ["plui", "pcaet", "plh", "pat"]),
        ("diagsources list --theme san", ["sante"]),
        ("diagsources list -t soc", ["social"]),
        ("diagsources list --kind obs", ["observatoire"]),
        ("diagsources list --granularity ir", ["iris"]),
        ("diagsources list --access tele", ["telechargement"]),
        ("diagsources list --platform geoc", ["geoclip"]),
        ("diagsources list --status rep", ["replaced"]),
        ("diagsources list --publisher drees", ["drees"]),
        ("diagsources check --format jso", ["json", "jsonl"]),
        ("diagsources open --col", ["--color"]),
    ],
)
def test_bash_completes_commands_ids_themes_and_values(line: str, offered: list[str]) -> None:
    assert complete("bash", line) == offered


def test_fish_completes_ids_too() -> None:
    assert complete("fish", "diagsources show insee-si") == ["insee-sicoval"]


def test_completion_of_a_catalogue_that_cannot_be_read_is_silent(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DIAGSOURCES_CATALOGUE", str(tmp_path / "nope"))

    assert complete("bash", "diagsources show insee") == []


def test_json_of_every_command_parses(run: Run) -> None:
    for words in (["list"], ["show", "umap"], ["search", "carte"], ["themes"], ["validate"]):
        assert json.loads(run(*words, "-f", "json").stdout)["schema"].startswith("diagsources.")
