"""The clients of the fast engine, each of which pins the names of many: while they are being made."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from threading import Event
from typing import TypeVar

import pytest

from diagsources.check import fast
from diagsources.check.names import Names
from tests.support.names import Names as LocalNames
from tests.support.names import local_names, to
from tests.support.web import unused_port

T = TypeVar("T")
pytestmark = pytest.mark.skipif(not fast.AVAILABLE, reason="pyreqwest has no wheel here")


class Making:
    """Takes the place of what makes clients: notes for whom, and waits until it may."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, error: BaseException | None = None) -> None:
        self.batches: list[Mapping[str, str]] = []
        self.begun, self.may = Event(), Event()
        self._make, self._error = fast._pinning, error
        monkeypatch.setattr(fast, "_pinning", self.make)

    def make(self, batch: Mapping[str, str], timeout_s: float) -> object:
        """A client for *batch*."""
        self.batches.append(batch)
        self.begun.set()
        self.may.wait(10)
        if self._error is not None:
            raise self._error
        return self._make(batch, timeout_s)


def play(server: LocalNames, scene: Callable[[fast.FastSender], Awaitable[T]]) -> T:
    """What *scene* brings back, with a sender that asks *server* for names."""

    async def closed() -> T:
        names = Names(allow_private=True, server=(server.host, server.port), system=None)
        sender = fast.FastSender(names, timeout_s=2)
        try:
            async with asyncio.timeout(10):
                return await scene(sender)
        finally:
            await sender.aclose()
            await names.aclose()

    return asyncio.run(closed())


async def outcome(sender: fast.FastSender, host: str) -> str:
    """How asking *host*, where nobody listens, ends."""
    try:
        await sender.send(f"https://{host}:{unused_port()}/", (("User-Agent", "test"),), 2)
    except BaseException as error:  # noqa: BLE001 - a panic of an extension is one
        return f"{type(error).__name__}: {error}"
    return "answered"


def test_a_name_that_is_being_pinned_is_waited_for_and_not_pinned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    making = Making(monkeypatch)

    async def scene(sender: fast.FastSender) -> list[str]:
        sender.expect("b.test")
        first = asyncio.create_task(outcome(sender, "a.test"))
        assert await asyncio.to_thread(making.begun.wait, 10)
        others = [asyncio.create_task(outcome(sender, host)) for host in ("a.test", "b.test", "a.test")]
        await asyncio.sleep(0.3)  # longer than names are gathered
        making.may.set()
        return await asyncio.gather(first, *others)

    with local_names({host: to("127.0.0.1") for host in ("a.test", "b.test")}) as server:
        assert set(play(server, scene)) == {"Failed: tcp-refused"}
    assert sorted(host for batch in making.batches for host in batch) == ["a.test", "b.test"]


@pytest.mark.parametrize(
    ("error", "ends"),
    [
        (ValueError("no address"), "Unsure: "),
        (RuntimeError("can't start new thread"), "RuntimeError: can't start new thread"),
        (BaseException("panicked"), "BaseException: panicked"),
    ],
)
def test_nobody_waits_for_a_client_that_cannot_be_made(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, ends: str
) -> None:
    making = Making(monkeypatch, error=error)
    making.may.set()

    async def scene(sender: fast.FastSender) -> list[str]:
        return await asyncio.gather(*(outcome(sender, "a.test") for _ in range(3)))

    with local_names({"a.test": to("127.0.0.1")}) as server:
        assert play(server, scene) == [ends] * 3


def test_the_end_waits_for_no_client(monkeypatch: pytest.MonkeyPatch) -> None:
    making = Making(monkeypatch)

    async def scene(sender: fast.FastSender) -> asyncio.Task[str]:
        task = asyncio.create_task(outcome(sender, "a.test"))
        assert await asyncio.to_thread(making.begun.wait, 10)
        return task

    with local_names({"a.test": to("127.0.0.1")}) as server:
        task = play(server, scene)
    making.may.set()
    assert task.done()
