"""What services said, and how long it is remembered."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from diagsources.exchange.services import GOOD_FOR, Answer, Fields, Remembering

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
URL = "https://archive.example.org/wayback/available?url=a"


class Service:
    """Counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, url: str, /, fields: Fields = ()) -> Answer:
        self.asked.append(url)
        return Answer(200, "{}")


def remembered(folder: Path, *urls: str, now: datetime) -> list[str]:
    """Which of *urls* had to be asked for."""
    service = Service()
    ask = Remembering(service, folder, now=now)
    for url in urls:
        assert ask(url) == Answer(200, "{}")
    return service.asked


def test_an_answer_is_remembered_for_a_week_and_not_longer(tmp_path: Path) -> None:
    first = remembered(tmp_path, URL, URL, now=NOW)
    lately = remembered(tmp_path, URL, now=NOW + GOOD_FOR)
    later = remembered(tmp_path, URL, now=NOW + GOOD_FOR + timedelta(seconds=1))

    assert (first, lately, later) == ([URL], [], [URL])


def test_a_memory_that_is_damaged_is_asked_for_again(tmp_path: Path) -> None:
    remembered(tmp_path, URL, now=NOW)
    for path in tmp_path.iterdir():
        path.write_text("[]", encoding="utf-8")

    assert remembered(tmp_path, URL, now=NOW) == [URL]


def test_what_is_too_old_to_be_of_use_is_not_kept_for_ever(tmp_path: Path) -> None:
    remembered(tmp_path, *(f"{URL}{rank}" for rank in range(3)), now=NOW)
    old, *others = sorted(tmp_path.iterdir())
    os.utime(old, (0, 0))
    for path in others:
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))

    remembered(tmp_path, URL, now=NOW + timedelta(days=1))

    assert not old.exists()
    assert all(path.exists() for path in others)
    assert len(list(tmp_path.iterdir())) == 3
