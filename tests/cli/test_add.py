"""`diagsources add`: what is proposed of a page, where it is written, and what is refused."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from diagsources.catalogue import load
from diagsources.model import Source
from tests.cli.conftest import Run
from tests.support.person import END, Seen, at_a_terminal
from tests.support.server import BEHAVIOURS, Conversation
from tests.support.web import Web

Serve = Callable[..., str]

CATALOGUE = """\
# Deux thèmes, un fichier.
themes:
  - id: eau
    title: Eau
    description: Rivières, nappes, débit
  - id: sante
    title: Santé
    aliases: [médecins]
publishers:
  - id: agence-eau
    name: Agence de l'eau Adour-Garonne
theme: eau
sources:
  # la première
  - id: rivieres
    title: Débit des rivières
    url: https://rivieres.example.org/
    keywords: [débit, rivière]

  - id: nappes   # souterraines
    title: Niveau des nappes
    url: https://nappes.example.org/#c=home
    document_url: http://old.example.org/nappes
# fin
"""

OPENDATASOFT = """<!doctype html><html lang="fr"><head>
<title>Débit des rivières de Garonne — Open Data</title>
<meta name="description" content="Mesures horaires du débit, par station : 2010-2026.">
<meta property="og:title" content="Débit des rivières de Garonne">
<script src="https://static.opendatasoft.com/ods-front.js"></script>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Dataset",
 "name": "Débit des rivières de Garonne",
 "publisher": {"@type": "Organization", "name": "Agence de l'eau Adour-Garonne"},
 "keywords": ["débit", "Garonne", "hydrométrie"]}</script></head>
<body><h1>Débit</h1><p>Des mesures.</p></body></html>"""

UDATA = """<!doctype html><html lang="fr"><head><title>Qualité de l'eau des rivières | data.gouv.fr</title>
<meta name="generator" content="udata 10.0"><meta property="og:site_name" content="data.gouv.fr">
<meta name="description" content="Analyses de l'eau des rivières.">
<script src="https://static.data.gouv.fr/_themes/app.js"></script></head>
<body><h1>Qualité de l'eau</h1><p>Des analyses.</p></body></html>"""

GEOCLIP = """<!doctype html><html lang=fr><head><title>Observatoire de l'eau - cartographie</title>
<script>window.GCO5 = {};</script><script src="GC_loadCss.php"></script></head>
<body><h1>Observatoire de l'eau</h1>
<p>Cartographie interactive des indicateurs de l'eau et des rivières.</p></body></html>"""

PLAIN = """<!doctype html><html lang="fr"><head><title>Les nappes de Gascogne</title>
<meta name="dcterms.publisher" content="Syndicat des eaux &amp; nappes">
<meta name="keywords" content="nappe, forage, nappe"></head>
<body><h1>Les nappes</h1><p>Niveau des nappes souterraines, forage par forage.</p></body></html>"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.yaml"
    file.write_text(CATALOGUE, encoding="utf-8")
    return file


@pytest.fixture
def serve(web: Web) -> Iterator[Serve]:
    """Serves a page, and gives its address."""
    served = []

    def page(path: str, body: str, status: int = 200, location: str = "") -> str:
        async def answer(talk: Conversation) -> None:
            also = [("location", location)] if location else []
            await talk.reply(status, body.encode(), also=also)

        BEHAVIOURS[path] = answer
        served.append(path)
        return web.url(path)

    yield page
    for path in served:
        del BEHAVIOURS[path]


def added(run: Run, file: Path, url: str, *words: str) -> Source:
    """The source that `add` makes of *url*; the rest of the file is as it was."""
    before = file.read_text(encoding="utf-8")

    result = run("add", url, "--catalogue", str(file), "--allow-private", *words)

    assert result.exit_code == 0, result.stderr
    assert file.read_text(encoding="utf-8").startswith(before.removesuffix("# fin\n"))
    assert file.read_text(encoding="utf-8").endswith("# fin\n")
    whole = load([file])
    assert whole.problems == ()
    assert len(whole.sources) == 3
    return whole.sources[-1]


def test_a_dataset_of_opendatasoft_gets_an_entry_from_what_its_page_says(run: Run, mine: Path, serve: Serve) -> None:
    url = serve("/explore/dataset/debit/", OPENDATASOFT)

    source = added(run, mine, url)

    assert (source.id, source.title, source.url) == (
        "debit-rivieres-garonne",
        "Débit des rivières de Garonne",
        url,
    )
    assert source.description == "Mesures horaires du débit, par station : 2010-2026."
    assert (source.platform, source.kind, source.publisher) == ("opendatasoft", "jeu-de-donnees", "agence-eau")
    assert source.keywords == ("débit", "Garonne", "hydrométrie")
    assert source.theme == "eau"
    assert source.verified is not None


def test_a_dataset_of_data_gouv_fr_gets_an_entry(run: Run, mine: Path, serve: Serve) -> None:
    source = added(run, mine, serve("/datasets/qualite-eau/", UDATA))

    assert (source.platform, source.kind) == ("udata", "jeu-de-donnees")
    assert source.title == "Qualité de l'eau des rivières"  # without the name of the site
    assert source.publisher == "data.gouv.fr"


def test_an_observatory_of_geoclip_gets_an_entry(run: Run, mine: Path, serve: Serve) -> None:
    source = added(run, mine, serve("/observatoire/", GEOCLIP))

    assert (source.platform, source.kind) == ("geoclip", "cartographie")
    assert source.id == "observatoire-eau-cartographie"


def test_a_plain_site_gets_an_entry(run: Run, mine: Path, serve: Serve) -> None:
    source = added(run, mine, serve("/nappes/", PLAIN))

    assert (source.title, source.publisher) == ("Les nappes de Gascogne", "Syndicat des eaux & nappes")
    assert source.keywords == ("nappe", "forage")
    assert source.platform is None


def test_what_its_keeper_says_has_the_last_word(run: Run, mine: Path, serve: Serve) -> None:
    words = ("--id", "x-1", "--title", "Un « titre » : #1", "-t", "Eau", "--publisher", "moi", "--kind", "atlas")

    source = added(run, mine, serve("/nappes/", PLAIN), *words, "--keyword", "a, b", "--keyword", "c")

    assert (source.id, source.title, source.publisher, source.kind) == ("x-1", "Un « titre » : #1", "moi", "atlas")
    assert source.keywords == ("a, b", "c")


def test_a_dry_run_shows_the_entry_and_writes_nothing(run: Run, mine: Path, serve: Serve) -> None:
    url = serve("/nappes/", PLAIN)

    result = run("add", url, "--catalogue", str(mine), "--allow-private", "--dry-run")

    assert result.exit_code == 0
    assert mine.read_text(encoding="utf-8") == CATALOGUE
    assert f"+    url: {url}" in result.stdout.splitlines()
    assert "-" not in {line[:1] for line in result.stdout.splitlines()[2:]}


@pytest.mark.parametrize(
    "url",
    [
        "https://rivieres.example.org",
        "HTTPS://RIVIERES.example.org:443/",
        "http://rivieres.example.org/",
        "https://nappes.example.org/",
        "http://old.example.org/nappes/",
    ],
)
def test_an_address_that_is_known_is_refused_before_anybody_is_asked(run: Run, mine: Path, url: str) -> None:
    result = run("add", url, "--catalogue", str(mine))

    assert result.exit_code == 2
    assert "déjà au catalogue" in result.stderr
    assert mine.read_text(encoding="utf-8") == CATALOGUE


def test_an_address_that_leads_to_a_known_one_is_refused(run: Run, mine: Path, serve: Serve) -> None:
    known = serve("/known/", PLAIN)
    mine.write_text(CATALOGUE.replace("https://rivieres.example.org/", known), encoding="utf-8")
    url = serve("/old/", "", 302, location=known)

    result = run("add", url, "--catalogue", str(mine), "--allow-private")

    assert (result.exit_code, "rivieres" in result.stderr) == (2, True)


def test_the_address_is_the_one_that_a_permanent_redirect_leads_to(run: Run, mine: Path, serve: Serve) -> None:
    new = serve("/new/", PLAIN)

    assert added(run, mine, serve("/old/", "", 301, location=new)).url == new


def test_an_address_with_a_password_is_not_added_whoever_gives_it(run: Run, mine: Path, serve: Serve) -> None:
    new = serve("/new/", PLAIN).replace("://", "://moi:secret@")
    given = ("--catalogue", str(mine), "--allow-private")

    typed = run("add", new, *given)
    led_to = run("add", serve("/old/", "", 301, location=new), *given)

    assert (typed.exit_code, led_to.exit_code) == (2, 2)
    assert "porte un nom d'utilisateur ou un mot de passe" in typed.stderr
    assert "qui n'est pas à écrire telle quelle" in led_to.stderr
    assert "secret" not in typed.stderr + led_to.stderr
    assert mine.read_text(encoding="utf-8") == CATALOGUE


def test_a_page_that_robots_may_not_read_is_added_with_what_its_keeper_says_and_not_as_verified(
    run: Run, mine: Path, serve: Serve
) -> None:
    url = serve("/wall/", "<h1>403 Forbidden</h1>", 403)
    given = ("--catalogue", str(mine), "--allow-private", "-t", "eau")

    untitled = run("add", url, *given)
    source = added(run, mine, url, "--title", "Derrière le mur", "-t", "eau")

    assert (untitled.exit_code, "donnez-le avec --title" in untitled.stderr) == (2, True)
    assert (source.title, source.verified) == ("Derrière le mur", None)


@pytest.mark.parametrize(("language", "is_told"), [("en", True), ("fr-CA", False), ("", False)])
def test_a_page_in_another_language_is_said_to_be(
    run: Run, mine: Path, serve: Serve, language: str, is_told: bool
) -> None:
    url = serve("/nappes/", PLAIN.replace('lang="fr"', f'lang="{language}"'))

    result = run("add", url, "--catalogue", str(mine), "--allow-private", "--dry-run")

    assert (result.exit_code, "la page se dit en langue" in result.stderr) == (0, is_told)


def test_a_private_address_is_refused_and_how_to_ask_it_is_said(run: Run, mine: Path, serve: Serve) -> None:
    result = run("add", serve("/new/", PLAIN), "--catalogue", str(mine))

    assert result.exit_code == 2
    assert "réseau privé" in result.stderr.replace("\u00a0", " ")
    assert "--allow-private la demande tout de même" in result.stderr
    assert "connexion" not in result.stderr


def test_a_page_that_is_not_there_is_refused(run: Run, mine: Path, web: Web) -> None:
    result = run("add", web.url("/gone/404"), "--catalogue", str(mine), "--allow-private")

    assert result.exit_code == 2
    assert "404" in result.stderr
    assert mine.read_text(encoding="utf-8") == CATALOGUE


@pytest.mark.parametrize(
    "title",
    [
        "x\n  - id: intrus\n    title: y",
        "a: b # c",
        "- id: intrus",
        "\x1b]0;pwned\x07 titre \u202e rtl \u2028 ligne",
        "!!python/object/apply:os.system [id]",
        "&ancre *alias {a: [b",
        "'",
        '"\\',
        "x" * 1_000_000,
        "é🙂" * 400,
        "null",
        "2024-01-01",
    ],
)
def test_whatever_a_page_is_called_the_entry_is_one_entry(run: Run, mine: Path, serve: Serve, title: str) -> None:
    page = f'<!doctype html><title>{title}</title><meta name=description content="{title.replace(chr(34), "")}">'
    url = serve("/hostile/", f"{page}<h1>Page</h1><p>Une page sur l'eau et les rivières, avec du texte.</p>")

    source = added(run, mine, url, "-t", "eau")

    assert len(source.title) <= 150
    assert source.title.isprintable() or "\u00a0" in source.title


def test_without_a_theme_that_resembles_it_one_is_asked_for(run: Run, mine: Path, serve: Serve) -> None:
    url = serve("/else/", "<!doctype html><title>Zzz</title><h1>Zzz</h1><p>Rien de tout cela, vraiment.</p>")

    result = run("add", url, "--catalogue", str(mine), "--allow-private")

    assert result.exit_code == 2
    assert "--theme, parmi eau, sante" in result.stderr


def test_an_entry_that_would_not_be_valid_is_not_written(run: Run, mine: Path) -> None:
    given = ("--catalogue", str(mine), "--offline", "--title", "T", "-t", "eau")

    for words in [("--id", "Pas Bon"), ("--id", "nappes"), ("--kind", "atlass"), ("--platform", "inconnue")]:
        result = run("add", "https://neuf.example.org/", *given, *words)

        assert result.exit_code == 2, words
    assert mine.read_text(encoding="utf-8") == CATALOGUE


def asked(file: Path, *answers: str) -> Seen:
    """What comes of `add` at a terminal, with these *answers*."""
    words = ("--catalogue", str(file), "--offline", "--publisher", "agence-eau")
    return at_a_terminal("add", "https://neuf.example.org/", *words, answers=answers)


def test_at_a_terminal_what_is_left_open_is_asked_and_asked_again_until_it_will_do(mine: Path) -> None:
    answers = ("", "Les crues", "nappes", "Pas Bon", "crues", "eaux", "Eau", "atlass", "atlas", "crue, étiage ,", "")

    result = asked(mine, *answers)

    assert result.exit_code == 0
    for said in (
        "il faut un titre",
        "est pris",
        "n'est pas un identifiant",
        "vouliez-vous dire eau",
        "nature inconnue",
    ):
        assert said in result.screen.replace("\u00a0", " ")
    source = load([mine]).sources[-1]
    assert (source.id, source.title, source.theme, source.kind) == ("crues", "Les crues", "eau", "atlas")
    assert (source.publisher, source.keywords) == ("agence-eau", ("crue", "étiage"))


def test_at_a_terminal_nothing_is_written_without_a_yes_or_when_left(mine: Path) -> None:
    refused = asked(mine, "Les crues", "", "eau", "-", "-", "n")
    left = asked(mine, "Les crues", END)

    assert (refused.exit_code, "rien n'a été écrit" in refused.screen) == (0, True)
    assert "+  - id: crues" in refused.screen
    assert left.exit_code == 130
    assert mine.read_text(encoding="utf-8") == CATALOGUE


def test_a_publisher_may_be_given_by_name(run: Run, mine: Path) -> None:
    words = ("--offline", "--title", "Neuf", "-t", "eau", "--publisher", "Agence de l'eau Adour-Garonne")

    assert added(run, mine, "https://neuf.example.org/", *words).publisher == "agence-eau"


def test_a_source_can_be_added_without_asking_its_page(run: Run, mine: Path) -> None:
    source = added(run, mine, "https://neuf.example.org/", "--offline", "--title", "Neuf", "-t", "eau")

    assert (source.id, source.title) == ("neuf", "Neuf")


def test_the_programs_own_catalogue_is_refused_before_anybody_is_asked(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mine: Path
) -> None:
    monkeypatch.setattr("diagsources.cli.rewriting._PACKAGE", tmp_path.resolve())  # as in a wheel

    written = run("add", "https://nobody.invalid/", "--catalogue", str(mine), "-t", "eau")
    shown = run("add", "https://neuf.example.org/", *f"--catalogue {mine} -t eau --offline --title Neuf -n".split())

    assert (written.exit_code, "celui du programme" in written.stderr) == (2, True)
    assert (shown.exit_code, "+  - id: neuf" in shown.stdout) == (0, True)
