"""Whether there is a network at all: hosts that are there, asked when nobody else answers."""

import socket
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urlsplit

CANARIES = ("www.data.gouv.fr", "www.insee.fr", "www.wikipedia.org")
"""Hosts that are there: where not one takes a connection, the fault is on this side."""


def network_is_there(canaries: Iterable[str] = ()) -> bool:
    """Whether any of *canaries* takes a connection, or else of `CANARIES`; asks them in turn, two seconds each at
    most. A canary is a host, with a port where it is not 443, or an address."""
    for canary in tuple(canaries) or CANARIES:
        with suppress(OSError, ValueError), socket.create_connection(_place(canary), timeout=2):
            return True
    return False


def _place(canary: str) -> tuple[str, int]:
    parts = urlsplit(canary if "//" in canary else f"//{canary}")
    return parts.hostname or "", parts.port or (80 if parts.scheme == "http" else 443)
