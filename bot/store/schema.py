"""The number of the shape of the stored data, and the steps from one shape to the next."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.errors import ConfigurationError
from bot.store import keys
from bot.store.client import Client
from bot.store.vocabulary import spell

CURRENT: Final = 2

Step = Callable[[Client], Awaitable[None]]
STEPS: Final[Mapping[int, Step]] = {1: spell}
"""Shape n → how to turn it into n + 1. A step may be interrupted and run again."""


async def migrate(client: Client, *, steps: Mapping[int, Step] = STEPS, current: int = CURRENT) -> int:
    """Brings the data to the current shape; returns the shape found. Raises ConfigurationError if a newer program wrote it."""
    if await client.set(keys.SCHEMA(), current, nx=True):
        return current
    found = int(await client.get(keys.SCHEMA()) or current)
    if found > current:
        raise ConfigurationError(f"the store was written by a newer version (shape {found}, this one knows {current}); upgrade the program")
    for number in range(found, current):
        await steps[number](client)
        await client.set(keys.SCHEMA(), number + 1)
    return found
