"""What is remembered of sources, for the commands that show them; nothing is loaded where nothing was ever kept."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from diagsources.cli.clock import now
from diagsources.cli.options import Output, state_file
from diagsources.errors import DiagsourcesError
from diagsources.model import ROLES, Catalogue, Link, Source, links_of

if TYPE_CHECKING:
    from diagsources.store import Record, Store
    from diagsources.terminal.styles import Mark
    from diagsources.verdict.health import Health
    from diagsources.verdict.trace import Drift

WITH_HEALTH = frozenset({"table", "json", "jsonl"})
"""The formats of lists that have room for it: the flat ones keep their columns."""


def marks(known: "Mapping[str, Health]") -> "Mapping[str, Mark]":
    """What is *known*, as the screen marks it: « en ligne, vu il y a 3 jours », and which link it is of, if not the
    first."""
    if not known:
        return {}
    from diagsources.terminal.styles import Mark
    from diagsources.verdict.health import in_a_word

    at = now()
    return {
        ident: Mark(one.verdict, in_a_word(one, at) + (f" ({ROLES.get(one.rel, one.rel)})" if one.rel != "url" else ""))
        for ident, one in known.items()
    }


def health(sources: Iterable[Source], rendering: Output, *, state: Path | None = None) -> "Mapping[str, Health]":
    """The health of *sources* by id, of those that were ever checked."""
    return health_by_links({source.id: links_of(source) for source in sources}, rendering, state=state)


def health_by_links(
    links: Mapping[str, Iterable[Link]], rendering: Output, *, state: Path | None = None
) -> "Mapping[str, Health]":
    """The health of sources whose *links* are given by id, of those that were ever checked."""
    path = state_file(state)
    if not path.exists():
        return {}
    # deferred: 30 ms, and many have never checked anything
    from diagsources.store import key_of
    from diagsources.verdict.health import health_of

    by_id = {ident: tuple(of_one) for ident, of_one in links.items()}
    with _store(path, rendering) as store:
        states = store.states(link for of_one in by_id.values() for link in of_one)
    found = {
        ident: health_of((link.rel, states[key]) for link in of_one if (key := key_of(link)) in states)
        for ident, of_one in by_id.items()
    }
    return {ident: one for ident, one in found.items() if one is not None}


def failing_by_theme(catalogue: Catalogue, known: "Mapping[str, Health]") -> dict[str, int]:
    """How many sources of each theme failed when they were last seen, those it shares included."""
    counts = dict.fromkeys((theme.id for theme in catalogue.themes), 0)
    for source in catalogue.sources:
        if source.id in known and known[source.id].state.is_down:
            for theme in source.themes:
                counts[theme] += 1
    return counts


_LAST = 30


class Past(NamedTuple):
    """What is remembered of a source."""

    checks: "tuple[Record, ...]"
    """The last ones of each of its links."""
    drifts: "tuple[tuple[Link, Drift], ...]"
    """Whether the pages of its links are what they were when it was verified, as far as that is known."""


def past(
    sources: Iterable[Source], known: "Mapping[str, Health]", rendering: Output, *, state: Path | None = None
) -> Mapping[str, Past]:
    """What is remembered of those of *sources* of which something is *known*, by id."""
    if not known:
        return {}
    with _store(state_file(state), rendering) as store:
        return {source.id: _past(store, source) for source in sources if source.id in known}


def _past(store: "Store", source: Source) -> Past:
    drifts = tuple((link, found) for link in links_of(source) if (found := store.drift(link)) is not None)
    return Past(store.history(source.id, last=_LAST), drifts)


def _store(path: Path, rendering: Output) -> "Store":
    from diagsources.store import remembering  # deferred: 11 ms, and many have never checked anything

    def say(trouble: DiagsourcesError) -> None:
        rendering.terminal.warn(f"mémoire : {trouble.message}", trouble.hint)

    return remembering(path, now=now(), say=say, creates=False)
