"""What the store keeps and gives back."""

import re
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from diagsources.model import Link, Verdict
from diagsources.urls import masked, normal
from diagsources.verdict.memory import Condition
from diagsources.verdict.trace import Trace


class LinkKey(NamedTuple):
    """Which link: its address, for whom and in which role."""

    source: str
    """The id of the source; "" for a link of a list, which its line does not name for long."""
    rel: str
    url: str
    """Normal, without credentials."""


_OF_A_LINE = re.compile(r"line-\d+")
_NORMAL = re.compile(r"https?://[a-z0-9.-]+/[!$-.0-9:;A-Z_a-z~/]*")
"""Most addresses: nothing to mask, to make normal or to encode; a third of what a check costs is saved."""


def key_of(link: Link) -> LinkKey:
    """What *link* is remembered by."""
    source = "" if _OF_A_LINE.fullmatch(link.id) else storable(link.id)
    url = link.url if _NORMAL.fullmatch(link.url) else storable(normal(masked(link.url)))
    return LinkKey(source, storable(link.rel), url)


class Record(NamedTuple):
    """A check as it was kept."""

    key: LinkKey
    run: int
    at: datetime
    verdict: Verdict
    reason: str
    message: str
    condition: Condition | None
    """What was known of the link then; None where the check says nothing of it: it was skipped."""
    status_code: int | None = None
    final_url: str = ""
    suggestion: str | None = None
    warnings: tuple[str, ...] = ()
    attempts: int = 1
    elapsed_ms: int = 0
    trace: Trace = Trace()

    @property
    def title(self) -> str | None:
        """The title of the page."""
        return self.trace.title


class Outcome(StrEnum):
    """How a run ended."""

    UNFINISHED = "unfinished"
    """It is under way, or was cut."""
    FINISHED = "finished"
    INCONCLUSIVE = "inconclusive"
    """It was us: no failure was kept."""


class RunRecord(NamedTuple):
    """A run as it was kept."""

    id: int
    scope: str
    """What was asked, in the words of whoever began it."""
    started_at: datetime
    finished_at: datetime | None
    outcome: Outcome


def storable(text: str) -> str:
    """*text* with lone surrogates, which no encoding has, as `\\ud800`."""
    return text if text.isascii() else text.encode(errors="backslashreplace").decode()
