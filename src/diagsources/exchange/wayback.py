"""The newest archived copy of a page, from the Wayback Machine's two APIs.

Availability (`archive.org/wayback/available`) says which copy is nearest to a day, at once; the CDX server
(`web.archive.org/cdx/search/cdx`) lists them, and is asked where the former knows of none that will do.
"""

import re
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from diagsources.exchange.services import Ask, json_of
from diagsources.mending import Snapshot
from diagsources.urls import host_of

_STAMP = re.compile(r"\d{8}(?:\d{6})?")


class Archive(NamedTuple):
    """Where the service is: the origin of availability, and that of the CDX server and the copies."""

    availability: str = "https://archive.org"
    pages: str = "https://web.archive.org"


def newest(url: str, ask: Ask, *, before: date, archive: Archive = Archive()) -> Snapshot | None:  # noqa: B008 - frozen
    """The newest copy of *url* that was good, not later than *before*; None where there is none.

    Raises `ServiceSilent`.
    """
    page = url.partition("#")[0]
    return _available(page, ask, before, archive) or _listed(page, ask, before, archive)


def _available(url: str, ask: Ask, before: date, archive: Archive) -> Snapshot | None:
    query = urlencode({"url": url, "timestamp": f"{before:%Y%m%d}"})
    answer = ask(f"{archive.availability}/wayback/available?{query}")
    plain = json_of(answer, host_of(archive.availability)) if answer.status_code == 200 else {}
    closest = _under(_under(plain, "archived_snapshots"), "closest")
    if str(_under(closest, "status")) != "200" or _under(closest, "available") is not True:
        return None
    return _snapshot(url, _under(closest, "timestamp"), before, archive)


def _listed(url: str, ask: Ask, before: date, archive: Archive) -> Snapshot | None:
    fields = {"url": url, "output": "json", "fl": "timestamp", "filter": "statuscode:200", "limit": "-1"}
    query = urlencode(fields | {"to": f"{before:%Y%m%d}"})
    answer = ask(f"{archive.pages}/cdx/search/cdx?{query}")
    rows = json_of(answer, host_of(archive.pages)) if answer.status_code == 200 and answer.text.strip() else []
    stamps = [row[0] for row in rows if isinstance(row, list) and row] if isinstance(rows, list) else []
    found = [copy for stamp in stamps if (copy := _snapshot(url, stamp, before, archive)) is not None]
    return max(found, key=lambda copy: copy.on, default=None)


def _snapshot(url: str, stamp: Any, before: date, archive: Archive) -> Snapshot | None:
    """The copy of *url* of that *stamp*: its address is made here, not taken from the answer."""
    if not isinstance(stamp, str) or not _STAMP.fullmatch(stamp):
        return None
    try:
        on = datetime.strptime(stamp[:8], "%Y%m%d").date()  # noqa: DTZ007 - a day
    except ValueError:
        return None
    return Snapshot(f"{archive.pages}/web/{stamp}/{url}", on) if on <= before else None


def _under(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None
