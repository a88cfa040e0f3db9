"""The shape of a report about checks, `diagsources.check/1`: published as JSON Schema, and held against what is read.

`python -m diagsources.reports.schema` prints it; a test says when the published one, check.schema.json, is stale.
What is unknown passes: a document of this schema only ever gains keys.
"""

import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from diagsources.model import Verdict
from diagsources.reports.report import CHECKS
from diagsources.verdict.memory import Change, Condition
from diagsources.verdict.told import Excuse


def _text(says: str = "", **rule: Any) -> dict[str, Any]:
    return {"type": "string", **rule, **({"description": says} if says else {})}


_LARGEST = 2**53 - 1
"""Up to here every program that reads JSON has the same integers (RFC 8259 §6)."""


def _number(says: str) -> dict[str, Any]:
    return {"type": "integer", "minimum": 0, "maximum": _LARGEST, "description": says}


def _or_null(shape: dict[str, Any]) -> dict[str, Any]:
    return shape | {"type": [shape["type"], "null"]}


def _object(required: tuple[str, ...], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties}


def _list(items: dict[str, Any], says: str) -> dict[str, Any]:
    return {"type": "array", "items": items, "description": says}


_INSTANT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$"
_CODE = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_VERDICTS = [verdict.value for verdict in Verdict]


def _instant(says: str) -> dict[str, Any]:
    return _text(says, pattern=_INSTANT, format="date-time")


_REDIRECT = _object(("status_code", "url"), status_code=_number("301, 302…"), url=_text("where it leads"))
_STEP = _object(
    ("what",),
    what=_text("ask, wait, control"),
    url=_text(),
    outcome=_text("a status code, or the code of a fault", pattern=r"^[a-z0-9-]{0,64}$"),
    elapsed_ms=_number("milliseconds"),
    note=_text(),
)
_CHANGES = [*(change.value for change in Change), None]
_MEMORY = _object(
    ("condition", "since", "failures", "runs"),
    condition=_text("this run and those before taken together", enum=[each.value for each in Condition]),
    since=_instant("since when it is well, or fails"),
    failures=_number("runs in a row that saw it fail"),
    runs=_number("runs that saw it"),
    was_alive={"type": "boolean", "description": "whether it was ever seen well"},
    words=_text("the same in French"),
    change={"type": ["string", "null"], "enum": _CHANGES, "description": "since the run before"},
    newly_confirmed={"type": "boolean", "description": "whether this run made it sure"},
    verified_on=_text("when its source was last verified", pattern=r"^\d{4}-\d{2}-\d{2}$", format="date"),
    changed={"type": "boolean", "description": "whether its page is no longer what it was then"},
    verdict=_text("what was last seen, of a link that was not asked", enum=_VERDICTS),
    reason=_text("why, of a link that was not asked", pattern=_CODE),
    seen_at=_instant("when that was"),
)

_EXCEPTION = _object(
    ("verdict", "reason", "until"),
    verdict=_text("what is excused", enum=_VERDICTS),
    reason=_text("why, in the words of who keeps the catalogue"),
    until=_text("the last day of it", pattern=r"^\d{4}-\d{2}-\d{2}$", format="date"),
    status={
        "type": ["string", "null"],
        "enum": [*(excuse.value for excuse in Excuse), None],
        "description": "what has become of it",
    },
)
_HOST = _object(
    ("host", "links", "verdict", "reason"),
    host=_text(),
    links=_number("how many of its links fail alike"),
    verdict=_text(enum=_VERDICTS),
    reason=_text(pattern=_CODE),
)

CHECK = _object(
    ("id", "rel", "url", "verdict", "reason", "message", "checked_at"),
    id=_text("of the source; line-12 for a link of a list"),
    rel=_text("url, or the role of a further link"),
    url=_text("credentials are masked, here and everywhere"),
    verdict=_text("what it comes to", enum=_VERDICTS),
    reason=_text("why: a stable code", pattern=_CODE),
    message=_text("why, in French"),
    status_code=_or_null(_number("of the last answer")),
    final_url=_text("the last URL asked"),
    suggestion=_or_null(_text("the URL to use instead")),
    redirects=_list(_REDIRECT, "every hop, in order"),
    warnings=_list(_text(pattern=_CODE), "codes of what is worth knowing besides"),
    attempts=_number("how often it was asked"),
    elapsed_ms=_number("milliseconds"),
    checked_at=_instant("when"),
    theme=_text(),
    theme_title=_text(),
    title=_text("of the source"),
    publisher=_text("name of who publishes the source"),
    file=_text("where the link stands"),
    line=_number("where the link stands; 0 for unknown"),
    counts={"type": "boolean", "description": "whether it turns the exit code red"},
    memory=_MEMORY,
    exception=_EXCEPTION,
    reused={"type": "boolean", "description": "whether it was made earlier, and not asked for again"},
    steps=_list(_STEP, "what was done, where that was asked for"),
)
"""A check: an element of `checks`, a line of JSON Lines."""

DOCUMENT = _object(
    ("schema", "checks"),
    schema=_text("only ever gains keys; a break makes /2", const=CHECKS),
    started_at=_instant("when the run began"),
    finished_at=_instant("when it ended"),
    interrupted={"type": "boolean", "description": "whether it was cut before its end"},
    summary={
        "type": "object",
        "description": "how many links have each verdict",
        "properties": {verdict: _number("") for verdict in _VERDICTS},
    },
    hosts=_list(_HOST, "hosts of which many links fail alike"),
    checks=_list(CHECK, "the checks"),
)
"""A run."""


def text() -> str:
    """The schema as it is published: JSON Schema, draft 2020-12."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"diagsources: a run, {CHECKS}"}
    return json.dumps({**head, **DOCUMENT}, ensure_ascii=False, indent=2) + "\n"


_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def departure(value: Any, shape: Mapping[str, Any], where: str = "") -> str:
    """Where and how *value* first departs from *shape*, in French; "" where it does not."""
    types = shape["type"] if isinstance(shape["type"], list) else [shape["type"]]
    admitted = tuple(each for name in types for each in _TYPES[name])
    if not isinstance(value, admitted) or (isinstance(value, bool) and bool not in admitted):
        return f"{where or 'le document'} devrait être {' ou '.join(_IN_FRENCH[name] for name in types)}"
    if value is None:
        return ""
    if isinstance(value, dict):
        return _of_members(value, shape, where)
    if isinstance(value, list):
        found = (departure(item, shape["items"], f"{where}[{index}]") for index, item in enumerate(value))
        return next(filter(None, found), "")
    return _of_plain(value, shape, where)


_IN_FRENCH = {
    "string": "un texte",
    "integer": "un nombre entier",
    "boolean": "true ou false",
    "array": "une liste",
    "object": "un objet",
    "null": "null",
}


def _of_members(value: dict[str, Any], shape: Mapping[str, Any], where: str) -> str:
    lost = next((key for key in shape.get("required", ()) if key not in value), None)
    if lost is not None:
        return f"il manque « {lost} »" + (f" dans {where}" if where else "")
    known = ((key, rule) for key, rule in shape.get("properties", {}).items() if key in value)
    before = f"{where}." if where else ""
    return next(filter(None, (departure(value[key], rule, f"{before}{key}") for key, rule in known)), "")


def _of_plain(value: Any, shape: Mapping[str, Any], where: str) -> str:
    import re  # deferred: most commands read no report

    if "const" in shape and value != shape["const"]:
        return f"{where} devrait être « {shape['const']} »"
    if "enum" in shape and value not in shape["enum"]:
        return f"{where} : « {value} » n'est pas connu ; le rapport vient-il d'une version plus récente ?"
    if "pattern" in shape and not re.search(shape["pattern"].removesuffix("$") + r"\Z", value):
        return f"{where} : « {value} » n'a pas la forme attendue"
    if isinstance(value, int) and not shape.get("minimum", value) <= value <= shape.get("maximum", value):
        return f"{where} : ce nombre est hors des bornes"
    if "format" in shape and not _is_of_the_calendar(value):
        return f"{where} : « {value} » n'est pas une date"
    return ""


def _is_of_the_calendar(text: str) -> bool:
    """Whether *text*, which has the form of a date or an instant, is one that can be reckoned with."""
    try:
        datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return True


if __name__ == "__main__":
    sys.stdout.write(text())
