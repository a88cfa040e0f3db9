"""The entry proposed of a new source: its id, its publisher, its theme, and who has its address already."""

from datetime import date

import pytest

from diagsources.catalogue import load
from diagsources.mending import PageSays, Wanted, already, drafted, theme_of
from diagsources.model import Address, Catalogue, Publisher, Source

KNOWN = Source(
    id="debit",
    title="Débit",
    url="https://debit.example.org/carte/",
    document_url="http://old.example.org/debit?b=2&a=1",
    links=(Address(rel="api", url="https://api.example.org/v1"),),
)
CATALOGUE = Catalogue(
    publishers={
        "drees": Publisher(id="drees", name="Direction de la recherche (DREES)"),
        "insee": Publisher(id="insee", name="Insee", url="https://www.insee.fr/"),
    },
    sources=(KNOWN,),
)


def entry(title: str, url: str = "https://new.example.org/", publisher: str = "") -> dict[str, object]:
    page = PageSays(title=title, publisher=publisher)
    return dict(drafted(CATALOGUE, url, page, Wanted(), on=date(2026, 11, 27)))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Débit", "debit-2"),
        ("Débit des rivières de l'Adour", "debit-rivieres-adour"),
        ("L'Œuvre & les ŒUFS de 2024", "oeuvre-oeufs-2024"),
        ("日本", "new-example-org"),
        ("Un très très long titre qui ne finit pas, vraiment jamais de la vie", "tres-tres-long-titre-qui"),
    ],
)
def test_an_id_is_made_of_the_telling_words_of_the_title(title: str, name: str) -> None:
    assert entry(title)["id"] == name


@pytest.mark.parametrize("name", ["DREES", "Direction de la recherche", "direction de la Recherche (Drees)", "drees"])
def test_a_publisher_that_is_known_by_either_name_goes_by_its_id(name: str) -> None:
    assert entry("Titre", publisher=name)["publisher"] == "drees"


def test_a_publisher_is_known_by_its_site_else_called_as_the_page_does() -> None:
    assert entry("Titre", url="https://statistiques.insee.fr/x")["publisher"] == "insee"
    assert entry("Titre", publisher="Syndicat des eaux")["publisher"] == "Syndicat des eaux"
    assert "publisher" not in entry("Titre")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://DEBIT.example.org:80/carte#c=home", "url"),
        ("http://old.example.org/debit?b=2&a=1#", "document_url"),
        ("https://api.example.org/v1/", "links"),
        ("https://www.debit.example.org/carte?utm_source=lettre&xtor=3", "url"),
        ("http://old.example.org/debit?b=2&fbclid=x&a=1", "document_url"),
        ("https://debit.example.org/carte/?x=1", None),
        ("http://old.example.org/debit?a=1", None),
        ("https://debit.example.org/carte/#c=indicator", None),
        ("https://debit.example.org/Carte/", None),
    ],
)
def test_an_address_is_known_however_it_is_written(url: str, key: str | None) -> None:
    known = already(CATALOGUE, [url])

    assert (known.key if known else None) == key


def test_the_theme_of_most_sources_is_found_from_those_of_the_others() -> None:
    shipped = load()

    found = 0
    for source in shipped.sources:
        others = shipped._replace(sources=tuple(other for other in shipped.sources if other != source))
        publisher = shipped.publishers.get(source.publisher or "")
        page = PageSays(source.title, source.description or "", publisher=publisher.name if publisher else "")
        found += theme_of(others, source.url, page) in source.themes

    assert found >= 0.8 * len(shipped.sources)
