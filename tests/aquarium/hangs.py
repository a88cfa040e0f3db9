"""Servers that hang, close, reset, drip, or speak something else; each on a port of its own."""

import asyncio

from tests.aquarium.case import BROKEN, OK, UNAVAILABLE, address, case
from tests.aquarium.html import article
from tests.support.server import Conversation

_NEVER = "Le navigateur qui tourne, puis « le délai d'attente est dépassé »."
_PAGE = article("Énergie").encode()
_OK_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


@case(alone=True, person=_NEVER, verdict=UNAVAILABLE, reason="timeout")
async def says_nothing(talk: Conversation) -> None:
    await talk.wait_for_ever()


@case(alone=True, person=_NEVER, verdict=UNAVAILABLE, reason="timeout")
async def says_half_a_status_line(talk: Conversation) -> None:
    await talk.raw(b"HTTP/1.1 2")
    await talk.wait_for_ever()


@case(alone=True, person=_NEVER, verdict=UNAVAILABLE, reason="timeout")
async def says_half_of_its_fields(talk: Conversation) -> None:
    await talk.raw(_OK_HEAD + b"X-Half:")
    await talk.wait_for_ever()


@case(alone=True, person="Une page blanche qui n'en finit pas de charger.", verdict=UNAVAILABLE, reason="timeout")
async def says_no_body(talk: Conversation) -> None:
    await talk.raw(_OK_HEAD + b"Content-Length: 5000\r\n\r\n")
    if talk.method != "HEAD":
        await talk.wait_for_ever()


@case(alone=True, person=_NEVER, verdict=UNAVAILABLE, reason="timeout")
async def drips_its_fields(talk: Conversation) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 36_000:
        await talk.raw(bytes([byte]))
        await asyncio.sleep(0.05)


@case(alone=True, person=_NEVER, verdict=UNAVAILABLE, reason="timeout")
async def sends_interim_responses_without_end(talk: Conversation) -> None:
    while True:
        await talk.raw(b"HTTP/1.1 102 Processing\r\n\r\n")
        await asyncio.sleep(0.05)


@case(alone=True, person=_NEVER, verdict=UNAVAILABLE, reason="timeout")
async def redirects_then_says_nothing(talk: Conversation) -> None:
    if talk.path == "/":
        await talk.reply(302, location="/suite")
    else:
        await talk.wait_for_ever()


@case(alone=True, person="La page, dont la fin n'arrive pas.", verdict=OK, reason="http-200")
async def drips_the_end_of_a_page(talk: Conversation) -> None:
    await talk.raw(_OK_HEAD + b"Content-Length: 9000000\r\n\r\n")
    if talk.method == "HEAD":
        return
    await talk.raw(_PAGE)
    while True:
        await talk.raw(b" ")
        await asyncio.sleep(0.05)


@case(alone=True, person="La page, dont la fin n'arrive pas.", verdict=OK, reason="http-200")
async def stops_in_the_middle_of_a_page(talk: Conversation) -> None:
    await talk.raw(_OK_HEAD + f"Content-Length: {len(_PAGE) * 2}\r\n\r\n".encode())
    if talk.method != "HEAD":
        await talk.raw(_PAGE)
        await talk.wait_for_ever()


@case(alone=True, person="La page, que suivent 50 Mo d'on ne sait quoi.", verdict=OK, reason="http-200")
async def pours_out(talk: Conversation) -> None:
    await talk.raw(_OK_HEAD + b"Content-Length: 50000000\r\n\r\n")
    if talk.method != "HEAD":
        await talk.raw(_PAGE)
        for _ in range(800):
            await talk.raw(b"<p>et encore</p>\n" * 3_600)


@case(alone=True, person="La page, un peu lente.", verdict=OK, reason="http-200")
async def is_slow_to_begin(talk: Conversation) -> None:
    await asyncio.sleep(0.25)
    await talk.reply(200, _PAGE)


@case(alone=True, person="La page, un peu lente.", verdict=OK, reason="http-200")
async def is_slow_all_along(talk: Conversation) -> None:
    await talk.raw(_OK_HEAD + f"Content-Length: {len(_PAGE)}\r\n\r\n".encode())
    for start in range(0, len(_PAGE) if talk.method != "HEAD" else 0, 400):
        await talk.raw(_PAGE[start : start + 400])
        await asyncio.sleep(0.01)


@case(alone=True, person="« La connexion a été interrompue ».", verdict=UNAVAILABLE, reason="closed-early")
async def closes_at_once(talk: Conversation) -> None:
    talk.writer.close()


@case(alone=True, person="« La connexion a été interrompue ».", verdict=UNAVAILABLE, reason="closed-early")
async def closes_in_its_fields(talk: Conversation) -> None:
    await talk.raw_and_close(_OK_HEAD + b"X-Half:")


@case(alone=True, person="« La connexion a été interrompue ».", verdict=UNAVAILABLE, reason="closed-early")
async def closes_in_its_status_line(talk: Conversation) -> None:
    await talk.raw_and_close(b"HTTP/1.")


@case(alone=True, person="« La connexion a été réinitialisée ».", verdict=UNAVAILABLE, reason="tcp-reset")
async def resets(talk: Conversation) -> None:
    talk.reset()


@case(
    alone=True,
    person="La page, au second essai.",
    verdict=OK,
    reason="http-200",
    warnings=("answered-after-retry",),
)
async def resets_once(talk: Conversation) -> None:
    if talk.visit == 1:
        talk.reset()
    else:
        await talk.reply(200, _PAGE)


@case(
    alone=True,
    person="La page, au second essai.",
    verdict=OK,
    reason="http-200",
    warnings=("answered-after-retry",),
)
async def closes_once(talk: Conversation) -> None:
    if talk.visit == 1:
        talk.writer.close()
    else:
        await talk.reply(200, _PAGE)


@case(
    alone=True,
    person="La page, au second essai.",
    verdict=OK,
    reason="http-200",
    warnings=("answered-after-retry",),
)
async def hangs_once(talk: Conversation) -> None:
    if talk.visit == 1:
        await talk.wait_for_ever()
    else:
        await talk.reply(200, _PAGE)


@case(alone=True, person="La page : le serveur ferme après chaque réponse.", verdict=OK, reason="http-200")
async def closes_after_every_answer(talk: Conversation) -> None:
    await talk.reply(200, _PAGE, connection="close")
    talk.writer.close()


@case(alone=True, person="La page : le serveur ferme sans l'avoir annoncé.", verdict=OK, reason="http-200")
async def closes_after_every_answer_unannounced(talk: Conversation) -> None:
    await talk.reply(200, _PAGE, connection="keep-alive")
    talk.writer.close()


@case(
    alone=True,
    person="La page, qui reste lisible malgré la coupure.",
    verdict=OK,
    reason="http-200",
    warnings=("truncated",),
)
async def resets_after_the_page(talk: Conversation) -> None:
    await talk.raw(_OK_HEAD + f"Content-Length: {len(_PAGE) + 20_000}\r\n\r\n".encode() + _PAGE)
    await asyncio.sleep(0.1)
    talk.reset()


address(
    "hangs",
    "refuses",
    person="« La connexion a échoué ».",
    verdict=UNAVAILABLE,
    reason="tcp-refused",
    address="http://127.0.0.1:{unused}/",
)
address(
    "hangs",
    "refuses-by-name",
    person="« La connexion a échoué ».",
    verdict=UNAVAILABLE,
    reason="tcp-refused",
    address="http://localhost:{unused}/",
)
address(
    "hangs",
    "refuses-over-tls",
    person="« La connexion a échoué ».",
    verdict=UNAVAILABLE,
    reason="tcp-refused",
    address="https://localhost:{unused}/",
)
address(
    "hangs",
    "plain-http-to-a-tls-port",
    person="Une erreur : le port ne parle que TLS.",
    verdict=(UNAVAILABLE, BROKEN),
    reason=("closed-early", "tcp-reset", "not-http", "http-400"),
    address="http://localhost:{tls}/ok",
)


def _banner(name: str, banner: bytes, person: str) -> None:
    @case(name=name, alone=True, person=person, verdict=BROKEN, reason="not-http")
    async def _speaks(talk: Conversation) -> None:
        await talk.raw_and_close(banner)


_banner("speaks-ftp", b"220 ftp ready\r\n331 password please\r\n\r\n", "Du texte, ou une erreur.")
_banner(
    "speaks-smtp", b"220 mx.example.fr ESMTP Postfix\r\n221 2.7.0 Error: I can break rules, too.\r\n", "Une erreur."
)
_banner("speaks-ssh", b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\nInvalid SSH identification string.\r\n", "Une erreur.")
_banner("speaks-garbage", bytes(range(256)) * 4, "Une erreur.")
_banner("speaks-html-without-http", b"<html><h1>Bonjour</h1></html>\r\n", "Une erreur : HTTP/0.9 n'est plus permis.")
_banner("speaks-tls-alerts", b"\x15\x03\x01\x00\x02\x02\x50", "Une erreur.")
