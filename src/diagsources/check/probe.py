"""What to ask of a link: a generator of requests that is sent responses.

It is driven by whoever has a network, and by tests that have none. An exception thrown in is the
fault that the request met.
"""

from collections.abc import Generator
from typing import TypeAlias

import httpx

from diagsources.check.faults import Refused, fault_of
from diagsources.urls import WEB_SCHEMES, is_web_url
from diagsources.verdict import REDIRECTS, TELLING_FIELDS, Answer, Evidence, Fault

MAX_REDIRECTS = 20
"""As many as browsers follow (WHATWG Fetch, HTTP-redirect fetch, step 7)."""

Probe: TypeAlias = Generator[httpx.Request, httpx.Response, Evidence]


def headers(user_agent: str) -> dict[str, str]:
    """What a person's browser in French says, with our own name."""
    return {
        "User-Agent": user_agent,
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "fr-FR,fr;q=0.9,en;q=0.5",
        "Accept-Encoding": "gzip, deflate",
    }


def web(url: str, *, user_agent: str) -> Probe:
    """Any page or file: GET, and GET again where a redirect leads."""
    answers: list[Answer] = []
    here = url
    while True:
        try:
            if not is_web_url(here):
                raise Refused(_unusable(here, first=not answers))
            response = yield httpx.Request("GET", here, headers=headers(user_agent))
            target = _target(here, response)
        except Exception as error:  # noqa: BLE001 - fault_of raises again what is not the network's
            return Evidence(url, tuple(answers), fault_of(error), here)
        answers.append(Answer(here, response.status_code, target, _telling(response)))
        if target is None:
            return Evidence(url, tuple(answers))
        if [answer.url for answer in answers].count(target) > 1:
            return Evidence(url, tuple(answers), Fault.REDIRECT_LOOP, target)
        if len(answers) > MAX_REDIRECTS:
            return Evidence(url, tuple(answers), Fault.TOO_MANY_REDIRECTS, target)
        here = target


def _telling(response: httpx.Response) -> tuple[tuple[str, str], ...]:
    """The header fields that the rules look at, bounded."""
    named = ((name.lower(), value) for name, value in response.headers.multi_items())
    return tuple((name, value[:_LONGEST_FIELD]) for name, value in named if name in TELLING_FIELDS)[:_MOST_FIELDS]


_LONGEST_FIELD, _MOST_FIELDS = 500, 20


def _unusable(url: str, *, first: bool) -> Fault:
    if not first:
        return Fault.UNSAFE_REDIRECT
    scheme, colon, _ = url.partition(":")
    known = colon and scheme.isascii() and scheme.replace("+", "").isalnum() and scheme.lower() not in WEB_SCHEMES
    return Fault.UNSUPPORTED_SCHEME if (known and "://" in url) or scheme.lower() in _NO_WEB else Fault.INVALID_URL


_NO_WEB = frozenset({"mailto", "tel", "javascript", "data", "urn", "sms"})


def _target(here: str, response: httpx.Response) -> str | None:
    """Where *response* redirects to, absolute; None when it is no redirect, or says nowhere."""
    location = response.headers.get("location", "").strip()
    if response.status_code not in REDIRECTS or not location:
        return None
    try:
        return str(httpx.URL(here).join(location))
    except httpx.InvalidURL:
        return str(location)
