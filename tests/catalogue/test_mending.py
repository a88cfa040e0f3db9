"""From what was seen to the file and back: the model with the change, and nothing left to mend."""

import random
import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from diagsources.catalogue import load
from diagsources.catalogue.editing import Edit, edited, places_of
from diagsources.mending import END, Change, Fix, Offer, Seen, Taken, merged, proposed, safe, wanting
from diagsources.model import Catalogue, Source, Verdict, links_of, plain_of
from tests.catalogue.invented import COMMENTS, invented
from tests.catalogue.test_editing import MANY

DAY = date(2026, 11, 24)
ARCHIVED = "https://web.archive.org/web/20240312000000/"


def fates(catalogue: Catalogue, chance: random.Random) -> list[Seen]:
    """What was seen of every link, at random."""
    found: list[Seen] = []
    for source in catalogue.sources:
        for link in links_of(source):
            verdict = chance.choice([Verdict.OK, Verdict.MOVED, Verdict.MOVED, Verdict.BROKEN, Verdict.UNAVAILABLE])
            new = chance.choice([f"https://new.example.org/{source.id}/{link.rel}/🙂?a={len(found)}#x", ""])
            suggestion = new or link.url.replace("http://", "https://")
            found.append(
                Seen(
                    *(source.id, link.rel, link.url, verdict, "http-404", "la page n'existe pas : fini #1 (404)"),
                    *(DAY, DAY, suggestion, chance.choice([1, 2, 3]), chance.random() < 0.5),
                )
            )
    return found


def all_fixes(catalogue: Catalogue, found: list[Seen]) -> list[Fix]:
    """The safe ones, and every proposal."""
    fixes, _ = safe(catalogue, found)
    taken = Taken(catalogue)
    for fix in fixes:
        taken.take(fix.url, fix.source.id)
    for want in wanting(catalogue, found):
        offers = [Offer("archive", f"{ARCHIVED}{want.seen.url}", on=DAY)] if want.seen.rel == "url" else []
        proposal = proposed(catalogue, want, offers, taken)
        fixes += [proposal] if proposal is not None else []
    return fixes


def changed(source: Source, changes: list[Change]) -> Any:
    """*source*, as plain values, with *changes* made by hand."""
    plain = unplaced(plain_of(source))
    for change in changes:
        *steps, last = change.path
        place = plain
        for step in steps:
            place = place[step] if isinstance(step, int) else place.setdefault(step, [] if last == END else {})
        if last == END:
            place.append(change.value)
        else:
            place[last] = change.value.isoformat() if isinstance(change.value, date) else change.value
    verified = plain.get("verified")
    if verified:
        verified["on"] = str(verified["on"])
    return plain


def unplaced(plain: Any) -> Any:
    """*plain* without the lines on which things stand."""
    if isinstance(plain, dict):
        return {key: unplaced(value) for key, value in plain.items() if key not in ("line", "url_line")}
    return [unplaced(item) for item in plain] if isinstance(plain, list) else plain


@pytest.mark.parametrize("batch", range(10))
def test_the_file_is_the_model_with_the_fixes_and_a_second_fix_finds_nothing(batch: int, tmp_path: Path) -> None:
    file = tmp_path / "eau.yaml"
    for seed in range(batch * MANY // 10, (batch + 1) * MANY // 10):
        chance = random.Random(seed)  # noqa: S311 - the same seed, the same fates
        text = invented(seed).text
        file.write_bytes(text.encode())
        before = load([file])
        found = fates(before, chance)
        by_source: defaultdict[str, list[Fix]] = defaultdict(list)
        for fix in all_fixes(before, found):
            by_source[fix.source.id].append(fix)
        changes = {name: merged(fixes) for name, fixes in by_source.items()}
        places = places_of(text)

        edits = [
            Edit((*places[name], *change.path), change.value, change.was)
            for name, own in changes.items()
            for change in own
        ]
        result = edited(text, edits)
        file.write_bytes(result.encode())

        after = load([file])
        wanted = [changed(source, changes.get(source.id, [])) for source in before.sources]
        assert [unplaced(plain_of(source)) for source in after.sources] == wanted, seed
        assert after.problems == before.problems or len(after.problems) <= len(before.problems), seed
        assert remarks(result) == remarks(text), seed
        still = [one for one in found if any(link.url == one.url for link in _links(after, one))]
        assert [fix for fix in all_fixes(after, still) if fix.changes] == [], seed


def remarks(text: str) -> list[str]:
    """The lines of *text* that are nothing but a comment."""
    return [line for line in re.split("\r\n|\r|\n", text) if line.strip(" ") in COMMENTS]


def _links(catalogue: Catalogue, seen: Seen) -> list[Any]:
    source = catalogue.find(seen.source)
    return [link for link in links_of(source) if link.rel == seen.rel] if source is not None else []


def test_https_is_proposed_where_only_http_was_given_and_both_answer(tmp_path: Path) -> None:
    file = tmp_path / "eau.yaml"
    text = "theme: eau\nsources:\n  - id: eau  # à la main\n    title: Eau\n    url: http://eau.example.org/a\n"
    file.write_text(text, encoding="utf-8")
    whole = load([file])
    seen = Seen("eau", "url", "http://eau.example.org/a", Verdict.OK, "http-200", "la page répond", DAY, DAY)
    (want,) = wanting(whole, [seen])

    fix = proposed(whole, want, [Offer("https", "https://eau.example.org/a")], Taken(whole))

    assert fix is not None
    assert (fix.code, fix.is_safe, fix.says) == ("https", False, "http://eau.example.org/a répond aussi bien en https")
    edits = [Edit(("sources", 0, *change.path), change.value, change.was) for change in merged([fix])]
    assert edited(text, edits).startswith(text.replace("url: http:", "url: https:"))
    assert proposed(whole, want, [], Taken(whole)) is None
