"""Reads the files of one or several catalogues and lays them over each other, as plain values."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from diagsources.catalogue.coherence import Entry, report_incoherences
from diagsources.catalogue.nodes import Unreadable, quoted, read
from diagsources.catalogue.reader import Reader, value_at
from diagsources.catalogue.shapes import FILE
from diagsources.model import Problem, plain_of


def assemble(layers: Sequence[Sequence[tuple[Path, str]]]) -> dict[str, Any]:
    """The plain catalogue of *layers*: each a list of files with the names they go by.

    Within a layer an id is given once; a later layer wins over an earlier one, id by id.
    """
    readers: list[Reader] = []
    lost = 0
    advice: Any = None
    themes: dict[str, Any] = {}
    publishers: dict[str, Any] = {}
    entries: dict[str, Entry] = {}
    for layer in layers:
        own_themes: dict[str, Any] = {}
        own_publishers: dict[str, Any] = {}
        own_entries: dict[str, Entry] = {}
        for path, name in layer:
            reader = Reader(name)
            content = _content(path, reader)
            readers.append(reader)
            lost += reader.lost
            advice = content.get("advice", advice)
            lost += _merge(own_themes, content.get("themes", ()), reader, "Theme")
            lost += _merge(own_publishers, content.get("publishers", ()), reader, "Publisher")
            lost += _merge_sources(own_entries, content, path, reader)
        themes |= own_themes
        publishers |= own_publishers
        entries |= own_entries
    report_incoherences(tuple(entries.values()), frozenset(themes), frozenset(publishers))
    problems = [problem for reader in readers for problem in reader.all_problems()]
    if not entries and not problems:
        problems.append(_empty(layers[0][0][1]))
    return {
        "advice": advice,
        "themes": list(themes.values()),
        "publishers": list(publishers.values()),
        "sources": [entry.plain for entry in entries.values()],
        "problems": [plain_of(problem) for problem in sorted(problems, key=_place)],
        "lost": lost,
    }


def _content(path: Path, reader: Reader) -> dict[str, Any]:
    try:
        root = read(path)
        if root is None:
            return {}
        content = reader.object(root, FILE, "catalogue")
    except Unreadable as error:
        reader.give_up(error)
        return {}
    if not isinstance(content, dict):
        reader.lost += 1
        return {}
    return content


def _merge(known: dict[str, Any], items: Sequence[Any], reader: Reader, shape: str) -> int:
    """Adds *items* by id; reports and counts those whose id was taken."""
    lost = 0
    for item, node in zip(items, reader.nodes[shape], strict=True):
        if known.setdefault(item["id"], item) is not item:
            lost += 1
            reader.report(value_at(node, "id"), "duplicate-id", f"id : {quoted(item['id'])} est déjà donné")
    return lost


def _merge_sources(known: dict[str, Entry], content: dict[str, Any], path: Path, reader: Reader) -> int:
    lost = 0
    theme = content.get("theme", path.stem)
    for plain, node in zip(content.get("sources", ()), reader.nodes["Source"], strict=True):
        place = {"theme": theme, "file": reader.file, "url_line": value_at(node, "url").line}
        entry = Entry(plain | place, node, reader)
        first = known.setdefault(plain["id"], entry)
        taken = ""
        if first is not entry:
            lost += 1
            taken = f"{first.plain['file']}:{first.plain['line']}"
        elif ("Source", plain["id"]) in reader.ids_lost:
            taken = f"{reader.file}:{reader.ids_lost['Source', plain['id']].line}"
        if taken:
            message = f"id : {quoted(plain['id'])} est déjà donné à {taken}"
            reader.report(value_at(node, "id"), "duplicate-id", message)
    return lost


def _empty(name: str) -> Problem:
    message = "aucune source : un catalogue a une clé « sources »"
    return Problem(file=name, line=1, column=1, code="empty-catalogue", message=message)


def _place(problem: Problem) -> tuple[str, int, int]:
    return problem.file, problem.line, problem.column
