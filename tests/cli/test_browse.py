"""list, show, search, themes, open: what a person types, and what comes of it."""

import csv
import json
import os
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Process, Run


def test_list_in_a_pipe_is_a_source_a_line(run: Run) -> None:
    result = run("list", "--all")

    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert result.stderr == ""
    assert len(lines) >= 56
    assert {line.count("\t") for line in lines} == {8}
    assert lines[5].startswith("insee-sicoval\tstatistiques\tDossier complet de la CA du Sicoval\t")


def test_list_as_json_holds_every_source_with_the_catalogues_own_keys(run: Run) -> None:
    document = json.loads(run("list", "--all", "--format", "json").stdout)

    by_id = {source["id"]: source for source in document["sources"]}
    assert document["schema"] == "diagsources.sources/1"
    assert len(by_id) >= 56
    assert by_id["insee-sicoval"]["theme"] == "statistiques"
    assert by_id["insee-sicoval"]["file"] == "catalogue/statistiques.yaml"
    assert by_id["insee-sicoval"]["line"] > 0
    assert "url_line" not in by_id["insee-sicoval"]


@pytest.mark.parametrize("word", ["santé", "SANTE", "social", "Santé et social"])
def test_a_theme_answers_to_all_its_names(run: Run, word: str) -> None:
    expected = run("list", "--theme", "sante").stdout

    assert run("list", "--theme", word).stdout == expected != ""


def test_list_where_nothing_answers_is_empty_and_no_failure(run: Run) -> None:
    result = run("list", "-t", "sante", "--kind", "veille")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "aucune source" in result.stderr


def test_a_value_that_nothing_bears_names_the_nearest(run: Run) -> None:
    result = run("list", "--theme", "statistique")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "thème inconnu" in result.stderr
    assert "statistiques" in result.stderr


def test_a_closed_source_is_listed_when_it_is_asked_for_and_not_else(run: Run, catalogue: Path) -> None:
    given = ("--catalogue", str(catalogue))

    listed = {
        words: run("list", *given, *words).stdout for words in [(), ("--all",), ("nappes",), ("--status", "closed")]
    }

    assert [words for words, out in listed.items() if "nappes" in out] == [
        ("--all",),
        ("nappes",),
        ("--status", "closed"),
    ]
    assert all("rivieres\t" in listed[words] for words in [(), ("--all",)])
    assert "1 source fermée" in run("list", *given, "-f", "table").stderr.replace("\u00a0", " ")


@pytest.mark.parametrize("name", ["plain", "json", "jsonl", "csv", "markdown", "table"])
def test_a_report_can_be_written_to_a_file_at_once(run: Run, tmp_path: Path, name: str) -> None:
    file = tmp_path / "report"

    result = run("list", "-f", name, "-o", str(file))

    assert (result.exit_code, result.stdout) == (0, "")
    assert "insee-sicoval" in file.read_text(encoding="utf-8")
    assert [each.name for each in tmp_path.iterdir()] == ["report"]


def test_a_report_that_cannot_be_written_says_so_and_where(run: Run, tmp_path: Path) -> None:
    result = run("list", "-o", str(tmp_path / "nowhere" / "report"))

    assert result.exit_code == 2
    assert "écriture impossible" in result.stderr


@pytest.mark.parametrize(("name", "instead"), [("liste.xlsx", ".csv"), ("liste.ods", ".csv"), ("liste.PDF", ".html")])
def test_a_file_of_an_office_is_not_written_under_a_name_that_would_open_nowhere(
    run: Run, tmp_path: Path, name: str, instead: str
) -> None:
    result = run("list", "-o", str(tmp_path / name))

    assert (result.exit_code, result.stdout) == (2, "")
    assert f"n'écrit pas de {Path(name).suffix.lower()}" in result.stderr
    assert instead in result.stderr
    assert run("list", "-f", "csv", "-o", str(tmp_path / name)).exit_code == 0


def test_a_format_that_does_not_exist_names_the_nearest(run: Run) -> None:
    result = run("list", "-f", "jsn")

    assert result.exit_code == 2
    assert "json" in result.stderr


def test_csv_has_a_header_and_a_row_a_source(run: Run) -> None:
    rows = list(csv.DictReader(run("list", "--all", "-f", "csv").stdout.splitlines()))

    assert len(rows) >= 56
    assert rows[0]["id"] == "insee-recherche-geo"


def test_quiet_twice_leaves_only_the_exit_code(run: Run) -> None:
    result = run("list", "-qq")

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_show_says_who_how_transformed_and_what_to_beware_of(run: Run) -> None:
    result = run("show", "insee-bpe", "-f", "table")

    order = ["Lecture critique", "Qui publie", "Collecte", "Transformations", "Mailles", "Se méfier", "Description"]
    places = [result.stdout.index(word) for word in order]
    assert places == sorted(places)


def test_show_says_that_the_unknown_is_unknown(run: Run, catalogue: Path) -> None:
    result = run("show", "rivieres", "--catalogue", str(catalogue))

    assert "rivieres\tQui publie\tinconnu" in result.stdout
    assert "rivieres\tCollecte\tinconnue" in result.stdout


def test_show_of_an_unknown_id_names_the_nearest(run: Run) -> None:
    result = run("show", "cartosanté-x")

    assert result.exit_code == 2
    assert "cartosante" in result.stderr


@pytest.mark.parametrize("words", [["equipement"], ["équipements"], ["bse", "permanente"], ["bse permanente"]])
def test_search_finds_the_bpe_first(run: Run, words: list[str]) -> None:
    document = json.loads(run("search", *words, "-f", "json").stdout)

    assert document["sources"][0]["id"] == "insee-bpe"
    assert document["sources"][0]["score"] > 0
    assert document["sources"][0]["matches"][0]["field"] == "title"


def test_search_that_finds_nothing_says_so(run: Run) -> None:
    result = run("search", "xyzzy")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "aucune source" in result.stderr


def test_search_keeps_within_a_selection(run: Run) -> None:
    ids = [line.split("\t")[0] for line in run("search", "emploi", "-t", "sante").stdout.splitlines()]

    assert "france-travail-epci" in ids
    assert "sdes" not in ids


@pytest.mark.parametrize("name", ["table", "plain", "markdown", "json"])
def test_themes_gives_the_advice_with_the_eight_themes(run: Run, name: str) -> None:
    result = run("themes", "-f", name)

    assert "Rester critique" in result.stdout
    for theme in ("statistiques", "environnement", "sante", "agriculture", "occitanie", "finances", "cartes"):
        assert theme in result.stdout


def test_open_prints_the_address_of_the_sicoval(run: Run) -> None:
    result = run("open", "insee-sicoval", "--print")

    assert result.exit_code == 0
    assert result.stdout == "https://www.insee.fr/fr/statistiques/2011101?geo=EPCI-243100633\n"


def test_open_of_an_id_mistyped_names_the_right_one(run: Run) -> None:
    result = run("open", "inse-sicoval")

    assert result.exit_code == 2
    assert "insee-sicoval" in result.stderr


def test_open_of_a_closed_source_goes_to_its_successor_and_says_so(run: Run, catalogue: Path) -> None:
    result = run("open", "nappes", "--print", "--catalogue", str(catalogue))

    assert result.stdout == "https://rivieres.example.org/\n"
    assert "fermé" in result.stderr


def test_open_original_is_the_documents_address(run: Run, catalogue: Path) -> None:
    result = run("open", "nappes", "--print", "--original", "--catalogue", str(catalogue))

    assert result.stdout == "http://old.example.org/nappes\n"


def test_open_at_random_prints_one_address(run: Run) -> None:
    result = run("open", "--random", "--print", "-t", "cartes")

    assert result.exit_code == 0
    assert result.stdout.startswith("http")
    assert result.stdout.count("\n") == 1


def test_open_without_saying_what_is_refused(run: Run) -> None:
    result = run("open")

    assert result.exit_code == 2
    assert "diagsources list" in result.stderr


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "-x", "C:\\x", "http:///x"]
)
def test_open_never_opens_what_is_not_http(run: Run, tmp_path: Path, url: str) -> None:
    file = tmp_path / "evil.yaml"
    file.write_text(f"theme: x\nsources:\n  - {{id: evil, title: Evil, url: '{url}'}}\n", encoding="utf-8")

    result = run("open", "evil", "--print", "--catalogue", str(file))

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "on ne l'ouvre pas" in result.stderr


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that only notes what it was asked to open; its notes."""
    notes, program = tmp_path / "opened", tmp_path / "browser"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{notes}"\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("BROWSER", str(program))
    return notes


@pytest.mark.skipif(os.name == "nt", reason="Windows asks the system, not $BROWSER")
def test_open_hands_the_address_to_the_browser(process: Process, browser: Path) -> None:
    result = process("open", "insee-sicoval")

    assert result.returncode == 0
    assert browser.read_text(encoding="utf-8").strip() == (
        "https://www.insee.fr/fr/statistiques/2011101?geo=EPCI-243100633"
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows asks the system, not $BROWSER")
def test_open_hands_over_no_space_quote_or_control(process: Process, browser: Path, tmp_path: Path) -> None:
    file = tmp_path / "odd.yaml"
    file.write_text(
        """theme: x\nsources:\n  - {id: odd, title: Odd, url: 'https://example.org/a b"c;$(d)`e`'}\n""",
        encoding="utf-8",
    )

    result = process("open", "odd", "--catalogue", str(file))

    assert result.returncode == 0
    assert browser.read_text(encoding="utf-8").strip() == "https://example.org/a%20b%22c;$(d)%60e%60"


def test_open_of_several_asks_first_and_opens_nothing_where_nobody_answers(process: Process, tmp_path: Path) -> None:
    result = process("open", "-t", "sante")

    assert result.returncode == 2
    assert "--yes" in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows asks the system, not $BROWSER")
def test_open_of_several_with_yes_opens_them_all(process: Process, browser: Path) -> None:
    result = process("open", "insee-sicoval", "umap", "--yes")

    assert result.returncode == 0
    assert len(browser.read_text(encoding="utf-8").splitlines()) == 2


def test_a_catalogue_with_faults_is_listed_with_a_warning(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "theme: x\nsources:\n  - {id: a, title: A, url: 'http://a.example'}\n  - {id: b, url: 'http://b.example'}\n",
        encoding="utf-8",
    )

    result = run("list", "--catalogue", str(file))

    assert result.exit_code == 1
    assert result.stdout.startswith("a\t")
    assert f"{file}:4:5" in result.stderr
    assert "diagsources validate" in result.stderr


def test_a_catalogue_that_is_not_there_says_so(run: Run, tmp_path: Path) -> None:
    result = run("list", "--catalogue", str(tmp_path / "nope"))

    assert result.exit_code == 2
    assert "n'existe pas" in result.stderr


def test_the_catalogue_can_be_set_in_the_environment(
    run: Run, catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIAGSOURCES_CATALOGUE", str(catalogue))

    assert [line.split("\t")[0] for line in run("list", "--all").stdout.splitlines()] == ["rivieres", "nappes"]


def test_validate_gives_place_code_sentence_and_the_right_word(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "theme: x\nsources:\n  - id: a\n    titel: A\n    title: A\n    url: http://a.example\n", encoding="utf-8"
    )

    result = run("validate", str(file))

    assert result.exit_code == 1
    place, code, _, suggestion = result.stdout.rstrip("\n").split("\t")
    assert (place, code, suggestion) == (f"{file}:4:5", "unknown-key", "title")


def test_validate_of_the_shipped_catalogue_finds_nothing(run: Run) -> None:
    result = run("validate")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "aucun problème" in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="there are no pipes with names, and links need a right")
def test_a_report_goes_into_what_stands_there_and_does_not_replace_it(run: Run, tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o600)
    link.symlink_to(target)

    assert run("themes", "-o", str(link)).exit_code == 0
    assert run("themes", "-o", os.devnull).exit_code == 0

    assert link.is_symlink()
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == "diagsources.themes/1"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("name", "begins"), [("a.json", "{"), ("a.csv", "id,"), ("a.jsonl", '{"id"'), ("a.md", "| "), ("a.txt", "insee")]
)
def test_the_name_of_a_file_chooses_the_format_that_is_not_said(
    run: Run, tmp_path: Path, name: str, begins: str
) -> None:
    run("list", "-o", str(tmp_path / name))

    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize("words", [["list"], ["search", "a"], ["show", "a"], ["themes"], ["check", "--allow-private"]])
def test_a_source_that_could_not_be_read_is_never_a_silent_pass(run: Run, tmp_path: Path, words: list[str]) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "theme: x\nsources:\n  - {id: a, title: A, url: 'http://127.0.0.1:9/'}\n  - {id: b, titel: B, url: 'http://b.fr'}\n",
        encoding="utf-8",
    )

    assert run(*words, "--catalogue", str(file), "-q").exit_code == 1


def test_no_command_shows_the_credentials_of_an_address(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    url = "https://user:topsecret@a.example/"
    entry = f"{{id: a, title: A, url: '{url}', description: 'voir {url}', cautions: ['et {url}']}}"
    file.write_text(f"theme: x\nsources:\n  - {entry}\n", encoding="utf-8")

    for words in (
        ["list"],
        ["show", "a"],
        ["search", "tops"],
        ["search", "voir"],
        ["open", "a", "--print"],
        ["validate"],
    ):
        for form in ([], ["-f", "json"], ["-f", "table"]) if words[0] != "open" else ([],):
            result = run(*words, *form, "--catalogue", str(file))
            assert "topsecret" not in result.stdout + result.stderr, (words, form)
