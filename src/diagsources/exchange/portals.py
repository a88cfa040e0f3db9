"""A dataset that has left its address, looked for where it was: on data.gouv.fr (udata) and on Opendatasoft portals."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from diagsources.exchange.services import Answer, Ask, json_of, texts
from diagsources.mending import Offer
from diagsources.model import Source
from diagsources.text import fold
from diagsources.urls import has_port, host_of, normal

_UDATA = re.compile(r"/(?:[a-z]{2}/)?datasets/([^/?#]+)/?")
_OPENDATASOFT = re.compile(r"/(?:[a-z]{2}/)?explore/dataset/([^/?#]+)(?:/.*)?")
_NAME = re.compile(r"\w[\w.@-]{0,199}")
"""What a slug may be: it becomes part of an address, and « .. » would lead out of it."""

_PARTICLES = frozenset({"les", "des", "une", "sur", "par", "aux", "dans", "pour", "avec", "the", "and", "for"})

_NEAR = 0.4
"""From which likeness two names are taken for those of one dataset."""

_WANTED = "slug,title,archived,deleted"
_DATASET_ONLY = (("X-Fields", _WANTED),)
_DATASETS_ONLY = (("X-Fields", f"data{{{_WANTED}}}"),)
"""What udata is to say and no more: a dataset comes with its files otherwise, thousands of them at times."""

_FOUND = 20
"""How many datasets a search is asked for."""


class Dataset(NamedTuple):
    """An address of a dataset: the platform, its origin, and the name of the dataset there."""

    platform: str
    origin: str
    name: str


class _Candidate(NamedTuple):
    name: str
    title: str


def dataset_of(source: Source, url: str) -> Dataset | None:
    """The dataset that *url* names, where its platform is one that can be asked."""
    parts = urlsplit(url)
    if "@" in parts.netloc:
        return None
    origin = f"{parts.scheme}://{parts.netloc}"
    udata, opendatasoft = _UDATA.fullmatch(parts.path), _OPENDATASOFT.fullmatch(parts.path)
    if udata and (source.platform == "udata" or host_of(url).removeprefix("www.") == "data.gouv.fr"):
        return Dataset("udata", origin, udata[1])
    if opendatasoft:
        return Dataset("opendatasoft", origin, opendatasoft[1])
    return None


def renamed(source: Source, url: str, ask: Ask) -> Offer | None:
    """Where the dataset of *url* is now, on the same portal; None where nothing is near, or *url* is no dataset's.

    Raises `ServiceSilent`.
    """
    dataset = dataset_of(source, url)
    if dataset is None:
        return None
    origin = dataset.origin.replace("http://", "https://", 1) if _is_public_portal(dataset.origin) else dataset.origin
    dataset = dataset._replace(origin=origin)
    found = _renamed_udata(source, dataset, ask) if dataset.platform == "udata" else _near(source, dataset, ask)
    if found is None or normal(found.url) == normal(url):
        return None
    return found


def _is_public_portal(origin: str) -> bool:
    return host_of(origin).removeprefix("www.") == "data.gouv.fr" and not has_port(origin)


def _renamed_udata(source: Source, dataset: Dataset, ask: Ask) -> Offer | None:
    """By its old slug, which the API follows; else by a search for its words."""
    known = ask(f"{dataset.origin}/api/1/datasets/{quote(dataset.name, safe='')}/", _DATASET_ONLY)
    if known.status_code == 200:
        plain = json_of(known, host_of(dataset.origin))
        withdrawn = isinstance(plain, dict) and (plain.get("archived") or plain.get("deleted"))
        if not withdrawn and (own := _udata_candidate(plain)) is not None and own.name != dataset.name:
            return _offer(dataset, own, code="renamed")
    query = urlencode({"q": _words(source, dataset), "page_size": _FOUND})
    answer = ask(f"{dataset.origin}/api/1/datasets/?{query}", _DATASETS_ONLY)
    return _nearest(source, dataset, _all(answer, dataset, "data", _udata_candidate))


def _near(source: Source, dataset: Dataset, ask: Ask) -> Offer | None:
    words = _words(source, dataset)
    query = urlencode({"where": f'search("{words}")', "limit": _FOUND, "select": "dataset_id,metas"})
    answer = ask(f"{dataset.origin}/api/explore/v2.1/catalog/datasets?{query}")
    return _nearest(source, dataset, _all(answer, dataset, "results", _opendatasoft_candidate))


def _words(source: Source, dataset: Dataset) -> str:
    """The words of the name of *dataset*, without years and numbers; those of the title where it has none."""
    words = [word for word in fold(dataset.name).split() if not word.isdigit() and len(word) > 1]
    return " ".join(words[:8]) or " ".join(fold(source.title).split()[:8])


def _all(answer: Answer, dataset: Dataset, key: str, read: Any) -> Iterator[_Candidate]:
    plain = json_of(answer, host_of(dataset.origin)) if answer.status_code == 200 else {}
    items = plain.get(key) if isinstance(plain, dict) else None
    for item in items if isinstance(items, list) else ():
        candidate = read(item)
        if candidate is not None and candidate.name != dataset.name:
            yield candidate


def _udata_candidate(plain: Any) -> _Candidate | None:
    if not isinstance(plain, dict) or plain.get("archived") or plain.get("deleted"):
        return None
    slug, title = next(texts(plain, "slug"), ""), next(texts(plain, "title"), "")
    return _Candidate(slug, title[:200]) if _NAME.fullmatch(slug) else None


def _opendatasoft_candidate(plain: Any) -> _Candidate | None:
    name = next(texts(plain, "dataset_id"), "")
    metas = plain.get("metas") if isinstance(plain, dict) else None
    default = metas.get("default") if isinstance(metas, dict) else None
    return _Candidate(name, next(texts(default, "title"), "")[:200]) if _NAME.fullmatch(name) else None


def _nearest(source: Source, dataset: Dataset, candidates: Iterable[_Candidate]) -> Offer | None:
    """The candidate that has most of the words of the dataset's name, or of the source's title."""
    wanted = [_telling(dataset.name), _telling(source.title)]
    best, highest = None, 0.0
    for candidate in candidates:  # as the portal ranks them: of equals, the first
        score = max(_likeness(words, _telling(f"{candidate.name} {candidate.title}")) for words in wanted)
        if score > highest:
            best, highest = candidate, score
    return _offer(dataset, best) if best is not None and highest >= _NEAR else None


def _telling(text: str) -> frozenset[str]:
    """The words of *text* that tell something: no numbers, no particles."""
    return frozenset(word for word in fold(text).split() if len(word) > 2 and not word.isdigit()) - _PARTICLES


def _likeness(wanted: frozenset[str], words: frozenset[str]) -> float:
    """The share of the words of the shorter that both have; one word of several is none."""
    common = len(wanted & words)
    if common < min(2, len(wanted)):
        return 0.0
    return common / max(1, min(len(wanted), len(words)))


def _offer(dataset: Dataset, candidate: _Candidate, *, code: str = "dataset") -> Offer:
    path = "datasets" if dataset.platform == "udata" else "explore/dataset"
    return Offer(code, f"{dataset.origin}/{path}/{candidate.name}/", title=candidate.title)
