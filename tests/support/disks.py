"""Disks that are small, or that nobody may write to; a test that needs one is skipped where none can be mounted."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, *options: str) -> Iterator[Path]:
    """A file system of its own at *folder*."""
    folder.mkdir()
    mount = shutil.which("mount")
    words = [mount or "mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)]
    if mount is None or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def unwritable(folder: Path, *files: Path) -> Iterator[Path]:
    """A folder with copies of *files*, in which nothing can be written."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # who writes wherever a disk lets anybody write
        with small_disk(folder, "size=4m"):
            _fill(folder, files)
            subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
            yield folder
        return
    folder.mkdir()
    _fill(folder, files)
    folder.chmod(0o500)
    try:
        yield folder
    finally:
        folder.chmod(0o700)


def _fill(folder: Path, files: tuple[Path, ...]) -> None:
    for file in files:
        shutil.copy(file, folder)
        (folder / file.name).chmod(0o400)
