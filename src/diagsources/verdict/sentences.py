"""The sentences by which pages say that they are closed, for sale, broken or nobody's. All are folded."""

from diagsources.text import LatePattern
from diagsources.verdict.phrases import PRODUCTS, TITLED
from diagsources.verdict.vocabulary import (
    BRIEFLY,
    BRIEFLY_EN,
    DATE,
    HOSTED,
    IT,
    NAMED,
    NOTHING_MORE,
    ONLINE,
    SITE,
    SUSPENDED,
    TOP,
    row,
)

TOLD = (
    # anywhere in the text
    row(
        "auth-required",
        NOTHING_MORE,
        "devez must need pleas sessi conte page espac acces rubri docum reser prote",
        r"\bvous devez (?:d abord )?(?:etre (?:connecte|identifie|authentifie|inscrit)\w*|vous (?:connecter|identifier"
        r"|authentifier)(?! avec\b(?! un compte\b)(?!.*\bpour (?:acceder|consulter|voir|lire)\b)))\b"
        r"|\b(?:you (?:must|need to)|please) (?:be )?(?:log|logged|sign|signed) ?in (?:to|before"
        r"|first)\b",
        r"\b(?:ce contenu|cette page|cette rubrique|cet espace|ce document|l acces|acces) (?:est |a cette page est )?"
        r"(?:reservee?|restreinte?|protegee?) (?:(?:aux|a nos|a l usage des) (?:membres|abonnes|adherents|utilisateurs"
        r"|agents|partenaires|professionnels|personnes)|par (?:un )?mot de passe)\b|\bvotre session (?:a"
        r"|est) expiree?\b",
    ),
    row(
        "access-denied",
        250,
        "permi autor",
        r"\bvous n avez pas la permission de voir ce contenu\b|\bvous n etes pas autorisee?s? a (?:consulter|voir"
        r"|acceder a) (?:cette|ce) (?:fiche|page|contenu|document|ressource)\b",
    ),
    row(
        "default-page",
        3_000,
        "domai ready nginx entst defau proper means insta confi first premi front runni owner webma cree creat enabl "
        "conte heber hoste it",
        r"this is the default (?:welcome )?page used to test"
        r"|if you see this page the (?:nginx|openresty|\w+) web server is successfully installed",
        r"this (?:page|is a page) (?:is )?used to test the proper operation of (?:the|an?) (?:apache|nginx|http"
        r"|\w+ web) ",
        r"if you can read this page it means that (?:this|the) (?:site|web server|apache)",
        r"this is the default (?:\w+ )?page(?: for this (?:domain|server|site)| of your|$)"
        r"|\b(?:ce|this) (?:nom de )?domaine? (?:n est pas|is not|isn t) (?:encore |yet )?(?:configuree?|configured"
        r"|active|relie|rattache|connected)\b"
        r"|\byour (?:new )?web ?server is ready to use|^it works$"
        r"|\bno web ?site has been configured\b"
        r"|this is a default index page for a new domain|\byou have successfully installed (?:xampp|tomcat"
        r"|\w+ server)\b"
        r"|\byou ve successfully installed tomcat\b|the web server software is running but no content",
        r"\bcelebre installation en (?:5|cinq) minutes de wordpress\b"
        r"|\bfamous (?:5|five) minute wordpress installation\b|votre domaine a bien ete cree chez ovh"
        r"|this domain has been created (?:at|with) ovh"
        r"|\bhier entsteht (?:in kurze )?eine neue (?:internetprasenz|website|webseite|homepage)\b"
        r"|web station has been enabled|il n y a pas de site (?:internet |web )?(?:installe )?a cette adresse",
        r"your web app is running and waiting for your content"
        r"|if you are the owner of this website please contact your hosting provider"
        r"|\bis not configured for an account on our platform\b|\bsuccessfully started the nginx proxy manager\b"
        r"|\bdeposez vos fichiers dans le (?:dossier|repertoire) www\b"
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
    row(
        "parked-domain",
        2_000,
        "domai domin parke sale vendr vente venta vendi verka gener",
        r"\b(?:el dominio|il dominio|questo dominio|este dominio|die domain|diese domain) (?:\w+ ){0,4}?(?:en venta"
        r"|in vendita|zum verkauf)\b|\bpage a ete generee par le (?:titulaire|proprietaire) du domaine\b",
        r"\b(?:ce|le|this|the) (?:nom de domaine|domaine internet|domain name|domain"
        r"|web address)(?: \w+){0,4} (?:est|is|may be|could be) (?:\w+ )?(?:a vendre|en vente|for sale"
        r"|available for purchase|parked|gare|disponible a (?:l achat|la vente))\b",
        rf"\b(?:le |ce )?(?:nom de )?domaine (?:\w+ ){{1,4}}{TOP} (?:est (?:\w+ )?)?(?:a vendre|en vente"
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
    row(
        "maintenance-notice",
        700,
        "maint unava down offli indis mise inacc ferme suspe hors upgra updat inter",
        rf"\b(?:{IT}) {SITE} (?:(?:\w+ ){{0,5}}est (?:{BRIEFLY} )+|est )(?:en (?:cours de )?maintenance"
        rf"|ferme pour maintenance"
        r"|indisponible pour (?:cause de )?maintenance|en cours de mise a jour)\b",
        rf"(?<!etre )(?<!sera )(?<!seront )\b{BRIEFLY} (?:indisponible|inaccessible|fermee?|hors ligne"
        rf"|suspendue?|interrompue?) (?:pour|en raison|a cause"
        rf"|suite) (?:de |d |a )?"
        r"(?:une |cause de |un |raison de )?(?:operation |travaux )?(?:de )?(?:maintenance|mise a jour|technique)\b",
        r"\b(?:en raison d une|suite a une|pour cause de|pendant une"
        rf"|une) (?:operation de )?maintenance(?: \w+){{0,4}} (?:{IT} {SITE}|est en cours|nos services)",
        r"\bnous (?:realisons|effectuons|procedons|menons)(?: \w+){0,4} (?:maintenance|mise a jour)\b",
        r"\b(?:we are|we re|(?:site|website|service|server|portal|platform|system|application|page) is) (?:currently )?"
        r"(?:down for|undergoing|performing|under|upgrading"
        r"|updating) (?:scheduled |routine "
        rf"|some )?(?:maintenance|our (?:site|website|systems?|servers?))\b"
        rf"|\b{BRIEFLY_EN} unavailable for scheduled maintenance\b",
        rf"\b(?:site|website|service) is {BRIEFLY_EN} (?:unavailable|down|offline|under maintenance)\b",
        rf"\b{IT} {SITE} est (?:temporairement|momentanement|provisoirement) (?:indisponible|inaccessible"
        r"|fermee?|suspendue?|interrompue?|hors (?:ligne|service))\b",
    ),
    row(
        "maintenance-notice",
        350,
        "indis inacc hors ferme trava surch panne maint revie mise refon migra peau unava",
        rf"\b{IT} {SITE}{NAMED} (?:est|sont) (?:(?:actuellement|temporairement|momentanement|provisoirement) )?"
        rf"(?:indisponibles?|inaccessibles?|hors (?:ligne|service)|en (?:travaux|panne|maintenance|refonte"
        rf"|cours de (?:refonte|migration|maintenance))|surcharges?"
        r"|fermee?s? pour (?:cause de )?(?:maintenance|travaux))\b",
        r"\b(?:indisponible|inaccessible|ferme|suspendu) (?:momentanement|temporairement|provisoirement) (?:pour"
        r"|en raison"
        r"|suite)\b|^mise a jour en cours\b|^(?=.*\b(?:bientot|retour|patience|comprehension|revenez)\b).*"
        r"\b(?:nous faisons|site fait) peau neuve\b|(?:\best |^)indisponible pour (?:cause de )?maintenance\b",
        rf"\b(?:{SITE}|instance)(?: \w+){{0,4}} est (?:actuellement )?en mode maintenance\b"
        r"|^(?:\w+ ){1,4}est temporairement indisponible$"
        r"|\bthis application is currently (?:unavailable|not available)\b",
    ),
    row(
        "closed-notice",
        300,
        "chang demen moved suppr delet arret ferme trans actif ancie acces inter obsol decom",
        r"\b(?:ce|notre|le) (?:site|portail|blog|forum|service)(?: (?:internet|web))? a (?:change d adresse|demenage)\b"
        r"(?=.*\b(?:cliquez|nouveau|nouvelle|rendez vous|retrouvez|redirig\w+|favoris|signets)\b)"
        r"|\b(?:our|this) (?:web ?)?site has (?:been )?moved to\b"
        r"|\bcontenu de ce site a ete transfere (?:sur|vers)\b|\bvous etes sur l ancien site\b(?! (?:de|des|du|d)\b)"
        r"|\b(?:ce|notre|le|l) (?:site|portail|blog|geoportail|observatoire|plateforme"
        r"|application)(?: \w+){0,3} est desormais"
        r" accessible a l adresse suivante\b",
        r"\bce site n est plus actif\b|\b(?:le|ce) service a ete interrompu definitivement\b"
        r"|\bcette (?:application|page|plateforme) est obsolete et a ete remplacee?\b"
        r"|\b(?:l|cette) application(?: \w+){0,4} a ete (?:decommissionnee|definitivement arretee)\b",
        r"\bauteurs ont supprime ce site\b|\bauthors have deleted this site\b"
        r"|\bque vous (?:cherchez|demandez|recherchez) a ete (?:arretee?|fermee?)\b",
    ),
    row(
        "closed-notice",
        NOTHING_MORE,
        "ferme arret",
        rf"\b(?:a|est|a ete) (?:definitivement )?(?:fermee?|arretee?) {DATE} .*\bdonnees (?:\w+ ){{0,3}}(?:accessibles"
        r"|disponibles|diffusees|consultables|publiees|reprises)\b",
    ),
    row(
        "closed-notice",
        250,
        "ferme arret clos close suppr desac servi ligne retir disco shut dispo exist",
        rf"^(?:\w+ ){{0,8}}(?:ce|cet|cette|notre|le|l|la) {SITE}{ONLINE} (?:est|a ete|est desormais|est maintenant"
        rf"|a) (?:definitivement )?(?:arretee?|fermee?|clos|close|supprimee?|desactivee?|retiree?)(?! (?:du|au|aux"
        rf"|jusqu"
        r"|de|a|pendant|le|pour|en)\b)",
        rf"^(?:\w+ ){{0,8}}(?:ce|cet|cette|notre|le|l|la) {SITE}{ONLINE} (?:n est plus (?:disponible|accessible"
        r"|en ligne|en service|actif|active)|n existe plus)\b(?! (?:dans|sous|sur)\b)",
        rf"^(?:\w+ ){{0,5}}(?:this|the|our) {SITE}{ONLINE} (?:has been|is|was|is now) (?:permanently )?(?:closed"
        rf"|retired"
        r"|discontinued|shut ?down|removed|no longer (?:available|in service|active|online))\b",
    ),
    row(
        "closed-notice",
        1_200,
        "ferme arret clos close suppr desac decom debra plus cesse shut disco retir longe suspe disab rempl demen "
        "remov archi",
        rf"\b(?:ce|cet|cette|notre|le|l|la) {SITE}{NAMED} (?:(?:est|a ete|sont) (?:desormais "
        r"|maintenant )?definitivement (?:fermee?|arretee?|clos|close|supprimee?|desactivee?)|(?:a ete"
        rf"|est) (?:fermee?|arretee?|supprimee?|desactivee?|decommissionnee?|debranchee?) (?:depuis|{DATE}"
        r"|au profit|et remplacee?|definitivement)|(?:a"
        rf"|s est) (?:definitivement )?(?:ferme|arrete) (?:ses portes|definitivement|{DATE}|depuis))",
        rf"\b(?:ce|cet|cette|notre|le|l|la) {SITE}{NAMED} (?:n est plus (?:disponible|accessible|en ligne"
        r"|en service|active?)(?! (?:dans|sous|pour|en|sur|aux?)\b)|n existe plus"
        r"|a cesse (?:son|ses|d exister|de fonctionner)|est desormais fermee?(?! (?:du|au|aux|pour|jusqu|en|de"
        r"|a|pendant|le)\b)|est fermee?(?: les donnees| vous| merci| rendez|$))"
        rf"|nous avons (?:definitivement )?(?:ferme|arrete) (?:notre|ce|le) {SITE}",
        r"\b(?:ce|cet|notre) (?:site|site internet|site web|portail|blog|geoportail|application|plateforme) (?:a ete"
        r"|est) (?:desormais "
        r"|maintenant )?(?:remplacee? par|supprimee?\b)",
        rf"\b(?:this|the|our) {SITE}(?: [\w]+){{0,4}} (?:has (?:been )?(?:permanently )?(?:closed|shut ?down"
        r"|discontinued|retired|decommissioned|ceased)|is (?:now )?(?:permanently )?(?:closed|discontinued"
        r"|retired|no longer available|no longer in service|decommissioned)|was (?:shut down|retired"
        r"|discontinued|closed))\b",
        rf"\b(?:this|your|ce|cet|cette|votre|le(?! (?:compte|abonnement))) {HOSTED} (?:has(?: been)?|is|a(?: ete)?"
        rf"|est) (?:\w+ )?{SUSPENDED}\b",
    ),
    row(
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
        r"\berror establishing a database connection\b|\bwe re sorry but something went wrong\b"
        r"|\ba database error (?:has )?occurr?ed\b"
        r"|\ban error occurred in the application and your page could not be served\b",
        r"\b(?:the requested url could not be retrieved|l url demandee n a pas pu etre (?:chargee|trouvee))\b"
        r"|\bthe following error was encountered while trying to retrieve\b|\bbackend fetch failed\b"
        r"|\bguru meditation\b"
        r"|\bproxy server received an invalid response from an upstream\b"
        r"|\bno server is available to handle this request\b"
        r"|\bupstream connect error\b|\bno healthy upstream\b",
    ),
    row(
        "application-error",
        600,
        "denie crash sqler synta",
        r"\baccess denied for user (?:\w+ ){1,4}using password\b|\bmarked as crashed and should be repaired\b"
        r"|\bora sqlerrm\b|\byou have an error in your sql syntax\b",
    ),
    row(
        "application-error",
        300,
        "erreu error wrong unava gatew impos",
        r"\bimpossible de charger l application\b",
        r"\bune erreur (?:inattendue |technique |interne )?(?:est survenue|s est produite)\b(?! dans\b)"
        r"(?! lors (?:de l|de la|des|du) (?:edition|impression|facturation|distribution)\b)"
        r"|\ban (?:unexpected "
        r"|internal )?error (?:has )?occurr?ed\b",
        r"\bsomething went wrong\b|\binternal server error\b|\bservice unavailable\b|\bbad gateway\b",
    ),
    row(
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

SPILLED = row(
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
    r"|guichet|vacances|circulation|baignade|piscine|chantier|trains?|bus|gares?|patients|medecins|hopital|hospitali\w+"
    r"|maternite|pediatrie|urgences|dechets?|dechett?eries?|riverains|prefecture|elus|incendie|inondation|logistique"
    r"|fouilles|ascenseurs?|fuite|logements|residents?|chaudiere|gardiens|habitants|gymnase|parcelle|visite guidee"
    r"|eoliennes?|mwc?|kwh|pont|bridge"
    r"|roads?|quarry|limestone|carriere|navettes?|tramway|metro|ligne [a-z0-9]|medicaments?|eclairage|barrage|captage"
    r"|turbines?|centrale|tunnel|ascenseur|gisement|depart de la randonnee"
)
EVERYDAY = LatePattern(
    rf"\b(?:{_THINGS}|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|horaires?|weekend|week end|conges|travaux)\b"
)
"""Words of closings and sales that are not a site's."""
EVERYDAY_THINGS = LatePattern(rf"\b(?:{_THINGS})\b")
"""The same without the days, on which sites are mended as well."""

_PLACE = r"(?:sites?|services?|espace|plateforme|plate forme|outil|observatoire|forum|serveur)"
OF_THE_WORLD = LatePattern(
    rf"(?:(?:le|la|l|un|une) {_PLACE} (?:n est|n existe|est|a)\b|(?:(?:ce|cet|cette|le|la|l|notre) )?{_PLACE}"
    r" (?!(?:internet|web|en ligne|numerique|cartographique|de (?:donnees|cartographie|consultation|telechargement"
    r"|paiement)|est|a|n|ferme\w*|arrete\w*)\b)(?:\w+ ){1,6}?(?:est|a|n|has|is|ferme\w*)\b)"
)
"""A place that has closed, which may be of walls; after a definite article, or with a name."""
OF_THE_WEB = LatePattern(
    r"\b(?:internet|web|en ligne|numeriques?|donnees|\w*portail|adresse|url|liens?|redirig\w+|compte|navigateur"
    r"|logiciel|utilisateurs|pages|application|appli|cartographi\w+|api|contenus?|migr\w+|remplacee? par|contact"
    r"|courriel"
    r"|publications|questions?|merci|vous|nous|data|users?)\b"
)
"""Words of those that are not."""
CLOSED = LatePattern(
    r"(?:ce|notre) (?:site|portail|blog|geoportail|forum)(?: (?:internet|web))? est (?:desormais |maintenant )?"
    r"(?:definitivement )?fermee?\b(?! (?:du|au|aux|jusqu|de|a|pendant|le|les|pour|en|tous|chaque|cette?)\b)"
)
"""How a sentence begins that says so of the site where it stands."""
OF_SOFTWARE = LatePattern(
    r"\b(?:this service|users?|datasets?|api|ce site|utilisateurs|annuaire|export\w*|open data"
    r"|website|web ?site|bookmarks?|favoris|signets|nouveau site|notre site|site est desormais|www|application)\b"
)
"""Words of things that are on the web alone."""
RECURS = LatePattern(
    r"\b(?:chaque|tous les|toutes les|every|each) (?:\w+ ){0,2}?(?:nuits?|jours?|semaines?|mois|lundis?|mardis?"
    r"|mercredis?"
    r"|jeudis?|vendredis?|samedis?|dimanches?|night|day|week|month|(?:sun|mon|tues|wednes|thurs|fri|satur)day)\b"
    r"|\bles (?:lundis|mardis|mercredis|jeudis|vendredis|samedis|dimanches)\b"
)
"""Of what happens again and again, at times that are told: it is not now."""
STILL_THERE = LatePattern(
    r"\b(?:reste|restent|demeure|demeurent|toujours|still|remains?|repond|repondent) (?:\w+ ){0,2}?(?:consultables?"
    r"|accessibles?|disponibles?|en ligne|telechargeables?|available|accessible|online|toujours)\b"
    r"(?! (?:sur|aupres|chez|via|dans|at|on) (?!(?:ce|cet|cette|notre|this|our|la rubrique|l onglet"
    r"|l espace|la page|le present)\b))"
)
"""What is said of a site whose owners have left, and the pages have not."""

LONGEST = max(one.longest for one in (PRODUCTS, *TITLED, *TOLD))
