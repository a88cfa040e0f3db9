"""A file is written whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from diagsources.files import whole_file, write_whole


def test_a_write_that_fails_halfway_leaves_the_old_file_and_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "report"
    path.write_text("old", encoding="utf-8")

    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "new \ud800")

    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    write_whole(tmp_path / "report", "é\nb\r\n")

    assert (tmp_path / "report").read_bytes() == "é\nb\r\n".encode()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize(("mode", "expected"), [(None, 0o600), (0o644, 0o644), (0o640, 0o640)])
def test_a_file_has_the_mode_asked_for_or_is_its_owners_alone(tmp_path: Path, mode: int | None, expected: int) -> None:
    with whole_file(tmp_path / "report", mode=mode) as out:
        out.write("x")

    assert stat.S_IMODE((tmp_path / "report").stat().st_mode) == expected
