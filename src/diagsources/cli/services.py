"""What may stand in for a link, asked outside the catalogue: portals, archives, and the addresses themselves."""

from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from diagsources.cli.clock import now
from diagsources.cli.options import state_folder
from diagsources.exchange.portals import renamed
from diagsources.exchange.services import Answer, Fields, Remembering, ServiceSilent
from diagsources.exchange.wayback import Archive, newest
from diagsources.mending import Offer, Seen, Want, is_doubtful, may_be_written
from diagsources.model import Link, Verdict
from diagsources.terminal import Terminal
from diagsources.urls import has_port, masked, server_of

if TYPE_CHECKING:
    from diagsources.check import Policy
    from diagsources.check.fetch import Fetched, Fetcher
    from diagsources.verdict import Check

_TELLING = frozenset({200, 404, 410})
"""The status codes by which a service says what it has; 403 or 400 say nothing of it."""
_USABLE = frozenset({Verdict.OK, Verdict.MOVED, Verdict.RESTRICTED})


class Outside:
    """Asks politely, remembers what services answered, and says once of each that it does not answer."""

    def __init__(self, policy: "Policy", terminal: Terminal, *, archive: str = "") -> None:
        self._policy = policy
        self._terminal = terminal
        self._archive = Archive(archive.rstrip("/"), archive.rstrip("/")) if archive else Archive()
        self._fetcher: Fetcher | None = None
        self._ask = Remembering(self._fetched, state_folder() / "cache" / "services", now=now())
        self._said: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._fetcher is not None:
            self._fetcher.__exit__(kind, error, trace)

    def offers(self, wants: Sequence[Want], *, allows: Callable[[str, str], bool]) -> list[list[Offer]]:
        """What may stand in for each of *wants*, the best first: what answers, and where nothing does that the source
        is allowed to have, an archived copy."""
        found = [list(self._candidates(want)) for want in wants]
        alive = self._answering({offer.url for offers in found for offer in offers})
        kept = [[offer._replace(url=alive[offer.url]) for offer in offers if offer.url in alive] for offers in found]
        for want, offers in zip(wants, kept, strict=True):
            if want.seen.verdict in _USABLE or want.seen.rel == "api":
                continue
            if not any(allows(offer.url, want.source.id) for offer in offers) and (copy := self._copy(want)):
                offers.append(copy)
        return kept

    def asked_again(self, found: Sequence[Seen]) -> list[Seen]:
        """*found*, with what was seen once to be nowhere asked a second time: that settles it."""
        doubts = {one.url for one in found if is_doubtful(one)}
        answers = {check.link.url: check.judgement.reason for check in self._checks(doubts)}
        return [
            one._replace(is_confirmed=True) if one.url in doubts and answers.get(one.url) == one.reason else one
            for one in found
        ]

    def check(self, url: str) -> "Check":
        """What asking *url* comes to."""
        (check,) = self._checks([url])
        return check

    def fetch(self, url: str, *, also: Fields = ()) -> "Fetched":
        """What is at *url*, asked with the header fields *also*; raises `NotFetched`."""
        if self._fetcher is None:
            from diagsources.check.fetch import Fetcher  # deferred, as httpx: most runs ask nobody

            self._fetcher = Fetcher(self._policy)
        return self._fetcher.fetch(url, also=also)

    def _candidates(self, want: Want) -> Iterable[Offer]:
        seen = want.seen
        if seen.verdict is Verdict.OK and not has_port(seen.url):
            yield Offer("https", seen.url.replace("http://", "https://", 1))
        if seen.verdict in _USABLE:
            return
        if want.successor:
            yield Offer("successor", want.successor)
        try:
            dataset = renamed(want.source, seen.url, self._ask)
        except ServiceSilent as error:
            self._warn(str(error))
        else:
            if dataset is not None:
                yield dataset

    def _copy(self, want: Want) -> Offer | None:
        if masked(want.seen.url) != want.seen.url:
            return None  # credentials are nobody else's
        try:
            copy = newest(want.seen.url, self._ask, before=want.seen.since, archive=self._archive)
        except ServiceSilent as error:
            self._warn(f"{error} : les copies archivées manquent, recommencez plus tard")
            return None
        return Offer("archive", copy.url, on=copy.on) if copy is not None else None

    def _answering(self, urls: Iterable[str]) -> dict[str, str]:
        """Which of *urls* answer, each with where permanent redirects lead; not those that lead to what may not be
        written."""
        found = {
            check.link.url: check.judgement.suggestion or check.link.url
            for check in self._checks(urls)
            if check.judgement.verdict in _USABLE
        }
        return {url: new for url, new in found.items() if may_be_written(new)}

    def _checks(self, urls: Iterable[str]) -> "list[Check]":
        links = [Link(id=url, rel="url", url=url) for url in sorted(set(urls))]
        if not links:
            return []
        import asyncio

        from diagsources.check import check, fast_loop

        async def consume() -> "list[Check]":
            return [one async for one in check(links, self._policy, now=now)]

        with asyncio.Runner(loop_factory=fast_loop()) as runner:
            return runner.run(consume())

    def _fetched(self, url: str, /, fields: Fields = ()) -> Answer:
        """As `Ask` has it."""
        from diagsources.check.fetch import NotFetched

        try:
            fetched = self.fetch(url, also=fields)
        except NotFetched as error:
            raise ServiceSilent(f"{error.host} ne répond pas ({error.says})") from error
        host = server_of(fetched.url)
        if fetched.status_code not in _TELLING:
            raise ServiceSilent(f"{host} ne dit pas ce qu'on lui demande ({fetched.status_code})")
        if not fetched.is_whole:
            raise ServiceSilent(f"la réponse de {host} est trop longue pour être lue")
        return Answer(fetched.status_code, fetched.data.decode("utf-8", "replace"))

    def _warn(self, message: str) -> None:
        if message not in self._said:
            self._said.add(message)
            self._terminal.warn(message)
