"""`diagsources history`."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from diagsources.cli.clock import now
from diagsources.cli.durations import moment
from diagsources.cli.emit import emit
from diagsources.cli.options import CataloguePaths, Output, Rendering, StateFile, complete_id, state_file, the_catalogue
from diagsources.cli.verb import verb
from diagsources.errors import UnknownValue
from diagsources.reports.history import SPARKS_SHOWN, of_history
from diagsources.text import counted, nearest

if TYPE_CHECKING:
    from rich.console import Console

    from diagsources.store import Record, Store

PRUNE = "prune"
_WHOLE_SPAN = timedelta(days=30)


def _a_moment(text: str | None) -> str | None:
    if text:
        moment(text, now=now())
    return text


@verb(
    "Dire ce qui a été vu d'une source à ses trente derniers passages, ou depuis --since : ce qui a changé, depuis "
    "quand cela dure. Sans identifiant, ce qui a changé depuis un mois, de toutes. « history prune » oublie ce qui ne "
    "dit plus rien : des passages de plus de 90 jours, il en garde un par semaine, et le premier et le dernier de "
    "chaque état.",
    """
    diagsources history                          ce qui a changé depuis un mois
    diagsources history insee-bpe                une source
    diagsources history --since 2026-11-01       depuis un jour
    diagsources history --since 7j -f csv        depuis une semaine, pour un tableur
    diagsources history https://www.insee.fr/    une adresse, d'une liste aussi
    diagsources history prune                    faire de la place
    """,
)
def command(
    rendering: Rendering,
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID]…",
            help="Identifiants de sources, ou adresses.",
            autocompletion=complete_id,
            show_default=False,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="QUAND",
            help="Depuis ce jour (2026-11-01) ou cette durée (7j).",
            callback=_a_moment,
            show_default=False,
        ),
    ] = None,
    state: StateFile = None,
    catalogue: CataloguePaths = None,
) -> int:
    """What was seen of the sources named, or what changed of any."""
    from diagsources.store import open_store  # deferred: help has no use of it

    at = now()
    begin = moment(since, now=at) if since else None
    path = state_file(state)
    if not path.exists():
        rendering.terminal.say(f"rien n'est encore retenu ({path}) ; check retient ce qu'il voit")
    with open_store(path, now=at, creates=False) as store:
        if ids == [PRUNE]:
            gone = store.prune(at)
            rendering.terminal.say(f"oublié : {counted(gone, 'passage')}" if gone else "rien à oublier")
            return 0
        if ids:
            _of_links(store, ids, begin, rendering, catalogue)
        else:
            _of_changes(store, begin or at - _WHOLE_SPAN, rendering)
    return 0


def _of_links(
    store: "Store", ids: list[str], since: datetime | None, rendering: Output, catalogue: CataloguePaths
) -> None:
    seen: list[Record] = []
    for ident in ids:
        found = store.history(ident, since=since, last=None if since else SPARKS_SHOWN)
        if not found and "://" not in ident:
            _require_known(store, ident, catalogue)
        if not found:
            rendering.terminal.say(f"{ident} : rien n'est retenu" + (" depuis ce jour" if since else ""))
        seen.extend(found)

    def screen(console: "Console") -> None:
        from diagsources.terminal import history

        history.of_links(console, seen)

    emit(rendering, of_history(seen), screen)


def _of_changes(store: "Store", since: datetime, rendering: Output) -> None:
    seen = store.changes(since)
    if not seen:
        rendering.terminal.say(f"rien n'a changé depuis le {since.astimezone():%d/%m/%Y}")

    def screen(console: "Console") -> None:
        from diagsources.terminal import history

        history.of_changes(console, seen)

    emit(rendering, of_history(seen), screen)


def _require_known(store: "Store", ident: str, catalogue: CataloguePaths) -> None:
    """Raises `UnknownValue` for an id that neither the catalogue nor the store has."""
    known = {*store.sources(), *(source.id for source in the_catalogue(catalogue).sources)}
    if ident not in known:
        raise UnknownValue("source inconnue", ident, nearest(ident, known), where="diagsources list les donne toutes")
