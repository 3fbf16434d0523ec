"""Reminds of dates 30, 7 and 1 day ahead, each once, and tells when a date that was told holds no longer."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from bot import digest
from bot.clock import Clock
from bot.deliver import slots
from bot.deliver.alerts import quiet_until
from bot.deliver.fanout import Fanout
from bot.deliver.metrics import Metrics
from bot.deliver.press import RENDERERS
from bot.digest.calendar import Due, entries
from bot.digest.notices import Shift
from bot.errors import BadInput, StoreUnavailable
from bot.model import Audience, Filter, Recipient, Schedule, Stage, Story
from bot.store import Store
from bot.store.editions import Edition
from bot.store.reminders import Mark, Marks

AHEAD: Final = (30, 7, 1)
"""Days."""
LEASE: Final = dt.timedelta(minutes=2)
RESYNC: Final = dt.timedelta(minutes=1)
_TICK: Final = 1.0
_AT_ONCE: Final = 8
_DAY: Final = dt.timedelta(days=1)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Near:
    """A date that is near, and the distances for which that is to be said today."""

    due: Due
    ahead: tuple[int, ...]

    @property
    def thread(self) -> str:
        return self.due.story.thread or self.due.story.id

    def told_in(self, marks: Marks) -> bool:
        """Whether somebody with these marks has heard all of it."""
        mark = marks.get(self.thread)
        return mark is not None and mark.date == self.due.story.facts.effective_date and set(self.ahead) <= set(mark.ahead)


class Reminding:
    """Any number may run over one store: the dates of an audience are looked at once a day, at its first time of day."""

    def __init__(self, store: Store, *, clock: Clock, metrics: Metrics) -> None:
        self._store, self._clock, self._owner = store, clock, uuid.uuid4().hex[:12]
        self._fanout = Fanout(store.editions, store.outbox, store.subscribers, owner=self._owner, clock=clock, metrics=metrics)
        self._signature: tuple[int, ...] = ()
        self._synced: dt.datetime | None = None
        self._ahead: dict[dt.date, tuple[Story, ...]] = {}

    async def run(self, stopping: asyncio.Event) -> None:
        """Looks every second, and at once when the clock is moved, until `stopping` is set."""
        while not stopping.is_set():
            try:
                await self.tick()
            except StoreUnavailable as error:
                _log.warning("reminders wait for the store", error=str(error))
            await self._clock.sleep(_TICK)

    async def tick(self) -> int:
        """Queues the reminders that are due; returns for how many recipients. Raises StoreUnavailable; what was begun goes on later."""
        await self._sync()
        told = 0
        while names := await self._store.reminders.claim(self._clock.now(), LEASE, _AT_ONCE):
            for name in names:
                try:
                    told += await self._look(name)
                except StoreUnavailable:
                    raise
                except Exception:
                    # tried again after the lease: one audience must not keep the others waiting
                    _log.exception("no reminder could be made", audience=name)
        self._ahead.clear()
        return told

    # ── who is due ───────────────────────────────────────────────────────────────────────────────────────────────────

    async def _sync(self) -> None:
        now, signature = self._clock.now(), await self._store.agenda.signature()
        if signature == self._signature and self._synced is not None and now - self._synced < RESYNC:
            return
        enrolled, joined = await self._store.reminders.enrolled(), {}
        async for audience in self._store.subscribers.audiences():
            if audience.id not in enrolled and audience.preferences.reminders:
                try:
                    joined[audience.id] = _next(audience, self._synced or now)
                except BadInput as error:
                    _log.error("an audience has an impossible schedule", audience=audience.id, error=str(error))
        await self._store.reminders.enrol(joined)
        self._signature, self._synced = signature, now

    async def _look(self, name: str) -> int:
        audience, kept = await self._store.subscribers.audience(name), self._store.reminders
        wishes, now = audience.preferences, self._clock.now()
        if not await self._store.subscribers.size(name):
            await kept.withdraw(name)
            return 0
        if until := quiet_until(wishes.quiet, wishes.schedule.timezone, now):
            await kept.next_look(name, until)
            return 0
        today = now.astimezone(ZoneInfo(wishes.schedule.timezone)).date()
        done, begun = await kept.looked(name)
        told = 0
        if begun is not None and begun < today:
            told, done = await self._day(audience, begun, done), begun
        if done is None or done < today:
            told += await self._day(audience, today, done)
        await kept.next_look(name, _next(audience, now))
        return told

    # ── one audience, one day ────────────────────────────────────────────────────────────────────────────────────────

    async def _day(self, audience: Audience, today: dt.date, done: dt.date | None) -> int:
        """The reminders of a local day, and of those after `done` that were missed."""
        kept = self._store.reminders
        await kept.begin(audience.id, today)
        marks, newcomers = await kept.of(audience.id), await kept.recalled(audience.id)
        since = done if done is not None else today - _DAY
        all_near = await self._near(today, since, audience.preferences.filter)
        near = [one for one in all_near if not one.told_in(marks)]
        shifts, settled = await self._shifts(audience, marks, today)
        name = f"{audience.id}.remind.{today:%Y%m%d}"
        apart: defaultdict[tuple[tuple[str, ...], tuple[str, ...]], list[Recipient]] = defaultdict(list)
        wordings: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[list[_Near], list[Shift]]] = {}
        for recipient, own in newcomers.items():
            theirs = [one for one in all_near if not one.told_in(own) and one in near]
            more, passed = await self._shifts(audience, {thread: mark for thread, mark in own.items() if thread not in marks}, today)
            wording = (tuple(one.thread for one in theirs), tuple(one.story.id for one in (*shifts, *more)))
            if wording != (tuple(one.thread for one in near), tuple(one.story.id for one in shifts)):
                apart[wording].append(recipient)
                wordings[wording] = (theirs, [*shifts, *more])
            left = {thread: mark for thread, mark in own.items() if thread not in passed}
            if left != own:
                await kept.recall(audience.id, recipient, left)
        others = frozenset(one for recipients in apart.values() for one in recipients)
        told = await self._queue(name, audience, near, shifts, today, without=others)
        for number, (wording, recipients) in enumerate(sorted(apart.items())):
            told += await self._queue(f"{name}.{number}", audience, *wordings[wording], today, only=frozenset(recipients))
        known = await self._store.agenda.told(audience.id)
        # whoever was told of a change here is not told of it again as a development
        await self._store.agenda.tell(audience.id, {one.story.id: one.story.revision for one in shifts if one.story.id in known})
        fresh = {one.thread: _mark(one, marks) for one in near}
        await kept.keep(
            audience.id, today, settled | fresh, [thread for thread in settled if not settled[thread].date and thread not in fresh]
        )
        return told

    async def _queue(
        self,
        name: str,
        audience: Audience,
        near: Sequence[_Near],
        shifts: Sequence[Shift],
        today: dt.date,
        *,
        without: frozenset[Recipient] = frozenset(),
        only: frozenset[Recipient] | None = None,
    ) -> int:
        """One wording for some of an audience, or what another scheduler has begun to queue under this name."""
        edition = await self._store.editions.get(name)
        if edition is None:
            if not near and not shifts:
                return 0
            document = digest.reminder([one.due for one in near], shifts, today=today, language=audience.preferences.language)
            told = {story.id: story.revision for story in (*(one.due.story for one in near), *(one.story for one in shifts))}
            message = await asyncio.to_thread(RENDERERS[audience.platform], document)
            edition = Edition(id=name, audience=audience.id, slot=self._clock.now(), message=message, told=told)
        await self._store.editions.create(edition, self._owner)
        return (await self._fanout.queue(edition, audience, without=without, only=only)).recipients

    # ── dates ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _near(self, today: dt.date, since: dt.date, wanted: Filter) -> list[_Near]:
        """What this audience is to hear of: distances that were reached after `since`, up to today."""
        if today not in self._ahead:
            found = await self._store.stories.upcoming(today, today + (max(AHEAD) + 1) * _DAY)
            threads = dict.fromkeys(story.thread or story.id for story in found)
            # a later story of the thread may have cancelled the date, or moved it
            self._ahead[today] = tuple([story for thread in threads for story in await self._store.stories.of_thread(thread)])
        near = []
        for due in entries(self._ahead[today], since=today + _DAY, until=today + (max(AHEAD) + 1) * _DAY, filter=wanted):
            ahead = tuple(days for days in AHEAD if since < due.day - days * _DAY <= today < due.day and (due.whole or days > 1))
            if ahead:
                near.append(_Near(due, ahead))
        return near

    async def _shifts(self, audience: Audience, marks: Marks, today: dt.date) -> tuple[list[Shift], dict[str, Mark]]:
        """The dates told that hold no longer, and the marks to keep instead; an empty date stands for nothing to keep."""
        shifts, settled = [], {}
        told: Mapping[str, int] | None = None
        for thread, mark in marks.items():
            if _last(mark.date) < today:
                settled[thread] = Mark("", mark.story)
                continue
            story = await self._store.stories.get(mark.story)
            members = await self._store.stories.of_thread(story.thread or story.id) if story is not None else ()
            spoken = sorted((one for one in members if not one.retracted), key=lambda one: (one.updated, one.id))
            due = next(iter(entries(spoken, since=dt.date.min, until=dt.date.max)), None)
            now = due.story.facts.effective_date or "" if due else ""
            if now == mark.date:
                continue
            if told is None:
                told, until = (
                    await self._store.agenda.told(audience.id),
                    await self._store.agenda.told_until(audience.id, self._clock.now()),
                )
            latest = due.story if due else spoken[-1] if spoken else None
            if latest is not None and told.get(latest.id, -1) < latest.revision:
                soon = slots.following(audience.preferences.schedule, until) <= self._clock.now() + _DAY
                if latest.updated >= until and soon:
                    continue  # the next edition tells it, and more of it
                shifts.append(Shift(story=latest, before=mark.date, after=now, cancelled=_cancelled(latest)))
            settled[thread] = Mark(now, latest.id if latest else mark.story)
        return shifts, settled


def _mark(one: _Near, marks: Marks) -> Mark:
    date, earlier = one.due.story.facts.effective_date or "", marks.get(one.thread)
    before = earlier.ahead if earlier is not None and earlier.date == date else ()
    return Mark(date, one.due.story.id, tuple(sorted({*before, *one.ahead})))


def _next(audience: Audience, after: dt.datetime) -> dt.datetime:
    """The first time of day of the schedule, on whatever day. Raises BadInput."""
    schedule = audience.preferences.schedule
    slots.check(schedule)
    return slots.following(Schedule(times=schedule.times[:1], timezone=schedule.timezone), after)


def _last(date: str) -> dt.date:
    whole = len(date) > len("YYYY-MM")
    first = dt.date.fromisoformat(date if whole else f"{date}-01")
    return first if whole else (first + 31 * _DAY).replace(day=1) - _DAY


def _cancelled(story: Story) -> bool:
    return (story.facts.status.stage if story.facts.status else story.facts.stage) is Stage.CANCELLED
