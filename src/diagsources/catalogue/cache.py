"""The parsed catalogue kept as JSON: reading it back costs a millisecond, parsing YAML forty.

The key is the version and the stat of every file, so nothing has to be invalidated. A cache that is
missing, unreadable or damaged is the same as no cache, and one that cannot be written is no failure.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

from diagsources import __version__
from diagsources.files import write_whole

Key = list[list[str | int]]


def key_of(layers: Sequence[Sequence[tuple[Path, str]]]) -> Key:
    """What the catalogue of *layers* (files, with the names they go by) is taken to depend on."""
    key: Key = [[__version__]]
    for rank, layer in enumerate(layers):
        for path, name in layer:
            file: list[str | int] = [str(path.absolute()), name, rank]
            try:
                stat = path.stat()
            except OSError:
                key.append([*file, -1])
            else:
                key.append([*file, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns])
    return key


def recall(folder: Path, key: Key) -> dict[str, Any] | None:
    """The plain catalogue kept under *key*, or None."""
    try:
        kept = json.loads(_path(folder, key).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(kept, dict) or kept.get("key") != key or not isinstance(kept.get("catalogue"), dict):
        return None
    return dict(kept["catalogue"])


def keep(folder: Path, key: Key, catalogue: dict[str, Any]) -> None:
    """Writes *catalogue*, for as long as *key* holds."""
    with suppress(OSError):  # a folder that cannot be written costs time, not truth
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"key": key, "catalogue": catalogue}, ensure_ascii=False)
        # surrogates stand in the names of files that are not UTF-8
        write_whole(_path(folder, key), text, errors="surrogatepass")


def _path(folder: Path, key: Key) -> Path:
    names = "\n".join(str(part) for entry in key[1:] for part in entry[:3])
    return folder / f"catalogue-{crc32(names.encode('utf-8', 'surrogatepass')):08x}.json"
