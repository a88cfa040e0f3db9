"""Names to addresses: each looked up once, told apart when it fails, and refused where it is not public.

c-ares is asked first, for its speed and for the precision of its refusals; the system's resolver has the
last word, for it is what a browser asks.
"""

import asyncio
import ipaddress
import socket
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias

from diagsources.check.aside import aside
from diagsources.check.faults import Failed, fault_of
from diagsources.check.sender import PLAIN_NAME
from diagsources.verdict import Fault

if TYPE_CHECKING:
    from diagsources.check.resolver import Resolver

_AT_ONCE = 144
"""Look-ups under way at one time: what a router at home takes (dnsmasq: 150), and what a socket buffers."""

_AHEAD = 136
"""How many of them are of names that nobody waits for yet."""

_TIMEOUT_S = 10.0
"""Longest wait for a name (seconds): what is not known by then is `dns-timeout`."""

_REST_S = 2.0
"""Longest wait for further addresses of a name (seconds), when some are known."""

_REMEMBERED = 20_000
"""How many names are kept with their addresses."""

_PASSING = frozenset({Fault.DNS_FAILURE, Fault.DNS_TIMEOUT})
"""What may heal: whoever tries again asks again."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SPECIAL = tuple(
    map(
        ipaddress.ip_network,
        # protocol assignments, local NAT64, IPv4-compatible, IPv4-translated, site-local: of which versions of
        # Python say different things (IANA special-purpose address registries; RFC 4291 §2.5.5.1, RFC 3879)
        ("192.0.0.0/24", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96", "fec0::/10"),
    )
)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
SystemResolver = Callable[[str], tuple[str, ...]]
_LookUp: TypeAlias = "asyncio.Task[tuple[str, ...] | Fault]"


def system_addresses(host: str) -> tuple[str, ...]:
    """The addresses of *host* by the system's own resolver; raises `socket.gaierror`."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(info[4][0]) for info in found))


class Names:
    """The addresses of hosts, as the Internet gives them and the guard lets them through.

    *server* is the name server to ask instead of the machine's, as `("127.0.0.1", 5353)`;
    *system* is the resolver with the last word, None where there is none.
    """

    def __init__(
        self,
        *,
        allow_private: bool,
        server: tuple[str, int] | None = None,
        system: SystemResolver | None = system_addresses,
        timeout_s: float = _TIMEOUT_S,
    ) -> None:
        self._allow_private = allow_private
        self._server = server
        self._system = system
        self._timeout_s = timeout_s
        self._resolvers: dict[bool, Resolver] = {}
        """For first look-ups, and for those of the names that are doubted: each remembers its answers."""
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        self._foreseen: OrderedDict[str, None] = OrderedDict()
        self._ahead = 0
        self._allowed: OrderedDict[str, tuple[str, ...]] = OrderedDict()
        self._known: OrderedDict[str, _LookUp] = OrderedDict()
        self._rest: OrderedDict[str, _LookUp] = OrderedDict()
        """The addresses of IPv6 of those that have others, where these did not do: few, and as many questions."""
        self._doubted: OrderedDict[str, None] = OrderedDict()

    async def addresses(self, host: str) -> tuple[str, ...]:
        """Addresses of *host* that may be gone to, at least one; raises `Failed`. They are those of IPv4, where it
        has any: `all_addresses` has the others."""
        known = self._allowed.get(host)
        if known is not None:
            return known
        self._allowed[host] = allowed = await self._find(host)
        if len(self._allowed) > _REMEMBERED:
            self._allowed.popitem(last=False)
        return allowed

    async def all_addresses(self, host: str) -> tuple[str, ...]:
        """The addresses of *host* that may be gone to, at least one; raises `Failed`."""
        first = await self._found(host)
        allowed = self._permitted((*first, *await self._rest_of(host, first)))
        if not allowed:
            raise Failed(Fault.PRIVATE_ADDRESS)
        return allowed

    async def has_others(self, host: str) -> bool:
        """Whether *host* has more than one address that may be gone to."""
        with suppress(Failed):
            return len(await self.all_addresses(host)) > 1
        return False

    def foresee(self, host: str) -> None:
        """Looks *host*, a name in lower case, up as soon as there is room: it will be asked for."""
        if host not in self._known:
            self._foreseen[host] = None
            self._look_ahead()

    def known(self, host: str) -> tuple[str, ...] | None:
        """The addresses of *host* that may be gone to, were there none; None where that is not known yet."""
        task = self._known.get(host)
        if task is None or not task.done() or task.cancelled():
            return None
        found = task.result()
        return () if isinstance(found, Fault) else self._permitted(found)

    async def _find(self, host: str) -> tuple[str, ...]:
        return self._permitted(await self._found(host)) or await self.all_addresses(host)

    async def _found(self, host: str) -> tuple[str, ...]:
        """The addresses of *host* that were found first, whatever they are; raises `Failed`."""
        host = host.strip("[]").lower()
        literal = _literal(host)
        found = (literal,) if literal else await self._look_up_once(host)
        if isinstance(found, Fault):
            raise Failed(found)
        return found

    async def _rest_of(self, host: str, first: tuple[str, ...]) -> tuple[str, ...]:
        """The addresses that *host* has besides those that were found *first*; none where they cannot be known."""
        host = host.strip("[]").lower()
        if _literal(host) or any(":" in address for address in first):
            return ()
        look_up = self._rest.get(host)
        if look_up is None:
            look_up = self._rest[host] = asyncio.create_task(self._look_up_rest(host))
            _bound(self._rest)
        try:
            async with asyncio.timeout(_REST_S):
                found = await asyncio.shield(look_up)
        except TimeoutError:
            return ()
        if found in _PASSING:
            self._rest.pop(host, None)
        return () if isinstance(found, Fault) else found

    def _permitted(self, found: tuple[str, ...]) -> tuple[str, ...]:
        return found if self._allow_private else tuple(filter(_is_public, found))

    def doubt(self, host: str) -> None:
        """Forgets that *host* does not exist, once: whoever asks next looks it up again, and that is believed."""
        host = host.strip("[]").lower()
        task = self._known.get(host)
        if host in self._doubted or task is None or not task.done() or task.result() is not Fault.DNS_NXDOMAIN:
            return
        del self._known[host]
        self._doubted[host] = None
        if len(self._doubted) > _REMEMBERED:
            self._doubted.popitem(last=False)

    async def aclose(self) -> None:
        """Ends what is under way."""
        pending = [task for task in (*self._known.values(), *self._rest.values()) if not task.done()]
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        for resolver in self._resolvers.values():
            resolver.close()

    async def _look_up_once(self, host: str) -> tuple[str, ...] | Fault:
        task = self._known.get(host) or self._begin(host)
        found = await asyncio.shield(task)
        if found in _PASSING:
            self._known.pop(host, None)
        return found

    def _begin(self, host: str) -> "_LookUp":
        task = self._known[host] = asyncio.create_task(self._look_up(host))
        _bound(self._known)
        return task

    def _look_ahead(self) -> None:
        while self._foreseen and self._ahead < _AHEAD:
            host, _ = self._foreseen.popitem(last=False)
            if host not in self._known:
                self._ahead += 1
                self._begin(host).add_done_callback(self._go_on)

    def _go_on(self, done: "_LookUp") -> None:
        self._ahead -= 1
        if not done.cancelled():  # as all are at the end
            self._look_ahead()

    async def _look_up(self, host: str) -> tuple[str, ...] | Fault:
        async with self._at_once:
            found = await self._ask_servers(host, socket.AF_INET)
            if found is Fault.DNS_NO_ADDRESS:
                found = await self._ask_servers(host, socket.AF_INET6)
            if isinstance(found, Fault) and self._system is not None:
                found = _together(found, await self._ask_system(host, self._system))
            return found

    async def _look_up_rest(self, host: str) -> tuple[str, ...] | Fault:
        async with self._at_once:
            return await self._ask_servers(host, socket.AF_INET6)

    async def _ask_servers(self, host: str, family: socket.AddressFamily) -> tuple[str, ...] | Fault:
        if not host.isascii():
            return Fault.DNS_NXDOMAIN
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._resolver(again=host in self._doubted).look_up(host, family)
        except TimeoutError:
            return Fault.DNS_TIMEOUT

    def _resolver(self, *, again: bool) -> "Resolver":
        # deferred: 10 ms, and many a run has known addresses only
        from diagsources.check.resolver import Resolver

        if again not in self._resolvers:
            self._resolvers[again] = Resolver(self._server)
        return self._resolvers[again]

    async def _ask_system(self, host: str, system: SystemResolver) -> tuple[str, ...] | Fault:
        try:
            async with asyncio.timeout(self._timeout_s):
                return await aside(lambda: _system_answer(host, system), name=f"resolve {host}")
        except TimeoutError:
            return Fault.DNS_TIMEOUT


def _system_answer(host: str, system: SystemResolver) -> tuple[str, ...] | Fault:
    try:
        return system(host)
    except (OSError, UnicodeError) as error:
        return fault_of(error)


def _together(ares: Fault, system: tuple[str, ...] | Fault) -> tuple[str, ...] | Fault:
    """The system's answer; where both fail and it says no more than that, the more precise reason."""
    if system is Fault.DNS_NXDOMAIN and ares is Fault.DNS_NO_ADDRESS:
        return ares  # many systems do not tell a name without address from one that is not
    if system is Fault.DNS_FAILURE and ares is Fault.DNS_TIMEOUT:
        return ares
    return system


def _bound(look_ups: "OrderedDict[str, _LookUp]") -> None:
    """Forgets the oldest of too many *look_ups*, unless they are under way."""
    while len(look_ups) > _REMEMBERED and next(iter(look_ups.values())).done():
        look_ups.popitem(last=False)


def _literal(host: str) -> str:
    """*host* as an address, where it is one in its usual form."""
    if PLAIN_NAME.match(host):  # as most are, and to be refused by a parser of addresses takes long
        return ""
    with suppress(ValueError):
        return str(ipaddress.ip_address(host.partition("%")[0]))
    return ""


def _is_public(address: str) -> bool:
    return is_public(ipaddress.ip_address(address.partition("%")[0]))


def is_public(address: Address) -> bool:
    """Whether *address* is one of the public Internet, however it is wrapped in IPv6."""
    if isinstance(address, ipaddress.IPv6Address):
        embedded = address.ipv4_mapped or address.sixtofour
        if embedded is None and address in _NAT64:
            embedded = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if embedded is not None:
            return is_public(embedded)
    if any(address.version == network.version and address in network for network in _SPECIAL):
        return False
    return address.is_global and not address.is_multicast


def by_age(addresses: Sequence[str]) -> str:
    """The one of *addresses* that leads somewhere, most likely: of the older family, where there is one."""
    first = addresses[0]
    return first if ":" not in first else next((address for address in addresses if ":" not in address), first)


def by_family(addresses: Sequence[str]) -> list[str]:
    """*addresses* with the two families taking turns, IPv6 first (RFC 8305 §4)."""
    six = [address for address in addresses if ":" in address]
    four = [address for address in addresses if ":" not in address]
    paired = [address for pair in zip(six, four, strict=False) for address in pair]
    return paired + six[len(four) :] + four[len(six) :]
