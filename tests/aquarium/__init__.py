"""The aquarium: how the real web misbehaves, one named behaviour after another, and what a person gets.

`CASES` is the yardstick of the checker. Each family is a module of this package, read by being there.
"""

from importlib import import_module
from pathlib import Path

from tests.aquarium.case import Case, registered

_NOT_FAMILIES = {"__init__", "case", "frames", "html"}

for _file in sorted(Path(__file__).parent.glob("*.py")):
    if _file.stem not in _NOT_FAMILIES and not _file.stem.startswith("test_"):
        import_module(f"{__name__}.{_file.stem}")

CASES: tuple[Case, ...] = registered()

__all__ = ["CASES", "Case"]
