"""What a run has told, kept small until it is reported: a fifth of the memory of the values themselves, and
nothing in which cycles have to be looked for."""

import marshal
from array import array
from collections.abc import Collection, Hashable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Generic, TypeAlias, TypeVar

from diagsources.model import Link
from diagsources.reports.checks import by_gravity
from diagsources.verdict import Answer, Check, Evidence, Fault, Judgement
from diagsources.verdict.told import Told

_Kept: TypeAlias = bytes | Told
"""A check in bytes where it is of plain values; as it is, where memory, an exception or steps add to it."""


_T = TypeVar("_T", bound=Hashable)


class Ledger(Collection[Told]):
    """Checks in the order in which they were told."""

    def __init__(self) -> None:
        self._kept: list[_Kept] = []
        self._links: _Numbered[tuple[Any, ...]] = _Numbered()
        """What links have in common: all but their id, address and line."""
        self._judgements: _Numbered[Judgement] = _Numbered()
        self._gravities: _Numbered[tuple[int, bool, str]] = _Numbered()
        self._gravity = array("L")
        """The number of the gravity of each check."""
        self._line = array("Q")

    def append(self, told: Told) -> None:
        """Adds *told* at the end."""
        rank, may_pass, file, line = by_gravity(told)
        self._gravity.append(self._gravities.number((rank, may_pass, file)))
        self._line.append(line)
        self._kept.append(self._small(told))

    def gravest_first(self) -> Collection[Told]:
        """The checks as `by_gravity` orders them."""
        gravities = self._gravities.values
        ranked = sorted(range(len(gravities)), key=gravities.__getitem__)
        rank_of = {number: rank << 64 for rank, number in enumerate(ranked)}
        keys = [rank_of[gravity] + line for gravity, line in zip(self._gravity, self._line, strict=True)]
        return _Ordered(self, sorted(range(len(self)), key=keys.__getitem__))

    def at(self, place: int) -> Told:
        """The check that was told after so many others."""
        kept = self._kept[place]
        return self._whole(kept) if isinstance(kept, bytes) else kept

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[Told]:
        return map(self.at, range(len(self)))

    def __contains__(self, told: object) -> bool:
        return any(one == told for one in self)

    def _small(self, told: Told) -> _Kept:
        (link, evidence, judgement, checked_at), *made_of_it = told
        ident, rel, url, title, theme, file, line, *rest = link
        _, answers, fault, *seen = evidence
        try:
            return marshal.dumps(
                (
                    (ident, url, line),
                    self._links.number((rel, title, theme, file, *rest)),
                    list(map(tuple, answers)),
                    fault and fault.value,
                    seen,
                    self._judgements.number(judgement),
                    checked_at.timestamp(),
                    made_of_it,
                )
            )
        except ValueError:  # more than plain values
            return told

    def _whole(self, kept: bytes) -> Told:
        (ident, url, line), number, answers, fault, seen, judgement, at, made_of_it = marshal.loads(kept)  # noqa: S302 - our own
        rel, title, theme, file, *rest = self._links.values[number]
        link = Link(ident, rel, url, title, theme, file, line, *rest)
        evidence = Evidence(url, tuple([Answer(*answer) for answer in answers]), fault and Fault(fault), *seen)
        check = Check(link, evidence, self._judgements.values[judgement], datetime.fromtimestamp(at, UTC))
        return Told(check, *made_of_it)


class _Ordered(Collection[Told]):
    """The checks of a ledger in another order."""

    def __init__(self, ledger: Ledger, order: Sequence[int]) -> None:
        self._ledger = ledger
        self._order = order

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[Told]:
        return map(self._ledger.at, self._order)

    def __contains__(self, told: object) -> bool:
        return told in self._ledger


class _Numbered(Generic[_T]):
    """Values that come again and again, each kept once."""

    def __init__(self) -> None:
        self.values: list[_T] = []
        self._numbers: dict[_T, int] = {}

    def number(self, value: _T) -> int:
        """The number of *value*, from 0."""
        number = self._numbers.get(value)
        if number is None:
            number = self._numbers[value] = len(self.values)
            self.values.append(value)
        return number
