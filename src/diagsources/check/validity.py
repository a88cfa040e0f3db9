"""When a certificate ends: the one thing that is read of each, without taking the rest apart (RFC 5280 §4.1)."""

from contextlib import suppress
from datetime import UTC, datetime

_VERSION, _SEQUENCE, _UTC_TIME = 0xA0, 0x30, 0x17
_FORMS = {_UTC_TIME: "%y%m%d%H%M%SZ", 0x18: "%Y%m%d%H%M%SZ"}
"""How each kind of time is written (RFC 5280 §4.1.2.5)."""


def ends(certificate: bytes) -> float | None:
    """When *certificate* (DER) ends (seconds since the epoch); None where it is none."""
    with suppress(ValueError, LookupError):
        body = _inside(_inside(certificate))
        if body[0] == _VERSION:
            body = _after(body)
        for _ in ("serial number", "signature algorithm", "issuer"):
            body = _after(body)
        last = _after(_inside(body))
        return _time(last[0], _value(last)).timestamp()
    return None


def _time(kind: int, written: bytes) -> datetime:
    when = datetime.strptime(written.decode("ascii"), _FORMS[kind]).replace(tzinfo=UTC)
    # two digits are of 1950 to 2049; strptime takes them for 1969 to 2068
    return when.replace(year=when.year - 100) if kind == _UTC_TIME and when.year >= 2050 else when


def _inside(element: bytes) -> bytes:
    """What a sequence at the beginning of *element* holds; raises `ValueError` where there is none."""
    if element[0] != _SEQUENCE:
        raise ValueError(element[:1])
    return _value(element)


def _value(element: bytes) -> bytes:
    start, end = _bounds(element)
    return element[start:end]


def _after(element: bytes) -> bytes:
    """What follows the first value of *element*."""
    return element[_bounds(element)[1] :]


def _bounds(element: bytes) -> tuple[int, int]:
    """Where the first value of *element* begins and ends (X.690 §8.1.3)."""
    length = element[1]
    if length < 0x80:
        return 2, 2 + length
    start = 2 + (length & 0x7F)
    return start, start + int.from_bytes(element[2:start], "big")
