"""One run of checks: what was seen so far, what is held back until the network has shown itself, what it means."""

from collections.abc import AsyncIterable, Collection, Iterable, Iterator, Mapping
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TextIO

from diagsources.cli.budget import Plan, is_out_of_time
from diagsources.cli.clock import clock, now
from diagsources.cli.emit import emit, stream, to_file
from diagsources.cli.exceptions import Exceptions, Needless
from diagsources.cli.ledger import Ledger
from diagsources.cli.memory import Memory
from diagsources.cli.options import Output
from diagsources.cli.reporting import Wanted, write
from diagsources.errors import Inconclusive, NoNetwork
from diagsources.model import Link, Verdict
from diagsources.reports import FORMATS, Report
from diagsources.reports.checks import Tally, by_gravity, numbers_in_words, of_checks
from diagsources.reports.difference import has_a_past, in_one_line, is_new, names
from diagsources.text import NBSP, counted
from diagsources.urls import masked
from diagsources.verdict import Check
from diagsources.verdict.memory import Kept
from diagsources.verdict.told import Told, tell
from diagsources.verdict.turnout import Attendance, Turnout, inconclusive, is_doubtful

if TYPE_CHECKING:
    from rich.console import Console

    from diagsources.check import Policy

_STREAMING = "jsonl"
_SUSPICIOUS = 10
"""After so many links and no host that answered, the network itself is asked after."""


class Reading(NamedTuple):
    """How a verdict is read: what fails, whether memory may excuse it, and what else does."""

    failing: frozenset[Verdict]
    strict: bool
    exceptions: Exceptions


class View(NamedTuple):
    """What of a run is shown."""

    total: int | None = None
    """How many links there are, if that is known."""
    explain: bool = False
    only_new: bool = False
    themes: Mapping[str, str] = {}
    """The titles of themes by id."""
    reports: tuple[Wanted, ...] = ()
    """What is written besides, of the whole run."""


@dataclass(slots=True)
class Asking:
    """One run."""

    rendering: Output
    memory: Memory
    reading: Reading
    view: View
    canaries: tuple[str, ...] = ()
    interrupted: bool = False
    red: int = 0
    """How many checks count."""
    _tally: Tally = field(default_factory=Tally)
    _told: Ledger = field(default_factory=Ledger)
    """Every check, unless they are written as they come; then those that differ from the last run."""
    _needless: Needless = field(default_factory=Needless)
    _held: list[Check] = field(default_factory=list)
    _attendance: Attendance = field(default_factory=Attendance)
    _file: TextIO | None = None
    """Where checks are written as they come, when that is a file."""
    _reached: bool = False
    """Whether a host has answered, of the list or one that is known to be there."""
    _is_whole: bool = True
    """Whether the time allowed has sufficed."""
    _started_at: datetime = field(default_factory=now)

    def ask(self, links: Iterable[Link] | AsyncIterable[Link], policy: "Policy") -> None:
        """Asks, keeping what comes; on Ctrl-C, keeps what came. Raises `NoNetwork` or `Inconclusive`."""
        import asyncio  # deferred, as httpx: help has no use of it

        from diagsources.check import check, fast_loop, for_a_long_run, roomy
        from diagsources.terminal.progress import progress

        with progress(self.rendering.terminal, self.view.total) as advance:

            async def consume() -> None:
                async with aclosing(check(links, roomy(policy), known=self.memory.known, now=clock())) as checks:
                    async for one in checks:
                        advance(said=one.link.id)
                        self._keep(one)

            try:
                with for_a_long_run(), asyncio.Runner(loop_factory=fast_loop()) as runner:
                    runner.run(consume())
            except KeyboardInterrupt:
                self.interrupted = True
        if self._held and not self._reached:
            if self.interrupted:  # no host has answered: nothing can be said of those that did not
                self._held.clear()
            else:
                self._require_network()
        self._release()
        if not self.interrupted:
            self._require_sense()
        self.memory.finish(is_whole=self._is_whole and not self.interrupted)

    def take(self, plan: Plan) -> None:
        """Takes in what is known without asking."""
        for remembered in plan.remembered:
            self._tell(remembered.check, remembered.kept, is_reused=remembered.is_reused)
        for check in plan.skipped:
            self._tell(check, self.memory.keep(check))

    def report(self) -> None:
        """What was seen, the gravest first; a streamed report has been written by now."""
        finished_at = now()
        if self.view.reports:
            make = partial(self._report, self._told.gravest_first(), self._tally, finished_at)
            write(self.view.reports, self.rendering.terminal, make, partial(self._screen, whole=True))
        if not self._streams:
            shown, tally = self._told.gravest_first(), self._tally
            if self.view.only_new:
                shown = list(filter(is_new, shown))
                tally = Tally(shown)
            emit(self.rendering, self._report(shown, tally, finished_at), self._screen)
        self._say_numbers()

    def _report(self, told: Collection[Told], tally: Tally, finished_at: datetime) -> Report:
        return of_checks(
            told,
            started_at=self._started_at,
            finished_at=finished_at,
            interrupted=self.interrupted,
            themes=self.view.themes,
            tally=tally,
        )

    @contextmanager
    def streaming(self) -> Iterator[None]:
        """Keeps the file open to which checks are written as they come, where that is asked for."""
        if not (self._streams and self.rendering.file):
            yield
            return
        with to_file(self.rendering.file) as self._file:
            yield

    @property
    def _streams(self) -> bool:
        return self.rendering.format == _STREAMING and not self.rendering.silent

    def _say_numbers(self) -> None:
        terminal = self.rendering.terminal
        seen = counted(self._tally.counts.total(), "lien")
        if self.interrupted:
            terminal.say(f"interrompu après {seen}" + (f" sur {self.view.total}" if self.view.total else ""))
        if (self.interrupted or not self._is_whole) and self.memory.resumes:
            terminal.say("la même commande avec --resume ne demande que le reste")
        if stale := sorted(self._needless.found(), key=by_gravity):
            says = "une exception peut partir, son lien va"
            if len(stale) > 1:
                says = f"{len(stale)} exceptions peuvent partir, leurs liens vont"
            terminal.say(f"{says} de nouveau bien : {', '.join(names(stale))}")
        if self.rendering.format == "table":
            return
        numbers = ", ".join(words for _, words in numbers_in_words(self._tally.counts))
        terminal.say(f"{seen} : {numbers or 'aucune adresse à vérifier'}")
        if self.memory.remembers and has_a_past(self._told):
            terminal.say(in_one_line(self._told))

    def _keep(self, check: Check) -> None:
        """Keeps *check*; while no host has answered, one that met nobody waits."""
        if not self._reached and check.evidence.reached is False:
            self._held.append(check)
            if len(self._held) == _SUSPICIOUS:
                self._require_network()
                self._reached = True
            return
        self._reached = self._reached or check.evidence.reached is True
        if self._reached:
            self._release()
        self._remember(check)

    def _release(self) -> None:
        for check in self._held:
            self._remember(check)
        self._held.clear()

    def _remember(self, check: Check) -> None:
        kept = self.memory.keep(check)
        self._attendance.note(check, kept.before if kept is not None else None)
        self._tell(check, kept)

    def _tell(self, check: Check, kept: Kept | None, *, is_reused: bool = False) -> None:
        reading = self.reading
        told = tell(
            check,
            kept,
            today=self._started_at.date(),
            exception=reading.exceptions.of(check.link),
            failing=reading.failing,
            strict=reading.strict,
            is_reused=is_reused,
        )
        self._tally.add(told)
        self._narrate(check)
        self.red += told.counts
        self._is_whole = self._is_whole and not is_out_of_time(told)
        if not self._streams or self.view.reports or told.change is not None:
            self._told.append(told)
        self._needless.note(told)
        if not self._streams:
            return
        if not self._is_shown(told):
            return
        report = of_checks((told,), themes=self.view.themes)
        if self._file is not None:
            FORMATS[_STREAMING].render(report, self._file)
        else:
            stream(self.rendering, report, self._screen)

    def _narrate(self, check: Check) -> None:
        """Says how the verdict was come by, where the report is none for the eyes."""
        terminal = self.rendering.terminal
        if not check.evidence.steps or self.rendering.format == "table" or terminal.verbosity < 0:
            return
        from diagsources.reports.story import story

        terminal.say(f"{check.link.id}{NBSP}: {masked(check.link.url)}")
        for rank, sentence in enumerate(story(check), start=1):
            terminal.say(f"  {rank}. {sentence}")

    def _is_shown(self, told: Told) -> bool:
        return not self.view.only_new or is_new(told)

    def _screen(self, console: "Console", *, whole: bool = False) -> None:
        from diagsources.terminal import checks

        explain = self.view.explain
        everything = explain or self.rendering.terminal.verbosity > 0
        shown = [told for told in self._told if whole or self._is_shown(told)]
        checks.screen(console, shown, of=self._told, everything=everything, explained=explain)

    def _require_network(self) -> None:
        """Raises `NoNetwork` where no host that is known to be there takes a connection."""
        if not _network_is_there(self.canaries):
            self.memory.retract()
            raise NoNetwork(
                "aucun hôte n'a répondu : vous semblez hors ligne, rien n'est dit des liens",
                hint="vérifiez la connexion, ou le pare-feu, puis recommencez ; "
                "les mandataires (proxy) ne sont pas suivis",
            )

    def _require_sense(self) -> None:
        """Raises `Inconclusive` where nearly everything fails: it is us, and memory takes it back."""
        turnout = self._attendance.turnout()
        canary = _network_is_there(self.canaries) if is_doubtful(turnout) else None
        if not inconclusive(turnout, canary=canary):
            return
        self.memory.retract()
        raise Inconclusive(
            f"presque tous les hôtes échouent à la fois ({_how_many(turnout)}) : la panne est sans doute de ce côté, "
            "rien n'est dit des liens",
            hint="vérifiez la connexion, un portail d'accès ou un pare-feu, puis recommencez",
        )


def _how_many(turnout: Turnout) -> str:
    """« 1 hôte sur 40 répond », « aucun des 11 qui allaient bien ne va bien »."""
    if 2 * turnout.reached < turnout.hosts:
        return f"{turnout.reached or 'aucun'} sur {turnout.hosts} {'répondent' if turnout.reached > 1 else 'répond'}"
    if not turnout.still_well:
        return f"aucun des {turnout.were_well} qui allaient bien ne va bien"
    go = "vont" if turnout.still_well > 1 else "va"
    return f"{turnout.still_well} des {turnout.were_well} qui allaient bien {go} encore bien"


def _network_is_there(canaries: tuple[str, ...]) -> bool:
    from diagsources.check import network_is_there

    return network_is_there(canaries)
