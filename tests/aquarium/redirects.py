"""Redirects: how Location may be written, how long the way may be, and where it may not lead."""

from diagsources.model import Verdict
from tests.aquarium.case import BROKEN, MOVED, OK, SUSPECT, UNAVAILABLE, case
from tests.aquarium.html import site
from tests.support.server import PAGE, Conversation, behaviour
from tests.support.web import unused_port

LANDED = "/redirects/landed"


for _status in (301, 308):

    @case(
        name=f"permanent-{_status}",
        path=f"/redirects/permanent-{_status}",
        person="La page, à sa nouvelle adresse.",
        verdict=MOVED,
        reason=f"http-{_status}",
        suggestion=LANDED,
    )
    async def _permanent(talk: Conversation, status: int = _status) -> None:
        await talk.reply(status, location=LANDED)


for _status in (302, 303, 307):

    @case(
        name=f"temporary-{_status}",
        path=f"/redirects/temporary-{_status}",
        person="La page, après un détour.",
        verdict=OK,
        reason="http-200",
    )
    async def _temporary(talk: Conversation, status: int = _status) -> None:
        await talk.reply(status, location=LANDED)


def _leads(name: str, location: str, person: str = "La page, à sa nouvelle adresse.", suggestion: str = LANDED) -> None:
    """A permanent redirect that a browser follows, however its Location is written."""

    @case(
        name=name,
        path=f"/redirects/{name}",
        person=person,
        verdict=MOVED,
        reason="http-301",
        suggestion=suggestion,
    )
    async def _redirect(talk: Conversation) -> None:
        await talk.reply(301, location=location.replace("{host}", talk.headers.get("host", "")))


_leads("relative-path", "landed")
_leads("relative-with-dots", "../redirects/./x/../landed")
_leads("dots-above-the-root", "/../../redirects/landed")
_leads("without-a-scheme", "//{host}/redirects/landed")
_leads("upper-case-scheme", "HTTP://{host}/redirects/landed")
_leads("backslashes", "\\redirects\\landed")
_leads("spaces-around", "   /redirects/landed   ")
_leads("tab-inside", "/redirects/lan\tded")
_leads("space-inside", "/redirects/with a space", suggestion="/redirects/with%20a%20space")
_leads("utf-8", "/redirects/été", suggestion="/redirects/%C3%A9t%C3%A9")
_leads("percent-encoded", "/redirects/%C3%A9t%C3%A9", suggestion="/redirects/%C3%A9t%C3%A9")
_leads("with-a-fragment", "/redirects/landed#chiffres", suggestion="/redirects/landed#chiffres")
_leads(
    "query-with-an-address",
    "http://{host}/redirects/landed?x=http://example.org/",
    suggestion=LANDED + "?x=http://example.org/",
)


@behaviour("/redirects/with%20a%20space")
@behaviour("/redirects/%C3%A9t%C3%A9")
async def _oddly_named(talk: Conversation) -> None:
    await talk.reply(200, b'<!doctype html><title>Page</title><h1 id="chiffres">Page</h1><p>Tout va bien.</p>')


@behaviour(LANDED)
async def _landed_with_an_anchor(talk: Conversation) -> None:
    await talk.reply(200, b'<!doctype html><title>Page</title><h1 id="chiffres">Page</h1><p>Tout va bien.</p>')


@case(
    person="La page, dont seule la requête change.",
    verdict=MOVED,
    reason="http-301",
    suggestion="/redirects/query-alone?page=2",
)
async def query_alone(talk: Conversation) -> None:
    if talk.query:
        await talk.reply(200, PAGE)
    else:
        await talk.reply(301, location="?page=2")


@case(
    person="La page : un navigateur lit des octets qui ne sont pas de l'UTF-8 comme du Latin-1.",
    verdict=MOVED,
    reason="http-301",
)
async def latin_1(talk: Conversation) -> None:
    await talk.raw(b"HTTP/1.1 301 Moved\r\nlocation: /redirects/\xe9t\xe9\r\ncontent-length: 0\r\n\r\n")


@behaviour("/redirects/%E9t%E9")
async def _latin_1_summer(talk: Conversation) -> None:
    await talk.reply(200, PAGE)


@case(
    person="La page, à l'ancre que le premier renvoi a donnée.",
    verdict=MOVED,
    reason="http-301",
    fragment="autre",
)
async def hands_its_own_fragment_on(talk: Conversation) -> None:
    await talk.reply(301, location="/redirects/between#chiffres")


@behaviour("/redirects/between")
async def _between(talk: Conversation) -> None:
    await talk.reply(301, location=LANDED)


@case(person="Une erreur : deux adresses pour une.", verdict=BROKEN, reason="not-http")
async def to_two_places(talk: Conversation) -> None:
    await talk.reply(302, location=LANDED, also=(("location", "/redirects/nowhere"),))


@case(person="« Port non autorisé ».", verdict=BROKEN, reason="unsafe-redirect")
async def to_the_port_of_another_service(talk: Conversation) -> None:
    await talk.reply(302, location="http://127.0.0.1:6667/")


@case(
    person="La page, à laquelle l'ancre de l'adresse est transmise.",
    verdict=MOVED,
    reason="http-301",
    fragment="chiffres",
)
async def hands_the_fragment_on(talk: Conversation) -> None:
    await talk.reply(301, location=LANDED)


@case(
    person="La page : une redirection permanente puis une provisoire, l'adresse durable est celle du milieu.",
    verdict=MOVED,
    reason="http-301",
    suggestion="/redirects/temporary-302",
)
async def permanent_then_temporary(talk: Conversation) -> None:
    await talk.reply(301, location="/redirects/temporary-302")


@case(
    person="La page : rien ne dit que l'adresse donnée ait changé pour de bon.",
    verdict=OK,
    reason="http-200",
)
async def temporary_then_permanent(talk: Conversation) -> None:
    await talk.reply(302, location="/redirects/permanent-301")


@case(
    person="La page, deux déménagements plus loin.", verdict=MOVED, reason=("http-308", "http-301"), suggestion=LANDED
)
async def permanent_twice(talk: Conversation) -> None:
    await talk.reply(308, location="/redirects/permanent-301")


@case(person="La page, et une adresse de plus qui ne sert à rien.", verdict=OK, reason="http-200")
async def location_on_a_200(talk: Conversation) -> None:
    await talk.reply(200, PAGE, location="/redirects/elsewhere")


@case(person="La page : Location dit seulement ce qui a été créé.", verdict=OK, reason="http-201")
async def location_on_a_201(talk: Conversation) -> None:
    await talk.reply(201, PAGE, location="/redirects/elsewhere")


@case(person="Une page qui propose plusieurs versions.", verdict=OK, reason="http-300")
async def multiple_choices(talk: Conversation) -> None:
    await talk.reply(
        300, b"<title>Versions</title><ul><li><a href=/ok>Fran&ccedil;ais</a><li><a href=/ok>English</a></ul>"
    )


@case(person="La page.", verdict=OK, reason=("http-200", "http-304"))
async def not_modified_unless_asked_well(talk: Conversation) -> None:
    await talk.reply(304 if "if-none-match" in talk.headers else 200, PAGE, etag='"a1"')


@case(person="La page, le contenu du 302 étant là sans adresse.", verdict=BROKEN, reason="redirect-nowhere")
async def without_location(talk: Conversation) -> None:
    await talk.reply(302)


@case(
    person="Une page blanche ou le navigateur qui tourne : l'adresse est vide.",
    verdict=BROKEN,
    reason=("redirect-nowhere", "redirect-loop"),
)
async def empty_location(talk: Conversation) -> None:
    await talk.reply(302, location="")


@case(person="La page : les deux Location disent la même chose.", verdict=MOVED, reason="http-301", suggestion=LANDED)
async def two_equal_locations(talk: Conversation) -> None:
    await talk.reply(301, also=(("location", LANDED), ("location", LANDED)))


@case(
    person="Une erreur : Chrome refuse deux Location différents, Firefox aussi.",
    verdict=(BROKEN, MOVED),
    reason=("redirect-nowhere", "not-http", "http-301", "invalid-url"),
)
async def two_different_locations(talk: Conversation) -> None:
    await talk.reply(301, also=(("location", LANDED), ("location", "/redirects/permanent-308")))


def _chain(length: int) -> None:
    path = f"/redirects/chain-of-{length}"

    async def _step(talk: Conversation) -> None:
        done = int(talk.query or 0)
        await talk.reply(302, location=LANDED if done + 1 == length else f"{path}?{done + 1}")

    case(
        name=f"chain-of-{length}",
        path=path,
        person="La page, après un long chemin." if length <= 20 else "« Trop de redirections ».",
        verdict=OK if length <= 20 else BROKEN,
        reason="http-200" if length <= 20 else "too-many-redirects",
    )(_step)


for _length in (5, 12, 20, 21):
    _chain(_length)


@case(person="« Trop de redirections ».", verdict=BROKEN, reason="too-many-redirects")
async def endless(talk: Conversation) -> None:
    await talk.reply(302, location=f"/redirects/endless?{int(talk.query or 0) + 1}")


@case(person="« La page n'est pas redirigée correctement ».", verdict=BROKEN, reason="redirect-loop")
async def to_itself(talk: Conversation) -> None:
    await talk.reply(301, location="/redirects/to-itself")


@case(person="« La page n'est pas redirigée correctement ».", verdict=BROKEN, reason="redirect-loop")
async def to_and_fro(talk: Conversation) -> None:
    await talk.reply(302, location="/redirects/fro-and-to")


@behaviour("/redirects/fro-and-to")
async def _fro_and_to(talk: Conversation) -> None:
    await talk.reply(302, location="/redirects/to-and-fro")


@case(
    person="« La page n'est pas redirigée correctement » : l'ancre n'y change rien.",
    verdict=BROKEN,
    reason="redirect-loop",
)
async def to_itself_with_a_fragment(talk: Conversation) -> None:
    await talk.reply(302, location="/redirects/to-itself-with-a-fragment#ici")


@case(
    person="La page en français : le serveur tourne en rond pour qui ne dit pas sa langue.",
    verdict=OK,
    reason="http-200",
)
async def loop_unless_a_language_is_said(talk: Conversation) -> None:
    if talk.headers.get("accept-language", "").startswith("fr"):
        await talk.reply(200, PAGE)
    else:
        await talk.reply(302, location="/redirects/loop-unless-a-language-is-said")


@case(person="La page en français, après un détour par la langue.", verdict=OK, reason="http-200")
async def by_language(talk: Conversation) -> None:
    french = talk.headers.get("accept-language", "").startswith("fr")
    await talk.reply(302, location=LANDED if french else "/redirects/no-such-language")


def _unsafe(name: str, location: str, person: str) -> None:
    @case(name=name, path=f"/redirects/{name}", person=person, verdict=BROKEN, reason="unsafe-redirect")
    async def _redirect(talk: Conversation) -> None:
        await talk.reply(302, location=location)


_unsafe("to-javascript", "javascript:alert(document.domain)", "Une erreur : un navigateur n'y va pas.")
_unsafe("to-data", "data:text/html,<h1>Bonjour</h1>", "Une erreur : un navigateur n'y va pas.")
_unsafe("to-a-file", "file:///etc/passwd", "Une erreur : un navigateur n'y va pas.")
_unsafe("to-ftp", "ftp://ftp.example.org/pub/insee.zip", "Plus aucun navigateur ne parle FTP.")
_unsafe("to-about-blank", "about:blank", "Une erreur : un navigateur n'y va pas.")
_unsafe("to-a-word-of-its-own", "geoclip://carte/31", "Une fenêtre qui demande quelle application ouvrir.")


@case(
    person="Une erreur : ce n'est pas une adresse.",
    verdict=BROKEN,
    reason=("invalid-url", "unsafe-redirect", "redirect-nowhere"),
)
async def to_no_address(talk: Conversation) -> None:
    await talk.reply(302, location="http://[nulle-part/")


@case(person="« Connexion refusée », après une redirection.", verdict=UNAVAILABLE, reason="tcp-refused")
async def to_a_port_that_refuses(talk: Conversation) -> None:
    await talk.reply(302, location=f"http://127.0.0.1:{unused_port()}/")


@case(person="La page : les identifiants de l'adresse ne gênent pas.", verdict=MOVED, reason="http-301")
async def to_credentials(talk: Conversation) -> None:
    await talk.reply(301, location=f"http://quelquun:secret@{talk.headers.get('host')}{LANDED}")


@case(person="« Page introuvable », au bout de deux redirections.", verdict=BROKEN, reason="http-404")
async def twice_to_a_404(talk: Conversation) -> None:
    await talk.reply(301, location="/statuses/moved-to-a-404")


@case(
    person="Une erreur du serveur, au bout d'une redirection permanente.",
    verdict=UNAVAILABLE,
    reason="http-500",
)
async def to_a_500(talk: Conversation) -> None:
    await talk.reply(301, location="/status/500")


@case(person="La page : une redirection provisoire qui a un corps énorme.", verdict=OK, reason="http-200")
async def with_a_large_body(talk: Conversation) -> None:
    await talk.reply(302, b"<p>Object moved</p>" * 60_000, location=LANDED)


@case(person="La page : une redirection dont le corps n'arrive jamais.", verdict=OK, reason="http-200")
async def with_a_body_that_never_comes(talk: Conversation) -> None:
    await talk.raw(f"HTTP/1.1 302 Found\r\nlocation: {LANDED}\r\ncontent-length: 5000\r\n\r\n".encode())
    await talk.wait_for_ever()


@case(person="La page, avec une adresse de 30 000 caractères.", verdict=OK, reason="http-200")
async def to_a_very_long_address(talk: Conversation) -> None:
    if talk.query:
        await talk.reply(200, PAGE)
    else:
        await talk.reply(302, location=f"/redirects/to-a-very-long-address?{'jeton=' + 'a' * 30_000}")


@behaviour("/redirects/erreur404.html")
@behaviour("/redirects/fr/page-introuvable")
@behaviour("/redirects/maintenance.html")
@behaviour("/redirects/fiches/404")
async def _told_by_their_addresses(talk: Conversation) -> None:
    await talk.reply(200, site("Observatoire", "<h1>Nous faisons peau neuve</h1><p>À très vite.</p>").encode())


def _told(name: str, target: str, verdict: Verdict, reason: str, person: str) -> None:
    @case(name=name, path=f"/redirects/{name}", person=person, verdict=verdict, reason=reason)
    async def _redirect(talk: Conversation) -> None:
        await talk.reply(302, location=target)


_told("to-a-page-of-errors", "erreur404.html", SUSPECT, "soft-404", "La page d'erreur du site, quoi qu'elle dise.")
_told("to-the-missing-page", "fr/page-introuvable", SUSPECT, "soft-404", "La page d'erreur du site.")
_told("to-an-asp-error", "/ok?aspxerrorpath=/fiche", SUSPECT, "soft-404", "La page d'erreur du site.")
_told("to-maintenance", "maintenance.html", SUSPECT, "maintenance-notice", "La page de maintenance du site.")
_told("to-the-number-404", "fiches/404", OK, "http-200", "La fiche numéro 404.")


@case(person="L'article : sans hôte, l'adresse est du même site.", verdict=MOVED, reason="http-301", suggestion="/ok")
async def scheme_without_a_host(talk: Conversation) -> None:
    await talk.reply(301, location="http:/ok")
