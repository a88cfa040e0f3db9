"""Whether there is a network at all: hosts that are there, asked when nobody else answers."""

import socket
import time
from collections.abc import Iterable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import urlsplit

CANARIES = ("www.data.gouv.fr", "www.insee.fr", "www.wikipedia.org")
"""Hosts that are there: where not one takes a connection, the fault is on this side."""


PATIENCE_S = 4.0
"""How long they are waited for (seconds): a name server that says nothing keeps a look-up for half a minute."""


def network_is_there(canaries: Iterable[str] = (), *, patience_s: float = PATIENCE_S) -> bool:
    """Whether any of *canaries* takes a connection, or else of `CANARIES`, asked all at once. A canary is a host,
    with a port where it is not 443, or an address."""
    asked = tuple(canaries) or CANARIES
    answers: SimpleQueue[bool] = SimpleQueue()
    for canary in asked:
        Thread(target=lambda one=canary: answers.put(_takes_a_connection(one)), name="canary", daemon=True).start()
    give_up = time.monotonic() + patience_s
    with suppress(Empty):
        return any(answers.get(timeout=max(0.0, give_up - time.monotonic())) for _ in asked)
    return False


def _takes_a_connection(canary: str) -> bool:
    with suppress(OSError, ValueError), socket.create_connection(_place(canary), timeout=PATIENCE_S):
        return True
    return False


def _place(canary: str) -> tuple[str, int]:
    parts = urlsplit(canary if "//" in canary else f"//{canary}")
    return parts.hostname or "", parts.port or (80 if parts.scheme == "http" else 443)
