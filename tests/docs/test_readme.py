"""README.md says what the program does: its examples are run, its tables are compared with the code."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

import diagsources
from diagsources.catalogue import load
from diagsources.cli import app
from diagsources.cli.commands import COMMANDS
from diagsources.cli.settings import SETTINGS
from diagsources.cli.shell import BUG, INTERRUPTED
from diagsources.errors import DiagsourcesError
from diagsources.model import FAILING, VERDICTS, Verdict
from diagsources.reports import FORMATS
from diagsources.verdict import REASONS
from tests.docs.readme import CHECKOUT, ENGLISH, README, Desk, Example, agree, blocks, desk, examples, files

TEXT = README.read_text(encoding="utf-8")
FRENCH_PART, _, ENGLISH_PART = TEXT.partition(ENGLISH)
OFFLINE = [example for example in examples(TEXT) if example.is_offline]

INSTALL = [
    "python3 -m venv .venv && .venv/bin/pip install --quiet . && .venv/bin/diagsources list --theme sante",
    "python3 -m venv .venv && .venv/bin/pip install --quiet --editable '.[test]' && .venv/bin/pytest",
]


@pytest.fixture(scope="module")
def readers_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("readme")) as made:
        yield made


def section(title: str) -> str:
    """What stands under the heading *title*."""
    return re.split(r"^## ", TEXT.partition(f"\n## {title}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def table(title: str) -> list[list[str]]:
    """The rows of the table under the heading *title*, without its own heading."""
    rows = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in row.strip("|").split(" | ")] for row in rows[2:]]


@pytest.mark.parametrize("example", OFFLINE, ids=lambda example: str(example.line))
def test_an_example_shows_what_the_program_says(example: Example, readers_desk: Desk) -> None:
    code, real = readers_desk.run(example)

    assert code == example.exit_code, "\n".join(real)
    assert example.shown is None or agree(example.shown, real), "\n".join(
        [f"README.md:{example.at}: `python -m tests.docs.readme` writes it anew; the program says:", *real]
    )


def test_every_command_is_shown_at_work() -> None:
    shown = {example.words[0] for example in OFFLINE if example.shown is not None}

    assert shown == set(COMMANDS)


def test_every_command_has_a_heading_and_a_line_in_english() -> None:
    assert re.findall(r"^### `(\w+)`", FRENCH_PART, re.MULTILINE) == list(COMMANDS)
    assert re.findall(r"^- `(\w+)`: ", ENGLISH_PART, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("part", [FRENCH_PART, ENGLISH_PART], ids=["french", "english"])
def test_both_parts_give_the_same_two_lines_to_install(part: str) -> None:
    given = [block.lines for block in blocks(part) if block.language == "sh" and "venv" in block.lines[0]]

    assert given == [(line,) for line in INSTALL]


def test_every_format_has_its_row() -> None:
    assert [row[0] for row in table("Les formats")] == ["table", *FORMATS]
    assert f"Formats: {', '.join(('table', *FORMATS))}." in ENGLISH_PART


def test_every_verdict_has_its_row_with_its_label_and_whether_it_fails() -> None:
    rows = [(row[0], row[1], row[3]) for row in table("Les verdicts")]

    assert rows == [(verdict, VERDICTS[verdict], "oui" if verdict in FAILING else "non") for verdict in Verdict]


def test_a_verdict_that_no_reason_gives_says_so() -> None:
    given = {reason.verdict for reason in REASONS.values()}
    silent = {row[0] for row in table("Les verdicts") if "aucun motif ne le donne" in row[2]}

    assert silent == {verdict.value for verdict in Verdict} - {verdict.value for verdict in given}


def test_every_reason_named_is_one() -> None:
    named = re.findall(r"`([a-z]+-[a-z0-9-]+)`", section("Les verdicts").partition("|")[0])

    assert named
    assert set(named) <= set(REASONS)


def test_every_exit_code_has_its_row() -> None:
    codes = {0, 1, DiagsourcesError("").exit_code, BUG, INTERRUPTED}

    assert {int(row[0]) for row in table("Les codes de sortie")} == codes
    assert {int(code) for code in re.findall(r"(?:: |, )(\d+) ", ENGLISH_PART.partition("Exit codes")[2])} == codes


def test_every_setting_of_the_code_is_told() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (CHECKOUT / "src").rglob("*.py"))
    read = set(re.findall(r"\b(?:DIAGSOURCES_[A-Z_]+|NO_COLOR)\b", source))

    told = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert {name for name in read if f"`{name}`" not in told} == set()
    assert {key for key in SETTINGS if f"`{key}`" not in told} - {"catalogue"} == set()


def test_every_option_named_exists() -> None:
    group = get_command(app)
    commands = [group, *(group.get_command(None, name) for name in COMMANDS)]  # type: ignore[attr-defined]  # a group
    known = {
        option for command in commands for param in command.params for option in (*param.opts, *param.secondary_opts)
    }
    others = {"--help", "--bind"}  # of every command; of http.server

    named = set(re.findall(r"(?<=[` ])--[a-z-]+", " ".join(re.findall(r"`[^`\n]+`", FRENCH_PART))))

    assert named - others <= known


def test_the_example_of_a_source_is_short_and_has_no_problem(tmp_path: Path) -> None:
    written = files(TEXT)["mon-catalogue/sante.yaml"]
    path = tmp_path / "sante.yaml"
    path.write_text(written, encoding="utf-8")

    catalogue = load([path])

    assert catalogue.problems == ()
    assert len(catalogue.sources) == 1
    assert len(written.splitlines()) <= 10


def test_the_picture_is_that_of_the_package() -> None:
    picture = next(block.lines for block in blocks(section("La forme de la maison")) if block.language == "text")

    assert "\n".join(picture) in (diagsources.__doc__ or "")


def test_it_stays_a_page_that_one_reads() -> None:
    assert len(TEXT.splitlines()) <= 600
