"""The values everything else speaks of."""

import json
import pickle
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from diagsources.model import (
    ACCESSES,
    COLLECTIONS,
    CONFIDENCES,
    FREQUENCIES,
    GRANULARITIES,
    KINDS,
    PLATFORMS,
    RELATIONS,
    STATUSES,
    TRANSFORMATIONS,
    Address,
    Catalogue,
    Caution,
    Expectation,
    KnownFinding,
    Lifecycle,
    Link,
    Publisher,
    Source,
    Template,
    Theme,
    Verdict,
    Verification,
    links_of,
    plain_of,
    source_from,
)
from diagsources.templates import LEVELS

WORDS = st.text(max_size=20)
IDS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
URLS = st.sampled_from(("https://insee.fr/", "http://data.gouv.fr/é?a=1#b"))
LINES = st.integers(0, 10_000)


def maybe(values: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    """A value, or nothing known."""
    return st.none() | values


def several(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """A few values, often none."""
    return st.lists(values, max_size=3).map(tuple)


EXPECTATIONS = st.builds(Expectation, text=maybe(WORDS), title=maybe(WORDS), type=maybe(WORDS), json=maybe(WORDS))
LIFECYCLES = st.builds(
    Lifecycle,
    status=st.sampled_from(sorted(STATUSES)),
    since=maybe(st.just("2024-03")),
    successor=maybe(IDS | URLS),
    note=maybe(WORDS),
)
FINDINGS = st.builds(
    KnownFinding, verdict=st.sampled_from([str(each) for each in Verdict]), reason=WORDS, until=st.dates()
)
VERIFICATIONS = st.builds(
    Verification, on=st.dates(), confidence=maybe(st.sampled_from(sorted(CONFIDENCES))), evidence=several(URLS)
)
SOURCES = st.builds(
    Source,
    id=IDS,
    title=WORDS,
    url=URLS,
    document_url=maybe(URLS),
    section=maybe(WORDS),
    also=several(IDS),
    description=maybe(WORDS),
    kind=maybe(st.sampled_from(sorted(KINDS))),
    publisher=maybe(WORDS),
    producer=maybe(WORDS),
    collection=several(st.sampled_from(sorted(COLLECTIONS))),
    transformations=several(st.sampled_from(sorted(TRANSFORMATIONS))),
    cautions=st.lists(st.builds(Caution, text=WORDS, source=maybe(URLS)), max_size=2).map(tuple),
    confused_with=several(IDS),
    access=several(st.sampled_from(sorted(ACCESSES))),
    granularity=several(st.sampled_from(sorted(GRANULARITIES))),
    coverage=several(st.sampled_from(("pays:FR", "epci:243100633"))),
    frequency=maybe(st.sampled_from(sorted(FREQUENCIES))),
    licence=maybe(WORDS),
    keywords=several(WORDS),
    platform=maybe(st.sampled_from(sorted(PLATFORMS))),
    links=st.lists(
        st.builds(Address, rel=st.sampled_from(sorted(RELATIONS)), url=URLS, title=maybe(WORDS), line=LINES), max_size=2
    ).map(tuple),
    territory_urls=st.lists(
        st.builds(
            Template,
            level=st.sampled_from(sorted(LEVELS)),
            url=WORDS,
            confidence=maybe(st.sampled_from(sorted(CONFIDENCES))),
            note=maybe(WORDS),
            line=LINES,
        ),
        max_size=2,
    ).map(tuple),
    territory_note=maybe(WORDS),
    expect=st.none() | EXPECTATIONS,
    lifecycle=st.none() | LIFECYCLES,
    exception=st.none() | FINDINGS,
    verified=st.none() | VERIFICATIONS,
    theme=IDS,
    file=WORDS,
    line=LINES,
    url_line=LINES,
)

BPE = Source(
    id="insee-bpe",
    title="Base permanente des équipements",
    url="https://insee.fr/bpe",
    theme="statistiques",
    file="statistiques.yaml",
    line=10,
    url_line=12,
    expect=Expectation(text="équipements"),
    links=(
        Address(rel="api", url="https://api.insee.fr/bpe", line=20),
        Address(rel="former", url="http://insee.fr/vieux", line=21),
        Address(rel="download", url="https://insee.fr/bpe.csv", title="CSV", line=22),
    ),
)


@given(SOURCES)
def test_a_source_made_plain_and_back_is_the_same(source: Source) -> None:
    assert source_from(plain_of(source)) == source


@given(SOURCES)
def test_a_plain_source_goes_through_json(source: Source) -> None:
    assert source_from(json.loads(json.dumps(plain_of(source)))) == source


@given(SOURCES)
def test_a_source_can_be_hashed_and_pickled(source: Source) -> None:
    again = pickle.loads(pickle.dumps(source))  # noqa: S301 - our own bytes

    assert again == source
    assert hash(again) == hash(source)


@given(SOURCES)
def test_what_is_unknown_is_absent_from_the_plain_value(source: Source) -> None:
    values = plain_of(source).values()

    assert None not in values
    assert [] not in values


def test_dates_are_plain_in_iso_8601() -> None:
    assert plain_of(Verification(on=date(2026, 11, 3))) == {"on": "2026-11-03"}


def test_the_url_and_the_links_that_should_answer_are_asked() -> None:
    links = list(links_of(BPE))

    assert [(link.rel, link.url, link.line) for link in links] == [
        ("url", "https://insee.fr/bpe", 12),
        ("api", "https://api.insee.fr/bpe", 20),
        ("download", "https://insee.fr/bpe.csv", 22),
    ]


def test_every_link_says_whose_it_is_and_where_it_stands() -> None:
    links = list(links_of(BPE))

    assert {(link.id, link.title, link.theme, link.file) for link in links} == {
        ("insee-bpe", "Base permanente des équipements", "statistiques", "statistiques.yaml")
    }


def test_what_is_expected_of_a_source_is_expected_of_its_url_alone() -> None:
    assert [link.expect for link in links_of(BPE)] == [Expectation(text="équipements"), None, None]


def test_links_can_be_hashed_and_pickled() -> None:
    links = list(links_of(BPE))

    assert pickle.loads(pickle.dumps(links)) == links  # noqa: S301 - our own bytes
    assert len(set(links)) == 3


def test_a_catalogue_can_be_pickled() -> None:
    catalogue = Catalogue(themes=(Theme("sante", "Santé"),), sources=(BPE,))

    again = pickle.loads(pickle.dumps(catalogue))  # noqa: S301 - our own bytes

    assert again == catalogue


def test_the_theme_of_the_file_comes_first_and_once() -> None:
    source = BPE._replace(also=("sante", "statistiques"))

    assert source.themes == ("statistiques", "sante")


def test_a_source_nothing_is_said_of_is_in_service() -> None:
    assert BPE.status == "active"
    assert BPE._replace(lifecycle=Lifecycle(status="closed")).status == "closed"


def test_a_publisher_is_found_by_id_and_free_text_stands_for_itself() -> None:
    insee = Publisher("insee", "Insee", kind="service-statistique-public")
    catalogue = Catalogue(publishers={"insee": insee})

    assert catalogue.publisher("insee") == insee
    assert catalogue.publisher("Mairie d'Auzeville") == Publisher("Mairie d'Auzeville", "Mairie d'Auzeville")
    assert catalogue.publisher(None) is None


def test_a_source_is_found_by_its_id() -> None:
    catalogue = Catalogue(sources=(BPE,))

    assert catalogue.find("insee-bpe") == BPE
    assert catalogue.find("insee") is None


def test_a_link_from_elsewhere_needs_an_id_a_role_and_an_address_only() -> None:
    assert Link(id="line-1", rel="url", url="x") == Link("line-1", "url", "x", "", "", "", 0, None)
