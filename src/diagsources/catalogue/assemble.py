"""Reads the files of one or several catalogues and lays them over each other, as plain values."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from diagsources.catalogue.coherence import Entry, report_incoherences
from diagsources.catalogue.nodes import Unreadable, quoted, read
from diagsources.catalogue.reader import Reader, value_at
from diagsources.catalogue.shapes import FILE
from diagsources.model import Problem, plain_of

_SHAPES = {"themes": "Theme", "publishers": "Publisher", "questions": "Question", "guides": "Guide"}
"""The keys of a file under which each item has an id of its own, and the shapes of the items; sources apart."""


def assemble(layers: Sequence[Sequence[tuple[Path, str]]]) -> dict[str, Any]:
    """The plain catalogue of *layers*: each a list of files with the names they go by.

    Within a layer an id is given once; a later layer wins over an earlier one, id by id.
    """
    readers: list[Reader] = []
    lost = 0
    advice: Any = None
    entries: dict[str, dict[str, Entry]] = {key: {} for key in (*_SHAPES, "sources")}
    for layer in layers:
        own: dict[str, dict[str, Entry]] = {key: {} for key in entries}
        for path, name in layer:
            reader = Reader(name)
            content = _content(path, reader)
            readers.append(reader)
            lost += reader.lost
            advice = content.get("advice", advice)
            lost += sum(_merge(own[key], content.get(key, ()), reader, shape) for key, shape in _SHAPES.items())
            lost += _merge_sources(own["sources"], content, path, reader)
        entries = {key: entries[key] | own[key] for key in entries}
    report_incoherences(**{key: tuple(of_key.values()) for key, of_key in entries.items()})
    problems = [problem for reader in readers for problem in reader.all_problems()]
    if not entries["sources"] and not problems:
        problems.append(_empty(layers[0][0][1]))
    return {
        "advice": advice,
        **{key: [entry.plain for entry in of_key.values()] for key, of_key in entries.items()},
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


def _merge(known: dict[str, Entry], items: Sequence[Any], reader: Reader, shape: str) -> int:
    """Adds *items* by id; reports and counts those whose id was taken."""
    lost = 0
    for item, node in zip(items, reader.nodes[shape], strict=True):
        entry = Entry(item, node, reader)
        if known.setdefault(item["id"], entry) is not entry:
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
