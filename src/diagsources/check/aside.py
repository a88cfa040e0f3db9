"""What would hold the loop up, done beside it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


async def aside(work: Callable[[], T], *, name: str) -> T:
    """What *work* brings back, from a thread called *name* that nobody waits for at the end; raises what it raises.

    A resolver can take half a minute, and an executor's threads hold the process until they are done.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def tell(settle: Callable[[], None]) -> None:
        if not done.done():  # whoever waited is gone
            settle()

    def carry_out() -> None:
        settle: Callable[[], None]
        try:
            settle = partial(done.set_result, work())
        except BaseException as error:  # noqa: BLE001 - handed to whoever waits, who raises it
            settle = partial(done.set_exception, error)
        with suppress(RuntimeError):  # the loop has ended, and nobody waits any more
            loop.call_soon_threadsafe(tell, settle)

    Thread(target=carry_out, name=name, daemon=True).start()
    return await done
