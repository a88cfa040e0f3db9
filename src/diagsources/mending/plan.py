"""Which links to mend, how, and how safely.

    seen                                     fix                                       safe
    ----                                     ---                                       ----
    moved, in *times* runs in a row          the new address                           yes
    moved, http to https and nothing else    the new address                           yes, from the first run
    moved, in fewer runs                     the new address                           no
    dead, and sure to be                     the successor that the catalogue names    no
                                             its dataset, which the portal has renamed no
                                             a dataset of near name on its portal      no
                                             its newest archived copy; it is closed    no
                                             of a further link without any: `former`   no
    well, over http                          https, where that answers too             no

Two entries never get one address: where the new one is another source's, nothing is changed, and that is said.
"""

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from diagsources.mending import writing
from diagsources.mending.entry import already, same_page
from diagsources.mending.values import END, Change, Fix, Offer, Path, Seen, Want
from diagsources.mending.words import gone, gone_elsewhere, unwritable, what_is
from diagsources.model import Catalogue, Source, Verdict
from diagsources.urls import is_web_url, masked, normal, same_site
from diagsources.verdict.memory import PROOFS

TIMES = 2
"""Runs in a row that must have seen a redirect before it is believed without asking: a site that is being rebuilt
sends elsewhere for a night. More would not be surer: a permanent redirect is the publisher's own word."""

_GONE = frozenset({"soft-404", "parked-domain", "redirect-to-home", "closed-notice", "default-page"})
"""The reasons by which a page that answers is not the resource, and will not be again."""


def safe(catalogue: Catalogue, seen: Iterable[Seen], *, times: int = TIMES) -> tuple[list[Fix], list[str]]:
    """The fixes that need nobody's leave, and what else was seen that nothing is done about, a sentence each."""
    fixes: list[Fix] = []
    told: list[str] = []
    taken = Taken(catalogue)
    for one in seen:
        source = catalogue.find(one.source)
        if source is None or one.verdict is not Verdict.MOVED or not one.suggestion:
            continue
        if not is_upgrade(one) and one.times < times:
            continue
        fix = moved(source, one, taken)
        if fix is None:
            told.append(_left_sentence(source, one, taken))
        else:
            fixes.append(fix._replace(is_safe=True))
    return fixes, told


def wanting(catalogue: Catalogue, seen: Iterable[Seen], *, times: int = TIMES) -> list[Want]:
    """The links for which another address may be found, or that moved and were not seen to often enough."""
    wants = []
    for one in seen:
        source = catalogue.find(one.source)
        if source is None:
            continue
        if one.verdict is Verdict.MOVED:
            if one.suggestion and not is_upgrade(one) and one.times < times:
                wants.append(Want(source, one))
        elif is_dead(one):
            wants.append(Want(source, one, successor=_successor(catalogue, source, one)))
        elif one.verdict is Verdict.OK and one.url.startswith("http://"):
            wants.append(Want(source, one))
    return wants


def proposed(catalogue: Catalogue, want: Want, offers: Sequence[Offer], taken: "Taken") -> Fix | None:
    """The fix that the first usable one of *offers* makes for *want*; None where there is none."""
    source, seen = want.source, want.seen
    if seen.verdict is Verdict.MOVED:
        return moved(source, seen, taken)
    for offer in offers:
        if offer.url and not taken.allows(offer.url, source.id) and offer.code != "archive":
            continue
        fix = _fix_of(source, seen, offer)
        if fix is not None:
            taken.take(offer.url, source.id)
            return fix
    if seen.rel != "url" and is_dead(seen) and (rank := writing.rank_of(source, seen)) is not None:
        changes = (Change(("links", rank, "rel"), "former", was=seen.rel), *writing.verified(source, seen.on))
        return Fix(source, "former", gone(seen), changes, instead="gardée comme ancienne adresse")
    return None


def closed_already(want: Want) -> bool:
    """Whether the catalogue says already that this source is no more."""
    return want.seen.rel == "url" and want.source.status == "closed" and is_dead(want.seen)


def merged(fixes: Iterable[Fix]) -> list[Change]:
    """The changes of several fixes of one entry, each place changed once, and nothing added twice."""
    changes: dict[Path, Change] = {}
    added: list[Change] = []
    for change in (change for fix in fixes for change in fix.changes):
        if change.path[-1] == END:
            added += [change] if change not in added else []
        else:
            changes[change.path] = change
    return [*changes.values(), *added]


class Taken:
    """The addresses that entries have, or are about to get."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._owners: dict[str, str] = {normal(source.url): source.id for source in catalogue.sources}

    def owner(self, url: str) -> str:
        """The source that has *url*; "" for none."""
        return self._owners.get(normal(url), "")

    def allows(self, url: str, source_id: str) -> bool:
        """Whether *source_id* may have *url*."""
        return self.owner(url) in ("", source_id)

    def take(self, url: str, source_id: str) -> None:
        """Gives *url* to *source_id*."""
        self._owners.setdefault(normal(url), source_id)


def moved(source: Source, seen: Seen, taken: Taken) -> Fix | None:
    """The new address of a link that has moved; None where it is another source's."""
    new = seen.suggestion or ""
    if not writing.may_be_written(new) or (seen.rel == "url" and not taken.allows(new, source.id)):
        return None
    if seen.rel == "url":
        taken.take(new, source.id)
    return _rewritten(source, seen, new, says=gone_elsewhere(seen))


def _rewritten(source: Source, seen: Seen, new: str, *, says: str) -> Fix:
    """*new* for an address that leads there by itself, or that is the same but for its scheme."""
    changes = writing.address_changed(source, seen, new)
    upgraded = only_https(seen.url, new)
    if seen.rel == "url" and upgraded:
        note = writing.https_note(seen.since)
        changes += writing.lifecycle(source, source.status, since=seen.since, note=note) if not source.lifecycle else []
    elif seen.rel == "url":
        status, note = "moved", writing.moved_note(seen)
        changes += writing.lifecycle(source, status, since=seen.since, note=note, successor=new)
    changes += writing.verified(source, seen.on)
    return Fix(source, "https" if upgraded else "moved", says, tuple(changes), new)


def _fix_of(source: Source, seen: Seen, offer: Offer) -> Fix | None:
    if not writing.may_be_written(offer.url):
        return None
    match offer.code:
        case "https":
            return _rewritten(source, seen, offer.url, says=f"{masked(seen.url)} répond aussi bien en https")
        case "archive" if offer.on is not None:
            return _archived(source, seen, offer)
        case "successor" | "renamed" | "dataset":
            return _succeeded(source, seen, offer)
    return None


def _succeeded(source: Source, seen: Seen, offer: Offer) -> Fix:
    """The address that stands in for one that is dead."""
    changes = writing.address_changed(source, seen, offer.url)
    if seen.rel == "url":
        is_here = offer.code in ("renamed", "dataset") or same_site(source.url, offer.url)
        status = "moved" if is_here else "replaced"
        notes = {"renamed": writing.renamed_note, "dataset": writing.neighbour_note}
        note = notes.get(offer.code, writing.replaced_note)(seen)
        changes += writing.lifecycle(source, status, since=seen.since, note=note, successor=offer.url)
    changes += writing.verified(source, seen.on)
    return Fix(source, offer.code, gone(seen), tuple(changes), offer.url, instead=what_is(offer))


def _archived(source: Source, seen: Seen, offer: Offer) -> Fix | None:
    """The newest copy of what is no more; the source is closed, and stays in the catalogue."""
    if offer.on is None:
        return None
    changes = writing.address_changed(source, seen, offer.url)
    if seen.rel == "url":
        note = writing.archive_note(seen, offer.on)
        status = "replaced" if source.lifecycle is not None and source.lifecycle.successor else "closed"
        changes += writing.lifecycle(source, status, since=seen.since, note=note)
    changes += writing.verified(source, seen.on)
    return Fix(source, "archive", gone(seen), tuple(changes), offer.url, instead=what_is(offer))


def _successor(catalogue: Catalogue, source: Source, seen: Seen) -> str:
    """The address that the catalogue names as what stands in for the `url` of *source*; "" where it names none, or
    this very one."""
    named = source.lifecycle.successor if source.lifecycle is not None and seen.rel == "url" else None
    other = catalogue.find(named) if named else None
    url = other.url if other is not None else named or ""
    return "" if not is_web_url(url) or normal(url) == normal(source.url) else url


def listed(catalogue: Catalogue, seen: Seen) -> Want:
    """A link of a list as something wanted, with what *catalogue* knows of its address."""
    known = already(catalogue, [seen.url])
    if known is None:
        return Want(Source(id=seen.source, title="", url=seen.url), seen)
    source = known.source
    if known.key == "url":
        return Want(source, seen, successor=_successor(catalogue, source, seen))
    is_former = known.key == "document_url" or all(
        address.rel == "former" for address in source.links if same_page(address.url, seen.url)
    )
    is_elsewhere = is_former and is_web_url(source.url) and not same_page(source.url, seen.url)
    return Want(source, seen, successor=source.url if is_elsewhere else "")


def is_dead(seen: Seen) -> bool:
    """Whether what was there is surely gone."""
    return seen.is_confirmed and (seen.verdict is Verdict.BROKEN or seen.reason in _GONE)


def is_doubtful(seen: Seen) -> bool:
    """Whether what was there was said to be gone, once: to ask again settles it."""
    return seen.verdict is Verdict.BROKEN and seen.reason in PROOFS and not seen.is_confirmed


def is_upgrade(seen: Seen) -> bool:
    """Whether a link has moved to https, and no further."""
    return only_https(seen.url, seen.suggestion or "")


def only_https(old: str, new: str) -> bool:
    """Whether *new* is *old*, over https."""
    before, after = urlsplit(old), urlsplit(new)
    rest = [(parts.hostname, parts.path or "/", parts.query) for parts in (before, after)]
    ports = (before.port in (None, 80)) and (after.port in (None, 443))
    return (before.scheme, after.scheme) == ("http", "https") and ports and rest[0] == rest[1]


def _left_sentence(source: Source, seen: Seen, taken: Taken) -> str:
    url = seen.suggestion or ""
    if not writing.may_be_written(url):
        return f"{source.id} : {unwritable(seen)}"
    return (
        f"{source.id} : sa nouvelle adresse, {url}, est déjà celle de « {taken.owner(url)} » ; "
        "à vous de dire laquelle des deux reste"
    )
