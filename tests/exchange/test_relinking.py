"""Addresses rewritten in lists, Markdown and HTML: what is no link of a reader stays, byte for byte."""

import random

import pytest

from diagsources.exchange.relinking import CannotRewrite, rewritten

OLD, NEW = "https://old.example.org/page", "https://new.example.org/page"


def one(text: str, file: str, new: str = NEW) -> str:
    """*text* with `OLD` become *new*."""
    return rewritten(text, file, {OLD: new})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f'<a href="{OLD}">x</a>', f'<a href="{NEW}">x</a>'),
        (f"<a class=x href='{OLD}'>x</a>", f"<a class=x href='{NEW}'>x</a>"),
        (f"<A HREF={OLD}>x</A>", f"<A HREF={NEW}>x</A>"),
        (f'<a\r\n  href = " {OLD} "\r\n>x</a>', f'<a\r\n  href = "{NEW}"\r\n>x</a>'),
        (f'<img alt="{OLD}" src="{OLD}"/>', f'<img alt="{OLD}" src="{NEW}"/>'),
        (f'<a title="href={OLD}" href="{OLD}">', f'<a title="href={OLD}" href="{NEW}">'),
        (f'<a data-href="{OLD}" href="{OLD}">', f'<a data-href="{OLD}" href="{NEW}">'),
        (f'<script src="{OLD}">"<a href=\'{OLD}\'>"</script>', f'<script src="{NEW}">"<a href=\'{OLD}\'>"</script>'),
        (f'é🙂\r\n<p>{OLD}</p>\r\n<a href="{OLD}">', f'é🙂\r\n<p>{OLD}</p>\r\n<a href="{NEW}">'),
    ],
)  # fmt: skip
def test_html_is_rewritten_where_a_browser_would_follow_it(before: str, after: str) -> None:
    assert one(before, "x.html") == after


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- <a href='{OLD}'> -->",
        f"<script>'<a href=\"{OLD}\">'</script>",
        f"<style>/* <a href='{OLD}'> */</style>",
        f"<a data-href='{OLD}'>",
        f"<p title='{OLD}'>{OLD}</p>",
        f"<link rel=preconnect href='{OLD}'>",
        f"<a href='{OLD}",
    ],
)
def test_what_no_browser_follows_stays_in_html(text: str) -> None:
    assert one(text, "x.html") == text


def test_an_address_is_written_as_html_takes_it() -> None:
    new = "https://new.example.org/?a=1&copy=2"

    assert one(f"<a href={OLD}>", "x.htm", new) == '<a href="https://new.example.org/?a=1&amp;copy=2">'
    assert one(f"<a href='{OLD}'>", "x.htm", new) == "<a href='https://new.example.org/?a=1&amp;copy=2'>"


def test_an_address_with_entities_is_known_in_html() -> None:
    text = '<a href="https://old.example.org/?a=1&amp;b=2">'

    assert rewritten(text, "x.html", {"https://old.example.org/?a=1&b=2": NEW}) == f'<a href="{NEW}">'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"[a]({OLD}) et {OLD}.", f"[a]({NEW}) et {NEW}."),
        (f"<{OLD}> `{OLD}`", f"<{NEW}> `{OLD}`"),
        (f"[r]: {OLD} 'T'", f"[r]: {NEW} 'T'"),
        (f"| {OLD} | [**{OLD}**]({OLD}) |", f"| {NEW} | [**{NEW}**]({NEW}) |"),
        (f"```\n{OLD}\n```\n{OLD}\n", f"```\n{OLD}\n```\n{NEW}\n"),
        (f"{OLD}/autre {OLD}#c {OLD}", f"{OLD}/autre {OLD}#c {NEW}"),
        (f"\ufeff{OLD}\r\n\r\nfin  ", f"\ufeff{NEW}\r\n\r\nfin  "),
    ],
)
def test_markdown_is_rewritten_where_it_links(before: str, after: str) -> None:
    assert one(before, "x.md") == after


@pytest.mark.parametrize(
    ("new", "inline"),
    [
        ("https://n.org/a_(b)", "[a](https://n.org/a_(b))"),
        ("https://n.org/a)b", "[a](https://n.org/a%29b)"),
        ("https://n.org/?a[]=1", "[a](https://n.org/?a%5B%5D=1)"),
        ("https://n.org/a b", "[a](https://n.org/a%20b)"),
        ("https://n.org/?a&copy;", "[a](https://n.org/?a&amp;copy;)"),
    ],
)
def test_an_address_is_written_as_markdown_takes_it(new: str, inline: str) -> None:
    assert one(f"[a]({OLD})", "x.md", new) == inline


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{OLD}\n", f"{NEW}\n"),
        (f"{OLD}  note\n", f"{NEW}  note\n"),
        (f"# {OLD}\n{OLD}   note\n", f"# {OLD}\n{NEW}   note\n"),
        (f"Le débit {OLD}, enfin\r\n", f"Le débit {NEW}, enfin\r\n"),
    ],
)
def test_a_list_is_rewritten_but_for_its_comments(before: str, after: str) -> None:
    assert one(before, "x.txt") == after


def test_an_address_that_would_not_be_read_again_is_not_written() -> None:
    with pytest.raises(CannotRewrite):
        one(f"Voir {OLD}, là.\n", "x.txt", "https://new.example.org/etc.")


@pytest.mark.parametrize("file", ["x.md", "x.html", "x.txt"])
def test_there_and_back_again_is_the_same_text(file: str) -> None:
    pieces = [
        f"[a]({OLD})", f"<a href='{OLD}'>é</a>", f'<img src="{OLD}" alt="{OLD}">', f"<!-- {OLD} -->", "`", "```\n",
        "\n", "\r\n", "🙂", " ", "# ", f"{OLD} ", "<script>", "</script>", "- ", "<", '"', "'", f"<{OLD}>", "](", "\\",
    ]  # fmt: skip
    for seed in range(500):
        chosen = random.Random(seed)  # noqa: S311 - the same seed, the same text
        text = "".join(chosen.choices(pieces, k=chosen.randrange(1, 40)))

        there = one(text, file)

        assert rewritten(there, file, {NEW: OLD}) == text, seed
        assert there.replace(NEW, OLD) == text, seed
