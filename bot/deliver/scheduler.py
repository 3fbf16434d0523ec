"""Makes the editions that are due: once an audience and slot, however many schedulers there are, and queues them in batches."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

import structlog

from bot.clock import Clock
from bot.deliver import slots
from bot.deliver.fanout import Fanout, Made, Overtaken
from bot.deliver.metrics import Metrics
from bot.deliver.press import Press, Printed, illustrated
from bot.digest.paging import PAGE
from bot.errors import BadInput, StoreUnavailable
from bot.model import Audience, Message, Period, Recipient, Story
from bot.store import Store
from bot.store.agenda import Agenda, Origin
from bot.store.editions import Edition, Editions
from bot.store.leaves import Leaf, Leaves, LongEdition
from bot.store.outbox import Outbox
from bot.store.pictures import Pictures
from bot.store.sweep import sweep

TICK: Final = 1.0
"""Seconds between two looks at the agenda."""
LEASE: Final = dt.timedelta(seconds=20)
"""After this the audiences of a scheduler that died come back; a living one renews it."""
_RENEW: Final = 5.0
RESYNC: Final = dt.timedelta(minutes=1)
_AT_ONCE: Final = 8
_WEEK: Final = dt.timedelta(days=7)
_log = structlog.get_logger(__name__)


class Scheduler:
    """One scheduler; any number may run over one store."""

    def __init__(self, store: Store, *, clock: Clock, metrics: Metrics, press: Press | None = None) -> None:
        self._subscribers, self._stories = store.subscribers, store.stories
        self._client, self._sessions = store.client, store.sessions
        self._agenda, self._editions = Agenda(store.client), Editions(store.client)
        self._clock, self._metrics, self._press = clock, metrics, press or Press(metrics)
        self._pictures, self._leaves = Pictures(store.client), Leaves(store.client)
        self._owner = uuid.uuid4().hex[:12]
        self._fanout = Fanout(self._editions, Outbox(store.client), store.subscribers, owner=self._owner, clock=clock, metrics=metrics)
        self._reading = asyncio.Lock()
        self._read: OrderedDict[Period, tuple[Story, ...]] = OrderedDict()
        self._signature: tuple[int, ...] = ()
        self._synced: dt.datetime | None = None
        self._swept: dt.date | None = None

    async def run(self, stopping: asyncio.Event) -> None:
        """Looks at the agenda every second, and at once when the clock is moved, until `stopping` is set."""
        while not stopping.is_set():
            try:
                await self.tick()
                await self._sweep()
            except StoreUnavailable as error:
                _log.warning("the scheduler waits for the store", error=str(error))
            await self._clock.sleep(TICK)

    async def _sweep(self) -> None:
        """Once a day, in one of all processes, removes audiences that nobody belongs to."""
        today = self._clock.now().date()
        if today == self._swept:
            return
        self._swept = today
        if await self._sessions.spend("sweep", 1):
            gone = await sweep(self._client, self._clock.now())
            _log.info("audiences swept away", audiences=gone)

    async def tick(self) -> Made:
        """Makes all editions that are due. Raises StoreUnavailable; what was begun then goes on after the lease, by any scheduler."""
        await self._sync()
        made = Made()
        while names := await self._agenda.claim(self._clock.now(), LEASE, _AT_ONCE):
            made += await self._all(names)
            self._read.clear()
        return made

    async def _all(self, names: Sequence[str]) -> Made:
        """The audiences in hand, side by side. The trouble of one is not the trouble of the others."""
        pending = set(names)

        async def one(name: str) -> Made:
            try:
                return await self._due(name)
            finally:
                pending.discard(name)

        async with asyncio.TaskGroup() as group:
            keeper = group.create_task(self._keep(pending))
            try:
                done = await asyncio.gather(*map(one, names), return_exceptions=True)
            finally:
                keeper.cancel()
        for name, error in zip(names, done, strict=True):
            if isinstance(error, Overtaken):
                _log.info("another process goes on with an edition", audience=name)
            elif isinstance(error, Exception) and not isinstance(error, StoreUnavailable):
                # it is tried again after the lease: an edition that cannot be made must not keep everyone else waiting
                _log.error("no edition could be made", audience=name, exc_info=error)
        for error in done:
            if isinstance(error, Overtaken):
                continue
            if isinstance(error, StoreUnavailable) or (isinstance(error, BaseException) and not isinstance(error, Exception)):
                raise error
        return sum((found for found in done if isinstance(found, Made)), Made())

    async def _keep(self, pending: set[str]) -> None:
        """Renews the lease of what is in hand."""
        while True:
            await self._clock.sleep(_RENEW)
            try:
                await self._agenda.renew(pending, self._clock.now() + LEASE)
            except StoreUnavailable:
                continue

    async def publish(self) -> Made:
        """Makes an edition for every audience at once, of what it was not told yet. Where another process is at it, that one goes on."""
        await self._sync(force=True)
        made, now = Made(), self._clock.now()
        now = now.replace(microsecond=now.microsecond // 1000 * 1000)  # as exact as the agenda remembers it
        async for audience in self._subscribers.audiences():
            try:
                made += await self._finish(audience)
                since = await self._told_until(audience, now)
                made += await self._edition(audience, now, Period(since=since, until=now))
            except Overtaken as error:
                _log.info("another process goes on with an edition", audience=audience.id, error=str(error))
        return made

    # ── who is due ───────────────────────────────────────────────────────────────────────────────────────────────────

    async def _sync(self, *, force: bool = False) -> None:
        """Enrols audiences that appeared. An idle look costs the same for one subscriber and for a million."""
        now = self._clock.now()
        signature = await self._agenda.signature()
        fresh = self._synced is not None and dt.timedelta() <= now - self._synced < RESYNC
        if fresh and signature == self._signature and not force:
            return
        enrolled = await self._agenda.enrolled()
        joined: dict[str, dt.datetime] = {}
        async for audience in self._subscribers.audiences():
            if audience.id in enrolled:
                continue
            try:
                # since the slot before: if the clock has leapt over the next one, that is due now and not lost
                until = await self._told_until(audience, self._synced or now)
                joined[audience.id] = slots.following(audience.preferences.schedule, until)
            except BadInput as error:
                _log.error("an audience has an impossible schedule", audience=audience.id, error=str(error))
        await self._agenda.enrol(joined)
        self._signature, self._synced = signature, now

    async def _told_until(self, audience: Audience, at: dt.datetime) -> dt.datetime:
        """The end of the last period; for a new audience the slot before `at`."""
        return await self._agenda.told_until(audience.id, slots.preceding(audience.preferences.schedule, at))

    async def _due(self, name: str) -> Made:
        audience = await self._subscribers.audience(name)
        schedule, now = audience.preferences.schedule, self._clock.now()
        if not await self._subscribers.size(name):
            await self._agenda.withdraw(name)
            return Made()
        made = await self._finish(audience)
        due = slots.due(schedule, await self._told_until(audience, now), now)
        if due is not None:
            if due.missed:
                _log.info("one late edition covers what was missed", audience=name, missed=due.missed)
            made += await self._edition(audience, due.slot, due.period)
        await self._agenda.next_slot(name, slots.following(schedule, now))
        return made

    # ── making an edition ────────────────────────────────────────────────────────────────────────────────────────────

    async def _finish(self, audience: Audience) -> Made:
        """Ends an edition over which another scheduler died: whoever is in it must not be told the same by a later one."""
        begun = await self._agenda.begun(audience.id)
        return Made() if begun is None else await self._edition(audience, begun.until, begun)

    async def _edition(self, audience: Audience, slot: dt.datetime, period: Period) -> Made:
        """Makes and queues the edition of a slot, or goes on where another scheduler stopped. Raises Overtaken."""
        # slots fall on whole minutes; an operator may publish twice within a second, and the second has news of its own
        name = f"{audience.id}.{slot:%Y%m%dT%H%M%S}" + (f"{slot.microsecond // 1000:03}" if slot.microsecond else "")
        if not await self._agenda.begin(audience.id, period):
            raise Overtaken(f"another process makes an edition for {audience.id}")
        newcomers = await self._agenda.newcomers(audience.id)
        next_at = slots.following(audience.preferences.schedule, slot)
        edition, made = await self._one(audience, name, slot, period, await self._agenda.told(audience.id), next_at), Made()
        if edition is not None:
            made += await self._fanout.queue(edition, audience, without=frozenset(newcomers))
        else:
            made += Made(empty=1)
        groups: dict[Origin, list[Recipient]] = {}
        for recipient, origin in newcomers.items():
            groups.setdefault(origin, []).append(recipient)
        for old, recipients in groups.items():
            # whoever changed the settings is told what happened since their own last edition, and nothing twice
            own = Period(since=min(old.until, slot), until=slot)
            # as they left it: what the old audience was told since, they were not
            told = await self._agenda.told(old.audience, before=old.telling)
            origin_name = f"{name}.{old.audience}.{old.until:%Y%m%dT%H%M%S}.{old.telling}"
            first = await self._one(audience, origin_name, slot, own, told, next_at)
            if first is not None:
                made += await self._fanout.queue(first, audience, only=frozenset(recipients))
            await self._agenda.settle_in(audience.id, recipients)
        await self._agenda.tell(audience.id, edition.told if edition else {}, until=slot)
        return made

    async def _one(
        self, audience: Audience, name: str, slot: dt.datetime, period: Period, told: dict[str, int], next_at: dt.datetime
    ) -> Edition | None:
        """The edition as it was first made, by whichever scheduler."""
        edition = await self._editions.get(name)
        if edition is None:
            stories = await self._between(period)
            printed = await self._press.edition(audience, stories, period=period, told=told, next_at=next_at)
            if (message := printed.message) is None:
                return None
            if len(printed.pages.documents) > 1:
                await self._leaves.keep(printed.pages.code, _long(printed, audience, slot))
            if audience.preferences.picture and slots.opens_week(audience.preferences.schedule, slot):
                message = await self._illustrated(message, audience, slot)
            edition = Edition(id=name, audience=audience.id, slot=slot, message=message, told=printed.told)
        if await self._editions.create(edition, self._owner):
            self._metrics.edition(audience.platform)
            return edition
        return await self._editions.get(name)

    async def _illustrated(self, message: Message, audience: Audience, slot: dt.datetime) -> Message:
        """The message with the week in one picture before it."""
        week = Period(since=slot - _WEEK, until=slot)
        made = await self._press.picture(audience, await self._between(week), week)
        return message if made is None else illustrated(message, await self._pictures.keep(made[0]), made[1])

    async def _between(self, period: Period) -> tuple[Story, ...]:
        """The stories of a period; audiences with one schedule share them."""
        async with self._reading:
            if period not in self._read:
                self._read[period] = tuple(await self._stories.between(period))
                if len(self._read) > 16:
                    self._read.popitem(last=False)
            return self._read[period]


def _long(printed: Printed, audience: Audience, slot: dt.datetime) -> LongEdition:
    """What is kept of an edition to be leafed through: every page with the stories on it."""
    told = tuple(printed.told.items())
    leaves = (Leaf(document=one, told=told[at * PAGE : (at + 1) * PAGE]) for at, one in enumerate(printed.pages.documents))
    wishes = audience.preferences
    return LongEdition(leaves=tuple(leaves), made=slot, language=wishes.language, length=wishes.length)
