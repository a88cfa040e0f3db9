"""Where the script of an empty page sends its visitor: no script is run, the plain ways of leaving are read."""

import re

LONGEST = 1_000
"""Longest script that is read (characters): one that does nothing but leave is short."""

_MAX_DELAY_MS = 15_000
"""The longest wait after which a page that leaves is a redirect."""

_QUOTED = re.compile(
    r"(?P<string>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`[^`$]*`)|//[^\n]*|/\*.*?(?:\*/|\Z)|<!--[^\n]*", re.DOTALL
)


def _function(group: str) -> str:
    """A function or an arrow with a block, which is caught as *group*."""
    return rf"(?:function\s*\w*\s*\(\w*\)\s*|\(?\w*\)?\s*=>\s*)\{{(?P<{group}>[^{{}}]*)\}}"


_WHOLE = re.compile(rf"[(!]\s*{_function('body')}\s*\)?\s*\(\s*\w*\s*\)")
"""A function that is called where it stands."""
_LOADED = re.compile(
    rf"(?:\b(?:window|self|document|document\.body|body)\.)?\bonload\s*=\s*{_function('body')}"
    r"|\b(?:window|document)\.addEventListener\(\s*(?P<event>\x00\d+\x00)\s*,"
    rf"\s*{_function('heard')}\s*(?:,\s*\w+\s*)?\)"
)
_LATER = re.compile(
    rf"\bsetTimeout\(\s*(?:{_function('body')}|\(?\w*\)?\s*=>\s*(?P<plain>[^{{}},]*)|(?P<code>\x00\d+\x00))"
    r"\s*,\s*(?P<delay>\d+)\s*\)"
)
_BLOCK = re.compile(r"\{[^{}]*\}")
_ARROW = re.compile(r"=>[^;\n]*")
_MAYBE = re.compile(r"\b(?:if|else|switch|case|while|for|onclick|onerror)\b|&&|\|\||\?")
_LEAVING = re.compile(
    r"(?<![\w.$])(?:(?:window|self|top|document|parent)\.){0,2}location(?:\.(?:href|pathname))?\s*=\s*\x00(\d+)\x00(?!\s*\+)"
    r"|(?<![\w.$])(?:(?:window|self|top|document|parent)\.){0,2}location\.(?:replace|assign)\s*\(\s*\x00(\d+)\x00\s*\)"
    r"|(?<![\w.$])window\.open\s*\(\s*\x00(\d+)\x00\s*,\s*\x00(\d+)\x00\s*\)"
)


def _unescaped(written: str) -> str:
    """A string as it is *written* between its quotes; "" where it has an escape that no address has."""
    plain = _ESCAPE.sub(lambda found: found[1] or chr(int(found[2] or found[3], 16)), written)
    return "" if "\\" in plain else plain


_ESCAPE = re.compile(r"\\(?:([/'\"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))")


def leaving(code: str) -> str:
    """The address to which *code* leaves, whatever happens; "" where it may not, or where that cannot be told."""
    if len(code) > LONGEST or ("location" not in code and "window.open" not in code):
        return ""
    strings: list[str] = []

    def kept(found: re.Match[str]) -> str:
        if found["string"] is None:  # a comment
            return " "
        strings.append(_unescaped(found["string"][1:-1]))
        return f"\x00{len(strings) - 1}\x00"

    def string(mark: str) -> str:
        return strings[int(mark.strip("\x00"))]

    def once_loaded(found: re.Match[str]) -> str:
        if found["event"] is not None and string(found["event"]) not in ("load", "DOMContentLoaded"):
            return ";"
        return f";{found['body'] or found['heard'] or ''};"

    def later(found: re.Match[str]) -> str:
        if int(found["delay"]) > _MAX_DELAY_MS:
            return ";"
        written = _QUOTED.sub(kept, string(found["code"])) if found["code"] else found["body"] or found["plain"] or ""
        return f";{written};"

    plain = _QUOTED.sub(kept, code.replace("\x00", ""))
    for _ in range(3):  # as deep as they come
        plain = _LATER.sub(later, _LOADED.sub(once_loaded, _WHOLE.sub(r";\g<body>;", plain)))
    while "{" in plain and (shorter := _BLOCK.sub(" ", plain)) != plain:
        plain = shorter
    plain = _ARROW.sub(" ", plain)
    found = _LEAVING.search(plain)
    if found is None or _MAYBE.search(plain):
        return ""
    if found[4] and strings[int(found[4])] not in ("_self", "_top", "_parent"):
        return ""
    return strings[int(found[1] or found[2] or found[3])]
