"""Which sources a query asks for. Comparisons ignore case, accents and ligatures."""

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from diagsources.errors import UnknownValue
from diagsources.model import ACCESSES, GRANULARITIES, KINDS, PLATFORMS, STATUSES, Catalogue, Publisher, Source
from diagsources.query.searching import search
from diagsources.text import fold, nearest


class Query(NamedTuple):
    """What is asked for: one of the values of each field that has any; `search` words all together."""

    ids: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    granularity: tuple[str, ...] = ()
    coverage: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    search: str = ""

    @property
    def selects(self) -> bool:
        """Whether anything at all is asked for."""
        return any(self)


def select(catalogue: Catalogue, query: Query) -> tuple[Source, ...]:
    """The sources that *query* asks for, in the order of the catalogue.

    Raises `UnknownValue`, naming the nearest, for a value that nothing bears.
    """
    chosen: Iterable[Source] = catalogue.sources
    _refuse_other_than_ids(catalogue, query.ids)
    for what, asked, values_of, known in _criteria(catalogue, query):
        if asked:
            wanted = frozenset(chain.from_iterable(_resolved(what, word, known) for word in asked))
            chosen = [source for source in chosen if wanted.intersection(values_of(source))]
    if query.search:
        found = {hit.source.id for hit in search(catalogue, query.search)}
        chosen = [source for source in chosen if source.id in found]
    return tuple(chosen)


def _refuse_other_than_ids(catalogue: Catalogue, words: Iterable[str]) -> None:
    """Raises `UnknownValue` for an address or the word of a theme where an id is due: nothing near would help."""
    ids = {fold(source.id) for source in catalogue.sources}
    for word in words:
        if "://" in word:
            raise UnknownValue(
                "source inconnue", word, (), where="pour des adresses : diagsources check --from FICHIER"
            )
        if fold(word) not in ids and (theme := _theme_of(catalogue, word)):
            where = f"c'est un thème : diagsources list --theme {theme}"
            raise UnknownValue("source inconnue", word, (), where=where)


def _theme_of(catalogue: Catalogue, word: str) -> str:
    named = themes_by_name(catalogue).items()
    return next((theme for theme, also in named if fold(word) in {fold(each) for each in (theme, *also)}), "")


_Values = Callable[[Source], Iterable[str | None]]
_Known = Callable[[], Mapping[str, Iterable[str]]]
"""The values that can be asked for, each with the other words it goes by."""


def _criteria(catalogue: Catalogue, query: Query) -> Iterable[tuple[str, tuple[str, ...], _Values, _Known]]:
    sources = catalogue.sources
    yield "source inconnue", query.ids, lambda source: (source.id,), lambda: {each.id: () for each in sources}
    yield "thème inconnu", query.themes, lambda source: source.themes, lambda: themes_by_name(catalogue)
    yield (
        "diffuseur inconnu",
        query.publishers,
        lambda source: (source.publisher, source.producer),
        lambda: _publishers_by_name(catalogue),
    )
    yield "nature inconnue", query.kinds, lambda source: (source.kind,), lambda: _labelled(KINDS)
    yield "accès inconnu", query.access, lambda source: source.access, lambda: _labelled(ACCESSES)
    yield "maille inconnue", query.granularity, lambda source: source.granularity, lambda: _labelled(GRANULARITIES)
    yield "couverture inconnue", query.coverage, lambda source: source.coverage, lambda: _coverages(sources)
    yield "plateforme inconnue", query.platforms, lambda source: (source.platform,), lambda: _labelled(PLATFORMS)
    yield (
        _UNKNOWN_KEYWORD,
        query.keywords,
        lambda source: source.keywords,
        lambda: dict.fromkeys(chain.from_iterable(each.keywords for each in sources), ()),
    )
    yield "état inconnu", query.statuses, lambda source: (source.status,), lambda: _labelled(STATUSES)


def themes_by_name(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Every theme by id, with its title and aliases."""
    return {theme.id: (theme.title, *theme.aliases) for theme in catalogue.themes}


def _publishers_by_name(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    used = dict.fromkeys(chain.from_iterable((each.publisher, each.producer) for each in catalogue.sources))
    named: Iterable[Publisher | None] = (catalogue.publisher(reference) for reference in used)
    return {each.id: (each.name,) for each in named if each is not None}


def _labelled(labels: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {value: (label,) for value, label in labels.items()}


def _coverages(sources: Iterable[Source]) -> dict[str, tuple[str, ...]]:
    codes = chain.from_iterable(source.coverage for source in sources)
    return {code: (code.partition(":")[2],) for code in codes}


def _resolved(what: str, word: str, known: _Known) -> tuple[str, ...]:
    """The values that *word* stands for: their own name, or another they go by."""
    names, folded = known(), fold(word)
    exact = tuple(value for value in names if fold(value) == folded)
    if exact:
        return exact
    also = tuple(value for value, others in names.items() if folded in {fold(other) for other in others})
    if also:
        return also
    by_word = {name: value for value, others in names.items() for name in (value, *others)}
    near = tuple(dict.fromkeys(by_word[name] for name in nearest(word, by_word)))
    raise UnknownValue(what, word, near, where=_where_to_look(what, names))


def _where_to_look(what: str, names: Collection[str]) -> str:
    """All the values where they are few; `list` shows the others, but for keywords."""
    if len(names) <= _FEW:
        return f"valeurs connues : {', '.join(names)}"
    return "diagsources search cherche un mot partout" if what == _UNKNOWN_KEYWORD else "diagsources list les montre"


_UNKNOWN_KEYWORD = "mot-clé inconnu"
_FEW = 20
"""Up to this many values, all are named when nothing is near."""
