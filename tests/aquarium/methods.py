"""Servers that answer HEAD otherwise than GET, or that look at who asks and how."""

from tests.aquarium.case import BROKEN, OK, RESTRICTED, SUSPECT, UNAVAILABLE, case
from tests.aquarium.html import article, bare
from tests.support.server import Conversation

_PAGE = article("Occitanie").encode()
_ASKED_WITH_GET = "La page : un navigateur demande avec GET."


def _trap(name: str, status: int, **fields: str) -> None:
    """A server whose answer to HEAD is *status* while GET brings the page."""
    named = {field.replace("_", "-"): value for field, value in fields.items()}

    @case(name=f"head-{name}", path=f"/methods/head-{name}", person=_ASKED_WITH_GET, verdict=OK, reason="http-200")
    async def _answer(talk: Conversation) -> None:
        if talk.method == "HEAD":
            await talk.answer(status, b"", named)
        else:
            await talk.reply(200, _PAGE)


for _status in (400, 403, 404, 405, 406, 410, 429, 500, 501, 502, 503):
    _trap(str(_status), _status)
_trap("302-to-login", 302, location="/login")
_trap("200-of-a-wall", 200, content_length="247")
_trap("200-without-anything", 200, content_length="0")


@case(person=_ASKED_WITH_GET, verdict=OK, reason="http-200")
async def head_hangs(talk: Conversation) -> None:
    if talk.method == "HEAD":
        await talk.wait_for_ever()
    await talk.reply(200, _PAGE)


@case(person=_ASKED_WITH_GET, verdict=OK, reason="http-200")
async def head_resets(talk: Conversation) -> None:
    if talk.method == "HEAD":
        talk.reset()
    else:
        await talk.reply(200, _PAGE)


@case(person=_ASKED_WITH_GET, verdict=OK, reason="http-200")
async def head_closes(talk: Conversation) -> None:
    if talk.method == "HEAD":
        talk.writer.close()
    else:
        await talk.reply(200, _PAGE)


@case(person=_ASKED_WITH_GET, verdict=OK, reason="http-200")
async def head_with_a_body(talk: Conversation) -> None:
    await talk.raw(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: %d\r\n\r\n" % len(_PAGE) + _PAGE)


@case(person="« Page introuvable ».", verdict=BROKEN, reason="http-404")
async def head_200_get_404(talk: Conversation) -> None:
    await talk.reply(200 if talk.method == "HEAD" else 404, _PAGE)


@case(person="« Page introuvable ».", verdict=BROKEN, reason="http-404", path="/methods/export/communes.csv")
async def head_200_get_404_of_a_file(talk: Conversation) -> None:
    if talk.method == "HEAD":
        await talk.reply(
            200, content_type="text/csv", content_length="48213", last_modified="Mon, 02 Nov 2026 08:00:00 GMT"
        )
    else:
        await talk.reply(404, b"<h1>Fichier introuvable</h1>")


@case(person="Une erreur du serveur.", verdict=UNAVAILABLE, reason="http-500")
async def head_200_get_500(talk: Conversation) -> None:
    await talk.reply(200 if talk.method == "HEAD" else 500, _PAGE)


@case(person="« Page introuvable ».", verdict=SUSPECT, reason="soft-404")
async def head_200_get_soft_404(talk: Conversation) -> None:
    body = bare("Page introuvable", "<h1>Page introuvable</h1><p>Cette page n'existe pas.</p>")
    await talk.reply(200, body.encode())


@case(
    person="Le fichier.",
    verdict=OK,
    reason="http-200",
    path="/methods/export/iris.csv",
)
async def head_wall_get_file(talk: Conversation) -> None:
    if talk.method == "HEAD":
        await talk.reply(200, content_type="text/html", content_length="247")
    else:
        await talk.reply(200, b"iris;population\n315550101;2310\n", content_type="text/csv")


def _only_for(name: str, person: str, field: str, words: tuple[str, ...], otherwise: int) -> None:
    """A server that answers *otherwise* unless the *field* of the request has one of *words*."""

    @case(name=name, path=f"/methods/{name}", person=person, verdict=OK, reason="http-200")
    async def _answer(talk: Conversation) -> None:
        fits = any(word in talk.headers.get(field, "") for word in words)
        await talk.reply(200 if fits else otherwise, _PAGE)


_only_for("only-for-mozilla", "La page.", "user-agent", ("Mozilla/5.0",), 403)
_only_for("only-for-mozilla-or-404", "La page.", "user-agent", ("Mozilla/",), 404)
_only_for("only-for-who-has-a-user-agent", "La page.", "user-agent", (" ", "/"), 405)
_only_for("only-for-who-accepts-html", "La page.", "accept", ("text/html",), 406)
_only_for("only-for-who-accepts-all-at-last", "La page.", "accept", ("*/*",), 406)
_only_for("only-for-who-says-a-language", "La page.", "accept-language", ("fr", "en", "*"), 400)
_only_for("only-for-who-reads-french", "La page en français.", "accept-language", ("fr",), 404)
_only_for("only-for-who-unpacks", "La page.", "accept-encoding", ("gzip",), 406)
_only_for("only-for-who-names-the-host", "La page.", "host", ("127.0.0.1", "localhost"), 400)


@case(person="La page.", verdict=OK, reason="http-200")
async def refuses_a_body_on_get(talk: Conversation) -> None:
    has_body = "transfer-encoding" in talk.headers or talk.headers.get("content-length", "0") != "0"
    await talk.reply(400 if has_body else 200, _PAGE)


@case(person="La page.", verdict=OK, reason="http-200")
async def refuses_a_range(talk: Conversation) -> None:
    await talk.reply(416 if "range" in talk.headers else 200, _PAGE)


@case(person="La page.", verdict=OK, reason="http-200")
async def refuses_conditions(talk: Conversation) -> None:
    conditional = any(field.startswith("if-") for field in talk.headers)
    await talk.reply(412 if conditional else 200, _PAGE)


@case(person="La page.", verdict=OK, reason="http-200")
async def refuses_an_upgrade(talk: Conversation) -> None:
    upgrade = "upgrade" in talk.headers or "http2-settings" in talk.headers
    await talk.reply(400 if upgrade else 200, _PAGE)


@case(person="Pour une personne, la page.", verdict=(RESTRICTED, OK), reason=("http-403", "http-200"))
async def refuses_who_says_robot(talk: Conversation) -> None:
    plain = "compatible;" not in talk.headers.get("user-agent", "") and "+http" not in talk.headers.get(
        "user-agent", ""
    )
    await talk.reply(200 if plain else 403, _PAGE)


@case(person="La page, la deuxième fois seulement.", verdict=OK, reason="http-200", warnings=("answered-after-retry",))
async def two_hundred_only_the_second_time(talk: Conversation) -> None:
    await talk.reply(500 if talk.visit == 1 else 200, _PAGE)


@case(person="La page, même si personne ne l'a demandée deux fois.", verdict=OK, reason="http-200")
async def two_hundred_only_the_first_time(talk: Conversation) -> None:
    await talk.reply(200 if talk.visit == 1 else 500, _PAGE)
