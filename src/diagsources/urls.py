"""What can be said of a URL from its text alone."""

import re
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

WEB_SCHEMES = ("http", "https")
"""The only schemes that are ever opened or followed."""

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def is_web_url(value: str) -> bool:
    """Whether *value* is an absolute http or https URL with a host, as a browser would take it."""
    try:
        parts = urlsplit(value)
        port_is_a_number = parts.port is None or parts.port >= 0
    except ValueError:
        return False
    if any(char.isspace() or char == "\\" for char in parts.netloc):
        return False
    return port_is_a_number and parts.scheme in WEB_SCHEMES and bool(parts.hostname)


def host_of(url: str) -> str:
    """The host of *url*, without credentials or port; the text itself, masked, where it has none."""
    try:
        return urlsplit(url).hostname or masked(url)
    except ValueError:
        return masked(url)


def origin_of(url: str) -> str:
    """Scheme, host and port of *url*: what politeness is counted by."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.scheme}://{_authority(parts).rpartition('@')[2]}"


def masked(url: str) -> str:
    """*url* with the credentials it may carry replaced by `***`."""
    if "@" not in url:
        return url
    try:
        parts = urlsplit(url)
        is_whole = parts.port is None or parts.port >= 0
    except ValueError:
        is_whole = False
    if not is_whole:  # a password with a raw slash, among others: no telling where it ends
        return re.sub(r"//.*@", "//***@", url, flags=re.DOTALL)
    userinfo, at, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"***@{host}")) if at and userinfo else url


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


def _authority(parts: SplitResult) -> str:
    """The authority of *parts*, its host in lower case and without the port its scheme has anyway."""
    userinfo, at, host = parts.netloc.rpartition("@")
    return userinfo + at + host.lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme, ":"))


def on_the_wire(url: str) -> str:
    """*url* with what no program should be handed raw (spaces, quotes, controls) percent-encoded."""
    return "".join(quote(char) if char <= " " or char in '"<>\\^`{|}\x7f' else char for char in url)
