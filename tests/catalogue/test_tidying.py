"""What a machine puts right in YAML: the meaning stays, comments go with their key, twice is once."""

import random
import re
from pathlib import Path

import pytest

from diagsources.catalogue import load, shipped
from diagsources.catalogue.tidying import tidied
from tests.catalogue.invented import invented
from tests.catalogue.test_editing import MANY, unplaced


def test_keys_take_the_order_of_the_model_with_their_comments() -> None:
    text = """\
sources:
  # la source
  - url: https://a.example.org/  # là
    # au-dessus du titre
    title: A

    id: a
    lifecycle:
      note: >-
        un
        deux
      # le statut
      status: active
    links: [{url: 'https://b.example.org/', rel: api}]
# le thème
theme: eau
"""

    assert (
        tidied(text)
        == """\
# le thème
theme: eau
sources:
  # la source
  - id: a
    # au-dessus du titre
    title: A
    url: https://a.example.org/  # là
    links: [{rel: api, url: 'https://b.example.org/'}]
    lifecycle:
      # le statut
      status: active
      note: >-
        un
        deux
"""
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [("titel", "title"), ("desciption", "description"), ("keyword", "keywords"), ("linkss", "links"), ("urll", "urll")],
)
def test_a_key_one_letter_off_is_put_right(written: str, meant: str) -> None:
    title = "" if meant == "title" else "    title: A\n"
    value = "[]" if meant in ("keywords", "links") else "x"
    text = f"sources:\n  - id: a\n{title}    url: https://a.example.org/\n    {written}: {value}  # ici\n"

    result = tidied(text)

    assert f"{meant}: {value}  # ici" in result
    assert (written in result) == (written in meant)


def test_blanks_at_the_ends_of_lines_go_and_those_of_texts_stay() -> None:
    text = "theme: eau  \r\nsources:\t\r\n  - id: a   \r\n    title: |\r\n      un  \r\n      deux\r\n"
    text += "    url: https://a.fr/ \r\n\r\n \r\n"

    assert tidied(text) == (
        "theme: eau\r\nsources:\r\n  - id: a\r\n    title: |\r\n      un  \r\n      deux\r\n    url: https://a.fr/\r\n"
    )


def test_the_shipped_catalogue_is_in_form() -> None:
    for path in sorted(shipped().glob("*.yaml")):
        text = path.read_bytes().decode()

        assert tidied(text) == text, path.name


@pytest.mark.parametrize("batch", range(10))
def test_whatever_is_written_keeps_its_meaning_and_twice_is_once(batch: int, tmp_path: Path) -> None:
    file = tmp_path / "eau.yaml"
    for seed in range(batch * MANY // 10, (batch + 1) * MANY // 10):
        text = invented(seed).text
        if random.Random(seed).random() < 0.3:  # noqa: S311 - the same seed, the same slip
            text = re.sub(r"^( +)title: ", r"\1titel: ", text, flags=re.MULTILINE)
        file.write_bytes(text.replace("titel: ", "title: ").encode())
        before = load([file])

        result = tidied(text)

        file.write_bytes(result.encode())
        after = load([file])
        assert [unplaced(source) for source in after.sources] == [unplaced(source) for source in before.sources], seed
        assert {problem.code for problem in after.problems} == {problem.code for problem in before.problems}, seed
        assert tidied(result) == result, seed
        assert comments(result) == comments(text), seed


def comments(text: str) -> list[str]:
    """The lines that are nothing but a comment, blanks aside, in whatever order."""
    bare = (line.lstrip(" -").rstrip() for line in text.splitlines())
    return sorted(line for line in bare if line.startswith("#"))
