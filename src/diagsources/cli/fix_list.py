"""`fix --from`: the links of a list, of Markdown or of HTML, mended where they stand."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from diagsources.cli.emit import to_file
from diagsources.cli.proposing import Proposal, agreed, tell
from diagsources.cli.rewriting import Draft, difference, draft_of, save, show
from diagsources.errors import WrongUsage
from diagsources.exchange import links_in
from diagsources.exchange.relinking import CannotRewrite, rewritten
from diagsources.mending import Seen, Want, gone, gone_elsewhere, hopeless, is_dead, is_upgrade, what_is
from diagsources.model import Link, Source, Verdict
from diagsources.terminal import Terminal
from diagsources.text import counted
from diagsources.urls import is_web_url, masked

if TYPE_CHECKING:
    from diagsources.cli.services import Outside


class Wish(Protocol):
    """What is to be done with what is found."""

    @property
    def write(self) -> bool: ...
    @property
    def patch(self) -> str: ...
    @property
    def unsafe(self) -> bool: ...
    @property
    def interactive(self) -> bool: ...
    @property
    def offline(self) -> bool: ...


def fix_list(
    name: str,
    wish: Wish,
    outside: "Outside",
    terminal: Terminal,
    *,
    times: int,
    look: Callable[[Sequence[Link]], list[Seen]],
) -> int:
    """Rewrites the links of the file *name*, or shows how; 1 where something is left to mend."""
    if name == "-":
        raise WrongUsage("--from - ne se corrige pas", hint="enregistrez la liste dans un fichier")
    draft = draft_of(Path(name), name)
    links = list(links_in(draft.before.replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True), file=name))
    found = look(links)
    seen = {one.url: one for one in (found if wish.offline else outside.asked_again(found))}
    new, left = _new_addresses(seen, wish, outside, terminal, times=times)
    draft, failed = _rewritten(draft, new, terminal)
    if wish.patch:
        with to_file(wish.patch) as out:
            out.write(difference([draft]))
    else:
        show(difference([draft]), terminal)
    if wish.write and draft.is_changed:
        save(draft)
    left += failed
    done = len(new) - failed
    if not done:
        terminal.say("rien à corriger" + (" sans votre avis ; --unsafe applique les propositions" if left else ""))
    else:
        terminal.say(f"{counted(done, 'adresse')} " + ("corrigée" if wish.write else "à corriger : --write l'écrit"))
    return 1 if left or (draft.is_changed and not wish.write) else 0


def _new_addresses(
    seen: Mapping[str, Seen], wish: Wish, outside: "Outside", terminal: Terminal, *, times: int
) -> tuple[dict[str, str], int]:
    """What each address becomes, and how many are left as they are."""
    new: dict[str, str] = {}
    proposals: dict[str, Proposal] = {}
    wants: list[Want] = []
    for url, one in seen.items():
        if one.verdict is Verdict.MOVED and one.suggestion and is_web_url(one.suggestion):
            if is_upgrade(one) or one.times >= times:
                new[url] = one.suggestion
            else:
                proposals[url] = Proposal(gone_elsewhere(one), one.suggestion)
        elif is_dead(one):
            wants.append(Want(Source(id=one.source, title="", url=url), one))
    offers = [[] for _ in wants] if wish.offline else outside.offers(wants, allows=lambda url, source: True)
    left = 0
    for want, choice in zip(wants, offers, strict=True):
        if choice:
            proposals[want.seen.url] = Proposal(gone(want.seen), choice[0].url, what_is(choice[0]))
        else:
            left += 1
            terminal.say(hopeless(want, looked=not wish.offline))
    for url, proposal in proposals.items():
        if wish.unsafe or (wish.interactive and agreed(proposal)):
            new[url] = proposal.url
        else:
            left += 1
            if not wish.interactive:
                tell(proposal, terminal)
    return new, left


def _rewritten(draft: Draft, new: Mapping[str, str], terminal: Terminal) -> tuple[Draft, int]:
    """*draft* with the addresses of *new*, all at once where that goes; what cannot be written is told."""
    try:
        return draft._replace(after=rewritten(draft.before, draft.name, new)), 0
    except CannotRewrite:
        pass
    failed = 0
    for old, address in new.items():
        try:
            draft = draft._replace(after=rewritten(draft.after, draft.name, {old: address}))
        except CannotRewrite:
            failed += 1
            terminal.warn(f"{draft.name} : {masked(old)} est à corriger à la main, par {address}")
    return draft, failed
