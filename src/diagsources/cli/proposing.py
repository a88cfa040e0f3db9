"""Proposals before whoever decides: what was seen of a link, and under it what would stand in its place; and what is to
become of them."""

import sys
from typing import NamedTuple

from diagsources.cli import prompts
from diagsources.terminal import Terminal
from diagsources.text import french, visible


class Wish(NamedTuple):
    """What is to be done with what is found."""

    write: bool
    patch: str
    unsafe: bool
    interactive: bool
    offline: bool


class Proposal(NamedTuple):
    """Words of a proposal, in French."""

    says: str
    """What was seen."""
    url: str
    """The new address; "" for none."""
    instead: str = ""
    """What the new address is, or what else is proposed."""

    @property
    def lines(self) -> tuple[str, str]:
        """The proposal on two lines."""
        return self.says, f"  → {', '.join(filter(None, (self.url, self.instead)))}"


def tell(proposal: Proposal, terminal: Terminal) -> None:
    """Says *proposal* to who may want it another time."""
    for line in proposal.lines:
        terminal.say(line)


def agreed(proposal: Proposal) -> bool:
    """Whether the user wants *proposal*."""
    for line in proposal.lines:
        sys.stderr.write(f"{french(visible(line))}\n")
    return prompts.agreed("Appliquer ?")
