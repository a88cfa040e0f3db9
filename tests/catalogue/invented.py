"""Catalogues nobody wrote: every style that YAML has, comments everywhere, and where each scalar stands."""

import json
import random
from dataclasses import dataclass, field

COMMENTS = (
    *("# une remarque", "#", "# url: https://leurre.example.org/", "# 🙂 é « à vérifier »", "# - id: leurre"),
    *("#\ttabulation", "# title: 'x'", "#: &ancre *alias"),
)
_WORDS = (
    *(
        "eau",
        "Débit",
        "rivières",
        "l'année",
        "🗺️",
        "« commune »",
        "insécable\u00a0!",
        "insee.fr",
        "100 %",
        "œuvre",
        "a: b",
        "x #y",
    ),
    *("https://leurre.example.org/", "{k}", "[v]", "!tag", "&ancre", "*alias", "- tiret", "?", "|", ">", "@", "`"),
)
_LEVELS = ("commune", "epci", "departement", "region")


@dataclass(frozen=True, slots=True)
class Slot:
    """A scalar of the text: its path, what it means, and the span in which it is written."""

    path: tuple[str | int, ...]
    meaning: str
    start: int
    end: int
    is_alone: bool
    """Whether no anchor or alias is in play."""


@dataclass(slots=True)
class Invented:
    """A catalogue, and the scalars that may be changed in it."""

    text: str = ""
    slots: list[Slot] = field(default_factory=list)


class _Author:
    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - the same seed, the same catalogue
        self._made = Invented()
        self._end = self._chance.choice(["\n", "\n", "\n", "\r\n", "\r\n", "\r"])
        self._anchors: list[tuple[str, str]] = []
        self._words_said: list[str] = []
        self._levels = ""
        """The list of levels that has an anchor, as it is written."""
        self._dash = self._chance.choice([0, 2, 2, 4])
        self._step = self._chance.choice([2, 2, 4])

    def write(self) -> Invented:
        if self._maybe(0.1):
            self._say("\ufeff")
        if self._maybe(0.1):
            self._line("%YAML 1.1")
            self._line("---")
        self._interlude(0)
        self._line("theme: eau" + self._aside())
        self._interlude(0)
        self._line("sources:" + self._aside())
        for rank in range(self._chance.randint(1, 4)):
            self._source(rank)
            self._interlude(0 if self._maybe(0.5) else self._dash)
        if self._maybe(0.1):
            self._line("..." + self._aside())
            self._interlude(0)
        elif self._maybe(0.1):
            self._made.text = self._made.text.rstrip("\r\n ")
        return self._made

    def _source(self, rank: int) -> None:
        path = ("sources", rank)
        indent = " " * self._dash
        pairs = [("id", f"s{rank}"), ("title", self._words()), ("url", self._url(rank))]
        pairs += [
            (key, f"{self._url(rank)}vieux" if key == "document_url" else self._words())
            for key in ("document_url", "section", "description", "licence", "publisher")
            if self._maybe(0.4)
        ]
        if self._maybe(0.2):
            self._chance.shuffle(pairs)
        if self._maybe(0.2):
            self._flow_source(path, indent, pairs)
            return
        self._say(f"{indent}- ")
        inside = " " * (self._dash + 2)
        for number, (key, value) in enumerate(pairs):
            if number:
                self._interlude(self._dash + 2)
                self._say(inside)
            if self._maybe(0.05):
                self._line(f"? {key}{self._aside()}")
                self._interlude(self._dash + 2)
                self._say(f"{inside}: ")
            else:
                quote = self._chance.choice(["", "", "", "'", '"'])
                self._say(f"{quote}{key}{quote}:" + self._chance.choice([" ", " ", "   ", "\t"]))
            self._scalar((*path, key), value, self._dash + 2)
            self._finish()
        if self._maybe(0.4):
            self._line(f"{inside}granularity: {self._shared_levels()}{self._aside()}")
        if self._maybe(0.4):
            self._links(path, rank, next(value for key, value in pairs if key == "url"))
        if self._maybe(0.4):
            self._lifecycle(path)

    def _shared_levels(self) -> str:
        """A list of levels, with an anchor at times, or what has that anchor."""
        if self._levels and self._maybe(0.5):
            return "*levels"
        written = f"[{', '.join(_LEVELS[: self._chance.randint(0, 4)])}]"
        if not self._levels and self._maybe(0.3):
            self._levels = written
            return f"&levels {written}"
        return written

    def _links(self, path: tuple[str | int, ...], rank: int, own: str) -> None:
        inside = self._dash + 2
        if self._maybe(0.3):
            self._say(f"{' ' * inside}links: [{{rel: api, url: ")
            self._scalar((*path, "links", 0, "url"), f"{self._url(rank)}api", inside, in_flow=True)
            self._say("}]")
            self._finish()
            return
        self._line(f"{' ' * inside}links:{self._aside()}")
        for number in range(self._chance.randint(1, 3)):
            self._interlude(inside)
            self._line(f"{' ' * (inside + 2)}- rel: {self._chance.choice(['api', 'map', 'download'])}{self._aside()}")
            self._say(f"{' ' * (inside + 4)}url: ")
            url = own if number == 0 and self._maybe(0.2) else f"{self._url(rank)}{number}"
            self._scalar((*path, "links", number, "url"), url, inside + 4)
            self._finish()

    def _lifecycle(self, path: tuple[str | int, ...]) -> None:
        inside = " " * (self._dash + 2)
        if self._maybe(0.4):
            self._line(f'{inside}lifecycle: {{status: active, since: "2024-03"}}{self._aside()}')
            return
        self._line(f"{inside}lifecycle:{self._aside()}")
        deeper = self._dash + 2 + self._step
        self._line(f"{' ' * deeper}status: active{self._aside()}")
        self._say(f"{' ' * deeper}note: ")
        self._scalar((*path, "lifecycle", "note"), self._words(), deeper)
        self._finish()

    def _flow_source(self, path: tuple[str | int, ...], indent: str, pairs: list[tuple[str, str]]) -> None:
        self._say(f"{indent}- {{")
        for number, (key, value) in enumerate(pairs):
            if number:
                self._say(self._chance.choice([", ", f",{self._aside()}{self._end}{indent}   "]))
            self._say(f"{key}: ")
            self._scalar((*path, key), value, self._dash + 2, in_flow=True)
        self._say(self._chance.choice(["}", " }", ",}"]))
        self._finish()

    def _scalar(self, path: tuple[str | int, ...], value: str, indent: int, *, in_flow: bool = False) -> None:
        alias = next((name for name, meaning in self._anchors if meaning == value), None)
        if alias and self._maybe(0.7):
            self._slot(path, value, f"*{alias}" + (" " if in_flow else ""), is_alone=False)
            return
        anchor = ""
        if self._maybe(0.1):
            anchor = f"a{len(self._anchors)}"
            self._anchors.append((anchor, value))
            self._say(f"&{anchor} ")
        if self._maybe(0.05):
            self._say("!!str ")
        self._slot(path, value, self._written(value, indent, in_flow=in_flow), is_alone=not anchor)

    def _written(self, value: str, indent: int, *, in_flow: bool) -> str:
        ways = ["single", "double", "plain"] if in_flow else ["single", "double", "plain", "plain", "folded", "literal"]
        match self._chance.choice(ways):
            case "single":
                return "'" + self._over_lines(value.replace("'", "''"), indent) + "'"
            case "plain" if value.startswith("https://") and not any(char in value for char in " #,[]{}"):
                return value
            case "folded" | "literal" as way:
                return self._block(">" if way == "folded" else "|", value, indent)
        return self._over_lines(json.dumps(value, ensure_ascii=self._maybe(0.3) and max(value) < "\ud800"), indent)

    def _over_lines(self, written: str, indent: int) -> str:
        """*written*, between quotes, on several lines at times: a line end there means a space."""
        if "  " in written or not self._maybe(0.3):
            return written
        ends = (self._end, f"  {self._end}")
        parts = written.split(" ")
        return parts[0] + "".join(
            (self._chance.choice(ends) + " " * (indent + self._chance.choice([1, 2, 6])) if self._maybe(0.3) else " ")
            + part
            for part in parts[1:]
        )

    def _block(self, mark: str, value: str, indent: int) -> str:
        chomping = self._chance.choice(["", "-", "-", "+"])
        lines = value.split(" ") if mark == ">" and self._maybe(0.3) and "  " not in value else [value]
        deeper = self._chance.choice([1, 2, 4])
        inside = " " * (indent + deeper)
        said = self._chance.choice(["", "", str(deeper)])
        return f"{mark}{said}{chomping}{self._aside()}{self._end}" + self._end.join(inside + line for line in lines)

    def _slot(self, path: tuple[str | int, ...], value: str, written: str, *, is_alone: bool) -> None:
        start = len(self._made.text)
        self._say(written)
        self._made.slots.append(Slot(path, value, start, len(self._made.text), is_alone))

    def _finish(self) -> None:
        """Ends the line of a scalar; behind a block scalar no comment can stand."""
        last = self._made.slots[-1]
        block = self._made.text[last.start : last.start + 1] in "|>" and last.end == len(self._made.text)
        self._line("" if block else self._aside())

    def _url(self, rank: int) -> str:
        tail = self._chance.choice(["", "a/b?x=1&y=2", "page.html#c=home", "é/ü", "(x)", "l'eau", "🗺️"])
        return f"http://h{rank}.example.org/{tail}"

    def _words(self) -> str:
        if self._words_said and self._maybe(0.3):  # duplicate texts, those with an anchor above all
            return self._chance.choice(
                [meaning for _, meaning in self._anchors if "http" not in meaning] or self._words_said
            )
        self._words_said.append(" ".join(self._chance.choice(_WORDS) for _ in range(self._chance.randint(1, 6))))
        return self._words_said[-1]

    def _aside(self) -> str:
        if self._maybe(0.25):
            return " " * self._chance.randint(1, 3) + self._chance.choice(COMMENTS)
        return self._chance.choice(["", "", "", "  "])

    def _interlude(self, indent: int) -> None:
        """Comments and blank lines between two keys."""
        while self._maybe(0.25):
            self._line(" " * self._chance.choice([indent, indent, 0]) + self._chance.choice(COMMENTS))
        while self._maybe(0.2):
            self._line(self._chance.choice(["", "", "   "]))

    def _maybe(self, odds: float) -> bool:
        return self._chance.random() < odds

    def _line(self, text: str) -> None:
        self._say(text + self._end)

    def _say(self, text: str) -> None:
        self._made.text += text


def invented(seed: int) -> Invented:
    """The catalogue of that *seed*."""
    return _Author(seed).write()
