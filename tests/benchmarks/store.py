"""What memory costs: a check that is kept, and a command that reads among a million of them.

    python -m tests.benchmarks.store               # a million checks, about two minutes
    python -m tests.benchmarks.store --checks 100000

Commands are timed as whole processes, with a store of all these checks and with one that is empty, in pairs; what
they read, as the best of several, with a store of little. Times of `keep` are of the processor. Exit code 1 where
anything takes more than 1.3 times as long with all as without.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from diagsources.store import open_store
from tests.store.samples import DAY, START, check_of, link_of

SOURCES = 68
RUNS = 30
"""How many checks `history` shows; the small store has no more of each."""
BOUND = 1.3


def main() -> int:
    """Measures, prints a line a figure, and says whether the bound is kept."""
    parser = argparse.ArgumentParser(description="what memory costs")
    parser.add_argument("--checks", type=int, default=1_000_000)
    checks = parser.parse_args().checks
    with tempfile.TemporaryDirectory() as name:
        small, large = Path(name, "small"), Path(name, "large")
        for together in (1, 50):
            took = [keeping(Path(name, f"keeping-{together}-{number}"), together) for number in range(7)]
            print(f"keep, {together:2} together: {min(took):5.1f} µs at best, {statistics.median(took):5.1f} median")
        fill(small, SOURCES * RUNS)
        fill(large, checks)
        print(f"{checks} checks take {large.stat().st_size / 1e6:.0f} MB")
        kept = True
        for what, read in READS.items():
            few, many = best(read, small), best(read, large)
            kept &= many <= BOUND * few
            print(f"{what}: {few * 1000:.2f} ms with little, {many * 1000:.2f} ms with all, x{many / few:.2f}")
        empty, catalogue = Path(name, "empty"), Path(name, "catalogue.yaml")
        open_store(empty, now=START).close()
        catalogue.write_text(as_yaml(), encoding="utf-8")
        for words in COMMANDS:
            none, many = paired([*words, "--catalogue", str(catalogue)], empty, large)
            kept &= many <= BOUND * none
            print(
                f"{' '.join(words)}: {none * 1000:.0f} ms with none, {many * 1000:.0f} ms with all, x{many / none:.2f}"
            )
    return 0 if kept else 1


def keeping(path: Path, together: int) -> float:
    """What a check costs that is kept (µs of CPU), among links that are known."""
    links = [link_of(number) for number in range(1000)]
    with open_store(path, now=START) as store:
        for day in range(2):
            checks = [check_of(link, at=START + day * DAY) for link in links]
            run = store.begin("all", at=START, together=together)
            started = time.process_time()
            for check in checks:
                run.keep(check)
            run.finish(at=START)
            took = time.process_time() - started
    return took / len(links) * 1e6


def fill(path: Path, checks: int) -> None:
    """A store of so many checks of the links of the catalogue, hourly, all but a few of them well."""
    links = [link_of(number) for number in range(SOURCES)]
    with open_store(path, now=START) as store:
        for hour in range(checks // SOURCES):
            at = START + timedelta(hours=hour)
            run = store.begin("all", at=at, together=SOURCES)
            for number, link in enumerate(links):
                run.keep(check_of(link, "u" if (number * hour) % 997 == 1 else "o", at=at))
            run.finish(at=at)


def states(path: Path) -> None:
    """What `list` reads."""
    with open_store(path, now=START, creates=False) as store:
        assert len(store.states([link_of(number) for number in range(SOURCES)])) == SOURCES


def history(path: Path) -> None:
    """What `history ID` reads."""
    with open_store(path, now=START, creates=False) as store:
        assert len(store.history("s3", last=RUNS)) == RUNS


def latest(path: Path) -> None:
    """What `check --max-age` reads."""
    with open_store(path, now=START, creates=False) as store:
        assert len(store.latest([link_of(number) for number in range(SOURCES)])) == SOURCES


COMMANDS = (
    *(("list",), ("list", "-f", "json"), ("list", "-f", "table"), ("show", "s3")),
    *(("history", "s3"), ("history", "s3", "-f", "table")),
)
"""What is run as whole processes."""


def as_yaml() -> str:
    """The sources whose links are kept, as a catalogue."""
    links = [link_of(number) for number in range(SOURCES)]
    sources = "".join(f"  - {{id: {link.id}, title: {link.id}, url: '{link.url}'}}\n" for link in links)
    return f"theme: essai\nsources:\n{sources}"


def paired(words: list[str], empty: Path, large: Path) -> tuple[float, float]:
    """How long a command takes as a process with either store (seconds): medians of interleaved pairs."""
    took: dict[Path, list[float]] = {empty: [], large: []}
    for _ in range(21):
        for store, seconds in took.items():
            started = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "diagsources", *words, "--state", str(store)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=True,
            )
            seconds.append(time.perf_counter() - started)
    return statistics.median(took[empty]), statistics.median(took[large])


READS: dict[str, Callable[[Path], None]] = {"open, states": states, "open, history": history, "open, latest": latest}


def best(read: Callable[[Path], None], path: Path) -> float:
    """The shortest time that *read* takes (seconds), of 40."""
    took = []
    for _ in range(40):
        started = time.perf_counter()
        read(path)
        took.append(time.perf_counter() - started)
    return min(took)


if __name__ == "__main__":
    sys.exit(main())
