"""`--territory`, `links`: from a source to the page of one's own territory."""

import csv
import json
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from diagsources.catalogue import load
from diagsources.cli.settings import config_folder
from diagsources.territory import about
from tests.cli.conftest import Process, Run
from tests.support.web import Web

INSEE = "https://www.insee.fr/fr/statistiques/2011101?geo="
QUICK = ("--allow-private", "--timeout", "1", "--retries", "0", "--interval", "0")


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("sicoval", "EPCI-243100633"),
        ("243100633", "EPCI-243100633"),
        ("labege", "COM-31254"),
        ("31254", "COM-31254"),
        ("haute-garonne", "DEP-31"),
        ("occitanie", "REG-76"),
        ("france", "FE-1"),
    ],
)
def test_open_goes_straight_to_the_territory(run: Run, words: str, end: str) -> None:
    result = run("open", "insee-dossier", "--territory", words, "--print")

    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{INSEE}{end}\n", "")


def test_a_territory_of_many_names_is_never_guessed(run: Run) -> None:
    result = run("open", "insee-dossier", "--territory", "saint-denis", "--print")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "4\xa0territoires possibles" in result.stderr
    assert [line.split()[0] for line in result.stderr.splitlines() if line.startswith("  commune:")] == [
        "commune:97411",
        "commune:93066",
        "commune:11339",
        "commune:30247",
    ]


def test_a_source_of_epci_takes_the_one_of_the_commune_and_says_so(run: Run) -> None:
    result = run("open", "banatic", "--territory", "labege", "--print")

    assert result.stdout == "https://www.banatic.interieur.gouv.fr/intercommunalite/243100633\n"
    assert "Labège (commune)\xa0: pas d'adresse à ce niveau, voici CA du Sicoval (EPCI)" in result.stderr


def test_a_source_that_no_address_leads_into_says_why_and_what_to_take_instead(run: Run) -> None:
    result = run("open", "comptes-collectivites", "--territory", "labege", "--print")

    assert result.exit_code == 0
    assert result.stdout.startswith("https://www.impots.gouv.fr/")
    assert "session" in result.stderr
    assert "(ofgl)" in result.stderr


def test_a_source_without_addresses_by_territory_opens_as_it_is_and_says_to_search(run: Run) -> None:
    result = run("open", "geomsa", "--territory", "labege", "--print")

    assert (result.exit_code, result.stdout) == (0, "https://geomsa.msa.fr/\n")
    assert "Labège est à chercher sur le site" in result.stderr


def test_a_source_that_does_not_cover_the_territory_is_not_opened(run: Run) -> None:
    result = run("open", "picto-occitanie", "--territory", "rennes", "--print")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "ne couvre pas Rennes" in result.stderr


def test_of_several_sources_those_that_cover_the_territory_are_opened(run: Run) -> None:
    result = run("open", "picto-occitanie", "openstreetmap", "--territory", "rennes", "--print")

    assert result.exit_code == 1
    assert result.stdout.startswith("https://www.openstreetmap.org/#map=13/48.")


def test_a_closed_source_still_opens_its_successor(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(
        "sources:\n  - id: a\n    title: A\n    url: https://a.example/\n"
        "    territory_urls: {commune: 'https://a.example/{code}'}\n"
        "    lifecycle: {status: closed, successor: 'https://b.example/'}\n",
        encoding="utf-8",
    )

    result = run("open", "a", "--territory", "labege", "--print", "--catalogue", str(file))

    assert result.stdout == "https://b.example/\n"
    assert "fermé" in result.stderr


def test_a_source_at_random_covers_the_territory(run: Run) -> None:
    sources = ("data-laregion", "openig", "picto-occitanie", "cadastre")

    drawn = {run("open", "--random", "--territory", "rennes", "--print", *sources).stdout for _ in range(10)}

    assert drawn == {"https://cadastre.data.gouv.fr/datasets/cadastre-etalab\n"}


def test_the_original_address_is_of_no_territory(run: Run) -> None:
    result = run("open", "banatic", "--territory", "labege", "--original", "--print")

    assert result.stdout == "https://www.banatic.interieur.gouv.fr\n"


@pytest.fixture
def at_home() -> None:
    """Settings that name a territory."""
    config_folder().mkdir(parents=True)
    (config_folder() / "config.toml").write_text('territory = "sicoval"\n', encoding="utf-8")


@pytest.mark.usefixtures("at_home")
def test_the_settings_may_name_the_territory(run: Run) -> None:
    assert run("open", "insee-dossier", "--print").stdout == f"{INSEE}EPCI-243100633\n"
    assert run("open", "insee-dossier", "--print", "--territory", "rennes").stdout == f"{INSEE}COM-35238\n"
    assert run("links", "insee-dossier").stdout.split("\t")[3] == f"{INSEE}EPCI-243100633"


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize("nothing", ["-", ""])
def test_a_dash_forgets_the_territory_of_the_settings(run: Run, nothing: str) -> None:
    assert run("open", "insee-dossier", "--print", "--territory", nothing).stdout == f"{INSEE}FE-1\n"


def test_one_source_that_does_not_cover_the_territory_is_told_in_the_singular(run: Run) -> None:
    told = run("list", "data-toulouse-metropole", "--territory", "sicoval").stderr.replace("\u00a0", " ")

    assert told == "1 source ne couvre pas CA du Sicoval ; --territory - la montre\n"


@pytest.mark.usefixtures("at_home")
def test_the_territory_of_the_settings_keeps_no_source_from_being_opened(run: Run) -> None:
    geomsa = run("open", "geomsa", "--print")
    toulouse = run("open", "data-toulouse-metropole", "--print")

    assert (geomsa.exit_code, geomsa.stderr) == (0, "")
    assert (toulouse.exit_code, toulouse.stdout) == (0, "https://data.toulouse-metropole.fr\n")
    assert "ne couvre pas CA du Sicoval" in toulouse.stderr


def test_a_wrong_territory_of_the_settings_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIAGSOURCES_TERRITORY", "xyzzyqwk")

    result = run("list")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "territoire inconnu" in result.stderr


def test_list_has_only_the_sources_that_cover_the_territory(run: Run) -> None:
    everywhere = {line.split("\t")[0] for line in run("list").stdout.splitlines()}
    rennes = {line.split("\t")[0] for line in run("list", "--territory", "rennes").stdout.splitlines()}
    sicoval = {line.split("\t")[0] for line in run("list", "--territory", "sicoval").stdout.splitlines()}

    assert everywhere - sicoval == {"data-toulouse-metropole"}
    assert everywhere - rennes == {
        *("atd31", "auat", "caf-midi-pyrenees", "cartopsy-occitanie", "data-haute-garonne", "data-laregion"),
        *("data-sicoval", "data-toulouse-metropole", "dreal-occitanie", "insee-sicoval", "openig", "picto-occitanie"),
        "terristory-occitanie",
    }


def test_list_gives_the_addresses_of_the_territory(run: Run) -> None:
    (row,) = csv.DictReader(StringIO(run("list", "banatic", "--territory", "labege", "-f", "csv").stdout))
    (record,) = json.loads(run("list", "banatic", "--territory", "labege", "-f", "json").stdout)["sources"]

    assert row["territory_url"] == "https://www.banatic.interieur.gouv.fr/intercommunalite/243100633"
    assert row["territory"] == "epci:243100633"
    assert record["territory_address"] == {
        "url": row["territory_url"],
        "territory": {"level": "epci", "code": "243100633", "name": "CA du Sicoval"},
        "said": "Labège (commune) : pas d'adresse à ce niveau, voici CA du Sicoval (EPCI)",
    }


def test_list_without_a_territory_has_no_column_for_it(run: Run) -> None:
    assert "territory" not in run("list", "banatic", "-f", "csv").stdout.splitlines()[0]


def test_the_screen_of_list_says_where_an_address_leads_and_what_is_left_out(run: Run) -> None:
    result = run("list", "-t", "finances", "-t", "occitanie", "--territory", "rennes", "-f", "table")

    assert "→ Rennes" in result.stdout
    assert "sources ne couvrent pas Rennes" in result.stderr


def test_search_finds_what_covers_the_territory(run: Run) -> None:
    sicoval = run("search", "open data", "--territory", "sicoval").stdout
    rennes = run("search", "open data", "--territory", "rennes").stdout

    assert "data-sicoval" in sicoval
    assert "data-sicoval" not in rennes
    assert run("search", "xyzzyqwk", "--territory", "rennes").stderr == (
        "aucune source qui couvre Rennes ne contient ces mots\n"
    )


def test_show_ends_with_the_address_of_the_territory(run: Run) -> None:
    card = run("show", "banatic", "--territory", "labege").stdout.splitlines()
    (record,) = json.loads(run("show", "banatic", "--territory", "labege", "-f", "json").stdout)["sources"]

    assert "banatic\tEPCI\thttps://www.banatic.interieur.gouv.fr/intercommunalite/243100633" in card
    assert record["territory_address"]["territory"]["code"] == "243100633"


def test_show_tells_of_addresses_by_territory_and_of_a_territory_that_is_left_out(run: Run) -> None:
    assert "EPCI\xa0: diagsources open banatic --territory NOM" in run("show", "banatic").stdout
    assert "ce territoire n'est pas couvert" in run("show", "picto-occitanie", "--territory", "rennes").stdout


def test_links_needs_a_territory(run: Run) -> None:
    result = run("links")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "il manque un territoire" in result.stderr


def test_links_gives_every_address_of_the_territory(run: Run) -> None:
    result = run("links", "--territory", "sicoval")

    rows = {line.split("\t")[0]: line.split("\t")[3:] for line in result.stdout.splitlines()}
    with_epci = {s.id for s in load().sources if {t.level for t in s.territory_urls} & {"epci", "departement"}}
    assert rows.keys() == with_epci
    assert rows["insee-dossier"] == [f"{INSEE}EPCI-243100633", "epci:243100633", ""]
    assert rows["umap"][2] == "adresse incertaine"
    assert all("{" not in url and "243100633" in url + place for url, place, _ in rows.values())
    assert "sans adresse directe" in result.stderr


def test_overseas_it_is_said_once_that_not_every_source_goes_there(run: Run) -> None:
    result = run("links", "--territory", "commune:98735")

    assert result.exit_code == 0
    assert result.stderr.replace("\u00a0", " ").splitlines()[0] == (
        "Polynésie française, outre-mer : les sources de la France entière n'y vont pas toutes"
    )


def test_links_can_give_the_sources_where_one_has_to_search_too(run: Run) -> None:
    rows = [line.split("\t") for line in run("links", "--territory", "labege", "--all").stdout.splitlines()]

    assert ["geomsa", "agriculture"] in [row[:2] for row in rows]
    assert "data-toulouse-metropole" not in {row[0] for row in rows}
    assert "geo-data-gouv" not in {row[0] for row in rows}, "closed"


def test_links_on_a_screen_have_whole_addresses_under_their_themes(run: Run) -> None:
    shown = run("links", "--territory", "labege", "-t", "finances", "-f", "table").stdout.splitlines()

    assert shown[0] == "Labège · commune · Haute-Garonne (31)"
    assert shown[2] == "Finances locales  2\xa0sources"
    assert "  https://www.banatic.interieur.gouv.fr/intercommunalite/243100633" in shown
    assert " ".join(shown[-4:]).startswith("Source\xa0: Insee, Code officiel géographique au 1er janvier 2026")
    assert "    Labège (commune)\xa0: pas d'adresse à ce niveau, voici CA du Sicoval (EPCI)" in shown


def test_links_as_json_say_of_which_territory_each_is(run: Run) -> None:
    document = json.loads(run("links", "--territory", "labege", "banatic", "-f", "json").stdout)

    assert document == {
        "schema": "diagsources.links/1",
        "territory": {"level": "commune", "code": "31254", "name": "Labège"},
        "vintage": "2026",
        "source": about()["source"],
        "licence": "etalab-2.0",
        "links": [
            {
                "id": "banatic",
                "title": "BANATIC, base nationale sur l'intercommunalité",
                "theme": "finances",
                "publisher": "Direction générale des collectivités locales (DGCL)",
                "url": "https://www.banatic.interieur.gouv.fr/intercommunalite/243100633",
                "territory": {"level": "epci", "code": "243100633", "name": "CA du Sicoval"},
                "said": "Labège (commune) : pas d'adresse à ce niveau, voici CA du Sicoval (EPCI)",
            }
        ],
    }


@pytest.mark.parametrize("words", ["\x1b[31m", "xyzzyqwk", "commune:00000"])
def test_a_territory_that_is_nowhere_stops_every_command(run: Run, words: str) -> None:
    for command in (
        ["open", "banatic", "--print"],
        ["list"],
        ["show", "banatic"],
        ["search", "logement"],
        ["links"],
        ["check"],
    ):
        result = run(*command, "--territory", words)

        assert (result.exit_code, result.stdout) == (2, "")
        assert "territoire inconnu" in result.stderr
        assert "\x1b" not in result.stderr


def test_links_as_markdown_is_a_page_by_theme(run: Run) -> None:
    page = run("links", "--territory", "labege", "-t", "finances", "-f", "markdown").stdout.splitlines()

    assert page[:6] == [
        "# Les sources pour Labège",
        "",
        "Labège · commune · Haute-Garonne (31)",
        "",
        "## Finances locales",
        "",
    ]
    assert page[6].startswith(
        "- [BANATIC, base nationale sur l'intercommunalité]"
        "(<https://www.banatic.interieur.gouv.fr/intercommunalite/243100633>) — Labège (commune)"
    )


class Bookmarks(HTMLParser):
    """Reads a file of bookmarks as browsers do: folders, and the links in them."""

    def __init__(self) -> None:
        super().__init__()
        self.path: list[str] = []
        self.links: list[tuple[tuple[str, ...], str, str]] = []
        self._tag = ""
        self._href = ""
        self._name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A folder takes the heading before it."""
        self._tag, self._href = tag, dict(attrs).get("href") or ""
        if tag == "dl":
            self.path.append(self._name)

    def handle_endtag(self, tag: str) -> None:
        """The end of a list is the end of its folder."""
        self._tag = ""
        if tag == "dl":
            self.path.pop()

    def handle_data(self, data: str) -> None:
        """Names of folders, and of links."""
        if self._tag == "h3":
            self._name = data
        if self._tag == "a":
            self.links.append((tuple(self.path[1:]), data, self._href))


def test_links_as_html_are_bookmarks_that_a_browser_imports(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "favoris.html"

    assert run("links", "--territory", "labege", "-o", str(file)).exit_code == 0

    text = file.read_text(encoding="utf-8")
    reader = Bookmarks()
    reader.feed(text)
    assert text.startswith("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n")
    assert (
        ("Labège (commune)", "Statistiques"),
        "Dossier complet d'un territoire (Insee)",
        f"{INSEE}COM-31254",
    ) in reader.links
    assert len(reader.links) == len(run("links", "--territory", "labege").stdout.splitlines())


def test_bookmarks_of_a_hostile_catalogue_are_text(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(
        "sources:\n"
        "  - id: a\n    title: '<script>alert(1)</script>'\n    url: https://a.example/\n"
        "    territory_urls: {commune: 'https://u:secret@a.example/\"><img src=x>/{code}'}\n"
        "  - id: b\n    title: B\n    url: javascript:alert(1)\n",
        encoding="utf-8",
    )

    page = run("links", "--territory", "labege", "--all", "--catalogue", str(file), "-f", "html").stdout
    text = run("links", "--territory", "labege", "--all", "--catalogue", str(file), "-f", "markdown").stdout

    assert "<script" not in page
    assert "<img" not in page
    assert "<img" not in text.replace("\\<", "")
    assert "javascript:" not in page
    assert "secret" not in page + text


CATALOGUE = """\
theme: eau
sources:
  - id: rivieres
    title: Débit des rivières
    url: {ok}
    coverage: [region:53]
    territory_urls:
      commune: {ok}?c={{code}}
      epci:
        url: {gone}?e={{code}}
        confidence: unsure
  - id: nappes
    title: Niveau des nappes
    url: {ok}
"""


@pytest.fixture
def waters(tmp_path: Path, web: Web) -> Path:
    """A catalogue of Brittany whose addresses of EPCI have rotted."""
    file = tmp_path / "eau.yaml"
    file.write_text(CATALOGUE.format(ok=web.url("/ok"), gone=web.url("/gone/404")), encoding="utf-8")
    return file


def checked(run: Run, file: Path, *words: str) -> list[tuple[str, str, str, str, int]]:
    """What check says of each link of *file*."""
    result = run("check", "--catalogue", str(file), "-f", "jsonl", *QUICK, *words)
    records: list[dict[str, Any]] = [json.loads(line) for line in result.stdout.splitlines()]
    keys = ("id", "rel", "url", "verdict", "line")
    return sorted((*(record[key] for key in keys[:-1]), record["line"]) for record in records)


def test_check_tries_every_template_with_a_territory_that_it_covers(run: Run, waters: Path, web: Web) -> None:
    assert checked(run, waters) == [
        ("nappes", "url", web.url("/ok"), "ok", 14),
        ("rivieres", "territory", web.url("/gone/404?e=243500139"), "broken", 10),
        ("rivieres", "territory", web.url("/ok?c=35238"), "ok", 8),
        ("rivieres", "url", web.url("/ok"), "ok", 5),
    ]


def test_check_asks_the_addresses_of_a_territory_too(run: Run, waters: Path, web: Web) -> None:
    asked = checked(run, waters, "--territory", "quimper")

    assert ("rivieres", "territory", web.url("/ok?c=29232"), "ok", 8) in asked
    assert len(asked) == 5


def test_check_of_a_territory_that_a_source_leaves_out_asks_nothing_more(run: Run, waters: Path) -> None:
    assert checked(run, waters, "--territory", "labege") == checked(run, waters)


def test_a_template_that_rots_is_told_where_it_stands(run: Run, waters: Path) -> None:
    result = run("check", "--catalogue", str(waters), "-f", "table", "--color", "never", *QUICK)

    assert result.exit_code == 1
    assert "rivieres (par territoire)" in result.stdout


def test_fix_leaves_templates_alone(run: Run, waters: Path) -> None:
    before = waters.read_bytes()

    result = run("fix", "--catalogue", str(waters), "--check", "--offline", "--unsafe", "--write", *QUICK[:1])

    assert result.exit_code == 0, result.stderr
    assert waters.read_bytes() == before


def test_a_real_process_goes_there_too(process: Process) -> None:
    done = process("open", "insee-dossier", "--territory", "labege", "--print")

    assert (done.returncode, done.stdout, done.stderr) == (0, f"{INSEE}COM-31254\n", "")
