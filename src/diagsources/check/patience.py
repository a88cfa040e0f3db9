"""What a server says of how often it may be asked: Retry-After, and the RateLimit fields."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAX_WAIT_S = 60.0
"""Longest wait we grant a server (seconds). RFC 9110 §10.2.3 sets none; lychee caps at the same value."""

_REMAINING = ("ratelimit-remaining", "x-ratelimit-remaining", "x-rate-limit-remaining")
_RESET = (
    *("ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset"),
    *("x-ratelimit-reset-after", "x-rate-limit-reset-after"),
)
QUOTA_FIELDS = frozenset({"ratelimit", *_REMAINING, *_RESET})
"""The fields that tell of a quota."""

_DURATION = re.compile(r"(?:(\d{1,4})h)?(?:(\d{1,6})m)?(?:(\d{1,9})s)?\Z", re.IGNORECASE)
_PARAMETER = re.compile(r"(?:^|[;,\s])(r|remaining|t|reset)\s*=\s*(\d{1,12})", re.IGNORECASE)
_SHORT = {"r": "r", "remaining": "r", "t": "t", "reset": "t"}


def retry_after(field: str, *, now: datetime) -> float | None:
    """Seconds to wait, from a Retry-After *field* in either form of RFC 9110 §10.2.3, or as `1m30s`; None if
    it is none of them."""
    text = field.partition("\n")[0].strip()  # of several, the first
    if text.isascii() and text.isdigit():
        return float(text[:9])
    duration = _DURATION.match(text)
    if text and duration:
        hours, minutes, seconds = (float(part or 0) for part in duration.groups())
        return hours * 3600 + minutes * 60 + seconds
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - now.timestamp())


def quota_pause(fields: Mapping[str, str], *, now: datetime) -> float | None:
    """Seconds until there is a quota again, where *fields* say that none is left
    (draft-ietf-httpapi-ratelimit-headers, and its X- forebears); None where they do not."""
    resets = [float(policy["t"]) for policy in _policies(fields.get("ratelimit", "")) if policy.get("r") == "0"]
    remaining, reset = _first(*map(fields.get, _REMAINING)), _first(*map(fields.get, _RESET))
    if reset is None and remaining == 0:  # some say when, as a date
        dates = (retry_after(fields[name], now=now) for name in _RESET if name in fields)
        reset = next((seconds for seconds in dates if seconds is not None), None)
    if remaining == 0 and reset is not None:
        resets.append(reset)
    if not resets:
        return None
    instant = max(resets)
    instant = instant if instant < 1e11 else instant / 1000
    return max(0.0, instant - now.timestamp()) if instant > 1e9 else instant


def _policies(field: str) -> Iterator[Mapping[str, str]]:
    """What a RateLimit *field* says of each quota that is told in full: `r`, what is left, and `t`, until when
    (seconds). An item each in its present form; `remaining=0, reset=30`, once, is one quota."""
    for item in field.split(",") if ";" in field else (field,):
        told = {_SHORT[name.lower()]: value.lstrip("0") or "0" for name, value in _PARAMETER.findall(item)}
        if told.keys() == {"r", "t"}:
            yield told


def _first(*values: str | None) -> float | None:
    return next((float(number) for number in _numbers(values)), None)


def _numbers(values: Iterable[str | None]) -> Iterable[str]:
    return (value.strip() for value in values if value and re.fullmatch(r"\s*\d{1,15}(\.\d{1,6})?\s*", value))
