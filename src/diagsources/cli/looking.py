"""What the last checks saw, those of this very run where it is to check first."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from diagsources.cli.clock import now
from diagsources.cli.options import Output, state_file
from diagsources.cli.sightings import seen_of
from diagsources.errors import DiagsourcesError, WrongUsage
from diagsources.mending import Seen
from diagsources.model import Link
from diagsources.terminal import Terminal
from diagsources.text import counted

if TYPE_CHECKING:
    from diagsources.check import Policy


def looked(
    links: Sequence[Link], state: Path | None, policy: "Policy | None", terminal: Terminal, *, scope: str
) -> list[Seen]:
    """What was seen of *links*; they are asked first where *policy* says how.

    Raises `WrongUsage` where nothing is known of any of them.
    """
    from diagsources.store import remembering  # deferred: sqlite3 costs 11 ms

    path = state_file(state)
    if policy is not None:
        _check(links, path, policy, terminal, scope=scope)

    def say(trouble: DiagsourcesError) -> None:
        terminal.warn(f"mémoire : {trouble.message}", trouble.hint)

    with remembering(path, now=now(), say=say, creates=False) as store:
        found = seen_of(store, links)
    if links and not found:
        raise WrongUsage(
            "rien n'est encore connu de ces liens", hint="diagsources check les vérifie, ou ajoutez --check"
        )
    if len(found) < len(links):
        unknown = counted(len(links) - len(found), "lien n'a jamais été vérifié", "liens n'ont jamais été vérifiés")
        terminal.say(f"{unknown} : diagsources check, ou --check")
    return found


def _check(links: Sequence[Link], path: Path, policy: "Policy", terminal: Terminal, *, scope: str) -> None:
    """Asks *links* as `check` does, and remembers what they answered. Raises `NoNetwork` or `Inconclusive`."""
    from diagsources.cli.asking import Asking, Reading, View
    from diagsources.cli.exceptions import exceptions
    from diagsources.cli.memory import stored
    from diagsources.model import FAILING

    rendering = Output("plain", "", terminal)
    with stored(path, scope=scope, resume=False, rendering=rendering, at=now()) as memory:
        run = Asking(rendering, memory, Reading(FAILING, False, exceptions()), View(len(links)))
        run.ask(links, policy)
    if run.interrupted:
        raise KeyboardInterrupt
