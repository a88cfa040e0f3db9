"""The scenarios in which both tools ask the same links in turn, and a ratio is what counts."""

import statistics
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from tests.benchmarks.courses import Bench, Line, address, fault, in_turn, pages, plain, remark, secure
from tests.benchmarks.runs import Contender, Course, Run, lychee, ours
from tests.benchmarks.servers import Web

POLITE = ("--per-host", "4", "--interval", "0", "--concurrency", "512")
POLITE_TO_MANY = (*POLITE[:-1], "1024")
DEFAULTS = lychee("defaults")
TUNED = lychee("tuned", "--max-concurrency", "128", "--host-concurrency", "100", "--host-request-interval", "0ms")


@dataclass(frozen=True)
class Rival:
    """Whom we are measured against, by what, and how far from them we may be."""

    contender: Contender
    bound: float | None
    by: str = "wall"

    def figure(self, run: Run) -> float:
        """What of *run* is compared."""
        return run.peak_mb if self.by == "peak" else run.wall_s


@dataclass(frozen=True)
class Duel:
    """A scenario of both tools on the same links in turn."""

    name: str
    hosts: int
    each: int
    """Links of each host."""
    delay_s: float
    """Of each answer of the web, and of its names."""
    rivals: tuple[Rival, ...]
    ours: Contender = field(default_factory=lambda: ours(*POLITE))
    tls: bool = False
    """A scenario with TLS is shrunk by its hosts, one without by their links."""
    named: bool = False
    rounds: int = 5

    def run(self, bench: Bench) -> Iterator[Line]:
        """A line for each rival."""
        hosts, each = (bench.scaled(self.hosts), self.each) if self.tls else (self.hosts, bench.scaled(self.each))
        what = f"{hosts * each:,} links, {hosts:,} {'TLS ' * self.tls}{'names' if self.named else 'hosts'}"
        title = f"{what}, {self.delay_s * 1000:.0f} ms"
        print(f"\n{self.name}: {title}", flush=True)
        with self._course(bench, hosts, each) as course:
            contenders = [self.ours, *(rival.contender for rival in self.rivals)]
            rounds = in_turn(course, contenders, bench.rounds or self.rounds)
        for rank, rival in enumerate(self.rivals, start=1):
            label = f"{title}: {rival.by} / {rival.contender.label}"
            yield self._compared(label, rival, [(runs[0], runs[rank]) for runs in rounds], hosts * each)

    def _course(self, bench: Bench, hosts: int, each: int) -> AbstractContextManager[Course]:
        if self.tls:
            return secure(bench, hosts, each, self.delay_s, named=self.named)
        addresses = [address(rank) for rank in range(hosts)]
        return plain(bench, lambda port: pages(port, addresses, each), Web(self.delay_s, core=bench.core))

    def _compared(self, label: str, rival: Rival, pairs: Sequence[tuple[Run, Run]], links: int) -> Line:
        """The median ratio of the pairs of runs, if every one of them was right."""
        if wrong := fault((run for pair in pairs for run in pair), links):
            return Line(self.name, label, bound=rival.bound, fault=wrong)
        unit = "MB" if rival.by == "peak" else "s"
        mine, theirs = (statistics.median(rival.figure(pair[side]) for pair in pairs) for side in (0, 1))
        ratio = statistics.median(rival.figure(a) / rival.figure(b) for a, b in pairs)
        busy = remark([run for pair in pairs for run in pair])
        return Line(self.name, label, f"{mine:.2f} {unit}", f"{theirs:.2f} {unit}", ratio, rival.bound, busy)


DUELS = (
    Duel("realistic", 2000, 3, 0.05, (Rival(DEFAULTS, 0.7),), ours(*POLITE_TO_MANY), tls=True, named=True),
    Duel("latency", 200, 100, 0.05, (Rival(DEFAULTS, 0.6),)),
    Duel("tls", 2000, 1, 0.0, (Rival(DEFAULTS, 1.15),), tls=True, rounds=7),
    Duel("throughput", 200, 100, 0.0, (Rival(TUNED, 2.0), Rival(DEFAULTS, None))),
    Duel("memory", 200, 500, 0.0, (Rival(TUNED, 0.15, "peak"), Rival(TUNED, None)), rounds=3),
)
