"""From what the store remembers to what mending goes by."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from diagsources.mending import Seen
from diagsources.model import Link, Verdict
from diagsources.store import LinkKey, Record, Store, key_of
from diagsources.verdict.memory import Condition, State


def seen_of(store: Store, links: Iterable[Link]) -> list[Seen]:
    """What the last checks saw of each of *links*; those never asked are left out."""
    chosen = list(links)
    states = store.states(chosen)
    records: dict[str, dict[LinkKey, list[Record]]] = {}
    found = []
    for link in chosen:
        key = key_of(link)
        if key.source not in records:
            by_key: defaultdict[LinkKey, list[Record]] = defaultdict(list)
            for record in store.history(key.source):
                if record.condition is not None:  # what was skipped tells nothing
                    by_key[record.key].append(record)
            records[key.source] = by_key
        if history := records[key.source].get(key):
            found.append(_seen(link, history, states.get(key)))
    return found


def _seen(link: Link, history: Sequence[Record], state: State | None) -> Seen:
    last = history[-1]
    streak = []
    for record in reversed(history):
        if (record.verdict, record.suggestion) != (last.verdict, last.suggestion):
            break
        streak.append(record)
    is_down = state is not None and state.is_down
    first = state.since if state is not None and is_down else streak[-1].at
    return Seen(
        source=link.id,
        rel=link.rel,
        url=link.url,
        verdict=last.verdict,
        reason=last.reason,
        message=last.message,
        since=first.date(),
        on=last.at.date(),
        suggestion=last.suggestion,
        times=len({record.run for record in streak}) if last.verdict is Verdict.MOVED else 1,
        is_confirmed=state is not None and state.condition is Condition.CONFIRMED,
    )
