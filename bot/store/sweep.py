"""Removes audiences that nobody belongs to any more: their muted words are what some person once wrote."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from bot.store import keys
from bot.store.lua import Script
from bot.store.subscribers import BUCKETS, SHARDS

GRACE: Final = dt.timedelta(days=1)
"""An audience that was found empty is looked at once more after this: editions sent to it may still be edited until then."""
_AT_ONCE: Final = 256
_DROP: Final = Script("audience_drop")


async def sweep(client: Any, now: dt.datetime) -> int:
    """Removes the audiences that were found empty a day ago and still are; returns how many. Reads all records, in bounded memory.

    Safe while people come and go: who comes to an audience takes it off the list before anything can be removed. Raises StoreUnavailable.
    """
    used = await _used(client)
    known = {name.decode() for name in await client.hkeys(keys.AUDIENCES())}
    held = {name.decode() for name in await client.zrange(keys.AGENDA_HELD(), 0, -1)}
    empty = known - used - held
    listed = {name.decode() for name in await client.zrange(keys.AUDIENCES_EMPTY(), 0, -1)}
    if back := listed - empty:
        await client.zrem(keys.AUDIENCES_EMPTY(), *back)
    if new := empty - listed:
        await client.zadd(keys.AUDIENCES_EMPTY(), dict.fromkeys(new, now.timestamp()), nx=True)
    ripe = await client.zrangebyscore(keys.AUDIENCES_EMPTY(), "-inf", (now - GRACE).timestamp())
    gone = 0
    for name in (name.decode() for name in ripe):
        for agenda in (keys.AGENDA_DUE, keys.AGENDA_CLAIMED, keys.AGENDA_AHEAD):
            await client.zrem(agenda(), name)  # whoever comes to it now is enrolled anew
        gone += int(await _DROP(client, (keys.AUDIENCES_EMPTY(), keys.AUDIENCES()), (name,)))
    return gone


async def _used(client: Any) -> set[str]:
    """The audiences that any record names, of subscribers who are active or not."""
    used: set[str] = set()
    for start in range(0, BUCKETS, _AT_ONCE):
        pipe = client.pipeline(transaction=False)
        for bucket in range(start, start + _AT_ONCE):
            pipe.hvals(keys.SUBSCRIBERS(bucket % SHARDS, bucket))
        used |= {record[1:17].decode() for records in await pipe.execute() for record in records}
    return used
