"""Alerts: an important story reaches those who want it at once, outside their quiet hours, and not too many a day."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from bot.clock import Clock
from bot.deliver.fanout import Fanout
from bot.deliver.metrics import Metrics
from bot.deliver.press import Press
from bot.errors import StoreUnavailable
from bot.model import Audience, Recipient, Story
from bot.store import Store
from bot.store.agenda import Agenda
from bot.store.editions import Edition, Editions
from bot.store.outbox import Outbox

IMPORTANT: Final = 0.7
"""The least importance of a story that cannot wait."""
MOST: Final = 3
"""Alerts a local day."""
FRESH: Final = dt.timedelta(hours=6)
"""Older news are no alert."""
LEASE: Final = dt.timedelta(seconds=30)
_TICK: Final = 1.0
_AT_ONCE: Final = 8
_log = structlog.get_logger(__name__)


def quiet_until(quiet: tuple[str, str] | None, timezone: str, now: dt.datetime) -> dt.datetime | None:
    """The end of the quiet hours (aware, UTC) if `now` lies in them, else None. They may cross midnight; equal ends mean none."""
    if quiet is None or quiet[0] == quiet[1]:
        return None
    local = now.astimezone(ZoneInfo(timezone))
    since, until = (dt.time.fromisoformat(time) for time in quiet)
    time = local.timetz().replace(tzinfo=None)
    inside = since <= time < until if since < until else time >= since or time < until
    if not inside:
        return None
    date = local.date() + dt.timedelta(days=1 if until <= time else 0)
    return dt.datetime.combine(date, until, tzinfo=local.tzinfo).astimezone(dt.UTC)


class Alerts:
    """Any number may run over one store: each alert is made once."""

    def __init__(
        self,
        store: Store,
        *,
        clock: Clock,
        metrics: Metrics,
        press: Press | None = None,
        important: float = IMPORTANT,
        most: int = MOST,
    ) -> None:
        self._subscribers, self._stories = store.subscribers, store.stories
        self._agenda, self._editions = Agenda(store.client), Editions(store.client)
        self._clock, self._press = clock, press or Press(metrics)
        self._important, self._most = important, most
        self._owner = uuid.uuid4().hex[:12]
        self._fanout = Fanout(self._editions, Outbox(store.client), store.subscribers, owner=self._owner, clock=clock, metrics=metrics)

    async def hear(self, story: Story, *, without: frozenset[Recipient] = frozenset()) -> frozenset[str]:
        """Takes a story that has something new, as soon as it is kept; `without` know it already.

        Returns the audiences that are told of it, now or when their quiet hours end. Raises StoreUnavailable; hearing it again is harmless.
        """
        now = self._clock.now()
        if story.retracted or story.importance < self._important or now - story.updated > FRESH:
            return frozenset()
        room = asyncio.Semaphore(_AT_ONCE)

        async def one(audience: Audience) -> str:
            async with room:
                wishes = audience.preferences
                if until := quiet_until(wishes.quiet, wishes.schedule.timezone, now):
                    if not await self._press.wanted(audience, story):
                        return ""
                    await self._agenda.hold(audience.id, story.id, until)
                    return audience.id
                return audience.id if await self._send(audience, (story,), f"{story.id}.{story.revision}", without) else ""

        told = await asyncio.gather(*[one(audience) async for audience in self._subscribers.audiences(alerts=True)])
        return frozenset(filter(None, told))

    async def run(self, stopping: asyncio.Event) -> None:
        """Sends held alerts, merged, when quiet hours end, until `stopping` is set."""
        while not stopping.is_set():
            try:
                await self.release()
            except StoreUnavailable as error:
                _log.warning("held alerts wait for the store", error=str(error))
            await self._clock.sleep(_TICK)

    async def release(self) -> int:
        """Sends the alerts whose quiet hours are over, one message an audience. Returns how many. Raises StoreUnavailable."""
        sent, now = 0, self._clock.now()
        for name, ids in (await self._agenda.held(now, LEASE, 100)).items():
            audience = await self._subscribers.audience(name)
            found = [story for story in [await self._stories.get(one) for one in sorted(ids)] if story is not None and not story.retracted]
            name_of_all = hashlib.sha256(" ".join(f"{story.id}.{story.revision}" for story in found).encode()).hexdigest()[:12]
            sent += await self._send(audience, found, f"held.{name_of_all}")
            await self._agenda.release(name, ids)
        return sent

    async def _send(self, audience: Audience, stories: Sequence[Story], name: str, without: frozenset[Recipient] = frozenset()) -> bool:
        edition_id = f"{audience.id}.alert.{name}"
        edition = await self._editions.get(edition_id)
        if edition is None:
            message, told = await self._press.alert(audience, stories, await self._agenda.told(audience.id))
            day = self._clock.now().astimezone(ZoneInfo(audience.preferences.schedule.timezone)).date()
            if message is None or not await self._agenda.allow_alert(audience.id, day, name, self._most):
                return False
            edition = Edition(id=edition_id, audience=audience.id, slot=self._clock.now(), message=message, told=told)
        await self._editions.create(edition, self._owner)
        await self._fanout.queue(edition, audience, without=without, urgent=True)
        await self._agenda.tell(audience.id, edition.told)
        return True
