"""Bodies, read no further than they tell something: so many bytes, so long, decompressed so far."""

import asyncio
import zlib
from collections.abc import AsyncIterable, Mapping
from contextlib import suppress
from typing import NamedTuple

MAX_BODY = 262_144
"""How much of a page is read, as it comes and decompressed (bytes)."""

_MAX_FILE = 65_536
"""How much of what is no text is read (bytes): where it ends there, its connection can be kept."""

_TEXTUAL = ("text/", "html", "xml", "json", "javascript")


class Broken(Exception):
    """A body ended before its end; the cause tells how."""


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


async def read_body(status_code: int, fields: Mapping[str, str], chunks: AsyncIterable[bytes], seconds: float) -> Body:
    """What there is to know of a body that comes in *chunks* after a header section with *fields* (by name in
    lower case), within so many *seconds*; decompressed.

    *chunks* raise `Broken` where they end too early; that is raised, and `TimeoutError`, where not one byte came.
    """
    length = fields.get("content-length", "").strip()
    if status_code in (204, 304) or length == "0":
        return Body()
    raw = bytearray()
    most = most_of(fields)
    whole, cut_short = True, False
    try:
        async with asyncio.timeout(seconds):
            async for chunk in chunks:
                raw += chunk
                if length == str(len(raw)):
                    break
                if len(raw) >= most:
                    whole = False
                    break
    except TimeoutError:
        if not raw:
            raise
        whole = False
    except Broken:
        if not raw:
            raise
        whole, cut_short = False, True
    return decoded(Body(bytes(raw), whole, cut_short), fields)


async def read_all(chunks: AsyncIterable[bytes], most: int) -> bytes:
    """The bytes of *chunks*; none where they are more than *most*. Raises what the network raises."""
    raw = bytearray()
    async for chunk in chunks:
        raw += chunk
        if len(raw) > most:
            return b""
    return bytes(raw)


def most_of(fields: Mapping[str, str]) -> int:
    """How much of a body is read at most, by what its header section says that it is (bytes)."""
    declared = fields.get("content-type", "").lower()
    return MAX_BODY if not declared or any(word in declared for word in _TEXTUAL) else _MAX_FILE


def decoded(body: Body, fields: Mapping[str, str]) -> Body:
    """*body* with its content codings (RFC 9110 §8.4) undone."""
    encoding = fields.get("content-encoding", "")
    if not encoding:
        return body
    applied = [coding for coding in map(str.strip, encoding.lower().split(",")) if coding not in ("", "identity")]
    if not applied:
        return body
    if any(coding not in ("gzip", "x-gzip", "deflate") for coding in applied):
        return body._replace(readable=False)
    data, whole, failed = body.data, body.whole, False
    for coding in reversed(applied):
        data, ended, wrong = _inflated(data, _window(coding, data))
        failed = failed or wrong or (whole and not ended and len(data) < MAX_BODY)
        whole = whole and ended
    return body._replace(data=data, whole=whole, encoding_error=failed and not body.cut_short)


def _has_zlib_header(data: bytes) -> bool:
    """Whether *data* begins as RFC 1950 §2.2 has it: many a server sends `deflate` without."""
    return len(data) >= 2 and data[0] & 15 == 8 and (data[0] * 256 + data[1]) % 31 == 0


def _window(coding: str, data: bytes) -> int:
    """What zlib calls the format of *data*, which is said to be packed by *coding*."""
    if coding != "deflate":
        return zlib.MAX_WBITS | 16
    return zlib.MAX_WBITS if _has_zlib_header(data) else -zlib.MAX_WBITS


def _inflated(data: bytes, window: int) -> tuple[bytes, bool, bool]:
    """*data* decompressed up to `MAX_BODY`; whether that is its end; whether it is not what it says."""
    inflater = zlib.decompressobj(window)
    found = bytearray()
    for start in range(0, len(data), _STEP):
        step, before = data[start : start + _STEP], inflater.copy()
        try:
            found += inflater.decompress(step, MAX_BODY - len(found) + 1)
        except zlib.error:
            return bytes(found + _before_fault(before, step))[:MAX_BODY], False, True
        if len(found) > MAX_BODY or inflater.eof:
            break
    return bytes(found[:MAX_BODY]), inflater.eof, False


_STEP = 4_096


def _before_fault(inflater: "zlib._Decompress", data: bytes) -> bytes:
    """What *inflater* makes of *data* before it finds the fault in it: a page whose checksum is wrong is whole."""
    found = bytearray()
    with suppress(zlib.error):
        for place in range(len(data)):
            found += inflater.decompress(data[place : place + 1], MAX_BODY)
    return bytes(found)
