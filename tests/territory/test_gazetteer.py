"""The embedded gazetteer: its size, what it says of itself, and that everything in it is found."""

import random
import sqlite3
import subprocess
import sys
import zlib
from collections import Counter
from contextlib import closing

import pytest

from diagsources.territory import LEVELS, Territory, about, find, members
from diagsources.territory.finding import _as_code
from diagsources.territory.gazetteer import FILE, opened
from diagsources.territory.values import ORDER, PARTS
from diagsources.text import fold

COUNTS = {
    "commune": 34_969,
    "epci": 1_255,
    "departement": 109,
    "region": 26,
    "pays": 1,
    "arrondissement-municipal": 45,
    "ept": 11,
    "commune-deleguee": 2_105,
    "commune-associee": 471,
}
"""Of the vintage 2026, collectivités d'outre-mer included."""


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, str, str, str]]:
    """Level, code, name and folded name of every territory."""
    with closing(sqlite3.connect(f"{FILE.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        found = database.execute("SELECT level, code, name, folded FROM place").fetchall()
    return [(ORDER[level], *rest) for level, *rest in found]


def one(words: str) -> Territory:
    """The territory that *words* mean, which has to be one."""
    found = find(words).one
    assert found is not None
    return found


def test_the_file_is_small_on_disk_and_in_a_wheel() -> None:
    file = FILE.read_bytes()

    assert len(file) <= 3_000_000
    assert len(zlib.compress(file, 6)) <= 1_200_000


def test_the_file_says_where_it_is_from() -> None:
    said = about()

    assert said["vintage"] == "2026"
    assert said["population"] == "2023"
    assert said["licence"] == "etalab-2.0"
    assert said["package"] == "@etalab/decoupage-administratif 6.0.0"
    assert said["integrity"].startswith("sha512-")
    assert "Insee" in said["source"]


def test_the_file_bears_no_trace_of_who_wrote_it() -> None:
    header = FILE.read_bytes()[:100]

    assert header[24:28] == header[92:96] == b"\0\0\0\1"
    assert int.from_bytes(header[96:100], "big") == 3_040_000


def test_the_vintage_is_whole(rows: list[tuple[str, str, str, str]]) -> None:
    assert Counter(level for level, *_ in rows) == COUNTS
    assert list(COUNTS) == list(LEVELS)


def test_names_are_folded_as_they_are_searched(rows: list[tuple[str, str, str, str]]) -> None:
    assert [name for _, _, name, folded in rows if fold(name) != folded] == []


def test_every_living_territory_is_found_by_its_code(rows: list[tuple[str, str, str, str]]) -> None:
    living = [(level, code) for level, code, *_ in rows if level not in PARTS and level != "pays"]

    with opened() as gazetteer:
        found = Counter(
            level
            for level, code in living
            if (matches := _as_code(gazetteer, code)) and (level, code) in {(x.level, x.code) for x in _all(matches)}
        )

    assert found == {level: COUNTS[level] for level in COUNTS if level not in PARTS and level != "pays"}


def _all(matches: object) -> tuple[Territory, ...]:
    return (*getattr(matches, "found", ()), *getattr(matches, "others", ()))


def test_every_territory_is_the_one_of_its_key(rows: list[tuple[str, str, str, str]]) -> None:
    with opened() as gazetteer:
        keys = [found.key for level, code, *_ in rows if (found := gazetteer.of(level, code))]

    assert keys == [f"{level}:{code}" for level, code, *_ in rows]


@pytest.mark.parametrize(("level", "sample"), [("commune", 100), ("epci", 60), ("departement", 109), ("region", 26)])
def test_territories_are_found_by_their_exact_name(
    rows: list[tuple[str, str, str, str]], level: str, sample: int
) -> None:
    # all of them: python -m tests.benchmarks.territory --all-names
    of_level = [(code, name) for each, code, name, _ in rows if each == level]
    chosen = random.Random(2026).sample(of_level, sample)  # noqa: S311 - a sample, no secret

    missed = [name for code, name in chosen if code not in {x.code for x in _all(find(name)) if x.level == level}]

    assert missed == []


def test_an_epci_has_its_members() -> None:
    sicoval = one("243100633")

    communes = members(sicoval)

    assert len(communes) == 36
    assert communes[0].name == "Castanet-Tolosan"
    assert {commune.level for commune in communes} == {"commune"}
    assert sicoval.population == sum(commune.population or 0 for commune in communes)


@pytest.mark.parametrize(
    ("key", "level", "number"),
    [
        ("pays:FR", "region", 26),
        ("region:76", "departement", 13),
        ("departement:31", "epci", 18),
        ("ept:200057867", "commune", 8),
        ("commune:75056", "arrondissement-municipal", 20),
        ("commune:13055", "arrondissement-municipal", 16),
        ("commune:69123", "arrondissement-municipal", 9),
    ],
)
def test_a_territory_is_made_of_smaller_ones(key: str, level: str, number: int) -> None:
    found = members(one(key))

    assert ({each.level for each in found}, len(found)) == ({level}, number)


def test_the_smallest_territories_have_no_members() -> None:
    assert members(one("31254")) == ()
    assert members(one("arrondissement-municipal:75111")) == ()


def test_every_commune_lies_in_a_departement_and_a_region() -> None:
    with opened() as gazetteer:
        communes = [gazetteer.of("commune", code) for code in ("31254", "2A004", "2B033", "97411", "98818")]

    places = [
        (each.departement.code, each.region.code) for each in communes if each and each.departement and each.region
    ]

    assert places == [("31", "76"), ("2A", "94"), ("2B", "94"), ("974", "04"), ("988", "988")]


def test_an_epci_on_several_departements_lies_first_where_most_of_its_people_are() -> None:
    redon = one("redon agglomeration")

    assert redon.departements == ("35", "44", "56")
    assert redon.departement is not None
    assert redon.departement.name == "Ille-et-Vilaine"


@pytest.mark.parametrize(
    ("key", "lon", "lat"),
    [
        ("commune:31254", 1.521, 43.539),
        ("commune:75056", 2.343, 48.857),
        ("commune:97411", 55.45, -20.95),
        ("epci:243100633", 1.520, 43.509),
        ("departement:31", 1.375, 43.552),
        ("region:94", 9.1, 42.2),
    ],
)
def test_a_territory_has_its_centre(key: str, lon: float, lat: float) -> None:
    found = one(key)

    assert found.lon == pytest.approx(lon, abs=0.1)
    assert found.lat == pytest.approx(lat, abs=0.1)


def test_every_centre_lies_where_it_should_and_few_communes_have_none() -> None:
    with closing(sqlite3.connect(f"{FILE.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        communes = database.execute("SELECT code, lon, lat FROM place WHERE level = 0").fetchall()

    points = [(code, lon, lat) for code, lon, lat in communes if lon is not None]
    metropole = [(lon, lat) for code, lon, lat in points if not code.startswith("97")]

    assert len(communes) - len(points) == 102
    assert all(-63_200 <= lon <= 55_900 and -21_400 <= lat <= 51_100 for _, lon, lat in points)
    assert all(-5_200 <= lon <= 9_600 and lat >= 41_300 for lon, lat in metropole)


@pytest.mark.parametrize(
    ("code", "siren"), [("31254", "213102544"), ("2A004", "212000046"), ("75056", "217500016"), ("97101", "219711017")]
)
def test_a_commune_is_found_by_its_siren_kept_or_reckoned(code: str, siren: str) -> None:
    assert one(siren).key == f"commune:{code}"
    assert one(f"commune:{code}").siren == siren


def test_to_import_the_package_reads_nothing() -> None:
    code = "import sys, diagsources.territory; print(sorted({'sqlite3', 'rapidfuzz'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
