"""How a verdict was come by, step by step, for a person who knows no HTTP."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from diagsources.text import NBSP
from diagsources.urls import host_of, masked
from diagsources.verdict import REASONS, REDIRECTS, WARNINGS, Check, Step

_ANSWERS = {
    "301": "l'adresse a changé pour de bon",
    "302": "renvoi pour cette fois",
    "303": "renvoi pour cette fois",
    "307": "renvoi pour cette fois",
    "308": "l'adresse a changé pour de bon",
    "304": "la page est celle de la dernière fois",
    "401": "refus, il faut un compte",
    "403": "refus, l'accès est interdit",
    "404": "rien à cette adresse",
    "410": "la page a été retirée pour de bon",
    "429": "refus, trop de demandes",
}

_BECAUSE = {
    # the code of a reason, or what it begins with up to a dash: the rule by which it was said
    "http-301": "un renvoi définitif se suit et se note ; un renvoi passager se suit seulement",
    "http-308": "un renvoi définitif se suit et se note ; un renvoi passager se suit seulement",
    "http-403": "les sites refusent souvent les robots et reçoivent les personnes : ce n'est pas une panne",
    "wall": "la réponse porte la marque d'un filtre de robots : une personne passe sans doute, ce n'est pas une panne",
    "access-denied": "la page se charge, mais son titre dit que l'entrée est gardée",
    "rate-limited": "le serveur demande d'attendre davantage qu'on n'attend ici : ce n'est pas une panne",
    "auth-required": "le site répond, à qui a un compte",
    "redirect-to-login": "le site répond, à qui a un compte",
    "soft-404": "le serveur répond comme si tout allait bien, mais le titre ou le texte de la page dit le contraire",
    "redirect-to-home": "une adresse précise qui ne mène qu'à l'accueil ne montre plus ce qu'on y cherchait",
    "parked-domain": "la page est de celles que montrent les vendeurs de noms",
    "default-page": "la page est de celles que montre un serveur avant qu'on y mette un site",
    "closed-notice": "la page se charge, mais ne dit que cela",
    "maintenance-notice": "la page se charge, mais ne dit que cela",
    "application-error": "la page se charge, mais ne montre que le message d'un logiciel en panne",
    "truncated-file": "le serveur coupe le fichier avant la fin qu'il a annoncée : un navigateur ne peut l'ouvrir",
    "undecodable": "le serveur annonce un contenu compressé, qui ne l'est pas ainsi : un navigateur n'en montre rien",
    "wrong-type": "l'adresse promet un fichier, c'est une page qui vient",
    "tls": "la connexion est chiffrée, mais rien ne garantit avec qui : un navigateur arrête là ses visiteurs",
}
_SAME_PAGE = "l'adresse inventée montre la même page : le site répond cela à n'importe quelle adresse"

_AGAIN = {"second": ", par un second moteur", "proof": ", une seconde fois"}

_WORTH_TELLING_MS = 200
"""From how long an answer made wait that is told."""


def story(check: Check) -> Iterator[str]:
    """Sentences, in order: each request with its answer, each wait, and the rule that decided."""
    steps = check.evidence.steps
    for rank, step in enumerate(steps):
        yield _told(step, _next_asked(steps[rank + 1 :]))
    judgement = check.judgement
    yield f"conclusion{NBSP}: {judgement.message} [{judgement.reason}]"
    if judgement.suggestion:
        yield f"nouvelle adresse{NBSP}: {masked(judgement.suggestion)}"
    if because := _because(check):
        yield f"pourquoi{NBSP}: {because}"
    for code in judgement.warnings:
        yield f"à savoir{NBSP}: {WARNINGS[code]} [{code}]"


def _because(check: Check) -> str:
    """The rule by which the verdict was said, where it does not go without saying."""
    reason = check.judgement.reason
    compared = any(step.what == "control" and step.outcome[:1] == "2" for step in check.evidence.steps)
    if reason == "soft-404" and compared:
        return _SAME_PAGE
    return _BECAUSE.get(reason) or _BECAUSE.get(reason.partition("-")[0], "")


def _told(step: Step, following: str) -> str:
    if step.what == "wait" and step.note == "turn":
        return f"attente de {_seconds(step.elapsed_ms)}, au rythme que veut le serveur"
    if step.what == "wait" and step.note == "proof":
        return f"attente de {_seconds(step.elapsed_ms)}, pour redemander et en être sûr"
    if step.what == "wait":
        return f"attente de {_seconds(step.elapsed_ms)} avant un nouvel essai"
    where = masked(step.url)
    if step.what == "control":
        what = "l'accueil du site" if urlsplit(step.url).path == "/" else "une adresse inventée du même site"
        return f"pour comparer, {what}, {where}{NBSP}: {_answer(step, '')}"
    return f"demande de {where}{_AGAIN.get(step.note, '')}{NBSP}: {_answer(step, following)}"


def _answer(step: Step, following: str) -> str:
    code = step.outcome
    aside = [_seconds(step.elapsed_ms)] if step.elapsed_ms >= _WORTH_TELLING_MS else []
    if not code:
        said = "pas de réponse"
    elif code in REASONS:
        said = REASONS[code].sentence.format(host=host_of(step.url), status="", seen="")
    else:
        said, aside = _ANSWERS.get(code) or _by_class(code), [code, *aside]
    if code.isdigit() and int(code) in REDIRECTS and following:
        said = f"{said}, vers {masked(following)}"
    return f"{said} ({', '.join(aside)})" if aside else said


def _by_class(code: str) -> str:
    match code[:1]:
        case "2":
            return "une page vient"
        case "3":
            return "renvoi"
        case "4":
            return "refus"
        case "5":
            return "le serveur est en erreur"
    return "réponse inconnue"


def _next_asked(steps: Sequence[Step]) -> str:
    return next((step.url for step in steps if step.what == "ask"), "")


def _seconds(milliseconds: int) -> str:
    if milliseconds < 1_000:
        return f"{milliseconds}{NBSP}ms"
    return f"{milliseconds / 1000:.1f}{NBSP}s".replace(".", ",")
