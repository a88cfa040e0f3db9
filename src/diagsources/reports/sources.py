"""Reports about the catalogue: its sources, what a search found, its themes, its problems."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from diagsources.model import KINDS, Catalogue, Problem, Source, plain_of
from diagsources.query import Hit
from diagsources.reports.located import COLUMNS, located_record, located_row
from diagsources.reports.report import Column, Report, instant
from diagsources.text import NBSP
from diagsources.urls import masked, masked_in

if TYPE_CHECKING:
    from diagsources.reports.card import Section
    from diagsources.territory import Located
    from diagsources.verdict.health import Health

SOURCES = "diagsources.sources/1"

_COLUMNS = (
    Column("id", "Identifiant"),
    Column("theme", "Thème"),
    Column("title", "Titre"),
    Column("publisher", "Diffuseur"),
    Column("producer", "Producteur"),
    Column("kind", "Nature"),
    Column("granularity", "Mailles"),
    Column("status", "État"),
    Column("url", "Adresse"),
)


_UNKNOWN: "Mapping[str, Health]" = MappingProxyType({})
_NOWHERE: "Mapping[str, Located]" = MappingProxyType({})


def of_sources(
    catalogue: Catalogue,
    sources: Sequence[Source],
    known: "Mapping[str, Health]" = _UNKNOWN,
    located: "Mapping[str, Located]" = _NOWHERE,
) -> Report:
    """The sources with the catalogue's own keys, their health where it is *known*, and where they are for a territory
    where they are *located*; flat: one line each."""
    return Report(
        schema=SOURCES,
        key="sources",
        columns=(*_COLUMNS, *(COLUMNS if located else ())),
        records=(
            record(source) | health_record(known.get(source.id)) | located_record(located.get(source.id))
            for source in sources
        ),
        rows=((*_row(catalogue, source), *_located_cells(source, located)) for source in sources),
    )


def _located_cells(source: Source, located: "Mapping[str, Located]") -> tuple[str, ...]:
    """Nothing where no territory is asked for: there are no columns for it then."""
    return located_row(located.get(source.id)) if located else ()


def of_hits(catalogue: Catalogue, hits: Sequence[Hit], located: "Mapping[str, Located]" = _NOWHERE) -> Report:
    """What a search found, best first, with its score and why, and where that is for a territory, where *located*."""
    return Report(
        schema=SOURCES,
        key="sources",
        columns=(*_COLUMNS, Column("score", "Score"), Column("matches", "Trouvé dans"), *(COLUMNS if located else ())),
        records=(
            record(hit.source)
            | {"score": hit.score, "matches": [plain_of(match) for match in hit.matches]}
            | located_record(located.get(hit.source.id))
            for hit in hits
        ),
        rows=(
            (*_row(catalogue, hit.source), f"{hit.score:g}", why(hit), *_located_cells(hit.source, located))
            for hit in hits
        ),
    )


def of_themes(catalogue: Catalogue, failing: Mapping[str, int] = MappingProxyType({})) -> Report:
    """The themes with how many sources each has, and how many of these are *failing* where that is known; the
    advice goes with them."""
    advice = catalogue.advice
    counts = theme_counts(catalogue)
    return Report(
        schema="diagsources.themes/1",
        key="themes",
        columns=(
            Column("id", "Thème"),
            Column("title", "Titre"),
            Column("sources", "Sources"),
            Column("description", "Contenu"),
            Column("aliases", "Aussi"),
        ),
        records=(
            plain_of(theme)
            | {"sources": counts[theme.id]}
            | ({"failing": failing[theme.id]} if theme.id in failing else {})
            for theme in catalogue.themes
        ),
        rows=(
            (theme.id, theme.title, str(counts[theme.id]), theme.description or "", ", ".join(theme.aliases))
            for theme in catalogue.themes
        ),
        head={"advice": plain_of(advice)} if advice else {},
        preface=f"{advice.title}{NBSP}: {advice.text}" if advice else "",
    )


def of_problems(problems: Sequence[Problem]) -> Report:
    """The faults of the YAML, in the order of the files."""
    return Report(
        schema="diagsources.problems/1",
        key="problems",
        columns=(
            Column("place", "Où"),
            Column("code", "Code"),
            Column("message", "Problème"),
            Column("suggestion", "Plutôt"),
        ),
        records=(plain_of(problem) for problem in problems),
        rows=((problem.place, problem.code, problem.message, problem.suggestion) for problem in problems),
    )


def of_cards(
    sources: Sequence[Source],
    cards: Iterable[Sequence["Section"]],
    known: "Mapping[str, Health]" = _UNKNOWN,
    further: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
) -> Report:
    """Whole cards: the sources for programs, with their health and *further* keys, by id; a line for each thing said
    for people."""
    return Report(
        schema=SOURCES,
        key="sources",
        columns=(Column("id", "Source"), Column("field", "Rubrique"), Column("value", "Contenu")),
        records=(
            {**record(source), **health_record(known.get(source.id)), **further.get(source.id, {})}
            for source in sources
        ),
        rows=(
            (source.id, label, value)
            for source, card in zip(sources, cards, strict=True)
            for label, value in _said(source, card)
        ),
    )


def _said(source: Source, card: Sequence["Section"]) -> Iterator[tuple[str, str]]:
    yield "Titre", source.title
    for section in card:
        for entry in section.entries:
            for value in entry.values:
                yield entry.label, value


def record(source: Source) -> dict[str, Any]:
    """*source* with the catalogue's own keys, plus `theme`, `file` and `line`."""
    plain: dict[str, Any] = _masked(plain_of(source))
    del plain["url_line"]
    for link in plain.get("links", ()):
        del link["line"]
    if "territory_urls" in plain:
        plain["territory_urls"] = dict(map(_level_and_template, plain["territory_urls"]))
    if "cautions" in plain:
        plain["cautions"] = [_short(caution) for caution in plain["cautions"]]
    return plain


def health_record(health: "Health | None") -> dict[str, Any]:
    """`health` as JSON documents have it; nothing where it is not known."""
    if health is None:
        return {}
    state = health.state
    return {
        "health": {
            "verdict": state.verdict.value,
            "reason": state.reason,
            "condition": state.condition.value,
            "since": instant(state.since),
            "checked_at": instant(state.at),
            "rel": health.rel,
        }
    }


def _masked(plain: Any) -> Any:
    """*plain* with the credentials of every address in it masked."""
    if isinstance(plain, dict):
        return {key: _masked(value) for key, value in plain.items()}
    if isinstance(plain, list):
        return [_masked(value) for value in plain]
    return masked_in(plain) if isinstance(plain, str) else plain


def theme_counts(catalogue: Catalogue) -> dict[str, int]:
    """How many sources each theme has, those it shares included."""
    counts = dict.fromkeys((theme.id for theme in catalogue.themes), 0)
    for source in catalogue.sources:
        for theme in source.themes:
            counts[theme] += 1
    return counts


_FIELDS: Mapping[str, str] = {
    "title": "titre",
    "id": "identifiant",
    "keywords": "mots-clés",
    "publisher": "diffuseur",
    "kind": "nature",
    "cautions": "précautions",
    "theme": "thème",
    "granularity": "mailles",
    "access": "accès",
    "collection": "collecte",
    "platform": "plateforme",
    "coverage": "couverture",
    "links": "liens",
    "url": "adresse",
    "lifecycle": "état",
}
"""The fields of a match, where French does not write them the same."""


def why(hit: Hit) -> str:
    """« titre : Base, équipements ; mots-clés : commerces »."""
    words: dict[str, list[str]] = {}
    for match in hit.matches:
        words.setdefault(_FIELDS.get(match.field, match.field), []).append(match.word)
    return f"{NBSP}; ".join(f"{field}{NBSP}: {', '.join(found)}" for field, found in words.items())


def _short(caution: Mapping[str, str]) -> Any:
    return caution if "source" in caution else caution["text"]


def _level_and_template(template: dict[str, Any]) -> tuple[str, Any]:
    """As the YAML has it: the address alone where nothing else is said."""
    rest = {key: value for key, value in template.items() if key not in ("level", "line")}
    return template["level"], rest if len(rest) > 1 else rest["url"]


def _row(catalogue: Catalogue, source: Source) -> tuple[str, ...]:
    publisher, producer = catalogue.publisher(source.publisher), catalogue.publisher(source.producer)
    return (
        source.id,
        source.theme,
        source.title,
        publisher.name if publisher else "",
        producer.name if producer else "",
        KINDS.get(source.kind or "", ""),
        ",".join(source.granularity),
        source.status,
        masked(source.url),
    )
