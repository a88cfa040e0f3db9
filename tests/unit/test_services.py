"""Archives and portals: what they are asked, and what is believed of their answers."""

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from diagsources.exchange.portals import renamed
from diagsources.exchange.services import Answer, Fields, Remembering, ServiceSilent
from diagsources.exchange.wayback import newest
from diagsources.model import Source

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, tzinfo=UTC)
SITADEL = Source(
    id="sitadel",
    title="Permis de construire (Sitadel)",
    url="https://www.data.gouv.fr/fr/datasets/permis-de-construire-base-sitadel/",
)


class Service:
    """Answers by path, and keeps what it was asked."""

    def __init__(self, **by_path: object) -> None:
        self._by_path = {f"/{path.replace('__', '/')}": answer for path, answer in by_path.items()}
        self.asked: list[str] = []
        self.fields: list[Fields] = []

    def __call__(self, url: str, /, fields: Fields = ()) -> Answer:
        self.asked.append(url)
        self.fields.append(fields)
        path = urlsplit(url).path.rstrip("/")
        if path not in self._by_path:
            return Answer(404, "")
        found = self._by_path[path]
        return Answer(200, found if isinstance(found, str) else json.dumps(found))


def closest(**fields: object) -> object:
    return {"archived_snapshots": {"closest": {"available": True, "status": "200", **fields}}}


def test_the_copy_nearest_to_the_death_is_taken() -> None:
    service = Service(wayback__available=closest(timestamp="20240312103000", url="http://evil.example.org/"))

    copy = newest("https://a.fr/b?c=d#e", service, before=DAY)

    assert copy == ("https://web.archive.org/web/20240312103000/https://a.fr/b?c=d", date(2024, 3, 12))
    assert parse_qs(urlsplit(service.asked[0]).query) == {"url": ["https://a.fr/b?c=d"], "timestamp": ["20261124"]}


def test_a_copy_made_after_the_death_is_of_the_death_and_the_list_is_asked() -> None:
    service = Service(
        wayback__available=closest(timestamp="20261125000000"),
        cdx__search__cdx=[["timestamp"], ["20190101000000"], ["20200229000000"], ["20270101000000"]],
    )

    copy = newest("https://a.fr/", service, before=DAY)

    assert copy is not None
    assert copy.on == date(2020, 2, 29)
    assert "filter=statuscode%3A200" in service.asked[1]


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"archived_snapshots": {}},
        {"archived_snapshots": []},
        closest(timestamp="20240312"),
        closest(timestamp=20240312103000),
        closest(timestamp="20241399000000"),
        closest(timestamp="../../../../etc"),
        closest(timestamp="20240312103000", status="404"),
        closest(timestamp="20240312103000", available=False),
        [1, 2],
    ],
    ids=str,
)
def test_an_answer_without_a_good_copy_gives_none_or_the_day_that_it_says(answer: object) -> None:
    copy = newest("https://a.fr/", Service(wayback__available=answer, cdx__search__cdx=""), before=DAY)

    assert copy is None or copy.url == "https://web.archive.org/web/20240312/https://a.fr/"


def test_an_answer_that_is_no_json_is_said_to_be_so() -> None:
    with pytest.raises(ServiceSilent, match=r"archive\.org n'a pas été comprise"):
        newest("https://a.fr/", Service(wayback__available="<html>"), before=DAY)


def test_a_dataset_is_followed_to_its_new_slug() -> None:
    old = "api__1__datasets__permis-de-construire-base-sitadel"
    service = Service(**{old: {"slug": "sitadel", "title": "Sitadel"}})

    offer = renamed(SITADEL, SITADEL.url, service)

    assert offer is not None
    assert (offer.code, offer.url) == ("renamed", "https://www.data.gouv.fr/datasets/sitadel/")
    assert len(service.asked) == 1


def test_a_dataset_that_is_no_more_is_looked_for_by_its_words() -> None:
    found = [
        {"slug": "eau-potable", "title": "Eau potable"},
        {"slug": "permis-archives", "title": "Permis de construire Sitadel, archives", "archived": "2024-01-01"},
        {"slug": "base-des-permis-de-construire-sitadel", "title": "Base des permis de construire"},
        {"slug": "../../evil?x=", "title": "Permis de construire base Sitadel"},
        {"slug": "..", "title": "Permis de construire base Sitadel"},
        {"slug": 7},
        None,
    ]
    service = Service(api__1__datasets={"data": found})

    offer = renamed(SITADEL, SITADEL.url, service)

    assert offer is not None
    assert offer.code == "dataset"
    assert offer.url == "https://www.data.gouv.fr/datasets/base-des-permis-de-construire-sitadel/"
    assert service.fields[1] == (("X-Fields", "data{slug,title,archived,deleted}"),)  # and none of their files
    assert parse_qs(urlsplit(service.asked[1]).query)["q"] == ["permis de construire base sitadel"]


def test_a_dataset_of_opendatasoft_is_looked_for_on_its_own_portal() -> None:
    bpe = Source(id="bpe", title="BPE", url="https://public.opendatasoft.com/explore/dataset/bpe-2018/table/")
    results = [
        {"dataset_id": "bpe-2018", "metas": {"default": {"title": "BPE 2018"}}},
        {"dataset_id": "communes", "metas": {"default": {"title": "Communes"}}},
        {"dataset_id": "buildingref-france-bpe-all-millesime", "metas": {"default": {"title": "Équipements"}}},
    ]
    service = Service(**{"api__explore__v2.1__catalog__datasets": {"results": results}})

    offer = renamed(bpe, bpe.url, service)

    assert offer is not None
    assert offer.url == "https://public.opendatasoft.com/explore/dataset/buildingref-france-bpe-all-millesime/"


@pytest.mark.parametrize(
    "url",
    [
        "https://a.fr/page",
        "https://a.fr/datasets/x/",
        "https://moi:secret@www.data.gouv.fr/datasets/x/",
        "https://www.data.gouv.fr/",
        "https://a.fr/explore/",
    ],
)
def test_what_is_no_dataset_of_a_known_platform_is_not_asked_for(url: str) -> None:
    service = Service()

    assert renamed(SITADEL, url, service) is None
    assert service.asked == []


def test_nothing_near_gives_nothing() -> None:
    service = Service(api__1__datasets={"data": [{"slug": "eau-potable", "title": "Eau potable"}]})

    assert renamed(SITADEL, SITADEL.url, service) is None


def test_an_answer_is_remembered_for_a_week_and_no_longer(tmp_path: Path) -> None:
    service = Service(a={"n": 1})
    urls = ["https://s.fr/a", "https://s.fr/a", "https://s.fr/b"]

    for days in (0, 6, 8):
        ask = Remembering(service, tmp_path / "cache", now=NOW + timedelta(days=days))
        answers = [ask(url).status_code for url in urls]
        assert answers == [200, 200, 404]

    assert service.asked == ["https://s.fr/a", "https://s.fr/b"] * 2


def test_a_damaged_memory_is_none(tmp_path: Path) -> None:
    service = Service(a={"n": 1})
    Remembering(service, tmp_path, now=NOW)("https://s.fr/a")
    for file in tmp_path.iterdir():
        file.write_text('{"url": 3', encoding="utf-8")

    assert Remembering(service, tmp_path, now=NOW)("https://s.fr/a").status_code == 200
    assert len(service.asked) == 2


def test_what_is_too_old_to_be_of_use_is_not_kept_for_ever(tmp_path: Path) -> None:
    ask = Remembering(Service(a={}), tmp_path, now=NOW)
    for rank in range(3):
        ask(f"https://s.fr/a?{rank}")
    old, *others = sorted(tmp_path.iterdir())
    os.utime(old, (0, 0))
    for path in others:
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))

    Remembering(Service(a={}), tmp_path, now=NOW + timedelta(days=1))("https://s.fr/a")

    assert not old.exists()
    assert all(path.exists() for path in others)
    assert len(list(tmp_path.iterdir())) == 3
