"""TLS servers that do not get as far as a certificate, by what they do of a ClientHello."""

import asyncio
import ssl
from collections.abc import Mapping
from contextlib import suppress

from tests.support.server import Connection, abort

_HANDSHAKE_FAILURE, _PROTOCOL_VERSION, _INTERNAL_ERROR, _UNRECOGNIZED_NAME = 40, 70, 80, 112
"""TLS alerts, RFC 8446 §6."""


async def _client_hello(reader: asyncio.StreamReader) -> bytes:
    header = await reader.readexactly(5)
    return await reader.readexactly(int.from_bytes(header[3:], "big"))


def _then(answer: bytes) -> Connection:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await _client_hello(reader)
            writer.write(answer)
            await writer.drain()
            await reader.read()
        writer.close()

    return talk


def _alert(code: int) -> Connection:
    return _then(bytes((0x15, 3, 3, 0, 2, 2, code)))


def _server_hello(version: int) -> bytes:
    """A ServerHello that speaks no later version than TLS 1.*version - 1*."""
    hello = bytes((3, version)) + bytes(32) + b"\x00" + b"\xc0\x13" + b"\x00"
    message = b"\x02" + len(hello).to_bytes(3, "big") + hello
    return bytes((0x16, 3, version)) + len(message).to_bytes(2, "big") + message


async def _resets(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
        await _client_hello(reader)
    abort(writer)


async def _closes(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
        await _client_hello(reader)
    writer.close()


async def _hangs(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(asyncio.CancelledError):
        await asyncio.sleep(3600)
    writer.close()


HANDSHAKES: Mapping[str, Connection] = {
    "handshake-resets": _resets,
    "handshake-closes": _closes,
    "handshake-hangs": _hangs,
    "handshake-is-garbage": _then(b"\x00\x01\x02 this is no TLS at all \r\n\r\n"),
    "handshake-fails": _alert(_HANDSHAKE_FAILURE),
    "handshake-breaks-down": _alert(_INTERNAL_ERROR),
    "name-unknown": _alert(_UNRECOGNIZED_NAME),
    "old-protocol": _alert(_PROTOCOL_VERSION),
    "tls-1.0": _then(_server_hello(1)),
    "tls-1.1": _then(_server_hello(2)),
    "ssl-3": _then(_server_hello(0)),
}
"""By the name of the server."""


def refusing(context: ssl.SSLContext) -> Connection:
    """A server whose *context* refuses every client, and that says so before it closes.

    asyncio's own closes without sending the alert.
    """

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        session = context.wrap_bio(incoming, outgoing, server_side=True)
        with suppress(ConnectionError, asyncio.CancelledError, TimeoutError):
            while True:
                try:
                    session.do_handshake()
                    break
                except ssl.SSLWantReadError:
                    writer.write(outgoing.read())
                    heard = await reader.read(65_536)
                    if not heard:
                        break
                    incoming.write(heard)
                except ssl.SSLError:
                    break
            writer.write(outgoing.read())
            await writer.drain()
            await asyncio.wait_for(reader.read(), 1)
        writer.close()

    return talk
