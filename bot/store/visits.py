"""When relevant pages are read again in case they were revised; shared by all collectors."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from bot.store import codec, keys
from bot.store.lua import Script

_DUE: Final = Script("due")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One page that is to be read again, for the `number`th time (from 0)."""

    source_id: str
    url: str
    """Canonical, as the source announced it."""
    number: int = 0


class Visits:
    """Pages by the time of their next visit. Every method raises StoreUnavailable."""

    def __init__(self, client: Any) -> None:
        self._client = client

    async def plan(self, visit: Visit, at: dt.datetime) -> None:
        """Sets when a page is visited; the same visit planned again is moved."""
        await self._client.zadd(keys.POLLS_VISITS(), {codec.dump(visit): at.timestamp()})

    async def due(self, now: dt.datetime, limit: int, lease: dt.timedelta) -> tuple[Visit, ...]:
        """Up to `limit` visits that are due; nobody else gets them before `lease` has passed."""
        found = await _DUE(self._client, [keys.POLLS_VISITS()], [now.timestamp(), limit, (now + lease).timestamp()])
        return tuple(codec.load(Visit, raw) for raw in found)

    async def done(self, visit: Visit) -> None:
        """Forgets a visit."""
        await self._client.zrem(keys.POLLS_VISITS(), codec.dump(visit))
