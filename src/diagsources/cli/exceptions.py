"""The exceptions of the settings: known findings of a host or of an address, which may not turn CI red for a while.

[[exceptions]]
host = "www.example.org"
verdict = "unavailable"
reason = "maintenance annoncée"
until = 2026-12-31
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from diagsources.cli.settings import settings
from diagsources.errors import SettingsUnreadable, UnknownValue
from diagsources.model import VERDICTS, KnownFinding, Link
from diagsources.text import nearest
from diagsources.urls import host_of, is_web_url, masked, normal
from diagsources.verdict.told import Excuse, Told

_KEYS = ("host", "url", "verdict", "reason", "until")


class Exceptions(NamedTuple):
    """Known findings, by address and by host."""

    by_url: Mapping[str, KnownFinding]
    by_host: Mapping[str, KnownFinding]

    def of(self, link: Link) -> KnownFinding | None:
        """What is known of *link*: by its source, else by its address, else by its host."""
        if link.exception is not None or not (self.by_url or self.by_host):
            return link.exception
        return self.by_url.get(normal(link.url)) or self.by_host.get(host_of(link.url))

    def expired(self, today: date) -> tuple[str, ...]:
        """The addresses and hosts of which an exception no longer holds, each with its last day."""
        known = (*self.by_url.items(), *self.by_host.items())
        return tuple(f"{masked(place)} ({one.until:%d/%m/%Y})" for place, one in known if one.until < today)


class Needless:
    """Which exceptions a run finds to be needed no more: all the links of theirs that it knows of are well."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[KnownFinding, Told | None]] = {}
        """By which they are, and not what they say: each, and the first of its links, or None where one needs it."""

    def note(self, told: Told) -> None:
        """Takes *told* in; what was not asked may need its exception."""
        if told.exception is None:
            return
        _, first = self._known.setdefault(id(told.exception), (told.exception, told))
        if first is not None:
            first = min(first, told, key=_place) if told.excuse is Excuse.OBSOLETE else None
        self._known[id(told.exception)] = (told.exception, first)

    def found(self) -> Iterator[Told]:
        """The first link of each."""
        return (told for _, told in self._known.values() if told is not None)


def _place(told: Told) -> tuple[str, int]:
    return told.check.link.file, told.check.link.line


def exceptions() -> Exceptions:
    """Those of the settings; raises `SettingsUnreadable` or `UnknownValue`."""
    by_url: dict[str, KnownFinding] = {}
    by_host: dict[str, KnownFinding] = {}
    for number, table in enumerate(settings().get("exceptions", ()), start=1):
        place = f"réglages : exception n° {number}"
        known = _known(table, place)
        if "url" in table:
            by_url[_url(table["url"], place)] = known
        else:
            by_host[_host(table["host"], place)] = known
    return Exceptions(by_url, by_host)


def _url(value: Any, place: str) -> str:
    if not isinstance(value, str) or not is_web_url(value):
        raise SettingsUnreadable(
            f"{place} : « url » est une adresse du web", hint='url = "https://www.example.org/page"'
        )
    return normal(value)


def _host(value: Any, place: str) -> str:
    name = value.lower() if isinstance(value, str) else ""
    host = host_of(f"http://{name}/")
    if not name or host != name.strip("[]"):
        raise SettingsUnreadable(
            f"{place} : « host » est le nom d'un hôte, sans http://, port ni chemin", hint='host = "www.example.org"'
        )
    return host


def _known(table: Any, place: str) -> KnownFinding:
    if not isinstance(table, dict):
        raise SettingsUnreadable(f"{place} : une table est attendue", hint=f"ses clés : {', '.join(_KEYS)}")
    for key in table:
        if key not in _KEYS:
            raise UnknownValue(f"{place} : clé inconnue", key, nearest(key, _KEYS), where=", ".join(_KEYS))
    if ("host" in table) == ("url" in table):
        raise SettingsUnreadable(f"{place} : « host » ou « url » est attendu, et pas les deux")
    verdict, reason, until = table.get("verdict"), table.get("reason"), table.get("until")
    if verdict not in VERDICTS:
        raise UnknownValue(
            f"{place} : verdict inconnu", str(verdict), nearest(str(verdict), VERDICTS), where=", ".join(VERDICTS)
        )
    if not isinstance(reason, str) or not reason.strip():
        raise SettingsUnreadable(f"{place} : « reason » dit pourquoi", hint='reason = "maintenance annoncée"')
    if isinstance(until, datetime):
        until = until.date()
    if not isinstance(until, date):
        raise SettingsUnreadable(f"{place} : « until » est une date, et il la faut", hint="until = 2026-12-31")
    return KnownFinding(str(verdict), reason, until)
