"""The one table of why a link has its verdict, and that of what is worth a word besides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from diagsources.model import Verdict
from diagsources.verdict.evidence import REDIRECTS


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the table: the verdict it stands for, what happened, and what to do.

    *sentence* may name `{host}`, `{status}`, and `{seen}`: what gave it away.
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
_JUDGE = "Ouvrez la page dans un navigateur pour en juger."
_REPLACE = "Cherchez ce qui la remplace."
_TELL_THEM = "Prévenez le site : les navigateurs avertissent aussi leurs visiteurs."


def _wall(vendor: str, name: str) -> Reason:
    return Reason(f"wall-{vendor}", Verdict.RESTRICTED, f"{{host}} écarte les robots ({name})", _JUDGE)


REASONS: Mapping[str, Reason] = {
    **_table(_other_statuses()),
    **_table(
        (
            Reason("http-301", Verdict.MOVED, "l'adresse a changé pour de bon", "Remplacez-la par la nouvelle."),
            Reason("http-308", Verdict.MOVED, "l'adresse a changé pour de bon", "Remplacez-la par la nouvelle."),
            Reason("redirect-nowhere", Verdict.BROKEN, "la redirection ne dit pas où aller ({status})", _JUDGE),
            Reason("http-300", Verdict.OK, "la page propose plusieurs versions"),
            Reason("http-304", Verdict.OK, "la page répond"),
            Reason("http-404", Verdict.BROKEN, "la page n'existe pas ou plus (404)", "Cherchez sa nouvelle adresse."),
            Reason("http-410", Verdict.BROKEN, "la page a été retirée (410)", _REPLACE),
            Reason("http-403", Verdict.RESTRICTED, "le serveur refuse l'accès à un robot (403)", _JUDGE),
            Reason("http-408", Verdict.UNAVAILABLE, "le serveur a renoncé à attendre (408)", _LATER),
            Reason("http-425", Verdict.UNAVAILABLE, "le serveur demande de réessayer (425)", _LATER),
            Reason("http-500", Verdict.UNAVAILABLE, "le serveur est en erreur (500)", _LATER),
            Reason("http-502", Verdict.UNAVAILABLE, "le serveur derrière la passerelle répond mal (502)", _LATER),
            Reason("http-503", Verdict.UNAVAILABLE, "le service est indisponible pour le moment (503)", _LATER),
            Reason("http-504", Verdict.UNAVAILABLE, "le serveur derrière la passerelle ne répond pas (504)", _LATER),
            Reason("auth-required", Verdict.RESTRICTED, "la page demande un compte", _JUDGE),
            Reason("redirect-to-login", Verdict.RESTRICTED, "l'adresse renvoie à une page de connexion", _JUDGE),
            Reason("access-denied", Verdict.RESTRICTED, "la page dit que l'accès est refusé{seen}", _JUDGE),
            Reason("payment-required", Verdict.RESTRICTED, "la page est payante (402)", _JUDGE),
            Reason("legal", Verdict.RESTRICTED, "l'accès est limité pour raison légale (451)", _JUDGE),
            Reason("rate-limited", Verdict.RESTRICTED, "{host} limite le nombre de demandes", _LATER),
            _wall("cloudflare", "Cloudflare"),
            _wall("akamai", "Akamai"),
            _wall("imperva", "Imperva"),
            _wall("datadome", "DataDome"),
            _wall("aws", "AWS WAF"),
            _wall("f5", "F5"),
            _wall("perimeterx", "PerimeterX"),
            _wall("sucuri", "Sucuri"),
            _wall("ddos-guard", "DDoS-Guard"),
            _wall("anubis", "Anubis"),
            _wall("radware", "Radware"),
            _wall("wordfence", "Wordfence"),
            _wall("modsecurity", "ModSecurity"),
            _wall("imunify360", "Imunify360"),
            _wall("fortiweb", "FortiWeb"),
            _wall("crowdsec", "CrowdSec"),
            _wall("999", "999"),
            Reason("wall-captcha", Verdict.RESTRICTED, "{host} demande de prouver qu'on n'est pas un robot", _JUDGE),
            Reason("soft-404", Verdict.SUSPECT, "une page répond, mais pour dire que rien n'est là{seen}", _REPLACE),
            Reason("redirect-to-home", Verdict.SUSPECT, "l'adresse renvoie à l'accueil de {host}", _REPLACE),
            Reason("parked-domain", Verdict.SUSPECT, "le nom {host} est à vendre ou sans site{seen}", _REPLACE),
            Reason("default-page", Verdict.SUSPECT, "{host} ne montre que la page d'un serveur neuf{seen}", _JUDGE),
            Reason("closed-notice", Verdict.SUSPECT, "la page annonce une fermeture{seen}", _REPLACE),
            Reason("maintenance-notice", Verdict.SUSPECT, "le site se dit en maintenance{seen}", _LATER),
            Reason("application-error", Verdict.SUSPECT, "la page ne montre qu'une erreur{seen}", _LATER),
            Reason(
                "undecodable", Verdict.SUSPECT, "le contenu n'est pas compressé comme annoncé : rien n'en sort", _JUDGE
            ),
            Reason("empty-page", Verdict.SUSPECT, "la page est vide", _JUDGE),
            Reason(
                "truncated-file", Verdict.UNAVAILABLE, "le fichier n'arrive pas en entier : il ne s'ouvrira pas", _LATER
            ),
            Reason("wrong-type", Verdict.SUSPECT, "une page est venue à la place du fichier{seen}", _REPLACE),
            Reason("fragment-missing", Verdict.SUSPECT, "la page n'a pas l'ancre{seen}", "Corrigez ou ôtez l'ancre."),
            Reason("unexpected-content", Verdict.SUSPECT, "la page ne montre pas ce qui est attendu{seen}", _JUDGE),
            Reason("status-unknown", Verdict.BROKEN, "le serveur répond par un code qui n'existe pas ({status})"),
            Reason(
                "invalid-url",
                Verdict.BROKEN,
                "ce n'est pas une adresse qu'un navigateur ouvre",
                "Elle commence par https://, et certains ports sont refusés.",
            ),
            Reason("unsupported-scheme", Verdict.SKIPPED, "seules les adresses http et https sont vérifiées"),
            Reason(
                "private-address",
                Verdict.SKIPPED,
                "{host} est une adresse de réseau privé",
                "Ajoutez --allow-private pour la vérifier.",
            ),
            Reason(
                "out-of-time",
                Verdict.SKIPPED,
                "le temps accordé est écoulé",
                "Allongez --max-time pour en vérifier plus.",
            ),
            Reason(
                "not-sampled",
                Verdict.SKIPPED,
                "hors de l'échantillon demandé",
                "Agrandissez --sample pour en vérifier plus.",
            ),
            Reason(
                "dns-nxdomain", Verdict.BROKEN, "le nom {host} n'existe pas ou plus", "Cherchez la nouvelle adresse."
            ),
            Reason(
                "dns-no-address",
                Verdict.BROKEN,
                "le nom {host} existe, mais aucun site n'y est rattaché",
                "Cherchez la nouvelle adresse.",
            ),
            Reason("dns-failure", Verdict.UNAVAILABLE, "le nom {host} n'a pas pu être résolu", _LATER),
            Reason("dns-timeout", Verdict.UNAVAILABLE, "les serveurs de noms de {host} ne répondent pas", _LATER),
            Reason("tcp-refused", Verdict.UNAVAILABLE, "{host} refuse la connexion", _LATER),
            Reason("tcp-reset", Verdict.UNAVAILABLE, "{host} a coupé la connexion", _LATER),
            Reason("tcp-unreachable", Verdict.UNAVAILABLE, "{host} est injoignable", _LATER),
            Reason("connect-timeout", Verdict.UNAVAILABLE, "{host} n'a pas répondu à temps", _LATER),
            Reason("timeout", Verdict.UNAVAILABLE, "{host} n'a pas répondu à temps", _LATER),
            Reason("closed-early", Verdict.UNAVAILABLE, "{host} a fermé la connexion sans répondre", _LATER),
            Reason("tls-expired", Verdict.INSECURE, "le certificat de {host} a expiré", _TELL_THEM),
            Reason(
                "tls-not-yet-valid", Verdict.INSECURE, "le certificat de {host} n'est pas encore valable", _TELL_THEM
            ),
            Reason("tls-host", Verdict.INSECURE, "le certificat présenté n'est pas celui de {host}", _TELL_THEM),
            Reason(
                "tls-self-signed",
                Verdict.INSECURE,
                "le certificat de {host} n'est garanti que par lui-même",
                _TELL_THEM,
            ),
            Reason("tls-untrusted", Verdict.INSECURE, "l'autorité qui garantit {host} n'est pas reconnue", _TELL_THEM),
            Reason("tls-client-certificate", Verdict.RESTRICTED, "{host} demande un certificat au visiteur", _JUDGE),
            Reason("tls-protocol", Verdict.INSECURE, "la connexion chiffrée avec {host} échoue"),
            Reason("not-http", Verdict.BROKEN, "{host} ne répond pas en HTTP", _JUDGE),
            Reason("redirect-loop", Verdict.BROKEN, "la redirection tourne en rond", _JUDGE),
            Reason("too-many-redirects", Verdict.BROKEN, "la redirection n'en finit pas", _JUDGE),
            Reason("unsafe-redirect", Verdict.BROKEN, "la redirection mène ailleurs que sur le web", _JUDGE),
        )
    ),
}
"""Every reason a verdict can carry, by code."""

WARNINGS: Mapping[str, str] = {
    "tls-expires-soon": "le certificat expire dans moins de 14 jours",
    "tls-incomplete-chain": "le serveur n'envoie pas toute sa chaîne de certificats",
    "bad-encoding": "le contenu est mal compressé",
    "truncated": "la réponse s'arrête avant la fin",
    "text-fragment-missing": "le passage visé n'est plus dans la page",
    "expectation-unchecked": "la page est trop longue pour qu'on ait pu y vérifier ce qui est attendu",
    "answered-after-retry": "il a fallu s'y reprendre à plusieurs fois",
}
"""What is worth knowing of a link that a person gets, by code."""


def reason_of_status(status_code: int) -> str:
    """The code of the reason that a final *status_code* stands for."""
    if status_code in _BY_STATUS:
        return _BY_STATUS[status_code]
    if status_code in REDIRECTS:
        return "redirect-nowhere"
    code = f"http-{status_code}"
    return code if code in REASONS else "status-unknown"


_BY_STATUS = {
    401: "auth-required",
    407: "auth-required",
    402: "payment-required",
    429: "rate-limited",
    451: "legal",
    999: "wall-999",
}
