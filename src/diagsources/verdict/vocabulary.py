"""Rows of the tables of phrases, and the words that these share. All are folded."""

from typing import NamedTuple

from diagsources.text import LatePattern
from diagsources.verdict.missing import words


class Row(NamedTuple):
    """A phrase that tells what a page is, up to a length of visible text."""

    code: str
    longest: int
    hints: frozenset[str]
    """Words, cut to five letters, of which one at least is in what *pattern* matches: few pages have any."""
    pattern: LatePattern


def row(code: str, longest: int, hints: str, *patterns: str) -> Row:
    stems = frozenset(hint[:5] for hint in hints.split())
    return Row(code, longest, stems, LatePattern("|".join(f"(?:{pattern})" for pattern in patterns)))


IT = r"(?:ce|cet|cette|le|la|l|notre|votre|this|the|our)"
SITE = (
    r"(?:site|site internet|site web|sites|service|portail|application|appli|plateforme|plate forme|blog|forum|serveur"
    r"|website|web site|platform|portal|app|api|service en ligne|geoportail|observatoire|outil|tool|espace|extranet"
    r"|serveurs|services)"
)
NAMED = r"(?: (?!(?:qui|que|remplace|remplacent|et|mais|ou|a|est|sont)\b)\w+){0,6}"
ONLINE = r"(?: (?:internet|web|en ligne|numerique|cartographique|de (?:donnees|cartographie)))?"
DATE = (
    r"(?:le \d\w* \w+ 20\d\d|en (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre"
    r"|decembre|20\d\d))"
)
SUSPENDED = (
    r"(?:suspendue?|suspended|desactivee?|disabled|deactivated|bloquee?|deleted|terminated|resiliee?|expiree?|expired)"
)
HOSTED = (
    r"(?:account|site|website|web site|hosting|hosting account|compte|hebergement(?: de ce site)?|site web"
    r"|site internet|blog|domain"
    r"|domaine|nom de domaine|domain name|abonnement(?: de ce site)?)"
)
BRIEFLY = r"(?:actuellement|temporairement|momentanement|provisoirement|brievement)"
BRIEFLY_EN = r"(?:temporarily|currently|briefly|momentarily)"
TOP = r"(?:fr|com|net|org|eu|info|io|biz|re|bzh|paris|alsace|corsica|co|be|ch|site|online|gouv fr)"
SOLD = (
    r"(?:a vendre|en vente|for sale|available for (?:sale|purchase)|may be for sale|parked|parke|gare en parking"
    r"|(?:steht )?(?:jetzt )?zum verkauf|en venta|in vendita|te koop)"
)
SOLD_HINTS = words("vendr vente sale purch parke gare verka venta vendi koop")

NOTHING_MORE = 350
"""Visible characters of a refusal and what to do about it."""
