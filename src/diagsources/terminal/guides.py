"""A guide on the screen: its questions in order, each with its sources; and the list of the guides."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from diagsources.model import Catalogue, Guide
from diagsources.query import questions_of
from diagsources.reports.guide import sentences
from diagsources.reports.guide.course import Course, Step, Stop
from diagsources.terminal.styles import STYLES, linked
from diagsources.text import counted, french, visible
from diagsources.urls import masked

if TYPE_CHECKING:
    from rich.console import Console

    from diagsources.verdict.health import Health


def course(console: "Console", told: Course, known: "Mapping[str, Health]") -> None:
    """What is said first, then a block for each question, with the health of each source where it is *known*."""
    console.print(_text(sentences.title(told), "bold"))
    head = _grid(0)
    for label, text, _ in sentences.head(told):
        head.add_row(_text(label, "dim"), _text(text))
    if told.advice:
        head.add_row(_text(told.advice.title, "yellow"), _text(told.advice.text))
    console.print(head)
    for step in told.steps:
        console.print()
        _step(console, told, step, known)
    console.print()
    for sentence in sentences.foot(told, known):
        console.print(_text(sentence, "dim"))


def guides(console: "Console", catalogue: Catalogue, chosen: Sequence[Guide]) -> None:
    """Each guide with what it is for."""
    table = _grid(max((len(guide.id) for guide in chosen), default=0))
    for guide in chosen:
        count = counted(len(questions_of(catalogue, guide)), "question")
        about = _text(guide.title, "bold").append(f"  {count}", style="not bold dim")
        if guide.description:
            about.append_text(_text(f"\n{guide.description}", "not bold"))
        if guide.aliases:
            about.append_text(_text(f"\naussi : {', '.join(guide.aliases)}", "not bold dim"))
        table.add_row(_text(guide.id, "cyan"), about)
    console.print(table)


def _step(console: "Console", told: Course, step: Step, known: "Mapping[str, Health]") -> None:
    question = step.question
    console.print(_text(f"{step.number}. {question.title}", "bold underline"))
    notes = _grid(0)
    notes.add_row(_text(sentences.ASKED, "dim"), _text(", ".join(question.indicators)))
    for caution in question.cautions:
        notes.add_row(_text(sentences.CAUTIONS, "yellow"), _text(sentences.caution(caution)))
    if question.advice:
        notes.add_row("", _text(question.advice))
    console.print(Padding(notes, (0, 0, 0, 2)))
    for stop in step.stops:
        title = Text(visible(french(stop.source.title)), style=linked(stop.url, "bold"))
        console.print(Padding(_text(f"{stop.source.id}  ", "cyan").append_text(title), (0, 0, 0, 2)))
        console.print(Padding(Text("\n").join(_lines(told, stop, known)), (0, 0, 0, 4)))
    if not step.stops:
        console.print(Padding(_text(sentences.NOTHING), (0, 0, 0, 2)))
    for label, names in (
        (sentences.OTHERS, ", ".join(stop.source.id for stop in step.others)),
        (sentences.ELSEWHERE, ", ".join(question.elsewhere)),
    ):
        if names:
            console.print(Padding(_text(f"{label} : {names}", "dim"), (0, 0, 0, 2)))


def _lines(told: Course, stop: Stop, known: "Mapping[str, Health]") -> Iterator[Text]:
    """The address and what it leads to; what to beware of; how the link was last seen."""
    yield Text(visible(masked(stop.url)), style=linked(stop.url, "dim"))
    if words := ", ".join(filter(None, (sentences.leads_to(told, stop), sentences.told_before(stop)))):
        yield _text(words, "dim")
    if not stop.told_at:
        for note in stop.notes:
            yield _text(f"→ {sentences.sentence(note)}")
        reading = (f"{label} : {value}" for label, value in sentences.reading(told, stop))
        yield _text(". ".join(reading) + ".", "dim")
        for caution in stop.cautions:
            yield _text(f"- {sentences.caution(caution)}")
        if others := sentences.confusions(told, stop):
            yield _text(f"{sentences.CONFUSED} : {others}.", "yellow")
    if health := known.get(stop.source.id):
        glyph, style = STYLES[health.verdict]
        yield _text(f"{glyph} {sentences.seen(known, stop)}", style)


def _text(words: str, style: str = "") -> Text:
    return Text("\n").join(Text(visible(french(line)), style=style) for line in words.split("\n"))


def _grid(width: int) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, min_width=width)
    table.add_column(overflow="fold", ratio=1)
    return table
