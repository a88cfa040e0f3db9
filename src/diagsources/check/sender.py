"""Sending a request, and what comes back of it: what all engines have in common."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple, Protocol, TypeAlias

from diagsources.check.body import Body
from diagsources.verdict import REDIRECTS, Fault

Fields: TypeAlias = tuple[tuple[str, str], ...]
"""Header fields in order: names as sent, and values."""


class Unsure(Exception):
    """An engine cannot say: the precise one is to be asked."""


MAYBE_ANOTHER_ADDRESS = frozenset({Fault.TCP_REFUSED, Fault.TCP_UNREACHABLE, Fault.CONNECT_TIMEOUT, Fault.TCP_RESET})
"""The faults of one address of a name, which the precise engine may not meet at another."""

PLAIN_NAME = re.compile(r"(?=.{1,253}\Z)([a-z0-9_-]{1,63}\.)*(?=[a-z0-9_-]*[a-z_-])(?!0x)[a-z0-9_-]{1,63}\Z")
"""A name that no URL parser reads as anything else, an IPv4 address in disguise above all."""

PLAIN_IPV4 = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!\Z)|\Z)){4}\Z")


@lru_cache(maxsize=4_096)
def is_plain(host: str) -> bool:
    """Whether no parser takes *host* for another."""
    return PLAIN_IPV4.match(host) is not None or PLAIN_NAME.match(host) is not None


class Reply(NamedTuple):
    """What came back for a request."""

    status_code: int
    fields: Mapping[str, str]
    """Header fields by name in lower case; those given several times one a line."""
    body: Body = Body()
    certificate_ends: float | None = None
    """When the server's certificate ends (seconds since the epoch), where that was looked at."""
    chain_completed: bool = False
    """Whether a certificate that the server ought to send had to be fetched."""


class Sender(Protocol):
    """Whoever can send a request."""

    async def send(self, url: str, fields: Fields, seconds: float, *, second: bool = False) -> Reply:
        """The reply to GET *url*, within so many *seconds*; names may take longer. *second* asks for the
        second opinion, where there is one. Raises what the network raises, and `Failed`."""

    def expect(self, url: str) -> None:
        """Takes note that *url*, and others of its host, will be sent to."""


def by_name(fields: Iterable[tuple[str, str]]) -> dict[str, str]:
    """*fields* as `Reply` has them."""
    named: dict[str, str] = {}
    for name, value in fields:
        lower = name.lower()
        named[lower] = f"{named[lower]}\n{value}" if lower in named else value
    return named


def redirects(status_code: int, fields: Mapping[str, str]) -> bool:
    """Whether a response with *status_code* and *fields* sends elsewhere."""
    return status_code in REDIRECTS and "location" in fields
