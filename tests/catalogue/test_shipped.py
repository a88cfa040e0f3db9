"""The catalogue that is shipped: the document's list whole, and what every entry owes its reader."""

import re
from pathlib import Path

import pytest

from diagsources.catalogue import load
from diagsources.model import ID_PATTERN, Catalogue
from diagsources.text import fold

DATA = Path(__file__).parents[1] / "data"

ALIASES = {
    "statistiques": ["stats", "demographie", "insee"],
    "environnement": ["logement", "energie", "transport", "climat", "risques"],
    "sante": ["social", "emploi", "santé", "sport"],
    "agriculture": ["agricole"],
    "occitanie": ["local", "sicoval", "toulouse", "haute-garonne", "31"],
    "finances": ["fiscalite", "budget", "collectivites"],
    "cartes": ["carte", "carto", "sig", "fonds-de-carte"],
    "opendata": ["recherche", "veille", "portails"],
}
"""The themes in their order, and the other words for them."""


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load()


def lines_of(name: str) -> list[str]:
    """The lines of a file of tests/data."""
    return (DATA / name).read_text(encoding="utf-8").splitlines()


def test_the_shipped_catalogue_has_no_problem(shipped: Catalogue) -> None:
    assert shipped.problems == ()
    assert shipped.lost == 0


def test_the_shipped_catalogue_has_every_source_of_the_document(shipped: Catalogue) -> None:
    assert len(shipped.sources) >= 56


def test_the_themes_are_the_eight_of_the_design_in_their_order(shipped: Catalogue) -> None:
    assert [theme.id for theme in shipped.themes] == list(ALIASES)


def test_every_theme_has_sources_of_its_own(shipped: Catalogue) -> None:
    assert {source.theme for source in shipped.sources} == set(ALIASES)


@pytest.mark.parametrize("theme_id", ALIASES)
def test_a_theme_answers_to_its_aliases(shipped: Catalogue, theme_id: str) -> None:
    (theme,) = (theme for theme in shipped.themes if theme.id == theme_id)

    assert set(ALIASES[theme_id]) <= set(theme.aliases)


def test_every_url_of_the_document_is_in_the_catalogue_as_it_is_written() -> None:
    known = {
        url
        for source in load().sources
        for url in (source.url, source.document_url, *(link.url for link in source.links))
    }

    missing = [url for url in lines_of("document-urls.txt") if url not in known]

    assert len(lines_of("document-urls.txt")) == 59
    assert missing == []


def test_an_id_is_never_changed_nor_dropped(shipped: Catalogue) -> None:
    ids = {source.id for source in shipped.sources}

    gone = [frozen for frozen in lines_of("ids.txt") if frozen not in ids]

    assert gone == [], "people type these: keep the entry, and say what became of it in its lifecycle"


def test_every_id_is_frozen_once_it_is_shipped(shipped: Catalogue) -> None:
    unlisted = {source.id for source in shipped.sources} - set(lines_of("ids.txt"))

    assert unlisted == set(), "add them to tests/data/ids.txt"


def test_the_frozen_ids_are_in_kebab_case_each_once() -> None:
    ids = lines_of("ids.txt")

    assert all(re.fullmatch(ID_PATTERN, each) for each in ids)
    assert ids == sorted(set(ids))


def test_every_source_of_the_document_says_where_it_is_there(shipped: Catalogue) -> None:
    assert len([source for source in shipped.sources if source.section]) == 56


@pytest.mark.parametrize("key", ["publisher", "verified"])
def test_every_source_says_who_publishes_it_and_when_it_was_verified(shipped: Catalogue, key: str) -> None:
    silent = [source.id for source in shipped.sources if not getattr(source, key)]

    assert silent == []


def test_every_publisher_of_a_source_is_declared(shipped: Catalogue) -> None:
    declared = set(shipped.publishers)

    free = {source.publisher for source in shipped.sources} - declared

    assert free == set()


def test_a_source_out_of_service_has_a_note_that_says_what_became_of_it(shipped: Catalogue) -> None:
    out_of_service = [source for source in shipped.sources if source.status != "active"]

    silent = [source.id for source in out_of_service if not (source.lifecycle and source.lifecycle.note)]

    assert out_of_service
    assert silent == []


def test_the_first_advice_is_to_stay_critical(shipped: Catalogue) -> None:
    assert shipped.advice is not None
    assert shipped.advice.title == "Rester critique"
    assert "d'où proviennent les données" in shipped.advice.text


def test_a_further_theme_is_a_declared_one(shipped: Catalogue) -> None:
    declared = {theme.id for theme in shipped.themes}

    assert {theme for source in shipped.sources for theme in source.themes} == declared


def test_the_addresses_by_territory_that_are_known_are_given(shipped: Catalogue) -> None:
    levels = {
        source.id: [template.level for template in source.territory_urls]
        for source in shipped.sources
        if source.territory_urls
    }

    assert levels == {
        "agreste-cartostat": ["commune"],
        "api-geo": ["commune", "epci"],
        "atd31": ["commune", "epci"],
        "banatic": ["epci"],
        "data-gouv": ["commune", "epci", "departement", "region"],
        "dvf": ["commune", "epci"],
        "geoportail": ["commune", "epci", "departement", "arrondissement-municipal", "ept"],
        "geoportail-urbanisme": ["commune", "epci", "arrondissement-municipal", "ept"],
        "georisques": ["commune"],
        "insee-comparateur": ["commune", "epci", "departement"],
        "insee-dossier": ["commune", "epci", "departement", "region", "pays"],
        "insee-recherche-geo": ["commune", "epci", "departement", "region"],
        "insee-statistiques-locales": ["commune", "epci"],
        "observatoire-cartographie": ["commune"],
        "ofgl": ["commune", "epci", "departement", "region"],
        "openstreetmap": ["commune", "epci", "departement", "region", "arrondissement-municipal", "ept"],
        "picto-occitanie": ["commune", "epci"],
        "remonter-le-temps": ["commune", "epci", "arrondissement-municipal", "ept"],
        "terristory-occitanie": ["commune"],
        "umap": ["commune", "epci"],
    }


def test_the_source_that_no_address_leads_into_says_why_and_what_to_take_instead(shipped: Catalogue) -> None:
    accounts = shipped.find("comptes-collectivites")

    assert accounts is not None
    assert not accounts.territory_urls
    assert "session" in (accounts.territory_note or "")
    assert "(ofgl)" in (accounts.territory_note or "")
    assert shipped.find("ofgl") is not None


# the questions and the guides


def test_the_first_guide_asks_every_question(shipped: Catalogue) -> None:
    assert shipped.guides[0].questions == ()


def test_a_guide_asks_in_the_order_of_the_questions(shipped: Catalogue) -> None:
    order = [question.id for question in shipped.questions]

    for guide in shipped.guides:
        assert sorted(guide.questions, key=order.index) == list(guide.questions)


def test_every_guide_says_what_it_is_for(shipped: Catalogue) -> None:
    assert [guide.id for guide in shipped.guides if not guide.description] == []


def test_no_two_guides_answer_to_one_word(shipped: Catalogue) -> None:
    words = [fold(word) for guide in shipped.guides for word in (guide.id, guide.title, *guide.aliases)]

    assert len(words) == len(set(words))


def test_every_question_is_asked_by_a_guide_that_chooses(shipped: Catalogue) -> None:
    asked = {question for guide in shipped.guides for question in guide.questions}

    assert asked == {question.id for question in shipped.questions}


def test_every_question_has_two_sources_that_cover_all_of_france_or_say_no_limit(shipped: Catalogue) -> None:
    sources = {source.id: source for source in shipped.sources}

    for question in shipped.questions:
        everywhere = [ident for ident in question.sources if not {*sources[ident].coverage} - {"pays:FR"}]
        assert len(everywhere) >= 2, question.id
