"""The `table` format: what each command shows to a person, at any width.

Ids and titles are whole at 80 columns; addresses are hyperlinks behind the words.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from diagsources.model import (
    GRANULARITIES,
    KINDS,
    STATUSES,
    Catalogue,
    Problem,
    Source,
    Theme,
)
from diagsources.query import Hit
from diagsources.reports.card import Entry, Section
from diagsources.reports.sources import theme_counts, why
from diagsources.terminal.styles import STYLES, Mark, linked
from diagsources.text import NBSP, counted, french, visible
from diagsources.urls import masked, masked_in

if TYPE_CHECKING:
    from rich.console import Console

    from diagsources.reports.locations import Place
    from diagsources.reports.territories import TerritoryCard
    from diagsources.territory import Located, Territory

_WIDE = 120
"""From this width on, what a source is stands beside its title rather than under it."""

_FEW_MEMBERS = 10
"""Of the members of a territory, this many are shown unasked."""


_NOWHERE: "Mapping[str, Located]" = MappingProxyType({})


def sources(
    console: "Console",
    catalogue: Catalogue,
    chosen: Sequence[Source],
    marks: Mapping[str, Mark] = MappingProxyType({}),
    located: "Mapping[str, Located]" = _NOWHERE,
) -> None:
    """The sources under their themes, with the *marks* of their health and where they are for a territory, by id."""
    by_theme: dict[str, list[Source]] = {}
    for source in chosen:
        by_theme.setdefault(source.theme, []).append(source)
    width = max((len(source.id) for source in chosen), default=0)
    for theme in catalogue.themes:
        if theme.id in by_theme:
            members = by_theme[theme.id]
            console.print(_heading(theme.title, f"{theme.id} · {counted(len(members), 'source')}"))
            console.print(_source_table(console, catalogue, members, width, marks, located))
            console.print()


def hits(console: "Console", found: Sequence[Hit], located: "Mapping[str, Located]" = _NOWHERE) -> None:
    """What a search found, best first, each with the reason."""
    width = max((len(hit.source.id) for hit in found), default=0)
    table = _grid(width)
    for hit in found:
        title = _title(hit.source)
        title.append(f"\n{visible(why(hit))}", style="dim")
        if hit.source.id in located:
            title.append(_location(located[hit.source.id]))
        table.add_row(_id(hit.source), title)
    console.print(table)


def themes(console: "Console", catalogue: Catalogue, failing: Mapping[str, int] = MappingProxyType({})) -> None:
    """The advice, then the shelves, and how many sources of each are *failing*."""
    if catalogue.advice:
        console.print(Text(visible(catalogue.advice.title), style="bold"))
        console.print(Padding(Text(visible(catalogue.advice.text)), (0, 0, 1, 2)))
    counts = theme_counts(catalogue)
    table = _grid(max((len(theme.id) for theme in catalogue.themes), default=0))
    for theme in catalogue.themes:
        table.add_row(Text(visible(theme.id), style="cyan"), _theme(theme, counts[theme.id], failing.get(theme.id, 0)))
    console.print(table)


def card(console: "Console", source: Source, sections: Iterable[Section]) -> None:
    """All that is known of a source; the critical reading first."""
    console.print(_title(source))
    console.print(Text(masked(visible(source.url)), style=linked(source.url, "cyan")), soft_wrap=True)
    for section in sections:
        console.print()
        console.print(Text(section.title, style="bold underline"))
        console.print(_entries(section.entries))


def places(console: "Console", catalogue: Catalogue, card: "TerritoryCard", found: Sequence["Place"]) -> None:
    """Every address of a territory, whole, under the themes of their sources; then who says what the territory is."""
    # deferred: no other screen has use of them
    from diagsources.reports.locations import by_theme, said_of
    from diagsources.reports.territories import described, origin

    console.print(Text(visible(described(card.territory)), style="bold"))
    for title, group in by_theme(catalogue, found):
        console.print()
        console.print(_heading(title, counted(len(group), "source")))
        for source, located in group:
            url = masked(visible(located.url))
            console.print(Text("  ").append(visible(source.title), style=linked(located.url, "bold")))
            console.print(Text("  ").append(url, style=linked(located.url, "cyan")), soft_wrap=True)
            if located.said:
                said = Text(visible(said_of(located)), style="dim")
                console.print(Padding(said, (0, 0, 0, 4), expand=False))
    console.print()
    console.print(Text(visible(origin(card)), style="dim"))


def territory(console: "Console", card: "TerritoryCard", *, with_members: bool) -> None:
    """What a territory is, where it lies, the first of its members or all; then who says so."""
    # deferred: no other screen has use of them
    from diagsources.reports import territories
    from diagsources.territory import LEVELS

    console.print(_heading(card.territory.name, f"{LEVELS[card.territory.level]} · {card.territory.code}"))
    if card.note:
        console.print(Text(visible(card.note), style="yellow"))
    console.print(_entries(territories.entries(card)))
    if card.members:
        console.print()
        console.print(Text(territories.numbers(card.members), style="bold underline"))
        console.print(_members(card.members if with_members else card.members[:_FEW_MEMBERS]))
        left = 0 if with_members else len(card.members) - _FEW_MEMBERS
        if left > 0:
            console.print(Text(f"et {counted(left, 'autre')}{NBSP}; --members les montre", style="dim"))
    console.print()
    console.print(Text(visible(territories.origin(card)), style="dim"))


def problems(console: "Console", found: Sequence[Problem]) -> None:
    """The faults under their files."""
    for file, group in groupby(found, key=lambda problem: problem.file):
        console.print(Text(visible(file), style="bold"))
        table = _grid(7)
        for problem in group:
            says = Text(visible(problem.message)).append(f"  {problem.code}", style="dim")
            if problem.suggestion:
                says.append(f"\nplutôt{NBSP}: {visible(problem.suggestion)}", style="green")
            table.add_row(Text(f"{problem.line}:{problem.column}", style="cyan"), says)
        console.print(Padding(table, (0, 0, 0, 2)))


def _entries(entries: Iterable[Entry]) -> Table:
    table = _grid(20)
    for entry in entries:
        for index, value in enumerate(entry.values):
            table.add_row(Text(entry.label if index == 0 else "", style="dim"), _value(value))
    return table


def _members(members: Sequence["Territory"]) -> Table:
    """Code, name and population of each."""
    table = _grid(0)
    table.add_column(justify="right", no_wrap=True)
    table.columns[1].ratio = None
    for member in members:
        people = "" if member.population is None else counted(member.population, "habitant")
        table.add_row(Text(member.code, style="cyan"), Text(visible(member.name)), Text(people))
    return table


def _grid(width: int) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, min_width=width)
    table.add_column(overflow="fold", ratio=1)
    return table


def _mark(mark: Mark) -> Text:
    """« ✓ en ligne, vu il y a 3 jours »."""
    glyph, style = STYLES[mark.verdict]
    return Text(f"{glyph} {visible(mark.words)}", style=f"not bold {style}")


def _source_table(
    console: "Console",
    catalogue: Catalogue,
    members: Sequence[Source],
    width: int,
    marks: Mapping[str, Mark],
    located: "Mapping[str, Located]",
) -> Padding:
    wide = console.width >= _WIDE
    table = _grid(width)
    if wide:
        table.add_column(overflow="fold", ratio=1)
    for source in members:
        title, about = _title(source), _about(catalogue, source)
        if source.id in marks:
            about = about.append("\n" if about else "").append(_mark(marks[source.id]))
        if source.id in located:
            title.append(_location(located[source.id]))
        if wide:
            table.add_row(_id(source), title, about)
        else:
            table.add_row(_id(source), title.append("\n").append(about) if about else title)
    return Padding(table, (0, 0, 0, 2))


def _location(located: "Located") -> Text:
    """Under the title of a source: the territory its address leads to, and what is to be known of it; nothing where
    it has no address and nothing is."""
    text = Text(style="not bold")
    if located.territory is not None:
        text.append("\n→ ", style="cyan").append(visible(located.territory.name), style=linked(located.url, "cyan"))
    if located.said:
        text.append(f"\n{visible(french(masked_in(located.said)))}", style="dim")
    return text


def _heading(title: str, aside: str) -> Text:
    return Text(visible(title), style="bold").append(f"  {visible(aside)}", style="not bold dim")


def _theme(theme: Theme, count: int, failing: int) -> Text:
    text = Text(visible(theme.title), style="bold").append(f"  {counted(count, 'source')}", style="not bold")
    if failing:
        text.append(f", dont {failing} en échec", style="not bold red")
    if theme.description:
        text.append(f"\n{visible(theme.description)}", style="not bold")
    if theme.aliases:
        text.append(f"\naussi{NBSP}: {visible(', '.join(theme.aliases))}", style="not bold dim")
    return text


def _id(source: Source) -> Text:
    return Text(visible(source.id), style="cyan")


def _title(source: Source) -> Text:
    text = Text(visible(source.title), style=linked(source.url, "bold"))
    if source.status != "active" and source.lifecycle and source.lifecycle.successor != source.url:
        text.append(f" [{STATUSES[source.status]}]", style="yellow not bold")
    return text


def _about(catalogue: Catalogue, source: Source) -> Text:
    publisher = catalogue.publisher(source.publisher)
    kind = KINDS.get(source.kind or "", "")
    levels = ", ".join(GRANULARITIES[level] for level in source.granularity)
    parts = (publisher.name if publisher else "", kind, levels)
    return Text(visible(" · ".join(part for part in parts if part)), style="not bold dim")


def _value(value: str) -> Text:
    """*value*, every address in it a hyperlink."""
    text = Text()
    for part in re.split(r"(https?://[^\s<>«»]+)", visible(value)):
        text.append(part, style=linked(part, "cyan") if part.startswith(("http://", "https://")) else "default")
    return text
