"""What can be said of a URL from its text alone."""

import re
from datetime import date
from functools import lru_cache
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

WEB_SCHEMES = ("http", "https")
"""The only schemes that are ever opened or followed."""

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}

_PLAIN = re.compile(r"(https?)://([a-z0-9][a-z0-9.-]*)(:[1-9][0-9]{0,4})?(?=[/?#]|\Z)")
"""The beginning of nearly every URL, which needs no parser."""


def is_web_url(value: str) -> bool:
    """Whether *value* is an absolute http or https URL with a host, as a browser would take it."""
    try:
        parts = urlsplit(value)
        port_is_a_number = parts.port is None or parts.port >= 0
    except ValueError:
        return False
    userinfo, _, host = parts.netloc.rpartition("@")
    if "\\" in userinfo or any(char.isspace() or char in '\\%<>^|"`{}' for char in host):
        return False
    return port_is_a_number and parts.scheme in WEB_SCHEMES and bool(parts.hostname)


def host_of(url: str) -> str:
    """The host of *url*, without credentials or port; the text itself, masked, where it has none."""
    plain = _PLAIN.match(url)
    if plain is not None:
        return plain[2]
    try:
        return urlsplit(url).hostname or masked(url)
    except ValueError:
        return masked(url)


@lru_cache(maxsize=4_096)
def server_of(url: str) -> str:
    """Host and port of *url*, the usual ports left out: what politeness is counted by."""
    plain = _PLAIN.match(url)
    if plain is not None:
        return plain[2] + (plain[3] or "").removesuffix(_DEFAULT_PORTS[plain[1]])
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return _authority(parts).rpartition("@")[2]


def site_of(url: str) -> str:
    """The part of the host of *url* that one owner has: `insee.fr` of `statistiques-locales.insee.fr`."""
    host = host_of(url)
    if ":" in host or host.replace(".", "").isdigit():
        return host
    labels = host.split(".")
    owned = 3 if ".".join(labels[-2:]) in _SHARED_SUFFIXES else 2
    return ".".join(labels[-owned:])


_SHARED_SUFFIXES = frozenset(
    {
        *("gouv.fr", "asso.fr", "com.fr", "nom.fr", "prd.fr", "tm.fr", "cci.fr", "notaires.fr", "medecin.fr"),
        *("co.uk", "org.uk", "gov.uk", "ac.uk", "com.au", "gc.ca", "qc.ca", "github.io", "gitlab.io", "netlify.app"),
    }
)
"""Suffixes under which names are given to anyone, of those that a French catalogue meets (publicsuffix.org)."""


def has_port(url: str) -> bool:
    """Whether *url* names another port than its scheme's own."""
    try:
        parts = urlsplit(url)
        return parts.port is not None and f":{parts.port}" != _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return False


def same_site(url: str, other: str) -> bool:
    """Whether one owner has the hosts of both URLs."""
    return site_of(url) == site_of(other)


def masked(url: str) -> str:
    """*url* with the credentials it may carry replaced by `***`."""
    if "@" not in url:
        return url
    try:
        parts = urlsplit(url)
        has_password = (parts.port is None or parts.port >= 0) and parts.netloc.rpartition("@")[0] != ""
    except ValueError:
        has_password = True
    # up to the last @: with a raw slash or the like in a password, there is no telling where it ends
    return re.sub(r"//.*@", "//***@", url, flags=re.DOTALL) if has_password else url


def masked_in(text: str) -> str:
    """*text* with the credentials of every URL in it replaced by `***`."""
    return re.sub(r"[A-Za-z][A-Za-z0-9+.-]*://\S+", lambda url: masked(url[0]), text) if "@" in text else text


def normal(url: str) -> str:
    """*url* with what does not tell two pages apart made equal (RFC 3986 §6.2.2, §6.2.3)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return urlunsplit(parts._replace(netloc=_authority(parts), path=parts.path or "/"))


_COPY = re.compile(r"https?://[^/?#]+/web/(\d{8})\d{0,6}[a-z_]*/https?:/", re.IGNORECASE)


def archived_on(url: str) -> date | None:
    """The day on which *url* was copied, where it is that of a copy in an archive (`…/web/20240312000000/http…`)."""
    copy = _COPY.match(url)
    if copy is None:
        return None
    try:
        return date.fromisoformat(copy[1])
    except ValueError:
        return None


def _authority(parts: SplitResult) -> str:
    """The authority of *parts*, its host in lower case and without the port its scheme has anyway."""
    userinfo, at, host = parts.netloc.rpartition("@")
    return userinfo + at + host.lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme, ":"))


def on_the_wire(url: str) -> str:
    """*url* with what no program should be handed raw (spaces, quotes, controls) percent-encoded."""
    return "".join(quote(char) if char <= " " or char in '"<>\\^`{|}\x7f' else char for char in url)
