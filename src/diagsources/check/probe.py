"""What to ask of a link: a generator of requests that is sent what came back.

It is driven by whoever has a network, and by tests that have none. An exception thrown in is the
fault that the request met.
"""

import re
from collections.abc import Generator
from contextlib import suppress
from typing import NamedTuple, TypeAlias

import httpx
import idna

from diagsources.check.body import Body
from diagsources.check.faults import Failed, fault_of
from diagsources.check.page import read_page
from diagsources.urls import WEB_SCHEMES, is_web_url
from diagsources.verdict import REDIRECTS, TELLING_FIELDS, Answer, Evidence, Fault, Page

MAX_REDIRECTS = 20
"""As many as browsers follow (WHATWG Fetch, HTTP-redirect fetch, step 7)."""

_MAX_REFRESH_S = 15.0
"""The longest delay (seconds) after which a page that sends on is a redirect, and not a page that renews itself."""

_LONGEST_FIELD, _MOST_FIELDS = 500, 20


class Reply(NamedTuple):
    """What came back for a request."""

    response: httpx.Response
    body: Body = Body()


Probe: TypeAlias = Generator[httpx.Request, Reply, Evidence]


def fields_of(user_agent: str) -> httpx.Headers:
    """What a person's browser in French says, with our own name."""
    return httpx.Headers(
        {
            "User-Agent": user_agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "fr-FR,fr;q=0.9,en;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        }
    )


def web(url: str, *, fields: httpx.Headers, anchors: bool = True) -> Probe:
    """Any page or file: GET, and GET again where a redirect leads."""
    answers: list[Answer] = []
    here = url
    while True:
        try:
            reply = yield httpx.Request("GET", _to_ask(here, first=not answers), headers=fields)
        except Exception as error:  # noqa: BLE001 - fault_of raises again what is not the network's
            return Evidence(url, tuple(answers), fault_of(error), here)
        target = _location(here, reply.response)
        page = None if target is not None else _page(reply, anchors=anchors)
        if page is not None:
            target = _sent_on(here, reply, page, answers)
        answers.append(Answer(here, reply.response.status_code, target, _telling(reply.response)))
        if target is None:
            return Evidence(url, tuple(answers), page=page, cut_short=reply.body.cut_short)
        if [answer.url for answer in answers].count(target) > 1:
            return Evidence(url, tuple(answers), Fault.REDIRECT_LOOP, target)
        if len(answers) > MAX_REDIRECTS:
            return Evidence(url, tuple(answers), Fault.TOO_MANY_REDIRECTS, target)
        here = target


def control(url: str, *, fields: httpx.Headers) -> Probe:
    """A path that cannot exist beside *url*: what comes back for it, redirects not followed."""
    reply = yield httpx.Request("GET", httpx.URL(url), headers=fields)
    answer = Answer(url, reply.response.status_code, _location(url, reply.response))
    return Evidence(url, (answer,), page=_page(reply, anchors=False))


def _page(reply: Reply, *, anchors: bool) -> Page | None:
    body = reply.body
    if not body.readable:
        return None
    declared = reply.response.headers.get("content-type", "")
    return read_page(
        body.data, declared, whole=body.whole, encoding_error=body.encoding_error, anchors_wanted=anchors
    )


def _telling(response: httpx.Response) -> tuple[tuple[str, str], ...]:
    """The header fields that the rules look at, bounded."""
    headers = response.headers
    found = [(name, value[:_LONGEST_FIELD]) for name in TELLING_FIELDS for value in headers.get_list(name)]
    return tuple(found[:_MOST_FIELDS])


def _to_ask(url: str, *, first: bool) -> httpx.URL:
    """*url* as it goes over the wire; raises `Failed` where it cannot be asked."""
    cleaned = as_browsers_read(url)
    if not is_web_url(cleaned):
        raise Failed(_unusable(cleaned, first=first))
    return httpx.URL(_ascii_host(cleaned)).copy_with(fragment=None)


def as_browsers_read(url: str) -> str:
    """*url* with what browsers drop or turn before anything else (WHATWG URL §4.4)."""
    text = url.strip("".join(map(chr, range(0x21)))).translate(_DROPPED)
    head, mark, tail = _TAIL.match(text).groups()  # type: ignore[union-attr] - it matches anything
    if head[:8].lower().startswith(("http:", "https:")):
        head = head.replace("\\", "/")
    return head + mark + tail


_DROPPED = {9: None, 10: None, 13: None}
_TAIL = re.compile(r"([^?#]*)([?#]?)(.*)\Z", re.DOTALL)


def _ascii_host(url: str) -> str:
    """*url* with a host of letters and digits (UTS #46), as browsers find it also where IDNA 2008 says no."""
    match = re.match(r"(https?://(?:[^/?#@]*@)?)([^/?#:\[]+)(.*)\Z", url, re.DOTALL | re.IGNORECASE)
    if match is None or match[2].isascii():
        return url
    before, host, after = match.groups()
    with suppress(UnicodeError):
        return before + idna.encode(host, uts46=True).decode("ascii") + after
    try:
        return before + host.lower().encode("idna").decode("ascii") + after
    except UnicodeError as error:
        raise Failed(Fault.INVALID_URL) from error


def _unusable(url: str, *, first: bool) -> Fault:
    if not first:
        return Fault.UNSAFE_REDIRECT
    scheme, colon, _ = url.partition(":")
    known = colon and scheme.isascii() and scheme.replace("+", "").isalnum() and scheme.lower() not in WEB_SCHEMES
    return Fault.UNSUPPORTED_SCHEME if (known and "://" in url) or scheme.lower() in _NO_WEB else Fault.INVALID_URL


_NO_WEB = frozenset({"mailto", "tel", "javascript", "data", "urn", "sms"})


def _location(here: str, response: httpx.Response) -> str | None:
    """Where *response* redirects to, absolute; None when it is no redirect, or says nowhere."""
    if response.status_code not in REDIRECTS:
        return None
    raw = next((value for name, value in response.headers.raw if name.lower() == b"location"), b"")
    try:
        location = raw.decode("utf-8")
    except UnicodeDecodeError:
        location = raw.decode("latin-1")
    return _joined(here, location)


def _joined(here: str, reference: str) -> str | None:
    """*reference* as a browser at *here* takes it; None where it is empty."""
    cleaned = as_browsers_read(reference)
    if not cleaned:
        return None
    try:
        return str(httpx.URL(_ascii_host(here)).join(_ascii_host(cleaned)))
    except (httpx.InvalidURL, Failed, ValueError):
        return cleaned


def _sent_on(here: str, reply: Reply, page: Page, answers: list[Answer]) -> str | None:
    """Where a page that answers sends its visitor, by a Refresh field or by itself."""
    refresh = _refresh_field(reply.response.headers.get("refresh", "")) or page.refresh
    if refresh is None or refresh[0] > _MAX_REFRESH_S or not 200 <= reply.response.status_code < 300:
        return None
    target = _joined(here, refresh[1])
    visited = {here, *(answer.url for answer in answers)}
    if target is None or target.partition("#")[0] in visited or not is_web_url(target):
        return None
    return target


def _refresh_field(value: str) -> tuple[float, str] | None:
    """The delay (seconds) and the target of a Refresh field, as of the meta element (WHATWG HTML §4.2.5.3)."""
    match = _REFRESH.match(value)
    return (float(match[1] or 0), match[3]) if match else None


_REFRESH = re.compile(r"""\s*(\d{1,9}(?:\.\d*)?)?\s*[;,]?\s*url\s*=\s*(["']?)(.*?)\2\s*\Z""", re.IGNORECASE | re.DOTALL)
