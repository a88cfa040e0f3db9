"""The name server of the tests, asked in bytes: what it sends is what a resolver would be sent."""

import socket
import struct
from ipaddress import ip_address

import pytest

from tests.support.names import (
    AAAA,
    NODATA,
    NXDOMAIN,
    REFUSED,
    SERVFAIL,
    SILENCE,
    A,
    Answer,
    Names,
    local_names,
    malformed,
    to,
    truncated,
)

HEADER = 12


def _query(name: str, kind: int) -> bytes:
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    return struct.pack("!6H", 7, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack("!HH", kind, 1)


def _ask(names: Names, name: str, kind: int = A) -> bytes:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.settimeout(0.5)
        asking.sendto(_query(name, kind), (names.host, names.port))
        return asking.recv(4096)


def _ask_over_tcp(names: Names, name: str) -> bytes:
    query = _query(name, A)
    with socket.create_connection((names.host, names.port), timeout=5) as asking, asking.makefile("rb") as answers:
        asking.sendall(struct.pack("!H", len(query)) + query)
        return answers.read(int.from_bytes(answers.read(2), "big"))


def _code(response: bytes) -> int:
    return response[3] & 0x0F


def _addresses(response: bytes, name: str) -> list[str]:
    """The addresses of the records of *response*, all of one length."""
    (count,) = struct.unpack_from("!H", response, 6)
    records = response[HEADER + len(name) + 2 + 4 :]
    size = len(records) // count if count else 0
    return [str(ip_address(records[at + 12 : at + size])) for at in range(0, size * count, size)] if size else []


def test_addresses_are_those_of_the_type_asked_for() -> None:
    with local_names({"a.test": to("127.0.0.1", "::1", "127.0.0.2")}) as names:
        assert _addresses(_ask(names, "a.test"), "a.test") == ["127.0.0.1", "127.0.0.2"]
        assert _addresses(_ask(names, "A.Test", AAAA), "a.test") == ["::1"]
        assert names.asked == {"a.test": 2}


def test_a_suffix_holds_for_all_below_it_but_the_names_that_have_their_own() -> None:
    with local_names({"*.b.test": to("127.0.0.1"), "own.b.test": to("127.0.0.2")}) as names:
        assert _addresses(_ask(names, "x.y.b.test"), "x.y.b.test") == ["127.0.0.1"]
        assert _addresses(_ask(names, "own.b.test"), "own.b.test") == ["127.0.0.2"]
        assert _code(_ask(names, "b.test")) == 3


@pytest.mark.parametrize(("answer", "code"), [(NODATA, 0), (SERVFAIL, 2), (NXDOMAIN, 3), (REFUSED, 5)])
def test_what_goes_wrong_has_its_code_and_no_record(answer: Answer, code: int) -> None:
    with local_names({"a.test": answer}) as names:
        response = _ask(names, "a.test")

    assert (_code(response), _addresses(response, "a.test")) == (code, [])


def test_answers_in_turn_change_with_each_question_of_a_type() -> None:
    with local_names({"a.test": (to("127.0.0.1"), SERVFAIL, to("10.0.0.1"))}) as names:
        responses = [_ask(names, "a.test") for _ in range(4)]

    assert [_addresses(response, "a.test") for response in responses] == [["127.0.0.1"], [], ["10.0.0.1"], ["10.0.0.1"]]


def test_silence_is_silence() -> None:
    with local_names({"a.test": SILENCE}) as names, pytest.raises(TimeoutError):
        _ask(names, "a.test")


def test_what_is_truncated_comes_whole_over_tcp() -> None:
    with local_names({"a.test": truncated(to("127.0.0.1"))}, delay_s=0.01) as names:
        short = _ask(names, "a.test")
        whole = _ask_over_tcp(names, "a.test")

        assert short[2] & 0x02
        assert _addresses(short, "a.test") == []
        assert _addresses(whole, "a.test") == ["127.0.0.1"]
        assert names.over_tcp["a.test"] == 1


def test_what_is_malformed_ends_within_a_record() -> None:
    with local_names({"a.test": malformed(to("127.0.0.1")), "b.test": to("127.0.0.1")}) as names:
        assert len(_ask(names, "a.test")) == len(_ask(names, "b.test")) - 6


def test_what_is_no_question_is_not_answered() -> None:
    with local_names({}) as names, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.settimeout(0.2)
        asking.sendto(b"\0\1\1\0\0\1", (names.host, names.port))
        with pytest.raises(TimeoutError):
            asking.recv(4096)
