"""The nastiest run there is, as records of `diagsources.check/1`: what every format for checks is fed with."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from diagsources.model import Verdict
from diagsources.reports import Report
from diagsources.reports.checks import report_of

LONG_URL = "https://exemple.fr/" + "chemin/" * 425 + "?a=%7C&b=_x_*y*~~z~~#fin"
"""3,000 characters."""

TITLES = (
    "Œuvres d'été – « naïves », 10\u202f000\u00a0€",
    "a|b \\| c \\",
    "<script>alert('x')</script> &lt; &amp; <b>&#x3c; ]]> --> </style></title>",
    "::set-output name=x::y\n::error file=a,line=1::non %0A%0D %25",
    "##[group]x ::stop-commands::z",
    "\x1b[31mrouge\x1b[0m\x07\x9b0m \x1b]8;;https://evil.fr\x07",
    "facture\u202efdp.exe\u2066 \u200f",
    "=cmd|' /C calc'!A0",
    "@diagsources/tous #12 [lien](https://evil.fr) ![x](y) `code` **gras**",
    "إحصاءات السكان",
    "seul\ud800ici \ufffe\uffff\ufdd0 \ufeff\u2028\x00\x0b",
    "ligne\r\nautre\tet </table></details><!-- x -->",
    "",
)
URLS = (
    "https://exemple.fr/été?a=1&b=<2>",
    "javascript:alert(1)",
    'https://exemple.fr/"onmouseover="alert(1)',
    "https://exemple.fr/::set-output::%0A",
    "data:text/html,<script>alert(1)</script>",
    "https://exemple.fr/\x1b]8;;",
    "https://exemple.fr/\u202egpj.exe",
    "=HYPERLINK(1)",
    "https://exemple.fr/a|b`c`",
    "https://exemple.fr/?mot=السكان",
    "https://***@exemple.fr/\ud800",
    "",
    LONG_URL,
)
REASONS = {
    Verdict.BROKEN: "http-404",
    Verdict.INSECURE: "tls-expired",
    Verdict.SUSPECT: "soft-404",
    Verdict.UNAVAILABLE: "timeout",
    Verdict.MOVED: "http-301",
    Verdict.RESTRICTED: "wall-captcha",
    Verdict.SKIPPED: "unsupported-scheme",
    Verdict.OK: "http-200",
}
FILES = ("catalogue/eau & air.yaml", "a:b,c%.yaml", "-", "/tmp/été.yaml", "")  # noqa: S108 - a name, never opened


def nasty_run() -> Report:
    """Every nastiness twice, and every verdict, the gravest first."""
    verdicts = list(REASONS)
    number = 2 * len(TITLES)
    records = [nasty(index, verdicts[index * len(verdicts) // number]) for index in range(number)]
    return report_of(records, head=_head(records))


def _head(records: list[dict[str, Any]]) -> dict[str, Any]:
    counts = Counter(record["verdict"] for record in records)
    return {
        "started_at": "2026-11-23T15:00:00Z",
        "finished_at": "2026-11-23T16:00:00Z",
        "summary": {verdict.value: counts[verdict.value] for verdict in Verdict},
    }


def nasty(index: int, verdict: Verdict) -> dict[str, Any]:
    """The record of *verdict* whose texts are those at *index*."""
    title, url = TITLES[index % len(TITLES)], URLS[index % len(URLS)]
    return {
        "id": f"source-{index}",
        "rel": "url" if index % 3 else "api",
        "url": url,
        "verdict": verdict.value,
        "reason": REASONS[verdict],
        "message": f"rien ici : {title}",
        "status_code": 404 if index % 2 else None,
        "final_url": url,
        "suggestion": URLS[(index + 1) % len(URLS)] or None if verdict is Verdict.MOVED else None,
        "redirects": [],
        "warnings": [],
        "attempts": 1,
        "elapsed_ms": 212,
        "checked_at": "2026-11-23T16:00:00Z",
        "theme": ("eau", "", "</table>|`x`")[index % 3],
        "title": title,
        "file": FILES[index % len(FILES)],
        "line": index,
        "counts": index % 4 != 0 and verdict in (Verdict.BROKEN, Verdict.INSECURE, Verdict.SUSPECT),
        "memory": {
            "condition": "confirmed" if index % 4 else "fragile",
            "since": "2026-11-03T04:00:00Z",
            "failures": 3,
            "runs": 5,
            "was_alive": True,
            "words": "3 échecs depuis 20 jours",
            "change": ("failing", "still", "recovered", "moved", None)[index % 5],
            "newly_confirmed": index % 6 == 1,
        },
        **({"exception": _excused(verdict, title)} if index % 5 == 2 else {}),
        "publisher": TITLES[-1 - index % len(TITLES)],
        "theme_title": ("Eau", "", "</table>|`x` ::error::")[index % 3],
    }


def _excused(verdict: Verdict, title: str) -> dict[str, str]:
    return {"verdict": verdict.value, "reason": title, "until": "2026-12-31", "status": "holds"}


def many(number: int) -> Iterator[dict[str, Any]]:
    """*number* findings."""
    verdicts = list(REASONS)[:4]
    for index in range(number):
        record = nasty(index % len(TITLES), verdicts[index * 4 // number])
        yield record | {"id": f"source-{index}", "line": index + 1, "file": "catalogue/eau.yaml", "counts": True}


def large_run(number: int = 10_000) -> Report:
    """A run of *number* findings."""
    records = list(many(number))
    return report_of(records, head=_head(records))
