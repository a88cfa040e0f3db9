"""Certificates by what is wrong with them: an authority, an intermediate, and leaves for `localhost`.

`context_of(fault, ...)` is the server side of TLS for each of `FAULTS`. Keys are made once per process.
"""

import asyncio
import ipaddress
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs7
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from tests.support.server import Conversation, behaviour

DAY = timedelta(days=1)
LOCAL = (x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1")))


@dataclass(frozen=True, slots=True, eq=False)
class Signed:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        """The certificate."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def der(self) -> bytes:
        """The certificate, as an AIA address serves it."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def key_pem(self) -> bytes:
        """The key."""
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())


@cache
def signed(
    subject: str,
    issuer: Signed | None = None,
    *,
    names: tuple[x509.GeneralName, ...] = LOCAL,
    days: tuple[int, int] = (-30, 60),
    aia: str = "",
    authority: bool = False,
    usage: x509.ObjectIdentifier = ExtendedKeyUsageOID.SERVER_AUTH,
) -> Signed:
    """A certificate valid from and until so many *days* from now, signed by *issuer* or by itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    parent, parent_key = (issuer.certificate.subject, issuer.key) if issuer else (called, key)
    builder = (
        x509.CertificateBuilder(parent, called, key.public_key(), x509.random_serial_number())
        .not_valid_before(now + days[0] * DAY)
        .not_valid_after(now + days[1] * DAY)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(parent_key.public_key()), critical=False)
    )
    if authority:
        builder = builder.add_extension(_SIGNS, critical=True)
    else:
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False) if names else builder
    if aia:
        issuers = AuthorityInformationAccessOID.CA_ISSUERS
        places = [x509.AccessDescription(issuers, x509.UniformResourceIdentifier(place)) for place in aia.split()]
        builder = builder.add_extension(x509.AuthorityInformationAccess(places), critical=False)
    return Signed(builder.sign(parent_key, SHA256()), key)


_SIGNS = x509.KeyUsage(
    digital_signature=True,
    key_cert_sign=True,
    crl_sign=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    encipher_only=False,
    decipher_only=False,
)


@dataclass(frozen=True, slots=True, eq=False)
class Authority:
    """The authority that the tests trust, an intermediate of its, a stranger's; where AIA addresses lead."""

    root: Signed
    intermediate: Signed
    stranger: Signed
    base: str

    @classmethod
    def known(cls, base: str) -> "Authority":
        """The authority of this process, its AIA addresses on the server at *base*."""
        root = signed("Aquarium racine", days=(-400, 4000), authority=True)
        intermediate = signed("Aquarium intermediaire", root, days=(-300, 2000), authority=True)
        return cls(root, intermediate, signed("Une inconnue", days=(-400, 4000), authority=True), base)

    @property
    def root_pem(self) -> bytes:
        """What a client has to trust."""
        return self.root.pem

    def leaf_of_intermediate(self, aia: str = "") -> Signed:
        """A leaf that the intermediate signed, which says that its issuer is at *aia*."""
        return signed("localhost", self.intermediate, aia=f"{self.base}/aia/{aia}" if aia else "")

    def expired_intermediate(self) -> Signed:
        """An intermediate that is no longer valid."""
        return signed("Aquarium d'autrefois", self.root, days=(-300, -10), authority=True)


Chain = tuple[Signed, ...]
"""What a server sends: the leaf first."""


def _of_root(**options: Any) -> Callable[[Authority], Chain]:
    return lambda authority: (signed("localhost", authority.root, **options),)


def _without_intermediate(aia: str = "") -> Callable[[Authority], Chain]:
    return lambda authority: (authority.leaf_of_intermediate(aia),)


def _of_expired_intermediate(authority: Authority) -> Chain:
    intermediate = authority.expired_intermediate()
    return (signed("localhost", intermediate), intermediate)


FAULTS: Mapping[str, Callable[[Authority], Chain]] = {
    "valid": _of_root(),
    "expired": _of_root(days=(-60, -30)),
    "expired-yesterday": _of_root(days=(-90, -1)),
    "not-yet-valid": _of_root(days=(20, 60)),
    "ends-soon": _of_root(days=(-57, 3)),
    "ends-in-a-month": _of_root(days=(-30, 32)),
    "other-host": _of_root(names=(x509.DNSName("www.example.org"),)),
    "wildcard-of-the-name": _of_root(names=(x509.DNSName("*.localhost"),)),
    "name-without-address": _of_root(names=(x509.DNSName("localhost"),)),
    "address-alone": _of_root(names=LOCAL[1:]),
    "many-names": _of_root(names=(*(x509.DNSName(f"www{rank}.example.org") for rank in range(99)), *LOCAL)),
    "common-name-alone": _of_root(names=()),
    "for-clients": _of_root(usage=ExtendedKeyUsageOID.CLIENT_AUTH),
    "untrusted": lambda authority: (signed("localhost", authority.stranger),),
    "untrusted-with-its-root": lambda authority: (signed("localhost", authority.stranger), authority.stranger),
    "self-signed": lambda _: (signed("localhost"),),
    "chain": lambda authority: (authority.leaf_of_intermediate(), authority.intermediate),
    "chain-with-root": lambda authority: (authority.leaf_of_intermediate(), authority.intermediate, authority.root),
    "chain-in-disorder": lambda authority: (authority.leaf_of_intermediate(), authority.root, authority.intermediate),
    "chain-with-a-stranger": lambda authority: (
        authority.leaf_of_intermediate(),
        authority.stranger,
        authority.intermediate,
    ),
    "expired-intermediate": _of_expired_intermediate,
    "aia": _without_intermediate("intermediate.der"),
    "aia-as-pem": _without_intermediate("intermediate.pem"),
    "aia-as-pkcs7": _without_intermediate("intermediate.p7c"),
    "aia-moved": _without_intermediate("moved.der"),
    "aia-absent": _without_intermediate(),
    "aia-404": _without_intermediate("gone.der"),
    "aia-hangs": _without_intermediate("hangs.der"),
    "aia-stranger": _without_intermediate("stranger.der"),
    "aia-garbage": _without_intermediate("garbage.der"),
    "aia-untrusted": lambda authority: (
        signed("localhost", authority.stranger, aia=f"{authority.base}/aia/stranger.der"),
    ),
    "aia-in-two-places": lambda authority: (
        signed(
            "localhost",
            authority.intermediate,
            aia=f"{authority.base}/aia/gone.der {authority.base}/aia/intermediate.der",
        ),
    ),
    "tls-1.2": _of_root(),
    "tls-1.2-of-old": _of_root(),
    "tls-1.3": _of_root(),
    "client-optional": _of_root(),
    "client-required": _of_root(),
    "client-required-in-1.2": _of_root(),
}
"""What each server sends, by what is right or wrong with it."""


def context_of(fault: str, authority: Authority, folder: Path) -> ssl.SSLContext:
    """The server side of TLS of *fault*; *folder* takes its files."""
    chain = FAULTS[fault](authority)
    file = folder / f"{fault}.pem"
    file.write_bytes(chain[0].key_pem + b"".join(each.pem for each in chain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    match fault:
        case "tls-1.2":
            context.maximum_version = ssl.TLSVersion.TLSv1_2
        case "tls-1.2-of-old":
            context.maximum_version = ssl.TLSVersion.TLSv1_2
            context.set_ciphers("ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA:AES128-SHA")
        case "tls-1.3":
            context.minimum_version = ssl.TLSVersion.TLSv1_3
        case "client-optional" | "client-required":
            context.verify_mode = ssl.CERT_OPTIONAL if fault == "client-optional" else ssl.CERT_REQUIRED
            context.load_verify_locations(cadata=authority.root.pem.decode())
        case "client-required-in-1.2":
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(cadata=authority.root.pem.decode())
            context.maximum_version = ssl.TLSVersion.TLSv1_2
    return context


@behaviour("/aia/intermediate.der")
async def _intermediate(talk: Conversation) -> None:
    await talk.reply(200, Authority.known("").intermediate.der, content_type="application/pkix-cert")


@behaviour("/aia/intermediate.pem")
async def _intermediate_pem(talk: Conversation) -> None:
    await talk.reply(200, Authority.known("").intermediate.pem, content_type="application/x-pem-file")


@behaviour("/aia/intermediate.p7c")
async def _intermediate_pkcs7(talk: Conversation) -> None:
    bag = pkcs7.serialize_certificates([Authority.known("").intermediate.certificate], Encoding.DER)
    await talk.reply(200, bag, content_type="application/pkcs7-mime")


@behaviour("/aia/moved.der")
async def _intermediate_moved(talk: Conversation) -> None:
    await talk.reply(301, location="/aia/intermediate.der")


@behaviour("/aia/stranger.der")
async def _stranger(talk: Conversation) -> None:
    await talk.reply(200, Authority.known("").stranger.der, content_type="application/pkix-cert")


@behaviour("/aia/garbage.der")
async def _garbage(talk: Conversation) -> None:
    await talk.reply(200, b"<html>Not a certificate at all</html>")


@behaviour("/aia/hangs.der")
async def _hangs(_: Conversation) -> None:
    await asyncio.sleep(3600)
