"""What a digest is chosen by, without what it is told with: a day's stories in one answer, a tenth of the whole."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Collection
from typing import Any, Final

from bot.model import Facts, Period, Story
from bot.store import codec, keys
from bot.store.lua import Script

_ALL: Final = Script("sketches_all")
_AT_ONCE: Final = 200
_DAYS: Final = 8
"""Days asked for at once."""
_MOST: Final = 40
"""Days held: a month and some."""


def sketch(story: Story) -> Story:
    """The story without its texts, sources and history: as much as choosing, ranking and sections need, but for muted words."""
    facts = story.facts
    kept = Facts(
        audiences=facts.audiences,
        messengers=facts.messengers,
        measure=facts.measure,
        status=facts.status,
        stage=facts.stage,
        effective_date=facts.effective_date,
    )
    return Story(
        id=story.id,
        thread="",
        headline="",
        summary=(),
        facts=kept,
        first_seen=story.updated,
        updated=story.updated,
        importance=story.importance,
        confirmed=story.confirmed,
        retracted=story.retracted,
    )


def day_of(story: Story) -> str:
    """The day (UTC) that a story is filed under."""
    return story.updated.astimezone(dt.UTC).date().isoformat()


def file(pipe: Any, story: Story, seconds: int, *, before: str = "") -> None:
    """Adds to a pipeline what files a story, and takes it from the day it was filed under before."""
    day = day_of(story)
    if before and before != day:
        pipe.hdel(keys.STORIES_DAY(before), story.id)
    pipe.hset(keys.STORIES_DAY(day), story.id, codec.dump(sketch(story)))
    pipe.expire(keys.STORIES_DAY(day), seconds)
    pipe.hset(keys.STORY(story.id), "day", day)


class Sketches:
    """The sketches as they were read, by their day, until any story changes: a digest is leafed through, and asked for by many."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._changes = -1
        self._held: dict[str, tuple[Story, ...]] = {}

    async def read(self, period: Period, known: Collection[str], changes: int) -> tuple[Story, ...]:
        """Those of the `known` stories that changed in the period. `changes` is how many there were before. Raises StoreUnavailable."""
        if changes != self._changes:
            self._changes, self._held = changes, {}
        first, last = period.since.astimezone(dt.UTC).date(), period.until.astimezone(dt.UTC).date()
        days = [(first + dt.timedelta(days=number)).isoformat() for number in range((last - first).days + 1)]
        held = {day: self._held[day] for day in days if day in self._held}
        absent = [day for day in days if day not in held]
        for start in range(0, len(absent), _DAYS):
            part = absent[start : start + _DAYS]
            held |= dict(zip(part, await asyncio.gather(*map(self._day, part)), strict=True))
        if changes == self._changes:
            self._held = dict([*self._held.items(), *held.items()][-_MOST:])
        return tuple(story for day in days for story in held[day] if story.id in known and period.since <= story.updated < period.until)

    async def _day(self, day: str) -> tuple[Story, ...]:
        return codec.load(tuple[Story, ...], b"[" + await _ALL(self._client, [keys.STORIES_DAY(day)], []) + b"]")


async def draw(client: Any) -> None:
    """Files the stories that were kept before there were sketches. May be interrupted and run again."""
    names = [name.decode() for name in await client.zrange(keys.STORIES_UPDATED(), 0, -1)]
    for start in range(0, len(names), _AT_ONCE):
        pipe = client.pipeline(transaction=False)
        for name in names[start : start + _AT_ONCE]:
            pipe.hmget(keys.STORY(name), "story", "day")
        kept = await pipe.execute()
        pipe = client.pipeline(transaction=False)
        for body, day in kept:
            if body is not None:
                file(pipe, codec.load(Story, body), int(keys.EVER.total_seconds()), before=(day or b"").decode())
        await pipe.execute()
