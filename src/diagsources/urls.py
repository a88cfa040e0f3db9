"""What can be said of a URL from its text alone."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

WEB_SCHEMES = ("http", "https")
"""The only schemes that are ever opened or followed."""


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
    """The host of *url*, without credentials or port; the text itself where it has none."""
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


def origin_of(url: str) -> str:
    """Scheme, host and port of *url*: what politeness is counted by."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"


def masked(url: str) -> str:
    """*url* with the credentials it may carry replaced by `***`."""
    if "@" not in url:
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return re.sub(r"//[^/@\s]*@", "//***@", url)
    userinfo, at, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"***@{host}")) if at and userinfo else url


def normal(url: str) -> str:
    """*url* with what does not tell two pages apart made equal (RFC 3986 §6.2.2, §6.2.3)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return urlunsplit(parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower(), path=parts.path or "/"))


def on_the_wire(url: str) -> str:
    """*url* with what no program should be handed raw (spaces, quotes, controls) percent-encoded."""
    return "".join(quote(char) if char <= " " or char in '"<>\\^`{|}\x7f' else char for char in url)
