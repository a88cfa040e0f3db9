"""What an answer means for a person with a browser: pure, and the middle of the house.

verdict/
  evidence.py   what a probe brings back, as values
  page.py       what is seen of a body, as a value
  sight.py      what a page is, from what is seen of it: walls, soft 404, parked, closed…
  reasons.py    the one table of why
  judge.py      the rules, in the order in which they hold
"""

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
from diagsources.verdict.judge import (
    FAILING,
    TELLING_FIELDS,
    Ruling,
    Wanted,
    deserves_second_opinion,
    judge,
    may_heal,
    permanent_prefix,
    rule,
    wall_of,
)
from diagsources.verdict.page import Page
from diagsources.verdict.reasons import REASONS, WARNINGS, reason_of_status

__all__ = [
    "FAILING",
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
    "judge",
    "may_heal",
    "permanent_prefix",
    "reason_of_status",
    "rule",
    "wall_of",
]
