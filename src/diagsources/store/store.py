"""The store: what it knows of links, and the runs it begins."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from diagsources.model import Link, Verdict
from diagsources.store.drifting import drift_told
from diagsources.store.faults import StoreUnusable, set_aside_as, unusable
from diagsources.store.file import connect, in_memory, readable
from diagsources.store.guard import PATIENCE_S, Guarded
from diagsources.store.rows import RECORD_COLUMNS, instant, loaded, microseconds, records_of, run_of
from diagsources.store.run import FIND_LINK, Run
from diagsources.store.values import LinkKey, Outcome, Record, RunRecord, key_of, storable
from diagsources.urls import masked, normal
from diagsources.verdict.memory import ALL_KEPT, PATIENCE, Condition, Moment, Patience, State, superfluous
from diagsources.verdict.trace import Drift

_PRUNED_AT_ONCE = 500
"""Deletions to a transaction: a run beside waits 10 ms for its turn, and not for the whole."""

_LONGEST_RUN_US = 2 * 86_400 * 1_000_000
"""How long before a check its run may have begun, unless it was resumed."""

_LAST = "ORDER BY id DESC LIMIT 1"
_ALL_STATES = "SELECT source, rel, url, state FROM links WHERE state IS NOT NULL"
_EMPTY_RUNS = "DELETE FROM runs WHERE started_at < ? AND id NOT IN (SELECT run FROM checks)"

_RECORD = f"l.source, l.rel, l.url, {', '.join(f'c.{column}' for column in RECORD_COLUMNS)}"
_RUN = "SELECT id, scope, started_at, finished_at, outcome FROM runs"
# nothing but names of our own columns is put into these texts
_LATEST = (
    f"SELECT {_RECORD} FROM links l CROSS JOIN checks c ON c.link = l.id"  # noqa: S608
    " WHERE l.source = ? AND l.rel = ? AND l.url = ? AND c.condition IS NOT NULL ORDER BY c.id DESC LIMIT 1"
)
_RECENT = (
    f"SELECT {_RECORD} FROM links l CROSS JOIN checks c ON c.link = l.id"  # noqa: S608
    " WHERE l.source = ? AND l.rel = ? AND l.url = ? AND c.condition IS NOT NULL ORDER BY c.id DESC LIMIT 50"
)
_BASELINE = "SELECT id, verified FROM links WHERE source = ? AND rel = ? AND url = ?"
_LINKS_OF = "SELECT id FROM links WHERE source = ?"
_LINKS_AT = "SELECT id FROM links WHERE url = ?"
_BEFORE = (
    "(SELECT {0} FROM checks p WHERE p.link = checks.link AND p.id < checks.id AND p.condition IS NOT NULL"
    " ORDER BY p.id DESC LIMIT 1)"
)
_CHANGES = (
    f"SELECT {_RECORD} FROM (SELECT *, {_BEFORE.format('verdict')} AS was, {_BEFORE.format('condition')} AS"  # noqa: S608
    " was_condition FROM checks WHERE id >= (SELECT min(first_check) FROM runs WHERE started_at >= ?"
    " OR finished_at >= ? OR id = (SELECT max(id) FROM runs)) AND at >= ? AND condition IS NOT NULL) c"
    " JOIN links l ON l.id = c.link WHERE c.was IS NULL AND c.condition <> 'healthy'"
    " OR c.was <> c.verdict OR c.was_condition <> c.condition AND c.condition = 'confirmed' ORDER BY c.id"
)
_HISTORY = (
    f"SELECT {_RECORD}, c.id FROM links l CROSS JOIN checks c ON c.link = l.id"  # noqa: S608
    " WHERE l.id = ? AND c.at >= ? ORDER BY c.id DESC LIMIT ?"
)
_OF_RUN = (
    f"SELECT {_RECORD} FROM checks c CROSS JOIN links l ON l.id = c.link"  # noqa: S608
    " WHERE c.id >= (SELECT first_check FROM runs WHERE id = ?) AND c.run = ? ORDER BY c.id"
)


def open_store(path: Path, *, now: datetime, creates: bool = True, patience_s: float = PATIENCE_S) -> "Store":
    """The store at *path*; where there is none, an empty one, which is not written unless it *creates*.

    A corrupt file is set aside, as `Store.set_aside` says; one that may not be written is read all the same, by who
    does not create. Raises `StoreUnusable`, as do the methods.
    """
    try:
        is_new = not path.exists()
    except OSError as error:
        raise unusable(path, error) from error
    if is_new and not creates:
        return Store(Guarded(path, in_memory(), now=now))
    try:
        connection, aside = connect(path, patience_s=patience_s, now=now)
    except StoreUnusable:
        only_read = None if creates else readable(path)
        if only_read is None:
            raise
        connection, aside = only_read, None
    return Store(Guarded(path, connection, now=now, patience_s=patience_s), set_aside=aside)


def remembering(
    path: Path,
    *,
    now: datetime,
    say: Callable[[StoreUnusable], None],
    creates: bool = True,
    patience_s: float = PATIENCE_S,
) -> "Store":
    """The store at *path* for those to whom it is a help and not the matter: what is wrong with it is said, once,
    and it goes on with what it can still read, or with nothing. Never raises."""
    try:
        store = open_store(path, now=now, creates=creates, patience_s=patience_s)
    except StoreUnusable as error:
        say(error)
        return Store(Guarded(path, in_memory(), now=now))
    if store.set_aside is not None:
        say(set_aside_as(path, store.set_aside))
    store.goes_on(say)
    return store


class Store:
    """What is remembered, open: a context manager."""

    def __init__(self, file: Guarded, *, set_aside: Path | None = None) -> None:
        self.set_aside = set_aside
        """Where the file that was there is now, if it was corrupt when it was opened."""
        self._file = file
        self._run: Run | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends; what waits for a turn to be written has it now."""
        try:
            if self._run is not None:
                self._run.flush()
        finally:
            with suppress(sqlite3.Error):
                self._file.connection.close()

    @property
    def is_kept(self) -> bool:
        """Whether what is written will be there tomorrow."""
        return self._file.is_kept

    def goes_on(self, say: Callable[[StoreUnusable], None]) -> None:
        """From now on, what is wrong with the file is told to *say*, once, and not raised."""
        self._file.say = say

    def begin(self, scope: str, *, at: datetime, patience: Patience = PATIENCE, together: int = 1) -> Run:
        """A new run, of what *scope* says. So many checks *together* share a commit: with 1, none is ever lost."""

        def insert() -> int:
            cursor = self._file.connection.execute(
                "INSERT INTO runs (scope, started_at, outcome, first_check)"
                " VALUES (?, ?, ?, (SELECT ifnull(max(id), 0) + 1 FROM checks))",
                (storable(scope), microseconds(at), Outcome.UNFINISHED.value),
            )
            return int(cursor.lastrowid or 0)

        number = self._file.write(insert)
        if number is None:
            last = self.last_run(outcome=None)
            number = last.id + 1 if last else 1
        return self._start(Run(self._file, number, patience=patience, together=together))

    def resume(self, run: RunRecord, *, patience: Patience = PATIENCE, together: int = 1) -> Run:
        """*run*, gone on with."""
        return self._start(Run(self._file, run.id, patience=patience, together=together))

    def last_run(self, scope: str | None = None, *, outcome: Outcome | None = Outcome.FINISHED) -> RunRecord | None:
        """The last run that ended so, of all or of those of *scope*; None for any *outcome*."""
        wanted = (None if scope is None else storable(scope), outcome and outcome.value)
        for row in self._file.rows(
            f"{_RUN} WHERE ifnull(?, scope) = scope AND ifnull(?, outcome) = outcome {_LAST}", wanted
        ):
            return run_of(row)
        return None

    def unfinished(self, scope: str) -> RunRecord | None:
        """The last run of *scope*, if it was cut or is under way."""
        last = self.last_run(scope, outcome=None)
        return last if last is not None and last.outcome is Outcome.UNFINISHED else None

    def states(self, links: Iterable[Link] | None = None) -> dict[LinkKey, State]:
        """What is known of *links*, or of every link; what nothing is known of is absent."""
        if links is None:
            found = ((LinkKey(*row[:3]), row[3]) for row in self._file.rows(_ALL_STATES))
        else:
            keys = dict.fromkeys(key_of(link) for link in links)
            found = ((key, row[2]) for key in keys for row in self._file.rows(FIND_LINK, key))
        return {key: state for key, plain in found if (state := loaded(plain)) is not None}

    def latest(self, links: Iterable[Link]) -> dict[LinkKey, Record]:
        """The last check of each of *links* that was not skipped."""
        keys = dict.fromkeys(key_of(link) for link in links)
        return {record.key: record for key in keys for record in records_of(self._file.rows(_LATEST, key))}

    def last_read(self, link: Link) -> Record | None:
        """The check that last read the page of *link*, of those at the end of its history that found it well."""
        with closing(records_of(self._file.rows(_RECENT, key_of(link)))) as recent:
            for record in recent:
                if record.verdict not in (Verdict.OK, Verdict.MOVED):
                    return None
                if record.status_code is not None and record.status_code < 300:
                    return record
        return None

    def drift(self, link: Link) -> Drift | None:
        """Whether the page of *link* is what it was when its source was verified, as far as that is known."""
        execute = self._file.rows
        for number, plain in execute(_BASELINE, key_of(link)):
            found = drift_told(execute, number, plain)
            return found if found is not None and found.verified_on == link.verified_on else None
        return None

    def history(self, source: str, *, since: datetime | None = None, last: int | None = None) -> tuple[Record, ...]:
        """The checks of the links of *source*, an id or an address, oldest first: those *since* then, the *last*
        so many of each link."""
        first, most = -(2**62) if since is None else microseconds(since), -1 if last is None else last
        is_address = "://" in source
        name = normal(masked(source)) if is_address else source
        links = [link for (link,) in self._file.rows(_LINKS_AT if is_address else _LINKS_OF, (storable(name),))]
        # link by link: each is read from its end, and none further than it takes
        rows = [row for link in links for row in self._file.rows(_HISTORY, (link, first, most))]
        rows.sort(key=lambda row: int(row[-1]))
        return tuple(records_of(row[:-1] for row in rows))

    def changes(self, since: datetime) -> tuple[Record, ...]:
        """The checks *since* then that saw another verdict than the one before, or made sure of a failure; and the
        first of a link, if it failed."""
        day = microseconds(since)
        return tuple(records_of(self._file.rows(_CHANGES, (day - _LONGEST_RUN_US, day, day))))

    def sources(self) -> tuple[str, ...]:
        """The ids of the sources of which anything is remembered."""
        return tuple(name for (name,) in self._file.rows("SELECT DISTINCT source FROM links WHERE source <> ''"))

    def checks_of(self, run: RunRecord) -> Iterator[Record]:
        """The checks that *run* has kept, in their order."""
        return records_of(self._file.rows(_OF_RUN, (run.id, run.id)))

    def prune(self, now: datetime) -> int:
        """Forgets what is old and tells nothing more, as `superfluous` has it; says how many checks that was."""
        gone = 0
        batch: list[int] = []
        links = [number for (number,) in self._file.rows("SELECT id FROM links")]
        for link in links:
            batch.extend(superfluous(self._moments(link), now))
            while len(batch) >= _PRUNED_AT_ONCE or (batch and link == links[-1]):
                gone += self._delete(batch[:_PRUNED_AT_ONCE])
                batch = batch[_PRUNED_AT_ONCE:]
        before = microseconds(now - ALL_KEPT)
        self._file.write(lambda: self._file.connection.execute(_EMPTY_RUNS, (before,)))
        self._file.give_room_back()
        return gone

    def _moments(self, link: int) -> Iterator[Moment]:
        rows = self._file.rows("SELECT id, at, verdict, condition FROM checks WHERE link = ? ORDER BY id", (link,))
        for number, at, verdict, condition in rows:
            with suppress(ValueError, OverflowError):
                yield Moment(number, instant(at), Verdict(verdict), None if condition is None else Condition(condition))

    def _delete(self, numbers: Sequence[int]) -> int:
        delete = "DELETE FROM checks WHERE id = ?"
        done = self._file.write(lambda: self._file.connection.executemany(delete, [(number,) for number in numbers]))
        return 0 if done is None else len(numbers)

    def _start(self, run: Run) -> Run:
        if self._run is not None:
            self._run.flush()
        self._run = run
        return run
