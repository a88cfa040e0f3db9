"""A guide as one page for a browser and for paper, with the same boxes: no script, nothing from elsewhere."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from diagsources.model import Caution
from diagsources.reports.guide import sentences
from diagsources.reports.guide.course import Course, Step, Stop
from diagsources.reports.markup import in_xml
from diagsources.reports.page import head, link
from diagsources.text import NBSP, french
from diagsources.urls import masked

if TYPE_CHECKING:
    from diagsources.verdict.health import Health

    Known = Mapping[str, Health]

_STYLE = Path(__file__).with_name("page.css")


def page(course: Course, known: "Known") -> Iterator[str]:
    """The page, piece by piece."""
    title = french(sentences.title(course))
    yield head(f"{title} — diagsources", _STYLE.read_text(encoding="utf-8"))
    yield f"<header>\n<h1>{in_xml(title)}</h1>\n"
    for label, text, source in sentences.head(course):
        yield f"<p>{_labelled(label, _text(text) + _source(source))}</p>\n"
    if course.advice:
        yield f'<p class="advice">{_labelled(course.advice.title, _text(course.advice.text))}</p>\n'
    yield "</header>\n"
    yield from _contents(course)
    for step in course.steps:
        yield from _step(course, step, known)
    yield "<footer>\n"
    for sentence in sentences.foot(course, known):
        yield f"<p>{_text(sentence)}</p>\n"
    yield "</footer>\n</main>\n</body>\n</html>\n"


def _contents(course: Course) -> Iterator[str]:
    yield '<nav aria-label="Questions">\n<ol>\n'
    for step in course.steps:
        yield f'<li><a href="#question-{step.number}">{_text(step.question.title)}</a></li>\n'
    yield "</ol>\n</nav>\n"


def _step(course: Course, step: Step, known: "Known") -> Iterator[str]:
    question, name = step.question, f"question-{step.number}"
    yield f'<section aria-labelledby="{name}">\n<h2 id="{name}">{step.number}. {_text(question.title)}</h2>\n'
    if question.advice:
        yield f"<p>{_text(question.advice)}</p>\n"
    yield from _list(sentences.ASKED, map(_box, question.indicators), "boxes")
    yield from _list(sentences.CAUTIONS, map(_caution, question.cautions), "cautions")
    yield from _list(sentences.SOURCES, ("".join(_stop(course, stop, known)) for stop in step.stops), "sources")
    if not step.stops:
        yield f"<p>{sentences.NOTHING}</p>\n"
    if step.others:
        others = ", ".join(link(masked(stop.url), french(stop.source.title)) for stop in step.others)
        yield f"<p>{_labelled(sentences.OTHERS, others)}.</p>\n"
    if question.elsewhere:
        yield f"<p>{_labelled(sentences.ELSEWHERE, _text(', '.join(question.elsewhere)))}.</p>\n"
    yield "</section>\n"


def _list(heading: str, items: Iterable[str], kind: str) -> Iterator[str]:
    """The *items* under their heading; nothing where there are none."""
    lines = "".join(f"<li>{item}</li>\n" for item in items)
    if lines:
        yield f'<h3>{heading}</h3>\n<ul class="{kind}">\n{lines}</ul>\n'


def _box(indicator: str) -> str:
    return f'<label><input type="checkbox">{_text(indicator)}</label>'


def _stop(course: Course, stop: Stop, known: "Known") -> Iterator[str]:
    title, url = french(stop.source.title), masked(stop.url)
    yield f'<input type="checkbox" aria-label="Lu{NBSP}: {in_xml(title)}"><strong>{link(url, title)}</strong>'
    aside = ", ".join(filter(None, (sentences.leads_to(course, stop), sentences.told_before(stop))))
    if aside:
        yield f" <small>{_text(aside)}</small>"
    yield f'<small class="address">{in_xml(url)}</small>'
    if not stop.told_at:
        yield from (f"<p>{_text(sentences.sentence(note))}</p>" for note in stop.notes)
        reading = (_labelled(label, _text(value)) for label, value in sentences.reading(course, stop))
        yield f"<p>{'. '.join(reading)}.</p>"
        yield from _within(map(_caution, stop.cautions))
        if others := sentences.confusions(course, stop):
            yield f"<p>{_labelled(sentences.CONFUSED, _text(others))}.</p>"
    if health := sentences.seen(known, stop):
        verdict = known[stop.source.id].verdict.value if stop.source.id in known else "skipped"
        yield f'<p class="{verdict}">{_labelled(sentences.LINK, _text(health))}.</p>'


def _within(items: Iterable[str]) -> Iterator[str]:
    lines = "".join(f"<li>{item}</li>" for item in items)
    if lines:
        yield f"<ul>{lines}</ul>"


def _caution(caution: Caution) -> str:
    return _text(sentences.caution(caution)) + _source(caution.source)


def _source(url: str | None) -> str:
    return f" ({link(masked(url), 'source')})" if url else ""


def _labelled(label: str, marked_up: str) -> str:
    return f"<b>{in_xml(label)}</b>{NBSP}: {marked_up}"


def _text(text: str) -> str:
    return in_xml(french(text))
