"""A task that is told to end ends, wherever in a call to the store it stands: the library alone swallows that now and then."""

from __future__ import annotations

import asyncio

import pytest

from bot.store import Store

TRIES = 150


@pytest.mark.parametrize("kind", ["command", "pipeline", "script"])
async def test_no_cancellation_is_swallowed(anywhere: Store, kind: str) -> None:
    """At every moment of a call: a keeper of a lease that went on would hold up the scheduler for ever."""
    client = anywhere.client

    async def call() -> None:
        if kind == "command":
            await client.get("{x}:a")
        elif kind == "pipeline":
            pipe = client.pipeline(transaction=False)
            pipe.get("{x}:a")
            pipe.get("{x}:b")
            await pipe.execute()
        else:
            await client.eval("return 1", 1, "{x}:a")

    async def work() -> None:
        for _ in range(200):
            await call()

    went_on = 0
    for number in range(TRIES):
        task = asyncio.get_running_loop().create_task(work())
        for _ in range(number % 40):
            await asyncio.sleep(0)
        task.cancel()
        try:
            await task
            went_on += 1
        except asyncio.CancelledError:
            continue
    assert went_on == 0
    await call()
