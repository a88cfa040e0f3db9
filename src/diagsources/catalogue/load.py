"""Folders and files in, one `Catalogue` out."""

from collections.abc import Container, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from diagsources.catalogue import cache
from diagsources.errors import CatalogueUnreadable, why
from diagsources.model import (
    Advice,
    Catalogue,
    Problem,
    Publisher,
    Source,
    Theme,
    guide_from,
    question_from,
    source_from,
)

SUFFIXES = (".yaml", ".yml")


class _File(NamedTuple):
    """A file to read, and the name it goes by in messages."""

    path: Path
    name: str


def shipped() -> Path:
    """The catalogue inside the wheel; in a checkout, the one at its top."""
    package = Path(__file__).parents[1]
    inside = package / "_catalogue"
    return inside if inside.is_dir() else package.parents[1] / "catalogue"


def load(paths: Sequence[Path] = (), *, cache_folder: Path | None = None) -> Catalogue:
    """The catalogue of *paths* (files and folders; none means the shipped one).

    Later paths win over earlier ones, id by id. Raises `CatalogueUnreadable` when a path does not
    exist or holds no YAML; whatever is wrong inside is in `problems`.
    """
    layers = [_files(path) for path in paths] or [_files(shipped(), name="catalogue")]
    key = cache.key_of(layers)
    if cache_folder is not None and (plain := cache.recall(cache_folder, key)) is not None:
        try:
            return _catalogue(plain)
        except (TypeError, ValueError, KeyError, AttributeError):
            pass  # damaged by hand: as good as absent
    # deferred: yaml costs 25 ms, and a warm start needs none of it
    from diagsources.catalogue.assemble import assemble

    plain = assemble(layers)
    if cache_folder is not None:
        cache.keep(cache_folder, key, plain)
    return _catalogue(plain)


def files(paths: Sequence[Path] = ()) -> dict[str, Path]:
    """The files of *paths*, as `load` reads them, by the name they go by. Raises `CatalogueUnreadable`."""
    layers = [_files(path) for path in paths] or [_files(shipped(), name="catalogue")]
    return {name: path for layer in layers for path, name in layer}


def _files(path: Path, *, name: str = "") -> list[_File]:
    shown = name or str(path)
    try:
        if path.is_dir():
            return _in_folder(path, shown)
        exists = path.exists()
    except OSError as error:
        message = f"{shown} : lecture impossible ({why(error)})"
        raise CatalogueUnreadable(message, hint="vérifiez le chemin et les droits") from error
    if not exists:
        raise CatalogueUnreadable(f"{shown} : ce fichier ou dossier n'existe pas", hint="vérifiez le chemin")
    return [_File(path, shown)]


def _in_folder(folder: Path, shown: str) -> list[_File]:
    found = sorted(each for each in folder.iterdir() if each.suffix in SUFFIXES and each.name[0] != ".")
    if not found:
        raise CatalogueUnreadable(
            f"{shown} : aucun fichier YAML dans ce dossier", hint="donnez un dossier de fichiers .yaml"
        )
    return [_File(each, str(Path(shown) / each.name)) for each in found]


def _catalogue(plain: dict[str, Any]) -> Catalogue:
    themes = tuple(Theme(**(item | {"aliases": tuple(item.get("aliases", ()))})) for item in plain["themes"])
    order = {theme.id: rank for rank, theme in enumerate(themes)}
    sources = [source_from(item) for item in plain["sources"]]
    sources.sort(key=lambda source: order.get(source.theme, len(order)))
    return Catalogue(
        advice=Advice(**plain["advice"]) if plain["advice"] else None,
        themes=(*themes, *_undeclared(order, sources)),
        publishers={item["id"]: Publisher(**item) for item in plain["publishers"]},
        sources=tuple(sources),
        questions=tuple(map(question_from, plain["questions"])),
        guides=tuple(map(guide_from, plain["guides"])),
        problems=tuple(Problem(**item) for item in plain["problems"]),
        lost=plain["lost"],
    )


def _undeclared(declared: Container[str], sources: Iterable[Source]) -> tuple[Theme, ...]:
    """A theme that no file declares stands under its own id."""
    used = dict.fromkeys(theme for source in sources for theme in source.themes)
    return tuple(Theme(id=theme, title=theme) for theme in used if theme not in declared)
