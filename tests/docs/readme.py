"""What README.md shows, run again by the program it tells of.

`python -m tests.docs.readme` writes the outputs of README.md anew.
"""

import functools
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
README = CHECKOUT / "README.md"

ANYTHING = "…"
"""A line that stands for any lines."""

ENGLISH = "## In English"
"""Where the French part ends."""

PORT = 8000
"""The port of `python -m http.server` in README.md; the tests take any that is free."""

_NOW = "2026-11-24T08:00:00Z"
"""The day on which README.md is read."""

# rich keeps one column back on Windows, where it takes a pipe for an old console
_COLUMNS = "81" if sys.platform == "win32" else "80"
_SLOWLY = r"(?<=\d), \d[\d,]*\xa0m?s\)"
"""How long an answer took, which a story tells behind its code where it was long: that of the machine of the day."""


_OFFLINE = ("fmt", "list", "show", "search", "themes", "territory", "guide", "validate", "history", "report")
"""The commands that never ask anything of the network."""


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, its lines, and the line of README.md where they begin."""

    language: str
    lines: tuple[str, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Example:
    """A command line of README.md, and what is shown of it; None: nothing is."""

    line: str
    shown: tuple[str, ...] | None
    exit_code: int
    at: int

    @property
    def words(self) -> list[str]:
        """What follows `diagsources`."""
        return shlex.split(self.line)[1:]

    @property
    def is_offline(self) -> bool:
        """Whether running it asks nothing of the network, and opens nothing."""
        verb, *rest = self.words
        if verb == "open":
            return "--print" in rest
        if verb == "check":
            return "--from" in rest or "--help" in rest
        if verb in ("fix", "add"):
            return "--offline" in rest
        return verb in (
            "fmt",
            "list",
            "show",
            "search",
            "themes",
            "territory",
            "guide",
            "links",
            "validate",
            "history",
            "report",
        )


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of *text*, in order."""
    lines = text.splitlines()
    fences = [number for number, line in enumerate(lines) if line.startswith("```")]
    for start, end in zip(fences[::2], fences[1::2], strict=True):
        yield Block(lines[start].removeprefix("```"), tuple(lines[start + 1 : end]), start + 2)


def examples(text: str) -> Iterator[Example]:
    """The `diagsources` command lines of *text*."""
    for block in blocks(text):
        if block.language == "sh":
            for number, line in enumerate(block.lines):
                if line.startswith("diagsources "):
                    yield Example(line, None, 0, block.at + number)
        if block.language == "console":
            yield from _shown(block)


def files(text: str) -> dict[str, str]:
    """The files that *text* shows, by name: those of `cat`, and the catalogue in YAML."""
    found: dict[str, str] = {}
    for block in blocks(text):
        if block.language == "yaml":
            found["mon-catalogue/sante.yaml"] = _text(block.lines)
        if block.language == "console":
            for line, output, _ in _conversation(block):
                if line.startswith("cat "):
                    found[line.removeprefix("cat ")] = _text(output)
    return found


def _shown(block: Block) -> Iterator[Example]:
    said = list(_conversation(block))
    for index, (line, output, at) in enumerate(said):
        if line.startswith("diagsources "):
            following = said[index + 1] if index + 1 < len(said) else ("", (), 0)
            code = int(following[1][0]) if following[0] == "echo $?" else 0
            yield Example(line, output, code, at)


def _conversation(block: Block) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Each command of a console, what it says, and the line of README.md it is at."""
    starts = [number for number, line in enumerate(block.lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(block.lines)], strict=True):
        yield block.lines[start].removeprefix("$ "), block.lines[start + 1 : end], block.at + start


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder that holds what README.md speaks of, and the port of a server of that folder."""

    folder: Path
    port: int
    examples: Sequence[Example]

    def run(self, example: Example) -> tuple[int, list[str]]:
        """The exit code of *example* and what a terminal of 80 columns shows of it."""
        with tempfile.TemporaryDirectory() as state:
            if example.words[0] == "history":  # the page has checked something by then
                self._run(next(each for each in self.examples if each.words[0] == "check"), state)
            if example.words[0] == "report":  # and kept what it found
                self._run(next(each for each in self.examples if {"check", "--output"} <= set(each.words)), state)
            return self._run(example, state)

    def _run(self, example: Example, state: str) -> tuple[int, list[str]]:
        words = [word.replace(f":{PORT}", f":{self.port}") for word in example.words]
        if not {"-f", "--format", "-h", "--help", "open", "fix", "add", "fmt"} & set(words):
            words += ["--format", "table"]  # what a terminal would have chosen
        done = subprocess.run(
            [sys.executable, "-m", "diagsources", *words],
            cwd=self.folder,
            env=os.environ
            | {
                "DIAGSOURCES_STATE_DIR": state,
                "DIAGSOURCES_NOW": _NOW,
                "COLUMNS": _COLUMNS,
                "PYTHONUTF8": "1",
                "TERM": "dumb",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        shown = re.sub(_SLOWLY, ")", done.stdout.replace(f":{self.port}", f":{PORT}").rstrip())
        return done.returncode, [line.rstrip() for line in shown.splitlines()]


@contextmanager
def desk(folder: Path) -> Iterator[Desk]:
    """*folder* as README.md has it: the catalogue, the files it shows, and a server of them all."""
    text = README.read_text(encoding="utf-8")
    shutil.copytree(CHECKOUT / "catalogue", folder / "catalogue")
    shutil.copy(README, folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Silent, directory=str(folder))) as server:
        port = server.server_address[1]
        for name, content in files(text).items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(content.replace(f":{PORT}", f":{port}"), encoding="utf-8")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield Desk(folder, port, [example for example in examples(text) if example.is_offline])
        finally:
            server.shutdown()
            thread.join()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing on stderr."""


def agree(shown: Sequence[str], real: Sequence[str]) -> bool:
    """Whether *real* is what is *shown*."""
    pattern = "".join(r"(?:.*\n)*?" if line == ANYTHING else re.escape(f"{line}\n") for line in shown)
    return re.fullmatch(pattern, _text(real)) is not None


def refreshed(text: str, desk: Desk) -> str:
    """*text* with every output that is no longer right made anew; one that ends with `…` keeps its length."""
    lines = text.splitlines()
    for example in reversed(list(examples(text))):
        if example.shown is None or not example.is_offline:
            continue
        _, real = desk.run(example)
        if agree(example.shown, real):
            continue
        if example.shown[-1:] == (ANYTHING,):
            real = [*real[: len(example.shown) - 1], ANYTHING]
        lines[example.at : example.at + len(example.shown)] = real
    return _text(lines)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, desk(Path(folder)) as made:
        README.write_text(refreshed(README.read_text(encoding="utf-8"), made), encoding="utf-8", newline="\n")
