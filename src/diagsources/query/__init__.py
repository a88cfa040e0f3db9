"""Choosing among the sources: `select` by exact criteria, `search` by words, `destination` to open, `guide_named` to
be led by questions."""

from diagsources.query.destination import Destination, destination
from diagsources.query.guiding import guide_named, guides_of, questions_of
from diagsources.query.searching import Hit, Match, search
from diagsources.query.selection import Query, select, themes_by_name

__all__ = [
    "Destination",
    "Hit",
    "Match",
    "Query",
    "destination",
    "guide_named",
    "guides_of",
    "questions_of",
    "search",
    "select",
    "themes_by_name",
]
