"""Reports of a guide: its questions for programs, a line for each source for spreadsheets, and the list of guides."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from diagsources.model import Catalogue, Guide, plain_of
from diagsources.query import questions_of
from diagsources.reports.guide import sentences
from diagsources.reports.guide.course import Course, Step, Stop
from diagsources.reports.report import Column, Report
from diagsources.reports.sources import health_record, record
from diagsources.text import NBSP
from diagsources.urls import masked

if TYPE_CHECKING:
    from diagsources.territory import Territory
    from diagsources.verdict.health import Health

GUIDE = "diagsources.guide/1"

_COLUMNS = (
    Column("number", "N°"),
    Column("question", "Question"),
    Column("indicators", "À relever"),
    Column("id", "Source"),
    Column("title", "Titre"),
    Column("publisher", "Diffuseur"),
    Column("territory", "Territoire"),
    Column("url", "Adresse"),
    Column("cautions", "Se méfier"),
    Column("health", "Lien"),
)
_KEPT = (
    *("id", "title", "publisher", "producer", "collection", "transformations", "granularity", "frequency", "licence"),
    *("cautions", "confused_with", "lifecycle"),
)
"""What is said of a source in the record of a question; `show` says the rest."""

_UNKNOWN: "Mapping[str, Health]" = MappingProxyType({})


def of_course(course: Course, known: "Mapping[str, Health]" = _UNKNOWN) -> Report:
    """The questions with their sources, and the health of these by id where it is *known*; a page of its own in
    Markdown and HTML."""

    def markdown() -> Iterable[str]:
        from diagsources.reports.guide.markdown import page  # deferred: most starts render no page

        return page(course, known)

    def html() -> Iterable[str]:
        from diagsources.reports.guide.html import page

        return page(course, known)

    advice = course.advice
    return Report(
        schema=GUIDE,
        key="questions",
        columns=_COLUMNS,
        records=(_record(step, known) for step in course.steps),
        rows=(tuple(_row(course, step, stop, known)) for step in course.steps for stop in step.stops),
        head={
            "guide": plain_of(course.guide),
            "territory": _reference(course.territory),
            **({"advice": plain_of(advice)} if advice else {}),
        },
        preface=f"{advice.title}{NBSP}: {advice.text}" if advice else "",
        pages={"markdown": markdown, "html": html},
    )


def of_guides(catalogue: Catalogue, guides: Iterable[Guide]) -> Report:
    """The guides, with how many questions each asks."""
    guides = tuple(guides)
    return Report(
        schema="diagsources.guides/1",
        key="guides",
        columns=(
            Column("id", "Guide"),
            Column("title", "Titre"),
            Column("questions", "Questions"),
            Column("description", "À quoi il sert"),
            Column("anchor", "Ancrage"),
            Column("aliases", "Aussi"),
        ),
        records=(
            plain_of(guide) | {"questions": [question.id for question in questions_of(catalogue, guide)]}
            for guide in guides
        ),
        rows=(
            (
                guide.id,
                guide.title,
                str(len(questions_of(catalogue, guide))),
                guide.description or "",
                guide.anchor.text if guide.anchor else "",
                ", ".join(guide.aliases),
            )
            for guide in guides
        ),
    )


def _record(step: Step, known: "Mapping[str, Health]") -> dict[str, Any]:
    question: dict[str, Any] = plain_of(step.question)
    sources = [_stop(stop, known) for stop in step.stops]
    others = [_stop(stop, known) for stop in step.others]
    return {"number": step.number, **question, "sources": sources, "others": others}


def _stop(stop: Stop, known: "Mapping[str, Health]") -> dict[str, Any]:
    whole = record(stop.source)
    return {
        **{key: whole[key] for key in _KEPT if key in whole},
        "url": masked(stop.url),
        "territory": _reference(stop.territory),
        "notes": list(stop.notes),
        **health_record(known.get(stop.source.id)),
    }


def _reference(territory: "Territory | None") -> dict[str, str] | None:
    return {"level": territory.level, "code": territory.code, "name": territory.name} if territory else None


def _row(course: Course, step: Step, stop: Stop, known: "Mapping[str, Health]") -> Iterator[str]:
    publisher = course.catalogue.publisher(stop.source.publisher)
    health = known.get(stop.source.id)
    yield str(step.number)
    yield step.question.title
    yield ", ".join(step.question.indicators)
    yield stop.source.id
    yield stop.source.title
    yield publisher.name if publisher else ""
    yield stop.territory.key if stop.territory else ""
    yield masked(stop.url)
    yield " ".join((*map(sentences.sentence, stop.notes), *map(sentences.caution, stop.cautions)))
    yield health.verdict.value if health else ""
