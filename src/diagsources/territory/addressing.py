"""Addresses of a territory: templates filled, levels a source does not serve made up for, coverage."""

from collections.abc import Container, Iterable
from typing import NamedTuple
from urllib.parse import quote

from diagsources.model import Source
from diagsources.templates import LEVELS, filled, placeholders
from diagsources.territory.values import Territory
from diagsources.text import fold


class Located(NamedTuple):
    """Where a source is for a territory."""

    url: str
    territory: Territory | None
    """The one that `url` leads to; None where it is the source's own address, the same for all."""
    said: str
    """A French sentence on what to know before going there; "" where there is nothing."""


def locate(source: Source, territory: Territory) -> Located | None:
    """Where *source* is for *territory*, or for the smallest larger one it serves; None where it does not cover it."""
    if not covers(source.coverage, territory):
        return None
    templates = {template.level: template for template in source.territory_urls}
    if not templates:
        return Located(source.url, None, source.territory_note or "")
    for each in (territory, *territory.within):
        template = templates.get(each.level)
        url = address(template.url, each) if template else None
        if template and url:
            unsure = "adresse incertaine" if template.confidence == "unsure" else ""
            return Located(url, each, _joined(_instead(territory, each, templates), unsure, template.note))
    said = f"{_called(territory)} : pas d'adresse{_at_that_level(territory, templates)}"
    return Located(source.url, None, _joined(said, source.territory_note))


def _instead(asked: Territory, found: Territory, levels: Container[str]) -> str:
    """That *found*, which holds *asked*, stands in for it; nothing where both are one."""
    if found is asked:
        return ""
    return f"{_called(asked)} : pas d'adresse{_at_that_level(asked, levels)}, voici {_called(found)}"


def _at_that_level(asked: Territory, levels: Container[str]) -> str:
    return "" if asked.level in levels else " à ce niveau"


def _called(territory: Territory) -> str:
    return f"{territory.name} ({LEVELS[territory.level]})"


def _joined(*said: str | None) -> str:
    return " ; ".join(filter(None, said))


def address(template: str, territory: Territory) -> str | None:
    """*template* filled for *territory*; None where it asks for what the gazetteer does not have of it."""
    values = _values(territory)
    if not all(values.get(name) for name in placeholders(template)):
        return None
    return filled(template, {name: quote(value, safe="") for name, value in values.items() if value})


def covers(coverage: Iterable[str], territory: Territory) -> bool:
    """Whether one of *coverage* (`region:76`, `epci:243100633`) is *territory*, or holds it.

    An EPCI on several départements lies in the one that has most of its people. Nothing said is no limit.
    """
    said = frozenset(coverage)
    return not said or not said.isdisjoint({"pays:FR", territory.key, *(each.key for each in territory.within)})


_COLLECTIVITIES = ("975", "977", "978", "98")
"""How the codes begin of what lies in a collectivité d'outre-mer, in Nouvelle-Calédonie or in the Terres australes:
neither in a département nor in a région, for all that the gazetteer has them as such."""


def doubt(territory: Territory) -> str:
    """What to know of the coverage of any source there: that « France » often leaves it out; "" elsewhere."""
    around = territory.departement or territory
    if around.level not in ("departement", "region") or not around.code.startswith(_COLLECTIVITIES):
        return ""
    return f"{around.name}, outre-mer : les sources de la France entière n'y vont pas toutes"


def _values(territory: Territory) -> dict[str, str | None]:
    """What each placeholder stands for; a département is in itself, and so is a région or an EPCI."""
    itself = {territory.level: territory}
    epci = itself.get("epci", territory.epci)
    departement = itself.get("departement", territory.departement)
    region = itself.get("region", territory.region)
    return {
        "code": territory.code,
        "siren": territory.siren,
        "nom": territory.name,
        "nom_simple": fold(territory.name).replace(" ", "-"),
        "code_postal": next(iter(territory.postal_codes), None),
        "epci": epci and epci.code,
        "departement": departement and departement.code,
        "departement_nom": departement and departement.name,
        "region": region and region.code,
        "region_nom": region and region.name,
        "lon": None if territory.lon is None else f"{territory.lon:g}",
        "lat": None if territory.lat is None else f"{territory.lat:g}",
    }
