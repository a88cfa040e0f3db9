"""When a certificate ends, of certificates as they are made and of bytes that are none."""

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from diagsources.check.validity import ends

KEY = ec.generate_private_key(ec.SECP256R1())
NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a.test")])


def certificate(end: datetime, *names: str) -> bytes:
    """A certificate of *names* that ends so (DER)."""
    builder = x509.CertificateBuilder(NAME, NAME, KEY.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(datetime(1950, 1, 1, tzinfo=UTC)).not_valid_after(end)
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(map(x509.DNSName, names)), critical=False)
    return builder.sign(KEY, SHA256()).public_bytes(Encoding.DER)


@pytest.mark.parametrize("year", [1951, 1969, 1999, 2026, 2049, 2050, 2068, 2069, 9999])
def test_the_end_is_read_in_both_of_its_forms(year: int) -> None:
    end = datetime(year, 11, 27, 23, 59, 1, tzinfo=UTC)

    assert ends(certificate(end)) == end.timestamp()


def test_the_end_of_a_large_certificate_is_read() -> None:
    end = datetime(2027, 2, 28, tzinfo=UTC)

    assert ends(certificate(end, *(f"host-{rank}.test" for rank in range(5_000)))) == end.timestamp()


@given(st.binary(max_size=200))
def test_what_is_no_certificate_has_no_end(data: bytes) -> None:
    assert ends(data) is None


@given(st.integers(0, 400), st.binary(max_size=3))
def test_a_certificate_with_other_bytes_in_it_has_an_end_or_none(place: int, other: bytes) -> None:
    whole = certificate(datetime(2027, 2, 28, tzinfo=UTC))

    assert isinstance(ends(whole[:place] + other + whole[place + len(other) :]), float | None)
