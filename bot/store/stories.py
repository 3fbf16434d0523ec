"""Stories with the readings they were told from, filed so that candidates, periods, threads and dates are found without a scan."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import math
import secrets
import zlib
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from bot.clock import Clock
from bot.errors import BadInput, BotError, StoreUnavailable
from bot.model import Cluster, Group, Period, Reading, Stage, Story
from bot.store import codec, keys, sketches
from bot.store.forms import Lemmas, dictionary_forms
from bot.store.held import Held, read
from bot.store.lua import Script
from bot.store.mention import Mention, Outline
from bot.store.search import Matches, Search, Wanted

_SWAP: Final = Script("swap")
_UNLOCK: Final = Script("unlock")
_NAMES: Final = Script("search_page")
_BUCKETS: Final = Script("story_bucket")
_TRIES: Final = 20
_HELD: Final = 1500
"""Stories of lists that are held as they were read."""
_OUTLINED: Final = 4000
"""The same of outlines: a kilobyte each."""
NEWEST: Final = 60
"""Stories looked at under one key of the clustering."""
FILED: Final = 200
"""Stories kept under one key; older ones are past comparing."""
CANDIDATES: Final = 40
KEYS: Final = 64
LEASE: Final = dt.timedelta(seconds=60)


class Conflict(BotError):
    """The story was changed by another process since it was read: read it again and tell it anew."""


class Stories:
    """Stories, kept for ever. Every method raises StoreUnavailable."""

    def __init__(self, client: Any, clock: Clock, retention: dt.timedelta, lemmas: Lemmas = dictionary_forms) -> None:
        self._client = client
        self._clock = clock
        self._seconds = int(retention.total_seconds())
        self._search = Search(client, self._seconds, lemmas)
        self._sketches = sketches.Sketches(client)
        self._held = Held(client, Story, _HELD)
        self._outlines = Held(client, Outline, _OUTLINED)

    # ── one story ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def get(self, story_id: str) -> Story | None:
        """The story, or the one it was merged into; None if there is none."""
        pipe = self._client.pipeline(transaction=False)
        pipe.hget(keys.STORY(story_id), "story")
        pipe.get(keys.STORY_ALIAS(story_id))
        raw, other = await pipe.execute()
        if other is not None:
            return next(iter(await self._load([await self.current_id(other.decode())])), None)
        return None if raw is None else codec.load(Story, raw)

    async def with_thread(self, story_id: str) -> tuple[Story | None, tuple[Story, ...]]:
        """The story as `get` finds it, and the other stories of its thread, the oldest first."""
        pipe = self._client.pipeline(transaction=False)
        pipe.hget(keys.STORY(story_id), "story")
        pipe.get(keys.STORY_ALIAS(story_id))
        pipe.zrange(keys.STORIES_THREAD(story_id), 0, -1)  # a thread has its first story's name: most often this saves a question
        raw, other, names = await pipe.execute()
        story = codec.load(Story, raw) if raw is not None and other is None else await self.get(story_id)
        if story is None:
            return None, ()
        if story.thread != story_id:
            return story, await self.of_thread(story.thread, besides=story.id)
        return story, await self._load([name for found in names if (name := found.decode()) != story.id])

    async def cluster(self, story_id: str) -> Cluster | None:
        """The story with its readings."""
        return next(iter(await self._clusters([await self.current_id(story_id)])), None)

    async def current_id(self, story_id: str) -> str:
        """The id under which a story stands now, after merges."""
        for _ in range(_TRIES):
            found = await self._client.get(keys.STORY_ALIAS(story_id))
            if found is None:
                break
            story_id = found.decode()
        return story_id

    async def of_article(self, article_id: str) -> str | None:
        """The id of the story that tells an article, or None."""
        found = await self._client.get(keys.ARTICLE_STORY(article_id))
        return None if found is None else await self.current_id(found.decode())

    async def of_thread(self, thread: str, *, besides: str = "") -> tuple[Story, ...]:
        """The stories of a thread, the oldest first; without the one that the reader has already."""
        names = await self._client.zrange(keys.STORIES_THREAD(thread), 0, -1)
        return await self._load([story_id for name in names if (story_id := name.decode()) != besides])

    async def changes(self) -> int:
        """How many times any story was kept, corrected or taken away: what was read is still true while this stands still."""
        return int(await self._client.get(keys.STORIES_CHANGES()) or 0)

    async def put(self, cluster: Cluster, *, previous: Cluster | None = None) -> None:
        """Keeps a story and files it anew. Raises Conflict if `previous` is given and is not what is stored any more."""
        story = cluster.story
        body, told = codec.dump(story), codec.dump(cluster.readings, tuple[Reading, ...])
        state, readings = _digest(body, told), zlib.compress(told)
        words = sorted(await asyncio.to_thread(self._search.words_of, story))
        filed = sorted({key for reading in cluster.readings for key in reading.keys})
        for _ in range(_TRIES):
            old = await self._client.hmget(keys.STORY(story.id), "digest", "words", "filed", "thread", "day")
            digest = (old[0] or b"").decode()
            if previous is not None and digest != _digest(codec.dump(previous.story), codec.dump(previous.readings, tuple[Reading, ...])):
                raise Conflict(f"the story {story.id} was changed by another process")
            fields: list[str | bytes] = ["digest", state, "story", body, "readings", readings]
            fields += ["words", "\n".join(words), "filed", "\n".join(filed), "thread", story.thread]
            if await _SWAP(self._client, [keys.STORY(story.id)], [digest, self._seconds, *fields]):
                before = [set(part.decode().split("\n")) if part else set() for part in old[1:4]]
                await self._file(cluster, filed, lost=before[1] - set(filed), left=before[2] - {story.thread}, day=(old[4] or b"").decode())
                await self._search.file(story, set(words), lost=before[0] - set(words))
                return
        raise StoreUnavailable(f"the story {story.id} changes faster than it can be kept")

    async def _file(self, cluster: Cluster, filed: Sequence[str], *, lost: Iterable[str], left: Iterable[str], day: str) -> None:
        story, pipe = cluster.story, self._client.pipeline(transaction=False)
        stamp = story.updated.timestamp()
        newest = max([stamp, *(one.seen.timestamp() for one in cluster.readings if one.seen)])
        oldest = self._clock.now().timestamp() - self._seconds
        await _BUCKETS.over(self._client, [keys.STORIES_BUCKET(key) for key in filed], [story.id, repr(newest), FILED, self._seconds])
        for key in lost:
            pipe.zrem(keys.STORIES_BUCKET(key), story.id)
        for thread in left:
            pipe.zrem(keys.STORIES_THREAD(thread), story.id)
        pipe.zadd(keys.STORIES_THREAD(story.thread), {story.id: story.first_seen.timestamp()})
        pipe.expire(keys.STORIES_THREAD(story.thread), self._seconds)
        for reading in cluster.readings:
            pipe.set(keys.ARTICLE_STORY(reading.article_id), story.id, ex=self._seconds)
        sketches.file(pipe, story, self._seconds, before=day)
        pipe.zadd(keys.STORIES_UPDATED(), {story.id: stamp})
        pipe.zremrangebyscore(keys.STORIES_UPDATED(), "-inf", oldest)
        if days := effective(story):
            pipe.zadd(keys.STORIES_EFFECTIVE(), {story.id: days[0].toordinal()})
        else:
            pipe.zrem(keys.STORIES_EFFECTIVE(), story.id)
        pipe.incr(keys.STORIES_CHANGES())
        await pipe.execute()

    # ── placing ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @asynccontextmanager
    async def placing(self) -> AsyncIterator[None]:
        """Held while an article is placed and its story kept, so that two articles on one event never make two stories.

        Waits for others; a holder that dies gives way after a minute.
        """
        mark = secrets.token_hex(8)
        while not await self._client.set(keys.STORIES_LOCK(), mark, nx=True, px=int(LEASE.total_seconds() * 1000)):  # noqa: ASYNC110  # others are other processes
            await asyncio.sleep(0.02)
        try:
            yield
        finally:
            await _UNLOCK(self._client, [keys.STORIES_LOCK()], [mark])

    async def candidates(self, under: Iterable[str], *, article_id: str = "") -> tuple[Cluster, ...]:
        """The stories most likely to tell what a reading with these keys tells: at most 40, whatever the size of the archive.

        Stories from which the operator split the article are left out.
        """
        asked = list(dict.fromkeys(under))[:KEYS]
        if not asked:
            return ()
        pipe = self._client.pipeline(transaction=False)
        for key in asked:
            pipe.zcard(keys.STORIES_BUCKET(key))
            pipe.zrange(keys.STORIES_BUCKET(key), 0, NEWEST - 1, desc=True)
        found = await pipe.execute()
        weights: defaultdict[str, float] = defaultdict(float)
        for size, names in zip(found[::2], found[1::2], strict=True):
            for place, name in enumerate(names):
                # A rare key says more than a common one; of equals the newer comes first.
                weights[name.decode()] += 1 / math.log2(2 + size) + 1e-6 * (NEWEST - place)
        apart = {name.decode() for name in await self._client.smembers(keys.ARTICLE_APART(article_id))} if article_id else set()
        best = sorted(weights.keys() - apart, key=lambda name: (-weights[name], name))[:CANDIDATES]
        return await self._clusters(best)

    # ── many stories ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def between(self, period: Period) -> tuple[Story, ...]:
        """Stories whose last change falls in the period, the oldest first."""
        pipe = self._client.pipeline(transaction=False)
        pipe.zrangebyscore(keys.STORIES_UPDATED(), period.since.timestamp(), f"({period.until.timestamp()}")
        return await self._held.listed(pipe)

    async def sketches(self, period: Period) -> tuple[Story, ...]:
        """The same stories in no order and without their texts, sources and history: enough to choose and to rank by."""
        changes = await self.changes()
        lowest, highest = repr(period.since.timestamp()), f"({period.until.timestamp()!r}"
        names = await _NAMES(self._client, [keys.STORIES_UPDATED()], [highest, lowest, 0, -1])
        return await self._sketches.read(period, frozenset(names.decode().split()), changes)

    async def newest(self, period: Period, limit: int) -> tuple[Story, ...]:
        """At most so many stories whose last change falls in the period, the newest first; of one moment, by their ids downwards."""
        pipe = self._client.pipeline(transaction=False)
        until, since = f"({period.until.timestamp()}", period.since.timestamp()
        pipe.zrevrangebyscore(keys.STORIES_UPDATED(), until, since, start=0, num=limit)
        return await self._held.listed(pipe)

    async def beside(self, period: Period) -> tuple[dt.datetime | None, dt.datetime | None]:
        """When a story last changed before the period and when one first changed after it; None where there is none."""
        pipe = self._client.pipeline(transaction=False)
        name, since, until = keys.STORIES_UPDATED(), period.since.timestamp(), period.until.timestamp()
        pipe.zrevrangebyscore(name, f"({since}", "-inf", start=0, num=1, withscores=True)
        pipe.zrangebyscore(name, until, "+inf", start=0, num=1, withscores=True)
        before, after = (dt.datetime.fromtimestamp(found[0][1], dt.UTC) if found else None for found in await pipe.execute())
        return before, after

    async def recent(self, limit: int, *, offset: int = 0) -> tuple[Story, ...]:
        """The stories that changed last, the newest first."""
        pipe = self._client.pipeline(transaction=False)
        pipe.zrange(keys.STORIES_UPDATED(), offset, offset + limit - 1, desc=True)
        return await self._held.listed(pipe)

    async def mentions(self, limit: int, *, offset: int = 0) -> tuple[Mention, ...]:
        """So many stories by their last change, the oldest first."""
        names = await self._client.zrange(keys.STORIES_UPDATED(), offset, offset + limit - 1)
        return await read(self._client, Mention, [name.decode() for name in names])

    async def glance(self, period: Period, most: int | None = None) -> tuple[Mention, ...]:
        """The stories whose last change falls in the period, the newest first; of more than `most` the newest."""
        until, since = f"({period.until.timestamp()}", period.since.timestamp()
        part = {} if most is None else {"start": 0, "num": most}
        names = await self._client.zrevrangebyscore(keys.STORIES_UPDATED(), until, since, **part)
        return await read(self._client, Mention, [name.decode() for name in names])

    async def threads(self, names: Sequence[str]) -> frozenset[str]:
        """Those of the names under which a thread of more than one story stands."""
        pipe = self._client.pipeline(transaction=False)
        for name in names:
            pipe.zcard(keys.STORIES_THREAD(name))
        sizes = await pipe.execute() if names else []
        return frozenset(name for name, size in zip(names, sizes, strict=True) if size > 1)

    async def counts(self, periods: Sequence[Period]) -> tuple[int, ...]:
        """How many stories changed last in each of the periods."""
        pipe = self._client.pipeline(transaction=False)
        for period in periods:
            pipe.zcount(keys.STORIES_UPDATED(), period.since.timestamp(), f"({period.until.timestamp()}")
        return tuple(await pipe.execute()) if periods else ()

    async def upcoming(self, since: dt.date, until: dt.date) -> tuple[Story, ...]:
        """Stories with an effective date (or a month that overlaps) in [since, until), the earliest first; retracted ones are left out."""
        return _ahead(await self._held.listed(self._dated(since, until)), since)

    async def outlines_ahead(self, since: dt.date, until: dt.date) -> tuple[Story, ...]:
        """The same stories without what they are told with, in a fifth of the time."""
        found = await self._outlines.listed(self._dated(since, until))
        return _ahead((one.story() for one in found), since)

    async def outlines_latest(self, limit: int) -> tuple[Story, ...]:
        """The same as `recent`, without what they are told with."""
        pipe = self._client.pipeline(transaction=False)
        pipe.zrange(keys.STORIES_UPDATED(), 0, limit - 1, desc=True)
        return tuple(one.story() for one in await self._outlines.listed(pipe))

    def _dated(self, since: dt.date, until: dt.date) -> Any:
        """Asks for those whose date falls in [since, until), and of the first of its month: a month without a day is filed by that."""
        month, pipe = since.replace(day=1).toordinal(), self._client.pipeline(transaction=False)
        if since.day > 1:
            pipe.zrangebyscore(keys.STORIES_EFFECTIVE(), month, month)
        pipe.zrangebyscore(keys.STORIES_EFFECTIVE(), since.toordinal(), f"({until.toordinal()}")
        return pipe

    async def count(self) -> int:
        """How many stories there are."""
        return int(await self._client.zcard(keys.STORIES_UPDATED()))

    async def search(
        self,
        words: str,
        limit: int = 20,
        *,
        stage: Stage | None = None,
        audience: Group | None = None,
        messenger: str | None = None,
        period: Period | None = None,
    ) -> tuple[Story, ...]:
        """Stories that have all the words, in any form, and pass the filters; the newest first."""
        wanted = Wanted(words=words, stage=stage, audience=audience, messenger=messenger, period=period)
        return await self._load((await self._search.find(wanted, limit)).ids)

    async def find(self, wanted: Wanted, limit: int) -> Matches:
        """The ids of what is wanted, in its order, and what was looked for in place of misspelt words."""
        return await self._search.find(wanted, limit)

    async def load(self, story_ids: Sequence[str]) -> tuple[Story, ...]:
        """Those that are still there, in the same order."""
        return await self._load(story_ids)

    # ── the operator's corrections ───────────────────────────────────────────────────────────────────────────────────

    async def split(self, kept: Cluster, parted: Cluster) -> None:
        """Keeps one story as two, and remembers that their articles do not belong together, whoever places them again."""
        for articles, other in ((kept, parted), (parted, kept)):
            for reading in articles.readings:
                await self._client.sadd(keys.ARTICLE_APART(reading.article_id), other.story.id)
                await self._client.expire(keys.ARTICLE_APART(reading.article_id), self._seconds)
        await self.put(parted)
        await self.put(kept)

    async def merge(self, whole: Cluster, gone_id: str) -> None:
        """Keeps `whole` in place of two stories; the other one's id leads to it from now on. Raises BadInput if both are one."""
        if gone_id == whole.story.id:
            raise BadInput("a story cannot be merged with itself")
        for reading in whole.readings:
            await self._client.srem(keys.ARTICLE_APART(reading.article_id), whole.story.id, gone_id)
        await self.put(whole)
        await self._client.set(keys.STORY_ALIAS(gone_id), whole.story.id, ex=self._seconds)
        await self._remove(gone_id)

    async def _remove(self, story_id: str) -> None:
        old = await self._client.hmget(keys.STORY(story_id), "words", "filed", "thread", "day")
        words, filed, threads, days = ((part or b"").decode().split("\n") for part in old)
        pipe = self._client.pipeline(transaction=False)
        for key in filed:
            pipe.zrem(keys.STORIES_BUCKET(key), story_id)
        for thread in threads:
            pipe.zrem(keys.STORIES_THREAD(thread), story_id)
        for day in days:
            pipe.hdel(keys.STORIES_DAY(day), story_id)
        pipe.zrem(keys.STORIES_UPDATED(), story_id)
        pipe.zrem(keys.STORIES_EFFECTIVE(), story_id)
        await pipe.execute()
        await self._search.remove(story_id, words)
        await self._client.delete(keys.STORY(story_id))
        await self._client.incr(keys.STORIES_CHANGES())

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _load(self, story_ids: Sequence[str]) -> tuple[Story, ...]:
        return await read(self._client, Story, story_ids)

    async def _clusters(self, story_ids: Sequence[str]) -> tuple[Cluster, ...]:
        if not story_ids:
            return ()
        pipe = self._client.pipeline(transaction=False)
        for story_id in story_ids:
            pipe.hmget(keys.STORY(story_id), "story", "readings")
        return tuple(
            Cluster(story=codec.load(Story, story), readings=codec.load(tuple[Reading, ...], zlib.decompress(readings)))
            for story, readings in await pipe.execute()
            if story is not None and readings is not None
        )


def _ahead(found: Iterable[Story], since: dt.date) -> tuple[Story, ...]:
    return tuple(story for story in found if (days := effective(story)) and days[1] >= since and not story.retracted)


def effective(story: Story) -> tuple[dt.date, dt.date] | None:
    """The first and the last day that the effective date of a story may be; None if it has none that can be read."""
    text = story.facts.effective_date
    if not text:
        return None
    try:
        if len(text) == len("2026-02"):
            first = dt.date.fromisoformat(f"{text}-01")
            return first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day, day


def _digest(story: bytes, readings: bytes) -> str:
    """Tells one state of a story, as it is kept, from another."""
    return hashlib.sha1(story + b"\n" + readings, usedforsecurity=False).hexdigest()
