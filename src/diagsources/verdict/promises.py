"""What was promised of a page: the file its address names, what the catalogue expects, the place of a fragment."""

import re
from functools import lru_cache
from urllib.parse import unquote

from diagsources.model import Expectation
from diagsources.text import fold
from diagsources.verdict.page import MAX_TEXT, Page
from diagsources.verdict.places import FILES, file_promised
from diagsources.verdict.reading import Sight, sight


def wrong_type(page: Page, *, url: str) -> Sight | None:
    """A page where *url*, or the type declared, promises a file."""
    if not page.size or page.kind not in {"html", "text"}:
        return None
    if _BINARY.match(page.media_type) and _is_readable(page.text):
        return sight("wrong-type", page.title or page.text or page.media_type)
    extension = file_promised(url)
    if not extension:
        return None
    if page.kind == "html":
        if page.offers:
            return None
        # a table in HTML is what many a server means by a spreadsheet, and spreadsheets open it
        is_sheet = extension in {"xls", "xlsx", "doc"} and page.media_type not in {
            "text/html",
            "application/xhtml+xml",
            "",
        }
        return None if is_sheet else sight("wrong-type", page.title or page.text or page.media_type)
    is_prose = page.media_type == "text/html" and not re.search(r"[;,\t|{\[]", page.text[:500])
    is_no_file = FILES[extension] == "binary" and extension not in _MAY_BE_TEXT and _is_readable(page.text)
    return sight("wrong-type", page.text) if is_prose or is_no_file else None


_BINARY = re.compile(
    r"application/(?:pdf|x-pdf|zip|x-zip|x-7z-compressed|geopackage|vnd\.openxmlformats|vnd\.oasis)"
    r"|image/(?!svg|x-)|video/(?!.*mpegurl)|audio/(?!.*(?:mpegurl|scpls))"
)
"""Types of which nothing can be read as it stands."""
_MAY_BE_TEXT = frozenset(
    {"gz", "tgz", "bz2", "xz", "tar", "svg", "rtf", "xls", "xlsx", "xlsm", "doc", "dbf", "dta", "sas7bdat"}
)
"""What many a server writes as text, and what opens it takes; or unpacks on the way (`Content-Encoding`)."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")


def _is_readable(text: str) -> bool:
    """Whether *text* was meant to be read."""
    return not _CONTROLS.search(text[:1_000])


# --- what the catalogue expects ------------------------------------------------------------------

_SAME_TYPE = (
    {"text/csv", "application/csv", "text/x-csv", "text/comma-separated-values", "application/vnd.ms-excel;csv"},
    {"application/json", "text/json", "application/geo+json", "application/vnd.geo+json", "application/ld+json"},
    {
        "application/xml",
        "text/xml",
        "application/gml+xml",
        "application/atom+xml",
        "application/rss+xml",
        "application/rdf+xml",
    },
    {"application/zip", "application/x-zip-compressed", "application/x-zip"},
    {"text/html", "application/xhtml+xml"},
    {"application/gzip", "application/x-gzip"},
    {"application/javascript", "text/javascript", "application/x-javascript", "application/ecmascript"},
    {"image/jpeg", "image/jpg", "image/pjpeg"},
    {"application/pdf", "application/x-pdf"},
)
_UNDECLARED = frozenset(
    {"", "application/octet-stream", "binary/octet-stream", "application/force-download", "application/x-download"}
)
"""What is declared of files by those who do not know what they are."""
_ZIPPED = ("application/vnd.openxmlformats", "application/vnd.oasis.opendocument", "application/epub")
_READABLE = ("text/", "application/json", "application/xml", "image/svg")
_KIND_OF_TYPE = {
    "application/pdf": "pdf",
    "application/zip": "zip",
    "application/json": "json",
    "text/html": "html",
    "application/gzip": "gzip",
}


def expectation_unmet(page: Page, expect: Expectation) -> str | None:
    """The first expectation that *page* does not meet, as the catalogue writes it (`title: Sicoval`);
    "" if it meets them all, None if the part that was read cannot tell."""
    checks = (
        ("type", expect.type, _has_type),
        ("title", expect.title, _has_title),
        ("text", expect.text, _has_text),
        ("json", expect.json, _has_key),
    )
    unsure = False
    for part, wanted, has in checks:
        met = has(page, wanted) if wanted is not None else True
        if met is False:
            return sight("", f"{part}: {wanted}").seen
        unsure = unsure or met is None
    return None if unsure else ""


def _has_type(page: Page, wanted: str) -> bool:
    wanted = wanted.partition(";")[0].strip().lower()
    if wanted.endswith("/*"):
        return page.media_type.startswith(wanted[:-1])
    if page.kind == "html" and wanted not in {"text/html", "application/xhtml+xml"}:
        return False
    family = next((family for family in _SAME_TYPE if wanted in family), {wanted})
    if page.media_type in family or _KIND_OF_TYPE.get(wanted) == page.kind:
        return True
    if page.kind == "xml" and "application/xml" in family:
        return True
    if page.media_type in _UNDECLARED and page.kind in {"zip", "binary"}:
        return page.kind == ("zip" if wanted.startswith(_ZIPPED) else "binary") and not wanted.startswith(_READABLE)
    return (
        wanted == "text/csv"
        and page.kind == "text"
        and page.media_type in {"", "text/plain", "application/octet-stream", "application/vnd.ms-excel"}
    )


def _has_title(page: Page, wanted: str) -> bool | None:
    if _within(wanted, page.title):
        return True
    return None if page.app or (not page.title and not page.whole) else False


def _has_text(page: Page, wanted: str) -> bool | None:
    if _within(wanted, page.text) or _within(wanted, page.title) or wanted in page.code:
        return True
    is_closed = page.kind in {"pdf", "zip", "gzip", "binary"}
    return None if is_closed or page.app or not page.whole or len(page.text) >= MAX_TEXT else False


def _has_key(page: Page, wanted: str) -> bool | None:
    if wanted in page.json_keys:
        return True
    if page.kind == "json" and not page.whole:
        return True if f'"{wanted.rpartition(".")[2]}"' in page.text else None
    return False


def _within(wanted: str, text: str) -> bool:
    """Whether *text* holds the words of *wanted*, whatever their case, accents and spaces."""
    words = fold(wanted)
    if not words:
        return wanted in text
    told = _folded(text)
    return f" {words} " in f" {told} " or (len(words) >= _LONG_ENOUGH and _run_in(words, told))


_LONG_ENOUGH = 4
"""Letters from which words may be looked for across the markup that splits them."""


def _run_in(words: str, told: str) -> bool:
    """Whether *words* are in *told* from the start of a word to the end of one, wherever the spaces between
    are: markup within a word (`Sico<b>val</b>`) puts one there, and some pages leave theirs out."""
    letters = words.replace(" ", "")
    if letters not in told.replace(" ", ""):
        return False
    return re.search(rf"\b{' ?'.join(map(re.escape, letters))}\b", told) is not None


@lru_cache(maxsize=16)
def _folded(text: str) -> str:
    return fold(text)


# --- fragments -----------------------------------------------------------------------------------

_STATE = re.compile(
    r"[/!?.{@]|_$|:~:|.*[=&]|-?\d+(?:\.\d+)?(?:[/,]-?\d+(?:\.\d+)?)+$|L\d+(?:-L?\d+)?$|.*/|ixzz|google_vignette$"
    r"|issuecomment-\d|discussion_r\d|diff-[0-9a-f]{8}"
)
"""States and routes of applications, and marks of those that count visits: no element of a page answers to them."""
_MAKES_ANCHORS = re.compile(
    r"anchor-?js|/anchors?(?:[.-]min)?\.js|tocbot|docsify|auto-?id|slugify|/toc\.js|toc\.min\.js|location\.hash|hashchange|generate-?toc"
    r"|mkdocs|gitbook",
    re.IGNORECASE,
)
"""Scripts that give anchors to a page, or read the fragment themselves."""


def fragment_missing(page: Page, fragment: str) -> bool:
    """Whether *fragment* (without `#`) names a place that a page read whole does not have (HTML §7.4.6.4)."""
    name = fragment.partition(":~:")[0]
    decoded = unquote(name)
    if not name or decoded.lower() == "top" or _STATE.match(decoded) or not page.html or not page.whole or page.app:
        return False
    if any(candidate in page.anchors for candidate in (name, decoded, f"user-content-{decoded}")):
        return False
    return decoded not in page.code and not _MAKES_ANCHORS.search(page.code)


def text_fragment_missing(page: Page, fragment: str) -> bool:
    """Whether a page read whole does not hold the words of `:~:text=[prefix-,]start[,end][,-suffix]`."""
    if not fragment:
        return False
    directives = re.findall(r"(?:^|&)text=([^&]*)", fragment.partition(":~:")[2])
    if not directives or not page.whole or page.app or len(page.text) >= MAX_TEXT:
        return False
    told = fold(page.text)
    return not any(_is_told(directive, told) for directive in directives)


def _is_told(directive: str, told: str) -> bool:
    """Whether the parts of a text *directive* follow each other in *told*."""
    place = 0
    for part in directive.split(","):
        wanted = fold(
            unquote(part.removeprefix("-").removesuffix("-") if part[:1] == "-" or part[-1:] == "-" else part)
        )
        place = told.find(wanted, place)
        if place < 0:
            return False
        place += len(wanted)
    return True
