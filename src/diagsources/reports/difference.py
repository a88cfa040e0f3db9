"""What a run has changed, in words: what fails that did not, what is well again, what lasts, what has moved."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from diagsources.model import RELATIONS, Verdict
from diagsources.text import NBSP, counted
from diagsources.verdict.memory import Change, is_newly_confirmed
from diagsources.verdict.told import Told
from diagsources.verdict.wording import how_long

_NAMED = 8
"""So many links are named for each change; the others are counted."""


class Line(NamedTuple):
    """One kind of change: what it means, how many links it is of, and which."""

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


def lines(told: Sequence[Told]) -> Iterator[Line]:
    """The changes there are, what to act on first."""
    confirmed = [one for one in told if _is_newly_confirmed(one)]
    failing = [one for one in told if one.change is Change.FAILING and not _is_newly_confirmed(one)]
    still = [one for one in told if one.change is Change.STILL and not _is_newly_confirmed(one)]
    recovered = [one for one in told if one.change is Change.RECOVERED]
    moved = [one for one in told if one.change is Change.MOVED]
    walled = [one for one in told if one.change is Change.WALLED]
    opened = [one for one in told if one.change is Change.OPENED]
    changed = [one for one in told if one.change is Change.CHANGED]
    if confirmed:
        yield Line(Verdict.BROKEN, _several(confirmed, "panne confirmée", "pannes confirmées"), _names(confirmed))
    if failing:
        yield Line(Verdict.SUSPECT, _several(failing, "nouvel échec", "nouveaux échecs"), _names(failing))
    if still:
        yield Line(Verdict.UNAVAILABLE, _several(still, "échec qui dure", "échecs qui durent"), _dated(still))
    if recovered:
        yield Line(Verdict.OK, _several(recovered, "rétabli", "rétablis"), _names(recovered))
    if moved:
        yield Line(Verdict.MOVED, _several(moved, "nouvelle adresse", "nouvelles adresses"), _names(moved))
    if walled:
        yield Line(
            Verdict.RESTRICTED, _several(walled, "accès devenu restreint", "accès devenus restreints"), _names(walled)
        )
    if opened:
        yield Line(Verdict.OK, _several(opened, "accès rouvert", "accès rouverts"), _names(opened))
    if changed:
        says = _several(changed, "page changée depuis sa vérification", "pages changées depuis leur vérification")
        yield Line(Verdict.MOVED, says, _names(changed))


def in_one_line(told: Sequence[Told]) -> str:
    """« depuis la dernière fois : 1 panne confirmée, 2 rétablis »."""
    said = ", ".join(line.says for line in lines(told))
    return f"depuis la dernière fois{NBSP}: {said or 'rien de changé'}"


def _is_newly_confirmed(told: Told) -> bool:
    return told.kept is not None and not told.is_reused and is_newly_confirmed(told.kept)


def _several(told: Sequence[Told], one: str, many: str) -> str:
    return counted(len(told), one, many)


def _names(told: Sequence[Told]) -> tuple[str, ...]:
    return _capped([_name(one) for one in told])


def _dated(told: Sequence[Told]) -> tuple[str, ...]:
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
    return link.id if link.rel == "url" else f"{link.id} ({RELATIONS.get(link.rel, link.rel)})"
