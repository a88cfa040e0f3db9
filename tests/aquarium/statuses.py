"""Status codes of every family, on a page that would otherwise do."""

from tests.aquarium.case import BROKEN, OK, RESTRICTED, UNAVAILABLE, address, case, page
from tests.aquarium.html import article, bare, site
from tests.support.server import Conversation


@page(person="L'article.", verdict=OK, reason="http-200")
def article_of_a_site() -> str:
    return article("Démographie du territoire")


for _status, _person in (
    (201, "La page."),
    (202, "La page."),
    (203, "La page."),
    (206, "La page, en entier malgré le code."),
    (207, "La page."),
    (226, "La page."),
    (299, "La page."),
):
    address("statuses", str(_status), person=_person, verdict=OK, reason=f"http-{_status}", path=f"/status/{_status}")

for _status in (204, 205):
    address(
        "statuses",
        str(_status),
        person="Le navigateur reste où il est, comme le serveur le veut.",
        verdict=OK,
        reason=f"http-{_status}",
        path=f"/status/{_status}",
    )

for _status in (400, 405, 406, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 426, 428, 431):
    address(
        "statuses",
        str(_status),
        person="Une erreur : la page n'est pas là.",
        verdict=BROKEN,
        reason=f"http-{_status}",
        path=f"/status/{_status}",
    )

for _status, _reason in ((401, "auth-required"), (407, "auth-required"), (402, "payment-required"), (451, "legal")):
    address(
        "statuses",
        str(_status),
        person="La page est là, pour qui y a droit.",
        verdict=RESTRICTED,
        reason=_reason,
        path=f"/status/{_status}",
    )

for _status in (408, 425, 500, 501, 502, 503, 504, 505, 507, 508, 520, 521, 522, 523, 524, 525, 526, 530, 599):
    address(
        "statuses",
        str(_status),
        person="Une erreur du serveur, qui passera peut-être.",
        verdict=UNAVAILABLE,
        reason=f"http-{_status}",
        path=f"/status/{_status}",
    )


@page(person="« Page introuvable ».", verdict=BROKEN, reason="http-404", status=404)
def not_found() -> str:
    return site("Page introuvable", "<h1>Page introuvable</h1><p>L'adresse demandée n'existe pas.</p>")


@case(person="Une page blanche.", verdict=BROKEN, reason="http-404")
async def not_found_without_a_body(talk: Conversation) -> None:
    await talk.reply(404)


@page(
    person="« Page introuvable » : Cloudflare ne fait que transmettre.",
    verdict=BROKEN,
    reason="http-404",
    status=404,
    fields={"server": "cloudflare", "cf-ray": "8f0a1b2c3d4e5f60-CDG"},
)
def not_found_behind_cloudflare() -> str:
    return site("Page introuvable", "<h1>Page introuvable</h1><p>L'adresse demandée n'existe pas.</p>")


@page(
    person="« 503 » : le serveur d'origine est en panne, ce n'est pas un mur.",
    verdict=UNAVAILABLE,
    reason="http-503",
    status=503,
    fields={"server": "cloudflare", "cf-ray": "8f0a1b2c3d4e5f60-CDG"},
)
def unavailable_behind_cloudflare() -> str:
    return bare("503 Service Temporarily Unavailable", "<h1>503 Service Temporarily Unavailable</h1><hr>nginx")


@page(
    person="« Error 522 : Connection timed out » : l'origine ne répond pas.",
    verdict=UNAVAILABLE,
    reason="http-522",
    status=522,
    fields={"server": "cloudflare", "cf-ray": "8f0a1b2c3d4e5f60-CDG"},
)
def origin_timed_out_behind_cloudflare() -> str:
    return bare(
        "donnees.example.fr | 522: Connection timed out",
        '<div id="cf-wrapper"><div id="cf-error-details"><h1>Connection timed out <span>Error code 522</span></h1>'
        "<p>The web server is not answering.</p></div></div>",
        lang="en",
    )


@page(
    person="« 403 Forbidden » de nginx : un robot ne peut rien dire.", verdict=RESTRICTED, reason="http-403", status=403
)
def forbidden_by_nginx() -> str:
    return bare("403 Forbidden", "<center><h1>403 Forbidden</h1></center><hr><center>nginx/1.24.0</center>", lang="en")


@case(person="« 404 » à la fin d'une adresse qui a déménagé.", verdict=BROKEN, reason="http-404")
async def moved_to_a_404(talk: Conversation) -> None:
    await talk.reply(301, location="/statuses/not-found")


@case(person="La page, au second essai.", verdict=OK, reason="http-200", warnings=("answered-after-retry",))
async def error_500_once(talk: Conversation) -> None:
    await talk.reply(500 if talk.visit == 1 else 200, article("Emploi").encode())


@case(
    person="La page, au second essai.",
    verdict=OK,
    reason="http-200",
    warnings=("answered-after-retry",),
    alone=True,
    path="/emploi",
)
async def error_503_once(talk: Conversation) -> None:
    await talk.reply(503 if talk.visit == 1 else 200, article("Emploi").encode())


@case(person="La page, au second essai.", verdict=OK, reason="http-200", warnings=("answered-after-retry",))
async def error_502_once(talk: Conversation) -> None:
    await talk.reply(502 if talk.visit == 1 else 200, article("Emploi").encode())


@case(person="La page, au second essai.", verdict=OK, reason="http-200", warnings=("answered-after-retry",))
async def error_408_once(talk: Conversation) -> None:
    if talk.visit == 1:
        await talk.reply(408, connection="close")
        talk.writer.close()
    else:
        await talk.reply(200, article("Emploi").encode())


@case(person="La page : le code n'a pas de nom, mais elle est là.", verdict=OK, reason=("http-200", "http-299"))
async def no_reason_phrase_at_all(talk: Conversation) -> None:
    body = article("Emploi").encode()
    head = f"HTTP/1.1 200\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {len(body)}\r\n\r\n".encode()
    await talk.raw(head if talk.method == "HEAD" else head + body)
