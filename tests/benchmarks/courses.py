"""What every scenario needs: hosts and their servers, a list of links, and lines for the table."""

import json
import shutil
import socket
import statistics
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme

from tests.benchmarks.runs import Contender, Course, Run, Tools, in_own_names
from tests.benchmarks.servers import Web, ceiling, names, web

RESOLVER = "127.3.3.3"
"""Where the name server of the scenarios with names listens, on port 53."""
SUFFIX = "bench.internal"
"""Of the names: lychee leaves out those of .test and .example."""


@dataclass(frozen=True)
class Line:
    """A line of the table: a figure of ours, theirs, and what is asked of them."""

    scenario: str
    what: str
    ours: str = ""
    theirs: str = ""
    figure: float | None = None
    bound: float | None = None
    remark: str = ""
    fault: str = ""
    """Why there is no figure."""

    @property
    def is_kept(self) -> bool:
        """Whether nothing was wrong and the bound, if any, holds."""
        return not self.fault and (self.bound is None or self.figure is None or self.figure <= self.bound)

    def told(self) -> str:
        """The line in columns."""
        figure = "" if self.figure is None else f"{self.figure:.3f}"
        bound = "" if self.bound is None else f"{self.bound:g}"
        state = self.fault or ("" if self.bound is None else "OK" if self.is_kept else "MISSED")
        columns = f"{self.scenario:10} {self.what:68} {self.ours:>11} {self.theirs:>11} {figure:>7} {bound:>6}"
        return f"{columns}  {state:6} {self.remark}".rstrip()


HEAD = f"{'scenario':10} {'what':68} {'ours':>11} {'theirs':>11} {'ratio':>7} {'bound':>6}"


class SkippedError(Exception):
    """This machine cannot run the scenario."""


@dataclass(frozen=True)
class Bench:
    """What a scenario is run with."""

    tools: Tools
    scale: float = 1.0
    rounds: int | None = None
    core: int | None = None
    """The only core of the web."""

    def scaled(self, number: int) -> int:
        """*number* times the scale, at least 1."""
        return max(1, round(number * self.scale))


def address(rank: int) -> str:
    """The address of the host of this rank, from 0."""
    return f"127.1.{rank // 250}.{rank % 250 + 1}"


def pages(port: int, hosts: Sequence[str], each: int, scheme: str = "http") -> Iterator[str]:
    """*each* links of every host, one host after the other in turn."""
    return (f"{scheme}://{host}:{port}/page/{page}" for page in range(each) for host in hosts)


@contextmanager
def plain(bench: Bench, links: Callable[[int], Iterable[str]], settings: Web) -> Iterator[Course]:
    """A web without TLS, and the links that *links* makes for its port."""
    with web(bench.tools.python, settings) as running:
        if not settings.delay_s:
            print(f"  the web answers a bare client {ceiling(bench.tools.python, running.port):,.0f} times a second")
        yield Course(bench.tools, running, _listed(bench.tools.folder, links(running.port)))


@contextmanager
def secure(bench: Bench, hosts: int, each: int, delay_s: float, *, named: bool) -> Iterator[Course]:
    """A web with TLS on *hosts* addresses or, if *named*, names that take as long as the web to answer."""
    folder, python = bench.tools.folder, bench.tools.python
    names_of_hosts = [f"h{rank}.{SUFFIX}" if named else address(rank) for rank in range(hosts)]
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    certificates = _certificates(authority, folder, ("*." + SUFFIX,) if named else names_of_hosts)
    with ExitStack() as stack:
        running = stack.enter_context(web(python, Web(delay_s, certificates, core=bench.core)))
        before = stack.enter_context(_named(bench.tools, names_of_hosts, delay_s)) if named else ()
        links = _listed(folder, pages(running.port, names_of_hosts, each, "https"))
        yield Course(bench.tools, running, links, {"SSL_CERT_FILE": str(folder / "authority.pem")}, before)


def _listed(folder: Path, urls: Iterable[str]) -> Path:
    file = folder / "links.txt"
    with file.open("w", encoding="ascii") as lines:
        lines.writelines(f"{url}\n" for url in urls)
    return file


def _certificates(authority: trustme.CA, folder: Path, identities: Sequence[str]) -> Mapping[str, str]:
    """PEM files: one for a wildcard, one for 250 addresses that have the third number in common."""
    groups: dict[str, list[str]] = {}
    for identity in identities:
        groups.setdefault("*" if "*" in identity else identity.split(".")[2], []).append(identity)
    files = {group: str(folder / f"certificate-{rank}.pem") for rank, group in enumerate(groups)}
    for group, members in groups.items():
        authority.issue_cert(*members).private_key_and_cert_chain_pem.write_to_path(files[group])
    return files


@contextmanager
def _named(programs: Tools, hosts: Sequence[str], delay_s: float) -> Iterator[Sequence[str]]:
    """A name server for the hosts, and the words that make a command ask it. Raises SkippedError."""
    if not shutil.which("unshare") or subprocess.run(["unshare", "--mount", "true"], check=False).returncode:
        raise SkippedError("names need `unshare --mount`, of root only")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((RESOLVER, 53))
        except OSError as error:
            raise SkippedError(f"names need {RESOLVER}:53: {error}") from error
    resolver, answers = programs.folder / "resolv.conf", programs.folder / "answers.json"
    resolver.write_text(f"nameserver {RESOLVER}\n", encoding="ascii")
    answers.write_text(json.dumps({host: [address(rank)] for rank, host in enumerate(hosts)}), encoding="ascii")
    with names(programs.python, RESOLVER, 53, answers, delay_s):
        yield in_own_names(resolver)


def in_turn(course: Course, contenders: Sequence[Contender], rounds: int, *, warm_up: bool = True) -> list[list[Run]]:
    """Each contender in turn, *rounds* times, after one turn that does not count; equal contenders run once."""
    different = list(dict.fromkeys(contenders))
    for contender in different:
        print(f"  {contender.label:16} {contender.told()}", flush=True)
    done = []
    for rank in range(0 if warm_up else 1, rounds + 1):
        runs = {contender: _told(course, contender, rank) for contender in different}
        if rank:
            done.append([runs[contender] for contender in contenders])
    return done


def _told(course: Course, contender: Contender, rank: int) -> Run:
    """A run, and a line about it."""
    run = course.run(contender)
    print(
        f"  {f'round {rank}' if rank else 'warm-up':8} {contender.label:16} {run.wall_s:7.2f} s  CPU {run.cpu_s:7.2f} s"
        f"  {run.peak_mb:7.1f} MB  {run.good:,} good, {run.requests:,} requests on {run.connections:,} connections,"
        f" web busy {run.busy:.0%}",
        flush=True,
    )
    return run


def fault(runs: Iterable[Run], links: int) -> str:
    """What was wrong with the first of *runs* that did not find *links* good links, if any."""
    for run in runs:
        if run.good < 0:
            return f"WRONG: no report ({_last_words(run.log)})"
        if run.good != links:
            return f"WRONG: {run.good:,} of {links:,} good ({_last_words(run.log)})"
        if run.requests < links:
            return f"WRONG: only {run.requests:,} requests for {links:,} links"
    return ""


def _last_words(log: str) -> str:
    """The line of *log* that says most: the last that names an exception, or the last."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    return next((line for line in reversed(lines) if "Error" in line), (lines or ["nothing on stderr"])[-1])[:120]


def remark(runs: Sequence[Run]) -> str:
    """A warning, where the web was so busy that it was measured too."""
    busy = statistics.median(run.busy for run in runs)
    return f"(web busy {busy:.0%})" if busy > 0.6 else ""
