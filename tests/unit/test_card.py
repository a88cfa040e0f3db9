"""A source's card: the critical reading first, and what is unknown said to be unknown."""

from datetime import date

import pytest

from diagsources.model import (
    Address,
    Catalogue,
    Caution,
    Lifecycle,
    Publisher,
    Source,
    Theme,
    Verification,
)
from diagsources.reports.card import card, day, state

BARE = Source(id="nu", title="Nu", url="https://nu.fr/", theme="sante", file="sante.yaml", line=7)
NEW = Source(id="neuf", title="Neuf", url="https://moi:secret@neuf.fr/", theme="sante")
FULL = Source(
    id="plein",
    title="Plein",
    url="https://moi:secret@plein.fr/",
    document_url="http://moi:secret@plein.fr/vieux",
    section="Santé",
    also=("statistiques", "ailleurs"),
    description="Tout ce qu'on peut dire.",
    kind="observatoire",
    publisher="drees",
    producer="Un bureau d'études",
    collection=("enquete", "administratif"),
    transformations=("secret-statistique", "agregation"),
    cautions=(Caution("Rupture de série en 2020.", "https://moi:secret@drees.fr/serie"), Caution("Arrondis.")),
    confused_with=("neuf", "inconnue"),
    access=("api", "carte"),
    granularity=("commune", "epci"),
    coverage=("pays:FR",),
    frequency="ANNUAL",
    licence="etalab-2.0",
    keywords=("soins", "santé"),
    platform="opendatasoft",
    links=(Address("api", "https://moi:secret@api.fr/", "Version 2"), Address("former", "http://ancien.fr/")),
    lifecycle=Lifecycle(status="replaced", since="2025-04", successor="neuf", note="Voir le blog."),
    verified=Verification(on=date(2026, 11, 1), confidence="likely", evidence=("https://moi:secret@preuve.fr/",)),
    theme="sante",
    file="sante.yaml",
    line=41,
)
CATALOGUE = Catalogue(
    themes=(Theme("sante", "Santé et social"), Theme("statistiques", "Statistiques")),
    publishers={"drees": Publisher("drees", "DREES", kind="service-statistique-public")},
    sources=(BARE, NEW, FULL),
)


def said(source: Source) -> dict[str, tuple[str, ...]]:
    """What the card of *source* says, by label."""
    return {entry.label: entry.values for section in card(CATALOGUE, source) for entry in section.entries}


def test_the_critical_reading_comes_first() -> None:
    first = card(CATALOGUE, FULL)[0]

    assert first.title == "Lecture critique"
    assert [entry.label for entry in first.entries] == [
        "Qui publie",
        "Qui produit",
        "Collecte",
        "Transformations",
        "Mailles",
        "Se méfier",
        "Ne pas confondre",
    ]


@pytest.mark.parametrize(
    ("label", "values"),
    [
        ("Qui publie", ("DREES · service statistique public",)),
        ("Qui produit", ("Un bureau d'études",)),
        ("Collecte", ("enquête, données administratives",)),
        ("Transformations", ("secret statistique, agrégation",)),
        ("Mailles", ("commune, EPCI",)),
        ("Se méfier", ("Rupture de série en 2020. https://***@drees.fr/serie", "Arrondis.")),
        ("Ne pas confondre", ("neuf\u00a0: Neuf", "inconnue")),
        ("Description", ("Tout ce qu'on peut dire.",)),
        ("Nature", ("observatoire",)),
        ("Thèmes", ("Santé et social, Statistiques, ailleurs",)),
        ("Rubrique du document", ("Santé",)),
        ("Couverture", ("France",)),
        ("Mise à jour", ("annuelle",)),
        ("Mots-clés", ("soins, santé",)),
        ("Adresse", ("https://***@plein.fr/",)),
        ("Adresse du document", ("http://***@plein.fr/vieux",)),
        ("Accès", ("API, par la carte",)),
        ("API", ("https://***@api.fr/ — Version 2",)),
        ("Ancienne adresse", ("http://ancien.fr/",)),
        ("Licence", ("Licence Ouverte 2.0 (etalab-2.0)",)),
        ("Plateforme", ("Opendatasoft",)),
        ("État", ("remplacé depuis avril 2025",)),
        ("À la place", ("neuf, https://***@neuf.fr/",)),
        ("Remarque", ("Voir le blog.",)),
        ("Identifiant", ("plein",)),
        ("Où", ("sante.yaml:41",)),
        ("Vérifiée", ("1er novembre 2026 (probable)",)),
        ("D'après", ("https://***@preuve.fr/",)),
    ],
)
def test_all_that_is_known_is_said_in_french(label: str, values: tuple[str, ...]) -> None:
    assert said(FULL)[label] == values


@pytest.mark.parametrize(
    ("label", "unknown"),
    [
        ("Qui publie", "inconnu"),
        ("Qui produit", "inconnu"),
        ("Collecte", "inconnue"),
        ("Transformations", "inconnues"),
        ("Mailles", "inconnues"),
        ("Se méfier", "rien n'a été relevé, ce qui ne prouve rien"),
        ("Description", "inconnue"),
        ("Nature", "inconnue"),
        ("Couverture", "inconnue"),
        ("Mise à jour", "inconnue"),
        ("Accès", "inconnu"),
        ("Licence", "inconnue"),
        ("Plateforme", "inconnue"),
        ("Vérifiée", "jamais"),
    ],
)
def test_what_is_unknown_is_said_to_be_unknown(label: str, unknown: str) -> None:
    assert said(BARE)[label] == (unknown,)


def test_the_publisher_is_taken_for_the_producer_with_a_doubt() -> None:
    assert said(BARE._replace(publisher="drees"))["Qui produit"] == ("le même, à ce qu'on sait",)


@pytest.mark.parametrize("source", [BARE, FULL])
def test_no_line_of_the_card_is_empty(source: Source) -> None:
    for section in card(CATALOGUE, source):
        assert section.entries
        assert all(entry.label and entry.values and all(entry.values) for entry in section.entries)


def test_a_successor_is_named_with_its_address() -> None:
    source = BARE._replace(lifecycle=Lifecycle(status="closed", successor="neuf"))

    assert said(source)["À la place"] == ("neuf, https://***@neuf.fr/",)


def test_a_successor_outside_the_catalogue_is_its_address() -> None:
    source = BARE._replace(lifecycle=Lifecycle(status="closed", successor="https://moi:secret@ailleurs.fr/"))

    assert said(source)["À la place"] == ("https://***@ailleurs.fr/",)


@pytest.mark.parametrize(
    ("when", "french"),
    [
        ("2024", "2024"),
        ("2024-03", "mars 2024"),
        ("2024-03-22", "22 mars 2024"),
        ("2025-08-01", "1er août 2025"),
        ("2025-12-09", "9 décembre 2025"),
    ],
)
def test_a_date_is_said_in_french_as_far_as_it_is_known(when: str, french: str) -> None:
    assert day(when) == french


@pytest.mark.parametrize(
    ("lifecycle", "french"),
    [
        (Lifecycle(), "en service"),
        (Lifecycle("closed", since="2021"), "fermé depuis 2021"),
        (Lifecycle("moved", since="2021-02"), "déplacé depuis février 2021"),
        (Lifecycle("replaced", since="2021-02-03"), "remplacé depuis le 3 février 2021"),
    ],
)
def test_a_state_says_since_when(lifecycle: Lifecycle, french: str) -> None:
    assert state(lifecycle) == french


def test_a_licence_of_the_sites_own_is_said_so() -> None:
    assert said(BARE._replace(licence="propre"))["Licence"] == ("conditions propres au site",)


def test_every_shipped_source_has_a_card(shipped: Catalogue) -> None:
    for source in shipped.sources:
        assert len(card(shipped, source)) == 4
