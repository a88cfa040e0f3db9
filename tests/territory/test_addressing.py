"""Addresses of a territory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagsources.model import Source, Template
from diagsources.templates import PLACEHOLDERS, placeholders
from diagsources.territory import Located, Territory, address, covers, doubt, find, locate
from diagsources.urls import is_web_url

INSEE = {
    "commune": "https://www.insee.fr/fr/statistiques/2011101?geo=COM-{code}",
    "epci": "https://www.insee.fr/fr/statistiques/2011101?geo=EPCI-{code}",
    "departement": "https://www.insee.fr/fr/statistiques/2011101?geo=DEP-{code}",
}


def one(words: str) -> Territory:
    """The territory that *words* mean, which has to be one."""
    found = find(words).one
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("words", "end"),
    [("sicoval", "EPCI-243100633"), ("243100633", "EPCI-243100633"), ("labege", "COM-31254"), ("31254", "COM-31254")],
)
def test_insee_has_the_territory_in_its_address(words: str, end: str) -> None:
    territory = one(words)

    assert address(INSEE[territory.level], territory) == f"https://www.insee.fr/fr/statistiques/2011101?geo={end}"


def test_every_placeholder_is_filled() -> None:
    template = "/".join(f"{{{name}}}" for name in PLACEHOLDERS)

    filled = address(template, one("labege"))

    assert filled == "31254/213102544/Lab%C3%A8ge/labege/31670/243100633/31/Haute-Garonne/76/Occitanie/1.521/43.539"


def test_a_territory_is_in_itself() -> None:
    template = "{epci}/{departement}/{region}"

    assert address(template, one("sicoval")) == "243100633/31/76"
    assert address("{departement}/{region}", one("departement:31")) == "31/76"
    assert address("{region}", one("region:76")) == "76"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{siren}", "commune:97501"),
        ("{epci}", "commune:98818"),
        ("{lon}", "pays:FR"),
        ("{lat}", "commune:98818"),
        ("{longitude}", "labege"),
        ("{departement}", "region:76"),
        ("{}", "labege"),
    ],
)
def test_what_is_not_known_of_a_territory_makes_no_address(template: str, words: str) -> None:
    assert address(template, one(words)) is None


def test_names_are_encoded_whole() -> None:
    territory = Territory("commune", "00000", "L'Œuf & la/poule?#%")

    assert address("https://exemple.fr/?q={nom}", territory) == (
        "https://exemple.fr/?q=L%27%C5%92uf%20%26%20la%2Fpoule%3F%23%25"
    )


@given(st.text(), st.text())
def test_no_name_changes_the_host(name: str, code: str) -> None:
    filled = address("https://exemple.fr/{nom}?c={code}", Territory("commune", _encodable(code), _encodable(name)))

    assert filled is None or (is_web_url(filled) and filled.startswith("https://exemple.fr/") and filled.isascii())


def _encodable(text: str) -> str:
    return text.encode(errors="replace").decode()


def test_placeholders_are_named_once_known_or_not() -> None:
    assert placeholders("https://a.fr/{code}?x={lon}&y={code}") == ("code", "lon")
    assert placeholders("https://a.fr/") == ()


def of_levels(*levels: str) -> Source:
    """A source that has an address for the territories of *levels*."""
    templates = tuple(Template(level, f"https://exemple.fr/{level}/{{code}}") for level in levels)
    return Source("dossier", "Dossier", "https://exemple.fr/", territory_urls=templates)


@pytest.mark.parametrize(
    ("words", "levels", "key", "said"),
    [
        ("labege", ("commune", "epci"), "commune:31254", ""),
        (
            "labege",
            ("epci", "region"),
            "epci:243100633",
            "Labège (commune) : pas d'adresse à ce niveau, voici CA du Sicoval (EPCI)",
        ),
        (
            "sicoval",
            ("departement",),
            "departement:31",
            "CA du Sicoval (EPCI) : pas d'adresse à ce niveau, voici Haute-Garonne (département)",
        ),
        (
            "paris 11",
            ("commune",),
            "commune:75056",
            "Paris 11e Arrondissement (arrondissement municipal) : pas d'adresse à ce niveau, voici Paris (commune)",
        ),
        (
            "arbignieu",
            ("commune", "epci"),
            "commune:01015",
            "Arbignieu (commune déléguée) : pas d'adresse à ce niveau, voici Arboys en Bugey (commune)",
        ),
    ],
)
def test_the_smallest_larger_territory_that_is_served_stands_in(
    words: str, levels: tuple[str, ...], key: str, said: str
) -> None:
    found = locate(of_levels(*levels), one(words))

    assert found is not None
    assert found.territory is not None
    assert (found.territory.key, found.said) == (key, said)
    assert found.url == f"https://exemple.fr/{key.replace(':', '/')}"


def test_a_smaller_territory_never_stands_in() -> None:
    assert locate(of_levels("commune", "epci"), one("occitanie")) == Located(
        "https://exemple.fr/", None, "Occitanie (région) : pas d'adresse à ce niveau"
    )


def test_a_larger_territory_stands_in_where_something_of_the_smaller_is_not_known() -> None:
    # one of the few communes of which the gazetteer has no centre
    celles = one("commune:15031")
    maps = tuple(Template(level, "https://exemple.fr/{lon}/{lat}") for level in ("commune", "epci"))

    found = locate(of_levels()._replace(territory_urls=maps), celles)

    assert celles.lon is None
    assert celles.epci is not None
    assert found is not None
    assert found.territory == celles.epci
    assert found.said == "Celles (commune) : pas d'adresse, voici CC Hautes Terres (EPCI)"


@pytest.mark.parametrize(
    ("coverage", "words", "is_covered"),
    [
        ((), "labege", True),
        (("pays:FR",), "labege", True),
        (("region:76",), "labege", True),
        (("departement:31",), "sicoval", True),
        (("epci:243100633",), "labege", True),
        (("epci:243100633",), "sicoval", True),
        (("epci:243100633",), "toulouse", False),
        (("region:76",), "rennes", False),
        (("departement:31",), "occitanie", False),
        (("region:76",), "arbignieu", False),
        (("region:53", "region:76"), "rennes", True),
    ],
)
def test_a_source_is_offered_only_where_it_covers_the_territory(
    coverage: tuple[str, ...], words: str, is_covered: bool
) -> None:
    assert covers(coverage, one(words)) is is_covered


DOSSIER = Source(
    "dossier", "Dossier", "https://exemple.fr/", territory_urls=(Template("epci", "https://exemple.fr/{siren}"),)
)


def test_a_source_is_at_the_address_of_the_territory_or_of_the_larger_one_it_serves() -> None:
    sicoval = one("sicoval")

    assert locate(DOSSIER, sicoval) == Located("https://exemple.fr/243100633", sicoval, "")
    assert locate(DOSSIER, one("labege")) == Located(
        "https://exemple.fr/243100633",
        sicoval,
        "Labège (commune) : pas d'adresse à ce niveau, voici CA du Sicoval (EPCI)",
    )


def test_a_source_without_an_address_says_how_to_search_where_that_is_known() -> None:
    found = locate(DOSSIER._replace(territory_note="chercher par le nom"), one("occitanie"))

    assert found is not None
    assert (found.url, found.territory) == ("https://exemple.fr/", None)
    assert found.said == "Occitanie (région) : pas d'adresse à ce niveau ; chercher par le nom"


def test_an_address_that_is_not_sure_says_so_with_what_is_known_of_it() -> None:
    template = Template("commune", "https://exemple.fr/{code}", confidence="unsure", note="adresse d'avant 2020")

    found = locate(DOSSIER._replace(territory_urls=(template,)), one("labege"))

    assert found is not None
    assert (found.url, found.said) == ("https://exemple.fr/31254", "adresse incertaine ; adresse d'avant 2020")


def test_a_source_that_does_not_cover_the_territory_is_nowhere() -> None:
    assert locate(DOSSIER._replace(coverage=("region:53",)), one("labege")) is None
    assert locate(Source("site", "Site", "https://exemple.fr/"), one("labege")) == Located(
        "https://exemple.fr/", None, ""
    )


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("papeete", "Polynésie française"),
        ("commune:97502", "Saint-Pierre-et-Miquelon"),
        ("departement:988", "Nouvelle-Calédonie"),
        ("region:975", "Saint-Pierre-et-Miquelon"),
        ("departement:974", ""),
        ("region:01", ""),
        ("mamoudzou", ""),
        ("ajaccio", ""),
        ("sicoval", ""),
        ("france", ""),
    ],
)
def test_overseas_the_coverage_of_the_whole_of_france_is_in_doubt(words: str, where: str) -> None:
    said = doubt(one(words))

    assert said.startswith(where)
    assert bool(said) is bool(where)
