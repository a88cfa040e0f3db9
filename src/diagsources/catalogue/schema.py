"""The JSON Schema of a catalogue file, for editors: written from the shapes, so that it cannot drift.

`python -m diagsources.catalogue.schema` prints it; a test says when the published one is stale.
"""

import json
import sys
from typing import Any

from diagsources.catalogue.shapes import FILE, Day, Keyed, ListOf, Object, Rule, Shape, Text
from diagsources.model import OneOf, Pattern, Reference, Url


def schema() -> dict[str, Any]:
    """JSON Schema, draft 2020-12: every object closed, every vocabulary listed."""
    definitions: dict[str, Any] = {}
    root = _object(FILE, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "diagsources: a file of a catalogue",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def text() -> str:
    """The schema as it is published."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _schema_of(shape: Shape, definitions: dict[str, Any]) -> dict[str, Any]:
    match shape:
        case Text(rule):
            return _text(rule)
        case Day():
            return {"type": "string", "format": "date"}
        case ListOf(item):
            return {"type": "array", "items": _schema_of(item, definitions)}
        case Keyed(rule, item):
            keys = {value: _schema_of(item, definitions) for value in rule.labels}
            return {"type": "object", "properties": keys, "additionalProperties": False}
        case Object():
            if shape.name not in definitions:
                definitions[shape.name] = {}
                definitions[shape.name] = _object(shape, definitions)
            reference = {"$ref": f"#/$defs/{shape.name}"}
            return {"anyOf": [{"type": "string"}, reference]} if shape.short else reference


def _object(shape: Object, definitions: dict[str, Any]) -> dict[str, Any]:
    required = [key.name for key in shape.keys if key.required]
    return {
        "type": "object",
        "properties": {key.name: _schema_of(key.shape, definitions) for key in shape.keys},
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


def _text(rule: Rule | None) -> dict[str, Any]:
    match rule:
        case OneOf(labels):
            return {"type": "string", "enum": list(labels)}
        case Pattern(regex, says, unquoted):
            kind: Any = ["string", "integer"] if unquoted else "string"
            return {"type": kind, "pattern": f"^(?:{regex})$", "description": says}
        case Url():
            return {"type": "string", "format": "uri", "pattern": "^https?://"}
        case Reference(or_url, to):
            says = f"id of a {to}, or an address" if or_url else f"id of a {to}"
            return {"type": "string", "description": says}
        case None:
            return {"type": "string", "minLength": 1}


if __name__ == "__main__":
    sys.stdout.write(text())
