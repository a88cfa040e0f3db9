"""Servers that will not answer before their cookie comes back."""

from tests.aquarium.case import BROKEN, OK, case
from tests.aquarium.html import article
from tests.support.server import Conversation, behaviour

_AROUND = "La page, après un tour pour prendre le cookie."
_PAGE = article("Transports").encode()


def _cookie(talk: Conversation) -> str:
    return talk.headers.get("cookie", "")


def _wall(name: str, sets: str, wants: str, status: int = 302) -> None:
    @case(name=name, path=f"/cookies/{name}", person=_AROUND, verdict=OK, reason="http-200")
    async def _answer(talk: Conversation) -> None:
        if wants in _cookie(talk):
            await talk.reply(200, _PAGE)
        else:
            await talk.reply(status, location=f"/cookies/{name}", set_cookie=sets)


_wall("plain", "vu=1", "vu=1")
_wall("for-the-site", "vu2=1; Path=/", "vu2=1")
_wall("for-this-path", "vu3=1; Path=/cookies/for-this-path", "vu3=1")
_wall("for-this-host", "vu4=1; Domain=127.0.0.1; Path=/", "vu4=1")
_wall("for-scripts-only-by-name", "vu5=1; Path=/; HttpOnly; SameSite=Lax", "vu5=1")
_wall("strict", "vu6=1; Path=/; HttpOnly; SameSite=Strict", "vu6=1")
_wall("for-an-hour", "vu7=1; Path=/; Max-Age=3600", "vu7=1")
_wall("until-a-date-of-old", "vu8=1; path=/; expires=Monday, 31-Dec-40 23:59:59 GMT", "vu8=1")
_wall("until-a-date-with-dashes", "vu9=1; path=/; expires=Mon, 31-Dec-2040 23:59:59 GMT", "vu9=1")
_wall("by-a-permanent-redirect", "vu10=1; Path=/", "vu10=1", 301)
_wall("by-307", "vu11=1; Path=/", "vu11=1", 307)
_wall("in-quotes", 'vu12="a b"; Path=/', 'vu12="a b"')
_wall("with-json", 'vu13={"a":1,"b":[2]}; Path=/', 'vu13={"a":1')
_wall("with-equals", "vu14=a=b==; Path=/", "vu14=a=b==")
_wall("with-an-odd-attribute", "vu15=1; Path=/; Priority=High; Partitioned; x", "vu15=1")
_wall("not-ascii", "vu17=Orléans; Path=/", "vu17=Orléans".encode().decode("latin-1"))
_wall("for-no-time-that-is-one", "vu18=1; Path=/; Max-Age=abc", "vu18=1")
_wall("for-a-path-that-is-none", "vu19=1; Path=page", "vu19=1")
_wall("for-an-empty-host", "vu20=1; Path=/; Domain=", "vu20=1")
_wall("twice-in-an-answer", "vu21=0; Path=/\r\nSet-Cookie: vu21=1; Path=/", "vu21=1")
_wall("very-large", f"vu16={'x' * 4_000}; Path=/", "vu16=xxxx")


@case(
    person="« Trop de redirections » : le cookie est déjà périmé.",
    verdict=BROKEN,
    reason=("redirect-loop", "too-many-redirects"),
)
async def expired(talk: Conversation) -> None:
    if "perime=1" in _cookie(talk):
        await talk.reply(200, _PAGE)
    else:
        await talk.reply(302, location="/cookies/expired", set_cookie="perime=1; Path=/; Max-Age=0")


@case(
    person="« Trop de redirections » : le cookie n'est pas pour cette page.",
    verdict=BROKEN,
    reason=("redirect-loop", "too-many-redirects"),
)
async def for_another_path(talk: Conversation) -> None:
    if "ailleurs=1" in _cookie(talk):
        await talk.reply(200, _PAGE)
    else:
        await talk.reply(302, location="/cookies/for-another-path", set_cookie="ailleurs=1; Path=/admin")


@case(
    person="« Trop de redirections » : le cookie est pour un autre site.",
    verdict=BROKEN,
    reason=("redirect-loop", "too-many-redirects"),
)
async def for_another_host(talk: Conversation) -> None:
    if "etranger=1" in _cookie(talk):
        await talk.reply(200, _PAGE)
    else:
        await talk.reply(302, location="/cookies/for-another-host", set_cookie="etranger=1; Path=/; Domain=example.org")


@case(
    person="« Trop de redirections » : le cookie ne voyage qu'en TLS.",
    verdict=BROKEN,
    reason=("redirect-loop", "too-many-redirects"),
)
async def for_tls_alone(talk: Conversation) -> None:
    if "__Secure-vu=1" in _cookie(talk):
        await talk.reply(200, _PAGE)
    else:
        await talk.reply(302, location="/cookies/for-tls-alone", set_cookie="__Secure-vu=1; Path=/; Secure")


@case(person="La page, les deux cookies rendus.", verdict=OK, reason="http-200")
async def two_at_once(talk: Conversation) -> None:
    if "un=1" in _cookie(talk) and "deux=2" in _cookie(talk):
        await talk.reply(200, _PAGE)
    else:
        both = (("set-cookie", "un=1; Path=/"), ("set-cookie", "deux=2; Path=/"))
        await talk.reply(302, location="/cookies/two-at-once", also=both)


@case(person="La page, après un rebond par une autre page qui pose le cookie.", verdict=OK, reason="http-200")
async def bounce(talk: Conversation) -> None:
    if "rebond=1" in _cookie(talk):
        await talk.reply(200, _PAGE)
    else:
        await talk.reply(302, location="/cookies/bounced?back=/cookies/bounce")


@behaviour("/cookies/bounced")
async def _bounced(talk: Conversation) -> None:
    await talk.reply(302, location="/cookies/bounce", set_cookie="rebond=1; Path=/")


@case(person="La page, après trois tours qui comptent dans le cookie.", verdict=OK, reason="http-200")
async def counted(talk: Conversation) -> None:
    turns = next((turn for turn in (3, 2, 1) if f"tours={turn}" in _cookie(talk)), 0)
    if turns == 3:
        await talk.reply(200, _PAGE)
    else:
        await talk.reply(302, location="/cookies/counted", set_cookie=f"tours={turns + 1}; Path=/")


@case(person="La page : un cookie qui n'en est pas un ne gêne pas.", verdict=OK, reason="http-200")
async def malformed(talk: Conversation) -> None:
    odd = (("set-cookie", "; ; ="), ("set-cookie", ""), ("set-cookie", "é=à; Path=été"), ("set-cookie", "a" * 9_000))
    await talk.reply(200, _PAGE, also=odd)


@case(person="La page : deux cents cookies d'un coup.", verdict=OK, reason="http-200")
async def two_hundred(talk: Conversation) -> None:
    await talk.reply(
        200, _PAGE, also=[("set-cookie", f"essai{rank}={rank}; Path=/cookies/two-hundred") for rank in range(200)]
    )


@case(person="Une page qui se contente de poser un cookie.", verdict=OK, reason="http-200")
async def wanted_by_a_script(talk: Conversation) -> None:
    await talk.reply(200, _PAGE, set_cookie="consent=unset; Path=/")
