"""Cookies, kept for one run: a wall or a counter that sends a browser once around is passed.

As RFC 6265 and its revision (draft-ietf-httpbis-rfc6265bis) have browsers do it. The jar of Python's library is of
the time before: it gives cookies of a host to those below it, and loses those whose fields it finds odd.
"""

import re
from collections import OrderedDict
from datetime import UTC, datetime
from typing import NamedTuple

from diagsources.urls import host_of, site_of
from diagsources.verdict.places import parts_of

_SITES = 2_000
"""For how many sites cookies are kept."""
_MOST = 180
"""How many cookies a site may set; Chromium keeps as many."""
_MOST_TEXT = 16_384
"""How much they may weigh together (characters): servers refuse longer header sections."""
_LONGEST = 4_096
"""Longest cookie that is heard (characters)."""
_LONGEST_ATTRIBUTE = 1_024


class _Cookie(NamedTuple):
    name: str
    value: str
    domain: str
    is_host_only: bool
    path: str
    is_secure: bool

    @property
    def written(self) -> str:
        return f"{self.name}={self.value}" if self.name else self.value

    def is_for(self, host: str, path: str, *, secure: bool) -> bool:
        """Whether a request of *host* and *path* carries it."""
        within = host == self.domain or (not self.is_host_only and host.endswith("." + self.domain))
        return within and (secure or not self.is_secure) and _is_below(path, self.path)


class Cookies:
    """One jar a site, so that a jar stays small."""

    def __init__(self) -> None:
        self._jars: OrderedDict[str, dict[tuple[str, str, str], _Cookie]] = OrderedDict()

    def field_for(self, url: str) -> str:
        """The Cookie field of a request of *url*, a character for each byte; "" for none."""
        jar = self._jars.get(site_of(url)) if self._jars else None
        if not jar:
            return ""
        host, path, secure = host_of(url), parts_of(url).path or "/", url[:6].lower() == "https:"
        sent = [cookie for cookie in jar.values() if cookie.is_for(host, path, secure=secure)]
        return "; ".join(cookie.written for cookie in sorted(sent, key=lambda cookie: -len(cookie.path)))

    def take(self, url: str, set_cookie: str, *, now: datetime) -> None:
        """Keeps the cookies that *url* sets *now*: its Set-Cookie fields, one a line, a character for each byte."""
        site = site_of(url)
        jar = self._jars.setdefault(site, {})
        self._jars.move_to_end(site)
        for field in set_cookie.split("\n"):
            attributes = _attributes(field)
            cookie = _cookie(url, field, attributes)
            if cookie is None:
                continue
            key = cookie.name, cookie.domain, cookie.path
            if _has_ended(attributes, now=now):
                jar.pop(key, None)
            else:
                jar[key] = cookie
        while len(jar) > _MOST or sum(len(cookie.written) for cookie in jar.values()) > _MOST_TEXT:
            del jar[next(iter(jar))]
        if len(self._jars) > _SITES:
            self._jars.popitem(last=False)


def _attributes(field: str) -> dict[str, str]:
    """The attributes of a Set-Cookie *field*, names in lower case; of two of a name, the last."""
    pairs = (part.partition("=") for part in field.split(";")[1:])
    return {name.strip().lower(): value.strip() for name, _, value in pairs if len(value) <= _LONGEST_ATTRIBUTE}


def _cookie(url: str, field: str, attributes: dict[str, str]) -> _Cookie | None:
    """The cookie that *url* sets by *field*; None for one that browsers refuse."""
    pair = field.partition(";")[0]
    name, equals, value = (part.strip() for part in pair.partition("="))
    if not equals:
        name, value = "", name
    host, is_https = host_of(url), url[:6].lower() == "https:"
    is_secure = "secure" in attributes
    domain = attributes.get("domain", "").removeprefix(".").lower()
    is_host_only = not domain or (domain == host and _is_shared(domain))
    path = attributes.get("path", "")
    refused = (
        not (name or value)
        or len(name) + len(value) > _LONGEST
        or _CONTROLS.search(field) is not None
        or (is_secure and not is_https)
        or (not is_secure and attributes.get("samesite", "").lower() == "none")
        or (domain and not (host == domain or (host.endswith("." + domain) and not _is_shared(domain))))
        or not _keeps_its_word(name.lower(), attributes, is_secure=is_secure)
    )
    if refused:
        return None
    return _Cookie(
        name=name,
        value=value,
        domain=host if is_host_only else domain,
        is_host_only=is_host_only,
        path=path if path.startswith("/") else _folder_of(parts_of(url).path),
        is_secure=is_secure,
    )


_CONTROLS = re.compile("[\x00-\x08\x0a-\x1f\x7f]")


def _is_shared(domain: str) -> bool:
    """Whether names under *domain* are given to anyone."""
    below = f"x.{domain}"
    return "." not in domain or site_of(f"https://{below}/") == below


def _keeps_its_word(name: str, attributes: dict[str, str], *, is_secure: bool) -> bool:
    """Whether a cookie is what its *name* promises (RFC 6265bis §4.1.3)."""
    if name.startswith("__host-"):
        return is_secure and attributes.get("path") == "/" and not attributes.get("domain")
    return is_secure or not name.startswith("__secure-")


def _folder_of(path: str) -> str:
    """The default path of cookies (RFC 6265 §5.1.4)."""
    return path.rpartition("/")[0] or "/" if path.startswith("/") else "/"


def _is_below(path: str, folder: str) -> bool:
    """Whether *path* is *folder* or in it (RFC 6265 §5.1.4)."""
    return path == folder or (path.startswith(folder) and (folder.endswith("/") or path[len(folder)] == "/"))


def _has_ended(attributes: dict[str, str], *, now: datetime) -> bool:
    """Whether a cookie is set to be dropped: Max-Age before Expires, where it is a number."""
    age = attributes.get("max-age", "")
    if re.fullmatch(r"-?\d+", age):
        return age.startswith("-") or not age.strip("0")
    ends = _date(attributes.get("expires", ""))
    return ends is not None and ends <= now


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TOKENS = re.compile(r"[0-9A-Za-z:\x80-\xff]+")
_CLOCK = re.compile(r"(\d{1,2}):(\d{1,2}):(\d{1,2})")


def _date(written: str) -> datetime | None:
    """When *written* is: its parts in whatever order (RFC 6265 §5.1.1); None where it is no date."""
    clock: list[int] = []
    day = month = year = None
    for token in _TOKENS.findall(written.lower()):
        found = _CLOCK.match(token)
        if not clock and found is not None:
            clock = [int(part) for part in found.groups()]
        elif day is None and re.fullmatch(r"\d{1,2}", token):
            day = int(token)
        elif month is None and token[:3] in _MONTHS:
            month = _MONTHS.index(token[:3]) + 1
        elif year is None and re.fullmatch(r"\d{2,4}", token):
            year = int(token)
    if not clock or day is None or month is None or year is None:
        return None
    year += 1900 if 70 <= year <= 99 else 2000 if year < 70 else 0
    try:
        return datetime(year, month, day, clock[0], clock[1], clock[2], tzinfo=UTC)
    except ValueError:
        return None
