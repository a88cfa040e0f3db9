"""A small web on this machine that misbehaves as the real one does: sockets, TLS, hanging, closing.

`local_web` starts it. What answers a path is in `behaviours` here and in the families of `tests.aquarium`;
certificates and handshakes that fail are in `certificates` and `handshakes`.
"""

import asyncio
import socket
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar

from tests.support import behaviours, handshakes
from tests.support.certificates import Authority, context_of
from tests.support.server import (
    BEHAVIOURS,
    PAGE,
    SITES,
    Behaviour,
    Conversation,
    Opened,
    Servers,
    Web,
    behaviour,
)

__all__ = [
    "BEHAVIOURS",
    "PAGE",
    "SITES",
    "Behaviour",
    "Conversation",
    "Web",
    "behaviour",
    "behaviours",
    "local_web",
    "unused_port",
]

T = TypeVar("T")


@cache
def unused_port() -> int:
    """A port of 127.0.0.1 on which nobody listens: taken for as long as the tests run, so that nobody does."""
    holder = socket.socket()
    holder.bind(("127.0.0.1", 0))
    port: int = holder.getsockname()[1]
    holder.detach()
    return port


@contextmanager
def local_web(folder: Path) -> Iterator[Web]:
    """Starts the servers, and stops them at the end; *folder* takes the certificates."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def run(coroutine: Coroutine[None, None, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(10)

    web = Web(base="", port=0)

    async def open_tls(servers: Servers, name: str) -> int:
        if name in handshakes.HANDSHAKES:
            return await servers.listen(handshakes.HANDSHAKES[name])
        context = context_of(name, Authority.known(issuers), folder)
        if name.startswith("client-required"):
            return await servers.listen(handshakes.refusing(context))
        return await servers.listen(servers.serving(), context)

    servers = Servers(web, open_tls)
    web.port = run(servers.listen(servers.serving()))
    web.base = f"http://127.0.0.1:{web.port}"
    web.authority = folder / "authority.pem"
    issuers = f"http://127.0.0.1:{run(servers.listen(servers.serving()))}"
    web.authority.write_bytes(Authority.known(issuers).root_pem)
    web.sites = Opened(lambda name: run(servers.open_site(name)))
    web.tls = Opened(lambda name: run(servers.open_tls(name)))
    try:
        yield web
    finally:
        run(_stop(servers))
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _stop(servers: Servers) -> None:
    servers.close()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    await asyncio.sleep(0)
