"""The aquarium given to three link checkers: who cries wolf, and who lets the dead pass.

    python -m tests.benchmarks.peers                       # installs all three, a quarter of an hour
    python -m tests.benchmarks.peers ours lychee           # some of them
    python -m tests.benchmarks.peers --bin .venv/bin --linkinator node_modules/.bin/linkinator

A false alarm fails what a person with a browser gets; a miss passes what they do not get. Each checker has an
aquarium to itself, trusts its authority, looks at anchors, waits 10 s and tries again. A peer gets a page with
one link for each case, so that no case spoils another; ours gets them all in one list. Left out are cases that
can be argued either way, and those that no list of links can tell: with an expectation, with white space around
the address, or to be refused.
Exit code 1 when ours errs.
"""

import argparse
import html
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from diagsources.model import Verdict
from tests.aquarium import CASES, Case
from tests.benchmarks.runs import LYCHEE, installed
from tests.support.web import Web, local_web

LINKINATOR = "linkinator@7.6.1"
FAILING = frozenset((Verdict.SUSPECT, Verdict.INSECURE, Verdict.UNAVAILABLE, Verdict.BROKEN))
PATIENCE_S = 60.0
"""For one case: a peer that has not ended by then fails it."""
AT_ONCE = 6
"""Cases that a peer is given side by side; most of its time it waits."""

Failing = Mapping[Case, str]
"""What a checker fails, and what it says of it."""


@dataclass(frozen=True)
class Programs:
    """Where the three are."""

    diagsources: Path
    lychee: Path
    linkinator: Path


def ours(programs: Programs, web: Web, folder: Path, cases: Sequence[Case]) -> Failing:
    """What diagsources fails, given all cases in one list. Raises SystemExit where a case has no verdict."""
    links = folder / "links.txt"
    links.write_text("".join(f"{case.url(web)}\n" for case in cases), encoding="utf-8")
    options = ("--allow-private", "-f", "jsonl", "--timeout", "10", "--exit-zero", "-q")
    command = [str(programs.diagsources), "check", "--from", str(links), *options]
    state = {"DIAGSOURCES_STATE_DIR": str(folder / "state")}
    done = subprocess.run(command, env=_trusting(web) | state, capture_output=True, text=True, check=False)
    records = {record["line"]: record for record in map(json.loads, done.stdout.splitlines())}
    if len(records) != len(cases):
        raise SystemExit(f"diagsources told of {len(records)} of {len(cases)} links:\n{done.stderr[-2000:]}")
    told = {case: records[line] for line, case in enumerate(cases, start=1)}
    return {case: f"{it['verdict']}, {it['reason']}" for case, it in told.items() if Verdict(it["verdict"]) in FAILING}


def lychee(programs: Programs, web: Web, folder: Path, cases: Sequence[Case]) -> Failing:
    """What lychee has in its maps of errors and timeouts."""

    def command(page: Path, report: Path) -> Sequence[str]:
        options = ("--no-progress", "--format", "json", "--include-fragments", "--timeout", "10")
        return [str(programs.lychee), *options, "-o", str(report), str(page)]

    def fault(report: str) -> str:
        document = json.loads(report)
        failed = [entry for key in ("error_map", "timeout_map") for entry in document[key].values()]
        return str(failed[0][0]["status"]["text"]) if failed else ""

    return _one_by_one(command, fault, web, folder, cases)


def linkinator(programs: Programs, web: Web, folder: Path, cases: Sequence[Case]) -> Failing:
    """What linkinator calls broken."""

    def command(page: Path, _: Path) -> Sequence[str]:
        again = ("--retry", "--retry-errors", "--retry-errors-count", "2")
        options = ("--format", "json", "--check-fragments", "--timeout", "10000", *again)
        return [str(programs.linkinator), page.name, *options]

    def fault(report: str) -> str:
        broken = [link for link in json.loads(report)["links"] if link["state"] == "BROKEN"]
        return f"status {broken[0].get('status')}" if broken else ""

    return _one_by_one(command, fault, web, folder, cases)


CHECKERS: dict[str, tuple[str, Callable[[Programs, Web, Path, Sequence[Case]], Failing]]] = {
    "ours": ("diagsources", ours),
    "lychee": (LYCHEE.replace("-bin==", " "), lychee),
    "linkinator": (LINKINATOR.replace("@", " "), linkinator),
}


def _one_by_one(
    command: Callable[[Path, Path], Sequence[str]],
    fault: Callable[[str], str],
    web: Web,
    folder: Path,
    cases: Sequence[Case],
) -> Failing:
    """What a peer fails, given a page of its own for each case."""

    def failed(numbered: tuple[int, Case]) -> str:
        number, case = numbered
        page, report = folder / f"{number}.html", folder / f"{number}.json"
        page.write_text(_page(case.url(web)), encoding="utf-8")
        run = partial(subprocess.run, capture_output=True, text=True, check=False, cwd=folder, timeout=PATIENCE_S)
        try:
            done = run(command(page, report), env=_trusting(web))
        except subprocess.TimeoutExpired:
            return f"has not ended after {PATIENCE_S:.0f} s"
        said = report.read_text(encoding="utf-8") if report.exists() else done.stdout
        if not said:
            raise SystemExit(f"no report of {case.name}: {done.stderr[-2000:]}")
        return fault(said)

    with ThreadPoolExecutor(AT_ONCE) as workers:
        faults = dict(zip(cases, workers.map(failed, enumerate(cases)), strict=True))
    return {case: said for case, said in faults.items() if said}


def _page(url: str) -> str:
    escaped = html.escape(url)
    return f'<!doctype html>\n<html lang="fr"><title>Un lien</title>\n<p><a href="{escaped}">Le lien</a></p></html>\n'


def _trusting(web: Web) -> dict[str, str]:
    """The environment of a checker that knows the authority of *web*, and no proxy."""
    forgotten = ("proxy", "SSL_CERT_DIR")
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith(forgotten)}
    return kept | {"SSL_CERT_FILE": str(web.authority), "NODE_EXTRA_CA_CERTS": str(web.authority)}


@dataclass(frozen=True)
class Score:
    """What a checker did otherwise than a person would."""

    checker: str
    alarms: Failing
    misses: tuple[Case, ...]

    def listed(self) -> Iterator[str]:
        """A line for each case."""
        for case, said in self.alarms.items():
            yield f"  false alarm  {case.name:60} {case.person}  [{' '.join(said.split())[:100]}]"
        for case in self.misses:
            yield f"  miss         {case.name:60} {case.person}"


def _score(name: str, failing: Failing, cases: Sequence[Case]) -> Score:
    alarms = {case: said for case, said in failing.items() if case.verdict not in FAILING}
    misses = tuple(case for case in cases if case.verdict in FAILING and case not in failing)
    return Score(name, alarms, misses)


def _comparable() -> tuple[Case, ...]:
    """The cases that a list of links can tell, and that pass or fail beyond argument."""
    clear = (case for case in CASES if len({verdict in FAILING for verdict in case.verdicts}) == 1)
    listed = (case for case in clear if case.address is None or case.address.split() == [case.address])
    return tuple(case for case in listed if case.allow_private and case.expect is None)


@contextmanager
def _programs(bin_folder: Path | None, linkinator_file: Path | None) -> Iterator[Programs]:
    """Those that are given; the others come from their registries and go afterwards."""
    needs_folder = bin_folder is None or linkinator_file is None
    with tempfile.TemporaryDirectory(prefix="peers-") if needs_folder else nullcontext("") as name:
        found = bin_folder.absolute() if bin_folder else installed(Path(name) / "env")
        theirs = linkinator_file.absolute() if linkinator_file else _from_npm(Path(name) / "node")
        yield Programs(found / "diagsources", found / "lychee", theirs)


def _from_npm(folder: Path) -> Path:
    """linkinator, installed in *folder*."""
    folder.mkdir()
    quietly = ("--no-audit", "--no-fund", "--silent")
    subprocess.run(["npm", "install", *quietly, "--prefix", folder, LINKINATOR], check=True)
    return folder / "node_modules" / ".bin" / "linkinator"


def main() -> int:
    """Asks each checker, prints the table and the cases, and says whether ours never errs."""
    parser = argparse.ArgumentParser(description="false alarms and misses of three link checkers")
    parser.add_argument("checkers", nargs="*", metavar="CHECKER", help=", ".join(CHECKERS))
    parser.add_argument("--bin", type=Path, help="folder of diagsources and lychee")
    parser.add_argument("--linkinator", type=Path, help="its program")
    options = parser.parse_args()
    if unknown := set(options.checkers) - set(CHECKERS):
        parser.error(f"no such checker: {', '.join(sorted(unknown))}")
    cases = _comparable()
    with _programs(options.bin, options.linkinator) as programs:
        scores = {name: _asked(name, programs, cases) for name in options.checkers or CHECKERS}
    for score in scores.values():
        print(f"\n{score.checker}", *score.listed(), sep="\n")
    person = sum(case.verdict not in FAILING for case in cases)
    print(f"\n{len(cases)} cases: a person gets {person}, and does not get {len(cases) - person}")
    print(f"{'checker':20} {'false alarms':>12} {'misses':>8}")
    for score in scores.values():
        print(f"{score.checker:20} {len(score.alarms):12} {len(score.misses):8}")
    mine = scores.get("ours")
    return 1 if mine and (mine.alarms or mine.misses) else 0


def _asked(name: str, programs: Programs, cases: Sequence[Case]) -> Score:
    title, check = CHECKERS[name]
    print(f"{title} is given {len(cases)} cases", flush=True)
    with tempfile.TemporaryDirectory(prefix="aquarium-") as folder, local_web(Path(folder)) as web:
        return _score(title, check(programs, web, Path(folder), cases), cases)


if __name__ == "__main__":
    sys.exit(main())
