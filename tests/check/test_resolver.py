"""Name servers asked on the event loop, of either kind, and by a thread where a loop watches no sockets."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import pytest

from diagsources.check import fast_loop
from diagsources.check.resolver import Found, Resolver
from diagsources.verdict import Fault
from tests.support.names import NODATA, NXDOMAIN, REFUSED, SERVFAIL, SILENCE, Answer, Names, local_names, to, truncated

T = TypeVar("T")
Loops = Callable[[], asyncio.AbstractEventLoop]
Scene = Callable[[Resolver], Awaitable[T]]


class Manner:
    """A kind of loop, and whether it does the work."""

    def __init__(self, loop: Loops, *, on_the_loop: bool) -> None:
        self._loop, self._on_the_loop = loop, on_the_loop

    def play(self, server: Names, scene: Scene[T]) -> T:
        """What *scene* brings back, with a resolver that asks *server*."""

        async def closed() -> T:
            resolver = Resolver((server.host, server.port), on_the_loop=self._on_the_loop)
            try:
                return await scene(resolver)
            finally:
                resolver.close()

        with asyncio.Runner(loop_factory=self._loop) as runner:
            return runner.run(closed())


@pytest.fixture(
    params=[
        pytest.param((asyncio.SelectorEventLoop, True), id="usual-loop"),
        pytest.param((fast_loop() or asyncio.SelectorEventLoop, True), id="fast-loop"),
        pytest.param((asyncio.SelectorEventLoop, False), id="thread"),
    ]
)
def manner(request: pytest.FixtureRequest) -> Manner:
    """Each way to ask."""
    loop, on_the_loop = request.param
    return Manner(loop, on_the_loop=on_the_loop)


def ipv4(host: str) -> Callable[[Resolver], Coroutine[Any, Any, Found]]:
    """A scene that looks the IPv4 addresses of *host* up."""
    return lambda resolver: resolver.look_up(host, socket.AF_INET)


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (to("93.184.215.14", "2606:4700::1"), ("93.184.215.14",)),
        (truncated(to("93.184.215.14")), ("93.184.215.14",)),
        (NODATA, Fault.DNS_NO_ADDRESS),
        (NXDOMAIN, Fault.DNS_NXDOMAIN),
        (SERVFAIL, Fault.DNS_FAILURE),
        (REFUSED, Fault.DNS_FAILURE),
        (SILENCE, Fault.DNS_TIMEOUT),
    ],
)
def test_what_a_name_server_says_is_told(manner: Manner, answer: Answer, found: Found) -> None:
    with local_names({"a.test": answer}) as server:
        assert manner.play(server, ipv4("a.test")) == found


def test_many_names_are_asked_at_one_time(manner: Manner) -> None:
    hosts = {f"h{rank}.test": f"10.0.{rank // 250}.{rank % 250}" for rank in range(300)}

    async def scene(resolver: Resolver) -> list[Found]:
        async with asyncio.timeout(20):
            return [*await asyncio.gather(*(resolver.look_up(host, socket.AF_INET) for host in hosts))]

    with local_names({host: to(address) for host, address in hosts.items()}, delay_s=0.05) as server:
        assert manner.play(server, scene) == [(address,) for address in hosts.values()]


def test_what_is_asked_after_a_rest_is_given_up_in_time_as_well(manner: Manner) -> None:
    async def scene(resolver: Resolver) -> list[Found]:
        found = [await resolver.look_up("a.test", socket.AF_INET)]
        await asyncio.sleep(0.6)  # longer than from one look at what waits to the next
        async with asyncio.timeout(8):
            return [*found, await resolver.look_up("b.test", socket.AF_INET)]

    with local_names({"a.test": to("10.0.0.1"), "b.test": SILENCE}) as server:
        assert manner.play(server, scene) == [("10.0.0.1",), Fault.DNS_TIMEOUT]


def test_whoever_gives_up_takes_nothing_from_the_others(manner: Manner) -> None:
    async def scene(resolver: Resolver) -> Found:
        one, other = (asyncio.create_task(resolver.look_up("a.test", socket.AF_INET)) for _ in range(2))
        await asyncio.sleep(0.02)
        one.cancel()
        return await other

    with local_names({"a.test": to("10.0.0.1")}, delay_s=0.1) as server:
        assert manner.play(server, scene) == ("10.0.0.1",)


def test_what_is_under_way_at_the_end_is_left_alone(manner: Manner) -> None:
    async def scene(resolver: Resolver) -> asyncio.Task[Found]:
        task = asyncio.create_task(resolver.look_up("a.test", socket.AF_INET))
        await asyncio.sleep(0.02)
        return task

    with local_names({"a.test": SILENCE}) as server:
        assert manner.play(server, scene).cancelled()
