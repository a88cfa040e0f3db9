"""Runs commands side by side and says what each cost: `python -I -S measure.py FOLDER COMMANDS`.

COMMANDS is a JSON list of lists of arguments. Their stdout and stderr go to FOLDER/0.out, 0.err, 1.out…;
stdout here is a JSON list of `[exit code, CPU seconds, peak memory in bytes]`, minus the signal for a code
where one ended it. A process of its own, and a small one: the peak of a child counts its parent's.
"""

import json
import os
import sys


def main(folder: str, commands: list[list[str]]) -> None:
    """Starts all of *commands*, waits for each, and prints what they cost."""
    children = [_start(f"{folder}/{rank}", command) for rank, command in enumerate(commands)]
    sys.stdout.write(json.dumps([_cost(child) for child in children]))


def _start(beside: str, command: list[str]) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    streams = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, f"{beside}.out", flags, 0o600),
        (os.POSIX_SPAWN_OPEN, 2, f"{beside}.err", flags, 0o600),
    ]
    return os.posix_spawn(command[0], command, os.environ, file_actions=streams)


def _cost(child: int) -> tuple[int, float, int]:
    _, status, usage = os.wait4(child, 0)
    unit = 1 if sys.platform == "darwin" else 1024
    return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
