"""What can be wrong with the file: one sentence each, and a run that goes on."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from diagsources.model import Verdict
from diagsources.store import FILE_NAME, StoreUnusable, file, open_store, remembering
from diagsources.store.file import APPLICATION_ID, MIGRATIONS
from diagsources.verdict.memory import Condition
from tests.store.samples import DAY, START, bytes_of, check_of, link_of, live
from tests.support.disks import small_disk, unwritable


class Listener(list[str]):
    """Keeps what is said."""

    def __call__(self, error: StoreUnusable) -> None:
        self.append(error.message)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_file_is_its_owners_alone(path: Path) -> None:
    with open_store(path, now=START) as store:
        live(store, "o")

        modes = {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}

    assert modes == {0o600}


def test_nothing_is_left_beside_the_file_once_it_is_closed(path: Path) -> None:
    with open_store(path, now=START) as store:
        live(store, "o")

    assert [each.name for each in path.parent.iterdir()] == [FILE_NAME]


def test_who_only_reads_makes_no_file(path: Path) -> None:
    with open_store(path, now=START, creates=False) as store:
        assert store.states() == {}
        assert not store.is_kept

    assert not path.parent.exists()


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")

    with pytest.raises(StoreUnusable, match=r"checks\.sqlite3 : ") as told:
        open_store(tmp_path / "state" / FILE_NAME, now=START)

    assert told.value.exit_code == 2
    assert "\n" not in told.value.message


def test_a_file_that_is_a_folder_is_told(path: Path) -> None:
    path.mkdir(parents=True)

    with pytest.raises(StoreUnusable, match="impossible de l'ouvrir"):
        open_store(path, now=START)


def test_a_disk_that_is_read_only_is_told(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "ro") as disk, pytest.raises(StoreUnusable, match="disque en lecture seule"):
        open_store(disk / FILE_NAME, now=START)


def test_a_folder_that_is_read_only_is_told(tmp_path: Path) -> None:
    with unwritable(tmp_path / "folder") as folder, pytest.raises(StoreUnusable, match=r"accès refusé|lecture seule"):
        open_store(folder / FILE_NAME, now=START)


def test_what_may_not_be_written_is_read_all_the_same_by_who_only_reads(tmp_path: Path) -> None:
    with open_store(tmp_path / FILE_NAME, now=START) as store:
        live(store, "ou")

    with unwritable(tmp_path / "folder", tmp_path / FILE_NAME) as folder:
        with open_store(folder / FILE_NAME, now=START, creates=False) as store:
            assert [record.verdict for record in store.history("s1")] == [Verdict.OK, Verdict.UNAVAILABLE]
            with pytest.raises(StoreUnusable):
                store.prune(START + 900 * DAY)
        with pytest.raises(StoreUnusable):
            open_store(folder / FILE_NAME, now=START)


def test_a_disk_that_is_full_from_the_start_is_told(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "size=64k") as disk:
        (disk / "ballast").write_bytes(b"x" * 60_000)

        with pytest.raises(StoreUnusable, match="disque plein"):
            open_store(disk / FILE_NAME, now=START)


def test_a_disk_that_fills_up_in_mid_run_is_told_once_and_memory_still_read(tmp_path: Path) -> None:
    said = Listener()
    links = [link_of(number) for number in range(3000)]
    with small_disk(tmp_path / "disk", "size=2m") as disk:
        with remembering(disk / FILE_NAME, now=START, say=said) as store:
            live(store, "o", links[:50])
            run = store.begin("all", at=START + DAY)
            kept = [run.keep(check_of(link, "u", at=START + DAY)) for link in links]
            again = run.keep(check_of(links[0], "u", at=START + DAY))
            run.finish(at=START + DAY)
            assert not store.is_kept

        with closing(sqlite3.connect(disk / FILE_NAME)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    assert said == [f"{disk / FILE_NAME} : disque plein"]
    assert {one.after.condition for one in (*kept, again) if one.after} == {Condition.FRAGILE}
    assert all(one.before is not None for one in kept[:50])


@pytest.mark.parametrize("content", [b"garbage " * 1000, b"SQLite format 3\0" + b"\xff" * 5000, b"\0" * 4096])
def test_garbage_is_set_aside_and_a_new_file_begun(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    said = Listener()

    with remembering(path, now=START, say=said) as store:
        live(store, "o")
    aside = path.with_name(f"{FILE_NAME}.corrompu-2026-11-03")

    assert said == [f"{path} : le fichier est endommagé, et mis de côté sous le nom {aside.name}"]
    assert aside.read_bytes() == content
    with open_store(path, now=START) as store:
        assert len(store.states()) == 1


def test_a_second_corrupt_file_of_the_day_has_a_name_of_its_own(path: Path) -> None:
    path.parent.mkdir()
    for number in range(2):
        path.write_bytes(b"garbage %d " % number * 1000)
        open_store(path, now=START).close()

    names = {each.name for each in path.parent.iterdir()}

    assert names == {FILE_NAME, f"{FILE_NAME}.corrompu-2026-11-03", f"{FILE_NAME}.corrompu-2026-11-03-2"}


def test_a_file_that_turns_out_corrupt_in_mid_run_is_set_aside_and_the_run_goes_on(path: Path) -> None:
    with open_store(path, now=START) as store:
        live(store, "ou", [link_of(number) for number in range(400)])
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    said = Listener()

    with remembering(path, now=START, say=said) as store:
        run = store.begin("all", at=START)
        kept = [run.keep(check_of(link_of(number))) for number in range(3)]
        run.finish(at=START)

    assert len(said) == 1
    assert "mis de côté" in said[0]
    assert all(one.after is not None for one in kept)
    assert path.with_name(f"{FILE_NAME}.corrompu-2026-11-03").exists()
    with open_store(path, now=START) as store:
        assert store.states() == {}


def test_an_empty_file_is_a_new_one(path: Path) -> None:
    path.parent.mkdir()
    path.touch()

    with open_store(path, now=START) as store:
        live(store, "o")
        assert store.set_aside is None
        assert len(store.states()) == 1


def test_a_newer_file_is_left_alone(path: Path) -> None:
    open_store(path, now=START).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    content = path.read_bytes()

    with pytest.raises(StoreUnusable, match="version plus récente") as told:
        open_store(path, now=START)

    assert "mettez diagsources à jour" in told.value.hint
    assert bytes_of(path) == content


def test_the_database_of_another_program_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    content = path.read_bytes()

    with pytest.raises(StoreUnusable, match="autre programme"):
        open_store(path, now=START)

    assert bytes_of(path) == content


def test_a_file_that_is_locked_for_ever_is_told(path: Path) -> None:
    open_store(path, now=START).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")

        with pytest.raises(StoreUnusable, match="le garde ouvert pour lui seul"):
            open_store(path, now=START, patience_s=0.1)


def test_a_turn_that_another_keeps_holds_nothing_up_and_is_caught_up_with(path: Path) -> None:
    said = Listener()
    with (
        remembering(path, now=START, say=said) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        live(store, "o")
        run = store.begin("all", at=START + DAY)
        other.execute("BEGIN IMMEDIATE")
        kept = [run.keep(check_of(link_of(), "u", at=START + DAY)) for _ in range(100)]
        waiting = run.pending
        other.execute("ROLLBACK")
        run.finish(at=START + DAY)

        assert waiting == 100
        assert {one.after.failures for one in kept if one.after} == {1}
        assert len(store.history("s1")) == 101
    assert said == []


def test_a_turn_that_never_comes_is_told_once_and_the_run_ends(path: Path) -> None:
    said = Listener()
    with (
        remembering(path, now=START, say=said, patience_s=0.1) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        run = store.begin("all", at=START)
        other.execute("BEGIN IMMEDIATE")
        kept = run.keep(check_of(link_of(), "u"))
        run.finish(at=START)

        assert kept.after is not None
    assert said == [f"{path} : un autre programme le garde ouvert pour lui seul"]


def test_without_a_file_a_run_has_the_memory_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    said = Listener()

    with remembering(tmp_path / "state" / FILE_NAME, now=START, say=said) as store:
        (kept,) = live(store, "u")
        assert store.last_run() is not None
        assert not store.is_kept

    assert len(said) == 1
    assert kept.before is None
    assert kept.after is not None


def layout(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """The tables and indexes, white space apart."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
    return [(name, " ".join(sql.split())) for name, sql in rows]


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_a_file_of_every_version_becomes_one_of_the_present(path: Path, tmp_path: Path, version: int) -> None:
    path.parent.mkdir()
    script = (Path(__file__).parent / f"version-{version}.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
    open_store(tmp_path / "new", now=START).close()

    with open_store(path, now=START) as store:
        states, history = store.states(), store.history("s1")
        live(store, "o", start=START + 9 * DAY)

    assert {state.condition for state in states.values()} == {Condition.CONFIRMED}
    assert len(history) == 4
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(tmp_path / "new")) as new:
        assert layout(old) == layout(new)
        assert old.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert old.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert old.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(path, now=START) as store:
        live(store, "o")
    monkeypatch.setattr(file, "MIGRATIONS", (*MIGRATIONS, ("ALTER TABLE links ADD COLUMN more", "no SQL")))

    with pytest.raises(StoreUnusable):
        open_store(path, now=START)

    monkeypatch.setattr(file, "MIGRATIONS", MIGRATIONS)
    with open_store(path, now=START) as store:
        assert len(store.states()) == 1


def test_a_migration_keeps_what_was_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(path, now=START) as store:
        live(store, "o")
    monkeypatch.setattr(file, "MIGRATIONS", (*MIGRATIONS, ("ALTER TABLE links ADD COLUMN more",)))

    with open_store(path, now=START) as store:
        assert len(store.states()) == 1
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)


def test_a_file_without_our_tables_is_told_and_the_run_goes_on(path: Path) -> None:
    open_store(path, now=START).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE checks")
    said = Listener()

    with remembering(path, now=START, say=said) as store:
        (kept,) = live(store, "u")
        assert store.prune(START) == 0

    assert len(said) == 1
    assert kept.after is not None


def test_without_anybody_to_tell_trouble_is_raised(path: Path) -> None:
    with open_store(path, now=START, patience_s=0.05) as store:
        run = store.begin("all", at=START)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            run.keep(check_of(link_of()))

            with pytest.raises(StoreUnusable, match="le garde ouvert"):
                run.finish(at=START)


@pytest.mark.parametrize("creates", [True, False])
def test_a_name_that_no_file_can_have_is_told(tmp_path: Path, creates: bool) -> None:
    with pytest.raises(StoreUnusable, match="nom trop long"):
        open_store(tmp_path / ("x" * 300), now=START, creates=creates)
