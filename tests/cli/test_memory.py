"""`diagsources check` remembers: what is red, what is resumed, what is told of the last time."""

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pytest

from diagsources.store import open_store
from tests.cli.conftest import Process, Run
from tests.support.disks import small_disk, unwritable
from tests.support.month import DEATH, HOSTS, MONTH, NIGHT, QUOTA, RECOVERY, RENAME, WALL, Day, Village, village

pytestmark = pytest.mark.skipif(sys.platform == "darwin", reason="only 127.0.0.1 is there")

QUICK = ("--allow-private", "--timeout", "2", "--retries", "0", "--interval", "0")


@pytest.fixture
def web() -> Iterator[Village]:
    with village() as state:
        yield state


@pytest.fixture
def mine(tmp_path: Path, web: Village) -> Path:
    """The catalogue of the village."""
    file = tmp_path / "mine.yaml"
    file.write_text(web.catalogue(), encoding="utf-8")
    return file


class Morning(NamedTuple):
    """What the check of a morning said."""

    exit_code: int
    checks: Mapping[str, Mapping[str, Any]]
    """The records, by id."""
    stderr: str

    def words(self, ident: str) -> str:
        """What memory said of that source."""
        return str(self.checks[ident]["memory"]["words"]).replace("\u00a0", " ")


Live: TypeAlias = Callable[..., Morning]


@pytest.fixture
def live(run: Run, web: Village, mine: Path, monkeypatch: pytest.MonkeyPatch) -> Live:
    """Lives a day, and checks in its morning."""

    def check(day: Day, *words: str) -> Morning:
        web.today = day
        monkeypatch.setenv("DIAGSOURCES_NOW", day.morning)
        result = run("check", "--catalogue", str(mine), "-f", "json", *QUICK, *words)
        checks = json.loads(result.stdout)["checks"] if result.stdout else []
        return Morning(result.exit_code, {check["id"]: check for check in checks}, result.stderr)

    return check


def source(host: str) -> str:
    """The id of the source of *host*."""
    return f"source-{HOSTS.index(host) + 1}"


def test_a_month_is_red_for_the_one_true_death_and_for_nothing_else(live: Live) -> None:
    said = {day.number: live(day) for day in MONTH}

    assert {number: morning.exit_code for number, morning in said.items()} == {
        day.number: day.exit_code for day in MONTH
    }
    assert {ident for morning in said.values() for ident, check in morning.checks.items() if check["counts"]} == {
        source(DEATH)
    }
    assert said[4].words(source(NIGHT)) == "premier échec, à confirmer"
    assert said[5].words(source(NIGHT)) == "rétabli après 1 échec"
    assert {said[day].checks[source(QUOTA)]["verdict"] for day in range(6, 13)} == {"restricted"}
    assert said[16].words(source(RECOVERY)) == "2 échecs depuis 1 jour, à confirmer"
    assert said[17].words(source(RECOVERY)) == "rétabli après 2 échecs"
    assert said[13].checks[source(RENAME)]["memory"]["change"] == "moved"
    assert [said[day].checks[source(WALL)]["memory"]["change"] for day in (18, 19, 21, 24, 25)] == [
        *("walled", None, "opened", "walled", "opened")
    ]
    assert said[22].checks == {}
    assert "aucun des 11 qui allaient bien ne va bien" in said[22].stderr
    assert "la panne est sans doute de ce côté" in said[22].stderr
    assert said[23].words(source(DEATH)) == "toujours cassé depuis 13 jours"
    assert said[23].words(source(NIGHT)).startswith("va bien depuis")
    assert said[30].words(source(DEATH)) == "toujours cassé depuis le 10 novembre"


def test_an_inconclusive_run_writes_nothing_as_dead(live: Live, run: Run) -> None:
    offline = Day(2, offline=True)
    live(MONTH[0])
    live(offline)

    history = json.loads(run("history", "source-1", "-f", "json").stdout)["checks"]

    assert [check["verdict"] for check in history] == ["ok"]


def test_without_confirmation_the_reading_is_strict(live: Live) -> None:
    live(MONTH[0])

    assert live(Day(2, {NIGHT: 500}), "--no-confirmed").exit_code == 1
    assert live(Day(2, {NIGHT: 500})).exit_code == 0


def test_a_first_run_is_strict(live: Live) -> None:
    assert live(Day(1, {NIGHT: 500})).exit_code == 1


def test_a_baseline_stands_for_the_memory_of_a_ci_that_keeps_nothing(
    live: Live, run: Run, web: Village, mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = []
    report = tmp_path / "report.json"
    for day in MONTH[:10]:
        web.today = day
        monkeypatch.setenv("DIAGSOURCES_NOW", day.morning)
        monkeypatch.setenv("DIAGSOURCES_STATE_DIR", str(tmp_path / f"state-{day.number}"))
        baseline = ("--baseline", str(report)) if report.exists() else ()
        result = run("check", "--catalogue", str(mine), "-f", "json", "-o", str(report), *QUICK, *baseline)
        codes.append(result.exit_code)

    assert codes == [day.exit_code for day in MONTH[:10]]


def test_what_a_run_had_no_room_for_is_still_known_to_the_next_by_its_baseline(live: Live, tmp_path: Path) -> None:
    first, second = (str(tmp_path / name) for name in ("first.json", "second.json"))
    live(MONTH[0], "-o", first)
    live(MONTH[1], "--baseline", first, "--sample", "1", "-o", second)

    night = live(Day(3, dict.fromkeys(HOSTS[:6], 500)), "--baseline", second)

    assert night.exit_code == 0
    assert {night.words(source(host)) for host in HOSTS[:6]} == {"premier échec, à confirmer"}


@pytest.mark.parametrize("words", [("--resume",), ("--max-age", "12h"), ("--state", "x")], ids=lambda words: words[0])
def test_what_a_baseline_cannot_tell_is_refused(live: Live, words: tuple[str, ...]) -> None:
    told = live(MONTH[0], "--baseline", "report.json", *words)

    assert told.exit_code == 2
    assert "--baseline ne va ni avec --state ni avec --resume ou --max-age" in told.stderr


@pytest.mark.parametrize(
    ("content", "says"),
    [("[]", "le document devrait être un objet"), ("{", "ce n'est pas du JSON"), (None, "lecture impossible")],
    ids=["list", "cut", "missing"],
)
def test_a_baseline_that_is_no_report_is_2_and_one_sentence(
    live: Live, web: Village, tmp_path: Path, content: str | None, says: str
) -> None:
    file = tmp_path / "report.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")

    told = live(MONTH[0], "--baseline", str(file))

    assert told.exit_code == 2
    assert says in told.stderr
    assert not web.asked


CHANGED = {NIGHT: "La base est remplacée par une autre."}
RESTLESS = {WALL: "À la une : {load}."}


def test_a_page_is_asked_for_only_if_it_has_changed_and_read_whole_once_a_week(live: Live, web: Village) -> None:
    said = {}
    read = {}
    for number in range(1, 10):
        before = web.unchanged.copy()
        said[number] = live(Day(number, pages=CHANGED if number > 2 else {}))
        read[number] = set(HOSTS) - set(web.unchanged - before)

    assert read == {number: set() for number in range(1, 10)} | {
        1: set(HOSTS),
        3: {NIGHT},
        8: set(HOSTS) - {NIGHT},
    }
    assert {morning.exit_code for morning in said.values()} == {0}
    assert said[2].checks[source(NIGHT)]["reason"] == "http-304"
    assert said[2].checks[source(NIGHT)]["verdict"] == "ok"
    assert said[3].checks[source(NIGHT)]["reason"] == "http-200"


def test_a_page_that_fails_is_asked_for_as_always(live: Live, web: Village) -> None:
    live(MONTH[0])
    live(Day(2, {NIGHT: 500}))

    live(Day(3))

    assert web.unchanged[NIGHT] == 0
    assert live(Day(4)).checks[source(NIGHT)]["reason"] == "http-304"


def test_a_page_that_is_no_longer_what_was_verified_is_told_once_and_shown_until_it_is_verified_again(
    live: Live, run: Run, web: Village, mine: Path
) -> None:
    mine.write_text(web.catalogue(verified_on="2026-11-01"), encoding="utf-8")
    for day in (1, 2):
        assert live(Day(day)).checks[source(NIGHT)]["memory"]["changed"] is False

    news = live(Day(3, pages=CHANGED), "--only-new")
    later = live(Day(4, pages=CHANGED))

    def shown(*words: str) -> str:
        return run("show", source(NIGHT), "--catalogue", str(mine), *words).stdout.replace("\u00a0", " ")

    assert list(news.checks) == [source(NIGHT)]
    assert news.checks[source(NIGHT)]["memory"]["change"] == "changed"
    assert "1 page changée depuis sa vérification" in news.stderr.replace("\u00a0", " ")
    assert later.checks[source(NIGHT)]["memory"]["changed"] is True
    assert later.checks[source(NIGHT)]["memory"]["change"] is None
    assert "depuis la vérification du 01/11/2026" in shown("-f", "table")
    assert json.loads(shown("-f", "json"))["sources"][0]["pages"] == [
        {"rel": "url", "url": web.urls[0], "verified_on": "2026-11-01", "changed": True}
    ]
    mine.write_text(web.catalogue(verified_on="2026-11-05"), encoding="utf-8")
    assert live(Day(5, pages=CHANGED)).checks[source(NIGHT)]["memory"]["changed"] is False
    assert "Page changée" not in shown("-f", "table")


def test_a_page_that_changes_at_each_load_is_soon_left_alone(live: Live, web: Village, mine: Path) -> None:
    mine.write_text(web.catalogue(verified_on="2026-11-01"), encoding="utf-8")

    said = [live(Day(number, pages=RESTLESS)).checks[source(WALL)]["memory"] for number in range(1, 6)]

    assert [memory.get("changed") for memory in said] == [False, True, None, None, None]


def test_show_tells_that_a_title_has_changed(live: Live, run: Run, web: Village, mine: Path) -> None:
    live(Day(1))
    web.title = "Une autre page"
    live(Day(2))

    shown = run("show", "source-1", "--catalogue", str(mine), "-f", "table").stdout.replace("\u00a0", " ")

    assert "« Une page » est devenu « Une autre page » le 02/11/2026" in " ".join(shown.split())


def test_what_is_fresh_is_not_asked_again(live: Live, web: Village) -> None:
    live(MONTH[0])
    live(Day(2, {NIGHT: 500}))
    before = web.asked.copy()

    again = live(Day(3), "--max-age", "10d")

    asked = web.asked - before
    assert {path.partition("/")[0] for path in asked} == {NIGHT}
    assert len(again.checks) == len(HOSTS)
    assert again.checks[source(QUOTA)]["reused"] is True
    assert again.checks[source(QUOTA)]["checked_at"].startswith("2026-11-02")


def test_what_a_clock_that_was_ahead_has_seen_is_asked_again(live: Live, web: Village) -> None:
    live(Day(30))
    before = web.asked.copy()

    again = live(Day(2), "--max-age", "12h")

    assert {path.partition("/")[0] for path in web.asked - before} == set(HOSTS)
    assert not any(check.get("reused") for check in again.checks.values())


def test_left_to_itself_it_asks_first_what_may_have_changed(live: Live, web: Village) -> None:
    for day in MONTH[:3]:
        live(day)
    before = web.asked.copy()

    live(MONTH[2]._replace(number=3), "--max-age", "auto")

    assert web.asked == before


def test_a_sample_says_of_the_others_that_they_were_not_asked(live: Live, web: Village) -> None:
    live(MONTH[0])
    before = web.asked.copy()

    sampled = live(MONTH[1], "--sample", "25%")

    reasons = [check["reason"] for check in sampled.checks.values()]
    assert reasons.count("not-sampled") == 9
    assert not any(check["counts"] for check in sampled.checks.values())
    assert len({path.partition("/")[0] for path in web.asked - before}) == 3


def test_a_run_that_was_never_begun_cannot_be_gone_on_with(live: Live) -> None:
    told = live(MONTH[0], "--resume")

    assert "rien à reprendre : aucun passage interrompu de ces liens n'est retenu" in told.stderr.replace("\u00a0", " ")
    assert len(told.checks) == len(HOSTS)


def test_what_cannot_be_gone_on_with_is_not_offered(live: Live, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    live(MONTH[0], "-o", str(report))

    cut = live(MONTH[1], "--baseline", str(report), "--max-time", "0.1", "--interval", "1", "--concurrency", "1")

    assert "out-of-time" in {check["reason"] for check in cut.checks.values()}
    assert "--resume" not in cut.stderr


def test_what_was_not_asked_can_turn_ci_red_on_demand(live: Live) -> None:
    live(MONTH[0])

    sampled = live(MONTH[1], "--sample", "25%", "--fail-on", "skipped")

    assert sampled.exit_code == 1


def test_the_oldest_come_first(live: Live, web: Village) -> None:
    live(MONTH[0], "source-1", "source-2")
    live(MONTH[1], "--sample", "10", "--oldest-first")
    before = web.asked.copy()

    live(MONTH[2], "--sample", "2", "--oldest-first")

    assert {path.partition("/")[0] for path in web.asked - before} == set(HOSTS[:2])


def test_only_what_is_new_is_reported_on_demand(live: Live) -> None:
    live(MONTH[0])
    live(Day(2, {NIGHT: 500}))

    told = live(Day(3, {NIGHT: 500, WALL: 500, RENAME: 301}), "--only-new")

    assert set(told.checks) == {source(WALL), source(RENAME)}
    assert "1 échec qui dure" in told.stderr.replace("\u00a0", " ")


def test_many_links_of_one_host_are_one_finding(run: Run, web: Village, tmp_path: Path) -> None:
    file = tmp_path / "liens.txt"
    file.write_text("".join(f"http://{DEATH}:{web.port}/rien-{number}\n" for number in range(30)), encoding="utf-8")

    table = run("check", "--from", str(file), "-f", "table", *QUICK)
    report = json.loads(run("check", "--from", str(file), "-f", "json", *QUICK).stdout)

    assert table.stdout.replace("\u00a0", " ").count("la page n'existe pas ou plus (404)") == 1
    assert f"{DEATH}  30 liens : la page" in table.stdout.replace("\u00a0", " ")
    assert report["hosts"] == [{"host": DEATH, "links": 30, "verdict": "broken", "reason": "http-404"}]


@pytest.mark.parametrize(
    ("verdict", "until", "exit_code", "status"),
    [
        ("unavailable", "2026-12-31", 0, "holds"),
        ("unavailable", "2026-10-31", 1, "expired"),
        ("broken", "2026-12-31", 1, "other"),
    ],
)
def test_an_exception_excuses_what_it_says_until_its_day(
    live: Live, mine: Path, verdict: str, until: str, exit_code: int, status: str
) -> None:
    exception = f"    exception: {{verdict: {verdict}, reason: travaux, until: {until}}}\n"
    text = mine.read_text(encoding="utf-8")
    mine.write_text(text.replace("  - id: source-2", exception + "  - id: source-2", 1), encoding="utf-8")

    told = live(Day(1, {NIGHT: 500}))

    assert told.exit_code == exit_code
    assert told.checks[source(NIGHT)]["exception"]["status"] == status
    assert live(Day(2)).checks[source(NIGHT)]["exception"]["status"] == "obsolete"


def test_an_exception_of_the_settings_holds_for_a_host(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "diagsources.toml").write_text(
        f'[[exceptions]]\nhost = "{NIGHT}"\nverdict = "unavailable"\nreason = "travaux"\nuntil = 2026-12-31\n',
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)

    assert live(Day(1, {NIGHT: 500})).exit_code == 0
    assert live(Day(1, {QUOTA: 500}), "--no-confirmed").exit_code == 1


@pytest.mark.parametrize("form", ["table", "json", "jsonl"])
def test_an_exception_that_is_no_longer_needed_is_told(
    run: Run, web: Village, mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    exception = "    exception: {verdict: unavailable, reason: travaux, until: 2099-12-31}\n"
    text = mine.read_text(encoding="utf-8")
    mine.write_text(text.replace("  - id: source-2", exception + "  - id: source-2", 1), encoding="utf-8")
    (tmp_path / "diagsources.toml").write_text(
        f'[[exceptions]]\nhost = "{WALL}"\nverdict = "broken"\nreason = "travaux"\nuntil = 2026-01-31\n',
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)

    result = run("check", "--catalogue", str(mine), "-f", form, *QUICK)
    said = result.stderr.replace("\u00a0", " ")

    assert result.exit_code == 0
    assert "2 exceptions peuvent partir, leurs liens vont de nouveau bien : source-1, source-6" in said
    assert f"exception expirée : {WALL} (31/01/2026)" in said


@pytest.fixture
def refusal(run: Run, mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """What `check` says of settings that it refuses."""

    def said(text: str) -> str:
        (tmp_path / "diagsources.toml").write_text(text, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        result = run("check", "--catalogue", str(mine), *QUICK)
        assert result.exit_code == 2
        return result.stderr.replace("\u00a0", " ")

    return said


WHOLE = {"host": '"a.fr"', "verdict": '"broken"', "reason": '"travaux"', "until": "2026-12-31"}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"until": None}, "« until » est une date"),
        ({"until": '"demain"'}, "« until » est une date"),
        ({"reason": None}, "« reason » dit pourquoi"),
        ({"reason": '" "'}, "« reason » dit pourquoi"),
        ({"verdict": '"brokn"'}, "verdict inconnu : « brokn »"),
        ({"untill": "2026-12-31"}, "clé inconnue : « untill »"),
        ({"host": None}, "« host » ou « url » est attendu"),
        ({"url": '"https://a.fr/"'}, "« host » ou « url » est attendu"),
        ({"host": '"https://a.fr/"'}, "« host » est le nom d'un hôte"),
        ({"host": '"a.fr:8080"'}, "« host » est le nom d'un hôte"),
        ({"host": '""'}, "« host » est le nom d'un hôte"),
        ({"host": "3"}, "« host » est le nom d'un hôte"),
        ({"host": None, "url": '"a.fr/page"'}, "« url » est une adresse du web"),
        ({"host": None, "url": "3"}, "« url » est une adresse du web"),
    ],
    ids=str,
)
def test_an_exception_of_the_settings_that_would_excuse_nothing_is_refused(
    refusal: Callable[[str], str], changed: dict[str, str | None], says: str
) -> None:
    lines = (f"{key} = {value}\n" for key, value in (WHOLE | changed).items() if value is not None)

    assert says in refusal(f"[[exceptions]]\n{''.join(lines)}")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("exceptions = 3", "« exceptions » attend une liste de tables"),
        ('[exceptions]\nhost = "a.fr"', "« exceptions » attend une liste de tables"),
        ("exceptions = [3]", "exception n° 1 : une table est attendue"),
    ],
    ids=["number", "table", "numbers"],
)
def test_what_is_no_list_of_exceptions_is_said_to_be_none(refusal: Callable[[str], str], text: str, says: str) -> None:
    assert says in refusal(text)


@pytest.mark.parametrize(
    ("befalls", "says"),
    [({}, "une exception peut partir, son lien va de nouveau bien : source-1\n"), ({NIGHT: 500}, "")],
    ids=["well", "failing"],
)
def test_an_exception_that_another_link_needs_is_not_to_be_taken_away(
    live: Live, web: Village, mine: Path, befalls: dict[str, int], says: str
) -> None:
    more = (
        f"    links: [{{rel: api, url: 'http://{WALL}:{web.port}/page'}}, {{rel: map, url: 'http://{QUOTA}:{web.port}/page'}}]\n"
        "    exception: {verdict: unavailable, reason: travaux, until: 2099-12-31}\n"
    )
    text = mine.read_text(encoding="utf-8")
    mine.write_text(text.replace("  - id: source-2", more + "  - id: source-2", 1), encoding="utf-8")

    told = live(Day(1, befalls), "source-1")

    assert told.exit_code == 0
    assert says in told.stderr.replace("\u00a0", " ")
    assert ("peut partir" in told.stderr) is bool(says)


def test_an_expired_exception_is_a_problem(run: Run, mine: Path) -> None:
    with mine.open("a", encoding="utf-8") as file:
        file.write("    exception: {verdict: broken, reason: travaux, until: 2026-01-31}\n")

    result = run("validate", str(mine))

    assert result.exit_code == 1
    assert "expired-exception" in result.stdout


LINKS = 500
KILLS = int(os.environ.get("STORE_KILLS", "5"))
"""How many moments a run is killed at: 200 take ten minutes."""


@pytest.fixture
def many(web: Village, tmp_path: Path) -> Path:
    """A list of five hundred links."""
    file = tmp_path / "liens.txt"
    hosts = [HOSTS[number % len(HOSTS)] for number in range(LINKS)]
    file.write_text(
        "".join(f"http://{host}:{web.port}/page?{number}\n" for number, host in enumerate(hosts)), encoding="utf-8"
    )
    return file


def started(*words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "diagsources", "check", *QUICK, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_run_loses_nothing_seen_and_is_gone_on_with(
    web: Village, many: Path, tmp_path: Path, process: Process, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - any moment will do
    state = tmp_path / "state.sqlite3"
    words = ("--from", str(many), "--state", str(state))
    run = started(*words, "-f", "jsonl")
    assert run.stdout is not None
    said = [run.stdout.readline() for _ in range(chance.randrange(LINKS))]
    run.kill()
    said += run.stdout
    run.communicate()
    seen = {json.loads(line)["url"] for line in said if line.endswith("\n")}

    with closing(sqlite3.connect(state)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with open_store(state, now=datetime.now(UTC)) as store:
        kept = {key.url for key in store.states()}
    assert seen <= kept
    before = web.asked.copy()
    resumed = process("check", *QUICK, *words, "--resume", "-f", "json")

    assert (resumed.returncode, len(json.loads(resumed.stdout)["checks"])) == (0, LINKS)
    asked = {f"http://{path.replace('/', f':{web.port}/', 1)}" for path in web.asked - before if "?" in path}
    assert (
        asked == {line.strip() for line in many.read_text(encoding="utf-8").splitlines()} - kept or len(kept) == LINKS
    )


def test_a_sample_that_is_gone_on_with_stays_as_large_as_it_was(
    run: Run, web: Village, many: Path, tmp_path: Path
) -> None:
    words = ("check", "--from", str(many), "--state", str(tmp_path / "state"), "-f", "json", *QUICK, "--sample", "50%")
    cut = json.loads(run(*words, "--max-time", "0.5", "--interval", "0.2").stdout)["checks"]
    before = web.asked.copy()

    resumed = json.loads(run(*words, "--resume").stdout)["checks"]

    seen = {check["url"] for check in cut if check["verdict"] != "skipped"}
    known = {check["url"] for check in resumed if check["verdict"] != "skipped"}
    assert 0 < len(seen) < LINKS // 2
    assert seen < known
    assert len(known) == LINKS // 2
    assert sum("?" in path for path in web.asked - before) == len(known - seen)


def test_ctrl_c_says_how_to_go_on(web: Village, many: Path, tmp_path: Path, process: Process) -> None:
    words = ("--from", str(many), "--state", str(tmp_path / "state"))
    run = started(*words, "-f", "jsonl", "--interval", "0.1")
    assert run.stdout is not None
    run.stdout.readline()
    run.send_signal(signal.SIGINT)
    _, stderr = run.communicate(timeout=20)

    assert run.returncode == 130
    assert "--resume" in stderr
    resumed = process("check", *QUICK, *words, "--resume", "-f", "json")
    assert len(json.loads(resumed.stdout)["checks"]) == LINKS
    assert "suite du passage commencé il y a moins d'une heure" in resumed.stderr


def test_two_runs_at_once_lose_nothing(many: Path, tmp_path: Path) -> None:
    state = tmp_path / "state.sqlite3"
    runs = [started("--from", str(many), "--state", str(state), "-f", "json") for _ in range(2)]

    told = [run.communicate(timeout=60) for run in runs]

    assert [run.returncode for run in runs] == [0, 0]
    assert [len(json.loads(stdout)["checks"]) for stdout, _ in told] == [LINKS, LINKS]
    assert not any("locked" in stderr or "mémoire" in stderr for _, stderr in told)
    with closing(sqlite3.connect(state)) as connection:
        assert connection.execute("SELECT count(*), count(DISTINCT run) FROM checks").fetchone() == (2 * LINKS, 2)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"ceci n'est pas une base" * 100, "le fichier est endommagé, et mis de côté"),
        (None, "dossier"),
    ],
    ids=["garbage", "folder"],
)
def test_a_store_that_cannot_be_used_harms_neither_verdicts_nor_exit_code(
    live: Live, tmp_path: Path, content: bytes | None, says: str
) -> None:
    state = tmp_path / "state.sqlite3"
    state.mkdir() if content is None else state.write_bytes(content)

    told = live(Day(1, {NIGHT: 500}), "--state", str(state))

    assert told.exit_code == 1
    assert told.checks[source(NIGHT)]["verdict"] == "unavailable"
    assert len(told.checks) == len(HOSTS)
    assert told.stderr.count("mémoire") == 1


@pytest.fixture
def without_memory(web: Village, mine: Path, process: Process) -> Callable[[Path, str], None]:
    """Asserts that a check whose memory is at *state* says what it would without any, and one sentence that *says*
    why."""

    def check(state: Path, says: str) -> None:
        web.today = Day(1, {NIGHT: 500, WALL: 403})
        words = ("check", "--catalogue", str(mine), "-f", "json", *QUICK, "--state")
        alone = process(*words, str(mine.with_name("fresh")))

        told = process(*words, str(state))

        assert (told.returncode, alone.returncode) == (1, 1)
        assert [(one["id"], one["verdict"], one["counts"]) for one in json.loads(told.stdout)["checks"]] == [
            (one["id"], one["verdict"], one["counts"]) for one in json.loads(alone.stdout)["checks"]
        ]
        assert told.stderr.count("mémoire") == 1
        assert re.search(says, told.stderr)
        assert len(told.stderr.splitlines()) <= 3

    return check


def test_a_folder_that_is_read_only_harms_no_verdict(
    without_memory: Callable[[Path, str], None], tmp_path: Path
) -> None:
    with unwritable(tmp_path / "folder") as folder:
        without_memory(folder / "state.sqlite3", "accès refusé|lecture seule")


@pytest.mark.parametrize("left", [4_096, 80_000])
def test_a_full_disk_harms_no_verdict(without_memory: Callable[[Path, str], None], tmp_path: Path, left: int) -> None:
    with small_disk(tmp_path / "disk", "size=256k") as disk:
        (disk / "ballast").write_bytes(b"x" * (262_144 - left))
        without_memory(disk / "state.sqlite3", "disque plein")


def test_a_file_that_another_keeps_for_itself_harms_no_verdict(
    without_memory: Callable[[Path, str], None], tmp_path: Path
) -> None:
    state = tmp_path / "state.sqlite3"
    open_store(state, now=datetime.now(UTC)).close()
    with closing(sqlite3.connect(state, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        without_memory(state, "le garde ouvert pour lui seul")


def test_a_store_of_a_newer_version_is_left_alone(live: Live, tmp_path: Path) -> None:
    state = tmp_path / "state.sqlite3"
    live(Day(1), "--state", str(state))
    with closing(sqlite3.connect(state)) as connection:
        connection.execute("PRAGMA user_version = 99")

    told = live(Day(2, {NIGHT: 500}), "--state", str(state))

    assert told.exit_code == 1
    assert "version plus récente" in told.stderr


def test_history_says_what_changed_and_prune_keeps_what_tells(live: Live, run: Run) -> None:
    for day in MONTH[:6]:
        live(day)

    changes = json.loads(run("history", "-f", "json").stdout)["checks"]
    table = run("history", "source-1", "-f", "table").stdout.replace("\u00a0", " ")

    assert [(check["id"], check["verdict"]) for check in changes] == [
        (source(NIGHT), "unavailable"),
        (source(NIGHT), "ok"),
        (source(QUOTA), "restricted"),
    ]
    assert "███▂██" in table
    assert "04/11/2026" in table
    assert run("history", "prune").exit_code == 0
    assert json.loads(run("history", "-f", "json").stdout)["checks"] == changes


def test_history_of_what_is_unknown_names_the_nearest(live: Live, run: Run) -> None:
    live(MONTH[0])

    result = run("history", "sourc-1")

    assert result.exit_code == 2
    assert "source-1" in result.stderr


def test_history_names_a_link_of_a_list_once(run: Run, tmp_path: Path, web: Village) -> None:
    gone = f"http://{DEATH}:{web.port}/rien"
    (tmp_path / "liens.txt").write_text(gone + "\n", encoding="utf-8")
    run("check", "--from", str(tmp_path / "liens.txt"), *QUICK)

    told = run("history", gone, "-f", "table").stdout

    assert told.count(gone) == 1
    assert "cassé" in told


def test_list_and_show_tell_the_last_health(live: Live, run: Run, mine: Path) -> None:
    live(MONTH[0])
    live(Day(2, {NIGHT: 500}))

    listed = run("list", "--catalogue", str(mine), "-f", "table").stdout.replace("\u00a0", " ")
    shown = json.loads(run("show", source(NIGHT), "--catalogue", str(mine), "-f", "json").stdout)["sources"][0]

    assert "indisponible, à confirmer, vu il y a moins d'une heure" in listed
    assert shown["health"]["condition"] == "fragile"
    assert [check["verdict"] for check in shown["checks"]] == ["ok", "unavailable"]


def test_themes_count_what_fails(live: Live, run: Run, mine: Path) -> None:
    live(Day(1, {NIGHT: 500, WALL: 403}))

    themes = json.loads(run("themes", "--catalogue", str(mine), "-f", "json").stdout)["themes"]

    assert [(theme["sources"], theme["failing"]) for theme in themes] == [(12, 1)]
    assert "dont 1 en échec" in run("themes", "--catalogue", str(mine), "-f", "table").stdout
