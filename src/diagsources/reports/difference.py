"""What a run has changed, in words: what fails that did not, what is well again, what lasts, what has moved."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from diagsources.model import ROLES, Verdict
from diagsources.text import NBSP, counted
from diagsources.verdict.memory import Change, is_newly_confirmed
from diagsources.verdict.told import Told
from diagsources.verdict.wording import how_long

_NAMED = 8
"""So many links are named for each change; the others are counted."""


class Kind(NamedTuple):
    """A kind of change: whose colour it has, and its words for one link and for many."""

    verdict: Verdict
    one: str
    many: str


CONFIRMED = "confirmed"
KINDS: Mapping[str, Kind] = {
    CONFIRMED: Kind(Verdict.BROKEN, "panne confirmée", "pannes confirmées"),
    Change.FAILING: Kind(Verdict.SUSPECT, "nouvel échec", "nouveaux échecs"),
    Change.STILL: Kind(Verdict.UNAVAILABLE, "échec qui dure", "échecs qui durent"),
    Change.RECOVERED: Kind(Verdict.OK, "rétabli", "rétablis"),
    Change.MOVED: Kind(Verdict.MOVED, "nouvelle adresse", "nouvelles adresses"),
    Change.WALLED: Kind(Verdict.RESTRICTED, "accès devenu restreint", "accès devenus restreints"),
    Change.OPENED: Kind(Verdict.OK, "accès rouvert", "accès rouverts"),
    Change.CHANGED: Kind(
        Verdict.MOVED, "page changée depuis sa vérification", "pages changées depuis leur vérification"
    ),
}
"""By what records call them, what to act on first at the head; what is confirmed by this run is that and no other."""


class Line(NamedTuple):
    """What there is of a kind of change: how many links, and which."""

    verdict: Verdict
    """Whose colour it has."""
    says: str
    names: tuple[str, ...]


def has_a_past(told: Iterable[Told]) -> bool:
    """Whether memory knew any of *told* before, so that there is something to compare with."""
    return any(one.kept is not None and one.kept.before is not None for one in told)


def is_new(told: Told) -> bool:
    """Whether *told* is news: all that has changed, without what merely lasts."""
    return told.change not in (None, Change.STILL) or _is_newly_confirmed(told) or (told.kept is None and told.counts)


def lines(told: Collection[Told]) -> Iterator[Line]:
    """The changes there are, what to act on first."""
    by_kind: dict[str, list[Told]] = {}
    for one in told:
        if name := _kind_of(one):
            by_kind.setdefault(name, []).append(one)
    for name, kind in KINDS.items():
        if several := by_kind.get(name):
            says = counted(len(several), kind.one, kind.many)
            yield Line(kind.verdict, says, _dated(several) if name == Change.STILL else names(several))


def _kind_of(told: Told) -> str | None:
    return CONFIRMED if _is_newly_confirmed(told) else told.change


def in_one_line(told: Collection[Told]) -> str:
    """« depuis la dernière fois : 1 panne confirmée, 2 rétablis »."""
    said = ", ".join(line.says for line in lines(told))
    return f"depuis la dernière fois{NBSP}: {said or 'rien de changé'}"


def _is_newly_confirmed(told: Told) -> bool:
    return told.kept is not None and not told.is_reused and is_newly_confirmed(told.kept)


def names(told: Sequence[Told]) -> tuple[str, ...]:
    """The first of the links of *told*, and how many others there are."""
    return _capped([_name(one) for one in told])


def _dated(told: Collection[Told]) -> tuple[str, ...]:
    names = []
    for one in told:
        state = one.kept.after if one.kept is not None else None
        aside = f" ({how_long(state.since, one.check.checked_at)})" if state is not None else ""
        names.append(_name(one) + aside)
    return _capped(names)


def _capped(names: Sequence[str]) -> tuple[str, ...]:
    more = len(names) - _NAMED
    return (*names[:_NAMED], *([f"et {counted(more, 'autre')}"] if more > 0 else ()))


def _name(told: Told) -> str:
    link = told.check.link
    return link.id if link.rel == "url" else f"{link.id} ({ROLES.get(link.rel, link.rel)})"
