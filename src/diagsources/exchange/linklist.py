"""The links of a text, whatever its form; a list of any length is read line by line."""

import re
from collections.abc import Iterable, Iterator
from html.entities import html5
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple, TextIO

from diagsources.errors import InputUnreadable, why
from diagsources.model import Link
from diagsources.text import unescaped, without_long_references

_MARKDOWN = re.compile(
    r"""
    \](?:\(|:)\s* <(?P<pointed> https?://[^<>\n]*)>
    | \]\(\s* (?P<inline> https?:// (?: \\. | \((?:\\.|[^\s()\\])*\) | [^\s()\\] )+)  # brackets go in pairs
    | (?P<bare> https?:// (?: (?!\]\() (?: \\[!-/:-@\[-`{-~] | '(?=\w) | [^\s<>"'`\\^{|}] ) )+ )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CODE = re.compile(r"(?<![`\\])(`+)(?!`).+?(?<!`)\1(?!`)")
_FENCE = re.compile(r"(?P<before>(?:[\s>]|[-*+]\s|\d{1,9}[.)]\s)*)(?P<mark>`{3,}|~{3,})")
"""The line of a fence, in whatever list or quotation."""
_MOST_INDENTED = 3
"""Spaces before a fence that is in no list; with more, the line is code itself."""
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
_COMMENT_START = re.compile(r" {0,3}<!--")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);", re.IGNORECASE)
_BARE = re.compile(r"https?://[^\s<>\"'`|]+", re.IGNORECASE)
_ALONE = re.compile(r"(https?://\S+)\n?\Z", re.IGNORECASE)
"""A line that is an address and nothing else, as most are: of a long list, each line costs."""
_ASIDE = r"\t|\s{2,}|\s+#"
"""What parts an address from a note behind it; a lone space may be of the address."""
_BEGUN = re.compile(r"(?<!\S)[(<\[\"']?https?://", re.IGNORECASE)
"""Where an address begins; on a line of several, spaces are of none."""
_TRAILING = ".,;:!?*_~`»’”…\\"
_UNSEEN_MARKS = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Characters of no width, which are copied along with an address."""
_PAIRS = {")": "(", "]": "["}
_BOM = "\ufeff"

MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown")
HTML_SUFFIXES = (".html", ".htm", ".xhtml")


class Span(NamedTuple):
    """Where an address stands in a line, and what it means there."""

    start: int
    end: int
    url: str
    form: str
    """`pointed` (between angle brackets), `inline` (in the round ones of a link), or `bare`."""


def read_links(path: str, stdin: TextIO) -> Iterator[Link]:
    """The links of the file at *path* (`-`: *stdin*), in order; raises `InputUnreadable`."""
    try:
        if path == "-":
            yield from links_in(_readable(stdin), file="-")
            return
        with Path(path).open(encoding="utf-8", errors="strict", newline=None) as lines:
            yield from links_in(lines, file=path)
    except OSError as error:
        raise InputUnreadable(f"{path} : lecture impossible ({why(error)})", hint="vérifiez --from") from error
    except UnicodeDecodeError as error:
        raise InputUnreadable(
            f"{path} : ce fichier n'est pas en UTF-8", hint="enregistrez-le dans cet encodage"
        ) from error


def _readable(lines: Iterable[str]) -> Iterator[str]:
    """*lines* as they come; raises `InputUnreadable` at the first that is not UTF-8."""
    for line in lines:
        if not line.isascii() and _SURROGATE.search(line):
            raise InputUnreadable(
                "l'entrée standard n'est pas en UTF-8", hint="convertissez-la, avec iconv par exemple"
            )
        yield line


_SURROGATE = re.compile("[\ud800-\udfff]")
"""What Python puts in the place of a byte that is no character."""


def links_in(lines: Iterable[str], *, file: str) -> Iterator[Link]:
    """The links of *lines*: one a line, or as Markdown or HTML where *file* is named so.

    In a list, blank lines and those that begin with `#` are passed over; a note may stand behind an
    address (two spaces, a tab or ` #` part them) or before it, and a line may hold several. Any other line is a
    link, were it no URL at all: that is for the check to say.
    """
    suffix = Path(file).suffix.lower()
    find = _in_list
    if suffix in MARKDOWN_SUFFIXES:
        find = _in_markdown
    elif suffix in HTML_SUFFIXES:
        find = _in_html
    for number, url in find(_without_bom(lines)):
        yield Link(id=f"line-{number}", rel="url", url=url, file=file, line=number)


def _without_bom(lines: Iterable[str]) -> Iterator[str]:
    """*lines* without the mark that Windows puts at the head of a file."""
    for number, line in enumerate(lines):
        yield line.removeprefix(_BOM) if number == 0 else line


def _in_list(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, start=1):
        alone = _ALONE.match(line)
        if alone is not None:
            yield number, alone[1].rstrip(_UNSEEN_MARKS)
            continue
        for span in spans_in_list(line):
            yield number, span.url


def spans_in_list(line: str) -> Iterator[Span]:
    """The addresses of a *line* of a list, in order."""
    text = line.strip().strip(_UNSEEN_MARKS).strip()
    if not text or text.startswith("#"):
        return
    before = line.index(text)
    if _BARE.match(text) and len(_BEGUN.findall(text)) == 1:
        found = [(0, re.split(_ASIDE, text, maxsplit=1)[0])]
    else:
        found = [(match.start(), _closed(match[0])) for match in _BARE.finditer(text)] or [(0, text)]
    for start, url in found:
        yield Span(before + start, before + start + len(url), url, "bare")


def _in_markdown(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Targets of links, and addresses that stand bare; each once a line. Code and comments are no link."""
    fence, container, in_list, in_comment = "", "", False, False
    for number, line in enumerate(lines, start=1):
        if in_comment:
            in_comment = "-->" not in line
            continue
        if fence and not _is_within(line, container):
            fence = ""
        mark = _FENCE.match(line)
        if mark and not fence and len(mark["before"]) > _MOST_INDENTED and not (in_list or mark["before"].strip()):
            mark = None  # code by its indentation
        if fence:
            if mark and mark["mark"].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif mark and not (mark["mark"][0] == "`" and "`" in line[mark.end() :]):
            fence, container = mark["mark"], mark["before"]
        elif _COMMENT_START.match(line) and "-->" not in line:
            in_comment = True
        else:
            yield from ((number, url) for url in dict.fromkeys(span.url for span in spans_in_markdown(line)))
        if line.strip():
            in_list = bool(_ITEM.match(line)) or (in_list and line[:1].isspace())


def _is_within(line: str, container: str) -> bool:
    """Whether *line* is still in the quotation or the list item whose fence came after *container*."""
    if ">" in container:
        return line.lstrip().startswith(">")
    return not container.strip() or not line.strip() or len(line) - len(line.lstrip()) >= len(container)


def spans_in_markdown(line: str) -> Iterator[Span]:
    """The addresses of a *line* of Markdown that is no code, in order."""
    seen = _CODE.sub(lambda code: " " * len(code[0]), line)
    if "<!--" in seen:
        seen = _COMMENT.sub(lambda comment: " " * len(comment[0]), seen)
    for match in _MARKDOWN.finditer(seen):
        form = next(name for name in ("pointed", "inline", "bare") if match[name])
        written = _closed(match["bare"]) if form == "bare" else match[form]
        yield Span(match.start(form), match.start(form) + len(written), _target(written), form)


def _target(written: str) -> str:
    """The address that *written* means (CommonMark §2.4, §2.5, §6.3)."""
    plain = _ENTITY.sub(lambda entity: unescaped(entity[0]), _ESCAPE.sub(r"\1", written))
    return plain.replace(" ", "%20")


def _closed(url: str) -> str:
    """*url* without the punctuation of the sentence around it; brackets that it opens stay."""
    end = len(url)
    unopened = {last: url.count(last) - url.count(first) for last, first in _PAIRS.items()}
    while end and (url[end - 1] in _TRAILING or unopened.get(url[end - 1], 0) > 0):
        end -= 1
        if url[end] in unopened:
            unopened[url[end]] -= 1
    return url[:end]


_UNSEEN = frozenset({"preconnect", "dns-prefetch"})
"""Relations of a `link` whose address is a host to greet and no page."""


_LONGEST_TAG = 100_000
"""Characters after which what was begun is taken for no tag."""


_TAG_NAME = re.compile(r"<[^\s/>]*")
_ATTRIBUTE = re.compile(
    r"(?<![\s/])[\s/]*+(?P<name>[^\s/>][^\s/=>]*)(?:\s*=+\s*(?P<value>'[^']*'|\"[^\"]*\"|[^\s>]*))?"
)
_ADDRESS_OF = {"a": "href", "area": "href", "link": "href", "img": "src", "script": "src", "iframe": "src"}


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        """Lines and addresses."""
        self.places: list[tuple[int, int, str]] = []
        """Where each is written: the line and the column of its tag, to which that in the tag is added, and how."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "link" and _UNSEEN.intersection((dict(attrs).get("rel") or "").lower().split()):
            return
        name = _ADDRESS_OF.get(tag)
        if not any(key == name and _is_absolute(value) for key, value in attrs):
            return
        (line, column), written = self.getpos(), self.get_starttag_text() or ""
        begin = _TAG_NAME.match(written)
        for attribute in _ATTRIBUTE.finditer(written, begin.end() if begin else 0):
            url = _value(attribute["value"] or "")
            if attribute["name"].lower() == name and _is_absolute(url):
                self.found.append((line, url))
                self.places.append((line, column + attribute.start("value"), attribute["value"]))
                return  # of two, browsers take the first


def _value(written: str) -> str:
    """The value of an attribute *written* so, with its quotes or without."""
    quoted = written[:1] in ("'", '"')
    return _REFERENCE.sub(_referred, written[1:-1] if quoted else written).strip()


_REFERENCE = re.compile(r"&(?:#(?:\d+|[xX][0-9a-fA-F]+);?|([A-Za-z][A-Za-z0-9]*)(;?)(?=(=?)))")


def _referred(reference: re.Match[str]) -> str:
    """What a *reference* in an attribute stands for: one of a name that has no semicolon, and a letter, a digit or
    an equals sign behind it, is none (WHATWG HTML §13.2.5.73), as in `?a=1&region=76`."""
    name, semicolon, equals = reference.groups()
    if name is None:
        return unescaped(reference[0])
    if semicolon:
        return html5.get(f"{name};", reference[0])
    return reference[0] if equals else html5.get(name, reference[0])


def _is_absolute(value: str | None) -> bool:
    return (value or "").strip().lower().startswith(("http://", "https://"))


def spans_in_html(text: str) -> Iterator[Span]:
    """The addresses of *text*, in order, each with the quotes around it."""
    parser = _Anchors()
    parser.feed(without_long_references(text))
    begins = [0, *(found.end() for found in re.finditer("\n", text))]
    for (_, url), (line, column, written) in zip(parser.found, parser.places, strict=True):
        start = begins[line - 1] + column
        yield Span(start, start + len(written), url, written[0])


def _in_html(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Absolute addresses of anchors, images, scripts and frames."""
    parser = _Anchors()
    for line in lines:
        parser.feed(without_long_references(line))
        yield from parser.found
        parser.found.clear()
        parser.places.clear()
        if len(parser.rawdata) > _LONGEST_TAG:
            parser.rawdata = ""
    # not closed: what is pending is no whole tag, and to say so takes the parser the square of its length
