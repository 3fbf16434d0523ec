"""Settles what a copy taken while the store was in use may hold half: memberships and counts follow from the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from bot.clock import SystemClock
from bot.model import Platform
from bot.store import keys
from bot.store.outbox import Outbox
from bot.store.stories import Stories
from bot.store.subscribers import BUCKETS, SHARDS

_AT_ONCE: Final = 100


async def settle_stories(client: Any, names: Sequence[str]) -> int:
    """Files stories that changed while the copy was taken, and takes from the lists what was withdrawn; returns how many it settled.

    `names` are the stories that have a record.
    """
    stories, settled = Stories(client, SystemClock(), keys.EVER), 0
    listed = {name.decode(): score for name, score in await client.zrange(keys.STORIES_UPDATED(), 0, -1, withscores=True)}
    for start in range(0, len(names), _AT_ONCE):
        part = names[start : start + _AT_ONCE]
        for story in await stories.load(part):
            if listed.get(story.id) != story.updated.timestamp() and (whole := await stories.cluster(story.id)) is not None:
                await stories.put(whole)
                settled += 1
    gone = sorted(listed.keys() - set(names))
    for start in range(0, len(gone), _AT_ONCE):
        await client.zrem(keys.STORIES_UPDATED(), *gone[start : start + _AT_ONCE])
        await client.zrem(keys.STORIES_EFFECTIVE(), *gone[start : start + _AT_ONCE])
    return settled + len(gone)


async def settle_editions(client: Any, names: Sequence[str]) -> int:
    """Queues batches of editions that were filled while the copy was taken; returns how many. `names` are the editions kept.

    What is queued of an edition that came too late for the copy is forgotten: its scheduler makes and queues it again.
    """
    outbox, queued, kept = Outbox(client), 0, set(names)
    for platform in Platform:
        for stream in (keys.OUTBOX_JOBS(platform), keys.OUTBOX_URGENT(platform)):
            for job, fields in await client.xrange(stream):
                if (edition := fields[b"edition"].decode()) not in kept:
                    await client.xdel(stream, job)
                    await client.delete(keys.OUTBOX_PUSHED(platform, edition))
    for name in names:
        platform, state, slot = await client.hmget(keys.EDITION(name), "platform", "state", "slot")
        if platform is None:
            continue
        await client.zadd(keys.EDITIONS_MADE(), {name: float(slot)}, nx=True)
        if state == b"queued":  # one that is still open is queued by the scheduler that ends it
            queued += await outbox.push(Platform(platform.decode()), name, await client.hlen(keys.EDITION_BATCHES(name)))
    return queued


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
        audiences = sorted(sizes | wanted.keys())
        for start in range(0, len(audiences), _AT_ONCE):
            pipe = client.pipeline(transaction=False)
            for audience in audiences[start : start + _AT_ONCE]:
                pipe.zrange(keys.SUBSCRIBERS_IN(shard, audience), 0, -1)
            for audience, members in zip(audiences[start : start + _AT_ONCE], await pipe.execute(), strict=True):
                present = {member.decode() for member in members}
                wrong += await _settle(client, keys.SUBSCRIBERS_IN(shard, audience), present, wanted.get(audience, {}))
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


async def _settle(client: Any, key: str, present: set[str], wanted: dict[str, int]) -> int:
    extra, missing = sorted(present - wanted.keys()), sorted(wanted.keys() - present)
    for start in range(0, len(extra), 1000):
        await client.zrem(key, *extra[start : start + 1000])
    for start in range(0, len(missing), 1000):
        await client.zadd(key, {member: wanted[member] for member in missing[start : start + 1000]})
    return len(extra) + len(missing)
