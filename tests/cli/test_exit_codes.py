"""Exit codes, each by a real process: what was found is never taken for what went wrong, whatever stdout becomes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.nasty import large_run
from tests.support.web import Web

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix")
ASK = "--allow-private --retries 0 --interval 0 --timeout 2"
FORMS = ("table", "plain", "json", "jsonl", "csv", "markdown", "junit", "sarif", "github", "html")


def shell(line: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Runs *line* in a shell, `diagsources` standing for this one; the code is the program's, not that of a pipe."""
    command = line.replace("diagsources", f'"{sys.executable}" -m diagsources')
    return subprocess.run(
        ["bash", "-c", f"{command}; exit ${{PIPESTATUS[0]}}"],
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environ},
        timeout=60,
        check=False,
    )


@pytest.fixture
def dead(tmp_path: Path, web: Web) -> Path:
    return listed(tmp_path / "dead.txt", web.url("/ok"), web.url("/gone/404"))


@pytest.fixture
def alive(tmp_path: Path, web: Web) -> Path:
    return listed(tmp_path / "alive.txt", web.url("/ok"))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of many findings, far larger than what a pipe holds."""
    path = tmp_path_factory.mktemp("kept") / "kept.json"
    with path.open("w", encoding="utf-8") as out:
        from diagsources.reports import FORMATS

        FORMATS["json"].render(large_run(2_000), out)
    return path


def listed(path: Path, *urls: str) -> Path:
    path.write_text("\n".join(urls) + "\n", encoding="utf-8")
    return path


@UNIX
def test_0_nothing_to_report(alive: Path) -> None:
    assert shell(f"diagsources check --from {alive} {ASK}").returncode == 0


@UNIX
def test_1_findings(dead: Path) -> None:
    result = shell(f"diagsources check --from {dead} {ASK}")

    assert result.returncode == 1
    assert "http-404" in result.stdout


@UNIX
@pytest.mark.parametrize(
    "line",
    [
        "diagsources check --nope",
        "diagsources check absente",
        "diagsources check --from absent.txt",
        "diagsources check --report nope=x.txt",
        "diagsources check --report junit=absent/x.xml",
        "diagsources check --changed-since HEAD --from x.txt",
        "diagsources list -f sarif",
        "diagsources report",
        "diagsources report absent.json",
        "diagsources nope",
    ],
)
def test_2_it_could_not_be_done_and_stdout_is_empty(line: str, tmp_path: Path) -> None:
    result = shell(f"cd {tmp_path} && {line}")

    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("erreur\u00a0:")
    assert "Traceback" not in result.stderr


@UNIX
def test_2_no_network_at_all(tmp_path: Path) -> None:
    offline = listed(tmp_path / "offline.txt", "http://one.invalid/", "http://two.invalid/")

    result = shell(f"diagsources check --from {offline} {ASK}")

    assert (result.returncode, result.stdout) == (2, "")


@UNIX
def test_3_a_bug_of_ours() -> None:
    spoilt = "import sys, diagsources.cli.list as m; m.select = None; from diagsources.__main__ import main; main()"
    result = subprocess.run([sys.executable, "-c", spoilt, "list"], capture_output=True, encoding="utf-8", check=False)

    assert result.returncode == 3
    assert "Traceback" in result.stderr
    assert "signalez-le" in result.stderr


@UNIX
def test_130_ctrl_c(tmp_path: Path, web: Web) -> None:
    slow = listed(tmp_path / "slow.txt", web.url("/ok"), *(web.url(f"/hang?{number}") for number in range(20)))
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "diagsources", "check", "--from", str(slow), "--allow-private", "-f", "json"),
            *("--report", f"html={tmp_path / 'page.html'}"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    stdout, _ = process.communicate(timeout=30)

    assert process.returncode == 130
    assert json.loads(stdout)["interrupted"] is True
    assert "interrompue" in (tmp_path / "page.html").read_text(encoding="utf-8")


@UNIX
@pytest.mark.parametrize("form", FORMS)
def test_a_reader_that_goes_away_does_not_make_findings_well(form: str, kept: Path) -> None:
    result = shell(f"diagsources report {kept} -f {form} | head -c 10 > /dev/null")

    assert (result.returncode, result.stderr.count("Traceback"), result.stderr.count("erreur")) == (1, 0, 0)


@UNIX
def test_a_reader_that_goes_away_from_what_is_well_is_well(alive: Path) -> None:
    assert shell(f"diagsources check --from {alive} {ASK} -f json | head -c 1").returncode == 0


@UNIX
@pytest.mark.parametrize("form", FORMS)
def test_a_closed_stdout_changes_nothing_of_the_code(form: str, kept: Path, dead: Path, alive: Path) -> None:
    assert shell(f"diagsources report {kept} -f {form} >&-").returncode == 1
    if form in ("table", "jsonl"):
        assert shell(f"diagsources check --from {dead} {ASK} -f {form} >&-").returncode == 1
        assert shell(f"diagsources check --from {alive} {ASK} -f {form} >&-").returncode == 0


@UNIX
def test_a_report_file_that_cannot_be_written_is_2(dead: Path, alive: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()

    for links in (dead, alive):
        result = shell(f"diagsources check --from {links} {ASK} -f json -o {tmp_path / 'folder'}")
        assert (result.returncode, result.stdout) == (2, "")
        also = shell(f"diagsources check --from {links} {ASK} --report json={tmp_path / 'folder'}")
        assert (also.returncode, also.stdout) == (2, "")


@LINUX
@pytest.mark.parametrize("form", FORMS)
def test_a_stdout_that_is_full_is_2_and_one_sentence(form: str, kept: Path) -> None:
    result = shell(f"diagsources report {kept} -f {form} > /dev/full")

    assert result.returncode == 2
    assert "disque plein" in result.stderr
    assert "Traceback" not in result.stderr


@LINUX
def test_a_check_whose_report_meets_a_full_disk_is_2(dead: Path) -> None:
    for form in ("table", "json", "jsonl"):
        assert shell(f"diagsources check --from {dead} {ASK} -f {form} > /dev/full").returncode == 2
    assert shell(f"diagsources check --from {dead} {ASK} --report junit=/dev/full").returncode == 2


WELL = (
    "list",
    "show geomsa",
    "search logement",
    "themes",
    "territory labege",
    "open geomsa --print",
    "--help",
    "list -h",
    "--version",
)
"""Commands that are done, and write to stdout."""


@LINUX
@pytest.mark.parametrize("words", WELL)
def test_a_command_that_is_done_is_0_whoever_reads_it(words: str) -> None:
    for reader in ("", "| true", "2>&1 | true", ">&-", "2>&-", "> /dev/null 2> /dev/full"):
        result = shell(f"diagsources {words} {reader}")

        assert (result.returncode, "Traceback" in result.stderr) == (0, False), reader


@LINUX
@pytest.mark.parametrize("words", WELL)
def test_a_command_whose_stdout_is_full_is_2_and_no_bug_of_ours(words: str) -> None:
    result = shell(f"diagsources {words} > /dev/full")

    assert result.returncode == 2
    assert result.stderr.replace("\u00a0", " ").startswith(
        "erreur : sortie standard : écriture impossible (disque plein)"
    )
    assert shell(f"diagsources {words} > /dev/full 2>&1").returncode == 2


@LINUX
def test_findings_remain_findings_where_nobody_can_be_told(dead: Path, kept: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "eau.yaml"
    wrong.write_text("theme: eau\nsources:\n  - {id: a, title: A, url: 'https://exemple.fr/', publicher: x}\n", "utf-8")
    commands = (f"check --from {dead} {ASK}", f"report {kept}", f"fmt --check {wrong}", f"validate {wrong}")

    for words in commands:
        for reader in ("2>&1 | true", "2> /dev/full", "2>&-", ">&- 2>&-"):
            assert shell(f"diagsources {words} {reader}").returncode == 1, (words, reader)


@LINUX
def test_what_could_not_be_done_is_2_even_where_nobody_can_be_told() -> None:
    for reader in ("2> /dev/full", "2>&-", "2>&1 | true"):
        assert shell(f"diagsources show absente {reader}").returncode == 2


@LINUX
def test_a_bug_of_ours_is_3_even_where_nobody_can_be_told() -> None:
    spoilt = "import sys, diagsources.cli.list as m; m.select = None; from diagsources.__main__ import main; main()"

    for reader in ("2> /dev/full", "2>&-"):
        line = f"{sys.executable} -c '{spoilt}' list {reader}"
        assert subprocess.run(["bash", "-c", line], capture_output=True, check=False).returncode == 3
