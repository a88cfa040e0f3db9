"""`diagsources check`: what is printed, in which order, and the exit code."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from diagsources.model import Verdict
from tests.cli.conftest import Process, Run
from tests.support.web import Web, unused_port

QUICK = ("--allow-private", "--timeout", "1", "--retries", "0", "--interval", "0")


@pytest.fixture
def links(tmp_path: Path, web: Web) -> Path:
    """A list of eight links, each with its own fate."""
    file = tmp_path / "urls.txt"
    urls = [web.url(path) for path in ("/ok", "/moved/permanently", "/moved/for-now", "/gone/404", "/status/500")]
    urls += [f"http://127.0.0.1:{unused_port()}/", f"{web.tls['expired']}/ok", web.url("/hang")]
    file.write_text("\n".join(urls) + "\n", encoding="utf-8")
    return file


def test_a_list_of_links_gets_a_verdict_each_as_they_come(run: Run, links: Path) -> None:
    result = run("check", "--from", str(links), "-f", "jsonl", *QUICK)

    records = {record["id"]: record for record in map(json.loads, result.stdout.splitlines())}
    assert result.exit_code == 1
    assert {name: record["verdict"] for name, record in records.items()} == {
        "line-1": "ok",
        "line-2": "moved",
        "line-3": "ok",
        "line-4": "broken",
        "line-5": "unavailable",
        "line-6": "unavailable",
        "line-7": "insecure",
        "line-8": "unavailable",
    }
    assert [record["reason"] for _, record in sorted(records.items())][5:] == ["tcp-refused", "tls-expired", "timeout"]


def test_a_record_has_the_keys_of_the_contract(run: Run, links: Path, web: Web) -> None:
    result = run("check", "--from", str(links), "-f", "jsonl", *QUICK)

    record = next(each for each in map(json.loads, result.stdout.splitlines()) if each["id"] == "line-2")
    assert list(record) == [
        *("id", "rel", "url", "verdict", "reason", "message", "status_code", "final_url", "suggestion", "redirects"),
        *("warnings", "attempts", "elapsed_ms", "checked_at", "theme", "title", "file", "line"),
        *("publisher", "theme_title", "counts", "memory"),
    ]
    assert record["status_code"] == 200
    assert record["suggestion"] == record["final_url"] == web.url("/ok")
    assert record["redirects"] == [{"status_code": 301, "url": web.url("/ok")}]
    assert record["checked_at"].endswith("Z")
    assert (record["file"], record["line"]) == (str(links), 2)


def test_a_json_report_ends_with_a_summary_by_verdict(run: Run, links: Path) -> None:
    document = json.loads(run("check", "--from", str(links), "-f", "json", *QUICK).stdout)

    assert document["schema"] == "diagsources.check/1"
    assert set(document["summary"]) == {verdict.value for verdict in Verdict}
    assert sum(document["summary"].values()) == len(document["checks"]) == 8
    assert document["started_at"] <= document["finished_at"]
    assert document["checks"][0]["verdict"] == "broken"


def test_the_summary_is_said_on_stderr(run: Run, links: Path) -> None:
    result = run("check", "--from", str(links), *QUICK)

    last = result.stderr.strip().splitlines()[-1].replace("\u00a0", " ")
    assert last == "8 liens : 1 cassé, 1 non sûr, 3 indisponibles, 1 déplacé, 2 en ligne"


def test_the_story_of_a_verdict_is_said_on_stderr_where_the_report_is_for_a_program(
    run: Run, tmp_path: Path, web: Web
) -> None:
    (tmp_path / "one.txt").write_text(web.url("/moved/permanently"))

    result = run("check", "--from", str(tmp_path / "one.txt"), "--allow-private", "--explain", "-f", "plain")

    story = result.stderr.replace("\u00a0", " ")
    assert f"1. demande de {web.url('/moved/permanently')} : l'adresse a changé pour de bon" in story
    assert f"nouvelle adresse : {web.url('/ok')}" in story
    assert "demande de" not in result.stdout


def test_only_living_links_end_with_zero(run: Run, tmp_path: Path, web: Web) -> None:
    file = tmp_path / "urls.txt"
    file.write_text(f"{web.url('/ok')}\n{web.url('/moved/permanently')}\n{web.url('/status/403')}\n", encoding="utf-8")

    assert run("check", "--from", str(file), *QUICK).exit_code == 0


def test_what_fails_can_be_chosen(run: Run, tmp_path: Path, web: Web) -> None:
    file = tmp_path / "urls.txt"
    file.write_text(f"{web.url('/moved/permanently')}\n", encoding="utf-8")

    assert run("check", "--from", str(file), "--fail-on", "moved,broken", *QUICK).exit_code == 1


def test_exit_zero_is_zero_whatever_is_found(run: Run, links: Path) -> None:
    assert run("check", "--from", str(links), "--exit-zero", *QUICK).exit_code == 0


def test_links_can_come_from_stdin(run: Run, web: Web) -> None:
    result = run("check", "--from", "-", "-f", "jsonl", *QUICK, typed=f"# mine\n\n{web.url('/ok')}\n")

    (record,) = map(json.loads, result.stdout.splitlines())
    assert (record["id"], record["verdict"]) == ("line-3", "ok")


def test_a_catalogue_is_asked_for_every_url_and_every_link_that_is_not_former(
    run: Run, tmp_path: Path, web: Web
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        f"""\
theme: eau
sources:
  - id: rivieres
    title: Rivières
    document_url: {web.url("/status/410")}
    url: {web.url("/ok")}
    links:
      - rel: api
        url: {web.url("/gone/404")}
      - rel: former
        url: {web.url("/status/500")}
""",
        encoding="utf-8",
    )

    result = run("check", "--catalogue", str(file), "-f", "json", *QUICK)

    checks = {check["rel"]: check for check in json.loads(result.stdout)["checks"]}
    assert {rel: check["verdict"] for rel, check in checks.items()} == {"url": "ok", "api": "broken"}
    assert {check["line"] for check in checks.values()} == {6, 8}
    assert {check["theme"] for check in checks.values()} == {"eau"}
    assert web.visits("/status/500") == web.visits("/status/410") == 0


def test_a_yaml_file_given_with_from_is_a_catalogue(run: Run, tmp_path: Path, web: Web) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(f"theme: x\nsources: [{{id: a, title: A, url: '{web.url('/ok')}'}}]\n", encoding="utf-8")

    document = json.loads(run("check", "--from", str(file), "-f", "json", *QUICK).stdout)

    assert [check["id"] for check in document["checks"]] == ["a"]


def test_private_addresses_are_skipped_and_told(run: Run, tmp_path: Path, web: Web) -> None:
    file = tmp_path / "urls.txt"
    file.write_text(f"{web.url('/ok')}\n", encoding="utf-8")

    result = run("check", "--from", str(file), "-f", "jsonl")

    assert result.exit_code == 0
    assert json.loads(result.stdout)["reason"] == "private-address"
    assert web.asked == []


def test_no_network_at_all_is_one_sentence_and_exit_2(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diagsources.check.canaries.CANARIES", ("nobody.invalid",))
    file = tmp_path / "urls.txt"
    file.write_text("http://one.invalid/\nhttp://two.invalid/\n", encoding="utf-8")

    result = run("check", "--from", str(file), "-f", "jsonl", "--retries", "0")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "aucun hôte n'a répondu" in result.stderr


def test_one_host_that_answers_makes_the_others_findings(run: Run, tmp_path: Path, web: Web) -> None:
    file = tmp_path / "urls.txt"
    file.write_text(f"http://one.invalid/\n{web.url('/slow')}\n", encoding="utf-8")

    result = run("check", "--from", str(file), "-f", "jsonl", *QUICK)

    verdicts = {record["id"]: record["verdict"] for record in map(json.loads, result.stdout.splitlines())}
    assert result.exit_code == 1
    assert verdicts["line-2"] == "ok"
    assert verdicts["line-1"] in ("broken", "unavailable")


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT to send")
@pytest.mark.parametrize("name", ["jsonl", "json", "plain"])
def test_ctrl_c_keeps_and_reports_what_was_seen(tmp_path: Path, web: Web, name: str) -> None:
    file = tmp_path / "urls.txt"
    file.write_text(f"{web.url('/ok')}\n{web.url('/gone/404')}\n{web.url('/hang')}\n", encoding="utf-8")
    words = ["check", "--from", str(file), "--allow-private", "-f", name]
    process = subprocess.Popen(
        [sys.executable, "-m", "diagsources", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 30
    # what is gone is asked twice, to be sure
    while (web.visits("/hang") == 0 or web.visits("/gone/404") < 2) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.3)

    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)

    assert process.returncode == 130
    assert b"/ok" in out
    assert b"/gone/404" in out
    assert b"/hang" not in out
    assert "interrompu après 2\u00a0liens" in err.decode()
    assert b"Traceback" not in err


def test_a_selection_does_not_go_with_a_list_of_links(run: Run, links: Path) -> None:
    result = run("check", "insee-sicoval", "--from", str(links))

    assert result.exit_code == 2
    assert "--from" in result.stderr


def test_a_list_that_is_not_there_says_so(run: Run, tmp_path: Path) -> None:
    result = run("check", "--from", str(tmp_path / "nope.txt"))

    assert result.exit_code == 2
    assert "introuvable" in result.stderr


def test_a_verdict_that_does_not_exist_names_the_nearest(run: Run, links: Path) -> None:
    result = run("check", "--from", str(links), "--fail-on", "brokn")

    assert result.exit_code == 2
    assert "broken" in result.stderr


def test_the_screen_shows_what_to_act_on_and_keeps_quiet_of_the_rest(run: Run, links: Path) -> None:
    shown = run("check", "--from", str(links), "-f", "table", *QUICK).stdout
    everything = run("check", "--from", str(links), "-f", "table", "-v", *QUICK).stdout

    assert "line-4" in shown
    assert "line-1 " not in shown
    assert "line-1 " in everything


def test_a_real_process_leaves_stderr_to_narration(process: Process, links: Path) -> None:
    result = process("check", "--from", str(links), "-f", "jsonl", "-q", *QUICK)

    assert result.returncode == 1
    assert result.stderr == ""
    assert all(json.loads(line) for line in result.stdout.splitlines())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--timeout", "nan"], "ce n'est pas une durée"),
        (["--timeout", "inf"], "hors des bornes"),
        (["--interval", "nan"], "ce n'est pas une durée"),
        (["--fail-on", ","], "aucun verdict"),
        (["--catalogue", "x"], "--from"),
    ],
)
def test_a_number_or_a_word_that_makes_no_sense_is_refused(run: Run, links: Path, words: list[str], says: str) -> None:
    result = run("check", "--from", str(links), *words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr


@pytest.mark.parametrize("word", ["broken", "BROKEN", "Cassé", "cassé"])
def test_a_verdict_can_be_named_in_either_language(run: Run, tmp_path: Path, web: Web, word: str) -> None:
    file = tmp_path / "urls.txt"
    file.write_text(f"{web.url('/gone/404')}\n", encoding="utf-8")

    assert run("check", "--from", str(file), "--fail-on", word, *QUICK).exit_code == 1


def test_links_of_a_pipe_are_asked_while_it_waits_for_more(web: Web) -> None:
    words = ["check", "--from", "-", "-f", "jsonl", "--allow-private"]
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "diagsources", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{web.url('/ok')}\n".encode())
    process.stdin.flush()

    first = json.loads(process.stdout.readline())
    process.stdin.close()

    assert first["verdict"] == "ok"
    assert process.wait(30) == 0
    process.stdout.close()


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT to send")
def test_ctrl_c_ends_a_run_that_waits_for_its_input() -> None:
    words = ["check", "--from", "-"]
    process = subprocess.Popen(
        [sys.executable, "-m", "diagsources", *words], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    time.sleep(1.5)

    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 130

    assert process.stderr is not None
    assert process.stdin is not None
    assert b"Traceback" not in process.stderr.read()
    process.stdin.close()
    process.stderr.close()


def test_an_interrupted_report_says_that_it_is_not_whole(run: Run, web: Web, tmp_path: Path) -> None:
    file, out = tmp_path / "urls.txt", tmp_path / "out.json"
    file.write_text(f"{web.url('/ok')}\n{web.url('/hang')}\n", encoding="utf-8")
    words = ["check", "--from", str(file), "--allow-private", "-o", str(out)]
    process = subprocess.Popen([sys.executable, "-m", "diagsources", *words], stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while web.visits("/hang") == 0 and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.3)

    process.send_signal(signal.SIGINT)

    assert process.wait(10) == 130
    assert json.loads(out.read_text(encoding="utf-8"))["interrupted"] is True


@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_second_list_is_refused_rather_than_the_first_left_unread(run: Run, tmp_path: Path, command: str) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("ftp://127.0.0.1/\n", encoding="utf-8")

    result = run(command, "--from", str(tmp_path / "a.txt"), "--from", str(tmp_path / "b.txt"))

    assert (result.exit_code, result.stdout) == (2, "")
    assert "--from ne prend qu'un fichier à la fois" in result.stderr
