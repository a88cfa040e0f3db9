"""Several processes on one file, and some that are killed."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from diagsources.store import key_of, open_store
from tests.store.samples import START, link_of

_LINKS = 500
_KILLS = int(os.environ.get("STORE_KILLS", "20"))
"""How many moments a process is killed at: 200 take two minutes."""


def writer(path: Path, scope: str, links: int = _LINKS) -> "subprocess.Popen[str]":
    words = [sys.executable, "-m", "tests.store.writer", str(path), scope, str(links)]
    return subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
    )


@pytest.mark.parametrize("seed", range(_KILLS))
def test_a_kill_at_any_moment_loses_nothing_that_was_kept(path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - any moment will do
    process = writer(path, "all")
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(chance.randrange(_LINKS))]
    time.sleep(chance.uniform(0, 0.002))
    process.kill()
    said += process.stdout
    process.communicate()
    kept = {int(line) for line in said if line.endswith("\n")}

    with open_store(path, now=START) as store, closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        known = store.states()
        assert {key_of(link_of(number)) for number in kept} <= known.keys()
        assert len(known) <= len(kept) + 1
        cut = store.unfinished("all")
        assert cut is not None or len(kept) == _LINKS or not known
        if cut is not None:
            run = store.resume(cut)
            assert {
                key_of(link_of(number)) for number in range(_LINKS) if run.recall(link_of(number)) is not None
            } == known.keys()
        assert {(state.failures, state.runs) for state in known.values()} <= {(1, 1)}


def test_a_run_that_was_killed_is_gone_on_with_by_another_process(path: Path) -> None:
    first = writer(path, "all")
    assert first.stdout is not None
    for _ in range(100):
        first.stdout.readline()
    first.kill()
    first.communicate()
    with open_store(path, now=START) as store:
        known = len(store.states())

    second = writer(path, "all")
    said, complaint = second.communicate(timeout=60)

    assert (second.returncode, complaint) == (0, "")
    assert len(said.splitlines()) == _LINKS - known
    with open_store(path, now=START) as store:
        assert len(store.states()) == _LINKS
        assert all(len(store.history(link_of(number).id)) == 1 for number in range(_LINKS))


def test_runs_at_once_all_finish_and_lose_nothing(path: Path) -> None:
    processes = [writer(path, f"run-{number}") for number in range(3)]

    ended = [process.communicate(timeout=120) for process in processes]

    assert [process.returncode for process in processes] == [0, 0, 0], ended
    assert [complaint for _, complaint in ended] == ["", "", ""]
    with open_store(path, now=START) as store:
        for number in range(3):
            run = store.last_run(f"run-{number}")
            assert run is not None
            assert len(list(store.checks_of(run))) == _LINKS
        assert {state.failures for state in store.states().values()} == {3}
