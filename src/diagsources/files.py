"""Files that are written whole or not at all."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO


@contextmanager
def whole_file(path: Path, *, mode: int | None = None, errors: str = "strict") -> Iterator[TextIO]:
    """A text file (UTF-8, line ends as they are) beside *path*, which takes its place at the end: a run that
    fails leaves the file as it was, and a reader never sees half of it.

    *mode* is the file's; None leaves it to its owner alone. *errors* is what becomes of a character
    that UTF-8 has not. Raises `OSError`.
    """
    import tempfile  # deferred: 2 ms, and a warm start writes nothing

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors=errors, newline="\n") as out:
            yield out
        if mode is not None:
            beside.chmod(mode)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def replace_whole(path: Path, text: str) -> None:
    """Writes *text* in the place of the file at *path*, whose permissions stay, and whose owner does where an
    administrator writes. Raises `OSError`."""
    present = path.stat()
    with whole_file(path, mode=stat.S_IMODE(present.st_mode)) as out:
        if sys.platform != "win32" and os.geteuid() == 0:
            os.chown(out.fileno(), present.st_uid, present.st_gid)
        out.write(text)


def write_whole(path: Path, text: str, *, errors: str = "strict") -> None:
    """Writes *text* as `whole_file` does. Raises `OSError`."""
    with whole_file(path, errors=errors) as out:
        out.write(text)
