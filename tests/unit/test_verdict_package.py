"""The names of the package are there when they are asked for, and loaded no sooner."""

import subprocess
import sys

import pytest

import diagsources.verdict


@pytest.mark.parametrize("name", diagsources.verdict.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(diagsources.verdict, name) is not None


def test_no_other_name_is() -> None:
    with pytest.raises(AttributeError, match="judg"):
        diagsources.verdict.judg  # type: ignore[attr-defined]  # noqa: B018 - that is the point


@pytest.mark.parametrize("package", ["diagsources.verdict.health", "diagsources.store"])
def test_who_shows_what_is_remembered_does_not_load_the_rules(package: str) -> None:
    code = f"import sys, {package}; print(*(name for name in sys.modules if name.startswith('diagsources.verdict.')))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)

    assert not {f"diagsources.verdict.{name}" for name in ("rules", "phrases", "walls")} & set(done.stdout.split())
