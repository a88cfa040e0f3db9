"""What memory knows of a link, in a few French words: « rétabli après 2 échecs », « cassé depuis 3 jours »."""

from datetime import datetime, timedelta

from diagsources.model import VERDICTS
from diagsources.text import NBSP, counted, day_in_french
from diagsources.verdict.memory import Condition, State


def in_words(state: State, now: datetime) -> str:
    """What memory adds to the verdict, in a few words: « rétabli après 2 échecs », « toujours cassé depuis… ».

    Dates are said as they are where *now* is.
    """
    label = VERDICTS[state.verdict]
    match state.condition:
        case Condition.RECOVERED:
            return f"rétabli après {counted(state.failures, 'échec')}"
        case Condition.HEALTHY:
            return "nouveau" if state.runs == 1 else f"va bien {how_long(state.since, now)}"
    if state.runs == 1:
        return f"nouveau, {label}" + (", constaté deux fois" if state.condition is Condition.CONFIRMED else "")
    if not state.was_alive:
        return f"{label} {how_long(state.since, now)}, jamais vu en ligne"
    if state.condition is Condition.FRAGILE:
        if state.failures == 1:
            return "premier échec, à confirmer"
        return f"{counted(state.failures, 'échec')} {how_long(state.since, now)}, à confirmer"
    if state.previous is Condition.CONFIRMED:
        return f"toujours {label} {how_long(state.since, now)}"
    return f"{label}, constaté deux fois" if state.failures == 1 else f"{label} {how_long(state.since, now)}, confirmé"


_SAID_IN_DAYS = 14
_HOURS_OF_A_DAY = 22
"""Runs of one day and the next are a day apart, give or take."""


def how_long(since: datetime, now: datetime) -> str:
    """« depuis 5 heures », « depuis 3 jours », then the day: « depuis le 1er novembre », with its year if another."""
    return f"depuis {span_to(since, now) or day_of(since, now)}"


def how_long_ago(when: datetime, now: datetime) -> str:
    """« il y a 5 heures », « il y a 3 jours », then the day: « le 1er novembre », with its year if another."""
    span = span_to(when, now)
    return f"il y a {span}" if span else day_of(when, now)


def span_to(when: datetime, now: datetime) -> str:
    """« moins d'une heure », « 5 heures », « 3 jours »; "" from two weeks on, where a day says more."""
    past = max(now - when, timedelta(0))
    hours, days = round(past / timedelta(hours=1)), round(past / timedelta(days=1))
    if past < timedelta(hours=1):
        return "moins d'une heure"
    if hours < _HOURS_OF_A_DAY:
        return counted(hours, "heure")
    return counted(max(days, 1), "jour") if days < _SAID_IN_DAYS else ""


def day_of(when: datetime, now: datetime) -> str:
    """« le 1er novembre », with its year if it is not that of *now*, and where *now* is."""
    try:
        day = when.astimezone(now.tzinfo).date()
    except OverflowError:  # the first or the last of the calendar: there is no other day there
        day = when.date()
    said = day_in_french(day).replace(" ", NBSP)
    return f"le {said if day.year != now.year else said.rpartition(NBSP)[0]}"
