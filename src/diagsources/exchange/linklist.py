"""The links of a text, whatever its form; a list of any length is read line by line."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TextIO

from diagsources.errors import InputUnreadable, why
from diagsources.model import Link

_BARE = re.compile(r"https?://[^\s<>\"'`\\^{|}]+", re.IGNORECASE)
_MARKDOWN = re.compile(r"\]\(\s*<?((?:https?:)?//[^\s<>]+?)>?(?:\s+[\"'(].*?)?\s*\)", re.IGNORECASE)
_TRAILING = ".,;:!?*_~»’\u00a0"
_PAIRS = {")": "(", "]": "["}

MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown")
HTML_SUFFIXES = (".html", ".htm", ".xhtml")


def read_links(path: str, stdin: TextIO) -> Iterator[Link]:
    """The links of the file at *path* (`-`: *stdin*), in order; raises `InputUnreadable`."""
    if path == "-":
        yield from links_in(stdin, file="-")
        return
    try:
        with Path(path).open(encoding="utf-8-sig", errors="strict", newline=None) as lines:
            yield from links_in(lines, file=path)
    except OSError as error:
        raise InputUnreadable(f"{path} : lecture impossible ({why(error)})", hint="vérifiez --from") from error
    except UnicodeDecodeError as error:
        raise InputUnreadable(
            f"{path} : ce fichier n'est pas en UTF-8", hint="enregistrez-le dans cet encodage"
        ) from error


def links_in(lines: Iterable[str], *, file: str) -> Iterator[Link]:
    """The links of *lines*: one a line, or as Markdown or HTML where *file* is named so.

    In a list, blank lines and those that begin with `#` are passed over; any other line is a link,
    were it no URL at all: that is for the check to say.
    """
    suffix = Path(file).suffix.lower()
    find = _in_list
    if suffix in MARKDOWN_SUFFIXES:
        find = _in_markdown
    elif suffix in HTML_SUFFIXES:
        find = _in_html
    for number, url in find(lines):
        yield Link(id=f"line-{number}", rel="url", url=url, file=file, line=number)


def _in_list(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, start=1):
        url = line.strip()
        if url and not url.startswith("#"):
            yield number, url


def _in_markdown(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Targets of links, and addresses that stand bare; each once a line."""
    for number, line in enumerate(lines, start=1):
        targets = [_closed(match[1]) for match in _MARKDOWN.finditer(line)]
        bare = [_closed(match[0]) for match in _BARE.finditer(_MARKDOWN.sub("]", line))]
        for url in dict.fromkeys((*targets, *bare)):
            yield number, url


def _closed(url: str) -> str:
    """*url* without the punctuation of the sentence around it; brackets that it opens stay."""
    while url:
        last = url[-1]
        opening = _PAIRS.get(last)
        if last not in _TRAILING and not (opening and url.count(last) > url.count(opening)):
            break
        url = url[:-1]
    return url


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = {"a": "href", "area": "href", "link": "href", "img": "src", "script": "src", "iframe": "src"}.get(tag)
        for key, value in attrs:
            if key == name and value and value.strip().lower().startswith(("http://", "https://")):
                self.found.append((self.getpos()[0], value.strip()))


def _in_html(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Absolute addresses of anchors, images, scripts and frames."""
    parser = _Anchors()
    for line in lines:
        parser.feed(line)
        yield from parser.found
        parser.found.clear()
    parser.close()
    yield from parser.found
