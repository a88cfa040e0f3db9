"""Start-up of `diagsources` as a ratio to a hello world of typer, or of typer and rich, of the same versions.

Whole processes, in interleaved pairs, medians; from a wheel installed in an environment of its own,
with byte code, as users have it:

    python tests/benchmarks/startup.py            # 31 pairs each, about two minutes
    python tests/benchmarks/startup.py --pairs 7

Ratios hold on a noisy machine, milliseconds do not. Exit code 1 when a ratio is above its bound.
"""

import argparse
import os
import pty
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
HELLO = """\
import typer
{imports}
app = typer.Typer()


@app.command()
def hello() -> None:
    print("hello")


app()
"""
PEERS = {"typer": "", "typer+rich": "from rich import print"}
"""The hello worlds, by what they import."""
BOUNDS = (
    (("--version",), False, "typer", 1.1),
    (("list",), False, "typer", 1.3),
    (("list",), True, "typer", 2.6),
    (("territory", "labege"), False, "typer+rich", 1.5),
    (("territory", "labege"), True, "typer+rich", 1.5),
    (("open", "insee-dossier", "--territory", "labege", "--print"), False, "typer+rich", 1.5),
)
"""What is run, whether on a terminal, beside what, and the ratio it may not exceed."""


def main() -> int:
    """Measures, prints a line a case, and says whether every bound is kept."""
    parser = argparse.ArgumentParser(description="start-up against a typer hello world")
    parser.add_argument("--pairs", type=int, default=31)
    pairs = parser.parse_args().pairs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bin_folder = _installed(folder)
        for peer, imports in PEERS.items():
            (folder / f"hello-{peer}.py").write_text(HELLO.format(imports=imports), encoding="utf-8")
        os.environ["DIAGSOURCES_STATE_DIR"] = str(folder / "state")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        kept = True
        for words, on_terminal, peer, bound in BOUNDS:
            seconds: Callable[[Sequence[str]], float] = _on_terminal if on_terminal else _in_pipe
            ours = [str(bin_folder / "diagsources"), *words]
            theirs = [str(bin_folder / "python"), str(folder / f"hello-{peer}.py")]
            ratio, ms = _paired(seconds, ours, theirs, pairs)
            where = "on a terminal" if on_terminal else "in a pipe"
            print(f"{' '.join(words):50} {where:14} {ms:6.1f} ms   {ratio:.2f} of {peer:10}   bound {bound}")
            kept = kept and ratio <= bound
    return 0 if kept else 1


def _installed(folder: Path) -> Path:
    """The bin folder of a new environment that has the wheel of this checkout."""
    subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, CHECKOUT], check=True)
    venv.create(folder / "env", with_pip=True)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([folder / "env" / "bin" / "pip", "install", "-q", wheel], check=True)
    return folder / "env" / "bin"


def _paired(
    seconds: Callable[[Sequence[str]], float], ours: Sequence[str], theirs: Sequence[str], pairs: int
) -> tuple[float, float]:
    """The median ratio of *pairs* runs in turn, and our median in milliseconds; one of each to warm up."""
    seconds(ours), seconds(theirs)
    taken = [(seconds(ours), seconds(theirs)) for _ in range(pairs)]
    return statistics.median(a / b for a, b in taken), statistics.median(a for a, _ in taken) * 1000


def _in_pipe(words: Sequence[str]) -> float:
    started = time.perf_counter()
    subprocess.run(words, capture_output=True, check=True)
    return time.perf_counter() - started


def _on_terminal(words: Sequence[str]) -> float:
    started = time.perf_counter()
    child, screen = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execv(words[0], list(words))  # noqa: S606 - our own program, no shell wanted
    try:
        while os.read(screen, 65_536):
            pass
    except OSError:
        pass  # how Linux says that the other end was closed
    _, status = os.waitpid(child, 0)
    os.close(screen)
    if status:
        raise SystemExit(f"{words} ended with {status}")
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
