"""What a guide says of a territory: each question with the sources that answer it there, and what to beware of.

A source that stands in for another has its place; one that does not cover the territory has none. What a
question says of caution is not said again of its sources, and a source is described where it is first met.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from diagsources.model import GRANULARITIES, Advice, Catalogue, Caution, Guide, Question, Source
from diagsources.query import Destination, destination, questions_of
from diagsources.reports.card import state
from diagsources.text import NBSP, fold

if TYPE_CHECKING:
    from diagsources.territory import Located, Territory

MOST = 4
"""Sources that a question sends to; any others are only named."""

_LEFT = ("moved", "replaced", "closed")
_FINEST_FIRST = (
    *("point", "adresse", "parcelle", "carreau", "iris", "qpv", "commune", "canton", "epci", "tvs", "bv", "ze", "aav"),
    *("departement", "region", "pays"),
)
"""The levels of sources; figures of one add up to those of a later one."""


class Stop(NamedTuple):
    """A source that answers a question, and where it is."""

    source: Source
    url: str
    territory: "Territory | None"
    """The one that `url` leads to; None where it is the source's own address."""
    notes: tuple[str, ...]
    """What to know before going there."""
    cautions: tuple[Caution, ...] = ()
    """What is to be said of it here."""
    told_at: int | None = None
    """The number of the question that has described it already."""

    def told(self, said: Container[str], *, at: int | None) -> "Stop":
        """The same, without the cautions that are *said* (folded) elsewhere, and described *at* a question before."""
        left = tuple(caution for caution in self.source.cautions if fold(caution.text) not in said)
        return self._replace(cautions=left, told_at=at)


class Step(NamedTuple):
    """A question of the course, counted from 1."""

    number: int
    question: Question
    stops: tuple[Stop, ...]
    others: tuple[Stop, ...]
    """What else answers it."""


class Course(NamedTuple):
    """A guide, for a territory or for any."""

    catalogue: Catalogue
    guide: Guide
    steps: tuple[Step, ...]
    territory: "Territory | None" = None
    origin: str = ""
    """Who says what the territory is."""

    @property
    def advice(self) -> Advice | None:
        """What every reader should hear first."""
        return self.catalogue.advice

    @property
    def stops(self) -> Iterator[Stop]:
        """Every source that the course sends to, at each question that does."""
        for step in self.steps:
            yield from step.stops
            yield from step.others


def assemble(
    catalogue: Catalogue,
    guide: Guide,
    territory: "Territory | None" = None,
    located: "Mapping[str, Located | None] | None" = None,
    *,
    origin: str = "",
) -> Course:
    """*guide* for *territory*, of which *origin* tells, and where the sources of *catalogue* are *located* by id."""
    questions = questions_of(catalogue, guide)
    said = {fold(caution.text) for question in questions for caution in question.cautions}
    first_told: dict[str, int] = {}
    steps = []
    for number, question in enumerate(questions, start=1):
        heirs = _heirs(catalogue, question.sources, located)
        found = [_stop(catalogue, heir, territory, located) for heir in heirs]
        stops = [stop.told(said, at=first_told.get(stop.source.id)) for stop in found if stop is not None]
        for stop in stops[:MOST]:
            first_told.setdefault(stop.source.id, number)
        steps.append(Step(number, question, tuple(stops[:MOST]), tuple(stops[MOST:])))
    return Course(catalogue, guide, tuple(steps), territory, origin)


class _Heir(NamedTuple):
    """The source that answers for another, and what it stands in for, if that is not itself."""

    source: Source
    note: str = ""


def _heirs(catalogue: Catalogue, ids: Iterable[str], located: "Mapping[str, Located | None] | None") -> Iterator[_Heir]:
    """The sources that answer for *ids*, each once; one stands for itself where its heir is of no use."""
    met: set[str] = set()
    for source in filter(None, map(catalogue.find, ids)):
        heir = _heir(catalogue, source)
        if located is not None and located[heir.id] is None:
            heir = source
        if heir.id not in met:
            met.add(heir.id)
            yield _Heir(heir, "" if heir is source else f"à la place de « {source.title} », {_state(source)}")


def _heir(catalogue: Catalogue, source: Source) -> Source:
    """The source of the catalogue that has taken the place of *source*; itself where none has."""
    seen = {source.id}
    while (other := _successor(catalogue, source)) is not None and other.id not in seen:
        seen.add(other.id)
        source = other
    return source


def _successor(catalogue: Catalogue, source: Source) -> Source | None:
    if source.lifecycle is None or source.status not in _LEFT:
        return None
    return catalogue.find(source.lifecycle.successor or "")


def _stop(
    catalogue: Catalogue,
    heir: _Heir,
    territory: "Territory | None",
    located: "Mapping[str, Located | None] | None",
) -> Stop | None:
    """The source with its address for *territory*; None where it does not cover it."""
    source = heir.source
    found = located[source.id] if located is not None else None
    if located is not None and found is None:
        return None
    coarse = _too_coarse(source, territory.level) if territory else ""
    if found is not None and found.territory is not None:
        return Stop(source, found.url, found.territory, _notes(heir.note, coarse, *_of_template(source, found)))
    target = destination(catalogue, source)
    note = source.territory_note or "" if territory else ""
    return Stop(source, target.url, None, _notes(heir.note, coarse, note, *_state_of_address(source, target)))


def _notes(*sentences: str) -> tuple[str, ...]:
    return tuple(filter(None, sentences))


def _of_template(source: Source, found: "Located") -> Iterator[str]:
    """How sure the address of a territory is, and what to do once there."""
    for template in source.territory_urls:
        if found.territory is not None and template.level == found.territory.level:
            yield "adresse incertaine" if template.confidence == "unsure" else ""
            yield template.note or ""


def _too_coarse(source: Source, level: str) -> str:
    """What to say where the figures of *source* are those of larger territories than one of *level*."""
    ranks = [_FINEST_FIRST.index(each) for each in source.granularity]
    if level not in _FINEST_FIRST or not ranks or min(ranks) <= _FINEST_FIRST.index(level):
        return ""
    levels = ", ".join(GRANULARITIES[each] for each in source.granularity)
    return f"trop large pour ce territoire{NBSP}: {levels}"


def _state_of_address(source: Source, target: Destination) -> Iterator[str]:
    """What has become of the address of *source*, where that is not simply known."""
    lifecycle = source.lifecycle
    if lifecycle is None:
        return
    has_left = source.status in _LEFT and lifecycle.successor != source.url
    if has_left:
        yield target.note.removeprefix(f"{source.title} : ")
    if lifecycle.note and (has_left or (source.verified and source.verified.confidence == "unsure")):
        yield lifecycle.note


def _state(source: Source) -> str:
    return state(source.lifecycle) if source.lifecycle else ""
