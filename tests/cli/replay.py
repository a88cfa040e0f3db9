"""The web of the document, on this machine: every address answers as it is said to have become.

Hosts keep their names, which all lead here, and have a port each: http and https of a host are two servers of http.
"""

import json
import re
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from diagsources.urls import host_of
from tests.support.server import SITES, Conversation
from tests.support.web import Web

FATES = Path(__file__).parents[1] / "data" / "document-became.tsv"
ARCHIVE = "http://archive"
DATASETS = {
    "https://public.opendatasoft.com": ("buildingref-france-bpe-all-millesime", "Base permanente des équipements"),
    "https://www.data.gouv.fr": (
        "base-des-permis-de-construire-et-autres-autorisations-durbanisme-sitadel",
        "Base des permis de construire et autres autorisations d'urbanisme (Sitadel)",
    ),
}
"""What the portals have now, by origin."""


class Fate(NamedTuple):
    """What has become of an address."""

    number: int
    url: str
    answer: int
    redirect: str
    successor: str
    archived: str

    @property
    def has_a_way_out(self) -> bool:
        """Whether another address is known that does."""
        if self.answer == 200:
            return False
        portal = origin_of(self.url) in DATASETS and "/datasets/" in self.url.replace("/dataset/", "/datasets/")
        return bool(self.redirect or self.successor or self.archived or portal)


def fates() -> list[Fate]:
    """All of them, in the order of the document."""
    rows = [line.split("\t") for line in FATES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [
        Fate(int(number), url, int(answer), *("" if cell == "-" else cell for cell in cells))
        for number, url, answer, *cells in rows
    ]


def origin_of(url: str) -> str:
    """Scheme and host of *url*."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def port_of(origin: str) -> int:
    """The port of *origin*."""
    return urlsplit(origin).port or 80


class Replay:
    """The local web that stands for the real one: a server for each origin."""

    def __init__(self, web: Web) -> None:
        self._fates = {_key(fate.url): fate for fate in fates()}
        origins = {origin_of(url) for fate in fates() for url in (fate.url, fate.redirect, fate.successor) if url}
        self._here: dict[str, str] = {}
        for origin in (*origins, *DATASETS, ARCHIVE):
            SITES[origin] = {"*": partial(self._answer, origin)}
            self._here[origin] = f"http://{host_of(origin)}:{port_of(web.sites[origin])}"  # opened now, one by one

    @property
    def archive(self) -> str:
        """Where the archive is."""
        return self._here[ARCHIVE]

    @property
    def hosts(self) -> frozenset[str]:
        """The names that lead here."""
        return frozenset(map(host_of, self._here))

    def close(self) -> None:
        """Forgets the servers."""
        for origin in [name for name in SITES if "://" in name]:
            del SITES[origin]

    def local(self, url: str) -> str:
        """The address here that stands for *url*."""
        return self._here[origin_of(url)] + url.removeprefix(origin_of(url)) if url else ""

    def real(self, text: str) -> str:
        """*text* with the addresses here turned into those that they stand for."""
        for origin, here in self._here.items():
            text = re.sub(rf"{re.escape(here)}(?!\d)", origin, text)
        return text.replace(ARCHIVE, "https://web.archive.org")

    async def _answer(self, origin: str, talk: Conversation) -> None:
        if origin == ARCHIVE:
            await self._archive(talk)
            return
        dataset = DATASETS.get(origin, ("", ""))
        plain = {"dataset_id": dataset[0], "slug": dataset[0], "title": dataset[1]}
        if "/api/" in talk.path:
            named = urlsplit(talk.path).path.strip("/").rsplit("/", 1)[-1]
            listed = [plain | {"metas": {"default": {"title": dataset[1]}}}]
            found = named == "datasets"
            body = json.dumps({"results": listed, "data": listed}).encode()
            await talk.reply(200 if found else 404, body if found else b"{}", content_type="application/json")
            return
        fate = self._fates.get(_key(origin + talk.path))
        if fate is None or fate.answer == 200:
            title = f"{origin.partition('://')[2]} {talk.path}"
            known = fate is not None or self._is_known(origin + talk.path, dataset[0])
            page = f"<!doctype html><html lang=fr><title>{title}</title><h1>{title}</h1><p>Des données.</p></html>"
            await talk.reply(200 if known else 404, page.encode())
        elif fate.redirect:
            await talk.reply(301, location=self.local(fate.redirect))
        else:
            await talk.reply(fate.answer, b"<h1>Page introuvable</h1>")

    def _is_known(self, url: str, dataset: str) -> bool:
        targets = {_key(target) for fate in self._fates.values() for target in (fate.redirect, fate.successor)}
        return _key(url) in targets or bool(dataset and dataset in url)

    async def _archive(self, talk: Conversation) -> None:
        if talk.path.startswith("/web/"):
            await talk.reply(200, f"<title>Copie</title><h1>{talk.path[5:13]}</h1><p>Une page d'alors.</p>".encode())
            return
        asked = parse_qs(talk.query).get("url", [""])[0]
        copy = next((fate.archived for fate in self._fates.values() if fate.archived and self._is(asked, fate)), "")
        if not asked:
            await talk.reply(404)
        elif talk.path.startswith("/wayback/available"):
            closest = {"closest": {"status": "200", "available": True, "url": "http://leurre/", "timestamp": copy}}
            body = {"url": asked, "archived_snapshots": closest if copy else {}}
            await talk.reply(200, json.dumps(body).encode(), content_type="application/json")
        else:
            await talk.reply(200, b"[]", content_type="application/json")

    def _is(self, asked: str, fate: Fate) -> bool:
        return _key(asked) == _key(self.local(fate.url))


def _key(url: str) -> str:
    bare = url.partition("#")[0]
    return bare if urlsplit(bare).path else f"{bare}/"
