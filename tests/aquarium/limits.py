"""Servers that limit how often they are asked, and say how long to wait or not."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.aquarium.case import OK, RESTRICTED, UNAVAILABLE, case
from tests.aquarium.html import article, bare
from tests.support.server import Conversation

_BODY = article("Indicateurs").encode()
_SLOW_DOWN = bare("429 Too Many Requests", "<h1>Too Many Requests</h1>", lang="en").encode()
_LATER = "La page : une personne n'est pas limitée."


def _once(name: str, status: int, **named: str) -> None:
    """A server that asks to wait the first time, then answers."""
    fields = {field.replace("_", "-"): value for field, value in named.items()}

    @case(
        name=name,
        alone=True,
        path="/indicateurs",
        person=_LATER,
        verdict=OK,
        reason="http-200",
        warnings=("answered-after-retry",),
    )
    async def _limited(talk: Conversation) -> None:
        if talk.visit == 1:
            await talk.answer(status, _SLOW_DOWN, fields)
        else:
            await talk.reply(200, _BODY)


_once("once-for-seconds", 429, retry_after="1")
_once("once-for-no-time", 429, retry_after="0")
_once("once-without-a-word", 429)
_once("once-for-3s", 429, retry_after="3s")
_once("once-for-garbage", 429, retry_after="bientôt")
_once("once-for-less-than-nothing", 429, retry_after="-5")
_once("once-for-a-fraction", 429, retry_after="1.5")
_once("once-until-a-past-date", 429, retry_after="Wed, 21 Oct 2015 07:28:00 GMT")
_once("once-empty", 429, retry_after="")
_once("once-503-for-seconds", 503, retry_after="1")
_once("once-with-rate-limit-fields", 429, ratelimit_limit="10", ratelimit_remaining="0", ratelimit_reset="1")
_once("once-with-x-rate-limit-fields", 429, x_ratelimit_limit="60", x_ratelimit_remaining="0", x_ratelimit_reset="1")
_once("once-with-structured-rate-limit", 429, ratelimit='"default";r=0;t=1', ratelimit_policy='"default";q=10;w=1')


@case(alone=True, path="/indicateurs", person=_LATER, verdict=OK, reason="http-200", warnings=("answered-after-retry",))
async def once_until_a_date(talk: Conversation) -> None:
    if talk.visit == 1:
        soon = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
        await talk.reply(429, _SLOW_DOWN, retry_after=soon)
    else:
        await talk.reply(200, _BODY)


@case(alone=True, path="/indicateurs", person=_LATER, verdict=OK, reason="http-200", warnings=("answered-after-retry",))
async def twice(talk: Conversation) -> None:
    await talk.reply(*((429, _SLOW_DOWN) if talk.visit <= 2 else (200, _BODY)))


def _for_ever(name: str, status: int = 429, **named: str) -> None:
    """A server that never answers anything else."""
    fields = {field.replace("_", "-"): value for field, value in named.items()}

    @case(
        name=name,
        alone=True,
        path="/indicateurs",
        person=_LATER,
        verdict=RESTRICTED,
        reason="rate-limited",
    )
    async def _limited(talk: Conversation) -> None:
        await talk.answer(status, _SLOW_DOWN, fields)


_for_ever("for-ever")
_for_ever("for-ever-for-a-second", retry_after="1")
_for_ever("for-ever-for-an-hour", retry_after="3600")
_for_ever("for-ever-for-a-year", retry_after="31536000")
_for_ever("for-ever-for-a-number-without-end", retry_after="9" * 400)
_for_ever("for-ever-until-2099", retry_after="Thu, 31 Dec 2099 23:59:59 GMT")
_for_ever("for-ever-until-no-date", retry_after="Wed, 99 Foo 9999 99:99:99 GMT")
_for_ever("for-ever-with-rate-limit-fields", ratelimit_limit="10", ratelimit_remaining="0", ratelimit_reset="86400")
_for_ever("for-ever-503-for-an-hour", 503, retry_after="3600")
_for_ever("for-ever-503-for-a-year", 503, retry_after="31536000")
_for_ever("for-ever-503-until-2099", 503, retry_after="Thu, 31 Dec 2099 23:59:59 GMT")


@case(person="Un site en maintenance, qui le dit.", verdict=UNAVAILABLE, reason="http-503")
async def maintenance_for_ten_minutes(talk: Conversation) -> None:
    said = b"<title>Site en maintenance</title><h1>Site en maintenance</h1><p>Revenez dans quelques minutes.</p>"
    await talk.reply(503, said, retry_after="600")


@case(
    alone=True,
    path="/indicateurs",
    person="La page : ces champs disent seulement ce qu'il reste.",
    verdict=OK,
    reason="http-200",
)
async def quota_that_remains(talk: Conversation) -> None:
    await talk.reply(200, _BODY, x_ratelimit_limit="100", x_ratelimit_remaining="20", x_ratelimit_reset="1800000000")


@case(
    alone=True,
    path="/indicateurs",
    person="La page : les champs n'ont pas de sens.",
    verdict=OK,
    reason="http-200",
)
async def quota_that_makes_no_sense(talk: Conversation) -> None:
    await talk.reply(200, _BODY, x_ratelimit_limit="a", x_ratelimit_remaining="-1", ratelimit_reset="demain")


@case(
    alone=True,
    path="/indicateurs",
    person="La page : Retry-After n'a de sens que dans un refus.",
    verdict=OK,
    reason="http-200",
)
async def wait_asked_of_a_200(talk: Conversation) -> None:
    await talk.reply(200, _BODY, retry_after="3600")


@case(alone=True, path="/indicateurs", person=_LATER, verdict=RESTRICTED, reason=("rate-limited", "http-403"))
async def forbidden_with_a_wait(talk: Conversation) -> None:
    await talk.reply(403, _SLOW_DOWN, retry_after="60", x_ratelimit_remaining="0")
