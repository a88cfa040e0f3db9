"""What a page is, in both directions: the real walls, deaths and notices, and pages that merely talk of them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagsources.check.page import read_page
from diagsources.model import Expectation
from diagsources.verdict import Answer, Evidence, judge
from diagsources.verdict.marks import MARKS
from diagsources.verdict.page import Page, similar
from diagsources.verdict.places import file_promised, home_url, login_url, parking_host
from diagsources.verdict.promises import expectation_unmet, fragment_missing, text_fragment_missing, wrong_type
from diagsources.verdict.sight import confirmed, doubt_of, sight_of
from diagsources.verdict.walls import wall_in
from tests.aquarium.html import article, bare, site

DEEP = "https://www.exemple.fr/donnees/fiche-12"

LOREM = (
    "La population légale de la commune est diffusée chaque année à partir des enquêtes de recensement. Les effectifs "
    "tiennent compte des ménages, des communautés et des habitations mobiles. Les comparaisons se font entre enquêtes "
    "distantes d'au moins cinq ans. Les tableaux détaillent les âges, les diplômes, les professions et les logements. "
)
MENU = (
    "<nav>" + "".join(f"<a href='/r{n}'>Rubrique {word}</a> " for n, word in enumerate(LOREM.split()[:40])) + "</nav>"
)


def html(body: str, *, title: str = "", head: str = "", body_class: str = "") -> Page:
    document = (
        f"<!doctype html><html lang=fr><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body class='{body_class}'>{body}</body></html>"
    )
    return read_page(document.encode(), "text/html; charset=utf-8")


def code_of(page: Page, url: str = DEEP) -> str:
    found = sight_of(page, url=url)
    return found.code if found else ""


MISSING = (
    ("Page non trouvée | Ville de Toulouse", "<h1>Page non trouvée</h1><p>Retour à l'accueil</p>"),
    ("Page introuvable - Insee", "<h1>Page introuvable</h1>" + MENU),
    ("Erreur 404", "<h1>Erreur 404</h1><p>La page demandée n'existe pas.</p>"),
    ("404", "<h1>404</h1><p>La page que vous recherchez n'existe pas ou plus.</p>"),
    ("404 Not Found", "<center><h1>404 Not Found</h1></center><hr><center>nginx</center>"),
    ("404: This page could not be found.", "<h1>404</h1><h2>This page could not be found.</h2>"),
    ("Error 404 (Not Found)!!1", "<p><b>404.</b> That’s an error.<p>The requested URL was not found on this server."),
    ("HTTP Status 404 – Not Found", "<h1>HTTP Status 404 – Not Found</h1><p><b>Type</b> Status Report"),
    ("Page not found · GitHub Pages", "<h1>404</h1><p>File not found</p>"),
    ("Oups ! - Région Occitanie", "<h1>Oups !</h1><p>La page que vous cherchez est introuvable.</p>"),
    ("Région Occitanie", "<h1>Oups, cette page n'existe pas</h1>" + MENU),
    ("Portail open data", "<h1>Jeu de données introuvable</h1><p>Retour au catalogue</p>"),
    ("Portail open data", "<p>Ce jeu de données n'existe plus.</p>"),
    ("Le contenu est introuvable — Préfecture", "<p>Le contenu que vous demandez a été supprimé ou déplacé.</p>"),
    ("Désolé, cette page n’existe plus", "<h1>Désolé, cette page n’existe plus</h1>" + MENU),
    ("DREAL Occitanie", "<h1>Erreur 404 : page non trouvée</h1><p>Utilisez le moteur de recherche.</p>"),
    ("DREAL Occitanie", "<p>La page demandée n&rsquo;a pas été trouvée.</p>"),
    ("Fiche introuvable", "<p>Fiche introuvable</p>"),
    ("Sorry, page not found", "<h1>Sorry, page not found</h1>"),
    ("Oops! That page can’t be found. – Blog", "<h1>Oops! That page can’t be found.</h1><form><input></form>" + MENU),
    ("Agency", "<h1>We can't find the page you're looking for</h1><p>Try the search.</p>"),
    ("Agency", "<p>Sorry, this page isn't available. The link you followed may be broken.</p>"),
    ("Agency", "<h1>Page Not Found</h1><p>The page you requested could not be found.</p>"),
    ("Dataset not found | Data portal", "<h1>Dataset not found</h1>"),
    ("Page does not exist", "<h1>This page does not exist</h1>"),
    ("Erreur", "<h1>La ressource demandée est introuvable</h1><p>Contactez l'administrateur.</p>"),
    ("Document inexistant", "<h1>Document inexistant</h1>"),
    ("Mairie", "<h1>La page que vous essayez d'atteindre n'est plus disponible</h1>" + MENU),
    ("Mairie", "<p>L'article demandé n'existe pas.</p>"),
    (
        "Not Found",
        "<h1>Not Found</h1><p>The requested URL /x was not found on this server.</p><hr><address>Apache</address>",
    ),
    ("Cette page n'est pas disponible", "<h2>Cette page n'est pas disponible</h2>"),
    ("Observatoire : 404", "<h1>Nous n'avons pas trouvé la page que vous cherchiez</h1>"),
    ("Erreur 404 - Page introuvable - impots.gouv.fr", "<h1>Erreur 404</h1>" + MENU + "<footer>" + LOREM + "</footer>"),
    (
        "The page you were looking for doesn't exist (404)",
        "<h1>The page you were looking for doesn't exist.</h1><p>You may have mistyped the address.</p>",
    ),
    ("Page non trouvee", "<h1>Page non trouv&eacute;e</h1>"),
    ("PAGE INTROUVABLE", "<h1>PAGE INTROUVABLE</h1>"),
    ("Annonce introuvable", "<h1>Cette annonce n'est plus disponible</h1>" + MENU),
    ("", "<p>404 Not Found</p>"),
    ("", "404 page not found"),
    ("Site", "<h1>Désolé, nous ne trouvons pas cette page</h1>"),
    ("Site", "<h1>Cette page a disparu</h1>"),
    ("Page inexistante", "<p>x</p>"),
    ("Site", "<p>Le document que vous recherchez n'est plus en ligne.</p>"),
    ("Site", "<h1>La page n'a pu être trouvée</h1>"),
    ("Site", "<h1>Oups ! Rien ici.</h1><p>404</p>"),
    ("Erreur : page non disponible", "<p>…</p>"),
    ("Site", "<h1>Page non disponible</h1>"),
    (
        "404 - Fichier ou répertoire introuvable.",
        "<h2>404 - Fichier ou répertoire introuvable.</h2><h3>La ressource que vous recherchez a peut-être été "
        "supprimée.</h3>",
    ),
    ("404 - File or directory not found.", "<h2>404 - File or directory not found.</h2>"),
    ("Nothing found for X", "<h1>404</h1><p>Nothing found</p>"),
    ("Page not found – Site", "<h1>Nothing here</h1>" + MENU),
    (
        "Object not found!",
        "<h1>Object not found!</h1><p>The requested URL was not found on this server.</p><h2>Error 404</h2>",
    ),
    ("Site", "<h1>We're sorry, we can't find that page</h1>"),
    ("Site", "<h1>Hmm. We're having trouble finding that page</h1>"),
    ("Site", "<h1>This page can't be found</h1>"),
    ("Site", "<h1>The page cannot be found</h1>"),
    ("Site", "<h1>Erreur</h1><p>Le dataset demandé n'existe pas</p>"),
    ("Ce jeu de données n'existe pas ou a été supprimé", "<p>Retour</p>"),
    ("Not found - Discourse", "<h1>Oops! That page doesn’t exist or is private.</h1>"),
    ("La page est introuvable", "<h1>La page est introuvable</h1>"),
    ("Page manquante", "<h1>Page manquante</h1>"),
    ("Page Not Found (404)", "<p>x</p>"),
    ("(404) Page non trouvée", "<p>x</p>"),
    ("Erreur n°404", "<h1>Erreur n°404</h1>"),
    ("404 | Page Not Found | Site", "<h1>x</h1>"),
    ("Site", "<h1>Contenu non trouvé</h1>"),
    ("Site", "<h2>Le contenu demandé est indisponible</h2>"),
    ("Publication introuvable", "<h1>Publication introuvable</h1>"),
    ("Article non trouvé", "<h1>Article non trouvé</h1>"),
    ("Vous êtes perdu ?", "<h1>Vous êtes perdu ?</h1><p>La page demandée est introuvable</p>"),
    ("Site", "<h1>Aïe, cette page est introuvable !</h1>" + MENU),
    ("Cette page est introuvable", "<h1>Carte</h1>"),
    ("Fichier inexistant", "Fichier inexistant"),
    ("No such page", "<p>There is no such page</p>"),
    ("Page supprimée", "<h1>Cette page a été supprimée</h1><p>Elle datait de 2015.</p>"),
)


@pytest.mark.parametrize(("title", "body"), MISSING)
def test_a_page_that_says_it_is_missing_is_a_soft_404(title: str, body: str) -> None:
    assert code_of(html(body, title=title)) == "soft-404"


def test_what_a_page_says_is_quoted_without_a_password() -> None:
    title = "La page n'existe pas https://moi:secret@c.fr/a"
    page = html(f"<h1>{title}</h1><p>La page que vous cherchez n'existe pas.</p>", title=title)

    message = judge(Evidence(DEEP, (Answer(DEEP, 200),), page=page)).message

    assert "«\N{NO-BREAK SPACE}La page n'existe pas https://***@c.fr/a" in message


@pytest.mark.parametrize(
    "page",
    [
        html("<h1>Rien de trouvé</h1>" + MENU + LOREM * 6, title="Blog", body_class="error404 wp-custom-logo"),
        html(MENU + LOREM * 9, title="Boutique", body_class="page-not-found"),
        html('<div id=__next></div><script id=__NEXT_DATA__>{"page":"/404","query":{}}</script>', title="Portail"),
        html("<h1>Oups</h1>" + LOREM * 4, title="Portail", head='<meta name="next-error" content="not-found"/>'),
        html("<p>Hmm</p>", title="Boutique", head="", body_class="template-404"),
    ],
)
def test_the_template_of_a_missing_page_gives_it_away_whatever_its_length(page: Page) -> None:
    assert code_of(page) == "soft-404"


ALIVE = (
    # pages that talk of it
    (
        "404 Not Found - HTTP | MDN",
        "<h1>404 Not Found</h1><p>The HTTP <code>404</code> client error response status code indicates that the "
        "server cannot find the requested resource.</p>" + LOREM,
    ),
    (
        "Erreur HTTP 404 — Wikipédia",
        "<h1>Erreur HTTP 404</h1><p>L’erreur 404 désigne une page introuvable." + LOREM * 8,
    ),
    (
        "Erreur 404 - Glossaire du web",
        "<h1>Erreur 404</h1><p>L'erreur 404 signifie que la page demandée n'existe pas.</p>",
    ),
    ("Personnaliser sa page 404", "<h1>Personnaliser sa page 404</h1><p>Comment créer une belle page introuvable</p>"),
    (
        "How to fix a 404 page not found error",
        "<h1>How to fix a 404 page not found error</h1><p>This page could not be found: three causes.</p>",
    ),
    ("Peugeot 404", "<h1>Peugeot 404</h1><p>Berline de 1960.</p>"),
    ("Arrêté n° 404 du 3 mai 2021", "<h1>Arrêté n° 404</h1><p>Le conseil municipal…</p>"),
    ("Page d'accueil", "<h1>Bienvenue</h1><p>Données 2020 : 404 communes.</p>"),
    (
        "Recherche : sicoval - Insee",
        "<h1>Aucun résultat</h1><p>Aucun résultat ne correspond à votre recherche « sicoval ».</p>",
    ),
    ("Search results", "<h1>No results found</h1><p>Your search for “sicoval” did not match any documents.</p>"),
    ("Explorer les données", "<h1>0 jeu de données</h1><p>Aucun jeu de données ne correspond à vos filtres.</p>"),
    ("Population introuvable ? Nos conseils", "<h1>Où trouver la population</h1><p>" + LOREM),
    ("Objets trouvés", "<h1>Objets trouvés</h1><p>Le service des objets trouvés est ouvert.</p>"),
    ("Personnes disparues", "<h1>Disparu</h1><p>Une randonneuse reste introuvable depuis mardi.</p>"),
    ("Le médicament manquant", "<h1>Ruptures</h1><p>Ce médicament n'est plus disponible en pharmacie.</p>"),
    ("Espèces menacées", "<h1>Le loup</h1><p>L'espèce a été retrouvée en 1992. Elle n'existe plus ailleurs.</p>"),
    (
        "Contact",
        "<h1>Contact</h1><p>Signaler une page introuvable</p><form><input name=mail><button>Envoyer</button></form>",
    ),
    # closings, maintenance and sales that are not a site's
    ("Mairie de Labège", "<h1>Horaires</h1><p>Le service est fermé le mercredi.</p>"),
    ("Piscine", "<h1>Piscine municipale</h1><p>La piscine est fermée pour travaux jusqu'au 3 mars.</p>"),
    ("Site archéologique", "<h1>Montmaurin</h1><p>Le site est fermé au public du lundi au jeudi.</p>"),
    (
        "Maintenance industrielle",
        "<h1>Maintenance</h1><p>Nos techniciens assurent la maintenance de vos chaudières.</p>",
    ),
    ("Licence pro Maintenance", "<h1>Maintenance des systèmes</h1><p>Formation en deux ans.</p>"),
    (
        "Insee",
        "<div class=banner>Une opération de maintenance aura lieu jeudi de 12 h à 14 h.</div><h1>Statistiques</h1>"
        + LOREM * 4,
    ),
    (
        "Domaine viticole à vendre",
        "<h1>Domaine à vendre dans le Gers</h1><p>Ce domaine est à vendre : 12 hectares, château.</p>",
    ),
    ("Acheter un nom de domaine", "<h1>Acheter un nom de domaine</h1><p>" + LOREM * 8),
    ("Le Géoportail a fermé", "<h1>Pourquoi le Géoportail a fermé</h1><article>" + LOREM * 9),
    ("Veille", "<h1>Actualités</h1><p>Le service Géodes n'est plus disponible, Odissé le remplace.</p>" + LOREM * 5),
    ("Construction durable", "<h1>Sites en construction</h1><p>Les chantiers de l'année.</p>"),
    # near misses of the phrases
    ("Page 404 : nos plus belles pages d'erreur", "<h1>Nos plus belles pages d'erreur</h1><p>Top 10</p>"),
    ("Mon compte", "<h1>Mon compte</h1><p>Connexion</p>"),
    ("Le service de l'eau", "<p>Le service est fermé le 24 décembre</p>"),
    ("Déchèterie", "<h1>La déchèterie est fermée</h1><p>du 3 au 5 mai</p>"),
    ("Le site de la Prairie est en construction", "<p>Le chantier avance.</p>"),
    (
        "Entretien et maintenance",
        "<h1>Entretien et maintenance</h1><p>Le site industriel est en maintenance chaque été.</p>",
    ),
    ("Fermeture de la RD 16", "<h1>Fermeture de la route</h1>"),
    (
        "Fermeture du site de Colomiers",
        "<h1>Fermeture du site de Colomiers</h1><p>L'usine de Colomiers ferme ses portes. 200 salariés.</p>",
    ),
    (
        "Le site Renault ferme ses portes",
        "<h1>Le site Renault ferme ses portes</h1><p>200 salariés concernés par la fermeture de l'usine.</p>",
    ),
    ("L'observatoire a fermé", "<h1>L'observatoire du pic du Midi est fermé</h1><p>Réouverture au printemps.</p>"),
    ("Accès restreint aux forêts", "<h1>Accès restreint</h1><p>Forêts fermées</p>"),
    ("Espace membres", "<h1>Nos membres</h1><p>Liste des membres</p>"),
    ("Erreur", "<h1>Erreur</h1><p>La notion d'erreur en philosophie: toute connaissance est une erreur rectifiée.</p>"),
    ("Test page", "<h1>Test page</h1>"),
    ("Bienvenue sur votre site", "<h1>Bienvenue sur votre site de la mairie</h1><p>Actualités</p>"),
    ("Bienvenue sur le serveur de cartes", "<p>Carte</p>"),
    ("Démarches", "<p>Vous ne trouvez pas la page ? Contactez-nous.</p>"),
    ("FAQ", "<h2>Pourquoi la page est-elle introuvable ?</h2><p>" + LOREM),
    ("Domaines", "<p>Acheter un domaine: vérifiez que ce domaine est disponible</p>"),
    ("Nom de domaine", "<h1>Nom de domaine</h1><p>Ce nom de domaine est réservé aux communes (.gouv.fr).</p>"),
    ("Statistiques", "<p>Données non disponibles pour cette commune.</p>"),
    ("Carte", "<p>Cette donnée n'est pas disponible à l'échelle communale.</p><h1>Taux de chômage</h1>"),
    ("Commune", "<h1>Labège</h1><p>Ces données ne sont pas disponibles (secret statistique).</p>"),
    ("Indicateur", "<p>L'indicateur n'est pas disponible pour ce millésime.</p><h1>Revenus</h1>"),
    (
        "Dossier",
        "<h1>Dossier complet</h1><p>Le contenu de ce document a été supprimé à la demande de l'auteur en annexe 3.</p>"
        + LOREM,
    ),
    ("Coming soon: new data", "<h1>News</h1><p>x</p>"),
    ("Hello world", "<h1>Hello world</h1><p>Premier article</p>"),
    (
        "Portail",
        "<p>Le service cartographique n'est plus disponible dans l'ancienne version : utilisez la nouvelle carte "
        "ci-dessous.</p><h1>Carte</h1><canvas>",
    ),
    ("Odissé", "<h1>Odissé</h1><p>Ce portail remplace Géodes qui a fermé en 2025.</p>"),
    ("Runtime error analysis", "<h1>x</h1>"),
    ("500 communes", "<h1>500</h1><p>communes</p>"),
    ("Le 500", "<p>Hôtel 500</p>"),
    ("503", "<h1>503</h1><p>Bus 503 : horaires et arrêts de la ligne.</p>"),
    ("Ligne 404 - Tisséo", "<h1>Ligne 404</h1>"),
    (
        "404 | Tisséo",
        "<h1>404</h1><p>Horaires du bus 404, arrêts, tarifs. Prochain passage dans trois minutes. Voir le plan "
        "de la ligne et les correspondances, ainsi que les travaux en cours sur l'itinéraire et les arrêts "
        "reportés cette semaine.</p>",
    ),
    # errors and servers one writes about
    ("Welcome to nginx! tutorial", "<h1>Install nginx</h1><p>You should see Welcome to nginx!</p>" + LOREM),
    ("Tutoriel PHP", "<h1>Fatal error</h1><p>Ce tutoriel explique « Fatal error: Uncaught Error ».</p>"),
    ("Marge d'erreur", "<h1>Erreur d'échantillonnage</h1><p>Une erreur de 2 % est acceptable.</p>"),
    ("Erreurs fréquentes", "<h1>Erreurs fréquentes</h1><p>Codes d'erreur 404, 500 et 503 : que faire ?</p>"),
    # forms and logins beside a content
    ("Portail", "<form>Identifiant <input> Mot de passe <input type=password></form><h1>Open data</h1>" + LOREM * 3),
    ("Forum", "<h1>Les derniers sujets</h1><p>Connexion</p><input type=password><p>" + LOREM * 2),
    # applications, and pages that hardly speak
    ("Géoclip", "<div id=app></div><script src=GC_loadCss.php></script><script>window.GCO5={}</script>"),
    (
        "CartoSanté",
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div><script "
        "src=/main.js></script>",
    ),
    ("Carte", "<canvas></canvas>"),
    ("Photo", "<img src=carte.png alt=''>"),
    ("", "ok"),
    ("Index of /donnees", "<h1>Index of /donnees</h1><pre><a href=a.csv>a.csv</a></pre>"),
    ("Bienvenue", "<h1>Bienvenue</h1><p>Portail de l'observatoire.</p>"),
    ("Service-public.fr | Accueil", "<h1>Accueil</h1><p>Vos droits.</p>"),
    ("Page 2 | Actualités", "<h1>Actualités</h1><p>Page 2</p>"),
    ("Consentement", "<div>Nous utilisons des cookies. Tout accepter. Tout refuser.</div><h1>Données</h1><p>Carte</p>"),
)


@pytest.mark.parametrize(("title", "body"), ALIVE)
def test_a_page_that_lives_is_left_alone(title: str, body: str) -> None:
    page = html(body, title=title)

    assert code_of(page) == ""
    assert wall_in(page, 200) is None


NOTICED = (
    ("parked-domain", "exemple.fr est à vendre", "<h1>exemple.fr est à vendre</h1><p>Faites une offre</p>"),
    ("parked-domain", "exemple.fr", "<p>Le nom de domaine exemple.fr est à vendre !</p>"),
    ("parked-domain", "exemple.fr", "<h1>This domain is for sale</h1><p>Make an offer.</p>"),
    ("parked-domain", "exemple.fr - This website is for sale!", "<p>exemple.fr is for sale</p>"),
    ("parked-domain", "exemple.fr", "<p>Related searches</p><script src='//www.sedoparking.com/js'></script>"),
    (
        "parked-domain",
        "exemple.fr",
        "<script src='https://img1.wsimg.com/parking-lander/static/js/main.js'></script><div id=root></div>",
    ),
    ("parked-domain", "", '<script>window.onload=function(){window.location.href="/lander"}</script>'),
    ("parked-domain", "Domaine expiré", "<p>Le domaine a expiré.</p>"),
    ("parked-domain", "Domain parking", "<p>This domain name has been registered with Gandi.net</p>"),
    ("parked-domain", "exemple.fr", "<p>Buy this domain. The domain exemple.fr may be for sale by its owner!</p>"),
    ("parked-domain", "Bienvenue", "<p>Ce nom de domaine est réservé.</p>"),
    ("parked-domain", "exemple.fr", "<p>Ce domaine est enregistré chez OVH</p>"),
    (
        "default-page",
        "Welcome to nginx!",
        "<h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and "
        "working.</p>",
    ),
    (
        "default-page",
        "Apache2 Ubuntu Default Page: It works",
        "<h1>It works!</h1><p>This is the default welcome page used to test the correct operation of the Apache2 "
        "server</p>" + LOREM * 8,
    ),
    ("default-page", "", "<html><body><h1>It works!</h1></body></html>"),
    ("default-page", "IIS Windows Server", "<a href='#'><img src=iisstart.png></a>"),
    ("default-page", "Test Page for the Apache HTTP Server on Red Hat Enterprise Linux", "<h1>Test Page</h1>"),
    (
        "default-page",
        "Apache Tomcat/9.0.31",
        "<h1>Apache Tomcat/9.0.31</h1><p>If you're seeing this, you've successfully installed Tomcat.</p>",
    ),
    ("default-page", "Site en construction", "<h1>Site en construction</h1>"),
    (
        "default-page",
        "Félicitations ! Votre domaine a bien été créé chez OVHcloud !",
        "<p>Votre domaine a bien été créé chez OVHcloud.</p>",
    ),
    ("default-page", "Coming soon", "<h1>Coming soon</h1>"),
    ("default-page", "Web Server's Default Page", "<p>This page is generated by Plesk</p>"),
    ("default-page", "Exemple", "<h1>Page en construction</h1><p>Revenez bientôt.</p>"),
    ("maintenance-notice", "Site en maintenance", "<h1>Site en maintenance</h1><p>Nous revenons très vite.</p>"),
    (
        "maintenance-notice",
        "Maintenance",
        "<h1>Maintenance</h1><p>Le site est actuellement en cours de maintenance.</p>",
    ),
    ("maintenance-notice", "Data portal", "<h1>We'll be back soon!</h1>"),
    ("maintenance-notice", "Data portal", "<p>The site is temporarily unavailable. Please come back later.</p>"),
    ("maintenance-notice", "Under maintenance", "<p>Scheduled upgrade.</p>"),
    ("maintenance-notice", "Portail", "<h1>Le service est momentanément indisponible</h1>"),
    ("maintenance-notice", "Portail", "<p>En raison d'une opération de maintenance, le portail est inaccessible.</p>"),
    (
        "maintenance-notice",
        "Briefly unavailable for scheduled maintenance. Check back in a minute.",
        "<p>Briefly unavailable for scheduled maintenance.</p>",
    ),
    ("maintenance-notice", "Maintenance en cours", "<h1>Maintenance en cours</h1>"),
    ("closed-notice", "Le service est définitivement fermé", "<p>Merci de votre fidélité.</p>"),
    ("closed-notice", "Géoportail", "<h1>Le site Géoportail a fermé</h1><p>Rendez-vous sur cartes.gouv.fr</p>"),
    (
        "closed-notice",
        "geo.data.gouv.fr",
        "<p>Ce service a été définitivement arrêté. Les données restent sur data.gouv.fr.</p>",
    ),
    ("closed-notice", "Portail", "<p>Ce portail n'est plus accessible depuis le 1er janvier 2024.</p>"),
    ("closed-notice", "Fermeture du service", "<p>Au revoir.</p>"),
    ("closed-notice", "Service", "<p>This service has been discontinued.</p>"),
    ("closed-notice", "Service", "<p>This site is now closed. Thank you for ten years.</p>"),
    ("closed-notice", "Blog", "<h1>Ce blog n'existe plus</h1>"),
    ("closed-notice", "Observatoire", "<p>L'application est fermée depuis le 3 mai 2022.</p>"),
    ("application-error", "Error", "<p>Error establishing a database connection</p>"),
    ("application-error", "Erreur de base de données", "<h1>Erreur lors de la connexion à la base de données</h1>"),
    (
        "application-error",
        "",
        "<b>Fatal error</b>: Uncaught Error: Call to undefined function x() in /var/www/index.php:3",
    ),
    (
        "application-error",
        "",
        "<b>Warning</b>: mysqli_connect(): (HY000/2002) in <b>/var/www/a.php</b> on line <b>12</b>",
    ),
    ("application-error", "Runtime Error", "<h1>Server Error in '/' Application.</h1>"),
    ("application-error", "500 Internal Server Error", "<h1>Internal Server Error</h1>"),
    ("application-error", "503 Service Unavailable", "<h1>503 Service Unavailable</h1>"),
    ("application-error", "502 Bad Gateway", "<h1>502 Bad Gateway</h1><hr>nginx"),
    ("application-error", "Blog", "<p>There has been a critical error on this website.</p>"),
    ("application-error", "Portail", "<p>The website encountered an unexpected error. Please try again later.</p>"),
    ("application-error", "Portail", "<h1>Oups, une erreur est survenue</h1>"),
    ("application-error", "Erreur", "<p>Une erreur est survenue, veuillez réessayer.</p>"),
    (
        "application-error",
        "Whitelabel Error Page",
        "<h1>Whitelabel Error Page</h1><p>There was an unexpected error (type=Internal Server Error, status=500).</p>",
    ),
    ("application-error", "Application error", "<h2>Application error: a client-side exception has occurred</h2>"),
    ("application-error", "ProgrammingError at /", "<h1>ProgrammingError at /</h1><p>relation does not exist</p>"),
    ("application-error", "", "Traceback (most recent call last): File x"),
    (
        "auth-required",
        "Connexion",
        "<h1>Connexion</h1><form>Identifiant <input> Mot de passe <input type=password></form>",
    ),
    ("auth-required", "Sign in · GitLab", "<form>Username <input> Password <input type=password></form>"),
    (
        "auth-required",
        "CAS – Central Authentication Service",
        "<form><input type=password></form><p>Entrez votre identifiant et votre mot de passe.</p>",
    ),
    ("auth-required", "Espace adhérents", "<form><input><input type='PASSWORD'></form>"),
    ("parked-domain", "Parked Domain name on Hostinger DNS system", "<p>Buy website hosting</p>"),
    ("parked-domain", "exemple.fr is parked", "<p>x</p>"),
    ("parked-domain", "exemple.fr", "<p>This domain is parked free, courtesy of GoDaddy.com.</p>"),
    ("parked-domain", "exemple.fr", "<p>Domaine exemple.fr à vendre. Contactez-nous pour acquérir ce nom.</p>"),
    ("parked-domain", "Domaine réservé", "<h1>Ce domaine a été réservé par l'un de nos clients</h1>"),
    (
        "parked-domain",
        "exemple.fr - domaine enregistré",
        "<p>Le domaine a été enregistré par Gandi pour le compte d'un client.</p>",
    ),
    ("closed-notice", "Le portail ferme ses portes", "<p>Merci</p>"),
    ("closed-notice", "Adieu", "<p>Nous avons fermé notre site le 3 mai 2022.</p>"),
    ("closed-notice", "Portail", "<p>Le site est désormais fermé.</p>"),
    (
        "closed-notice",
        "Portail",
        "<p>Le portail donneespubliques.meteofrance.fr est fermé. Les données sont sur meteo.data.gouv.fr</p>",
    ),
    ("closed-notice", "Fin de service", "<p>Le service Géoportail s'est arrêté le 15 mars 2024.</p>"),
    ("closed-notice", "Portail", "<p>Ce site a fermé définitivement ses portes.</p>"),
    ("maintenance-notice", "Site temporairement indisponible", "<p>x</p>"),
    (
        "maintenance-notice",
        "Portail",
        "<p>Nous réalisons actuellement une opération de maintenance. Merci de revenir plus tard.</p>",
    ),
    ("maintenance-notice", "Portail", "<p>Ce site est en cours de maintenance</p>"),
    ("maintenance-notice", "Portail", "<h1>Site indisponible</h1><p>Notre site est momentanément indisponible</p>"),
    ("maintenance-notice", "Error", "<h1>Service Temporarily Unavailable</h1>"),
    ("application-error", "Erreur technique", "<p>Une erreur technique est survenue.</p>"),
    (
        "application-error",
        "Problème technique",
        "<p>Le site rencontre des difficultés techniques. Veuillez réessayer ultérieurement.</p>",
    ),
    ("application-error", "Server Error (500)", "<h1>Server Error (500)</h1>"),
    ("application-error", "Error 500", "x"),
    ("application-error", "", "SQLSTATE[HY000] [2002] Connection refused"),
    ("application-error", "", "Notice: Undefined index: id in /var/www/html/index.php on line 3"),
    ("application-error", "", "<pre>java.lang.NullPointerException at fr.x</pre>"),
    (
        "application-error",
        "An error occurred",
        "<p>Sorry, the page you are looking for is currently unavailable. Please try again later.</p>",
    ),
    (
        "auth-required",
        "Identification",
        "<form>Login <input> Mot de passe <input type=password> <a>Mot de passe oublié ?</a></form>",
    ),
    ("auth-required", "Geoportail - Authentification requise", "<form><input type=password></form>"),
    ("empty-page", "", ""),
    ("empty-page", "Titre seul", ""),
    ("empty-page", "", "<div> </div>&nbsp;"),
)


@pytest.mark.parametrize(("code", "title", "body"), NOTICED)
def test_a_page_that_is_something_else_is_known_for_what_it_is(code: str, title: str, body: str) -> None:
    assert code_of(html(body, title=title)) == code


# --- kinds of pages, within the frame of a site or bare


SIBLINGS = (
    ("application-error", "Can't connect to MySQL server on 'localhost' (10061)"),
    (
        "application-error",
        "<br />\n<b>Warning</b>:  mysqli_connect(): (HY000/1040): Too many connections in "
        "<b>/var/www/inc.php</b> on line <b>8</b><br />",
    ),
    (
        "application-error",
        "<br/><b>Warning</b>: include(config.php): failed to open stream: No such file or directory in "
        "<b>/home/site/www/index.php</b> on line <b>3</b><br/><b>Fatal error</b>: Uncaught Error: Call to "
        "undefined function db() in /home/x.php:4",
    ),
    ("application-error", bare("Error", "<p>Microsoft OLE DB Provider for ODBC Drivers error '80004005'</p>")),
    ("application-error", bare("Erreur", "<p>Erreur de connexion à la base de données</p>")),
    ("application-error", bare("Base de données", "<h1>Erreur de connexion à la base de données</h1>")),
    (
        "application-error",
        bare(
            "503 Backend fetch failed",
            "<h1>Error 503 Backend fetch failed</h1><p>Backend fetch failed</p><h3>Guru Meditation:</h3><p>XID: "
            "123</p><hr><p>Varnish cache server</p>",
        ),
    ),
    (
        "application-error",
        bare(
            "502 Proxy Error",
            "<h1>Proxy Error</h1><p>The proxy server received an invalid response from an upstream server.</p>",
        ),
    ),
    (
        "application-error",
        "<html><body><h1>503 Service Unavailable</h1>No server is available to handle this request.</body></html>",
    ),
    (
        "application-error",
        "upstream connect error or disconnect/reset before headers. reset reason: connection failure",
    ),
    (
        "application-error",
        bare(
            "ERROR: The requested URL could not be retrieved",
            "<h1>ERROR</h1><h2>The requested URL could not be retrieved</h2><p>The following error was "
            "encountered while trying to retrieve the URL: Connection to 10.0.0.1 failed.</p>",
        ),
    ),
    (
        "application-error",
        bare(
            "État HTTP 500 – Erreur interne du serveur",
            "<h1>État HTTP 500 – Erreur interne du serveur</h1><p>Type Rapport d'exception</p>",
        ),
    ),
    (
        "application-error",
        bare(
            "Struts Problem Report", "<h1>Struts Problem Report</h1><p>Struts has detected an unhandled exception</p>"
        ),
    ),
    (
        "application-error",
        bare("Application Error", "<p>An error occurred in the application and your page could not be served.</p>"),
    ),
    ("application-error", bare("", "<p>mapserv(): Web application error. Unable to access file</p>")),
    ("application-error", "No query information to decode. QUERY_STRING is set, but empty."),
    ("application-error", bare("Oracle", "<p>ORA-01017: invalid username/password; logon denied</p>")),
    (
        "application-error",
        site(
            "Observatoire", "<h1>Une erreur s'est produite</h1><p>Nous faisons le nécessaire. Réessayez plus tard.</p>"
        ),
    ),
    (
        "application-error",
        site("Observatoire", "<h1>Erreur technique</h1><p>Le service rencontre des difficultés techniques.</p>"),
    ),
    ("application-error", bare("TypeError at /carte/", "<h1>TypeError at /carte/</h1><p>x</p>")),
    (
        "application-error",
        "Error: connect ECONNREFUSED 127.0.0.1:5432<br> at TCPConnectWrap.afterConnect [as oncomplete]",
    ),
    ("application-error", bare("Error", "<p>SQLSTATE[08006] [7] could not connect to server: Connection refused</p>")),
    (
        "application-error",
        site("Erreur", "<p>Un problème technique (erreur SQL) empêche l'accès à cette partie du site.</p>"),
    ),
    ("application-error", bare("Oups", "<h1>Oops, an error occurred!</h1><p>Code: 20260312abcdef</p>")),
    (
        "application-error",
        bare(
            "Erreur de serveur",
            "<h1>Erreur de serveur dans l'application '/geo'.</h1><h2>Référence d'objet non définie</h2>",
        ),
    ),
    (
        "wall-captcha",
        bare(
            "Vérification",
            "<p>Saisissez les caractères affichés dans l'image pour accéder au site.</p><form><img "
            "src=c.png><input name=c></form>",
        ),
    ),
    (
        "wall-captcha",
        bare(
            "Security check",
            "<h1>Security check</h1><p>Enter the characters you see in the picture below.</p><form><img><input></form>",
        ),
    ),
    (
        "wall-captcha",
        bare("Test anti-robot", "<h1>Test anti-robot</h1><p>Faites glisser le curseur pour continuer.</p>"),
    ),
    (
        "wall-captcha",
        bare("Veuillez patienter...", "<p>Vérification de votre navigateur en cours</p><script>x()</script>"),
    ),
    (
        "wall-captcha",
        bare("Please wait...", "<p>Your request is being verified. You will be redirected.</p><script>x()</script>"),
    ),
    (
        "wall-captcha",
        bare(
            "Protection anti-bot",
            "<h1>Protection anti-bot</h1><p>Cliquez sur la case ci-dessous.</p><script>x</script><input type=checkbox>",
        ),
    ),
    ("default-page", bare("Apache2 Test Page powered by Rocky Linux", "<h1>Test Page</h1>")),
    (
        "default-page",
        bare(
            "HTTP Server Test Page powered by: Rocky Linux",
            "<h1>HTTP Server Test Page</h1><p>This page is used to test the proper operation of an HTTP server "
            "after it has been installed on a Rocky Linux system.</p>",
        ),
    ),
    (
        "default-page",
        bare(
            "Mon blog – Just another WordPress site",
            "<h2>Hello world!</h2><p>Welcome to WordPress. This is your first post. Edit or delete it, then "
            "start writing!</p>",
        ),
    ),
    (
        "default-page",
        bare(
            "Bienvenue | Mon site",
            "<h1>Bienvenue sur Mon site</h1><p>Aucun contenu de page d'accueil n'a été créé pour l'instant.</p>",
        ),
    ),
    (
        "default-page",
        bare(
            "Apache Tomcat/8.5.5",
            "<h1>Apache Tomcat/8.5.5</h1><h2>If you're seeing this, you've successfully installed Tomcat. "
            "Congratulations!</h2><p>Developer Quick Start. Managing Tomcat. How-To.</p>",
        ),
    ),
    (
        "default-page",
        bare(
            "The install worked successfully! Congratulations!",
            "<h1>The install worked successfully! Congratulations!</h1><p>View release notes for Django 4.2</p>",
        ),
    ),
    ("default-page", bare("Index of /", "<h1>Index of /</h1><hr><pre><a href='../'>../</a></pre><hr>")),
    (
        "default-page",
        bare(
            "Index of /donnees",
            "<h1>Index of /donnees</h1><table><tr><th>Name</th><th>Last "
            "modified</th><th>Size</th><th>Description</th></tr><tr><td><a href=/>Parent Directory</a></td><td> "
            "</td><td>-</td></tr></table>",
        ),
    ),
    ("default-page", bare("WAMPSERVER Homepage", "<h1>Configuration Serveur</h1><p>Version Apache</p>")),
    ("default-page", bare("Site en cours de construction", "<p>Revenez bientôt</p>")),
    ("default-page", bare("Bienvenue", "<h1>Votre site est en cours de création</h1>")),
    (
        "default-page",
        bare(
            "Welcome to CentOS",
            "<h1>Testing 123..</h1><p>This page is used to test the proper operation of the Apache HTTP server</p>",
        ),
    ),
    ("default-page", bare("Plesk", "<h1>Web Server's Default Page</h1><p>This page is generated by Plesk.</p>")),
    ("parked-domain,default-page", bare("exemple.com", "<h1>This domain was just registered</h1><p>OVHcloud</p>")),
    ("parked-domain,default-page", bare("Domaine réservé - LWS", "<p>Ce nom de domaine a été réservé chez LWS.</p>")),
    (
        "parked-domain,default-page",
        bare("Bienvenue", "<p>Ce domaine vient d'être acheté par l'un de nos clients</p><h1>Domaine enregistré</h1>"),
    ),
    (
        "parked-domain",
        bare(
            "observatoire-territoires.fr",
            "<p>Le nom de domaine observatoire-territoires.fr est à vendre. Prix : 1 500 €</p>",
        ),
    ),
    (
        "parked-domain",
        bare(
            "À vendre",
            "<h1>observatoire-territoires.com est à vendre</h1><p>Domaine observatoire-territoires.com à vendre, "
            "faites une offre</p>",
        ),
    ),
    (
        "parked-domain",
        bare("observatoire.com", "<h1>observatoire.com</h1><p>Buy this domain. Price: $ 3,000. Secure payment.</p>"),
    ),
    ("parked-domain", '<html><head><script>window.location.replace("/lander")</script></head><body></body></html>'),
    (
        "closed-notice,parked-domain",
        bare(
            "This Account has been suspended.",
            "<h1>This Account has been suspended.</h1><p>Contact your hosting provider for more information.</p>",
        ),
    ),
    (
        "closed-notice,parked-domain",
        site("Site désactivé", "<h1>Site désactivé</h1><p>Ce site a été désactivé par son hébergeur.</p>"),
    ),
    (
        "closed-notice,parked-domain",
        bare("Hébergement suspendu", "<p>Votre hébergement est suspendu. Contactez le support.</p>"),
    ),
    (
        "closed-notice,parked-domain,application-error",
        bare(
            "509 Bandwidth Limit Exceeded",
            "<h1>Bandwidth Limit Exceeded</h1><p>The server is temporarily unable to service your request due to "
            "the site owner reaching his/her bandwidth limit.</p>",
        ),
    ),
    (
        "closed-notice",
        site("Le portail évolue", "<h1>Notre site a déménagé</h1><p>Retrouvez-nous à notre nouvelle adresse.</p>"),
    ),
    (
        "closed-notice",
        site("Portail", "<h1>Ce portail a été remplacé par data.exemple.fr</h1><p>Mettez à jour vos favoris.</p>"),
    ),
    (
        "closed-notice",
        site(
            "Observatoire",
            "<h1>Fermeture définitive du site</h1><p>Après dix ans, l'observatoire s'arrête. Merci à tous.</p>",
        ),
    ),
    (
        "closed-notice",
        site(
            "Application",
            "<p>Cette application n'est plus maintenue et a été fermée. Cette application a été définitivement "
            "arrêtée.</p>",
        ),
    ),
    ("maintenance-notice", bare("Maintenance", "<p>Ce site est momentanément indisponible pour maintenance.</p>")),
    (
        "maintenance-notice",
        bare(
            "Maintenance",
            "<h1>Maintenance</h1><p>Le site est temporairement hors ligne. Revenez dans quelques minutes.</p>",
        ),
    ),
    ("maintenance-notice", bare("Scheduled maintenance", "<p>We are currently upgrading our servers.</p>")),
    ("maintenance-notice", bare("Mise à jour en cours", "<p>Revenez dans quelques minutes.</p>")),
    ("maintenance-notice", site("Maintenance en cours", "<p>Une opération de maintenance est en cours.</p>")),
    ("soft-404", site("Erreur 404 | Insee", "<h1>Oups, rien à voir ici</h1><p>Utilisez la recherche.</p>")),
    (
        "soft-404",
        site(
            "Observatoire", "<h1>Oups</h1><p>Le contenu que vous recherchez n'est plus en ligne ou a été déplacé.</p>"
        ),
    ),
    (
        "soft-404",
        site(
            "404",
            "<h1>Page non trouvée</h1><h2>Les plus lus</h2><ul>"
            + "".join(f"<li>Article numéro {i} sur la population</li>" for i in range(40))
            + "</ul>",
        ),
    ),
    ("soft-404", bare("", "<pre>NoSuchBucket</pre><p>The specified bucket does not exist</p>")),
    ("soft-404", bare("Error", "<pre>Cannot GET /donnees/fiche-12</pre>")),
    ("soft-404", bare("", "default backend - 404")),
    ("soft-404", site("Erreur", "<h1>Adresse incorrecte</h1><p>Code d'erreur : 404</p>")),
    ("soft-404", site("Portail", "<p>Le lien que vous avez suivi est incorrect ou la page a été supprimée.</p>")),
    (
        "soft-404",
        site(
            "Cette fiche n'existe plus",
            "<h1>Cette fiche n'existe plus</h1><p>Que faire ?</p><ul><li>Vérifier l'adresse</li></ul>",
        ),
    ),
    ("soft-404", site("410 Gone", "<h1>Gone</h1><p>Cette ressource a été supprimée définitivement.</p>")),
    ("soft-404", site("Page supprimée", "<h1>Cette page a été supprimée</h1><p>Revenez à l'accueil</p>")),
    ("soft-404", site("Jeu de données introuvable", "<h1>Oups</h1><p>Le jeu de données a peut-être été renommé.</p>")),
    ("soft-404", site("Publication expirée", "<h1>Cette publication a expiré</h1>")),
    ("soft-404", site("Page introuvable | Documentation du géoportail", "<h1>Page introuvable</h1>")),
    ("soft-404", site("404 - Forum GéoRezo", "<h1>Sujet introuvable</h1><p>Ce sujet n'existe pas.</p>")),
)
QUOTING = (
    article(
        "Résoudre « Can't connect to MySQL server »", "<pre>Can't connect to MySQL server on localhost (10061)</pre>"
    ),
    article(
        "Démographie",
        before="<br />\n<b>Warning</b>:  Undefined variable $titre in <b>/var/www/a.php</b> on line <b>3</b><br />",
    ),
    article(
        "Démographie",
        before="<br />\n<b>Notice</b>:  Undefined index: x in <b>/var/www/a.php</b> on line <b>3</b><br />",
    ),
    site(
        "Mairie de Rebigue",
        "<b>Notice</b>:  Undefined index: x in <b>/var/www/a.php</b> on line <b>3</b><br "
        "/><h1>Mairie</h1><p>Ouverte le mardi.</p>",
    ),
    article("Le portail ferme ses portes : que deviennent les données ?"),
    article("La trésorerie ferme ses portes", "<p>Le service a définitivement fermé le 31 décembre 2023.</p>"),
    article("Noms de domaine à vendre : attention aux arnaques"),
    article("This domain is for sale: what it means", "<p>This domain is for sale.</p>"),
    article("Erreur 404", "<p>Une page introuvable : 404 Not Found</p>"),
    article("Page introuvable, mode d'emploi"),
    article(
        "Installer Apache sur Ubuntu",
        "<p>Apache2 Ubuntu Default Page: It works! This is the default welcome page used to test the correct "
        "operation.</p>",
    ),
    article(
        "Installer Tomcat",
        "<h2>Apache Tomcat/9.0.65</h2><p>If you're seeing this, you've successfully installed Tomcat. "
        "Congratulations!</p>",
    ),
    article("Panne nationale : « Internal Server Error » sur les sites de l'État"),
    article("Maintenance : « Site en maintenance » pendant deux jours", "<p>Le site était en maintenance.</p>"),
    article("Compte suspendu ? Vos recours", "<p>Votre compte a été suspendu.</p>"),
    site("Mairie", "<h1>Service urbanisme</h1><p>Le service urbanisme a déménagé au 3 rue de la Paix.</p>"),
    site(
        "Maintenance informatique",
        "<h1>Maintenance informatique</h1><p>Nous assurons la maintenance de vos serveurs et de vos postes.</p>",
    ),
    site(
        "Carte",
        "<h1>Carte au 1/25 000</h1><p>Cette carte n'est plus disponible en version papier : téléchargez-la.</p>",
    ),
    site(
        "Dossier",
        "<h1>Dossier complet</h1><p>Cet indicateur n'est pas disponible pour les communes de moins de 2 000 "
        "habitants.</p>",
    ),
    site("FAQ", "<h1>Questions</h1><h2>La page est introuvable ?</h2><p>Écrivez-nous.</p>"),
    site(
        "Page not found in the archives: the lost census of 1941",
        "<h1>The lost census</h1><p>The page of 1941 was never found.</p>",
        lang="en",
    ),
    site("Erreurs types", "<h1>Erreur de mesure</h1><p>Une erreur de 2 %.</p>"),
    site("Robots agricoles", "<h1>Le robot désherbeur</h1><p>Un robot qui vérifie chaque plant.</p>"),
    site("Saisie en ligne", "<h1>Recherche</h1><p>Saisissez le code de la commune, ou cliquez sur la carte.</p>"),
    site("Patientez", "<h1>Le site de la gare est en travaux</h1><p>Circulation alternée.</p>"),
    bare(
        "Index of /donnees",
        "<h1>Index of /donnees</h1><table><tr><th>Name</th><th>Last "
        "modified</th></tr><tr><td>communes.csv</td><td>2024-01-01</td></tr></table><address>Apache/2.4.57 "
        "(Debian) Server at x Port 80</address>",
    ),
    bare(
        "Index of /",
        "<h1>Index of /</h1><pre><a href='../'>../</a>\n<a href='2024/'>2024/</a> 12-Mar-2024 10:00 -</pre>",
    ),
    site("Immobilier", "<h1>Domaine à vendre</h1><p>Domaine de 4 hectares à vendre dans le Gers.</p>"),
    site("Offres", "<h1>Terrains à vendre</h1><p>Le domaine de Montjoie est à vendre.</p>"),
    site("Accueil", "<h1>Bienvenue sur WordPress Toulouse</h1><p>Communauté des utilisateurs.</p>"),
    site("Observatoire", "<h1>Suspension du service de bus</h1><p>Le service est suspendu le dimanche.</p>"),
    site("Compte financier unique", "<h1>Compte clos</h1><p>Le compte administratif 2023 a été clos en mars.</p>"),
    site("Hébergement touristique", "<h1>Hébergement</h1><p>L'hébergement fermé en hiver compte 12 lits.</p>"),
    article("Géoportail", before="<div class=alert>Ce site sera remplacé par cartes.gouv.fr en 2027.</div>"),
    site(
        "Géoportail",
        "<div class=alert>Le service sera indisponible pour maintenance jeudi.</div><h1>Carte</h1><p>Zoomez.</p>",
    ),
    site("Recherche", "<h1>Aucun résultat</h1><p>Aucune fiche ne correspond à votre recherche.</p>"),
    site("Catalogue", "<h1>12 jeux de données trouvés</h1><p>Population, logement.</p>"),
    site("Domaine public maritime", "<h1>Domaine public</h1><p>Le domaine est réservé aux plaisanciers.</p>"),
    article("Un service fermé, un autre ouvert", before="<p>Ce service n'est plus disponible depuis 2020.</p>"),
    article("Attendre un instant : la patience des usagers"),
    article(
        "Contrôle anti-robot : le RGAA et les CAPTCHA", "<p>Veuillez recopier les caractères de l'image ci-dessous.</p>"
    ),
    site("Ligne 503", "<h1>Ligne 503</h1><p>Horaires.</p>"),
    site("Route 404", "<h1>RD 404</h1><p>Déviation.</p>"),
)


@pytest.mark.parametrize(("codes", "document"), SIBLINGS)
def test_a_notice_is_known_whoever_wrote_it(codes: str, document: str) -> None:
    page = read_page(document.encode(), "text/html; charset=utf-8")

    found = wall_in(page, 200) or sight_of(page, url=DEEP)
    assert found is not None
    assert found.code in codes.split(",")


@pytest.mark.parametrize("document", QUOTING)
def test_a_page_that_quotes_a_notice_is_not_one(document: str) -> None:
    page = read_page(document.encode(), "text/html; charset=utf-8")

    assert wall_in(page, 200) is None
    assert sight_of(page, url=DEEP) is None


WALLS = (
    (
        "wall-cloudflare",
        403,
        "Just a moment...",
        "<noscript>Enable JavaScript and cookies to continue</noscript><script>window._cf_chl_opt={}</script>",
    ),
    (
        "wall-cloudflare",
        503,
        "Just a moment...",
        "<h1>www.exemple.fr</h1><p>Checking your browser before accessing exemple.fr.</p><p>DDoS protection by "
        "Cloudflare</p>",
    ),
    (
        "wall-cloudflare",
        200,
        "Un instant…",
        "<p>Vérifiez que vous êtes humain</p><script>window._cf_chl_opt={cvId:'3'}</script>",
    ),
    (
        "wall-cloudflare",
        403,
        "Attention Required! | Cloudflare",
        "<h1>Sorry, you have been blocked</h1><p>Cloudflare Ray ID: 8a • Performance &amp; security by Cloudflare</p>",
    ),
    ("wall-cloudflare", 403, "", "error code: 1020"),
    (
        "wall-akamai",
        403,
        "Access Denied",
        '<h1>Access Denied</h1>You don\'t have permission to access "http://www.exemple.fr/" on this '
        "server.<p>Reference #18.2d351ab8.1557333295.a4e16ab<p>https://errors.edgesuite.net/18.2d",
    ),
    (
        "wall-imperva",
        200,
        "",
        "<iframe src='/_Incapsula_Resource?SWUDNSAI=31'>Request unsuccessful. Incapsula incident ID: 123</iframe>",
    ),
    (
        "wall-imperva",
        405,
        "Pardon Our Interruption",
        "<p>As you were browsing something about your browser made us think you were a bot.</p>",
    ),
    (
        "wall-datadome",
        403,
        "exemple.fr",
        "<p id=cmsg>Please enable JS and disable any ad blocker</p><script>var "
        "dd={'host':'geo.captcha-delivery.com'}</script>",
    ),
    (
        "wall-aws",
        202,
        "",
        "<script>window.gokuProps = {}; AwsWafIntegration.getToken()</script><noscript><h1>JavaScript is "
        "disabled</h1></noscript>",
    ),
    ("wall-aws", 405, "Human Verification", "<script src='https://x.captcha.awswaf.com/captcha.js'></script>"),
    (
        "wall-aws",
        403,
        "ERROR: The request could not be satisfied",
        "<h1>403 ERROR</h1><h2>The request could not be satisfied.</h2>Request blocked. We can't connect to the "
        "server for this app or website at this time. Generated by cloudfront (CloudFront)",
    ),
    (
        "wall-f5",
        200,
        "Request Rejected",
        "The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 123",
    ),
    ("wall-f5", 200, "", "<p>The requested URL was rejected. Please consult with your administrator.</p>"),
    ("wall-f5", 200, "", '<script>window["bobcmn"] = "1011";</script><script src=\'/TSPD/08?type=5\'></script>'),
    (
        "wall-perimeterx",
        403,
        "Access to this page has been denied",
        "<div id=px-captcha></div><p>Press & Hold to confirm you are a human (and not a bot).</p>",
    ),
    ("wall-sucuri", 403, "Sucuri WebSite Firewall - Access Denied", "<h1>Access Denied - Sucuri Website Firewall</h1>"),
    ("wall-sucuri", 200, "You are being redirected...", "<script>var s={};sucuri_cloudproxy_js='';</script>"),
    (
        "wall-ddos-guard",
        403,
        "DDoS-Guard",
        "<p>Checking your browser before accessing exemple.fr</p><p>DDoS protection by DDoS-Guard</p>",
    ),
    (
        "wall-anubis",
        200,
        "Making sure you're not a bot!",
        "<p>You are seeing this because the administrator of this website has set up Anubis.</p><script "
        "id=anubis_challenge></script>",
    ),
    (
        "wall-anubis",
        200,
        "Vérification que vous n'êtes pas un robot !",
        "<p>Calcul en cours…</p><p>Protégé par Anubis</p>",
    ),
    ("wall-radware", 200, "Radware Captcha Page", "<script src='https://captcha.perfdrive.com/x.js'></script>"),
    (
        "wall-captcha",
        200,
        "Êtes-vous un robot ?",
        "<p>Vérification que vous n'êtes pas un robot.</p><div class=g-recaptcha></div>",
    ),
    ("wall-captcha", 200, "Are you a robot?", "<p>Please complete the CAPTCHA to continue</p>"),
    ("wall-captcha", 429, "Vercel Security Checkpoint", "<p>We're verifying your browser</p>"),
    ("wall-captcha", 200, "Vérification de sécurité", "<p>Confirmez que vous n'êtes pas un robot</p>"),
    ("wall-captcha", 503, "Sorry...", "<p>Our systems have detected unusual traffic from your computer network.</p>"),
    ("wall-captcha", 200, "", "<p>Enable JavaScript and cookies to continue</p>"),
    ("wall-captcha", 403, "Accès bloqué", "<p>Votre adresse IP a été bloquée.</p>"),
    ("wall-captcha", 200, "exemple.fr", "<p>Veuillez prouver que vous êtes humain</p>"),
    (
        "wall-captcha",
        200,
        "One moment, please...",
        "<h1>Please wait while your request is being verified...</h1><p>Verifying you are human</p>",
    ),
)


@pytest.mark.parametrize(("code", "status_code", "title", "body"), WALLS)
def test_a_wall_is_told_by_its_body(code: str, status_code: int, title: str, body: str) -> None:
    found = wall_in(html(body, title=title), status_code)

    assert found is not None
    assert found.code == code


NOT_WALLS = (
    (
        200,
        "Contact",
        "<h1>Contact</h1><form>Courriel <input> Message <textarea></textarea> Vérification : êtes-vous un robot "
        "? <div class=g-recaptcha></div></form>",
    ),
    (
        200,
        "Données",
        "<h1>Population</h1>" + LOREM * 6 + "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>",
    ),
    (
        200,
        "Données",
        "<h1>Population</h1><p>Carte</p><script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>",
    ),
    (200, "Cloudflare — Wikipédia", "<h1>Cloudflare</h1><p>DDoS protection by Cloudflare.</p>" + LOREM * 6),
    (200, "Les robots et nous", "<h1>Êtes-vous un robot ?</h1><p>Article sur le test de Turing.</p>" + LOREM * 3),
    (200, "CAPTCHA — Wikipédia", "<h1>CAPTCHA</h1><p>Un CAPTCHA vérifie que vous êtes humain.</p>" + LOREM * 4),
    (404, "Page introuvable | Cloudflare", "<h1>404</h1><p>Cloudflare Ray ID: x blocked</p>"),
    (
        200,
        "App",
        "<noscript>Please enable JavaScript to run this app.</noscript><div id=root></div><script "
        "src=/main.js></script>",
    ),
    (200, "Robotique", "<h1>Robotique agricole</h1><p>Un robot désherbeur.</p>"),
    (500, "Erreur 500", "<h1>Erreur interne du serveur</h1>"),
    (503, "Service indisponible", "<p>Le serveur est surchargé.</p>"),
    (
        522,
        "exemple.fr | 522: Connection timed out",
        "<h1>Connection timed out</h1><p>Cloudflare Ray ID: 12 • Performance &amp; security by Cloudflare</p>",
    ),
    (200, "Newsletter", "<h1>Inscription</h1><p>Votre e-mail</p><p>Vérifiez que vous n'êtes pas un robot</p>"),
    (200, "Vous avez été bloqué", "<h1>Que faire si votre adresse IP a été bloquée ?</h1><p>" + LOREM),
    (200, "Contrôle de sécurité", "<h1>Contrôle de sécurité</h1><p>Ascenseurs</p><script src=/m.js></script>"),
    (200, "Accès refusé", "<h1>Accès refusé</h1><p>Vous devez être connecté.</p>"),
    (403, "403 Forbidden", "<h1>Forbidden</h1><p>You don't have permission to access this resource.</p>"),
    (200, "Un instant", "<h1>Un instant</h1><p>Poème</p>"),
    (200, "Commentaires", "<p>Article</p><p>Prouvez que vous êtes humain : 3 + 4 =</p>"),
    (
        200,
        "Carte",
        "<div id=root></div><script src='/_Incapsula_Resource?SWJIYLWA=1'></script><script src=/main.js></script>",
    ),
    (200, "Carte", "<div id=root></div><script>window._pxAppId='PX1'</script><script src=/main.js></script>"),
    (502, "exemple.fr | 502: Bad gateway", "<h1>Bad gateway</h1><p>Performance &amp; security by Cloudflare</p>"),
    (200, "Accès refusé ? La procédure d'asile", "<h1>Accès refusé</h1><p>" + LOREM),
)


@pytest.mark.parametrize(("status_code", "title", "body"), NOT_WALLS)
def test_no_wall_is_seen_where_there_is_none(status_code: int, title: str, body: str) -> None:
    assert wall_in(html(body, title=title), status_code) is None


DOUBTFUL = (
    html("<h1>404 Not Found</h1>" + LOREM * 9, title="404 Not Found - HTTP | MDN"),
    html(MENU * 9, title="Page introuvable - Portail"),
    html("<h1>Accueil</h1>" + LOREM * 9, title="Accueil", head="<link rel=canonical href='https://www.exemple.fr/'>"),
    html("<p>La page demandée n'existe pas.</p>" + LOREM * 3, title="Portail"),
)


@pytest.mark.parametrize("page", DOUBTFUL)
def test_weak_evidence_is_a_doubt_and_no_more(page: Page) -> None:
    assert code_of(page) == ""
    assert doubt_of(page, url=DEEP) is not None


@pytest.mark.parametrize("page", [html(body, title=title) for title, body in ALIVE[5:17]])
def test_living_pages_raise_no_doubt(page: Page) -> None:
    assert doubt_of(page, url=DEEP) is None


def test_the_home_page_is_its_own_canonical() -> None:
    page = html("<h1>Accueil</h1>", title="Accueil", head="<link rel=canonical href='https://www.exemple.fr/'>")

    assert doubt_of(page, url="https://www.exemple.fr/") is None
    assert doubt_of(page, url="https://www.exemple.fr/?utm_source=x") is None


def control(path: str, *, script: str = "") -> Page:
    return html(f"<h1>Accueil</h1><p>Vous avez demandé {path}</p>{LOREM * 3}{script}", title=f"Portail {path}")


def test_a_host_that_answers_the_impossible_with_the_same_page_confirms_the_doubt() -> None:
    assert confirmed(control("/donnees/fiche-12"), control("/zq-7f3a9/rien"), 200)


@pytest.mark.parametrize("status_code", [404, 410, 403, 500, 302])
def test_an_honest_refusal_of_the_impossible_dismisses_the_doubt(status_code: int) -> None:
    assert not confirmed(control("/donnees/fiche-12"), control("/zq-7f3a9/rien"), status_code)


def test_an_application_confirms_nothing() -> None:
    shell = html("<div id=app></div><script src=/main.js></script>", title="Portail")

    assert not confirmed(shell, shell, 200)


def test_another_page_confirms_nothing() -> None:
    assert not confirmed(html("<h1>Population</h1>" + LOREM, title="Population"), control("/zq"), 200)
    assert not similar(
        html("<h1>A</h1>" + LOREM, title="Portail"), html("<p>Bonjour tout le monde</p>", title="Portail")
    )


# --- addresses


@pytest.mark.parametrize(
    "url",
    [
        "https://exemple.fr/login",
        "https://exemple.fr/connexion?next=/x",
        "https://exemple.fr/fr/user/login",
        "https://exemple.fr/wp-login.php?redirect_to=x",
        "https://cas.univ-tlse2.fr/cas/login?service=https://x",
        "https://sso.exemple.fr/auth/realms/agents/protocol/openid-connect/auth?client_id=x",
        "https://accounts.google.com/v3/signin/identifier",
        "https://login.microsoftonline.com/common/oauth2/authorize",
        "https://exemple.fr/Shibboleth.sso/Login",
        "https://adfs.exemple.fr/adfs/ls/?wa=wsignin1.0",
        "https://exemple.fr/authentification",
        "https://exemple.fr/users/sign_in",
        "https://exemple.fr/se-connecter",
        "https://exemple.fr/oauth/authorize?client_id=1",
        "https://exemple.fr/#/login",
        "https://exemple.fr/index.php?action=login",
        "https://exemple.fr/account/login.aspx",
    ],
)
def test_where_one_is_asked_who_one_is(url: str) -> None:
    assert login_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://exemple.fr/",
        "https://exemple.fr/aide/connexion",
        "https://exemple.fr/actualites/connexion-au-reseau-de-chaleur",
        "https://exemple.fr/cassini/cartes",
        "https://www.cas.fr/donnees",
        "https://exemple.fr/blog/login",
        "https://exemple.fr/statistiques?page=2",
        "https://exemple.fr/sso-rapport.pdf",
        "http://[cassé",
        "",
    ],
)
def test_where_one_is_not(url: str) -> None:
    assert not login_url(url)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "//",
        "/index.html",
        "/index.php",
        "/default.aspx",
        "/fr",
        "/fr/",
        "/en",
        "/accueil",
        "/home",
        "/fr/accueil",
        "/index.jsp",
        "/accueil.html",
        "/Accueil",
        "/fr/index.php",
        "/?utm_source=x",
        "/#c=home",
        "/web/guest/home"[:4],
    ],
)
def test_homes(path: str) -> None:
    assert home_url(f"https://exemple.fr{path}")


@pytest.mark.parametrize(
    "path",
    ["/donnees", "/fr/statistiques", "/?page_id=12", "/index.php?id=4", "/accueil/carte", "/francais", "/home-sweet"],
)
def test_not_homes(path: str) -> None:
    assert not home_url(f"https://exemple.fr{path}")


@pytest.mark.parametrize(
    "host",
    [
        "sedo.com",
        "www.hugedomains.com",
        "https://www.hugedomains.com/domain_profile.cfm?d=x.com",
        "https://dan.com/buy-domain/x",
        "http://ww25.exemple.fr/?subid1=2026",
        "http://ww1.exemple.fr/?usid=24&utid=9",
        "https://www.afternic.com/forsale/x.com",
        "ww12.x.fr",
        "https://www.godaddy.com/forsale/x.com",
        "https://exemple.fr/lander",
        "https://x.bodis.com/",
    ],
)
def test_where_domains_are_sold(host: str) -> None:
    assert parking_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "www.insee.fr",
        "https://www.insee.fr/",
        "https://www.godaddy.com/fr-fr",
        "https://sedoc.fr/",
        "jordan.com",
        "http://ww2.ac-toulouse.fr/",
        "ww2.ac-toulouse.fr",
        "https://exemple.fr/lander-et-fils",
        "",
        "http://[x",
    ],
)
def test_where_they_are_not(host: str) -> None:
    assert not parking_host(host)


FILES = (
    ("https://a.fr/x.csv", "csv"),
    ("https://a.fr/X.PDF?download=1", "pdf"),
    ("https://a.fr/a/b.tar.gz", "gz"),
    ("https://a.fr/a.geojson#x", "geojson"),
    ("https://a.fr/raw/master/a.csv", "csv"),
    ("https://a.fr/r%C3%A9sultats.XLSX", "xlsx"),
    ("https://a.fr/x.gpkg", "gpkg"),
    ("https://github.com/a/b/blob/main/x.csv", ""),
    ("https://gitlab.com/a/b/-/blob/main/x.csv", ""),
    ("https://fr.wikipedia.org/wiki/Fichier:Carte.svg", ""),
    ("https://commons.wikimedia.org/wiki/File:X.jpg", ""),
    ("https://a.fr/tree/x.zip", ""),
    ("https://a.fr/x.html", ""),
    ("https://a.fr/page", ""),
    ("https://a.fr/.csv", ""),
    ("https://a.fr/page.aspx?f=x.csv", ""),
    ("https://www.dropbox.com/s/1/x.pdf?dl=0", ""),
    ("https://exemple.com", ""),
    ("https://a.fr/v1.2", ""),
    ("http://[x/a.csv", ""),
)


@pytest.mark.parametrize(("url", "extension"), FILES)
def test_the_file_that_an_address_promises(url: str, extension: str) -> None:
    assert file_promised(url) == extension


def test_a_page_where_a_file_was_promised_is_of_the_wrong_type() -> None:
    page = html("<h1>Bienvenue</h1>", title="Portail")

    found = wrong_type(page, url="https://a.fr/x.csv")
    assert found == ("wrong-type", "Portail")
    assert wrong_type(page, url="https://github.com/a/b/blob/main/x.csv") is None


@pytest.mark.parametrize(
    ("body", "content_type", "url", "is_wrong"),
    [
        (b"a;b;c\n1;2;3\n", "text/html", "https://a.fr/x.csv", False),
        (b"a;b;c\n1;2;3\n", "text/csv", "https://a.fr/x.csv", False),
        (b'{"a": 1}', "text/html", "https://a.fr/x.json", False),
        (b"%PDF-1.7 ...", "text/html", "https://a.fr/x.pdf", False),
        (b"PK\x03\x04....", "text/html", "https://a.fr/x.xlsx", False),
        (b"<!doctype html><title>Portail</title><p>x", "application/pdf", "https://a.fr/x.pdf", True),
        (b"<!doctype html><title>Portail</title><p>x", "text/csv", "https://a.fr/x.csv", True),
        (b"<html><table><tr><td>1", "application/vnd.ms-excel", "https://a.fr/x.xls", False),
        (b"<html><p>Connectez-vous", "text/html", "https://a.fr/x.xls", True),
        (b"Fichier introuvable", "text/html", "https://a.fr/x.pdf", True),
        (b"\x89PNG\r\n\x1a\n", "text/html", "https://a.fr/x.png", False),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "https://a.fr/x.svg", False),
        (b"<?xml version='1.0'?><kml/>", "text/xml", "https://a.fr/x.kml", False),
        (b"", "text/html", "https://a.fr/x.csv", False),
    ],
)
def test_the_bytes_say_whether_a_file_came(body: bytes, content_type: str, url: str, is_wrong: bool) -> None:
    assert (wrong_type(read_page(body, content_type), url=url) is not None) is is_wrong


# --- expectations


PORTAL = html(
    "<h1>Dossier&nbsp;complet</h1><p>Population de la CA du&nbsp;Sicoval</p>", title="Dossier complet &ndash; Sicoval"
)
DATA = read_page(b'{"total_count": 12, "results": [{"name": "x"}]}', "application/json; charset=utf-8")


@pytest.mark.parametrize(
    ("page", "expect", "unmet"),
    [
        (PORTAL, Expectation(text="dossier complet"), ""),
        (PORTAL, Expectation(text="CA du Sicoval"), ""),
        (PORTAL, Expectation(text="Castanet"), "text: Castanet"),
        (html("<p>CA du Sico<b>val</b>, l'e<i>m</i>ploi"), Expectation(text="Sicoval"), ""),
        (html("<p>CA du Sico<b>val</b>, l'e<i>m</i>ploi"), Expectation(text="l'emploi"), ""),
        (html("<p>Auzeville&#8209;Tolosane et Saint‐Orens"), Expectation(text="Auzeville-Tolosane"), ""),
        (html("<p>Auzeville-Tolo&shy;sane"), Expectation(text="auzeville tolosane"), ""),
        (html("<p>Data gouv"), Expectation(text="datagouv"), ""),
        (html("<p>Agora"), Expectation(text="Gora"), "text: Gora"),
        (html("<p>Sicovaliens"), Expectation(text="Sicoval"), "text: Sicoval"),
        (PORTAL, Expectation(title="sicoval"), ""),
        (PORTAL, Expectation(title="Sico"), "title: Sico"),
        (PORTAL, Expectation(type="text/html"), ""),
        (PORTAL, Expectation(type="text/csv"), "type: text/csv"),
        (PORTAL, Expectation(text="Sicoval", title="Toulouse"), "title: Toulouse"),
        (PORTAL, Expectation(json="total_count"), "json: total_count"),
        (PORTAL, Expectation(), ""),
        (DATA, Expectation(json="total_count", type="application/json"), ""),
        (DATA, Expectation(json="results.name"), ""),
        (DATA, Expectation(json="absent"), "json: absent"),
        (DATA, Expectation(type="application/*"), ""),
        (read_page(b"a;b\n1;2", "text/plain"), Expectation(type="text/csv"), ""),
        (read_page(b"%PDF-1.4", "application/octet-stream"), Expectation(type="application/pdf"), ""),
        (read_page(b"<html><p>Bonjour", "text/html", whole=False), Expectation(text="absent"), None),
        (read_page(b'{"a": 1, "total_count": [', "application/json", whole=False), Expectation(json="total_count"), ""),
        (read_page(b'{"a": 1, "b": [', "application/json", whole=False), Expectation(json="total_count"), None),
        (read_page(b"", ""), Expectation(text="x"), "text: x"),
        (html("Chargement<script>window.GCO5={}</script>"), Expectation(text="window.GCO5"), ""),
        (html("Chargement<script src=/main.js></script>"), Expectation(text="Sicoval"), None),
    ],
)
def test_what_the_catalogue_expects(page: Page, expect: Expectation, unmet: str | None) -> None:
    assert expectation_unmet(page, expect) == unmet


# --- fragments


STATIC = html(
    f"<h2 id=population>Population</h2><a name='Âge'></a><i id='user-content-emploi'></i><i id='a b'></i><p>{LOREM}</p>"
    "<script>tabs.show('onglet-3')</script>"
)


@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "top",
        "TOP",
        "population",
        "%70opulation",
        "Âge",
        "%C3%82ge",
        "emploi",
        "a%20b",
        "onglet-3",
        ":~:text=absent",
        "c=home",
        "c=indicator&i=pop.x",
        "/route",
        "!/route",
        "?q=1",
        "12/43.5/1.4",
        "page=3",
        "t=10",
        "population:~:text=x",
        "L12-L14",
        "map/3",
        "5/46.2/2.1",
    ],
)
def test_fragments_that_are_not_missing(fragment: str) -> None:
    assert not fragment_missing(STATIC, fragment)


@pytest.mark.parametrize(
    "fragment", ["absent", "Population", "emplois", "user-content-x", "a+b", "%C3%82GE", "gone:~:text=x", "section-2"]
)
def test_fragments_that_are_missing(fragment: str) -> None:
    assert fragment_missing(STATIC, fragment)


@pytest.mark.parametrize(
    "page",
    [
        html("<div id=app></div><script src=/main.js></script>"),
        read_page(b"<html><p>x", "text/html", whole=False),
        read_page(b"%PDF-1.4", "application/pdf"),
        html(LOREM, head="<script src=/js/tocbot.min.js></script>"),
        html(LOREM + "<script>if (location.hash) open(location.hash)</script>"),
    ],
)
def test_fragments_that_cannot_be_judged_are_not_missing(page: Page) -> None:
    assert not fragment_missing(page, "absent")


@pytest.mark.parametrize(
    ("fragment", "is_missing"),
    [
        (":~:text=population%20l%C3%A9gale", False),
        (":~:text=La%20population,recensement", False),
        ("population:~:text=les%20ages-,les%20dipl%C3%B4mes", False),
        (":~:text=introuvable%20ici", True),
        (":~:text=recensement,commune%20est", True),
        (":~:text=absent&text=logements", False),
        ("population", False),
        (":~:", False),
        (":~:text=", False),
    ],
)
def test_text_fragments(fragment: str, is_missing: bool) -> None:
    assert text_fragment_missing(STATIC, fragment) is is_missing


# --- properties

WORDS = st.sampled_from(
    [
        "404",
        "page",
        "cette",
        "la",
        "n'existe",
        "pas",
        "plus",
        "introuvable",
        "erreur",
        "maintenance",
        "le",
        "site",
        "est",
        "fermé",
        "domaine",
        "à",
        "vendre",
        "robot",
        "captcha",
        "vérifiez",
        "que",
        "vous",
        "connexion",
        "Sicoval",
        "not",
        "found",
        "|",
        "-",
    ]
)
PHRASES = st.lists(WORDS, max_size=12).map(" ".join)
PAGES = st.builds(
    Page,
    media_type=st.sampled_from(["", "text/html", "text/csv"]),
    size=st.integers(0, 10),
    whole=st.booleans(),
    html=st.booleans(),
    kind=st.sampled_from(["", "html", "text", "json", "pdf"]),
    title=PHRASES,
    headings=st.lists(PHRASES, max_size=3).map(tuple),
    text=PHRASES | st.text(max_size=50),
    marks=st.sets(st.sampled_from(["template-404", "parking", *MARKS]), max_size=2).map(frozenset),
    canonical=st.sampled_from(["", "/", "https://exemple.fr/", "http://[x"]),
    refresh=st.none() | st.tuples(st.floats(0, 9), PHRASES),
    password=st.booleans(),
    embeds=st.booleans(),
    scripts=st.booleans(),
    app=st.booleans(),
)
URLS = st.sampled_from([DEEP, "https://exemple.fr/", "", "http://[x", "https://a.fr/x.csv#y", "///"]) | st.text(
    max_size=30
)


@given(PAGES, PAGES, URLS, st.integers(0, 1000), st.text(max_size=20))
def test_no_page_and_no_address_breaks_a_rule(
    page: Page, other: Page, url: str, status_code: int, fragment: str
) -> None:
    seen = [sight_of(page, url=url), doubt_of(page, url=url), wall_in(page, status_code), wrong_type(page, url=url)]
    expectation_unmet(page, Expectation(text=fragment, title=url, type=fragment, json=url))
    fragment_missing(page, fragment)
    text_fragment_missing(page, f":~:text={fragment}")
    parking_host(url), login_url(url), home_url(url), file_promised(url)

    assert all(len(found.seen) <= 120 for found in seen if found)
    assert similar(page, other) == similar(other, page)


@given(PAGES, st.sampled_from([name for name in MARKS if name.startswith("wall-")]))
def test_a_mark_of_a_wall_never_makes_a_page_healthier(page: Page, mark: str) -> None:
    marked = replace(page, marks=page.marks | {mark})

    assert wall_in(page, 403) is None or wall_in(marked, 403) is not None
    assert (sight_of(page, url=DEEP) is None) or (sight_of(marked, url=DEEP) is not None)


@given(PAGES, st.text(max_size=10))
def test_no_fragment_is_missed_in_a_page_read_in_part(page: Page, fragment: str) -> None:
    assert not fragment_missing(replace(page, whole=False), fragment)
