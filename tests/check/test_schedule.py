"""Turns at hosts: how many at once, how far apart, in what order, and what a host that asks for patience gets.

Time is the loop's own, put forward by whoever sleeps: nothing here waits.
"""

import asyncio
import tracemalloc
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagsources.check.schedule import Turns


class Loop(asyncio.SelectorEventLoop):
    """A loop whose clock is put forward by `sleep`."""

    ahead_s = 0.0

    def time(self) -> float:
        """Seconds, those that were slept included."""
        return super().time() + self.ahead_s

    async def sleep(self, seconds: float) -> None:
        """Lets the others go first, then puts the clock forward to where it would be."""
        until = self.time() + seconds
        await asyncio.sleep(0)
        self.ahead_s += max(0.0, until - self.time())


class Record:
    """Turns, and what came of asking for them: who began, when, and how many were under way."""

    def __init__(self, loop: Loop, *, per_host: int = 2, interval_s: float = 0.0, at_once: int = 100) -> None:
        self._loop = loop
        self.turns = Turns(per_host=per_host, interval_s=interval_s, at_once=at_once, sleep=self._sleep)
        self.began: list[tuple[str, float]] = []
        self.slept: list[float] = []
        self.most: Counter[str] = Counter()
        self.most_in_all = 0
        self._under_way: Counter[str] = Counter()

    @property
    def order(self) -> str:
        """Who began, in order."""
        return "".join(name for name, _ in self.began)

    def queue(self, *names: str) -> None:
        """One link at each host, which is under way until `done`."""
        for name in names:
            self.turns.queue(name, partial(self.begin, name))

    def begin(self, name: str) -> None:
        """Notes that a turn was given."""
        self.began.append((name, self._loop.time()))
        self._under_way[name] += 1
        self.most[name] = max(self.most[name], self._under_way[name])
        self.most_in_all = max(self.most_in_all, self._under_way.total())

    def done(self, name: str) -> None:
        """Gives a turn back."""
        self._under_way[name] -= 1
        self.turns.done(name)

    async def rest(self) -> None:
        """Lets those who sleep wake up."""
        for _ in range(8):
            await asyncio.sleep(0)

    async def finish(self, *, ended: int = 0) -> None:
        """Gives back, first come first served, until nothing begins any more; so many have *ended* already."""
        while True:
            await self.rest()
            if ended == len(self.began):
                break
            while ended < len(self.began):
                self.done(self.began[ended][0])
                ended += 1

    def spacings(self, name: str) -> list[float]:
        """How long after another each link of a host began (seconds, to the hundredth)."""
        times = [time for began, time in self.began if began == name]
        return [round(after - before, 2) for before, after in pairwise(times)]

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 1))
        await self._loop.sleep(seconds)


def run(scene: Callable[[Loop], Awaitable[None]]) -> None:
    """Plays *scene* in a loop of its own."""

    async def play() -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, Loop)
        await scene(loop)

    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(play())


def test_a_host_has_no_more_at_once_than_it_may() -> None:
    async def scene(loop: Loop) -> None:
        record = Record(loop, per_host=3)
        record.queue(*"aaaaaaaa")

        assert record.order == "aaa"
        record.done("a")
        assert record.order == "aaaa"

    run(scene)


def test_there_are_no_more_in_all_than_may_be() -> None:
    async def scene(loop: Loop) -> None:
        record = Record(loop, per_host=3, at_once=4)
        record.queue(*"aaabbbccc")

        assert len(record.began) == 4
        record.done("a")
        assert len(record.began) == 5

    run(scene)


def test_links_of_a_host_are_so_far_apart() -> None:
    async def scene(loop: Loop) -> None:
        record = Record(loop, per_host=2, interval_s=7)
        record.queue(*"aaaa")
        await record.finish()

        assert [round(spacing) for spacing in record.spacings("a")] == [7, 7, 7]
        assert min(record.spacings("a")) >= 7

    run(scene)


def test_hosts_do_not_wait_for_each_other_s_spacing() -> None:
    async def scene(loop: Loop) -> None:
        record = Record(loop, per_host=2, interval_s=7)
        record.queue(*"aabbcc")

        assert record.order == "abc"
        assert record.slept == []
        await record.turns.aclose()

    run(scene)


def test_the_host_with_the_most_left_goes_first() -> None:
    async def scene(loop: Loop) -> None:
        record = Record(loop, per_host=1, at_once=1)
        record.queue("x", *"abbbbcccccccccccc")
        await record.finish()

        assert record.order.startswith("xcccc")
        assert record.order.index("b") < record.order.index("a")

    run(scene)


def test_a_host_that_does_not_answer_holds_up_nobody_else() -> None:
    async def scene(loop: Loop) -> None:
        record = Record(loop, per_host=2, at_once=10)
        record.queue(*"aaaaaaaaaaaaaaaaaaaa", *"bcd")

        assert record.order == "aabcd"

    run(scene)


def test_a_host_that_rests_takes_no_room_from_the_others() -> None:
    async def scene(loop: Loop) -> None:
        record = Record(loop, at_once=1)
        record.turns.pause("a", 1_000)
        record.queue(*"aaab")

        assert record.order == "b"
        await record.turns.aclose()

    run(scene)


def test_whoever_goes_on_is_served_before_those_who_have_not_begun() -> None:
    async def scene(loop: Loop) -> None:
        record = Record(loop, per_host=1)
        record.queue(*"aaa")

        async def goes_on() -> None:
            await record.turns.turn("a")
            record.begin("again ")

        waiting = asyncio.create_task(goes_on())
        await asyncio.sleep(0)
        record.done("a")
        await record.rest()

        assert record.order == "aagain "
        assert waiting.done()

    run(scene)


@pytest.mark.parametrize("granted", [False, True])
def test_the_turn_of_whoever_has_gone_is_not_lost(granted: bool) -> None:
    async def scene(loop: Loop) -> None:
        record = Record(loop, per_host=1)
        record.queue("a")
        waiting = asyncio.create_task(record.turns.turn("a"))
        await asyncio.sleep(0)
        record.queue("a")
        if granted:
            record.done("a")
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        if not granted:
            record.done("a")

        assert waiting.cancelled()
        assert record.order == "aa"

    run(scene)


def test_a_host_that_asks_for_patience_is_asked_one_at_a_time_and_ever_further_apart() -> None:
    async def scene(loop: Loop) -> None:
        record = Record(loop, per_host=3)
        record.queue("a")
        for rank in range(7):
            record.turns.slow_down("a")
            record.queue("a")
            record.done("a")
            await record.rest()
            assert len(record.began) == rank + 2
        await record.finish()

        assert record.slept == [0.2, 0.5, 1.0, 2.0, 4.0, 4.0]
        assert record.most["a"] == 1

    run(scene)


def test_a_host_that_answers_again_is_asked_as_before() -> None:
    async def scene(loop: Loop) -> None:
        record = Record(loop, per_host=3)
        record.turns.slow_down("a")
        record.turns.slow_down("a")
        record.queue(*"aaaaaaaaa")
        first = record.order
        record.turns.speed_up("a")
        record.turns.speed_up("a")
        record.turns.speed_up("a")
        record.done("a")
        await record.rest()

        assert (first, record.order) == ("a", "aaaa")

    run(scene)


def test_one_answer_takes_back_one_step_of_slowness_only() -> None:
    async def scene(loop: Loop) -> None:
        record = Record(loop, per_host=3)
        record.turns.slow_down("a")
        record.turns.slow_down("a")
        record.turns.speed_up("a")
        record.queue(*"aaa")
        await record.finish()

        assert record.most["a"] == 1
        assert min(record.spacings("a")) >= 0.25

    run(scene)


def test_a_host_that_nobody_knows_cannot_be_sped_up() -> None:
    async def scene(loop: Loop) -> None:
        record = Record(loop, per_host=1)
        record.turns.speed_up("a")
        record.queue(*"aa")

        assert record.order == "a"

    run(scene)


def test_a_host_that_is_paused_is_asked_when_that_is_over_and_not_before() -> None:
    async def scene(loop: Loop) -> None:
        record = Record(loop)
        start = loop.time()
        record.turns.pause("a", 30)
        record.queue("a", "b")
        await record.finish()

        begun = {name: time - start for name, time in record.began}
        assert begun["a"] >= 30
        assert begun["b"] < 5

    run(scene)


def test_a_pause_that_is_asked_for_during_another_makes_it_longer_and_never_shorter() -> None:
    async def scene(loop: Loop) -> None:
        record = Record(loop)
        start = loop.time()
        record.turns.pause("a", 30)
        record.queue("a")
        record.turns.pause("a", 50)
        record.turns.pause("a", 10)
        await record.finish()

        assert 50 <= record.began[0][1] - start < 60

    run(scene)


def test_closing_ends_the_waits() -> None:
    async def scene(loop: Loop) -> None:
        record = Record(loop)
        record.turns.pause("a", 30)
        record.queue("a")
        await record.turns.aclose()
        await record.rest()

        assert record.began == []
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run(scene)


def test_no_turn_is_given_once_closed() -> None:
    async def scene(loop: Loop) -> None:
        record = Record(loop)
        await record.turns.aclose()
        record.queue("a")

        assert record.began == []

    run(scene)


EVENTS = st.lists(
    st.tuples(st.sampled_from(["queue", "queue", "queue", "done", "slow", "fast", "pause"]), st.sampled_from("abcde")),
    max_size=60,
)


@given(events=EVENTS, per_host=st.integers(1, 3), at_once=st.integers(1, 5), interval_s=st.sampled_from([0.0, 0.5]))
@settings(deadline=None, max_examples=50)
def test_whatever_happens_all_are_served_and_no_bound_is_passed(
    events: list[tuple[str, str]], per_host: int, at_once: int, interval_s: float
) -> None:
    queued = Counter(name for event, name in events if event == "queue")

    async def scene(loop: Loop) -> None:
        record = Record(loop, per_host=per_host, at_once=at_once, interval_s=interval_s)
        ended: deque[str] = deque()
        for event, name in events:
            match event:
                case "queue":
                    record.queue(name)
                case "done" if len(ended) < len(record.began):
                    ended.append(record.began[len(ended)][0])
                    record.done(ended[-1])
                case "slow":
                    record.turns.slow_down(name)
                case "fast":
                    record.turns.speed_up(name)
                case "pause":
                    record.turns.pause(name, 3)
            await asyncio.sleep(0)
        await record.finish(ended=len(ended))

        assert Counter(name for name, _ in record.began) == queued
        assert record.most_in_all <= at_once
        assert max(record.most.values(), default=0) <= per_host
        assert all(spacing >= interval_s for name in "abcde" for spacing in record.spacings(name))

    run(scene)


def test_no_turn_is_given_when_one_is_given_back_after_closing() -> None:
    async def scene() -> list[int]:
        began: list[int] = []
        turns = Turns(per_host=1, interval_s=0, at_once=1)
        turns.queue("a", lambda: began.append(1))
        turns.queue("a", lambda: began.append(2))
        await turns.aclose()
        turns.done("a")
        return began

    assert asyncio.run(scene()) == [1]


def test_an_endless_run_needs_no_more_memory_than_a_short_one() -> None:
    """In a list that is read as there is room, hosts come and go among those that are ready, without an end."""

    async def scene() -> tuple[int, int]:
        began: deque[str] = deque()
        turns = Turns(per_host=4, interval_s=0, at_once=40)
        names = [f"h{rank}" for rank in range(100)]

        def link(rank: int) -> None:
            turns.queue(name := names[rank % 100], partial(began.append, name))

        def kept_after(ranks: range) -> int:
            for rank in ranks:
                turns.done(began.popleft())
                link(rank)
            return tracemalloc.get_traced_memory()[0]

        for rank in range(2_000):
            link(rank)
        return kept_after(range(2_000, 20_000)), kept_after(range(20_000, 60_000))

    tracemalloc.start()
    try:
        short, long = asyncio.run(scene())
    finally:
        tracemalloc.stop()
    assert long - short < 100_000
