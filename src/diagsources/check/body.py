"""Bodies, read no further than they tell something: so many bytes, so long, decompressed so far."""

import asyncio
import zlib
from typing import NamedTuple

import httpx

MAX_BODY = 262_144
"""How much of a page is read, as it comes and decompressed (bytes)."""

_MAX_FILE = 65_536
"""How much of what is no text is read (bytes): where it ends there, its connection can be kept."""

_TEXTUAL = ("text/", "html", "xml", "json", "javascript")


class Body(NamedTuple):
    """What was read of a body."""

    data: bytes = b""
    whole: bool = True
    """Whether that is all of it."""
    cut_short: bool = False
    """Whether it ended before its announced end."""
    encoding_error: bool = False
    """Whether it could not be decompressed to its end."""
    readable: bool = True
    """False where its encoding is one that we did not ask for and do not know."""


async def read_body(response: httpx.Response, seconds: float) -> Body:
    """What there is to know of the body of *response* within so many *seconds*, decompressed.

    Raises what the network raises, and `TimeoutError`, where not one byte came.
    """
    if _is_bodyless(response):
        return Body()
    raw = bytearray()
    most = _most(response)
    whole, cut_short = True, False
    try:
        async with asyncio.timeout(seconds):
            async for chunk in response.stream:  # type: ignore[union-attr] - always asynchronous here
                raw += chunk
                if len(raw) >= most:
                    whole = len(raw) == most and response.headers.get("content-length") == str(most)
                    break
    except (TimeoutError, httpx.TimeoutException):
        if not raw:
            raise
        whole = False
    except httpx.TransportError:
        if not raw:
            raise
        whole, cut_short = False, True
    return _decoded(bytes(raw), response, Body(b"", whole, cut_short))


async def read_all(response: httpx.Response, most: int) -> bytes:
    """The body of *response*; none where it is larger than *most* bytes. Raises what the network raises."""
    raw = bytearray()
    async for chunk in response.stream:  # type: ignore[union-attr] - always asynchronous here
        raw += chunk
        if len(raw) > most:
            return b""
    return bytes(raw)


def _is_bodyless(response: httpx.Response) -> bool:
    return response.status_code in (204, 304) or response.headers.get("content-length", "").strip() == "0"


def _most(response: httpx.Response) -> int:
    declared = response.headers.get("content-type", "").lower()
    return MAX_BODY if not declared or any(word in declared for word in _TEXTUAL) else _MAX_FILE


def _decoded(raw: bytes, response: httpx.Response, body: Body) -> Body:
    codings = [coding.strip().lower() for coding in response.headers.get("content-encoding", "").split(",")]
    applied = [coding for coding in codings if coding not in ("", "identity")]
    if not applied:
        return body._replace(data=raw)
    if any(coding not in ("gzip", "x-gzip", "deflate") for coding in applied):
        return body._replace(readable=False)
    data, whole, failed = raw, body.whole, False
    for coding in reversed(applied):
        data, ended, wrong = _inflated(data, raw_deflate=coding == "deflate" and data[:1] != b"\x78")
        failed = failed or wrong or (whole and not ended and len(data) < MAX_BODY)
        whole = whole and ended
    if failed and not data and raw.lstrip()[:1] in (b"<", b"{"):  # announced and not done
        return body._replace(data=raw, encoding_error=True)
    return body._replace(data=data, whole=whole, encoding_error=failed and not body.cut_short)


def _inflated(data: bytes, *, raw_deflate: bool) -> tuple[bytes, bool, bool]:
    """*data* decompressed up to `MAX_BODY`; whether that is its end; whether it is not what it says."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS if raw_deflate else zlib.MAX_WBITS | 32)
    found = bytearray()
    try:
        # in small steps, so that what comes before a fault is not lost with it
        for start in range(0, len(data), 4_096):
            found += inflater.decompress(data[start : start + 4_096], MAX_BODY - len(found) + 1)
            if len(found) > MAX_BODY or inflater.eof:
                break
    except zlib.error:
        return bytes(found), False, True
    return bytes(found[:MAX_BODY]), inflater.eof, False
