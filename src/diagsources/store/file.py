"""The file of the store: created, migrated, and set aside where it is corrupt."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from diagsources.store.faults import BUSY, CORRUPT, code_of, newer, of_another, unusable

APPLICATION_ID = 0x64_69_61_67
"""« diag »: what tells our file from another SQLite database."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY,
            scope TEXT NOT NULL,
            started_at INTEGER NOT NULL, -- microseconds since 1970, as all dates
            finished_at INTEGER,
            outcome TEXT NOT NULL,
            first_check INTEGER NOT NULL -- no check of the run has a lower id
        )
        """,
        """
        CREATE TABLE links (
            id INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            rel TEXT NOT NULL,
            url TEXT NOT NULL,
            run INTEGER, -- that last asked it
            state TEXT, -- what is known of it, folded
            before TEXT, -- the same, before that run
            UNIQUE (source, rel, url)
        )
        """,
        """
        CREATE TABLE checks (
            id INTEGER PRIMARY KEY,
            run INTEGER NOT NULL,
            link INTEGER NOT NULL,
            at INTEGER NOT NULL,
            verdict TEXT NOT NULL,
            reason TEXT NOT NULL,
            is_proven INTEGER NOT NULL,
            condition TEXT,
            message TEXT NOT NULL,
            status_code INTEGER,
            final_url TEXT, -- where it is not that of the link
            suggestion TEXT,
            warnings TEXT,
            attempts INTEGER NOT NULL,
            elapsed_ms INTEGER NOT NULL,
            etag TEXT,
            last_modified TEXT,
            length INTEGER,
            digest TEXT,
            title TEXT
        )
        """,
        "CREATE INDEX checks_of_link ON checks (link)",
    ),
    # what its page was when its source was last verified
    ("ALTER TABLE links ADD COLUMN verified TEXT",),
)
"""The statements that lead from each version of the file (PRAGMA user_version) to the next, none ever changed."""

_PRESENT = (APPLICATION_ID, len(MIGRATIONS))


def connect(path: Path, *, patience_s: float, now: datetime) -> tuple[sqlite3.Connection, Path | None]:
    """The file at *path*, begun or migrated as need be; and where the one that was there is, if it was corrupt.

    Raises `StoreUnusable`.
    """
    try:
        # twice: of two programs that meet a corrupt file, one sets it aside, and the other finds a new one
        connection = _unless_corrupt(path, patience_s) or _unless_corrupt(path, patience_s)
        if connection is not None:
            return connection, None
        aside = set_aside(path, now)
        return _opened(path, patience_s), aside
    except (OSError, sqlite3.Error) as error:
        raise unusable(path, error) from error


def readable(path: Path) -> sqlite3.Connection | None:
    """The file at *path*, only to be read: of a disk or of an owner that lets nobody write; None where not even that
    can be done, or where it would have to be migrated first."""
    # immutable: to read a file in WAL, SQLite writes beside it, unless nobody else can write it either
    for options in ("mode=ro", "mode=ro&immutable=1"):
        with suppress(sqlite3.Error):
            connection = sqlite3.connect(f"{path.absolute().as_uri()}?{options}", uri=True, isolation_level=None)
            if _is_of_the_present(connection):
                return connection
    return None


def _is_of_the_present(connection: sqlite3.Connection) -> bool:
    """Whether *connection*, which is closed otherwise, has our file, as it is written now."""
    found: tuple[int, int] = (0, 0)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        found = _pragma(connection, "application_id"), _pragma(connection, "user_version")
    finally:
        if found != _PRESENT:
            connection.close()
    return found == _PRESENT


def in_memory() -> sqlite3.Connection:
    """A store that is forgotten when it is closed."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _migrate(connection, Path(":memory:"))
    return connection


def set_aside(path: Path, now: datetime) -> Path:
    """Renames the file at *path*, and what SQLite keeps beside it; says where to. Raises `OSError`."""
    wanted = f"{path.name}.corrompu-{now:%Y-%m-%d}"
    name, number = wanted, 1
    while path.with_name(name).exists():
        number += 1
        name = f"{wanted}-{number}"
    aside = path.with_name(name)
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    return aside


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing; the turn to write is taken at once, so that what is read in it holds."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # a full disk has rolled back by itself
            connection.execute("ROLLBACK")
        raise


def _unless_corrupt(path: Path, patience_s: float) -> sqlite3.Connection | None:
    try:
        return _opened(path, patience_s)
    except sqlite3.DatabaseError as error:
        if code_of(error) in CORRUPT:
            return None
        raise


def _opened(path: Path, patience_s: float) -> sqlite3.Connection:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # which addresses somebody checks is theirs alone
    connection = sqlite3.connect(path, timeout=patience_s, isolation_level=None)
    try:
        _refuse_others(connection, path)
        _in_turn(connection, "PRAGMA journal_mode = WAL", patience_s)
        # in WAL, a commit is safe from a kill without waiting for the disk; a power cut may cost the last ones
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA journal_size_limit = 8000000")
        _migrate(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_others(connection: sqlite3.Connection, path: Path) -> None:
    """Raises `StoreUnusable` of what is not for us to write; of what is new, says how it is to be laid out."""
    connection.execute("PRAGMA trusted_schema = OFF")
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not tables:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    elif _pragma(connection, "application_id") != APPLICATION_ID:
        raise of_another(path)
    if _pragma(connection, "user_version") > len(MIGRATIONS):
        raise newer(path)


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    if _pragma(connection, "user_version") == len(MIGRATIONS):
        return
    with transaction(connection):
        version = _pragma(connection, "user_version")  # another program may just have done it
        if version > len(MIGRATIONS):
            raise newer(path)
        for statements in MIGRATIONS[version:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _in_turn(connection: sqlite3.Connection, statement: str, patience_s: float) -> None:
    """Executes what SQLite does not wait for by itself: the change to WAL, where another makes it just then."""
    with closing(connection.cursor()) as cursor:
        give_up = time.monotonic() + patience_s
        while True:
            try:
                cursor.execute(statement)
            except sqlite3.OperationalError as error:
                if code_of(error) not in BUSY or time.monotonic() > give_up:
                    raise
                time.sleep(0.01)
            else:
                return


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)
