"""What a document of data says of its own failure: the error that a service sends where its data should be."""

import json
import re
from functools import lru_cache
from typing import Any

from diagsources.verdict.missing import NOTICE, SAID
from diagsources.verdict.page import Page
from diagsources.verdict.reading import RECENT, Sight, plain, sight
from diagsources.verdict.sentences import TOLD

_LONGEST = 5_000
"""Characters of an error; data are longer, or say something else as well."""

_ERROR_ROOTS = frozenset(
    {"serviceexceptionreport", "serviceexception", "exceptionreport", "exception", "error", "errors", "errorresponse"}
    | {"fault", "apierror", "problem"}
)
"""Local names of the first element of an error in XML: OGC's, OWS's, S3's, those of frameworks."""

_TELLING = frozenset({"error", "errors", "exception", "exceptions", "fault", "erreur", "erreurs", "errorcode"})
_NUMBERED = frozenset({"code", "status", "statuscode", "errorcode", "httpstatus", "httpcode", "error"})
_SAYING = frozenset({"message", "detail", "details", "title", "error", "errormessage", "description", "msg", "reason"})
_EXPLAINING = frozenset({"message", "detail", "details", "errormessage", "msg", "reason"})
"""Those of them that data seldom has."""
_ENVELOPE = (
    _TELLING
    | _NUMBERED
    | _SAYING
    | frozenset(
        {"success", "ok", "help", "path", "url", "uri", "method", "timestamp", "date", "type", "instance", "trace"}
        | {"traceid", "requestid", "documentationurl", "documentation", "errordescription", "errortype", "info"}
        | {"statustext", "exceptions", "name", "stack", "hint", "apiversion", "version", "result", "results", "data"}
    )
)
"""Keys of an error in JSON, without dashes, points and underscores; with another, there is something to read."""


@lru_cache(maxsize=RECENT)
def error_told(page: Page) -> Sight | None:
    """The error that *page*, which is XML or JSON, is instead of data."""
    if not page.text or len(page.text) > _LONGEST or not page.whole:
        return None
    if page.kind == "xml" and (page.root.lower() in _ERROR_ROOTS or page.root.lower().endswith("exception")):
        return _sight(page.text)
    return _in_json(page) if page.kind == "json" else None


def _in_json(page: Page) -> Sight | None:
    try:
        told = json.loads(page.text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    known = {re.sub(r"[\W_]", "", key).lower(): value for key, value in told.items() if value or value is False}
    if not known.keys() <= _ENVELOPE and known.get("success") is not False:
        return None
    if not _fails(known):
        return None
    number = _number(known)
    if number in _REFUSALS:
        return sight(_REFUSALS[number], page.text)
    return _sight(page.text, gone=number in (404, 410))


_REFUSALS = {401: "auth-required", 403: "access-denied", 498: "auth-required", 499: "auth-required"}
"""Those of RFC 9110, and of ArcGIS, which asks for a token."""


def _fails(known: dict[str, Any]) -> bool:
    """Whether an envelope says that nothing came of it."""
    status = str(known.get("status")).lower()
    if status in ("ok", "success") or any(known.get(key) for key in ("data", "result", "results")):
        return False
    if any(_tells(known.get(key)) for key in _TELLING) or known.get("success") is False or known.get("ok") is False:
        return True
    says = [value for key, value in known.items() if key in _SAYING and isinstance(value, str)]
    if says and isinstance(known.get("code"), str) and _CODES.fullmatch(known["code"]):
        return True
    if (says and status in ("error", "fail", "failed", "ko")) or (known.keys() & _EXPLAINING and _number(known)):
        return True
    return any(NOTICE.fullmatch(said) or SAID.search(said) or _closes(said) for said in map(plain, says))


_CODES = re.compile(r"not_?found|no_?such\w*|no_?applicable_?code|invalid_?parameter\w*|server_?error", re.IGNORECASE)
"""What services name an error."""


def _tells(value: object) -> bool:
    """Whether *value*, of a key for errors, is one: a text, or what has a text or a number of its own."""
    if isinstance(value, dict):
        keys = {re.sub(r"[\W_]", "", str(key)).lower() for key, inner in value.items() if isinstance(inner, str | int)}
        return not keys.isdisjoint(_SAYING | _NUMBERED)
    return isinstance(value, list) or (isinstance(value, str) and not value.isdigit())


def _closes(said: str) -> bool:
    return any(row.code == "closed-notice" and row.pattern.search(said) for row in TOLD)


def _number(known: dict[str, Any]) -> int:
    """The HTTP status code that an envelope tells; 0 for none."""
    inner = [value for value in known.values() if isinstance(value, dict)]
    for told in (known, *inner):
        for key, value in told.items():
            if key.lower() in _NUMBERED and re.fullmatch(r"[45]\d\d", str(value)):
                return int(value)
    return 0


def _sight(text: str, *, gone: bool = False) -> Sight:
    said = plain(text)
    return sight("soft-404" if gone or SAID.search(said) or _MISSING.search(said) else "application-error", text)


_MISSING = re.compile(
    r"\b(?:no ?such ?(?:key|bucket)|not ?found|does not exist|introuvable|pas trouvee?|n existe (?:pas|plus))\b"
)
