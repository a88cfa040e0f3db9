"""A store in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from diagsources.store import FILE_NAME, Store, open_store
from tests.store.samples import START


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store is."""
    return tmp_path / "state" / FILE_NAME


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A new store."""
    with open_store(path, now=START) as opened:
        yield opened
