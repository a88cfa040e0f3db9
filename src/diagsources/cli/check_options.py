"""The options of `check`, in three groups: how it asks, what it remembers, what turns it red."""

from math import isfinite
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from diagsources.cli.budget import AUTO, Budget
from diagsources.cli.durations import duration, seconds, share
from diagsources.cli.options import Group, StateFile
from diagsources.errors import UnknownValue, WrongUsage
from diagsources.model import FAILING, VERDICTS, Verdict
from diagsources.text import fold, nearest

_ASKING = "Demander"
_MEMORY = "Mémoire"
_WEIGHT = "Code de sortie"


class Manner(NamedTuple):
    """How to ask; times are in seconds."""

    timeout_s: float
    per_host: int
    interval_s: float
    concurrency: int
    retries: int
    allow_private: bool
    max_time_s: float | None


class Past(NamedTuple):
    """What of the past is used, and where it is kept."""

    budget: Budget
    state: Path | None
    baseline: str
    only_new: bool
    canaries: tuple[str, ...]


class Weight(NamedTuple):
    """What turns the run red."""

    failing: frozenset[Verdict]
    strict: bool
    exit_zero: bool


def _finite(value: float | None) -> float | None:
    """Refuses what is no duration: nan, inf."""
    if value is not None and not isfinite(value):
        raise typer.BadParameter("ce n'est pas une durée")
    return value


def _a_time(text: str | None) -> str | None:
    if text is not None and seconds(text) < 0.1:
        raise typer.BadParameter(f"« {text} » est trop court : un dixième de seconde au moins")
    return text


def _an_age(text: str | None) -> str | None:
    if text and text != AUTO:
        duration(text)
    return text


def _a_share(text: str | None) -> str | None:
    if text:
        share(text, 1)
    return text


def _number(kind: type, name: str, *, says: str, metavar: str = "N", least: float, most: float | None = None) -> Any:
    option = typer.Option(
        name, min=least, max=most, callback=_finite, metavar=metavar, help=says, rich_help_panel=_ASKING
    )
    return Annotated[kind, option]


def _text(name: str, *, says: str, metavar: str, panel: str, callback: Any = None) -> Any:
    option = typer.Option(
        name, metavar=metavar, help=says, show_default=False, callback=callback, rich_help_panel=panel
    )
    return Annotated[str | None, option]


def _switch(name: str, *, says: str, panel: str) -> Any:
    return Annotated[bool, typer.Option(name, help=says, show_default=False, rich_help_panel=panel)]


def _manner(timeout: float, interval: float, max_time: str | None, **values: Any) -> Manner:
    return Manner(timeout_s=timeout, interval_s=interval, max_time_s=seconds(max_time) if max_time else None, **values)


def _past(
    max_age: str | None, sample: str | None, oldest_first: bool, resume: bool, canaries: list[str] | None, **values: Any
) -> Past:
    """Raises `WrongUsage`."""
    if values["baseline"] and (values["state"] or resume or max_age):
        raise WrongUsage("--baseline ne va ni avec --state ni avec --resume ou --max-age", hint="l'un ou l'autre")
    budget = Budget(max_age or "", sample or "", oldest_first, resume)
    return Past(budget, canaries=tuple(canaries or ()), **values | {"baseline": values["baseline"] or ""})


def _weight(fail_on: str | None, confirmed: bool, exit_zero: bool) -> Weight:
    return Weight(_failing(fail_on or ""), not confirmed, exit_zero)


def _failing(words: str) -> frozenset[Verdict]:
    """The verdicts that *words* names, or the usual ones; raises `UnknownValue` or `WrongUsage`."""
    if not words:
        return FAILING
    by_name = {fold(name): verdict for verdict, label in VERDICTS.items() for name in (verdict, label)}
    named = [word for word in map(str.strip, words.split(",")) if word]
    for word in named:
        if fold(word) not in by_name:
            near = dict.fromkeys(by_name[name].value for name in nearest(word, by_name))
            raise UnknownValue("verdict inconnu", word, tuple(near), where=", ".join(VERDICTS))
    if not named:
        raise WrongUsage("--fail-on ne nomme aucun verdict", hint="--exit-zero sort avec 0 quoi qu'on trouve")
    return frozenset(by_name[fold(word)] for word in named)


HowToAsk = Annotated[
    Manner,
    Group(
        {
            "timeout": _number(
                float, "--timeout", says="Attente d'une réponse.", metavar="SECONDES", least=0.1, most=3600
            ),
            "per_host": _number(int, "--per-host", says="Demandes à la fois par hôte.", least=1),
            "interval": _number(
                float,
                "--interval",
                says="Écart entre deux demandes à un hôte.",
                metavar="SECONDES",
                least=0.0,
                most=3600,
            ),
            "concurrency": _number(int, "--concurrency", says="Demandes à la fois en tout.", least=1),
            "retries": _number(int, "--retries", says="Nouveaux essais après un échec.", least=0),
            "allow_private": _switch(
                "--allow-private", says="Demander aussi aux adresses de réseau privé.", panel=_ASKING
            ),
            "max_time": _text(
                "--max-time",
                says="Temps accordé au tout (5m, 90s) ; les liens qui restent sont passés.",
                metavar="DURÉE",
                panel=_ASKING,
                callback=_a_time,
            ),
        },
        _manner,
        {
            "timeout": 15.0,
            "per_host": 2,
            "interval": 0.02,
            "concurrency": 512,
            "retries": 2,
            "allow_private": False,
        },
    ),
]

WhatIsKnown = Annotated[
    Past,
    Group(
        {
            "state": StateFile,
            "max_age": _text(
                "--max-age",
                says="Ne pas redemander ce qui a été vu depuis moins longtemps (12h, 7j), "
                "ou auto : selon ce qu'on sait de chaque lien.",
                metavar="DURÉE",
                panel=_MEMORY,
                callback=_an_age,
            ),
            "resume": _switch(
                "--resume", says="Reprendre un passage interrompu : ne demander que le reste.", panel=_MEMORY
            ),
            "sample": _text(
                "--sample",
                says="N'en demander qu'une part, tirée au sort (10%, 20).",
                metavar="PART",
                panel=_MEMORY,
                callback=_a_share,
            ),
            "oldest_first": _switch(
                "--oldest-first", says="Ceux qui n'ont pas été vus depuis le plus longtemps d'abord.", panel=_MEMORY
            ),
            "only_new": _switch(
                "--only-new", says="Ne montrer que ce qui a changé depuis la dernière fois.", panel=_MEMORY
            ),
            "baseline": _text(
                "--baseline",
                says="Comparer avec ce rapport JSON, pour une CI qui ne garde rien d'autre.",
                metavar="FICHIER",
                panel=_MEMORY,
            ),
            "canaries": Annotated[
                list[str] | None,
                typer.Option(
                    "--canary",
                    metavar="HÔTE",
                    help="Hôte qui répond toujours : s'il ne répond pas, la panne est de ce côté.",
                    show_default=False,
                    rich_help_panel=_MEMORY,
                ),
            ],
        },
        _past,
        {"resume": False, "oldest_first": False, "only_new": False},
    ),
]

WhatCounts = Annotated[
    Weight,
    Group(
        {
            "fail_on": _text("--fail-on", says="Verdicts qui font sortir avec 1.", metavar="VERDICT,…", panel=_WEIGHT),
            "confirmed": Annotated[
                bool,
                typer.Option(
                    "--confirmed/--no-confirmed",
                    help="D'un lien déjà connu, ne compter que les pannes confirmées.",
                    show_default=False,
                    rich_help_panel=_WEIGHT,
                ),
            ],
            "exit_zero": _switch("--exit-zero", says="Sortir avec 0 quoi qu'on trouve.", panel=_WEIGHT),
        },
        _weight,
        {"confirmed": True, "exit_zero": False},
    ),
]
