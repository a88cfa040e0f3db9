"""Names to addresses, asked of a real name server: told apart when they fail, guarded, and asked once."""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from ipaddress import ip_address
from threading import Event
from typing import TypeVar

import pytest

from diagsources.check import Policy, check, fast, names
from diagsources.check.faults import Failed
from diagsources.check.names import SystemResolver, by_family, is_public
from diagsources.check.run import engine_of
from diagsources.model import Link
from diagsources.verdict import Check, Fault
from tests.support.names import (
    AAAA,
    NODATA,
    NXDOMAIN,
    REFUSED,
    SERVFAIL,
    SILENCE,
    Answer,
    Answers,
    Names,
    local_names,
    malformed,
    to,
    truncated,
)
from tests.support.server import Conversation, behaviour
from tests.support.web import Web

PUBLIC, OTHER, V6 = "93.184.215.14", "1.1.1.1", "2606:4700::1"
ENGINES = [
    pytest.param(True, id="fast", marks=pytest.mark.skipif(not fast.AVAILABLE, reason="pyreqwest has no wheel here")),
    pytest.param(False, id="precise"),
]
T = TypeVar("T")


def with_names(
    server: Names,
    scene: Callable[[names.Names], Awaitable[T]],
    *,
    allow_private: bool = True,
    system: SystemResolver | None = None,
    timeout_s: float = 5,
) -> T:
    """What *scene* brings back, with names that ask *server*."""

    async def play() -> T:
        asking = names.Names(
            allow_private=allow_private, server=(server.host, server.port), system=system, timeout_s=timeout_s
        )
        try:
            return await scene(asking)
        finally:
            await asking.aclose()

    return asyncio.run(play())


async def found(asking: names.Names, host: str = "a.test") -> tuple[str, ...] | Fault:
    """The addresses of *host*, or why there are none."""
    try:
        return await asking.addresses(host)
    except Failed as failure:
        return failure.fault


def answered(
    answers: Answers,
    host: str = "a.test",
    *,
    allow_private: bool = True,
    system: SystemResolver | None = None,
    timeout_s: float = 5,
) -> tuple[str, ...] | Fault:
    """What becomes of *host* where a name server says *answers*."""
    with local_names(answers) as server:
        return with_names(
            server,
            lambda asking: found(asking, host),
            allow_private=allow_private,
            system=system,
            timeout_s=timeout_s,
        )


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (NXDOMAIN, Fault.DNS_NXDOMAIN),
        (NODATA, Fault.DNS_NO_ADDRESS),
        (SERVFAIL, Fault.DNS_FAILURE),
        (REFUSED, Fault.DNS_FAILURE),
    ],
)
def test_a_name_that_is_not_found_is_told_from_one_that_cannot_be_known(answer: Answer, fault: Fault) -> None:
    assert answered({"a.test": answer}) is fault


def test_name_servers_that_say_nothing_are_not_waited_for_without_end() -> None:
    assert answered({"a.test": SILENCE}, timeout_s=0.2) is Fault.DNS_TIMEOUT


def test_name_servers_that_say_nothing_are_given_up_by_themselves() -> None:
    assert answered({"a.test": SILENCE}, timeout_s=30) is Fault.DNS_TIMEOUT


def test_an_answer_that_makes_no_sense_is_a_failure() -> None:
    assert answered({"a.test": malformed(to(PUBLIC))}) in (Fault.DNS_FAILURE, Fault.DNS_TIMEOUT)


def test_an_answer_that_is_too_long_is_asked_for_over_tcp() -> None:
    assert answered({"a.test": truncated(to(PUBLIC))}) == (PUBLIC,)


def test_the_addresses_of_one_family_are_found_with_one_question_and_all_with_one_more() -> None:
    async def scene(asking: names.Names) -> tuple[tuple[str, ...], ...]:
        first = await asking.addresses("a.test")
        assert server.asked["a.test"] == 1
        return first, *[await asking.all_addresses("a.test") for _ in range(3)]

    with local_names({"a.test": to(PUBLIC, OTHER, V6)}) as server:
        first, *together = with_names(server, scene)

    assert set(first) == {PUBLIC, OTHER}
    assert {frozenset(addresses) for addresses in together} == {frozenset((PUBLIC, OTHER, V6))}
    assert server.asked["a.test"] == 2


def test_a_name_of_one_family_has_no_other_addresses() -> None:
    async def scene(asking: names.Names) -> list[tuple[str, ...]]:
        return [await look_up(host) for host in answers for look_up in (asking.addresses, asking.all_addresses)]

    answers = {"four.test": to(PUBLIC), "six.test": to(V6)}
    with local_names(answers) as server:
        assert with_names(server, scene) == [(PUBLIC,), (PUBLIC,), (V6,), (V6,)]


def test_other_addresses_that_could_not_be_known_are_asked_for_again() -> None:
    async def scene(asking: names.Names) -> list[tuple[str, ...]]:
        return [await asking.all_addresses("a.test") for _ in range(3)]

    four, both = Answer((PUBLIC, V6), failing=AAAA), to(PUBLIC, V6)
    with local_names({"a.test": (four, four, both)}) as server:  # c-ares itself tries twice
        assert list(map(set, with_names(server, scene))) == [{PUBLIC}, {PUBLIC, V6}, {PUBLIC, V6}]


def test_no_more_names_are_asked_for_at_one_time_than_a_router_at_home_takes() -> None:
    hosts = [f"h{rank}.test" for rank in range(400)]

    async def scene(asking: names.Names) -> set[int]:
        looking = asyncio.gather(*(asking.all_addresses(host) for host in hosts))
        waiting = set()
        while not looking.done():
            waiting.add(server.asked.total() - server.answered)
            await asyncio.sleep(0.002)
        await looking
        return waiting

    with local_names({host: to(PUBLIC) for host in hosts}, delay_s=0.05) as server:
        assert 100 < max(with_names(server, scene, timeout_s=20)) <= 150


def test_other_addresses_that_cannot_be_known_are_no_failure() -> None:
    async def scene(asking: names.Names) -> list[tuple[str, ...] | bool]:
        return [await asking.all_addresses("a.test"), await asking.has_others("a.test"), await asking.has_others("b")]

    with local_names({"a.test": Answer((PUBLIC,), failing=AAAA)}) as server:
        assert with_names(server, scene) == [(PUBLIC,), False, False]


def test_a_name_is_the_same_in_capitals() -> None:
    assert answered({"a.test": to(PUBLIC)}, "A.Test") == (PUBLIC,)


@pytest.mark.parametrize(
    ("host", "addresses"),
    [
        ("93.184.215.14", ("93.184.215.14",)),
        ("[2606:4700::1]", ("2606:4700::1",)),
        ("2606:4700:0:0::1", ("2606:4700::1",)),
    ],
)
def test_an_address_is_its_own_name_and_nobody_is_asked(host: str, addresses: tuple[str, ...]) -> None:
    with local_names({}) as server:
        assert with_names(server, lambda asking: found(asking, host)) == addresses
        assert not server.asked


def test_a_name_that_is_another_s_leads_to_its_addresses() -> None:
    async def scene(server: socket.socket) -> tuple[str, ...] | Fault:
        asyncio.get_running_loop().add_reader(server, _answer_as_alias, server)
        asking = names.Names(allow_private=False, server=server.getsockname(), system=None)
        try:
            return await found(asking)
        finally:
            await asking.aclose()
            asyncio.get_running_loop().remove_reader(server)

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        assert asyncio.run(scene(server)) == (PUBLIC,)


def _answer_as_alias(server: socket.socket) -> None:
    """Answers a question with a CNAME, and with the address of what it names where an A was asked for."""
    query, asker = server.recvfrom(4096)
    question = query[12 : query.index(b"\0", 12) + 5]
    name = b"\x05autre\x04test\0"
    records = [b"\xc0\x0c" + struct.pack("!HHIH", 5, 1, 60, len(name)) + name]
    if question[-3] == 1:
        records.append(name + struct.pack("!HHIH", 1, 1, 60, 4) + ip_address(PUBLIC).packed)
    header = query[:2] + struct.pack("!5H", 0x8180, 1, len(records), 0, 0)
    server.sendto(header + question + b"".join(records), asker)


def test_a_name_of_many_links_is_asked_once() -> None:
    async def scene(asking: names.Names) -> list[tuple[str, ...]]:
        together = await asyncio.gather(*(asking.addresses("a.test") for _ in range(50)))
        return [*together, await asking.addresses("a.test")]

    with local_names({"a.test": to(PUBLIC)}, delay_s=0.02) as server:
        assert set(with_names(server, scene)) == {(PUBLIC,)}
        assert server.asked["a.test"] == 1


def test_a_name_that_does_not_exist_is_asked_once() -> None:
    async def scene(asking: names.Names) -> list[tuple[str, ...] | Fault]:
        return [await found(asking), await found(asking)]

    with local_names({"a.test": (NXDOMAIN, NXDOMAIN, to(PUBLIC))}) as server:
        assert with_names(server, scene) == [Fault.DNS_NXDOMAIN, Fault.DNS_NXDOMAIN]


def test_a_name_that_could_not_be_known_is_asked_again() -> None:
    async def scene(asking: names.Names) -> list[tuple[str, ...] | Fault]:
        seen = [await found(asking)]
        while seen[-1] is Fault.DNS_FAILURE and len(seen) < 10:
            seen.append(await found(asking))
        return seen

    with local_names({"a.test": (*[SERVFAIL] * 6, to(PUBLIC))}) as server:
        seen = with_names(server, scene)

    assert seen[0] is Fault.DNS_FAILURE
    assert seen[-1] == (PUBLIC,)


def test_whoever_gives_up_does_not_take_the_answer_from_the_others() -> None:
    async def scene(asking: names.Names) -> tuple[str, ...]:
        one, other = (asyncio.create_task(asking.addresses("a.test")) for _ in range(2))
        await asyncio.sleep(0.02)
        one.cancel()
        return await other

    with local_names({"a.test": to(PUBLIC)}, delay_s=0.1) as server:
        assert with_names(server, scene) == (PUBLIC,)


# --- the system's resolver -----------------------------------------------------------------------


def says(*addresses: str) -> SystemResolver:
    """A system that knows every name."""
    return lambda host: addresses


def fails(error: Exception) -> SystemResolver:
    """A system that fails so."""

    def resolver(host: str) -> tuple[str, ...]:
        raise error

    return resolver


@pytest.mark.parametrize("answer", [NXDOMAIN, NODATA, SERVFAIL])
def test_the_system_has_the_last_word_on_what_is_not_found(answer: Answer) -> None:
    assert answered({"a.test": answer}, system=says(PUBLIC)) == (PUBLIC,)


def test_the_system_is_not_asked_for_what_is_found() -> None:
    assert answered({"a.test": to(PUBLIC)}, system=says(OTHER)) == (PUBLIC,)


def test_what_the_system_says_is_guarded_as_well() -> None:
    assert answered({"a.test": NXDOMAIN}, system=says("127.0.0.1"), allow_private=False) is Fault.PRIVATE_ADDRESS


@pytest.mark.parametrize(
    ("answer", "error", "fault"),
    [
        (NXDOMAIN, socket.gaierror(socket.EAI_NONAME, "no"), Fault.DNS_NXDOMAIN),
        (NXDOMAIN, socket.gaierror(socket.EAI_AGAIN, "later"), Fault.DNS_FAILURE),
        (NODATA, socket.gaierror(socket.EAI_NONAME, "no"), Fault.DNS_NO_ADDRESS),
        (SERVFAIL, socket.gaierror(socket.EAI_NONAME, "no"), Fault.DNS_NXDOMAIN),
        (NXDOMAIN, UnicodeError("label too long"), Fault.INVALID_URL),
    ],
)
def test_where_both_fail_the_more_precise_reason_holds(answer: Answer, error: Exception, fault: Fault) -> None:
    assert answered({"a.test": answer}, system=fails(error)) is fault


def test_a_system_that_does_not_answer_is_not_waited_for() -> None:
    ends = Event()

    def resolver(host: str) -> tuple[str, ...]:
        ends.wait(20)
        return (PUBLIC,)

    try:
        assert answered({"a.test": NXDOMAIN}, system=resolver, timeout_s=0.2) is Fault.DNS_TIMEOUT
    finally:
        ends.set()


# --- the guard -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("addresses", "allowed"),
    [
        (("127.0.0.1",), ()),
        (("10.0.0.1", "fd00::1"), ()),
        ((PUBLIC, "10.0.0.1"), (PUBLIC,)),
        (("10.0.0.1", V6), (V6,)),
        (("169.254.169.254", OTHER, "::1"), (OTHER,)),
        (("::ffff:7f00:1",), ()),
    ],
)
def test_of_a_name_only_the_public_addresses_are_gone_to(addresses: Sequence[str], allowed: tuple[str, ...]) -> None:
    assert answered({"a.test": to(*addresses)}, allow_private=False) == (allowed or Fault.PRIVATE_ADDRESS)
    assert answered({"a.test": to(*addresses)}, allow_private=True) != Fault.PRIVATE_ADDRESS


def test_an_address_that_is_written_out_is_guarded_as_well() -> None:
    assert answered({}, "[::1]", allow_private=False) is Fault.PRIVATE_ADDRESS
    assert answered({}, "[fe80::1%eth0]", allow_private=False) is Fault.PRIVATE_ADDRESS


def test_an_answer_that_changes_afterwards_does_not_get_through() -> None:
    async def scene(asking: names.Names) -> list[tuple[str, ...]]:
        return [await asking.addresses("a.test") for _ in range(5)]

    with local_names({"a.test": (to(PUBLIC), to("127.0.0.1"))}, ttl_s=0) as server:
        assert set(with_names(server, scene, allow_private=False)) == {(PUBLIC,)}


def test_what_is_looked_up_ahead_is_not_asked_for_again_and_guarded_as_well() -> None:
    hosts = [f"h{rank}.test" for rank in range(300)]
    answers = {host: to(PUBLIC) for host in hosts} | {"h1.test": to("127.0.0.1"), "h2.test": NXDOMAIN}

    with local_names(answers) as server:

        async def scene(asking: names.Names) -> list[tuple[str, ...] | Fault]:
            for host in hosts:
                asking.foresee(host)
            async with asyncio.timeout(10):
                await asyncio.gather(*(found(asking, host) for host in hosts))
            before = server.asked.copy()
            for host in hosts:
                asking.foresee(host)
            late = await asyncio.gather(*(found(asking, host) for host in hosts))
            assert server.asked == before
            assert [asking.known(host) for host in hosts[:3]] == [(PUBLIC,), (), ()]
            return late

        first, private, absent, *others = with_names(server, scene, allow_private=False)

    assert (private, absent) == (Fault.PRIVATE_ADDRESS, Fault.DNS_NXDOMAIN)
    assert {first, *others} == {(PUBLIC,)}


def test_what_is_looked_up_ahead_when_all_is_over_is_given_up() -> None:
    async def scene(asking: names.Names) -> tuple[str, ...] | None:
        for rank in range(300):
            asking.foresee(f"h{rank}.test")
        await asking.aclose()
        return asking.known("h0.test")

    with local_names({"h0.test": SILENCE}) as server:
        assert with_names(server, scene) is None


@behaviour("/names/to-b")
async def _to_b(talk: Conversation) -> None:
    await talk.reply(302, location=f"http://b.test:{talk.headers['host'].rpartition(':')[2]}/ok")


def asked(web: Web, server: Names, paths: Sequence[str], *, fast_first: bool, allow_private: bool) -> list[Check]:
    """What is said of links to a.test, which *server* knows, at the port of *web*."""
    policy = Policy(timeout_s=2, interval_s=0, retries=0, per_host=1, allow_private=allow_private)

    async def scene(asking: names.Names) -> list[Check]:
        engine = engine_of(policy, names=asking, fast_first=fast_first)
        links = [Link(id=path, rel="url", url=f"http://a.test:{web.port}{path}") for path in paths]
        try:
            return [one async for one in check(links, policy, transport=engine)]
        finally:
            await engine.aclose()

    return with_names(server, scene, allow_private=allow_private)


@pytest.mark.parametrize("fast_first", ENGINES)
def test_connections_go_to_the_address_that_was_looked_at_and_to_no_later_one(web: Web, fast_first: bool) -> None:
    with local_names({"a.test": (to("127.0.0.1"), to("127.0.0.2"))}, ttl_s=0) as server:
        checks = asked(web, server, ["/ok", "/ok?2", "/status/403", "/ok?3"], fast_first=fast_first, allow_private=True)

    assert sorted(one.judgement.reason for one in checks) == ["http-200", "http-200", "http-200", "http-403"]


@pytest.mark.parametrize("fast_first", ENGINES)
def test_a_redirect_to_a_name_with_a_private_address_is_not_followed(
    web: Web, monkeypatch: pytest.MonkeyPatch, fast_first: bool
) -> None:
    monkeypatch.setattr(names, "is_public", lambda address: str(address) == "127.0.0.1")  # the web is on this machine

    with local_names({"a.test": to("127.0.0.1"), "b.test": to("127.0.0.2")}) as server:
        (one,) = asked(web, server, ["/names/to-b"], fast_first=fast_first, allow_private=False)

    assert one.judgement.reason == "private-address"
    assert web.visits("/names/to-b") == 1
    assert web.visits("/ok") == 0


@pytest.mark.parametrize("fast_first", ENGINES)
def test_of_several_addresses_those_that_nobody_listens_on_are_passed_over(web: Web, fast_first: bool) -> None:
    with local_names({"a.test": to("127.0.0.2", "127.0.0.3", "127.0.0.1", "::1")}) as server:
        (one,) = asked(web, server, ["/ok"], fast_first=fast_first, allow_private=True)

    assert one.judgement.reason == "http-200"


def has_ipv6() -> bool:
    """Whether something can listen on `::1` here."""
    with suppress(OSError), socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::1", 0))
        return True
    return False


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
def test_of_two_families_the_one_that_nobody_listens_on_is_passed_over() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        writer.close()

    async def scene(asking: names.Names) -> int:
        engine = engine_of(Policy(timeout_s=2, allow_private=True), names=asking)
        async with await asyncio.start_server(answer, "::1") as listening:
            port = listening.sockets[0].getsockname()[1]
            try:
                return (await engine.send(f"http://a.test:{port}/", (), 2)).status_code
            finally:
                await engine.aclose()

    with local_names({"a.test": to("127.0.0.1", "::1")}) as server:
        assert with_names(server, scene) == 204


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        *((address, True) for address in ("1.1.1.1", "93.184.215.14", "2606:4700::1", "2a00:1450:4007::1")),
        *((address, True) for address in ("::ffff:1.1.1.1", "2002:101:101::1", "64:ff9b::1.1.1.1")),
        *((address, False) for address in ("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3")),  # noqa: S104 - not bound
        *((address, False) for address in ("172.16.0.1", "172.31.255.255", "192.168.1.1")),
        *((address, False) for address in ("169.254.169.254", "100.64.0.1", "100.100.100.200")),
        *((address, False) for address in ("192.0.2.1", "198.18.0.1", "203.0.113.9", "240.0.0.1", "255.255.255.255")),
        *((address, False) for address in ("224.0.0.1", "239.255.255.250", "ff02::1", "ff0e::1")),
        *((address, False) for address in ("::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "2001:db8::1")),
        *((address, False) for address in ("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254")),
        *((address, False) for address in ("2002:7f00:1::1", "2002:a9fe:a9fe::1", "2002:c0a8:101::")),
        *((address, False) for address in ("64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe")),
    ],
)
def test_an_address_is_public_or_not_however_it_is_wrapped(address: str, expected: bool) -> None:
    assert is_public(ip_address(address)) is expected


@pytest.mark.parametrize(
    ("addresses", "turns"),
    [
        ((), ()),
        (("1.1.1.1", "1.1.1.2"), ("1.1.1.1", "1.1.1.2")),
        (("1.1.1.1", "2::1", "2::2"), ("2::1", "1.1.1.1", "2::2")),
        (("1.1.1.1", "1.1.1.2", "1.1.1.3", "2::1"), ("2::1", "1.1.1.1", "1.1.1.2", "1.1.1.3")),
    ],
)
def test_the_two_families_take_turns(addresses: Sequence[str], turns: Sequence[str]) -> None:
    assert by_family(addresses) == list(turns)


@pytest.mark.parametrize(
    "address", ["192.0.0.192", "64:ff9b:1::a9fe:a9fe", "::127.0.0.1", "::ffff:0:127.0.0.1", "fec0::1"]
)
def test_an_address_of_special_use_is_not_public_whatever_the_version_of_python_says(address: str) -> None:
    assert not is_public(ip_address(address))
