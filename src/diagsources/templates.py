"""Address templates: `https://…?geo=COM-{code}` stands for an address for each territory of a level.

Which levels there are, what a template may ask for between braces, and at which levels it gets an answer.
"""

import re
from collections.abc import Mapping

LEVELS = {
    "commune": "commune",
    "epci": "EPCI",
    "departement": "département",
    "region": "région",
    "pays": "pays",
    "arrondissement-municipal": "arrondissement municipal",
    "ept": "établissement public territorial",
    "commune-deleguee": "commune déléguée",
    "commune-associee": "commune associée",
}
"""Every level that the gazetteer has codes for, and what it is called in French."""

PLACEHOLDERS = {
    "code": "code Insee ; SIREN d'un EPCI",
    "siren": "SIREN d'une commune ou d'un EPCI",
    "nom": "nom",
    "nom_simple": "nom en minuscules, sans accents, des tirets entre les mots",
    "code_postal": "premier code postal",
    "epci": "SIREN de l'EPCI",
    "departement": "code du département",
    "departement_nom": "nom du département",
    "region": "code de la région",
    "region_nom": "nom de la région",
    "lon": "longitude du centre, en degrés",
    "lat": "latitude du centre, en degrés",
}
"""What a template may ask for."""

_LARGEST: Mapping[str, str] = {
    "code_postal": "commune",
    "siren": "epci",
    "epci": "epci",
    "departement": "departement",
    "departement_nom": "departement",
    "region": "region",
    "region_nom": "region",
    "lon": "region",
    "lat": "region",
}
"""The largest level that has an answer, where it is not every level."""

_SIZES = ("commune", "epci", "departement", "region", "pays")
"""Levels from the small to the large; what is not among them is as small as a commune, or as an EPCI."""

_IN_BRACES = re.compile(r"\{([^{}]*)\}")


def placeholders(template: str) -> tuple[str, ...]:
    """The names between braces in *template*, known or not, each once."""
    return tuple(dict.fromkeys(_IN_BRACES.findall(template)))


def filled(template: str, values: Mapping[str, str]) -> str:
    """*template* with each name between braces replaced by its value."""
    return _IN_BRACES.sub(lambda asked: values[asked[1]], template)


def answers(name: str, level: str) -> bool:
    """Whether territories of *level* have what the placeholder *name* asks for."""
    largest = _LARGEST.get(name, "pays")
    size = {"ept": "epci"}.get(level, level if level in _SIZES else "commune")
    return _SIZES.index(size) <= _SIZES.index(largest)
