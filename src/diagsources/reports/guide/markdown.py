"""A guide as a page of Markdown: the questions in order, and boxes to tick for what is to be noted and looked up."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from diagsources.model import Caution
from diagsources.reports.guide import sentences
from diagsources.reports.guide.course import Course, Step, Stop
from diagsources.reports.markup import in_markdown, link_in_markdown, paragraph_in_markdown
from diagsources.text import NBSP, french
from diagsources.urls import masked

if TYPE_CHECKING:
    from diagsources.verdict.health import Health

    Known = Mapping[str, Health]


def page(course: Course, known: "Known") -> Iterator[str]:
    """The page, piece by piece."""
    yield f"# {_text(sentences.title(course))}\n"
    for label, text, source in sentences.head(course):
        yield f"\n{_labelled(label, _text(text) + _source(source))}\n"
    if course.advice:
        yield f"\n> {_labelled(course.advice.title, _text(course.advice.text))}\n"
    for step in course.steps:
        yield from _step(course, step, known)
    yield "\n---\n"
    for sentence in sentences.foot(course, known):
        yield f"\n{_text(sentence)}\n"


def _step(course: Course, step: Step, known: "Known") -> Iterator[str]:
    question = step.question
    yield f"\n## {step.number}. {_text(question.title)}\n"
    if question.advice:
        yield f"\n{_text(question.advice)}\n"
    yield from _list(sentences.ASKED, (f"[ ] {_text(each)}" for each in question.indicators))
    yield from _list(sentences.CAUTIONS, map(_caution, question.cautions))
    yield from _list(sentences.SOURCES, ("".join(_stop(course, stop, known)) for stop in step.stops))
    if not step.stops:
        yield f"\n{sentences.NOTHING}\n"
    if step.others:
        others = ", ".join(link_in_markdown(french(stop.source.title), masked(stop.url)) for stop in step.others)
        yield f"\n{_labelled(sentences.OTHERS, others)}.\n"
    if question.elsewhere:
        yield f"\n{_labelled(sentences.ELSEWHERE, _text(', '.join(question.elsewhere)))}.\n"


def _list(heading: str, items: Iterable[str]) -> Iterator[str]:
    """The *items* under their heading; nothing where there are none."""
    lines = "".join(f"- {item}\n" for item in items)
    if lines:
        yield f"\n**{heading}**\n\n{lines}"


def _stop(course: Course, stop: Stop, known: "Known") -> Iterator[str]:
    """The source on a line, and what is to be known of it under it."""
    aside = ", ".join(filter(None, (sentences.leads_to(course, stop), sentences.told_before(stop))))
    link = link_in_markdown(french(stop.source.title), masked(stop.url))
    yield f"[ ] **{link}**{f' — {_text(aside)}' if aside else ''}"
    if not stop.told_at:
        for note in stop.notes:
            yield f"\n  - {_text(sentences.sentence(note))}"
        yield f"\n  - {'. '.join(_labelled(label, _text(value)) for label, value in sentences.reading(course, stop))}."
        for caution in stop.cautions:
            yield f"\n  - {_caution(caution)}"
        if others := sentences.confusions(course, stop):
            yield f"\n  - {_labelled(sentences.CONFUSED, _text(others))}."
    if health := sentences.seen(known, stop):
        yield f"\n  - {_labelled(sentences.LINK, _text(health))}."


def _caution(caution: Caution) -> str:
    return _text(sentences.caution(caution)) + _source(caution.source)


def _source(url: str | None) -> str:
    return f" ({link_in_markdown('source', masked(url))})" if url else ""


def _labelled(label: str, marked_up: str) -> str:
    return f"**{in_markdown(label)}**{NBSP}: {marked_up}"


def _text(text: str) -> str:
    return paragraph_in_markdown(french(text))
