"""For a browser: one page that needs nothing else, is whole without script, and holds nothing that is interpreted."""

from pathlib import Path
from typing import TextIO

from diagsources.model import FAILING, VERDICTS, Verdict
from diagsources.reports.checks import numbers_in_words
from diagsources.reports.findings import Finding, Weight, finding, in_french, totals
from diagsources.reports.markup import in_xml
from diagsources.reports.page import head, link
from diagsources.reports.report import Report
from diagsources.text import NBSP, counted
from diagsources.verdict.health import GRAVITY

_HERE = Path(__file__).parent
_RANKS = {verdict: str(rank) for rank, verdict in enumerate(GRAVITY)}
_COLUMNS = (
    ("Verdict", True),
    ("Source", True),
    ("Thème", True),
    ("Constat", False),
    ("Depuis", True),
    ("Adresse", False),
)
"""The titles of the columns, and whether one sorts by them."""


def render(report: Report, out: TextIO) -> None:
    """Rows are written as they come; a script, where there is one, filters and sorts them."""
    style, script = _text("page.css"), f"\n{_text('page.js')}"
    counts, records = totals(report)
    out.write(head("Les liens du catalogue — diagsources", style, script))
    out.write(_top(report, counts))
    out.write(_FORM)
    out.write(f'<table>\n<caption aria-live="polite">{_caption(counts)}</caption>\n')
    out.write(f"<thead><tr>{''.join(_headings())}</tr></thead>\n<tbody>\n")
    for record in records:
        out.write(_row(finding(record)))
    out.write(f"</tbody>\n</table>\n</main>\n<script>{script}</script>\n</body>\n</html>\n")


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _top(report: Report, counts: dict[Verdict, int]) -> str:
    failing = sum(number for verdict, number in counts.items() if verdict in FAILING)
    says = f"{counted(failing, 'lien')} en défaut" if failing else "Aucun lien en défaut"
    lines = [f"<h1>{says}</h1>\n"]
    if "started_at" in report.head:
        lines.append(f'<p class="dim">Vérification du {_moment(report.head["started_at"])}</p>\n')
    if report.head.get("interrupted"):
        lines.append(f"<p>Elle a été interrompue{NBSP}: le reste n'est pas connu.</p>\n")
    items = "".join(f'<li class="{verdict}">{words}</li>' for verdict, words in numbers_in_words(counts))
    return "".join(lines) + (f'<ul id="numbers">{items}</ul>\n' if items else "")


def _moment(instant: str) -> str:
    """« 23 novembre 2026 à 16:00 UTC »."""
    zone = "UTC" if instant.endswith("Z") else instant[-6:]
    return in_xml(f"{in_french(instant[:10])} à {instant[11:16]} {zone}")


def _options() -> str:
    groups = [("En défaut", " ".join(verdict for verdict in GRAVITY if verdict in FAILING))]
    groups += [(VERDICTS[verdict].capitalize(), verdict.value) for verdict in GRAVITY]
    return "".join(f'<option value="{verdicts}">{label}</option>' for label, verdicts in groups)


_FORM = (
    '<form id="filters" hidden>\n'
    f'<label>Verdict<select name="verdict"><option value="">Tous</option>{_options()}</select></label>\n'
    '<label>Thème<select name="theme"><option value="">Tous</option></select></label>\n'
    '<label class="narrow wide">Trier par<select name="order"></select></label>\n'
    '<label class="wide">Mots<input name="text" type="search" autocomplete="off"></label>\n'
    '<label class="tick"><input name="news" type="checkbox">Ce qui a changé</label>\n'
    '<button type="reset">Tout montrer</button>\n</form>\n'
)
"""Shown where a script runs, which fills it."""


def _caption(counts: dict[Verdict, int]) -> str:
    return f"{counted(sum(counts.values()), 'lien')}, ce qui demande d'agir d'abord"


def _headings() -> list[str]:
    return [
        f'<th scope="col" class="c{rank}">'
        + (f'<button type="button" disabled>{title}</button>' if sorts else title)
        + "</th>"
        for rank, (title, sorts) in enumerate(_COLUMNS, start=1)
    ]


def _row(told: Finding) -> str:
    verdict = told.verdict
    aside = " · ".join(each for each in (told.title and told.source, told.publisher) if each)
    return (
        f'<tr data-verdict="{verdict}"{" data-news" if told.news else ""}>'
        f'<td data-key="{_RANKS[verdict]}"><span class="{verdict}">{VERDICTS[verdict]}</span>{_asides(told)}</td>'
        f'<th scope="row"><bdi>{in_xml(told.title or told.source)}</bdi>{_small(aside)}</th>'
        f"<td>{in_xml(told.theme)}</td>"
        f"<td>{in_xml(told.what)}{_new_address(told)}{_small(told.since, 'memory')}</td>"
        f'<td data-key="{in_xml(told.since_when)}">{_day(told.since_when)}</td>'
        f"<td>{link(told.url)}{_small(told.place)}</td></tr>\n"
    )


def _asides(told: Finding) -> str:
    """What is new of it, and that it may be red and not count."""
    return _small(told.news, "news") + _small("ne fait pas échouer" if told.weight is Weight.WAIT else "")


def _small(text: str, kind: str = "") -> str:
    marked = f' class="{kind}"' if kind else ""
    return f"<small{marked}>{in_xml(text)}</small>" if text else ""


def _day(date: str) -> str:
    """« 03/11/2026 » of an ISO date."""
    year, month, number = date.split("-") if date else ("", "", "")
    return f'<time datetime="{in_xml(date)}">{in_xml(f"{number}/{month}/{year}")}</time>' if date else ""


def _new_address(told: Finding) -> str:
    return f"<small>Nouvelle adresse{NBSP}: {link(told.suggestion)}</small>" if told.suggestion else ""
