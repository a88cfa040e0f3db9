"""`fix --from`: the links of a list, of Markdown or of HTML, mended where they stand."""

from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from diagsources.cli.emit import to_file
from diagsources.cli.proposing import Proposal, Wish, agreed, tell
from diagsources.cli.rewriting import Draft, difference, draft_of, save, show
from diagsources.errors import WrongUsage
from diagsources.exchange import links_in
from diagsources.exchange.relinking import CannotRewrite, rewritten
from diagsources.mending import (
    Seen,
    Want,
    gone,
    gone_elsewhere,
    hopeless,
    is_dead,
    is_upgrade,
    listed,
    may_be_written,
    unwritable,
    what_is,
)
from diagsources.model import Catalogue, Link, Verdict
from diagsources.terminal import Terminal
from diagsources.text import counted
from diagsources.urls import masked

if TYPE_CHECKING:
    from diagsources.cli.services import Outside


def fix_list(
    name: str,
    whole: Catalogue,
    wish: Wish,
    outside: "Outside",
    terminal: Terminal,
    *,
    times: int,
    look: Callable[[Sequence[Link]], list[Seen]],
) -> int:
    """Rewrites the links of the file *name*, or shows how; 1 where something is left to mend.

    What the catalogue *whole* knows of their addresses is proposed too.
    """
    if name == "-":
        raise WrongUsage("--from - ne se corrige pas", hint="enregistrez la liste dans un fichier")
    draft = draft_of(Path(name), name)
    found = look(list(links_in(StringIO(draft.before, newline=None), file=name)))
    seen = {one.url: one for one in (found if wish.offline else outside.asked_again(found))}
    decided = _decided(seen, whole, wish, outside, terminal, times=times)
    draft, failed = _rewritten(draft, decided.new, terminal)
    decided = decided._replace(by_hand=decided.by_hand + failed)
    if wish.patch:
        with to_file(wish.patch) as out:
            out.write(difference([draft]))
    else:
        show(difference([draft]), terminal)
    if wish.write and draft.is_changed:
        save(draft)
    _say_end(name, len(decided.new) - failed, decided, wish, terminal)
    return 1 if decided.refused or decided.by_hand or (draft.is_changed and not wish.write) else 0


class _Decided(NamedTuple):
    """What each address becomes, and how many are left as they are."""

    new: dict[str, str]
    refused: int
    """Proposals that were not taken."""
    by_hand: int
    """Links that nothing but a person can mend."""
    unsure: int
    """Links that may be dead, and that more checks must say."""


def _decided(
    seen: Mapping[str, Seen], whole: Catalogue, wish: Wish, outside: "Outside", terminal: Terminal, *, times: int
) -> _Decided:
    new: dict[str, str] = {}
    proposals: dict[str, Proposal] = {}
    wants: list[Want] = []
    by_hand = 0
    for url, one in seen.items():
        if one.verdict is Verdict.MOVED and one.suggestion:
            if not may_be_written(one.suggestion):
                by_hand += 1
                terminal.say(unwritable(one))
            elif is_upgrade(one) or one.times >= times:
                new[url] = one.suggestion
            else:
                proposals[url] = Proposal(gone_elsewhere(one), one.suggestion)
        elif is_dead(one):
            wants.append(listed(whole, one))
    offers = [[] for _ in wants] if wish.offline else outside.offers(wants, allows=lambda url, source: True)
    for want, choice in zip(wants, offers, strict=True):
        if choice:
            proposals[want.seen.url] = Proposal(gone(want.seen), choice[0].url, what_is(choice[0]))
        else:
            by_hand += 1
            terminal.say(hopeless(want, looked=not wish.offline))
    accepted = _accepted(proposals, wish, terminal)
    unsure = sum(one.verdict is Verdict.BROKEN and not is_dead(one) for one in seen.values())
    return _Decided(new | accepted, len(proposals) - len(accepted), by_hand, unsure)


def _accepted(proposals: Mapping[str, Proposal], wish: Wish, terminal: Terminal) -> dict[str, str]:
    """Those of *proposals* that the user takes; the others are told."""
    accepted = {}
    for url, proposal in proposals.items():
        if wish.unsafe or (wish.interactive and agreed(proposal)):
            accepted[url] = proposal.url
        elif not wish.interactive:
            tell(proposal, terminal)
    return accepted


def _say_end(name: str, done: int, decided: _Decided, wish: Wish, terminal: Terminal) -> None:
    if decided.unsure:
        links = counted(decided.unsure, "lien cassé", "liens cassés")
        terminal.say(f"{links} à confirmer par d'autres vérifications")
    if done and wish.write:
        terminal.say(f"{counted(done, 'adresse corrigée', 'adresses corrigées')} dans {name}")
    elif done:
        terminal.say(f"{counted(done, 'adresse')} à corriger dans {name}, avec --write")
    elif not decided.refused and not decided.by_hand:
        terminal.say("rien à corriger, d'après les dernières vérifications")
    if decided.refused and not wish.interactive:
        proposals = counted(decided.refused, "proposition")
        terminal.say(f"{proposals} : --interactive pour décider de chacune, --unsafe pour tout appliquer")
    if decided.by_hand:
        terminal.say(counted(decided.by_hand, "lien à corriger à la main", "liens à corriger à la main"))


def _rewritten(draft: Draft, new: Mapping[str, str], terminal: Terminal) -> tuple[Draft, int]:
    """*draft* with the addresses of *new*, by halves where not all can be written; what cannot is told, and counted."""
    try:
        return draft._replace(after=rewritten(draft.after, draft.name, new)), 0
    except CannotRewrite:
        pairs = list(new.items())
    if len(pairs) == 1:
        ((old, address),) = pairs
        terminal.warn(f"{draft.name} : {masked(old)} est à corriger à la main, par {address}")
        return draft, 1
    failed = 0
    for half in (pairs[: len(pairs) // 2], pairs[len(pairs) // 2 :]):
        draft, more = _rewritten(draft, dict(half), terminal)
        failed += more
    return draft, failed
