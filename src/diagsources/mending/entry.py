"""The entry of a new source: what its page says, what the catalogue knows, and what its keeper wants."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from diagsources.mending.values import PageSays, Value
from diagsources.model import Catalogue, Source
from diagsources.text import fold
from diagsources.urls import host_of, normal, site_of

_LONGEST_ID = 40
_FEW_KEYWORDS = 6
_HOME = "c=home"
"""The fragment by which Géoclip names its first page."""

_TRACKING = re.compile(r"(?:utm_\w+|xtor|at_\w+|fbclid|gclid|msclkid|mtm_\w+|mc_[ce]id)=", re.IGNORECASE)
"""The parameters by which readers are counted (Google, AT Internet, Matomo and others), and no page told."""

_DATASET_PATHS = ("/explore/dataset/", "/datasets/", "/dataset/")
_KINDS = {"geoclip": "cartographie", "discourse": "veille", "geonetwork": "portail", "ckan": "portail"}
_PORTALS = frozenset({"opendatasoft", "udata", "ckan", "data-fair", "arcgis"})


class Wanted(NamedTuple):
    """What the keeper says of the source: None leaves it to its page, nothing at all is nothing."""

    id: str | None = None
    title: str | None = None
    theme: str | None = None
    publisher: str | None = None
    kind: str | None = None
    description: str | None = None
    platform: str | None = None
    keywords: tuple[str, ...] | None = None


class Known(NamedTuple):
    """A source that has an address already, and in which key."""

    source: Source
    key: str


def already(catalogue: Catalogue, urls: Iterable[str]) -> Known | None:
    """Which source has one of *urls*, as its own, the document's or among its links."""
    wanted = {_same(url) for url in urls if url}
    for source in catalogue.sources:
        if _same(source.url) in wanted:
            return Known(source, "url")
        if source.document_url and _same(source.document_url) in wanted:
            return Known(source, "document_url")
        if any(_same(address.url) in wanted for address in source.links):
            return Known(source, "links")
    return None


def same_page(url: str, other: str) -> bool:
    """Whether two addresses are of one page, however they are written."""
    return _same(url) == _same(other)


def _same(url: str) -> str:
    """*url* without what does not tell two pages apart: its scheme, `www.`, a last slash, what a newsletter or a search
    engine has hung to it, the fragment of a first page."""
    bare, _, fragment = normal(url.strip()).partition("#")
    bare = bare.partition("://")[2].removeprefix("www.")
    path, _, query = bare.partition("?")
    asked = "&".join(part for part in query.split("&") if part and not _TRACKING.match(part))
    bare = path.rstrip("/") + (f"?{asked}" if asked else "")
    return bare if fragment in ("", _HOME) else f"{bare}#{fragment}"


def drafted(catalogue: Catalogue, url: str, page: PageSays, wanted: Wanted, *, on: date | None) -> dict[str, Value]:
    """The entry of *url*, its keys in the order of the model; its page was asked *on* that day, or not."""
    title = wanted.title or page.title or host_of(url)
    platform = page.platform if wanted.platform is None else wanted.platform
    keywords = _keywords(catalogue, page) if wanted.keywords is None else wanted.keywords
    entry: dict[str, Value | None] = {
        "id": wanted.id or _free_id(catalogue, title, url),
        "title": title,
        "url": url,
        "description": page.description if wanted.description is None else wanted.description,
        "kind": _kind(url, platform) if wanted.kind is None else wanted.kind,
        "publisher": _publisher(catalogue, url, page.publisher)
        if wanted.publisher is None
        else _id_of_publisher(catalogue, wanted.publisher) or wanted.publisher,
        "keywords": list(keywords),
        "platform": platform,
        "verified": {"on": on} if on is not None else None,
    }
    return {key: value for key, value in entry.items() if value}


def theme_of(catalogue: Catalogue, url: str, page: PageSays) -> str:
    """The theme whose words the page has most of; "" where it has none."""
    themes = _bags(catalogue, url, _publisher(catalogue, url, page.publisher))
    words = {*fold(" ".join((page.title, page.description, *page.keywords))).split(), _SAME_SITE, _SAME_PUBLISHER}
    used = Counter(word for bag in themes.values() for word in bag)
    scores = {
        theme: sum(weight / used[word] for word, weight in bag.items() if word in words)
        for theme, bag in themes.items()
    }
    best = max(scores, key=lambda theme: scores[theme], default="")
    return best if best and scores[best] > 0 else ""


_SAME_SITE, _SAME_PUBLISHER = "://", "@"
"""What no text has as a word."""


def _bags(catalogue: Catalogue, url: str, publisher: str) -> dict[str, Counter[str]]:
    """The words of each theme, by weight: its own count for more than those of its sources."""
    bags: dict[str, Counter[str]] = {theme.id: Counter() for theme in catalogue.themes}
    for theme in catalogue.themes:
        words = fold(" ".join((theme.id, theme.title, theme.description or "", *theme.aliases))).split()
        bags[theme.id] = Counter({word: 3 for word in words if len(word) > 2})
    for source in catalogue.sources:
        bag = bags.setdefault(source.theme, Counter())
        for word in set(fold(" ".join((source.title, *source.keywords))).split()):
            if len(word) > 3:
                bag[word] = min(3, bag[word] + 1)
        if site_of(source.url) == site_of(url):
            bag[_SAME_SITE] = 6
        if publisher and source.publisher == publisher:
            bag[_SAME_PUBLISHER] = 6
    return bags


def _free_id(catalogue: Catalogue, title: str, url: str) -> str:
    """An id made of the first words of *title*, or else of the host, that no source has."""
    taken = {source.id for source in catalogue.sources}
    words = [word for word in _ascii(title) if word not in _EMPTY] or _ascii(host_of(url)) or ["source"]
    own = words[0][:_LONGEST_ID]
    for word in words[1:5]:
        if len(own) + len(word) < _LONGEST_ID:
            own += f"-{word}"
    rank = 2
    free = own
    while free in taken:
        free, rank = f"{own}-{rank}", rank + 1
    return free


_ARTICLES = frozenset({"le", "la", "les", "l", "un", "une", "d", "de", "du", "des", "au", "aux", "the"})
_EMPTY = _ARTICLES | {"et", "ou", "a", "en", "sur", "par", "pour", "dans", "avec", "of"}


def _ascii(text: str) -> list[str]:
    folded = "".join(char if char.isascii() else " " for char in fold(text))
    return folded.split()


def _kind(url: str, platform: str) -> str:
    if platform in _PORTALS:
        return "jeu-de-donnees" if any(path in urlsplit(url).path for path in _DATASET_PATHS) else "portail"
    return _KINDS.get(platform, "")


def _publisher(catalogue: Catalogue, url: str, name: str) -> str:
    """The id of the publisher of that *name*, or whose site it is; else the name itself."""
    known = _id_of_publisher(catalogue, name)
    if known:
        return known
    for publisher in catalogue.publishers.values():
        if publisher.url and site_of(publisher.url) == site_of(url):
            return publisher.id
    return name


def _id_of_publisher(catalogue: Catalogue, name: str) -> str:
    """The id of the publisher that goes by *name*; "" for none."""
    folded = fold(name)
    for publisher in catalogue.publishers.values():
        full, _, short = publisher.name.partition("(")  # « Direction … (DREES) » goes by either
        if folded and folded in map(fold, (publisher.id, publisher.name, full, short)):
            return publisher.id
    return ""


def _keywords(catalogue: Catalogue, page: PageSays) -> Iterator[str]:
    """The page's own, then those of the catalogue that its text has."""
    said = f" {fold(f'{page.title} {page.description}')} "
    known = (word for source in catalogue.sources for word in source.keywords)
    found: dict[str, str] = {}
    for word in (*page.keywords, *(word for word in known if len(word) > 3 and f" {fold(word)} " in said)):
        found.setdefault(fold(word), word)
    yield from list(found.values())[:_FEW_KEYWORDS]
