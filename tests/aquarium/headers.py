"""Header fields as servers really write them: what browsers forgive, and what they refuse."""

import asyncio

from tests.aquarium.case import BROKEN, OK, SUSPECT, case
from tests.aquarium.html import article
from tests.support.server import Conversation

_PAGE = article("Population").encode()
_LENGTH = f"Content-Length: {len(_PAGE)}\r\n".encode()
_TYPE = b"Content-Type: text/html; charset=utf-8\r\n"
_START = b"HTTP/1.1 200 OK\r\n"


def _forgiven(name: str, head: bytes, *, body: bytes = _PAGE, close: bool = False, person: str = "La page.") -> None:
    """A response written byte by byte, which a browser shows; *head* goes to the empty line."""

    @case(name=name, path=f"/headers/{name}", person=person, verdict=OK, reason="http-200")
    async def _answer(talk: Conversation) -> None:
        await talk.raw(head if talk.method == "HEAD" else head + body)
        if close:
            talk.writer.close()


_forgiven("line-without-colon", _START + _TYPE + _LENGTH + b"This is no header field\r\n\r\n")
_forgiven("space-before-colon", _START + _TYPE + _LENGTH + b"X-Powered-By : PHP/5.3\r\n\r\n")
_forgiven("bare-line-feeds", (_START + _TYPE + _LENGTH + b"\r\n").replace(b"\r\n", b"\n"))
_forgiven("folded-line", _START + _TYPE + _LENGTH + b"X-Long: begins here\r\n\tand goes on there\r\n\r\n")
_forgiven("empty-name", _START + _TYPE + _LENGTH + b": nothing\r\n\r\n")
_forgiven("empty-value", _START + _TYPE + _LENGTH + b"X-Empty:\r\n\r\n")
_forgiven("name-with-a-space", _START + _TYPE + _LENGTH + b"X Powered By: ASP\r\n\r\n")
_forgiven("name-in-utf-8", _START + _TYPE + _LENGTH + "Généré-par: Île-de-France\r\n\r\n".encode())
_forgiven("value-in-utf-8", _START + _TYPE + _LENGTH + "X-Auteur: Région Île-de-France ✓\r\n\r\n".encode())
_forgiven("value-in-latin-1", _START + _TYPE + _LENGTH + "X-Auteur: Région\r\n\r\n".encode("latin-1"))
_forgiven("control-characters-in-a-value", _START + _TYPE + _LENGTH + b"X-Odd: a\x01b\x7fc\x1b[31m\r\n\r\n")
_forgiven("no-reason-phrase", b"HTTP/1.1 200 \r\n" + _TYPE + _LENGTH + b"\r\n")
_forgiven("no-reason-phrase-nor-space", b"HTTP/1.1 200\r\n" + _TYPE + _LENGTH + b"\r\n")
_forgiven("reason-phrase-in-latin-1", "HTTP/1.1 200 Trouvé\r\n".encode("latin-1") + _TYPE + _LENGTH + b"\r\n")
_forgiven("reason-phrase-that-lies", b"HTTP/1.1 200 Not Found\r\n" + _TYPE + _LENGTH + b"\r\n")
_forgiven("two-spaces-before-the-status", b"HTTP/1.1  200 OK\r\n" + _TYPE + _LENGTH + b"\r\n")
_forgiven("version-2-in-words", b"HTTP/2 200\r\n" + _TYPE + _LENGTH + b"\r\n")
_forgiven("transfer-encoding-of-none", _START + _TYPE + _LENGTH + b"Transfer-Encoding: none\r\n\r\n")
_forgiven(
    "chunked-twice",
    _START + _TYPE + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
    body=b"%x\r\n%b\r\n0\r\n\r\n" % (len(_PAGE), _PAGE),
)
_forgiven("empty-line-first", b"\r\n" + _START + _TYPE + _LENGTH + b"\r\n")
_forgiven("length-said-twice-the-same", _START + _TYPE + _LENGTH + _LENGTH + b"\r\n")
_forgiven("length-with-spaces", _START + _TYPE + _LENGTH.replace(b": ", b":    ") + b"\r\n")
_forgiven("no-content-type", _START + _LENGTH + b"\r\n")
_forgiven("empty-content-type", _START + _LENGTH + b"Content-Type:\r\n\r\n")
_forgiven("garbage-content-type", _START + _LENGTH + b"Content-Type: html;;;charset\r\n\r\n")
_forgiven("content-type-said-twice", _START + _LENGTH + _TYPE + _TYPE + b"\r\n")
_forgiven("content-type-in-capitals", _START + _LENGTH + b"CONTENT-TYPE: TEXT/HTML; CHARSET=UTF-8\r\n\r\n")
_forgiven("charset-in-quotes", _START + _LENGTH + b'Content-Type: text/html; charset="utf-8"\r\n\r\n')
_forgiven("charset-unknown", _START + _LENGTH + b"Content-Type: text/html; charset=utf8mb4\r\n\r\n")
_forgiven("xhtml", _START + _LENGTH + b"Content-Type: application/xhtml+xml; charset=utf-8\r\n\r\n")
_forgiven("http-1-0-without-length", b"HTTP/1.0 200 OK\r\n" + _TYPE + b"\r\n", close=True)
_forgiven("http-1-1-without-length", _START + _TYPE + b"\r\n", close=True)
_forgiven("http-1-0-kept-alive", b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n" + _TYPE + _LENGTH + b"\r\n")
_forgiven("connection-close-but-open", _START + _TYPE + _LENGTH + b"Connection: close\r\n\r\n")
_forgiven("more-body-than-said", _START + _TYPE + _LENGTH + b"\r\n", body=_PAGE + b"<!-- trop -->\n" * 9, close=True)
_forgiven(
    "a-hundred-fields", _START + _TYPE + _LENGTH + b"".join(b"X-%d: y\r\n" % rank for rank in range(97)) + b"\r\n"
)
_forgiven(
    "three-hundred-fields", _START + _TYPE + _LENGTH + b"".join(b"X-%d: y\r\n" % rank for rank in range(297)) + b"\r\n"
)
_forgiven("a-field-of-15-kb", _START + _TYPE + _LENGTH + b"Content-Security-Policy: " + b"x" * 15_000 + b"\r\n\r\n")
_forgiven("a-field-of-60-kb", _START + _TYPE + _LENGTH + b"Content-Security-Policy: " + b"x" * 60_000 + b"\r\n\r\n")
_forgiven(
    "early-hints-first",
    b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" + _START + _TYPE + _LENGTH + b"\r\n",
)
_forgiven("continue-first", b"HTTP/1.1 100 Continue\r\n\r\n" + _START + _TYPE + _LENGTH + b"\r\n")
_forgiven("processing-first", b"HTTP/1.1 102 Processing\r\n\r\n" * 3 + _START + _TYPE + _LENGTH + b"\r\n")
_forgiven("alternative-service", _START + _TYPE + _LENGTH + b'Alt-Svc: h3=":443"; ma=86400\r\n\r\n')
_forgiven("strict-transport-on-http", _START + _TYPE + _LENGTH + b"Strict-Transport-Security: max-age=9\r\n\r\n")
_forgiven("upgrade-offered", _START + _TYPE + _LENGTH + b"Upgrade: h2,h2c\r\nConnection: Upgrade, Keep-Alive\r\n\r\n")
_forgiven("authenticate-on-a-200", _START + _TYPE + _LENGTH + b'WWW-Authenticate: Basic realm="x"\r\n\r\n')
_forgiven("noindex", _START + _TYPE + _LENGTH + b"X-Robots-Tag: noindex, nofollow\r\n\r\n")


def _chunked(name: str, body: bytes, *, also: bytes = b"", person: str = "La page.") -> None:
    _forgiven(name, _START + _TYPE + also + b"Transfer-Encoding: chunked\r\n\r\n", body=body, person=person)


_SIZE = f"{len(_PAGE):x}".encode()
_chunked("chunked", _SIZE + b"\r\n" + _PAGE + b"\r\n0\r\n\r\n")
_chunked("chunked-with-extensions", _SIZE + b';a="b";c\r\n' + _PAGE + b"\r\n0;last\r\n\r\n")
_chunked(
    "chunked-with-trailers",
    _SIZE + b"\r\n" + _PAGE + b"\r\n0\r\nX-Checksum: abc\r\n\r\n",
    also=b"Trailer: X-Checksum\r\n",
)
_chunked("chunked-in-capitals", _SIZE.upper().zfill(9) + b"\r\n" + _PAGE + b"\r\n0000\r\n\r\n")
_chunked("chunked-with-spaces", _SIZE + b"  \r\n" + _PAGE + b"\r\n0\r\n\r\n")
_chunked("chunked-byte-by-byte", b"".join(b"1\r\n%c\r\n" % byte for byte in _PAGE) + b"0\r\n\r\n")
_chunked("chunked-and-a-length", _SIZE + b"\r\n" + _PAGE + b"\r\n0\r\n\r\n", also=b"Content-Length: 12\r\n")


@case(person="La page, dont la fin manque.", verdict=OK, reason="http-200", warnings=("truncated",))
async def chunked_cut_short(talk: Conversation) -> None:
    await talk.raw_and_close(_START + _TYPE + b"Transfer-Encoding: chunked\r\n\r\n" + b"ffff\r\n" + _PAGE)


@case(person="La page, dont la fin manque.", verdict=OK, reason="http-200", warnings=("truncated",))
async def chunked_without_its_end(talk: Conversation) -> None:
    await talk.raw_and_close(_START + _TYPE + b"Transfer-Encoding: chunked\r\n\r\n" + _SIZE + b"\r\n" + _PAGE + b"\r\n")


@case(person="La page, dont la fin manque.", verdict=OK, reason="http-200", warnings=("truncated",))
async def shorter_than_said(talk: Conversation) -> None:
    await talk.raw_and_close(_START + _TYPE + b"Content-Length: 99999\r\n\r\n" + _PAGE)


@case(person="La page : le serveur annonce un octet de trop.", verdict=OK, reason="http-200", warnings=("truncated",))
async def shorter_than_said_by_one(talk: Conversation) -> None:
    length = f"Content-Length: {len(_PAGE) + 1}\r\n\r\n".encode()
    await talk.raw_and_close(_START + _TYPE + length + _PAGE)


@case(person="La page : le serveur répond avant d'avoir tout lu.", verdict=OK, reason="http-200")
async def in_small_pieces(talk: Conversation) -> None:
    for byte in _START + _TYPE + _LENGTH + b"\r\n":
        await talk.raw(bytes((byte,)))
        await asyncio.sleep(0)
    await talk.raw(b"" if talk.method == "HEAD" else _PAGE)


@case(
    person="Une erreur : deux longueurs qui se contredisent.",
    verdict=(BROKEN, OK),
    reason=("not-http", "http-200"),
)
async def lengths_that_differ(talk: Conversation) -> None:
    await talk.raw_and_close(_START + _TYPE + b"Content-Length: 12\r\nContent-Length: 13\r\n\r\n" + _PAGE)


@case(
    person="Une erreur : une longueur qui n'est pas un nombre.", verdict=(OK, BROKEN), reason=("not-http", "http-200")
)
async def length_that_is_no_number(talk: Conversation) -> None:
    await talk.raw_and_close(_START + _TYPE + b"Content-Length: beaucoup\r\n\r\n" + _PAGE)


@case(person="La page : une longueur négative ne compte pas.", verdict=(OK, BROKEN), reason=("not-http", "http-200"))
async def length_below_zero(talk: Conversation) -> None:
    await talk.raw_and_close(_START + _TYPE + b"Content-Length: -1\r\n\r\n" + _PAGE)


@case(person="Une erreur : un octet nul dans les champs.", verdict=(BROKEN, OK), reason=("not-http", "http-200"))
async def nul_in_a_field(talk: Conversation) -> None:
    await talk.raw_and_close(_START + _TYPE + _LENGTH + b"X-Odd: a\x00b\r\n\r\n" + _PAGE)


@case(
    person="La page : un navigateur lit 200 où il ne trouve pas de code.",
    verdict=(OK, BROKEN),
    reason=("not-http", "http-200"),
)
async def status_of_letters(talk: Conversation) -> None:
    await talk.raw_and_close(b"HTTP/1.1 deux-cents OK\r\n" + _TYPE + b"\r\n" + _PAGE)


@case(person="Une erreur : les champs n'en finissent pas.", verdict=BROKEN, reason="not-http")
async def fields_of_two_megabytes(talk: Conversation) -> None:
    await talk.raw(_START + _TYPE)
    for rank in range(2_000):
        await talk.raw(b"X-%d: " % rank + b"y" * 1_000 + b"\r\n")
    await talk.raw_and_close(_LENGTH + b"\r\n" + _PAGE)


@case(person="Le navigateur propose d'enregistrer : c'est un fichier.", verdict=OK, reason="http-200")
async def attachment_with_an_odd_name(talk: Conversation) -> None:
    await talk.reply(
        200,
        b"code;nom\n31555;Toulouse\n",
        content_type="text/csv",
        content_disposition="attachment; filename=\"Données 2024 ; île.csv\"; filename*=UTF-8''Donn%C3%A9es.csv",
    )


@case(
    person="Du texte brut : le balisage s'affiche tel quel.",
    verdict=(OK, SUSPECT),
    reason=("http-200", "wrong-type"),
)
async def html_said_to_be_text(talk: Conversation) -> None:
    await talk.reply(200, _PAGE, content_type="text/plain", x_content_type_options="nosniff")
