"""How verdicts and addresses look on a terminal."""

from collections.abc import Mapping
from typing import NamedTuple

from rich.style import Style

from diagsources.model import Verdict
from diagsources.urls import masked

STYLES: Mapping[Verdict, tuple[str, str]] = {
    Verdict.OK: ("✓", "green"),
    Verdict.MOVED: ("→", "cyan"),
    Verdict.RESTRICTED: ("-", "yellow"),
    Verdict.SKIPPED: ("-", "dim"),
    Verdict.SUSPECT: ("!", "yellow"),
    Verdict.INSECURE: ("!", "red"),
    Verdict.UNAVAILABLE: ("!", "red"),
    Verdict.BROKEN: ("✗", "red"),
}
"""The glyph and the colour of each verdict."""


class Mark(NamedTuple):
    """What is known of the health of something, for its line in a list."""

    verdict: Verdict
    """Whose glyph and colour it has."""
    words: str


def linked(url: str, style: str) -> Style:
    """*style*, and a hyperlink where *url* is one that may be opened."""
    is_web = url.startswith(("http://", "https://")) and url.isprintable() and " " not in url
    return Style.parse(style) + (Style(link=masked(url)) if is_web else Style())
