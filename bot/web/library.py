"""What the pages read: stories from the store, a few lists of them kept for a moment, and digests built from them."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol, TypeVar
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.digest import build, rank
from bot.digest.builder import EVERYTHING
from bot.model import Digest, Filter, Group, Period, Story
from bot.store.mention import Mention

T = TypeVar("T")

DAY: Final = dt.timedelta(days=1)
FIRST: Final = dt.date(2018, 1, 1)
"""The first day that the archive has a page for."""
LISTED: Final = 300
"""Stories that a list page chooses from."""
KNOWN: Final = 1000
"""Stories from which a page takes what is in the news: messengers, audiences."""
DRAWN: Final = 20_000
"""Stories that a picture counts: more than fifty on each day of a year."""
_PART: Final = 50
"""Stories read at once: to read one costs a tenth of a millisecond, and meanwhile nobody else is answered."""
_STRETCH: Final = DAY
_MOST_PARTS: Final = 32
_LISTS: Final = 32
"""Lists that are kept."""
YEAR: Final = dt.timedelta(days=365)


class Stories(Protocol):
    """The part of the store that the pages read."""

    async def get(self, story_id: str) -> Story | None: ...

    async def between(self, period: Period) -> tuple[Story, ...]: ...

    async def newest(self, period: Period, limit: int) -> tuple[Story, ...]: ...

    async def beside(self, period: Period) -> tuple[dt.datetime | None, dt.datetime | None]: ...

    async def upcoming(self, since: dt.date, until: dt.date) -> tuple[Story, ...]: ...

    async def mentions(self, limit: int, *, offset: int = 0) -> tuple[Mention, ...]: ...

    async def glance(self, period: Period, most: int | None = None) -> tuple[Mention, ...]: ...

    async def threads(self, names: Sequence[str]) -> frozenset[str]: ...

    async def load(self, story_ids: Sequence[str]) -> tuple[Story, ...]: ...

    async def counts(self, periods: Sequence[Period]) -> tuple[int, ...]: ...

    async def count(self) -> int: ...

    async def recent(self, limit: int, *, offset: int = 0) -> tuple[Story, ...]: ...

    async def of_thread(self, thread: str) -> tuple[Story, ...]: ...

    async def with_thread(self, story_id: str) -> tuple[Story | None, tuple[Story, ...]]: ...

    async def changes(self) -> int: ...

    async def search(self, words: str, limit: int, *, audience: Group | None = None, messenger: str | None = None) -> tuple[Story, ...]: ...


@dataclass(slots=True, eq=False)
class _List:
    """Something read, and the mark of the stories that it was read at."""

    mark: int = -1
    value: Any = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Library:
    """Reads stories for the pages. Lists that many pages need are read once for all of them until a story changes."""

    def __init__(self, stories: Stories, clock: Clock, *, timezone: str, fresh: dt.timedelta) -> None:
        self._stories = stories
        self._clock = clock
        self._fresh = fresh
        self._mark = (0.0, dt.datetime.fromtimestamp(0, dt.UTC), 0)
        self._asking = asyncio.Lock()
        self._kept: OrderedDict[Hashable, _List] = OrderedDict()
        self.timezone = timezone
        self.zone = ZoneInfo(timezone)

    @property
    def now(self) -> dt.datetime:
        """The time to the minute, so that equal pages are equal."""
        return self._clock.now().replace(second=0, microsecond=0)

    @property
    def moment(self) -> int:
        """The number of the present stretch of `fresh`; each moment its own if that is zero."""
        return int(self._clock.now().timestamp() / max(self._fresh.total_seconds(), 1e-6))

    @property
    def today(self) -> dt.date:
        """The day where the readers are."""
        return self._clock.now().astimezone(self.zone).date()

    def days(self, first: dt.date, count: int) -> Period:
        """So many local days from the first on."""
        start, end = (dt.datetime.combine(day, dt.time(), self.zone) for day in (first, first + count * DAY))
        return Period(since=start.astimezone(dt.UTC), until=end.astimezone(dt.UTC))

    async def mark(self) -> int:
        """Stands still as long as no story changes; the store is asked once in `fresh`, whoever asks. Raises StoreUnavailable."""
        if not self._is_fresh():
            async with self._asking:
                if not self._is_fresh():
                    until, wall = self._clock.monotonic() + self._fresh.total_seconds(), self._clock.now() + self._fresh
                    self._mark = (until, wall, await self._stories.changes())
        return self._mark[2]

    def _is_fresh(self) -> bool:
        return self._clock.monotonic() < self._mark[0] and self._clock.now() < self._mark[1]

    async def story(self, story_id: str) -> Story | None:
        """A story, or the one that it was merged into, retracted ones included; None if there is none."""
        return await self._stories.get(story_id)

    async def digest(self, period: Period, *, language: str, filter: Filter = Filter(), limit: int = 60) -> Digest:  # noqa: A002, B008 - frozen
        """The digest of a period for readers without a memory: every story counts as new."""
        stories = await self._in_parts(period)
        return build(stories, period=period, filter=filter, language=language, timezone=self.timezone, limit=limit)

    async def latest(self, language: str) -> Digest:
        """What changed in the last day, up to this minute."""
        now = self.now + dt.timedelta(minutes=1)
        return await self.digest(Period(since=now - DAY, until=now), language=language)

    async def weightiest(self, period: Period, few: int) -> tuple[tuple[Story, ...], tuple[dt.datetime, ...]]:
        """So many stories of a period, the most important first, and when each one of all of them changed."""
        found = [story for story in await self._stories.glance(period) if not story.retracted]
        best = sorted(found, key=lambda story: (-story.importance, -story.updated.timestamp(), story.id))[:few]
        return await self._whole(best), tuple(story.updated for story in found)

    async def year(self) -> tuple[Mention, ...]:
        """What the picture of the last twelve months counts: its stories, newest first, at most `DRAWN` of them."""
        until = self.now + dt.timedelta(minutes=1)
        found = await self._stories.glance(Period(since=until - YEAR, until=until), DRAWN)
        return tuple(story for story in found if not story.retracted)

    async def backwards(self, period: Period, few: int) -> AsyncIterator[Story]:
        """The stories updated in the period, newest first, read some at a time: at first `few`, then more and more."""
        end, seen = period.until, frozenset[str]()
        while part := await self._stories.newest(Period(since=period.since, until=end), few):
            for story in part:
                if story.id not in seen and not story.retracted:
                    yield story
            if len(part) < few:
                return
            # Stories of the last one's moment may be left: that moment is read again, and in greater parts, so that it ends.
            end = part[-1].updated + dt.timedelta(microseconds=1)
            seen = frozenset(story.id for story in part if story.updated == part[-1].updated)
            few = min(few * 2, max(_PART, len(seen) * 2))

    async def page(self, period: Period, *, language: str, number: int, size: int) -> tuple[Digest, bool]:
        """So many stories of a period, the heaviest on the first page, as a digest; and whether there are more. Pages count from 1."""
        found = [story for story in await self._stories.glance(period) if not story.retracted]
        found.sort(key=lambda story: rank.order(story, EVERYTHING))
        first = (number - 1) * size
        stories = await self._whole(found[first : first + size])
        made = build(stories, period=period, language=language, timezone=self.timezone, limit=size)
        entries = tuple(replace(entry, number=first + entry.number) for entry in made.entries)
        return replace(made, entries=entries), first + size < len(found)

    async def nearest(self, period: Period) -> tuple[dt.date, ...]:
        """The last day with stories before the period and the first one after it, where there are such."""
        return tuple(found.astimezone(self.zone).date() for found in await self._stories.beside(period) if found)

    async def count(self) -> int:
        """How many stories there are, retracted ones included."""
        return await self._stories.count()

    async def mentions(self, limit: int, *, offset: int) -> tuple[Mention, ...]:
        """So many stories, the one that changed longest ago first, without those retracted."""
        return tuple(story for story in await self._stories.mentions(limit, offset=offset) if not story.retracted)

    async def threads(self, names: Sequence[str]) -> frozenset[str]:
        """Those of the names under which a thread of more than one story stands."""
        return await self._stories.threads(names)

    async def told_on(self) -> tuple[dt.date, ...]:
        """The days with stories, from the first news on."""
        months = [FIRST]
        while (after := (months[-1] + 32 * DAY).replace(day=1)) <= self.today:
            months.append(after)
        spans = [self.days(first, ((first + 32 * DAY).replace(day=1) - first).days) for first in months]
        counts = await self._stories.counts(spans)
        days = [
            first + number * DAY
            for first, count in zip(months, counts, strict=True)
            for number in range(31)
            if count and (first + number * DAY).month == first.month
        ]
        counts = await self._stories.counts([self.days(day, 1) for day in days])
        return tuple(day for day, count in zip(days, counts, strict=True) if count)

    async def recent(self, limit: int = LISTED) -> tuple[Story, ...]:
        """The stories updated last, newest first."""
        return await self._keep(("recent", limit), lambda: self._recent(limit))

    async def upcoming(self, since: dt.date, until: dt.date) -> tuple[Story, ...]:
        """Stories whose measure takes effect in [since, until), by that date; a month without a day stands at its beginning."""
        found = await self._keep(("upcoming", since, until), lambda: self._stories.upcoming(since, until))
        return tuple(
            sorted((story for story in found if not story.retracted), key=lambda story: (story.facts.effective_date or "", story.id))
        )

    async def search(self, words: str, limit: int = 50) -> tuple[Story, ...]:
        """Stories that match, newest first."""
        return newest(await self._stories.search(words, limit))

    async def passing(self, filter: Filter, limit: int) -> tuple[Story, ...]:  # noqa: A002 - it is the reader's filter everywhere
        """Stories of all times that name the filter's first messenger and touch its first audience, newest first."""
        audience, messenger = next(iter(filter.audiences), None), next(iter(filter.messengers), None)
        return newest(await self._stories.search("", limit, audience=audience, messenger=messenger))

    async def story_in_thread(self, story_id: str) -> tuple[Story | None, tuple[Story, ...]]:
        """A story as `story` finds it, and the others of its thread in the order in which they were told."""
        found, others = await self._stories.with_thread(story_id)
        return found, told(others)

    async def thread(self, thread: str) -> tuple[Story, ...]:
        """The stories of a thread in the order in which they were told."""
        return told(await self._stories.of_thread(thread))

    async def _recent(self, limit: int) -> tuple[Story, ...]:
        found: list[Story] = []
        while len(found) < limit:
            part = await self._stories.recent(min(_PART, limit - len(found)), offset=len(found))
            found += part
            if len(part) < _PART:
                break
        return newest(tuple(found))

    async def _whole(self, mentions: Sequence[Mention]) -> tuple[Story, ...]:
        """All of these stories that are still told."""
        return tuple(story for story in await self._stories.load([one.id for one in mentions]) if not story.retracted)

    async def _in_parts(self, period: Period) -> tuple[Story, ...]:
        """The stories of a period, read in parts: others have their turn between them."""
        found: list[Story] = []
        start, stretch = period.since, max(_STRETCH, (period.until - period.since) / _MOST_PARTS)
        while start < period.until:
            end = min(start + stretch, period.until)
            found += await self._stories.between(Period(since=start, until=end))
            start = end
        return tuple(found)

    async def _keep(self, key: Hashable, read: Callable[[], Awaitable[T]]) -> T:
        """Reads once for all who ask until a story changes."""
        held = self._kept.setdefault(key, _List())
        self._kept.move_to_end(key)
        while len(self._kept) > _LISTS:
            self._kept.popitem(last=False)
        async with held.lock:
            mark = await self.mark()
            if held.mark != mark:
                held.value, held.mark = await read(), mark
            return held.value  # type: ignore[no-any-return]  # kept under this key by this reader


def newest(stories: tuple[Story, ...]) -> tuple[Story, ...]:
    """Without those retracted, the one updated last first."""
    return tuple(sorted((story for story in stories if not story.retracted), key=lambda story: (story.updated, story.id), reverse=True))


def told(stories: tuple[Story, ...]) -> tuple[Story, ...]:
    """Without those retracted, the one told first first."""
    return tuple(sorted((story for story in stories if not story.retracted), key=lambda story: (story.first_seen, story.id)))
