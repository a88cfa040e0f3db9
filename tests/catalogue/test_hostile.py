"""Files made to hang, flood, crash or deceive: each is answered with words, in bounded time and memory."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from diagsources.catalogue import nodes, reader
from diagsources.catalogue.rules import RULES

if sys.platform == "win32":
    pytest.skip("FIFO, posix_spawn and wait4 are not of Windows", allow_module_level=True)

CPU_S = 2.0
MEMORY_BYTES = 300_000_000
PATIENCE_S = 20
LONGEST_LINE = 1_000
"""Characters of a line about a problem, path included: more is no sentence."""

_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")

Make = Callable[[Path], None]


@dataclass(frozen=True)
class Hostile:
    """How to make the file, the codes `validate` must name (none: no problem), and what `list` must show."""

    make: Make
    codes: tuple[str, ...] = ()
    shown: str = ""


@dataclass(frozen=True)
class Run:
    """What a command said and cost."""

    code: int
    cpu_s: float
    memory_bytes: int
    out: str
    err: str


def text(content: str, encoding: str = "utf-8") -> Make:
    """A file of that text, its line ends as they are."""
    return lambda path: _write(path, content.encode(encoding))


def raw(content: bytes) -> Make:
    """A file of those bytes."""
    return lambda path: _write(path, content)


def late(content: Callable[[], str]) -> Make:
    """A file whose text is large, and built only when its test runs."""
    return lambda path: _write(path, content().encode())


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def source(*, id: str = "a", title: str = "T", url: str = "https://a.example/", more: str = "") -> str:
    """The YAML of a source, values as they are written; *more* is further keys, on lines of their own."""
    keys = "".join(f"    {line}\n" for line in more.splitlines())
    return f"  - id: {id}\n    title: {title}\n    url: {url}\n{keys}"


def file_of(*sources: str) -> str:
    """The YAML of a catalogue of *sources*."""
    return "sources:\n" + "".join(sources)


ALIVE = source(id="alive", title="Bien vivante", url="https://alive.example/")


def among(*sources: str) -> str:
    """A catalogue of *sources* beside one that nothing is wrong with."""
    return file_of(*sources, ALIVE)


def _laughs(levels: int) -> str:
    lines = ['l0: &l0 ["lol"]']
    lines += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines) + f"\nsources: *l{levels - 1}\n"


def _sparse(path: Path) -> None:
    with path.open("wb") as out:
        out.truncate(100_000_000)


def _hundred_megabytes(path: Path) -> None:
    with path.open("wb") as out:
        for _ in range(100):
            out.write(b"- a long list of nothing\n" * 40_000)


def _folder(path: Path) -> None:
    path.mkdir()


def _folder_of_a_folder(path: Path) -> None:
    path.mkdir()
    (path / "x.yaml").mkdir()


def _folder_with_a_broken_link(path: Path) -> None:
    path.mkdir()
    (path / "x.yaml").symlink_to("nowhere.yaml")
    (path / "y.yaml").write_text(file_of(ALIVE), encoding="utf-8")


def _folder_with_a_name_that_is_not_utf8(path: Path) -> None:
    path.mkdir()
    Path(os.fsdecode(os.fsencode(path) + b"/caf\xe9.yaml")).write_text(file_of(ALIVE), encoding="utf-8")


def _folder_with_an_escape_in_a_name(path: Path) -> None:
    path.mkdir()
    (path / "\x1b]0;titre\x07\u202e.yaml").write_text("- a\n", encoding="utf-8")


def _broken_link(path: Path) -> None:
    path.symlink_to("nowhere.yaml")


def _link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _folder_with_a_fifo(path: Path) -> None:
    path.mkdir()
    os.mkfifo(path / "x.yaml")


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _unreadable(path: Path) -> None:
    path.write_text(file_of(ALIVE), encoding="utf-8")
    path.chmod(0)


def _nothing(path: Path) -> None:
    """The path stays empty."""


UNREADABLE = ("(none)",)
"""In place of codes: nothing can be read at all, so `validate` fails as `list` does."""

LONG = "x" * 1_000_000

SIZE = {
    "alias_bomb": Hostile(text(_laughs(30)), ("unknown-key", "wrong-type")),
    "alias_bomb_of_sources": Hostile(
        late(lambda: "sources:\n- &a {id: a, title: T, url: 'https://a.example/'}\n" + "- *a\n" * 100_000),
        ("too-many-values",),
    ),
    "alias_bomb_of_a_large_source": Hostile(
        late(lambda: "sources:\n- &a\n" + "".join(f"  k{n}: 1\n" for n in range(10_000)) + "- *a\n" * 100_000),
        ("unknown-key", "too-many-values", "too-many-problems"),
    ),
    "alias_bomb_of_a_long_text_that_is_fine": Hostile(
        late(lambda: file_of(source(title=f"&t {LONG}", more="keywords:\n" + "- *t\n" * 50_000))),
        ("too-many-values",),
    ),
    "alias_bomb_of_a_long_text_that_is_refused": Hostile(
        late(lambda: file_of(source(title=f"&t {LONG}", more="access:\n" + "- *t\n" * 50_000))),
        ("unknown-value", "too-many-values"),
    ),
    "sparse_100_mb": Hostile(_sparse, ("too-large",)),
    "text_100_mb": Hostile(_hundred_megabytes, ("too-large",)),
    "text_5_mb": Hostile(late(lambda: "# a comment\n" * 420_000), ("too-large",)),
    "list_3_9_mb": Hostile(late(lambda: "- a\n" * 975_000), ("too-many-values",)),
    "comment_3_9_mb": Hostile(late(lambda: "#" * 3_900_000), ("empty-catalogue",)),
    "spaces_3_9_mb": Hostile(late(lambda: " " * 3_900_000), ("empty-catalogue",)),
    "empty_lines_3_9_mb": Hostile(late(lambda: "\n" * 3_900_000), ("empty-catalogue",)),
    "line_3_9_mb": Hostile(late(lambda: file_of(source(title="x" * 3_900_000))), shown="x" * 1_000),
    "number_of_a_million_digits": Hostile(
        late(lambda: among(source(title="1" * 1_000_000))), ("wrong-type",), shown="alive"
    ),
    "keys_99_000": Hostile(
        late(lambda: "".join(f"k{n}: 1\n" for n in range(99_000))), ("unknown-key", "too-many-problems")
    ),
    "keys_90_000_of_a_source": Hostile(
        late(lambda: among(source(more="".join(f"titel{n}: 1\n" for n in range(90_000))))),
        ("unknown-key", "too-many-problems"),
        shown="alive",
    ),
    "same_key_99_000_times": Hostile(late(lambda: "sources: []\n" * 99_000), ("duplicate-key", "too-many-problems")),
    "wrong_values_100_000": Hostile(
        late(lambda: among(source(more="access:\n" + "".join(f"- zonaje{n}\n" for n in range(100_000))))),
        ("unknown-value", "too-many-problems"),
        shown="alive",
    ),
    "unknown_references_100_000": Hostile(
        late(lambda: among(source(more="confused_with:\n" + "".join(f"- z{n}\n" for n in range(100_000))))),
        ("unknown-reference", "too-many-problems"),
        shown="alive",
    ),
    "unknown_references_between_8_000_sources": Hostile(
        late(
            lambda: file_of(
                *(source(id=f"s{n}", url=f"https://a.example/{n}", more=f"confused_with: [z{n}]") for n in range(8_000))
            )
        ),
        ("unknown-reference", "too-many-problems"),
        shown="s7999",
    ),
    "further_themes_30_000_of_10_000": Hostile(
        late(
            lambda: (
                "themes:\n"
                + "".join(f"- {{id: t{n}, title: T}}\n" for n in range(10_000))
                + file_of(source(more="also:\n" + "".join(f"- wwwwwww{n}\n" for n in range(30_000))))
            )
        ),
        shown="a",
    ),
    "sources_10_000": Hostile(
        late(lambda: file_of(*(source(id=f"s{n}", url=f"https://a.example/{n}") for n in range(10_000)))), shown="s9999"
    ),
    "same_source_10_000_times": Hostile(
        late(lambda: file_of(*[source()] * 10_000)), ("duplicate-id", "too-many-problems"), shown="a"
    ),
    "title_of_1_mb": Hostile(
        late(lambda: file_of(source(title="|\n" + "      mot mot\n" * 90_000))), shown="mot mot mot"
    ),
    "id_of_10_000": Hostile(late(lambda: file_of(source(id="x" * 10_000))), shown="x" * 10_000),
    "id_of_a_million_accents": Hostile(
        late(lambda: among(source(id='"' + "é" * 1_000_000 + '"'))), ("invalid-format",), shown="alive"
    ),
    "key_of_1_mb": Hostile(
        late(lambda: among(f"  - ? '{LONG}'\n    : 1\n    id: a\n    title: T\n    url: https://a.example/\n")),
        ("unknown-key",),
        shown="alive",
    ),
    "kind_of_1_mb": Hostile(late(lambda: among(source(more=f"kind: {LONG}"))), ("unknown-value",), shown="alive"),
    "url_of_1_mb": Hostile(late(lambda: among(source(url=f"https://a.example/{LONG}"))), shown="alive"),
    "publisher_of_1_mb": Hostile(
        late(lambda: "publishers:\n- {id: insee, name: I}\n" + among(source(more=f"publisher: {LONG}"))), shown="alive"
    ),
    "tag_of_1_mb": Hostile(late(lambda: f"!{LONG} a\n"), ("unsafe-tag",)),
    "anchor_of_1_mb": Hostile(late(lambda: f"sources: *{LONG}\n"), ("unknown-alias",)),
}

NESTING = {
    "flow_10_000_levels": Hostile(text("[" * 10_000 + "]" * 10_000), ("too-deep",)),
    "flow_10_000_levels_not_closed": Hostile(text("[" * 10_000), ("too-deep",)),
    "flow_mappings_10_000_levels": Hostile(text("{a: " * 10_000 + "1" + "}" * 10_000), ("too-deep",)),
    "flow_a_million_levels": Hostile(late(lambda: "[" * 1_000_000), ("too-deep",)),
    "block_lists_10_000_levels": Hostile(text("- " * 10_000 + "a\n"), ("too-deep",)),
    "block_mappings_2_000_levels": Hostile(
        late(lambda: "".join(f"{' ' * n}a:\n" for n in range(2_000))), ("too-deep",)
    ),
    "complex_keys_1_000_levels": Hostile(text("? " * 1_000 + "a\n"), ("too-deep",)),
    "anchors_one_in_the_other": Hostile(
        text("".join(f"k{n}: &a{n} [{f'*a{n - 1}' if n else ''}]\n" for n in range(5_000)) + "sources: *a4999\n"),
        ("unknown-key", "too-many-problems"),
    ),
}

SYNTAX = {
    "empty": Hostile(raw(b""), ("empty-catalogue",)),
    "only_comments": Hostile(text("# rien\n# du tout\n"), ("empty-catalogue",)),
    "only_a_document_mark": Hostile(text("---\n"), ("wrong-type",)),
    "only_a_bom": Hostile(raw(b"\xef\xbb\xbf"), ("empty-catalogue",)),
    "list_at_the_top": Hostile(text("- id: a\n  title: T\n"), ("wrong-type",)),
    "scalar_at_the_top": Hostile(text("bonjour\n"), ("wrong-type",)),
    "alias_at_the_top": Hostile(text("*a\n"), ("unknown-alias",)),
    "duplicate_keys_at_every_level": Hostile(
        text(
            "theme: x\ntheme: y\nthemes:\n- {id: x, id: y, title: T}\nsources:\n"
            "- id: a\n  id: b\n  title: T\n  url: https://a.example/\n  lifecycle: {status: active, status: closed}\n"
        ),
        ("duplicate-key",),
        shown="a\tx",
    ),
    "python_object_apply": Hostile(text("sources: !!python/object/apply:os.system ['exit 7']\n"), ("unsafe-tag",)),
    "python_object_new": Hostile(text("!!python/object/new:os.system ['id']\n"), ("unsafe-tag",)),
    "python_name": Hostile(text(among(source(title="!!python/name:os.system"))), ("unsafe-tag",)),
    "python_module": Hostile(text(among(source(title="!!python/module:os"))), ("unsafe-tag",)),
    "python_tuple": Hostile(text("sources: !!python/tuple [a]\n"), ("unsafe-tag",)),
    "binary_tag": Hostile(text(among(source(title="!!binary aGk="))), ("unsafe-tag",)),
    "set_tag": Hostile(text("sources: !!set {a}\n"), ("unsafe-tag",)),
    "tag_of_its_own": Hostile(text("sources: !ours [a]\n"), ("unsafe-tag",)),
    "tag_with_an_escape": Hostile(text("sources: !<%1B[31m> [a]\n"), ("unsafe-tag",)),
    "tag_with_a_coded_escape": Hostile(text("sources: !a%1B%5B31m [a]\n"), ("unsafe-tag",)),
    "tag_handle_unknown": Hostile(text("sources: !x!y [a]\n"), ("yaml-syntax",)),
    "number_tag_on_a_word": Hostile(text(among(source(title="!!int bonjour"))), ("wrong-type",), shown="alive"),
    "nul": Hostile(raw(b"sources:\n- id: a\x00b\n"), ("yaml-syntax",)),
    "escape_as_it_is": Hostile(raw(b"sources:\n- title: \x1b[31mrouge\n"), ("yaml-syntax",)),
    "c1_as_it_is": Hostile(text("sources:\n- title: \x9b31mrouge\n"), ("yaml-syntax",)),
    "latin_1": Hostile(text(among(source(title="Santé")), "latin-1"), ("not-utf8",)),
    "utf_16_with_bom": Hostile(text(among(source()), "utf-16"), ("not-utf8",)),
    "utf_16_without_bom": Hostile(text(among(source()), "utf-16-le"), ("yaml-syntax",)),
    "utf_32_with_bom": Hostile(text(among(source()), "utf-32"), ("not-utf8",)),
    "surrogate_in_utf_8": Hostile(raw(b"sources:\n- title: \xed\xa0\x80\n"), ("not-utf8",)),
    "overlong_utf_8": Hostile(raw(b"sources:\n- title: \xc0\xaf\n"), ("not-utf8",)),
    "random_bytes": Hostile(raw(bytes(range(256)) * 64), ("not-utf8",)),
    "gzip": Hostile(raw(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"), ("not-utf8",)),
    "bom": Hostile(text(among(source()), "utf-8-sig"), shown="alive"),
    "bom_in_the_middle": Hostile(text(among(source(title="a\ufeffb"))), ("control-character",), shown="\\ufeff"),
    "tabs_for_indent": Hostile(text("sources:\n\t- id: a\n"), ("yaml-syntax",)),
    "crlf": Hostile(text(among(source()).replace("\n", "\r\n")), shown="alive"),
    "lone_cr": Hostile(text(among(source()).replace("\n", "\r")), shown="alive"),
    "next_line_for_line_end": Hostile(text(among(source()).replace("\n", "\x85")), shown="alive"),
    "line_separator_in_a_text": Hostile(
        text(among(source(title='"a\\Lb"'))), ("control-character",), shown="a\\u2028b"
    ),
    "two_documents": Hostile(text(among(source()) + "---\n" + among(source())), ("several-documents",)),
    "a_million_documents": Hostile(late(lambda: "---\n" * 950_000), ("several-documents",)),
    "document_end_marks": Hostile(text(among(source()) + "...\n...\n"), shown="alive"),
    "yaml_directive": Hostile(text("%YAML 1.1\n---\n" + among(source())), shown="alive"),
    "yaml_directive_of_the_future": Hostile(text("%YAML 9.9\n---\n" + among(source())), ("yaml-syntax",)),
    "unknown_directive": Hostile(text("%FOO bar\n---\n" + among(source())), ("yaml-syntax",)),
    "tag_directive_to_python": Hostile(
        text("%TAG ! tag:yaml.org,2002:python/\n---\nsources: !tuple [a]\n"), ("unsafe-tag",)
    ),
    "merge_keys": Hostile(
        text("sources:\n- &a\n  id: a\n  title: T\n  url: https://a.example/\n- <<: *a\n  id: b\n"),
        ("unknown-key", "missing-key"),
        shown="https://a.example/",
    ),
    "anchor_in_itself": Hostile(text("sources: &a [*a]\n"), ("endless-alias",)),
    "anchor_in_itself_by_a_key": Hostile(text("sources: &a {? *a : 1}\n"), ("endless-alias",)),
    "anchor_unknown": Hostile(text("sources: *nowhere\n"), ("unknown-alias",)),
    "anchor_given_twice": Hostile(
        text(f"advice: &a {{title: T, text: X}}\n{among(source(title='&a T', more='section: *a'))}"), shown="alive"
    ),
    "complex_keys": Hostile(text(f"? [a, b]\n: 1\n? {{c: d}}\n: 2\n{among()}"), ("unknown-key",), shown="alive"),
    "null_key": Hostile(text(f"~: 1\n{among()}"), ("unknown-key",), shown="alive"),
    "unclosed_quote": Hostile(text(among(source(title='"sans fin'))), ("yaml-syntax",)),
    "surrogate_escape": Hostile(text(among(source(title='"\\ud800"'))), ("yaml-syntax",)),
    "surrogate_pair_escape": Hostile(text(among(source(title='"\\ud83d\\ude00"'))), ("yaml-syntax",)),
    "escape_beyond_unicode": Hostile(text(among(source(title='"\\U00110000"'))), ("yaml-syntax",)),
    "nul_escape": Hostile(text(among(source(title='"a\\0b"'))), ("control-character",), shown="a\\x00b"),
}

VALUES = {
    "ids_of_every_type": Hostile(
        text(
            among(
                *(
                    source(id=written, url=f"https://a.example/{rank}")
                    for rank, written in enumerate(("12", "1.5", "true", "~", "", "[a]", "{a: b}", "2026-11-23", '""'))
                )
            )
        ),
        ("wrong-type", "empty-text"),
        shown="alive",
    ),
    "ids_of_every_form": Hostile(
        text(
            among(
                *(
                    source(id=written, url=f"https://a.example/{rank}")
                    for rank, written in enumerate(
                        ("été", "INSEE", "a b", "a--b", "-a", '"a\\n"', "a_b", "../../etc", "=cmd", "\u0660", "😀")
                    )
                )
            )
        ),
        ("invalid-format",),
        shown="alive",
    ),
    "titles_that_are_markup": Hostile(
        text(file_of(source(title="'[bold]gras[/bold] [/foo] [link=https://b.example]x :smile: {a} %s'"))),
        shown="[bold]gras[/bold] [/foo] [link=https://b.example]x :smile: {a} %s",
    ),
    "title_with_escapes": Hostile(
        text(file_of(source(title='"\\x1b[31m\\e]0;titre\\a \\x07\\x08\\x7f\\x9b"'))),
        ("control-character",),
        shown="\\x1b[31m\\x1b]0;titre\\x07",
    ),
    "title_with_bidi": Hostile(
        text(file_of(source(title='"\\u202egro.elpmaxe\\u202c \\u2066x\\u2069 \\u200f"'))),
        ("control-character",),
        shown="\\u202egro.elpmaxe",
    ),
    "title_with_next_line": Hostile(text(file_of(source(title='"a\\x85b"'))), ("control-character",), shown="a\\x85b"),
    "title_with_a_tab_and_lines": Hostile(text(file_of(source(title='"a\\tb\\nc\\nd"'))), shown="a b c d"),
    "title_with_a_carriage_return": Hostile(
        text(file_of(source(title='"bon\\rmauvais"'))), ("control-character",), shown="bon mauvais"
    ),
    "title_of_emoji": Hostile(
        text(file_of(source(title="👩\u200d👩\u200d👧 données"))), shown="👩\u200d👩\u200d👧 données"
    ),
    "title_of_a_thousand_accents": Hostile(
        text(file_of(source(title="e" + "\u0301" * 1_000))), shown="e" + "\u0301" * 1_000
    ),
    "titles_of_every_type": Hostile(
        text(
            among(
                *(
                    source(id=f"s{rank}", title=written)
                    for rank, written in enumerate(("12", "yes", "~", "", "[a]", "{a: b}", "2026-11-23", "'  '", "="))
                )
            )
        ),
        ("wrong-type", "empty-text"),
        shown="alive",
    ),
    "urls_that_are_none": Hostile(
        text(
            file_of(
                *(
                    source(id=f"s{rank}", url=written)
                    for rank, written in enumerate(
                        (
                            "javascript:alert(1)",
                            "file:///etc/passwd",
                            "data:text/html,x",
                            "ftp://a.example/",
                            "//a.example/",
                            "a.example",
                            "https://",
                            "'http:///x'",
                            "'https://[::1'",
                            "https://a.example:port/",
                            "https://a.example:99999/",
                            "'https://a b.example/'",
                            "ȟttps://a/",
                        )
                    )
                )
            )
        ),
        ("invalid-url",),
        shown="javascript:alert(1)",
    ),
    "urls_of_every_type": Hostile(
        text(
            among(*(source(id=f"s{rank}", url=written) for rank, written in enumerate(("12", "[a]", "''", "~", "{}"))))
        ),
        ("wrong-type", "empty-text"),
        shown="alive",
    ),
    "url_with_an_escape": Hostile(
        text(file_of(source(url='"https://a.example/\\x1b[31m"'))), ("control-character",), shown="\\x1b[31m"
    ),
    "keywords_as_a_string": Hostile(
        text(file_of(source(more="keywords: santé, emploi"))), ("wrong-type",), shown="https://a.example/"
    ),
    "links_as_a_mapping": Hostile(
        text(file_of(source(more="links: {rel: api, url: https://b.example/}"))), ("wrong-type",), shown="a"
    ),
    "links_of_everything_else": Hostile(
        text(file_of(source(more="links: [1, ~, [], {}, {rel: api}, {rel: x, url: y}, 'https://b.example/']"))),
        ("wrong-type", "missing-key", "unknown-value", "invalid-url"),
        shown="https://a.example/",
    ),
    "dates_that_do_not_exist": Hostile(
        text(
            file_of(source(more="verified: {on: 2026-02-30}\nexception: {verdict: ok, reason: R, until: 2026-13-01}"))
        ),
        ("invalid-date",),
        shown="https://a.example/",
    ),
    "dates_beyond_the_calendar": Hostile(
        text(
            file_of(
                *(
                    source(id=f"s{rank}", url=f"https://a.example/{rank}", more=f"verified: {{on: {written}}}")
                    for rank, written in enumerate(
                        ("0000-00-00", "99999-01-01", "20261123T00", "'٢٠٢٦-١١-٢٣'", "[]", "~", "1e9")
                    )
                )
            )
        ),
        ("invalid-date", "wrong-type"),
        shown="https://a.example/6",
    ),
    "territory_urls_of_everything": Hostile(
        text(file_of(source(more="territory_urls: {commune: 12, epci: [], planete: x, ? [a] : b}"))),
        ("wrong-type", "unknown-key"),
        shown="a",
    ),
    "theme_with_an_escape": Hostile(
        text('theme: "\\e[31m"\n' + file_of(ALIVE)), ("control-character", "invalid-format"), shown="alive"
    ),
    "publisher_with_an_escape": Hostile(
        text(file_of(source(more='publisher: "\\e[31mInsee\\u202e"'))), ("control-character",), shown="\\x1b[31mInsee"
    ),
    "unknown_key_with_an_escape": Hostile(
        text(file_of(source(more='"\\e[31mtitel": x'))), ("unknown-key",), shown="https://a.example/"
    ),
    "references_to_itself_and_nowhere": Hostile(
        text(file_of(source(more="confused_with: [a, nowhere]\nlifecycle: {status: replaced, successor: a}"))),
        ("unknown-reference",),
        shown="replaced",
    ),
    "two_sources_on_one_line": Hostile(
        text("sources: [{id: a, title: T, url: 'https://a.example/'}, {id: a, title: U, url: 'https://b.example/'}]\n"),
        ("duplicate-id",),
        shown="https://a.example/",
    ),
}

PLACES = {
    "folder_named_like_a_file": Hostile(_folder, UNREADABLE),
    "folder_in_a_folder": Hostile(_folder_of_a_folder, ("unreadable",)),
    "broken_link": Hostile(_broken_link, UNREADABLE),
    "broken_link_in_a_folder": Hostile(_folder_with_a_broken_link, ("unreadable",), shown="alive"),
    "link_to_itself": Hostile(_link_to_itself, UNREADABLE),
    "fifo": Hostile(_fifo, ("unreadable",)),
    "fifo_in_a_folder": Hostile(_folder_with_a_fifo, ("unreadable",)),
    "endless_device": Hostile(_device, ("unreadable",)),
    "unreadable_file": Hostile(_unreadable, ("unreadable",)),
    "missing": Hostile(_nothing, UNREADABLE),
    "name_that_is_not_utf8": Hostile(_folder_with_a_name_that_is_not_utf8, shown="alive"),
    "name_with_an_escape": Hostile(_folder_with_an_escape_in_a_name, ("wrong-type",)),
}

CASES = {**SIZE, **NESTING, **SYNTAX, **VALUES, **PLACES}


def _cases(cases: Mapping[str, Hostile] = CASES) -> Iterator[object]:
    for name, case in cases.items():
        marks = [pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")]
        yield pytest.param(case, id=name, marks=marks if case.make is _unreadable else [])


@pytest.mark.parametrize("case", list(_cases()))
def test_a_hostile_file_is_answered_with_words_in_bounded_time_and_memory(case: Hostile, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    case.make(path)

    listed, validated = run(tmp_path, ["list", "--catalogue", str(path)], ["validate", str(path)])

    for done in (listed, validated):
        assert "Traceback" not in done.err
        assert done.code in (0, 1, 2)
        assert done.cpu_s <= CPU_S
        assert done.memory_bytes <= MEMORY_BYTES
        assert not _OBEYED.search(done.out + done.err)
    assert_validate_names_the_problems(validated, case)
    assert_list_goes_on_or_says_why(listed, case)


@pytest.mark.parametrize("case", list(_cases({**SIZE, **NESTING, **PLACES})))
def test_a_hostile_file_is_put_in_form_or_refused_in_bounded_time_and_memory(case: Hostile, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    case.make(path)

    (done,) = run(tmp_path, ["fmt", str(path)])

    assert done.code in (0, 2)
    assert "Traceback" not in done.err
    assert done.cpu_s <= 2 * CPU_S  # it reads twice: once for the bounds, once for the places
    assert done.memory_bytes <= MEMORY_BYTES
    assert not _OBEYED.search(done.out + done.err)


def run(folder: Path, *commands: list[str]) -> list[Run]:
    """What `diagsources` says to each of *commands*, and at what cost; they run side by side."""
    script = Path(__file__).with_name("measure.py")
    lines = [[sys.executable, "-m", "diagsources", *command] for command in commands]
    measuring = subprocess.Popen(
        [sys.executable, "-I", "-S", str(script), str(folder), json.dumps(lines)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        costs, _ = measuring.communicate(timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        os.killpg(measuring.pid, signal.SIGKILL)
        measuring.communicate()
        pytest.fail(f"no end after {PATIENCE_S} s")
    return [
        Run(code, cpu_s, memory, said(folder / f"{rank}.out"), said(folder / f"{rank}.err"))
        for rank, (code, cpu_s, memory) in enumerate(json.loads(costs))
    ]


def said(path: Path) -> str:
    """The text of *path*, its line ends as they are."""
    return path.read_bytes().decode()


def assert_validate_names_the_problems(done: Run, case: Hostile) -> None:
    if case.codes == UNREADABLE:
        assert done.code == 2
        assert done.out == ""
        assert re.fullmatch(r"erreur\u00a0: .+\n\nconseil\u00a0: .+\n", done.err)
        return
    lines = [line.split("\t") for line in done.out.splitlines()]
    assert {code for _, code, *_ in lines} == set(case.codes)
    assert done.code == (1 if case.codes else 0)
    assert re.fullmatch(r"(aucun problème\u00a0: |[\d\u202f]+\u00a0problème).+\n(--fix corrige .+\n)?", done.err)
    for place, _, message, _ in lines:
        assert re.search(r":[1-9]\d*:[1-9]\d*$", place)
        assert 10 < len(message) < LONGEST_LINE
    assert len(lines) <= reader.MAX_PROBLEMS + 2


def assert_list_goes_on_or_says_why(done: Run, case: Hostile) -> None:
    if case.shown:
        assert done.code in (0, 1)
        assert case.shown in done.out
        assert done.err.startswith("attention\u00a0: ") if case.codes else done.err == ""
    else:
        assert done.code == 2
        assert done.out == ""
        assert re.fullmatch(r"erreur\u00a0: .+\n\nconseil\u00a0: .+\n", done.err)
        assert len(done.err) < LONGEST_LINE


def test_a_name_longer_than_the_system_admits_is_answered_with_words(tmp_path: Path) -> None:
    name = str(tmp_path / ("x" * 300))

    listed, validated = run(tmp_path, ["list", "--catalogue", name], ["validate", name])

    assert [listed.code, validated.code] == [2, 2]
    assert "Traceback" not in listed.err + validated.err
    assert listed.err.startswith("erreur\u00a0: ")


def test_nothing_of_a_python_tag_is_run(tmp_path: Path) -> None:
    path, trace = tmp_path / "x.yaml", tmp_path / "trace"
    path.write_text(f"sources: !!python/object/apply:os.mkdir ['{trace}']\n", encoding="utf-8")

    run(tmp_path, ["list", "--catalogue", str(path)], ["validate", str(path)])

    assert not trace.exists()


def test_a_file_of_the_largest_size_that_is_admitted_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    start = file_of(ALIVE) + "#"
    path.write_text(start + "x" * (nodes.MAX_BYTES - len(start)), encoding="utf-8")

    listed, validated = run(tmp_path, ["list", "--catalogue", str(path)], ["validate", str(path)])

    assert [listed.code, validated.code] == [0, 0]
    assert path.stat().st_size == nodes.MAX_BYTES


def test_the_cases_name_rules_that_exist() -> None:
    named = {code for case in CASES.values() for code in case.codes if case.codes != UNREADABLE}

    assert named <= set(RULES)
