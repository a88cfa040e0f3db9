"""Durations and shares, as people type them."""

import re
from contextlib import suppress
from datetime import datetime, timedelta
from math import isfinite

import typer

_UNITS = {"s": 1, "m": 60, "min": 60, "h": 3_600, "d": 86_400, "j": 86_400, "w": 604_800}
_DURATION = r"(\d+(?:[.,]\d+)?)\s*([a-z]*)"
_LONGEST_S = 100 * 365 * 86_400


def seconds(text: str) -> float:
    """« 90 », « 90s », « 5m », « 12h », « 7d » or « 7j » in seconds; raises `typer.BadParameter`."""
    found = re.fullmatch(_DURATION, text.strip().lower())
    unit = _UNITS.get(found[2] or "s") if found else None
    value = float(found[1].replace(",", ".")) * unit if found and unit else -1.0
    if not isfinite(value) or not 0 <= value <= _LONGEST_S:
        raise typer.BadParameter(f"« {text} » n'est pas une durée (exemples : 90s, 5m, 12h, 7j)")
    return value


def duration(text: str) -> timedelta:
    """The same, as a `timedelta`."""
    return timedelta(seconds=seconds(text))


def moment(text: str, *, now: datetime) -> datetime:
    """« 2026-11-01 », « 2026-11-01T06:00 » where we are, or « 7j » before *now*; raises `typer.BadParameter`."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        with suppress(typer.BadParameter, OverflowError):
            return now - duration(text)
        raise typer.BadParameter(f"« {text} » n'est ni un jour ni une durée (exemples : 2026-11-01, 12h, 7j)") from None
    return when if when.tzinfo else when.astimezone()


def share(text: str, whole: int) -> int:
    """How many of *whole* « 10% » or « 20 » are, one at least; raises `typer.BadParameter`."""
    found = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(%?)", text.strip())
    number = float(found[1].replace(",", ".")) if found else 0.0
    is_share = found is not None and found[2] == "%"
    if not number or (is_share and number > 100) or (not is_share and not number.is_integer()):
        raise typer.BadParameter(f"« {text} » n'est ni une part ni un nombre de liens (exemples : 10%, 20)")
    return max(1, round(whole * number / 100)) if is_share else min(whole, int(number))
