"""From words to the one territory they mean; where there is none that is sure, an error that lists what may be."""

from typing import TYPE_CHECKING

from diagsources.errors import UnknownValue, Unsure
from diagsources.text import counted

if TYPE_CHECKING:
    from diagsources.territory import Matches, Territory

_NEAR = 10
"""Of the names that are only near, this many are listed."""


def one_territory(words: str) -> tuple["Territory", "Matches"]:
    """The territory that *words* mean, and what to say with it.

    Raises `UnknownValue` where nothing bears them, `Unsure` where several do or something only nearly does.
    """
    from diagsources.territory import find  # deferred: most commands know no territory

    matches = find(words)
    if matches.one is None:
        raise _nothing(words) if not matches.found else _several(matches)
    return matches.one, matches


def _nothing(words: str) -> UnknownValue:
    return UnknownValue(
        "territoire inconnu",
        words,
        (),
        where="un nom (labege, sicoval), un code Insee ou SIREN (31254, 243100633), un code postal ; "
        "le département départage les homonymes : « saint-denis 93 »",
    )


def _several(matches: "Matches") -> Unsure:
    from diagsources.territory import How

    is_near = matches.how is How.NEAR
    listed = matches.found[:_NEAR] if is_near else matches.found
    count = counted(matches.total, "territoire")
    says = "aucun territoire de ce nom ; les plus proches :" if is_near else f"{count} possibles :"
    typed = f"tapez le code de celui que vous voulez dire, par exemple {listed[0].key}"
    more = matches.total - len(listed) if not is_near else 0
    return Unsure(
        f"« {matches.asked} » : {says}",
        (*_lines(listed), *((f"et {counted(more, 'autre')}",) if more else ())),
        hint=matches.note or typed,
    )


def _lines(territories: tuple["Territory", ...]) -> tuple[str, ...]:
    """Each with how to type it."""
    from diagsources.reports.territories import described

    width = max(len(territory.key) for territory in territories)
    return tuple(f"{territory.key:{width}}  {described(territory)}" for territory in territories)
