"""Speed and memory side by side with lychee: whole processes in interleaved runs, on loopback.

    python -m tests.benchmarks.speed                     # every scenario, about twenty minutes
    python -m tests.benchmarks.speed latency tls         # some
    python -m tests.benchmarks.speed --scale 0.1 --rounds 3
    python -m tests.benchmarks.speed --bin .venv/bin     # programs that are there: no wheel, no installation

A ratio is the median of those of each round, ours to theirs; ratios hold on a noisy machine, seconds do not.
Peak memory is that of the process. The web has the last core; `--pinned` keeps the tools off it. A run that
did not find every link good gives no ratio. Exit code 1 when a bound is missed or a run was wrong.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.courses import HEAD, Bench, Line, SkippedError
from tests.benchmarks.duels import DUELS
from tests.benchmarks.endurance import bound, growth, hanging
from tests.benchmarks.runs import tools

SCENARIOS: dict[str, Callable[[Bench], Iterator[Line]]] = {
    **{duel.name: duel.run for duel in DUELS},
    "bound": bound,
    "growth": growth,
    "hanging": hanging,
}


def main() -> int:
    """Runs what is asked, prints the table, and says whether every bound is kept."""
    options = _options()
    *others, core = sorted(os.sched_getaffinity(0))
    lines: list[Line] = []
    with tools(options.bin) as programs:
        if options.pinned:
            os.sched_setaffinity(0, others)
        bench = Bench(programs, options.scale, options.rounds, core if others else None)
        for name in options.scenarios or SCENARIOS:
            lines += _lines(name, bench)
    print(f"\n{HEAD}", *(line.told() for line in lines), sep="\n")
    return 0 if all(line.is_kept for line in lines) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="speed and memory side by side with lychee")
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=", ".join(SCENARIOS))
    parser.add_argument("--rounds", type=int, help="each scenario has its own number")
    parser.add_argument("--scale", type=float, default=1.0, help="shrinks the lists")
    parser.add_argument("--bin", type=Path, help="folder of diagsources, lychee and python")
    parser.add_argument("--pinned", action="store_true", help="keep the tools off the core of the web")
    options = parser.parse_args()
    if unknown := set(options.scenarios) - set(SCENARIOS):
        parser.error(f"no such scenario: {', '.join(sorted(unknown))}")
    return options


def _lines(name: str, bench: Bench) -> Iterator[Line]:
    """The lines of a scenario, or that it was skipped."""
    try:
        yield from SCENARIOS[name](bench)
    except SkippedError as error:
        yield Line(name, f"skipped: {error}")


if __name__ == "__main__":
    sys.exit(main())
