"""The behaviours that the tests of the checker and of the command line name by their path."""

import asyncio

from tests.support.server import NOT_FOUND, PAGE, Conversation, behaviour


@behaviour("/ok")
async def _ok(talk: Conversation) -> None:
    await talk.reply(200, PAGE)


@behaviour("/slow")
async def _slow(talk: Conversation) -> None:
    await asyncio.sleep(0.05)
    await talk.reply(200, PAGE)


@behaviour("/moved/permanently")
async def _moved(talk: Conversation) -> None:
    await talk.reply(301, location="/ok")


@behaviour("/moved/308")
async def _moved_308(talk: Conversation) -> None:
    await talk.reply(308, location="/ok")


@behaviour("/moved/for-now")
async def _found(talk: Conversation) -> None:
    await talk.reply(302, location="/ok")


@behaviour("/moved/then-for-now")
async def _moved_then_found(talk: Conversation) -> None:
    await talk.reply(301, location="/moved/for-now")


@behaviour("/moved/to-nowhere")
async def _moved_to_404(talk: Conversation) -> None:
    await talk.reply(301, location="/gone/404")


@behaviour("/moved/without-location")
async def _moved_without_location(talk: Conversation) -> None:
    await talk.reply(302)


@behaviour("/moved/to-ftp")
async def _moved_to_ftp(talk: Conversation) -> None:
    await talk.reply(302, location="ftp://example.org/file")


@behaviour("/moved/to-javascript")
async def _moved_to_javascript(talk: Conversation) -> None:
    await talk.reply(302, location="javascript:alert(1)")


@behaviour("/moved/utf-8")
async def _moved_utf_8(talk: Conversation) -> None:
    await talk.reply(301, location="/été")


@behaviour("/%C3%A9t%C3%A9")
async def _summer(talk: Conversation) -> None:
    await talk.reply(200, PAGE)


@behaviour("/loop")
async def _loop(talk: Conversation) -> None:
    await talk.reply(302, location="/loop")


@behaviour("/endless")
async def _endless(talk: Conversation) -> None:
    step = int(talk.path.partition("?")[2] or 0)
    await talk.reply(302, location=f"/endless?{step + 1}")


@behaviour("/gone/404")
async def _not_found(talk: Conversation) -> None:
    await talk.reply(404, NOT_FOUND)


@behaviour("/hang")
async def _hang(talk: Conversation) -> None:
    await asyncio.sleep(3600)


@behaviour("/drip")
async def _drip(talk: Conversation) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 3600:
        await talk.raw(bytes([byte]))
        await asyncio.sleep(0.1)


@behaviour("/close")
async def _close(talk: Conversation) -> None:
    talk.writer.close()


@behaviour("/reset")
async def _reset(talk: Conversation) -> None:
    talk.reset()


@behaviour("/reset/once")
async def _reset_once(talk: Conversation) -> None:
    if talk.visit == 1:
        talk.reset()
    else:
        await talk.reply(200, PAGE)


@behaviour("/500/once")
async def _500_once(talk: Conversation) -> None:
    await talk.reply(500 if talk.visit == 1 else 200, PAGE)


@behaviour("/wall/cloudflare")
async def _cloudflare(talk: Conversation) -> None:
    await talk.reply(503, b"<title>Just a moment...</title>", server="cloudflare", cf_mitigated="challenge")


@behaviour("/wall/aws")
async def _aws(talk: Conversation) -> None:
    await talk.reply(202, x_amzn_waf_action="challenge")


@behaviour("/wall/datadome")
async def _datadome(talk: Conversation) -> None:
    await talk.reply(403, set_cookie="datadome=abc; Path=/", x_datadome="protected")


@behaviour("/wall/akamai")
async def _akamai(talk: Conversation) -> None:
    await talk.reply(403, b"<h1>Access Denied</h1>", server="AkamaiGHost")


@behaviour("/wall/imperva")
async def _imperva(talk: Conversation) -> None:
    await talk.reply(403, x_iinfo="1-2-3")


@behaviour("/cloudflare/404")
async def _cloudflare_404(talk: Conversation) -> None:
    await talk.reply(404, server="cloudflare")


@behaviour("/cookie")
async def _cookie(talk: Conversation) -> None:
    if "seen=1" in talk.headers.get("cookie", ""):
        await talk.reply(200, PAGE)
    else:
        await talk.reply(302, location="/cookie", set_cookie="seen=1; Path=/")


@behaviour("/cookie/permanent")
async def _cookie_permanent(talk: Conversation) -> None:
    if "seen=2" in talk.headers.get("cookie", ""):
        await talk.reply(200, PAGE)
    else:
        await talk.reply(301, location="/cookie/permanent", set_cookie="seen=2; Path=/")


@behaviour("/later/seconds")
async def _later(talk: Conversation) -> None:
    if talk.visit == 1:
        await talk.reply(429, retry_after="7")
    else:
        await talk.reply(200, PAGE)


@behaviour("/later/next-year")
async def _next_year(talk: Conversation) -> None:
    await talk.reply(503, retry_after="31536000")


@behaviour("/not-http")
async def _not_http(talk: Conversation) -> None:
    await talk.raw(b"220 ftp ready\r\n331 password please\r\n\r\n")
    talk.writer.close()
