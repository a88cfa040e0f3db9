"""Deep links that end on a home page, and home pages that merely have another address."""

from tests.aquarium.case import MOVED, OK, SUSPECT, case, page
from tests.aquarium.html import article
from tests.support.server import Conversation, behaviour

_HOME = "La page d'accueil, où il n'y a rien de ce qu'on cherchait."


@behaviour("/")
async def _home(talk: Conversation) -> None:
    await talk.reply(200, article("Accueil").encode())


@behaviour("/fr/")
@behaviour("/fr/accueil")
@behaviour("/index.html")
async def _other_homes(talk: Conversation) -> None:
    await talk.reply(200, article("Accueil").encode())


def _lost(name: str, status: int, location: str, path: str) -> None:
    @case(name=name, path=path, person=_HOME, verdict=SUSPECT, reason="redirect-to-home")
    async def _redirect(talk: Conversation) -> None:
        await talk.reply(status, location=location)


_lost("for-good", 301, "/", "/homes/donnees/population/2011101")
_lost("for-now", 302, "/", "/homes/donnees/logement/2011101")
_lost("to-the-home-of-a-language", 302, "/fr/", "/homes/donnees/emploi/2011101")
_lost("to-index-html", 301, "/index.html", "/homes/donnees/sante/2011101")
_lost("to-the-home-with-a-query", 302, "/?erreur=404", "/homes/donnees/energie/2011101")
_lost("with-a-file", 302, "/", "/homes/files/communes-2024.csv")


@case(person=_HOME, verdict=SUSPECT, reason="redirect-to-home")
async def in_two_steps(talk: Conversation) -> None:
    await talk.reply(301, location="/homes/donnees/population/2011101")


@case(
    person=_HOME,
    verdict=SUSPECT,
    reason="redirect-to-home",
    path="/homes/statistiques/2011101",
    query="geo=EPCI-243100633",
)
async def with_a_query(talk: Conversation) -> None:
    await talk.reply(301, location="/")


@case(person=_HOME, verdict=SUSPECT, reason="redirect-to-home")
async def of_another_host(talk: Conversation) -> None:
    port = talk.servers.web.port
    await talk.reply(301, location=f"http://localhost:{port}/")


@page(person=_HOME, verdict=SUSPECT, reason="redirect-to-home")
def by_meta_refresh() -> str:
    return '<html><head><meta http-equiv="refresh" content="0; url=/"><title>Redirection</title></head></html>'


def _same_home(name: str, path: str, location: str, status: int = 301) -> None:
    async def _redirect(talk: Conversation) -> None:
        if talk.path == path:
            await talk.reply(status, location=location)
        else:
            await talk.reply(200, article("Accueil").encode())

    case(
        name=name,
        alone=True,
        server=f"homes/{name}",
        path=path,
        person="La page d'accueil, qu'on demandait.",
        verdict=MOVED if status == 301 else OK,
        reason="http-301" if status == 301 else "http-200",
    )(_redirect)


_same_home("root-to-a-language", "/", "/fr/")
_same_home("root-to-a-language-for-now", "/", "/fr/", 302)
_same_home("root-to-a-page", "/", "/accueil.html", 302)
_same_home("root-to-an-application", "/", "/geoclip/carto.php", 302)
_same_home("index-to-root", "/index.php", "/")
_same_home("index-html-to-root", "/index.html", "/", 302)
_same_home("default-aspx-to-root", "/Default.aspx", "/")
_same_home("accueil-to-root", "/accueil", "/")
_same_home("home-to-root", "/home", "/", 302)
_same_home("language-to-root", "/fr/", "/", 302)
_same_home("language-home-to-language", "/fr/accueil", "/fr/", 302)


@case(
    person="La page d'accueil d'un autre site, où mène le raccourci.",
    verdict=OK,
    reason="http-200",
    path="/s/x7Gh2",
    alone=True,
)
async def short_address(talk: Conversation) -> None:
    await talk.reply(302, location=f"http://localhost:{talk.servers.web.port}/")


@case(
    person="La page d'accueil d'un autre site, où mène le raccourci.",
    verdict=MOVED,
    reason="http-301",
    path="/s/pQ9zK",
    alone=True,
)
async def short_address_for_good(talk: Conversation) -> None:
    await talk.reply(301, location=f"http://localhost:{talk.servers.web.port}/")


@case(person="La page d'accueil, désormais chiffrée.", verdict=MOVED, reason="http-301", alone=True)
async def to_https(talk: Conversation) -> None:
    await talk.reply(301, location=f"{await talk.tls('valid')}/")


@case(person="Une page plus haut dans le site, mais du même jeu.", verdict=MOVED, reason="http-301")
async def to_the_page_above(talk: Conversation) -> None:
    await talk.reply(301, location="/homes/")


@behaviour("/homes/")
async def _above(talk: Conversation) -> None:
    await talk.reply(200, article("Toutes les données de population").encode())


@case(
    person="La page d'accueil du jeu de données, sur son propre site.",
    verdict=MOVED,
    reason="http-301",
    path="/observatoire/",
)
async def folder_to_its_own_site(talk: Conversation) -> None:
    await talk.reply(301, location=f"{await talk.site('homes/observatory')}/accueil/")


@behaviour("/accueil/", site="homes/observatory")
async def _observatory(talk: Conversation) -> None:
    await talk.reply(200, article("Observatoire de l'habitat").encode())
