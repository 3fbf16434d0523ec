"""Settles what a copy taken while the store was in use may hold half: memberships and counts follow from the records."""

from __future__ import annotations

from collections import Counter
from typing import Any

from bot.store import keys
from bot.store.subscribers import BUCKETS, SHARDS


async def settle_subscribers(client: Any) -> int:
    """Makes memberships, sizes and counts agree with the records; returns how many memberships were wrong.

    Only for a store that nobody changes meanwhile. A shard at a time: memory is bounded by a sixteenth of the subscribers.
    """
    wrong = 0
    for shard in range(SHARDS):
        records = await _records(client, shard)
        counts = Counter(field[:1] + record[:1] for field, record in records.items())
        wanted: dict[str, dict[str, int]] = {}
        for field, record in records.items():
            if record[:1] == "A":
                wanted.setdefault(record[1:17], {})[field[1:]] = int(field[1:].partition(":")[0])
        sizes = {name.decode() for name in await client.hkeys(keys.SUBSCRIBERS_SIZES(shard))}
        for audience in sizes | wanted.keys():
            wrong += await _settle(client, keys.SUBSCRIBERS_IN(shard, audience), wanted.get(audience, {}))
        pipe = client.pipeline(transaction=True)
        pipe.delete(keys.SUBSCRIBERS_SIZES(shard), keys.SUBSCRIBERS_COUNT(shard))
        if wanted:
            pipe.hset(keys.SUBSCRIBERS_SIZES(shard), mapping={name: len(members) for name, members in wanted.items()})
        if counts:
            pipe.hset(keys.SUBSCRIBERS_COUNT(shard), mapping=dict(counts))
        await pipe.execute()
    return wrong


async def _records(client: Any, shard: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for start in range(shard, BUCKETS, SHARDS * 64):
        pipe = client.pipeline(transaction=False)
        for bucket in range(start, min(BUCKETS, start + SHARDS * 64), SHARDS):
            pipe.hgetall(keys.SUBSCRIBERS(shard, bucket))
        for part in await pipe.execute():
            found.update({field.decode(): record.decode() for field, record in part.items()})
    return found


async def _settle(client: Any, key: str, wanted: dict[str, int]) -> int:
    present = {member.decode() for member in await client.zrange(key, 0, -1)}
    extra, missing = sorted(present - wanted.keys()), sorted(wanted.keys() - present)
    for start in range(0, len(extra), 1000):
        await client.zrem(key, *extra[start : start + 1000])
    for start in range(0, len(missing), 1000):
        await client.zadd(key, {member: wanted[member] for member in missing[start : start + 1000]})
    return len(extra) + len(missing)
