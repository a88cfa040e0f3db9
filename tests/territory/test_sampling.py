"""Which territory an address is tried with."""

import pytest

from diagsources.territory import LEVELS, covers, sample

BRITTANY = ("region:53",)


@pytest.mark.parametrize(
    ("level", "coverage", "key"),
    [
        ("commune", (), "commune:31254"),
        ("epci", ("pays:FR",), "epci:243100633"),
        ("departement", ("region:76",), "departement:31"),
        ("region", ("pays:FR",), "region:76"),
        ("pays", (), "pays:FR"),
        ("commune", BRITTANY, "commune:35238"),
        ("epci", BRITTANY, "epci:243500139"),
        ("departement", BRITTANY, "departement:35"),
        ("commune", ("departement:35", "departement:31"), "commune:31254"),
        ("arrondissement-municipal", ("commune:75056",), "arrondissement-municipal:75115"),
        ("arrondissement-municipal", ("region:93",), "arrondissement-municipal:13213"),
        ("ept", (), "ept:200058014"),
        ("ept", ("pays:FR",), "ept:200058014"),
        ("ept", ("departement:92",), "ept:200057982"),
    ],
)
def test_a_sample_is_of_the_level_and_lies_in_what_is_covered(level: str, coverage: tuple[str, ...], key: str) -> None:
    found = sample(level, coverage)

    assert found is not None
    assert found.key == key
    assert covers(coverage, found)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("coverage", [(), ("pays:FR",)])
def test_wherever_france_is_covered_every_level_has_a_sample(level: str, coverage: tuple[str, ...]) -> None:
    found = sample(level, coverage)

    assert found is not None
    assert found.level == level


@pytest.mark.parametrize(
    ("level", "coverage"),
    [
        ("ept", BRITTANY),
        ("region", ("departement:35",)),
        ("pays", BRITTANY),
        ("commune", ("ze:7625", "planete:terre", "commune:00000")),
    ],
)
def test_where_nothing_of_the_level_is_covered_there_is_no_sample(level: str, coverage: tuple[str, ...]) -> None:
    assert sample(level, coverage) is None
