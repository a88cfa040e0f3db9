"""The phrases by which pages say that what was asked for is not there, and those that explain such phrases."""

import re

from diagsources.text import LatePattern


def words(text: str) -> frozenset[str]:
    """The words of *text*."""
    return frozenset(text.split())


_DET = r"(?:(?:la|le|l|cette|ce|cet|cettes|votre|une?|the|this|that|your) )?"
_OF_THE_WEB = (
    r"page|fiche|article|document|fichier|ressource|contenus?|jeu de donnees|donnees|dataset|notice|rubrique"
    r"|url|adresse|lien|publication|element|annonce|offre|produit|carte|objet|files?|resource|content|record|item|link"
    r"|address|product|entry|post|topic|thread|sujet|discussion|dossier|indicateur|couche|actualite|evenement"
    r"|video|image|photo|partage|transfert|reutilisation|categorie|module|visualisation|identifiant|pli|recit"
    r"|pad|enregistrement|collection|presentation|compte|account|dashboard|transfer|share|folder|story"
    r"|tableau de bord"
    r"|communique|formulaire|billet|sondage|questionnaire"
)
_OF_THE_WORLD = (
    r"job(?: posting| offer)?|posting|vacancy|rapport|etude|enquete|projet|atlas|report|study"
    r"|survey|chart|map|graphique|texte|depot|profile?"
)
"""What may be closed, withdrawn or lost elsewhere than on the web."""
_QUALIFIED = r"(?: (?:de (?:telechargement|partage|presse|blog|recherche)|partagee?))?"
_NOUN = rf"(?:(?:{_OF_THE_WEB}){_QUALIFIED})"
_ANY_NOUN = rf"(?:(?:{_OF_THE_WEB}|{_OF_THE_WORLD}){_QUALIFIED})"
_WANTED_FR = (
    r"(?:web|internet|personnelle|demandee?s?|recherchee?s?|souhaitee?s?|voulue?|indiquee?|saisie?|appelee?"
    r"|consultee?|cible"
    r"|(?:que|a laquelle|auquel|a) vous (?:\w+ ){0,5}?(?:cherchez|recherchez|demandez|demandee?|recherchee?|souhaitez"
    r"|voulez|essayez|tentez|cherchiez|desirez|saisie?)(?: (?:de |d |a )?(?:voir|participer|consulter|afficher"
    r"|atteindre|acceder|visiter|joindre|ouvrir|trouver|telecharger))?)"
)
_WANTED_EN = (
    r"(?:requested|(?:that |which )?you (?:\w+ ){0,4}?(?:requested|looking for|tried to \w+|trying to \w+"
    r"|wanted|asked for|want|seek|followed|after))"
)
_TAIL = r"(?: \w+){0,12}"
_ONLY_ELSEWHERE = (
    r"(?! (?:en|dans|sous|pour|qu|que|jusqu|au|aux|a l echelle|a la vente|a la maille|a la? (?!adresse)"
    r"|par|avec|sans)"
    r"\b(?! (?:ligne|raison|cette adresse|ce site|notre site|le site|ce serveur|ce portail|(?:le |ce )?moment|l instant"
    r"|telechargement)\b))"
)
"""Something that is not to be had in one form, place or time is to be had in another."""
_ONLY_ELSEWHERE_EN = (
    r"(?! (?:in|before|after|on|as|via|from|for|under|to|until|without|outside|below|above)"
    r"\b(?! (?:your (?:country|region)|th(?:is|at) (?:site|server|page|address|time|location)|our (?:site|server)"
    r"|the (?:moment|server|site|time|web|internet))\b))"
)
_OUT_OF_REACH = (
    r"(?:(?:disponible|accessible|consultable|proposee?|publiee?|diffusee?|visible|telechargeable|en ligne|en ce lieu"
    rf"|hebergee?|partagee?){_ONLY_ELSEWHERE}|valide|valable|ici|la|a cette adresse|sur (?:ce|notre|le) (?:site|serveur"
    r"|portail)|la bonne|reconnue?|correcte?|active?|actif|existante?|present[e]? (?:ici|sur))"
)
_GONE = r"(?:supprimee?|deplacee?|retiree?|effacee?|desactivee?|depubliee?|masquee?)"
_MISSING_FR = (
    r"(?:(?:est |semble |semble etre |reste |demeure |est peut etre )?(?:introuvable|inexistante?|inconnue?"
    r"|non (?:trouvee?|existante?)"
    r"|manquante?|indisponible|perdue?|non (?:disponible|accessible)|a disparu|incorrecte?|erronee?|invalide|rompue?"
    r"|expiree?|obsolete|absente? du (?:serveur|site))"
    r"|n existe(?: (?:malheureusement|pas|plus|ou|visiblement|desormais|peut etre|vraiment))*+"
    rf"(?! (?:en (?!ligne)|sous|pour|qu|que|au format|a l echelle)\b){_TAIL}"
    r"|n est (?:malheureusement |actuellement |desormais )?(?:pas|plus)(?: ou (?:pas|plus))? (?:encore |toujours )?"
    rf"{_OUT_OF_REACH}{_TAIL}"
    r"|est (?:desormais )?(?:desactivee?|supprimee?|retiree?|depubliee?)"
    rf"|(?:a|est|soit) (?:desormais |peut etre )?(?:expiree?|disparue?)|(?:ait|aurait) (?:ete {_GONE}|disparu)"
    r"|n a (?:malheureusement |visiblement )?(?:pas |pu |plus |jamais )*(?:ete |etre )*(?:trouvee?|retrouvee?|chargee?"
    rf"|affichee?|localisee?|ouverte?|identifiee?|recuperee?|existe){_TAIL}"
    rf"|s est (?:perdue?|egaree?|envolee?|volatilisee?){_TAIL}"
    r"|ne (?:semble|peut|pourrait)\w*(?: (?:pas|plus|malheureusement|etre|avoir|ete|a|ou))*+"
    rf" (?:trouv|retrouv|affich|exist|disponible|accessible|charg|ouvert|localis|fonctionn)\w*{_ONLY_ELSEWHERE}{_TAIL}"
    rf"|semble\w* ne (?:pas|plus) (?:exister|fonctionner|marcher|etre (?:disponible|accessible)){_TAIL}"
    rf"|ne correspond\w* (?:pas |plus )?a (?:aucune?|rien|une? {_ANY_NOUN}){_TAIL}"
    r"|ne (?:fonctionne|marche) (?:pas|plus)"
    rf"|(?:a|semble avoir|a peut etre|ont) (?:ete {_GONE}|change d adresse){_TAIL}"
    rf"|se trouve dans la corbeille{_TAIL})"
)
_MISSING_EN = (
    r"(?:(?:was |is |were |has |could |can |cannot |couldn t |can t |wasn t |isn t |not |be |been )*(?:not found|found"
    r"|not (?:be )?located)"
    rf"|not found|(?:does not|doesn t|do not|don t|no longer|may not) (?:seem to |appear to )?exists?"
    rf"{_ONLY_ELSEWHERE_EN}{_TAIL}"
    rf"|(?:is|was|are) (?:no longer|not|currently not) (?:available{_ONLY_ELSEWHERE_EN}|here|valid|accessible"
    rf"{_ONLY_ELSEWHERE_EN}){_TAIL}|(?:isn t|not) (?:available{_ONLY_ELSEWHERE_EN}|here any ?more){_TAIL}"
    r"|(?:has |have )(?:now |since )?expired"
    rf"|(?:has been|was|may have been|might have been) (?:removed|deleted|moved|unpublished){_TAIL}"
    r"|(?:is )?(?:missing|gone|unavailable))"
)
_FOREIGN = (
    r"(?:(?:la |el |die |das |der |lo |aquesta |esta |questa |diese[sr]? |o planhem |lo sentimos |siamo spiacenti )*"
    r"(?:(?:angeforderte|gesuchte|gewunschte)[nrs]? )?"
    r"(?:pagina|recurso|documento|contenido|contenuto|risorsa|fichero|archivo|conjunto de datos|document|contingut"
    r"|seite|dokument|datei|inhalt|artikel|pagina web)"
    r"(?: (?:web|solicitada|solicitado|richiesta|richiesto|sollicitada|sol licitada|demandada|(?:que|che) "
    r"(?:\w+ ){0,4}?(?:busca|buscas|buscando|cercando|cerca|cercate|cherchi)))?"
    r" (?:(?:ya |ja )?no (?:encontrad[oa]|trobad[oa]|disponible|exist(?:e|eix)|s ha trobat|se (?:ha )?(?:encontro"
    r"|encontrado|encuentra)"
    r"|esta disponible|pudo encontrarse)(?: .{0,60})?|non (?:trovat[oa]|esiste|disponibile|e stat[oa] trovat[oa]"
    r"|e (?:piu )?disponibile)(?: .{0,60})?|(?:ha sido|fue) (?:eliminad[oa]|movid[oa]|borrad[oa])(?: .{0,60})?"
    r"|pas trobada|existis pas(?: .{0,40})?|niet gevonden|nao encontrada"
    r"|(?:wurde |konnte )?(?:leider )?nicht gefunden(?: werden)?|existiert (?:leider )?nicht(?: .{0,60})?"
    r"|gibt es (?:leider )?nicht(?: mehr)?|non c e piu"
    r"|(?:ist )?(?:leider )?nicht (?:mehr )?verfugbar)|no s ha (?:trobat|pogut trobar) la pagina(?: .{0,40})?)"
)
"""The same in Spanish, Italian, Catalan, Occitan, German, Dutch and Portuguese."""
_WANTED = rf"(?:{_WANTED_FR}|{_WANTED_EN})"
_STATEMENT = (
    rf"(?:{_DET}(?:requested )?{_ANY_NOUN}(?: {_WANTED})*+ (?:{_MISSING_FR}|{_MISSING_EN})(?: ou {_MISSING_FR})?"
    rf"|(?:vous (?:avez demande|tentez d acceder a|essayez d acceder a|cherchez a acceder a|demandez)|il semble\w*"
    rf"(?: bien)? que) {_DET}{_NOUN}(?: {_WANTED})*+ (?:qui )?{_MISSING_FR}"
    rf"|(?:il est )?impossible (?:de |d )(?:trouver|retrouver|afficher|charger|ouvrir) {_DET}{_NOUN}(?: {_WANTED})*+"
    rf"|nous ne (?:trouvons|retrouvons) (?:pas|plus) {_DET}{_NOUN}(?: {_WANTED})*+"
    rf"|aucune? {_NOUN} (?:trouvee? pour cette adresse|ne correspond a (?:votre (?:demande|adresse)|cet identifiant))"
    rf"|(?:invalid|unknown|dead|broken) (?:url|link|address|page|file|document|identifier)"
    rf"|(?:{_NOUN}) (?:deplacee?|supprimee?|expiree?|invalide|inexistante?|introuvable|retiree?) ou (?:deplacee?"
    rf"|supprimee?|expiree?|invalide|retiree?|inexistante?|depubliee?)"
    r"|not found|introuvable|(?:non|pas) trouvee?|no such (?:page|file|dataset|resource|document)"
    r"|(?:we |i )?(?:can t|cannot|can not|couldn t|could not|were unable to"
    rf"|are unable to) (?:seem to )?(?:find|locate) (?:the|that|this|your) {_NOUN}{_TAIL}"
    r"|(?:nous )?(?:n avons|n arrivons|ne parvenons|ne trouvons|n avons pas) (?:\w+ ){0,4}(?:la|cette|votre"
    rf"|le|ce) {_NOUN}{_TAIL}|(?:nous )?n avons (?:pas|rien) (?:\w+ ){{0,3}}(?:ce que )?vous (?:cherchez|demandez"
    rf"|cherchiez)"
    r"|(?:the )?(?:specified|requested) (?:key|blob|bucket|resource|container|object) (?:does not exist|was not found)"
    r"|no ?such ?(?:key|bucket|blob|app|site)|(?:the )?(?:site|website|web site|blog|dataset|app) not found"
    rf"|{_FOREIGN}|(?:site|blog) (?:introuvable|non trouve)"
    r"|service (?:\w+ ){1,8}not found|no route matche?[sd](?: .*)?|route not found|cannot get [\w ]{1,200}"
    r"|default backend|there is no such page"
    r"|(?:(?:vous )?(?:etes|semblez|vous etes) (?:perdue?s?|egaree?s?)|you (?:seem|look|appear) lost|you re lost|lost)"
    r"|(?:lien|url|adresse) (?:morte?|brisee?|cassee?|rompue?|invalide|incorrecte?|erronee?)|broken link|dead link"
    r"|(?:page|contenu|fiche|offre|annonce|document|lien|link|transfert|partage|fichier|video|blog|pad) (?:expiree?"
    r"|supprimee?"
    r"|retiree?|deplacee?|depubliee?"
    r"|removed"
    r"|deleted|expired|disparue?|absente?)|(?:cette|la) page (?:s est|a ete|est) (?:egaree|envolee|perdue|partie.*)"
    rf"|(?:aucune?|pas d|pas de) {_NOUN} (?:ici|a cette adresse|trouvee? a cette adresse)|(?:there is "
    r"|there s )?nothing (?:was found )?here"
    rf"|il n y a (?:rien|pas de page|aucune page) (?:ici|a cette adresse)|rien (?:ici|par ici|a cette adresse)"
    r"|nothing (?:was |has been )?found(?: here)?|rien (?:de |n a ete |n est )?trouve"
    rf"|we (?:re|are) having trouble finding (?:the|that|this) {_NOUN})"
)
_LEAD = (
    r"(?:(?:o+u*p+s+|desolee?s?|mince|zut|sorry|aie|pardon|attention|whoops|uh|oh|no|non|hmm+|erreur|error|http|status"
    r"|statut|code|etat|page|fehler|errore|nous sommes|we are|we re|dommage|helas|but|mais|numero|n) )*"
)
_NUMBER = r"(?:404(?: 0)?(?: (?:error|erreur|page|http|oups|oops|desolee?))*|410(?: gone)?|gone)"
NOTICE = LatePattern(rf"{_LEAD}(?:(?:{_NUMBER} {_LEAD})?{_STATEMENT}(?: {_LEAD}{_NUMBER}| 1)?|{_NUMBER})")
LEAD = LatePattern(_LEAD)
"""What is said before a notice, and says nothing."""
BARE_NUMBER = re.compile(r"4(?:04|10)|gone")
NUMBERED = LatePattern(
    r"(?:(?:erreur|error|fehler|errore|http|page|code|status|n) )*4(?:04|10)(?: (?:not found|gone|error))?"
)
"""What an article on the matter is called as well."""
SAID = LatePattern(
    rf"\b(?:(?:cette|ce|cet) {_NOUN} (?:est privee? ou )?(?:{_MISSING_FR})|(?:cette|ce"
    rf"|cet) (?:{_OF_THE_WORLD}) (?:n existe (?:pas|plus)"
    rf"{_ONLY_ELSEWHERE}|est introuvable|n est (?:pas|plus) {_OUT_OF_REACH})|{_DET}(?:{_ANY_NOUN}|site|service"
    rf"|application|portail)(?: {_WANTED_FR})++ (?:{_MISSING_FR})"
    rf"|(?:this|that) {_NOUN} (?:{_MISSING_EN})|this (?:{_OF_THE_WORLD}) (?:does not exist|(?:is|was) (?:no longer|not)"
    rf" available{_ONLY_ELSEWHERE_EN})|{_FOREIGN}|{_DET}(?:requested {_ANY_NOUN}"
    rf"|{_ANY_NOUN}(?: {_WANTED_EN})++)(?: on this server)? (?:{_MISSING_EN})"
    rf"|(?:we |i )?(?:can t|cannot|can not|couldn t|could not) (?:seem to )?(?:find|locate) (?:the|that|this) {_NOUN}"
    rf"|vous (?:avez demande|tentez d acceder a|essayez d acceder a) (?:une|un) {_NOUN} qui n existe (?:pas|plus)"
    rf"|impossible (?:de |d )(?:trouver|retrouver|afficher) (?:la|le|l|cette|ce) {_NOUN} (?:{_WANTED_FR})"
    r"|nous (?:n avons|ne trouvons|ne retrouvons|ne parvenons|n arrivons)(?: \w+){0,4} (?:la|cette|votre) page"
    r"|(?:the )?specified (?:key|blob|bucket|resource|container|object) (?:does not exist|was not found)"
    r"|nous n avons (?:pas|rien) (?:\w+ ){0,3}(?:ce que )?vous (?:cherchez|demandez|cherchiez)"
    r"|(?:can t|cannot|couldn t|could not) (?:seem to )?find what you (?:re|are|were) looking for"
    rf"|aucune? {_NOUN} ne correspond a cet identifiant|the site you (?:were|are) looking for (?:could not|couldn t)"
    r" be found|il n y a (?:pour l instant |actuellement )?(?:aucun|pas de) texte sur cette page"
    r"|there is currently no text (?:in|on) this page"
    r"|wordpress com (?:n existe pas|doesn t exist)|nothing was found at this location|rien (?:n a ete"
    r"|n est) trouve a cet (?:emplacement|endroit)"
    r"|rien ne correspond a (?:votre (?:demande|recherche)|cette adresse)"
    r"|il sembler?\w* (?:qu il n y ait|que rien|n y avoir) rien|(?:lien|adresse|page|url) (?:\w+ ){0,4}ne (?:mene"
    r"|conduit) "
    r"(?:nulle part|a rien)|(?:there isn t|there is no|il n y a (?:pas|aucun)) (?:a |an |any |de )?(?:\w+ )?(?:site"
    r"|page|website)"
    r" (?:here|ici)|^cannot get [\w ]{1,200}$|(?:lien|adresse|url) que vous avez (?:suivie?|saisie?"
    r"|demandee?)(?: \w+){0,3}"
    r" (?:incorrecte?|erronee?|rompue?|invalide|obsolete|expiree?|casse)|(?:link|url|address) you (?:\w+ ){1,2}"
    r"(?:may be|is|might be) (?:broken|incorrect|invalid|expired)|^no route matche?[sd]\b|nosuchkey|no such key"
    r"|(?<!s d )(?:erreur|error|http) 404(?=$| (?:page|not|la|le|les|cette|the|desolee?s?|sorry|oups|oops|this|nous"
    r"|we|vous"
    r"|you|retour\w*|that|il|ce|cet|file|fichier|document|ressource|url|l|une?|error|erreur|http|back|accueil)\b)"
    r"|404 (?:not found|page not found|page non trouvee|page introuvable)"
    r"|aucune (?:page|fiche|ressource) (?:ne correspond|n existe) a cette adresse|il n y a (?:rien|pas de page"
    r"|aucune page) (?:ici|a cette adresse))\b"
)
"""Sentences said to the reader about what was asked for: a page that only talks of the matter has none."""
SAID_HINTS = (
    words(
        "404 410 trouv intro exist inexi found find avail unava suppr depla retir remov indis dispo delet moved "
        "missi gone incon manqu texte text perdu effac desac dispa acces unpub depub valid plus pas pu specif here"
        " ici rien "
        "nulle nothi corre broke incor inval expir erron rompu obsol casse canno route nosuc such cherc deman isn "
        "impos locat withd fonct march chang corbe masqu verfu esist"
    ),
    words(
        "cette ce cet this deman reche souha voulu indiq saisi appel consu cherc essay tente desir reque looki "
        "tried tryin wante asked want seek follo find 404 nous aucun il speci nosuc such canno route lien url "
        "adres there link you http votre locat cet pagin recur docum dokum seite artik conte conti inhal datei impos"
    ),
)
"""Words, cut to five letters: of both sets, one is in whatever `SAID` finds."""
NOTICE_HINTS = SAID_HINTS[0] | words(
    "aucun adres gibt encon trova troba gevon gefun pas nothi lost mort morte brise egare envol parti absen troub "
    "backe dead impos "
    "exist esist exist verfu elimi movid borra corbe inval unkno locat withd fonct march chang retro dispa dispon"
)
"""One of these is in whatever `NOTICE` matches."""
BESIDE = LatePattern(
    r"\b(?:vous|votre|vos|nous|notre|nos|retour\w*|revenir|accueil|recherch\w+|contact\w*|essay\w+|verifi\w+|merci"
    r"|desolee?s?|excus\w+|veuillez|cliquez|plan du site|menu|adresse|url|liens?|suppr\w+|https?|www|deplac\w*|masqu\w*"
    r"|expir\w+"
    r"|peut etre|erreur|you|your|we|our|home|homepage|search|back|check"
    r"|contact|sorry|please|apologi\w+|removed|moved"
    r"|deleted|error|valid\w*|proprietaire|administrat\w+|webmaster|404|410|code|delai|raisons?|disparu|existe|usted"
    r"|mentions legales|tous droits|all rights|copyright|accessibilite|newsletter|cookies|confidentialite|horaires"
    r"|aller au contenu|haut de page|developpe par|propulse par|powered by"
    r"|volver|inicio|buscar|zuruck|startseite|suche|bitte|torna|cerca|tornar|inici)\b"
)
"""Words of what stands beside a notice: an apology, a way back, what may have happened. Facts have none."""
SUPPOSES = LatePattern(
    r"\b(?:si|quand|lorsque|lorsqu|if|when|whenever|unless|constate que|finds that|cas ou|levee?s?|thrown|raised"
    r"|returned|renvoyee?|message|affiche|dit que|disait)(?: \w+){0,4} ?\Z"
)
"""What comes before words that are only supposed, quoted or explained."""
EXPLAINS = LatePattern(
    r"\b(?:glossaire|lexique|definition|wikipedia|wiktionnaire|tutoriels?|tutorials?|tuto|mdn|how to|que faire"
    r"|que signifie|pourquoi|what is|what does|what to do|why|faq|foire aux questions|comment|resoudre|corriger"
    r"|comprendre|depannage|depanner|troubleshoot\w*|fix|fixing|solved|installer|configurer|configuration|install"
    r"|installing|configuring|codes? http|status codes?|codes? d erreur|codes? d etat|referencement|seo|personnaliser"
    r"|customi[sz]e|gabarits?|exemples? de|racheter|que es|que significa|che cos e|cosa significa|was ist"
    r"|bedeutet|glossar\w*|ratgeber|exceptions|api reference|analysis|stack overflow|changelog|release notes)\b"
)
"""Words in the title or the first heading of a page that explains rather than announces."""
HELPS = LatePattern(
    r"(?:questions? frequentes?|vos questions|aide|assistance|support|help|forums?)(?: (?:en ligne|center|\w{2,12}))?"
)
"""What a page of questions and answers is called: it tells of errors and of services that are down, and is neither."""
DEFINES = LatePattern(
    r"\b(?:(?:l |une |the |an? )?(?:erreurs?|errors?|codes?|page)(?: http)? (?:404|500|502|503|ora \d+) (?:\w+ ){0,3}?"
    r"(?:signifie|designe|means|indicates|est un|est une|is an?)|response status code|codes? de statut http"
    r"|indicates that"
    r"|signifie que (?:le serveur|la ressource)|vous devez voir|you should see|tutoriel explique|captcha (?:est"
    r"|is) (?:un|une|a|an))\b"
)
"""The same in the text."""
