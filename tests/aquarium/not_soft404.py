"""Pages that talk of what is missing, closed, for sale or under repair, and are none of it."""

from tests.aquarium.case import OK, case, page
from tests.aquarium.html import ARTICLE, article, bare, site
from tests.support.server import Conversation

_FINE = "L'article."


@page(person=_FINE, verdict=OK, reason="http-200")
def article_about_the_404_error() -> str:
    return article("Erreur 404 : d'où vient-elle, et comment la corriger ?", f"<h2>Page not found</h2>{ARTICLE}")


@page(person=_FINE, verdict=OK, reason="http-200")
def questions_about_pages_not_found() -> str:
    return article(
        "Foire aux questions",
        "<h2>Page introuvable : que faire ?</h2><p>Si une page est introuvable, c'est que nous l'avons déplacée lors "
        "de la "
        f"refonte de 2024 : cherchez son titre.</p><h2>Puis-je réutiliser les données ?</h2>{ARTICLE}",
    )


@page(person="Le catalogue, avant toute recherche.", verdict=OK, reason="http-200")
def search_box_that_says_no_result() -> str:
    return article(
        "Catalogue des données",
        '<template id="vide"><p>Aucun résultat</p></template><div hidden class="no-results">Aucun résultat ne '
        "correspond à "
        "votre recherche.</div>",
    )


@page(person="Le tableau : une valeur y manque.", verdict=OK, reason="http-200")
def table_with_cells_not_found() -> str:
    rows = "".join(
        f"<tr><td>3150{rank}</td><td>{'non trouvé' if rank % 3 else rank * 17}</td></tr>" for rank in range(9)
    )
    return article("Correspondance des communes", f"<table>{rows}</table><p>Code introuvable dans le COG 2024 : 2.</p>")


@page(person="L'article, sous un bandeau.", verdict=OK, reason="http-200")
def maintenance_banner() -> str:
    return article(
        "Consommation d'énergie par commune",
        before='<div class="fr-notice">Une opération de maintenance aura lieu le mardi 24 novembre de 8 h à 10 h : le '
        "site "
        "sera momentanément indisponible.</div>",
    )


@page(person=_FINE, verdict=OK, reason="http-200")
def article_about_domains_for_sale() -> str:
    return article("Ce nom de domaine est à vendre : comment racheter l'adresse de sa commune")


@page(person=_FINE, verdict=OK, reason="http-200")
def article_about_a_closure() -> str:
    return article("Le service des impôts de Revel ferme ses portes", "<p>Le service ferme définitivement en juin.</p>")


@page(person="Le tutoriel.", verdict=OK, reason="http-200")
def tutorial_on_nginx() -> str:
    return article(
        "Installer nginx sur Debian",
        "<p>Ouvrez l'adresse du serveur ; vous devez voir :</p><pre>Welcome to nginx!\nIf you see this page, the "
        "nginx web "
        "server is successfully installed and working.</pre><p>Apache affiche plutôt « It works! ».</p>",
    )


@page(person="La fiche du modèle.", verdict=OK, reason="http-200")
def peugeot_404() -> str:
    return article("Peugeot 404", "<p>La 404 est une berline présentée en 1960, carrossée par Pininfarina.</p>")


@page(person="Le livre, dont c'est le titre.", verdict=OK, reason="http-200")
def titled_404() -> str:
    return site("404", f"<h1>404</h1><p>Roman de Sabri Louatah, paru en 2020 chez Flammarion.</p>{ARTICLE}{ARTICLE}")


@page(person="La carte de la ligne 404.", verdict=OK, reason="http-200")
def number_404_in_a_title() -> str:
    return article("Ligne 404 : Toulouse – Saint-Orens, horaires et arrêts")


@page(person="La page, avec le bandeau des cookies.", verdict=OK, reason="http-200")
def cookie_banner() -> str:
    return article(
        "Agriculture",
        before='<div id="tarteaucitronRoot" role="dialog"><h2>Gestion des cookies</h2><p>Nous utilisons des cookies '
        "pour "
        "vérifier que vous n'êtes pas un robot et mesurer l'audience. Accès refusé aux tiers sans votre accord.</p>"
        "<button>Tout accepter</button><button>Tout refuser</button></div>",
    )


@page(person="Le code source d'un gabarit d'erreur.", verdict=OK, reason="http-200")
def source_code_of_an_error_page() -> str:
    code = "&lt;h1&gt;Page introuvable&lt;/h1&gt;\n&lt;p&gt;404 Not Found&lt;/p&gt;"
    return article("Gabarits du thème : 404.html", f"<pre><code>{code}</code></pre>")


@page(person="La page, où un script garde ses messages d'erreur.", verdict=OK, reason="http-200")
def messages_in_a_script() -> str:
    messages = (
        '<script>window.messages = {"404": "Page introuvable", "500": "Service Unavailable", "403": "Access Denied", '
        '"parked": "This domain is for sale", "maintenance": "Site en maintenance"};</script>'
    )
    return article("Emploi salarié", head=messages)


@page(person="La page : le commentaire ne se voit pas.", verdict=OK, reason="http-200")
def words_in_a_comment() -> str:
    return article("Santé", "<!-- <h1>Page introuvable</h1> Fatal error: remettre le 404 ici -->")


@page(person="Le bulletin, qui parle de panne.", verdict=OK, reason="http-200")
def article_about_a_breakdown() -> str:
    return article("Panne du 12 mars : pourquoi « Service Unavailable » s'est affiché pendant deux heures")


@page(person="Le guide du développeur.", verdict=OK, reason="http-200")
def documentation_of_errors() -> str:
    return article(
        "Codes d'erreur de l'API",
        "<pre>Traceback (most recent call last):\n  File &quot;appel.py&quot;, line 3\nKeyError: 'total'</pre>"
        "<pre>Fatal error: Uncaught Error in /var/www/index.php on line 3</pre><p>ORA-00942: table or view does not "
        "exist</p>",
    )


@page(person="La page d'accueil d'un petit site, très courte.", verdict=OK, reason="http-200")
def very_short_page() -> str:
    return bare("Mairie de Rebigue", "<h1>Mairie de Rebigue</h1><p>Ouverte le mardi et le jeudi de 14 h à 18 h.</p>")


@page(person="Le simulateur.", verdict=OK, reason="http-200")
def sold_out_of_a_shop() -> str:
    return article("Fonds de carte au 1/25 000", "<p>Cet article n'est plus disponible en version papier.</p>")


@page(person="L'archive, signalée comme telle.", verdict=OK, reason="http-200")
def notice_that_a_page_is_no_longer_updated() -> str:
    return article(
        "Séries historiques 1968-2012",
        before='<div class="alert">Cette page n\'est plus mise à jour depuis 2015. Les données restent '
        "consultables.</div>",
    )


@page(person="L'article, sur un site qui signale la fin d'un autre service.", verdict=OK, reason="http-200")
def notice_that_another_service_closes() -> str:
    return article("Transports", before='<div class="alert">L\'ancien géoportail fermera le 31 décembre 2026.</div>')


@page(person="L'annonce immobilière.", verdict=OK, reason="http-200")
def estate_for_sale() -> str:
    return article(
        "Domaine à vendre à Auzeville-Tolosane", "<p>Ce domaine est à vendre avec ses 4 hectares de vigne.</p>"
    )


@case(
    person="La page : son adresse seule parle d'erreur.",
    verdict=OK,
    reason="http-200",
    path="/erreur-404/page-not-found",
)
async def address_that_says_404(talk: Conversation) -> None:
    await talk.reply(200, article("Comprendre les marges d'erreur").encode())


@page(person="La page en anglais.", verdict=OK, reason="http-200")
def lost_and_found() -> str:
    return site(
        "Lost and not found: a history of missing census records",
        f"<h1>Lost and not found</h1>{ARTICLE}<p>The 1941 census was not found.</p>",
        lang="en",
    )


@page(person="La carte ; ces messages attendent leur heure, cachés.", verdict=OK, reason="http-200")
def application_with_hidden_messages() -> str:
    return bare(
        "Carte",
        '<div id="root"></div><div id="erreur" style="display:none"><h1>Une erreur est survenue</h1></div><div '
        'class="modal fade"><h4>Erreur</h4><p>La page demandée n\'existe pas.</p></div><script src="/main.8f3.js">'
        "</script>",
    )
