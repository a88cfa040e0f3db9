"""The connection, guarded: what is wrong with the file is said once, and a run goes on without it."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from diagsources.store.faults import BUSY, CORRUPT, StoreUnusable, code_of, set_aside_as, unusable
from diagsources.store.file import in_memory, set_aside, transaction

PATIENCE_S = 5.0
"""How long to wait for a turn to write, before and after a run (seconds)."""

_PAGES_AT_ONCE = 500

_T = TypeVar("_T")


class Busy(Exception):
    """Another program has its turn to write."""


class Guarded:
    """A connection to the file at *path*. *say* is told what is wrong with it, once; where there is none to tell,
    it is raised."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        *,
        now: datetime,
        patience_s: float = PATIENCE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.path = path
        self.connection = connection
        self.say: Callable[[StoreUnusable], None] | None = None
        self.patience_s = patience_s
        self.clock = clock
        self.is_kept = any(name for _, _, name in connection.execute("PRAGMA database_list"))
        """Whether what is written outlives us."""
        self.writes = True
        """Whether anything is written any more."""
        self._now = now
        self._waits_s = -1.0

    def rows(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Sequence[Any]]:
        """The rows of *statement*; as many as can be read."""
        try:
            with closing(self.connection.execute(statement, values)) as cursor:
                yield from cursor
        except sqlite3.Error as error:
            self._trouble(error)

    def write(self, action: Callable[[], _T], *, patience_s: float | None = None, tries: bool = False) -> _T | None:
        """What *action* returns, done in one transaction; None where that was not to be.

        *tries*: that another program has its turn is no trouble, and is raised as `Busy`.
        """
        if not self.writes:
            return None
        try:
            self._wait(self.patience_s if patience_s is None else patience_s)
            with transaction(self.connection):
                return action()
        except sqlite3.Error as error:
            if tries and code_of(error) in BUSY:
                raise Busy from error
            self._trouble(error)
            return None

    def give_room_back(self) -> None:
        """Shortens the file by what it no longer uses, some pages to a transaction."""
        before = 0
        try:
            self._wait(self.patience_s)
            while self.writes:
                (unused,) = self.connection.execute("PRAGMA freelist_count").fetchone()
                if unused in (0, before):
                    return
                before = unused
                # as a script, which is run to its end: `execute` gives one page back, and stops
                self.connection.executescript(f"PRAGMA incremental_vacuum({_PAGES_AT_ONCE})")
        except sqlite3.Error as error:
            self._trouble(error)

    def _wait(self, patience_s: float) -> None:
        """Has SQLite wait so long for a turn to write (seconds)."""
        if self._waits_s != patience_s:
            self.connection.execute(f"PRAGMA busy_timeout = {round(patience_s * 1000)}")
            self._waits_s = patience_s

    def _trouble(self, error: sqlite3.Error) -> None:
        """Sets a corrupt file aside, and writes no more; says so, or raises `StoreUnusable`."""
        if isinstance(error, sqlite3.ProgrammingError):
            raise error  # ours
        found = unusable(self.path, error)
        if code_of(error) in CORRUPT and self.is_kept:
            self.connection.close()
            with suppress(OSError):
                found = set_aside_as(self.path, set_aside(self.path, self._now))
            self.connection = in_memory()
        else:
            self.writes = False
        was_kept, self.is_kept = self.is_kept, False
        if self.say is None:
            raise found from error
        if was_kept:
            self.say(found)
