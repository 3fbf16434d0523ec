"""A story that develops reaches those who follow it at once, each development once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from typing import Final

from bot.clock import Clock
from bot.deliver.alerts import IMPORTANT
from bot.deliver.fanout import Fanout
from bot.deliver.metrics import Metrics
from bot.deliver.press import RENDERERS
from bot.digest import alert
from bot.digest.builder import news_of
from bot.model import Period, Platform, Recipient, Story, Subscriber
from bot.store import Store
from bot.store.editions import Edition, Editions
from bot.store.follows import Follows
from bot.store.links import Links
from bot.store.outbox import Outbox

_BATCH: Final = 100
_MOMENT: Final = dt.timedelta(seconds=1)
"""A period does not hold its own end."""


class Following:
    """Any number may run over one store: an edition is named by the story and its revision, so it is made once."""

    def __init__(self, store: Store, *, clock: Clock, metrics: Metrics, important: float = IMPORTANT) -> None:
        """`important` is the importance from which alerts tell of a story."""
        self._links, self._important = Links(store.client), important
        self._follows, self._subscribers = Follows(store.client, store.sessions), store.subscribers
        self._editions, self._clock, self._owner = Editions(store.client), clock, uuid.uuid4().hex[:12]
        self._fanout = Fanout(self._editions, Outbox(store.client), store.subscribers, owner=self._owner, clock=clock, metrics=metrics)

    async def hear(self, story: Story, *, without: frozenset[Recipient] = frozenset()) -> None:
        """Takes a story that has something new, as soon as it is kept; `without` know it already.

        Raises StoreUnavailable; hearing it again is harmless.
        """
        if story.revision == 0 or story.retracted:
            return
        readers: defaultdict[tuple[Platform, str], list[Recipient]] = defaultdict(list)
        told = set(without)
        async for follower in self._follows.followers(story.id):
            recipient, subscriber = await self._where(follower)
            if recipient in told or recipient is None:
                continue
            told.add(recipient)
            if subscriber is not None and subscriber.active and subscriber.preferences.alerts and story.importance >= self._important:
                continue  # told of it by an alert
            readers[recipient.platform, subscriber.preferences.language if subscriber else "ru"].append(recipient)
        last = story.developments[-1].at if story.developments else story.updated
        news = {story.id: news_of(story, story.revision - 1, Period(since=last, until=max(last, self._clock.now()) + _MOMENT))}
        for (platform, language), recipients in readers.items():
            message = RENDERERS[platform](alert((story,), news=news, language=language))
            for first in range(0, len(recipients), _BATCH):
                name = f"follow.{story.id}.{story.revision}.{platform}.{language}.{first // _BATCH}"
                edition = Edition(id=name, audience="", slot=self._clock.now(), message=message, told={story.id: story.revision})
                await self._editions.create(edition, self._owner)
                await self._fanout.queue_to(edition, recipients[first : first + _BATCH])

    async def _where(self, follower: Recipient) -> tuple[Recipient | None, Subscriber | None]:
        """Where a follower is told, once: who is on both platforms where the digests come, unless that side is closed. None if nowhere."""
        here, other = await self._subscribers.get(follower), await self._links.other(follower)
        there = await self._subscribers.get(other) if other is not None else None
        sides = [(follower, here)] if there is None else [(follower, here), (there.recipient, there)]
        # a side with digests first; of two without, the same one whichever of them follows
        sides.sort(key=lambda side: (side[1] is None or not side[1].active, str(side[0])))
        return next(((one, subscriber) for one, subscriber in sides if subscriber is None or not subscriber.gone), (None, None))
