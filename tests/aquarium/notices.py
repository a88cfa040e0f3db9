"""Pages with 200 that say the service is closed, replaced, or down for maintenance."""

from diagsources.model import Verdict
from tests.aquarium.case import OK, SUSPECT, UNAVAILABLE, page
from tests.aquarium.html import article, bare, site

_CLOSED = "Un avis : le service a fermé."
_LATER = "Un avis : le site est en maintenance."


def _closed(name: str, title: str, body: str, lang: str = "fr", also: tuple[str, ...] = ()) -> None:
    @page(name=name, path=f"/notices/{name}", person=_CLOSED, verdict=SUSPECT, reason=("closed-notice", *also))
    def _page() -> str:
        return site(title, body, lang=lang)


def _maintenance(name: str, title: str, body: str, lang: str = "fr", head: str = "") -> None:
    @page(name=name, path=f"/notices/{name}", person=_LATER, verdict=SUSPECT, reason="maintenance-notice")
    def _page() -> str:
        return bare(title, body, lang=lang, head=head)


_closed(
    "closed-for-good",
    "Fermeture du service",
    "<h1>Ce service est définitivement fermé</h1><p>L'observatoire a fermé ses portes le 31 décembre 2023.</p>",
)
_closed(
    "site-closed",
    "Site fermé",
    "<h1>Le site est fermé</h1><p>Le site Géodip n'est plus accessible. Merci à tous ses utilisateurs.</p>",
)
_closed(
    "replaced",
    "Service arrêté",
    "<h1>Ce site a été remplacé</h1><p>Ce site n'est plus en service. Retrouvez ses données sur <a "
    'href="https://example.fr">'
    "le nouveau portail</a>.</p>",
)
_closed(
    "no-longer-available",
    "Portail",
    "<h1>Ce service n'est plus disponible</h1><p>Il s'est arrêté le 1er mars 2024.</p>",
)
_closed(
    "closed-in-english",
    "Service discontinued",
    "<h1>This service has been discontinued</h1><p>The data portal was shut down on June 30, 2023.</p>",
    "en",
)
_closed(
    "sunset-in-english",
    "We've closed",
    "<h1>This website is no longer available</h1><p>It has been permanently closed. Thank you for your support.</p>",
    "en",
)
_closed(
    "account-suspended",
    "Account Suspended",
    "<h1>Account Suspended</h1><p>This account has been suspended. Contact your hosting provider.</p>",
    "en",
    ("parked-domain",),
)
_closed(
    "hosting-suspended",
    "Site suspendu",
    "<h1>Site suspendu</h1><p>Cet hébergement a été suspendu.</p>",
    also=("parked-domain",),
)

_maintenance(
    "maintenance",
    "Site en maintenance",
    "<h1>Site en maintenance</h1><p>Nous revenons très vite. Merci de votre patience.</p>",
)
_maintenance(
    "maintenance-of-wordpress",
    "Maintenance",
    "<p>Brièvement indisponible pour une maintenance planifiée. Veuillez revérifier dans une minute.</p>",
)
_maintenance(
    "maintenance-of-a-service",
    "Service momentanément indisponible",
    "<h1>Service momentanément indisponible</h1><p>Une opération de maintenance est en cours. Veuillez nous "
    "excuser.</p>",
)
_maintenance(
    "maintenance-in-english",
    "Down for maintenance",
    "<h1>We'll be back soon!</h1><p>Sorry for the inconvenience, we are performing some maintenance at the moment.</p>",
    "en",
)
_maintenance(
    "maintenance-of-wordpress-in-english",
    "Maintenance",
    "<p>Briefly unavailable for scheduled maintenance. Check back in a minute.</p>",
    "en",
)
_maintenance(
    "maintenance-of-drupal",
    "Site under maintenance",
    "<h1>Site under maintenance</h1><p>We should be back shortly. Thank you for your patience.</p>",
    "en",
    '<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">\n',
)


@page(person=_LATER, verdict=UNAVAILABLE, reason="http-503", status=503, fields={"retry-after": "1"})
def maintenance_with_503() -> str:
    return bare("Maintenance", "<h1>Site en maintenance</h1>")


@page(person="L'article, sous l'annonce d'une fermeture future.", verdict=OK, reason="http-200")
def closure_that_is_announced() -> str:
    return article(
        "Géoportail", before='<div class="alert">Ce service fermera définitivement le 31 décembre 2027.</div>'
    )


@page(person="L'article, sur la maintenance des ascenseurs.", verdict=OK, reason="http-200")
def article_about_maintenance() -> str:
    return article("Maintenance des ascenseurs : obligations du bailleur", "<p>L'ascenseur est en maintenance.</p>")


@page(person="L'article : « fermeture » est son sujet.", verdict=OK, reason="http-200")
def article_about_closures() -> str:
    return article("Fermeture des commerces de centre-bourg", "<p>Ce commerce est définitivement fermé.</p>")


@page(person="La page : ses horaires disent « fermé ».", verdict=OK, reason="http-200")
def opening_hours() -> str:
    return site(
        "Mairie", "<h1>Horaires d'ouverture</h1><p>Lundi : fermé. Mardi : 9 h à 12 h. Service fermé en août.</p>"
    )


@page(person="L'état des services, où l'un est en maintenance.", verdict=OK, reason="http-200")
def status_page() -> str:
    return article("État des services", "<ul><li>API : en service</li><li>Cartes : en maintenance</li></ul>")


def _also(name: str, reason: str, title: str, main: str, verdict: Verdict = SUSPECT) -> None:
    person = "La page." if verdict is OK else "Un avis, rien d'autre."

    @page(name=name, path=f"/notices/{name}", person=person, verdict=verdict, reason=reason)
    def _page() -> str:
        return site(title, main)


_also(
    "being-redone", "maintenance-notice", "Refonte", "<p>Notre site est en cours de refonte. Merci de votre visite.</p>"
)
_also(
    "migrating",
    "maintenance-notice",
    "Migration",
    "<p>Le portail est en cours de migration vers une nouvelle infrastructure.</p>",
)
_also("new-skin", "maintenance-notice", "Portail", "<h1>Le site fait peau neuve</h1><p>Il sera de retour bientôt.</p>")
_also("attacked", "maintenance-notice", "Incident", "<p>Suite à une cyberattaque, notre site est hors ligne.</p>")
_also("went-wrong", "application-error", "App", "<h1>Quelque chose s'est mal passé</h1><p>Rafraîchissez la page.</p>")
_also("no-more-train", "http-200", "Desserte", "<p>Le service de train est arrêté entre Auch et Agen.</p>", OK)
_also("next-closing", "http-200", "Portail famille", "<p>Le portail sera fermé le 24 décembre.</p>", OK)
_also("new-site-told", "http-200", "Actualités", "<h1>La refonte du site est lancée</h1><p>En 2027.</p>", OK)
_also(
    "closed-under-its-name",
    "closed-notice",
    "Géocatalogue",
    "<p>Le Géocatalogue a fermé le 31 mars 2024. Les données sont désormais accessibles sur la Géoplateforme.</p>",
)
_also(
    "closed-counter",
    "http-200",
    "Trésorerie",
    "<p>La trésorerie de Revel a fermé ses portes le 1er janvier 2023. Les démarches se font en ligne.</p>",
    OK,
)
