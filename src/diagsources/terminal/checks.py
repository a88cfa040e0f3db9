"""The `table` format of `check`: what to act on, the gravest first; what has changed; the numbers."""

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from diagsources.model import FAILING, ROLES, VERDICTS, Verdict
from diagsources.reports.checks import by_gravity, numbers_in_words, remark, summary
from diagsources.reports.difference import has_a_past, lines, names
from diagsources.reports.story import story
from diagsources.terminal.styles import STYLES, linked
from diagsources.text import NBSP, counted, visible
from diagsources.urls import masked
from diagsources.verdict import REASONS
from diagsources.verdict.memory import Condition
from diagsources.verdict.told import Finding, Told, findings

if TYPE_CHECKING:
    from rich.console import Console


def screen(
    console: "Console", told: Sequence[Told], *, of: Collection[Told] = (), everything: bool, explained: bool = False
) -> None:
    """What to act on among *told*; with *everything*, also what is well; then the difference from the last run and
    the numbers, *of* all that was seen.

    The steps that evidence tells are told where something is to act on, and everywhere if *explained*.
    """
    ordered = sorted(told, key=by_gravity)
    for verdict, group in groupby(ordered, key=lambda one: one.check.judgement.verdict):
        if everything or verdict is not Verdict.OK:
            _section(console, verdict, list(group), everything=everything, explained=explained)
    whole = of or told
    if has_a_past(whole):
        _difference(console, whole)
    console.print(numbers(whole))
    _reused(console, whole)
    _weight(console, whole)


def numbers(told: Collection[Told]) -> Text:
    """« 68 liens : 3 cassés, 61 en ligne »."""
    line = Text(counted(len(told), "lien"), style="bold").append(f"{NBSP}: " if told else "")
    said = tuple(numbers_in_words(summary(one.check for one in told)))
    for index, (verdict, words) in enumerate(said):
        glyph, style = STYLES[verdict]
        line.append(f"{glyph} {words}", style=style)
        line.append(", " if index < len(said) - 1 else "", style="default")
    return line


_SPARED = ("out-of-time", "not-sampled")
"""The reasons of what was left out to spend little: many links, of which there is nothing else to say."""


def _section(console: "Console", verdict: Verdict, members: list[Told], *, everything: bool, explained: bool) -> None:
    glyph, style = STYLES[verdict]
    console.print(Text(f"{glyph} {VERDICTS[verdict]} ({len(members)})", style=f"bold {style}"))
    spared = () if everything else _SPARED
    for reason in spared:
        if several := [told for told in members if told.check.judgement.reason == reason]:
            console.print(Padding(_left_out(several), (0, 0, 0, 2)))
    shown = list(findings([told for told in members if told.check.judgement.reason not in spared]))
    for rank, finding in enumerate(shown, start=1):
        if finding.host:
            console.print(Padding(_host(finding, style), (0, 0, 0, 2)))
            continue
        (told,) = finding.told
        console.print(Padding(_finding(told, style), (0, 0, 0, 2)))
        if told.check.evidence.steps and (explained or verdict is not Verdict.OK):
            console.print(Padding(_story(told), (0, 0, 1 if rank < len(shown) else 0, 4)))
    console.print()


def _left_out(told: Sequence[Told]) -> Text:
    """One finding for all the links that were not asked, for the same reason."""
    judgement = told[0].check.judgement
    text = Text(f"{judgement.message}{NBSP}: ", style="bold").append(visible(", ".join(names(told))), style="not bold")
    return text.append(f". {REASONS[judgement.reason].advice}", style="not bold dim")


def _difference(console: "Console", told: Collection[Told]) -> None:
    console.print(Text("Depuis la dernière fois", style="bold"))
    changes = list(lines(told))
    if not changes:
        console.print(Text("  rien de changé", style="dim"))
    for line in changes:
        glyph, style = STYLES[line.verdict]
        text = Text(f"{glyph} {line.says}", style=style)
        text.append(f"{NBSP}: {visible(', '.join(line.names))}", style="default")
        console.print(Padding(text, (0, 0, 0, 2)))
    console.print()


def _reused(console: "Console", told: Collection[Told]) -> None:
    """Says how many of the links were not asked again."""
    reused = sum(one.is_reused for one in told)
    if reused:
        says = (
            "repris de la mémoire, sans être redemandé" if reused == 1 else "repris de la mémoire, sans être redemandés"
        )
        console.print(Text(f"{counted(reused, 'lien')} {says}", style="dim"))


def _weight(console: "Console", told: Collection[Told]) -> None:
    """Says of failures that do not count why the run is green all the same."""
    excused = sum(not one.counts and _may_pass(one) for one in told)
    if excused:
        does, them = ("n'est pas encore confirmé", "le") if excused == 1 else ("ne sont pas encore confirmés", "les")
        console.print(
            Text(f"{counted(excused, 'échec')} {does}{NBSP}; --no-confirmed {them} compte aussi", style="dim")
        )


def _may_pass(told: Told) -> bool:
    """Whether memory holds the failure that *told* is for one that may pass."""
    if told.kept is None or told.kept.after is None or told.check.judgement.verdict not in FAILING:
        return False
    return told.kept.after.condition is Condition.FRAGILE and told.excuse is None


def _finding(told: Told, style: str) -> Text:
    link, judgement = told.check.link, told.check.judgement
    text = _name(told)
    text.append(f"  {visible(judgement.message)}", style=style)
    advice = REASONS[judgement.reason].advice if judgement.reason in REASONS else ""
    if judgement.suggestion:
        address = masked(judgement.suggestion)
        text.append("\n→ ", style="default").append(visible(address), style=linked(judgement.suggestion, "cyan"))
    elif advice:
        text.append(f". {advice}", style="dim")
    if said := remark(told):
        text.append(f"\n{visible(said)}", style="magenta" if told.counts else "dim")
    text.append("\n").append(visible(masked(link.url)), style=linked(link.url, "dim"))
    return text


def _host(finding: Finding, style: str) -> Text:
    """One finding for all the links of a host that fail alike, which are named under it."""
    judgement = finding.told[0].check.judgement
    text = Text(visible(finding.host), style="bold")
    text.append(f"  {counted(len(finding.told), 'lien')}{NBSP}: {visible(judgement.message)}", style=style)
    for told in finding.told:
        text.append("\n- ", style="dim").append(_name(told))
        if said := remark(told):
            text.append(f"  {visible(said)}", style="dim")
        text.append("\n  ").append(visible(masked(told.check.link.url)), style=linked(told.check.link.url, "dim"))
    return text


def _name(told: Told) -> Text:
    link = told.check.link
    text = Text(visible(link.id), style="bold")
    if link.rel != "url":
        text.append(f" ({ROLES.get(link.rel, link.rel)})", style="not bold dim")
    return text


def _story(told: Told) -> Table:
    """The steps that led to the verdict, numbered."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    for rank, sentence in enumerate(story(told.check), start=1):
        table.add_row(f"{rank}.", Text(visible(sentence)))
    return table
