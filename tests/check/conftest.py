"""The local web, for every test of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.web import Web, local_web


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A web of one's own, whose authority is trusted."""
    with local_web(tmp_path) as web:
        monkeypatch.setenv("SSL_CERT_FILE", str(web.authority))
        yield web
