"""An address replaced in an entry: the old one kept, the change dated, in the words of a person."""

from datetime import date
from urllib.parse import urlsplit

from diagsources.mending.values import END, Change, Seen, Value
from diagsources.model import Source
from diagsources.text import day_in_french
from diagsources.urls import is_web_url, normal

LEFT = frozenset({"moved", "replaced", "closed"})
"""The statuses of a source that is not where it was."""


def may_be_written(url: str) -> bool:
    """Whether *url* may stand in a catalogue: on the web, and without credentials, which memory keeps masked."""
    return is_web_url(url) and "@" not in urlsplit(url).netloc


def address_changed(source: Source, seen: Seen, new: str) -> list[Change]:
    """*new* where *seen* stands in *source*, and the old address kept."""
    kept = _kept(source, seen)
    if seen.rel == "url":
        return [Change(("url",), new, was=source.url), *kept]
    rank = rank_of(source, seen)
    return [] if rank is None else [Change(("links", rank, "url"), new, was=source.links[rank].url), *kept]


def rank_of(source: Source, seen: Seen) -> int | None:
    """Which of the `links` of *source* was *seen*."""
    ranks = (
        rank
        for rank, address in enumerate(source.links)
        if address.rel == seen.rel and normal(address.url) == normal(seen.url)
    )
    return next(ranks, None)


def _kept(source: Source, seen: Seen) -> list[Change]:
    """The old address: as the document's, where the source is of the document and has none; else among `links`."""
    known = (source.document_url or "", *(address.url for address in source.links if address.rel == "former"))
    if any(normal(url) == normal(seen.url) for url in known if url):
        return []
    if seen.rel == "url" and source.document_url is None and source.section is not None:
        return [Change(("document_url",), source.url)]
    old = source.url if seen.rel == "url" else seen.url
    former: dict[str, Value] = {"rel": "former", "url": old}
    if source.links:
        return [Change(("links", END), former)]
    return [Change(("links",), [former])]


def lifecycle(source: Source, status: str, *, since: date, note: str, successor: str = "") -> list[Change]:
    """The `lifecycle` of *source* with *status*: a person's own words, dates and decisions stay."""
    present = source.lifecycle
    if present is None:
        whole: dict[str, Value] = {"status": status, "since": since.isoformat()}
        if successor:
            whole["successor"] = successor
        return [Change(("lifecycle",), whole | {"note": note})]
    changes: list[Change] = []
    decided = present.status in LEFT
    if not decided and present.status != status:
        changes.append(Change(("lifecycle", "status"), status))
    if present.since is None or not decided:
        changes.append(Change(("lifecycle", "since"), since.isoformat()))
    points_back = present.successor is None or normal(present.successor) == normal(source.url)
    if successor and points_back and successor != present.successor:
        changes.append(Change(("lifecycle", "successor"), successor))
    if present.note is None:
        changes.append(Change(("lifecycle", "note"), note))
    return changes


def verified(source: Source, on: date) -> list[Change]:
    """`verified` dated *on*; how surely and from what stays."""
    if source.verified is None:
        return [Change(("verified",), {"on": on})]
    return [] if source.verified.on >= on else [Change(("verified", "on"), on)]


def sentence(words: str) -> str:
    """*words* as they begin a note."""
    return words[:1].upper() + words[1:].rstrip(". ")


def moved_note(seen: Seen) -> str:
    """That a redirect was seen, and when."""
    return f"Redirection permanente constatée le {day_in_french(seen.since)}."


def https_note(on: date) -> str:
    """That the address is the same but for https."""
    return f"Même adresse, en https (constaté le {day_in_french(on)})."


def archive_note(seen: Seen, copied_on: date) -> str:
    """What was seen, when, and what is left."""
    return (
        f"{sentence(seen.message)}, constaté le {day_in_french(seen.on)} ; "
        f"l'adresse mène à la copie archivée du {day_in_french(copied_on)}."
    )


def replaced_note(seen: Seen) -> str:
    """What was seen, and when."""
    return f"{sentence(seen.message)}, constaté le {day_in_french(seen.on)}."


def renamed_note(seen: Seen) -> str:
    """What was seen, when, and that the portal itself says where the dataset is."""
    return (
        f"{sentence(seen.message)}, constaté le {day_in_french(seen.on)} ; "
        "le portail donne cette adresse au même jeu de données, renommé."
    )


def neighbour_note(seen: Seen) -> str:
    """What was seen, when, and that what stands there now was found by its name."""
    return (
        f"{sentence(seen.message)}, constaté le {day_in_french(seen.on)} ; "
        "l'adresse est celle d'un jeu de nom voisin, sur le même portail."
    )
