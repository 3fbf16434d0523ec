"""A corrected or withdrawn story: everyone who was told it hears of that, once, wherever they read us now."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from typing import Final

import structlog

from bot import digest
from bot.clock import Clock
from bot.deliver.fanout import Fanout, Filling
from bot.deliver.metrics import Metrics
from bot.deliver.press import RENDERERS
from bot.digest import editing
from bot.digest.editing import Field
from bot.errors import BadInput, StoreUnavailable
from bot.model import Cluster, Platform, Recipient, Story, Subscriber
from bot.store import Store
from bot.store.editions import Edition
from bot.store.links import Links

LEASE: Final = dt.timedelta(minutes=2)
"""After this another process goes on where one died."""
_TICK: Final = 1.0
_log = structlog.get_logger(__name__)


class Corrector:
    """Any number may run over one store; a correction is named by the story and its revision, so it is told once."""

    def __init__(self, store: Store, *, clock: Clock, metrics: Metrics) -> None:
        self._store, self._clock, self._links = store, clock, Links(store.client)
        self._fanout = Fanout(store.editions, store.outbox, store.subscribers, owner=uuid.uuid4().hex[:12], clock=clock, metrics=metrics)

    async def retract(self, story_id: str) -> int:
        """Withdraws a story; returns how many are told. Raises BadInput if there is none, StoreUnavailable."""
        return await self._change(story_id, lambda story: story if story.retracted else editing.retracted(story, self._clock.now()))

    async def correct(self, story_id: str, field: Field, value: str) -> int:
        """Puts one field of a story right, for good; returns how many are told. Raises BadInput, StoreUnavailable."""
        value = editing.checked(field, value)

        def change(story: Story) -> Story:
            return story if editing.current(story, field) == value else editing.corrected(story, field, value, self._clock.now())

        return await self._change(story_id, change, fix=(field, value))

    async def readers(self, story_id: str) -> int:
        """How many would be told."""
        return len([one async for one in self._readers(story_id)])

    async def run(self, stopping: asyncio.Event) -> None:
        """Goes on with corrections that a process died over, until `stopping` is set."""
        while not stopping.is_set():
            try:
                await self.tick()
            except StoreUnavailable as error:
                _log.warning("corrections wait for the store", error=str(error))
            await self._clock.sleep(_TICK)

    async def tick(self) -> int:
        """Tells those who still wait; returns how many. Raises StoreUnavailable."""
        told = 0
        for story_id in await self._store.agenda.owed(self._clock.now(), LEASE, 10):
            story = await self._store.stories.get(story_id)
            told += await self._tell(story) if story is not None else 0
            await self._store.agenda.settled(story_id)
        return told

    async def _change(self, story_id: str, change: Callable[[Story], Story], *, fix: tuple[Field, str] | None = None) -> int:
        stories = self._store.stories
        async with stories.placing():
            cluster = await stories.cluster(story_id)
            if cluster is None:
                raise BadInput("no such story", key="story-gone")
            story = change(cluster.story)
            if fix is not None:
                await self._store.fixes.put(story.id, *fix)
            await self._store.agenda.owe(story.id, self._clock.now() + LEASE)
            await stories.put(Cluster(story=story, readings=cluster.readings), previous=cluster)
        told = await self._tell(story)
        await self._store.agenda.settled(story.id)
        return told

    async def _tell(self, story: Story) -> int:
        """Tells everyone the last correction of a story. Raises StoreUnavailable; doing it again repeats nothing."""
        last = next((item for item in reversed(story.developments) if item.kind == "correction"), None)
        if last is None:
            return 0
        fillings: dict[tuple[Platform, str], Filling] = {}
        async for reader in self._readers(story.id):
            group = (reader.recipient.platform, reader.preferences.language)
            if group not in fillings:
                platform, language = group
                document = (
                    digest.retraction(story, language=language) if story.retracted else digest.correction(story, (last,), language=language)
                )
                name = f"correct.{story.id}.{story.revision}.{platform}.{language}"
                edition = Edition(id=name, audience="", slot=self._clock.now(), message=RENDERERS[platform](document))
                # behind the mailings, not ahead of them: some of these may still wait for the story itself
                fillings[group] = Filling(self._fanout, edition)
            await fillings[group].add(reader.recipient)
        told = sum([await filling.close() for filling in fillings.values()])
        async for audience in self._store.subscribers.audiences():
            if story.id in await self._store.agenda.told(audience.id):
                await self._store.agenda.tell(audience.id, {story.id: story.revision})
        return told

    # ── who was told ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def _readers(self, story_id: str) -> AsyncIterator[Subscriber]:
        """Everyone who was told a story and still reads us, once, where they read us now."""
        seen: defaultdict[Platform, set[int | str]] = defaultdict(set)

        def new(recipient: Recipient) -> bool:
            mark = str(recipient) if recipient.thread else recipient.id
            fresh = mark not in seen[recipient.platform]
            seen[recipient.platform].add(mark)
            return fresh

        async for following, batch in self._told(story_id):
            known = await self._store.subscribers.many(batch)
            for recipient in batch:
                here = known.get(recipient) or Subscriber(recipient=recipient)
                if (here.active or following) and not here.gone:
                    if new(recipient):
                        yield here
                    continue
                other = await self._links.other(recipient)
                there = await self._store.subscribers.get(other) if other is not None else None
                if there is not None and there.active and new(there.recipient):
                    yield there

    async def _told(self, story_id: str) -> AsyncIterator[tuple[bool, tuple[Recipient, ...]]]:
        """Exactly those who were sent it, as long as its editions are kept; then those who are in the audiences that were told."""
        exact: set[str] = set()
        for name, audience in await self._store.editions.telling(story_id):
            exact.add(audience)
            async for batch in self._store.editions.recipients(name):
                yield name.startswith("follow."), batch
        async for other in self._store.subscribers.audiences():
            if other.id in exact:
                continue
            reminded = any(mark.story == story_id for mark in (await self._store.reminders.of(other.id)).values())
            if reminded or story_id in await self._store.agenda.told(other.id):
                async for members in self._store.subscribers.members(other.id):
                    yield False, members
