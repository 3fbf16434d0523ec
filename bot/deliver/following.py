"""A story that develops reaches those who follow it at once or when their quiet hours end, each development once."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import structlog

from bot.clock import Clock
from bot.deliver.alerts import quiet_until
from bot.deliver.fanout import Fanout
from bot.deliver.metrics import Metrics
from bot.deliver.press import RENDERERS
from bot.digest import alert
from bot.digest.builder import news_of
from bot.errors import StoreUnavailable
from bot.model import Development, Period, Platform, Preferences, Recipient, Story, Subscriber
from bot.store import Store
from bot.store.editions import Edition, Editions
from bot.store.follows import Follows, Later
from bot.store.links import Links
from bot.store.outbox import Outbox
from bot.store.subscribers import audience_of

_log = structlog.get_logger(__name__)
_TICK: Final = 1.0
_BATCH: Final = 100
_MOMENT: Final = dt.timedelta(seconds=1)
"""A period does not hold its own end."""


class Following:
    """Any number may run over one store: an edition is named by the story and its revision, so it is made once."""

    def __init__(self, store: Store, *, clock: Clock, metrics: Metrics) -> None:
        self._links, self._stories = Links(store.client), store.stories
        self._follows, self._subscribers = Follows(store.client, store.sessions), store.subscribers
        self._editions, self._clock, self._owner = Editions(store.client), clock, uuid.uuid4().hex[:12]
        self._fanout = Fanout(self._editions, Outbox(store.client), store.subscribers, owner=self._owner, clock=clock, metrics=metrics)

    async def hear(self, story: Story, *, without: frozenset[Recipient] = frozenset(), alerted: frozenset[str] = frozenset()) -> None:
        """Takes a story that has something new, as soon as it is kept; `without` know it already, the audiences `alerted` hear of it.

        Raises StoreUnavailable; hearing it again is harmless.
        """
        last = story.developments[-1].at if story.developments else story.updated
        news = self._news(story, last)
        if story.revision == 0 or story.retracted or not news:
            return
        readers: defaultdict[tuple[Platform, str], list[Recipient]] = defaultdict(list)
        told = set(without)
        async for follower in self._follows.followers(story.id):
            recipient, subscriber = await self._where(follower)
            if recipient in told or recipient is None:
                continue
            told.add(recipient)
            wishes = subscriber.preferences if subscriber else Preferences()
            if subscriber is not None and subscriber.active and audience_of(recipient.platform, wishes).id in alerted:
                continue
            if until := quiet_until(wishes.quiet, wishes.schedule.timezone, self._clock.now()):
                await self._follows.hold(Later(follower, story.id, last), until)
            else:
                readers[recipient.platform, wishes.language].append(recipient)
        for (platform, language), recipients in readers.items():
            for first in range(0, len(recipients), _BATCH):
                name = f"follow.{story.id}.{story.revision}.{platform}.{language}.{first // _BATCH}"
                await self._tell(name, story, news, recipients[first : first + _BATCH], platform, language)

    async def run(self, stopping: asyncio.Event) -> None:
        """Tells what was held when quiet hours end, until `stopping` is set."""
        while not stopping.is_set():
            try:
                await self.release()
            except StoreUnavailable as error:
                _log.warning("held developments wait for the store", error=str(error))
            await self._clock.sleep(_TICK)

    async def release(self) -> None:
        """Tells all that happened in the quiet hours that are over, one message a story. Raises StoreUnavailable; may be repeated."""
        for later in await self._follows.due(self._clock.now(), _BATCH):
            story = await self._stories.get(later.story)
            recipient, subscriber = await self._where(later.recipient)
            if story is not None and not story.retracted and recipient is not None and (news := self._news(story, later.since)):
                language = (subscriber.preferences if subscriber else Preferences()).language
                mark = hashlib.sha256(f"{later.name} {later.since}".encode()).hexdigest()[:12]
                name = f"follow.{story.id}.{story.revision}.{recipient.platform}.{language}.{mark}"
                await self._tell(name, story, news, [recipient], recipient.platform, language)
            await self._follows.let_go(later)

    def _news(self, story: Story, since: dt.datetime) -> tuple[Development, ...]:
        """What a reader would call news of a story since a moment; one more outlet is none."""
        return news_of(story, story.revision - 1, Period(since=since, until=max(since, self._clock.now()) + _MOMENT))

    async def _tell(
        self, name: str, story: Story, news: tuple[Development, ...], recipients: Sequence[Recipient], platform: Platform, language: str
    ) -> None:
        message = RENDERERS[platform](alert((story,), news={story.id: news}, language=language, followed=True))
        edition = Edition(id=name, audience="", slot=self._clock.now(), message=message, told={story.id: story.revision})
        await self._editions.create(edition, self._owner)
        await self._fanout.queue_to(edition, recipients)

    async def _where(self, follower: Recipient) -> tuple[Recipient | None, Subscriber | None]:
        """Where a follower is told, once: who is on both platforms where the digests come, unless that side is closed. None if nowhere."""
        here, other = await self._subscribers.get(follower), await self._links.other(follower)
        there = await self._subscribers.get(other) if other is not None else None
        sides = [(follower, here)] if there is None else [(follower, here), (there.recipient, there)]
        # a side with digests first; of two without, the same one whichever of them follows
        sides.sort(key=lambda side: (side[1] is None or not side[1].active, str(side[0])))
        return next(((one, subscriber) for one, subscriber in sides if subscriber is None or not subscriber.gone), (None, None))
