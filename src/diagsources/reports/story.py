"""How a verdict was come by, step by step, for a person who knows no HTTP."""

from collections.abc import Iterator, Sequence

from diagsources.text import NBSP
from diagsources.urls import masked
from diagsources.verdict import REASONS, REDIRECTS, WARNINGS, Check, Step

_ANSWERS = {
    "301": "déplacée pour de bon",
    "308": "déplacée pour de bon",
    "302": "renvoi pour cette fois",
    "303": "renvoi pour cette fois",
    "307": "renvoi pour cette fois",
    "401": "refus : il faut un compte",
    "403": "refus : accès interdit",
    "404": "réponse : rien à cette adresse",
    "410": "réponse : retirée pour de bon",
    "429": "refus : trop de demandes",
}


def story(check: Check) -> Iterator[str]:
    """Sentences, in order: each request with its answer, each wait, and the rule that decided."""
    steps = check.evidence.steps
    for rank, step in enumerate(steps):
        yield _told(step, _next_asked(steps[rank + 1 :]))
    judgement = check.judgement
    yield f"conclusion{NBSP}: {judgement.message} [{judgement.reason}]"
    advice = REASONS[judgement.reason].advice
    if advice:
        yield advice
    for code in judgement.warnings:
        yield f"à savoir{NBSP}: {WARNINGS[code]} [{code}]"


def _told(step: Step, following: str) -> str:
    if step.what == "wait":
        return f"attente de {_seconds(step.elapsed_ms)} avant un nouvel essai"
    if step.what == "control":
        return f"pour comparer, une autre adresse du site, {masked(step.url)}{NBSP}: {_answer(step, '')}"
    again = ", par un second moteur" if step.note == "second" else ""
    return f"demande de {masked(step.url)}{again}{NBSP}: {_answer(step, following)} ({_seconds(step.elapsed_ms)})"


def _answer(step: Step, following: str) -> str:
    code = step.outcome
    if not code:
        return "pas de réponse"
    if code in REASONS:
        return f"échec, {REASONS[code].sentence.format(host='le serveur', status='', seen='')}"
    said = _ANSWERS.get(code) or _by_class(code)
    if code.isdigit() and int(code) in REDIRECTS and following:
        said = f"{said}, vers {masked(following)}"
    return f"{said} ({code})"


def _by_class(code: str) -> str:
    match code[:1]:
        case "2":
            return "une page est venue"
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
