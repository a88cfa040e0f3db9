"""What a 200 may hold: nothing at all, next to nothing, an image, an application's shell."""

from diagsources.model import Verdict
from tests.aquarium.case import BROKEN, MOVED, OK, SUSPECT, UNAVAILABLE, case, page
from tests.aquarium.html import ARTICLE, article, bare
from tests.support.server import PAGE, Conversation, behaviour

_BLANK = "Une page blanche."


@case(person=_BLANK, verdict=SUSPECT, reason="empty-page")
async def nothing(talk: Conversation) -> None:
    await talk.reply(200)


@case(person=_BLANK, verdict=SUSPECT, reason="empty-page")
async def nothing_until_the_close(talk: Conversation) -> None:
    await talk.raw_and_close(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")


@case(person=_BLANK, verdict=SUSPECT, reason="empty-page")
async def nothing_in_chunks(talk: Conversation) -> None:
    await talk.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    if talk.method != "HEAD":
        await talk.raw(b"0\r\n\r\n")


@page(person=_BLANK, verdict=SUSPECT, reason="empty-page")
def white_space() -> str:
    return " \n\t\r\n" * 40


@page(person=_BLANK, verdict=SUSPECT, reason="empty-page")
def elements_without_content() -> str:
    return "<!DOCTYPE html><html><head></head><body></body></html>"


@page(person=_BLANK, verdict=SUSPECT, reason="empty-page")
def elements_with_spaces_alone() -> str:
    return '<html><head><meta charset="utf-8"></head><body>&nbsp;\n<div> </div><!-- rien --></body></html>'


@case(person=_BLANK, verdict=SUSPECT, reason="empty-page")
async def a_mark_of_utf_8_alone(talk: Conversation) -> None:
    await talk.reply(200, b"\xef\xbb\xbf")


def _shows(name: str, body: str, person: str, head: str = "", title: str = "Observatoire") -> None:
    @page(name=name, path=f"/bodies/{name}", person=person, verdict=OK, reason="http-200")
    def _page() -> str:
        return bare(title, body, head=head)


_shows("image-alone", '<img src="/carte.png" alt="">', "Une carte.", title="")
_shows("frame-alone", '<iframe src="/carte" width="100%" height="900"></iframe>', "Une carte.")
_shows("drawing-alone", '<svg viewBox="0 0 9 9"><path d="M0 0L9 9"/></svg>', "Une carte.")
_shows("canvas-alone", '<canvas id="map"></canvas><script src="/map.js"></script>', "Une carte.")
_shows("film-alone", '<video src="/film.mp4" controls></video>', "Un film.")
_shows("object-alone", '<object data="/rapport.pdf" type="application/pdf"></object>', "Un rapport.")
_shows("embedded-alone", '<embed src="/rapport.pdf" type="application/pdf">', "Un rapport.")
_shows("one-word", "pong", "Un mot.", title="")
_shows(
    "application", '<div id="root"></div>', "L'application.", '<script type="module" src="/a/index-1c2.js"></script>'
)
_shows(
    "application-in-angular",
    "<app-root></app-root>",
    "L'application.",
    '<base href="/"><script src="main.8a.js"></script>',
)
_shows(
    "application-that-wants-scripts",
    '<noscript>You need to enable JavaScript to run this app.</noscript><div id="app"></div><script '
    'src="/app.js"></script>',
    "L'application.",
)
_shows(
    "application-that-wants-scripts-in-french",
    "<noscript><strong>Nous sommes désolés, ce site ne fonctionne pas sans JavaScript.</strong></noscript><div "
    'id="app">'
    '</div><script src="/js/chunk-vendors.js"></script>',
    "L'application.",
)
_shows(
    "application-that-loads",
    '<div id="app"><div class="loader">Chargement…</div></div><script src="/a.js"></script>',
    "L'application.",
)
_shows("written-by-a-script", "<script>document.write('<h1>Bonjour</h1>')</script>", "La page.", title="")


@page(person="Les cadres d'un vieux site.", verdict=OK, reason="http-200")
def frames() -> str:
    return (
        "<html><head><title>Atlas</title></head>"
        '<frameset cols="20%,*"><frame src="menu.htm"><frame src="carte.htm"></frameset></html>'
    )


def _file(name: str, content_type: str, body: bytes, person: str) -> None:
    @case(name=name, path=f"/bodies/{name}", person=person, verdict=OK, reason="http-200")
    async def _answer(talk: Conversation) -> None:
        await talk.reply(200, body, content_type=content_type)


_file("json", "application/json", b'{"total_count": 3, "results": []}', "Du JSON.")
_file("json-empty-list", "application/json", b"[]", "Du JSON, une liste vide.")
_file("plain-text", "text/plain; charset=utf-8", b"Bonjour\n", "Du texte.")
_file("xml", "application/xml", b'<?xml version="1.0"?><WMS_Capabilities version="1.3.0"/>', "Du XML.")
_file("feed", "application/rss+xml", b"<rss version='2.0'><channel><title>x</title></channel></rss>", "Un fil.")
_file("image", "image/png", b"\x89PNG\r\n\x1a\n" + bytes(64), "Une image.")
_file("drawing", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Une image.")
_file("pdf", "application/pdf", b"%PDF-1.4\n%%EOF\n", "Un document.")


def _refresh(
    name: str, content: str, person: str, verdict: Verdict | tuple[Verdict, ...] = OK, reason: str = "http-200"
) -> None:
    @page(name=name, path=f"/bodies/{name}", person=person, verdict=verdict, reason=reason)
    def _page() -> str:
        head = f'<meta http-equiv="refresh" content="{content}">\n'
        return bare("Redirection", "<p>Vous allez être redirigé.</p>", head=head)


@behaviour("/bodies/landed")
async def _landed(talk: Conversation) -> None:
    await talk.reply(200, PAGE)


_refresh("refresh-at-once", "0; url=/bodies/landed", "La page, après un détour.")
_refresh("refresh-in-quotes", "0;URL='/bodies/landed'", "La page, après un détour.")
_refresh("refresh-without-url-word", "0; /bodies/landed", "La page, après un détour.")
_refresh("refresh-with-comma", "1, url=/bodies/landed", "La page, après un détour.")
_refresh("refresh-relative", "3;url=landed", "La page, après un détour.")
_refresh("refresh-to-a-404", "0; url=/statuses/not-found", "« Page introuvable ».", BROKEN, "http-404")
_refresh("refresh-to-a-404-in-five-seconds", "5; url=/status/404", "« Page introuvable ».", BROKEN, "http-404")
_refresh("refresh-to-a-500", "0; url=/status/500", "Une erreur du serveur.", UNAVAILABLE, "http-500")
_refresh("refresh-to-itself", "0; url=/bodies/refresh-to-itself", "La page clignote sans fin.", BROKEN, "redirect-loop")


@page(person="La page, qui se recharge toutes les cinq minutes.", verdict=OK, reason="http-200")
def refresh_of_itself_every_five_minutes() -> str:
    return article("Trafic en temps réel", head='<meta http-equiv="refresh" content="300">\n')


@page(person="La page, qui se recharge toutes les cinq secondes.", verdict=OK, reason="http-200")
def refresh_of_itself_every_five_seconds() -> str:
    return article("Trafic en temps réel", head='<meta http-equiv="refresh" content="5">\n')


@page(person="La page, le temps de la lire.", verdict=OK, reason="http-200")
def refresh_in_ten_minutes_to_a_404() -> str:
    return article("Trafic", head='<meta http-equiv="refresh" content="600; url=/statuses/not-found">\n')


@page(person="La page : la redirection n'est que pour qui n'a pas de scripts.", verdict=OK, reason="http-200")
def refresh_for_who_has_no_scripts() -> str:
    head = '<noscript><meta http-equiv="refresh" content="0; url=/statuses/not-found"></noscript>\n'
    return article("Carte", head=head)


@page(person="La page : l'exemple est dans du code.", verdict=OK, reason="http-200")
def refresh_in_an_example() -> str:
    return article(
        "HTML",
        "<pre>&lt;meta http-equiv='refresh' content='0; url=/status/404'></pre><!-- <meta http-equiv=refresh "
        "content='0;url=/status/404'> -->",
    )


@case(person="La page, après un détour.", verdict=OK, reason="http-200")
async def refresh_in_a_field(talk: Conversation) -> None:
    await talk.reply(200, b"<p>Un instant</p>", refresh="0; url=/bodies/landed")


@case(person="« Page introuvable ».", verdict=BROKEN, reason="http-404")
async def refresh_in_a_field_to_a_404(talk: Conversation) -> None:
    await talk.reply(200, b"<p>Un instant</p>", refresh="2;url=/statuses/not-found")


@case(
    person="La page, à sa nouvelle adresse puis rafraîchie.",
    verdict=MOVED,
    reason="http-301",
    suggestion="/bodies/refresh-at-once",
)
async def moved_then_refreshed(talk: Conversation) -> None:
    await talk.reply(301, location="/bodies/refresh-at-once")


@page(person="La page, après que le navigateur a suivi le script.", verdict=OK, reason="http-200")
def moved_by_a_script() -> str:
    return bare(
        "Redirection", "<p>Redirection…</p>", head="<script>window.location.replace('/bodies/landed')</script>\n"
    )


@page(person="La page, après que le navigateur a suivi l'élément.", verdict=OK, reason="http-200")
def moved_by_its_body() -> str:
    return bare("Redirection", "", marks="""onload="location.href='/bodies/landed'\"""")


@page(person="La carte : le script ne mène ailleurs que si l'on clique.", verdict=OK, reason="http-200")
def map_with_a_way_out() -> str:
    script = "// location.href='/statuses/not-found'\n$('#fin').on('click',function(){location.href='/statuses/404'})"
    return bare("Carte", f"<div id=carte><canvas></canvas></div><script>{script}</script>")


@case(person="La page, après que le navigateur a suivi le champ.", verdict=OK, reason="http-200")
async def refresh_in_a_field_without_its_word(talk: Conversation) -> None:
    await talk.reply(200, b"<p>Un instant</p>", refresh="0; /bodies/landed")


@case(person="Le tableau est enregistré : rien n'y est suivi.", verdict=OK, reason="http-200")
async def refresh_of_what_is_saved(talk: Conversation) -> None:
    body = b"<html><meta http-equiv=refresh content='0; url=/statuses/404'><table><tr><td>1</table></html>"
    await talk.reply(200, body, content_type="application/vnd.ms-excel")


@page(person="La page, dont l'adresse canonique est ailleurs.", verdict=OK, reason="http-200")
def canonical_elsewhere() -> str:
    return article("Emploi", ARTICLE, head='<link rel="canonical" href="/statuses/not-found">\n')
