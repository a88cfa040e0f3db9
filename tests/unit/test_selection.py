"""Which sources a query asks for."""

import pytest

from diagsources.errors import UnknownValue
from diagsources.model import Catalogue, Lifecycle, Publisher, Source, Theme
from diagsources.query import Query, select

BPE = Source(
    id="insee-bpe",
    title="Base permanente des équipements",
    url="https://insee.fr/bpe",
    theme="statistiques",
    also=("sante",),
    kind="jeu-de-donnees",
    publisher="insee",
    access=("telechargement", "api"),
    granularity=("commune", "iris"),
    coverage=("pays:FR",),
    keywords=("équipements", "Sicoval"),
    platform="propre",
)
SICOVAL = Source(
    id="data-sicoval",
    title="Open data du Sicoval",
    url="https://data.sicoval.fr/",
    theme="occitanie",
    kind="portail",
    publisher="Communauté d'agglomération du Sicoval",
    producer="insee",
    access=("carte",),
    granularity=("parcelle",),
    coverage=("epci:243100633",),
    keywords=("SICOVAL",),
    platform="opendatasoft",
)
GEODES = Source(
    id="geodes",
    title="Géodes",
    url="https://geodes.fr/",
    theme="sante",
    kind="cartographie",
    publisher="spf",
    granularity=("departement", "commune"),
    lifecycle=Lifecycle(status="replaced", successor="odisse"),
)
CATALOGUE = Catalogue(
    themes=(
        Theme("statistiques", "Statistiques", aliases=("stats", "insee")),
        Theme("sante", "Santé et social", aliases=("emploi",)),
        Theme("occitanie", "Occitanie", aliases=("haute-garonne", "31")),
    ),
    publishers={"insee": Publisher("insee", "Insee"), "spf": Publisher("spf", "Santé publique France")},
    sources=(BPE, SICOVAL, GEODES),
)


def chosen(query: Query) -> list[str]:
    """The ids of what *query* selects."""
    return [source.id for source in select(CATALOGUE, query)]


def test_a_query_that_asks_for_nothing_selects_everything() -> None:
    assert chosen(Query()) == ["insee-bpe", "data-sicoval", "geodes"]
    assert not Query().selects


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (Query(ids=("geodes",)), ["geodes"]),
        (Query(themes=("occitanie",)), ["data-sicoval"]),
        (Query(themes=("sante",)), ["insee-bpe", "geodes"]),
        (Query(publishers=("spf",)), ["geodes"]),
        (Query(publishers=("insee",)), ["insee-bpe", "data-sicoval"]),
        (Query(kinds=("portail",)), ["data-sicoval"]),
        (Query(access=("api",)), ["insee-bpe"]),
        (Query(granularity=("commune",)), ["insee-bpe", "geodes"]),
        (Query(coverage=("pays:FR",)), ["insee-bpe"]),
        (Query(platforms=("opendatasoft",)), ["data-sicoval"]),
        (Query(keywords=("équipements",)), ["insee-bpe"]),
        (Query(statuses=("replaced",)), ["geodes"]),
        (Query(statuses=("active",)), ["insee-bpe", "data-sicoval"]),
        (Query(search="open data"), ["data-sicoval"]),
    ],
)
def test_each_criterion_selects_by_its_field(query: Query, ids: list[str]) -> None:
    assert query.selects
    assert chosen(query) == ids


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (Query(ids=("GEODES",)), ["geodes"]),
        (Query(themes=("Santé et social",)), ["insee-bpe", "geodes"]),
        (Query(themes=("STATS",)), ["insee-bpe"]),
        (Query(themes=("Haute Garonne",)), ["data-sicoval"]),
        (Query(themes=("31",)), ["data-sicoval"]),
        (Query(publishers=("Sante Publique FRANCE",)), ["geodes"]),
        (Query(publishers=("communaute d’agglomeration du sicoval",)), ["data-sicoval"]),
        (Query(kinds=("Jeu de données",)), ["insee-bpe"]),
        (Query(access=("par la carte",)), ["data-sicoval"]),
        (Query(granularity=("Département",)), ["geodes"]),
        (Query(coverage=("243100633",)), ["data-sicoval"]),
        (Query(platforms=("OpenDataSoft",)), ["data-sicoval"]),
        (Query(keywords=("EQUIPEMENTS",)), ["insee-bpe"]),
        (Query(statuses=("remplacé",)), ["geodes"]),
    ],
)
def test_values_go_by_their_french_names_too_without_case_or_accents(query: Query, ids: list[str]) -> None:
    assert chosen(query) == ids


def test_keywords_that_differ_by_case_are_one() -> None:
    assert chosen(Query(keywords=("sicoval",))) == ["insee-bpe", "data-sicoval"]


def test_an_id_wins_over_the_alias_of_another() -> None:
    catalogue = CATALOGUE._replace(themes=(*CATALOGUE.themes, Theme("emploi", "Emploi")))

    assert select(catalogue, Query(themes=("emploi",))) == ()


def test_values_of_one_flag_are_alternatives() -> None:
    assert chosen(Query(kinds=("portail", "cartographie"))) == ["data-sicoval", "geodes"]


def test_flags_hold_together() -> None:
    assert chosen(Query(themes=("sante",), granularity=("iris",))) == ["insee-bpe"]
    assert chosen(Query(themes=("sante",), granularity=("parcelle",))) == []


def test_words_and_flags_hold_together() -> None:
    assert chosen(Query(search="sicoval", platforms=("propre",))) == ["insee-bpe"]


def test_words_that_nothing_answers_select_nothing() -> None:
    assert chosen(Query(search="xyzzy")) == []


def test_the_order_is_the_catalogues() -> None:
    assert chosen(Query(ids=("geodes", "insee-bpe"))) == ["insee-bpe", "geodes"]


@pytest.mark.parametrize(
    ("query", "message", "nearest"),
    [
        (Query(ids=("insee-bep",)), "source inconnue : « insee-bep »", "insee-bpe"),
        (Query(themes=("ocitanie",)), "thème inconnu : « ocitanie »", "occitanie"),
        (Query(themes=("hautegaronne",)), "thème inconnu : « hautegaronne »", "occitanie"),
        (Query(publishers=("inse",)), "diffuseur inconnu : « inse »", "insee"),
        (Query(kinds=("portal",)), "nature inconnue : « portal »", "portail"),
        (Query(access=("telechargment",)), "accès inconnu : « telechargment »", "telechargement"),
        (Query(granularity=("comune",)), "maille inconnue : « comune »", "commune"),
        (Query(coverage=("epci:243100634",)), "couverture inconnue : « epci:243100634 »", "epci:243100633"),
        (Query(platforms=("opendatasft",)), "plateforme inconnue : « opendatasft »", "opendatasoft"),
        (Query(keywords=("equipment",)), "mot-clé inconnu : « equipment »", "équipements"),
        (Query(statuses=("activ",)), "état inconnu : « activ »", "active"),
    ],
)
def test_a_value_that_nothing_bears_names_the_nearest(query: Query, message: str, nearest: str) -> None:
    with pytest.raises(UnknownValue) as raised:
        select(CATALOGUE, query)

    assert str(raised.value) == message
    assert raised.value.nearest[0] == nearest
    assert nearest in raised.value.hint


def test_where_nothing_is_near_the_few_known_values_are_named() -> None:
    with pytest.raises(UnknownValue) as raised:
        select(CATALOGUE, Query(themes=("xyzzy",)))

    assert raised.value.nearest == ()
    assert raised.value.hint == "valeurs connues : statistiques, sante, occitanie"


def test_where_nothing_is_near_many_known_values_are_not() -> None:
    many = CATALOGUE._replace(sources=tuple(BPE._replace(id=f"source-{number}") for number in range(21)))

    with pytest.raises(UnknownValue) as raised:
        select(many, Query(ids=("xyzzy",)))

    assert raised.value.hint == "diagsources list les montre"


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("sante", "c'est un thème : diagsources list --theme sante"),
        ("Emploi", "c'est un thème : diagsources list --theme sante"),
        ("https://www.insee.fr/", "pour des adresses : diagsources check --from FICHIER"),
    ],
)
def test_a_theme_or_an_address_where_an_id_is_due_is_told_from_a_slip(word: str, hint: str) -> None:
    with pytest.raises(UnknownValue, match="source inconnue") as raised:
        select(CATALOGUE, Query(ids=(word,)))

    assert raised.value.hint == hint


def test_a_keyword_that_none_bears_sends_to_search_for_no_list_shows_keywords() -> None:
    words = tuple(f"mot-{number}" for number in range(21))
    many = CATALOGUE._replace(sources=(BPE._replace(keywords=words),))

    with pytest.raises(UnknownValue) as raised:
        select(many, Query(keywords=("xyzzy",)))

    assert raised.value.hint == "diagsources search cherche un mot partout"


def test_one_unknown_value_among_known_ones_is_still_an_error() -> None:
    with pytest.raises(UnknownValue, match="xyzzy"):
        select(CATALOGUE, Query(themes=("sante", "xyzzy")))


@pytest.mark.parametrize("word", ["sante", "santé", "SANTE", "SANTÉ", "social", "Social", "emploi", "sport"])
def test_all_the_words_for_health_mean_the_same_shelf(shipped: Catalogue, word: str) -> None:
    shelf = select(shipped, Query(themes=(word,)))

    assert shelf == select(shipped, Query(themes=("sante",)))
    assert "drees" in {source.id for source in shelf}
    assert len(shelf) < len(shipped.sources)


def test_every_alias_of_the_shipped_themes_selects_its_theme(shipped: Catalogue) -> None:
    for theme in shipped.themes:
        for alias in (theme.title, *theme.aliases):
            assert select(shipped, Query(themes=(alias,))) == select(shipped, Query(themes=(theme.id,)))
