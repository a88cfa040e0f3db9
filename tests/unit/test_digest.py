"""What a run is in Markdown: a job summary, and a ticket."""

import re
from typing import Any

import pytest
from markdown_it import MarkdownIt

from diagsources.reports.digest import ROOM, digest, ticket
from tests.support.nasty import large_run
from tests.support.rendering import MEMORY, nastiest, records


def test_markdown_of_a_run_has_no_markup_of_its_values() -> None:
    page = MarkdownIt("commonmark").enable("table").parse(nastiest("markdown"))
    tokens = [each for token in page for each in (token, *(token.children or ()))]
    blocks = {token.content.strip() for token in tokens if token.type == "html_block"}

    assert {"image", "code_inline", "em_open", "strong_open", "html_inline"} & {token.type for token in tokens} == set()
    assert {re.sub(r"\d+", "N", block) for block in blocks} <= {
        "</details>",
        *(
            f"<details>\n<summary>{title} (N)</summary>"
            for title in ("En échec, sans faire échouer", "Déplacés", "Restreints", "Non vérifiés")
        ),
    }
    hrefs = [str(token.attrGet("href")) for token in tokens if token.type == "link_open"]
    assert hrefs
    assert all(href.startswith(("http://", "https://")) and "evil" not in href for href in hrefs)


def test_markdown_notifies_nobody() -> None:
    assert re.findall(r"(?<![/\w*])\\?@\w", nastiest("markdown")) == []


@pytest.mark.parametrize("room", [2_000, 60_000, ROOM])
def test_a_digest_keeps_to_its_room_and_counts_the_rest(room: int) -> None:
    text = "".join(digest(large_run(), room=room))

    assert len(text.encode()) < room + 8_000
    shown = sum(line.startswith("| ") and not line.startswith(("| Source |", "| --- |")) for line in text.splitlines())
    left = sum(int(number.replace("\u202f", "")) for number in re.findall(r"… et ([\d\u202f]+)", text))
    assert shown + left == 10_000


def test_a_digest_says_what_has_changed_since_the_last_time() -> None:
    memory = MEMORY | {"condition": "recovered", "change": "recovered"}

    text = "".join(digest(records(verdict="ok", reason="http-200", memory=memory)))

    assert "### Depuis la dernière fois\n\n- 1\u00a0rétabli\u00a0: eau\n" in text


def test_a_digest_of_the_first_run_compares_with_nothing() -> None:
    memory = MEMORY | {"runs": 1, "condition": "confirmed", "change": "failing", "newly_confirmed": True}

    assert "dernière fois" not in "".join(digest(records(memory=memory)))


def test_a_digest_says_where_many_links_are_one_fault() -> None:
    host = {"host": "a|b.example.org", "links": 12, "verdict": "unavailable", "reason": "timeout"}

    text = "".join(digest(records()._replace(head={"hosts": [host]})))

    assert "- a\\|b.example.org\u00a0: 12\u00a0liens, indisponible (`timeout`)\n" in text


def test_a_digest_without_memory_says_nothing_of_the_last_time() -> None:
    assert "dernière fois" not in "".join(digest(records()))


def test_a_digest_tells_who_publishes_and_since_when() -> None:
    memory = MEMORY | {"condition": "confirmed", "change": "still"}

    text = "".join(digest(records(memory=memory, publisher="Agence de l'eau", theme_title="Eau")))

    assert "### Eau (1)" in text
    assert "| Agence de l'eau |" in text
    assert "| 3\u00a0novembre\u00a02026 |" in text


@pytest.mark.parametrize("changed", [{"line": 99}, {"checked_at": "2026-12-01T04:00:00Z"}, {"elapsed_ms": 9}])
def test_a_ticket_is_the_same_as_long_as_the_same_links_are_dead(changed: dict[str, Any]) -> None:
    memory = MEMORY | {"condition": "confirmed", "change": "still"}

    one, other = (ticket(records(memory=memory, **each).records, room=60_000) for each in ({}, changed))

    assert one == other
    assert one.is_open
    assert "| catalogue/eau.yaml |" in one.body
