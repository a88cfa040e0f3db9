"""What asking a link brought back, as values: answers, faults, the page, and how it was come by."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from diagsources.model import Link, Verdict
from diagsources.verdict.page import Page
from diagsources.verdict.trace import Trace

PERMANENT = frozenset({301, 308})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""RFC 9110 §15.4: the status codes whose Location a browser follows."""


class Fault(StrEnum):
    """Why no answer came, or why the way to it ended; each is the code of a reason."""

    INVALID_URL = "invalid-url"
    UNSUPPORTED_SCHEME = "unsupported-scheme"
    PRIVATE_ADDRESS = "private-address"
    OUT_OF_TIME = "out-of-time"
    NOT_SAMPLED = "not-sampled"
    RATE_LIMITED = "rate-limited"
    DNS_NXDOMAIN = "dns-nxdomain"
    DNS_NO_ADDRESS = "dns-no-address"
    DNS_FAILURE = "dns-failure"
    DNS_TIMEOUT = "dns-timeout"
    TCP_REFUSED = "tcp-refused"
    TCP_RESET = "tcp-reset"
    TCP_UNREACHABLE = "tcp-unreachable"
    CONNECT_TIMEOUT = "connect-timeout"
    TIMEOUT = "timeout"
    TLS_EXPIRED = "tls-expired"
    TLS_NOT_YET_VALID = "tls-not-yet-valid"
    TLS_HOST = "tls-host"
    TLS_SELF_SIGNED = "tls-self-signed"
    TLS_UNTRUSTED = "tls-untrusted"
    TLS_CLIENT_CERTIFICATE = "tls-client-certificate"
    TLS_PROTOCOL = "tls-protocol"
    CLOSED = "closed-early"
    NOT_HTTP = "not-http"
    REDIRECT_LOOP = "redirect-loop"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    UNSAFE_REDIRECT = "unsafe-redirect"


_NOBODY_THERE = frozenset(
    {
        *(Fault.DNS_NXDOMAIN, Fault.DNS_NO_ADDRESS, Fault.DNS_FAILURE, Fault.DNS_TIMEOUT),
        *(Fault.TCP_UNREACHABLE, Fault.CONNECT_TIMEOUT),
    }
)
_NOT_ASKED = frozenset(
    {
        *(Fault.INVALID_URL, Fault.UNSUPPORTED_SCHEME, Fault.PRIVATE_ADDRESS, Fault.OUT_OF_TIME),
        Fault.NOT_SAMPLED,
    }
)


class Answer(NamedTuple):
    """One response on the way: where it was asked, its status code, where it sends to."""

    url: str
    status_code: int
    target: str | None = None
    """The absolute URL of its Location, when the status code is a redirect; or where its page sends on to."""
    fields: tuple[tuple[str, str], ...] = ()
    """Those of its header fields that the rules look at, names in lower case."""


class Control(NamedTuple):
    """What the same host answers to a path that no link of ours names."""

    url: str
    status_code: int | None = None
    """None: no answer."""
    page: Page | None = None


class Step(NamedTuple):
    """One thing that was done for a link, as `--explain` tells it."""

    what: str
    """`ask`, `wait` or `control`."""
    url: str = ""
    outcome: str = ""
    """A status code, or the code of a fault."""
    elapsed_ms: int = 0
    note: str = ""
    """`second`: by the second engine; `turn`: a wait for the host's turn; `proof`: to be sure that nothing is there."""


_ONLY_WHOLE = frozenset({"pdf", "zip", "gzip", "binary"})
"""Kinds of what cannot be opened without its end."""


class Evidence(NamedTuple):
    """What asking a URL brought back: every answer in order, and the fault that ended it, if any."""

    url: str
    answers: tuple[Answer, ...] = ()
    fault: Fault | None = None
    fault_url: str = ""
    """The URL that was being asked when the fault came."""
    elapsed_ms: int = 0
    attempts: int = 1
    page: Page | None = None
    """What the last answer's body shows; None where it was not read."""
    control: Control | None = None
    """What a path that cannot exist brings, where that was asked."""
    home: Control | None = None
    """What the first page of the host brings, where that was asked."""
    certificate_days: float | None = None
    """How long the certificate of the last host remains valid (days); None where it was not looked at."""
    chain_completed: bool = False
    """Whether a certificate that the server ought to send had to be fetched."""
    cut_short: bool = False
    """Whether the body ended before the length that was announced."""
    put_off: bool = False
    """Whether the server, which says that it is busy, asks to come back later than one is ready to wait."""
    seen_twice: bool = False
    """Whether it was asked again after a while, and came to the same: a 503 and then a 404 are one 404."""
    steps: tuple[Step, ...] = ()
    """What was done, in order; empty unless it was to be told."""
    trace: Trace | None = None
    """By what the page is known again, where that is wanted and there is one."""

    @property
    def final_url(self) -> str:
        """The last URL asked."""
        if self.fault_url:
            return self.fault_url
        return self.answers[-1].url if self.answers else self.url

    @property
    def status_code(self) -> int | None:
        """The status code of the last answer; None where no answer came."""
        return self.answers[-1].status_code if self.answers and not self.fault else None

    @property
    def is_cut_file(self) -> bool:
        """Whether a file, which is of no use but whole, ended before the length that was announced."""
        page = self.page
        if not self.cut_short or page is None:
            return False
        return page.kind in _ONLY_WHOLE and not page.media_type.startswith("image/")  # which is shown as far as it came

    @property
    def reached(self) -> bool | None:
        """Whether a host answered, were it to refuse: the network is there. None if none was asked."""
        if self.answers:
            return True
        return None if self.fault in _NOT_ASKED else self.fault not in _NOBODY_THERE

    def carrying(self, fragment: str) -> "Evidence":
        """The same for a URL with *fragment*, which redirects hand on (RFC 9110 §10.2.2)."""
        if not fragment:
            return self

        carried, answers = fragment, []
        for answer in self.answers:
            url, target = _with(answer.url, carried), answer.target and _with(answer.target, carried)
            answers.append(answer._replace(url=url, target=target))
            carried = target.partition("#")[2] if target else carried
        fault_url = self.fault_url and _with(self.fault_url, carried)
        return self._replace(url=_with(self.url, fragment), answers=tuple(answers), fault_url=fault_url)

    def slim(self) -> "Evidence":
        """The same without what only rules look at: pages, which weigh a thousand times the rest, and fields."""
        answers = tuple([Answer(answer.url, answer.status_code, answer.target) for answer in self.answers])
        return self._replace(answers=answers, page=None, control=None, home=None)


def _with(url: str, fragment: str) -> str:
    """*url* with *fragment*, unless it has one."""
    return url if "#" in url else f"{url}#{fragment}"


class Judgement(NamedTuple):
    """A verdict, why, and the address to use instead where there is one."""

    verdict: Verdict
    reason: str
    message: str
    suggestion: str | None = None
    warnings: tuple[str, ...] = ()
    """Codes of `WARNINGS`: what is worth knowing of a link that a person gets."""


class Check(NamedTuple):
    """A link, what came of asking it, and when."""

    link: Link
    evidence: Evidence
    judgement: Judgement
    checked_at: datetime

    @property
    def attempts(self) -> int:
        """How often the link was asked."""
        return self.evidence.attempts
