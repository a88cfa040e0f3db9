"""`diagsources fmt` and `validate --fix`: what a machine puts right in files, and what it leaves."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

ASTRAY = """\
theme: eau
sources:
  # la source
  - titel: Débit des rivières\x20\x20
    id: rivieres
    url: https://rivieres.example.org/   # là
    keyword: [débit]
"""

TIDY = """\
theme: eau
sources:
  # la source
  - id: rivieres
    title: Débit des rivières
    url: https://rivieres.example.org/   # là
    keywords: [débit]
"""


@pytest.fixture
def astray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with slips, in the folder where the program runs."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "eau.yaml"
    file.write_bytes(ASTRAY.encode())
    return file


def test_fmt_writes_the_file_in_form_and_then_has_nothing_to_do(run: Run, astray: Path) -> None:
    first, second = run("fmt", "eau.yaml"), run("fmt", "eau.yaml")

    assert (first.exit_code, first.stdout, first.stderr) == (0, "", "1\u00a0fichier mis en forme\n")
    assert (second.exit_code, second.stdout, second.stderr) == (0, "", "tout était en forme\n")
    assert astray.read_bytes() == TIDY.encode()


def test_a_check_of_the_form_shows_the_difference_and_writes_nothing(run: Run, astray: Path) -> None:
    result = run("fmt", "--check", "eau.yaml")

    assert (result.exit_code, result.stderr) == (1, "1\u00a0fichier à mettre en forme\n")
    assert "+    keywords: [débit]" in result.stdout.splitlines()
    assert astray.read_bytes() == ASTRAY.encode()


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (b"sources: [\n", "autre.yaml:2:1"),
        ("theme: été".encode("latin-1"), "autre.yaml : ce fichier n'est pas en UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_keeps_no_other_from_its_form(
    run: Run, astray: Path, other: bytes, says: str
) -> None:
    astray.with_name("autre.yaml").write_bytes(other)

    result = run("fmt", ".")

    assert result.exit_code == 2
    assert says in result.stderr.replace("\u00a0", " ")
    assert astray.read_bytes() == TIDY.encode()


def test_line_ends_a_mark_at_the_head_permissions_and_a_link_stay(run: Run, astray: Path) -> None:
    astray.write_bytes(b"\xef\xbb\xbf" + ASTRAY.replace("\n", "\r\n").encode())
    astray.chmod(0o640)
    link = astray.with_name("lien.yaml")
    link.symlink_to(astray.name)

    assert run("fmt", "lien.yaml").exit_code == 0

    assert astray.read_bytes() == b"\xef\xbb\xbf" + TIDY.replace("\n", "\r\n").encode()
    assert astray.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()


def test_a_file_that_may_not_be_written_is_told(run: Run, astray: Path) -> None:
    astray.chmod(0o440)

    result = run("fmt", "eau.yaml")

    assert result.exit_code == 2
    assert "protégé en écriture" in result.stderr
    assert astray.read_bytes() == ASTRAY.encode()


def test_validate_says_what_it_can_put_right_and_does_so_when_told(run: Run, astray: Path) -> None:
    told, fixed, after = run("validate", "."), run("validate", "--fix", "."), run("validate", ".")

    assert (told.exit_code, "--fix corrige" in told.stderr) == (1, True)
    assert (fixed.exit_code, fixed.stdout) == (0, "")
    assert fixed.stderr.splitlines() == [
        "eau.yaml : mis en forme".replace(" :", "\u00a0:"),
        "aucun problème\u00a0: 1\u00a0source",
    ]
    assert (after.exit_code, after.stdout) == (0, "")
    assert astray.read_bytes() == TIDY.encode()


def test_validate_still_says_what_no_machine_can_put_right(run: Run, astray: Path) -> None:
    astray.write_text(ASTRAY + "  - id: nappes\n    url: nappes\n", encoding="utf-8")
    astray.with_name("autre.yaml").write_text("sources: [\n")
    astray.with_name("latin.yaml").write_bytes("theme: été".encode("latin-1"))

    result = run("validate", "--fix", ".", "-f", "csv")

    assert result.exit_code == 1
    codes = [line.split(",")[1] for line in result.stdout.splitlines()[1:]]
    assert sorted(codes) == ["invalid-url", "missing-key", "not-utf8", "yaml-syntax"]
    assert astray.read_text(encoding="utf-8").startswith(TIDY)
