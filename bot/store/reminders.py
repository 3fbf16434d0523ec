"""Which dates an audience was reminded of; who comes from another audience brings along what they heard there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import orjson

from bot.model import Recipient
from bot.store import keys
from bot.store.lua import Script

_CLAIM: Final = Script("agenda_claim")
_LOOKED: Final = "#looked"
_BEGUN: Final = "#begun"


@dataclass(frozen=True, slots=True)
class Mark:
    """What an audience was told of the date of one thread."""

    date: str
    """`YYYY-MM-DD` or `YYYY-MM`."""
    story: str
    ahead: tuple[int, ...] = ()
    """Days ahead for which the reminder was sent."""


Marks = Mapping[str, Mark]
"""By thread."""


def _read(raw: bytes | str) -> Mark:
    date, story, ahead = orjson.loads(raw)
    return Mark(date, story, tuple(ahead))


def _plain(mark: Mark) -> list[object]:
    return [mark.date, mark.story, list(mark.ahead)]


class Reminders:
    """Every method raises StoreUnavailable."""

    def __init__(self, client: Any) -> None:
        self._client = client

    # ── when to look ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def enrolled(self) -> frozenset[str]:
        """Audiences that have a moment."""
        return frozenset(name.decode() for name in await self._client.zrange(keys.AGENDA_AHEAD(), 0, -1))

    async def enrol(self, moments: Mapping[str, dt.datetime]) -> None:
        """Audiences and the moments when their dates are looked at; those that have one keep it."""
        if moments:
            await self._client.zadd(keys.AGENDA_AHEAD(), {name: at.timestamp() for name, at in moments.items()}, nx=True)

    async def withdraw(self, audience: str) -> None:
        """The audience has nobody left, or wants no reminders."""
        await self._client.zrem(keys.AGENDA_AHEAD(), audience)

    async def claim(self, now: dt.datetime, lease: dt.timedelta, limit: int) -> tuple[str, ...]:
        """Audiences whose moment has come, for this scheduler alone until the lease ends."""
        args = (f"{now.timestamp():.3f}", f"{lease.total_seconds():.0f}", limit)
        return tuple(name.decode() for name in await _CLAIM(self._client, (keys.AGENDA_AHEAD(),), args))

    async def next_look(self, audience: str, at: dt.datetime) -> None:
        """The audience is looked at again then."""
        await self._client.zadd(keys.AGENDA_AHEAD(), {audience: at.timestamp()}, xx=True)

    # ── what was told ────────────────────────────────────────────────────────────────────────────────────────────────

    async def of(self, audience: str) -> dict[str, Mark]:
        """What the audience was told, by thread."""
        raw = await self._client.hgetall(keys.AGENDA_REMINDED(audience))
        return {name.decode(): _read(value) for name, value in raw.items() if not name.startswith(b"#")}

    async def looked(self, audience: str) -> tuple[dt.date | None, dt.date | None]:
        """The last local day whose reminders were queued, and a day that was begun and not ended."""
        raw = await self._client.hmget(keys.AGENDA_REMINDED(audience), (_LOOKED, _BEGUN))
        done, begun = (dt.date.fromisoformat(value.decode()) if value else None for value in raw)
        return done, begun

    async def begin(self, audience: str, day: dt.date) -> None:
        """The reminders of this local day are being made; `keep` ends it."""
        await self._client.hset(keys.AGENDA_REMINDED(audience), _BEGUN, day.isoformat())
        await self._client.expire(keys.AGENDA_REMINDED(audience), keys.AGENDA_REMINDED.seconds)

    async def keep(self, audience: str, day: dt.date, marks: Marks, gone: Iterable[str]) -> None:
        """The reminders of a day are queued: these marks are new, these threads are told no more."""
        key, dropped = keys.AGENDA_REMINDED(audience), [_BEGUN, *gone]
        pipe = self._client.pipeline(transaction=True)
        pipe.hset(key, mapping={_LOOKED: day.isoformat()} | {name: orjson.dumps(_plain(mark)) for name, mark in marks.items()})
        pipe.hdel(key, *dropped)
        pipe.expire(key, keys.AGENDA_REMINDED.seconds)
        await pipe.execute()

    # ── those who changed their settings ─────────────────────────────────────────────────────────────────────────────

    async def recalled(self, audience: str) -> dict[Recipient, dict[str, Mark]]:
        """What those who came from other audiences were told there."""
        raw = await self._client.hgetall(keys.AGENDA_RECALLED(audience))
        return {Recipient.parse(name.decode()): _marks(value) for name, value in raw.items()}

    async def recall(self, audience: str, recipient: Recipient, marks: Marks) -> None:
        """Replaces what is remembered of one who came from another audience; nothing forgets it."""
        key = keys.AGENDA_RECALLED(audience)
        if not marks:
            await self._client.hdel(key, str(recipient))
            return
        await self._client.hset(key, str(recipient), orjson.dumps({name: _plain(mark) for name, mark in marks.items()}))
        await self._client.expire(key, keys.AGENDA_RECALLED.seconds)

    async def moved(self, recipient: Recipient, old: str, new: str, *, was: Recipient | None = None) -> None:
        """A subscriber left one audience for another, or as `was` one platform for the other: what they heard goes with them."""
        here = str(was or recipient)
        raw = await self._client.hget(keys.AGENDA_RECALLED(old), here)
        merged: dict[str, Mark] = _marks(raw) if raw else {}
        for thread, mark in (await self.of(old)).items():
            earlier = merged.get(thread)
            same = earlier is not None and earlier.date == mark.date
            merged[thread] = replace(mark, ahead=tuple(sorted({*mark.ahead, *earlier.ahead}))) if earlier and same else mark
        await self._client.hdel(keys.AGENDA_RECALLED(old), here)
        if merged:
            await self.recall(new, recipient, merged)

    async def forget(self, recipient: Recipient, audience: str) -> None:
        """Nothing is remembered of the recipient."""
        await self._client.hdel(keys.AGENDA_RECALLED(audience), str(recipient))


def _marks(raw: bytes) -> dict[str, Mark]:
    return {thread: Mark(date, story, tuple(ahead)) for thread, (date, story, ahead) in orjson.loads(raw).items()}
