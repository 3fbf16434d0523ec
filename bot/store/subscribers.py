"""Subscribers: who gets what, kept small; equal preferences make one audience, whose members stream in a lasting order."""

from __future__ import annotations

import itertools
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.errors import BadInput
from bot.model import Audience, Filter, Platform, Preferences, Recipient, Subscriber
from bot.store import codec, keys
from bot.store.follows import Follows
from bot.store.lua import Script
from bot.store.sessions import Sessions

SHARDS: Final = 16
"""Hash tags that subscribers are spread over; part of the stored shape."""
BUCKETS: Final = 16384
"""Hashes that records are spread over; at a million subscribers about 60 records each, which a server packs tightly."""
BATCH: Final = 100
_PAGE: Final = 1000
_CHUNK: Final = 4000
_CHANGE: Final = Script("subscribers")
Moved = Callable[[Recipient, str, str], Awaitable[None]]
_LETTERS: Final = {Platform.TELEGRAM: "t", Platform.VK: "v"}
_PLATFORMS: Final = {letter: platform for platform, letter in _LETTERS.items()}


@dataclass(frozen=True, slots=True)
class Count:
    """How many subscribers there are, by platform: active, unsubscribed, and refused by the platform."""

    active: Mapping[Platform, int]
    inactive: Mapping[Platform, int]
    gone: Mapping[Platform, int]

    @property
    def total(self) -> int:
        """All who are known."""
        return sum(sum(part.values()) for part in (self.active, self.inactive, self.gone))


def audience_of(platform: Platform, preferences: Preferences) -> Audience:
    """The audience that these preferences make. The order in which times, groups and words were chosen does not matter."""
    chosen, schedule = preferences.filter, preferences.schedule
    canonical = replace(
        preferences,
        schedule=replace(schedule, times=tuple(sorted(set(schedule.times)))),
        filter=Filter(
            audiences=tuple(sorted(set(chosen.audiences))),
            messengers=tuple(sorted(set(chosen.messengers))),
            muted=tuple(sorted(set(chosen.muted))),
            importance=chosen.importance,
        ),
    )
    return Audience(id=codec.digest([str(platform), codec.plain(canonical)]), platform=platform, preferences=canonical)


def _place(recipient: Recipient) -> tuple[int, int, str]:
    """Shard, bucket and field of a recipient."""
    bucket = zlib.crc32(f"{recipient.platform}:{recipient.id}".encode()) % BUCKETS
    thread = f":{recipient.thread}" if recipient.thread else ""
    return bucket % SHARDS, bucket, f"{_LETTERS[recipient.platform]}{recipient.id}{thread}"


def _recipient(platform: Platform, member: str) -> Recipient:
    number, _, thread = member.partition(":")
    return Recipient(platform=platform, id=int(number), thread=int(thread or 0))


class Subscribers:
    """All subscribers. Every method raises StoreUnavailable."""

    def __init__(self, client: Any, sessions: Sessions, moved: Moved | None = None) -> None:
        """`moved` is told of an active subscriber who goes from one audience to another: who, from, to."""
        self._client = client
        self._moved = moved
        self._sessions = sessions
        self._known: dict[str, Audience] = {}

    # ── one subscriber ───────────────────────────────────────────────────────────────────────────────────────────────

    async def get(self, recipient: Recipient) -> Subscriber | None:
        """The subscriber with all settings, or None if nothing is known of the recipient."""
        shard, bucket, field = _place(recipient)
        record = await self._client.hget(keys.SUBSCRIBERS(shard, bucket), field)
        if record is None:
            return None
        text = record.decode()
        audience = await self.audience(text[1:17])
        return self._subscriber(recipient, text, audience)

    async def many(self, recipients: Sequence[Recipient]) -> dict[Recipient, Subscriber]:
        """Those of these recipients who are known."""
        pipe = self._client.pipeline(transaction=False)
        for shard, bucket, field in map(_place, recipients):
            pipe.hget(keys.SUBSCRIBERS(shard, bucket), field)
        records = zip(recipients, await pipe.execute() if recipients else (), strict=True)
        found = {recipient: record.decode() for recipient, record in records if record is not None}
        known = await self._audiences({record[1:17] for record in found.values()})
        return {recipient: self._subscriber(recipient, record, known[record[1:17]]) for recipient, record in found.items()}

    async def put(self, subscriber: Subscriber) -> None:
        """Keeps a subscriber; moves them from the audience of the old preferences to that of the new in one step."""
        old = await self.get(subscriber.recipient) if self._moved is not None and subscriber.active else None
        await self.put_many((subscriber,))
        if self._moved is not None and old is not None and old.active:
            platform = subscriber.recipient.platform
            before, after = (audience_of(platform, one.preferences).id for one in (old, subscriber))
            if before != after:
                await self._moved(subscriber.recipient, before, after)

    async def put_many(self, subscribers: Iterable[Subscriber], *, keep_state: bool = False) -> int:
        """Keeps many, in bounded memory; returns how many records changed.

        With `keep_state` those who are known stay active, unsubscribed or gone as they are; only their preferences change.
        """
        changed = 0
        iterator = iter(subscribers)
        while chunk := list(itertools.islice(iterator, _CHUNK)):
            changed += await self._put_chunk(chunk, "keep" if keep_state else "put")
        return changed

    async def _put_chunk(self, chunk: list[Subscriber], what: str) -> int:
        made: dict[tuple[Platform, Preferences], Audience] = {}
        shards: dict[int, list[str]] = {}
        for one in chunk:
            platform = one.recipient.platform
            audience = made.get((platform, one.preferences)) or audience_of(platform, one.preferences)
            made[platform, one.preferences] = audience
            shard, bucket, field = _place(one.recipient)
            state = "A" if one.active else "G" if one.gone else "P"
            shards.setdefault(shard, []).append(f"{bucket} {field} {state}{audience.id} {one.gone[:200] if state == 'G' else ''}")
        # What an id stands for is written first: nobody may be in an audience that cannot be read.
        pipe = self._client.pipeline(transaction=True)
        pipe.hset(keys.AUDIENCES(), mapping={one.id: codec.dump(one) for one in made.values()})
        pipe.zrem(keys.AUDIENCES_EMPTY(), *(one.id for one in made.values()))
        await pipe.execute()
        return sum([await self._change(shard, what, records) for shard, records in shards.items()])

    async def _change(self, shard: int, what: str, records: list[str]) -> int:
        changed = 0
        for start in range(0, len(records), 500):  # a script holds up everybody else while it runs
            part = records[start : start + 500]
            changed += int(await _CHANGE(self._client, [keys.SUBSCRIBERS_COUNT(shard)], [f"vestnik:{{s{shard}}}:", what, *part]))
        return changed

    async def _one(self, what: str, recipient: Recipient, reason: str = "") -> bool:
        shard, bucket, field = _place(recipient)
        return bool(await self._change(shard, what, [f"{bucket} {field}  {reason[:200]}"]))

    async def pause(self, recipient: Recipient, reason: str) -> bool:
        """The platform refuses delivery: nothing more is sent, the settings stay. Returns whether anything changed."""
        return await self._one("pause", recipient, reason or "gone")

    async def resume(self, recipient: Recipient) -> bool:
        """The recipient can be reached again: subscribed if they were before. Returns whether anything changed."""
        return await self._one("resume", recipient)

    async def topics(self, recipient: Recipient) -> tuple[Recipient, ...]:
        """All that is known under the number of a chat: itself and its forum topics."""
        shard, bucket, field = _place(replace(recipient, thread=0))
        names = [name.decode() for name in await self._client.hkeys(keys.SUBSCRIBERS(shard, bucket))]
        return tuple(_recipient(recipient.platform, name[1:]) for name in sorted(names) if name.partition(":")[0] == field)

    async def forget(self, recipient: Recipient) -> bool:
        """Deletes all that is known of a recipient. Returns whether they were known."""
        await self._sessions.forget(recipient)
        return await self._one("forget", recipient)

    async def move(self, recipient: Recipient, new_id: int) -> Recipient:
        """The chat has a new id: settings, subscription and what it follows go there. May be repeated; returns the new recipient."""
        there = replace(recipient, id=new_id)
        if there != recipient:
            await Follows(self._client, self._sessions).move(recipient, there)
        old = await self.get(recipient)
        if old is not None and there != recipient:
            # The new one is written before the old one goes: a crash between the two repeats a message rather than losing a subscriber.
            if await self.get(there) is None:
                await self.put(replace(old, recipient=there))
            await self._sessions.move(recipient, there)
            await self._one("forget", recipient)
        return there

    # ── all of them ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def count(self) -> Count:
        """How many there are; the cost does not depend on their number."""
        pipe = self._client.pipeline(transaction=False)
        for shard in range(SHARDS):
            pipe.hgetall(keys.SUBSCRIBERS_COUNT(shard))
        found: Counter[str] = Counter()
        for part in await pipe.execute():
            found.update({name.decode(): int(number) for name, number in part.items()})

        def of(*states: str) -> dict[Platform, int]:
            return {platform: sum(found[letter + state] for state in states) for platform, letter in _LETTERS.items()}

        return Count(active=of("A"), inactive=of("P"), gone=of("G", "g"))

    async def each(self) -> AsyncIterator[Subscriber]:
        """Every subscriber, in bounded memory."""
        for start in range(0, BUCKETS, 128):
            pipe = self._client.pipeline(transaction=False)
            for bucket in range(start, start + 128):
                pipe.hgetall(keys.SUBSCRIBERS(bucket % SHARDS, bucket))
            records = [(field.decode(), record.decode()) for part in await pipe.execute() for field, record in part.items()]
            known = await self._audiences({record[1:17] for _, record in records})
            for field, record in sorted(records):
                yield self._subscriber(_recipient(_PLATFORMS[field[0]], field[1:]), record, known[record[1:17]])

    # ── audiences ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def audience(self, audience_id: str) -> Audience:
        """What an id stands for. Raises BadInput if there never was such an audience."""
        return (await self._audiences({audience_id}))[audience_id]

    async def audiences(self, *, alerts: bool = False) -> AsyncIterator[Audience]:
        """Every audience that has an active member, by id; with `alerts` only those who want them."""
        pipe = self._client.pipeline(transaction=False)
        for shard in range(SHARDS):
            pipe.hkeys(keys.SUBSCRIBERS_SIZES(shard))
        ids = sorted({name.decode() for part in await pipe.execute() for name in part})
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            known = await self._audiences(set(part))
            for one in part:
                if not alerts or known[one].preferences.alerts:
                    yield known[one]

    async def size(self, audience_id: str) -> int:
        """How many active members an audience has."""
        pipe = self._client.pipeline(transaction=False)
        for shard in range(SHARDS):
            pipe.zcard(keys.SUBSCRIBERS_IN(shard, audience_id))
        return sum(await pipe.execute())

    async def members(self, audience_id: str, *, after: Recipient | None = None) -> AsyncIterator[tuple[Recipient, ...]]:
        """The active members in tuples of at most 100, in an order that lasts, so that `after` goes on where one stopped."""
        platform = (await self.audience(audience_id)).platform
        first = _place(after)[0] if after else 0
        pipe = self._client.pipeline(transaction=False)
        for shard in range(first, SHARDS):
            pipe.zrangebyscore(
                keys.SUBSCRIBERS_IN(shard, audience_id), after.id if after and shard == first else "-inf", "+inf", start=0, num=_PAGE
            )
        batch: list[Recipient] = []
        for shard, page in zip(range(first, SHARDS), await pipe.execute(), strict=True):
            last = after if shard == first else None
            async for recipient in self._shard(platform, shard, audience_id, page, last):
                batch.append(recipient)
                if len(batch) == BATCH:
                    yield tuple(batch)
                    batch = []
        if batch:
            yield tuple(batch)

    async def _shard(
        self, platform: Platform, shard: int, audience_id: str, page: list[bytes], last: Recipient | None
    ) -> AsyncIterator[Recipient]:
        """The members of an audience in one shard, by id, then by the text of the thread: the order of the sorted set."""
        key = keys.SUBSCRIBERS_IN(shard, audience_id)
        skip = last
        while page:
            for member in page:
                recipient = _recipient(platform, member.decode())
                if skip is None or _order(recipient) > _order(skip):
                    yield recipient
            if len(page) < _PAGE:
                return
            end = _recipient(platform, page[-1].decode())
            skip = end if skip is None or _order(end) > _order(skip) else skip
            page = await self._client.zrangebyscore(key, skip.id, "+inf", start=0, num=_PAGE)
            if page and _order(_recipient(platform, page[-1].decode())) <= _order(skip):
                return  # a page full of one chat's topics: there are no thousand of them

    async def _audiences(self, ids: set[str]) -> dict[str, Audience]:
        """Preferences never change under an id, so what was read once is kept."""
        missing = sorted(ids - self._known.keys())
        if missing:
            if len(self._known) > 20_000:
                self._known.clear()
                missing = sorted(ids)
            for audience_id, raw in zip(missing, await self._client.hmget(keys.AUDIENCES(), missing), strict=True):
                if raw is None:
                    raise BadInput(f"there is no audience {audience_id}")
                self._known[audience_id] = codec.load(Audience, raw)
        return {one: self._known[one] for one in ids}

    @staticmethod
    def _subscriber(recipient: Recipient, record: str, audience: Audience) -> Subscriber:
        return Subscriber(recipient=recipient, preferences=audience.preferences, active=record[0] == "A", gone=record[17:])


def _order(recipient: Recipient) -> tuple[int, str]:
    return recipient.id, f":{recipient.thread}" if recipient.thread else ""
