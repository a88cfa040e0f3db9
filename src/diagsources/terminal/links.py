"""Addresses on a terminal: hyperlinks, where they are such as may be opened."""

from rich.style import Style

from diagsources.urls import masked


def linked(url: str, style: str) -> Style:
    """*style*, and a hyperlink where *url* is one that may be opened."""
    is_web = url.startswith(("http://", "https://")) and url.isprintable() and " " not in url
    return Style.parse(style) + (Style(link=masked(url)) if is_web else Style())
