"""`diagsources report`, and `--report`: the same run in several forms, now or later, and the issue of what is dead."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from diagsources.reports import FORMATS
from tests.cli.conftest import Process, Run
from tests.support.github import REPOSITORY, TOKEN, GitHub, local_github, refusing
from tests.support.web import Web, unused_port

QUICK = ("--allow-private", "--timeout", "2", "--retries", "0", "--interval", "0")


@pytest.fixture
def links(tmp_path: Path, web: Web) -> Path:
    """A list with a dead link, one that has moved, and one that is well."""
    path = tmp_path / "urls.txt"
    path.write_text("\n".join(map(web.url, ("/gone/404", "/moved/permanently", "/ok"))) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def github() -> Iterator[GitHub]:
    with local_github() as github:
        yield github


@pytest.fixture
def kept(run: Run, links: Path, tmp_path: Path) -> Path:
    path = tmp_path / "kept.json"
    assert run("check", "--from", str(links), *QUICK, "-o", str(path)).exit_code == 1
    return path


def test_one_run_is_written_in_every_form_and_each_is_what_report_gives(run: Run, links: Path, tmp_path: Path) -> None:
    wanted = [word for name in FORMATS for word in ("--report", f"{name}={tmp_path / name}")]

    result = run("check", "--from", str(links), *QUICK, *wanted)

    assert result.exit_code == 1
    for name in FORMATS:
        again = run("report", str(tmp_path / "json"), "-f", name)
        assert again.exit_code == 1
        assert again.stdout == (tmp_path / name).read_text(encoding="utf-8"), name


def test_the_screen_of_a_kept_report_is_that_of_the_run(run: Run, links: Path, tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    for _ in range(2):  # the second has a past
        first = run("check", "--from", str(links), *QUICK, "-f", "table", "--report", f"json={path}")

        assert run("report", str(path), "-f", "table").stdout == first.stdout


def test_a_report_besides_is_whole_whatever_the_other_shows(run: Run, links: Path, tmp_path: Path) -> None:
    also = ("--report", f"json={tmp_path / 'whole.json'}")
    run("check", "--from", str(links), *QUICK)

    result = run("check", "--from", str(links), *QUICK, "--only-new", "-f", "jsonl", *also)

    assert len(result.stdout.splitlines()) < 3
    assert len(json.loads((tmp_path / "whole.json").read_text(encoding="utf-8"))["checks"]) == 3


def test_silence_is_about_the_streams_and_not_about_files(run: Run, links: Path, tmp_path: Path) -> None:
    result = run("check", "--from", str(links), *QUICK, "-qq", "--report", f"sarif={tmp_path / 'x.sarif'}")

    assert (result.stdout, result.stderr, result.exit_code) == ("", "", 1)
    assert json.loads((tmp_path / "x.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["junit"], "--report attend FORMAT=FICHIER"),
        (["=x"], "format inconnu"),
        (["junit="], "--report attend FORMAT=FICHIER"),
        (["json=-"], "--report attend FORMAT=FICHIER"),
        (["junitt=x.xml"], "vouliez-vous dire junit"),
        (["json=absent/x.json"], "ce dossier n'existe pas"),
        (["json=x", "csv=x"], "écrit deux fois dans x"),
    ],
)
def test_a_report_that_cannot_be_is_refused_before_anything_is_asked(
    run: Run, links: Path, web: Web, words: list[str], says: str
) -> None:
    asked = len(web.asked)

    result = run("check", "--from", str(links), *QUICK, *(each for word in words for each in ("--report", word)))

    assert result.exit_code == 2
    assert says in result.stderr.replace("\u00a0", " ")
    assert len(web.asked) == asked


def test_a_report_for_a_folder_that_is_not_there_is_refused_before_anything_is_asked(
    run: Run, links: Path, web: Web, tmp_path: Path
) -> None:
    asked = len(web.asked)

    result = run("check", "--from", str(links), *QUICK, "-o", str(tmp_path / "absent" / "x.json"))

    assert (result.exit_code, result.stdout) == (2, "")
    assert "ce dossier n'existe pas" in result.stderr
    assert len(web.asked) == asked


def test_the_end_of_a_name_chooses_the_form(run: Run, kept: Path, tmp_path: Path) -> None:
    for suffix, begins in ((".xml", "<?xml"), (".sarif", "{"), (".html", "<!DOCTYPE html>"), (".md", "## ")):
        run("report", str(kept), "-o", str(tmp_path / f"x{suffix}"))

        assert (tmp_path / f"x{suffix}").read_text(encoding="utf-8").startswith(begins)


def test_several_reports_are_told_as_one(run: Run, kept: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    document = json.loads(kept.read_text(encoding="utf-8"))
    document["checks"] = [record | {"id": f"autre-{record['id']}"} for record in document["checks"]]
    other.write_text(json.dumps(document), encoding="utf-8")

    whole = json.loads(run("report", str(kept), str(other), str(kept), "-f", "json").stdout)

    assert len(whole["checks"]) == 6
    assert whole["summary"]["broken"] == 2


def test_a_report_says_by_its_code_what_the_run_said(run: Run, kept: Path, links: Path, web: Web) -> None:
    assert run("report", str(kept)).exit_code == 1
    assert run("report", str(kept), "--exit-zero").exit_code == 0
    links.write_text(web.url("/ok") + "\n", encoding="utf-8")
    run("check", "--from", str(links), *QUICK, "-o", str(kept))
    assert run("report", str(kept)).exit_code == 0


def test_a_file_that_is_no_report_says_so(run: Run, links: Path) -> None:
    result = run("report", str(links))

    assert (result.exit_code, result.stdout) == (2, "")
    assert "ce n'est pas du JSON valable" in result.stderr


def keeping(process: Process, kept: Path, github: GitHub, monkeypatch: pytest.MonkeyPatch, **environ: str) -> str:
    """What is said on stderr when the issue is kept; the report itself goes nowhere."""
    for name, value in {"GITHUB_TOKEN": TOKEN, "GITHUB_API_URL": github.base, **environ}.items():
        monkeypatch.setenv(name, value)
    result = process("report", str(kept), "--github-issue", REPOSITORY)
    assert result.returncode == 1
    assert "http-404" in result.stdout
    assert TOKEN not in result.stdout + result.stderr
    return result.stderr.replace("\u00a0", " ")


def test_the_issue_names_what_is_dead_and_where_it_was_seen(
    process: Process, kept: Path, github: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": REPOSITORY, "GITHUB_RUN_ID": "77"}

    assert keeping(process, kept, github, monkeypatch, **run) == "ticket #1 : ouvert\n"
    assert keeping(process, kept, github, monkeypatch, **run) == "ticket #1 : inchangé\n"

    (issue,) = github.issues.values()
    assert issue["title"] == "1\u00a0lien mort dans le catalogue"
    assert "/gone/404" in issue["body"]
    assert "/moved/permanently" not in issue["body"]
    assert f"https://github.com/{REPOSITORY}/actions/runs/77" in issue["body"]


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (refusing(403, "Resource not accessible by integration"), "issues: write"),
        (refusing(403, "API rate limit exceeded", X_RateLimit_Remaining="0", X_RateLimit_Reset="4102444800"), "limite"),
        (refusing(410, "Issues has been disabled"), "désactivés"),
        (refusing(422, "Validation Failed"), "refuse le contenu"),
    ],
)
def test_what_github_refuses_leaves_the_code_alone(
    fault: object, says: str, process: Process, kept: Path, github: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    github.always = fault  # type: ignore[assignment]  # a fault

    said = keeping(process, kept, github, monkeypatch)

    assert said.startswith("attention : ")
    assert says in said
    assert said.count("\n") == 1


def test_a_network_without_github_leaves_the_code_alone(
    process: Process, kept: Path, github: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = f"http://127.0.0.1:{unused_port()}"

    assert "injoignable" in keeping(process, kept, github, monkeypatch, GITHUB_API_URL=nowhere)


def test_without_a_token_it_is_said_what_is_missing(run: Run, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)

    result = run("report", str(kept), "--github-issue", REPOSITORY)

    assert result.exit_code == 2
    assert "GITHUB_TOKEN" in result.stderr


def test_a_run_that_was_cut_leaves_the_issue_alone(
    run: Run, kept: Path, github: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.write_text(kept.read_text(encoding="utf-8").replace('"checks"', '"interrupted": true, "checks"'), "utf-8")
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    monkeypatch.setenv("GITHUB_API_URL", github.base)

    result = run("report", str(kept), "--github-issue", REPOSITORY)

    assert "le ticket reste tel qu'il est" in result.stderr
    assert github.asked == []
