"""The `table` format of `history`: the last runs at a glance, then what lasted from when to when."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from diagsources.reports.history import Seen, by_link, named, said, spark, stretches, when
from diagsources.terminal.styles import STYLES, linked
from diagsources.text import NBSP, visible

if TYPE_CHECKING:
    from rich.console import Console


def of_links(console: "Console", seen: Sequence[Seen]) -> None:
    """Link by link, the latest first."""
    for key, checks in by_link(seen):
        console.print(Text(visible(named(key)), style="bold").append(f"  {spark(checks)}", style="not bold"))
        if named(key) != key.url:
            console.print(Text(visible(key.url), style=linked(key.url, "dim")), soft_wrap=True)
        table = _grid()
        for stretch in reversed(list(stretches(checks))):
            table.add_row(Text(when(stretch), style="dim"), _said(stretch.last))
        console.print(Padding(table, (0, 0, 1, 2)))


def of_changes(console: "Console", seen: Sequence[Seen]) -> None:
    """What changed, of whatever link, the latest first."""
    table = _grid()
    for one in reversed(seen):
        text = Text(visible(named(one.key)), style="bold").append("  ", style="not bold").append(_said(one))
        table.add_row(Text(f"{one.at.astimezone():%d/%m/%Y %H:%M}", style="dim"), text)
    console.print(table)


def _said(seen: Seen) -> Text:
    glyph, style = STYLES[seen.verdict]
    text = Text(f"{glyph} {visible(said(seen))}", style=f"not bold {style}")
    if seen.suggestion:
        text.append(f"{NBSP}→ ", style="default").append(
            visible(seen.suggestion), style=linked(seen.suggestion, "cyan")
        )
    return text


def _grid() -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    return table
