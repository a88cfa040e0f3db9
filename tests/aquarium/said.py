"""What short pages say, in a sentence or a heading: that nothing is there, or something that only sounds like it."""

from diagsources.model import Verdict
from tests.aquarium.case import OK, RESTRICTED, SUSPECT, page
from tests.aquarium.html import bare

_MENU = "<header><a href=/>Observatoire</a><nav><a href=/cartes>Cartes</a></nav></header>"
_FOOT = "<footer><a href=/mentions>Mentions légales</a></footer>"
_BACK = "<a class=button href=/>Retour à l'accueil</a>"

_MISSING = {
    "never-was": "Vous avez demandé une page qui n'existe pas.",
    "or-no-more": "Vous tentez d'accéder à une page qui n'existe pas ou plus.",
    "seems-gone": "Il semblerait que la page demandée ait disparu.",
    "dead-link": "Ce lien ne fonctionne plus.",
    "seems-not-to-work": "Désolé, ce lien ne semble plus fonctionner.",
    "corresponds-to-nothing": "Aucune page ne correspond à votre demande.",
    "impossible-to-find": "Impossible de trouver la page demandée.",
    "impossible-to-show": "Impossible d'afficher cette page.",
    "we-find-no-more": "Nous ne retrouvons pas la page que vous cherchez.",
    "not-for-the-moment": "Ce contenu n'est pas disponible pour le moment.",
    "absent": "Document absent du serveur.",
    "study": "Cette étude n'est plus disponible.",
    "report": "Rapport introuvable.",
    "dashboard": "Ce tableau de bord n'existe pas.",
    "poll": "Ce sondage n'existe pas !",
    "survey": "L'enquête à laquelle vous tentez de participer ne semble pas exister.",
    "visualisation": "La visualisation à laquelle vous essayez d'accéder n'est plus disponible.",
    "no-longer-offered": "Ce document n'est plus proposé au téléchargement.",
    "moved-or-deleted": "Page déplacée ou supprimée.",
    "invalid-or-expired": "Lien invalide ou expiré.",
    "download-expired": "Désolé, ce lien de téléchargement a expiré.",
    "shared-folder": "Ce dossier partagé a été supprimé.",
    "in-the-bin": "Désolé, ce fichier se trouve dans la corbeille de son propriétaire.",
    "number-and-words": "404. Page introuvable.",
    "nothing-for-this-address": "Aucun contenu trouvé pour cette adresse.",
    "or-no-right": "La fiche n'existe pas ou vous n'avez pas les privilèges suffisants pour y accéder.",
    "english-not-here": "This page isn't here anymore.",
    "english-expired": "This link has expired.",
    "english-not-located": "We couldn't locate that page.",
    "english-report": "This report is no longer available.",
    "english-not-on-this-server": "This page is not available on this server.",
    "english-invalid": "Invalid URL.",
    "german": "Die angeforderte Seite konnte leider nicht gefunden werden.",
    "german-document": "Das gesuchte Dokument ist nicht mehr verfügbar.",
    "spanish": "La página que busca no existe o ha sido movida.",
    "italian": "Siamo spiacenti, la pagina che stai cercando non esiste.",
    "disabled": "Cette annonce est désactivée.",
    "corresponds-to-no-address": "On a beau chercher, rien ne correspond à cette adresse.",
    "english-job": "This job posting is no longer available.",
    "german-no-more": "Diese Seite gibt es nicht mehr.",
    "spanish-no-more": "La página solicitada ya no existe.",
    "catalan": "No s'ha trobat la pàgina sol·licitada.",
    "occitan": "O planhèm, aquesta pagina existís pas pus.",
}
_PLACES = {
    "heading": ("Observatoire", f"{_MENU}<main><h1>{{said}}</h1></main>{_FOOT}"),
    "paragraph": ("Observatoire", f"{_MENU}<main><p>{{said}}</p></main>{_FOOT}"),
    "bare": ("Observatoire", "<p>{said}</p>"),
    "under-a-heading": ("Observatoire", f"{_MENU}<main><h1>Médiathèque</h1><p>{{said}}</p>{_BACK}</main>{_FOOT}"),
}

_CLOSED = (
    # name, reason, title, body
    ("we-stopped", "closed-notice", "Carto", "<h1>C'est fini</h1><p>Après dix ans, nous avons arrêté le service.</p>"),
    ("decommissioned", "closed-notice", "Carto", "<h1>Ce service a été décommissionné</h1>"),
    ("taken-down", "closed-notice", "Maps", "<h1>This site has been taken down</h1>"),
    ("account-expired", "closed-notice", "Builder - Website Expired", "<h1>Website Expired</h1>"),
    ("name-suspended", "closed-notice", "obs.fr", "<p>Ce nom de domaine est suspendu.</p>"),
    ("interrupted", "maintenance-notice", "Carto", "<p>Le service est momentanément interrompu.</p>"),
    ("german-works", "maintenance-notice", "Wartungsarbeiten", "<h1>Wartungsarbeiten</h1><p>Bis morgen.</p>"),
    ("spanish-works", "maintenance-notice", "Inicio", "<h1>Sitio en mantenimiento</h1><p>Volveremos.</p>"),
    ("taken", "parked-domain", "obs.fr", "<h1>Ce nom de domaine est déjà pris</h1>"),
    ("for-sale-in-its-title", "parked-domain", "obs.fr - Ce site web est à vendre ! - Obs", "<p>Annonces</p>"),
    ("for-sale-in-german", "parked-domain", "obs.de", "<p>Die Domain obs.de steht zum Verkauf!</p>"),
    ("for-sale-in-italian", "parked-domain", "obs.it", "<p>Questo dominio è in vendita.</p>"),
    ("bought-by-a-casino", "parked-domain", "SLOT GACOR: situs slot online", "<p>Daftar</p>" * 300),
    ("being-built-in-german", "default-page", "Neu", "<p>Hier entsteht eine neue Internetpräsenz.</p>"),
    ("not-connected", "default-page", "Sites", "<h1>This Domain Isn't Connected To A Website Yet!</h1>"),
    ("index-of-a-new-site", "default-page", "Hi", "<p>This is the default index page of your website.</p>"),
    ("service-not-found", "soft-404", "Error: Service eau/MapServer not found", "<p>Code: 404</p>"),
    (
        "dead-video",
        "soft-404",
        " - YouTube",
        '<script>var r = {"playabilityStatus":{"status":"ERROR","reason":"Video unavailable"}};</script><div></div>',
    ),
)

_LIVING = (
    ("map-without-legal-value", "Zonage", "<p>Cette carte n'a pas de valeur réglementaire.</p>"),
    ("map-of-another-use", "Zonage", "<p>Cette carte ne peut être utilisée à d'autres fins.</p>"),
    ("not-binding", "Guide", "<p>Ce document n'est pas contractuel.</p>"),
    ("not-computed", "Revenus", "<p>Cet indicateur n'est pas calculé pour les communes de moins de 50 ménages.</p>"),
    ("not-for-this-scale", "Revenus", "<p>Cet indicateur n'est pas diffusé à l'IRIS.</p>"),
    ("not-on-paper", "Atlas", "<p>Cette carte n'existe pas en version papier.</p>"),
    ("not-yet-reused", "Équipements", "<p>Ce jeu de données n'a pas encore de réutilisation.</p>"),
    ("not-in-french", "Cadastre", "<p>This page is not available in French.</p>"),
    ("not-before-1990", "Series", "<p>This content is not available before 1990.</p>"),
    ("withdrawn-and-kept", "Deprivation", "<h2>This publication was withdrawn on 3 March 2020</h2><p>Data: 2010.</p>"),
    ("blog-left-alone", "Blog", "<p>Ce blog n'est plus alimenté depuis 2019. Ses articles restent consultables.</p>"),
    ("site-archived", "ZUS", "<p>Ce site est archivé : son contenu reste consultable.</p>"),
    ("api-left-alone", "API v1", "<p>Cette API n'est plus maintenue mais répond toujours.</p>"),
    ("ward-closed", "Le service de pédiatrie est fermé", "<p>Les familles sont orientées vers Foix.</p>"),
    ("ward-gone", "Le service d'oncologie n'existe plus", "<p>Trois médecins sont partis.</p>"),
    ("dig-closed", "Le site gallo-romain n'est plus accessible", "<p>La parcelle est clôturée.</p>"),
    ("factory-stopped", "Le site Seveso est arrêté", "<p>La préfecture a pris un arrêté.</p>"),
    ("lifts", "Maintenance programmée", "<p>Les ascenseurs de la résidence seront arrêtés mardi matin.</p>"),
    ("questions-on-a-failure", "Aide", "<h2>Le service est indisponible</h2><p>Il l'est parfois la nuit.</p>"),
    ("manual-of-a-server", "Apache Tomcat 9 (9.0.98) - Documentation Index", "<p>Setup, deployer, realms.</p>"),
    ("test-of-an-address", "IPv6 test page", "<p>Votre adresse est 2001:db8::1.</p>"),
    ("messages-of-a-database", "ORA-12541 - Database Error Messages", "<p>No listener. Start it.</p>"),
    ("exhibition", "Erreur 404, exposition d'art de la rue", "<p>Jusqu'au 12 mai à Labège, entrée libre.</p>"),
    ("record-without-its-picture", "Croix de chemin", "<p>Image non disponible. Pierre, XVIIIe siècle, IA31001.</p>"),
    ("map-that-fails-beside-its-list", "Défibrillateurs", "<p>La carte n'a pas pu être chargée. Ramonville : 12.</p>"),
    ("article-of-a-law", "Article R. 123-4", "<p>Cet article a été supprimé. Décret n° 2015-1783, art. 12.</p>"),
    ("page-of-an-edition", "Lettre 14", "<p>Cette page a été supprimée dans l'édition de 1842. Manuscrit : 12 f.</p>"),
    ("opinion", "Avis 2021", "<p>La commission constate que le document demandé n'existe pas.</p>"),
    ("product-out-of-stock", "Lampe", "<p>Ce produit n'est plus disponible. Prix : 14,20 €, acier, 30 cm.</p>"),
    ("condition", "Mentions", "<p>L'éditeur ne répond de rien si le site est indisponible.</p>"),
    ("question-on-an-account", "Compte", "<p>Votre compte a été suspendu ? Passez nous voir.</p>"),
    ("wind-farm", "Parc éolien", "<p>Le site est en maintenance du 3 au 6 mai : 10 éoliennes.</p>"),
    ("bridge-in-works", "A12", "<p>The bridge is under maintenance until May.</p>"),
    ("phrase-in-quotation-marks", "Guide", "<p>Une page dit « this domain is for sale » : méfiez-vous.</p>"),
    ("what-an-error-is-in-spanish", "Error 404: qué es", "<p>El servidor no encuentra la página.</p>"),
    ("changes", "Changelog", "<p>2.1 Fix: page not found (#404). Fix: Internal Server Error.</p>"),
)
_ASIDE = {
    "class-d-none": '<div class="alert d-none">{said}</div>',
    "class-hidden": '<p class="hidden">{said}</p>',
    "class-hide": '<p class="hide error">{said}</p>',
    "aria-hidden": '<div aria-hidden="true">{said}</div>',
    "dsfr": '<div class="fr-alert fr-hidden">{said}</div>',
    "vue": '<div v-cloak v-if="!found">{said}</div>',
    "alpine": '<div x-show="missing" x-cloak>{said}</div>',
    "angular": '<div class="ng-hide" ng-show="missing">{said}</div>',
    "invisible": '<div style="visibility: hidden">{said}</div>',
}


def _put(name: str, person: str, verdict: Verdict, reason: str, document: str) -> None:
    @page(name=name, path=f"/said/{name}", person=person, verdict=verdict, reason=reason)
    def _page() -> str:
        return document


for _place, (_title, _frame) in _PLACES.items():
    for _name, _said in _MISSING.items():
        _document = bare(_title, _frame.format(said=_said))
        _put(f"{_name}-{_place}", "Une phrase, pour dire que rien n'est là.", SUSPECT, "soft-404", _document)
for _name, _reason, _title, _body in _CLOSED:
    _put(_name, "Une page qui n'est pas celle du lien.", SUSPECT, _reason, bare(_title, _body))
for _name, _title, _body in _LIVING:
    _put(_name, "La page.", OK, "http-200", bare(_title, f"{_MENU}<main><h1>{_title}</h1>{_body}</main>{_FOOT}"))
for _name, _aside in _ASIDE.items():
    _hidden = _aside.format(said="Cette page n'existe pas ou plus.")
    _body = f"<h1>Population</h1><p>82 000 habitants, 36 communes.</p>{_hidden}"
    _put(f"hidden-by-{_name}", "La page, où rien d'autre ne se voit.", OK, "http-200", bare("Population", _body))
_put(
    "far-away",
    "Une page, pour dire que d'autres pays y ont droit.",
    RESTRICTED,
    "access-denied",
    bare("Vidéo", "<h1>Contenu non disponible dans votre pays</h1><p>Pour des raisons de droits.</p>"),
)
