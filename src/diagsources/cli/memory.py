"""What a run knows of its links from before, and keeps of what it sees: in the store, in a report kept elsewhere,
or nowhere."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from diagsources.cli.clock import now
from diagsources.cli.options import Output
from diagsources.errors import DiagsourcesError
from diagsources.model import Link
from diagsources.verdict import Answer, Check, Evidence, Judgement
from diagsources.verdict.memory import Kept, State, holds, sighting_of, state_after
from diagsources.verdict.trace import READ_AGAIN, Known, conditions
from diagsources.verdict.wording import how_long_ago

if TYPE_CHECKING:
    from diagsources.store import LinkKey, Record, Run, Store


class Memory(Protocol):
    """What a run asks of its memory."""

    remembers: bool
    """Whether anything is known of any link, or kept."""

    @property
    def resumes(self) -> bool:
        """Whether a run that is cut can be gone on with."""

    def keep(self, check: Check) -> Kept | None:
        """Takes *check* in; what is known of its link before and after, None without memory."""

    def known(self, link: Link) -> Known | None:
        """What was last read of the page of *link*, if it is to be asked for only where it has changed since."""

    def states(self, links: Sequence[Link]) -> Mapping[Link, State]:
        """What is known of *links*; what nothing is known of is absent."""

    def latest(self, links: Sequence[Link]) -> Mapping[Link, Check]:
        """The last check of each of *links*, as far as it is kept."""

    def seen(self, links: Sequence[Link]) -> Mapping[Link, tuple[Check, Kept]]:
        """Which of *links* the run has asked already, before it was cut."""

    def finish(self, *, is_whole: bool) -> None:
        """Ends the run; one that is not whole can be gone on with."""

    def retract(self) -> None:
        """Ends the run, and takes back every failure of it: it was us."""


class Forgetful:
    """No memory."""

    remembers = False
    resumes = False

    def keep(self, check: Check) -> Kept | None:
        """Nothing is known."""
        return None

    def known(self, link: Link) -> Known | None:
        """Nothing is known."""
        return None

    def states(self, links: Sequence[Link]) -> Mapping[Link, State]:
        """Nothing is known."""
        return {}

    def latest(self, links: Sequence[Link]) -> Mapping[Link, Check]:
        """Nothing is kept."""
        return {}

    def seen(self, links: Sequence[Link]) -> Mapping[Link, tuple[Check, Kept]]:
        """Nothing is kept."""
        return {}

    def finish(self, *, is_whole: bool) -> None:
        """Nothing is to be ended."""

    def retract(self) -> None:
        """Nothing is to be taken back."""


class Baseline(Forgetful):
    """The memory of a report that is kept elsewhere; the report of this run is the next one's."""

    remembers = True

    def __init__(self, path: str) -> None:
        """Raises `InputUnreadable`."""
        from diagsources.reports.kept import read
        from diagsources.reports.revived import known_of
        from diagsources.store import key_of

        self._key_of = key_of
        self._known: dict[LinkKey, State] = {}
        for record in read(path, sys.stdin)["checks"]:
            state = known_of(record)
            if state is not None:
                self._known[key_of(Link(record["id"], record["rel"], record["url"]))] = state

    def keep(self, check: Check) -> Kept | None:
        """Folds *check* into what the report says of its link."""
        before = self._known.get(self._key_of(check.link))
        return Kept(before, state_after(before, sighting_of(check, _THIS_RUN)))

    def states(self, links: Sequence[Link]) -> Mapping[Link, State]:
        """What the report says of *links*."""
        return {link: state for link in links if (state := self._known.get(self._key_of(link))) is not None}


_THIS_RUN = 1
"""A baseline is run 0."""


class Stored:
    """The memory of the store."""

    remembers = True

    def __init__(self, store: "Store", run: "Run") -> None:
        self._store = store
        self._run = run

    @property
    def resumes(self) -> bool:
        """Whether what is written will be there then."""
        return self._store.is_kept

    def keep(self, check: Check) -> Kept | None:
        """Writes *check*."""
        return self._run.keep(check)

    def known(self, link: Link) -> Known | None:
        """What was last read of it, not too long ago and well ever since."""
        read = self._store.last_read(link)
        if read is None or not holds(read.at, READ_AGAIN, now()) or not conditions(read.trace):
            return None
        return Known(read.final_url, read.trace)

    def states(self, links: Sequence[Link]) -> Mapping[Link, State]:
        """What is known of *links*."""
        from diagsources.store import key_of

        known = self._store.states(links)
        return {link: known[key] for link in links if (key := key_of(link)) in known}

    def latest(self, links: Sequence[Link]) -> Mapping[Link, Check]:
        """The last check of each of *links*."""
        from diagsources.store import key_of

        kept = self._store.latest(links)
        return {link: _check_of(link, kept[key]) for link in links if (key := key_of(link)) in kept}

    def seen(self, links: Sequence[Link]) -> Mapping[Link, tuple[Check, Kept]]:
        """Which of *links* the run has asked already."""
        recalled = {link: kept for link in links if (kept := self._run.recall(link)) is not None}
        return {link: (check, recalled[link]) for link, check in self.latest(list(recalled)).items()}

    def finish(self, *, is_whole: bool) -> None:
        """Ends the run; what is not whole stays to be gone on with."""
        if is_whole:
            self._run.finish(at=now())
        else:
            self._run.flush()

    def retract(self) -> None:
        """Ends the run as inconclusive."""
        self._run.retract(at=now())


def _check_of(link: Link, record: "Record") -> Check:
    """The check that *record* keeps, as far as it is kept."""
    answers = () if record.status_code is None else (Answer(record.final_url, record.status_code),)
    return Check(
        link,
        Evidence(
            link.url,
            answers,
            fault_url="" if answers else record.final_url,
            elapsed_ms=record.elapsed_ms,
            attempts=record.attempts,
        ),
        Judgement(record.verdict, record.reason, record.message, record.suggestion, record.warnings),
        record.at,
    )


@contextmanager
def stored(path: Path, *, scope: str, resume: bool, rendering: Output, at: datetime) -> Iterator[Memory]:
    """The store at *path*, with a run of *scope* begun, or gone on with; what is wrong with it is said, and the run
    goes on without."""
    from diagsources.store import remembering

    def say(trouble: DiagsourcesError) -> None:
        rendering.terminal.warn(f"mémoire : {trouble.message}", trouble.hint)

    with remembering(path, now=at, say=say) as store:
        cut = store.unfinished(scope) if resume else None
        if resume and cut is None:
            rendering.terminal.say(
                "rien à reprendre : aucun passage interrompu de ces liens n'est retenu ; tout est demandé"
            )
        if cut is not None:
            rendering.terminal.say(f"suite du passage commencé {how_long_ago(cut.started_at, at.astimezone())}")
        yield Stored(store, store.resume(cut) if cut is not None else store.begin(scope, at=at))
