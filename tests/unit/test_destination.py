"""Where a person who opens a source should be taken."""

import pytest

from diagsources.model import Catalogue, Lifecycle, Source
from diagsources.query import destination

NEW = Source(id="neuf", title="Neuf", url="https://neuf.fr/")


def old(status: str, successor: str | None = None) -> Source:
    """A source that has left its address."""
    return Source(
        id="vieux",
        title="Vieux",
        url="https://vieux.fr/",
        document_url="http://document.fr/",
        lifecycle=Lifecycle(status=status, successor=successor),
    )


def test_a_source_in_service_is_where_it_says() -> None:
    target = destination(Catalogue(sources=(NEW,)), NEW)

    assert (target.url, target.note) == ("https://neuf.fr/", "")


def test_an_active_source_that_names_a_successor_is_still_where_it_says() -> None:
    source = old("active", "neuf")

    assert destination(Catalogue(sources=(source, NEW)), source).url == "https://vieux.fr/"


@pytest.mark.parametrize(("status", "said"), [("moved", "déplacé"), ("replaced", "remplacé"), ("closed", "fermé")])
def test_a_source_that_left_opens_its_successor_and_says_so(status: str, said: str) -> None:
    source = old(status, "neuf")

    target = destination(Catalogue(sources=(source, NEW)), source)

    assert target.source == source
    assert target.url == "https://neuf.fr/"
    assert "Vieux" in target.note
    assert said in target.note
    assert "sans successeur" not in target.note


def test_a_successor_can_be_an_address() -> None:
    source = old("closed", "https://ailleurs.fr/")

    assert destination(Catalogue(sources=(source,)), source).url == "https://ailleurs.fr/"


def test_a_source_that_left_without_successor_opens_as_it_is_and_says_so() -> None:
    source = old("closed")

    target = destination(Catalogue(sources=(source,)), source)

    assert target.url == "https://vieux.fr/"
    assert "Vieux" in target.note
    assert "fermé, sans successeur connu" in target.note


def test_the_successor_of_a_successor_is_followed() -> None:
    source = old("closed", "entre")
    between = Source(
        id="entre", title="Entre", url="https://entre.fr/", lifecycle=Lifecycle(status="replaced", successor="neuf")
    )

    assert destination(Catalogue(sources=(source, between, NEW)), source).url == "https://neuf.fr/"


def test_a_successor_that_left_for_nowhere_is_where_the_way_ends() -> None:
    source = old("closed", "entre")
    between = Source(id="entre", title="Entre", url="https://entre.fr/", lifecycle=Lifecycle(status="closed"))

    assert destination(Catalogue(sources=(source, between)), source).url == "https://entre.fr/"


@pytest.mark.parametrize("successor", ["vieux", "entre"])
def test_successors_that_go_in_circles_end_somewhere(successor: str) -> None:
    source = old("closed", successor)
    between = Source(
        id="entre", title="Entre", url="https://entre.fr/", lifecycle=Lifecycle(status="closed", successor="vieux")
    )

    url = destination(Catalogue(sources=(source, between)), source).url

    assert url in {"https://vieux.fr/", "https://entre.fr/"}


def test_a_long_way_of_successors_is_followed_to_its_end() -> None:
    many = 20_000
    chain = [old("moved", f"n{rank + 1}")._replace(id=f"n{rank}") for rank in range(many)]
    last = NEW._replace(id=f"n{many}")

    assert destination(Catalogue(sources=(*chain, last)), chain[0]).url == NEW.url


def test_the_original_is_the_documents_address() -> None:
    source = old("closed", "neuf")

    target = destination(Catalogue(sources=(source, NEW)), source, original=True)

    assert (target.url, target.note) == ("http://document.fr/", "")


def test_the_original_of_a_source_the_document_gives_alike_is_its_url() -> None:
    assert destination(Catalogue(sources=(NEW,)), NEW, original=True).url == "https://neuf.fr/"


def test_every_shipped_source_has_a_web_address_to_go_to(shipped: Catalogue) -> None:
    for source in shipped.sources:
        assert destination(shipped, source).url.startswith(("https://", "http://"))
