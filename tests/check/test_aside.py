"""What is done beside the loop comes back to it, or to nobody."""

import asyncio
import threading
import time

import pytest

from diagsources.check.aside import aside


def test_what_blocks_holds_up_nobody_else() -> None:
    async def scene() -> list[str]:
        done: list[str] = []

        def block() -> str:
            time.sleep(0.2)
            return "slow"

        async def slow() -> None:
            done.append(await aside(block, name="slow"))

        async def quick() -> None:
            await asyncio.sleep(0.01)
            done.append("quick")

        await asyncio.gather(slow(), quick())
        return done

    assert asyncio.run(scene()) == ["quick", "slow"]


@pytest.mark.parametrize("error", [OSError("no"), BaseException("no, as an extension panics")])
def test_what_it_raises_is_raised(error: BaseException) -> None:
    def fail() -> None:
        raise error

    with pytest.raises(BaseException, match=r"^no") as raised:
        asyncio.run(aside(fail, name="fails"))
    assert raised.value is error


def test_nobody_waits_for_it_at_the_end() -> None:
    goes_on, ended = threading.Event(), threading.Event()

    def wait() -> None:
        goes_on.wait(10)
        ended.set()

    async def scene() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await aside(wait, name="waits")

    asyncio.run(scene())
    assert not ended.is_set()
    goes_on.set()
    assert ended.wait(10)  # and what it then says to a loop that has ended disturbs nobody
