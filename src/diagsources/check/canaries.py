"""Whether there is a network at all: hosts that are there, asked when nobody else answers."""

import socket
from contextlib import suppress

CANARIES = ("www.data.gouv.fr", "www.insee.fr", "www.wikipedia.org")
"""Hosts that are there: where not one takes a connection, the fault is on this side."""


def network_is_there() -> bool:
    """Whether any of `CANARIES` takes a connection; asks them in turn, two seconds each at most."""
    for name in CANARIES:
        with suppress(OSError), socket.create_connection((name, 443), timeout=2):
            return True
    return False
