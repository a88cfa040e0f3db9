"""The command line, in this process and in one of its own."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from typer.testing import CliRunner, Result

from diagsources.cli import app
from tests.support.web import Web, local_web

Run: TypeAlias = Callable[..., Result]
Process: TypeAlias = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run() -> Run:
    """Runs a command line in this process: `.exit_code`, `.stdout`, `.stderr`."""

    def invoke(*words: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(app, words, input=typed)

    return invoke


@pytest.fixture
def process() -> Process:
    """Runs a command line as a process of its own."""

    def start(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "diagsources", *words],
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )

    return start


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A web of one's own, whose authority is trusted."""
    with local_web(tmp_path) as web:
        monkeypatch.setenv("SSL_CERT_FILE", str(web.authority))
        yield web


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """A small catalogue: two sources, one of them gone elsewhere."""
    file = tmp_path / "mine.yaml"
    file.write_text(
        """\
theme: eau
sources:
  - id: rivieres
    title: Débit des rivières
    url: https://rivieres.example.org/
    keywords: [débit]
  - id: nappes
    title: Niveau des nappes
    url: https://nappes.example.org/
    document_url: http://old.example.org/nappes
    lifecycle: {status: closed, since: "2024-03", successor: rivieres}
""",
        encoding="utf-8",
    )
    return file
