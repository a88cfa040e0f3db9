"""What a behaviour of the aquarium is, and the decorators that put one in it.

A behaviour is one function with one decorator over it:

    @case(person="L'article, après un détour.", verdict=MOVED, reason="http-301", suggestion="/ok")
    async def moved_for_good(talk: Conversation) -> None:
        await talk.reply(301, location="/ok")

`page` is for the many that are only a page: the function returns its HTML. Where the address matters,
not what answers it, `address` makes a case without a function.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypedDict, Unpack

from diagsources.model import Expectation, Verdict
from tests.support.certificates import FAULTS
from tests.support.handshakes import HANDSHAKES
from tests.support.server import EVERY_PATH, Behaviour, Conversation, Web, behaviour
from tests.support.web import unused_port

OK, MOVED, RESTRICTED, SUSPECT = Verdict.OK, Verdict.MOVED, Verdict.RESTRICTED, Verdict.SUSPECT
INSECURE, UNAVAILABLE, BROKEN, SKIPPED = Verdict.INSECURE, Verdict.UNAVAILABLE, Verdict.BROKEN, Verdict.SKIPPED

PLAIN = "plain"
"""The server of http that most cases share; a path that nobody registered is a 404 there."""
TLS_SERVERS = frozenset((*FAULTS, *HANDSHAKES))


@dataclass(frozen=True, slots=True)
class Case:
    """An address, and what a person who opens it in a browser gets."""

    name: str
    """family/behaviour"""
    person: str
    """What a person gets, in a sentence."""
    verdicts: tuple[Verdict, ...]
    """The verdict; several where the answer can be argued, the better first."""
    reasons: tuple[str, ...]
    """The code of the reason; several where all are right."""
    path: str
    query: str = ""
    fragment: str = ""
    server: str = PLAIN
    """`plain`, a name of `Web.tls` or a name of `Web.sites`."""
    spelled: str = ""
    """The path as the catalogue writes it, where a browser sends another."""
    address: str | None = None
    """The whole address instead: {port}, {unused} and {tls} stand for ports."""
    expect: Expectation | None = None
    warnings: tuple[str, ...] = ()
    """Codes of warnings that must be there."""
    suggestion: str = ""
    """The path that must be suggested, on the same server."""
    allow_private: bool = True
    """Whether private addresses may be asked (all but these are on this machine)."""

    @property
    def verdict(self) -> Verdict:
        """The verdict; the better one where several are right."""
        return self.verdicts[0]

    def base(self, web: Web) -> str:
        """The server's address."""
        if self.server == PLAIN:
            return web.base
        return web.tls[self.server] if self.server in TLS_SERVERS else web.sites[self.server]

    def url(self, web: Web) -> str:
        """The address as a catalogue has it."""
        if self.address is not None:
            tls = web.tls["valid"].rpartition(":")[2] if "{tls}" in self.address else ""
            return self.address.format(port=web.port, unused=unused_port(), tls=tls)
        written = self.base(web) + (self.spelled or self.path)
        return written + (f"?{self.query}" if self.query else "") + (f"#{self.fragment}" if self.fragment else "")

    def accepts(self, verdict: str, reason: str) -> bool:
        """Whether *verdict* for *reason* is what a person would say."""
        return verdict in self.verdicts and reason in self.reasons


class Expected(TypedDict, total=False):
    """The fields of a case that the decorators take as they are, and `alone`, `name`, `path`."""

    name: str
    path: str
    alone: bool
    """On a site of its own, where every path that nobody else registered for it does the same."""
    query: str
    fragment: str
    server: str
    spelled: str
    address: str
    expect: Expectation
    warnings: tuple[str, ...]
    suggestion: str
    allow_private: bool


_REGISTERED: list[Case] = []


def registered() -> tuple[Case, ...]:
    """Every case, in the order in which the families were read."""
    return tuple(_REGISTERED)


def case(
    *, person: str, verdict: Verdict | tuple[Verdict, ...], reason: str | tuple[str, ...], **more: Unpack[Expected]
) -> Callable[[Behaviour], Behaviour]:
    """Registers a behaviour and what a person gets of it; its name and path are the function's unless given."""

    def register(function: Behaviour) -> Behaviour:
        made = _made(function, person, verdict, reason, more)
        if made.address is None and made.server not in TLS_SERVERS:
            site = "" if made.server == PLAIN else made.server
            behaviour(EVERY_PATH if more.get("alone") else made.path, site=site)(function)
        return function

    return register


def page(
    *,
    person: str,
    verdict: Verdict | tuple[Verdict, ...],
    reason: str | tuple[str, ...],
    status: int = 200,
    fields: Mapping[str, str] | None = None,
    **more: Unpack[Expected],
) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """The same for a function that returns the HTML of a page, sent with *status* and *fields*."""

    def register(function: Callable[[], str]) -> Callable[[], str]:
        async def answer(talk: Conversation) -> None:
            await talk.answer(status, function().encode(), fields or {})

        answer.__name__, answer.__module__ = function.__name__, function.__module__
        case(person=person, verdict=verdict, reason=reason, **more)(answer)
        return function

    return register


def address(
    family: str,
    called: str,
    /,
    *,
    person: str,
    verdict: Verdict | tuple[Verdict, ...],
    reason: str | tuple[str, ...],
    **more: Unpack[Expected],
) -> None:
    """A case that needs no behaviour of its own: an address, or a server that does it all."""
    _put(f"{family}/{called}", person, verdict, reason, more.get("path", "/ok"), more)


def _made(
    function: Behaviour,
    person: str,
    verdict: Verdict | tuple[Verdict, ...],
    reason: str | tuple[str, ...],
    more: Expected,
) -> Case:
    family = function.__module__.rpartition(".")[2].replace("_", "-")
    own = function.__name__.strip("_").replace("_", "-")
    name = f"{family}/{more.get('name', own)}"
    default = "/" if more.get("alone") else f"/{family}/{own}"
    if more.get("alone"):
        more["server"] = more.get("server", name)
    return _put(name, person, verdict, reason, more.get("path", default), more)


def _put(
    name: str,
    person: str,
    verdict: Verdict | tuple[Verdict, ...],
    reason: str | tuple[str, ...],
    path: str,
    more: Expected,
) -> Case:
    made = Case(
        name=name,
        person=person,
        verdicts=(verdict,) if isinstance(verdict, Verdict) else verdict,
        reasons=(reason,) if isinstance(reason, str) else reason,
        path=path,
        query=more.get("query", ""),
        fragment=more.get("fragment", ""),
        server=more.get("server", PLAIN),
        spelled=more.get("spelled", ""),
        address=more.get("address"),
        expect=more.get("expect"),
        warnings=more.get("warnings", ()),
        suggestion=more.get("suggestion", ""),
        allow_private=more.get("allow_private", True),
    )
    _REGISTERED.append(made)
    return made
