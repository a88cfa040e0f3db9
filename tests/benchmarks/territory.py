"""How long `find` takes, and how much it finds.

    python -m tests.benchmarks.territory              # milliseconds by kind of question, the first one cold
    python -m tests.benchmarks.territory --typos      # of 1,000 names with a slip, those among the first three
    python -m tests.benchmarks.territory --all-names  # every commune, EPCI, département, région by name: minutes

Exit code 1 when a bound is not kept.
"""

import argparse
import sqlite3
import statistics
import sys
import time
from collections import Counter, defaultdict
from contextlib import closing

from diagsources.territory import find
from diagsources.territory.gazetteer import FILE
from diagsources.territory.values import ORDER
from tests.territory.test_finding import slipped

QUESTIONS = {
    "key": ("commune:31254", "epci:243100633"),
    "code": ("31254", "243100633", "213102544", "76"),
    "postal code": ("31670", "31320"),
    "former code": ("20004", "01126"),
    "name": ("labege", "sicoval", "saint-denis", "Saint-Denis (93)"),
    "words": ("ramonville", "tolosan", "saint"),
    "near": ("sicovall", "ramonvile", "toulous", "castanet tolozan"),
    "nothing": ("xyzzyqwk", "'; DROP TABLE place; --"),
}
BOUND_MS = 100
LEVELS = ("commune", "epci", "departement", "region")


def main() -> int:
    """Measures what is asked for, prints it, and says whether the bound is kept."""
    parser = argparse.ArgumentParser(description="the gazetteer's speed and reach")
    parser.add_argument("--typos", action="store_true")
    parser.add_argument("--all-names", action="store_true")
    options = parser.parse_args()
    if options.typos:
        return _typos()
    return _all_names() if options.all_names else _speed()


def _speed() -> int:
    kept = True
    for kind, words in QUESTIONS.items():
        cold, *warm = (_ms(each) for _ in range(15) for each in words)
        median = statistics.median(warm)
        print(f"{kind:12} first {cold:6.1f} ms   median {median:6.1f} ms   bound {BOUND_MS}")
        kept = kept and median <= BOUND_MS
    return 0 if kept else 1


def _ms(words: str) -> float:
    started = time.perf_counter()
    find(words)
    return (time.perf_counter() - started) * 1000


def _typos() -> int:
    found = slipped(1000)
    print(f"{found} of 1000 among the first three   bound 950")
    return 0 if found >= 950 else 1


def _all_names() -> int:
    with closing(sqlite3.connect(f"{FILE.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        rows = database.execute("SELECT level, code, name FROM place").fetchall()
    by_name: defaultdict[str, set[str]] = defaultdict(set)
    for level, code, name in rows:
        if ORDER[level] in LEVELS:
            by_name[name].add(f"{ORDER[level]}:{code}")
    asked, found = Counter[str](), Counter[str]()
    for name, keys in by_name.items():
        matches = find(name)
        asked.update(key.partition(":")[0] for key in keys)
        known = {territory.key for territory in (*matches.found, *matches.others)}
        found.update(key.partition(":")[0] for key in keys & known)
    for level, number in asked.items():
        print(f"{level:12} {found[level]} of {number}")
    return 0 if found == asked else 1


if __name__ == "__main__":
    sys.exit(main())
