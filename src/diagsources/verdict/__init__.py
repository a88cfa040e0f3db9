"""What an answer means for a person with a browser: pure, and the middle of the house.

verdict/
  evidence.py   what a probe brings back, as values
  page.py       what is seen of a body, as a value
  trace.py      by what a page is known again, and whether it has changed
  reading.py    what a page says: its words folded, its title and heading in parts
  marks.py      the table of what markup betrays
  missing.py    the phrases that say that something is not there
  vocabulary.py rows of tables, and the words that they share
  phrases.py    the tables of what else titles and headings say
  sentences.py  the tables of what else texts say
  walls.py      walls against robots, from a page
  documents.py  errors that services send as data
  sight.py      what a page is, from what is seen of it: soft 404, parked, closed…
  places.py     what an address alone says: a login, a home, a file
  promises.py   what was promised: the file, what the catalogue expects, the fragment
  reasons.py    the one table of why
  rules.py      the rules, in the order in which they hold
  memory.py     the rule of memory: when a failure is sure enough to act on
  turnout.py    whose fault it is: a run judged as a whole
  wording.py    what memory knows, in words
  told.py       a check as it is told: whether it counts, and what excuses it
  health.py     what is known of a source

What is named below is loaded when it is first asked for: who shows what is remembered has no use of the rules (15 ms).
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diagsources.verdict.evidence import (
        REDIRECTS,
        Answer,
        Check,
        Control,
        Evidence,
        Fault,
        Judgement,
        Step,
    )
    from diagsources.verdict.page import Page
    from diagsources.verdict.reasons import REASONS, WARNINGS, reason_of_status
    from diagsources.verdict.rules import (
        TELLING_FIELDS,
        Ruling,
        Wanted,
        deserves_second_opinion,
        is_deep,
        is_the_same_page,
        judge,
        may_heal,
        permanent_prefix,
        rule,
        wall_of,
    )

_HOMES = {
    **dict.fromkeys(("REDIRECTS", "Answer", "Check", "Control", "Evidence", "Fault", "Judgement", "Step"), "evidence"),
    **dict.fromkeys(
        ("TELLING_FIELDS", "Ruling", "Wanted", "deserves_second_opinion", "is_deep", "is_the_same_page", "judge"),
        "rules",
    ),
    **dict.fromkeys(("may_heal", "permanent_prefix", "rule", "wall_of"), "rules"),
    "Page": "page",
    **dict.fromkeys(("REASONS", "WARNINGS", "reason_of_status"), "reasons"),
}

if not TYPE_CHECKING:  # who has typed a name wrong is to be told

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        return value


__all__ = [
    "REASONS",
    "REDIRECTS",
    "TELLING_FIELDS",
    "WARNINGS",
    "Answer",
    "Check",
    "Control",
    "Evidence",
    "Fault",
    "Judgement",
    "Page",
    "Ruling",
    "Step",
    "Wanted",
    "deserves_second_opinion",
    "is_deep",
    "is_the_same_page",
    "judge",
    "may_heal",
    "permanent_prefix",
    "reason_of_status",
    "rule",
    "wall_of",
]
