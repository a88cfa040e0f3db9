"""Words as people type and read them: folding, nearest words, and text that cannot do harm."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

NBSP = "\u00a0"

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
_OBEYED = (
    *((0x00, 0x1F), (0x7F, 0x9F)),  # C0 and C1 controls
    *((0x061C, 0x061C), (0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069)),  # bidi controls
    *((0x2028, 0x2029), (0xFEFF, 0xFEFF)),  # line separators, byte order mark
)
"""Ranges of characters that a terminal or an editor obeys rather than shows."""


_COMMANDS = (
    *("add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "notice"),
    *("remove-matcher", "save-state", "set-env", "set-output", "stop-commands", "warning"),
)
"""What a runner of GitHub Actions obeys in a log (`ActionCommandManager`, in actions/runner)."""


class LatePattern:
    """A regular expression that is compiled when first used: tables of them take longer than what most runs do."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._pattern = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._pattern, self._flags)

    def search(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return self._compiled.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return self._compiled.finditer(text)

    def match(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self._compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.fullmatch`."""
        return self._compiled.fullmatch(text)


def unescaped(text: str) -> str:
    """*text* with its character references (HTML) resolved; raises nothing, were one of thousands of digits."""
    return html.unescape(without_long_references(text))


def without_long_references(text: str) -> str:
    """*text*, as long as it is, without references that are no characters, for their numbers are too long."""
    return _LONG_REFERENCE.sub(lambda found: "_" * len(found[0]), text) if "&#" in text else text


_LONG_REFERENCE = re.compile(r"&#[xX]?[0-9a-fA-F]{20,}")


def fold(text: str) -> str:
    """*text* without case, accents, ligatures or punctuation: words of letters and digits, one
    space between them. `fold(fold(x)) == fold(x)`."""
    bare = text.casefold().translate(_LIGATURES)
    if not bare.isascii():
        decomposed = unicodedata.normalize("NFKD", bare)
        bare = "".join(char for char in decomposed if not unicodedata.combining(char))
        bare = unicodedata.normalize("NFKC", bare).casefold().translate(_LIGATURES)
    return " ".join("".join(char if char.isalnum() else " " for char in bare).split())


def nearest(word: str, candidates: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """The candidates most likely meant by *word*, best first; none when nothing is near."""
    # deferred: 12 ms, and needed only when something was mistyped
    from rapidfuzz import fuzz, process

    names = list(dict.fromkeys(candidates))
    found = process.extract(
        fold(word), [fold(name) for name in names], scorer=fuzz.WRatio, limit=limit, score_cutoff=75
    )
    return tuple(names[index] for _, _, index in found)


def slip(word: str, candidates: Iterable[str]) -> str:
    """The candidate that *word* is one or two slips of the finger away from; "" when there is none."""
    bound = 2 if len(word) > 5 else 1
    distances = ((slips(word, candidate, at_most=bound), candidate) for candidate in sorted(candidates))
    distance, meant = min(distances, default=(bound + 1, ""))
    return meant if distance <= bound else ""


def slips(word: str, other: str, *, at_most: int) -> int:
    """How many letters were changed, added, left out or swapped with their neighbour; one more than
    *at_most* stands for any number above it."""
    from rapidfuzz.distance import OSA

    return OSA.distance(word, other, score_cutoff=at_most)


def french(sentence: str) -> str:
    """*sentence* with the spaces that French does not break: before `: ; ? ! »`, after `«` and `n°`."""
    return re.sub(r" ([:;?!»])", rf"{NBSP}\1", sentence).replace("« ", f"«{NBSP}").replace("n° ", f"n°{NBSP}")


def visible(text: str) -> str:
    """*text* on one line, every control character shown (as `\\x1b`) and none sent, nor a command of a CI's log."""
    shown = _without_controls(text)
    return _without_commands(shown) if "##" in shown or "::" in shown else shown


def _without_controls(text: str) -> str:
    return text if text.isascii() and text.isprintable() else _encodable(text).translate(_shown())


def _without_commands(text: str) -> str:
    """*text* without what the log of a CI obeys: GitHub reads `##[stop-commands]` anywhere in a line, and `::error::`
    where one begins, which a screen may make of any word; Azure and TeamCity read `##vso[` and `##teamcity[`."""
    return _commands().sub(lambda found: f"{found[0][0]}\\x{ord(found[0][0]):02x}", text)


@cache
def _commands() -> re.Pattern[str]:
    return re.compile(rf"##(?=(?:vso|teamcity)?\[)|::(?=(?:{'|'.join(_COMMANDS)})(?:::|\s|$))", re.IGNORECASE)


def clean(text: str, *, most: int) -> str:
    """*text* on one line, without what would be obeyed and what no encoding has, cut at a word with « … » where it
    has more than *most* characters."""
    plain = text[: 8 * most].encode("utf-8", "replace").decode()
    words = "".join(
        " " if char.isspace() else char for char in plain if visible(char) == char or char.isspace()
    ).split()
    joined = " ".join(words)
    if len(joined) <= most:
        return joined
    return joined[: most - 1].rpartition(" ")[0].rstrip(" ,;:.-") + "…" if " " in joined[: most - 1] else joined[:most]


def is_obeyed(text: str) -> bool:
    """Whether *text* holds a character that would be obeyed, tabs and line feeds apart."""
    on_one_line = text.replace("\t", " ").replace("\n", " ")
    return _without_controls(on_one_line) != on_one_line


_ASCII = bytes(range(0x7F))
"""The bytes of ASCII but DEL."""


def escaped(json: str) -> str:
    """*json* with every character that would be obeyed as `\\uXXXX`, and the commands of a CI's log; its own line ends
    stay, and what it means."""
    if "##" in json:
        json = _commands_in_json().sub(r"#\\u0023", json)
    # what is left without ASCII is little, and all that has to be looked at: twice as fast
    rest = json.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    return json if _obeyed_in_json().search(rest) is None else _encodable(json).translate(_in_json())


def _encodable(text: str) -> str:
    """*text* with lone surrogates, which no encoding has, as `\\ud800`."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode(errors="backslashreplace").decode()
    return text


@cache
def _shown() -> dict[int, str]:
    table = {code: f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" for code in _obeyed()}
    return table | dict.fromkeys(map(ord, "\t\n\r"), " ")


@cache
def _in_json() -> dict[int, str]:
    return {code: f"\\u{code:04x}" for code in _obeyed() if code >= 0x7F}


@cache
def _obeyed_in_json() -> re.Pattern[str]:
    """Finds what `escaped` has to do; ten times as fast as to translate what is nearly always harmless."""
    ranges = [*((max(first, 0x7F), last) for first, last in _OBEYED if last >= 0x7F), (0xD800, 0xDFFF)]
    return re.compile(f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in ranges)}]")


@cache
def _commands_in_json() -> re.Pattern[str]:
    """A line of JSON never begins with a command."""
    return re.compile(r"##(?=(?:vso|teamcity)?\[)", re.IGNORECASE)


def _obeyed() -> Iterator[int]:
    return (code for first, last in _OBEYED for code in range(first, last + 1))


MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "décembre"),
)


def day_in_french(day: "date") -> str:
    """« 1er novembre 2026 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """« 1 lien », « 3 liens »: in French, 0 and 1 are singular."""
    word = noun if number < 2 else plural or f"{noun}s"
    return f"{number:,}".replace(",", "\u202f") + f"{NBSP}{word}"
