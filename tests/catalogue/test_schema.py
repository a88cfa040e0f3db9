"""The JSON Schema that editors read: the published one is fresh, and says what the loader says."""

from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # its stubs are no dependency of ours
import pytest
import yaml

from diagsources.catalogue import schema, shipped
from tests.catalogue.test_validate_examples import INVALID, VALID, expected_of, name_of

OF_ONE_VALUE = {
    "wrong-type",
    "missing-key",
    "unknown-key",
    "unknown-value",
    "invalid-format",
    "invalid-date",
    "invalid-url",
    "empty-text",
}
"""Rules that a schema can tell."""
OF_THE_WHOLE = {
    "control-character",
    "duplicate-id",
    "duplicate-url",
    "empty-catalogue",
    "unknown-publisher",
    "unknown-reference",
    "unknown-theme",
}
"""Rules that need other values, or what JSON Schema has no word for; the rest needs the YAML itself."""

SHIPPED = sorted(shipped().glob("*.yaml"))


def codes_of(path: Path) -> set[str]:
    """The rules that an invalid example shows."""
    return {line.split()[1] for line in expected_of(path)}


TOLD = [path for path in INVALID if codes_of(path) <= OF_ONE_VALUE]
UNTOLD = [path for path in INVALID if codes_of(path) <= OF_THE_WHOLE]


class AsJson(yaml.SafeLoader):
    """YAML as an editor hands it to a schema: dates are text, and `on` is a word."""


AsJson.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if not tag.endswith(":timestamp") and (not tag.endswith(":bool") or first in "tTfF")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def errors_in(path: Path) -> list[str]:
    """What the schema has against *path*."""
    validator = jsonschema.Draft202012Validator(schema.schema(), format_checker=jsonschema.FormatChecker(["date"]))
    value: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=AsJson)  # noqa: S506 - a SafeLoader
    return [error.message for error in validator.iter_errors(value)]


def test_the_published_schema_is_that_of_the_model() -> None:
    published = shipped() / "catalogue.schema.json"

    assert published.read_text(encoding="utf-8") == schema.text(), (
        "it is stale: python -m diagsources.catalogue.schema > catalogue/catalogue.schema.json"
    )


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema.schema())


@pytest.mark.parametrize("path", SHIPPED, ids=name_of)
def test_a_shipped_file_obeys_the_schema_and_names_it(path: Path) -> None:
    first_line = path.read_text(encoding="utf-8").splitlines()[0]

    assert errors_in(path) == []
    assert first_line == "# yaml-language-server: $schema=catalogue.schema.json"


@pytest.mark.parametrize("path", VALID, ids=name_of)
def test_the_schema_accepts_what_the_loader_accepts(path: Path) -> None:
    assert errors_in(path) == []


@pytest.mark.parametrize("path", TOLD, ids=name_of)
def test_the_schema_refuses_an_example_that_is_wrong_in_one_of_its_values(path: Path) -> None:
    assert errors_in(path) != []


@pytest.mark.parametrize("path", UNTOLD, ids=name_of)
def test_the_schema_leaves_to_validate_what_it_cannot_tell(path: Path) -> None:
    assert errors_in(path) == []


def test_every_rule_that_a_schema_can_tell_is_shown_alone_by_an_example() -> None:
    assert {code for path in TOLD for code in codes_of(path)} == OF_ONE_VALUE
    assert {code for path in UNTOLD for code in codes_of(path)} == OF_THE_WHOLE
