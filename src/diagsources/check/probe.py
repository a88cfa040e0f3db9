"""What to ask of a link: a generator of requests that is sent what came back.

It is driven by whoever has a network, and by tests that have none. An exception thrown in is the
fault that the request met.
"""

import re
import socket
from collections.abc import Generator, Mapping
from contextlib import suppress
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

from diagsources.check.faults import Failed, fault_of
from diagsources.check.page import read_page
from diagsources.check.sender import Fields, Reply, redirects
from diagsources.text import slips
from diagsources.urls import WEB_SCHEMES, is_web_url
from diagsources.verdict import TELLING_FIELDS, Answer, Fault, Page
from diagsources.verdict.marks import COOKIE_SCRIPT
from diagsources.verdict.places import file_promised
from diagsources.verdict.trace import Trace, trace_of

MAX_REDIRECTS = 20
"""As many as browsers follow (WHATWG Fetch, HTTP-redirect fetch, step 7)."""

_MAX_REFRESH_S = 15.0
"""The longest delay (seconds) after which a page that sends on is a redirect, and not a page that renews itself."""

_RENEWAL_S = 1.0
"""The delay (seconds) from which a page that asks for itself again is one that renews itself, and no loop."""

_LONGEST_FIELD = 2_000

_BODYLESS = frozenset({204, 205, 304})


class Way(NamedTuple):
    """Where asking led: the answers in order, the fault that ended it, if any, and the page at its end."""

    answers: tuple[Answer, ...]
    fault: Fault | None = None
    fault_url: str = ""
    page: Page | None = None
    cut_short: bool = False
    trace: Trace | None = None

    @property
    def status_code(self) -> int | None:
        """That of the last answer; None where a fault ended the way."""
        return self.answers[-1].status_code if self.answers and self.fault is None else None


Probe: TypeAlias = Generator[str, Reply, Way]
"""Yields URLs as they go over the wire, and is sent what came back."""


def fields_of(user_agent: str) -> Fields:
    """What a person's browser in French says, with our own name."""
    return (
        ("User-Agent", user_agent),
        ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        ("Accept-Language", "fr-FR,fr;q=0.9,en;q=0.5"),
        ("Accept-Encoding", "gzip, deflate"),
    )


def web(url: str, *, anchors: bool = True, trace: bool = False) -> Probe:
    """Any page or file: GET, and GET again where a redirect leads; with its *trace*, if that is wanted."""
    answers: list[Answer] = []
    here = url
    while True:
        try:
            reply = yield _to_ask(here, first=not answers)
            target = _location(here, reply)
        except Exception as error:  # noqa: BLE001 - fault_of raises again what is not the network's
            return Way(tuple(answers), fault_of(error), here)
        page = _page(reply, (here, url), anchors=anchors) if target is None else None
        if page is not None:
            target = _sent_on(here, reply, page, again=not (answers and answers[-1].url == here))
        answers.append(Answer(here, reply.status_code, target, _telling(reply.fields)))
        if target is None:
            seen = trace_of(reply.fields, page) if trace and 200 <= reply.status_code < 300 else None
            return Way(tuple(answers), page=page, cut_short=reply.body.cut_short, trace=seen)
        if "set-cookie" not in reply.fields and [answer.url for answer in answers].count(target) > 1:
            return Way(tuple(answers), Fault.REDIRECT_LOOP, target)
        if len(answers) > MAX_REDIRECTS:
            return Way(tuple(answers), Fault.TOO_MANY_REDIRECTS, target)
        here = target


def _page(reply: Reply, asked: tuple[str, str], *, anchors: bool) -> Page | None:
    """What is seen of the body of *reply*, to which both addresses *asked* have led."""
    body = reply.body
    if not body.readable or reply.status_code in _BODYLESS:
        return None
    declared = reply.fields.get("content-type", "")
    return read_page(
        body.data,
        declared,
        whole=body.whole,
        encoding_error=body.encoding_error,
        anchors_wanted=anchors,
        file=next(filter(file_promised, asked), ""),
    )


def _telling(fields: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The header fields that the rules look at, bounded."""
    return tuple([(name, value[:_LONGEST_FIELD]) for name, value in fields.items() if name in TELLING_FIELDS])


def _to_ask(url: str, *, first: bool) -> str:
    """*url* as it goes over the wire; raises `Failed` where it cannot be asked."""
    plain = _PLAIN.match(url)
    if plain is not None:
        _refuse(plain[1], first=first)
        return url
    cleaned = as_browsers_read(url).partition("#")[0]
    if not is_web_url(cleaned):
        raise Failed(_unusable(cleaned, first=first))
    import httpx  # deferred: 40 ms, and most addresses are plain

    asked = httpx.URL(_with_plain_dots(_ascii_host(cleaned)))
    _refuse(asked.port, first=first)
    before, mark, query = str(asked).partition("?")
    return before.replace("^", "%5E").replace("|", "%7C") + mark + query.replace("'", "%27")


def _refuse(port: int | str | None, *, first: bool) -> None:
    """Raises `Failed` for a *port* that no browser asks."""
    if port is not None and int(port) in _BAD_PORTS:
        raise Failed(Fault.INVALID_URL if first else Fault.UNSAFE_REDIRECT)


def _with_plain_dots(url: str) -> str:
    """*url* with the segments of its path that stand for this folder and the one above as `httpx.URL` works them out:
    not percent-encoded, nor the last (WHATWG URL §4.4, path state)."""
    found = _PATH.match(url)
    if found is None or not _DOTS.search(found[2]):
        return url
    path = _DOTS.sub(lambda dots: dots[0].lower().replace("%2e", "."), found[2])
    return found[1] + path + ("/" if path.endswith(("/.", "/..")) else "") + found[3]


_DOTS = re.compile(r"/(?:\.|%2e){1,2}(?=/|\Z)", re.IGNORECASE)
_PATH = re.compile(r"([^/]*//[^/?#]*)(/[^?#]*)(.*)", re.DOTALL)

_BAD_PORTS = frozenset(
    {
        *(0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42),
        *(43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115),
        *(117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515),
        *(526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995),
        *(1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669),
        *(6679, 6697, 10080),
    }
)
"""Ports that no browser asks (WHATWG Fetch §2.9, bad port)."""

_PLAIN = re.compile(
    r"https?://(?:(?:[a-z0-9][a-z0-9-]*\.)+[a-z][a-z0-9-]*|(?:(?:[1-9]?[0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])(?:\.(?![:/])|(?=[:/]))){4})"
    r"(?::([1-9][0-9]{0,3}|[1-5][0-9]{4}))?/(?!(?:[^?]*/)?(?:\.|%2[eE]){1,2}(?:[/?]|\Z))[A-Za-z0-9/_.~%?=&+,;:!-]*\Z"
)
"""A URL that every parser reads alike."""


def as_browsers_read(url: str) -> str:
    """*url* with what browsers drop or turn before anything else (WHATWG URL §4.4)."""
    text = url.strip(_AROUND).translate(_DROPPED)
    scheme = _SCHEME.match(text)
    if scheme is not None and scheme[0].lower() not in ("http:", "https:"):
        return text
    if scheme is not None:
        text = _ENCODED_HOST.sub(lambda found: found[1] + unquote(found[2]), _SLASHES.sub(r"\1//", text, count=1))
    end = next((rank for rank, char in enumerate(text) if char in "?#"), len(text))
    return text[:end].replace("\\", "/") + text[end:]


_AROUND = "".join(map(chr, range(0x21)))
_DROPPED = {9: None, 10: None, 13: None}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ENCODED_HOST = re.compile(r"\A(https?://)([^/?#@%:]*%[^/?#@:]*)(?=[/?#:]|\Z)", re.IGNORECASE)
_SLASHES = re.compile(r"\A([^:]*:)[/\\]*")


def _ascii_host(url: str) -> str:
    """*url* with its host as browsers find it: of letters and digits (UTS #46), also where IDNA 2008 says no,
    or an IPv4 address written in full (WHATWG URL §3.5)."""
    match = _HOST.match(url)
    if match is None:
        return url
    before, host, after = match.groups()
    host = _letters(host)
    if not _NUMBER.search(host):
        return before + host + after
    try:
        return before + socket.inet_ntoa(socket.inet_aton(host.removesuffix("."))) + after
    except (OSError, ValueError) as error:
        raise Failed(Fault.INVALID_URL) from error


def _letters(host: str) -> str:
    if host.isascii():
        return host
    import idna

    with suppress(UnicodeError):
        return idna.encode(host, uts46=True).decode("ascii")
    try:
        return host.lower().encode("idna").decode("ascii")
    except UnicodeError as error:
        raise Failed(Fault.INVALID_URL) from error


_HOST = re.compile(r"(https?://(?:[^/?#@]*@)?)([^/?#:\[]+)(.*)\Z", re.DOTALL | re.IGNORECASE)
_NUMBER = re.compile(r"(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)\.?\Z", re.IGNORECASE | re.ASCII)
"""The end of a host that can only be an IPv4 address."""


def _unusable(url: str, *, first: bool) -> Fault:
    if not first:
        return Fault.UNSAFE_REDIRECT
    scheme, colon, _ = url.lower().partition(":")
    known = colon and scheme.isascii() and scheme.replace("+", "").isalnum() and not _meant_for_the_web(scheme)
    return Fault.UNSUPPORTED_SCHEME if (known and "://" in url) or scheme in _NO_WEB else Fault.INVALID_URL


def _meant_for_the_web(scheme: str) -> bool:
    """Whether *scheme* is http or https, or a slip away (`htp`, `htttps`): a browser opens nothing there."""
    return any(slips(scheme, known, at_most=1) <= 1 for known in WEB_SCHEMES)


_NO_WEB = frozenset(
    {"mailto", "tel", "javascript", "data", "urn", "sms", "geo", "magnet", "doi", "about", "xmpp", "news", "skype"}
    | {"whatsapp", "callto", "fax", "cid", "blob", "view-source"}
)


def _location(here: str, reply: Reply) -> str | None:
    """Where *reply* redirects to, absolute; None when it is no redirect, or says nowhere. Raises `Failed` where it
    says several places: browsers follow none."""
    if not redirects(reply.status_code, reply.fields):
        return None
    location, *others = dict.fromkeys(reply.fields["location"].split("\n"))
    if others:
        raise Failed(Fault.NOT_HTTP)
    try:
        location = location.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:  # bytes of another encoding are handed back as they came
        location = _NOT_ASCII.sub(lambda char: f"%{ord(char[0]):02X}", location)
    return _joined(here, location)


_NOT_ASCII = re.compile("[\x80-\xff]")


def _joined(here: str, reference: str) -> str | None:
    """*reference* as a browser at *here* takes it; None where it is empty."""
    cleaned = as_browsers_read(_without_scheme(here, reference))
    if not cleaned:
        return None
    import httpx

    try:
        return str(httpx.URL(_ascii_host(here)).join(_ascii_host(cleaned)))
    except (httpx.InvalidURL, Failed, ValueError):
        return cleaned


def _without_scheme(here: str, reference: str) -> str:
    """*reference* without the scheme of *here*, where no host follows it: `http:page` is one of the same host
    (WHATWG URL §4.4, special relative or authority state)."""
    text = reference.strip(_AROUND)
    scheme = here.partition(":")[0] + ":"
    if text[: len(scheme)].lower() != scheme.lower() or re.match(r"[/\\]{2}", text[len(scheme) :]):
        return reference
    return text[len(scheme) :]


def _sent_on(here: str, reply: Reply, page: Page, *, again: bool) -> str | None:
    """Where a page that answers sends its visitor, by a Refresh field or by itself; to itself if *again*."""
    if reply.fields.get("content-disposition", "").lower().startswith("attachment"):
        return None  # it is saved, not shown
    refresh = (_refresh_field(reply.fields["refresh"]) if "refresh" in reply.fields else None) or page.refresh
    if refresh is None or refresh[0] > _MAX_REFRESH_S or page.is_walled or not 200 <= reply.status_code < 300:
        return None
    if "sg-captcha" in reply.fields:  # a challenge, for a person to take
        return None
    if not refresh[1]:  # again, with the cookie that it was given
        return here if again and "set-cookie" in reply.fields else None
    target = _joined(here, refresh[1])
    if target == here and COOKIE_SCRIPT in page.marks:  # which no robot keeps
        return None
    if target is None or not is_web_url(target):
        return None
    renews_itself = target.partition("#")[0] == here.partition("#")[0] and refresh[0] >= _RENEWAL_S
    return None if renews_itself else target


def _refresh_field(value: str) -> tuple[float, str] | None:
    """The delay (seconds) and the target of a Refresh field, as of the meta element (WHATWG HTML §4.2.5.3)."""
    match = _REFRESH.match(value.strip()[:_LONGEST_FIELD])
    return (float(match[1] or 0), match[3]) if match and match[3] else None


_REFRESH = re.compile(
    r"""\s*(?:(\d{1,9}(?:\.\d*)?)(?:\s*[;,]\s*|\s+)(?:url\s*=\s*)?|url\s*=\s*)(["']?)(.*?)\2\Z""",
    re.IGNORECASE | re.DOTALL,
)
