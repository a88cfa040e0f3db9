"""Ranked search: what a student types, and what should come first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagsources.model import Catalogue, Caution, Lifecycle, Publisher, Source, Theme
from diagsources.query import Match, search


def source(
    ident: str,
    title: str = "Sans rapport",
    *,
    keywords: tuple[str, ...] = (),
    description: str = "",
    cautions: tuple[Caution, ...] = (),
) -> Source:
    """A source that says nothing but what it is given."""
    return Source(
        id=ident,
        title=title,
        url="https://exemple.invalid/",
        theme="autre",
        keywords=keywords,
        description=description,
        cautions=cautions,
    )


def found(sources: list[Source], words: str) -> list[str]:
    """The ids of what *words* find among *sources*."""
    return [hit.source.id for hit in search(Catalogue(sources=tuple(sources)), words)]


@pytest.mark.parametrize(
    "words", ["equipement", "équipements", "EQUIPEMENTS", "bse permanente", "base permanante", "bpe"]
)
def test_the_bpe_is_found_however_it_is_typed(shipped: Catalogue, words: str) -> None:
    assert search(shipped, words)[0].source.id == "insee-bpe"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("sicoval", "insee-sicoval"),
        ("pole emploi", "france-travail-epci"),
        ("chomage", "france-travail-epci"),
        ("taux de chômage", "france-travail-epci"),
        ("medecins", "demographie-medicale"),
        ("densité de médecins", "demographie-medicale"),
        ("santé mentale", "cartopsy-occitanie"),
        ("hopital", "atih"),
        ("sport", "injep-sport"),
        ("allocations familiales", "caf-midi-pyrenees"),
        ("fragilité des retraités", "observatoire-fragilites"),
        ("plu", "geoportail-urbanisme"),
        ("cadastre", "cadastre"),
        ("photo aerienne", "geoportail"),
        ("osm", "openstreetmap"),
        ("comptes communes", "comptes-collectivites-data-gouv"),
        ("balance comptable", "balances-communes"),
        ("intercommunalité", "banatic"),
        ("dette", "comptes-collectivites"),
        ("meteo", "meteo-france"),
        ("meto", "meteo-france"),
        ("dpe", "ademe"),
        ("gares", "sncf"),
        ("risques naturels", "geoidd"),
        ("permis de construire", "sitadel"),
        ("recensement agricole", "agreste-cartostat"),
        ("recencement de la populaton", "insee-recensement"),
        ("portrait de territoire", "insee-dossier"),
        ("open data toulouse", "data-toulouse-metropole"),
        ("haute-garonne", "data-haute-garonne"),
        ("données urbanisme", "geoportail-urbanisme"),
        ("où sont les données de l'urbanisme ?", "geoportail-urbanisme"),
    ],
)
def test_what_a_student_types_finds_what_is_meant_first(shipped: Catalogue, words: str, first: str) -> None:
    assert search(shipped, words)[0].source.id == first


@pytest.mark.parametrize(
    ("words", "among"),
    [
        ("sicoval", "data-sicoval"),
        ("chomeurs", "dares-communes"),
        ("revenus", "insee-statistiques-locales"),
        ("retraités fragiles", "observatoire-fragilites"),
        ("iris", "insee-recensement"),
        ("fiscalité locale", "dgcl-statistiques"),
        ("energie", "ademe"),
        ("logements", "sdes"),
        ("licence ouverte", "observatoire-territoires"),
        ("moteur de recherche", "google-dataset-search"),
        ("fond de carte", "geoportail"),
        ("insee", "insee-recherche-geo"),
    ],
)
def test_what_several_sources_answer_shows_the_meant_one_high(shipped: Catalogue, words: str, among: str) -> None:
    assert among in [hit.source.id for hit in search(shipped, words)[:3]]


@pytest.mark.parametrize(
    "words", ["équipement", "sante mentale", "comptes des communes", "toulouse métropole", "permis de construire"]
)
def test_every_source_is_found_for_a_reason_that_can_be_read(shipped: Catalogue, words: str) -> None:
    for hit in search(shipped, words):
        assert all(match.asked in words and match.word and match.field for match in hit.matches)


def test_every_source_is_found_by_its_own_title(shipped: Catalogue) -> None:
    for each in shipped.sources:
        assert each in [hit.source for hit in search(shipped, each.title)[:3]]


def test_title_and_id_rank_before_keywords_before_description_before_the_rest() -> None:
    sources = [
        source("reste", cautions=(Caution("Chevaux comptés deux fois."),)),
        source("description", description="Les chevaux par commune."),
        source("mots-cles", keywords=("chevaux",)),
        source("titre", "Chevaux de France"),
        source("chevaux"),
    ]

    assert found(sources, "chevaux") == ["titre", "chevaux", "mots-cles", "description", "reste"]


def test_sources_that_answer_every_word_come_alone() -> None:
    sources = [source("un", "Comptes des régions"), source("deux", "Comptes des communes")]

    assert found(sources, "comptes communes") == ["deux"]


def test_where_none_answers_every_word_those_that_answer_most_are_kept() -> None:
    sources = [source("un", "Comptes"), source("deux", "Comptes des communes")]

    assert found(sources, "comptes communes licornes") == ["deux"]


def test_a_word_that_few_sources_have_says_more_than_one_that_all_have() -> None:
    sources = [
        source("un", "Données de l'eau"),
        source("deux", "Données et air", keywords=("sport",)),
        source("trois", "Sport", keywords=("données",)),
        source("quatre", "Données"),
    ]

    assert found(sources, "données sport") == ["trois", "deux"]


def test_equals_keep_the_order_of_the_catalogue() -> None:
    sources = [source("b", "Eau potable"), source("a", "Eau potable")]

    assert found(sources, "eau") == ["b", "a"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("oeuvre", "Œuvres d'art"),
        ("œuvre", "Oeuvres d'art"),
        ("vitae", "Curriculum vitæ"),
        ("CHOMAGE", "Chômage"),
        ("équipement", "Equipements"),
        ("equipements", "équipement"),
        ("eaux", "Eau"),
        ("réseau", "Réseaux"),
        ("cheval", "Chevaux"),
        ("locaux", "Local"),
        ("jeux", "Jeu"),
        ("bus", "Bus"),
        ("l'emploi", "Emploi"),
        ("demo", "Démographie"),
        ("toulose", "Toulouse"),
        ("toulosue", "Toulouse"),
        ("tolouse", "Toulouse"),
        ("touloouse", "Toulouse"),
        ("recencemant", "Recensement"),
        ("2020", "RA 2020"),
        ("ing", "IGN"),
    ],
)
def test_a_word_is_found_through_spelling_plural_and_slips(typed: str, written: str) -> None:
    assert found([source("autre"), source("voulue", written)], typed) == ["voulue"]


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("eau", "eaux"),
        ("réseau", "réseaux"),
        ("cheval", "chevaux"),
        ("local", "locaux"),
        ("jeu", "jeux"),
        ("iris", "iris"),
    ],
)
def test_a_plural_is_as_good_as_its_singular(one: str, several: str) -> None:
    catalogue = Catalogue(sources=(source("voulue", one), source("autre")))

    assert [hit.score for hit in search(catalogue, several)] == [hit.score for hit in search(catalogue, one)]


@pytest.mark.parametrize(
    ("typed", "written"),
    [("iris", "Paris"), ("2020", "2021"), ("eu", "Europe"), ("bpe", "DPT"), ("eau", "SAU"), ("graphie", "Démographie")],
)
def test_a_word_that_is_another_is_not_found(typed: str, written: str) -> None:
    assert found([source("autre", written)], typed) == []


def test_a_slip_is_forgiven_only_when_no_source_has_the_word() -> None:
    sources = [source("dares", "Dares"), source("sncf", keywords=("gares",))]

    assert found(sources, "gares") == ["sncf"]
    assert found(sources, "gaers") == ["sncf"]
    assert found(sources[:1], "gares") == ["dares"]


def test_a_whole_word_ranks_before_a_beginning() -> None:
    sources = [source("debut", "Cartographie"), source("entier", "Carte")]

    assert found(sources, "carte") == ["entier"]
    assert found(sources, "cart") == ["debut", "entier"]
    assert found([source("debut", "Cartes scolaires"), source("entier", "Cart")], "cart") == ["entier", "debut"]


def test_little_words_do_not_count_beside_others() -> None:
    sources = [source("un", "La vie des communes"), source("deux", "Le budget")]

    assert found(sources, "le budget de la région") == ["deux"]


def test_little_words_alone_are_looked_for() -> None:
    sources = [source("un", "La vie des communes"), source("deux", "Budget")]

    assert found(sources, "la") == ["un"]


@pytest.mark.parametrize("words", ["", "  ", "?!", "« »"])
def test_no_word_finds_nothing(shipped: Catalogue, words: str) -> None:
    assert search(shipped, words) == ()


def test_a_word_that_nothing_answers_finds_nothing(shipped: Catalogue) -> None:
    assert search(shipped, "xyzzyplugh") == ()


def test_nothing_is_found_in_an_empty_catalogue() -> None:
    assert search(Catalogue(), "eau") == ()


def test_a_hit_says_which_word_of_which_field_answered_each_word() -> None:
    hit = search(Catalogue(sources=(source("eau", "Qualité de l'eau", keywords=("Nappes",)),)), "Nappe, eaux")[0]

    assert hit.matches == (Match("Nappe", "keywords", "Nappes"), Match("eaux", "title", "eau"))


@pytest.mark.parametrize(
    ("words", "is_whole"),
    [("eau", True), ("eau potable", True), ("l'eau de la commune", False), ("eau licornes", False)],
)
def test_a_hit_says_whether_it_answers_every_word(words: str, is_whole: bool) -> None:
    hit = search(Catalogue(sources=(source("eau", "Eau potable"),)), words)[0]

    assert hit.is_whole is is_whole


def test_a_word_typed_twice_counts_once() -> None:
    sources = Catalogue(sources=(source("eau", "Eau"),))

    assert search(sources, "eau Eaux eau") == search(sources, "eau")


def test_a_score_is_higher_for_more_words() -> None:
    scores = {
        hit.source.id: hit.score
        for words in ("eau", "eau potable")
        for hit in search(Catalogue(sources=(source(words.replace(" ", "-"), words),)), words)
    }

    assert scores["eau-potable"] > scores["eau"] > 0


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("insee", "publisher"),
        ("statistique", "publisher"),
        ("rubrique", "section"),
        ("observatoire", "kind"),
        ("doublon", "cautions"),
        ("sante", "theme"),
        ("quartier prioritaire", "granularity"),
        ("telechargement", "access"),
        ("enquête", "collection"),
        ("géocodage", "transformations"),
        ("géoclip", "platform"),
        ("licence ouverte", "licence"),
        ("mensuelle", "frequency"),
        ("243100633", "coverage"),
        ("remplacé", "lifecycle"),
        ("déménagement", "lifecycle"),
        ("exemple", "url"),
    ],
)
def test_everything_that_is_said_of_a_source_is_searched(words: str, field: str) -> None:
    full = Source(
        id="x",
        title="x",
        url="https://exemple.invalid/",
        theme="sante",
        section="Rubrique du document",
        kind="observatoire",
        publisher="insee",
        cautions=(Caution("Des doublons."),),
        granularity=("qpv",),
        access=("telechargement",),
        collection=("enquete",),
        transformations=("geocodage",),
        platform="geoclip",
        licence="etalab-2.0",
        frequency="MONTHLY",
        coverage=("epci:243100633",),
        lifecycle=Lifecycle(status="replaced", note="Déménagement en cours"),
    )
    catalogue = Catalogue(
        themes=(Theme("sante", "Santé"),),
        publishers={"insee": Publisher("insee", "Institut national de la statistique")},
        sources=(full,),
    )

    hit = search(catalogue, words)[0]

    assert {match.field for match in hit.matches} == {field}
    assert len(hit.matches) == len(words.split())


@given(st.text(max_size=30))
def test_no_words_are_too_odd_to_be_looked_for(shipped: Catalogue, words: str) -> None:
    scores = [hit.score for hit in search(shipped, words)]

    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)
