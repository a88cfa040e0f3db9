"""Loading: files and folders laid over each other, every problem collected, what was parsed remembered."""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diagsources.catalogue import cache, load
from diagsources.errors import CatalogueUnreadable
from diagsources.model import (
    ACCESSES,
    COLLECTIONS,
    CONFIDENCES,
    FREQUENCIES,
    GRANULARITIES,
    KINDS,
    PLATFORMS,
    RELATIONS,
    STATUSES,
    TRANSFORMATIONS,
    VERDICTS,
    Address,
    Anchor,
    Catalogue,
    Caution,
    Expectation,
    KnownFinding,
    Lifecycle,
    Source,
    Template,
    Verification,
    plain_of,
    source_from,
)
from diagsources.templates import LEVELS
from diagsources.text import visible

Write = Callable[[str, str], Path]

LIVING = 'sources:\n  - {id: a, title: A, url: "https://a.example/"}\n'


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of the test's folder, and what folders it needs: `folder/file.yaml`."""

    def write_file(name: str, content: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            time.sleep(0.02)  # the clock of a file system ticks every 4 to 10 ms
        path.write_text(content, encoding="utf-8")
        return path

    return write_file


def one(id: str, title: str = "T", url: str = "", **more: str) -> str:
    """A source on one line of YAML; *more* is written as it is."""
    keys = "".join(f", {key}: {value}" for key, value in more.items())
    return f'  - {{id: {id}, title: {title}, url: "{url or f"https://{id}.example/"}"{keys}}}\n'


def codes(catalogue: Catalogue) -> list[str]:
    """The rules that the problems of *catalogue* are of."""
    return [problem.code for problem in catalogue.problems]


def ids(catalogue: Catalogue) -> list[str]:
    """The ids of its sources, in order."""
    return [source.id for source in catalogue.sources]


# files, folders, overlays


def test_a_folder_is_read_whole_and_other_files_are_left_alone(write: Write, tmp_path: Path) -> None:
    write("c/x.yaml", "sources:\n" + one("a"))
    write("c/y.yml", "sources:\n" + one("b"))
    write("c/.hidden.yaml", "- [")
    write("c/notes.txt", "- [")
    write("c/catalogue.schema.json", "- [")

    whole = load([tmp_path / "c"])

    assert ids(whole) == ["a", "b"]
    assert whole.problems == ()
    assert [source.file for source in whole.sources] == [str(tmp_path / "c/x.yaml"), str(tmp_path / "c/y.yml")]


def test_a_single_file_is_a_catalogue(write: Write) -> None:
    path = write(
        "mine.yaml", "# two lines\n# of comment\nsources:\n  - id: a\n    title: A\n    url: https://a.example/\n"
    )

    (source,) = load([path]).sources

    assert (source.file, source.line, source.url_line) == (str(path), 4, 6)


def test_no_path_means_the_shipped_catalogue() -> None:
    whole = load()

    assert whole == load(())
    assert {source.file for source in whole.sources} >= {str(Path("catalogue", "sante.yaml"))}


def test_a_later_catalogue_wins_by_id_and_adds_the_rest(write: Write) -> None:
    first = write("first.yaml", "sources:\n" + one("a", title="first", kind="portail") + one("b"))
    second = write("second.yaml", "sources:\n" + one("c") + one("a", title="second"))

    whole = load([first, second])

    assert ids(whole) == ["a", "b", "c"]
    assert (whole.sources[0].title, whole.sources[0].kind) == ("second", None)
    assert (whole.sources[0].file, whole.sources[0].line) == (str(second), 3)
    assert (whole.problems, whole.lost) == ((), 0)


def test_the_order_of_the_paths_decides_who_wins(write: Write) -> None:
    first = write("first.yaml", "sources:\n" + one("a", title="first"))
    second = write("second.yaml", "sources:\n" + one("a", title="second"))

    assert load([second, first]).sources[0].title == "first"


def test_a_later_catalogue_wins_over_themes_publishers_and_advice_too(write: Write) -> None:
    head = "advice: {{title: {0}, text: X}}\nthemes: [{{id: t, title: {0}}}]\npublishers: [{{id: p, name: {0}}}]\n"
    first = write("first.yaml", head.format("first") + LIVING)
    second = write("second.yaml", head.format("second"))

    whole = load([first, second])

    assert whole.advice is not None
    assert whole.advice.title == "second"
    assert whole.themes[0].title == "second"
    assert [publisher.name for publisher in whole.publishers.values()] == ["second"]


def test_within_one_folder_an_id_given_twice_is_a_problem_and_the_first_stays(write: Write, tmp_path: Path) -> None:
    write("c/x.yaml", "sources:\n" + one("a", title="first"))
    write("c/y.yaml", "sources:\n" + one("a", title="second", url="https://b.example/"))

    whole = load([tmp_path / "c"])

    assert [source.title for source in whole.sources] == ["first"]
    assert [(problem.file, problem.code) for problem in whole.problems] == [
        (str(tmp_path / "c/y.yaml"), "duplicate-id")
    ]
    assert f"{tmp_path / 'c/x.yaml'}:2" in whole.problems[0].message
    assert whole.lost == 1


def test_references_may_cross_files_and_catalogues(write: Write) -> None:
    first = write("first.yaml", "sources:\n" + one("a", confused_with="[b]", also="[autre]", publisher="p"))
    second = write(
        "second.yaml", "themes: [{id: autre, title: A}]\npublishers: [{id: p, name: P}]\nsources:\n" + one("b")
    )

    assert load([first, second]).problems == ()
    assert codes(load([first])) == ["unknown-reference"]


# guides

QUESTION = "questions: [{{id: q, title: {0}, indicators: [I], sources: [a]}}]\n"
GUIDE = "guides: [{{id: g, title: {0}, questions: [q]}}]\n"


def test_a_later_catalogue_wins_over_questions_and_guides_too(write: Write) -> None:
    first = write("first.yaml", QUESTION.format("first") + GUIDE.format("first") + LIVING)
    second = write("second.yaml", QUESTION.format("second") + GUIDE.format("second"))

    whole = load([first, second])

    assert [question.title for question in whole.questions] == ["second"]
    assert [guide.title for guide in whole.guides] == ["second"]
    assert whole.problems == ()


def test_a_question_of_one_catalogue_may_send_to_the_sources_of_another(write: Write) -> None:
    first = write("first.yaml", LIVING)
    second = write("second.yaml", QUESTION.format("Q"))

    assert load([first, second]).problems == ()
    assert codes(load([second])) == ["unknown-reference"]


def test_guides_are_read_back_from_the_cache_as_they_were(write: Write, tmp_path: Path) -> None:
    head = "guides: [{id: g, title: G, anchor: {text: A, source: 'https://a.example/'}, questions: [q]}]\n"
    path = write("x.yaml", head + QUESTION.format("Q") + LIVING)

    fresh, kept = (load([path], cache_folder=tmp_path / "cache") for _ in range(2))

    assert fresh == kept
    assert kept.guides[0].anchor == Anchor("A", "https://a.example/")
    assert kept.questions[0].sources == ("a",)


# themes


def test_a_file_without_theme_takes_its_own_name_for_one(write: Write) -> None:
    path = write("eau-potable.yaml", LIVING)

    whole = load([path])

    assert whole.sources[0].theme == "eau-potable"


def test_a_theme_that_no_file_declares_stands_under_its_own_id(write: Write) -> None:
    path = write("x.yaml", "theme: eau\nsources:\n" + one("a", also="[air, eau]"))

    whole = load([path])

    assert [(theme.id, theme.title) for theme in whole.themes] == [("eau", "eau"), ("air", "air")]
    assert whole.sources[0].themes == ("eau", "air")
    assert whole.problems == ()


def test_sources_stand_in_the_order_of_the_declared_themes(write: Write, tmp_path: Path) -> None:
    write("c/a.yaml", "theme: z\nsources:\n" + one("of-z"))
    write("c/b.yaml", "theme: y\nsources:\n" + one("of-y"))
    write("c/c.yaml", "theme: undeclared\nsources:\n" + one("of-none"))
    write("c/themes.yaml", "themes: [{id: y, title: Y}, {id: z, title: Z}]\n")

    whole = load([tmp_path / "c"])

    assert ids(whole) == ["of-y", "of-z", "of-none"]
    assert [theme.id for theme in whole.themes] == ["y", "z", "undeclared"]


# strict on shape, forgiving on links


def test_every_problem_is_collected_in_the_order_of_the_file(write: Write) -> None:
    path = write(
        "x.yaml",
        "sources:\n  - id: A\n    title: 12\n    url: nowhere\n    kynd: x\n  - id: b\n    title: B\n    url: ftp://b/\n",
    )

    whole = load([path])

    assert [(problem.line, problem.code) for problem in whole.problems] == [
        (2, "invalid-format"),
        (3, "wrong-type"),
        (4, "invalid-url"),
        (5, "unknown-key"),
        (8, "invalid-url"),
    ]


def test_a_broken_file_does_not_hide_the_others(write: Write, tmp_path: Path) -> None:
    write("c/broken.yaml", "sources: [\n")
    write("c/fine.yaml", LIVING)

    whole = load([tmp_path / "c"])

    assert ids(whole) == ["a"]
    assert codes(whole) == ["yaml-syntax"]
    assert whole.lost == 1


@pytest.mark.parametrize("url", ["javascript:alert(1)", "nowhere", "https://", "file:///etc/passwd"])
def test_a_url_that_is_none_is_a_problem_that_keeps_its_source(write: Write, url: str) -> None:
    path = write("x.yaml", "sources:\n" + one("a", url=url))

    whole = load([path])

    assert [source.url for source in whole.sources] == [url]
    assert codes(whole) == ["invalid-url"]
    assert whole.lost == 0


def test_an_unknown_key_does_not_lose_the_source(write: Write) -> None:
    path = write("x.yaml", "sources:\n" + one("a", editor="insee"))

    whole = load([path])

    assert ids(whole) == ["a"]
    assert codes(whole) == ["unknown-key"]
    assert whole.lost == 0


def test_a_value_that_is_wrong_is_left_out_and_the_rest_of_the_source_stays(write: Write) -> None:
    path = write("x.yaml", "sources:\n" + one("a", kind="portial", access="[carte, plan]", section="Une section"))

    whole = load([path])

    (source,) = whole.sources
    assert (source.kind, source.access, source.section) == (None, ("carte",), "Une section")
    assert whole.problems[0].suggestion == "portail"
    assert whole.lost == 0


@pytest.mark.parametrize("missing", ["id", "title", "url"])
def test_a_missing_required_key_loses_its_source_alone_and_is_counted(write: Write, missing: str) -> None:
    keys = {"id": "a", "title": "A", "url": "https://a.example/"}
    kept = ", ".join(f'{key}: "{value}"' for key, value in keys.items() if key != missing)
    path = write("x.yaml", f"sources:\n  - {{{kept}}}\n" + one("b"))

    whole = load([path])

    assert ids(whole) == ["b"]
    assert codes(whole) == ["missing-key"]
    assert f"«\u00a0{missing}\u00a0»" in whole.problems[0].message
    assert whole.lost == 1


def test_every_character_that_would_be_obeyed_is_reported_but_tabs_and_line_ends(write: Write) -> None:
    obeyed = [chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF and visible(chr(code)) != chr(code)]
    words = "".join(f'      - "a\\U{ord(char):08x}b"\n' for char in obeyed)
    path = write("x.yaml", f"sources:\n  - id: a\n    title: A\n    url: https://a.example/\n    keywords:\n{words}")

    reported = [problem.line for problem in load([path]).problems if problem.code == "control-character"]

    assert len(obeyed) > 70
    assert reported == [6 + rank for rank, char in enumerate(obeyed) if char not in "\t\n"]


def test_a_value_in_an_alias_is_reported_where_it_stands(write: Write) -> None:
    path = write("x.yaml", "sources:\n" + one("a", section="&word {}") + one("b", section="*word"))

    places = {(problem.line, problem.code) for problem in load([path]).problems}

    assert places == {(2, "wrong-type")}


def test_a_source_and_the_other_on_its_line_keep_their_own_places(write: Write) -> None:
    path = write("x.yaml", "sources: [" + one("a", also="[sanre]").strip(" -\n") + ", " + one("b").strip(" -\n") + "]\n"
                 "themes: [{id: sante, title: S}]\n")  # fmt: skip

    (problem,) = load([path]).problems

    assert (problem.code, problem.suggestion) == ("unknown-theme", "sante")
    assert path.read_text(encoding="utf-8").splitlines()[0][problem.column - 1 :].startswith("sanre")


# what cannot be read at all


@pytest.mark.parametrize("name", ["missing.yaml", "missing", "x.yaml/under-a-file", "x" * 300])
def test_a_path_that_leads_nowhere_is_refused_with_a_hint(write: Write, tmp_path: Path, name: str) -> None:
    write("x.yaml", LIVING)

    with pytest.raises(CatalogueUnreadable) as refusal:
        load([tmp_path / name])

    assert name in refusal.value.message
    assert refusal.value.hint


def test_a_folder_without_yaml_is_refused_with_a_hint(write: Write, tmp_path: Path) -> None:
    write("c/notes.txt", "")

    with pytest.raises(CatalogueUnreadable) as refusal:
        load([tmp_path / "c"])

    assert "aucun fichier YAML" in refusal.value.message
    assert refusal.value.hint


def test_one_path_that_leads_nowhere_is_enough_to_refuse(write: Write, tmp_path: Path) -> None:
    path = write("x.yaml", LIVING)

    with pytest.raises(CatalogueUnreadable):
        load([path, tmp_path / "missing.yaml"])


# the cache


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the cache is kept; it does not exist yet."""
    return tmp_path / "state" / "cache"


def kept_in(folder: Path) -> Path:
    """The one file of the cache."""
    (path,) = folder.iterdir()
    return path


RICH = (
    "advice: {title: T, text: X}\nthemes: [{id: sante, title: S, aliases: [x]}]\npublishers: [{id: p, name: P}]\n"
    "theme: sante\nsources:\n"
    + one("a", verified="{on: 2026-11-23, evidence: ['https://b.example/']}", cautions="[x]", also="[sanre]")
    + one("b", exception="{verdict: broken, reason: R, until: 2026-12-31}", links="[{rel: api, url: 'https://b/'}]")
    + one("c", territory_urls="{commune: 'https://c.example/{code}'}", lifecycle="{status: moved, since: 2024}")
    + "  - {id: lost}\n"
)


def test_a_second_load_gives_an_equal_catalogue(write: Write, folder: Path) -> None:
    path = write("x.yaml", RICH)

    parsed = load([path], cache_folder=folder)
    recalled = load([path], cache_folder=folder)

    assert recalled == parsed == load([path])
    assert ids(recalled) == ["a", "b", "c"]
    assert recalled.problems
    assert recalled.lost == 1


def test_a_second_load_is_read_from_the_cache(write: Write, folder: Path) -> None:
    path = write("x.yaml", LIVING)
    load([path], cache_folder=folder)
    kept = kept_in(folder)
    kept.write_text(kept.read_text(encoding="utf-8").replace('"title": "A"', '"title": "recalled"'), encoding="utf-8")

    assert load([path], cache_folder=folder).sources[0].title == "recalled"


def test_a_changed_file_is_seen(write: Write, folder: Path) -> None:
    path = write("x.yaml", LIVING)
    load([path], cache_folder=folder)

    write("x.yaml", LIVING.replace("title: A", "title: B"))

    assert load([path], cache_folder=folder).sources[0].title == "B"


def test_a_changed_file_of_the_same_size_and_date_is_seen(write: Write, folder: Path) -> None:
    path = write("x.yaml", LIVING)
    before = path.stat()
    load([path], cache_folder=folder)

    write("x.yaml", LIVING.replace("title: A", "title: B"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert load([path], cache_folder=folder).sources[0].title == "B"


def test_a_file_added_to_a_folder_is_seen_and_one_that_goes_too(write: Write, tmp_path: Path, folder: Path) -> None:
    write("c/x.yaml", LIVING)
    seen = [ids(load([tmp_path / "c"], cache_folder=folder))]
    added = write("c/y.yaml", "sources:\n" + one("b"))
    seen.append(ids(load([tmp_path / "c"], cache_folder=folder)))
    added.unlink()
    seen.append(ids(load([tmp_path / "c"], cache_folder=folder)))

    assert seen == [["a"], ["a", "b"], ["a"]]


def test_the_same_files_as_one_catalogue_or_as_two_are_not_taken_for_each_other(
    write: Write, tmp_path: Path, folder: Path
) -> None:
    first = write("c/x.yaml", "sources:\n" + one("a", title="first"))
    second = write("c/y.yaml", "sources:\n" + one("a", title="second"))

    as_one = load([tmp_path / "c"], cache_folder=folder)
    as_two = load([first, second], cache_folder=folder)

    assert (as_one.sources[0].title, codes(as_one)) == ("first", ["duplicate-id"])
    assert (as_two.sources[0].title, codes(as_two)) == ("second", [])


def test_a_file_goes_by_the_name_it_is_given_this_time(
    write: Write, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("x.yaml", LIVING)
    monkeypatch.chdir(tmp_path)
    load([path], cache_folder=folder)

    assert load([Path("x.yaml")], cache_folder=folder).sources[0].file == "x.yaml"


@pytest.mark.parametrize(
    "damage",
    [
        lambda kept: b"",
        lambda kept: kept[: len(kept) // 2],
        lambda kept: b"\x00\xff" * 100,
        lambda kept: b"[]",
        lambda kept: b"{}",
        lambda kept: b"null",
        lambda kept: b"[" * 100_000,
        lambda kept: b'{"key": [["0.0.1"]], "catalogue": {}}',
        lambda kept: json.dumps({"key": json.loads(kept)["key"], "catalogue": {}}).encode(),
        lambda kept: json.dumps({"key": json.loads(kept)["key"], "catalogue": []}).encode(),
        lambda kept: kept.replace(b'"themes": [', b'"themes": [3, '),
        lambda kept: kept.replace(b'"sources": [', b'"sources": [{"id": "z"}, '),
        lambda kept: kept.replace(b'"sources": [', b'"sources": ["z", '),
        lambda kept: kept.replace(b'"title"', b'"titel"'),
        lambda kept: kept.replace(b"2026-11-23", b"2026-99-99"),
    ],
    ids=lambda damage: "",
)
def test_a_damaged_cache_is_as_good_as_none_and_is_mended(
    write: Write, folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = write("x.yaml", RICH)
    parsed = load([path], cache_folder=folder)
    kept = kept_in(folder)
    sound = kept.read_bytes()
    kept.write_bytes(damage(sound))
    assert kept.read_bytes() != sound

    again = load([path], cache_folder=folder)

    assert again == parsed
    assert kept.read_bytes() == sound


def test_a_folder_in_the_place_of_the_cache_does_no_harm(write: Write, folder: Path) -> None:
    path = write("x.yaml", LIVING)
    load([path], cache_folder=folder)
    kept = kept_in(folder)
    kept.unlink()
    kept.mkdir()

    assert ids(load([path], cache_folder=folder)) == ["a"]
    assert list(folder.iterdir()) == [kept]


@pytest.mark.parametrize("place", ["a-file", "a-file/under-it", "/proc/nowhere", "x" * 300])
def test_a_cache_that_cannot_be_written_does_no_harm(write: Write, tmp_path: Path, place: str) -> None:
    path = write("x.yaml", LIVING)
    write("a-file", "")

    whole = load([path], cache_folder=tmp_path / place)

    assert ids(whole) == ["a"]
    assert (tmp_path / "a-file").read_text(encoding="utf-8") == ""


def test_the_cache_leaves_no_temporary_file(write: Write, folder: Path) -> None:
    path = write("x.yaml", LIVING)

    for title in "BCD":
        write("x.yaml", LIVING.replace("title: A", f"title: {title}"))
        load([path], cache_folder=folder)

    assert [file.suffix for file in folder.iterdir()] == [".json"]


def test_a_write_that_fails_halfway_leaves_no_temporary_file(folder: Path) -> None:
    with pytest.raises(TypeError):
        cache.keep(folder, [["0"]], {"not": object()})

    assert list(folder.iterdir()) == []


def test_without_a_cache_folder_nothing_is_written(write: Write, tmp_path: Path) -> None:
    path = write("x.yaml", LIVING)

    load([path])

    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system refuses such a name")
def test_a_file_whose_name_is_not_utf8_is_read_and_remembered(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.yaml")
    path.write_text(LIVING, encoding="utf-8")

    parsed = load([path], cache_folder=folder)

    assert load([path], cache_folder=folder) == parsed
    assert len(list(folder.iterdir())) == 1


# whatever a file holds


def loads_or_refuses(content: bytes, folder: Path) -> Catalogue:
    """The catalogue of a file of *content*; a `Problem` stands for whatever is wrong in it."""
    path = folder / "x.yaml"
    path.write_bytes(content)
    return load([path])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300))
def test_any_bytes_are_a_catalogue_or_a_problem(tmp_path: Path, content: bytes) -> None:
    whole = loads_or_refuses(content, tmp_path)

    assert whole.sources or whole.problems


FRAGMENTS = st.sampled_from(
    ["sources:", "themes:", "- ", "id: a", "title: T", "url: https://a/", "\n", "\n  ", "\n    ", "&a ", "*a", "!!int ",
     "[", "]", "{", "}", ", ", ": ", "? ", "| ", "> ", '"', "'", "\\x1b", "#", "---\n", "%YAML", "~", "2026-02-30",
     "kind: ", "links: ", "rel: api", "also: ", "<<: ", "\t", "\r", "\x85", "\u2028", "é", "😀", "!x", "=", "12", "yes",
     "lifecycle: ", "verified: ", "on: ", "cautions: ", "territory_urls: ", "confused_with: ", "publisher: "]
)  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.text(max_size=200), st.lists(FRAGMENTS, max_size=40).map("".join)))
def test_any_text_is_a_catalogue_or_problems_with_places_in_the_file(tmp_path: Path, content: str) -> None:
    encoded = content.encode("utf-8", "surrogatepass")

    whole = loads_or_refuses(encoded, tmp_path)

    assert whole.sources or whole.problems
    assert all(problem.line >= 1 and problem.column >= 1 and problem.message for problem in whole.problems)
    assert all(source.id and source.title and source.url for source in whole.sources)


# what is written is what is read

IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), min_size=1, max_size=30
).map(str.strip).filter(bool)  # fmt: skip
PATHS = st.from_regex(r"[A-Za-z0-9/_.~?&=%#-]{0,20}", fullmatch=True)
URLS = st.builds("{}://{}.example/{}".format, st.sampled_from(["http", "https"]), IDS, PATHS)
DAYS = st.dates(min_value=date(1000, 1, 1))
SINCE = st.one_of(DAYS.map(date.isoformat), DAYS.map(lambda day: f"{day:%Y-%m}"), DAYS.map(lambda day: f"{day:%Y}"))


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value of *strategy*, or none."""
    return st.none() | strategy


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A few values of *strategy*."""
    return st.lists(strategy, max_size=3).map(tuple)


def among(labels: Iterable[str]) -> st.SearchStrategy[str]:
    """A word of a vocabulary."""
    return st.sampled_from([str(value) for value in labels])


SOURCES = st.builds(
    Source,
    id=IDS,
    title=TEXTS,
    url=URLS,
    document_url=maybe(URLS),
    section=maybe(TEXTS),
    also=some(IDS),
    description=maybe(TEXTS),
    kind=maybe(among(KINDS)),
    publisher=maybe(TEXTS),
    producer=maybe(TEXTS),
    collection=some(among(COLLECTIONS)),
    transformations=some(among(TRANSFORMATIONS)),
    cautions=some(st.builds(Caution, text=TEXTS, source=maybe(URLS))),
    confused_with=st.just(()),
    access=some(among(ACCESSES)),
    granularity=some(among(GRANULARITIES)),
    coverage=some(st.from_regex(r"[a-z]{1,6}:[0-9A-Za-z]{1,6}", fullmatch=True)),
    frequency=maybe(among(FREQUENCIES)),
    licence=maybe(TEXTS),
    keywords=some(TEXTS),
    platform=maybe(among(PLATFORMS)),
    links=some(st.builds(Address, rel=among(RELATIONS), url=URLS, title=maybe(TEXTS), line=st.just(0))),
    territory_urls=some(
        st.builds(
            Template,
            level=among(LEVELS),
            url=URLS.map("{}{{code}}".format),
            confidence=maybe(among(CONFIDENCES)),
            note=maybe(TEXTS),
            line=st.just(0),
        )
    ).map(lambda templates: tuple({template.level: template for template in templates}.values())),
    territory_note=maybe(TEXTS),
    expect=maybe(st.builds(Expectation, text=TEXTS, title=maybe(TEXTS), type=maybe(TEXTS), json=maybe(TEXTS))),
    lifecycle=maybe(
        st.builds(Lifecycle, status=among(STATUSES), since=maybe(SINCE), successor=maybe(URLS), note=maybe(TEXTS))
    ),
    exception=maybe(st.builds(KnownFinding, verdict=among(VERDICTS), reason=TEXTS, until=DAYS)),
    verified=maybe(st.builds(Verification, on=DAYS, confidence=maybe(among(CONFIDENCES)), evidence=some(URLS))),
    theme=st.just(""),
    file=st.just(""),
    line=st.just(0),
    url_line=st.just(0),
)


def without_places(source: Source) -> Source:
    """*source* as if it came from nowhere."""
    links = tuple(link._replace(line=0) for link in source.links)
    templates = tuple(template._replace(line=0) for template in source.territory_urls)
    return source._replace(theme="", file="", line=0, url_line=0, links=links, territory_urls=templates)


def as_written(source: Source) -> dict[str, Any]:
    """*source* with the keys and shapes of the YAML."""
    plain = plain_of(source)
    for hidden in ("theme", "file", "line", "url_line"):
        del plain[hidden]
    for link in plain.get("links", ()):
        del link["line"]
    if "territory_urls" in plain:
        plain["territory_urls"] = {template.pop("level"): template for template in plain["territory_urls"]}
        for template in plain["territory_urls"].values():
            del template["line"]
    return dict(plain)


def linked(sources: list[Source]) -> list[Source]:
    """*sources*, each confused with every other."""
    ids = [source.id for source in sources]
    return [source._replace(confused_with=tuple(id for id in ids if id != source.id)) for source in sources]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sources=st.lists(SOURCES, min_size=1, max_size=3, unique_by=(lambda s: s.id, lambda s: s.url.lower())).map(linked)
)
def test_a_catalogue_that_is_dumped_is_loaded_as_it_was(tmp_path: Path, sources: list[Source]) -> None:
    path = Path(tempfile.mkdtemp(dir=tmp_path)) / "x.yaml"
    path.write_text(
        yaml.safe_dump({"sources": [as_written(source) for source in sources]}, allow_unicode=True, sort_keys=False),
        encoding="utf-8",
    )

    fresh = load([path], cache_folder=tmp_path / "cache")
    recalled = load([path], cache_folder=tmp_path / "cache")

    assert fresh.problems == ()
    assert [without_places(source) for source in fresh.sources] == sources
    assert recalled == fresh


@settings(max_examples=100, deadline=None)
@given(source=SOURCES)
def test_a_source_survives_being_made_plain(source: Source) -> None:
    plain = json.loads(json.dumps(plain_of(source)))

    assert source_from(plain) == source
