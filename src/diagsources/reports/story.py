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
    for code in judgement.warnings:
        yield f"à savoir{NBSP}: {WARNINGS[code]} [{code}]"


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
