"""Since when a platform fails: for everybody, and for the recipients of a batch. All processes share it, and it outlives them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from bot.model import Platform
from bot.store.keys import EDITION_FAILING, OUTAGE


class Outages:
    """Of one platform. Every method raises StoreUnavailable."""

    def __init__(self, client: Any, platform: Platform) -> None:
        self._client, self._platform = client, platform

    async def down(self, now: dt.datetime) -> dt.datetime:
        """Every call fails: since when, which is now unless somebody noted it before. Noted for a day from the last time on."""
        pipe = self._client.pipeline(transaction=True)
        pipe.set(OUTAGE(self._platform), now.timestamp(), nx=True)
        pipe.expire(OUTAGE(self._platform), OUTAGE.seconds)
        pipe.get(OUTAGE(self._platform))
        return dt.datetime.fromtimestamp(float((await pipe.execute())[2]), dt.UTC)

    async def up(self) -> None:
        """A call went through."""
        await self._client.delete(OUTAGE(self._platform))

    async def failing(self, edition: str, batch: int, indexes: Sequence[int], now: dt.datetime) -> tuple[dt.datetime, ...]:
        """These recipients of a batch cannot be reached: since when each, which is now unless it was noted before."""
        key, names = EDITION_FAILING(edition), [f"{batch}:{index}" for index in indexes]
        pipe = self._client.pipeline(transaction=True)
        for name in names:
            pipe.hsetnx(key, name, now.timestamp())
        pipe.expire(key, EDITION_FAILING.seconds)
        pipe.hmget(key, names)
        return tuple(dt.datetime.fromtimestamp(float(value), dt.UTC) for value in (await pipe.execute())[-1])
