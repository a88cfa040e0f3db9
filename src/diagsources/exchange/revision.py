"""Files as they were at a revision that git knows: the YAML of a catalogue, laid out anew in a folder.

Git is asked for objects alone: nothing is checked out, and no filter, hook or pager of the repository runs.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from diagsources.errors import InputUnreadable, UnknownValue

_SUFFIXES = (".yaml", ".yml")
_PATIENCE_S = 60
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What git sets for a hook, relative to where that runs."""
_LARGEST = 20_000_000
"""A file that is larger than this is no catalogue (bytes)."""


def files_at(revision: str, paths: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """The counterparts in *folder* of those of *paths* (files, folders of files) that were there at *revision*.

    Raises `InputUnreadable` where git or a repository is missing, `UnknownValue` for a revision that is none.
    """
    found = []
    for rank, path in enumerate(paths):
        there = folder / str(rank)
        there.mkdir()
        entries = list(_entries(revision, path))
        for entry in entries:
            (there / entry.name).write_bytes(_git(path, "cat-file", "blob", entry.blob))
        if entries:
            found.append(there / entries[0].name if path.is_file() else there)
    return tuple(found)


class _Entry(NamedTuple):
    name: str
    blob: str


def _entries(revision: str, path: Path) -> Iterator[_Entry]:
    """The files of *path* at *revision*: itself, or the YAML of the folder that it is."""
    commit = _commit(revision, path)
    prefix = _git(path, "rev-parse", "--show-prefix").decode(errors="replace").rstrip("\n")
    name = prefix if path.is_dir() else f"{prefix}{path.name}"
    listing = _git(path, "ls-tree", "-z", "-l", "--full-tree", commit, "--", *([name] if name else []))
    for line in listing.split(b"\0"):
        entry = _entry(line)
        if entry is not None:
            yield entry


def _entry(line: bytes) -> _Entry | None:
    """A line of ls-tree; None for what is no plain YAML file, or has a name that leads out of the folder."""
    facts, _, name = line.decode(errors="replace").partition("\t")
    mode, *rest = facts.split() or [""]
    if mode not in ("100644", "100755"):
        return None
    _, blob, size = rest
    base = PurePosixPath(name).name
    if not base.endswith(_SUFFIXES) or "\\" in base or ":" in base or int(size) > _LARGEST:
        return None
    return _Entry(base, blob)


def _commit(revision: str, path: Path) -> str:
    """The commit that *revision* names."""
    top = _run(path, ("rev-parse", "--show-toplevel"))
    if top.returncode:
        raise InputUnreadable(
            f"{path} : ce catalogue n'est pas dans un dépôt git que l'on puisse lire ({_last_line(top.stderr)})",
            hint="--changed-since compare avec une révision de git ; --catalogue dit quel catalogue",
        )
    named = _run(path, ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"))
    if named.returncode:
        raise UnknownValue(
            "révision inconnue de git",
            revision,
            (),
            where="git fetch la fait connaître ; dans GitHub Actions, actions/checkout la veut avec fetch-depth: 0",
        )
    return named.stdout.decode().strip()


def _git(path: Path, *words: str) -> bytes:
    done = _run(path, words)
    if done.returncode:
        raise InputUnreadable(
            f"git {words[0]} a échoué : {_last_line(done.stderr)}", hint="vérifiez le dépôt avec git fsck"
        )
    return done.stdout


def _run(path: Path, words: Iterable[str]) -> subprocess.CompletedProcess[bytes]:
    """Git, where *path* is, with nobody to answer it."""
    folder = path if path.is_dir() else path.parent
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    try:
        return subprocess.run(  # noqa: S603 - words of ours; a revision stands behind --end-of-options
            ["git", "--literal-pathspecs", "-C", str(folder.resolve()), *words],  # noqa: S607 - the git of the user
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_PATIENCE_S,
            check=False,
            env={name: value for name, value in os.environ.items() if name not in _OF_A_HOOK} | quiet,
        )
    except FileNotFoundError as error:
        raise InputUnreadable(
            "git n'est pas installé, ou le dossier du catalogue n'existe pas",
            hint="--changed-since demande à git ce qui a changé",
        ) from error
    except subprocess.TimeoutExpired as error:
        raise InputUnreadable(f"git n'a pas répondu en {_PATIENCE_S} s", hint="réessayez") from error


def _last_line(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "sans dire pourquoi"
