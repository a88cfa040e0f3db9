"""The certificates between a server's own and an authority, which servers ought to send and many forget."""

from contextlib import suppress

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import AuthorityInformationAccessOID

from diagsources.check.certificates import Fetch

_DEEPEST = 3
"""How many certificates in a row are fetched."""
_PLACES = 2
"""From how many places each."""


async def issuers(leaf: bytes, fetch: Fetch) -> str:
    """The certificates between *leaf* (DER) and an authority (PEM), from where each says that its issuer is
    (RFC 5280 §4.2.2.1); "" where that leads nowhere."""
    found: list[x509.Certificate] = []
    here = _certificate(leaf)
    while here is not None and len(found) < _DEEPEST:
        here = await _issuer(here, fetch)
        if here is None or here.subject == here.issuer:  # a root is the system's to trust, nobody else's
            break
        found.append(here)
    return "".join(each.public_bytes(Encoding.PEM).decode() for each in found)


async def _issuer(certificate: x509.Certificate, fetch: Fetch) -> x509.Certificate | None:
    """The issuer of *certificate*, from the first place that has it."""
    for address in _issuer_addresses(certificate)[:_PLACES]:
        found = _certificate(await fetch(address))
        if found is not None:
            return found
    return None


def _issuer_addresses(certificate: x509.Certificate) -> list[str]:
    """Where the issuer of *certificate* is; only plain http, as it would otherwise not end."""
    try:
        access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    places = [
        place.access_location for place in access if place.access_method == AuthorityInformationAccessOID.CA_ISSUERS
    ]
    return [str(place.value) for place in places if str(place.value).lower().startswith("http://")]


def _certificate(data: bytes) -> x509.Certificate | None:
    """The certificate in *data*, which is DER, PEM or PKCS #7; None where it is none of them."""
    for read in (x509.load_der_x509_certificate, x509.load_pem_x509_certificate):
        with suppress(ValueError):
            return read(data)
    with suppress(ValueError, UnsupportedAlgorithm):
        return next(iter(pkcs7.load_der_pkcs7_certificates(data)), None)
    return None
