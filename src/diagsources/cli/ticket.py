"""The one issue that says which links are dead: what it should be, from reports; GitHub, from the environment."""

import os
import time
from typing import TYPE_CHECKING

from diagsources.errors import ServiceUnusable
from diagsources.terminal import Terminal

if TYPE_CHECKING:
    from diagsources.reports.kept import Kept

_ROOM = 60_000
"""So many bytes for the links; GitHub takes 65,536 characters in all."""


def keep(repository: str, whole: "Kept", terminal: Terminal) -> None:
    """Makes the issue of *repository* say what *whole* does. A fault of GitHub is told, and changes nothing else.
    Raises `WrongUsage` where it cannot be asked at all."""
    from diagsources.exchange.github import API, Issue, keep_issue
    from diagsources.reports.digest import ticket

    if whole.head.get("interrupted") or not whole.records:
        terminal.say("le ticket reste tel qu'il est : ce passage ne dit pas tout")
        return
    wanted = ticket(whole.records, room=_ROOM)
    try:
        done = keep_issue(
            repository,
            Issue(wanted.title, wanted.body, wanted.is_open, _footer()),
            token=os.environ.get("GITHUB_TOKEN", ""),
            api=os.environ.get("GITHUB_API_URL") or API,
            sleep=time.sleep,
        )
    except ServiceUnusable as error:
        terminal.warn(error.message)
        return
    number = f"#{done.number} " if done.number else ""
    terminal.say(f"ticket {number}: {done.outcome}")


def _footer() -> str:
    """Where the run can be read, if GitHub runs it."""
    server, repository, run = (os.environ.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY", "RUN_ID"))
    if not (server.startswith("https://") and repository and run.isdecimal()):
        return ""
    return f"[Le passage qui l'a constaté]({server}/{repository}/actions/runs/{run})"
