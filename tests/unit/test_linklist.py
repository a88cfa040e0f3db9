"""The links of lists, Markdown and HTML."""

import time
from collections.abc import Iterator
from io import BytesIO, StringIO, TextIOWrapper
from itertools import count, islice
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagsources.errors import InputUnreadable
from diagsources.exchange import links_in, read_links
from diagsources.model import Link

NAMES = ["liste.txt", "-", "page.md", "page.html"]


def urls(text: str, file: str) -> list[str]:
    """The addresses found in *text*, were it the content of *file*."""
    return [link.url for link in links_in(text.splitlines(keepends=True), file=file)]


def in_markdown(text: str) -> list[str]:
    """The addresses found in *text* as Markdown."""
    return urls(text, "page.md")


def in_html(text: str) -> list[str]:
    """The addresses found in *text* as HTML."""
    return urls(text, "page.html")


def test_a_list_has_a_link_a_line() -> None:
    assert urls("https://a.fr/\nhttp://b.fr/\n", "liste.txt") == ["https://a.fr/", "http://b.fr/"]


def test_blank_lines_and_comments_are_passed_over() -> None:
    assert urls("\n  \n# https://a.fr/\n  # b\nhttps://c.fr/#ancre\n", "liste.txt") == ["https://c.fr/#ancre"]


def test_a_line_that_is_no_address_is_kept_for_the_check_to_say() -> None:
    assert urls("insee.fr\nftp://a.fr/\npas une adresse\n", "-") == ["insee.fr", "ftp://a.fr/", "pas une adresse"]


def test_the_space_around_an_address_and_windows_line_ends_do_not_matter() -> None:
    assert urls("  https://a.fr/\t\r\nhttps://b.fr/", "liste.txt") == ["https://a.fr/", "https://b.fr/"]


def test_a_link_has_its_line_for_id() -> None:
    links = list(links_in(["\n", "https://a.fr/\n", "# b\n", "https://c.fr/\n"], file="liste.txt"))

    assert links == [
        Link("line-2", "url", "https://a.fr/", file="liste.txt", line=2),
        Link("line-4", "url", "https://c.fr/", file="liste.txt", line=4),
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("[Insee](https://insee.fr/)", ["https://insee.fr/"]),
        ('[Insee](https://insee.fr/ "Le site")', ["https://insee.fr/"]),
        ("[Insee]( https://insee.fr/ 'Le site' )", ["https://insee.fr/"]),
        ("[Insee](<https://insee.fr/>)", ["https://insee.fr/"]),
        ("[Insee](<https://insee.fr/a b>)", ["https://insee.fr/a%20b"]),
        ("[Insee](HTTPS://INSEE.FR/)", ["HTTPS://INSEE.FR/"]),
        ("[Insee](https://insee.fr/fin.)", ["https://insee.fr/fin."]),
        ("[Insee](https://insee.fr/?a=1&amp;b=2)", ["https://insee.fr/?a=1&b=2"]),
        ("[Insee](https://insee.fr/?copy=1&copy=2)", ["https://insee.fr/?copy=1&copy=2"]),
        (r"[Insee](https://insee.fr/a\_b\(c\))", ["https://insee.fr/a_b(c)"]),
        ("[Commune](https://fr.wikipedia.org/wiki/Lux_(31))", ["https://fr.wikipedia.org/wiki/Lux_(31)"]),
        ("([Lux](https://fr.wikipedia.org/wiki/Lux_(31)))", ["https://fr.wikipedia.org/wiki/Lux_(31)"]),
        ("![logo](https://insee.fr/logo.png)", ["https://insee.fr/logo.png"]),
        ("[![logo](https://a.fr/l.png)](https://a.fr/)", ["https://a.fr/l.png", "https://a.fr/"]),
        ("**[Insee](https://insee.fr/)**, *[Ign](https://ign.fr/)*", ["https://insee.fr/", "https://ign.fr/"]),
        ("[a](https://a.fr/)[b](https://b.fr/)", ["https://a.fr/", "https://b.fr/"]),
        ("[`code`](https://a.fr/)", ["https://a.fr/"]),
        ("<https://insee.fr/>", ["https://insee.fr/"]),
        ("[insee]: https://insee.fr/ 'Le site'", ["https://insee.fr/"]),
        ("[insee]: <https://insee.fr/a b>", ["https://insee.fr/a%20b"]),
        ('<a href="https://insee.fr/">Insee</a>', ["https://insee.fr/"]),
        ("| [a](https://a.fr/) | https://b.fr/ |", ["https://a.fr/", "https://b.fr/"]),
    ],
)
def test_the_targets_of_markdown_links_are_found(line: str, found: list[str]) -> None:
    assert in_markdown(line) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Voir https://insee.fr/.", "https://insee.fr/"),
        ("Voir https://insee.fr/fr, puis", "https://insee.fr/fr"),
        ("Voir https://insee.fr ; puis", "https://insee.fr"),
        ("Vraiment https://insee.fr/ ?!", "https://insee.fr/"),
        ("Vraiment https://insee.fr/?!", "https://insee.fr/"),
        ("(https://insee.fr/)", "https://insee.fr/"),
        ("(voir https://insee.fr/fr).", "https://insee.fr/fr"),
        ("https://fr.wikipedia.org/wiki/Lux_(31)", "https://fr.wikipedia.org/wiki/Lux_(31)"),
        ("(https://fr.wikipedia.org/wiki/Lux_(31))", "https://fr.wikipedia.org/wiki/Lux_(31)"),
        ("« https://insee.fr/ »", "https://insee.fr/"),
        ("«https://insee.fr/»", "https://insee.fr/"),
        ('"https://insee.fr/"', "https://insee.fr/"),
        ("'https://insee.fr/'", "https://insee.fr/"),
        ("**https://insee.fr/**", "https://insee.fr/"),
        ("_https://insee.fr/_", "https://insee.fr/"),
        ("[https://insee.fr/]", "https://insee.fr/"),
        ("https://insee.fr/…", "https://insee.fr/"),
        ("https://insee.fr/l'eau", "https://insee.fr/l'eau"),
        ("https://insee.fr/été#c=home", "https://insee.fr/été#c=home"),
        (r"https://insee.fr/a\_b", "https://insee.fr/a_b"),
        ("https://insee.fr/?a=1&amp;b=2", "https://insee.fr/?a=1&b=2"),
        ("https://insee.fr/a|b", "https://insee.fr/a"),
        ("Zonages\u00a0: https://insee.fr/\u00a0!", "https://insee.fr/"),
    ],
)
def test_an_address_that_stands_bare_is_found_without_its_sentence(line: str, found: str) -> None:
    assert in_markdown(line) == [found]


@pytest.mark.parametrize(
    "line",
    [
        "[a](b.md) [c](#ancre) [d](/racine) [e](//hote.fr/)",
        "[a](mailto:a@b.fr) [b](javascript:alert(1)) [c](ftp://d.fr/)",
        "www.insee.fr, insee.fr, http:, https://",
        "`https://insee.fr/`",
        "``un ` https://insee.fr/``",
    ],
)
def test_what_is_no_absolute_web_link_in_markdown_is_none(line: str) -> None:
    assert in_markdown(line) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "- OpenData d'Occitanie : [https://data.laregion.fr/](http://www.opendatalab.fr/)",
            ["https://data.laregion.fr/", "http://www.opendatalab.fr/"],
        ),
        (
            "\t[http://www.observatoire-des-territoires.gouv.fr]"
            "(http://www.observatoire-des-territoires.gouv.fr/observatoire-des-territoires/fr/node)",
            [
                "http://www.observatoire-des-territoires.gouv.fr",
                "http://www.observatoire-des-territoires.gouv.fr/observatoire-des-territoires/fr/node",
            ],
        ),
        (
            "- **Accès par la cartographie** : https://www.observatoire-des-territoires.gouv.fr/outils/#c=home",
            ["https://www.observatoire-des-territoires.gouv.fr/outils/#c=home"],
        ),
        (
            "- Équipements : https://public.opendatasoft.com/explore/dataset/bpe-2018/ (attention, difficile).",
            ["https://public.opendatasoft.com/explore/dataset/bpe-2018/"],
        ),
        (
            "- Cadastre : [https://www.data.gouv.fr/fr/datasets/cadastre/](https://www.data.gouv.fr/fr/datasets/cadastre/)",
            ["https://www.data.gouv.fr/fr/datasets/cadastre/"],
        ),
    ],
)
def test_the_lines_of_the_teachers_document_are_read(line: str, found: list[str]) -> None:
    assert in_markdown(line) == found


def test_an_address_is_told_once_a_line_but_on_each_line() -> None:
    links = links_in(["https://a.fr/ https://a.fr/\n", "https://a.fr/\n"], file="page.md")

    assert [link.id for link in links] == ["line-1", "line-2"]


def test_nothing_in_a_block_of_code_is_a_link() -> None:
    text = "https://a.fr/\n```sh\ncurl https://b.fr/\n~~~\n```\nhttps://c.fr/\n~~~~\nhttps://d.fr/\n~~~\n~~~~~\nhttps://e.fr/\n"

    assert in_markdown(text) == ["https://a.fr/", "https://c.fr/", "https://e.fr/"]


def test_ticks_within_a_line_open_no_block() -> None:
    assert in_markdown("```code``` https://a.fr/\nhttps://b.fr/\n") == ["https://a.fr/", "https://b.fr/"]


@pytest.mark.parametrize("name", ["a.md", "a.MD", "dossier/a.markdown", "a.mdown"])
def test_markdown_is_known_by_its_name(name: str) -> None:
    assert urls("[a](https://a.fr/)", name) == ["https://a.fr/"]


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "dossier/a.xhtml"])
def test_html_is_known_by_its_name(name: str) -> None:
    assert urls("<a href='https://a.fr/'>", name) == ["https://a.fr/"]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<a href="https://a.fr/">a</a>', ["https://a.fr/"]),
        ("<A HREF='HTTPS://a.fr/'>a</A>", ["HTTPS://a.fr/"]),
        ("<a href=https://a.fr/ title=x>a</a>", ["https://a.fr/"]),
        ('<a class="x" href=" https://a.fr/ ">a</a>', ["https://a.fr/"]),
        ('<a href="https://a.fr/?a=1&amp;b=2&#38;c=3">a</a>', ["https://a.fr/?a=1&b=2&c=3"]),
        (
            '<img src="https://a.fr/i.png"><script src="https://a.fr/s.js"></script>',
            ["https://a.fr/i.png", "https://a.fr/s.js"],
        ),
        ('<iframe src="https://a.fr/carte"></iframe>', ["https://a.fr/carte"]),
        ('<map><area href="https://a.fr/zone"></map>', ["https://a.fr/zone"]),
        ('<link rel="stylesheet" href="https://a.fr/s.css">', ["https://a.fr/s.css"]),
        ("<a\n  href='https://a.fr/'\n>a</a>", ["https://a.fr/"]),
        ("<a href='https://a.fr/'", []),
    ],
)
def test_the_addresses_of_a_page_are_found(html: str, found: list[str]) -> None:
    assert in_html(html) == found


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/fr">a</a><a href="b.html">b</a><a href="#c">c</a><a href="//d.fr/">d</a>',
        '<a href="mailto:a@b.fr">a</a><a href="javascript:void(0)">b</a><a href="ftp://c.fr/">c</a>',
        "<a href>a</a><a>b</a><a href=''>c</a>",
        "<!-- <a href='https://a.fr/'>a</a> -->",
        "<script>var a = \"<a href='https://a.fr/'>\"</script>",
        "https://a.fr/ en toutes lettres",
        '<div href="https://a.fr/"></div><a src="https://a.fr/">a</a>',
        '<link rel="preconnect" href="https://a.fr/"><link rel="DNS-Prefetch" href="https://b.fr/">',
    ],
)
def test_what_is_no_absolute_web_link_of_a_page_is_none(html: str) -> None:
    assert in_html(html) == []


def test_a_tag_over_several_lines_stands_where_it_begins() -> None:
    lines = ["<p>\n", "<a class='x'\n", "   href='https://a.fr/'\n", ">a</a> <a href='https://b.fr/'>b</a>\n"]

    links = list(links_in(lines, file="page.html"))

    assert [(link.id, link.url) for link in links] == [("line-2", "https://a.fr/"), ("line-4", "https://b.fr/")]


@pytest.mark.parametrize("name", NAMES)
def test_a_list_without_end_gives_its_first_links_at_once(name: str) -> None:
    def lines() -> Iterator[str]:
        for number in count(1):
            url = f"https://a.fr/{number}"
            yield f"<a href='{url}'>a</a>\n" if name.endswith(".html") else f"{url}\n"

    assert [link.url for link in islice(links_in(lines(), file=name), 2)] == ["https://a.fr/1", "https://a.fr/2"]


@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_asked_for_before_it_is_needed(name: str) -> None:
    asked: list[int] = []

    def lines() -> Iterator[str]:
        for number in range(1, 4):
            asked.append(number)
            yield f"<a href='https://a.fr/{number}'>a</a>\n" if name.endswith(".html") else f"https://a.fr/{number}\n"

    next(links_in(lines(), file=name))

    assert asked == [1]


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_list_has_no_links(name: str) -> None:
    assert urls("", name) == []


@given(st.text(st.characters()), st.sampled_from(NAMES))
def test_no_text_is_too_odd_to_be_read(text: str, name: str) -> None:
    lines = text.splitlines(keepends=True)

    assert all(0 < link.line <= len(lines) and link.url for link in links_in(lines, file=name))


@given(st.text(st.sampled_from("[](<>)`~*_\\&;.'\" \nhttps://a.fr/")))
def test_whatever_markdown_gives_is_an_address(text: str) -> None:
    assert all(url.lower().startswith(("http://", "https://")) and " " not in url for url in in_markdown(text))


@pytest.mark.parametrize(
    "line",
    [
        "](https://" + "(" * 100_000,
        "https://" + ")" * 100_000,
        "https://" + "()" * 50_000 + ")" * 100_000,
        "[" * 100_000,
        "](" * 50_000,
        "`" * 100_000 + "a",
        "https://a" + "\\" * 100_000,
        "&" * 100_000,
    ],
    ids=["opening", "closing", "pairs", "brackets", "targets", "ticks", "escapes", "entities"],
)
@pytest.mark.parametrize("name", ["page.md", "page.html"])
def test_a_hostile_line_takes_no_time(line: str, name: str) -> None:
    started = perf_counter()

    found = urls(line, name)

    assert len(found) <= 1
    assert perf_counter() - started < 2


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "liste.txt"
    path.write_text("https://élus.fr/\n", encoding="utf-8")

    assert list(read_links(str(path), StringIO())) == [
        Link("line-1", "url", "https://élus.fr/", file=str(path), line=1)
    ]


@pytest.mark.parametrize(("name", "content"), [("l.txt", "https://a.fr/"), ("l.md", "# Titre"), ("l.html", "<p>")])
def test_the_mark_that_windows_puts_first_is_not_part_of_the_first_line(
    tmp_path: Path, name: str, content: str
) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xef\xbb\xbf" + content.encode())

    links = list(read_links(str(path), StringIO()))

    assert links == list(links_in([content], file=str(path)))


def test_the_mark_is_taken_from_stdin_too() -> None:
    assert [link.url for link in read_links("-", StringIO("\ufeffhttps://a.fr/\n"))] == ["https://a.fr/"]


def test_a_dash_is_stdin_as_a_list() -> None:
    assert list(read_links("-", StringIO("https://a.fr/\n"))) == [
        Link("line-1", "url", "https://a.fr/", file="-", line=1)
    ]


@pytest.mark.parametrize("content", [b"https://\xe9lus.fr/\n", b"\xff\xfeh\x00t\x00", b"https://a.fr/\n\x80\n"])
def test_a_file_in_another_encoding_is_an_error_that_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "liste.txt"
    path.write_bytes(content)

    with pytest.raises(InputUnreadable, match="n'est pas en UTF-8") as raised:
        list(read_links(str(path), StringIO()))

    assert str(path) in str(raised.value)
    assert raised.value.hint


def test_stdin_in_another_encoding_is_an_error_that_says_so() -> None:
    stdin = TextIOWrapper(BytesIO(b"https://\xe9lus.fr/\n"), encoding="utf-8")

    with pytest.raises(InputUnreadable, match="n'est pas en UTF-8"):
        list(read_links("-", stdin))


def test_a_missing_file_is_an_error_with_a_hint(tmp_path: Path) -> None:
    path = tmp_path / "absent.txt"

    with pytest.raises(InputUnreadable, match="lecture impossible") as raised:
        list(read_links(str(path), StringIO()))

    assert str(path) in str(raised.value)
    assert raised.value.hint


def test_a_folder_is_no_list_of_links(tmp_path: Path) -> None:
    with pytest.raises(InputUnreadable):
        list(read_links(str(tmp_path), StringIO()))


def test_a_page_of_tags_that_never_end_is_read_in_the_blink_of_an_eye() -> None:
    hostile = "<a " * 300_000

    started = time.process_time()

    assert in_html(hostile + "\n<a href='https://a.fr/'>") == ["https://a.fr/"]
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("https://a.fr/x  une note", ["https://a.fr/x"]),
        ("https://a.fr/x\tune note", ["https://a.fr/x"]),
        ("https://a.fr/x # une note", ["https://a.fr/x"]),
        ("https://a.fr/x#ancre", ["https://a.fr/x#ancre"]),
        ("https://a.fr/deux mots", ["https://a.fr/deux mots"]),
        ("INSEE https://a.fr/", ["https://a.fr/"]),
        ("- [Insee](https://a.fr/), et <https://b.fr/>.", ["https://a.fr/", "https://b.fr/"]),
        ("www.a.fr", ["www.a.fr"]),
        ("mailto:a@b.fr", ["mailto:a@b.fr"]),
    ],
)
def test_a_note_beside_an_address_is_not_asked_for(line: str, found: list[str]) -> None:
    assert urls(f"{line}\n", "liste.txt") == found


@pytest.mark.parametrize("name", ["region", "section", "copy", "notes", "current", "degre", "para"])
def test_the_name_of_a_parameter_is_no_reference(name: str) -> None:
    assert in_html(f'<a href="https://a.fr/?n=1&{name}=76">') == [f"https://a.fr/?n=1&{name}=76"]


def test_references_in_an_attribute_are_those_of_browsers() -> None:
    written = "https://a.fr/?a=1&amp;b=2&#38;c=3&eacute;&copyright&copy"

    assert in_html(f"<a href='{written}'>") == ["https://a.fr/?a=1&b=2&c=3é&copyright©"]


def test_of_two_addresses_of_an_element_browsers_take_the_first() -> None:
    assert in_html('<a href="https://a.fr/" href="https://b.fr/">') == ["https://a.fr/"]


@pytest.mark.parametrize(
    "text",
    [
        "1. x\n\n    ```\n    https://a.fr/\n    ```\n",
        "> ```\n> https://a.fr/\n> ```\n",
        "- ```\n  https://a.fr/\n  ```\n",
        "<!-- [x](https://a.fr/) -->\n",
        "<!-- un\n[x](https://a.fr/)\ndeux --> après\n",
    ],
)
def test_code_in_a_list_or_a_quotation_and_comments_hold_no_links(text: str) -> None:
    assert in_markdown(text + "\nhttps://b.fr/\n") == ["https://b.fr/"]


@pytest.mark.parametrize(
    "text",
    ["on écrit <!-- pour cela\n", "> ```\n> code\n\n", "- ```\n  code\n\n", "    ```\n", "    x <!-- y\n"],
)
def test_what_is_never_closed_does_not_swallow_the_links_that_follow(text: str) -> None:
    assert in_markdown(text + "[x](https://b.fr/)\n") == ["https://b.fr/"]


def test_a_reference_of_thousands_of_digits_is_none() -> None:
    assert in_html(f'&#{"9" * 5_000}; <a title="&#{"9" * 5_000};" href="https://a.fr/">') == ["https://a.fr/"]


def test_a_reference_of_thousands_of_digits_in_markdown_is_none() -> None:
    assert in_markdown(f"[x](https://a.fr/?a=&#{'9' * 5_000};) https://b.fr/")[1:] == ["https://b.fr/"]


def test_an_address_written_in_references_is_one() -> None:
    assert in_html(f'<a href="&#00000000104;ttp://a.fr/"{"/" * 40_000}>') == ["http://a.fr/"]


def test_escaped_back_quotes_are_no_code() -> None:
    assert in_markdown("\\`https://a.fr/\\`\n") == ["https://a.fr/"]


@pytest.mark.parametrize("between", [" ", ", ", "; ", " | ", " -> ", "\t", "  voir ", " redirige vers "])
def test_a_line_may_hold_several_addresses(between: str) -> None:
    assert urls(f"https://a.fr/{between}https://b.fr/\n", "liste.txt") == ["https://a.fr/", "https://b.fr/"]


def test_marks_of_no_width_are_no_part_of_an_address() -> None:
    assert urls("\u200bhttps://a.fr/\u200e\nhttps://b.fr/\u200b\n", "-") == ["https://a.fr/", "https://b.fr/"]


def test_a_pipe_that_is_not_in_utf_8_is_refused() -> None:
    pipe = TextIOWrapper(BytesIO(b"https://a.fr/\xe9t\xe9\n"), encoding="utf-8", errors="surrogateescape")

    with pytest.raises(InputUnreadable, match="UTF-8"):
        list(read_links("-", pipe))
