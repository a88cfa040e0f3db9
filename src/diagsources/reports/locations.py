"""Reports about sources for a territory: where each is, and all of it on one page, for people and for browsers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from diagsources.model import Catalogue, Source
from diagsources.reports.card import Entry, Section
from diagsources.reports.located import COLUMNS, address_record, located_row, short
from diagsources.reports.markup import in_markdown, in_xml, link_in_markdown, quoted
from diagsources.reports.page import address
from diagsources.reports.report import Column, Report
from diagsources.reports.territories import TerritoryCard, described, origin
from diagsources.templates import LEVELS
from diagsources.territory import Located, Territory
from diagsources.text import french
from diagsources.urls import masked, masked_in

LINKS = "diagsources.links/1"


class Place(NamedTuple):
    """A source, and where it is for the territory."""

    source: Source
    located: Located


def located_section(territory: Territory, located: Located | None) -> Section:
    """The part of a card that says where a source is for *territory*, or that it leaves it out."""
    level = LEVELS[((located and located.territory) or territory).level]
    if located is None:
        values: tuple[str, ...] = ("ce territoire n'est pas couvert",)
    elif located.territory is None:
        values = (said_of(located) or "pas d'adresse par territoire, à chercher sur le site",)
    else:
        values = (masked(located.url), *((said_of(located),) if located.said else ()))
    return Section(f"Pour {territory.name}", (Entry(level[0].upper() + level[1:], values),))


def said_of(located: Located) -> str:
    """What is to be known before going there, as French is printed."""
    return french(masked_in(located.said))


def of_places(catalogue: Catalogue, card: TerritoryCard, places: Sequence[Place]) -> Report:
    """All *places* for the territory of *card*; as Markdown a page by theme, as HTML a file of bookmarks."""
    territory = card.territory
    return Report(
        schema=LINKS,
        key="links",
        columns=(
            *(Column("id", "Source"), Column("theme", "Thème"), Column("title", "Titre"), Column("url", "Adresse")),
            *COLUMNS[1:],
        ),
        records=(_record(catalogue, place) for place in places),
        rows=((s.id, s.theme, s.title, masked(at.url), *located_row(at)[1:]) for s, at in places),
        head={"territory": short(territory)} | {key: card.about[key] for key in ("vintage", "source", "licence")},
        pages={
            "markdown": lambda: _markdown(catalogue, card, places),
            "html": lambda: _bookmarks(catalogue, territory, places),
        },
    )


def by_theme(catalogue: Catalogue, places: Iterable[Place]) -> Iterator[tuple[str, list[Place]]]:
    """*places* under the titles of their themes, in the order given."""
    titles = {theme.id: theme.title for theme in catalogue.themes}
    for theme, group in groupby(places, key=lambda place: place.source.theme):
        yield titles.get(theme, theme), list(group)


def _record(catalogue: Catalogue, place: Place) -> Mapping[str, Any]:
    source = place.source
    publisher = catalogue.publisher(source.publisher)
    return {
        "id": source.id,
        "title": source.title,
        "theme": source.theme,
        "publisher": publisher.name if publisher else None,
        **address_record(place.located),
    }


def _markdown(catalogue: Catalogue, card: TerritoryCard, places: Sequence[Place]) -> Iterator[str]:
    territory = card.territory
    yield f"# Les sources pour {in_markdown(territory.name)}\n\n{in_markdown(described(territory))}\n"
    for title, group in by_theme(catalogue, places):
        yield f"\n## {in_markdown(title)}\n\n"
        for source, located in group:
            said = said_of(located)
            yield f"- {link_in_markdown(source.title, masked(located.url))}"
            yield (f" — {in_markdown(said)}" if said else "") + "\n"
    yield f"\n{in_markdown(origin(card))}\n"


def _bookmarks(catalogue: Catalogue, territory: Territory, places: Sequence[Place]) -> Iterator[str]:
    """The file that every browser imports, and shows as a page: a folder for the territory, one in it a theme.

    Its form is Netscape's, which no standard describes: tags are not closed, and the first line is what tells it.
    """
    name = in_xml(f"{territory.name} ({LEVELS[territory.level]})")
    yield "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n"
    yield '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">\n'
    yield f"<TITLE>{name}</TITLE>\n<H1>Favoris</H1>\n<DL><p>\n    <DT><H3>{name}</H3>\n    <DL><p>\n"
    for title, group in by_theme(catalogue, places):
        yield f"        <DT><H3>{in_xml(title)}</H3>\n        <DL><p>\n"
        for source, located in group:
            target, words = address(masked(located.url)), in_xml(source.title)
            said = said_of(located)
            yield f'            <DT><A HREF="{quoted(target)}">{words}</A>\n' if target else ""
            yield f"            <DD>{in_xml(said)}\n" if target and said else ""
        yield "        </DL><p>\n"
    yield "    </DL><p>\n</DL><p>\n"
