"""What hosts answer to addresses that no link of ours names: asked once for all links that it tells something of."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Coroutine
from typing import Any
from urllib.parse import urljoin, urlsplit

from diagsources.check.asks import REMEMBERED
from diagsources.verdict import Control

_HOSTS = 200
"""Of how many hosts it is asked once, without a doubt, whether they show one page for whatever is asked."""

_IMPOSSIBLE = "zz4f1d9a2c7e"
"""A name that no page has."""


class Controls:
    """The answers so far, and those that are under way; *ask* brings another."""

    def __init__(self, ask: Callable[[str], Coroutine[Any, Any, Control]]) -> None:
        self._ask = ask
        self._by_place: OrderedDict[str, asyncio.Task[Control]] = OrderedDict()
        self._honest: dict[str, bool] = {}
        """The hosts that were asked for what cannot exist, and whether that told nothing against them."""

    @property
    def tasks(self) -> Collection[asyncio.Task[Control]]:
        """What was asked, and may be under way."""
        return self._by_place.values()

    def at(self, place: str) -> asyncio.Task[Control]:
        """What is answered at *place*, when it has come."""
        task = self._by_place.get(place)
        if task is None:
            task = self._by_place[place] = asyncio.create_task(self._ask(place))
            if len(self._by_place) > REMEMBERED and next(iter(self._by_place.values())).done():
                self._by_place.popitem(last=False)
        return task

    def may_tell(self, server: str) -> bool:
        """Whether *server* may show one page for whatever is asked, for all that is known of it, and is worth asking
        for that."""
        return not self._honest.get(server, len(self._honest) >= _HOSTS)

    def doubt(self, server: str) -> None:
        """Counts *server* among the hosts that are asked."""
        self._honest.setdefault(server, False)

    def tell(self, server: str, *, lies: bool) -> None:
        """Notes what a control request has told of *server*."""
        self._honest[server] = not lies


def home_of(url: str) -> str:
    """The first page of the host of *url*."""
    return "/".join(url.split("/", 3)[:3]) + "/"


def nowhere_at(url: str) -> str:
    """An address at the host of *url* that cannot exist."""
    return home_of(url) + _IMPOSSIBLE


def nowhere_beside(url: str) -> str:
    """An address in the folder of *url*, and of its kind, that cannot exist."""
    last = urlsplit(url).path.rpartition("/")[2]
    dot = last.rpartition(".")
    return urljoin(url, _IMPOSSIBLE + (f".{dot[2]}" if dot[1] and dot[2].isalnum() and len(dot[2]) <= 5 else ""))
