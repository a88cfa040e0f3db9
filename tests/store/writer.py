"""A process that keeps checks and says so: `python -m tests.store.writer PATH SCOPE LINKS [LETTER]`.

Writes a line for each check once it is kept; goes on with the run of that scope where one was cut.
"""

import sys
from pathlib import Path

from diagsources.store import open_store
from tests.store.samples import START, check_of, link_of


def main(path: str, scope: str, links: str, letter: str = "u") -> None:
    """Keeps a check of every link that the run has not asked yet."""
    with open_store(Path(path), now=START, patience_s=30) as store:
        cut = store.unfinished(scope)
        run = store.resume(cut) if cut else store.begin(scope, at=START)
        for number in range(int(links)):
            if run.recall(link_of(number)) is not None:
                continue
            run.keep(check_of(link_of(number), letter))
            if not run.pending:
                sys.stdout.write(f"{number}\n")
                sys.stdout.flush()
        run.finish(at=START)


if __name__ == "__main__":
    main(*sys.argv[1:])
