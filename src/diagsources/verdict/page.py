"""What is seen of the body of a response, as a value: no parser, no network, no rules."""

from dataclasses import dataclass
from functools import lru_cache

from diagsources.text import fold

MAX_TEXT = 100_000
"""Longest visible text that is kept (characters)."""

MAX_ANCHORS = 20_000
"""Most anchors that are kept."""

_COMPARED = 20_000
"""How much of two texts is compared (characters)."""
_ALIKE = 0.9
"""Share of words that two pages have in common when one host wrote both without looking at the path."""


@dataclass(frozen=True, slots=True)
class Page:
    """The body of a response, as a person's browser would take it."""

    media_type: str = ""
    """As declared, in lower case and without parameters."""
    size: int = 0
    """Bytes read, decompressed."""
    whole: bool = True
    """Whether the body ended within the bound."""
    html: bool = False
    """Whether a browser would show it as HTML, whatever was declared."""
    kind: str = ""
    """What the bytes are: pdf, zip, gzip, json, xml, html, text, binary; "" where there are none."""
    title: str = ""
    headings: tuple[str, ...] = ()
    """The h1, then the h2, those of the content where it has any: at most 8, of 200 characters each."""
    text: str = ""
    """The visible text, white space collapsed; of a page of text, JSON or XML, its source."""
    content: str | None = None
    """The same without what is hidden, the frame of the site (banner, navigation, footer, dialogs) and the links that
    stand alone, as in menus; None where that is all of it."""
    links: int = 0
    """Characters that the links stand for which were left out of `content` and are not a menu's."""
    marks: frozenset[str] = frozenset()
    """Names of what the markup betrays, among `sight.MARKS` and `sight.TEMPLATE_MARKS`."""
    anchors: frozenset[str] = frozenset()
    """Every id and every name of an `a`."""
    canonical: str = ""
    """The address that the page gives itself (RFC 6596), as written."""
    refresh: tuple[float, str] | None = None
    """Seconds, and the target as written, of a meta refresh or of a script that does nothing but leave."""
    password: bool = False
    """Whether a password is asked for."""
    embeds: bool = False
    """Whether there is something to see or to fill in that is not text."""
    offers: bool = False
    """Whether it shows the file that its address promises, or leads to it, as the pages of forges and portals do."""
    scripts: bool = False
    app: bool = False
    """Whether scripts write the page: what is read here is not what a person gets."""
    code: str = ""
    """Addresses of the scripts and their source, at most 50,000 characters; kept along with the anchors."""
    json_keys: frozenset[str] = frozenset()
    """Keys of a JSON document, nested ones with dots (`results.name`)."""
    root: str = ""
    """The local name of the first element of an XML document."""
    encoding_error: bool = False
    """Whether the body could not be decompressed to its end."""

    @property
    def core(self) -> str:
        """What the page itself says, as far as it could be told from its frame."""
        return self.text if self.content is None else self.content

    @property
    def is_walled(self) -> bool:
        """Whether the markup betrays a wall against robots."""
        return any(mark.startswith("wall-") for mark in self.marks)

    def __hash__(self) -> int:
        """Of what tells most pages apart, and is hashed only once; caches ask for it several times a link."""
        return hash((self.title, self.text))


def similar(page: Page, other: Page) -> bool:
    """Whether two pages are one template filled with nothing but the path asked for: equal titles and
    nearly equal words, paths and numbers left out."""
    if page.title == other.title and page.text == other.text:
        return True
    if _words(page.title) != _words(other.title):
        return False
    words, others = _words(page.text[:_COMPARED]), _words(other.text[:_COMPARED])
    if words == others:
        return True
    in_common = len(words & others)
    return in_common >= 3 and in_common >= _ALIKE * max(len(words), len(others))


@lru_cache(maxsize=64)
def _words(text: str) -> frozenset[str]:
    """The words of *text* that do not come from a path, a query, a date or a counter."""
    plain = (word for word in text.split() if not any(char.isdigit() or char in "/%=_" for char in word))
    return frozenset(fold(" ".join(word for word in plain if word.count("-") < 2)).split())
