"""Where a person who opens a source should be taken."""

from typing import NamedTuple

from diagsources.model import ADDRESS_STATUSES, STATUSES, Catalogue, Source
from diagsources.text import day_in_french
from diagsources.urls import archived_on

_LEFT = frozenset({"moved", "replaced", "closed"})


class Destination(NamedTuple):
    """The address to open for *source*, and what to say of it when it is not simply the source's."""

    source: Source
    url: str
    note: str = ""


def destination(catalogue: Catalogue, source: Source, *, original: bool = False) -> Destination:
    """The successor of a source that has left its address, else its `url`; *original*: the document's."""
    if original:
        return Destination(source, source.document_url or source.url)
    lifecycle = source.lifecycle
    if lifecycle is None or lifecycle.status not in _LEFT:
        return Destination(source, source.url)
    state = STATUSES[lifecycle.status]
    if lifecycle.successor is None and (copied_on := archived_on(source.url)) is not None:
        said = f"{source.title} : {state} ; voici sa copie archivée du {day_in_french(copied_on)}"
        return Destination(source, source.url, said)
    if lifecycle.successor is None:
        return Destination(source, source.url, f"{source.title} : {state}, sans successeur connu")
    url = _address(catalogue, lifecycle.successor, but=source.id)
    if url == source.url:
        return Destination(
            source,
            url,
            f"{source.title} : l'adresse du document est {ADDRESS_STATUSES[lifecycle.status]}, voici la bonne",
        )
    return Destination(source, url, f"{source.title} : {state} ; voici ce qui en tient lieu")


def _address(catalogue: Catalogue, reference: str, *, but: str) -> str:
    """The address that a successor stands for, through successors of successors; they end where they come back to
    one, *but* the source that is left among them."""
    by_id = {source.id: source for source in catalogue.sources}
    seen = {but}
    while (other := by_id.get(reference)) is not None:
        following = other.lifecycle.successor if other.lifecycle and other.status in _LEFT else None
        if following is None or other.id in seen:
            return other.url
        seen.add(other.id)
        reference = following
    return reference
