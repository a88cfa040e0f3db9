"""guide: the questions of a diagnosis in order, at the addresses of a territory, as a page to fill in."""

import csv
import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import html5lib
import pytest
from markdown_it import MarkdownIt

from diagsources.catalogue import load, shipped
from tests.cli.conftest import Run
from tests.support.web import Web

ASKED_BY_ALL = ["perimetre", "habitants", "services", "moyens", "cartographie", "comparaison"]


def asked(run: Run, *words: str) -> dict[str, Any]:
    """The JSON document of a guide."""
    result = run("guide", *words, "-f", "json")
    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    assert isinstance(document, dict)
    return document


def addresses(document: dict[str, Any]) -> dict[str, str]:
    """The address of each source of a guide."""
    return {
        source["id"]: source["url"]
        for question in document["questions"]
        for source in (*question["sources"], *question["others"])
    }


def written(run: Run, *words: str) -> str:
    """A page, with plain spaces."""
    result = run("guide", *words)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout.replace("\u00a0", " ").replace("\u202f", " ")


# the course


def test_without_a_name_every_question_is_asked_in_order(run: Run) -> None:
    questions = asked(run)["questions"]

    assert [question["number"] for question in questions] == list(range(1, 16))
    assert [question["id"] for question in questions] == [question.id for question in load().questions]


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("plui", ["logement", "emploi", "deplacements", "agriculture", "environnement", "urbanisme"]),
        ("pcaet", ["deplacements", "environnement", "energie"]),
        ("abs", ["ressources", "sante"]),
        ("cls", ["sante"]),
        ("ctg", ["ressources", "emploi"]),
        ("plh", ["logement"]),
        ("pat", ["agriculture"]),
    ],
)
def test_a_guide_asks_what_all_ask_and_what_is_its_own(run: Run, name: str, own: list[str]) -> None:
    chosen = {question["id"] for question in asked(run, name)["questions"]}

    assert chosen == {*ASKED_BY_ALL, *own}


def test_sources_are_at_the_addresses_of_the_territory(run: Run) -> None:
    found = addresses(asked(run, "--territory", "sicoval"))

    assert (
        found.items()
        >= {
            "insee-dossier": "https://www.insee.fr/fr/statistiques/2011101?geo=EPCI-243100633",
            "insee-comparateur": "https://www.insee.fr/fr/statistiques/1405599?geo=EPCI-243100633+DEP-31",
            "banatic": "https://www.banatic.interieur.gouv.fr/intercommunalite/243100633",
            "ofgl": "https://data.ofgl.fr/explore/dataset/ofgl-base-gfp-consolidee/table/?refine.epci_code=243100633",
        }.items()
    )


def test_a_commune_has_its_own_addresses_or_those_of_its_epci(run: Run) -> None:
    document = asked(run, "plui", "--territory", "labege")

    assert document["territory"] == {"level": "commune", "code": "31254", "name": "Labège"}
    assert (
        addresses(document).items()
        >= {
            "insee-dossier": "https://www.insee.fr/fr/statistiques/2011101?geo=COM-31254",
            "banatic": "https://www.banatic.interieur.gouv.fr/intercommunalite/243100633",
        }.items()
    )


def test_without_a_territory_addresses_are_those_of_the_sources(run: Run) -> None:
    document = asked(run, "plui")

    assert document["territory"] is None
    assert addresses(document)["banatic"] == "https://www.banatic.interieur.gouv.fr/"


def test_the_territory_of_the_settings_is_gone_to_unless_told_otherwise(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIAGSOURCES_TERRITORY", "labege")

    assert asked(run, "plui")["territory"] == {"level": "commune", "code": "31254", "name": "Labège"}
    assert asked(run, "plui", "--territory", "-")["territory"] is None


@pytest.mark.parametrize("territory", ["rennes", "sicoval", "saint-denis 93", "occitanie", "31", "mayotte"])
def test_a_source_is_offered_only_where_it_covers_the_territory(run: Run, territory: str) -> None:
    whole = load()
    document = asked(run, "--territory", territory)
    here = "region:76" if territory in ("sicoval", "occitanie", "31") else "pays:FR"

    for ident in addresses(document):
        source = whole.find(ident)
        assert source is not None
        assert not source.coverage or {"pays:FR", here, "departement:31", "epci:243100633"} & set(source.coverage)
    if here == "pays:FR":
        assert not {"picto-occitanie", "cartopsy-occitanie", "atd31", "dreal-occitanie"} & set(addresses(document))


def test_overseas_the_page_says_that_not_every_source_goes_there(run: Run) -> None:
    result = run("guide", "abs", "--territory", "commune:98735", "-f", "markdown")

    assert result.exit_code == 0
    assert "Polynésie française, outre-mer" in result.stdout


def test_what_does_not_cover_the_territory_is_not_confused_with_anything(run: Run) -> None:
    here, elsewhere = (written(run, "plui", "--territory", name, "-f", "markdown") for name in ("labege", "rennes"))

    assert "**Ne pas confondre avec** : GéoObservatoire" in here
    assert "GéoObservatoire" not in elsewhere


@pytest.mark.parametrize("territory", ["rennes", "sicoval", "labege", "mayotte"])
def test_every_question_has_two_to_four_sources_wherever_one_is(run: Run, territory: str) -> None:
    counts = {each["id"]: len(each["sources"]) for each in asked(run, "--territory", territory)["questions"]}

    assert {ident: count for ident, count in counts.items() if not 2 <= count <= 4} == {}


def test_namesakes_are_listed_and_none_is_chosen(run: Run) -> None:
    result = run("guide", "plui", "--territory", "saint-denis")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "commune:93066" in result.stderr
    assert "commune:97411" in result.stderr


# the guides


def test_the_guides_are_listed_with_what_they_are_for(run: Run) -> None:
    guides = json.loads(run("guide", "--list", "-f", "json").stdout)["guides"]

    assert [guide["id"] for guide in guides] == ["diagnostic", "plui", "pcaet", "abs", "cls", "ctg", "plh", "pat"]
    assert all(guide["description"] for guide in guides)
    assert "R. 229-51" in guides[2]["anchor"]["text"]


def test_one_guide_is_described_alone(run: Run) -> None:
    guides = json.loads(run("guide", "plu", "--list", "-f", "json").stdout)["guides"]

    assert [guide["id"] for guide in guides] == ["plui"]


def test_the_guides_are_shown_on_the_screen(run: Run) -> None:
    shown = written(run, "--list", "-f", "table")

    assert "plui        Plan local d'urbanisme intercommunal (PLUi)  12 questions" in shown


def test_a_guide_that_is_none_names_the_nearest_and_them_all(run: Run) -> None:
    result = run("guide", "pluy")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "guide inconnu" in result.stderr
    assert "vouliez-vous dire plui" in result.stderr
    assert "pcaet       Plan climat-air-énergie territorial (PCAET)" in result.stderr


def test_a_catalogue_without_guides_says_so(run: Run, catalogue: Path) -> None:
    unnamed = run("guide", "--catalogue", str(catalogue))
    listed = run("guide", "--list", "--catalogue", str(catalogue))

    assert unnamed.exit_code == 2
    assert unnamed.stderr.startswith("erreur\u00a0: aucun guide dans ce catalogue\n")
    assert (listed.exit_code, listed.stdout) == (0, "")


OWN = """
questions:
  - id: eau
    title: Quelle eau ?
    indicators: [débit, niveau]
    sources: [nappes, rivieres]
guides:
  - {id: sage, title: Schéma des eaux, questions: [eau]}
"""


def test_a_catalogue_of_ones_own_brings_its_questions_and_guides(run: Run, catalogue: Path) -> None:
    catalogue.write_text(catalogue.read_text(encoding="utf-8") + OWN, encoding="utf-8")

    document = asked(run, "sage", "--catalogue", str(catalogue))

    (question,) = document["questions"]
    assert [source["id"] for source in question["sources"]] == ["rivieres"]
    assert question["sources"][0]["notes"] == ["à la place de « Niveau des nappes », fermé depuis mars 2024"]


def test_own_guides_stand_beside_those_of_the_catalogue_they_are_laid_over(run: Run, catalogue: Path) -> None:
    catalogue.write_text(catalogue.read_text(encoding="utf-8") + OWN, encoding="utf-8")
    both = ("--catalogue", str(shipped()), "--catalogue", str(catalogue))

    assert [each["id"] for each in asked(run, "sage", *both)["questions"]] == ["eau"]
    assert len(asked(run, *both)["questions"]) == 16


# the page to fill in


def test_the_markdown_has_a_box_for_each_indicator_and_each_source(run: Run) -> None:
    page = run("guide", "plui", "--territory", "sicoval", "-f", "markdown").stdout
    questions = asked(run, "plui", "--territory", "sicoval")["questions"]

    boxes = re.findall(r"^- \[ \] ", page, re.MULTILINE)
    assert len(boxes) == sum(len(each["indicators"]) + len(each["sources"]) for each in questions)
    assert re.findall(r"^## (\d+)\. ", page, re.MULTILINE) == [str(number) for number in range(1, 13)]


def test_every_address_of_the_markdown_is_a_link_that_is_read_back_whole(run: Run) -> None:
    page = run("guide", "plui", "--territory", "sicoval", "-f", "markdown").stdout

    inline = [token for block in MarkdownIt().parse(page) for token in block.children or ()]
    links = {str(token.attrs["href"]) for token in inline if token.type == "link_open"}

    assert links >= set(addresses(asked(run, "plui", "--territory", "sicoval")).values())


def test_the_markdown_says_what_the_guide_rests_on_and_to_stay_critical(run: Run) -> None:
    page = written(run, "abs", "--territory", "sicoval", "-f", "markdown")

    assert page.startswith("# Analyse des besoins sociaux (ABS) : CA du Sicoval\n")
    assert "**Territoire** : EPCI 243100633, Haute-Garonne (31), Occitanie," in page
    assert "> **Rester critique** : Se demander d'où proviennent les données" in page
    assert "R. 123-1 du code de l'action sociale" in page
    assert "([source](<https://banquedesterritoires.fr/" in page
    assert "Code officiel géographique" in page


def test_the_three_measures_of_unemployment_are_told_apart(run: Run) -> None:
    page = written(run, "ctg", "--territory", "sicoval", "-f", "markdown")

    assert page.count("Chômage : recensement, chômage au sens du BIT et inscrits à France Travail") == 1
    assert "**Ne pas confondre avec** : Demandeurs d'emploi par EPCI" in page


def test_the_html_has_the_same_boxes_and_needs_nothing_from_elsewhere(run: Run) -> None:
    result = run("guide", "plui", "--territory", "sicoval", "-f", "html")
    document = html5lib.parse(result.stdout, namespaceHTMLElements=False)
    questions = asked(run, "plui", "--territory", "sicoval")["questions"]

    boxes = [each for each in document.iter("input") if each.attrib["type"] == "checkbox"]
    assert len(boxes) == sum(len(each["indicators"]) + len(each["sources"]) for each in questions)
    assert not {"script", "link", "img", "iframe"} & {each.tag for each in document.iter()}
    assert {each.attrib["href"] for each in document.iter("a")} >= set(
        addresses(asked(run, "plui", "--territory", "sicoval")).values()
    )


def test_a_file_is_written_in_the_form_its_name_asks_for(run: Run, tmp_path: Path) -> None:
    markdown, html = tmp_path / "plui.md", tmp_path / "plui.html"

    codes = [run("guide", "plui", "-o", str(path)).exit_code for path in (markdown, html)]

    assert codes == [0, 0]
    assert markdown.read_text(encoding="utf-8").startswith("# Plan local")
    assert html.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_spreadsheet_has_a_line_for_each_source(run: Run) -> None:
    rows = list(csv.DictReader(StringIO(run("guide", "cls", "--territory", "sicoval", "-f", "csv").stdout)))
    questions = asked(run, "cls", "--territory", "sicoval")["questions"]

    assert len(rows) == sum(len(each["sources"]) for each in questions)
    assert rows[0].items() >= {"number": "1", "id": "banatic", "territory": "epci:243100633"}.items()
    assert not [row["cautions"] for row in rows if ".." in row["cautions"]]


def test_a_line_of_jsonl_is_a_question(run: Run) -> None:
    lines = run("guide", "cls", "-f", "jsonl").stdout.splitlines()

    assert [json.loads(line)["number"] for line in lines] == list(range(1, 8))


def test_the_screen_is_whole_at_eighty_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    shown = written(run, "plui", "--territory", "sicoval", "-f", "table")

    assert max(map(len, shown.splitlines())) <= 80
    assert "1. Quel périmètre ?" in shown
    assert "https://www.banatic.interieur.gouv.fr/intercommunalite/243100633" in shown


# health


AT_SICOVAL = """
sources:
  - id: dossier
    title: Dossier
    url: URL/ok
    territory_urls: {epci: "URL/status/404?{code}"}
questions:
  - {id: q, title: Quoi ?, indicators: [tout], sources: [dossier]}
"""


def test_a_dead_address_of_the_territory_is_told_in_its_guide_and_not_elsewhere(
    run: Run, web: Web, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(AT_SICOVAL.replace("URL", web.url("").rstrip("/")), encoding="utf-8")
    run("check", "--catalogue", str(mine), "--territory", "sicoval", "--allow-private", "--retries", "0")

    here, anywhere = (
        asked(run, "--catalogue", str(mine), *words)["questions"][0]["sources"][0]["health"]
        for words in (("--territory", "sicoval"), ())
    )

    assert (here["verdict"], here["rel"]) == ("broken", "territory")
    assert (anywhere["verdict"], anywhere["rel"]) == ("ok", "url")


MINE = """
theme: eau
sources:
  - {id: vive, title: Vive, url: "URL/ok"}
  - {id: morte, title: Morte, url: "URL/status/404"}
  - {id: neuve, title: Neuve, url: "URL/never"}
questions:
  - {id: eau, title: Quelle eau ?, indicators: [débit], sources: [vive, morte, neuve]}
"""


def test_the_health_of_each_link_is_told_once_it_was_checked(
    run: Run, web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIAGSOURCES_NOW", "2026-11-23T08:00:00Z")
    mine = tmp_path / "mine.yaml"
    mine.write_text(MINE.replace("URL", web.url("").rstrip("/")), encoding="utf-8")
    before = written(run, "--catalogue", str(mine), "-f", "markdown")
    run("check", "vive", "morte", "--catalogue", str(mine), "--allow-private", "--retries", "0")

    page = written(run, "--catalogue", str(mine), "-f", "markdown")
    sources = asked(run, "--catalogue", str(mine))["questions"][0]["sources"]

    assert "Les liens n'ont pas encore été vérifiés ici" in before
    assert "**Lien**" not in before
    assert "**Lien** : en ligne, vu le 23 novembre 2026." in page
    assert "**Lien** : cassé depuis le 23 novembre 2026, vu le 23 novembre 2026." in page
    assert "**Lien** : jamais vérifié." in page
    assert [source.get("health", {}).get("verdict") for source in sources] == ["ok", "broken", None]
