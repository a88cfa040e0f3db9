"""Checks to keep, made from a word: a letter is what one run sees."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from diagsources.model import Link, Verdict
from diagsources.store import Store
from diagsources.verdict import Answer, Check, Evidence, Fault, Judgement, judge
from diagsources.verdict.memory import Kept

START = datetime(2026, 11, 3, 6, tzinfo=UTC)
DAY = timedelta(days=1)

_STATUSES = {"o": 200, "r": 403, "u": 500, "b": 418, "p": 404}


def link_of(number: int | str = 1, *, rel: str = "url") -> Link:
    """A link of the source of that number."""
    return Link(f"s{number}", rel, f"https://exemple.fr/{number}/{rel}")


def check_of(link: Link, letter: str = "o", *, at: datetime = START) -> Check:
    """What a run sees of *link*: o, r, u, b, p (proven), - (skipped)."""
    if letter == "-":
        evidence = Evidence(link.url, fault=Fault.OUT_OF_TIME, fault_url=link.url)
    else:
        status = _STATUSES[letter]
        proof = letter == "p"
        evidence = Evidence(link.url, (Answer(link.url, status),), elapsed_ms=212, seen_twice=proof)
    judgement = judge(evidence)
    return Check(link, evidence, judgement, at)


def live(
    store: Store, word: str, links: Sequence[Link] = (link_of(),), *, start: datetime = START, every: timedelta = DAY
) -> list[Kept]:
    """A run for each letter of *word*; what was kept of the first link."""
    kept = []
    for number, letter in enumerate(word):
        at = start + number * every
        run = store.begin("all", at=at)
        first, *_ = [run.keep(check_of(link, letter, at=at)) for link in links]
        kept.append(first)
        run.finish(at=at)
    return kept


def redirected(link: Link, target: str) -> Check:
    """A check of *link* that was sent on for good to *target*."""
    evidence = Evidence(link.url, (Answer(link.url, 301, target), Answer(target, 200)))
    judgement = Judgement(Verdict.MOVED, "http-301", "l'adresse a changé pour de bon", suggestion=target)
    return Check(link, evidence, judgement, START)


def bytes_of(path: Path) -> bytes:
    """All that the store at *path* has written."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))
