"""When editions are due: slots of a schedule in its own timezone, and the gapless periods between them; pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import BadInput
from bot.model import TIME, Period, Schedule

WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMED: Final = {"daily": frozenset(range(7)), "weekdays": frozenset(range(5)), "weekends": frozenset((5, 6))}
_DAY: Final = dt.timedelta(days=1)
_HORIZON: Final = 40
"""Days in which even a monthly schedule has a slot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An edition that must be made now: its slot and the period that it covers."""

    slot: dt.datetime
    period: Period
    missed: int
    """Earlier slots that this edition makes up for."""


def _days(schedule: Schedule) -> frozenset[int] | None:
    """Weekdays (Monday is 0) on which the schedule has slots, None for the first of each month. Raises BadInput."""
    if schedule.days == "monthly":
        return None
    if schedule.days in _NAMED:
        return _NAMED[schedule.days]
    names = [name.strip() for name in schedule.days.split(",")]
    if unknown := [name for name in names if name not in WEEK]:
        raise BadInput(f"days are daily, weekdays, weekends, monthly or some of {', '.join(WEEK)}; not {unknown[0]!r}")
    return frozenset(WEEK.index(name) for name in names)


def check(schedule: Schedule) -> None:
    """Raises BadInput if the schedule can have no slots: no time, a wrong time, unknown days or timezone."""
    _days(schedule)
    if not schedule.times:
        raise BadInput("a schedule needs at least one time")
    if wrong := [time for time in schedule.times if not TIME.fullmatch(time)]:
        raise BadInput(f"a time is written HH:MM, not {wrong[0]!r}")
    try:
        ZoneInfo(schedule.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadInput(f"{schedule.timezone!r} is no IANA timezone") from error


def _on(schedule: Schedule, days: frozenset[int] | None, zone: ZoneInfo, date: dt.date) -> set[dt.datetime]:
    """The slots of one local date, in UTC.

    A time that the clock skips is moved on by the width of the gap (`fold=0` reads it with the offset before the change), one that it
    shows twice counts the first time.
    """
    if date.day != 1 if days is None else date.weekday() not in days:
        return set()
    local = (dt.datetime.combine(date, dt.time.fromisoformat(time), tzinfo=zone) for time in schedule.times)
    return {moment.astimezone(dt.UTC) for moment in local}


def between(schedule: Schedule, after: dt.datetime, until: dt.datetime) -> tuple[dt.datetime, ...]:
    """All slots in (after, until], in UTC and in order. Raises BadInput for a schedule that `check` refuses."""
    check(schedule)
    days, zone = _days(schedule), ZoneInfo(schedule.timezone)
    # a day more on each side: a slot that was moved out of a gap may have left its date
    date, last = after.astimezone(zone).date() - _DAY, until.astimezone(zone).date() + _DAY
    found: set[dt.datetime] = set()
    while date <= last:
        found |= _on(schedule, days, zone, date)
        date += _DAY
    return tuple(sorted(slot for slot in found if after < slot <= until))


def following(schedule: Schedule, after: dt.datetime) -> dt.datetime:
    """The first slot later than `after`, in UTC. Raises BadInput."""
    check(schedule)
    days, zone = _days(schedule), ZoneInfo(schedule.timezone)
    first = after.astimezone(zone).date() - _DAY
    found: list[dt.datetime] = []
    for offset in range(_HORIZON):
        found += (slot for slot in _on(schedule, days, zone, first + offset * _DAY) if slot > after)
        # the next date may hold an earlier moment only through a gap, so one more date settles it
        if found and (first + offset * _DAY) > min(found).astimezone(zone).date():
            break
    return min(found)


def preceding(schedule: Schedule, at: dt.datetime) -> dt.datetime:
    """The last slot not later than `at`, in UTC. Raises BadInput."""
    check(schedule)
    days, zone = _days(schedule), ZoneInfo(schedule.timezone)
    first = at.astimezone(zone).date() + _DAY
    found: list[dt.datetime] = []
    for offset in range(_HORIZON):
        found += (slot for slot in _on(schedule, days, zone, first - offset * _DAY) if slot <= at)
        if found and (first - offset * _DAY) < max(found).astimezone(zone).date() - _DAY:
            break
    return max(found)


def opens_week(schedule: Schedule, slot: dt.datetime) -> bool:
    """Whether the slot is the first of its week (from Monday on) where its reader is. Raises BadInput."""
    zone = ZoneInfo(schedule.timezone)
    before = preceding(schedule, slot - dt.timedelta(microseconds=1))
    return before.astimezone(zone).isocalendar()[:2] != slot.astimezone(zone).isocalendar()[:2]


def due(schedule: Schedule, told_until: dt.datetime, now: dt.datetime) -> Due | None:
    """The one edition to make now for an audience that was told everything before `told_until`; None if none is due.

    After a downtime one late edition covers all that was missed, unless the next slot is nearer than the last: then that one covers it.
    """
    missed = between(schedule, told_until, now)
    if not missed:
        return None
    slot = missed[-1]
    if now - slot > following(schedule, now) - now:
        return None
    return Due(slot=slot, period=Period(since=told_until, until=slot), missed=len(missed) - 1)
