"""Edits of YAML: what is named changes, and not a byte besides."""

import os
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from diagsources.catalogue import load
from diagsources.catalogue.editing import CannotEdit, Edit, edited
from diagsources.catalogue.spots import spots_of
from tests.catalogue.invented import Invented, Slot, invented

MANY = int(os.environ.get("CATALOGUES", "300"))
"""How many catalogues are invented; CATALOGUES=10000 for as many as the issue asks."""

NEW = (
    *("https://new.example.org/", "https://new.example.org/a?b=c&d=e#f", "https://new.example.org/é🙂", "mot"),
    *("deux : points", "dièse #1", "l'apostrophe", '"guillemets"', "- tiret", "{accolade}", "2024", "oui: non", "yes"),
    *("virgule, crochet]", "* étoile", "anti\\slash", "null", "~", "\u2028ligne", "&a", "fin:"),
)


def meaning(text: str, path: tuple[str | int, ...]) -> str:
    """What stands at *path*, read by the tree of spots."""
    spot = spots_of(text.removeprefix("\ufeff"))
    for step in path:
        assert spot is not None
        spot = spot.items[step] if isinstance(step, int) else spot.at(step)
    while spot is not None and spot.target is not None:
        spot = spot.target
    assert spot is not None
    return spot.value.strip()


def is_the_rest_untouched(made: Invented, edits: Sequence[Slot], result: str) -> bool:
    """Whether *result* has every byte of the text, in order, but for those of the scalars edited: of one whose anchor
    others share, that is the anchor too, and the first of these others, which takes it."""
    spans = {span for slot in edits for span in _spans(made, slot)}
    pieces, at = [], 0
    for start, end in sorted(spans):
        pieces.append(re.escape(made.text[at:start]))
        at = max(at, end)
    pieces.append(re.escape(made.text[at:]))
    return re.fullmatch("(?s:.*)".join(pieces), result) is not None


def _spans(made: Invented, slot: Slot) -> Iterator[tuple[int, int]]:
    anchor = re.search(r"&(a\d+) (!!str )?\Z", made.text[: slot.start])
    heirs = [other for other in made.slots if anchor and made.text[other.start : other.end].strip() == f"*{anchor[1]}"]
    yield (anchor.start() if anchor and heirs else slot.start), slot.end
    yield from ((heir.start, heir.end) for heir in heirs[:1])


@pytest.mark.parametrize("batch", range(10))
def test_whatever_scalar_is_changed_every_other_byte_stays(batch: int) -> None:
    for seed in range(batch * MANY // 10, (batch + 1) * MANY // 10):
        made = invented(seed)
        chance = random.Random(seed)  # noqa: S311 - the same seed, the same edit
        slot = chance.choice([slot for slot in made.slots if slot.path[-1] != "id"])
        value = chance.choice(NEW)

        result = edited(made.text, [Edit(slot.path, value)])

        assert meaning(result, slot.path) == value.strip(), (seed, slot, result)
        assert is_the_rest_untouched(made, [slot], result), (seed, slot, result)
        for other in made.slots:
            if other is not slot:
                assert meaning(result, other.path) == other.meaning.strip(), (seed, slot, other)


@pytest.mark.parametrize("batch", range(10))
def test_the_reload_equals_the_model_with_the_change_alone(batch: int, tmp_path: Path) -> None:
    file = tmp_path / "eau.yaml"
    for seed in range(batch * MANY // 10, (batch + 1) * MANY // 10):
        made = invented(seed)
        chance = random.Random(seed)  # noqa: S311 - the same seed, the same edits
        urls = [slot for slot in made.slots if slot.path[2:] == ("url",)]
        moved = chance.sample(urls, chance.randint(1, len(urls)))
        file.write_bytes(made.text.encode())
        before = load([file])

        edits = [Edit(slot.path, f"https://new{rank}.example.org/🙂") for rank, slot in enumerate(moved)]
        result = edited(made.text, edits)
        file.write_bytes(result.encode())

        after = load([file])
        new = {f"s{slot.path[1]}": f"https://new{rank}.example.org/🙂" for rank, slot in enumerate(moved)}
        wanted = [source._replace(url=new.get(source.id, source.url)) for source in before.sources]
        assert [unplaced(source) for source in after.sources] == [unplaced(source) for source in wanted], seed
        assert after.lost == before.lost == 0
        if all(slot.is_alone for slot in moved):
            assert is_the_rest_untouched(made, moved, result), (seed, moved, result)


def test_a_key_that_was_left_empty_is_filled() -> None:
    text = "theme: eau\nsources:\n- id: a\n  url: # rien\n  links:   # à venir\n  lifecycle:\n# fin\n"

    result = edited(
        text,
        [
            Edit(("sources", 0, "url"), "https://a.example.org/"),
            Edit(("sources", 0, "links"), [{"rel": "former", "url": "http://a.example.org/"}]),
            Edit(("sources", 0, "lifecycle"), {"status": "moved"}),
        ],
    )

    assert result == (
        "theme: eau\nsources:\n- id: a\n  url: https://a.example.org/ # rien\n"
        "  links: [{rel: former, url: http://a.example.org/}]   # à venir\n  lifecycle: {status: moved}\n# fin\n"
    )


@pytest.mark.parametrize("nothing", ["[]", "[ ]", "{}", "~", "null"])
def test_what_says_that_there_is_nothing_makes_room(nothing: str) -> None:
    text = f"theme: eau\nsources:\n- id: a\n  links: {nothing}  # à venir\n  keywords: [x]\n"

    result = edited(text, [Edit(("sources", 0, "links"), [{"rel": "former", "url": "http://a.example.org/"}])])

    assert result == text.replace(nothing, "[{rel: former, url: http://a.example.org/}]")


def test_nothing_that_others_share_is_left_to_a_person() -> None:
    text = "theme: eau\nsources:\n- id: a\n  links: &rien []\n- id: b\n  links: *rien\n"

    with pytest.raises(CannotEdit):
        edited(text, [Edit(("sources", 0, "links"), [{"rel": "former", "url": "http://a.example.org/"}])])


def unplaced(source: object) -> str:
    """*source* without the lines on which it stands."""

    return re.sub(r"(url_)?line=\d+", "", repr(source))
