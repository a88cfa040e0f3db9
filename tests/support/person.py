"""A person before a terminal: has a command run there, and answers what it asks."""

import os
import pty
import subprocess
import sys
from typing import NamedTuple

END = "\x04"
"""Ctrl-D, for an answer."""


class Seen(NamedTuple):
    """How a command ended, and all that was on the screen, answers too."""

    exit_code: int
    screen: str


def at_a_terminal(*words: str, answers: tuple[str, ...] = ()) -> Seen:
    """Runs `diagsources` with *words* in a terminal of its own; *answers* wait there to be read, a line each."""
    ours, theirs = pty.openpty()
    try:
        for answer in answers:
            os.write(ours, (answer if answer == END else f"{answer}\n").encode())
        command = [sys.executable, "-m", "diagsources", *words]
        environ = os.environ | {"TERM": "dumb", "COLUMNS": "200"}
        with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environ) as process:
            os.close(theirs)
            screen = b"".join(_until_closed(ours))
        return Seen(process.returncode, screen.decode().replace("\r\n", "\n"))
    finally:
        os.close(ours)


def _until_closed(ours: int) -> list[bytes]:
    pieces: list[bytes] = []
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:  # how Linux says that nobody has the other end any more
            return pieces
        if not piece:
            return pieces
        pieces.append(piece)
