"""Addresses rewritten in a list, in Markdown or in HTML, where they stand; the rest stays, byte for byte."""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from pathlib import Path

from diagsources.exchange.linklist import (
    HTML_SUFFIXES,
    MARKDOWN_SUFFIXES,
    Span,
    links_in,
    spans_in_html,
    spans_in_list,
    spans_in_markdown,
)
from diagsources.urls import on_the_wire

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_PAIRED = re.compile(r"(?:[^()]|\([^()]*\))*")
_BRACKETS = {ord(char): f"%{ord(char):02X}" for char in "()[]"}
_UNQUOTED = re.compile(r"[^\s\"'=<>`]+")


class CannotRewrite(Exception):
    """An address cannot be written there so that it means what it should."""


def rewritten(text: str, file: str, new: Mapping[str, str]) -> str:
    """*text*, of the file of that name, with the addresses of *new* instead of the old.

    The result is read again; raises `CannotRewrite` where it does not give the links that it should.
    """
    if not new:
        return text
    suffix = Path(file).suffix.lower()
    if suffix in HTML_SUFFIXES:
        result = _in_html(text, new)
    elif suffix in MARKDOWN_SUFFIXES:
        result = _in_lines(text, new, spans_in_markdown, _for_markdown)
    else:
        result = _in_lines(text, new, spans_in_list, lambda url, _: on_the_wire(url))
    wanted = {(line, _encoded(new.get(url, url))) for line, url in _links(text, file)}
    if wanted != {(line, _encoded(url)) for line, url in _links(result, file)}:
        raise CannotRewrite(f"{file} : les liens n'y seraient plus les mêmes")
    return result


def _links(text: str, file: str) -> list[tuple[int, str]]:
    return [(link.line, link.url) for link in links_in(StringIO(text, newline=None), file=file)]


def _in_lines(
    text: str,
    new: Mapping[str, str],
    spans: Callable[[str], Iterator[Span]],
    write: Callable[[str, str], str],
) -> str:
    linked = {link.line for link in links_in(StringIO(text, newline=None), file="x.md")}
    lines = _LINE.findall(text)
    for rank, line in enumerate(lines):
        if spans is spans_in_markdown and rank + 1 not in linked:
            continue  # code between fences
        bare = line.rstrip("\r\n")
        for span in sorted(spans(bare), reverse=True):
            if span.url in new:
                bare = bare[: span.start] + write(new[span.url], span.form) + bare[span.end :]
        lines[rank] = bare + line[len(line.rstrip("\r\n")) :]
    return "".join(lines)


def _for_markdown(url: str, form: str) -> str:
    """*url* as Markdown takes it in that *form* (CommonMark §6.3)."""
    written = re.sub(r"&(?=#?\w+;)", "&amp;", on_the_wire(url).replace("[", "%5B").replace("]", "%5D"))
    return _encoded(written) if form == "inline" and not _PAIRED.fullmatch(written) else written


def _encoded(url: str) -> str:
    """*url* with what it may be written with or without encoded."""
    return on_the_wire(url).translate(_BRACKETS)


def _in_html(text: str, new: Mapping[str, str]) -> str:
    pieces: list[str] = []
    at = 0
    for span in spans_in_html(text):
        if span.url in new:
            pieces += (text[at : span.start], _for_html(new[span.url], span.form))
            at = span.end
    return "".join((*pieces, text[at:]))


def _for_html(url: str, quote: str) -> str:
    """*url* as the value of an attribute, between *quote* where that is one."""
    escaped = html.escape(on_the_wire(url))
    if quote not in "'\"" and _UNQUOTED.fullmatch(escaped):
        return escaped
    return f"'{escaped}'" if quote == "'" else f'"{escaped}"'
