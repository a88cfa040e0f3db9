"""What an answer means for a person with a browser: pure rules over what a probe brought back.

Nothing here knows the clock, the network or an HTTP library.
"""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from diagsources.model import Expectation, Verdict
from diagsources.text import NBSP
from diagsources.urls import host_of, masked_in, same_site, server_of
from diagsources.verdict.evidence import PERMANENT, Answer, Control, Evidence, Fault, Judgement
from diagsources.verdict.page import Page
from diagsources.verdict.places import captcha_url, error_url, home_url, login_url, parking_host, parts_of, passing_url
from diagsources.verdict.promises import expectation_unmet, fragment_missing, text_fragment_missing, wrong_type
from diagsources.verdict.reading import Sight
from diagsources.verdict.reasons import REASONS, reason_of_status
from diagsources.verdict.sight import calls_itself_home, confirmed, doubt_of, sight_of
from diagsources.verdict.walls import wall_in

TELLING_FIELDS = frozenset(
    {
        *("server", "cf-mitigated", "x-amzn-waf-action", "x-datadome", "x-iinfo", "x-px-block", "x-sucuri-block"),
        *("set-cookie", "retry-after", "sg-captcha"),
    }
)
"""The header fields of an answer that the rules look at."""

_WALLS = (
    # a status of None: any; a pattern of "": the field is there
    ("wall-cloudflare", None, "cf-mitigated", ""),
    ("wall-aws", None, "x-amzn-waf-action", ""),
    ("wall-sucuri", None, "x-sucuri-block", ""),
    ("wall-captcha", None, "sg-captcha", ""),
    ("wall-datadome", 403, "x-datadome", ""),
    ("wall-datadome", 403, "set-cookie", "datadome="),
    ("wall-imperva", 403, "x-iinfo", ""),
    ("wall-imperva", 403, "set-cookie", "incap_ses"),
    ("wall-perimeterx", 403, "x-px-block", ""),
    ("wall-perimeterx", 403, "set-cookie", "_px"),
    ("wall-akamai", 403, "server", "akamaighost"),
    ("wall-ddos-guard", 403, "server", "ddos-guard"),
    ("wall-cloudflare", 403, "server", "cloudflare"),
)
"""Walls against robots by what their answers bear, as the vendors document it; the first that fits."""

_WALLS_ANYWHERE = tuple((code, field, pattern) for code, status, field, pattern in _WALLS if status is None)
_WALLS_AT = {403: tuple((code, field, pattern) for code, status, field, pattern in _WALLS if status in (None, 403))}

_NEVER_A_WALL = frozenset({404, 410})
_BUSY = frozenset({429, 503})

_MAY_HEAL = frozenset(
    {
        *(Fault.DNS_FAILURE, Fault.DNS_TIMEOUT, Fault.TCP_REFUSED, Fault.TCP_RESET),
        *(Fault.TIMEOUT, Fault.CONNECT_TIMEOUT, Fault.CLOSED),
    }
)

EXPIRES_SOON_DAYS = 14.0


class Wanted(Enum):
    """What is to be asked besides, to tell what a page means."""

    NOTHING = "nothing"
    BESIDE = "beside"
    """A path that cannot exist in the folder of the link: its page raises a doubt."""
    HOST = "host"
    """Any path that cannot exist, and, where it shows the same, the first page: worth it once for a host, which
    may show one page for whatever is asked, if the evidence `is_deep`."""


class Ruling(NamedTuple):
    """What evidence means so far, and what would tell more."""

    judgement: Judgement
    wanted: Wanted = Wanted.NOTHING


def judge(evidence: Evidence, expectation: Expectation | None = None) -> Judgement:
    """What *evidence* means, whatever it is: always a verdict, always a reason of `REASONS`."""
    return rule(evidence, expectation).judgement


def rule(evidence: Evidence, expectation: Expectation | None = None) -> Ruling:
    """What *evidence* means, and whether a further request would tell more; the rules in the order in which
    they hold."""
    found, wanted = _before_doubt(evidence, expectation), Wanted.NOTHING
    if found is None:
        found, wanted = _doubted(evidence, expectation)
        found = found or _anchor(evidence)
    code, seen = found or (reason_of_status(evidence.answers[-1].status_code), "")
    suggestion = None
    if REASONS[code].verdict is Verdict.OK and len(evidence.answers) > 1:
        moved = permanent_prefix(evidence.answers)
        if moved and moved[-1].target != evidence.url:
            code, suggestion = f"http-{moved[0].status_code}", moved[-1].target
    return Ruling(_judgement(Sight(code, seen), evidence, expectation, suggestion), wanted)


def wall_of(answer: Answer) -> str:
    """The code of the wall against robots that the header section of *answer* tells, or ""."""
    if not answer.fields:
        return ""
    fields = dict(answer.fields)
    for code, field, pattern in _WALLS_AT.get(answer.status_code, _WALLS_ANYWHERE):
        if field in fields and pattern in fields[field].lower():
            return code
    return ""


def permanent_prefix(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The permanent redirects that the chain begins with: only they say that an address changed."""
    prefix: list[Answer] = []
    for answer in answers:
        if answer.status_code not in PERMANENT or answer.target is None or passing_url(answer.target):
            break
        prefix.append(answer)
    return tuple(prefix)


def may_heal(evidence: Evidence) -> bool:
    """Whether asking again, a little later, can bring something else (RFC 9110 §15.6)."""
    if evidence.fault is not None:
        return evidence.fault in _MAY_HEAL
    if evidence.is_cut_file and evidence.status_code == 200:
        return True
    status = evidence.status_code
    if status is None or not (status in {408, 425, 429} or (500 <= status < 600 and status not in {501, 505})):
        return False
    return _wall(evidence) is None


def deserves_second_opinion(evidence: Evidence) -> bool:
    """Whether another HTTP and TLS implementation may well see something else."""
    if evidence.fault is not None:
        return evidence.fault in _ENGINES_DIFFER
    status = evidence.status_code
    return status is not None and 400 <= status < 500 and status not in _PLAIN_ANSWERS and _wall(evidence) is None


_ENGINES_DIFFER = frozenset(
    {
        *(Fault.TLS_EXPIRED, Fault.TLS_NOT_YET_VALID, Fault.TLS_HOST, Fault.TLS_SELF_SIGNED, Fault.TLS_UNTRUSTED),
        *(Fault.TLS_CLIENT_CERTIFICATE, Fault.TLS_PROTOCOL, Fault.NOT_HTTP, Fault.TCP_UNREACHABLE),
    }
)
_PLAIN_ANSWERS = frozenset({401, 402, 404, 407, 408, 410, 425, 429, 451})


def _before_doubt(evidence: Evidence, expectation: Expectation | None) -> Sight | None:
    """What can be said without a control request."""
    if evidence.fault is not None:
        return Sight(evidence.fault.value, "")
    if not evidence.answers:
        return Sight(Fault.NOT_HTTP.value, "")
    wall = _wall(evidence)
    if wall is not None:
        return wall
    status = reason_of_status(evidence.answers[-1].status_code)
    if evidence.put_off and evidence.status_code in _BUSY and not _says_why(evidence.page):
        return Sight(Fault.RATE_LIMITED.value, "")
    if REASONS[status].verdict is not Verdict.OK:
        return _said_to_all(evidence) or Sight(status, "")
    return _way(evidence) or _content(evidence, expectation)


def _said_to_all(evidence: Evidence) -> Sight | None:
    """What the page of a refusal says that keeps everybody out, whoever asks."""
    page = evidence.page
    if evidence.status_code not in (402, 403) or page is None or not page.html:
        return None
    found = sight_of(page, url=evidence.final_url)
    return found if found is not None and found.code in _TO_ALL else None


_TO_ALL = frozenset({"closed-notice", "maintenance-notice", "parked-domain"})


def _says_why(page: Page | None) -> bool:
    """Whether the page of a refusal says what keeps everybody out, and not only those who ask too much."""
    found = sight_of(page, url="") if page is not None and page.html else None
    return found is not None and found.code in ("maintenance-notice", "closed-notice")


def _wall(evidence: Evidence) -> Sight | None:
    last = evidence.answers[-1]
    if last.status_code in _NEVER_A_WALL:
        return None
    code = wall_of(last)
    if code:
        return Sight(code, "")
    return wall_in(evidence.page, last.status_code) if evidence.page is not None else None


def _way(evidence: Evidence) -> Sight | None:
    """What the redirects alone say."""
    first, last = evidence.url, evidence.final_url
    if len(evidence.answers) < 2:
        return None
    if login_url(last) and not login_url(first) and not _is_to_be_read(evidence.page):
        return Sight("redirect-to-login", "")
    if parking_host(last) and not parking_host(first):
        return Sight("parked-domain", "")
    if captcha_url(last) and not captcha_url(first):
        return Sight("wall-captcha", "")
    error = error_url(last)
    return Sight(error, parts_of(last).path) if error and not error_url(first) else None


def _is_to_be_read(page: Page | None) -> bool:
    """Whether *page* has more to say than a login has."""
    return page is not None and page.html and not (page.password or page.app) and len(page.text) > _LONGEST_LOGIN


_LONGEST_LOGIN = 900


def _content(evidence: Evidence, expectation: Expectation | None) -> Sight | None:
    """What the page itself says; what was expected of it settles the matter."""
    page, url = evidence.page, evidence.final_url
    if page is None:
        return Sight("redirect-to-home", "") if _sent_home(evidence) else None
    unmet = expectation_unmet(page, expectation) if expectation is not None else ""
    if _as_expected(page, expectation):
        return None
    if evidence.is_cut_file:
        return Sight("truncated-file", "")
    found = sight_of(page, url=url)
    if found is None and _sent_home(evidence):
        found = Sight("redirect-to-home", "")
    found = found or wrong_type(page, url=url) or (wrong_type(page, url=evidence.url) if url != evidence.url else None)
    return found or (Sight("unexpected-content", unmet) if unmet else None)


def _as_expected(page: Page, expectation: Expectation | None) -> bool:
    return expectation is not None and expectation_unmet(page, expectation) == ""


def _sent_home(evidence: Evidence) -> bool:
    """Whether a deep link ended at a home page; a short link's or a renamed site's is as it should be."""
    first, last = evidence.url, evidence.final_url
    if len(evidence.answers) < 2 or home_url(first) or not home_url(last):
        return False
    if parts_of(last).fragment.startswith(("/", "!/")) and not parts_of(first).fragment:
        return False  # an application's route
    segments = [segment for segment in parts_of(first).path.split("/") if segment]
    if server_of(first) == server_of(last):
        return True
    return len(segments) > 1 and not _is_short(segments) if same_site(first, last) else not _is_token(segments)


def _is_token(segments: list[str]) -> bool:
    """Whether a path says nothing by itself, as that of a short link or of a folder that has moved out."""
    return _is_short(segments) or (len(segments) == 1 and "." not in segments[0])


def _is_short(segments: list[str]) -> bool:
    return bool(segments) and len("".join(segments)) <= _LONGEST_TOKEN and segments[-1].isalnum()


_LONGEST_TOKEN = 12


def _doubted(evidence: Evidence, expectation: Expectation | None) -> tuple[Sight | None, Wanted]:
    """A doubt that the control request confirms; or a page that the host shows for everything, and that is
    not the one page that it has."""
    page, control = evidence.page, evidence.control
    if page is None or not page.html or _as_expected(page, expectation):
        return None, Wanted.NOTHING
    doubt = doubt_of(page, url=evidence.final_url)
    if doubt is None and calls_itself_home(page) and is_deep(evidence):
        doubt = Sight("soft-404", page.title)
    if control is None:
        return None, Wanted.BESIDE if doubt is not None else Wanted.NOTHING if page.app else Wanted.HOST
    if not is_the_same_page(evidence, control):
        return None, Wanted.NOTHING
    if doubt is not None:
        return doubt, Wanted.NOTHING
    home = evidence.home
    is_own = home is not None and home.status_code is not None and not is_the_same_page(evidence, home)
    return Sight("soft-404", page.title) if is_own else None, Wanted.NOTHING


def is_deep(evidence: Evidence) -> bool:
    """Whether a page other than the first of its site was asked for and found; an application has but one."""
    first, last = evidence.url, evidence.final_url
    is_app = evidence.page is not None and evidence.page.app
    return not is_app and not home_url(last) and (first == last or not home_url(first))


def is_the_same_page(evidence: Evidence, control: Control) -> bool:
    """Whether *control* shows that the page found is what its host says of any path."""
    page, other = evidence.page, control.page
    return page is not None and other is not None and confirmed(page, other, control.status_code or 0)


def _anchor(evidence: Evidence) -> Sight | None:
    fragment = fragment_of(evidence)
    if not fragment or evidence.page is None or ":~:" in fragment or not fragment_missing(evidence.page, fragment):
        return None
    return Sight("fragment-missing", f"#{fragment}")


def fragment_of(evidence: Evidence) -> str:
    """The fragment that the link has and that a browser would look for in the last page; one that a
    redirect puts in its place is the site's own affair."""
    if "#" not in evidence.url:
        return ""
    wanted = evidence.url.partition("#")[2]
    return wanted if wanted == evidence.final_url.partition("#")[2] else ""


def _warnings(evidence: Evidence, expectation: Expectation | None) -> Iterator[str]:
    page = evidence.page
    if evidence.certificate_days is not None and evidence.certificate_days < EXPIRES_SOON_DAYS:
        yield "tls-expires-soon"
    if evidence.chain_completed:
        yield "tls-incomplete-chain"
    if page is not None and page.encoding_error:
        yield "bad-encoding"
    if evidence.cut_short:
        yield "truncated"
    if page is not None and text_fragment_missing(page, fragment_of(evidence)):
        yield "text-fragment-missing"
    if page is not None and expectation is not None and expectation_unmet(page, expectation) is None:
        yield "expectation-unchecked"
    if evidence.attempts > 1:
        yield "answered-after-retry"


def _judgement(sight: Sight, evidence: Evidence, expectation: Expectation | None, suggestion: str | None) -> Judgement:
    reason = REASONS[sight.code]
    if reason.verdict is Verdict.OK or reason.verdict is Verdict.MOVED:
        warnings = tuple(_warnings(evidence, expectation))
        return Judgement(reason.verdict, reason.code, reason.sentence, suggestion, warnings)
    message = reason.sentence.format(
        host=host_of(evidence.final_url),
        status=evidence.status_code,
        seen=f"{NBSP}: «{NBSP}{masked_in(sight.seen)}{NBSP}»" if sight.seen else "",
    )
    if reason.verdict is not Verdict.SKIPPED:
        message = _with_way(message, evidence)
    return Judgement(reason.verdict, reason.code, message)


def _with_way(message: str, evidence: Evidence) -> str:
    """Says where a redirect led, when that is where it went wrong."""
    first, last = host_of(evidence.url), host_of(evidence.final_url)
    return f"{message}, après redirection vers {last}" if first != last and last not in message else message
