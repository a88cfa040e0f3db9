"""Bodies as they are packed: compressed, badly compressed, in an odd charset, far too large."""

import gzip
import zlib
from functools import cache

from tests.aquarium.case import OK, SUSPECT, case, page
from tests.aquarium.html import ARTICLE, article, bare
from tests.support.server import Conversation

_TEXT = article("Énergie et climat")
_PAGE = _TEXT.encode()


def _offered(talk: Conversation, coding: str) -> bool:
    return coding in talk.headers.get("accept-encoding", "")


def _packed(name: str, coding: str, body: bytes, person: str = "La page.") -> None:
    """A page that is packed whether the client offered to unpack it or not."""

    @case(name=name, path=f"/encodings/{name}", person=person, verdict=OK, reason="http-200")
    async def _answer(talk: Conversation) -> None:
        await talk.reply(200, body, content_encoding=coding)


_packed("gzip", "gzip", gzip.compress(_PAGE))
_packed("gzip-in-capitals", "GZIP", gzip.compress(_PAGE))
_packed("gzip-of-old", "x-gzip", gzip.compress(_PAGE))
_packed("gzip-in-two-members", "gzip", gzip.compress(_PAGE[:900]) + gzip.compress(_PAGE[900:]))
_packed("gzip-followed-by-nothing-good", "gzip", gzip.compress(_PAGE) + bytes(64))
_packed("deflate", "deflate", zlib.compress(_PAGE))
_packed("deflate-raw", "deflate", zlib.compress(_PAGE)[2:-4])
_packed("identity", "identity", _PAGE)
_packed("gzip-then-deflate", "gzip, deflate", zlib.compress(gzip.compress(_PAGE)))
_packed("none", "none", _PAGE)
_packed("empty", "", _PAGE)
_packed("utf-8-taken-for-a-coding", "utf-8", _PAGE)


@case(person="La page : le serveur ne prend que ce qu'on lui offre.", verdict=OK, reason="http-200")
async def whatever_is_offered(talk: Conversation) -> None:
    if _offered(talk, "gzip"):
        await talk.reply(200, gzip.compress(_PAGE), content_encoding="gzip", vary="accept-encoding")
    else:
        await talk.reply(200, _PAGE, vary="accept-encoding")


def _brotli(data: bytes) -> bytes:
    """*data* as a stream of Brotli that compresses nothing (RFC 7932 §9.2)."""
    header = (len(data) - 1) << 4 | 1 << 20
    return header.to_bytes(3, "little") + data + b"\x03"


@case(person="La page, en Brotli si on l'a offert.", verdict=OK, reason="http-200")
async def brotli_if_offered(talk: Conversation) -> None:
    if _offered(talk, "br"):
        await talk.reply(200, _brotli(_PAGE), content_encoding="br")
    else:
        await talk.reply(200, _PAGE)


@case(
    person="Une erreur de décodage : le serveur vit, son emballage est faux.",
    verdict=SUSPECT,
    reason="undecodable",
)
async def gzip_that_is_none(talk: Conversation) -> None:
    await talk.reply(200, _PAGE, content_encoding="gzip")


@case(person="Une erreur de décodage.", verdict=SUSPECT, reason="undecodable")
async def gzip_said_to_be_deflate(talk: Conversation) -> None:
    await talk.reply(200, gzip.compress(_PAGE), content_encoding="deflate")


@case(person="Une erreur de décodage.", verdict=SUSPECT, reason="undecodable")
async def gzip_of_garbage(talk: Conversation) -> None:
    await talk.reply(200, b"\x1f\x8b\x08\x00" + b"garbage" * 90, content_encoding="gzip")


@case(person="La page, à une somme de contrôle près.", verdict=OK, reason="http-200")
async def gzip_with_a_wrong_sum(talk: Conversation) -> None:
    await talk.reply(200, gzip.compress(_PAGE)[:-8] + b"\x00" * 8, content_encoding="gzip")


@case(person="Le début de la page.", verdict=OK, reason="http-200")
async def gzip_cut_short(talk: Conversation) -> None:
    await talk.reply(200, gzip.compress(_PAGE)[:-300], content_encoding="gzip")


@case(person="Rien : gzip de rien du tout.", verdict=SUSPECT, reason="empty-page")
async def gzip_of_nothing(talk: Conversation) -> None:
    await talk.reply(200, gzip.compress(b""), content_encoding="gzip")


@cache
def _bomb() -> bytes:
    """A page followed by 256 MB of spaces, in less than 300 kB."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = squeeze.compress(_PAGE) + squeeze.flush(zlib.Z_FULL_FLUSH)
    block = squeeze.compress(b" " * (1 << 20)) + squeeze.flush(zlib.Z_FULL_FLUSH)
    return head + block * 256


@case(person="La page, après bien du travail pour rien.", verdict=OK, reason="http-200")
async def bomb(talk: Conversation) -> None:
    await talk.reply(200, _bomb(), content_encoding="gzip")


@case(person="La page, après bien du travail pour rien.", verdict=OK, reason="http-200")
async def bomb_in_two_layers(talk: Conversation) -> None:
    await talk.reply(200, gzip.compress(_bomb()), content_encoding="gzip, gzip")


def _charset(name: str, body: bytes, content_type: str, person: str = "La page.") -> None:
    @case(name=name, path=f"/encodings/{name}", person=person, verdict=OK, reason="http-200")
    async def _answer(talk: Conversation) -> None:
        await talk.reply(200, body, content_type=content_type)


_LATIN = _TEXT.replace("utf-8", "iso-8859-1").replace("'", "'").encode("latin-1", "xmlcharrefreplace")
_charset("latin-1", _LATIN, "text/html; charset=iso-8859-1")
_charset("latin-1-said-by-the-page", _LATIN, "text/html")
_charset(
    "latin-1-said-to-be-utf-8", _LATIN, "text/html; charset=utf-8", "La page, avec des losanges à la place des accents."
)
_charset("windows-1252", _TEXT.encode("cp1252", "xmlcharrefreplace"), "text/html; charset=windows-1252")
_charset("utf-16", _TEXT.encode("utf-16"), "text/html")
_charset("utf-16-said-by-the-field", _TEXT.encode("utf-16-le"), "text/html; charset=utf-16le")
_charset("utf-8-with-a-mark", b"\xef\xbb\xbf" + _PAGE, "text/html")
_charset("utf-8-said-to-be-latin-1", _PAGE, "text/html; charset=iso-8859-1", "La page, avec « Ã© » pour « é ».")
_charset("charset-that-nobody-knows", _PAGE, "text/html; charset=x-user-defined-42")
_charset("nul-bytes-inside", _PAGE.replace(b"<p>", b"<p>\x00", 2), "text/html; charset=utf-8")


@page(person="La page, très longue, dont le titre est au début.", verdict=OK, reason="http-200")
def three_megabytes() -> str:
    return article("Toutes les communes", ARTICLE * 2_400)


@page(person="La page, dont la tête est énorme.", verdict=OK, reason="http-200")
def script_of_a_megabyte_before_the_title() -> str:
    return bare("Carte", f"<h1>Carte</h1>{ARTICLE}", head=f"<script>var contours = '{'x' * 1_000_000}';</script>\n")


@page(person="La page, dont une ligne fait deux mégaoctets.", verdict=OK, reason="http-200")
def a_line_without_end() -> str:
    return article("Contours", f'<svg><path d="{"M1 2L3 4" * 250_000}"/></svg>')


@page(person="La page, malgré des balises qui ne se ferment jamais.", verdict=OK, reason="http-200")
def a_hundred_thousand_open_elements() -> str:
    return article("Emboîtements", "<div>" * 100_000)


@page(person="La page, malgré son balisage.", verdict=OK, reason="http-200")
def markup_in_a_sorry_state() -> str:
    return (
        f'<title>Population</title><body><<p class=a>" {ARTICLE}</b></i><table><tr><td<!-- <!DOCTYPE html><![CDATA[ ]]>'
    )
