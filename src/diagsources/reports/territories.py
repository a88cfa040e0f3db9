"""Reports about a territory: what it is, where it lies, what it is made of, and who says so."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from diagsources.reports.card import LICENCES, Entry
from diagsources.reports.located import short
from diagsources.reports.report import Column, Report
from diagsources.territory import LEVELS, Territory
from diagsources.text import NBSP, counted, french

TERRITORIES = "diagsources.territories/1"

KINDS = {
    "CC": "communauté de communes",
    "CA": "communauté d'agglomération",
    "CU": "communauté urbaine",
    "METRO": "métropole",
    "MET69": "métropole de Lyon, collectivité à statut particulier",
}
"""The kinds of EPCI."""

_PLURALS = {
    "epci": "EPCI",
    "arrondissement-municipal": "arrondissements municipaux",
    "ept": "établissements publics territoriaux",
    "commune-deleguee": "communes déléguées",
    "commune-associee": "communes associées",
}

_SUMMED = ("epci", "ept", "departement", "region", "pays")
"""Levels whose population is the sum of those of their communes."""

_ELSEWHERE = "975"
"""From this département on, Mayotte and the collectivités d'outre-mer, which are counted in other years."""

_FEW = 10
"""Of the other meanings of the words, this many are told."""

_COLUMNS = (
    Column("level", "Niveau"),
    Column("code", "Code"),
    Column("name", "Nom"),
    Column("departement", "Département"),
    Column("region", "Région"),
    Column("epci", "EPCI"),
    Column("population", "Population"),
    Column("siren", "SIREN"),
    Column("kind", "Nature"),
    Column("postal_codes", "Codes postaux"),
    Column("note", "Remarque"),
    Column("lon", "Longitude"),
    Column("lat", "Latitude"),
)


class TerritoryCard(NamedTuple):
    """A territory and all that is said with it."""

    territory: Territory
    members: tuple[Territory, ...]
    """What it is made of, one level down."""
    others: tuple[Territory, ...]
    """What the words could have meant besides."""
    note: str
    """What an old code became, what a commune déléguée is part of."""
    about: Mapping[str, str]
    """What the gazetteer says of itself."""


def of_territory(card: TerritoryCard, *, with_members: bool) -> Report:
    """The territory; *with_members*, also what it is made of: within its record, and a row each."""
    return Report(
        schema=TERRITORIES,
        key="territories",
        columns=_COLUMNS,
        records=(_record(card, with_members=with_members),),
        rows=(_row(card.territory, card.note), *map(_row, card.members if with_members else ())),
        head={key: card.about[key] for key in ("vintage", "source", "licence", "notes")},
        preface=origin(card),
    )


def entries(card: TerritoryCard) -> Iterator[Entry]:
    """What people ask of a territory, in the order in which they do; nothing where nothing is known."""
    territory = card.territory
    if territory.kind:
        yield Entry("Nature", (KINDS.get(territory.kind, territory.kind),))
    if territory.population is not None:
        yield Entry("Population", (counted(territory.population, "habitant"),))
    if territory.commune:
        yield Entry("Commune", (_named(territory.commune),))
    if territory.epci:
        yield Entry("EPCI", (_named(territory.epci),))
    if territory.departement:
        others = tuple(_other_departements(card))
        yield Entry("Départements" if others else "Département", (_named(territory.departement), *others))
    if territory.region:
        yield Entry("Région", (_named(territory.region),))
    if territory.postal_codes:
        label = "Codes postaux" if len(territory.postal_codes) > 1 else "Code postal"
        yield Entry(label, (", ".join(territory.postal_codes),))
    if territory.siren and territory.siren != territory.code:
        yield Entry("SIREN", (territory.siren,))
    if territory.lat is not None and territory.lon is not None:
        north, east = (f"{degrees:.3f}".replace(".", ",") for degrees in (territory.lat, territory.lon))
        yield Entry("Centre", (f"latitude {north}, longitude {east}",))
    if card.others:
        left = len(card.others) - _FEW
        more = (f"et {counted(left, 'autre')}",) if left > 0 else ()
        said = (f"{described(other)}{NBSP}: {other.key}" for other in card.others[:_FEW])
        yield Entry("Ne pas confondre", (*said, *more))


def described(territory: Territory) -> str:
    """« Saint-Denis · commune · Seine-Saint-Denis (93) »: what tells namesakes apart."""
    place = territory.departement or territory.region
    return " · ".join((territory.name, LEVELS[territory.level], *((_named(place),) if place else ())))


def numbers(members: Iterable[Territory]) -> str:
    """« 36 communes », « 2 arrondissements municipaux »."""
    counts = Counter(member.level for member in members)
    said = (counted(count, LEVELS[level], _PLURALS.get(level, "")) for level, count in counts.items())
    return ", ".join(said)


def origin(card: TerritoryCard) -> str:
    """Source with its vintage, licence, and what to beware of where it applies."""
    licence = LICENCES.get(card.about["licence"], card.about["licence"])
    notes = "" if _is_counted_as_said(card.territory) else f" {card.about['notes']}"
    return french(f"Source : {card.about['source']} ; {licence}.{notes}")


def _is_counted_as_said(territory: Territory) -> bool:
    """Whether the population is of the census that the source names: of a commune, from Ain to La Réunion."""
    return territory.level not in _SUMMED and territory.departements[0] < _ELSEWHERE


def _other_departements(card: TerritoryCard) -> Iterator[str]:
    """The further départements of an EPCI, by the names that its communes know."""
    names = {member.departement.code: member.departement for member in card.members if member.departement}
    for code in card.territory.departements[1:]:
        yield _named(names[code]) if code in names else code


def _named(territory: Territory) -> str:
    return f"{territory.name} ({territory.code})"


def _record(card: TerritoryCard, *, with_members: bool) -> dict[str, Any]:
    territory = card.territory
    record: dict[str, Any] = {
        **short(territory),
        "population": territory.population,
        "siren": territory.siren,
        "kind": territory.kind,
        "postal_codes": list(territory.postal_codes),
        "commune": _reference(territory.commune),
        "epci": _reference(territory.epci),
        "departement": _reference(territory.departement),
        "departements": list(territory.departements),
        "region": _reference(territory.region),
        "lon": territory.lon,
        "lat": territory.lat,
        "note": card.note or None,
        "others": [short(other) for other in card.others],
        "member_count": len(card.members),
    }
    if with_members:
        record["members"] = [short(member) | {"population": member.population} for member in card.members]
    return record


def _reference(territory: Territory | None) -> dict[str, str] | None:
    return {"code": territory.code, "name": territory.name} if territory else None


def _row(territory: Territory, note: str = "") -> tuple[str, ...]:
    return (
        territory.level,
        territory.code,
        territory.name,
        ",".join(territory.departements) if territory.departement else "",
        territory.region.code if territory.region else "",
        territory.epci.code if territory.epci else "",
        "" if territory.population is None else str(territory.population),
        territory.siren or "",
        territory.kind or "",
        ",".join(territory.postal_codes),
        note,
        "" if territory.lon is None else f"{territory.lon:g}",
        "" if territory.lat is None else f"{territory.lat:g}",
    )
