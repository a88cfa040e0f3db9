"""territory: from a name or a code to what is known of the place; what it is not, no other command pays for."""

import csv
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run


def found(run: Run, *words: str) -> dict[str, Any]:
    """The one record that *words* find."""
    result = run("territory", *words, "-f", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    (record,) = json.loads(result.stdout)["territories"]
    assert isinstance(record, dict)
    return record


@pytest.mark.parametrize(
    ("words", "level", "code"),
    [
        (["sicoval"], "epci", "243100633"),
        (["CA", "du", "SICOVAL"], "epci", "243100633"),
        (["243100633"], "epci", "243100633"),
        (["labege"], "commune", "31254"),
        (["31254"], "commune", "31254"),
        (["213102544"], "commune", "31254"),
        (["31670"], "commune", "31254"),
        (["saint-denis", "93"], "commune", "93066"),
        (["commune:93066"], "commune", "93066"),
        (["occitanie"], "region", "76"),
        (["31"], "departement", "31"),
    ],
)
def test_a_territory_is_found_by_name_and_by_every_code(run: Run, words: list[str], level: str, code: str) -> None:
    record = found(run, *words)

    assert (record["level"], record["code"]) == (level, code)


def test_json_says_where_it_lies_and_who_says_so(run: Run) -> None:
    document = json.loads(run("territory", "labege", "-f", "json").stdout)

    record = document["territories"][0]
    assert document["schema"] == "diagsources.territories/1"
    assert document["licence"] == "etalab-2.0"
    assert document["vintage"] in document["source"]
    assert record["departement"] == {"code": "31", "name": "Haute-Garonne"}
    assert record["region"] == {"code": "76", "name": "Occitanie"}
    assert record["epci"] == {"code": "243100633", "name": "CA du Sicoval"}
    assert record["population"] > 4000
    assert record["siren"] == "213102544"
    assert record["kind"] is None
    assert record["postal_codes"] == ["31670"]
    assert "members" not in record


def test_the_members_of_an_epci_come_when_asked(run: Run) -> None:
    record = found(run, "sicoval", "--members")

    labege = next(member for member in record["members"] if member["code"] == "31254")
    assert record["kind"] == "CA"
    assert record["member_count"] == len(record["members"]) == 36
    assert (labege["level"], labege["name"]) == ("commune", "Labège")


def test_the_members_are_rows_of_a_spreadsheet(run: Run) -> None:
    result = run("territory", "sicoval", "--members", "-f", "csv")

    rows = list(csv.DictReader(StringIO(result.stdout)))
    assert [row["level"] for row in rows] == ["epci"] + ["commune"] * 36
    assert {row["epci"] for row in rows[1:]} == {"243100633"}


def test_the_screen_shows_ten_members_and_counts_the_others(run: Run) -> None:
    some, every = run("territory", "sicoval", "-f", "table"), run("territory", "sicoval", "-f", "table", "--members")

    assert "36\u00a0communes" in some.stdout
    assert "communauté d'agglomération" in some.stdout
    assert "et 26\u00a0autres" in some.stdout
    assert "31254  Labège" in every.stdout
    assert len(every.stdout.splitlines()) == len(some.stdout.splitlines()) + 25


@pytest.mark.parametrize("name", ["table", "plain", "markdown"])
def test_source_vintage_and_licence_are_said(run: Run, name: str) -> None:
    said = " ".join(run("territory", "labege", "-f", name).stdout.split())

    assert "Insee, Code officiel géographique au 1er janvier 2026" in said
    assert "Licence Ouverte 2.0" in said


@pytest.mark.parametrize(("words", "summed"), [("labege", False), ("sicoval", True), ("mamoudzou", True)])
def test_a_population_that_is_no_plain_count_says_so(run: Run, words: str, summed: bool) -> None:
    assert ("est la somme" in run("territory", words).stdout) is summed


@pytest.mark.parametrize("name", ["table", "json", "jsonl", "plain"])
def test_namesakes_are_listed_with_their_departement_and_none_is_chosen(run: Run, name: str) -> None:
    result = run("territory", "saint-denis", "-f", name)

    lines = result.stderr.splitlines()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "  commune:93066  Saint-Denis · commune · Seine-Saint-Denis (93)" in lines
    assert [line.split()[0] for line in lines[1:5]] == [f"commune:{code}" for code in (97411, 93066, 11339, 30247)]
    assert "commune:97411" in lines[-1]


def test_a_code_of_two_levels_is_not_guessed(run: Run) -> None:
    result = run("territory", "76")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "departement:76" in result.stderr
    assert "region:76" in result.stderr


def test_a_word_of_many_names_counts_those_it_does_not_list(run: Run) -> None:
    result = run("territory", "sainte")

    assert result.exit_code == 2
    assert result.stderr.count("\n  ") == 51
    assert "  et 311\u00a0autres\n" in result.stderr


@pytest.mark.parametrize(("words", "meant"), [("ramonvile", "commune:31446"), ("sicovla", "epci:243100633")])
def test_a_typing_error_is_answered_with_what_is_near(run: Run, words: str, meant: str) -> None:
    result = run("territory", words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[1].split()[0] == meant
    assert result.stderr.endswith(f"par exemple {meant}\n")


@pytest.mark.parametrize("words", ["zzzzqqq", "38999", "commune:00000", "", "\x1b[31m"])
def test_what_is_nowhere_is_said_with_what_could_be_typed(run: Run, words: str) -> None:
    result = run("territory", words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "territoire inconnu" in result.stderr
    assert "un code Insee ou SIREN" in result.stderr
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize(
    ("words", "code"), [("01018", "01033"), ("arbignieu", "01015"), ("commune-associee:14114", "14712")]
)
@pytest.mark.parametrize("name", ["table", "plain", "csv", "json", "jsonl", "markdown"])
def test_what_is_no_more_says_what_it_became(run: Run, words: str, code: str, name: str) -> None:
    result = run("territory", words, "-f", name)

    assert result.exit_code == 0
    assert "aujourd'hui" in result.stdout
    assert code in result.stdout


def test_what_the_words_could_mean_besides_is_told(run: Run) -> None:
    others = found(run, "paris")["others"]

    assert {"level": "departement", "code": "75", "name": "Paris"} in others
    assert "departement:75" in run("territory", "paris", "-f", "table").stdout


def test_an_epci_on_several_departements_names_them_all(run: Run) -> None:
    shown = run("territory", "grand paris", "-f", "table").stdout

    assert found(run, "grand paris")["departements"] == ["75", "93", "92", "94", "91", "95"]
    assert "Val-d'Oise (95)" in shown


def test_a_territory_can_be_written_to_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "labege.json"

    result = run("territory", "labege", "-o", str(file))

    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(file.read_text(encoding="utf-8"))["territories"][0]["code"] == "31254"


WATCHED = """
import sys
touched = []
def watch(event, details):
    if event == "open" and "gazetteer" in str(details[0]) or event == "sqlite3.connect":
        touched.append(str(details[0]))
sys.addaudithook(watch)
sys.argv = ["diagsources", *{words!r}]
from diagsources.__main__ import main
try:
    main()
except SystemExit as left:
    code = left.code
loaded = [name for name in sys.modules if name.startswith("diagsources.territory") or name == "sqlite3"]
sys.stderr.write("\\n" + repr((code, touched + loaded)))
"""


def touched_by(*words: str) -> str:
    """The exit code of `diagsources` with *words*, and what it loads and opens of the gazetteer and of SQLite."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED.format(words=words)],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("list", "-f", "table"),
        ("show", "insee-bpe"),
        ("show", "insee-bpe", "-f", "table"),
        ("show", "banatic", "-f", "json"),
        ("list", "banatic", "-f", "csv"),
        ("open", "banatic", "--print"),
        ("links", "--help"),
        ("check", "--help"),
        ("search", "équipements"),
        ("themes",),
        ("guide", "plui"),
        ("guide", "plui", "-f", "markdown"),
        ("open", "insee-sicoval", "--print"),
        ("validate",),
        ("--help",),
    ],
    ids=" ".join,
)
def test_a_command_that_needs_no_territory_touches_no_gazetteer(words: tuple[str, ...]) -> None:
    assert touched_by(*words) == "(0, [])"


def test_the_watch_sees_what_the_command_itself_touches() -> None:
    seen = touched_by("territory", "labege")

    assert "gazetteer.sqlite" in seen
    assert "diagsources.territory.finding" in seen
    assert "'sqlite3'" in seen
