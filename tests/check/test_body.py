"""Bodies: how far they are read and decompressed, and what is said of those that are not what they say."""

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Iterable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagsources.check.body import MAX_BODY, Body, Broken, decoded, most_of, read_all, read_body

HTML = {"content-type": "text/html"}
PAGE = b"<h1>Population</h1><p>" + b"Une commune. " * 40
BOMB = gzip.compress(gzip.compress(bytes(1 << 28)))
"""256 MB of nothing in less than a kilobyte, announced as it is."""


def deflated(data: bytes, window: int) -> bytes:
    """*data* by the deflate of that window: negative, without the envelope of zlib."""
    made = zlib.compressobj(9, zlib.DEFLATED, window)
    return made.compress(data) + made.flush()


async def pieces(chunks: Iterable[bytes], *, then: Exception | None = None, hang: bool = False) -> AsyncIterator[bytes]:
    """*chunks*, then what goes wrong."""
    for chunk in chunks:
        yield chunk
    if then is not None:
        raise then
    if hang:
        await asyncio.sleep(3600)


def read(chunks: AsyncIterator[bytes], *, fields: dict[str, str] = HTML, status: int = 200, seconds: float = 5) -> Body:
    """What is read of *chunks*."""
    return asyncio.run(read_body(status, fields, chunks, seconds))


def test_a_body_is_whole_where_it_ends() -> None:
    assert read(pieces([b"a", b"b"])) == Body(b"ab")


@pytest.mark.parametrize(("media_type", "most"), [("text/html", MAX_BODY), ("", MAX_BODY), ("application/zip", 65_536)])
def test_an_endless_body_is_read_up_to_its_bound(media_type: str, most: int) -> None:
    def endless() -> Iterable[bytes]:
        while True:
            yield bytes(1000)

    body = read(pieces(endless()), fields={"content-type": media_type})

    assert most <= len(body.data) < most + 1000
    assert not body.whole
    assert not body.cut_short


@pytest.mark.parametrize(
    ("declared", "is_text"),
    [
        ("TEXT/CSV", True),
        ("application/geo+json", True),
        ("application/xhtml+xml; charset=utf-8", True),
        ("application/pdf", False),
        ("image/png", False),
    ],
)
def test_text_is_read_further_than_files(declared: str, is_text: bool) -> None:
    assert (most_of({"content-type": declared}) == MAX_BODY) is is_text


def test_a_body_that_has_its_announced_length_is_not_waited_for() -> None:
    assert read(pieces([b"abc"], hang=True), fields={"content-length": " 3 "}) == Body(b"abc")


@pytest.mark.parametrize(("status", "length"), [(204, "5"), (304, "5"), (200, "0")])
def test_what_has_no_body_is_not_read(status: int, length: str) -> None:
    assert read(pieces([], hang=True), status=status, fields={"content-length": length}) == Body()


def test_a_body_that_stops_coming_is_what_came_and_not_whole() -> None:
    body = read(pieces([b"abc"], hang=True), seconds=0.05)

    assert body == Body(b"abc", whole=False)


def test_a_body_of_which_nothing_comes_is_a_timeout() -> None:
    with pytest.raises(TimeoutError):
        read(pieces([], hang=True), seconds=0.05)


def test_a_body_that_breaks_off_is_said_to_be_cut_short() -> None:
    body = read(pieces([b"abc"], then=Broken()))

    assert body == Body(b"abc", whole=False, cut_short=True)


def test_a_body_that_breaks_off_before_its_first_byte_is_a_failure() -> None:
    with pytest.raises(Broken):
        read(pieces([], then=Broken()))


def test_all_of_what_is_too_long_is_nothing() -> None:
    assert asyncio.run(read_all(pieces([b"abc", b"def"]), 6)) == b"abcdef"
    assert asyncio.run(read_all(pieces([b"abc", b"def"]), 5)) == b""


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("X-GZip", gzip.compress(PAGE)),
        ("deflate", deflated(PAGE, 15)),
        ("deflate", deflated(PAGE, -15)),
        ("identity", PAGE),
        ("", PAGE),
        ("gzip, identity", gzip.compress(PAGE)),
        ("deflate, gzip", gzip.compress(deflated(PAGE, 15))),
        ("gzip, gzip", gzip.compress(gzip.compress(PAGE))),
    ],
)
def test_content_codings_are_undone_in_turn(coding: str, data: bytes) -> None:
    assert decoded(Body(data), {"content-encoding": coding}) == Body(PAGE)


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, br", "compress", "utf-8"])
def test_a_coding_that_was_not_asked_for_cannot_be_read(coding: str) -> None:
    assert not decoded(Body(b"anything"), {"content-encoding": coding}).readable


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_of_a_page_that_is_announced_as_compressed_and_is_not_nothing_is_read(coding: str) -> None:
    assert decoded(Body(PAGE), {"content-encoding": coding}) == Body(whole=False, encoding_error=True)


@pytest.mark.parametrize("data", [b"\x00\x01\x02" * 30, b"\x1f\x8b\x08", gzip.compress(PAGE)[:-20]])
def test_what_cannot_be_decompressed_to_its_end_is_a_fault_of_encoding(data: bytes) -> None:
    body = decoded(Body(data), {"content-encoding": "gzip"})

    assert body.encoding_error
    assert PAGE.startswith(body.data)


def test_what_comes_before_a_fault_of_encoding_is_kept() -> None:
    noise = Random(0).randbytes(20_000)  # noqa: S311 - what cannot be made shorter
    data = bytearray(deflated(noise, 15))
    data[-1] ^= 1
    body = decoded(Body(bytes(data)), {"content-encoding": "deflate"})

    assert noise.startswith(body.data)
    assert len(body.data) > 10_000
    assert body.encoding_error


def test_a_compressed_body_that_was_not_read_whole_has_no_fault() -> None:
    body = decoded(Body(gzip.compress(PAGE)[:60], whole=False), {"content-encoding": "gzip"})

    assert PAGE.startswith(body.data)
    assert not body.encoding_error
    assert not body.whole


@pytest.mark.parametrize("coding", ["gzip", "gzip, gzip"])
def test_a_bomb_is_defused(coding: str) -> None:
    tracemalloc.start()
    try:
        body = decoded(Body(BOMB), {"content-encoding": coding})
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert len(body.data) <= MAX_BODY
    assert peak < 10 * MAX_BODY


@given(
    st.binary(max_size=200) | st.binary(max_size=200).map(gzip.compress),
    st.lists(st.sampled_from(["gzip", "deflate", "identity", "br", "x-gzip", ""]), max_size=4),
)
@settings(deadline=None)
def test_any_bytes_under_any_coding_give_a_body(data: bytes, codings: list[str]) -> None:
    assert len(decoded(Body(data), {"content-encoding": ", ".join(codings)}).data) <= MAX_BODY


@given(st.binary(max_size=2_000), st.sampled_from(["gzip", "deflate", "raw"]))
@settings(deadline=None)
def test_what_was_compressed_comes_back(data: bytes, how: str) -> None:
    window = {"gzip": 31, "deflate": 15, "raw": -15}[how]
    coding = "gzip" if how == "gzip" else "deflate"

    assert decoded(Body(deflated(data, window)), {"content-encoding": coding}) == Body(data)


def test_a_short_page_with_a_wrong_checksum_is_whole() -> None:
    data = bytearray(gzip.compress(PAGE))
    data[-8] ^= 1

    assert decoded(Body(bytes(data)), {"content-encoding": "gzip"}).data == PAGE


@pytest.mark.parametrize("window", [9, 12, 14])
def test_deflate_with_a_small_window_is_read(window: int) -> None:
    assert decoded(Body(deflated(PAGE, window)), {"content-encoding": "deflate"}) == Body(PAGE)
