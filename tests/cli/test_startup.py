"""Start-up is fast because of what is not loaded: each command in a fresh process."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.web import Web

PROGRAM = """
import json, os, sys
sys.argv = ["diagsources", *{words!r}]
from diagsources.__main__ import main
try:
    main()
except SystemExit:
    pass
finally:
    sys.stderr.write("\\n" + json.dumps(sorted(sys.modules)))
"""


def loaded_by(*words: str, **environ: str) -> set[str]:
    """The modules that running `diagsources` with *words* loads."""
    import os

    result = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(words=words)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environ},
        timeout=60,
        check=True,
    )
    return set(json.loads(result.stderr.splitlines()[-1]))


SLOW = {"rich", "httpx", "httpcore", "anyio", "asyncio", "yaml", "rapidfuzz", "click", "tempfile", "sqlite3"}


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        (("--version",), set()),
        (("--help",), set()),
        (("list",), set()),
        (("list", "-t", "sante", "-f", "json"), set()),
        (("show", "insee-bpe"), set()),
        (("themes",), set()),
        (("open", "insee-sicoval", "--print"), set()),
        (("guide", "plui"), set()),
        (("guide", "plui", "-f", "markdown"), set()),
        (("guide", "--list"), set()),
        (("guide", "plui", "--territory", "sicoval"), {"sqlite3"}),
        (("search", "équipements"), {"rapidfuzz"}),
        (("list", "-f", "table"), {"rich"}),
        (("check", "--help"), set()),
        (("validate",), {"yaml", "rapidfuzz"}),
    ],
)
def test_a_warm_start_loads_nothing_it_does_not_need(words: tuple[str, ...], needed: set[str]) -> None:
    loaded_by("list")

    assert loaded_by(*words) & SLOW <= needed


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_loads_neither_rich_nor_httpx(shell: str) -> None:
    loaded_by("list")
    environ = {
        "_DIAGSOURCES_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": "diagsources show insee",
        "COMP_CWORD": "2",
        "_TYPER_COMPLETE_ARGS": "diagsources show insee",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }

    assert not loaded_by("x", **environ) & SLOW


def test_a_page_over_http_is_asked_without_the_engines_that_others_need(web: Web, tmp_path: Path) -> None:
    (tmp_path / "links.txt").write_text(f"{web.url('/ok')}\n", encoding="utf-8")

    loaded = loaded_by("check", "--from", str(tmp_path / "links.txt"), "--allow-private", "-f", "json")

    assert not loaded & {"httpx", "httpcore", "anyio", "idna", "pyreqwest", "pycares"}
