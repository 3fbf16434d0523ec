"""What the watches of all processes find failing: since when, and whether the administrators were told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.store import keys


@dataclass(frozen=True, slots=True)
class Trouble:
    """One check that fails. `since` names it: a check that fails again later is another trouble."""

    since: dt.datetime
    told: bool


class Troubles:
    """Shared by all watches. Every method raises StoreUnavailable."""

    def __init__(self, client: Any) -> None:
        self._client = client

    async def known(self) -> Mapping[str, Trouble]:
        """All that fails, by the name of its check."""
        pipe = self._client.pipeline(transaction=False)
        pipe.hgetall(keys.WATCH_SINCE())
        pipe.hgetall(keys.WATCH_TOLD())
        since, told = await pipe.execute()
        return {name.decode(): Trouble(dt.datetime.fromtimestamp(float(at), dt.UTC), name in told) for name, at in since.items()}

    async def begin(self, name: str, now: dt.datetime) -> None:
        """The check fails from now on; what is known of it already stays."""
        await self._client.hsetnx(keys.WATCH_SINCE(), name, f"{now.timestamp():.3f}")

    async def told(self, name: str) -> None:
        """The administrators know of it."""
        await self._client.hset(keys.WATCH_TOLD(), name, "1")

    async def end(self, name: str) -> None:
        """The check holds again, and whoever had to hear of it has."""
        await self._client.hdel(keys.WATCH_TOLD(), name)
        await self._client.hdel(keys.WATCH_SINCE(), name)
