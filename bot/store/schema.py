"""The number of the shape of the stored data, and the steps from one shape to the next."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Final

import structlog

from bot.errors import BotError, ConfigurationError
from bot.store import keys
from bot.store.client import Client
from bot.store.lua import Script
from bot.store.refiling import file_anew
from bot.store.sketches import draw
from bot.store.vocabulary import spell

log = structlog.get_logger(__name__)

CURRENT: Final = 5
OLDEST: Final = 1
"""Data without a number are this old: the first shape had it from the first key on, but a copy by other means may lack it."""

Step = Callable[[Client], Awaitable[None]]
STEPS: Final[Mapping[int, Step]] = {1: spell, 2: file_anew, 3: draw, 4: file_anew}
"""Shape n → how to turn it into n + 1. A step may be interrupted and run again."""

_UNLOCK: Final = Script("unlock")
_AGAIN: Final = 0.2
"""Seconds between two looks at what another process does."""


async def migrate(client: Client, *, steps: Mapping[int, Step] = STEPS, current: int = CURRENT) -> int:
    """Brings the data to the current shape, one process at a time; returns the shape found.

    A process that dies over it is followed by the next to start, at the step it was at. Raises ConfigurationError if a newer program
    wrote the data, or if a restore was not ended.
    """
    found = await _shape(client, current)
    if found >= current:
        return found
    async with _alone(client):
        # another process may have done it, or a part of it, while this one waited
        for number in range(await _shape(client, current), current):
            log.info("the store is brought to another shape", shape=number + 1)
            await steps[number](client)
            await client.set(keys.SCHEMA(), number + 1)
    return found


async def _shape(client: Client, current: int) -> int:
    if await client.exists(keys.RESTORING()):
        raise ConfigurationError("the store holds half of a backup: repeat `vestnik restore --force` with the same file")
    raw = await client.get(keys.SCHEMA())
    if raw is None:
        found = current if await _is_new(client) else OLDEST
        if await client.set(keys.SCHEMA(), found, nx=True):
            return found
        raw = await client.get(keys.SCHEMA())
    try:
        found = int(raw or current)
    except ValueError:
        raise ConfigurationError(f"{keys.SCHEMA()} is no number: the store was not written by Vestnik") from None
    if found > current:
        raise ConfigurationError(f"the store was written by a newer version (shape {found}, this one knows {current}); upgrade the program")
    return found


async def _is_new(client: Client) -> bool:
    """Whether nothing is kept yet: what every store has first is asked for by name, a shared server may hold millions of other keys."""
    held = (keys.STORIES_UPDATED(), keys.POLLS_DUE(), keys.AGENDA_DUE(), keys.AUDIENCES())
    pipe = client.pipeline(transaction=False)
    for key in held:
        pipe.exists(key)
    return not any(await pipe.execute())


@asynccontextmanager
async def _alone(client: Client) -> AsyncIterator[None]:
    """One process at a time; a holder that dies gives way after a minute, one that lives renews its hold."""
    mark = secrets.token_hex(8)
    while not await client.set(keys.SCHEMA_LOCK(), mark, nx=True, ex=keys.SCHEMA_LOCK.seconds):  # noqa: ASYNC110  # others are other processes
        await asyncio.sleep(_AGAIN)

    async def hold() -> None:
        while True:
            await asyncio.sleep(keys.SCHEMA_LOCK.seconds / 4)
            await client.expire(keys.SCHEMA_LOCK(), keys.SCHEMA_LOCK.seconds)

    try:
        async with asyncio.TaskGroup() as group:
            holding = group.create_task(hold())
            try:
                yield
            finally:
                holding.cancel()
                await _UNLOCK(client, [keys.SCHEMA_LOCK()], [mark])
    except* BotError as troubles:
        raise troubles.exceptions[0] from None
