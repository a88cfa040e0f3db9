"""Whose fault it is: a run judged as a whole, before anything is said of its links."""

from typing import NamedTuple

from diagsources.model import FAILING
from diagsources.urls import host_of
from diagsources.verdict.evidence import Check
from diagsources.verdict.memory import State


class Turnout(NamedTuple):
    """How a whole run went, by hosts."""

    hosts: int
    """That were asked."""
    reached: int
    """Of these, that answered anything."""
    were_well: int = 0
    """Of these, of which memory says that a link was well."""
    still_well: int = 0
    """Of those, of which a link still is."""


class Attendance:
    """Who answered in a run, as its checks come."""

    def __init__(self) -> None:
        self._hosts: dict[str, tuple[bool, bool, bool]] = {}
        """Whether each was reached, was well before, and is well."""

    def note(self, check: Check, before: State | None) -> None:
        """Adds *check*, of a link of which *before* was known."""
        reached = check.evidence.reached
        if reached is None:
            return
        was_reached, was_well, is_well = self._hosts.get(host := host_of(check.link.url), (False, False, False))
        self._hosts[host] = (
            was_reached or reached,
            was_well or (before is not None and not before.is_down),
            is_well or check.judgement.verdict not in FAILING,
        )

    def turnout(self) -> Turnout:
        """How the run went so far."""
        seen = self._hosts.values()
        return Turnout(
            hosts=len(seen),
            reached=sum(reached for reached, _, _ in seen),
            were_well=sum(was_well for _, was_well, _ in seen),
            still_well=sum(was_well and is_well for _, was_well, is_well in seen),
        )


_ENOUGH_HOSTS = 10
"""So many hosts do not fail together by chance."""
_NEARLY_NONE = 0.1
_FEW = 0.25
"""The share of the hosts below which it is asked whether there is a network: a list on the way out, or a machine
that is offline and reaches its neighbours."""


def is_doubtful(run: Turnout) -> bool:
    """Whether so few hosts were reached that it matters whether the network is there."""
    return run.hosts > 0 and (not run.reached or (run.hosts >= _ENOUGH_HOSTS and run.reached < _FEW * run.hosts))


def inconclusive(run: Turnout, *, canary: bool | None = None) -> bool:
    """Whether it is us: nearly no host was reached, or nearly all that were well fail at once.

    *canary* says whether a host that is known to be there took a connection; None where none was asked. The
    second rule holds even then: a portal that wants a login, a proxy or a lost set of certificates takes
    connections, and answers for everyone.
    """
    if canary is False and is_doubtful(run):
        return True
    if run.were_well >= _ENOUGH_HOSTS and run.still_well < _NEARLY_NONE * run.were_well:
        return True
    return canary is None and run.hosts >= _ENOUGH_HOSTS and run.reached < _NEARLY_NONE * run.hosts
