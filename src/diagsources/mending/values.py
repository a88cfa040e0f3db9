"""What was seen of a link, what might stand in its place, and the change that follows."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, TypeAlias, Union

from diagsources.model import Source, Verdict

Path: TypeAlias = tuple[str | int, ...]
"""Keys and ranks from the top of an entry: `("links", 2, "url")`."""
Value: TypeAlias = Union[str, date, "Sequence[Value]", dict[str, "Value"]]


class Seen(NamedTuple):
    """What the last checks have seen of a link of the catalogue."""

    source: str
    rel: str
    url: str
    verdict: Verdict
    reason: str
    message: str
    since: date
    """The first of the days on which the same was seen, without a break."""
    on: date
    """The last of them."""
    suggestion: str | None = None
    times: int = 1
    """In how many runs in a row the same suggestion was seen."""
    is_confirmed: bool = False
    """Whether its failure is sure."""


END = 1_000_000
"""The rank of what is added to a list."""


class Change(NamedTuple):
    """The value that is to stand at *path* of an entry, where *was* stands now; "" for whatever does."""

    path: Path
    value: Value
    was: str = ""


class Fix(NamedTuple):
    """The changes of one entry that go together, and why."""

    source: Source
    code: str
    """`moved`, `https`, `successor`, `renamed`, `dataset`, `archive`, `former`."""
    says: str
    """What was seen, in French."""
    changes: tuple[Change, ...]
    url: str = ""
    """The new address."""
    is_safe: bool = False
    instead: str = ""
    """What the new address is, or what else becomes of the old one, in French."""


class Snapshot(NamedTuple):
    """An archived copy: its address and its day."""

    url: str
    on: date


class Want(NamedTuple):
    """A link for which another address is to be found, and what would do: `successor`, `renamed`, `dataset`, `archive`,
    `https` or `moved`."""

    source: Source
    seen: Seen
    successor: str = ""
    """The address that the catalogue itself names."""


class Offer(NamedTuple):
    """An address that may stand in for one that is wanted."""

    code: str
    url: str
    on: date | None = None
    """The day of an archived copy."""
    title: str = ""
    """What the dataset is called there."""


class PageSays(NamedTuple):
    """What a page says of itself: texts on one line, bounded, without controls; "" for what it does not say."""

    title: str = ""
    description: str = ""
    language: str = ""
    publisher: str = ""
    keywords: tuple[str, ...] = ()
    platform: str = ""
    """A key of `PLATFORMS`."""
