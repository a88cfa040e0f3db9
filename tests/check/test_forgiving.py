"""Header sections that servers really send: what browsers overlook is gone, what follows comes as it was."""

import h11
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diagsources.check.forgiving import Head, forgiven

STATUS = b"HTTP/1.1 200 OK"


def fields_of(head: bytes) -> list[tuple[bytes, bytes]]:
    """The header fields of *head* as a strict parser reads them."""
    return [(name, value) for name, value in _read(head).headers]


def _read(head: bytes) -> h11.Response:
    """What a strict parser takes *head* for; raises `h11.RemoteProtocolError`."""
    connection = h11.Connection(h11.CLIENT)
    connection.send(h11.Request(method="GET", target="/", headers=[("Host", "a.fr")]))
    connection.receive_data(head)
    event = connection.next_event()
    assert isinstance(event, h11.Response), event
    return event


def taken(*pieces: bytes) -> bytes:
    """What comes out when *pieces* come in one after another, and no more."""
    head = Head()
    for piece in pieces:
        if not head.ready:
            head.feed(piece)
            passed = b""
        else:
            passed += piece
    if not head.ready:
        head.feed(b"")
    return head.take(1 << 30) + passed


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (b"A: b", [(b"a", b"b")]),
        (b"A:b", [(b"a", b"b")]),
        (b"A : b", [(b"a", b"b")]),
        (b"A\t:\tb\t", [(b"a", b"b")]),
        (b"A:", [(b"a", b"")]),
        (b"A: b: c", [(b"a", b"b: c")]),
        (b"A: b\r\n c", [(b"a", b"b c")]),
        (b"A: b\r\n\tc\r\n  d", [(b"a", b"b c d")]),
        (b"A: \xe9t\xc3\xa9", [(b"a", b"\xe9t\xc3\xa9")]),
        (b"A: b\x00c\x7f\x0b", [(b"a", b"bc")]),
        (b"A: b\rc", [(b"a", b"bc")]),
        (b"no colon at all", []),
        (b": no name", []),
        (b"a name: with spaces", []),
        (b"\xe9t\xe9: b", []),
        (b"<html>: b", []),
        (b" folded: into nothing", []),
        (b"HTTP/1.1 200 OK", []),
        (b"Set-Cookie: a\r\nSet-Cookie: b", [(b"set-cookie", b"a"), (b"set-cookie", b"b")]),
        (b"Content-Length: 3\r\nContent-Length: 3", [(b"content-length", b"3")]),
        (b"Content-Length: 3, 3", [(b"content-length", b"3")]),
        (b"Content-Length: three", []),
        (b"Content-Length: -1", []),
        (b"Content-Length: 3\r\nTransfer-Encoding: chunked", [(b"transfer-encoding", b"chunked")]),
        (b"Content-Length: 3\r\nTransfer-Encoding: identity", [(b"content-length", b"3")]),
        (b"Transfer-Encoding: ", []),
    ],
)
def test_what_browsers_overlook_is_overlooked(line: bytes, fields: list[tuple[bytes, bytes]]) -> None:
    assert fields_of(forgiven(STATUS + b"\r\n" + line)) == fields


def test_lines_may_end_without_a_carriage_return() -> None:
    assert fields_of(taken(STATUS + b"\nA: b\nC: d\n\n")) == [(b"a", b"b"), (b"c", b"d")]


def test_sizes_that_contradict_each_other_are_left_to_fail() -> None:
    with pytest.raises(h11.RemoteProtocolError):
        _read(forgiven(STATUS + b"\r\nContent-Length: 3\r\nContent-Length: 4"))


@pytest.mark.parametrize("start", [b"http/1.1 200 OK", b"\r\nHTTP/1.1 200 OK", b"HTTP/1.1 200 \x00O\x07K"])
def test_a_status_line_may_be_untidy(start: bytes) -> None:
    assert _read(taken(start + b"\r\nA: b\r\n\r\n")).status_code == 200


def test_the_body_comes_as_it_was_sent() -> None:
    body = b"\r\n\r\n\x00 A : b\r\n\r\n"

    assert taken(STATUS + b"\r\nA: b\r\n\r\n" + body).partition(b"\r\n\r\n")[2] == body


def test_an_interim_response_is_read_as_well_as_what_follows() -> None:
    assert taken(b"HTTP/1.1 103 Early\r\nA : b\r\n\r\n", STATUS + b"\r\nC : d\r\n\r\n") == (
        b"HTTP/1.1 103 Early\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nC: d\r\n\r\n"
    )


@pytest.mark.parametrize(
    "start", [b"SSH-2.0-OpenSSH_9.6\r\n", b"<html>", b"\x16\x03\x01", b"220 ftp", b"H\r\n", b" HTTP"]
)
def test_what_is_no_http_is_told_at_once(start: bytes) -> None:
    head = Head()
    head.feed(start)

    assert head.foreign


def test_a_section_without_an_end_is_given_up() -> None:
    head = Head()
    for _ in range(20):
        if not head.ready:
            head.feed(b"A: " + b"b" * 20_000 if head._buffer else STATUS + b"\r\n")

    assert head.ready
    assert len(head.take(1 << 30)) < 300_000


def test_a_connection_that_ends_in_the_middle_gives_what_there_was() -> None:
    assert taken(STATUS + b"\r\nA: b") == STATUS + b"\r\nA: b"


@given(
    st.lists(st.binary(max_size=30) | st.sampled_from([b"A: b", b" c", b"Content-Length: 3", b"\r", b":"]), max_size=8)
)
@example([b"Content-Length: 3", b" 3"])
@settings(deadline=None)
def test_any_lines_at_all_are_made_into_a_section_that_can_be_read(lines: list[bytes]) -> None:
    head = forgiven(b"\r\n".join([STATUS, *(line.replace(b"\n", b"") for line in lines)]))

    sizes = [line for line in head.lower().split(b"\r\n") if line.startswith((b"content-length", b"transfer-encoding"))]
    if len(sizes) <= 1 and b"," not in b"".join(sizes):
        assert _read(head).status_code == 200


@given(st.binary(max_size=120), st.lists(st.integers(1, 20), max_size=12))
@settings(deadline=None)
def test_how_bytes_are_cut_in_pieces_changes_nothing(noise: bytes, cuts: list[int]) -> None:
    sent = STATUS + b"\r\nA : b\r\n" + noise + b"\r\n\r\nbody"
    pieces, left = [], sent
    for cut in cuts:
        pieces.append(left[:cut])
        left = left[cut:]

    assert taken(*(piece for piece in [*pieces, left] if piece)) == taken(sent)


@given(st.lists(st.binary(max_size=60), max_size=5))
@settings(deadline=None)
def test_any_bytes_end_up_ready_or_foreign(pieces: list[bytes]) -> None:
    head = Head()
    for piece in (*pieces, b""):
        if not head.ready:
            head.feed(piece)

    assert head.ready


@pytest.mark.parametrize("junk", [b"\r\n\r\n", b"\n\n", b"\r\n\r\n\r\n"])
def test_empty_lines_before_the_status_line_are_overlooked(junk: bytes) -> None:
    assert fields_of(taken(junk + STATUS + b"\r\nContent-Length: 0\r\n\r\n")) == [(b"content-length", b"0")]
