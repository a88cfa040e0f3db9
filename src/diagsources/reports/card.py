"""A source's card, as sections of French sentences: the critical reading first.

It follows the document's first advice: who produces, by what inquiry, transformed how, down to which
level, beware of what. What is not known is said to be unknown.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from diagsources.model import (
    ACCESSES,
    ADDRESS_STATUSES,
    COLLECTIONS,
    CONFIDENCES,
    FREQUENCIES,
    GRANULARITIES,
    KINDS,
    PLATFORMS,
    PUBLISHER_KINDS,
    RELATIONS,
    STATUSES,
    TRANSFORMATIONS,
    Catalogue,
    Lifecycle,
    Source,
)
from diagsources.templates import LEVELS
from diagsources.text import MONTHS, NBSP, french
from diagsources.urls import masked, masked_in

UNKNOWN = "inconnu"


class Entry(NamedTuple):
    """A question, and what answers it; no values means that nothing is known."""

    label: str
    values: tuple[str, ...]


class Section(NamedTuple):
    """Entries under a heading."""

    title: str
    entries: tuple[Entry, ...]


def card(catalogue: Catalogue, source: Source) -> tuple[Section, ...]:
    """All that is known of *source*, in the order in which a student should read it."""
    return (
        Section("Lecture critique", tuple(_critical(catalogue, source))),
        Section("Ce qu'on y trouve", tuple(_content(catalogue, source))),
        Section("Y aller", tuple(_addresses(catalogue, source))),
        Section("Fiche", tuple(_record(source))),
    )


def provenance(catalogue: Catalogue, source: Source) -> tuple[Entry, ...]:
    """Who publishes and produces *source*, by what inquiry, transformed how, down to which level."""
    return (
        Entry("Qui publie", (_body(catalogue, source.publisher),)),
        Entry("Qui produit", (_body(catalogue, source.producer) if source.producer else _same(source),)),
        Entry("Collecte", _labels(COLLECTIONS, source.collection) or ("inconnue",)),
        Entry("Transformations", _labels(TRANSFORMATIONS, source.transformations) or ("inconnues",)),
        Entry("Mailles", _labels(GRANULARITIES, source.granularity) or ("inconnues",)),
    )


def _critical(catalogue: Catalogue, source: Source) -> Iterator[Entry]:
    yield from provenance(catalogue, source)
    cautions = tuple(
        masked_in(caution.text) + (f" {masked(caution.source)}" if caution.source else "")
        for caution in source.cautions
    )
    yield Entry("Se méfier", cautions or ("rien n'a été relevé, ce qui ne prouve rien",))
    if source.confused_with:
        yield Entry("Ne pas confondre", tuple(_other(catalogue, other) for other in source.confused_with))


def _content(catalogue: Catalogue, source: Source) -> Iterator[Entry]:
    yield Entry("Description", (masked_in(source.description or "inconnue"),))
    yield Entry("Nature", (KINDS.get(source.kind or "", "inconnue"),))
    titles = {theme.id: theme.title for theme in catalogue.themes}
    yield Entry("Thèmes", (", ".join(titles.get(theme, theme) for theme in source.themes),))
    if source.section:
        yield Entry("Rubrique du document", (source.section,))
    yield Entry("Couverture", (", ".join(map(_territory, source.coverage)) or "inconnue",))
    yield Entry("Mise à jour", (FREQUENCIES.get(source.frequency or "", "inconnue"),))
    if source.keywords:
        yield Entry("Mots-clés", (", ".join(source.keywords),))


def _addresses(catalogue: Catalogue, source: Source) -> Iterator[Entry]:
    yield Entry("Adresse", (masked(source.url),))
    if source.document_url:
        yield Entry("Adresse du document", (masked(source.document_url),))
    if source.territory_urls:
        levels = ", ".join(LEVELS[template.level] for template in source.territory_urls)
        yield Entry("Par territoire", (f"{levels}{NBSP}: diagsources open {source.id} --territory NOM",))
    if source.territory_note:
        yield Entry("Par territoire", (masked_in(french(source.territory_note)),))
    yield Entry("Accès", _labels(ACCESSES, source.access) or (UNKNOWN,))
    for link in source.links:
        title = f" — {link.title}" if link.title else ""
        label = RELATIONS[link.rel]
        yield Entry(label[0].upper() + label[1:], (masked(link.url) + title,))
    yield Entry("Licence", (LICENCES.get(source.licence or "", source.licence or "inconnue"),))
    yield Entry("Plateforme", (PLATFORMS.get(source.platform or "", "inconnue"),))
    if source.lifecycle:
        arrived = source.lifecycle.successor == source.url
        yield Entry("État", (_state_of_address(source.lifecycle) if arrived else state(source.lifecycle),))
        if source.lifecycle.successor and not arrived:
            left = source.status != "active"
            yield Entry(
                "À la place" if left else "Adresse probable", (_successor(catalogue, source.lifecycle.successor),)
            )
        if source.lifecycle.note:
            yield Entry("Remarque", (source.lifecycle.note,))


LICENCES = {
    "propre": "conditions propres au site",
    "etalab-2.0": "Licence Ouverte 2.0 (etalab-2.0)",
    "ODbL-1.0": "ODbL 1.0",
}


def _record(source: Source) -> Iterator[Entry]:
    yield Entry("Identifiant", (source.id,))
    yield Entry("Où", (f"{source.file}:{source.line}",))
    verified = source.verified
    if verified is None:
        yield Entry("Vérifiée", ("jamais",))
        return
    confidence = CONFIDENCES.get(verified.confidence or "", "")
    yield Entry("Vérifiée", (day(verified.on.isoformat()) + (f" ({confidence})" if confidence else ""),))
    if verified.evidence:
        yield Entry("D'après", tuple(masked(url) for url in verified.evidence))


_LEVELS = {"region": "région", "departement": "département", "epci": "EPCI", "commune": "commune"}


def _territory(code: str) -> str:
    """« France », « département 31 »."""
    level, _, number = code.partition(":")
    return "France" if code == "pays:FR" else f"{_LEVELS.get(level, level)}{NBSP}{number}"


def state(lifecycle: Lifecycle) -> str:
    """« remplacé depuis avril 2025 »."""
    return STATUSES[lifecycle.status] + _since(lifecycle)


def _state_of_address(lifecycle: Lifecycle) -> str:
    return f"l'adresse du document est {ADDRESS_STATUSES[lifecycle.status]}{_since(lifecycle)}"


def day(when: str) -> str:
    """A date known to the year, month or day, in French: « 22 mars 2024 », « mars 2024 »."""
    year, _, rest = when.partition("-")
    month, _, number = rest.partition("-")
    words = [MONTHS[int(month) - 1]] if month else []
    if number:
        words.insert(0, "1er" if number == "01" else str(int(number)))
    return " ".join((*words, year))


def _since(lifecycle: Lifecycle) -> str:
    when = lifecycle.since or ""
    return f" depuis {'le ' if len(when) == 10 else ''}{day(when)}" if when else ""


def _labels(table: Mapping[str, str], values: Iterable[str]) -> tuple[str, ...]:
    """The labels of *values* as one sentence; nothing where there are none."""
    said = ", ".join(table[value] for value in values)
    return (said,) if said else ()


def _body(catalogue: Catalogue, reference: str | None) -> str:
    publisher = catalogue.publisher(reference)
    if publisher is None:
        return UNKNOWN
    kind = PUBLISHER_KINDS.get(publisher.kind or "", "")
    return f"{publisher.name} · {kind}" if kind else publisher.name


def _same(source: Source) -> str:
    return "le même, à ce qu'on sait" if source.publisher else UNKNOWN


def _other(catalogue: Catalogue, source_id: str) -> str:
    other = catalogue.find(source_id)
    return f"{source_id}{NBSP}: {other.title}" if other else source_id


def _successor(catalogue: Catalogue, reference: str) -> str:
    other = catalogue.find(reference)
    return f"{other.id}, {masked(other.url)}" if other else masked(reference)
