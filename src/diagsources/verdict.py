"""What an answer means for a person with a browser: pure rules over what a probe brought back.

`Evidence` is what came back, `judge` says what it means, and `REASONS` is the one table of why.
Nothing here knows the clock, the network or an HTTP library.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus

from diagsources.model import Link, Verdict
from diagsources.urls import host_of

FAILING = frozenset({Verdict.SUSPECT, Verdict.INSECURE, Verdict.UNAVAILABLE, Verdict.BROKEN})
"""The verdicts that turn CI red unless told otherwise."""

PERMANENT = frozenset({301, 308})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""RFC 9110 §15.4: the status codes whose Location a browser follows."""


class Fault(StrEnum):
    """Why no answer came, or why the way to it ended; each is the code of a reason."""

    INVALID_URL = "invalid-url"
    UNSUPPORTED_SCHEME = "unsupported-scheme"
    PRIVATE_ADDRESS = "private-address"
    DNS_NXDOMAIN = "dns-nxdomain"
    DNS_FAILURE = "dns-failure"
    TCP_REFUSED = "tcp-refused"
    TCP_RESET = "tcp-reset"
    TCP_UNREACHABLE = "tcp-unreachable"
    CONNECT_TIMEOUT = "connect-timeout"
    TIMEOUT = "timeout"
    TLS_EXPIRED = "tls-expired"
    TLS_HOST = "tls-host"
    TLS_SELF_SIGNED = "tls-self-signed"
    TLS_UNTRUSTED = "tls-untrusted"
    TLS_PROTOCOL = "tls-protocol"
    CLOSED = "closed-early"
    NOT_HTTP = "not-http"
    REDIRECT_LOOP = "redirect-loop"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    UNSAFE_REDIRECT = "unsafe-redirect"


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the table: the verdict it stands for, what happened, and what to do.

    *sentence* may name `{host}`, `{target}` (where a redirect led) and `{status}`.
    """

    code: str
    verdict: Verdict
    sentence: str
    advice: str = ""


def _table(rows: Iterable[Reason]) -> Mapping[str, Reason]:
    return {row.code: row for row in rows}


def _other_statuses() -> Iterable[Reason]:
    """A line for every status code that the table does not name (RFC 9110 §15: by its class)."""
    phrases = {status.value: status.phrase for status in HTTPStatus}
    for status in sorted(set(range(100, 600)) - REDIRECTS):
        named = f"{status} {phrases.get(status, '')}".strip()
        if status < 200:
            verdict, says = Verdict.BROKEN, f"le serveur n'a donné qu'une réponse provisoire ({named})"
        elif status < 300:
            verdict, says = Verdict.OK, "la page répond"
        elif status < 400:
            verdict, says = Verdict.BROKEN, f"réponse sans contenu ({named})"
        elif status < 500:
            verdict, says = Verdict.BROKEN, f"le serveur refuse cette adresse ({named})"
        else:
            verdict, says = Verdict.UNAVAILABLE, f"le serveur est en erreur ({named})"
        yield Reason(f"http-{status}", verdict, says)


_LATER = "Réessayez plus tard."
_ACCEPTED = "Ouvrez la page dans un navigateur pour en juger."

REASONS: Mapping[str, Reason] = {
    **_table(_other_statuses()),
    **_table(
        (
            Reason("http-301", Verdict.MOVED, "l'adresse a changé pour de bon", "Remplacez-la par la nouvelle."),
            Reason("http-308", Verdict.MOVED, "l'adresse a changé pour de bon", "Remplacez-la par la nouvelle."),
            Reason("redirect-nowhere", Verdict.BROKEN, "la redirection ne dit pas où aller ({status})"),
            Reason("http-300", Verdict.OK, "la page propose plusieurs versions"),
            Reason("http-304", Verdict.OK, "la page répond"),
            Reason("http-404", Verdict.BROKEN, "la page n'existe pas ou plus (404)", "Cherchez sa nouvelle adresse."),
            Reason("http-410", Verdict.BROKEN, "la page a été retirée (410)", "Cherchez ce qui la remplace."),
            Reason("http-403", Verdict.RESTRICTED, "le serveur refuse l'accès à un robot (403)", _ACCEPTED),
            Reason("http-408", Verdict.UNAVAILABLE, "le serveur a renoncé à attendre (408)", _LATER),
            Reason("http-425", Verdict.UNAVAILABLE, "le serveur demande de réessayer (425)", _LATER),
            Reason("http-500", Verdict.UNAVAILABLE, "le serveur est en erreur (500)", _LATER),
            Reason("http-502", Verdict.UNAVAILABLE, "le serveur derrière la passerelle répond mal (502)", _LATER),
            Reason("http-503", Verdict.UNAVAILABLE, "le service est indisponible pour le moment (503)", _LATER),
            Reason("http-504", Verdict.UNAVAILABLE, "le serveur derrière la passerelle ne répond pas (504)", _LATER),
            Reason("auth-required", Verdict.RESTRICTED, "la page demande un compte ({status})", _ACCEPTED),
            Reason("payment-required", Verdict.RESTRICTED, "la page est payante (402)", _ACCEPTED),
            Reason("legal", Verdict.RESTRICTED, "l'accès est limité pour raison légale (451)", _ACCEPTED),
            Reason("rate-limited", Verdict.RESTRICTED, "{host} limite le nombre de demandes (429)", _LATER),
            Reason(
                "wall-cloudflare",
                Verdict.RESTRICTED,
                "{host} demande de prouver qu'on n'est pas un robot (Cloudflare)",
                _ACCEPTED,
            ),
            Reason(
                "wall-aws",
                Verdict.RESTRICTED,
                "{host} demande de prouver qu'on n'est pas un robot (AWS WAF)",
                _ACCEPTED,
            ),
            Reason("wall-akamai", Verdict.RESTRICTED, "{host} écarte les robots (Akamai)", _ACCEPTED),
            Reason("wall-imperva", Verdict.RESTRICTED, "{host} écarte les robots (Imperva)", _ACCEPTED),
            Reason("wall-datadome", Verdict.RESTRICTED, "{host} écarte les robots (DataDome)", _ACCEPTED),
            Reason("wall-perimeterx", Verdict.RESTRICTED, "{host} écarte les robots (PerimeterX)", _ACCEPTED),
            Reason("wall-999", Verdict.RESTRICTED, "{host} écarte les robots (999)", _ACCEPTED),
            Reason("status-unknown", Verdict.BROKEN, "le serveur répond par un code qui n'existe pas ({status})"),
            Reason(
                "invalid-url", Verdict.BROKEN, "ce n'est pas une adresse web", "Une adresse web commence par https://."
            ),
            Reason("unsupported-scheme", Verdict.SKIPPED, "seules les adresses http et https sont vérifiées"),
            Reason(
                "private-address",
                Verdict.SKIPPED,
                "{host} est une adresse de réseau privé",
                "Ajoutez --allow-private pour la vérifier.",
            ),
            Reason(
                "dns-nxdomain", Verdict.BROKEN, "le nom {host} n'existe pas ou plus", "Cherchez la nouvelle adresse."
            ),
            Reason("dns-failure", Verdict.UNAVAILABLE, "le nom {host} n'a pas pu être résolu", _LATER),
            Reason("tcp-refused", Verdict.UNAVAILABLE, "{host} refuse la connexion", _LATER),
            Reason("tcp-reset", Verdict.UNAVAILABLE, "{host} a coupé la connexion", _LATER),
            Reason("tcp-unreachable", Verdict.UNAVAILABLE, "{host} est injoignable", _LATER),
            Reason("connect-timeout", Verdict.UNAVAILABLE, "{host} n'a pas répondu à temps", _LATER),
            Reason("timeout", Verdict.UNAVAILABLE, "{host} n'a pas répondu à temps", _LATER),
            Reason("closed-early", Verdict.UNAVAILABLE, "{host} a fermé la connexion sans répondre", _LATER),
            Reason("tls-expired", Verdict.INSECURE, "le certificat de {host} a expiré"),
            Reason("tls-host", Verdict.INSECURE, "le certificat présenté n'est pas celui de {host}"),
            Reason("tls-self-signed", Verdict.INSECURE, "le certificat de {host} n'est garanti que par lui-même"),
            Reason("tls-untrusted", Verdict.INSECURE, "l'autorité qui garantit {host} n'est pas reconnue"),
            Reason("tls-protocol", Verdict.INSECURE, "la connexion chiffrée avec {host} échoue"),
            Reason("not-http", Verdict.BROKEN, "{host} ne répond pas en HTTP"),
            Reason("redirect-loop", Verdict.BROKEN, "la redirection tourne en rond"),
            Reason("too-many-redirects", Verdict.BROKEN, "la redirection n'en finit pas"),
            Reason("unsafe-redirect", Verdict.BROKEN, "la redirection mène à une adresse qui n'est pas web"),
        )
    ),
}
"""Every reason a verdict can carry, by code."""

_BY_STATUS = {
    401: "auth-required",
    407: "auth-required",
    402: "payment-required",
    429: "rate-limited",
    451: "legal",
    999: "wall-999",
}

TELLING_FIELDS = (
    *("server", "cf-mitigated", "x-amzn-waf-action", "x-datadome", "x-iinfo", "x-px-block"),
    *("set-cookie", "retry-after"),
)
"""The header fields of an answer that the rules look at."""

_WALLS = (
    # a status of None: any; a pattern of "": the field is there
    ("wall-cloudflare", None, "cf-mitigated", ""),
    ("wall-aws", None, "x-amzn-waf-action", ""),
    ("wall-datadome", 403, "x-datadome", ""),
    ("wall-datadome", 403, "set-cookie", "datadome="),
    ("wall-imperva", 403, "x-iinfo", ""),
    ("wall-imperva", 403, "set-cookie", "incap_ses"),
    ("wall-perimeterx", 403, "x-px-block", ""),
    ("wall-perimeterx", 403, "set-cookie", "_px"),
    ("wall-akamai", 403, "server", "akamaighost"),
    ("wall-cloudflare", 403, "server", "cloudflare"),
)
"""Walls against robots by what their answers bear, as the vendors document it; the first that fits."""

_MAY_HEAL = frozenset(
    {Fault.DNS_FAILURE, Fault.TCP_REFUSED, Fault.TCP_RESET, Fault.TIMEOUT, Fault.CONNECT_TIMEOUT, Fault.CLOSED}
)
_NOBODY_THERE = frozenset({Fault.DNS_NXDOMAIN, Fault.DNS_FAILURE, Fault.TCP_UNREACHABLE, Fault.CONNECT_TIMEOUT})
_NOT_ASKED = frozenset({Fault.INVALID_URL, Fault.UNSUPPORTED_SCHEME, Fault.PRIVATE_ADDRESS})


@dataclass(frozen=True, slots=True)
class Answer:
    """One response on the way: where it was asked, its status code, where it sends to."""

    url: str
    status_code: int
    target: str | None = None
    """The absolute URL of its Location, when the status code is a redirect."""
    fields: tuple[tuple[str, str], ...] = ()
    """Those of its header fields that are among `TELLING_FIELDS`, names in lower case."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What asking a URL brought back: every answer in order, and the fault that ended it, if any."""

    url: str
    answers: tuple[Answer, ...] = ()
    fault: Fault | None = None
    fault_url: str = ""
    """The URL that was being asked when the fault came."""
    elapsed_ms: int = 0

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
    def reached(self) -> bool | None:
        """Whether a host answered, were it to refuse: the network is there. None if none was asked."""
        if self.answers:
            return True
        return None if self.fault in _NOT_ASKED else self.fault not in _NOBODY_THERE

    def carrying(self, fragment: str) -> "Evidence":
        """The same for a URL with *fragment*, which redirects hand on (RFC 9110 §10.2.2)."""
        if not fragment:
            return self

        def with_it(url: str) -> str:
            return url if "#" in url or not url else f"{url}#{fragment}"

        answers = tuple(
            replace(answer, url=with_it(answer.url), target=answer.target and with_it(answer.target))
            for answer in self.answers
        )
        return replace(self, url=with_it(self.url), answers=answers, fault_url=with_it(self.fault_url))


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, why, and the address to use instead where there is one."""

    verdict: Verdict
    reason: str
    message: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A link, what came of asking it, and when."""

    link: Link
    evidence: Evidence
    judgement: Judgement
    attempts: int
    checked_at: datetime


def judge(evidence: Evidence) -> Judgement:
    """What *evidence* means, whatever it is: always a verdict, always a reason of `REASONS`."""
    if evidence.fault is not None:
        return _judgement(evidence.fault, evidence)
    if not evidence.answers:
        return _judgement(Fault.NOT_HTTP, evidence)
    code = wall_of(evidence.answers[-1]) or reason_of_status(evidence.answers[-1].status_code)
    if REASONS[code].verdict is not Verdict.OK:
        return _judgement(code, evidence)
    moved = permanent_prefix(evidence.answers)
    if moved and moved[-1].target != evidence.url:
        return _judgement(f"http-{moved[0].status_code}", evidence, suggestion=moved[-1].target)
    return _judgement(code, evidence)


def wall_of(answer: Answer) -> str:
    """The code of the wall against robots that *answer* is, or ""."""
    for code, status, field, pattern in _WALLS:
        fits = any(name == field and pattern in value.lower() for name, value in answer.fields)
        if fits and status in (None, answer.status_code):
            return code
    return ""


def reason_of_status(status_code: int) -> str:
    """The code of the reason that a final *status_code* stands for."""
    if status_code in _BY_STATUS:
        return _BY_STATUS[status_code]
    if status_code in REDIRECTS:
        return "redirect-nowhere"
    code = f"http-{status_code}"
    return code if code in REASONS else "status-unknown"


def permanent_prefix(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The permanent redirects that the chain begins with: only they say that an address changed."""
    prefix: list[Answer] = []
    for answer in answers:
        if answer.status_code not in PERMANENT or answer.target is None:
            break
        prefix.append(answer)
    return tuple(prefix)


def may_heal(evidence: Evidence) -> bool:
    """Whether asking again, a little later, can bring something else (RFC 9110 §15.6)."""
    if evidence.fault is not None:
        return evidence.fault in _MAY_HEAL
    if evidence.answers and wall_of(evidence.answers[-1]):
        return False
    status = evidence.status_code
    return status in {408, 425, 429} or (status is not None and 500 <= status < 600 and status not in {501, 505})


def _judgement(code: str, evidence: Evidence, *, suggestion: str | None = None) -> Judgement:
    reason = REASONS[code]
    message = reason.sentence.format(
        host=host_of(evidence.final_url), target=evidence.final_url, status=evidence.status_code
    )
    if reason.verdict is not Verdict.SKIPPED and reason.verdict is not Verdict.OK:
        message = _with_way(message, evidence)
    return Judgement(reason.verdict, reason.code, message, suggestion)


def _with_way(message: str, evidence: Evidence) -> str:
    """Says where a redirect led, when that is where it went wrong."""
    first, last = host_of(evidence.url), host_of(evidence.final_url)
    return f"{message}, après redirection vers {last}" if first != last and last not in message else message
