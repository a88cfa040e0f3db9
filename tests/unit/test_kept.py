"""Kept reports, read again: rendered as the run was, put together, and held for hostile."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from diagsources.errors import InputUnreadable
from diagsources.model import KnownFinding, Link, Verdict
from diagsources.reports import FORMATS, Report
from diagsources.reports.checks import of_checks, remark
from diagsources.reports.digest import ticket
from diagsources.reports.kept import as_one, read
from diagsources.reports.revived import told_of
from diagsources.verdict import Answer, Check, Evidence, Fault, Step, judge
from diagsources.verdict.memory import Kept, State, sighting_of, state_after
from diagsources.verdict.told import findings, tell
from diagsources.verdict.trace import Drift
from tests.support.nasty import nasty_run

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def rendered(report: Report, name: str) -> str:
    out = StringIO(newline="")
    FORMATS[name].render(report, out)
    return out.getvalue()


def kept(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def seen(url: str, statuses: list[int], *, exception: KnownFinding | None = None, reused: bool = False) -> Any:
    """What is told of *url* when its last answer comes, which had these *statuses*, a day apart; 0 where it was not
    asked."""
    state: State | None = None
    before: State | None = None
    for day, status in enumerate(statuses):
        answers: tuple[Answer, ...] = (Answer(url, status),)
        if status == 301:
            answers = (Answer(url, 301, url + "neuf"), Answer(url + "neuf", 200))
        evidence = Evidence(url, answers, elapsed_ms=20, steps=(Step("ask", url, str(status), 20),))
        if not status:
            evidence = Evidence(url, fault=Fault.NOT_SAMPLED, fault_url=url)
        at = NOON + timedelta(days=day)
        link = Link("eau", "url", url, "Débit", "eau", "catalogue/eau.yaml", 3, publisher="Agence")
        check = Check(link, evidence, judge(evidence), at)
        before, state = state, state_after(state, sighting_of(check, day))
    return tell(check, Kept(before, state), today=at.date(), exception=exception, is_reused=reused)


HISTORIES = ([200], [404], [200, 404], [404, 404], [200, 503], [503, 503, 503, 503], [404, 200], [200, 301],
             [200, 403], [403, 200], [200, 200], [301, 301], [404] * 5,
             [0], [200, 200, 0], [200, 503, 0], [404, 404, 0])  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_a_kept_report_is_rendered_byte_for_byte_as_the_run_was(name: str, tmp_path: Path) -> None:
    told = [seen(f"https://exemple.fr/{rank}/", history) for rank, history in enumerate(HISTORIES)]
    told.append(
        seen("https://exemple.fr/x", [404], exception=KnownFinding("broken", "on sait", date(2026, 12, 1)), reused=True)
    )

    def run() -> Report:
        return of_checks(told, started_at=NOON, finished_at=NOON, themes={"eau": "Eau | air"})

    path = kept(tmp_path / "kept.json", rendered(run(), "json"))

    assert rendered(as_one([read(str(path), StringIO())]).report(), name) == rendered(run(), name)


@pytest.mark.parametrize("name", FORMATS)
def test_a_nasty_report_survives_being_kept(name: str, tmp_path: Path) -> None:
    path = kept(tmp_path / "kept.json", rendered(nasty_run(), "json"))

    assert rendered(as_one([read(str(path), StringIO())]).report(), name) == rendered(nasty_run(), name)


@pytest.mark.parametrize("history", HISTORIES, ids=str)
def test_a_record_is_told_as_the_check_was(history: list[int]) -> None:
    told = seen("https://exemple.fr/", history)
    (record,) = of_checks([told]).records

    again = told_of(json.loads(json.dumps(record)))

    assert (again.counts, again.change, remark(again)) == (told.counts, told.change, remark(told))
    assert again.check.link == told.check.link
    assert again.check.judgement == told.check.judgement


def test_of_what_was_not_asked_it_is_said_when_it_was_last_seen() -> None:
    told = seen("https://exemple.fr/", [200, 503, 503, 0])

    said = remark(told).replace("\u00a0", " ")
    assert said == "2 échecs depuis 2 jours, à confirmer (constaté il y a 1 jour)"


@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.parametrize("changed", [True, False])
def test_a_page_that_has_changed_is_told_again(changed: bool, is_new: bool) -> None:
    told = seen("https://exemple.fr/", [200, 200])
    day = date(2026, 11, 3)
    told = told._replace(kept=told.kept._replace(drift=Drift(day, changed, is_new=changed and is_new)))
    (record,) = of_checks([told]).records

    again = told_of(json.loads(json.dumps(record)))

    assert again.kept is not None
    assert (again.kept.drift, again.change, remark(again)) == (told.kept.drift, told.change, remark(told))
    assert again.check.link.verified_on == day


def test_lines_of_json_are_read_too(tmp_path: Path) -> None:
    path = kept(tmp_path / "kept.jsonl", rendered(nasty_run(), "jsonl"))

    found = rendered(as_one([read(str(path), StringIO())]).report(), "csv")

    assert sorted(found.splitlines()) == sorted(rendered(nasty_run(), "csv").splitlines())


def test_lines_have_the_order_of_a_report_and_are_known_without_a_name() -> None:
    stream = [record(id="bien", verdict="ok", reason="http-200"), record(id="passe", counts=False)]
    stream.append(record(id="mort", counts=True))
    stdin = StringIO("\n".join(map(json.dumps, stream)) + "\n")

    assert [each["id"] for each in as_one([read("-", stdin)]).records] == ["mort", "passe", "bien"]


def test_the_standard_input_is_read_too() -> None:
    stdin = StringIO(rendered(nasty_run(), "json"))

    assert len(as_one([read("-", stdin)]).records) == 26


def record(**changed: Any) -> dict[str, Any]:
    plain = {
        "id": "eau",
        "rel": "url",
        "url": "https://exemple.fr/",
        "verdict": "broken",
        "reason": "http-404",
        "message": "rien",
        "checked_at": "2026-11-23T12:00:00Z",
    }
    return plain | changed


def document(*records: Any, **head: Any) -> dict[str, Any]:
    return {"schema": "diagsources.check/1", **head, "checks": list(records)}


def test_of_a_link_in_several_reports_the_last_check_is_told() -> None:
    old, new = record(), record(verdict="ok", reason="http-200", checked_at="2026-11-24T12:00:00Z")

    for order in ([document(old), document(new)], [document(new), document(old)]):
        (told,) = as_one(order).records
        assert told["verdict"] == "ok"


def test_shards_make_one_run_from_the_first_beginning_to_the_last_end() -> None:
    north = document(record(id="nord"), started_at="2026-11-23T10:00:00Z", finished_at="2026-11-23T11:00:00Z")
    south = document(
        *(record(id="sud", verdict="ok", reason="http-200"), record(id="est", verdict="insecure", reason="tls-host")),
        started_at="2026-11-23T09:00:00Z",
        finished_at="2026-11-23T10:00:00Z",
        interrupted=True,
    )

    whole = as_one([north, south])

    assert [each["id"] for each in whole.records] == ["nord", "est", "sud"]
    assert whole.head["started_at"] == "2026-11-23T09:00:00Z"
    assert whole.head["finished_at"] == "2026-11-23T11:00:00Z"
    assert whole.head["interrupted"] is True
    assert {verdict: number for verdict, number in whole.head["summary"].items() if number} == {
        "broken": 1,
        "insecure": 1,
        "ok": 1,
    }


def test_a_summary_that_lies_is_counted_again(tmp_path: Path) -> None:
    path = kept(tmp_path / "kept.json", json.dumps(document(record(), summary={"ok": 12})))

    summary = as_one([read(str(path), StringIO())]).head["summary"]

    assert (summary["ok"], summary["broken"]) == (0, 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "pas du JSON"),
        ("{", "pas du JSON"),
        ("[" * 100_000, "pas du JSON"),
        ('{"schema": "diagsources.check/1", "checks": [NaN]}', "pas du JSON"),
        ("9" * 5_000, "pas du JSON"),
        ("[]", "devrait être un objet"),
        ("null", "devrait être un objet"),
        ("{}", "il manque « schema »"),
        ('{"schema": "diagsources.sources/1", "sources": []}', "suit « diagsources.sources/1 »"),
        ('{"schema": "diagsources.check/2", "checks": []}', "suit « diagsources.check/2 »"),
        ('{"schema": "diagsources.check/1"}', "il manque « checks »"),
        ('{"schema": "diagsources.check/1", "checks": {}}', "checks devrait être une liste"),
        ('{"schema": "diagsources.check/1", "checks": [1]}', r"checks\[0\] devrait être un objet"),
    ],
)
def test_what_is_no_report_is_said_to_be_none(text: str, says: str, tmp_path: Path) -> None:
    path = kept(tmp_path / "kept.json", text)

    with pytest.raises(InputUnreadable, match=says):
        read(str(path), StringIO())


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"url": None}, "url devrait être un texte"),
        ({"url": ["x"]}, "url devrait être un texte"),
        ({"verdict": "mort"}, "« mort » n'est pas connu"),
        ({"verdict": {}}, "verdict devrait être un texte"),
        ({"reason": "x\n::error::y"}, "n'a pas la forme attendue"),
        ({"reason": "http-404\n"}, "n'a pas la forme attendue"),
        ({"line": -1}, "hors des bornes"),
        ({"line": 10**400}, "hors des bornes"),
        ({"line": True}, "line devrait être un nombre entier"),
        ({"line": 1.5}, "line devrait être un nombre entier"),
        ({"elapsed_ms": 10**400}, "hors des bornes"),
        ({"checked_at": "2026-99-99T99:99:99Z"}, "n'est pas une date"),
        ({"checked_at": "0001-01-01T00:00:00+14:00"}, "n'est pas une date"),
        ({"checked_at": "hier"}, "n'a pas la forme attendue"),
        ({"counts": "oui"}, "counts devrait être true ou false"),
        ({"memory": []}, "memory devrait être un objet"),
        ({"memory": {"condition": "dead"}}, "memory"),
        ({"memory": {"condition": "healthy", "since": "2026-11-23T12:00:00Z", "failures": 1}}, "il manque « runs »"),
        ({"exception": {"verdict": "ok", "reason": "", "until": "2026-02-30"}}, "n'est pas une date"),
        ({"steps": [{"what": "ask", "outcome": "²"}]}, "n'a pas la forme attendue"),
        ({"redirects": [{"url": 3, "status_code": 1}]}, r"redirects\[0\].url"),
    ],
    ids=str,
)
def test_a_record_that_departs_from_the_schema_is_named(changed: dict[str, Any], says: str, tmp_path: Path) -> None:
    path = kept(tmp_path / "kept.json", json.dumps(document(record(**changed))))

    with pytest.raises(InputUnreadable, match=says):
        read(str(path), StringIO())


def test_what_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = json.dumps(document(record()))
    monkeypatch.setattr("diagsources.reports.kept._LARGEST", len(text) - 1)

    for path, stdin in ((str(kept(tmp_path / "kept.json", text)), StringIO()), ("-", StringIO(text))):
        with pytest.raises(InputUnreadable, match="trop grand"):
            read(path, stdin)


def test_a_fault_in_a_line_names_the_line(tmp_path: Path) -> None:
    path = kept(tmp_path / "kept.jsonl", json.dumps(record()) + "\n\n" + json.dumps(record(url=1)) + "\n")

    with pytest.raises(InputUnreadable, match=r"kept.jsonl:3 : url devrait"):
        read(str(path), StringIO())


def test_keys_of_a_later_version_pass_and_are_kept(tmp_path: Path) -> None:
    path = kept(tmp_path / "kept.json", json.dumps(document(record(later=[1], reason="http-499"), besides=1)))

    whole = as_one([read(str(path), StringIO())])

    assert json.loads(rendered(whole.report(), "json")) == document(record(later=[1], reason="http-499"), besides=1) | {
        "checks": [record(later=[1], reason="http-499")]
    }
    for name in FORMATS:
        rendered(whole.report(), name)


@pytest.mark.parametrize("name", FORMATS)
def test_a_password_in_a_report_from_elsewhere_is_masked(name: str, tmp_path: Path) -> None:
    url = "https://moi:secret@exemple.fr/"
    path = kept(
        tmp_path / "kept.json",
        json.dumps(
            document(
                record(
                    url=url,
                    final_url=url,
                    suggestion=url,
                    verdict="moved",
                    redirects=[{"status_code": 301, "url": url}],
                    message=f"voir {url}",
                    steps=[{"what": "ask", "url": url, "note": f"vers {url}"}],
                )
            )
        ),
    )

    assert "secret" not in rendered(as_one([read(str(path), StringIO())]).report(), name)


CONFIRMED = {"condition": "confirmed", "since": "2026-11-20T12:00:00Z", "failures": 3, "runs": 4}


@pytest.mark.parametrize(
    ("changed", "is_open"),
    [
        ({}, True),
        ({"counts": False}, False),
        ({"memory": CONFIRMED, "counts": True}, True),
        ({"memory": CONFIRMED | {"condition": "fragile"}, "counts": True}, False),
        ({"memory": CONFIRMED, "verdict": "skipped", "reason": "out-of-time", "counts": False}, True),
        ({"memory": CONFIRMED, "counts": False}, False),
        ({"verdict": "ok", "reason": "http-200"}, False),
    ],
    ids=str,
)
def test_the_ticket_is_open_while_something_is_sure_to_be_dead(changed: dict[str, Any], is_open: bool) -> None:
    assert ticket([record(**changed)], room=60_000).is_open is is_open


def test_the_ticket_is_the_same_the_next_day() -> None:
    today = record(memory=CONFIRMED | {"words": "cassé depuis 3 jours"}, counts=True)
    tomorrow = record(
        memory=CONFIRMED | {"words": "cassé depuis 4 jours", "failures": 4, "runs": 5},
        counts=True,
        checked_at="2026-11-24T12:00:00Z",
        elapsed_ms=3,
    )

    assert ticket([today], room=60_000) == ticket([tomorrow], room=60_000)


def test_ten_thousand_dead_links_fit_in_a_ticket() -> None:
    records = [record(id=f"source-{number}", verdict=Verdict.BROKEN.value) for number in range(10_000)]

    made = ticket(records, room=60_000)

    assert len(made.body) < 65_000
    assert made.title == "10\u202f000\u00a0liens morts dans le catalogue"


def test_links_without_a_host_are_told_one_by_one() -> None:
    told = [told_of(record(id=f"source-{number}", url="")) for number in range(5)]

    assert len(list(findings(told))) == 5
