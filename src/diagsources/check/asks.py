"""One address to ask, the links that wait for what it answers, and what was answered, for those that come later."""

from collections import OrderedDict
from dataclasses import dataclass

from diagsources.model import Link
from diagsources.verdict import Evidence
from diagsources.verdict.trace import Known

REMEMBERED = 10_000
"""How many addresses are kept with what they answered, for those that come again."""

_TEXT = 16_000_000
"""How much of their pages is kept with them (characters)."""


@dataclass(slots=True)
class Ask:
    """One address to ask, and the links that wait for what it answers."""

    address: str
    server: str
    links: list[Link]
    known: Known | None = None
    """What is known of the page, for it to be asked for only if it has changed."""
    evidence: Evidence | None = None
    """What came back, were it to be asked once more."""
    reads_anchors: bool = False
    """Whether what was read of the page, or is being read, tells its anchors."""
    weight: int = 0
    """How much memory its page takes, roughly (characters)."""

    @property
    def anchors(self) -> bool:
        """Whether any of the links looks for a place in the page."""
        return any("#" in link.url for link in self.links)

    def answers(self, link: Link) -> bool:
        """Whether something came back, and was read for what *link* looks for in the page."""
        if self.evidence is None:
            return False
        return not wants_page(link) if is_unchanged(self.evidence) else "#" not in link.url or self.reads_anchors


class Answered:
    """The last addresses that were asked, by themselves."""

    def __init__(self) -> None:
        self._asks: OrderedDict[str, Ask] = OrderedDict()
        self._text = 0

    def get(self, address: str) -> Ask | None:
        """What was asked at *address*, as far as it is kept."""
        return self._asks.get(address)

    def keep(self, ask: Ask) -> None:
        """Keeps *ask*, for which no link waits any more, and lets go of the oldest."""
        ask.links, ask.weight = [], _weight(ask)
        before = self._asks.pop(ask.address, None)
        if before is not None:
            self._text -= before.weight
        self._asks[ask.address] = ask
        self._text += ask.weight
        while len(self._asks) > REMEMBERED or self._text > _TEXT:
            _, oldest = self._asks.popitem(last=False)
            self._text -= oldest.weight


def wants_page(link: Link) -> bool:
    """Whether it matters to *link* what is in the page."""
    return "#" in link.url or link.expect is not None


def is_unchanged(evidence: Evidence) -> bool:
    """Whether the page was not sent, since it is what it was."""
    return evidence.status_code == 304


def _weight(ask: Ask) -> int:
    """What `Ask.weight` says of *ask*."""
    evidence = ask.evidence
    if evidence is None or evidence.page is None:
        return 0
    page = evidence.page
    return len(page.text) + len(page.content or "") + len(page.code) + 40 * len(page.anchors)
