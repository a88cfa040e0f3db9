"""Choosing among the sources: `select` by exact criteria, `search` by words, `destination` to open."""

from diagsources.query.destination import Destination, destination
from diagsources.query.searching import Hit, Match, search
from diagsources.query.selection import Query, select, themes_by_name

__all__ = ["Destination", "Hit", "Match", "Query", "destination", "search", "select", "themes_by_name"]
