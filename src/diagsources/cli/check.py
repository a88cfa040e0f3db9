"""`diagsources check`."""

import sys
from collections import Counter
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import aclosing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from diagsources.cli.emit import emit, to_file
from diagsources.cli.options import CataloguePaths, Output, Rendering, Selection, the_catalogue
from diagsources.cli.shell import INTERRUPTED
from diagsources.cli.verb import verb
from diagsources.errors import DiagsourcesError, NoNetwork, UnknownValue, WrongUsage
from diagsources.model import VERDICTS, Link, Verdict, links_of
from diagsources.query import Query, select
from diagsources.reports import FORMATS
from diagsources.reports.checks import by_gravity, in_words, of_checks
from diagsources.text import counted, fold, nearest
from diagsources.verdict import FAILING, Check

if TYPE_CHECKING:
    from rich.console import Console

    from diagsources.check import Policy

_STREAMING = "jsonl"


def _finite(value: float | None) -> float | None:
    """Refuses what is no duration: nan, inf."""
    if value is not None and not isfinite(value):
        raise typer.BadParameter("ce n'est pas une durée")
    return value


@verb(
    "Demander à chaque lien s'il répond, poliment, et dire ce qu'il en est. Sort avec 1 si un lien est "
    "cassé, indisponible, suspect ou non sûr ; 2 si aucun hôte ne répond.",
    """
    diagsources check                          tout le catalogue
    diagsources check insee-sicoval -v         un seul, même s'il va bien
    diagsources check -t sante -f json         un thème, pour un programme
    diagsources check insee-sicoval --explain  ce qui a mené au verdict, pas à pas
    diagsources check --from liens.txt         une liste, du Markdown, du HTML
    """,
)
def command(
    selection: Selection,
    rendering: Rendering,
    origin: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FICHIER",
            help="Les liens de ce fichier au lieu du catalogue ; - pour l'entrée standard.",
            show_default=False,
        ),
    ] = None,
    timeout: Annotated[
        float,
        typer.Option(
            "--timeout", min=0.1, max=3600, callback=_finite, metavar="SECONDES", help="Attente d'une réponse."
        ),
    ] = 15.0,
    per_host: Annotated[int, typer.Option("--per-host", min=1, metavar="N", help="Demandes à la fois par hôte.")] = 2,
    interval: Annotated[
        float,
        typer.Option(
            "--interval",
            min=0.0,
            max=3600,
            callback=_finite,
            metavar="SECONDES",
            help="Écart entre deux demandes à un hôte.",
        ),
    ] = 0.02,
    concurrency: Annotated[
        int, typer.Option("--concurrency", min=1, metavar="N", help="Demandes à la fois en tout.")
    ] = 512,
    retries: Annotated[int, typer.Option("--retries", min=0, metavar="N", help="Nouveaux essais après un échec.")] = 2,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Demander aussi aux adresses de réseau privé.")
    ] = False,
    max_time: Annotated[
        float | None,
        typer.Option(
            "--max-time",
            min=0.1,
            callback=_finite,
            metavar="SECONDES",
            help="Temps accordé au tout ; les liens qui restent sont passés.",
            show_default=False,
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Raconter ce qui a mené à chaque verdict, à l'écran et en JSON.")
    ] = False,
    fail_on: Annotated[
        str, typer.Option("--fail-on", metavar="VERDICT,…", help="Verdicts qui font sortir avec 1.", show_default=False)
    ] = "",
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Sortir avec 0 quoi qu'on trouve.")] = False,
    catalogue: CataloguePaths = None,
) -> int:
    """Asks every link chosen; the exit code says whether there is anything to act on."""
    # deferred: httpx costs 90 ms, and help has no use of it
    from diagsources.check import Policy

    failing = _failing(fail_on)
    if origin and (selection.selects or catalogue):
        raise WrongUsage("--from ne va ni avec une sélection ni avec --catalogue", hint="l'un ou l'autre")
    policy = Policy(
        timeout_s=timeout,
        per_host=per_host,
        interval_s=interval,
        concurrency=concurrency,
        retries=retries,
        allow_private=allow_private,
        max_time_s=max_time,
        explain=explain or rendering.terminal.verbosity > 0,
    )
    links, total, lost = _links(origin, catalogue, selection, rendering)
    run = _Run(rendering, total, explain=explain)
    with run.streaming():
        run.ask(links, policy)
    run.report()
    if run.interrupted:
        return INTERRUPTED
    return 1 if not exit_zero and (lost or any(run.counts[verdict] for verdict in failing)) else 0


def _links(
    origin: str | None, catalogue: CataloguePaths, selection: Query, rendering: Output
) -> tuple[Iterable[Link] | AsyncIterable[Link], int | None, int]:
    """The links to ask, how many they are if that is known, and how many sources could not be read."""
    if origin and not origin.lower().endswith((".yaml", ".yml")):
        from diagsources.exchange import read_links

        links = read_links(origin, sys.stdin)
        return (_from_thread(links) if origin == "-" else links), None, 0
    whole = the_catalogue([Path(origin)] if origin else catalogue, rendering.terminal)
    chosen = [link for source in select(whole, selection) for link in links_of(source)]
    return chosen, len(chosen), whole.lost


async def _from_thread(links: Iterator[Link]) -> AsyncIterator[Link]:
    """*links*, read by a thread of their own: what makes wait holds up neither the asking nor Ctrl-C."""
    import asyncio

    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[Link | DiagsourcesError | None] = asyncio.Queue(100)

    def read() -> None:
        last: DiagsourcesError | None = None
        with suppress(RuntimeError, CancelledError):  # the run has ended before the input
            try:
                for link in links:
                    asyncio.run_coroutine_threadsafe(queue.put(link), loop).result()
            except DiagsourcesError as error:
                last = error
            asyncio.run_coroutine_threadsafe(queue.put(last), loop).result()

    Thread(target=read, name="links", daemon=True).start()
    while (link := await queue.get()) is not None:
        if isinstance(link, DiagsourcesError):
            raise link
        yield link


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


@dataclass(slots=True)
class _Run:
    """One run: what was seen so far, and what is held back until the network has shown itself."""

    rendering: Output
    total: int | None
    explain: bool = False
    counts: Counter[Verdict] = field(default_factory=Counter)
    interrupted: bool = False
    _seen: list[Check] = field(default_factory=list)
    """Every check, unless they are written as they come."""
    _held: list[Check] = field(default_factory=list)
    _file: TextIO | None = None
    """Where checks are written as they come, when that is a file."""
    _reached: bool = False
    """Whether a host has answered, of the list or one that is known to be there."""
    _started_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def ask(self, links: Iterable[Link] | AsyncIterable[Link], policy: "Policy") -> None:
        """Asks, keeping what comes; on Ctrl-C, keeps what came. Raises `NoNetwork`."""
        import asyncio  # deferred, as httpx: help has no use of it

        from diagsources.check import check, cycles_left_alone, fast_loop, roomy
        from diagsources.terminal.progress import progress

        with progress(self.rendering.terminal, self.total) as advance:

            async def consume() -> None:
                async with aclosing(check(links, roomy(policy))) as checks:
                    async for one in checks:
                        advance(said=one.link.id)
                        self._keep(one)

            try:
                with cycles_left_alone(), asyncio.Runner(loop_factory=fast_loop()) as runner:
                    runner.run(consume())
            except KeyboardInterrupt:
                self.interrupted = True
        if self._held and not self._reached:
            if self.interrupted:  # no host has answered: nothing can be said of those that did not
                self._held.clear()
            else:
                _require_network()
        self._release()

    def report(self) -> None:
        """What was seen, the gravest first; a streamed report has been written by now."""
        terminal = self.rendering.terminal
        if not self._streams:
            ordered = sorted(self._seen, key=by_gravity)
            report = of_checks(
                ordered, started_at=self._started_at, finished_at=datetime.now(UTC), interrupted=self.interrupted
            )
            emit(self.rendering, report, self._screen)
        seen = counted(self.counts.total(), "lien")
        if self.interrupted:
            terminal.say(f"interrompu après {seen}" + (f" sur {self.total}" if self.total else ""))
        if self.rendering.format != "table":
            terminal.say(f"{seen} : {', '.join(words for _, words in in_words(self.counts)) or 'rien à dire'}")

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

    def _keep(self, check: Check) -> None:
        """Keeps *check*; while no host has answered, one that met nobody waits."""
        if not self._reached and check.evidence.reached is False:
            self._held.append(check)
            if len(self._held) == _SUSPICIOUS:
                _require_network()
                self._reached = True
            return
        self._reached = self._reached or check.evidence.reached is True
        if self._reached:
            self._release()
        self._tell(check)

    def _release(self) -> None:
        for check in self._held:
            self._tell(check)
        self._held.clear()

    def _tell(self, check: Check) -> None:
        self.counts[check.judgement.verdict] += 1
        if not self._streams:
            self._seen.append(check)
        elif self._file is not None:
            FORMATS[_STREAMING].render(of_checks((check,)), self._file)
        else:
            emit(self.rendering, of_checks((check,)), self._screen)

    def _screen(self, console: "Console") -> None:
        from diagsources.terminal import screens

        everything = self.explain or self.rendering.terminal.verbosity > 0
        screens.checks(console, self._seen, everything=everything, explained=self.explain)


_SUSPICIOUS = 10
"""After so many links and no host that answered, the network itself is asked after."""


def _require_network() -> None:
    """Raises `NoNetwork` where no host that is known to be there takes a connection."""
    from diagsources.check import network_is_there

    if not network_is_there():
        raise NoNetwork(
            "aucun hôte n'a répondu : vous semblez hors ligne, rien n'est dit des liens",
            hint="vérifiez la connexion, ou le pare-feu, puis recommencez ; les mandataires (proxy) ne sont pas suivis",
        )
