"""Pages that answer 200 and say that there is nothing: soft 404, in French and in English."""

from tests.aquarium.case import OK, SUSPECT, case, page
from tests.aquarium.html import ARTICLE, article, bare, site
from tests.support.server import Conversation, behaviour

_NOTHING = "« Page introuvable »."


@page(person=_NOTHING, verdict=SUSPECT, reason="soft-404")
def french_title_and_heading() -> str:
    return site("Page introuvable", "<h1>Page introuvable</h1><p>La page que vous cherchez n'existe pas.</p>")


@page(person=_NOTHING, verdict=SUSPECT, reason="soft-404")
def english_title_and_heading() -> str:
    return site(
        "Page not found", "<h1>404</h1><p>Sorry, the page you are looking for could not be found.</p>", lang="en"
    )


@page(person=_NOTHING, verdict=SUSPECT, reason="soft-404")
def title_alone() -> str:
    return site(
        "404 - Page non trouvée | Région Occitanie",
        "<h1>Oups !</h1><p>Nous n'avons pas ce que vous cherchez. Essayez la recherche ou revenez à l'accueil.</p>",
    )


@page(person=_NOTHING, verdict=SUSPECT, reason="soft-404")
def heading_alone() -> str:
    return site(
        "Observatoire des territoires",
        "<h1>Erreur 404</h1><p>La page demandée est introuvable. Vérifiez l'adresse ou utilisez le moteur de "
        "recherche.</p>",
    )


@page(person=_NOTHING, verdict=SUSPECT, reason="soft-404")
def a_sentence_alone() -> str:
    return site(
        "Observatoire des territoires",
        "<p>Cette page n'existe plus ou a été déplacée.</p><p><a href='/'>Retour à l'accueil</a></p>",
    )


@page(person=_NOTHING, verdict=SUSPECT, reason="soft-404")
def wordpress() -> str:
    return site(
        "Page non trouvée – Agence d'urbanisme",
        '<section class="error-404 not-found"><header class="page-header"><h1 class="page-title">Oups ! Cette page est '
        "introuvable.</h1></header><p>Il semblerait qu'il n'y ait rien à cet endroit. Essayez une recherche "
        "?</p></section>",
        marks='class="error404 wp-custom-logo hfeed"',
    )


@page(person=_NOTHING, verdict=SUSPECT, reason="soft-404")
def wordpress_by_its_class_alone() -> str:
    return site(
        "Agence d'urbanisme",
        '<div class="entry-content"><p>Ce lien ne mène nulle part.</p></div>',
        marks='class="error404 wp-theme-agence"',
    )


@page(person=_NOTHING, verdict=SUSPECT, reason="soft-404")
def drupal() -> str:
    return site(
        "Page non trouvée | Ministère",
        '<h1 class="page-title">Page non trouvée</h1><div class="region-content">La page demandée n\'a pas pu être '
        "trouvée.</div>",
        head='<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">\n',
        marks='class="path-system-404"',
    )


@page(person="« Jeu de données introuvable ».", verdict=SUSPECT, reason="soft-404")
def dataset_of_a_portal() -> str:
    return site(
        "Portail open data",
        '<div class="ods-error"><h2>Jeu de données introuvable</h2><p>Le jeu de données demandé n\'existe pas ou '
        "n'est "
        "plus publié.</p></div>",
    )


@page(person="« Dataset not found ».", verdict=SUSPECT, reason="soft-404")
def dataset_of_an_english_portal() -> str:
    return site("Dataset not found - CKAN", "<h1>Dataset not found</h1>", lang="en")


@page(person="« Cette page n'existe plus ».", verdict=SUSPECT, reason="soft-404")
def no_longer_exists() -> str:
    return site("Cette page n'existe plus", "<h1>Cette page n'existe plus</h1><p>Consultez notre plan du site.</p>")


@page(person="« This page could not be found ».", verdict=SUSPECT, reason="soft-404")
def next_js() -> str:
    return bare(
        "404: This page could not be found",
        '<div id="__next"><div style="height:100vh"><h1 class="next-error-h1">404</h1><div><h2>This page could not be '
        'found.</h2></div></div></div><script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":'
        '{"statusCode":404}},"page":"/_error","query":{}}</script>',
        lang="en",
    )


@page(person="« There isn't a GitHub Pages site here ».", verdict=SUSPECT, reason="soft-404")
def forge_pages() -> str:
    return bare(
        "Site not found · GitHub Pages",
        "<div class='container'><h1>404</h1><p><strong>There isn't a GitHub Pages site here.</strong></p><p>If you're "
        "trying to publish one, read the full documentation.</p></div>",
        lang="en",
    )


@page(person=_NOTHING, verdict=SUSPECT, reason="soft-404")
def forge_pages_file() -> str:
    return bare(
        "Page not found · GitHub Pages",
        "<h1>404</h1><p><strong>File not found</strong></p><p>The site configured at this address does not contain the "
        "requested file.</p>",
        lang="en",
    )


@page(person="« Désolé, ce site n'a pas été trouvé ».", verdict=SUSPECT, reason="soft-404")
def sharepoint() -> str:
    return bare(
        "Page introuvable",
        '<div id="ms-error-header"><h1 id="ms-error">Désolé, nous n\'avons pas trouvé cette page</h1></div><div '
        'id="ms-error-body"><span>Correlation ID: 1a2b3c4d-0000-0000-0000-000000000000</span></div>',
    )


@page(person="« The specified key does not exist » en XML.", verdict=SUSPECT, reason=("soft-404", "application-error"))
def bucket_without_the_key() -> str:
    return bare("", "<pre>NoSuchKey</pre><h1>The specified key does not exist.</h1>", lang="en")


@page(person="« Article introuvable ».", verdict=SUSPECT, reason="soft-404")
def article_not_found() -> str:
    return site("Article introuvable", "<h1>Article introuvable</h1><p>L'article demandé a été supprimé.</p>")


@page(person="« Cette carte n'est plus disponible ».", verdict=SUSPECT, reason=("soft-404", "closed-notice"))
def content_no_longer_available() -> str:
    return site(
        "Contenu indisponible",
        "<h1>Ce contenu n'est plus disponible</h1><p>La carte que vous demandez a été dépubliée par son auteur.</p>",
    )


@page(person=_NOTHING, verdict=SUSPECT, reason="soft-404")
def not_found_with_suggestions() -> str:
    links = "".join(f'<li><a href="/article-{rank}">Le recensement, épisode {rank}</a></li>' for rank in range(40))
    return site("404", f"<h1>Page introuvable</h1><p>Vous cherchiez peut-être :</p><ul>{links}</ul>")


@page(person=_NOTHING, verdict=SUSPECT, reason="soft-404")
def with_entities_and_capitals() -> str:
    return site("ERREUR&nbsp;404", "<h1>LA PAGE DEMAND&Eacute;E N&rsquo;EXISTE&nbsp;PAS</h1>")


@case(person=_NOTHING, verdict=SUSPECT, reason="soft-404")
async def in_latin_1(talk: Conversation) -> None:
    body = "<html><title>Page non trouvée</title><h1>Désolé, page non trouvée</h1></html>".encode("latin-1")
    await talk.reply(200, body, content_type="text/html; charset=iso-8859-1")


@case(person=_NOTHING, verdict=SUSPECT, reason="soft-404")
async def after_a_temporary_redirect(talk: Conversation) -> None:
    await talk.reply(302, location="/soft404/french-title-and-heading?url=/donnees/12")


@case(person=_NOTHING, verdict=SUSPECT, reason="soft-404")
async def after_a_permanent_redirect(talk: Conversation) -> None:
    await talk.reply(301, location="/soft404/error-page.html")


@behaviour("/soft404/error-page.html")
async def _error_page(talk: Conversation) -> None:
    await talk.reply(200, site("Erreur", "<h1>Page inexistante</h1><p>Code d'erreur : 404</p>").encode())


@page(
    person="La même page que pour n'importe quelle adresse du site : ce n'est pas celle qu'on voulait.",
    verdict=SUSPECT,
    reason="soft-404",
    alone=True,
    path="/donnees/population/31555",
)
def same_page_for_every_path() -> str:
    return site("Bienvenue", f"<h1>Bienvenue sur le portail</h1>{ARTICLE}")


@behaviour("/", site="soft404/same-odd-words-for-every-path")
@behaviour("/", site="soft404/same-page-that-repeats-the-address")
@behaviour("/", site="soft404/every-unknown-path-redirected-to-an-odd-page")
@behaviour("/", site="soft404/a-page-on-a-site-that-answers-200-to-all")
async def _home(talk: Conversation) -> None:
    await talk.reply(200, article("Accueil").encode())


@page(
    person="Un refus poli, que le site donne à toute adresse inconnue.",
    verdict=SUSPECT,
    reason="soft-404",
    alone=True,
    path="/donnees/population/31555",
)
def same_odd_words_for_every_path() -> str:
    return site("Portail", "<h1>Zut alors</h1><p>Notre pélican n'a rien rapporté de ce côté-ci.</p>")


@case(
    person="Un refus poli qui répète l'adresse demandée.",
    verdict=SUSPECT,
    reason="soft-404",
    alone=True,
    path="/donnees/population/31555",
)
async def same_page_that_repeats_the_address(talk: Conversation) -> None:
    said = f"<h1>Zut alors</h1><p>Notre pélican n'a rien rapporté de {talk.path} le 23/11, visite {talk.visit}.</p>"
    await talk.reply(200, site("Portail", said).encode())


@case(
    person="La page d'accueil d'un site où toute adresse inconnue y mène.",
    verdict=SUSPECT,
    reason=("redirect-to-home", "soft-404"),
    alone=True,
    path="/donnees/population/31555",
)
async def every_unknown_path_redirected_home(talk: Conversation) -> None:
    if talk.path == "/":
        await talk.reply(200, article("Accueil").encode())
    else:
        await talk.reply(302, location="/")


@case(
    person="La page d'erreur du site, vers laquelle toute adresse inconnue est redirigée.",
    verdict=SUSPECT,
    reason="soft-404",
    alone=True,
    path="/donnees/population/31555",
)
async def every_unknown_path_redirected_to_an_odd_page(talk: Conversation) -> None:
    if talk.path == "/perdu":
        await talk.reply(200, site("Portail", "<h1>Zut alors</h1><p>Notre pélican n'a rien rapporté.</p>").encode())
    else:
        await talk.reply(302, location="/perdu")


@case(
    person="L'article : le site répond 200 à tout, mais ici il a quelque chose à dire.",
    verdict=OK,
    reason="http-200",
    alone=True,
    path="/donnees/population/31555",
)
async def a_page_on_a_site_that_answers_200_to_all(talk: Conversation) -> None:
    here = talk.path.startswith("/donnees/population")
    nothing = site("Portail", "<h1>Zut alors</h1><p>Notre pélican n'a rien rapporté de ce côté-ci.</p>")
    await talk.reply(200, (article("Population de Toulouse") if here else nothing).encode())


@page(
    person="La page d'accueil, demandée comme telle.",
    verdict=OK,
    reason="http-200",
    alone=True,
)
def home_of_a_site_that_answers_the_same_to_all() -> str:
    return site("Bienvenue", f"<h1>Bienvenue sur le portail</h1>{ARTICLE}")


@page(
    person="L'application, qui lit l'adresse elle-même.",
    verdict=OK,
    reason="http-200",
    alone=True,
    path="/territoires/31555/population",
)
def application_that_answers_the_same_shell_to_all() -> str:
    return bare(
        "Observatoire",
        '<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>',
        head='<script type="module" crossorigin src="/assets/index-B1c2d3e4.js"></script>\n',
    )


def _also(name: str, title: str, main: str) -> None:
    @page(name=name, path=f"/soft404/{name}", person=_NOTHING, verdict=SUSPECT, reason="soft-404")
    def _page() -> str:
        return site(title, main)


_also("spip", "Pas d'article à cette adresse", "<h1>Pas d'article à cette adresse</h1>")
_also("expired-transfer", "Transfert expiré", "<h1>Transfert expiré</h1><p>Ce transfert n’est plus disponible.</p>")
_also("shared-file-gone", "Partage introuvable", "<h1>Partage introuvable</h1><p>Ce lien de partage n'existe pas.</p>")
_also("azure-app", "Web Site not found", "<h1>404 Web Site not found.</h1><p>You may be seeing this for a reason.</p>")
_also("lost-in-space", "Houston", "<h1>Houston</h1><p>La page que vous cherchez s'est perdue dans l'espace.</p>")
_also("personal-page", "Pages perso", "<p>La page personnelle que vous avez demandée n'existe pas.</p>")
_also("soft-hyphens", "Page in&shy;trou&shy;vable", "<h1>Page in&shy;trou&shy;vable</h1>")
_also("zero-width-space", "Page&#8203; introuvable", "<h1>Page&#8203; introuvable</h1>")
_also("composed-accents", "Page non trouve&#769;e", "<h1>Page non trouve&#769;e</h1>")
_also("encoded-twice", "Page non trouvÃ©e", "<h1>Page non trouvÃ©e</h1>")
_also("in-spanish", "Página no encontrada", "<h1>Página no encontrada</h1><p>La página que busca no existe.</p>")
_also("in-german", "Seite nicht gefunden", "<h1>Seite nicht gefunden</h1>")
_also("in-occitan", "Pagina pas trobada", "<h1>Pagina pas trobada</h1>")
_also("google", "Error 404 (Not Found)!!1", "<p><b>404.</b> <ins>That’s an error.</ins></p>")
