"""A page read for what it says of itself: its words folded, its title and first heading in parts.

The tables of phrases are compared with this, and with nothing else of the page.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from diagsources.verdict.page import Page

_QUOTED = 120
RECENT = 64
"""How many pages are remembered with what they were found to be: each is looked at several times in a row."""
_WORDS = 150
"""Visible characters of a page that is nothing but a title."""
_WAY_BACK = 80
"""What the links of a notice may weigh that lead back to the site."""
_ARTICLE = 700
_SENTENCES = 5


class Sight(NamedTuple):
    """What a page is, as the code of a reason, and what gave it away."""

    code: str
    seen: str
    """To be quoted: the title, the heading, the sentence; at most 120 characters."""


class Named(NamedTuple):
    """A title, a heading or a part of them."""

    raw: str
    plain: str


class Reading(NamedTuple):
    """What a page says."""

    title: tuple[Named, ...]
    """The title, then its parts; of a page that is but a few words, those."""
    heading: tuple[Named, ...]
    """The same of the first heading."""
    names: str
    """The folded forms of both, one a line."""
    name_stems: frozenset[str]
    """The words of *names*, cut to five letters."""
    besides: str
    """The text without the first heading."""
    bare: tuple[Named, ...]
    """What a page says whose text is but a few words besides its heading: its sentences, questions left out."""
    is_article: bool
    """Whether there is more to read than any notice has: what such a text quotes or tells is not said of itself."""
    told: str
    """The text, folded; "" of an article."""
    stems: frozenset[str]
    """The words of *told*, cut to five letters."""

    @property
    def named(self) -> tuple[Named, ...]:
        """Title, heading and their parts."""
        return self.title + self.heading


def sight(code: str, seen: str) -> Sight:
    """A `Sight` that quotes *seen*, shortened."""
    seen = " ".join(seen.split())
    return Sight(code, seen if len(seen) <= _QUOTED else f"{seen[: _QUOTED - 1].rstrip()}…")


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """What `fold` makes of French and English, twenty times faster: letters of other scripts are left out."""
    if "œ" in text or "Œ" in text:
        text = text.replace("œ", "oe").replace("Œ", "oe")
    if "Ã" in text:
        text = _TWICE.sub(lambda pair: pair[0].encode("cp1252", "ignore").decode("utf-8", "ignore"), text)
    return " ".join(text.encode("cp1252", "ignore").translate(_WORDS_ONLY, _SOFT_HYPHEN).decode("ascii").split())


_SOFT_HYPHEN = "\xad".encode("cp1252")
"""Where a word may be cut, and is not."""


_TWICE = re.compile(r"Ã[^\sa-zA-Z]")
"""A letter of UTF-8 that was taken for two of Windows-1252 on its way, as in « trouvÃ©e »."""


def _folded_byte(code: int) -> int:
    try:
        char = bytes([code]).decode("cp1252")
    except UnicodeDecodeError:
        return 0x20
    base = _UNACCENTED.get(char, char).lower()
    return ord(base) if base.isascii() and base.isalnum() else 0x20


_UNACCENTED = dict(
    zip(
        "ÀÁÂÃÄÅàáâãäåÇçÈÉÊËèéêëÌÍÎÏìíîïÑñÒÓÔÕÖòóôõöÙÚÛÜùúûüÝýÿŸŠšŽž",
        "AAAAAAaaaaaaCcEEEEeeeeIIIIiiiiNnOOOOOoooooUUUUuuuuYyyYSsZz",
        strict=True,
    )
)
_WORDS_ONLY = bytes(_folded_byte(code) for code in range(256))

_BARS = re.compile(r"\s[|–—·•›>/\\-]+\s|\s*[|–—·•›]\s*")
_BARS_AND_CHEVRONS = re.compile(r"\s[|–—·•»›>/\\-]+\s|\s*[|–—·•»›]\s*")
"""What sites put between the name of a page and their own; quotation marks are none."""


@lru_cache(maxsize=RECENT)
def reading(page: Page) -> Reading:
    """What *page* says, folded."""
    title = tuple(parts(page.title[:300]))
    heading = tuple(parts(page.headings[0])) if page.headings and page.headings[0] != page.title else ()
    if page.headings and not heading:
        heading = title
    text = page.core
    if not title and not heading and len(text) <= _WORDS:
        title = tuple(parts(text))
    is_article = len(text) >= _ARTICLE and text.count(". ") >= _SENTENCES
    told, stems = ("", _NONE) if is_article else folded(text)
    besides = text.replace(page.headings[0], "", 1) if page.headings else text
    bare = tuple(_sentences(besides)) if page.html and len(besides) <= _WORDS and page.links <= _WAY_BACK else ()
    names = "\n".join([name.plain for name in title + heading])
    return Reading(
        title,
        heading,
        names,
        frozenset([word[:5] for word in names.split()]),
        besides,
        bare,
        is_article,
        told,
        stems,
    )


_NONE: frozenset[str] = frozenset()


def sentences(text: str) -> list[str]:
    """The sentences of *text*."""
    return _ENDS.split(text)


def _sentences(text: str) -> Iterator[Named]:
    """*text* whole, then its sentences, but for questions."""
    found = [text.strip(), *sentences(text)]
    for raw in dict.fromkeys(found):
        folded = plain(raw)
        if folded and not raw.rstrip(" \xa0\u202f").endswith("?"):
            yield Named(raw.strip(), folded)


_ENDS = re.compile(r"(?<=[.!?…])\s+")


def folded(text: str) -> tuple[str, frozenset[str]]:
    """*text* as `plain` has it, and its words cut to five letters."""
    told = plain(text)
    return told, frozenset([word[:5] for word in told.split()])


def parts(whole: str) -> Iterator[Named]:
    """*whole*, then what stands between its separators."""
    folded = plain(whole)
    if not folded:
        return
    yield Named(whole.strip(), folded)
    separators = _BARS if "«" in whole else _BARS_AND_CHEVRONS
    found = separators.split(whole)
    if len(found) > 1:
        for raw in found:
            folded = plain(raw)
            if folded:
                yield Named(raw.strip(), folded)


def sentence(text: str, folded: str) -> str:
    """The sentence of *text* that holds what was found as *folded*."""
    words = folded.split()
    for told in sentences(text):
        if words and plain(told).find(" ".join(words[:4])) >= 0:
            return told
    return text
