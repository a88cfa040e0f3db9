"""The phrases by which pages say that they are closed, for sale, broken or nobody's. All are folded."""

from typing import NamedTuple

from diagsources.text import LatePattern
from diagsources.verdict.missing import words


class Row(NamedTuple):
    """A phrase that tells what a page is, up to a length of visible text."""

    code: str
    longest: int
    hints: frozenset[str]
    """Words, cut to five letters, of which one at least is in what *pattern* matches: few pages have any."""
    pattern: LatePattern


def _row(code: str, longest: int, hints: str, *patterns: str) -> Row:
    stems = frozenset(hint[:5] for hint in hints.split())
    return Row(code, longest, stems, LatePattern("|".join(f"(?:{pattern})" for pattern in patterns)))


_IT = r"(?:ce|cet|cette|le|la|l|notre|votre|this|the|our)"
_SITE = (
    r"(?:site|site internet|site web|sites|service|portail|application|appli|plateforme|plate forme|blog|forum|serveur"
    r"|website|web site|platform|portal|app|api|service en ligne|geoportail|observatoire|outil|tool|espace|extranet"
    r"|serveurs|services)"
)
_NAMED = r"(?: (?!(?:qui|que|remplace|remplacent|et|mais|ou|a|est|sont)\b)\w+){0,6}"
_DATE = (
    r"(?:le \d\w* \w+ 20\d\d|en (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre"
    r"|decembre|20\d\d))"
)
_SUSPENDED = r"(?:suspendue?|suspended|desactivee?|disabled|deactivated|bloquee?|deleted|terminated|resiliee?)"
_HOSTED = (
    r"(?:account|site|website|web site|hosting|hosting account|compte|hebergement|site web|site internet|blog|domain"
    r"|domaine|abonnement)"
)
_BRIEFLY = r"(?:actuellement|temporairement|momentanement|provisoirement|brievement)"
_BRIEFLY_EN = r"(?:temporarily|currently|briefly|momentarily)"
_TOP = r"(?:fr|com|net|org|eu|info|io|biz|re|bzh|paris|alsace|corsica|co|be|ch|site|online|gouv fr)"
SOLD = r"(?:a vendre|en vente|for sale|available for (?:sale|purchase)|may be for sale|parked|parke|gare en parking)"
SOLD_HINTS = words("vendr vente sale purch parke gare")

_NOTHING_MORE = 350
"""Visible characters of a refusal and what to do about it."""

PRODUCTS = _row(
    "default-page",
    6_000,
    "defau welco caddy test iis micro apach xampp wamps wampe place index mamp insta wildf jboss glass sprin laravel "
    "larav iis7 iis8 iis85 iis10 wordp "
    "yay djang congr rocky alma bienv page tomca jetty hesti vesta ispco lampp hosti",
    r"apache2? (?:ubuntu |debian |centos |2 )*default page(?: it works)?|apache2? \w+ default page(?: it works)?",
    r"welcome to (?:nginx|openresty|caddy|centos|lighttpd|tengine|xampp|wildfly|jboss.*|glassfish.*|jetty.*"
    r"|litespeed.*)"
    r"(?: on .*| for .*)?|caddy works",
    r"(?:http server |apache |nginx |web server )?test page for the (?:apache|nginx|http)\b.*"
    r"|(?:apache2? |nginx )?(?:http |web )?(?:server )?test page(?: powered by .*)|(?:\w+ ){1,3}test page",
    r"iis windows(?: server)?|wordpress installation|iis ?[78]\d?(?: \d)?|microsoft internet information services \d+",
    r"(?:plesk |domain |website |web server s |site |cpanel |hostinger |ispconfig |hestia "
    r"|vesta )?default (?:web ?site |server )?"
    r"page|page par defaut(?: .*)?|default web site page|web server s default page",
    r"apache tomcat(?: \d+)*(?: \w+)?|xampp.*|wampserver.*|lampp|mamp(?: pro)?|placeholder page|index of default"
    r"|welcome to your new (?:web ?)?site",
    r"the install worked successfully congratulations|yay you re on rails|bienvenue (?:sur|dans) (?:xampp|nginx|iis).*",
)
"""What servers call their own page: a whole part of the title, or the first heading."""

TITLED = (
    # a whole part of the title, or of the first heading
    _row(
        "default-page",
        1_200,
        "it const comin bient felic congr bienv futur ready under website weblo not non",
        r"it works|(?:site|page)(?: web| internet)? (?:est )?(?:actuellement )?en (?:cours de )?construction"
        r"|(?:website |web site |site |page )?under construction",
        r"(?:ce|notre|le|votre) site(?: web| internet)? est (?:actuellement )?en (?:cours de )?(?:construction"
        r"|creation)",
        r"(?:site )?coming soon|bientot en ligne|prochainement en ligne|bientot disponible|ouverture prochaine"
        r"|site en (?:cours de )?creation",
        r"felicitations votre (?:domaine|site|hebergement) .*|congratulations your (?:domain|site|website) .*",
        r"bienvenue sur votre (?:nouveau site|hebergement|nouveau serveur|nouvel hebergement).*",
        r"future home of something quite cool|(?:your )?web ?site is (?:almost )?ready"
        r"|(?:your )?web ?site is not ready.*",
        r"site (?:web |internet )?(?:non|pas encore) (?:installe|configure|publie|active)|(?:web ?)?site not (?:yet )?"
        r"(?:installed|configured|published)",
    ),
    _row(
        "parked-domain",
        3_000,
        "domai parke parki nom sale vendr buy achet",
        r"(?:this |the |ce |le )?(?:domain|domain name|nom de domaine|domaine internet) (?:\w+ ){0,4}(?:is|est"
        rf"|may be) (?:\w+ )?{SOLD}(?: (?:on|sur|by|par|chez|at) .*)?"
        r"|(?:domain|domain name) (?:for sale|parked|parking)|parked domain(?: name)?|domain name for sale",
        r"nom de domaine (?:a vendre|reserve|expire|parque|gare|enregistre)|(?:domain|domain name) (?:has )?expired"
        r"|domaine (?:expire|parque|gare)|parking page|parked domain name on .*|domaine (?:enregistre|reserve)",
        r"(?:this|ce|le) (?:nom de )?(?:domaine?|domain name) (?:vient d etre|a ete|has been|was|is"
        r"|est) (?:\w+ )?(?:enregistre"
        r"|registered|reserve|reserved|depose|achete)(?: .*)?|(?:buy|acheter|achetez|purchase|acquerir) (?:this|ce) "
        r"(?:domain|domain name|domaine|nom de domaine)(?: .*)?|(?:domain name|domain|nom de domaine) (?:registered"
        r"|enregistre)"
        r"(?: .*)?|this web ?(?:site|page) is parked.*|this website is for sale",
    ),
    _row(
        "maintenance-notice",
        1_500,
        "panne surch maint back reven retou indis inacc ferme unava down offli inter trava mise updat upgra hors",
        rf"(?:{_IT} )?{_SITE} (?:est )?(?:{_BRIEFLY} )?en (?:cours de )?(?:maintenance|mise a jour).*",
        r"(?:site |page |mode |operation de |service )?(?:en )?maintenance (?:en cours|du site|page|mode"
        r"|programmee|planifiee)",
        r"en (?:cours de )?maintenance|(?:down|closed|offline|unavailable) for (?:scheduled )?maintenance"
        r"|under maintenance|maintenance mode|site en travaux|mise a jour en cours|(?:site|service"
        r"|portail) hors (?:ligne|service)",
        r"(?:site |we are |we re |website |sorry )+(?:is )?(?:currently )?(?:down|undergoing|under|in"
        r"|performing) (?:for )?(?:scheduled |some )?(?:maintenance|updates?|upgrades?).*",
        r"scheduled (?:maintenance|downtime)|(?:we ll|we will) be (?:right )?back.*|(?:nous )?(?:revenons"
        r"|serons de retour) "
        r"(?:bientot|tres bientot|vite|tres vite|dans).*|(?:be )?(?:right )?back soon"
        r"|(?:nous sommes )?(?:bientot )?de retour (?:bientot|tres vite)",
        rf"(?:{_IT} )?{_SITE} (?:est )?{_BRIEFLY} (?:indisponible|inaccessible|fermee?|hors (?:ligne|service)"
        rf"|suspendue?).*",
        rf"(?:{_IT} )?{_SITE} (?:est |sont )?(?:{_BRIEFLY} )?(?:indisponibles?|inaccessibles?|en (?:travaux|panne)"
        rf"|surcharges?)|indisponibilite (?:(?:temporaire|momentanee|technique) )?(?:du|de la|de l|de notre"
        rf"|des) {_SITE}.*"
        r"|(?:site |service )?(?:indisponible|inaccessible) (?:momentanement|temporairement)(?: .*)?",
        rf"(?:service|site|website|page) (?:is )?{_BRIEFLY_EN} (?:unavailable|down|offline).*|temporarily unavailable",
        rf"(?:{_BRIEFLY_EN} )?unavailable for (?:scheduled )?maintenance.*|indisponibilite temporaire(?: .*)?"
        rf"|interruption (?:temporaire )?(?:de|du) service|{_BRIEFLY} (?:indisponible|inaccessible)(?: .*)?",
    ),
    _row(
        "closed-notice",
        2_500,
        "ferme ferma clos arret dispo acces servi actif exist close shut disco retir ended moved avail fin suspe desac "
        "disab "
        "deact bloqu delet termi resil remov remplac rempl demen chang bandw resou archi cess goodb",
        rf"(?:{_IT} )?{_SITE}(?: [\w ]{{1,40}})? (?:a ferme|est (?:desormais "
        r"|maintenant )?(?:definitivement )?(?:fermee?|arretee?|clos)|n est plus (?:disponible|accessible"
        r"|en service|en ligne|actif)|n existe plus|has (?:been )?(?:closed|shut ?down|discontinued|retired"
        r"|ended|moved|decommissioned)|is (?:now )?(?:closed|discontinued|retired|no longer available))",
        rf"(?:{_IT} )?{_SITE} (?:ferme|a ferme) (?:definitivement )?(?:ses portes)?",
        rf"(?:fermeture|arret)(?: definitive?)? (?:du|de la|de l|de notre) {_SITE}(?: (?:le|au|depuis|definitif"
        r"|definitive|des) .*)?|(?:site|service|portail|application) (?:definitivement )?(?:fermee?|arretee?)",
        r"(?:service|site) (?:discontinued|closed|retired|shutdown|shut down)|(?:c est|this is) (?:la fin"
        r"|goodbye)|we (?:have|ve) closed|we are closing|(?:site|service|portail) (?:definitivement )?(?:supprime|clos"
        r"|clotu?re)",
        r"(?:ce|cet|cette|notre|le|l) (?:site|site internet|site web|portail|blog|geoportail|application|plateforme"
        r"|observatoire)"
        r" (?:a ete|est|a) (?:desormais |maintenant )?(?:remplacee?|demenagee?|supprimee?|archivee?|change d adresse"
        r"|retiree?)(?: par .*)?|(?:site|portail|service|page) (?:remplacee?|archivee?)|nous (?:avons (?:demenage"
        r"|ferme|change d adresse|change de site)"
        r"|demenageons)",
        rf"(?:this |your |ce |cet |votre |le |l )?{_HOSTED} (?:has been |is |a ete |est |temporarily "
        rf"|temporairement )*{_SUSPENDED}",
        r"(?:509 )?bandwidth limit exceeded|(?:508 )?resource limit is reached|compte (?:client )?suspendu"
        r"|account has been suspended",
    ),
    _row(
        "access-denied",
        _NOTHING_MORE,
        "403 401 forbi acces denie refus inter autor unaut permi",
        r"(?:(?:erreur|error|http|code|status) )*(?:403|401)(?: (?:forbidden|unauthorized|access denied|interdit"
        r"|acces (?:refuse|interdit|non autorise)|non autorise))?|forbidden|(?:acces|access) (?:refuse|interdit|denied"
        r"|forbidden|non autorise|not allowed)|unauthorized|(?:page|ressource|contenu) (?:interdite?|protegee?)"
        r"|permission denied|(?:vous n etes pas autorisee?s?|you are not (?:authori[sz]ed|allowed)) .{0,60}",
    ),
    _row(
        "rate-limited",
        _NOTHING_MORE,
        "many trop queue line file salle waiti",
        r"(?:(?:error|erreur|http) )*(?:429 )?(?:too many requests|trop de (?:requetes|demandes|connexions))",
        r"(?:vous etes dans|you are (?:now )?in) (?:la |une |the |a )?(?:(?:salle|file) d attente|queue|line"
        r"|waiting room)"
        r"(?: .{0,40})?|queue it|waiting room|(?:salle|file) d attente virtuelle",
    ),
    _row(
        "application-error",
        4_000,
        "500 502 503 504 inter erreu error runti bad white fatal php appli datab wordp excep actio whoop servi gatew "
        "could canno faile impos at maps mapse msloa guru proxy reque l url unabl trace struts strut",
        r"(?:http (?:status|error|statut) |erreur |error |etat http )+50[0234](?: \d)?(?: .{0,60})?",
        r"50[0234] (?:internal server error|bad gateway|(?:service|server) (?:temporarily )?unavailable"
        r"|gateway time ?out|server error|erreur(?: interne)?(?: du serveur)?|erreur serveur"
        r"|service (?:temporairement )?indisponible|backend fetch failed|proxy error|service unavailable .*)"
        r"|(?:internal )?server error (?:50\d)?|error 50\d.*",
        r"internal server error|erreur interne(?: du serveur)?|server error in .* application|runtime error"
        r"|bad gateway|whitelabel error page|erreur (?:du |de )?serveur dans l application.*|erreur d execution"
        r"|error executing .*|configuration error|compilation error|erreur de (?:configuration|compilation|serveur)",
        r"(?:a )?(?:database|mysql|sql|oracle|postgresql|db|proxy|system|fatal|php|gateway|script|parse"
        r"|compilation) error.*",
        r"application error|erreur (?:de base de donnees|de la base de donnees|fatale|sql|mysql|php|d application"
        r"|systeme"
        r"|technique|serveur|de connexion a la base.*|applicative|inattendue|interne.*)",
        r"error establishing a database connection|erreur lors de la connexion a la base de donnees"
        r"|wordpress error|erreur wordpress|guru meditation|mapserver message|msloadmap.*|service exception.*",
        r"\w*(?:exception|error) at\b.*|action controller exception caught|struts problem report|unhandled exception.*"
        r"|whoops (?:looks like something went wrong|there was an error)|\w*exception caught.*",
        r"service unavailable|unavailable service|gateway time ?out|(?:\d+ )?(?:could not|cannot|can t|unable to"
        r"|failed to) connect to .*|impossible de se connecter a (?:la base|mysql|la bdd).*|upstream (?:connect"
        r"|request) .*",
        r"(?:erreur |error )?(?:l url demandee|the requested url) (?:n a pas pu etre|could not be) (?:chargee|trouvee"
        r"|retrieved|lue)",
    ),
    _row(
        "application-error",
        500,
        "erreu error somet probl incid diffi dysfo",
        r"(?:oups |oops |desolee? |aie )*(?:une? )?(?:erreur|probleme|incident) (?:inattendue? |technique |interne "
        r"|est "
        r")*(?:survenue?"
        r"|s est produite?"
        r"|inattendue?)(?: .*)?|something went wrong.*",
        r"(?:an |unexpected |oops |internal )*error (?:has )?occurr?ed.*|(?:probleme|incident|difficultes?"
        r"|dysfonctionnement) techniques?(?: .{0,40})?",
    ),
    _row("application-error", 60, "erreu error", r"erreur|error"),
)

TOLD = (
    # anywhere in the text
    _row(
        "default-page",
        3_000,
        "domai ready nginx defau proper means insta confi first premi front runni owner webma cree creat enabl conte "
        "heber hoste "
        "hebergement it",
        r"this is the default (?:welcome )?page used to test"
        r"|if you see this page the (?:nginx|openresty|\w+) web server is successfully installed",
        r"this (?:page|is a page) (?:is )?used to test the proper operation of (?:the|an?) (?:apache|nginx|http"
        r"|\w+ web) ",
        r"if you can read this page it means that (?:this|the) (?:site|web server|apache)",
        r"this is the default (?:\w+ )?page(?: for this (?:domain|server|site)|$)|\b(?:ce|this) (?:nom de )?domaine? "
        r"(?:n est pas|is not) (?:encore |yet )?(?:configuree?|configured|active|relie|rattache|connected)\b"
        r"|\byour (?:new )?web ?server is ready to use|^it works$"
        r"|\bno web ?site has been configured\b"
        r"|this is a default index page for a new domain|\byou have successfully installed (?:xampp|tomcat"
        r"|\w+ server)\b"
        r"|\byou ve successfully installed tomcat\b|the web server software is running but no content",
        r"votre domaine a bien ete cree chez ovh|this domain has been created (?:at|with) ovh"
        r"|web station has been enabled|il n y a pas de site (?:internet |web )?(?:installe )?a cette adresse",
        r"your web app is running and waiting for your content"
        r"|si vous etes le proprietaire de ce site (?:\w+ ){0,6}hebergement",
        r"the (?:owner|webmaster) of this (?:domain|web ?site) has not (?:yet )?(?:uploaded|published|configured)",
        r"(?:aucun site(?: web| internet)?|no (?:web ?)?site) (?:n est |is )?(?:configured|configure|installe|hosted"
        r"|heberge)(?:d)? (?:a|at|on|sur|pour) (?:cette|this|ce)",
        r"\bwelcome to wordpress this is your first post\b|\bbienvenue (?:sur|dans) wordpress (?:ceci est|c est"
        r"|voici) votre premier "
        r"article\b|\bno front page content has been created yet\b"
        r"|\baucun contenu de page d accueil n a (?:encore )?ete cree\b"
        r"|\b(?:this|ce) site (?:has not been|n a pas encore ete) configured?\b",
    ),
    _row(
        "parked-domain",
        2_000,
        "domai parke domain sale vendr vente",
        r"\b(?:ce|le|this|the) (?:nom de domaine|domaine internet|domain name|domain"
        r"|web address)(?: \w+){0,4} (?:est|is|may be|could be) (?:\w+ )?(?:a vendre|en vente|for sale"
        r"|available for purchase|parked|gare|disponible a (?:l achat|la vente))\b",
        rf"\b(?:le |ce )?(?:nom de )?domaine (?:\w+ ){{1,4}}{_TOP} (?:est (?:\w+ )?)?(?:a vendre|en vente"
        rf"|disponible a l achat)\b",
        r"\b(?:buy|acheter|achetez|acquerir|purchase|acquerez) (?:this|ce) (?:domain|domaine|nom de domaine"
        r"|domain name)\b|\bis parked free\b",
        r"\b(?:this|ce|le|the) (?:domain name|domain|nom de domaine|domaine)(?: \w+){0,3} (?:has expired|expired on"
        r"|is expired"
        r"|a expire|est expire|has been registered (?:with|by|at|for) \w+|(?:est|a ete|vient d etre) (?:enregistre"
        r"|reserve|depose"
        r"|mis en vente|achete) (?:chez|par|avec|aupres|pour (?:notre|un|le compte)))\b",
        r"\bce (?:nom de )?domaine est (?:reserve|parque|en parking|expire)\b(?! (?:a|aux|pour)\b)|\bdomaine (?:parque"
        r"|gare) (?:chez|par)\b",
        r"\bthe domain (?:owner|has recently been listed)\b"
        r"|\bthis (?:web)?page was generated by the domain owner\b|\binterested in this domain\b",
        r"\bthis domain (?:is|has been|was) (?:just |recently |newly )?(?:registered|reserved|purchased|bought|parked"
        r"|pending|suspended)\b|\b(?:ce|this) (?:site|site web|site internet|web ?site) (?:est|is) (?:a vendre|en vente"
        r"|for sale)\b",
    ),
    _row(
        "maintenance-notice",
        700,
        "maint unava down offli indis mise inacc ferme suspe hors upgra updat",
        rf"\b(?:{_IT}) {_SITE} (?:(?:\w+ ){{0,5}}est (?:{_BRIEFLY} )+|est )(?:en (?:cours de )?maintenance"
        rf"|ferme pour maintenance"
        r"|indisponible pour (?:cause de )?maintenance|en cours de mise a jour)\b",
        rf"(?<!etre )(?<!sera )(?<!seront )\b{_BRIEFLY} (?:indisponible|inaccessible|fermee?|hors ligne"
        rf"|suspendue?) (?:pour|en raison|a cause"
        rf"|suite) (?:de |d |a )?"
        r"(?:une |cause de |un |raison de )?(?:operation |travaux )?(?:de )?(?:maintenance|mise a jour)\b",
        r"\b(?:en raison d une|suite a une|pour cause de|pendant une"
        rf"|une) (?:operation de )?maintenance(?: \w+){{0,4}} (?:{_IT} {_SITE}|est en cours|nos services)",
        r"\bnous (?:realisons|effectuons|procedons|menons)(?: \w+){0,4} (?:maintenance|mise a jour)\b",
        r"\b(?:we are|we re|is) (?:currently )?(?:down for|undergoing|performing|under|upgrading"
        r"|updating) (?:scheduled |routine "
        rf"|some )?(?:maintenance|our (?:site|website|systems?|servers?))\b"
        rf"|\b{_BRIEFLY_EN} unavailable for scheduled maintenance\b",
        rf"\b(?:site|website|service) is {_BRIEFLY_EN} (?:unavailable|down|offline|under maintenance)\b",
        rf"\b{_IT} {_SITE} est (?:temporairement|momentanement|provisoirement) (?:indisponible|inaccessible"
        r"|fermee?|suspendue?|hors (?:ligne|service))\b",
    ),
    _row(
        "maintenance-notice",
        350,
        "indis inacc hors ferme trava surch panne maint revie mise",
        rf"\b{_IT} {_SITE}{_NAMED} (?:est|sont) (?:(?:actuellement|temporairement|momentanement|provisoirement) )?"
        rf"(?:indisponibles?|inaccessibles?|hors (?:ligne|service)|en (?:travaux|panne|maintenance)|surcharges?"
        r"|fermee?s? pour (?:cause de )?(?:maintenance|travaux))\b",
        r"\b(?:indisponible|inaccessible|ferme|suspendu) (?:momentanement|temporairement|provisoirement) (?:pour"
        r"|en raison"
        r"|suite)\b|^mise a jour en cours\b|(?:\best |^)indisponible pour (?:cause de )?maintenance\b",
    ),
    _row(
        "closed-notice",
        250,
        "ferme arret clos close suppr desac servi ligne retir disco shut dispo exist",
        rf"^(?:\w+ ){{0,8}}(?:ce|cet|cette|notre|le|l|la) {_SITE}{_NAMED} (?:est|a ete|est desormais|est maintenant"
        rf"|a) (?:definitivement )?(?:arretee?|fermee?|clos|close|supprimee?|desactivee?|retiree?)(?! (?:du|au|aux"
        rf"|jusqu"
        r"|de|a|pendant|le|pour|en)\b)",
        rf"^(?:\w+ ){{0,8}}(?:ce|cet|cette|notre|le|l|la) {_SITE}{_NAMED} (?:n est plus (?:disponible|accessible"
        r"|en ligne|en service|actif|active|maintenue?)|n existe plus)\b(?! (?:dans|sous|sur)\b)",
        rf"^(?:\w+ ){{0,5}}(?:this|the|our) {_SITE}{_NAMED} (?:has been|is|was|is now) (?:permanently )?(?:closed"
        rf"|retired"
        r"|discontinued|shut ?down|removed|no longer (?:available|in service|active|online))\b",
    ),
    _row(
        "closed-notice",
        1_200,
        "ferme arret clos close suppr desac decom debra plus cesse shut disco retir longe suspe disab rempl demen "
        "remov archi",
        rf"\b(?:ce|cet|cette|notre|le|l|la) {_SITE}{_NAMED} (?:(?:est|a ete|sont) (?:desormais "
        r"|maintenant )?definitivement (?:fermee?|arretee?|clos|close|supprimee?|desactivee?)|(?:a ete"
        rf"|est) (?:fermee?|arretee?|supprimee?|desactivee?|decommissionnee?|debranchee?) (?:depuis|{_DATE}"
        r"|au profit|et remplacee?|definitivement)|(?:a"
        rf"|s est) (?:definitivement )?(?:ferme|arrete) (?:ses portes|definitivement|{_DATE}|depuis))",
        rf"\b(?:ce|cet|cette|notre|le|l|la) {_SITE}{_NAMED} (?:n est plus (?:disponible|accessible|en ligne"
        r"|en service|maintenue?|active?|alimentee?)(?! (?:dans|sous|pour|en|sur|aux?)\b)|n existe plus"
        r"|a cesse (?:son|ses|d exister|de fonctionner)|est desormais fermee?(?! (?:du|au|aux|pour|jusqu|en|de"
        r"|a|pendant|le)\b)|est fermee?(?: les donnees| vous| merci| rendez|$))"
        rf"|nous avons (?:definitivement )?ferme (?:notre|ce|le) {_SITE}",
        r"\b(?:ce|cet|notre) (?:site|site internet|site web|portail|blog|geoportail|application|plateforme) (?:a ete"
        r"|est) (?:desormais "
        r"|maintenant )?(?:remplacee? par|supprimee?\b|archivee?\b)",
        rf"\b(?:this|the|our) {_SITE}(?: [\w]+){{0,4}} (?:has (?:been )?(?:permanently )?(?:closed|shut ?down"
        r"|discontinued|retired|decommissioned|ceased)|is (?:now )?(?:permanently )?(?:closed|discontinued"
        r"|retired|no longer available|no longer in service|decommissioned)|was (?:shut down|retired"
        r"|discontinued|closed))\b",
        rf"\b(?:this|your|ce|cet|cette|votre|le) {_HOSTED} (?:has been|is|a ete|est) (?:\w+ )?{_SUSPENDED}\b",
    ),
    _row(
        "application-error",
        1_500,
        "error erreu excep trace sqlst datab wrong sprin retri charg trouv guru upstr proxy backe handl renco exper "
        "mappi probl "
        "impos java org",
        r"\bfatal error (?:uncaught|allowed memory|call to|require|maximum execution|cannot|class|interface"
        r"|unsupported)"
        r"|\bparse error syntax error\b",
        r"\bthe website encountered an unexpected error\b|\ble site (?:web )?a rencontre une erreur (?:inattendue)?\b"
        r"|\bla base (?:de donnees )?n est pas (?:accessible|disponible|joignable)\b"
        r"|\bthere has been a critical error on (?:this"
        r"|your) (?:web)?site\b"
        r"|\bil y a eu une erreur critique sur (?:ce|votre) site\b",
        r"\bsqlstate\b.* |\btraceback most recent call last\b|\ban unhandled exception\b"
        r"|\bjava (?:lang|sql|io|util|net) \w+(?:exception|error)\b|\borg (?:springframework|apache jasper|hibernate"
        r"|postgresql)\b",
        r"\bapplication error a (?:client|server) side exception\b"
        r"|\bthis application has no explicit mapping for error\b|\bunable to connect to (?:the )?database\b"
        r"|\bconnexion a la base (?:de donnees )?impossible\b|\bimpossible de se connecter a la base\b",
        r"\brencontre (?:actuellement )?(?:des|un|une) (?:difficultes?|problemes?|incidents?) techniques?\b"
        r"|\bexperiencing technical difficulties\b|\bproblemes? techniques? (?:\w+ ){0,3}(?:empeche|nous empeche)\b",
        r"\bwe re sorry but something went wrong\b|\ba database error (?:has )?occurr?ed\b"
        r"|\ban error occurred in the application and your page could not be served\b",
        r"\b(?:the requested url could not be retrieved|l url demandee n a pas pu etre (?:chargee|trouvee))\b"
        r"|\bthe following error was encountered while trying to retrieve\b|\bbackend fetch failed\b"
        r"|\bguru meditation\b"
        r"|\bproxy server received an invalid response from an upstream\b"
        r"|\bno server is available to handle this request\b"
        r"|\bupstream connect error\b|\bno healthy upstream\b",
    ),
    _row(
        "application-error",
        300,
        "erreu error wrong unava gatew",
        r"\bune erreur (?:inattendue |technique |interne )?(?:est survenue|s est produite)\b|\ban (?:unexpected "
        r"|internal )?error (?:has )?occurr?ed\b",
        r"\bsomething went wrong\b|\binternal server error\b|\bservice unavailable\b|\bbad gateway\b",
    ),
    _row(
        "maintenance-notice",
        250,
        "reess reven try come renou",
        r"^(?=.*\b(?:indispo|inacc|erreur|error|surcharg|maintenance|probleme|incident|unavail|busy|affluence|patient"
        r"|retour|back|down|panne|occup|sature|technique|interrompu)).*"
        r"\b(?:(?:merci|veuillez|vous pouvez|nous vous invitons|pouvez vous|essayez) (?:de |a |bien )*(?:reessayer"
        r"|revenir"
        r"|renouveler votre (?:demande|visite)|vous reconnecter|essayer) (?:\w+ ){0,3}?(?:plus tard|ulterieurement"
        r"|dans (?:quelques|un|une))\b|\breessayez (?:plus tard|ulterieurement|dans (?:quelques|un|une))\b"
        r"|\bplease (?:try again|come back|check back|try) (?:\w+ )?(?:later|soon|in a)\b)",
    ),
)

SPILLED = _row(
    "application-error",
    600,
    "warni notic depre stric avert undef ora mysql pg conne could canno msloa mapse unabl faile odbc sql too error "
    "erreu impos echec econn "
    "unkno msweb mapse denie query reada",
    r"^(?:warning|notice|deprecated|strict standards|avertissement) .* on line \d+(?: \w+){0,8}$|\bundefined (?:index"
    r"|variable|array key|offset)\b.*"
    r" on line \d+|^(?:warning|notice) \w+ (?:connect|query|open|include|require)\w* ",
    r"\bora \d{5}\b|\b(?:could not|can t|cannot|unable to|failed to|impossible de (?:se )?) ?connect(?:er)? (?:to |a "
    r"|au )?(?:the |la |le )?"
    r"(?:local )?(?:mysql|postgresql|oracle|database|server|serveur|db|sql|base|mongodb|redis|host|ldap)\b",
    r"^(?:error |erreur )?(?:could not|can t|cannot|unable to|failed to) connect\b|\btoo many connections\b"
    r"|\bmysql server has gone away\b"
    r"|\baccess denied for user\b|\bunknown database\b|\bno pg hba conf entry\b"
    r"|\byou have an error in your sql syntax\b"
    r"|\bpg_?connect\b|\bmysqli? connect\b|\bodbc (?:driver|sql server|microsoft)\b|\bmicrosoft ole db provider\b"
    r"|\b(?:erreur|echec) (?:de |lors de la )connexion (?:a |au )(?:la base|mysql|sql|serveur)\b|\bms(?:loadmap|web"
    r"|wms\w*|draw\w*|evallayer) "
    r"(?:unable|error|web application|premature|unknown)|\bmsloadmap\b|\beconnrefused\b"
    r"|\bno query information to decode\b"
    r"|\bmapserv web application error\b|\bfile not found or not readable\b|\berror code 10\d\d\b.*\bmysql\b",
    r"^(?:type|reference|syntax|range|name|value|key|attribute|import|module ?not ?found)error \w+",
)
"""What software writes where the page should be: nothing else is there, and no heading."""

EMPTY_LISTING = LatePattern(
    r"(?:name ?)?(?:last modified ?)?(?:size ?)?(?:description ?)?(?:parent directory ?|to parent directory ?)?"
    r"(?:cgi bin ?[\d ]*)?"
    r"(?:apache .{0,100} port \d+|(?:apache|nginx|lighttpd)(?: \w+){0,4})?"
)
"""What a listing shows of a directory that holds nothing, after its name."""

_THINGS = (
    r"hectares?|viticole|chateau|vignoble|maison|agricole|jours? feries?|public le|usines?|salaries|industriel"
    r"|industrielle|emplois|licenciements?|reouverture|printemps|hiver|automne|noel|eglise|musee|accueil du public"
    r"|guichet|vacances|circulation|baignade|piscine|chantier"
)
EVERYDAY = LatePattern(
    rf"\b(?:{_THINGS}|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|horaires?|weekend|week end|conges|travaux)\b"
)
"""Words of closings and sales that are not a site's."""
EVERYDAY_THINGS = LatePattern(rf"\b(?:{_THINGS})\b")
"""The same without the days, on which sites are mended as well."""

LONGEST = max(row.longest for row in (PRODUCTS, *TITLED, *TOLD))
