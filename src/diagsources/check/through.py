"""Sending through any transport of httpx: another's, or the precise engine."""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress

import httpx

from diagsources.check.body import Body, Broken, read_body
from diagsources.check.sender import Fields, Reply, by_name, redirects

_REDIRECT_BODY_S = 1.0
"""How long the body of a redirect is waited for (seconds): only to keep its connection."""


class Through:
    """Sends through any transport of httpx, called directly: redirects and cookies are not its affair."""

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        self.transport = transport

    async def send(self, url: str, fields: Fields, seconds: float, *, second: bool = False) -> Reply:
        """As `Sender` has it; there is one opinion only."""
        timeout = {"connect": seconds, "read": seconds, "write": seconds, "pool": None}
        headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in fields]
        request = httpx.Request("GET", url, headers=headers, extensions={"timeout": timeout})
        started = time.perf_counter()
        response = await self.transport.handle_async_request(request)
        try:
            named = by_name((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw)
            left = max(0.1, seconds - (time.perf_counter() - started))
            body = await _body(response, named, left)
        finally:
            await response.aclose()
        known = response.extensions
        return Reply(
            response.status_code, named, body, known.get("certificate_ends"), bool(known.get("chain_completed"))
        )

    def expect(self, url: str) -> None:
        """As `Sender` has it; nothing can be done ahead."""


async def _body(response: httpx.Response, fields: Mapping[str, str], seconds: float) -> Body:
    """The body of *response*; of a redirect only what is at hand."""
    chunks = response.stream
    if not isinstance(chunks, httpx.AsyncByteStream):
        raise TypeError(f"a {type(chunks).__name__} does not come from an asynchronous transport")
    if not redirects(response.status_code, fields):
        return await read_body(response.status_code, fields, _told_apart(chunks), seconds)
    with suppress(TimeoutError, Broken):
        await read_body(response.status_code, fields, _told_apart(chunks), min(seconds, _REDIRECT_BODY_S))
    return Body()


async def _told_apart(chunks: httpx.AsyncByteStream) -> AsyncIterator[bytes]:
    """*chunks*, whose end is told as `read_body` wants it: for want of time, or broken."""
    try:
        async for chunk in chunks:
            yield chunk
    except httpx.TimeoutException as error:
        raise TimeoutError from error
    except httpx.TransportError as error:
        raise Broken from error
