"""What a page says of itself, however badly it is written."""

import pytest

from diagsources.check.describe import describe
from diagsources.mending import PageSays


def says(head: str, content_type: str = "text/html; charset=utf-8") -> PageSays:
    """What the page with *head* says."""
    return describe(
        f"<!doctype html><html lang='fr-FR'><head>{head}</head><body><p>Un texte.</p>".encode(), content_type
    )


@pytest.mark.parametrize(
    ("title", "site", "kept"),
    [
        ("Débit des rivières | data.gouv.fr", "data.gouv.fr", "Débit des rivières"),
        ("Débit — par station — Mon portail", "Mon Portail", "Débit — par station"),
        ("Mon portail - Débit des rivières", "mon portail", "Débit des rivières"),
        ("Débit des rivières - par station", "Mon portail", "Débit des rivières - par station"),
        ("Mon portail", "Mon portail", "Mon portail"),
        ("Haute-Garonne : atlas", "", "Haute-Garonne : atlas"),
    ],
)
def test_a_title_is_without_the_name_of_its_site(title: str, site: str, kept: str) -> None:
    assert says(f"<title>{title}</title><meta property='og:site_name' content='{site}'>").title == kept


def test_the_title_made_for_sharing_comes_before_that_of_the_window() -> None:
    head = "<title>(3) Accueil</title><meta property='og:title' content='Débit des rivières'>"

    assert says(head).title == "Débit des rivières"


def test_a_description_is_text_were_it_given_as_html() -> None:
    head = "<meta name=description content='Débit &amp;lt; 5 m³/s.&lt;br&gt;Par &lt;b&gt;station&lt;/b&gt;, si 1 < 2.'>"

    assert says(head).description == "Débit &lt; 5 m³/s. Par station , si 1 < 2."


def test_a_dataset_described_for_search_engines_is_read() -> None:
    head = """<script type="application/ld+json">{"@graph": [{"@type": ["Dataset"], "name": "Débit",
    "description": "<p>Par station.</p>", "keywords": "eau, rivières, eau",
    "creator": {"name": "Agence"}, "publisher": [{"name": "Portail"}]}]}</script>"""

    found = says(head)

    assert (found.title, found.description, found.publisher) == ("Débit", "Par station.", "Portail")
    assert found.keywords == ("eau", "rivières")


@pytest.mark.parametrize("data", ["{", "[" * 100_000, "null", '{"@type": 3}', '{"@type": "Dataset", "name": ["x"]}'])
def test_a_description_that_is_none_is_passed_over(data: str) -> None:
    assert says(f'<title>Débit</title><script type="application/ld+json">{data}</script>').title == "Débit"


def test_a_language_is_a_code() -> None:
    assert says("").language == "fr-FR"
    assert describe(b"<html><meta property='og:locale' content='en_GB'>", "text/html").language == "en-GB"


def test_letters_are_read_as_the_page_has_them() -> None:
    body = "<title>Débit</title>".encode("latin-1")

    assert describe(body, "text/html; charset=iso-8859-1").title == "Débit"


@pytest.mark.parametrize(
    ("mark", "platform"),
    [
        ("<script>window.GCO5 = {}</script>", "geoclip"),
        ('<meta name="generator" content="udata 10">', "udata"),
        ('<script src="https://static.opendatasoft.com/x.js"></script>', "opendatasoft"),
        ('<meta name="generator" content="CKAN 2.10">', "ckan"),
        ('<link href="/wp-content/themes/x.css">', "wordpress"),
        ("", ""),
    ],
)
def test_a_platform_is_known_by_its_marks(mark: str, platform: str) -> None:
    assert says(mark).platform == platform
