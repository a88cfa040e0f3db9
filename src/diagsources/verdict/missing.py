"""The phrases by which pages say that what was asked for is not there, and those that explain such phrases."""

import re

from diagsources.text import LatePattern


def words(text: str) -> frozenset[str]:
    """The words of *text*."""
    return frozenset(text.split())


_DET = r"(?:(?:la|le|l|cette|ce|cet|cettes|votre|une?|the|this|that|your) )?"
_NOUN = (
    r"(?:page|fiche|article|document|fichier|ressource|contenu|contenus|jeu de donnees|donnees|dataset|notice|rubrique"
    r"|url|adresse|lien|publication|element|annonce|offre|produit|carte|objet|file|resource|content|record|item|link"
    r"|address|product|entry|post|topic|thread|sujet|discussion|dossier|indicateur|couche|actualite|evenement"
    r"|video|image|photo|partage|transfert|reutilisation|categorie|module)"
)
_WANTED_FR = (
    r"(?:web|internet|personnelle|demandee?s?|recherchee?s?|souhaitee?s?|voulue?|indiquee?|saisie?|appelee?"
    r"|consultee?|cible"
    r"|(?:que|a laquelle|auquel|a) vous (?:\w+ ){0,5}?(?:cherchez|recherchez|demandez|demandee?|recherchee?|souhaitez"
    r"|voulez|essayez|tentez|cherchiez|desirez|saisie?)(?: (?:de |d |a )?(?:voir|consulter|afficher|atteindre"
    r"|acceder|visiter|joindre|ouvrir|trouver))?)"
)
_WANTED_EN = (
    r"(?:requested|(?:that |which )?you (?:\w+ ){0,4}?(?:requested|looking for|tried to \w+|trying to \w+"
    r"|wanted|asked for|want|seek|followed))"
)
_TAIL = r"(?: \w+){0,8}"
_ELSEWHERE = (
    r"(?! (?:(?:encore |toujours )?(?:disponible|proposee?|fournie?|editee?|imprimee?|vendue?|diffusee?|publiee?"
    r"|actualisee?|accessible) (?:en|dans|sous|pour|qu|que|jusqu|au|aux|a l echelle|a la vente|a la maille|par|avec"
    r"|sans)"
    r"\b(?! (?:ligne|cette adresse|ce site|notre site|le site|ce serveur|ce portail|moment|l instant)\b)"
    r"|(?:mise? a jour|maintenue?|alimentee?|actualisee?|exhausti\w+|obligatoire|opposable|un|une|le|la|l|compatible"
    r"|a jour|reserve\w*|seulement)\b))"
)
"""What an article may cease to be without being gone."""
_MISSING_FR = (
    r"(?:(?:est |semble |semble etre |reste |demeure )?(?:introuvable|inexistante?|inconnue?|non (?:trouvee?"
    r"|existante?)"
    rf"|manquante?|indisponible|perdue?|non (?:disponible|accessible)|a disparu|incorrecte?|erronee?|invalide|rompue?"
    rf"|expiree?|obsolete)"
    rf"|n existe{_TAIL}|n est (?:pas|plus){_ELSEWHERE}{_TAIL}|(?:a|est) (?:desormais )?expiree?|n a (?:pas|pu"
    rf"|malheureusement|plus){_TAIL}"
    rf"|s est (?:perdue?|egaree?|envolee?|volatilisee?){_TAIL}|ne (?:semble|peut|correspond)\w*{_TAIL}|(?:a"
    rf"|semble avoir|a peut etre) ete (?:supprimee?|deplacee?|retiree?"
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
    rf"|le|ce) {_NOUN}{_TAIL}|(?:nous )?n avons (?:pas|rien) (?:\w+ ){{0,3}}(?:ce que )?vous (?:cherchez|demandez"
    rf"|cherchiez)"
    r"|(?:the )?(?:specified|requested) (?:key|blob|bucket|resource|container|object) (?:does not exist|was not found)"
    r"|no ?such ?(?:key|bucket|blob|app|site)|(?:the )?(?:site|website|web site|blog|dataset|app) not found"
    r"|pagina (?:web )?(?:no encontrada|non trovata|no trobada|pas trobada|niet gevonden|nao encontrada)"
    r"|(?:die )?(?:angeforderte )?seite (?:wurde )?nicht gefunden|site (?:introuvable"
    r"|non trouve)"
    r"|no route matche?[sd](?: .*)?|route not found|cannot get [\w ]{1,200}|default backend|there is no such page"
    r"|(?:(?:vous )?(?:etes|semblez|vous etes) (?:perdue?s?|egaree?s?)|you (?:seem|look|appear) lost|you re lost|lost)"
    r"|(?:lien|url|adresse) (?:morte?|brisee?|cassee?|rompue?|invalide|incorrecte?|erronee?)|broken link|dead link"
    r"|(?:page|contenu|fiche|offre|annonce|document|lien|link|transfert|partage|fichier|video) (?:expiree?|supprimee?"
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
    r"|statut|code|etat|page|nous sommes|we are|we re|dommage|helas|but|mais|numero|n) )*"
)
_NUMBER = r"(?:404(?: 0)?(?: (?:error|erreur|page|http|oups|oops|desolee?))*|410(?: gone)?|gone)"
NOTICE = LatePattern(
    rf"{_LEAD}(?:{_NUMBER}|{_STATEMENT}|{_NUMBER} {_LEAD}{_STATEMENT}(?: 1)?|{_STATEMENT} {_LEAD}{_NUMBER})"
)
LEAD = LatePattern(_LEAD)
"""What is said before a notice, and says nothing."""
BARE_NUMBER = re.compile(r"4(?:04|10)|gone")
NUMBERED = LatePattern(r"(?:(?:erreur|error|http|page|code|status|n) )*4(?:04|10)(?: (?:not found|gone|error))?")
"""What an article on the matter is called as well."""
SAID = LatePattern(
    rf"\b(?:(?:cette|ce|cet) {_NOUN} (?:{_MISSING_FR})|{_DET}(?:{_NOUN}|site|service|application|portail)"
    rf"(?: {_WANTED_FR})+ (?:{_MISSING_FR})"
    rf"|this {_NOUN} (?:{_MISSING_EN})|{_DET}(?:requested {_NOUN}"
    rf"|{_NOUN}(?: {_WANTED_EN})+)(?: on this server)? (?:{_MISSING_EN})"
    rf"|(?:we |i )?(?:can t|cannot|can not|couldn t|could not) (?:seem to )?find (?:the|that|this) {_NOUN}"
    r"|nous (?:n avons|ne trouvons|ne parvenons|n arrivons)(?: \w+){0,4} (?:la|cette|votre) page"
    r"|(?:the )?specified (?:key|blob|bucket|resource|container|object) (?:does not exist|was not found)"
    r"|nous n avons (?:pas|rien) (?:\w+ ){0,3}(?:ce que )?vous (?:cherchez|demandez|cherchiez)"
    r"|(?:can t|cannot|couldn t|could not) (?:seem to )?find what you (?:re|are|were) looking for"
    r"|nothing was found at this location|rien (?:n a ete|n est) trouve a cet (?:emplacement|endroit)"
    r"|rien ne correspond a votre (?:demande|recherche)"
    r"|il sembler?\w* (?:qu il n y ait|que rien|n y avoir) rien|(?:lien|adresse|page|url) (?:\w+ ){0,4}ne (?:mene"
    r"|conduit) "
    r"(?:nulle part|a rien)|(?:there isn t|there is no|il n y a (?:pas|aucun)) (?:a |an |any |de )?(?:\w+ )?(?:site"
    r"|page|website)"
    r" (?:here|ici)|^cannot get [\w ]{1,200}$|(?:lien|adresse|url) que vous avez (?:suivie?|saisie?"
    r"|demandee?)(?: \w+){0,3}"
    r" (?:incorrecte?|erronee?|rompue?|invalide|obsolete|expiree?|casse)|(?:link|url|address) you (?:\w+ ){1,2}"
    r"(?:may be|is|might be) (?:broken|incorrect|invalid|expired)|^no route matche?[sd]\b|nosuchkey|no such key"
    r"|(?<!s d )(?:erreur|error|http) 404|404 (?:not found|page not found|page non trouvee|page introuvable)"
    r"|aucune (?:page|fiche|ressource) (?:ne correspond|n existe) a cette adresse|il n y a (?:rien|pas de page"
    r"|aucune page) (?:ici|a cette adresse))\b"
)
"""Sentences said to the reader about what was asked for: a page that only talks of the matter has none."""
SAID_HINTS = (
    words(
        "404 410 trouv intro exist inexi found find avail unava suppr depla retir remov indis dispo delet moved "
        "missi gone incon manqu perdu effac desac dispa acces unpub depub valid plus pas pu specif here ici rien "
        "nulle nothi corre broke incor inval expir erron rompu obsol casse canno route nosuc such cherc deman isn"
    ),
    words(
        "cette ce cet this deman reche souha voulu indiq saisi appel consu cherc essay tente desir reque looki "
        "tried tryin wante asked want seek follo find 404 nous aucun il speci nosuc such canno route lien url "
        "adres there link you http votre locat cet"
    ),
)
"""Words, cut to five letters: of both sets, one is in whatever `SAID` finds."""
NOTICE_HINTS = SAID_HINTS[0] | words(
    "encon trova troba gevon gefun pas nothi lost mort morte brise egare envol parti absen troub backe dead"
)
"""One of these is in whatever `NOTICE` matches."""
EXPLAINS = LatePattern(
    r"\b(?:glossaire|lexique|definition|wikipedia|wiktionnaire|tutoriels?|tutorials?|tuto|mdn|how to|que faire"
    r"|que signifie|pourquoi|what is|what does|what to do|why|faq|foire aux questions|comment|resoudre|corriger"
    r"|comprendre|depannage|depanner|troubleshoot\w*|fix|fixing|solved|installer|configurer|configuration|install"
    r"|installing|configuring|codes? http|status codes?|codes? d erreur|codes? d etat|referencement|seo|personnaliser"
    r"|customi[sz]e|gabarits?|exemples? de|racheter|analysis|stack overflow)\b"
)
"""Words in the title or the first heading of a page that explains rather than announces."""
DEFINES = LatePattern(
    r"\b(?:(?:l |une |the |an? )?(?:erreurs?|errors?|codes?|page)(?: http)? (?:404|500|502|503|ora \d+) (?:\w+ ){0,3}?"
    r"(?:signifie|designe|means|indicates|est un|est une|is an?)|response status code|codes? de statut http"
    r"|indicates that"
    r"|signifie que (?:le serveur|la ressource)|vous devez voir|you should see|tutoriel explique|captcha (?:est"
    r"|is) (?:un|une|a|an))\b"
)
"""The same in the text."""
