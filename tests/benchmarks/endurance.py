"""The scenarios in which ours is held against what is possible: the scheduling bound, growth, hanging hosts."""

import random
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from functools import partial

from tests.benchmarks.courses import Bench, Line, address, fault, in_turn, pages, plain, remark
from tests.benchmarks.duels import POLITE
from tests.benchmarks.runs import Contender, Run, lychee, ours
from tests.benchmarks.servers import Web

CAP = 4
LATENCY_S = 0.05
SAME_CAP = lychee("same cap", "--host-concurrency", str(CAP), "--host-request-interval", "0ms")

HOSTS = 200
SIZES = (10_000, 100_000, 1_000_000)
MAX_SLOWING = 1.25
"""Time a link of the longest list to that of the one before: 1 is linear."""
MAX_BYTES_A_LINK = 128
"""Growth of the peak from the shortest to the longest list: what knows a link again, and no more."""

MAX_SERVED_S = 2.0
"""In which the hosts that answer are done with: four requests of 50 ms each and the start take 1 s."""


def bound(bench: Bench) -> Iterator[Line]:
    """Wall to max(host's links / cap x latency), which no order of the list should matter to."""
    sizes = [max(1, bench.scaled(size)) for size in _sizes()]
    least_s = max(sizes) / CAP * LATENCY_S
    for order in ("shuffled", "big host first", "big host last"):
        what = f"{sum(sizes):,} links, {order}: wall / bound of {least_s:.1f} s"
        print(f"\nbound: {what}", flush=True)
        with plain(bench, partial(_ordered, sizes, order), Web(LATENCY_S, core=bench.core)) as course:
            rounds = in_turn(course, (ours(*POLITE), SAME_CAP), bench.rounds or 1, warm_up=False)
        mine, theirs = ([runs[side] for runs in rounds] for side in (0, 1))
        wrong = fault(mine, sum(sizes))
        seconds, their_seconds = (statistics.median(run.wall_s for run in runs) for runs in (mine, theirs))
        said = (f"{seconds:.2f} s", f"{their_seconds:.2f} s")
        yield Line("bound", what, *said, seconds / least_s, 1.05, remark(mine), wrong)


def _sizes() -> Sequence[int]:
    """Links of 200 hosts, 9,996 in all: one of 2,000, the others by Zipf's law."""
    rest = [int(1362 / rank + 0.5) for rank in range(1, HOSTS)]
    return 2000, *rest


def _ordered(sizes: Sequence[int], order: str, port: int) -> list[str]:
    hosts = [list(pages(port, [address(rank)], size)) for rank, size in enumerate(sizes)]
    if order == "big host last":
        hosts.reverse()
    links = [link for host in hosts for link in host]
    if order == "shuffled":
        random.Random(1).shuffle(links)  # noqa: S311 - an order, the same each time
    return links


def growth(bench: Bench) -> Iterator[Line]:
    """Time a link and peak memory, from short lists to long ones, reported as lines."""
    per_link_us, peak_mb, sizes = [], [], [HOSTS * bench.scaled(size // HOSTS) for size in SIZES]
    for size in sizes:
        print(f"\ngrowth: {size:,} links", flush=True)
        run = _grown(bench, size)
        per_link_us.append(run.wall_s / size * 1e6)
        peak_mb.append(run.peak_mb)
        what = f"{size:,} links on {HOSTS} hosts, 0 ms: {per_link_us[-1]:.0f} us a link, {run.peak_mb:.0f} MB"
        yield Line("growth", what, f"{run.wall_s:.2f} s", remark=remark([run]), fault=fault([run], size))
    slowing = per_link_us[-1] / per_link_us[-2]
    yield Line("growth", f"time a link, {sizes[-1]:,} / {sizes[-2]:,}", figure=slowing, bound=MAX_SLOWING)
    more = (peak_mb[-1] - peak_mb[0]) * 1e6 / (sizes[-1] - sizes[0])
    yield Line("growth", f"more bytes a link, {sizes[0]:,} to {sizes[-1]:,}", figure=more, bound=MAX_BYTES_A_LINK)


def _grown(bench: Bench, links: int) -> Run:
    hosts = [address(rank) for rank in range(HOSTS)]
    with plain(bench, lambda port: pages(port, hosts, links // HOSTS), Web(core=bench.core)) as course:
        ((run,),) = in_turn(course, (ours(*POLITE, suffix=".jsonl"),), 1, warm_up=False)
    return run


def hanging(bench: Bench) -> Iterator[Line]:
    """100 hosts of 3 links, of which 10 never answer and 10 drip: when it ends, and when the others are done."""
    hosts = [address(rank) for rank in range(100)]
    settings = Web(LATENCY_S, hanging=hosts[:50:5], dripping=hosts[50::5], core=bench.core)
    print("\nhanging: 300 links on 100 hosts, of which 10 hang and 10 drip", flush=True)
    for allowed_s, contender in _patient(bench):
        with plain(bench, lambda port: pages(port, hosts, 3), settings) as course:
            rounds = in_turn(course, (contender,), bench.rounds or 1, warm_up=False)
        runs = [run for (run,) in rounds]
        wall_s, served_s = (statistics.median(figures) for figures in zip(*map(_wall_and_served, runs), strict=True))
        what = f"{' '.join(contender.options)}: "
        wrong = fault(runs, 240)
        yield Line(
            "hanging", f"{what}wall / {allowed_s:g} s", f"{wall_s:.2f} s", "", wall_s / allowed_s, 1.0, "", wrong
        )
        served = f"{what}the other 80 hosts / {MAX_SERVED_S:g} s"
        yield Line("hanging", served, f"{served_s:.2f} s", "", served_s / MAX_SERVED_S, 1.0, "", wrong)


def _wall_and_served(run: Run) -> tuple[float, float]:
    return run.wall_s, run.served_s


def _patient(bench: Bench) -> Iterator[tuple[float, Contender]]:
    """The seconds that a run may take, and its options.

    3 links of a host are two turns at 2 a host, of two attempts of 2 s each and a wait between them.
    """
    yield 2 * (2 * 2 + 2) + 1, ours("--timeout", "2", "--retries", "1")
    program = bench.tools.programs / "diagsources"
    if "--max-time" in subprocess.run([program, "check", "--help"], capture_output=True, text=True, check=False).stdout:
        yield 5 + 1, ours("--max-time", "5")
    else:
        print("  skipped: there is no --max-time")
