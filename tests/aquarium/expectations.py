"""What the catalogue expects of a living page (`expect`): met, and not."""

from diagsources.model import Expectation
from tests.aquarium.case import MOVED, OK, SUSPECT, address
from tests.aquarium.html import ARTICLE, article
from tests.support.server import Conversation, behaviour

_PAGE, _API, _CSV = "/expectations/page", "/expectations/api", "/expectations/rows.csv"


@behaviour(_PAGE)
async def _page(talk: Conversation) -> None:
    body = (
        "<h2>Donn&eacute;es&nbsp;de <b>l&rsquo;habitat</b></h2><p>Ch&ocirc;mage &amp; emploi, 1&#8239;234 actifs, \n"
        "  sur   deux\n  lignes.</p><script>var secret = 'mot-de-script';</script><!-- mot-de-commentaire -->"
        "<p>co<b>mmu</b>nes</p>"
    )
    await talk.reply(200, article("Dossier complet : Sicoval", body).encode())


@behaviour(_API)
async def _api(talk: Conversation) -> None:
    await talk.reply(
        200,
        b'{"total_count": 3, "meta": {"page": {"size": 10}}, "results": [{"code": "31555"}], "error": null}',
        content_type="application/json; charset=utf-8",
    )


@behaviour(_CSV)
async def _rows(talk: Conversation) -> None:
    await talk.reply(200, b"code;nom\n31555;Toulouse\n", content_type="text/csv; charset=utf-8")


@behaviour("/expectations/api-in-error")
async def _api_in_error(talk: Conversation) -> None:
    await talk.reply(200, b'{"error_code": "NotFound", "message": "x"}', content_type="application/json")


@behaviour("/expectations/moved")
async def _moved(talk: Conversation) -> None:
    await talk.reply(301, location=_PAGE)


@behaviour("/expectations/long")
async def _long(talk: Conversation) -> None:
    await talk.reply(200, article("Rapport", ARTICLE * 2_000 + "<p>mot de la fin</p>").encode())


def _met(name: str, expect: Expectation, path: str = _PAGE, person: str = "La page, et ce qu'on y attend.") -> None:
    address("expectations", name, person=person, verdict=OK, reason="http-200", path=path, expect=expect)


def _unmet(name: str, expect: Expectation, path: str = _PAGE, *reasons: str) -> None:
    address(
        "expectations",
        name,
        person="Une page, sans ce qu'on y attend.",
        verdict=SUSPECT,
        reason=reasons or "unexpected-content",
        path=path,
        expect=expect,
    )


_met("text", Expectation(text="36 communes"))
_met("text-in-entities", Expectation(text="Données de l'habitat"))
_met("text-in-other-case", Expectation(text="TERRITOIRE COMPTE 36 COMMUNES"))
_met("text-without-accents", Expectation(text="chomage & emploi"))
_met("text-over-two-lines", Expectation(text="sur deux lignes"))
_met("text-through-elements", Expectation(text="communes"))
_met("text-with-a-thin-space", Expectation(text="1 234 actifs"))
_met("text-of-a-csv", Expectation(text="31555;Toulouse"), _CSV, "Le fichier, et ce qu'on y attend.")
_met("title", Expectation(title="Dossier complet"))
_met("title-without-accents", Expectation(title="dossier complet : sicoval"))
_met("type", Expectation(type="text/html"))
_met("type-of-a-csv", Expectation(type="text/csv"), _CSV, "Le fichier, du type attendu.")
_met("type-in-capitals", Expectation(type="TEXT/CSV"), _CSV, "Le fichier, du type attendu.")
_met("json", Expectation(json="total_count"), _API, "La réponse de l'API.")
_met("all-at-once", Expectation(text="36 communes", title="Sicoval", type="text/html"))
_met("after-more-than-we-read", Expectation(text="mot de la fin"), "/expectations/long")


def _sent(name: str, body: bytes, content_type: str) -> str:
    """The path at which *body* is sent."""
    path = f"/expectations/sent-{name}"

    @behaviour(path)
    async def _answer(talk: Conversation) -> None:
        await talk.reply(200, body, content_type=content_type)

    return path


_FEED = "<rss><item><title><![CDATA[Actualités du Sicoval]]></title><b code='31-A'/>Lab&#232;ge</item></rss>".encode()
_PDF = _sent("pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
_XML = _sent("xml", _FEED, "application/rss+xml")
_PNG = _sent("png", b"\x89PNG\r\n\x1a\n" + bytes(40), "application/octet-stream")
_SCRIPT = _sent("script", b"var a = 1;", "text/javascript")
_met("text-of-a-pdf-that-nobody-reads", Expectation(text="Sicoval"), _PDF, "Le document.")
_met("text-in-cdata", Expectation(text="actualités du Sicoval"), _XML, "Le flux.")
_met("text-in-an-attribute", Expectation(text="31-A"), _XML, "Le flux.")
_met("text-in-references", Expectation(text="Labège"), _XML, "Le flux.")
_met("type-of-an-image-as-octets", Expectation(type="image/png"), _PNG, "L'image.")
_met("type-of-a-script", Expectation(type="application/javascript"), _SCRIPT, "Le script.")
_unmet("text-absent", Expectation(text="ornithorynque"))
_unmet("text-in-a-script", Expectation(text="mot-de-script"))
_unmet("text-in-a-comment", Expectation(text="mot-de-commentaire"))
_unmet("title-other", Expectation(title="Dossier partiel"))
_unmet("title-said-in-the-text", Expectation(title="36 communes"))
_unmet("type-other", Expectation(type="text/csv"), _PAGE, "wrong-type", "unexpected-content")
_unmet("type-page-for-json", Expectation(type="application/json"), _PAGE, "wrong-type", "unexpected-content")
_unmet("json-absent", Expectation(json="total_count"), "/expectations/api-in-error", "soft-404")
_unmet("json-of-a-page", Expectation(json="total_count"), _PAGE, "unexpected-content", "wrong-type")
_unmet("one-of-two", Expectation(text="36 communes", title="Dossier partiel"))

address(
    "expectations",
    "met-after-a-move",
    person="La page, ailleurs, et ce qu'on y attend.",
    verdict=MOVED,
    reason="http-301",
    path="/expectations/moved",
    expect=Expectation(text="36 communes"),
    suggestion=_PAGE,
)
address(
    "expectations",
    "unmet-after-a-move",
    person="Une page, ailleurs, sans ce qu'on y attend.",
    verdict=SUSPECT,
    reason="unexpected-content",
    path="/expectations/moved",
    expect=Expectation(text="ornithorynque"),
)
