"""What a page is, from what is seen of it: walls, soft 404, parked, closed, empty, of the wrong type.

Two strengths of evidence. `wall_in`, `sight_of` and `wrong_type` say only what the page alone proves;
`doubt_of` names what a control request, to a path that cannot exist on the same host, then `confirmed`
or did not. A page that merely talks of these things is long, or says more than the notice: every row of
the tables has the length up to which it holds. All phrases are compared folded.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from diagsources.model import Expectation
from diagsources.text import fold
from diagsources.verdict.page import MAX_TEXT, Page, similar


class Sight(NamedTuple):
    """What a page is, as the code of a reason, and what gave it away."""

    code: str
    seen: str
    """To be quoted: the title, the heading, the sentence; at most 120 characters."""


_QUOTED = 120
_RECENT = 64
"""How many pages are remembered with what they were found to be: each is looked at several times in a row."""


def _sight(code: str, seen: str) -> Sight:
    seen = " ".join(seen.split())
    return Sight(code, seen if len(seen) <= _QUOTED else f"{seen[: _QUOTED - 1].rstrip()}…")


@lru_cache(maxsize=256)
def _plain(text: str) -> str:
    """What `fold` makes of French and English, ten times faster: words of other scripts are left out."""
    for written, plain in _TYPOGRAPHY:
        text = text.replace(written, plain)
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore")
    return " ".join(ascii_only.translate(_WORDS_ONLY).decode().split())


_TYPOGRAPHY = (*tuple((char, " ") for char in "’‘“”«»–—·•→›…°"), ("œ", "oe"), ("Œ", "oe"), ("æ", "ae"))
_WORDS_ONLY = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)) + bytes(128)


# --- the markup ----------------------------------------------------------------------------------

MARKS: Mapping[str, tuple[bytes, ...]] = {
    "wall-cloudflare": (
        b"_cf_chl_opt",
        b"cf-browser-verification",
        b"cf_chl_prog",
        b"cf-captcha-",
    ),
    "wall-akamai": (b"errors.edgesuite.net", b"sec-if-cpt-container", b"/_sec/cp_challenge", b"bm-verify="),
    "wall-imperva": (b"_incapsula_resource", b"incapsula incident id", b"powered by imperva"),
    "wall-datadome": (b"captcha-delivery.com", b"datadome captcha"),
    "wall-aws": (b"awswafintegration", b"gokuprops", b"token.awswaf.com", b"captcha.awswaf.com", b"challenge.js?aws"),
    "wall-f5": (b'window["bobcmn"]', b"/tspd/"),
    "wall-perimeterx": (b"px-captcha", b"_pxappid", b"captcha.px-cdn.net", b"captcha.px-cloud.net"),
    "wall-sucuri": (b"sucuri_cloudproxy_js", b"sucuri website firewall", b"sucuri.net/privacy"),
    "wall-ddos-guard": (b"ddos-guard/js-challenge", b"check.ddos-guard.net"),
    "wall-anubis": (b"anubis_challenge", b"/.within.website/x/cmd/anubis", b"anubis_version"),
    "wall-radware": (b"perfdrive.com", b"shieldsquare", b"radware captcha", b"radware bot manager"),
    "wall-captcha": (b"kpsdk", b"vercel security checkpoint", b"rbzns", b"geetest_captcha_page", b"baleen.cloud"),
    "parking": (
        *(b"sedoparking.com", b"parkingcrew.net", b"bodis.com", b"parking-lander", b"d38psrni17bvxu.cloudfront.net"),
        *(b"afternic.com/forsale", b"hugedomains.com", b"cashparking", b"parklogic", b"zeroredirect", b"skenzo.com"),
        *(b"dan.com/buy-domain", b'window.park="', b"domainmarket.com", b"uniregistry.com"),
        *(b"sedo.com/search/details", b"above.com/marketplace", b"adsense/domains", b"domain-for-sale"),
    ),
    "default": (b"cgi-sys/defaultwebpage", b"/icons/ubuntu-logo", b"/icons/openlogo", b"iisstart.png", b"iis-85.png"),
}
"""Raw lower-case bytes of a short page's markup that betray who wrote it; looked for in short pages only."""

ALWAYS_LOOKED_FOR: Mapping[str, tuple[bytes, ...]] = {
    "template-404": (
        b'"page":"/404"',
        b'name="next-error" content="not-found"',
        b'data-dgst="NEXT_HTTP_ERROR_FALLBACK;404',
    ),
    "template-error": (b'"page":"/_error"',),
}
"""The same, of pages of any length."""

TEMPLATE_MARKS: Mapping[str, str] = {
    # WordPress, Joomla, PrestaShop, Drupal, Shopify, SPIP, TYPO3
    **dict.fromkeys(("error404", "error-404", "page-404", "page_404", "page404", "template-404"), "template-404"),
    **dict.fromkeys(("pagenotfound", "page-not-found", "page-pagenotfound", "path-404", "is-404"), "template-404"),
    **dict.fromkeys(("page_erreur_404", "erreur404", "erreur-404", "page-erreur-404", "cms-noroute"), "template-404"),
    **dict.fromkeys(("cms-no-route", "cms-noroute-index", "http-404", "not-found-page"), "template-404"),
}
"""Classes and ids of `html` and `body` that only the template of a missing page bears."""

# --- phrases -------------------------------------------------------------------------------------

_DET = r"(?:(?:la|le|l|cette|ce|cet|cettes|votre|une?|the|this|that|your) )?"
_NOUN = (
    r"(?:page|fiche|article|document|fichier|ressource|contenu|contenus|jeu de donnees|donnees|dataset|notice|rubrique"
    r"|url|adresse|lien|publication|element|annonce|offre|produit|carte|objet|file|resource|content|record|item|link"
    r"|address|product|entry|post|topic|thread|sujet|discussion|dossier|indicateur|couche|actualite|evenement)"
)
_WANTED_FR = (
    r"(?:web|internet|demandee?s?|recherchee?s?|souhaitee?s?|voulue?|indiquee?|saisie?|appelee?|consultee?|cible"
    r"|(?:que|a laquelle|auquel|a) vous (?:\w+ ){0,5}?(?:cherchez|recherchez|demandez|demandee?|recherchee?|souhaitez"
    r"|voulez|essayez|tentez|cherchiez|desirez|saisie?)(?: (?:de |d |a )?(?:voir|consulter|afficher|atteindre"
    r"|acceder|visiter|joindre|ouvrir|trouver))?)"
)
_WANTED_EN = (
    r"(?:requested|(?:that |which )?you (?:\w+ ){0,4}?(?:requested|looking for|tried to \w+|trying to \w+"
    r"|wanted|asked for|want|seek|followed))"
)
_TAIL = r"(?: \w+){0,8}"
_MISSING_FR = (
    r"(?:(?:est |semble |semble etre |reste |demeure )?(?:introuvable|inexistante?|inconnue?|non (?:trouvee?"
    r"|existante?)"
    rf"|manquante?|indisponible|perdue?|non (?:disponible|accessible)|a disparu)|n existe{_TAIL}|n est (?:pas"
    rf"|plus){_TAIL}|n a (?:pas|pu|malheureusement|plus){_TAIL}"
    rf"|ne (?:semble|peut|correspond)\w*{_TAIL}|(?:a|semble avoir|a peut etre) ete (?:supprimee?|deplacee?|retiree?"
    rf"|effacee?|desactivee?|depubliee?){_TAIL})"
)
_MISSING_EN = (
    r"(?:(?:was |is |were |has |could |can |cannot |couldn t |can t |wasn t |isn t |not |be |been )*(?:not found|found)"
    rf"|not found|(?:does not|doesn t|do not|don t|no longer|may not) (?:seem to |appear to )?exists?{_TAIL}"
    rf"|(?:is|was|are) (?:no longer|not|currently not) (?:available|here|valid|accessible){_TAIL}|(?:isn t"
    rf"|not) available{_TAIL}"
    rf"|(?:has been|was|may have been|might have been) (?:removed|deleted|moved|unpublished){_TAIL}"
    r"|(?:is )?(?:missing|gone|unavailable))"
)
_WANTED = rf"(?:{_WANTED_FR}|{_WANTED_EN})"
_STATEMENT = (
    rf"(?:{_DET}(?:requested )?{_NOUN}(?: {_WANTED})* (?:{_MISSING_FR}|{_MISSING_EN})"
    r"|not found|introuvable|non trouvee?|no such (?:page|file|dataset|resource|document)"
    r"|(?:we |i )?(?:can t|cannot|can not|couldn t|could not|were unable to"
    rf"|are unable to) (?:seem to )?find (?:the|that|this|your) {_NOUN}{_TAIL}"
    r"|(?:nous )?(?:n avons|n arrivons|ne parvenons|ne trouvons|n avons pas) (?:\w+ ){0,4}(?:la|cette|votre"
    rf"|le|ce) {_NOUN}{_TAIL}"
    rf"|aucune? {_NOUN} (?:ici|a cette adresse|trouvee? a cette adresse)|(?:there is "
    r"|there s )?nothing (?:was found )?here"
    rf"|il n y a (?:rien|pas de page|aucune page) (?:ici|a cette adresse)|rien (?:ici|par ici|a cette adresse)"
    rf"|we (?:re|are) having trouble finding (?:the|that|this) {_NOUN})"
)
_LEAD = (
    r"(?:(?:o+u*p+s+|desolee?s?|mince|zut|sorry|aie|pardon|attention|whoops|uh|oh|no|non|hmm+|erreur|error|http|status"
    r"|statut|code|etat|page|nous sommes|we are|we re|dommage|helas|but|mais|numero|n) )*"
)
_NUMBER = r"404(?: 0)?(?: (?:error|erreur|page|http|oups|oops|desolee?))*"
_NOTICE = re.compile(rf"{_LEAD}(?:{_NUMBER}|{_STATEMENT}|{_NUMBER} {_LEAD}{_STATEMENT}|{_STATEMENT} {_LEAD}{_NUMBER})")
_BARE_NUMBER = re.compile(r"404")
_SAID = re.compile(
    rf"\b(?:(?:cette|ce|cet) {_NOUN} (?:{_MISSING_FR})|{_DET}{_NOUN}(?: {_WANTED_FR})+ (?:{_MISSING_FR})"
    rf"|this {_NOUN} (?:{_MISSING_EN})|{_DET}(?:requested {_NOUN}"
    rf"|{_NOUN}(?: {_WANTED_EN})+)(?: on this server)? (?:{_MISSING_EN})"
    rf"|(?:we |i )?(?:can t|cannot|can not|couldn t|could not) (?:seem to )?find (?:the|that|this) {_NOUN}"
    r"|nous (?:n avons|ne trouvons|ne parvenons|n arrivons)(?: \w+){0,4} (?:la|cette|votre) page"
    r"|(?:erreur|error|http) 404|404 (?:not found|page not found|page non trouvee|page introuvable)"
    r"|aucune (?:page|fiche|ressource) (?:ne correspond|n existe) a cette adresse|il n y a (?:rien|pas de page"
    r"|aucune page) (?:ici|a cette adresse))\b"
)
"""Sentences said to the reader about what was asked for: a page that only talks of the matter has none."""
_TALKS = re.compile(
    r"\b(?:signifie|signifient|designe|definition|glossaire|tutoriel|tutorial|tuto|lexique|indicates that"
    r"|means that|referencement"
    r"|how to|que faire|comment (?:corriger|reparer|resoudre|creer|eviter|personnaliser|traiter|gerer)|seo|status code"
    r"|codes? d erreur"
    r"|code de statut http|response code|codes http)\b"
)
"""Words of a page that explains rather than announces."""

_SEPARATORS = re.compile(r"\s[|–—·•»«›>/\\-]+\s|\s*[|–—·•»«›]\s*")
"""What sites put between the name of a page and their own."""


class _Row(NamedTuple):
    """A phrase that tells what a page is, up to a length of visible text."""

    code: str
    longest: int
    hints: tuple[str, ...]
    """Of which one at least is in what *pattern* finds: most pages are done with by that."""
    pattern: re.Pattern[str]


def _row(code: str, longest: int, hints: str, *patterns: str) -> _Row:
    return _Row(code, longest, tuple(hints.split("|")), re.compile("|".join(f"(?:{pattern})" for pattern in patterns)))


_IT = r"(?:ce|cet|cette|le|la|l|notre|votre|this|the|our)"
_SITE = (
    r"(?:site|site internet|site web|sites|service|portail|application|appli|plateforme|plate forme|blog|forum|serveur"
    r"|website|web site|platform|portal|app|service en ligne|geoportail|observatoire|outil|tool|espace)"
)
_NAMED = r"(?: (?!(?:qui|que|remplace|remplacent|et|mais|ou|a|est|sont)\b)\w+){0,6}"
_SOLD_HINTS = ("vendre", "vente", "sale", "purchase", "park", "gare")
_SOLD = r"(?:a vendre|en vente|for sale|available for (?:sale|purchase)|may be for sale|parked|parke|gare en parking)"

_TITLED = (
    # a whole segment of the title, or the whole first heading
    _row(
        "default-page",
        6_000,
        "",
        r"apache2? (?:ubuntu |debian |centos |2 )*default page(?: it works)?|apache2 \w+ default page",
        r"welcome to (?:nginx|openresty|caddy|centos|lighttpd|tengine)(?: on .*)?|caddy works",
        r"(?:http server |apache )?test page for the (?:apache|nginx|http)\b.*|http server test page powered by .*",
        r"iis windows(?: server)?|iis ?[78]\d?(?: \d)?|microsoft internet information services \d+",
        r"(?:plesk |domain |website |web server s |site )?default (?:web ?site )?page|default web site page"
        r"|web server s default page",
        r"apache tomcat(?: \d+)*|xampp|wampserver.*|placeholder page|index of default"
        r"|welcome to your new (?:web )?site",
    ),
    _row(
        "default-page",
        1_200,
        "",
        r"it works|site (?:web |internet )?en (?:cours de )?construction|(?:website |site |page )?under construction",
        r"page en (?:cours de )?construction|coming soon|bientot en ligne|felicitations votre domaine .*",
        r"congratulations your (?:domain|site|website) .*|bienvenue sur votre (?:nouveau site|hebergement"
        r"|nouveau serveur|nouvel hebergement).*",
        r"future home of something quite cool|(?:your )?web ?site is (?:almost )?ready",
    ),
    _row(
        "parked-domain",
        3_000,
        "",
        r"(?:this |the |ce |le )?(?:domain|domain name|nom de domaine|domaine internet) (?:\w+ ){0,4}(?:is|est"
        r"|may be) (?:\w+ )?"
        rf"{_SOLD}.*|(?:domain|domain name) (?:for sale|parked|parking)|parked domain(?: name)?|domain name for sale",
        r"nom de domaine (?:a vendre|reserve|expire|parque|gare)|(?:domain|domain name) (?:has )?expired"
        r"|domaine expire|parking page|parked domain name on .*|domaine (?:enregistre|reserve)",
    ),
    _row(
        "maintenance-notice",
        1_500,
        "",
        rf"(?:{_IT} )?{_SITE} (?:est )?(?:actuellement |temporairement |momentanement )?en (?:cours de )?maintenance.*",
        r"(?:site |page |mode |operation de |service )?(?:en )?maintenance (?:en cours|du site|page|mode"
        r"|programmee|planifiee)",
        r"en (?:cours de )?maintenance|(?:down|closed|offline|unavailable) for (?:scheduled )?maintenance"
        r"|under maintenance",
        r"(?:site |we are |we re |website )+(?:is )?(?:currently )?(?:down|undergoing|under|in"
        r"|performing) (?:for )?(?:scheduled )?maintenance.*",
        r"scheduled maintenance|(?:we ll|we will) be (?:right )?back.*|(?:nous )?(?:revenons"
        r"|serons de retour) (?:bientot|tres bientot|vite).*",
        rf"(?:{_IT} )?{_SITE} (?:est )?(?:temporairement|momentanement|provisoirement"
        r"|actuellement) (?:indisponible|inaccessible|ferme)e?.*",
        r"(?:service|site|website|page) (?:is )?(?:temporarily|currently) (?:unavailable|down|offline).*"
        r"|temporarily unavailable",
        r"(?:briefly )?unavailable for scheduled maintenance.*|indisponibilite temporaire"
        r"|interruption (?:temporaire )?de service",
    ),
    _row(
        "closed-notice",
        2_500,
        "",
        rf"(?:{_IT} )?{_SITE}(?: [\w ]{{1,40}})? (?:a ferme|ferme ses portes|est (?:desormais "
        r"|maintenant )?(?:definitivement )?(?:fermee?|arretee?|clos)|n est plus (?:disponible|accessible"
        r"|en service|en ligne|actif)|n existe plus|has (?:been )?(?:closed|shut ?down|discontinued|retired"
        r"|ended|moved)|is (?:now )?(?:closed|discontinued|retired|no longer available))",
        rf"(?:fermeture|arret)(?: definitive?)? (?:du|de la|de l|de notre) {_SITE}(?: (?:le|au|depuis|definitif"
        r"|definitive|des) .*)?|(?:site|service|portail|application) (?:definitivement )?(?:fermee?|arretee?)",
        r"(?:service|site) (?:discontinued|closed|retired|shutdown|shut down)|(?:c est|this is) (?:la fin"
        r"|goodbye)|we have closed|we are closing",
    ),
    _row(
        "application-error",
        4_000,
        "",
        r"(?:http (?:status|error|statut) |erreur |error |etat http )+50[0234](?: \d)?(?: .{0,60})?",
        r"50[0234] (?:internal server error|bad gateway|(?:service|server) (?:temporarily )?unavailable"
        r"|gateway time ?out"
        r"|server error|erreur(?: interne)?(?: du serveur)?|erreur serveur"
        r"|service (?:temporairement )?indisponible)|server error 50\d",
        r"internal server error|erreur interne(?: du serveur)?|server error in .* application|runtime error"
        r"|bad gateway|whitelabel error page",
        r"(?:a )?(?:database error|fatal error|php error.*|application error|erreur (?:de base de donnees|fatale"
        r"|d application|systeme|technique|serveur))",
        r"error establishing a database connection|erreur lors de la connexion a la base de donnees"
        r"|wordpress error|erreur wordpress",
        r"\w*(?:exception|error) at\b.*|action controller exception caught"
        r"|whoops (?:looks like something went wrong|there was an error)",
        r"service unavailable|gateway time ?out",
    ),
    _row(
        "application-error",
        500,
        "",
        r"(?:oups |oops |desolee? )*(?:une )?erreur (?:inattendue |technique |est )*(?:survenue|s est produite"
        r"|inattendue)(?: .*)?|something went wrong.*",
        r"(?:an |unexpected |oops )*error (?:has )?occurr?ed.*|(?:probleme|incident|difficultes?) techniques?",
    ),
    _row("application-error", 60, "", r"erreur|error"),
)

_TOLD = (
    # anywhere in the text
    _row(
        "default-page",
        6_000,
        "apache|nginx|default|domaine|web|installed",
        r"this is the default (?:welcome )?page used to test"
        r"|if you see this page the nginx web server is successfully installed",
        r"this (?:page|is a page) (?:is )?used to test the proper operation of the (?:apache|nginx|http) ",
        r"if you can read this page it means that (?:this|the) (?:site|web server|apache)",
        r"this is the default (?:web ?site )?page for this (?:domain|server|site)"
        r"|this is a default index page for a new domain",
        r"votre domaine a bien ete cree chez ovh|this domain has been created (?:at|with) ovh"
        r"|web station has been enabled",
        r"your web app is running and waiting for your content"
        r"|si vous etes le proprietaire de ce site (?:\w+ ){0,6}hebergement",
        r"the (?:owner|webmaster) of this (?:domain|web ?site) has not (?:yet )?(?:uploaded|published|configured)",
        r"(?:aucun site|no (?:web ?)?site) (?:n est |is )?(?:configured|configure|installe|hosted"
        r"|heberge)(?:d)? (?:a|at|on|sur|pour) (?:cette|this|ce)",
    ),
    _row(
        "parked-domain",
        2_000,
        "domain|parked",
        r"\b(?:ce|le|this|the) (?:nom de domaine|domaine internet|domain name|domain"
        r"|web address)(?: \w+){0,4} (?:est|is|may be|could be) (?:\w+ )?(?:a vendre|en vente|for sale"
        r"|available for purchase|parked|gare)\b",
        r"\b(?:buy|acheter|achetez|acquerir|purchase) (?:this|ce) (?:domain|domaine|nom de domaine"
        r"|domain name)\b|\bis parked free\b",
        r"\b(?:this|ce|le|the) (?:domain name|domain|nom de domaine|domaine)(?: \w+){0,3} (?:has expired"
        r"|a expire|est expire|has been registered (?:with|by|at) \w+|(?:est|a ete) (?:enregistre|reserve|depose"
        r"|mis en vente) (?:chez|par|avec|aupres))\b",
        r"\bce (?:nom de )?domaine est (?:reserve|parque|en parking|expire)\b(?! (?:a|aux|pour)\b)|\bdomaine (?:parque"
        r"|gare) (?:chez|par)\b",
        r"\bthe domain (?:owner|has recently been listed)\b"
        r"|\bthis (?:web)?page was generated by the domain owner\b|\binterested in this domain\b",
        r"\bthis domain (?:is|has been) (?:registered|reserved|pending|suspended)\b",
    ),
    _row(
        "maintenance-notice",
        700,
        "maintenance|unavailable|down|offline|indisponible|mise a jour|inaccessible|ferme|suspendu",
        rf"\b(?:{_IT}) {_SITE} (?:(?:\w+ ){{0,5}}est (?:actuellement |temporairement |momentanement "
        r"|provisoirement )+|est )(?:en (?:cours de )?maintenance|ferme pour maintenance"
        r"|indisponible pour (?:cause de )?maintenance|en cours de mise a jour)\b",
        r"\b(?:en raison d une|suite a une|pour cause de|pendant une"
        rf"|une) (?:operation de )?maintenance(?: \w+){{0,4}} (?:{_IT} {_SITE}|est en cours|nos services)",
        r"\bnous (?:realisons|effectuons|procedons|menons)(?: \w+){0,4} maintenance\b",
        r"\b(?:we are|we re|is) (?:currently )?(?:down for|undergoing|performing|under) (?:scheduled |routine "
        r"|some )?maintenance\b",
        r"\b(?:site|website|service) is (?:temporarily|currently) (?:unavailable|down|offline|under maintenance)\b",
        rf"\b{_IT} {_SITE} est (?:temporairement|momentanement|provisoirement) (?:indisponible|inaccessible"
        r"|fermee?|suspendue?)\b",
    ),
    _row(
        "closed-notice",
        1_200,
        "ferme|arrete|clos|supprime|desactive|decommission|debranche|n est plus|n existe plus|a "
        "cesse|shut|discontinued|retired|no longer",
        rf"\b(?:ce|cet|cette|notre|le|l|la) {_SITE}{_NAMED} (?:(?:est|a ete|sont) (?:desormais "
        r"|maintenant )?definitivement (?:fermee?|arretee?|clos|close|supprimee?|desactivee?)|(?:a ete"
        r"|est) (?:fermee?|arretee?|supprimee?|desactivee?|decommissionnee?|debranchee?) (?:depuis"
        r"|le \d\w* \w+ 20\d\d|en (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre"
        r"|novembre|decembre|20\d\d)|au profit|et remplacee?|definitivement)|(?:a"
        r"|s est) (?:definitivement )?(?:ferme|arrete) (?:ses portes|definitivement|le \d\w* \w+ 20\d\d"
        r"|en 20\d\d|depuis))",
        rf"\b(?:ce|cet|cette|notre|le|l|la) {_SITE}{_NAMED} (?:n est plus (?:disponible|accessible|en ligne"
        r"|en service|maintenue?|active?|alimentee?)(?! (?:dans|sous|pour|en|sur|aux?)\b)|n existe plus"
        r"|a cesse (?:son|ses|d exister|de fonctionner)|est desormais fermee?(?! (?:du|au|aux|pour|jusqu|en|de"
        r"|a|pendant|le)\b)|est fermee?(?: les donnees| vous| merci| rendez|$))"
        rf"|nous avons (?:definitivement )?ferme (?:notre|ce|le) {_SITE}",
        rf"\b(?:this|the|our) {_SITE}(?: [\w]+){{0,4}} (?:has (?:been )?(?:permanently )?(?:closed|shut ?down"
        r"|discontinued|retired|decommissioned|ceased)|is (?:now )?(?:permanently )?(?:closed|discontinued"
        r"|retired|no longer available|no longer in service|decommissioned)|was (?:shut down|retired"
        r"|discontinued|closed))\b",
    ),
    _row(
        "application-error",
        1_500,
        "error|erreur|exception|traceback|sqlstate|database|base de donnees|la base|wrong|ora |on "
        "line|springframework|undefined",
        r"\bfatal error (?:uncaught|allowed memory|call to|require|maximum execution|cannot)"
        r"|\bparse error syntax error\b|^(?:warning|notice|deprecated) \w+ .* on line \d+",
        r"\bthe website encountered an unexpected error\b|\bthere has been a critical error on this website\b"
        r"|\bil y a eu une erreur critique sur (?:ce|votre) site\b",
        r"\bsqlstate\b.* |\btraceback most recent call last\b|\ban unhandled exception\b"
        r"|\bjava lang \w+exception\b|\borg springframework\b|\bora \d{5}\b",
        r"\bapplication error a (?:client|server) side exception\b"
        r"|\bthis application has no explicit mapping for error\b|\bunable to connect to (?:the )?database\b"
        r"|\bconnexion a la base de donnees impossible\b|\bimpossible de se connecter a la base\b",
        r"\brencontre (?:actuellement )?(?:des|un|une) (?:difficultes?|problemes?|incidents?) techniques?\b"
        r"|\bexperiencing technical difficulties\b",
        r"\bwe re sorry but something went wrong\b|\ba database error (?:has )?occurr?ed\b|\bundefined (?:index"
        r"|variable|array key)\b.* on line \d+",
    ),
    _row(
        "application-error",
        300,
        "erreur|error|wrong|unavailable|gateway",
        r"\bune erreur (?:inattendue |technique |interne )?(?:est survenue|s est produite)\b|\ban (?:unexpected "
        r"|internal )?error (?:has )?occurr?ed\b",
        r"\bsomething went wrong\b|\binternal server error\b|\bservice unavailable\b|\bbad gateway\b",
    ),
)

_EVERYDAY = re.compile(
    r"\b(?:hectares?|viticole|chateau|vignoble|maison|agricole|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche|horaires?"
    r"|jours? feries?|public le|usines?|salaries|industriel|industrielle|emplois|licenciements?|reouverture"
    r"|printemps|hiver|automne|noel|eglise|musee|accueil du public|guichet|vacances|weekend|week end|conges"
    r"|travaux|circulation|baignade)\b"
)
"""Words of closings and sales that are not a site's."""

_LONGEST_TOLD = max(row.longest for row in (*_TITLED, *_TOLD))

_WALLED = (
    # code, whole segment of the title or first heading, sentence of the text
    (
        "wall-cloudflare",
        r"just a moment|un instant|attention required",
        r"\bchecking (?:if the site connection is secure|your browser before accessing)\b.*\bcloudflare\b"
        r"|\b(?:human|humain)\b.*\bsecurity by cloudflare\b|\bcloudflare ray id\b.*\b(?:blocked|bloque|banned|denied)\b"
        r"|\b(?:blocked|denied|banned)\b.*\bcloudflare ray id\b|\berror code 10(?:06|07|08|09|10|12|15|20)\b",
    ),
    (
        "wall-akamai",
        r"",
        r"\byou don t have permission to access http.* on this server reference\b"
        r"|\breference \d+ [0-9a-f]{6,} \d+ [0-9a-f]+ https errors edgesuite\b"
        r"|\baccess denied you don t have permission to access .* reference\b",
    ),
    (
        "wall-imperva",
        r"pardon our interruption",
        r"\brequest unsuccessful incapsula\b|\bincapsula incident id\b|\bpardon our interruption\b"
        r"|\bas you were browsing something about your browser made us think you (?:were|might be) a bot\b",
    ),
    ("wall-datadome", r"", r"\bplease enable js and disable any ad blocker\b"),
    (
        "wall-aws",
        r"human verification",
        r"\brequest blocked we can t connect to the server for this app\b|\bgenerated by cloudfront\b",
    ),
    (
        "wall-f5",
        r"request rejected",
        r"\bthe requested url was rejected please consult with your administrator\b"
        r"|\bl url demandee a ete rejetee\b.*\b(?:support|administrateur)\b|\byour support id is\b",
    ),
    (
        "wall-perimeterx",
        r"access to this page has been denied",
        r"\bpress hold to confirm you are\b|\bplease verify you are a human access to this page has been denied\b"
        r"|\bappuyez et maintenez\b",
    ),
    ("wall-sucuri", r"sucuri website firewall.*", r"\bsucuri website firewall\b"),
    (
        "wall-ddos-guard",
        r"ddos guard",
        r"\bddos protection by ddos guard\b|\bchecking your browser before accessing\b.*\bddos guard\b",
    ),
    (
        "wall-anubis",
        r"making sure you re not a bot|(?:verification|verifions|on verifie) que vous n etes pas un (?:robot|bot)",
        r"\bprotected by anubis\b|\bprotege par anubis\b",
    ),
    ("wall-radware", r"radware (?:captcha page|bot manager.*|page)", r"\bradware bot manager\b"),
)
_WALL_ROWS = tuple((code, re.compile(title or r"(?!)"), re.compile(told)) for code, title, told in _WALLED)
_ROBOT_TITLE = re.compile(
    r"are you (?:a )?(?:robot|human|bot)|etes vous (?:un )?(?:robot|humain)|(?:robot|bot|human|captcha|browser"
    r"|security|securite) (?:check|verification|challenge|checkpoint)|verification (?:de securite|anti robot"
    r"|captcha|en cours|humaine|du navigateur|que vous .*)"
    r"|captcha|please verify you are (?:a )?human|verify(?:ing)? you are (?:a )?human.*|verifying your browser"
    r"|checking your browser.*|one more step|security check|vercel security checkpoint|bot verification"
    r"|un instant|just a moment|ddos protection.*|access denied|acces refuse|you have been blocked"
    r"|vous avez ete bloque"
    r"|verifiez que vous (?:etes|n etes pas) .*|(?:controle|verification) de securite|unusual traffic.*"
    r"|enable javascript and cookies to continue"
)
_ROBOT_SAYS = re.compile(
    r"\b(?:are you (?:a robot|human|a human)|etes vous (?:un robot|un humain|humain)|(?:verif\w+|confirm\w+"
    r"|prouv\w+|assur\w+|check\w*|prove|making sure|ensure) (?:que |that |if )?(?:vous |you |you re |we "
    r"|nous )?(?:etes |n etes |are |are not |aren t |re not )?(?:bien |pas |not )*(?:une? |a |an )?(?:humaine?"
    r"|etre humain|robot|human|bot|personne)\b"
    r"|enable javascript and cookies to continue|activez? (?:le )?javascript et les cookies pour continuer"
    r"|unusual traffic from your (?:computer )?network|trafic (?:inhabituel|exceptionnel|suspect)"
    r"|automated (?:requests|queries|access)|requetes automatisees|acces automatise"
    r"|(?:complete|resoudre|resolvez|completez|solve|saisir|saisissez) (?:the |le |ce |un )?(?:captcha"
    r"|security check|controle de securite)|checking your browser|nous verifions votre navigateur"
    r"|verification de votre navigateur|verifying your browser|you have been blocked|vous avez ete bloque\w*"
    r"|votre (?:adresse ip|acces) a ete bloque\w*|your ip (?:address )?has been (?:blocked|banned)"
    r"|needs to review the security of your connection|doit verifier la securite de votre connexion)"
)
_WALL_HINTS = tuple(
    (
        "robot|bot|human|humain|captcha|block|bloqu|denied|refuse|"
        "rejet|reject|browser|navigateur|javascript|verif|incapsula|cloud|traffic|"
        "trafic|ddos|sucuri|anubis|radware|interruption|automat|un instant|just a moment|"
        "error code 10|enable js|access|one more step|security check|controle|attention required|support id|reference|"
    )
    .strip("|")
    .split("|")
)
_FORM_WORDS = re.compile(
    r"\b(?:courriel|e ?mail|message|objet|subject|telephone|prenom|newsletter|commentaire|comment|inscription"
    r"|avis|votre nom|commentaires"
    r"|telecharger)\b"
)
"""Words of a form that merely ends with a CAPTCHA."""
_LONGEST_WALL = 1_500
_LONGEST_GENERIC_WALL = 700
_NEVER_WALLS = frozenset({404, 410, 451, 504, 521, 522, 523, 524, 525, 526})
"""Status codes that say what they mean, whoever writes the page that comes with them."""

_SAID_HINTS = (
    *("404", "trouv", "exist", "found", "find", "availab", "supprim", "deplac", "retir", "remov", "indisponible"),
    *("n est p", "delet", "moved", "missing", "gone", "inconnu", "manquant", "perdu", "effac", "desactiv", "il n y a"),
)
"""One of these is in whatever `_SAID` looks for: most pages are done with by that."""

# --- lengths, in visible characters --------------------------------------------------------------

_FEW = 350
"""A notice and a way back, nothing else."""
_SHORT = 900
"""A notice within a site's frame."""
_FRAMED = 2_000
"""The same with a long menu: title and heading must agree."""


@lru_cache(maxsize=_RECENT)
def wall_in(page: Page, status_code: int) -> Sight | None:
    """The wall against robots that the body of an answer is."""
    if status_code in _NEVER_WALLS or len(page.text) > _LONGEST_WALL or not page.size:
        return None
    marked = next((mark for mark in MARKS if mark in page.marks and mark.startswith("wall-")), "")
    told = _plain(page.text)
    titles = tuple(_segments(page))
    if not marked and not any(hint in text for text in (told, *(plain for _, plain in titles)) for hint in _WALL_HINTS):
        return None
    return _vendors_wall(page, told, titles, marked, status_code) or _generic_wall(page, told, titles, status_code)


def _vendors_wall(
    page: Page, told: str, titles: tuple[tuple[str, str], ...], marked: str, status_code: int
) -> Sight | None:
    for code, title, says in _WALL_ROWS:
        named = next((raw for raw, segment in titles if title.fullmatch(segment)), "")
        if says.search(told) or (named and (code == marked or code in _TOLD_BY_TITLE)):
            return _sight(code, named or page.title or page.text)
    if not marked or (marked in _INJECTED and status_code == 200 and (page.title or len(told) > _WAITING)):
        return None
    return _sight(marked, page.title or page.text) if len(told) < _SHORT or _ROBOT_SAYS.search(told) else None


_INJECTED = frozenset({"wall-imperva", "wall-f5", "wall-perimeterx", "wall-aws", "wall-captcha"})
"""Vendors whose scripts are in the pages that they let through as well: there, a title or a text acquits."""
_WAITING = 60
"""Visible characters of a page that only waits for its scripts."""


_TOLD_BY_TITLE = frozenset(
    {"wall-imperva", "wall-f5", "wall-perimeterx", "wall-sucuri", "wall-ddos-guard", "wall-anubis", "wall-radware"}
)


def _generic_wall(page: Page, told: str, titles: tuple[tuple[str, str], ...], status_code: int) -> Sight | None:
    """A CAPTCHA or a « are you a robot » that stands alone, whoever made it."""
    everything = " ".join((told, *(segment for _, segment in titles)))
    if len(told) > _LONGEST_GENERIC_WALL or _FORM_WORDS.search(everything) or _TALKS.search(everything):
        return None
    named = next((raw for raw, segment in titles if _ROBOT_TITLE.fullmatch(segment)), "")
    if _ROBOT_SAYS.search(told) and (named or len(told) <= _FEW):
        return _sight("wall-captcha", named or page.title or page.text)
    is_refused = status_code >= 400 and not _plain(named).startswith(("access denied", "acces refuse"))
    is_challenged = page.scripts and len(told) <= _FEW and _CHALLENGED.search(_plain(named))
    return _sight("wall-captcha", named) if named and (is_refused or is_challenged) else None


_CHALLENGED = re.compile(r"\b(?:robot|captcha|human|humain)\b")


def sight_of(page: Page, *, url: str) -> Sight | None:
    """What a page that answered 2xx is instead of the resource, where it alone proves it."""
    if _is_empty(page):
        return Sight("empty-page", "")
    if not page.html:
        return None
    return _parked(page, url) or _announced(page) or _login(page, url)


@lru_cache(maxsize=_RECENT)
def _announced(page: Page) -> Sight | None:
    """What a page says of itself, wherever it is."""
    return _templated(page) or _missing(page) or _noticed(page)


def doubt_of(page: Page, *, url: str) -> Sight | None:
    """What a page that answered 2xx may be instead of the resource; a control request tells."""
    if not page.html:
        return None
    return _hinted(page) or (_sight("soft-404", page.canonical) if _canonical_is_home(page, url) else None)


@lru_cache(maxsize=_RECENT)
def _hinted(page: Page) -> Sight | None:
    """What a page may say of itself, wherever it is."""
    named = next((raw for raw, segment in _segments(page) if _NOTICE.fullmatch(segment)), "")
    if named:
        return _sight("soft-404", named)
    found = _said(_plain(page.text)) if len(page.text) <= _FRAMED else None
    return _sight("soft-404", _sentence(page.text, found.group())) if found else None


def calls_itself_home(page: Page) -> bool:
    """Whether *page* presents itself as the first of a site."""
    return any(_HOME_WORDS.match(fold(words)) for words in (page.title, *page.headings))


_HOME_WORDS = re.compile(r"(?:page d |page de )?(?:accueil|bienvenue|home|homepage|welcome)\b")


def confirmed(page: Page, control_page: Page, control_status: int) -> bool:
    """Whether the answer to a path that cannot exist shows that *page* is what its host says of any path.

    An honest refusal of that path dismisses the doubt, and an application says nothing either way.
    """
    if not 200 <= control_status < 300 or page.app or control_page.app:
        return False
    return similar(page, control_page)


def _said(told: str) -> re.Match[str] | None:
    return _SAID.search(told) if any(hint in told for hint in _SAID_HINTS) else None


def _segments(page: Page) -> Iterator[tuple[str, str]]:
    """The title, its parts and the first heading, each as written and folded."""
    seen: set[str] = set()
    heading = page.headings[:1]
    for whole in (page.title[:300], *heading):
        for raw in (whole, *_SEPARATORS.split(whole)):
            folded = _plain(raw)
            if folded and folded not in seen:
                seen.add(folded)
                yield raw.strip(), folded


def _templated(page: Page) -> Sight | None:
    if "template-404" in page.marks:
        return _sight("soft-404", page.title or page.text)
    if "default" in page.marks and len(page.text) <= _SHORT:
        return _sight("default-page", page.title or page.text)
    if "template-error" in page.marks and len(page.text) <= _SHORT:
        missing = _said(_plain(page.text)) or any(_NOTICE.fullmatch(segment) for _, segment in _segments(page))
        return _sight("soft-404" if missing else "application-error", page.title or page.text)
    return None


def _parked(page: Page, url: str) -> Sight | None:
    if page.refresh is not None and re.match(r"/lander\b", page.refresh[1]):
        return _sight("parked-domain", page.refresh[1])
    if len(page.text) > _FRAMED:
        return None
    if "parking" in page.marks and len(page.text) <= _SHORT:
        return _sight("parked-domain", page.title or page.text)
    told = f"{_plain(page.title)} {_plain(page.text)}"
    if not any(hint in told for hint in _SOLD_HINTS):
        return None
    host = re.escape(_plain(_host(url).removeprefix("www.")))
    sold = re.search(rf"\b{host} (?:est |is |may be |could be )?(?:\w+ )?{_SOLD}\b", told)
    return _sight("parked-domain", page.title or page.text) if host and sold else None


def _noticed(page: Page) -> Sight | None:
    """The first row of the tables that holds."""
    length = len(page.text)
    if length > _LONGEST_TOLD:
        return None
    segments = tuple(_segments(page))
    for row in _TITLED:
        if length <= row.longest:
            named = next((raw for raw, segment in segments if row.pattern.fullmatch(segment)), "")
            if named and not _is_everyday(row.code, page.text) and not _explains(page):
                return _sight(row.code, named)
    told = _plain(page.text)
    for row in _TOLD:
        if length > row.longest or not any(hint in told for hint in row.hints):
            continue
        found = row.pattern.search(told)
        if found and not _is_everyday(row.code, page.text) and not _explains(page):
            return _sight(row.code, _sentence(page.text, found.group()))
    return None


def _is_everyday(code: str, text: str) -> bool:
    return code in {"closed-notice", "parked-domain", "maintenance-notice"} and bool(_EVERYDAY.search(_plain(text)))


def _explains(page: Page) -> bool:
    return bool(_TALKS.search(_plain(page.text)))


def _missing(page: Page) -> Sight | None:
    """A soft 404 that needs no control request."""
    length = len(page.text)
    if length > _FRAMED:
        return None
    title = next((raw for raw, segment in _segments(Page(title=page.title)) if _NOTICE.fullmatch(segment)), "")
    headings = page.headings[: 3 if length <= _FEW else 1]
    heading = next((raw for raw in headings if _is_notice(raw)), "")
    said = _said(_plain(page.text)) if length <= _SHORT else None
    if _BARE_NUMBER.fullmatch(_plain(title or heading)) and not said and length > 200:
        return None
    seen = ""
    if (title and heading) or ((title or heading) and length <= _SHORT):
        seen = title or heading
    elif said and length <= _FEW:
        seen = _sentence(page.text, said.group())
    return _sight("soft-404", seen) if seen and not _explains(page) else None


def _is_notice(heading: str) -> bool:
    return any(_NOTICE.fullmatch(segment) for _, segment in _segments(Page(title=heading)))


_LOGIN_TITLE = re.compile(
    r"(?:page (?:de |d )|espace (?:de )?)?(?:connexion|authentification|identification)(?: .{0,40})?"
    r"|se connecter(?: .{0,40})?|connectez vous.{0,40}|identifiez vous.{0,40}"
    r"|(?:sign|log) ?in(?: .{0,40})?|login(?: .{0,40})?|(?:account |user )?(?:authentication|login)(?: required"
    r"| page)?|acces (?:reserve|restreint|securise|abonnes?)|espace (?:prive|reserve|membres?|adherents?|client"
    r"|abonne|personnel)"
    r"|cas .{0,40}central authentication service|central authentication service|veuillez vous (?:connecter"
    r"|identifier|authentifier).{0,40}"
)


def _login(page: Page, url: str) -> Sight | None:
    """A page that is nothing but a login form."""
    if not page.password or len(page.text) > _FRAMED:
        return None
    named = next((raw for raw, segment in _segments(page) if _LOGIN_TITLE.fullmatch(segment)), "")
    if (named and len(page.text) <= _SHORT) or len(page.text) <= 150 or (login_url(url) and len(page.text) <= _SHORT):
        return _sight("auth-required", named or page.title or page.text)
    return None


def _is_empty(page: Page) -> bool:
    if page.encoding_error or not page.whole:
        return False
    if page.size == 0:
        return True
    if page.html or page.kind == "text":
        return not (page.text or page.embeds or page.scripts or page.app or page.refresh)
    return False


def _canonical_is_home(page: Page, url: str) -> bool:
    """Whether a deep page says that its address is the site's root."""
    if not page.canonical or home_url(url) or urlsplit(url).query:
        return False
    same = _host(page.canonical).removeprefix("www.") in {"", _host(url).removeprefix("www.")}
    return same and home_url(page.canonical) and not page.canonical.startswith("#")


def _sentence(text: str, folded: str) -> str:
    """The part of *text* that was found as *folded*, from the sentence it stands in."""
    words = folded.split()
    for sentence in re.split(r"(?<=[.!?…])\s+", text):
        if words and _plain(sentence).find(" ".join(words[:4])) >= 0:
            return sentence
    return text


# --- addresses -----------------------------------------------------------------------------------

_PARKING_HOSTS = re.compile(
    r"(?:^|\.)(?:sedo|sedoparking|dan|hugedomains|afternic|bodis|parkingcrew|uniregistry|undeveloped"
    r"|domainmarket|brandbucket"
    r"|namebright|buydomains|squadhelp|atom|above|parklogic|skenzo|domain-for-sale|domaineasy|perfectdomain|efty"
    r"|porkbun-parking"
    r"|expireddomains|dynadot-parking|snapnames|dropcatch|namejet|domainnamesales|voodoo|searchvity)\.(?:com|net"
    r"|io|co|fr|de|org)$"
)
_NUMBERED = re.compile(r"^ww\d{1,3}\.")
_PARKED_SUBDOMAIN = re.compile(r"^ww\d\d\.")
"""`ww2.` is many a living site's; `ww25.` is nobody's."""
_PARKED_QUERY = re.compile(r"(?:^|&)(?:usid|utid|subid1?|gkey|sedoparking|tsid)=")


def parking_host(host: str) -> bool:
    """Whether *host*, or the host of a URL, is where parked and for-sale domains are sent."""
    if "/" not in host:
        return bool(_PARKING_HOSTS.search(host.lower()) or _PARKED_SUBDOMAIN.match(host.lower()))
    parts = _split(host)
    name, place = parts.hostname or "", f"{parts.path}?{parts.query}"
    if _PARKING_HOSTS.search(name):
        return True
    if (_PARKED_SUBDOMAIN.match(name) and parts.path in {"", "/"}) or (
        _NUMBERED.match(name) and _PARKED_QUERY.search(parts.query)
    ):
        return True
    if name.endswith("godaddy.com"):
        return bool(re.search(r"for-?sale|domainsearch|forsale|domain-auctions", place))
    return bool(re.match(r"/lander(?:/|\?|$)", place))


_LOGIN_HOST = re.compile(
    r"^(?:accounts\.google\.com|login\.microsoftonline\.com|login\.live\.com|(?:login|signin|sso|cas|auth|idp"
    r"|connexion|authentification|accounts?|adfs|keycloak|identity|oauth|wayf|saml)\d?\..+|[\w.-]+\.(?:okta"
    r"|auth0|onelogin)\.com)$"
)
_LOGIN_PATH = re.compile(
    r"/(?:log-?in|sign-?in|logon|connexion|se-connecter|authentification|identification|sso|cas|adfs"
    r"|shibboleth(?:\.sso)?|wp-login\.php|user/login|users/sign_in|users/login"
    r"|account/login|oauth2?/authorize|oauth2?/auth|openid-connect/auth|saml2?|idp|auth/login|login\.(?:php"
    r"|aspx?|jsp|html?|do)|connexion\.(?:php|html?|aspx?)|auth/realms/[^/]+/.*|realms/[^/]+/protocol/.*"
    r"|page-?login|espace-(?:prive|membre)/connexion)"
    r"(?:/|\.html?|;|$)",
    re.IGNORECASE,
)
_LOGIN_ROUTE = re.compile(r"^!?/(?:login|signin|sign-in|connexion|auth|authentification)\b", re.IGNORECASE)


def login_url(url: str) -> bool:
    """Whether *url* is, by its looks, where one is asked who one is."""
    parts = _split(url)
    host, path = (parts.hostname or "").lower(), parts.path
    if _LOGIN_HOST.match(host) and (
        host.startswith(("accounts.google", "login.")) or parts.query or _LOGIN_PATH.search(path) or path in {"", "/"}
    ):
        return True
    if _LOGIN_PATH.search(path):
        return not re.search(r"/(?:aide|help|docs?|documentation|faq|blog|actualites?|news|wiki)/", path)
    return bool(
        _LOGIN_ROUTE.match(parts.fragment)
        or re.search(r"(?:^|&)(?:action|page|view|route|p)=(?:login|connexion|signin)\b", parts.query)
    )


_HOME_PATH = re.compile(
    r"/*(?:(?:fr|en|fre|fra|eng|fr[-_]fr|en[-_](?:us|gb)|web|site|www|public|portail)/+)?"
    r"(?:(?:index|default|accueil|home|welcome|main|homepage|start)(?:\.(?:html?|php\d?|aspx?|jsp|do|xhtml"
    r"|action))?|page-d-?accueil|fr|en|web|site)?/*",
    re.IGNORECASE,
)


def home_url(url: str) -> bool:
    """Whether *url* is, by its looks, the first page of a site."""
    parts = _split(url)
    tells = re.search(
        r"(?:^|&)(?:id|p|page|page_id|article|rubrique|q|query|ref|doc|dataset|idfacette|geo)\w*=",
        parts.query,
        re.IGNORECASE,
    )
    return _HOME_PATH.fullmatch(unquote(parts.path)) is not None and not tells


_TEXT_FILES = "csv tsv txt json geojson topojson ndjson jsonl kml gpx gml sql"
_BINARY_FILES = (
    "pdf zip 7z gz tgz tar bz2 xz rar xls xlsx xlsm xlsb ods odt odp doc docx ppt pptx rtf gpkg shp dbf parquet "
    "kmz mbtiles"
    " geotiff tif tiff png jpg jpeg gif svg webp mp4 mp3 avi mov webm epub rdata rds sas7bdat dta mdb accdb"
)
_FILES: Mapping[str, str] = {
    **dict.fromkeys(_TEXT_FILES.split(), "text"),
    **dict.fromkeys(_BINARY_FILES.split(), "binary"),
}
_VIEWERS = re.compile(
    r"/(?:blob|wiki|tree|src|edit|blame|view|viewer|preview|details|visionneuse|apercu|show|w|tags?|topics?"
    r"|browse|commits?|_?media-?viewer)/|/-/(?:blob|tree)/"
    r"|/(?:file|fichier|image|datei|special)(?::|%3a)",
    re.IGNORECASE,
)
_VIEWER_HOSTS = re.compile(
    r"(?:^|\.)(?:dropbox\.com|drive\.google\.com|web\.archive\.org|sharepoint\.com|onedrive\.live\.com|1drv\.ms"
    r"|slideshare\.net|scribd\.com|wetransfer\.com|flickr\.com|calameo\.com|issuu\.com|mega\.nz|imgur\.com)$"
)


def file_promised(url: str) -> str:
    """The extension of the file that the path of *url* promises, in lower case; "" where it promises none."""
    parts = _split(url)
    name = unquote(parts.path).rpartition("/")[2]
    stem, dot, extension = name.rpartition(".")
    extension = extension.lower()
    if not (stem and dot) or extension not in _FILES or _VIEWERS.search(parts.path):
        return ""
    return "" if _VIEWER_HOSTS.search((parts.hostname or "").lower()) else extension


def wrong_type(page: Page, *, url: str) -> Sight | None:
    """A page where *url* promises a file."""
    extension = file_promised(url)
    if not extension or not page.size or page.kind not in {"html", "text"}:
        return None
    if page.kind == "html":
        # a table in HTML is what many a server means by a spreadsheet, and spreadsheets open it
        is_sheet = extension in {"xls", "xlsx", "doc"} and page.media_type not in {
            "text/html",
            "application/xhtml+xml",
            "",
        }
        return None if is_sheet else _sight("wrong-type", page.title or page.text or page.media_type)
    is_prose = page.media_type == "text/html" and not re.search(r"[;,\t|{\[]", page.text[:500])
    if is_prose or (_FILES[extension] == "binary" and page.media_type == "text/html"):
        return _sight("wrong-type", page.text)
    return None


# --- what the catalogue expects ------------------------------------------------------------------

_SAME_TYPE = (
    {"text/csv", "application/csv", "text/x-csv", "text/comma-separated-values", "application/vnd.ms-excel;csv"},
    {"application/json", "text/json", "application/geo+json", "application/vnd.geo+json", "application/ld+json"},
    {
        "application/xml",
        "text/xml",
        "application/gml+xml",
        "application/atom+xml",
        "application/rss+xml",
        "application/rdf+xml",
    },
    {"application/zip", "application/x-zip-compressed", "application/x-zip"},
    {"text/html", "application/xhtml+xml"},
    {"application/gzip", "application/x-gzip"},
)
_KIND_OF_TYPE = {
    "application/pdf": "pdf",
    "application/zip": "zip",
    "application/json": "json",
    "text/html": "html",
    "application/gzip": "gzip",
}


def expectation_unmet(page: Page, expect: Expectation) -> str | None:
    """The first expectation that *page* does not meet, as the catalogue writes it (`title: Sicoval`);
    "" if it meets them all, None if the part that was read cannot tell."""
    checks = (
        ("type", expect.type, _has_type),
        ("title", expect.title, _has_title),
        ("text", expect.text, _has_text),
        ("json", expect.json, _has_key),
    )
    unsure = False
    for part, wanted, has in checks:
        met = has(page, wanted) if wanted is not None else True
        if met is False:
            return _sight("", f"{part}: {wanted}").seen
        unsure = unsure or met is None
    return None if unsure else ""


def _has_type(page: Page, wanted: str) -> bool:
    wanted = wanted.partition(";")[0].strip().lower()
    if wanted.endswith("/*"):
        return page.media_type.startswith(wanted[:-1])
    if page.kind == "html" and wanted not in {"text/html", "application/xhtml+xml"}:
        return False
    family = next((family for family in _SAME_TYPE if wanted in family), {wanted})
    if page.media_type in family or _KIND_OF_TYPE.get(wanted) == page.kind:
        return True
    return (
        wanted == "text/csv"
        and page.kind == "text"
        and page.media_type in {"", "text/plain", "application/octet-stream", "application/vnd.ms-excel"}
    )


def _has_title(page: Page, wanted: str) -> bool | None:
    if _within(wanted, page.title):
        return True
    return None if not page.title and not page.whole else False


def _has_text(page: Page, wanted: str) -> bool | None:
    if _within(wanted, page.text) or _within(wanted, page.title) or wanted in page.code:
        return True
    return None if page.app or not page.whole or len(page.text) >= MAX_TEXT else False


def _has_key(page: Page, wanted: str) -> bool | None:
    if wanted in page.json_keys:
        return True
    if page.kind == "json" and not page.whole:
        return True if f'"{wanted.rpartition(".")[2]}"' in page.text else None
    return False


def _within(wanted: str, text: str) -> bool:
    """Whether *text* holds the words of *wanted*, whatever their case, accents and spaces."""
    return f" {fold(wanted)} " in f" {fold(text)} " or (not fold(wanted) and wanted in text)


# --- fragments -----------------------------------------------------------------------------------

_STATE = re.compile(r"[/!?]|:~:|.*[=&]|-?\d+(?:\.\d+)?(?:[/,]-?\d+(?:\.\d+)?)+$|L\d+(?:-L?\d+)?$|.*/")
"""States and routes of applications, which no element of a page answers to."""
_MAKES_ANCHORS = re.compile(
    r"anchor-?js|tocbot|docsify|auto-?id|slugify|/toc\.js|toc\.min\.js|location\.hash|hashchange|generate-?toc"
    r"|mkdocs|gitbook",
    re.IGNORECASE,
)
"""Scripts that give anchors to a page, or read the fragment themselves."""


def fragment_missing(page: Page, fragment: str) -> bool:
    """Whether *fragment* (without `#`) names a place that a page read whole does not have (HTML §7.4.6.4)."""
    name = fragment.partition(":~:")[0]
    decoded = unquote(name)
    if not name or decoded.lower() == "top" or _STATE.match(decoded) or not page.html or not page.whole or page.app:
        return False
    if any(candidate in page.anchors for candidate in (name, decoded, f"user-content-{decoded}")):
        return False
    return decoded not in page.code and not _MAKES_ANCHORS.search(page.code)


def text_fragment_missing(page: Page, fragment: str) -> bool:
    """Whether a page read whole does not hold the words of `:~:text=[prefix-,]start[,end][,-suffix]`."""
    directives = re.findall(r"(?:^|&)text=([^&]*)", fragment.partition(":~:")[2])
    if not directives or not page.whole or page.app or len(page.text) >= MAX_TEXT:
        return False
    told = fold(page.text)
    return not any(_is_told(directive, told) for directive in directives)


def _is_told(directive: str, told: str) -> bool:
    """Whether the parts of a text *directive* follow each other in *told*."""
    place = 0
    for part in directive.split(","):
        wanted = fold(
            unquote(part.removeprefix("-").removesuffix("-") if part[:1] == "-" or part[-1:] == "-" else part)
        )
        place = told.find(wanted, place)
        if place < 0:
            return False
        place += len(wanted)
    return True


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _host(url: str) -> str:
    return (_split(url).hostname or "").lower()
