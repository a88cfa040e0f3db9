"""What should be changed in a catalogue, from what checks have seen of its links: pure, no clock, no network.

mending/
  values.py      what was seen, what is offered, and what is to be changed, as values
  writing.py     an address replaced in an entry, as a person would write it
  words.py       what was seen and what is offered, in the words of the screen
  plan.py        which links to mend, how, and how safely
  entry.py       the entry of a new source, from what its page says
"""

from diagsources.mending.entry import Known, Wanted, already, drafted, theme_of
from diagsources.mending.plan import (
    TIMES,
    Taken,
    closed_already,
    is_dead,
    is_doubtful,
    is_upgrade,
    listed,
    merged,
    proposed,
    safe,
    wanting,
)
from diagsources.mending.values import END, Change, Fix, Offer, PageSays, Seen, Snapshot, Value, Want
from diagsources.mending.words import gone, gone_elsewhere, hopeless, unwritable, what_is
from diagsources.mending.writing import may_be_written

__all__ = [
    "END",
    "TIMES",
    "Change",
    "Fix",
    "Known",
    "Offer",
    "PageSays",
    "Seen",
    "Snapshot",
    "Taken",
    "Value",
    "Want",
    "Wanted",
    "already",
    "closed_already",
    "drafted",
    "gone",
    "gone_elsewhere",
    "hopeless",
    "is_dead",
    "is_doubtful",
    "is_upgrade",
    "listed",
    "may_be_written",
    "merged",
    "proposed",
    "safe",
    "theme_of",
    "unwritable",
    "wanting",
    "what_is",
]
