"""A chain that a server forgot to complete: how far it is followed, and where it is not."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from diagsources.check import Policy
from diagsources.check.certificates import Trust
from diagsources.check.engine import Engine
from diagsources.check.run import engine_of
from tests.support.certificates import Signed, signed
from tests.support.server import Conversation, behaviour
from tests.support.web import Web

T = TypeVar("T")


@behaviour("/certificates/redirected")
async def _redirected(talk: Conversation) -> None:
    """Sends on as often as the query says, then gives it."""
    left = int(talk.query)
    if left:
        await talk.reply(302, location=f"/certificates/redirected?{left - 1}")
    else:
        await talk.reply(200, b"a certificate")


@behaviour("/certificates/large")
async def _large(talk: Conversation) -> None:
    await talk.reply(200, bytes(100_000))


@behaviour("/certificates/to-tls")
async def _to_tls(talk: Conversation) -> None:
    await talk.reply(302, location=f"{await talk.tls('valid')}/ok")


def fetched(url: str, *, allow_private: bool = True) -> bytes:
    """What is fetched where a certificate says that its issuer is."""

    async def fetch(engine: Engine) -> bytes:
        try:
            return await engine._fetch(url)
        finally:
            await engine.aclose()

    return asyncio.run(fetch(engine_of(Policy(allow_private=allow_private))))


def test_a_certificate_is_fetched_through_a_few_redirects_and_no_more(web: Web) -> None:
    assert fetched(web.url("/certificates/redirected?0")) == b"a certificate"
    assert fetched(web.url("/certificates/redirected?3")) == b"a certificate"
    assert fetched(web.url("/certificates/redirected?4")) == b""
    assert fetched(web.url("/certificates/redirected?1000")) == b""
    assert len(web.asked) < 20


@pytest.mark.parametrize(
    "path", ["/certificates/large", "/gone/404", "/certificates/to-tls", "/close", "/moved/to-ftp"]
)
def test_what_is_no_certificate_s_place_gives_nothing(web: Web, path: str) -> None:
    assert fetched(web.url(path)) == b""


def test_a_certificate_is_never_fetched_over_tls(web: Web) -> None:
    assert fetched(f"{web.tls['valid']}/ok") == b""
    assert web.asked == []


def test_a_certificate_is_not_fetched_from_a_private_address(web: Web) -> None:
    assert fetched(web.url("/certificates/redirected?0"), allow_private=False) == b""
    assert web.asked == []


class Server:
    """A server of TLS that sends its own certificate alone, and whoever gives those above."""

    def __init__(self, port: int, above: dict[str, bytes]) -> None:
        self.port = port
        self.fetched: list[str] = []
        self._above = above

    async def fetch(self, url: str) -> bytes:
        """What is at an address that a certificate names."""
        self.fetched.append(url)
        return self._above[url]


def shown(chain: list[Signed], folder: Path, scene: Callable[[Server], Awaitable[T]]) -> T:
    """What *scene* brings back, with a server that shows the first of *chain* and has the others fetched."""

    async def play() -> T:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        file = folder / "leaf.pem"
        file.write_bytes(chain[0].key_pem + chain[0].pem)
        context.load_cert_chain(file)
        server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0, ssl=context)
        above = {f"http://ca.test/{rank}": each.der for rank, each in enumerate(chain)}
        async with server:
            return await scene(Server(server.sockets[0].getsockname()[1], above))

    return asyncio.run(play())


def chain_of(length: int, *, name: str) -> list[Signed]:
    """A leaf below so many authorities, each of which says where the next is."""
    made = [signed(f"{name} {length}", authority=True, aia=f"http://ca.test/{length}")]
    for rank in range(length - 1, 0, -1):
        made.append(signed(f"{name} {rank}", made[-1], authority=True, aia=f"http://ca.test/{rank + 1}"))
    made.append(signed("localhost", made[-1], aia="http://ca.test/1"))
    return list(reversed(made))


def gap() -> ssl.SSLCertVerificationError:
    """What a handshake says of a chain with a gap."""
    error = ssl.SSLCertVerificationError("unable to get local issuer certificate")
    error.verify_code = 20
    return error


async def completed(server: Server, error: BaseException, seconds: float = 5) -> bool:
    """Whether there is a context that knows what was missing."""
    trust = Trust(server.fetch)
    context = await trust.complete(error, "localhost", "127.0.0.1", server.port, used=trust.context, seconds=seconds)
    return context is not None and trust.known("localhost", server.port) is context


@pytest.fixture(autouse=True)
def _no_other_authorities(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The system's take 25 ms to load, and are none of these."""
    (tmp_path / "none").mkdir()
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))


def test_what_is_missing_is_fetched_up_to_the_root_which_is_the_system_s_to_trust(tmp_path: Path) -> None:
    async def scene(server: Server) -> list[str]:
        assert await completed(server, gap())
        return server.fetched

    assert shown(chain_of(2, name="short"), tmp_path, scene) == ["http://ca.test/1", "http://ca.test/2"]


def test_an_endless_chain_is_followed_for_three_certificates(tmp_path: Path) -> None:
    async def scene(server: Server) -> list[str]:
        await completed(server, gap())
        return server.fetched

    assert len(shown(chain_of(8, name="long"), tmp_path, scene)) == 3


def test_a_chain_that_failed_for_another_reason_is_not_completed(tmp_path: Path) -> None:
    expired = ssl.SSLCertVerificationError("certificate has expired")
    expired.verify_code = 10

    async def scene(server: Server) -> list[str]:
        assert not await completed(server, expired)
        assert not await completed(server, ConnectionResetError())
        return server.fetched

    assert shown(chain_of(2, name="expired"), tmp_path, scene) == []


def test_a_certificate_that_takes_too_long_is_done_without(tmp_path: Path) -> None:
    async def scene(server: Server) -> bool:
        async def hang(url: str) -> bytes:
            await asyncio.sleep(3600)
            return b""

        trust = Trust(hang)
        return (
            await trust.complete(gap(), "localhost", "127.0.0.1", server.port, used=trust.context, seconds=0.2) is None
        )

    assert shown(chain_of(2, name="slow"), tmp_path, scene)


def test_what_completes_a_chain_is_trusted_by_nobody_for_itself(tmp_path: Path) -> None:
    async def scene(server: Server) -> str:
        trust = Trust(server.fetch)
        context = await trust.complete(gap(), "localhost", "127.0.0.1", server.port, used=trust.context, seconds=5)
        assert context is not None
        try:
            await asyncio.open_connection("127.0.0.1", server.port, ssl=context, server_hostname="localhost")
        except ssl.SSLCertVerificationError as error:
            return str(error)
        return "trusted"

    assert "unable to get" in shown(chain_of(2, name="nobody's"), tmp_path, scene)
