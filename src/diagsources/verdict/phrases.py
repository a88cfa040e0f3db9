"""What pages are called that are closed, for sale, broken or nobody's: whole parts of titles and headings, folded."""

from diagsources.verdict.vocabulary import BRIEFLY, BRIEFLY_EN, HOSTED, IT, NOTHING_MORE, SITE, SOLD, SUSPENDED, row

PRODUCTS = row(
    "default-page",
    6_000,
    "defau welco caddy test iis micro apach xampp wamps wampe place index mamp insta wildf jboss glass sprin laravel "
    "larav iis7 iis8 iis85 iis10 wordp "
    "phpin yay djang congr rocky alma bienv page tomca jetty hesti vesta ispco lampp hosti",
    r"apache2? (?:ubuntu |debian |centos |2 )*default page(?: it works)?|apache2? \w+ default page(?: it works)?",
    r"welcome to (?:nginx|openresty|caddy|centos|lighttpd|tengine|xampp|wildfly|jboss.*|glassfish.*|jetty(?: \d+)*"
    r"|litespeed.*)"
    r"(?: on .*| for .*)?|caddy works",
    r"(?:http server |apache |nginx |web server )?test page for the (?:apache|nginx|http)\b.*"
    r"|(?:apache2? |nginx )?(?:http |web )?(?:server )?test page(?: powered by .*)|(?:(?:apache2?|nginx|httpd?"
    r"|server|web"
    r"|centos|red hat|rhel|fedora|rocky|almalinux|alma|linux|oracle|litespeed|caddy|lighttpd|php|amazon|enterprise|os"
    r"|openresty|default) )+test page",
    r"iis windows(?: server)?|iis ?[78]\d?(?: \d)?|microsoft internet information services \d+",
    r"(?:plesk |domain |website |web server s |site |cpanel |hostinger |ispconfig |hestia "
    r"|vesta )?default (?:web ?site |server )?"
    r"page|page par defaut(?: .*)?|default web site page|web server s default page",
    r"apache tomcat(?: \d+)*(?: \w+)?|(?:php (?:version )?[\d ]+)?phpinfo|(?:welcome to )?(?:xampp"
    r"|wampserver)(?: (?:for|pour) .*| homepage| server"
    r"|(?: \d+)+)?|lampp|mamp(?: pro)?|placeholder page|index of default"
    r"|welcome to your new (?:web ?)?site",
    r"the install worked successfully congratulations|yay you re on rails|bienvenue (?:sur|dans) (?:xampp|nginx|iis).*",
)
"""What servers call their own page: a whole part of the title, or the first heading."""

TITLED = (
    # a whole part of the title, or of the first heading
    row(
        "default-page",
        1_200,
        "it const comin bient felic congr bienv futur ready under website weblo not non launc",
        r"it works|(?:site|page)(?: web| internet)? (?:est )?(?:actuellement )?en (?:cours de )?construction"
        r"|(?:website |web site |site |page )?under construction",
        r"(?:ce|notre|le|votre) site(?: web| internet)? est (?:actuellement )?en (?:cours de )?(?:construction"
        r"|creation)",
        r"(?:site )?coming soon|bientot en ligne|prochainement en ligne|ouverture prochaine|launching soon"
        r"|site en (?:cours de )?creation",
        r"felicitations votre (?:domaine|site|hebergement) .*|congratulations your (?:domain|site|website) .*",
        r"bienvenue sur votre (?:nouveau site|hebergement|nouveau serveur|nouvel hebergement).*",
        r"future home of something quite cool|(?:your )?web ?site is (?:almost )?ready"
        r"|(?:your )?web ?site is not ready.*",
        r"site (?:web |internet )?(?:non|pas encore) (?:installe|configure|publie|active)|(?:web ?)?site not (?:yet )?"
        r"(?:installed|configured|published)",
    ),
    row(
        "parked-domain",
        3_000,
        "domai domin parke parki nom sale vendr buy achet site websi",
        r"(?:this |the |ce |le )?(?:domain|domain name|nom de domaine|domaine internet) (?:\w+ ){0,4}(?:is|est"
        rf"|may be) (?:\w+ )?{SOLD}(?: (?:on|sur|by|par|chez|at) .*)?"
        r"|(?:domain|domain name) (?:for sale|parked|parking)|parked domain(?: name)?|domain name for sale",
        rf"(?:this|ce|questo|diese|este) (?:site(?: web| internet)?|web ?site|dominio|domain) (?:est|is|e|esta) {SOLD}"
        rf"|(?:el dominio|il dominio|die domain|der domainname) (?:\w+ ){{1,4}}?(?:esta |e )?{SOLD}"
        r"|(?:ce |this )(?:nom de domaine|domaine|domain(?: name)?) (?:est deja pris|is already (?:taken|registered))"
        r"|domain (?:reserved|reserviert|registriert)(?: bei .*)?",
        r"nom de domaine (?:a vendre|reserve|expire|parque|gare|enregistre)|(?:domain|domain name) (?:has )?expired"
        r"|domaine (?:expire|parque|gare)|parking page|parked domain name on .*|domaine (?:enregistre|reserve)",
        r"(?:this|ce|le) (?:nom de )?(?:domaine?|domain name) (?:vient d etre|a ete|has been|was|is"
        r"|est) (?:\w+ )?(?:enregistre"
        r"|registered|reserve|reserved|depose|achete)(?: .*)?|(?:buy|acheter|achetez|purchase|acquerir) (?:this|ce) "
        r"(?:domain|domain name|domaine|nom de domaine)(?: .*)?|(?:domain name|domain|nom de domaine) (?:registered"
        r"|enregistre)"
        r"(?: .*)?|this web ?(?:site|page) is parked.*|this website is for sale",
    ),
    row(
        "maintenance-notice",
        1_500,
        "panne surch maint mante manut wartu back reven retou indis inacc ferme unava down offli inter trava mise "
        "updat upgra hors",
        rf"(?:{IT} )?{SITE} (?:est )?(?:{BRIEFLY} )?en (?:cours de )?(?:maintenance|mise a jour).*",
        r"(?:(?:site|page|mode|operation de) )?(?:en )?maintenance (?:du site|page|mode)|(?:site |service )maintenance "
        r"(?:en cours|programmee|planifiee)",
        r"en (?:cours de )?maintenance|(?:down|closed|offline|unavailable) for (?:scheduled )?maintenance"
        r"|under maintenance|maintenance mode|mode maintenance|site en travaux|mise a jour en cours|(?:site|service"
        r"|portail) hors (?:ligne|service)",
        r"(?:site |we are |we re |website |sorry )+(?:is )?(?:currently )?(?:down|undergoing|under|in"
        r"|performing) (?:for )?(?:scheduled |some )?(?:maintenance|updates?|upgrades?).*",
        r"scheduled (?:maintenance|downtime)|(?:we ll|we will) be (?:right )?back.*|(?:nous )?(?:revenons"
        r"|serons de retour) "
        r"(?:bientot|tres bientot|vite|tres vite|dans).*|(?:be )?(?:right )?back soon"
        r"|(?:nous sommes )?(?:bientot )?de retour (?:bientot|tres vite)"
        r"|(?:sitio|pagina)(?: web)? en mantenimiento|estamos (?:de|en) mantenimiento|wartungsarbeiten"
        r"|wartungsmodus|sito in manutenzione",
        rf"(?:{IT} )?{SITE} (?:est )?{BRIEFLY} (?:indisponible|inaccessible|fermee?|hors (?:ligne|service)"
        rf"|suspendue?).*",
        rf"(?:{IT} )?{SITE} (?:est |sont )?(?:{BRIEFLY} )?(?:indisponibles?|inaccessibles?|en (?:travaux|panne)"
        rf"|surcharges?)|indisponibilite (?:(?:temporaire|momentanee|technique) )?(?:du|de la|de l|de notre"
        rf"|des) {SITE}.*"
        r"|(?:site |service )?(?:indisponible|inaccessible) (?:momentanement|temporairement)(?: .*)?",
        rf"(?:service|site|website|page) (?:is )?{BRIEFLY_EN} (?:unavailable|down|offline).*|temporarily unavailable",
        rf"(?:{BRIEFLY_EN} )?unavailable for (?:scheduled )?maintenance.*|indisponibilite temporaire(?: .*)?"
        rf"|(?:{IT} )?{SITE} (?:est )?(?:{BRIEFLY} )?interrompue?|interruption (?:temporaire )?(?:de|du) service"
        rf"|{BRIEFLY} (?:indisponible|inaccessible)(?: .*)?",
    ),
    row(
        "maintenance-notice",
        NOTHING_MORE,
        "maint",
        r"(?:operation de )?maintenance (?:en cours|programmee|planifiee)",
    ),
    row("default-page", 100, "bient", r"bientot disponible"),
    row("default-page", 60, "larav", r"laravel"),
    row(
        "default-page",
        NOTHING_MORE,
        "symfo fireb glass runni",
        r"welcome to symfony(?: \d+)*|welcome to firebase hosting|firebase hosting setup complete",
        r"glassfish server server running|your server is now running",
    ),
    row(
        "closed-notice",
        2_500,
        "ferme ferma clos arret dispo acces servi actif exist close shut disco retir ended moved avail fin suspe desac "
        "disab "
        "deact bloqu delet termi resil remov remplac rempl demen chang bandw resou archi cess goodb expir "
        "decom debra hors taken sunse switc heber bouti store shop stopp unava",
        rf"(?:{IT} )?{SITE}(?: [\w ]{{1,40}})? (?:a ferme|est (?:desormais "
        r"|maintenant )?(?:definitivement )?(?:fermee?|arretee?|clos)|n est plus (?:disponible|accessible"
        r"|en service|en ligne|actif|heberge ici)|n existe plus|has (?:been )?(?:closed|shut ?down|discontinued|retired"
        r"|ended|moved|decommissioned|taken down|sunset|switched off)"
        r"|a ete (?:decommissionnee?|debranchee?|mise? hors (?:service|ligne))|is (?:now )?(?:closed|discontinued"
        r"|retired|no longer available))",
        rf"(?:{IT} )?{SITE} (?:ferme|a ferme) (?:definitivement )?(?:ses portes)?",
        r"(?:(?:ce|cette|la|le|les) )?pages? (?:perso|personnelles?)(?: [\w ]{1,20})? (?:est "
        r"|sont )?(?:definitivement )?"
        r"fermee?s?|(?:cette|la) (?:page|rubrique) a (?:demenage|change d adresse)(?: .*)?",
        r"(?:our |this |the )?(?:web ?)?(?:site|page) (?:has )?moved(?: .{0,40})?",
        r"(?:desolee? )?(?:cette|la) boutique (?:est (?:actuellement )?indisponible|n est (?:actuellement )?(?:pas"
        r"|plus) disponible)"
        r"(?: .{0,40})?|boutique indisponible|(?:sorry )?this (?:store|shop) is (?:currently )?unavailable.{0,40}"
        r"|this web app is (?:currently )?stopped",
        rf"(?:fermeture|arret)(?: definitive?)? (?:du|de la|de l|de notre) {SITE}(?: (?:le|au|depuis|definitif"
        r"|definitive|des) .*)?|(?:site|service|portail|application) (?:definitivement )?(?:fermee?|arretee?)",
        r"(?:service|site) (?:discontinued|closed|retired|shutdown|shut down)|(?:c est|this is) (?:la fin"
        r"|goodbye)|we (?:have|ve) closed|we are closing|(?:site|service|portail) (?:definitivement )?(?:supprime|clos"
        r"|clotu?re)",
        r"(?:ce|cet|cette|notre|le|l) (?:site|site internet|site web|portail|blog|geoportail|application|plateforme"
        r"|observatoire)"
        r" (?:a ete|est|a) (?:desormais |maintenant )?(?:remplacee?|demenagee?|supprimee?|archivee?|change d adresse"
        r"|retiree?)(?: par .*)?|(?:site|portail|service|page) (?:remplacee?|archivee?)|nous (?:avons (?:ferme"
        r"|change de site)"
        r"|demenageons)",
        rf"(?:(?:we re|we are|nous sommes|sorry|desolee?s?) )*(?:this |your |ce |cet |votre |le "
        rf"|l )?{HOSTED} (?:has (?:been )?|is |a (?:ete )?|est |temporarily "
        rf"|temporairement )*{SUSPENDED}|(?:ce|cet|this) {HOSTED} (?:n est plus|is no longer) acti(?:f|ve)"
        r"|nous avons (?:definitivement )?(?:arrete|ferme|debranche) (?:ce|le|notre) (?:service|site|portail|projet)",
        r"(?:509 )?bandwidth limit exceeded|(?:508 )?resource limit is reached|compte (?:client )?suspendu"
        r"|account has been suspended",
    ),
    row(
        "access-denied",
        NOTHING_MORE,
        "403 401 forbi acces denie refus inter autor unaut permi privi prive priva droit right",
        r"(?:(?:erreur|error|http|code|status) )*(?:403|401)(?: (?:forbidden|unauthorized|access denied|interdit"
        r"|acces (?:refuse|interdit|non autorise)|non autorise))?|forbidden|(?:acces|access) (?:refuse|interdit|denied"
        r"|forbidden|non autorise|not allowed)|unauthorized|(?:page|ressource|contenu) (?:interdite?|protegee?)"
        r"|permission denied|(?:vous n etes pas autorisee?s?|you are not (?:authori[sz]ed|allowed)) .{0,60}",
        r"vous n avez pas acces (?:a (?:cette|ce|cet)|au (?:contenu|document))\b.{0,60}"
        r"|vous (?:n avez|ne disposez) pas (?:de |d |des )?(?:l |la |les |le )?(?:autorisations?|permissions?|droits?"
        r"|privileges?) .{0,60}|(?:privileges|droits) insuffisants|insufficient (?:privileges|permissions)"
        r"|you (?:do not|don t) have (?:permission|access|the rights?) .{0,60}|(?:vous avez besoin d une autorisation"
        r"|you need (?:access|permission))(?: .{0,40})?",
        r"(?:ce|cet|cette|this) (?:site|blog|publication|presentation|video|album|page) (?:est|is) (?:privee?|private)"
        r"|publication privee|video privee sur \w+",
    ),
    row(
        "rate-limited",
        NOTHING_MORE,
        "many trop queue line file salle waiti",
        r"(?:(?:error|erreur|http) )*(?:429 )?(?:too many requests|trop de (?:requetes|demandes|connexions))",
        r"(?:vous etes dans|you are (?:now )?in) (?:la |une |the |a )?(?:(?:salle|file) d attente|queue|line"
        r"|waiting room)"
        r"(?: .{0,40})?|queue it|waiting room|(?:salle|file) d attente virtuelle",
    ),
    row(
        "application-error",
        4_000,
        "500 502 503 504 inter erreu error runti bad white fatal php appli datab wordp excep actio whoop servi gatew "
        "could canno faile impos at maps mapse msloa guru proxy reque l url unabl trace struts strut",
        r"(?:http (?:status|error|statut) |erreur |error |etat http )+50[0234](?! (?:m|metres?|km|euros?)\b)(?: \d)?"
        r"(?: .{0,60})?",
        r"50[0234] (?:internal server error|bad gateway|(?:service|server) (?:temporarily )?unavailable"
        r"|gateway time ?out|server error|erreur(?: interne)?(?: du serveur)?|erreur serveur"
        r"|service (?:temporairement )?indisponible|backend fetch failed|proxy error|service unavailable .*)"
        r"|(?:internal )?server error (?:50\d)?|error 50\d.*",
        r"internal server error|erreur interne(?: du serveur)?|server error in .* application|runtime error"
        r"|bad gateway|whitelabel error page|erreur (?:du |de )?serveur dans l application.*|erreur d execution"
        r"|error executing .*|configuration error|compilation error|erreur de (?:configuration|compilation|serveur)",
        r"(?:a )?(?:database|mysql|sql|oracle|postgresql|db|proxy|system|fatal|php|gateway|script|parse"
        r"|compilation) error(?! (?:messages?|codes?|handling|reference|logs?|rates?|types?)\b).*",
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
    row(
        "application-error",
        500,
        "passe quelq erreu error somet probl incid diffi dysfo",
        r"(?:oups |oops |desolee? |aie )*(?:une? )?(?:erreur|probleme|incident) (?:inattendue? |technique |interne "
        r"|est "
        r")*(?:survenue?"
        r"|s est produite?"
        r"|inattendue?)(?: .*)?|something went wrong.*|(?:quelque chose|un truc) s est mal passe.*",
        r"(?:an |unexpected |oops |internal )*error (?:has )?occurr?ed.*|(?:probleme|incident|difficultes?"
        r"|dysfonctionnement) techniques?(?: .{0,40})?",
    ),
    row("application-error", 60, "erreu error", r"erreur|error"),
)

ENDED = row(
    "closed-notice",
    NOTHING_MORE,
    "dispo acces ligne servi shut disco retir decom porte moved demen chang",
    r"(?!(?:if|when|why)\b)[\w ]{1,80}(?<! that)(?<! which) (?:has|have) been (?:permanently )?(?:shut ?down"
    r"|discontinued|retired"
    r"|decommissioned)",
    r"[\w ]{1,80} (?:ferme|a ferme) (?:definitivement )?ses portes",
    r"we (?:have|ve) moved(?: .{0,40})?|nous avons (?:demenage|change d adresse)|application decommissionnee",
    r"(?!(?:si|que|quand|pourquoi|comment)\b)[\w ]{1,80} n est plus (?:disponible|accessible|en ligne|en service)",
)
"""What something calls itself that is no more; on the web, if the text is of such things."""
