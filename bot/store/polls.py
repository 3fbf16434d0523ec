"""When each source is polled next, and what is remembered of it; shared by all collectors."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.store import codec, keys
from bot.store.lua import Script

_DUE: Final = Script("due")


@dataclass(frozen=True, slots=True, kw_only=True)
class PollState:
    """What is remembered of a source from one poll to the next. Times are aware and in UTC."""

    url: str = ""
    """Where it has moved to for good; empty while it stands at its own address."""
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    interval: dt.timedelta | None = None
    """The interval learned from the source itself."""
    failures: int = 0
    """In a row."""
    failing_since: dt.datetime | None = None
    """When the first failure of the present row was."""
    error: str = ""
    """Of the last failure; empty after a success."""
    told: bool = False
    """The administrator was told of the present row of failures."""
    polled: dt.datetime | None = None
    succeeded: dt.datetime | None = None
    changed: dt.datetime | None = None
    """When it last had something new."""
    items: int = 0
    """New items ever found."""


class Polls:
    """Due times and validators of sources. Every method raises StoreUnavailable."""

    def __init__(self, client: Any) -> None:
        self._client = client

    async def register(self, source_ids: Iterable[str], at: dt.datetime) -> None:
        """Makes these the sources: new ones are due at `at`, known ones stay as they are, others are forgotten."""
        wanted = set(source_ids)
        known = {name.decode() for name in await self._client.zrange(keys.POLLS_DUE(), 0, -1)}
        if gone := sorted(known - wanted):
            await self._client.zrem(keys.POLLS_DUE(), *gone)
            await self._client.hdel(keys.POLLS_STATE(), *gone)
            await self._client.hdel(keys.POLLS_PAUSED(), *gone)
        if new := wanted - known:
            await self._client.zadd(keys.POLLS_DUE(), {one: at.timestamp() for one in new}, nx=True)

    async def due(self, now: dt.datetime, limit: int, lease: dt.timedelta) -> tuple[str, ...]:
        """Up to `limit` sources that are due, the longest overdue first; nobody else gets them before `lease` has passed."""
        found = await _DUE(self._client, [keys.POLLS_DUE()], [now.timestamp(), limit, (now + lease).timestamp()])
        return tuple(name.decode() for name in found)

    async def schedule(self, source_id: str, at: dt.datetime) -> None:
        """Sets when a source is due next; ends its lease. A source that is not registered stays so, and one that is paused is never due."""
        paused = await self._client.hexists(keys.POLLS_PAUSED(), source_id)
        await self._client.zadd(keys.POLLS_DUE(), {source_id: "+inf" if paused else at.timestamp()}, xx=True)

    async def pause(self, source_id: str, at: dt.datetime) -> bool:
        """From now on nobody polls the source, until `resume`. Returns whether there is such a source."""
        if await self._client.zscore(keys.POLLS_DUE(), source_id) is None:
            return False
        await self._client.hset(keys.POLLS_PAUSED(), source_id, at.isoformat())
        await self._client.zadd(keys.POLLS_DUE(), {source_id: "+inf"}, xx=True)
        return True

    async def resume(self, source_id: str, at: dt.datetime) -> bool:
        """The source is due at `at`. Returns whether it was paused."""
        found = bool(await self._client.hdel(keys.POLLS_PAUSED(), source_id))
        if found:
            await self.schedule(source_id, at)
        return found

    async def paused(self) -> dict[str, dt.datetime]:
        """The sources that are paused, and since when."""
        raw = await self._client.hgetall(keys.POLLS_PAUSED())
        return {name.decode(): dt.datetime.fromisoformat(value.decode()) for name, value in sorted(raw.items())}

    async def known(self) -> tuple[str, ...]:
        """All sources."""
        return tuple(sorted(name.decode() for name in await self._client.zrange(keys.POLLS_DUE(), 0, -1)))

    async def next_due(self) -> dt.datetime | None:
        """When the next source is due; None if there is none."""
        first = await self._client.zrange(keys.POLLS_DUE(), 0, 0, withscores=True)
        return dt.datetime.fromtimestamp(first[0][1], dt.UTC) if first and math.isfinite(first[0][1]) else None

    async def state(self, source_id: str) -> PollState:
        """What is remembered of a source; the defaults if nothing is."""
        raw = await self._client.hget(keys.POLLS_STATE(), source_id)
        return PollState() if raw is None else codec.load(PollState, raw)

    async def put_state(self, source_id: str, state: PollState) -> None:
        """Remembers it."""
        await self._client.hset(keys.POLLS_STATE(), source_id, codec.dump(state))

    async def states(self) -> Mapping[str, PollState]:
        """What is remembered of every source."""
        found = await self._client.hgetall(keys.POLLS_STATE())
        return {name.decode(): codec.load(PollState, raw) for name, raw in sorted(found.items())}
