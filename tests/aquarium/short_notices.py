"""Notices of a sentence or two as products and hosts write them, and short pages that share their words."""

from diagsources.model import Verdict
from tests.aquarium.case import OK, RESTRICTED, SUSPECT, page
from tests.aquarium.html import bare, site

_DEAD = "Un avis, et rien d'autre."
_KEPT_OUT = "Un refus : la page est là, pour qui y a droit."
_ALIVE = "La page."


def _put(name: str, person: str, verdict: Verdict, reason: str, document: str) -> None:
    @page(name=name, path=f"/short-notices/{name}", person=person, verdict=verdict, reason=reason)
    def _page() -> str:
        return document


for _name, _reason, _title, _body in (
    ("page-has-moved", "closed-notice", "Cette page a déménagé", "<h1>Cette page a déménagé</h1><p>Voyez obs.fr.</p>"),
    (
        "site-has-moved",
        "closed-notice",
        "ORS",
        "<p>Notre site a changé d'adresse. <a href=//x.fr>Cliquez ici</a> pour accéder au nouveau site.",
    ),
    (
        "we-have-moved",
        "closed-notice",
        "Site moved",
        "<h1>We've moved!</h1><p>Our website has moved to new.fr. Please update your bookmarks.",
    ),
    (
        "old-site",
        "closed-notice",
        "Observatoire",
        "<p>Vous êtes sur l'ancien site. Le nouveau site est à l'adresse obs.fr.",
    ),
    (
        "closed-for-good",
        "closed-notice",
        "Fermeture du service",
        "<h1>Le service est définitivement fermé</h1><p>La carte a été arrêtée le 31 décembre 2024. Les données"
        " restent "
        "disponibles sur le portail data.gouv.fr.",
    ),
    (
        "association-is-gone",
        "closed-notice",
        "Centre de ressources",
        "<h1>Centre de ressources</h1><p>L'association a été dissoute le 15 mars 2023. Ce site est fermé. Les"
        " publications "
        "sont aux archives.",
    ),
    (
        "closes-its-doors",
        "closed-notice",
        "Data Publica",
        "<h1>Data Publica ferme ses portes</h1><p>L'annuaire n'est plus accessible. Nous remercions nos utilisateurs.",
    ),
    (
        "shut-down",
        "closed-notice",
        "Spending Viewer",
        "<h1>Spending Viewer has been shut down</h1><p>Thank you to everyone who used it. Datasets are archived.",
    ),
    (
        "personal-pages",
        "closed-notice",
        "Pages Perso",
        "<h1>Le service Pages Perso est fermé</h1><p>Les Pages Perso ne sont plus accessibles.",
    ),
    ("shop", "closed-notice", "Boutique indisponible", "<h1>Désolé, cette boutique n’est pas disponible.</h1>"),
    ("not-active", "closed-notice", "Observatoire", "<p>Ce site n'est plus actif.</p>"),
    (
        "wiki-without-text",
        "soft-404",
        "Données locales — Wiki",
        "<h1>Données locales</h1><p>Il n’y a pour l’instant aucun texte sur cette page. Vous pouvez créer cette page.",
    ),
    (
        "file-in-a-drive",
        "soft-404",
        "Erreur",
        "<p>Google Drive<p>Désolé, le fichier que vous avez demandé n'existe pas. Veuillez vérifier l'URL."
        " Exploitez au "
        "mieux Google Drive avec les applications associées",
    ),
    ("pad", "soft-404", "Framapad", "<h1>Ce pad n'existe plus</h1><p>Il a été supprimé."),
    ("unknown-identifier", "soft-404", "Indicateur", "<p>Aucun indicateur ne correspond à cet identifiant.</p>"),
    (
        "topic",
        "soft-404",
        "Forum SIG - Informations",
        "<h1>Informations</h1><p>Le sujet demandé n’existe pas.</p><p>Développé par phpBB® Forum Software © phpBB",
    ),
    (
        "domain-without-a-site",
        "default-page",
        "",
        "<h1>Looks Like This Domain Isn't Connected To A Website Yet</h1><p>Is this your domain? Connect it.",
    ),
    ("laravel", "default-page", "Laravel", "<div>Laravel</div>"),
    (
        "symfony",
        "default-page",
        "Welcome to Symfony!",
        "<h1>Welcome to Symfony 5.4.21</h1><p>Your application is ready.",
    ),
    ("launching", "default-page", "Launching Soon", "<p>obs.com<p>Launching Soon"),
    (
        "sorry",
        "default-page",
        "SORRY!",
        "<h1>SORRY!</h1><p>If you are the owner of this website, please contact your hosting provider: w@x.fr",
    ),
    (
        "database-refuses",
        "application-error",
        "Fiche",
        "<h1>Fiche</h1>Échec : Access denied for user 'atlas'@'localhost' (using password: YES)",
    ),
    (
        "table-crashed",
        "application-error",
        "Agenda",
        "<h1>Agenda</h1><p>Table './commune/agenda' is marked as crashed and should be repaired",
    ),
    (
        "nextcloud",
        "maintenance-notice",
        "Nextcloud",
        "<h2>Mode maintenance</h2><p>Cette instance est actuellement en mode maintenance.",
    ),
    ("portlet", "maintenance-notice", "Carte - Chambre", "<p>Carte est temporairement indisponible.</p>"),
):
    _put(_name, _DEAD, SUSPECT, _reason, bare(_title, _body))


for _name, _reason, _title, _body in (
    (
        "needs-permission",
        "access-denied",
        "Google Drive",
        "<h1>Vous avez besoin d'une autorisation d'accès</h1><p>Demandez-la, ou changez de compte.",
    ),
    (
        "no-permission",
        "access-denied",
        "Open Data",
        "<h1>You do not have permission to access this content</h1><p>Please sign in.",
    ),
    ("no-right-to-a-record", "access-denied", "Catalogue", "<p>Vous n'êtes pas autorisé à consulter cette fiche."),
    ("privileges", "access-denied", "Privilèges insuffisants", "<h1>Privilèges insuffisants</h1><p>Désolé."),
    ("private-site", "access-denied", "Site privé", "<h1>Ce site est privé.</h1><p>Demandez une invitation."),
    (
        "central-login",
        "auth-required",
        "Service central d'authentification",
        "<form>Identifiant <input name=u> Mot de passe <input type=password> <button>Se"
        " connecter</button></form><p>Pour des "
        "raisons de sécurité, veuillez fermer votre navigateur lorsque vous avez fini d'accéder aux services"
        " authentifiés.",
    ),
    (
        "single-sign-on",
        "auth-required",
        "",
        '<form method="post" action="https://idp.fr/SSO"><input type="hidden" name="SAMLRequest" value="fZ"></form>',
    ),
    ("robot-challenge", "wall-captcha", "Robot Challenge Screen", "<p>Verify you are human.</p>"),
):
    _put(_name, _KEPT_OUT, RESTRICTED, _reason, bare(_title, _body))


for _name, _title, _body in (
    (
        "answers-of-http",
        "Codes de retour",
        "<h1>Codes de retour</h1><table><tr><td>404 Not Found<td>la commune n'existe pas<tr><td>429 Too Many"
        " Requests<td>"
        "quota<tr><td>500 Internal Server Error<td>erreur</table>",
    ),
    (
        "dead-links",
        "Liens morts",
        "<h1>Liens morts relevés</h1><p>a.fr : 404 Not Found<p>b.fr : page introuvable<p>c.fr : 503 Service"
        " Unavailable",
    ),
    (
        "every-night",
        "Disponibilité",
        "<h1>Disponibilité</h1><p>Le portail est indisponible chaque nuit de 2h à 3h pour maintenance.",
    ),
    (
        "on-sundays",
        "État civil",
        "<h1>État civil</h1><p>Le service en ligne est momentanément indisponible les dimanches soir de 22h à minuit.",
    ),
    (
        "error-in-metres",
        "Erreur 500 m : précision",
        "<h1>Une erreur de 500 m</h1><p>Le géocodage à la commune a cette erreur moyenne.",
    ),
    (
        "printed-wrong",
        "Erreur sur votre facture",
        "<h1>Erreur sur votre facture</h1><p>Une erreur s'est produite lors de l'édition des factures d'octobre.",
    ),
    (
        "form-that-has-not-failed",
        "Méthode",
        "<h1>Méthode</h1><p>Nous croisons deux sources.<form><div class=w-form-fail>Oops! Something went wrong while "
        "submitting the form.</div></form>",
    ),
    (
        "how-to-log-in",
        "Se connecter à l'extranet",
        "<h1>Se connecter à l'extranet</h1><p>Pour accéder aux documents, vous devez vous connecter avec votre"
        " adresse.",
    ),
    (
        "portals-that-closed",
        "Data portals that have been shut down",
        "<h1>Data portals that have been shut down</h1><p>We list ten portals, and where their datasets went.",
    ),
    (
        "office-has-moved",
        "We have moved",
        "<h1>We have moved</h1><p>Our office has moved to 12 Station Street. Please update your records.",
    ),
    ("shop-on-line", "La boutique", "<h1>La boutique est disponible en ligne</h1><p>Livres et cartes de la commune."),
    ("moderated-forum", "Forum", "<h1>Forum</h1><p>Notre forum est fermement modéré. Les données sont libres."),
    (
        "plan-at-an-address",
        "PLU",
        "<h1>Plan local d'urbanisme</h1><p>Le plan local d'urbanisme est désormais accessible à l'adresse suivante"
        " : plu.fr.",
    ),
    (
        "closed-cliff",
        "Via ferrata",
        "<h1>Via ferrata</h1><p>Ce site est fermé. Le parcours reprendra après les pluies.",
    ),
    (
        "hall-not-to-be-had",
        "Salle des fêtes",
        "<h1>La salle des fêtes n'est plus disponible</h1><p>Liens utiles : les autres salles de la commune.",
    ),
    ("without-internet", "Aide", "<h1>Vous n'avez pas accès à Internet ?</h1><p>La maison France Services vous aide."),
    ("private-cave", "Grotte", "<h1>Grotte de la Vère - Site privé</h1><p>Visites avec le propriétaire, sur demande."),
    (
        "closed-and-readable",
        "Portail",
        "<h1>Portail</h1><p>Notre portail est fermé, mais les données restent consultables dans la rubrique Archives.",
    ),
    ("contact", "Contact", "<h1>Contact</h1><form>Prouvez que vous n'êtes pas un robot : 3 + 4 ? <input></form>"),
    ("probe", "Hydrologie", "<h1>Hydrologie</h1><p>La sonde de la Vère est en mode maintenance jusqu'à vendredi."),
):
    _put(_name, _ALIVE, OK, "http-200", site(_title, _body))
