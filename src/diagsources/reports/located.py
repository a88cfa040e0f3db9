"""Where a source is for a territory, as records and rows have it; it loads nothing of the territories."""

from typing import TYPE_CHECKING, Any

from diagsources.reports.report import Column
from diagsources.urls import masked, masked_in

if TYPE_CHECKING:
    from diagsources.territory import Located, Territory

COLUMNS = (
    Column("territory_url", "Adresse du territoire"),
    Column("territory", "Territoire"),
    Column("said", "Remarque"),
)


def located_record(located: "Located | None") -> dict[str, Any]:
    """`territory_address` as JSON documents have it; nothing where no territory is asked for."""
    return {} if located is None else {"territory_address": address_record(located)}


def address_record(located: "Located") -> dict[str, Any]:
    """Its address, the territory that this leads to, and what is to be known of it."""
    territory = located.territory
    return {
        "url": masked(located.url),
        "territory": short(territory) if territory else None,
        "said": masked_in(located.said) or None,
    }


def located_row(located: "Located | None") -> tuple[str, str, str]:
    """The cells of `COLUMNS`."""
    if located is None:
        return "", "", ""
    territory = located.territory
    url = masked(located.url) if territory else ""
    return url, territory.key if territory else "", masked_in(located.said)


def short(territory: "Territory") -> dict[str, Any]:
    """Level, code and name, as JSON documents name a territory."""
    return {"level": territory.level, "code": territory.code, "name": territory.name}
