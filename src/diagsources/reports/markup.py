"""Text as content of Markdown, XML and HTML: nothing of it is markup, and every character is shown."""

import re
from functools import cache

from diagsources.text import is_obeyed, visible

# patterns are compiled when first used: most starts render no markup
_MARKDOWN = r"([\\`*_{}\[\]<>|~&#!@$])"
_OPENING = r"^\s*(\d*)([-+=.)])"
"""How a paragraph begins that would be a list or a heading."""
_WEB = r"https?://[^\s<>|\\`\"]+"


def in_markdown(text: str) -> str:
    """*text* on one line, as GitHub Flavored Markdown: an address is a link, any other character stands for itself."""
    shown = visible(text)
    if re.fullmatch(_WEB, shown):
        return f"<{shown}>"
    return re.sub(_MARKDOWN, r"\\\1", shown)


def paragraph_in_markdown(text: str) -> str:
    """*text* as `in_markdown`, which may begin a paragraph or an item of a list."""
    return re.sub(_OPENING, r"\1\\\2", in_markdown(text)).strip()


def link_in_markdown(words: str, url: str) -> str:
    """*words* as a link to *url*, where that is an address of the web; else the words alone."""
    shown = re.sub(_MARKDOWN, r"\\\1", visible(words))
    return f"[{shown}](<{url}>)" if re.fullmatch(_WEB, url) and not is_obeyed(url) else shown


def in_xml(text: str) -> str:
    """*text* on one line, as the content of an element or of an attribute in double quotes, in XML and HTML alike."""
    return quoted(visible(text))


def quoted(text: str) -> str:
    """As `in_xml`, of *text* that holds no character that is obeyed: an address stays the same address, and `##[` is
    no command to who prints the page."""
    if not text.isascii():
        text = _nowhere().sub(lambda char: f"\\u{ord(char[0]):04x}", text)
    inert = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return inert.replace("##", "#&#35;")


@cache
def _nowhere() -> re.Pattern[str]:
    """Finds the noncharacters of Unicode, which XML and HTML refuse."""
    planes = "".join(f"{chr(plane + 0xFFFE)}-{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    return re.compile(f"[\ufdd0-\ufdef{planes}]")
