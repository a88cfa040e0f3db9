"""`diagsources check`."""

import random
import sys
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import AbstractContextManager, nullcontext, suppress
from itertools import chain, islice
from pathlib import Path
from threading import Thread
from typing import Annotated, NamedTuple

import typer

from diagsources.cli.asking import Asking, Reading, View
from diagsources.cli.budget import plan
from diagsources.cli.changes import ChangedSince, changed
from diagsources.cli.check_options import HowToAsk, Past, WhatCounts, WhatIsKnown
from diagsources.cli.clock import now
from diagsources.cli.emit import require_folder
from diagsources.cli.exceptions import exceptions
from diagsources.cli.locating import Here, TerritoryName, the_territory
from diagsources.cli.memory import Baseline, Forgetful, Memory, stored
from diagsources.cli.options import (
    CataloguePaths,
    Output,
    Rendering,
    Selection,
    is_catalogue,
    is_typed,
    only,
    state_file,
    the_catalogue,
)
from diagsources.cli.reporting import ReportFiles, reports_of
from diagsources.cli.settings import settings
from diagsources.cli.shell import INTERRUPTED
from diagsources.cli.to_ask import links_to_ask
from diagsources.cli.verb import verb
from diagsources.errors import DiagsourcesError, WrongUsage
from diagsources.model import Link
from diagsources.query import Query, select

_SHORT_LIST = 1_000
"""A list of so many links at most is remembered without being told to: each costs a tenth of a millisecond."""


@verb(
    "Demander à chaque lien s'il répond, poliment, et dire ce qu'il en est et ce qui a changé. Sort avec 1 si un lien "
    "est cassé, indisponible, suspect ou non sûr ; 2 si le réseau manque. D'un lien déjà connu, un échec ne compte "
    "qu'une fois confirmé : trois passages de suite sur deux jours, ou une page disparue, constatée deux fois.",
    """
    diagsources check                            tout le catalogue
    diagsources check insee-sicoval -v           un seul, même s'il va bien
    diagsources check -t sante -f json           un thème, pour un programme
    diagsources check insee-sicoval --explain    ce qui a mené au verdict, pas à pas
    diagsources check --from liens.txt           une liste, du Markdown, du HTML
    diagsources check --max-age auto             seulement ce qu'il est temps de revoir
    diagsources check --resume                   le reste d'un passage interrompu
    diagsources check --only-new                 ce qui a changé, et rien d'autre
    diagsources check --territory labege         aussi les adresses de cette commune
    diagsources check --changed-since HEAD       les liens ajoutés ou changés dans git
    diagsources check --report html=liens.html   aussi une page, d'un même passage
    """,
)
def command(
    selection: Selection,
    rendering: Rendering,
    manner: HowToAsk,
    past: WhatIsKnown,
    weight: WhatCounts,
    origins: Annotated[
        list[str] | None,
        typer.Option(
            "--from",
            metavar="FICHIER",
            help="Les liens de ce fichier au lieu du catalogue ; - pour l'entrée standard.",
            show_default=False,
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Raconter ce qui a mené à chaque verdict, pas à pas.")
    ] = False,
    changed_since: ChangedSince = None,
    report: ReportFiles = None,
    territory: TerritoryName = None,
    catalogue: CataloguePaths = None,
) -> int:
    """Asks every link chosen; the exit code says whether there is anything to act on."""
    # deferred: httpx costs 90 ms, and help has no use of it
    from diagsources.check import Policy

    origin = only(origins)
    if origin and (selection.selects or is_typed(catalogue)):
        raise WrongUsage("--from ne va ni avec une sélection ni avec --catalogue", hint="l'un ou l'autre")
    if origin and changed_since:
        raise WrongUsage("--changed-since ne va pas avec --from", hint="git ne connaît que le catalogue")
    reports = reports_of(report)
    require_folder(rendering.file)
    reading = Reading(weight.failing, weight.strict, exceptions())
    if expired := reading.exceptions.expired(now().date()):
        rendering.terminal.warn(
            f"réglages : exception expirée : {', '.join(expired)}",
            "ôtez-la, ou donnez-lui une autre date dans « until »",
        )
    here = the_territory(territory, rendering.terminal)
    wanted = _wanted(origin, catalogue, selection, rendering, changed_since or "", here)
    with _memory(wanted, past, rendering) as memory:
        explains = explain or rendering.terminal.verbosity > 0
        policy = Policy(**manner._asdict(), explain=explains, prove=memory.remembers, trace=memory.remembers)
        view = View(wanted.total, explain, past.only_new, wanted.themes, reports)
        run = Asking(rendering, memory, reading, view, canaries=past.canaries)
        with run.streaming():
            run.ask(_to_ask(wanted, memory, past, run), policy)
        run.report()
    if run.interrupted:
        return INTERRUPTED
    return 1 if not weight.exit_zero and (wanted.lost or run.red) else 0


class _Wanted(NamedTuple):
    """What is to be asked."""

    links: Iterable[Link] | AsyncIterable[Link]
    total: int | None = None
    """How many links there are; None where they are too many to be counted first."""
    lost: int = 0
    """How many sources could not be read."""
    themes: Mapping[str, str] = {}
    scope: str = ""
    """What is asked, in a few words that are the same the next time."""


def _wanted(
    origin: str, catalogue: CataloguePaths, selection: Query, rendering: Output, since: str, here: Here | None
) -> _Wanted:
    if origin and not is_catalogue(origin):
        return _of_list(origin)
    paths = [Path(origin)] if origin else catalogue
    whole = the_catalogue(paths, rendering.terminal)
    chosen: list[Link] = []
    for source in select(whole, selection):
        publisher = whole.publisher(source.publisher)
        chosen.extend(links_to_ask(source, publisher=publisher.name if publisher else "", here=here))
    if since:
        chosen = changed(chosen, since, paths)
        if not chosen:
            rendering.terminal.say(f"aucun lien ajouté ni changé depuis {since}")
    scope = ["catalogue", *(str(Path(path).resolve()) for path in paths or ()), str(selection)]
    scope += [each for each in (since, here.territory.key if here else "") if each]
    titles = {theme.id: theme.title for theme in whole.themes}
    return _Wanted(chosen, len(chosen), whole.lost, titles, " ".join(scope))


def _of_list(origin: str) -> _Wanted:
    from diagsources.exchange import read_links

    links = read_links(origin, sys.stdin)
    if origin == "-":
        return _Wanted(_from_thread(links), scope="list -")
    scope = f"list {Path(origin).resolve()}"
    first = list(islice(links, _SHORT_LIST + 1))
    return (
        _Wanted(first, len(first), scope=scope)
        if len(first) <= _SHORT_LIST
        else _Wanted(chain(first, links), scope=scope)
    )


def _memory(wanted: _Wanted, past: Past, rendering: Output) -> AbstractContextManager[Memory]:
    """Where the run is remembered: a long list is, when a place for it is named."""
    if past.baseline:
        return nullcontext(Baseline(past.baseline))
    is_needed = past.state is not None or past.budget.is_of_memory or past.only_new
    if wanted.total is None and not is_needed and "state" not in settings():
        return nullcontext(Forgetful())
    return stored(state_file(past.state), scope=wanted.scope, resume=past.budget.resume, rendering=rendering, at=now())


def _to_ask(wanted: _Wanted, memory: Memory, past: Past, run: Asking) -> Iterable[Link] | AsyncIterable[Link]:
    """The links to ask; what becomes of the others is told. Raises `WrongUsage`."""
    if past.budget.is_all:
        return wanted.links
    if isinstance(wanted.links, AsyncIterable):
        raise WrongUsage(
            "--max-age, --sample, --oldest-first et --resume ne vont pas avec l'entrée standard",
            hint="enregistrez la liste dans un fichier",
        )
    chosen = plan(tuple(wanted.links), memory, past.budget, now=now(), chance=random.SystemRandom())
    run.take(chosen)
    return chosen.ask


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
