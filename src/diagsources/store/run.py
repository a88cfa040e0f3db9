"""A run that writes what it sees.

A check is committed by itself, as it arrives, which is half of what it costs; in a run of very many, some may
share a commit. While another program has its turn to write, checks wait in memory, and no longer than it takes:
the loop that asks the network is never held up.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

from diagsources.model import FAILING, Link, Verdict
from diagsources.store.drifting import drift_kept
from diagsources.store.guard import Busy, Guarded
from diagsources.store.rows import CHECK_COLUMNS, dumped, instant, loaded, microseconds, row_of
from diagsources.store.values import Outcome, key_of
from diagsources.verdict import Check
from diagsources.verdict.memory import PATIENCE, Kept, Patience, Sighting, State, sighting_of, state_after

_PATIENCE_IN_A_RUN_S = 0.02
_RETRY_AFTER_S = 0.25
"""While another program writes for long, how often a run asks for its turn (seconds)."""
_TOGETHER_S = 0.25
"""How long a check may wait for others to share its commit, as long as more arrive (seconds)."""
_MOST_PENDING = 10_000
"""So many checks that wait for a turn are not going to have one."""

FIND_LINK = "SELECT id, run, state, before FROM links WHERE source = ? AND rel = ? AND url = ?"
_INSERT_LINK = "INSERT INTO links (source, rel, url) VALUES (?, ?, ?)"
_UPDATE_LINK = "UPDATE links SET run = ?, state = ?, before = ? WHERE id = ?"
_INSERT = f"INSERT INTO checks ({', '.join(CHECK_COLUMNS)}) VALUES ({', '.join('?' * len(CHECK_COLUMNS))})"  # noqa: S608 - our own names
_OF_RUN = "SELECT id, link, verdict FROM checks WHERE id >= (SELECT first_check FROM runs WHERE id = ?) AND run = ?"
_SIGHTINGS = "SELECT at, verdict, reason, run, is_proven FROM checks WHERE link = ? ORDER BY id"


class _Pending(NamedTuple):
    check: Check
    sighting: Sighting
    found: Sequence[Any] | None = None
    """The row of its link when it came, and what that folded to; None for not looked at."""
    foreseen: Kept | None = None


class Run:
    """One run: what it keeps is in the file at once."""

    def __init__(self, file: Guarded, number: int, *, patience: Patience = PATIENCE, together: int = 1) -> None:
        self.id = number
        self._file = file
        self._patience = patience
        self._together = together
        self._pending: list[_Pending] = []
        self._due = 0.0
        """When what waits is to be written, whatever its number."""
        self._is_refused = False
        """Whether another program had its turn when we last asked for ours."""

    @property
    def pending(self) -> int:
        """How many checks wait to be written; the others are in the file."""
        return len(self._pending)

    def keep(self, check: Check) -> Kept:
        """Writes *check*; says what was known of its link before this run, and what is known now."""
        sighting = sighting_of(check, self.id)
        is_alone = self._together == 1 and not self._is_refused
        found = None if is_alone else next(self._file.rows(FIND_LINK, key_of(check.link)), None)
        foreseen = None if is_alone else self._fold(found, sighting)
        if self._file.writes:
            if not self._pending:
                self._due = self._file.clock() + _TOGETHER_S
            self._pending.append(_Pending(check, sighting, found, foreseen))
            if self._is_time():
                kept = self._flush(patience_s=_PATIENCE_IN_A_RUN_S, tries=len(self._pending) < _MOST_PENDING)
                if kept is not None:
                    return kept
        return foreseen or self._fold(next(self._file.rows(FIND_LINK, key_of(check.link)), None), sighting)

    def recall(self, link: Link) -> Kept | None:
        """What this run has made of *link* already, were it before it was cut; None where it has not asked it."""
        for _, run, plain, before in self._file.rows(FIND_LINK, key_of(link)):
            if run == self.id:
                return Kept(loaded(before), loaded(plain))
        return None

    def flush(self) -> None:
        """Writes what waits, however long that takes."""
        self._flush(patience_s=self._file.patience_s, tries=False)

    def finish(self, *, at: datetime) -> None:
        """Ends the run: all that it was to ask was asked."""
        self._end(Outcome.FINISHED, at)

    def retract(self, *, at: datetime) -> None:
        """Ends the run as inconclusive, and takes back every failure that it has kept: it was us."""
        self.flush()
        self._file.write(self._take_back)
        self._end(Outcome.INCONCLUSIVE, at)

    def _end(self, outcome: Outcome, at: datetime) -> None:
        self.flush()
        update = "UPDATE runs SET finished_at = ?, outcome = ? WHERE id = ?"
        self._file.write(lambda: self._file.connection.execute(update, (microseconds(at), outcome.value, self.id)))

    def _is_time(self) -> bool:
        """Whether what waits is to be written now."""
        if not self._is_refused and len(self._pending) >= self._together:
            return True
        return self._file.clock() >= self._due

    def _flush(self, *, patience_s: float, tries: bool) -> Kept | None:
        """Writes what waits; what memory makes of the last of it, None where it has to wait or is lost."""
        if not self._pending:
            return None
        try:
            kept = self._file.write(self._put_all, patience_s=patience_s, tries=tries)
        except Busy:
            self._is_refused, self._due = True, self._file.clock() + _RETRY_AFTER_S
            return None
        self._pending.clear()
        self._is_refused = False
        return kept

    def _put_all(self) -> Kept:
        for pending in self._pending:
            kept = self._put(pending)
        return kept

    def _put(self, pending: _Pending) -> Kept:
        execute = self._file.connection.execute
        key = key_of(pending.check.link)
        found: Sequence[Any] | None = execute(FIND_LINK, key).fetchone()
        # another run, or this one, may have seen the link meanwhile
        foreseen = pending.foreseen if pending.found == found else None
        kept = foreseen or self._fold(found, pending.sighting)
        link, run, plain, before = found or (execute(_INSERT_LINK, key).lastrowid or 0, None, None, None)
        if pending.sighting.verdict is Verdict.SKIPPED or kept.after is None:
            execute(_INSERT, row_of(pending.check, pending.sighting, link, None))
            return kept
        execute(_INSERT, row_of(pending.check, pending.sighting, link, kept.after.condition))
        execute(_UPDATE_LINK, (self.id, dumped(kept.after), before if run == self.id else plain, link))
        drift = drift_kept(execute, link, pending.check)
        return kept._replace(drift=drift) if drift is not None else kept

    def _fold(self, found: Sequence[Any] | None, sighting: Sighting) -> Kept:
        """What memory makes of *sighting* of the link of the row *found*."""
        if found is None:
            return Kept(None, state_after(None, sighting, self._patience))
        _, run, plain, plain_before = found
        state = loaded(plain)
        before = loaded(plain_before) if run == self.id else state
        return Kept(before, state_after(state, sighting, self._patience))

    def _take_back(self) -> None:
        execute = self._file.connection.execute
        failures = [
            (number, link)
            for number, link, verdict in execute(_OF_RUN, (self.id, self.id)).fetchall()
            if verdict in FAILING
        ]
        for number, _ in failures:
            execute("DELETE FROM checks WHERE id = ?", (number,))
        for link in {link for _, link in failures}:
            execute(_UPDATE_LINK, (None, dumped(self._refolded(link)), None, link))

    def _refolded(self, link: int) -> State | None:
        """The state that the history of *link* folds to."""
        state = None
        rows = self._file.connection.execute(_SIGHTINGS, (link,))
        for at, verdict, reason, run, is_proven in rows:
            with suppress(ValueError, OverflowError):
                sighting = Sighting(instant(at), Verdict(verdict), reason, run, bool(is_proven))
                state = state_after(state, sighting, self._patience)
        return state
