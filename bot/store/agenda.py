"""When each audience is due, until when it was told the news, which stories it knows, which alerts it waits for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.model import Period, Recipient
from bot.store import keys
from bot.store.lua import Script
from bot.store.subscribers import SHARDS

_CLAIM: Final = Script("agenda_claim")
_ALERT: Final = Script("agenda_alert")


def _moment(raw: bytes | None) -> dt.datetime | None:
    return dt.datetime.fromtimestamp(float(raw), dt.UTC) if raw else None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a subscriber came from: the audience, until when it was told the news then, and the number of its last telling."""

    audience: str
    until: dt.datetime
    telling: int


def _revision(text: str, before: int | None) -> int | None:
    """The revision told last, or by that telling; None if it was not told by then."""
    for part in text.split(" "):
        revision, _, number = part.partition("@")
        if before is None or int(number or 0) <= before:
            return int(revision)
    return None


class Agenda:
    """The agenda of all schedulers. Every method raises StoreUnavailable; moments are aware."""

    def __init__(self, client: Any) -> None:
        self._client = client

    # ── slots ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def signature(self) -> tuple[int, ...]:
        """A few numbers that mostly change when audiences come or go; the cost does not depend on how many there are."""
        pipe = self._client.pipeline(transaction=False)
        for shard in range(SHARDS):
            pipe.hlen(keys.SUBSCRIBERS_SIZES(shard))
        return tuple(await pipe.execute())

    async def enrolled(self) -> frozenset[str]:
        """All audiences that have a slot."""
        return frozenset(name.decode() for name in await self._client.zrange(keys.AGENDA_DUE(), 0, -1))

    async def enrol(self, slots: Mapping[str, dt.datetime]) -> None:
        """Audiences and their next slots; those that have one keep it."""
        if slots:
            await self._client.zadd(keys.AGENDA_DUE(), {name: slot.timestamp() for name, slot in slots.items()}, nx=True)

    async def withdraw(self, audience: str) -> None:
        """The audience has nobody left."""
        await self._client.zrem(keys.AGENDA_DUE(), audience)
        await self._client.zrem(keys.AGENDA_CLAIMED(), audience)

    async def claim(self, now: dt.datetime, lease: dt.timedelta, limit: int) -> tuple[str, ...]:
        """Audiences whose slot has come, for this scheduler alone until the lease ends."""
        args = (f"{now.timestamp():.3f}", f"{lease.total_seconds():.0f}", limit)
        return tuple(name.decode() for name in await _CLAIM(self._client, (keys.AGENDA_DUE(), keys.AGENDA_CLAIMED()), args))

    async def renew(self, audiences: Iterable[str], until: dt.datetime) -> None:
        """The scheduler that claimed these still works on them."""
        if scores := dict.fromkeys(audiences, until.timestamp()):
            await self._client.zadd(keys.AGENDA_DUE(), scores, xx=True, gt=True)

    async def next_slot(self, audience: str, slot: dt.datetime) -> None:
        """The edition is queued: the audience is due again then."""
        await self._client.zadd(keys.AGENDA_DUE(), {audience: slot.timestamp()}, xx=True)
        await self._client.zrem(keys.AGENDA_CLAIMED(), audience)

    async def soonest(self) -> dt.datetime | None:
        """The earliest slot of any audience whose edition is not queued yet, though a scheduler may have tried to make it."""
        pipe = self._client.pipeline(transaction=False)
        for key in (keys.AGENDA_DUE(), keys.AGENDA_CLAIMED()):
            pipe.zrange(key, 0, 0, withscores=True)
        slots = [float(found[0][1]) for found in await pipe.execute() if found]
        return dt.datetime.fromtimestamp(min(slots), dt.UTC) if slots else None

    # ── what was told ────────────────────────────────────────────────────────────────────────────────────────────────

    async def told_until(self, audience: str, default: dt.datetime) -> dt.datetime:
        """The end of the audience's last period; `default` is kept for one that has none yet."""
        await self._client.hsetnx(keys.AGENDA_STATE(audience), "until", f"{default.timestamp():.3f}")
        await self._client.expire(keys.AGENDA_STATE(audience), keys.AGENDA_STATE.seconds)
        return _moment(await self._client.hget(keys.AGENDA_STATE(audience), "until")) or default

    async def begin(self, audience: str, period: Period) -> bool:
        """The edition of this period is being made; `tell` ends it. Returns False if that of another period is not ended yet."""
        key, text = keys.AGENDA_STATE(audience), f"{period.since.timestamp():.6f} {period.until.timestamp():.6f}".encode()
        begun = await self._client.hsetnx(key, "begun", text)
        await self._client.expire(key, keys.AGENDA_STATE.seconds)
        return bool(begun) or await self._client.hget(key, "begun") == text

    async def begun(self, audience: str) -> Period | None:
        """The period of an edition that was begun and not ended."""
        raw = await self._client.hget(keys.AGENDA_STATE(audience), "begun")
        if not raw:
            return None
        since, until = (dt.datetime.fromtimestamp(float(part), dt.UTC) for part in raw.split(b" "))
        return Period(since=since, until=until)

    async def told(self, audience: str, *, before: int | None = None) -> dict[str, int]:
        """Stories that the audience was told, and their revisions; as it stood at the telling number `before`, if that is given."""
        raw = await self._client.hgetall(keys.AGENDA_TOLD(audience))
        found = {name.decode(): _revision(value.decode(), before) for name, value in raw.items()}
        return {name: revision for name, revision in found.items() if revision is not None}

    async def tell(self, audience: str, stories: Mapping[str, int], until: dt.datetime | None = None) -> None:
        """The audience was told these stories; with `until`, everything before that moment."""
        pipe = self._client.pipeline(transaction=False)
        if stories:
            number = await self._client.hincrby(keys.AGENDA_STATE(audience), "tellings", 1)
            known = await self._client.hmget(keys.AGENDA_TOLD(audience), list(stories))
            earlier = {name: value.decode().partition(" ")[0] if value else "" for name, value in zip(stories, known, strict=True)}
            # the revision told before stands beside it, for those who have left since
            told = {name: f"{revision}@{number} {earlier[name]}".strip() for name, revision in stories.items()}
            pipe.hset(keys.AGENDA_TOLD(audience), mapping=told)
            pipe.expire(keys.AGENDA_TOLD(audience), keys.AGENDA_TOLD.seconds)
            pipe.expire(keys.AGENDA_STATE(audience), keys.AGENDA_STATE.seconds)
        if until is not None:
            pipe.hset(keys.AGENDA_STATE(audience), "until", f"{until.timestamp():.3f}")
            pipe.hdel(keys.AGENDA_STATE(audience), "begun")
            pipe.expire(keys.AGENDA_STATE(audience), keys.AGENDA_STATE.seconds)
        await pipe.execute()

    # ── those who changed their settings ─────────────────────────────────────────────────────────────────────────────

    async def moved(self, recipient: Recipient, old: str, new: str, *, was: Recipient | None = None) -> None:
        """A subscriber left one audience for another: their next edition goes on where their last one ended.

        `was` is who they were in the old one, if that stands on the other platform.
        """
        member, before = str(recipient), str(was or recipient)
        earlier = await self._client.hget(keys.AGENDA_MOVED(old), before)
        came_from = earlier.decode() if earlier else await self._place(old)
        pipe = self._client.pipeline(transaction=False)
        pipe.hdel(keys.AGENDA_MOVED(old), before)
        # whoever comes back before anything was told there is as if they had never left
        if came_from and came_from != await self._place(new):
            pipe.hset(keys.AGENDA_MOVED(new), member, came_from)
            pipe.expire(keys.AGENDA_MOVED(new), keys.AGENDA_MOVED.seconds)
        await pipe.execute()

    async def _place(self, audience: str) -> str:
        """An audience as it stands: `id@until@telling`; empty if it was never told anything."""
        until, number = await self._client.hmget(keys.AGENDA_STATE(audience), ("until", "tellings"))
        return f"{audience}@{float(until):.3f}@{int(number or 0)}" if until else ""

    async def newcomers(self, audience: str) -> dict[Recipient, Origin]:
        """Who came from which audience since the last edition, and what they were told there."""
        raw = await self._client.hgetall(keys.AGENDA_MOVED(audience))
        found = {}
        for member, value in raw.items():
            old, until, number = [*value.decode().split("@"), "0"][:3]
            found[Recipient.parse(member.decode())] = Origin(old, dt.datetime.fromtimestamp(float(until), dt.UTC), int(number))
        return found

    async def settle_in(self, audience: str, recipients: Iterable[Recipient]) -> None:
        """These have had their first edition in the audience."""
        if members := [str(recipient) for recipient in recipients]:
            await self._client.hdel(keys.AGENDA_MOVED(audience), *members)

    # ── corrections ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def owe(self, story: str, at: dt.datetime) -> None:
        """The readers of a story must hear of a correction; if nobody has told them all by `at`, another process goes on."""
        await self._client.zadd(keys.AGENDA_CORRECTIONS(), {story: at.timestamp()})

    async def owed(self, now: dt.datetime, lease: dt.timedelta, limit: int) -> tuple[str, ...]:
        """Stories whose readers still wait, for this process alone until the lease ends."""
        args = (f"{now.timestamp():.3f}", f"{lease.total_seconds():.0f}", limit)
        return tuple(name.decode() for name in await _CLAIM(self._client, (keys.AGENDA_CORRECTIONS(),), args))

    async def settled(self, story: str) -> None:
        """All its readers are told."""
        await self._client.zrem(keys.AGENDA_CORRECTIONS(), story)

    # ── alerts ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def allow_alert(self, audience: str, day: dt.date, name: str, most: int) -> bool:
        """Counts an alert of this local day; False if the day has had its fill."""
        key = keys.AGENDA_ALARMS(audience)
        return bool(await _ALERT(self._client, (key,), (day.isoformat(), most, keys.AGENDA_ALARMS.seconds, name)))

    async def hold(self, audience: str, story: str, until: dt.datetime) -> None:
        """Keeps an alert for the end of the quiet hours."""
        await self._client.sadd(keys.AGENDA_HOLDS(audience), story)
        await self._client.expire(keys.AGENDA_HOLDS(audience), keys.AGENDA_HOLDS.seconds)
        await self._client.zadd(keys.AGENDA_HELD(), {audience: until.timestamp()}, nx=True)

    async def held(self, now: dt.datetime, lease: dt.timedelta, limit: int) -> dict[str, frozenset[str]]:
        """Audiences whose quiet hours are over, with the stories held for them; lent to this scheduler until the lease ends."""
        args = (f"{now.timestamp():.3f}", f"{lease.total_seconds():.0f}", limit)
        names = [name.decode() for name in await _CLAIM(self._client, (keys.AGENDA_HELD(),), args)]
        return {name: frozenset(story.decode() for story in await self._client.smembers(keys.AGENDA_HOLDS(name))) for name in names}

    async def release(self, audience: str, stories: Iterable[str]) -> None:
        """The held alerts are queued."""
        if members := list(stories):
            await self._client.srem(keys.AGENDA_HOLDS(audience), *members)
        await self._client.zrem(keys.AGENDA_HELD(), audience)
