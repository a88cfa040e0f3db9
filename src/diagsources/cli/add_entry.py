"""The entry of `add`: what may stand in it, and what its keeper answers of it."""

import re
from collections.abc import Collection, Sequence

from diagsources.cli.prompts import NOTHING, answered
from diagsources.errors import DiagsourcesError, UnknownValue, WrongUsage
from diagsources.mending import PageSays, Wanted, already, drafted, may_be_written, theme_of
from diagsources.model import ID_PATTERN, KINDS, PLATFORMS, Catalogue
from diagsources.query import themes_by_name
from diagsources.terminal import Terminal
from diagsources.text import fold, nearest
from diagsources.urls import is_web_url, masked


class Refused(DiagsourcesError):
    """A source that is not to be added."""


def require_new(whole: Catalogue, urls: Sequence[str]) -> None:
    """Refuses an address that a source has already."""
    known = already(whole, urls)
    if known is not None:
        raise Refused(
            f"déjà au catalogue : « {known.source.id} » a cette adresse ({known.source.file}:{known.source.line}, "
            f"{known.key})",
            hint=f"diagsources show {known.source.id}",
        )


def require_address(url: str) -> None:
    """Refuses what is no address for a catalogue; raises `WrongUsage`."""
    if not is_web_url(url):
        raise WrongUsage(f"{masked(url)} n'est pas une adresse http ou https", hint="une adresse commence par https://")
    if not may_be_written(url):
        raise WrongUsage(
            f"{masked(url)} porte un nom d'utilisateur ou un mot de passe, qu'un catalogue n'a pas à garder",
            hint="donnez l'adresse sans ce qui précède @",
        )


def require_known(whole: Catalogue, wanted: Wanted) -> None:
    """Refuses values that no entry may have."""
    if wanted.kind:
        _kind(wanted.kind)
    if wanted.platform:
        _one_of(wanted.platform, PLATFORMS, "plateforme inconnue")
    if wanted.id is not None:
        _id(whole, wanted.id)
    if wanted.theme is not None:
        theme_named(whole, wanted.theme)


def theme_named(whole: Catalogue, name: str) -> str:
    """The theme that goes by *name*; raises `UnknownValue`."""
    names = _themes(whole)
    for theme, others in names.items():
        if fold(name) in {fold(each) for each in (theme, *others)}:
            return theme
    near = nearest(name, [each for theme, others in names.items() for each in (theme, *others)])
    raise UnknownValue("thème inconnu", name, near, where=", ".join(names))


def theme_for(whole: Catalogue, url: str, page: PageSays, name: str | None) -> str:
    """The theme called *name*, else the one that *page* resembles; raises `UnknownValue` or `WrongUsage`."""
    found = theme_named(whole, name) if name is not None else _likeliest(whole, url, page)
    if not found:
        hint = f"--theme, parmi {', '.join(_themes(whole))}"
        raise WrongUsage("aucun thème ne ressemble à cette page", hint=hint)
    return found


def asked(whole: Catalogue, url: str, page: PageSays, wanted: Wanted, terminal: Terminal) -> Wanted:
    """*wanted*, with what its keeper answers of what the command line left open."""
    terminal.say(f"Entrée garde ce qui est proposé, « {NOTHING} » l'écarte.")
    if wanted.title is None:
        wanted = wanted._replace(title=answered("Titre", page.title, terminal, taken=_title))
    entry = drafted(whole, url, page, wanted, on=None)

    def proposed(key: str) -> str:
        return str(entry.get(key, ""))

    if wanted.id is None:
        name = answered("Identifiant", proposed("id"), terminal, taken=lambda said: _id(whole, said))
        wanted = wanted._replace(id=name)
    if wanted.theme is None:
        likely = _likeliest(whole, url, page)
        theme = answered("Thème", likely, terminal, taken=lambda said: theme_named(whole, said))
        wanted = wanted._replace(theme=theme)
    if wanted.publisher is None:
        wanted = wanted._replace(publisher=answered("Diffuseur", proposed("publisher"), terminal, taken=str))
    if wanted.kind is None:
        wanted = wanted._replace(kind=answered("Nature", proposed("kind"), terminal, taken=_kind))
    if wanted.keywords is None:
        words = ", ".join(_texts(entry.get("keywords")))
        wanted = wanted._replace(keywords=answered("Mots-clés", words, terminal, taken=_words))
    return wanted


def _themes(whole: Catalogue) -> dict[str, tuple[str, ...]]:
    """The themes that sources have, or may have, each with the other names it goes by."""
    declared = themes_by_name(whole)
    return declared | {source.theme: () for source in whole.sources if source.theme not in declared}


def _likeliest(whole: Catalogue, url: str, page: PageSays) -> str:
    names = _themes(whole)
    return next(iter(names)) if len(names) == 1 else theme_of(whole, url, page)


def _title(said: str) -> str:
    if not said:
        raise WrongUsage("il faut un titre")
    return said


def _id(whole: Catalogue, said: str) -> str:
    if not re.fullmatch(ID_PATTERN, said):
        raise WrongUsage(
            f"« {said} » n'est pas un identifiant", hint="des minuscules sans accent, des chiffres et des tirets"
        )
    taken = whole.find(said)
    if taken is not None:
        raise Refused(f"l'identifiant « {said} » est pris ({taken.file}:{taken.line})", hint="donnez-en un autre")
    return said


def _kind(said: str) -> str:
    return _one_of(said, KINDS, "nature inconnue") if said else said


def _one_of(said: str, known: Collection[str], what: str) -> str:
    if said not in known:
        raise UnknownValue(what, said, nearest(said, known), where=", ".join(known))
    return said


def _words(said: str) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in said.split(","))))


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
