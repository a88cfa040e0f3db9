"""`diagsources check`."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from diagsources.cli.emit import emit
from diagsources.cli.options import CataloguePaths, Output, Rendering, Selection, the_catalogue
from diagsources.cli.shell import INTERRUPTED
from diagsources.cli.verb import verb
from diagsources.errors import NoNetwork, UnknownValue, WrongUsage
from diagsources.model import VERDICTS, Link, Verdict, links_of
from diagsources.query import Query, select
from diagsources.reports.checks import by_gravity, in_words, of_checks, summary
from diagsources.text import counted, nearest
from diagsources.verdict import FAILING, Check

if TYPE_CHECKING:
    from rich.console import Console

    from diagsources.check import Policy

_STREAMING = "jsonl"


@verb(
    "Demander à chaque lien s'il répond, poliment, et dire ce qu'il en est. Sort avec 1 si un lien est "
    "cassé, indisponible, suspect ou non sûr ; 2 si aucun hôte ne répond.",
    """
    diagsources check                          tout le catalogue
    diagsources check insee-sicoval -v         un seul, même s'il va bien
    diagsources check -t sante -f json         un thème, pour un programme
    diagsources check --from liens.txt         une liste de liens, une page Markdown ou HTML
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
        float, typer.Option("--timeout", min=0.1, metavar="SECONDES", help="Attente d'une réponse.")
    ] = 15.0,
    per_host: Annotated[int, typer.Option("--per-host", min=1, metavar="N", help="Demandes à la fois par hôte.")] = 2,
    interval: Annotated[
        float, typer.Option("--interval", min=0.0, metavar="SECONDES", help="Écart entre deux demandes à un hôte.")
    ] = 0.05,
    concurrency: Annotated[
        int, typer.Option("--concurrency", min=1, metavar="N", help="Demandes à la fois en tout.")
    ] = 64,
    retries: Annotated[
        int, typer.Option("--retries", min=0, metavar="N", help="Nouveaux essais après un échec passager.")
    ] = 2,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Demander aussi aux adresses de réseau privé.")
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
    if origin and selection.selects:
        raise WrongUsage("--from ne va pas avec une sélection du catalogue", hint="l'un ou l'autre")
    policy = Policy(
        timeout_s=timeout,
        per_host=per_host,
        interval_s=interval,
        concurrency=concurrency,
        retries=retries,
        allow_private=allow_private,
    )
    links, total = _links(origin, catalogue, selection, rendering)
    run = _Run(rendering)
    run.ask(links, total, policy)
    run.report()
    if run.interrupted:
        return INTERRUPTED
    return 1 if not exit_zero and any(check.judgement.verdict in failing for check in run.seen) else 0


def _links(
    origin: str | None, catalogue: CataloguePaths, selection: Query, rendering: Output
) -> tuple[Iterable[Link], int | None]:
    """The links to ask, and how many they are if that is known."""
    if origin and not origin.endswith((".yaml", ".yml")):
        from diagsources.exchange import read_links

        return read_links(origin, sys.stdin), None
    from pathlib import Path

    whole = the_catalogue([Path(origin)] if origin else catalogue, rendering.terminal)
    links = [link for source in select(whole, selection) for link in links_of(source)]
    return links, len(links)


def _failing(words: str) -> frozenset[Verdict]:
    """The verdicts that *words* names, or the usual ones; raises `UnknownValue`."""
    if not words:
        return FAILING
    named = [word.strip() for word in words.split(",") if word.strip()]
    for word in named:
        if word not in VERDICTS:
            by_name = {name: verdict for verdict, label in VERDICTS.items() for name in (verdict.value, label)}
            near = dict.fromkeys(by_name[name].value for name in nearest(word, by_name))
            raise UnknownValue("verdict inconnu", word, tuple(near), where=", ".join(VERDICTS))
    return frozenset(Verdict(word) for word in named)


@dataclass(slots=True)
class _Run:
    """One run: what was seen so far, and what is held back until the network has shown itself."""

    rendering: Output
    seen: list[Check] = field(default_factory=list)
    interrupted: bool = False
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    _held: list[Check] = field(default_factory=list)
    _reached: bool = False

    def ask(self, links: Iterable[Link], total: int | None, policy: "Policy") -> None:
        """Asks, keeping what comes; on Ctrl-C, keeps what came. Raises `NoNetwork`."""
        import asyncio  # deferred, as httpx: help has no use of it

        from diagsources.terminal.progress import progress

        with progress(self.rendering.terminal, total) as advance:

            async def consume() -> None:
                from diagsources.check import check

                async for one in check(links, policy):
                    advance(said=one.link.id)
                    self._keep(one)

            try:
                asyncio.run(consume())
            except KeyboardInterrupt:
                self.interrupted = True
        self._settle()

    def report(self) -> None:
        """What was seen, the gravest first; a streamed report has been written by now."""
        if not self._streams:
            ordered = sorted(self.seen, key=by_gravity)
            report = of_checks(ordered, started_at=self.started_at, finished_at=datetime.now(UTC))
            emit(self.rendering, report, self._screen)
        if self.interrupted:
            self.rendering.terminal.say(f"interrompu après {counted(len(self.seen), 'lien')}")
        if self.rendering.format != "table":
            self._say_numbers()

    @property
    def _streams(self) -> bool:
        return self.rendering.format == _STREAMING and not self.rendering.file

    def _keep(self, check: Check) -> None:
        """Keeps *check*; while no host has answered, one that met nobody waits."""
        if not self._reached and check.evidence.reached is False:
            self._held.append(check)
            return
        self._reached = self._reached or check.evidence.reached is True
        if self._reached:
            self._release()
        self._tell(check)

    def _release(self) -> None:
        for check in self._held:
            self._tell(check)
        self._held.clear()

    def _settle(self) -> None:
        """Decides of what was held back: their fault, or ours."""
        from diagsources.check import network_is_there

        if not self._held:
            return
        if not self.interrupted and not network_is_there():
            raise NoNetwork(
                "aucun hôte n'a répondu : vous semblez hors ligne, rien n'est dit des liens",
                hint="vérifiez la connexion, puis recommencez",
            )
        if not self.interrupted:
            self._release()

    def _tell(self, check: Check) -> None:
        self.seen.append(check)
        if self._streams:
            emit(self.rendering, of_checks((check,)), self._screen)

    def _screen(self, console: "Console") -> None:
        from diagsources.terminal import screens

        screens.checks(console, self.seen, everything=self.rendering.terminal.verbosity > 0)

    def _say_numbers(self) -> None:
        numbers = ", ".join(words for _, words in in_words(summary(self.seen))) or "rien n'a été demandé"
        self.rendering.terminal.say(f"{counted(len(self.seen), 'lien')} : {numbers}")
