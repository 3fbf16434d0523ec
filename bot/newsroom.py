"""An article becomes part of a story: read, place, tell, keep."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Final

import structlog

from bot.analyse import Analyst
from bot.analyse.stories.placing import doubtful, follows, lifted
from bot.analyse.stories.telling import in_thread
from bot.analyse.stories.threads import SURE
from bot.clock import Clock
from bot.digest.editing import uphold
from bot.errors import BadInput, StoreUnavailable
from bot.model import Article, Cluster, Reading, Story
from bot.store import Store
from bot.store.stories import Conflict

_log = structlog.get_logger()

TRIES: Final = 20
"""How often a story is told anew because another process changed it meanwhile."""

STALE: Final = dt.timedelta(days=2)
"""An article that was published longer ago than this when it is first read is history: its story is dated by it, not by the reading."""

Heard = Callable[[Story], Awaitable[None]]


Retell = Callable[[Story, Sequence[Article]], Awaitable[Story]]


async def nobody(_story: Story) -> None:
    """Where nobody waits for news as they come."""


class Newsroom:
    """Turns articles into stories; any number of processes may do it at once, none loses another's work."""

    def __init__(self, store: Store, analyst: Analyst, clock: Clock, *, heard: Heard = nobody, retell: Retell | None = None) -> None:
        """`heard` gets every story that has something new, after it was kept; `retell` may first put its summary in other words."""
        self.analyst = analyst
        self._stories = store.stories
        self._clock = clock
        self._heard = heard
        self._retell = retell
        self._articles = store.articles
        self._fixes = store.fixes

    async def take(self, article: Article) -> Story | None:
        """The story that an article belongs to now, or None if it is not about our subject. Raises StoreUnavailable."""
        reading = await asyncio.to_thread(self.analyst.read, article)
        if not reading.relevant and not doubtful(reading):
            return None
        reading = replace(reading, seen=article.fetched or self._clock.now())
        for _ in range(TRIES):
            try:
                async with self._stories.placing():
                    filed = await self._file(reading)
            except Conflict:
                continue
            if filed is None:
                return None
            story, news = filed
            if self._retell is not None:
                story = await self._in_other_words(story, self._retell)
            if news:
                await self._heard(story)
            return story
        raise StoreUnavailable(f"the story of {reading.url} changes faster than it can be told")

    async def _file(self, reading: Reading) -> tuple[Story, bool] | None:
        """Tells the story with one reading more, or begins one; True if a reader would call it news. Raises Conflict.

        None for a doubtful reading that no story tells.
        """
        before = await self._home(reading)
        if before is None:
            candidates = await self._stories.candidates(reading.keys, article_id=reading.article_id)
            placement = await asyncio.to_thread(self.analyst.place, reading, candidates)
            before = next((one for one in candidates if one.story.id == placement.story), None)
            thread = before.story.thread if before else placement.thread
        else:
            thread = before.story.thread
        if not reading.relevant and before is None:
            return None
        reading = lifted(reading)
        readings = (*(one for one in before.readings if one.article_id != reading.article_id), reading) if before else (reading,)
        story_id = before.story.id if before else uuid.uuid4().hex[:12]
        related = await self._stories.of_thread(thread) if thread else ()
        story = await asyncio.to_thread(
            self.analyst.tell,
            readings,
            id=story_id,
            thread=thread or story_id,
            now=self._moment(reading, before),
            previous=before.story if before else None,
            related=tuple(one for one in related if one.id != story_id),
        )
        if before is not None:
            story = uphold(story, before.story, await self._fixes.of(story_id))
        await self._stories.put(Cluster(story=story, readings=readings), previous=before)
        await self._refresh(story.thread, besides=story.id)
        news = before is None or story.revision > before.story.revision
        _log.info("story", story=story.id, sources=len(story.sources), revision=story.revision, new=before is None)
        return story, news

    # ── the operator's corrections of what belongs together ──────────────────────────────────────────────────────────

    async def split(self, story_id: str, articles: frozenset[str]) -> Story:
        """Makes a story of its own of some articles of a story; they are never put together again. Raises BadInput.

        The new story stays in the thread only if it tells another step of the same measure.
        """
        async with self._stories.placing():
            whole = await self._cluster(story_id)
            parted = tuple(reading for reading in whole.readings if reading.article_id in articles)
            kept = tuple(reading for reading in whole.readings if reading.article_id not in articles)
            if unknown := articles - {reading.article_id for reading in parted}:
                raise BadInput(f"the story has no article {', '.join(sorted(unknown))}")
            if not kept:
                raise BadInput("at least one article must stay in the story")
            thread, name = whole.story.thread, uuid.uuid4().hex[:12]
            goes_on = any(follows(reading, kept) >= SURE for reading in parted)
            # The previous story is not handed on: what it said may have come from the articles that leave it.
            old = await self._told(kept, whole.story.id, thread)
            old = uphold(old, whole.story, await self._fixes.of(whole.story.id))
            old = replace(old, revision=whole.story.revision + 1, first_seen=whole.story.first_seen)
            new = await self._told(parted, name, thread if goes_on else name)
            await self._stories.split(Cluster(story=old, readings=kept), Cluster(story=new, readings=parted))
            await self._refresh(thread)
        return new

    async def merge(self, story_id: str, other_id: str) -> Story:
        """Puts the other story into the first, and the rest of its thread into the first one's thread. Raises BadInput."""
        async with self._stories.placing():
            one, other = await self._cluster(story_id), await self._cluster(other_id)
            if one.story.id == other.story.id:
                raise BadInput("that is one story already")
            known = {reading.article_id for reading in one.readings}
            readings = (*one.readings, *(reading for reading in other.readings if reading.article_id not in known))
            whole = await self._told(readings, one.story.id, one.story.thread, previous=one.story)
            whole = uphold(whole, one.story, await self._fixes.of(one.story.id))
            await self._stories.merge(Cluster(story=whole, readings=readings), other.story.id)
            for story in await self._stories.of_thread(other.story.thread) if other.story.thread != whole.thread else ():
                if (cluster := await self._stories.cluster(story.id)) is not None and story.id != whole.id:
                    await self._stories.put(replace(cluster, story=replace(story, thread=whole.thread)), previous=cluster)
            await self._refresh(whole.thread)
        return whole

    async def _told(self, readings: tuple[Reading, ...], story_id: str, thread: str, previous: Story | None = None) -> Story:
        now = self._clock.now()
        return await asyncio.to_thread(self.analyst.tell, readings, id=story_id, thread=thread, now=now, previous=previous)

    async def _cluster(self, story_id: str) -> Cluster:
        found = await self._stories.cluster(story_id)
        if found is None:
            raise BadInput(f"there is no story {story_id}")
        return found

    async def _refresh(self, thread: str, *, besides: str = "") -> None:
        """Shows each story of a thread the steps of the others as they stand now; whoever changes one meanwhile shows them itself."""
        members = await self._stories.of_thread(thread)
        for story in members:
            shown = in_thread(story, members)
            if story.id == besides or shown == story:
                continue
            cluster = await self._stories.cluster(story.id)
            if cluster is not None and cluster.story == story:
                with contextlib.suppress(Conflict):
                    await self._stories.put(replace(cluster, story=shown), previous=cluster)

    async def _in_other_words(self, story: Story, retell: Retell) -> Story:
        """The story with the summary that `retell` gives, kept if nobody changed the story meanwhile: whoever did retells it too."""
        if await self._fixes.of(story.id):
            return story  # an administrator's words stand
        articles = [found for source in story.sources if (found := await self._articles.get(source.article_id)) is not None]
        told = await retell(story, articles)
        kept = await self._stories.cluster(story.id)
        if told == story or kept is None or kept.story != story:
            return story
        try:
            await self._stories.put(replace(kept, story=told), previous=kept)
        except Conflict:
            return story
        return told

    def _moment(self, reading: Reading, before: Cluster | None) -> dt.datetime:
        """When this became news to us: now, unless it is old; a story never goes back in time."""
        now = self._clock.now()
        if reading.published is not None and now - reading.published > STALE:
            return max(reading.published, before.story.updated) if before else reading.published
        return now

    async def _home(self, reading: Reading) -> Cluster | None:
        """The story that already tells this article, if the article is a revision of one that was read before."""
        known = await self._stories.of_article(reading.article_id)
        return await self._stories.cluster(known) if known else None
