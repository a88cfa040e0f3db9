"""`diagsources fix`."""

import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diagsources.catalogue import files
from diagsources.cli.check_options import HowToAsk
from diagsources.cli.emit import to_file
from diagsources.cli.fix_list import fix_list
from diagsources.cli.options import (
    CataloguePaths,
    Narration,
    Selection,
    StateFile,
    catalogue_paths,
    is_catalogue,
    is_typed,
    only,
    the_catalogue,
)
from diagsources.cli.proposing import Proposal, Wish, agreed, tell
from diagsources.cli.rewriting import Draft, difference, draft_of, save, show
from diagsources.cli.verb import verb
from diagsources.errors import WrongUsage
from diagsources.mending import (
    TIMES,
    Fix,
    Offer,
    Seen,
    Taken,
    Want,
    closed_already,
    hopeless,
    may_be_written,
    merged,
    proposed,
    safe,
    wanting,
)
from diagsources.model import Catalogue, Link, Verdict, links_of
from diagsources.query import Query, select
from diagsources.terminal import Terminal, is_terminal
from diagsources.text import counted
from diagsources.urls import masked

if TYPE_CHECKING:
    from diagsources.cli.services import Outside

MENDING = "Corriger"


def _switch(*names: str, says: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(*names, help=says, show_default=False, rich_help_panel=MENDING)
    return option


@verb(
    "Corriger le YAML d'après les dernières vérifications : montre un diff, que --write applique. Les adresses qui ont "
    "déménagé pour de bon sont corrigées ; le reste (successeur, copie archivée…) est proposé. Sort avec 1 s'il reste "
    "à corriger.",
    """
    diagsources fix                        ce qui serait corrigé, sans rien écrire
    diagsources fix insee-sicoval --write  corriger une source
    diagsources fix --check --write        vérifier d'abord, puis corriger
    diagsources fix --unsafe --write       appliquer aussi les propositions
    diagsources fix --interactive          décider de chaque proposition
    diagsources fix --from README.md       corriger une page Markdown ou HTML
    """,
)
def command(
    selection: Selection,
    terminal: Narration,
    manner: HowToAsk,
    write: Annotated[bool, _switch("--write", "-w", says="Écrire les corrections dans les fichiers.")] = False,
    patch: Annotated[
        str,
        typer.Option(
            "--patch",
            metavar="FICHIER",
            help="Garder le diff dans ce fichier, pour patch -p1.",
            show_default=False,
            rich_help_panel=MENDING,
        ),
    ] = "",
    unsafe: Annotated[bool, _switch("--unsafe", says="Appliquer aussi les propositions.")] = False,
    interactive: Annotated[
        bool, _switch("--interactive", "-i", says="Décider de chaque proposition, puis écrire.")
    ] = False,
    seen: Annotated[
        int,
        typer.Option(
            "--seen",
            min=1,
            metavar="N",
            help="Passages de suite qui doivent avoir vu un déménagement.",
            rich_help_panel=MENDING,
        ),
    ] = TIMES,
    first: Annotated[bool, _switch("--check", says="Vérifier les liens d'abord.")] = False,
    offline: Annotated[bool, _switch("--offline", says="Ne rien demander aux archives ni aux portails.")] = False,
    origins: Annotated[
        list[str] | None,
        typer.Option(
            "--from",
            metavar="FICHIER",
            help="Corriger les liens de cette liste, de ce Markdown ou de ce HTML.",
            show_default=False,
            rich_help_panel=MENDING,
        ),
    ] = None,
    archive: Annotated[
        str,
        typer.Option(
            "--archive",
            metavar="ORIGINE",
            help="Archive à demander au lieu de la Wayback Machine, à la même API.",
            show_default=False,
            rich_help_panel=MENDING,
        ),
    ] = "",
    state: StateFile = None,
    catalogue: CataloguePaths = None,
) -> int:
    """Shows or writes what follows from the checks; 1 where something is left to mend."""
    from diagsources.check import Policy  # deferred, as httpx: help has no use of it
    from diagsources.cli.looking import looked
    from diagsources.cli.services import Outside

    origin = only(origins)
    wish = Wish(write or interactive, patch, unsafe, interactive, offline)
    _require_sense(wish, archive)
    policy = Policy(**manner._asdict())
    asked = policy if first else None
    if origin and selection.selects:
        raise WrongUsage("--from ne va pas avec une sélection", hint="l'une ou l'autre")
    if is_catalogue(origin):
        if is_typed(catalogue):
            raise WrongUsage("--from ne va pas avec --catalogue, si c'est un catalogue", hint="l'un ou l'autre")
        catalogue = [Path(origin)]
    elif origin:
        scope = f"list {Path(origin).resolve()}"
        with Outside(policy, terminal, archive=archive) as outside:

            def look(links: Sequence[Link]) -> list[Seen]:
                return looked(links, state, asked, terminal, scope=scope)

            whole = the_catalogue(catalogue, terminal)
            return fix_list(origin, whole, wish, outside, terminal, times=seen, look=look)
    whole = the_catalogue(catalogue, terminal)
    originals = _originals(whole, selection, files(catalogue_paths(catalogue)))
    links = _links(whole, selection)
    found = looked(links, state, asked, terminal, scope=f"fix {selection}")
    with Outside(policy, terminal, archive=archive) as outside:
        found = found if offline else outside.asked_again(found)
        mending = _Mending(whole, found, wish, terminal, times=seen)
        mending.propose(outside)
        return mending.end(originals)


def _require_sense(wish: Wish, archive: str) -> None:
    """Raises `WrongUsage` before anybody is asked."""
    if wish.interactive and not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        raise WrongUsage("--interactive demande un terminal", hint="--unsafe applique toutes les propositions")
    if archive and not may_be_written(archive):
        raise WrongUsage(
            f"--archive {masked(archive)} n'est pas l'origine d'un site",
            hint="https:// et un hôte, par exemple --archive https://web.archive.org",
        )


def _originals(whole: Catalogue, selection: Query, paths: Mapping[str, Path]) -> dict[str, Draft]:
    """The files of the chosen sources as they are before anybody is asked: to ask takes time, and others write too."""
    return {name: draft_of(paths[name], name) for name in {source.file for source in select(whole, selection)}}


def _links(whole: Catalogue, selection: Query) -> list[Link]:
    return [link for source in select(whole, selection) for link in links_of(source)]


class _Mending:
    """The fixes of one run."""

    def __init__(self, whole: Catalogue, found: Sequence[Seen], wish: Wish, terminal: Terminal, *, times: int) -> None:
        self._whole = whole
        self._wish = wish
        self._terminal = terminal
        self._fixes, told = safe(whole, found, times=times)
        self._taken = Taken(whole)
        for fix in self._fixes:
            self._taken.take(fix.url, fix.source.id)
        self._wants = [want for want in wanting(whole, found, times=times) if not closed_already(want)]
        self._by_hand = len(told)
        """How many findings nothing but a person can mend."""
        self._refused = 0
        """How many proposals are not taken."""
        self._unsure = sum(one.verdict is Verdict.BROKEN and not one.is_confirmed for one in found)
        for sentence in told:
            terminal.warn(sentence)

    def propose(self, outside: "Outside") -> None:
        """Looks for what may stand in for what is dead, and takes what the user wishes."""
        for want, fix in self._proposals(outside):
            if fix is None:
                self._by_hand += 1
                sentence = hopeless(want, looked=not self._wish.offline, owner=self._taken.owner(want.successor))
                self._terminal.say(f"{want.source.id} : {sentence}")
                continue
            proposal = Proposal(f"{fix.source.id} : {fix.says}", fix.url, fix.instead)
            if self._wish.unsafe or (self._wish.interactive and agreed(proposal)):
                self._fixes.append(fix)
            else:
                self._refused += 1
                if not self._wish.interactive:
                    tell(proposal, self._terminal)

    def end(self, originals: Mapping[str, Draft]) -> int:
        """Shows or writes; 1 where something is left to mend."""
        drafts = self._drafts(originals)
        changed = [draft for draft in drafts if draft.is_changed]
        text = difference(changed)
        if self._wish.patch:
            with to_file(self._wish.patch) as out:
                out.write(text)
        else:
            show(text, self._terminal)
        if self._wish.write:
            save(*changed)
        self._say_end(len(changed))
        return 1 if self._by_hand or self._refused or (changed and not self._wish.write) else 0

    def _proposals(self, outside: "Outside") -> Iterable[tuple[Want, Fix | None]]:
        if self._wish.offline:  # what the catalogue itself names needs nobody's answer
            offers = [[Offer("successor", want.successor)] if want.successor else [] for want in self._wants]
        else:
            offers = outside.offers(self._wants, allows=self._taken.allows)
        for want, choice in zip(self._wants, offers, strict=True):
            fix = proposed(self._whole, want, choice, self._taken)
            if fix is not None or not is_well(want):
                yield want, fix

    def _drafts(self, originals: Mapping[str, Draft]) -> list[Draft]:
        by_file: defaultdict[str, list[Fix]] = defaultdict(list)
        for fix in self._fixes:
            by_file[fix.source.file].append(fix)
        return [self._draft(originals[name], fixes) for name, fixes in sorted(by_file.items())]

    def _draft(self, draft: Draft, fixes: Sequence[Fix]) -> Draft:
        """*draft* with *fixes*, all at once where that goes, else entry by entry; what cannot be done is told."""
        from diagsources.catalogue.editing import CannotEdit, Edit, edited, places_of
        from diagsources.catalogue.nodes import Unreadable

        by_source: defaultdict[str, list[Fix]] = defaultdict(list)
        for fix in fixes:
            by_source[fix.source.id].append(fix)
        try:
            places = places_of(draft.before)
            for name in by_source.keys() - places:
                self._forget([name])
                self._terminal.warn(f"{draft.name} : « {name} » est à corriger à la main, sa fiche n'y est pas lisible")
            groups = {
                name: [Edit((*places[name], *change.path), change.value, change.was) for change in merged(own)]
                for name, own in by_source.items()
                if name in places
            }
            try:
                return draft._replace(after=edited(draft.before, [edit for edits in groups.values() for edit in edits]))
            except CannotEdit:
                pass
            for name, edits in groups.items():
                try:
                    draft = draft._replace(after=edited(draft.after, edits))
                except CannotEdit as error:
                    self._forget([name])
                    self._terminal.warn(f"{draft.name} : « {name} » est à corriger à la main, {error}")
        except Unreadable as error:
            self._forget(by_source)
            self._terminal.warn(f"{draft.name} : ce fichier n'a pas été corrigé, {error.message}")
        return draft

    def _forget(self, names: Collection[str]) -> None:
        """Leaves the sources of *names* to a person."""
        self._by_hand += len(names)
        self._fixes = [fix for fix in self._fixes if fix.source.id not in names]

    def _say_end(self, changed: int) -> None:
        if self._unsure:
            links = counted(self._unsure, "lien cassé", "liens cassés")
            self._terminal.say(f"{links} à confirmer par d'autres vérifications")
        where = f"dans {counted(changed, 'fichier')}"
        if changed and self._wish.write:
            written = counted(len(self._fixes), "correction écrite", "corrections écrites")
            self._terminal.say(f"{written} {where}")
        elif changed:
            self._terminal.say(f"{counted(len(self._fixes), 'correction')} à écrire {where}, avec --write")
        elif not self._by_hand and not self._refused:
            self._terminal.say("rien à corriger, d'après les dernières vérifications")
        if self._refused and not self._wish.interactive:
            proposals = counted(self._refused, "proposition")
            self._terminal.say(f"{proposals} : --interactive pour décider de chacune, --unsafe pour tout appliquer")
        if self._by_hand:
            one, several = "lien à corriger à la main, ou à dire fermé", "liens à corriger à la main, ou à dire fermés"
            self._terminal.say(f"{counted(self._by_hand, one, several)} (lifecycle: status: closed)")


def is_well(want: Want) -> bool:
    """Whether the link answers, so that nothing needs to be found for it."""
    return want.seen.verdict == "ok"
