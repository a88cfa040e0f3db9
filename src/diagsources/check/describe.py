"""What a page says of itself in its head, for whoever adds it to a catalogue. The page is hostile: texts are cut,
put on one line and rid of what would be obeyed."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from diagsources.check.page import tree_of
from diagsources.mending import PageSays
from diagsources.text import clean, fold

_MARKS = (
    ("geoclip", ("window.gco5", "gc_loadcss.php", "geoclip")),
    ("udata", ('content="udata', "static.data.gouv.fr", "udata-front", "udata.js")),
    ("opendatasoft", ("opendatasoft", "ods-front", "huwise")),
    ("data-fair", ("data-fair", "data fair")),
    ("ckan", ('content="ckan', "ckan.module", "/webassets/ckan")),
    ("geonetwork", ("geonetwork", "gn_search")),
    ("arcgis", ("hubcdn.arcgis.com", "js.arcgis.com", "arcgis-hub")),
    ("discourse", ('content="discourse', "discourse-assets", "data-discourse")),
    ("wordpress", ('content="wordpress', "/wp-content/", "/wp-includes/")),
)
"""What betrays a platform in the source of its pages (field notes, liveness probes); the first that is found. Of the
general ones, last, others may make use."""

_LONGEST_SOURCE = 200_000
_LONGEST = {"title": 150, "description": 400, "publisher": 120, "keyword": 40}
_MANY_KEYWORDS = 12
_PUBLISHERS = ("dcterms.publisher", "dc.publisher", "publisher", "og:site_name", "application-name", "author")
_SITES = ("og:site_name", "application-name")
_BETWEEN_NAMES = re.compile(r"\s+[|–—−·•:-]\s+")
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)
_TYPES = frozenset(
    {"dataset", "datacatalog", "webpage", "website", "organization", "governmentorganization", "article"}
)


def describe(body: bytes, content_type: str) -> PageSays:
    """What the page *body* says of itself."""
    tree, source = tree_of(body, content_type)
    metas = dict(_metas(tree))
    linked = list(_json_ld(tree))
    site = [metas.get(name, "") for name in _SITES]
    language = tree.root.attributes.get("lang") if tree.root is not None else ""
    return PageSays(
        title=_apart(_first("title", metas.get("og:title"), *_texts(linked, "name", only=_DATA), _title(tree)), site),
        description=_first(
            "description",
            *(metas.get(name) for name in ("description", "og:description", "dcterms.description")),
            *_texts(linked, "description"),
        ),
        language=_first("keyword", language or metas.get("og:locale"))[:5].replace("_", "-"),
        publisher=_first("publisher", *_publishers(linked), *(metas.get(name) for name in _PUBLISHERS)),
        keywords=tuple(_keywords(metas, linked)),
        platform=_platform(source),
    )


_DATA = frozenset({"dataset", "datacatalog"})


def _title(tree: LexborHTMLParser) -> str:
    node = next(iter(tree.tags("title")), None)
    return node.text()[:2_000] if node is not None else ""


def _metas(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Names and contents of the `meta` elements; the first of a name comes last, and wins."""
    for node in reversed(tree.tags("meta")[:200]):
        name = node.attributes.get("name") or node.attributes.get("property") or ""
        content = node.attributes.get("content") or ""
        if name and content.strip():
            yield name.lower()[:50], content[:2_000]


def _json_ld(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """The objects of schema.org that the page holds."""
    for node in tree.css("script[type='application/ld+json' i]")[:10]:
        try:
            waiting = [json.loads(node.text()[:100_000])]
        except (ValueError, RecursionError):
            continue
        for _ in range(50):
            if not waiting:
                break
            found = waiting.pop(0)
            if isinstance(found, list):
                waiting += found[:20]
            elif isinstance(found, dict):
                waiting += [inner for inner in (found.get("@graph"), found.get("mainEntity")) if inner]
                if _type_of(found) in _TYPES:
                    yield found


def _type_of(found: dict[str, Any]) -> str:
    kind = found.get("@type")
    kind = kind[0] if isinstance(kind, list) and kind else kind
    return kind.lower().rsplit(":", 1)[-1].rsplit("/", 1)[-1] if isinstance(kind, str) else ""


def _texts(linked: list[dict[str, Any]], key: str, *, only: frozenset[str] = _TYPES) -> Iterator[str]:
    for found in linked:
        if _type_of(found) in only and isinstance(found.get(key), str):
            yield found[key]


def _publishers(linked: list[dict[str, Any]]) -> Iterator[str]:
    """Names of whoever publishes, else of whoever made it."""
    for key in ("publisher", "creator"):
        for found in linked:
            who = found.get(key)
            who = who[0] if isinstance(who, list) and who else who
            name = who.get("name") if isinstance(who, dict) else who
            if isinstance(name, str):
                yield name


def _keywords(metas: dict[str, str], linked: list[dict[str, Any]]) -> Iterator[str]:
    words: list[str] = []
    for found in linked:
        given = found.get("keywords")
        words += given.split(",") if isinstance(given, str) else given if isinstance(given, list) else []
    words += metas.get("keywords", "").split(",")
    told: set[str] = set()
    for word in words[:100]:
        kept = clean(word, most=_LONGEST["keyword"]) if isinstance(word, str) else ""
        if len(kept) > 1 and kept.lower() not in told and len(told) < _MANY_KEYWORDS:
            told.add(kept.lower())
            yield kept


def _first(what: str, *texts: str | None) -> str:
    """The first of *texts* that says something, without tags, cut where it is too long for *what* it is."""
    bare = (_TAG.sub(" ", text[:4_000]) for text in texts if text)
    return next((kept for text in bare if (kept := clean(text, most=_LONGEST[what]))), "")


def _apart(title: str, site: Iterable[str]) -> str:
    """*title* without the names of its *site* before or behind it."""
    names = {fold(name) for name in site if name}
    parts = list(_BETWEEN_NAMES.finditer(title))
    if parts and fold(title[parts[-1].end() :]) in names:
        return title[: parts[-1].start()]
    if parts and fold(title[: parts[0].start()]) in names:
        return title[parts[0].end() :]
    return title


def _platform(source: str) -> str:
    lower = source[:_LONGEST_SOURCE].lower()
    return next((name for name, marks in _MARKS if any(mark in lower for mark in marks)), "")
