"""Pages that send their visitor on: by a base, a frame, a cookie, a form; and addresses that are good for a while."""

import zipfile
from io import BytesIO

from tests.aquarium.case import BROKEN, OK, RESTRICTED, SUSPECT, UNAVAILABLE, case
from tests.aquarium.html import article, bare, site
from tests.support.server import Conversation

_PAGE = article("Carte").encode()


async def _html(talk: Conversation, markup: str, *also: tuple[str, str]) -> None:
    await talk.reply(200, markup.encode(), also=also)


@case(person="La page.", verdict=OK, reason="http-200", path="/sent-on/base/page")
async def refresh_from_a_base(talk: Conversation) -> None:
    await _html(talk, '<base href="/sent-on/v2/"><meta http-equiv="refresh" content="0; url=carte">')


@case(person="La page.", verdict=OK, reason="http-200", path="/sent-on/v2/carte")
async def page_of_another_folder(talk: Conversation) -> None:
    await talk.reply(200, _PAGE)


@case(person="La page.", verdict=OK, reason="http-200", path="/sent-on/base-of-a-script/page")
async def script_from_a_base(talk: Conversation) -> None:
    await _html(talk, '<base href="/sent-on/v2/"><script>location.href="carte"</script>')


@case(person="La page : un modèle n'est pas un script.", verdict=OK, reason="http-200")
async def script_in_a_template(talk: Conversation) -> None:
    template = '<script type="text/template">location.href="/nowhere"</script>'
    await _html(talk, f"<title>Carte</title>{template}<img src=/carte.png><script src=/app.js></script>")


@case(person="« 404 » : la fenêtre va ailleurs.", verdict=BROKEN, reason="http-404")
async def opened_in_this_window(talk: Conversation) -> None:
    await _html(talk, "<script>window.open('/nowhere', '_self')</script>")


@case(person="« 404 » : la fenêtre va ailleurs.", verdict=BROKEN, reason="http-404")
async def another_path(talk: Conversation) -> None:
    await _html(talk, "<script>location.pathname = '/nowhere'</script>")


@case(person="« 404 », seul dans le cadre qui prend toute la page.", verdict=BROKEN, reason="http-404")
async def frame_of_nothing(talk: Conversation) -> None:
    await _html(talk, '<title>Obs</title><frameset rows="100%,*"><frame src="/nowhere"><frame></frameset>')


@case(person="La page, dans le cadre qui prend toute la page.", verdict=OK, reason="http-200")
async def frame_of_a_page(talk: Conversation) -> None:
    await _html(talk, '<title>Obs</title><frameset rows="100%"><frame src="/sent-on/v2/carte"></frameset>')


@case(person="La page, après un cookie et un second chargement.", verdict=OK, reason="http-200")
async def cookie_and_again(talk: Conversation) -> None:
    if "cookie" in talk.headers:
        await talk.reply(200, _PAGE)
    else:
        await _html(talk, '<meta http-equiv="refresh" content="0">', ("set-cookie", "a=1; path=/"))


@case(person="La page, pour qui exécute le script.", verdict=RESTRICTED, reason="wall-captcha")
async def cookie_of_a_script(talk: Conversation) -> None:
    await _html(talk, '<script>document.cookie="seen=1;path=/";location.href="/sent-on/cookie-of-a-script"</script>')


@case(person="La page, à l'adresse demandée : l'autre ne vaut qu'un moment.", verdict=OK, reason="http-200")
async def moved_into_a_session(talk: Conversation) -> None:
    await talk.reply(301, location="/sent-on/v2/carte?PHPSESSID=8a9f12cc")


@case(person="Le fichier : la signature de l'adresse n'est valable qu'un moment.", verdict=OK, reason="http-200")
async def moved_to_a_signature(talk: Conversation) -> None:
    await talk.reply(308, location="/sent-on/v2/carte?X-Amz-Expires=300&X-Amz-Signature=abc")


@case(person="L'accueil, sous son ancien nom.", verdict=OK, reason="http-200", path="/web/guest/home", alone=True)
async def former_name_of_the_first_page(talk: Conversation) -> None:
    if talk.path == "/":
        await _html(talk, site("Accueil", "<h1>Observatoire</h1><p>Bienvenue.</p>"))
    else:
        await talk.reply(302, location="/")


@case(person="Un avis de fermeture, avec 403.", verdict=SUSPECT, reason="closed-notice")
async def stopped_with_403(talk: Conversation) -> None:
    await talk.answer(403, bare("Error 403", "<h1>Error 403 - This web app is stopped.</h1>").encode(), {})


@case(person="« Nom de domaine expiré », avec 403.", verdict=SUSPECT, reason=("parked-domain", "closed-notice"))
async def expired_with_403(talk: Conversation) -> None:
    await talk.answer(403, bare("Expiré", "<h1>Ce nom de domaine a expiré</h1>").encode(), {})


@case(person="Un test contre les robots.", verdict=RESTRICTED, reason="wall-captcha")
async def challenge_in_a_field(talk: Conversation) -> None:
    await talk.answer(
        202, b"<meta http-equiv=refresh content='0;/.well-known/sgcaptcha/?r=x'>", {"sg-captcha": "challenge"}
    )


@case(person="Une image à recopier.", verdict=RESTRICTED, reason="wall-captcha")
async def sent_to_a_captcha(talk: Conversation) -> None:
    await talk.reply(302, location="/captcha?url=%2Fdonnees")


@case(person="Une image à recopier.", verdict=(OK, RESTRICTED), reason=("http-200", "wall-captcha"), path="/captcha")
async def captcha(talk: Conversation) -> None:
    await _html(
        talk, "<title>Vérification</title><form><img src=/i.png><input name=code><button>Valider</button></form>"
    )


def _archive() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("communes.csv", "code;nom\n" * 500)
    return file.getvalue()


@case(person="Un téléchargement qui échoue.", verdict=UNAVAILABLE, reason="truncated-file")
async def archive_cut_short(talk: Conversation) -> None:
    half = _archive()[:100]
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: 90000\r\n\r\n"
    await talk.raw_and_close(head + half)


@case(person="L'archive, au second essai.", verdict=OK, reason="http-200", warnings=("answered-after-retry",))
async def archive_cut_short_once(talk: Conversation) -> None:
    if talk.visit == 1:
        await archive_cut_short(talk)
    else:
        await talk.reply(200, _archive(), content_type="application/zip")


@case(person="L'image, aussi loin qu'elle est venue.", verdict=OK, reason="http-200", warnings=("truncated",))
async def image_cut_short(talk: Conversation) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 90000\r\n\r\n"
    await talk.raw_and_close(head + b"\x89PNG\r\n\x1a\n" + bytes(range(256)))


@case(person="La page : un renvoi sans délai n'en est pas un.", verdict=OK, reason="http-200")
async def refresh_without_a_time(talk: Conversation) -> None:
    markup = f'<meta http-equiv="refresh" content=" ">{article("Carte")}'
    await _html(talk, markup, ("set-cookie", "a=1; path=/"))


@case(person="Le menu et la page, l'un à côté de l'autre.", verdict=OK, reason="http-200")
async def frames_in_a_frameset(talk: Conversation) -> None:
    inner = '<frameset cols="20%,80%"><frame src="/nowhere"><frame src="/sent-on/v2/carte"></frameset>'
    await _html(talk, f'<title>Obs</title><frameset rows="100%">{inner}</frameset>')


@case(person="Un refus, qui ne dit pas s'il y a une page.", verdict=RESTRICTED, reason=("http-403", "access-denied"))
async def refused_or_missing(talk: Conversation) -> None:
    markup = bare("Refus", "<h1>Cette page n'existe pas ou vous n'avez pas les droits pour la consulter</h1>")
    await talk.answer(403, markup.encode(), {})
