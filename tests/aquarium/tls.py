"""Certificates and handshakes: what a browser warns of, and what it mends without a word."""

from tests.aquarium.case import BROKEN, INSECURE, OK, RESTRICTED, UNAVAILABLE, address
from tests.aquarium.html import bare
from tests.support.server import Conversation, behaviour

_WARNED = "« Votre connexion n'est pas privée »."
_PAGE = "La page."
_NO_PAGE = "« Ce site ne peut pas fournir de connexion sécurisée »."


def _fine(server: str, *warnings: str, person: str = _PAGE) -> None:
    address("tls", server, person=person, verdict=OK, reason="http-200", server=server, warnings=warnings)


def _insecure(server: str, *reasons: str, person: str = _WARNED) -> None:
    address("tls", server, person=person, verdict=INSECURE, reason=reasons, server=server)


_fine("valid")
_fine("chain")
_fine("chain-with-root")
_fine("chain-in-disorder")
_fine("chain-with-a-stranger")
_fine("many-names")
_fine("tls-1.2")
_fine("tls-1.2-of-old", person="La page, chiffrée comme il y a quinze ans.")
_fine("tls-1.3")
_fine("client-optional")
_fine("ends-in-a-month")
_fine("ends-soon", "tls-expires-soon", person="La page, pour trois jours encore.")
_fine("aia", "tls-incomplete-chain", person="La page : le navigateur va chercher le certificat qui manque.")
_fine("aia-as-pem", "tls-incomplete-chain", person="La page : le navigateur va chercher le certificat qui manque.")
_fine("aia-as-pkcs7", "tls-incomplete-chain", person="La page : le navigateur va chercher le certificat qui manque.")
_fine("aia-in-two-places", "tls-incomplete-chain", person="La page : l'un des deux endroits l'a encore.")
_fine("aia-moved", "tls-incomplete-chain", person="La page : le navigateur va chercher le certificat qui manque.")

_insecure("expired", "tls-expired")
_insecure("expired-yesterday", "tls-expired")
_insecure("not-yet-valid", "tls-not-yet-valid")
_insecure("other-host", "tls-host")
_insecure("wildcard-of-the-name", "tls-host", person="Un avertissement : *.localhost n'est pas localhost.")
_insecure("address-alone", "tls-host")
_insecure("common-name-alone", "tls-host", "tls-untrusted", person="Un avertissement : le nom n'est plus lu là.")
_insecure("for-clients", "tls-untrusted", person="Un avertissement : ce certificat n'est pas celui d'un serveur.")
_insecure("untrusted", "tls-untrusted")
_insecure("untrusted-with-its-root", "tls-untrusted", "tls-self-signed")
_insecure("self-signed", "tls-self-signed")
_insecure("expired-intermediate", "tls-expired", "tls-untrusted")
_insecure("aia-absent", "tls-untrusted")
_insecure("aia-404", "tls-untrusted")
_insecure("aia-hangs", "tls-untrusted")
_insecure("aia-stranger", "tls-untrusted")
_insecure("aia-garbage", "tls-untrusted")
_insecure("aia-untrusted", "tls-untrusted", "tls-self-signed")
_insecure("old-protocol", "tls-protocol", person=_NO_PAGE)
_insecure("ssl-3", "tls-protocol", person=_NO_PAGE)
_insecure("tls-1.0", "tls-protocol", person=_NO_PAGE)
_insecure("tls-1.1", "tls-protocol", person=_NO_PAGE)
_insecure("handshake-fails", "tls-protocol", person=_NO_PAGE)
_insecure("handshake-breaks-down", "tls-protocol", person=_NO_PAGE)
_insecure("handshake-is-garbage", "tls-protocol", person=_NO_PAGE)
_insecure("name-unknown", "tls-protocol", "tls-host", person=_NO_PAGE)

for _server in ("client-required", "client-required-in-1.2"):
    address(
        "tls",
        _server,
        person="Un certificat à choisir, pour qui en a un.",
        verdict=(RESTRICTED, INSECURE),
        # before TLS 1.3 the server only breaks the handshake off
        reason=("tls-client-certificate", "auth-required", "tls-protocol"),
        server=_server,
    )
address(
    "tls",
    "client-certificate-wanted-by-nginx",
    person="« 400 No required SSL certificate was sent ».",
    verdict=(RESTRICTED, BROKEN),
    reason=("tls-client-certificate", "auth-required", "http-400"),
    server="client-optional",
    path="/tls/no-certificate",
)
address(
    "tls",
    "handshake-resets",
    person="« La connexion a été réinitialisée ».",
    verdict=UNAVAILABLE,
    reason=("tcp-reset", "closed-early"),
    server="handshake-resets",
)
address(
    "tls",
    "handshake-closes",
    person="« La connexion a été interrompue ».",
    verdict=UNAVAILABLE,
    reason=("closed-early", "tcp-reset"),
    server="handshake-closes",
)
address(
    "tls",
    "handshake-hangs",
    person="Le navigateur qui tourne, puis une erreur.",
    verdict=UNAVAILABLE,
    reason=("timeout", "connect-timeout"),
    server="handshake-hangs",
)
address(
    "tls",
    "on-a-port-of-plain-http",
    person=_NO_PAGE,
    verdict=INSECURE,
    reason="tls-protocol",
    address="https://localhost:{port}/ok",
)
address(
    "tls",
    "by-address",
    person="La page : le certificat nomme aussi l'adresse.",
    verdict=OK,
    reason="http-200",
    address="https://127.0.0.1:{tls}/ok",
)
address(
    "tls",
    "not-found",
    person="« Page introuvable ».",
    verdict=BROKEN,
    reason="http-404",
    server="valid",
    path="/nulle-part",
)
address(
    "tls",
    "down-to-plain-http",
    person="La page, qui n'est plus chiffrée.",
    verdict=OK,
    reason="http-200",
    server="valid",
    path="/tls/down-to-plain-http",
)
address(
    "tls",
    "up-from-plain-http",
    person="La page, désormais chiffrée.",
    verdict=OK,
    reason="http-200",
    path="/tls/up-from-plain-http",
)
address(
    "tls",
    "to-an-expired-certificate",
    person=_WARNED,
    verdict=INSECURE,
    reason="tls-expired",
    path="/tls/to-an-expired-certificate",
)


@behaviour("/tls/down-to-plain-http")
async def _down(talk: Conversation) -> None:
    await talk.reply(302, location=f"{talk.servers.web.base}/ok")


@behaviour("/tls/up-from-plain-http")
async def _up(talk: Conversation) -> None:
    await talk.reply(302, location=f"{await talk.tls('valid')}/ok")


@behaviour("/tls/to-an-expired-certificate")
async def _to_expired(talk: Conversation) -> None:
    await talk.reply(301, location=f"{await talk.tls('expired')}/ok")


@behaviour("/tls/no-certificate")
async def _no_certificate(talk: Conversation) -> None:
    body = "<center><h1>400 Bad Request</h1></center><center>No required SSL certificate was sent</center>"
    await talk.reply(400, bare("400 No required SSL certificate was sent", body, lang="en").encode())
