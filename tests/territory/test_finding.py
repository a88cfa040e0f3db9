"""What people type, and the territory that is meant."""

import random
import sqlite3
import string
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagsources.territory import MANY, How, find
from diagsources.territory.gazetteer import FILE
from diagsources.territory.values import ORDER

SICOVAL = "epci:243100633"
LABEGE = "commune:31254"


def meant(words: str) -> str | None:
    """The key of the one territory that *words* mean."""
    found = find(words).one
    return found.key if found else None


def found(words: str) -> set[str]:
    """The keys of all that *words* may mean equally."""
    return {territory.key for territory in find(words).found}


@pytest.mark.parametrize(
    "words",
    [
        "sicoval",
        "SICOVAL",
        "Sicoval ",
        "CA du Sicoval",
        "ca du sicoval",
        "le sicoval",
        "agglo du sicoval",
        "communauté d'agglomération du Sicoval",
        "243100633",
        "243 100 633",
        "epci:243100633",
        "EPCI-243100633",
    ],
)
def test_the_sicoval_is_found_however_it_is_typed(words: str) -> None:
    assert meant(words) == SICOVAL


@pytest.mark.parametrize(
    "words", ["labege", "Labège", "LABEGE", "31254", "commune:31254", "COM-31254", "31670", "213102544", "labège (31)"]
)
def test_labege_is_found_however_it_is_typed(words: str) -> None:
    assert meant(words) == LABEGE


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("l'hay les roses", "commune:94038"),
        ("L’Haÿ-les-Roses", "commune:94038"),
        ("hay-les-roses", "commune:94038"),
        ("havre", "commune:76351"),
        ("le havre", "commune:76351"),
        ("œuf-en-ternois", "commune:62633"),
        ("oeuf en ternois", "commune:62633"),
        ("st-étienne", "commune:42218"),
        ("CC du Pays de Pontchâteau St-Gildas-des-Bois", "epci:200000438"),
        ("ramonville", "commune:31446"),
        ("y", "commune:80829"),
        ("ville de toulouse", "commune:31555"),
        ("toulouse metropole", "epci:243100518"),
        ("département du lot", "departement:46"),
        ("haute garonne", "departement:31"),
        ("occitanie", "region:76"),
        ("région bretagne", "region:53"),
        ("plaine commune", "ept:200057867"),
        ("france", "pays:FR"),
        ("2A", "departement:2A"),
        ("2b", "departement:2B"),
        ("corse", "region:94"),
        ("ajaccio", "commune:2A004"),
        ("2A004", "commune:2A004"),
        ("bastia", "commune:2B033"),
        ("974", "departement:974"),
        ("97101", "commune:97101"),
        ("mayotte", "departement:976"),
        ("mamoudzou", "commune:97611"),
        ("nouméa", "commune:98818"),
        ("31", "departement:31"),
        ("1001", "commune:01001"),
    ],
)
def test_a_territory_is_found_by_name_or_code(words: str, key: str) -> None:
    assert meant(words) == key


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("paris", "commune:75056"),
        ("75056", "commune:75056"),
        ("paris 11", "arrondissement-municipal:75111"),
        ("Paris 1er", "arrondissement-municipal:75101"),
        ("paris 20e arrondissement", "arrondissement-municipal:75120"),
        ("75111", "arrondissement-municipal:75111"),
        ("75011", "arrondissement-municipal:75111"),
        ("lyon 3eme", "arrondissement-municipal:69383"),
        ("69383", "arrondissement-municipal:69383"),
        ("marseille 01", "arrondissement-municipal:13201"),
        ("13055", "commune:13055"),
    ],
)
def test_arrondissements_municipaux_are_told_from_their_city(words: str, key: str) -> None:
    assert meant(words) == key


def test_namesakes_are_all_told_with_their_departement() -> None:
    matches = find("saint-denis")

    assert matches.one is None
    assert [each.departement and each.departement.code for each in matches.found] == ["974", "93", "11", "30"]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Saint-Denis (93)", "commune:93066"),
        ("saint denis 974", "commune:97411"),
        ("saint-denis, réunion", "commune:97411"),
        ("st denis aude", "commune:11339"),
        ("saint denis seine saint denis", "commune:93066"),
        ("la réunion (47)", "commune:47222"),
    ],
)
def test_the_departement_after_a_name_tells_namesakes_apart(words: str, key: str) -> None:
    assert meant(words) == key


@pytest.mark.parametrize(
    ("words", "key", "other"),
    [
        ("toulouse", "commune:31555", "epci:243100518"),
        ("paris", "commune:75056", "departement:75"),
        ("mayenne", "commune:53147", "departement:53"),
        ("guadeloupe", "departement:971", "region:01"),
    ],
)
def test_the_smallest_of_nested_namesakes_is_meant_and_the_larger_told(words: str, key: str, other: str) -> None:
    matches = find(words)

    assert matches.one is not None
    assert matches.one.key == key
    assert other in {each.key for each in matches.others}


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("vienne", {"commune:38544", "departement:86"}),
        ("la réunion", {"commune:47222", "departement:974"}),
        ("75", {"departement:75", "region:75"}),
        ("31100", {"commune:31100", "commune:31555"}),
        ("69001", {"commune:69001", "arrondissement-municipal:69381"}),
    ],
)
def test_what_means_places_apart_is_never_guessed(words: str, keys: set[str]) -> None:
    assert meant(words) is None
    assert found(words) == keys


def test_a_number_of_two_meanings_says_how_to_be_exact() -> None:
    assert find("31100").note == "« 31100 » a plusieurs sens ; pour Calmont : commune:31100"


def test_a_postal_code_of_several_communes_gives_them_all() -> None:
    communes = find("31320").found

    assert len(communes) == 10
    assert {commune.name for commune in communes if "31320" not in commune.postal_codes} == {"Marquefave"}


def test_an_old_code_gives_what_it_became() -> None:
    matches = find("20004")

    assert matches.how is How.FORMER_CODE
    assert meant("20004") == "commune:2A004"
    assert matches.note == "20004 est un ancien code, aujourd'hui Ajaccio (2A004)"


def test_a_postal_code_is_not_read_as_an_old_code_of_the_same_number() -> None:
    matches = find("75011")

    assert [each.name for each in matches.found] == ["Paris 11e Arrondissement"]
    assert "Bonneuil-sur-Marne" in {each.name for each in matches.others}


def test_the_code_of_a_commune_deleguee_alone_says_what_it_is_part_of() -> None:
    matches = find("01039")

    assert matches.one is not None
    assert matches.one.key == "commune-deleguee:01039"
    assert matches.note == "Béon est une commune déléguée, aujourd'hui dans Culoz-Béon (01138)"


def test_the_code_of_a_living_commune_is_not_read_as_that_of_its_part() -> None:
    matches = find("01015")

    assert matches.one is not None
    assert (matches.one.key, matches.one.name) == ("commune:01015", "Arboys en Bugey")
    assert [each.name for each in matches.others] == ["Arbignieu"]


def test_a_commune_deleguee_says_what_it_is_part_of() -> None:
    matches = find("arbignieu")

    assert matches.one is not None
    assert matches.one.key == "commune-deleguee:01015"
    assert matches.note == "Arbignieu est une commune déléguée, aujourd'hui dans Arboys en Bugey (01015)"


def test_a_key_tells_a_part_from_the_commune_of_the_same_code() -> None:
    assert meant("commune-deleguee:01015") == "commune-deleguee:01015"
    assert meant("commune:01015") == "commune:01015"


def test_a_living_territory_is_meant_rather_than_a_part_of_the_same_name() -> None:
    matches = find("saint-denis (93)")

    assert matches.one is not None
    assert matches.one.level == "commune"
    assert matches.others == ()


@pytest.mark.parametrize("words", ["", " ", "'", "-", "xyzzyqwk", "99999", "epci:1", "commune:x", "999999999"])
def test_what_means_nothing_finds_nothing(words: str) -> None:
    matches = find(words)

    assert (matches.how, matches.found, matches.one) == (How.NOTHING, (), None)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("sicovall", SICOVAL),
        ("ca du sicovall", SICOVAL),
        ("labegge", LABEGE),
        ("ramonvile", "commune:31446"),
        ("toulous", "commune:31555"),
        ("ocitanie", "region:76"),
        ("agglo d'albi", "epci:248100737"),
        ("castanet tolozan", "commune:31113"),
    ],
)
def test_what_is_near_is_proposed_first_and_never_taken_as_meant(words: str, key: str) -> None:
    matches = find(words)

    assert matches.how is How.NEAR
    assert matches.one is None
    assert matches.found[0].key == key


def test_names_with_a_slip_are_found_among_the_first_three() -> None:
    # twenty-five of them here; all: python -m tests.benchmarks.territory
    assert slipped(25) >= 24


def test_what_begins_many_names_gives_the_first_and_counts_them_all() -> None:
    matches = find("saint sur")

    assert len(matches.found) == MANY
    assert matches.total > MANY


@settings(max_examples=25, deadline=None)
@given(st.one_of(st.text(max_size=60), st.text(alphabet="-:()',%_\"; *[]\\\0 saint31e", max_size=40)))
def test_no_text_is_too_strange(words: str) -> None:
    matches = find(words)

    assert matches.asked == words
    assert (matches.how is How.NOTHING) == (matches.found == ())
    assert len(matches.found) <= MANY


@pytest.mark.parametrize(
    "words",
    [
        "'; DROP TABLE place; --",
        "' OR 1=1 --",
        '" OR ""="',
        "%",
        "_abege",
        "labege' UNION SELECT 1 --",
        "31254; ATTACH DATABASE 'x' AS y",
        "\0",
        "\ud800",
        "x" * 1_000_000,
        "(" * 10_000,
        "a " * 10_000,
        "1" * 5_000,
    ],
)
def test_nothing_typed_is_read_as_sql_or_takes_long(words: str) -> None:
    assert find(words).one is None


def slipped(number: int) -> int:
    """How many of *number* names (seed 2026) with one typing error are among the first three found."""
    with closing(sqlite3.connect(f"{FILE.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        levels = tuple(map(ORDER.index, ("commune", "epci", "departement", "region")))
        query = "SELECT DISTINCT name FROM place WHERE level IN (?, ?, ?, ?) ORDER BY name"
        names = [name for (name,) in database.execute(query, levels)]
    chance = random.Random(2026)  # noqa: S311 - a sample, no secret
    chosen = chance.sample(names, number)
    return sum(name in {each.name for each in find(_slip(name, chance)).found[:3]} for name in chosen)


def _slip(name: str, chance: random.Random) -> str:
    """*name* with a letter left out, added, changed, or swapped with the next."""
    place, letter = chance.randrange(len(name)), chance.choice(string.ascii_lowercase)
    before, after = name[:place], name[place + 1 :]
    swapped = f"{name[: max(place - 1, 0)]}{name[place]}{name[place - 1 : place]}{after}"
    return chance.choice((before + after, before + letter + name[place:], before + letter + after, swapped))
