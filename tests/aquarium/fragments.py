"""Fragments: anchors that are there or not, states and routes of applications, words to highlight."""

from tests.aquarium.case import OK, SUSPECT, address, case, page
from tests.aquarium.html import ARTICLE, article, bare
from tests.support.server import Conversation, behaviour

_STATIC = "/fragments/static"
_APPLICATION = "/fragments/application"
_VIEWER = "/fragments/viewer"


@behaviour(_STATIC)
async def _static(talk: Conversation) -> None:
    body = article(
        "Méthode",
        '<h2 id="sources">Sources</h2><a name="definitions"></a><h2>Définitions</h2><h2 '
        'id="Méthodologie">Méthodologie</h2>'
        '<h2 id="a b">Espace</h2><h2 id="user-content-installation">Installation</h2><h2 id=sans-guillemets>Sans</h2>'
        "<h2 ID = 'capitales'>Capitales</h2><section data-x='>' id=\"apres-chevron\">Ici</section>"
        '<h2 id="esperluette&amp;co">Esperluette</h2><svg><g id="commune-31555"></g></svg><input name="recherche">',
    )
    await talk.reply(200, body.encode())


def _there(name: str, fragment: str, path: str = _STATIC, person: str = "La page, au bon endroit.") -> None:
    address("fragments", name, person=person, verdict=OK, reason="http-200", path=path, fragment=fragment)


def _missing(name: str, fragment: str, path: str = _STATIC) -> None:
    address(
        "fragments",
        name,
        person="Le haut de la page : l'endroit n'existe plus.",
        verdict=SUSPECT,
        reason="fragment-missing",
        path=path,
        fragment=fragment,
    )


_there("by-id", "sources")
_there("by-name", "definitions")
_there("accents", "Méthodologie")
_there("accents-percent-encoded", "M%C3%A9thodologie")
_there("space-percent-encoded", "a%20b")
_there("forge-heading", "installation")
_there("id-without-quotes", "sans-guillemets")
_there("id-in-capitals-with-spaces", "capitales")
_there("id-after-an-angle-bracket", "apres-chevron")
_there("id-with-an-entity", "esperluette&co")
_there("id-in-an-image", "commune-31555")
_there("top", "top", person="Le haut de la page.")
_there("top-in-capitals", "TOP", person="Le haut de la page.")
_there("text-there", ":~:text=36%20communes", person="La page, les mots surlignés.")
_there("text-with-an-anchor", "sources:~:text=communes", person="La page, les mots surlignés.")
_there("text-range", ":~:text=36%20communes,habitants", person="La page, les mots surlignés.")
_there("text-with-context", ":~:text=compte-,36%20communes,-et", person="La page, les mots surlignés.")
_missing("absent", "il-n-y-est-pas")
_missing("other-case", "Sources")
_missing("field-name-is-no-anchor", "recherche")
_there("absent-with-text-there", "il-n-y-est-pas:~:text=communes", person="La page, les mots surlignés.")

address(
    "fragments",
    "text-absent",
    person="La page, sans rien de surligné.",
    verdict=OK,
    reason="http-200",
    path=_STATIC,
    fragment=":~:text=ornithorynque",
    warnings=("text-fragment-missing",),
)


@case(
    name="empty",
    person="Le haut de la page.",
    verdict=OK,
    reason="http-200",
    path="/fragments/empty",
    spelled="/fragments/empty#",
)
async def _empty(talk: Conversation) -> None:
    await talk.reply(200, article("Méthode").encode())


@behaviour(_APPLICATION)
async def _application(talk: Conversation) -> None:
    body = bare(
        "Géoclip",
        '<div id="app"></div><noscript>Activez JavaScript pour utiliser cette application.</noscript>',
        head='<script src="/static/js/app.8c1b2.js" defer></script>\n',
    )
    await talk.reply(200, body.encode())


_AT_THE_RIGHT_PLACE = "L'application, dans l'état voulu."
for _name, _fragment in (
    ("state", "c=home"),
    ("state-of-several", "c=indicator&i=pop_legale.popt&s=2022&view=map1"),
    ("route", "/route"),
    ("route-of-old", "!/territoire/31555"),
    ("route-with-query", "?territoire=31555"),
    ("route-deep", "/explore/dataset/base-sirene/table/?sort=date"),
    ("map-position", "12/43.5/1.4"),
    ("map-position-named", "map=12/43.5/1.4"),
    ("map-position-with-at", "@43.6,1.44,12z"),
    ("page-of-a-document", "page=3"),
    ("time-of-a-film", "t=10"),
    ("mark-of-a-share", "ixzz1aBcDeF"),
    ("mark-of-an-advertisement", "google_vignette"),
    ("nothing-but-a-line", "_"),
    ("comment-of-a-forge", "issuecomment-123456"),
):
    _there(f"application-{_name}", _fragment, _APPLICATION, _AT_THE_RIGHT_PLACE)
    if not _fragment.startswith("@"):
        _there(f"rich-page-{_name}", _fragment, _STATIC, _AT_THE_RIGHT_PLACE)


@behaviour("/fragments/data-for-search-engines")
async def _data_for_search_engines(talk: Conversation) -> None:
    data = '<script type="application/ld+json">{"@id": "#sec"}</script>'
    await talk.reply(200, article("Méthode", data).encode())


_missing("in-data-for-search-engines", "sec", "/fragments/data-for-search-engines")


@behaviour("/fragments/wide")
async def _wide(talk: Conversation) -> None:
    body = bare("Méthode", "<h2 id=ici>Ici</h2><p>Là.</p>").encode("utf-16-le")
    await talk.reply(200, body, content_type="text/html; charset=utf-16le")


_there("in-letters-of-two-bytes", "ici", "/fragments/wide")
_missing("not-in-letters-of-two-bytes", "ailleurs", "/fragments/wide")


@behaviour("/fragments/anchors-by-a-script")
async def _anchors_by_a_script(talk: Conversation) -> None:
    await talk.reply(200, article("Usage", '<h2>Mode d\'emploi</h2><script src="/js/anchor.min.js"></script>').encode())


_there("anchors-by-a-script", "mode-d-emploi", "/fragments/anchors-by-a-script")
_there("anchor-of-an-empty-application", "indicateurs", _APPLICATION, _AT_THE_RIGHT_PLACE)


@behaviour("/fragments/long")
async def _long(talk: Conversation) -> None:
    body = article("Un très long rapport", ARTICLE * 2_000 + '<h2 id="annexe">Annexe</h2>')
    await talk.reply(200, body.encode())


_there("after-more-than-we-read", "annexe", "/fragments/long")


@behaviour("/fragments/file.pdf")
async def _pdf(talk: Conversation) -> None:
    await talk.reply(200, b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n", content_type="application/pdf")


_there("page-of-a-pdf", "page=12", "/fragments/file.pdf", "Le document, à la page 12.")
_there("place-in-a-pdf", "chapitre.3", "/fragments/file.pdf", "Le document.")


@behaviour("/fragments/rows.csv")
async def _csv(talk: Conversation) -> None:
    await talk.reply(200, b"code;nom\n31555;Toulouse\n", content_type="text/csv")


_there("row-of-a-csv", "row=2", "/fragments/rows.csv", "Le fichier.")


@behaviour(_VIEWER)
async def _viewer(talk: Conversation) -> None:
    tabs = "<script>document.querySelectorAll('[data-tab]').forEach(tab => tab.id = tab.dataset.tab)</script>"
    shell = '<div id="app"><p>Chargement en cours…</p></div><script src="/viewer.js"></script>'
    await talk.reply(200, bare("Visionneuse", shell + tabs).encode())


_there("anchor-of-a-page-that-loads", "donnees", _VIEWER, _AT_THE_RIGHT_PLACE)


@page(
    person="La page, au bon endroit : l'ancre est dans la page d'arrivée.",
    verdict=OK,
    reason="http-200",
    fragment="arrivee",
)
def anchor_here() -> str:
    return article("Ici", '<h2 id="arrivee">Arrivée</h2>')


@case(
    person="La page d'arrivée, au bon endroit.",
    verdict=OK,
    reason="http-200",
    fragment="arrivee",
)
async def anchor_after_a_redirect(talk: Conversation) -> None:
    await talk.reply(302, location="/fragments/anchor-here")


@case(
    person="La page d'arrivée : la redirection a choisi l'endroit.",
    verdict=OK,
    reason="http-200",
    fragment="depart",
)
async def anchor_replaced_by_a_redirect(talk: Conversation) -> None:
    await talk.reply(302, location="/fragments/anchor-here#arrivee")


@page(
    person="La page : le code de réponse compte avant l'ancre.", verdict=SUSPECT, reason="soft-404", fragment="sources"
)
def anchor_in_a_soft_404() -> str:
    return bare("Page introuvable", "<h1>Page introuvable</h1><p>La page demandée n'existe pas.</p>")


@page(
    person="L'ancre est dans un commentaire : elle n'existe plus.",
    verdict=SUSPECT,
    reason="fragment-missing",
    fragment="tarifs",
)
def anchor_in_a_comment() -> str:
    return article("Tarifs", '<!-- <h2 id="tarifs">Tarifs</h2> -->')
