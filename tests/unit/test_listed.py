"""What the catalogue knows of the links of a list: which address stands in for one that is dead."""

from datetime import date

import pytest

from diagsources.mending import Seen, listed
from diagsources.model import Address, Catalogue, Lifecycle, Source, Verdict

CATALOGUE = Catalogue(
    sources=(
        Source(
            id="emploi",
            title="Emploi",
            url="https://new.example.org/emploi",
            document_url="http://old.example.org/emploi",
            links=(
                Address(rel="former", url="http://older.example.org/emploi"),
                Address(rel="api", url="https://api.example.org/"),
            ),
        ),
        Source(
            id="climat",
            title="Climat",
            url="https://dead.example.org/",
            lifecycle=Lifecycle(status="closed", successor="emploi"),
        ),
    )
)


@pytest.mark.parametrize(
    ("url", "successor"),
    [
        ("https://old.example.org/emploi/", "https://new.example.org/emploi"),
        ("http://older.example.org/emploi", "https://new.example.org/emploi"),
        ("https://dead.example.org", "https://new.example.org/emploi"),
        ("https://new.example.org/emploi", ""),
        ("https://api.example.org/", ""),
        ("https://unknown.example.org/", ""),
    ],
)
def test_an_address_that_the_catalogue_knows_leads_where_its_source_is(url: str, successor: str) -> None:
    day = date(2026, 11, 27)
    seen = Seen("line-1", "url", url, Verdict.BROKEN, "http-404", "404", day, day, is_confirmed=True)

    assert listed(CATALOGUE, seen).successor == successor
