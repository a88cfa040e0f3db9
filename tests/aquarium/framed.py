"""What sites say within their whole frame: a menu of sixty links and a footer hide no notice, and make none."""

from diagsources.model import Verdict
from tests.aquarium.case import OK, RESTRICTED, SUSPECT, page
from tests.aquarium.frames import FRAMES
from tests.aquarium.html import PARAGRAPHS

_SHORT = f"<p>{PARAGRAPHS[0]}</p>"

_NOTICES = (
    # name, reasons, title, what is the page's own
    (
        "state-404",
        "soft-404",
        "Erreur 404",
        "<h1>Page non trouvée</h1><p>Erreur 404</p><p>La page que vous cherchez est introuvable. Excusez-nous pour la "
        "gêne "
        "occasionnée.</p><p>Si vous avez tapé l'adresse web dans le navigateur, vérifiez qu'elle est correcte. La page "
        "n’est peut-être plus disponible. Dans ce cas, pour continuer votre visite vous pouvez consulter notre page "
        "d’accueil, ou effectuer une recherche avec notre moteur de recherche en haut de page. Sinon contactez-nous "
        "pour "
        "que l’on puisse vous rediriger vers la bonne information.</p><a href='/'>Page d'accueil</a>",
    ),
    (
        "wordpress-404",
        "soft-404",
        "Page non trouvée",
        "<h1>Oups ! Cette page est introuvable.</h1><p>Il semble que rien "
        "n’ait été trouvé à cet emplacement. Essayez avec une recherche ?</p>",
    ),
    ("heading-alone", "soft-404", "Accueil", "<h1>Oups !</h1><p>La page que vous recherchez semble introuvable.</p>"),
    (
        "nothing-found",
        "soft-404",
        "Nothing found",
        "<h1>Nothing Found</h1><p>It seems we can’t find what you’re looking for. Perhaps searching can help.</p>",
    ),
    ("document-gone", "soft-404", "Document", "<h1>Ce document n'est plus disponible</h1>"),
    (
        "iis-in-french",
        "soft-404",
        "404",
        "<h1>Erreur du serveur</h1><h2>404 - Fichier ou répertoire introuvable.</h2>"
        "<h3>La ressource que vous recherchez a peut-être été supprimée, renommée ou est temporairement "
        "indisponible.</h3>",
    ),
    ("without-accents", "soft-404", "ERREUR", "<h1>LA PAGE DEMANDEE N'EXISTE PAS</h1>"),
    (
        "dataset-gone",
        "soft-404",
        "Jeu de données",
        "<h1>Jeu de données introuvable</h1><p>Il a peut-être été supprimé.</p>",
    ),
    (
        "maintenance",
        "maintenance-notice",
        "Portail",
        "<p>Le site est momentanément indisponible en raison d'une opération "
        "de maintenance. Veuillez nous excuser pour la gêne occasionnée.</p>",
    ),
    (
        "until-monday",
        "maintenance-notice",
        "Application indisponible",
        "<h1>L'application est indisponible</h1><p>Elle est fermée pour maintenance jusqu'à lundi 8 h.</p>",
    ),
    (
        "overloaded",
        "maintenance-notice",
        "Affluence",
        "<p>Nos serveurs sont actuellement surchargés. Merci de réessayer dans quelques minutes.</p>",
    ),
    ("closed", "closed-notice", "Information", "<p>Ce service a été arrêté.</p>"),
    (
        "out-of-service",
        "closed-notice",
        "Information",
        "<p>La plateforme n'est plus en service. Pour toute question : contact@exemple.fr</p>",
    ),
    (
        "moved-out",
        "closed-notice",
        "Déménagement",
        "<h1>Nous avons changé d'adresse</h1><p>Le site est désormais accessible à l'adresse www.nouveau.fr.</p>",
    ),
    (
        "drupal-error",
        "application-error",
        "Erreur",
        "<p>Le site Web a rencontré une erreur inattendue. Veuillez essayer de nouveau plus tard.</p>",
    ),
    ("no-database", "application-error", "Erreur", "<h1>0 - Could not connect to MySQL.</h1>"),
    ("a-problem", "application-error", "Oups", "<h1>Un problème est survenu</h1><p>Nos équipes ont été averties.</p>"),
)
_WALLS = (
    (
        "captcha",
        "wall-captcha",
        "Vérification",
        "<h1>Êtes-vous un robot ?</h1><p>Recopiez les caractères de l'image.</p>"
        "<img src='c.png' alt=''><input name='code'>",
    ),
    ("login", "auth-required", "Connexion", "<h1>Connexion</h1><form><input name='u'><input type='password'></form>"),
)
_CARDS = "".join(f'<div class="fr-card"><h3><a href="/jeu/{n}">Jeu de données {n}</a></h3></div>' for n in range(30))
_LIVING = (
    ("short-page", "Population légale", f"<h1>Population légale</h1>{_SHORT}"),
    ("links-alone", "Toutes les données", f"<h1>Toutes les données</h1>{_CARDS}"),
    (
        "banner-above-links",
        "Données",
        "<div><p>Une opération de maintenance est en cours : des données peuvent manquer.</p>"
        f"</div><h1>Données</h1>{_CARDS}",
    ),
    ("part-of-a-portal-down", "Données", f"<p>Une erreur est survenue lors du chargement de la carte.</p>{_CARDS}"),
    ("bridge-maintenance", "Maintenance des ponts", f"<h1>Maintenance des ponts</h1>{_SHORT}"),
    (
        "pool-closed",
        "Fermeture de la piscine",
        "<h1>Fermeture de la piscine</h1><p>La piscine est fermée du 3 au 15 décembre pour vidange.</p>",
    ),
    ("commune-gone", "Communes nouvelles", f"<h1>Cette commune n'existe plus</h1><p>Elle a fusionné.</p>{_SHORT}"),
    (
        "errors-of-an-api",
        "Codes d'erreur de l'API",
        "<h1>Codes d'erreur de l'API</h1><table><tr><td>404</td><td>Not "
        "Found</td></tr><tr><td>500</td><td>Internal Server Error</td></tr></table>",
    ),
    (
        "status-page",
        "Statut des services",
        "<h1>Statut des services</h1><ul><li>Portail : opérationnel</li><li>API : en maintenance</li></ul>",
    ),
    ("lost-property", "Objets trouvés", "<h1>Objets trouvés et perdus</h1><p>Ils sont gardés un an et un jour.</p>"),
    (
        "counter-closed",
        "Service client",
        "<h1>Service client</h1><p>Notre service est actuellement fermé. Il rouvre lundi à 9 h.</p>",
    ),
    (
        "contact-with-captcha",
        "Contact",
        "<h1>Contact</h1><form>Votre nom <input> Message <textarea></textarea>"
        "<p>Confirmez que vous n'êtes pas un robot</p><button>Envoyer</button></form>",
    ),
    ("no-offer", "Offres d'emploi", "<h1>Offres d'emploi</h1><p>Aucune offre n'est disponible actuellement.</p>"),
    (
        "what-a-captcha-is",
        "Captcha",
        f"<h1>CAPTCHA</h1><p>Un captcha est un test qui distingue les humains.</p>{_SHORT}",
    ),
    ("hidden-error", "Carte", f"<h1>Carte</h1><div style='display: none'>La page demandée n'existe pas</div>{_SHORT}"),
    (
        "legal-notice",
        "Mentions légales",
        f"<h1>Mentions légales</h1><p>Le site peut être momentanément indisponible pour maintenance.</p>{_SHORT}",
    ),
    (
        "help-to-log-in",
        "Aide",
        "<h1>Aide</h1><p>Vous n'arrivez pas à vous connecter ? Veuillez réessayer plus tard.</p>",
    ),
    ("line-410", "410", "<h1>Ligne 410</h1><p>Horaires de la ligne de bus 410, de Toulouse à Revel.</p>"),
    ("a-title-of-one-word", "Gone", f"<h1>Gone with the wind</h1>{_SHORT}"),
    (
        "questions",
        "Foire aux questions",
        "<h1>Foire aux questions</h1><h2>Le site est indisponible ?</h2><p>Réessayez plus tard.</p><h2>La page "
        "demandée "
        "n'existe pas ?</h2><p>Vérifiez l'adresse.</p>",
    ),
)


def _put(name: str, person: str, verdict: Verdict, reason: str, title: str, main: str) -> None:
    for frame, framed in FRAMES.items():

        @page(name=f"{name}-{frame}", path=f"/framed/{name}-{frame}", person=person, verdict=verdict, reason=reason)
        def _page(document: str = framed(title, main)) -> str:
            return document


for _name, _reason, _title, _main in _NOTICES:
    _put(_name, "La page d'un site, pour dire qu'il n'y a rien à lire.", SUSPECT, _reason, _title, _main)
for _name, _reason, _title, _main in _WALLS:
    _put(_name, "La page d'un site, qui demande qui l'on est.", RESTRICTED, _reason, _title, _main)
for _name, _title, _main in _LIVING:
    _put(_name, "La page.", OK, "http-200", _title, _main)
