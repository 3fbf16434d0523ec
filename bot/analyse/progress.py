"""How far a story has come by what its articles say: one misread article moves nothing, and what is behind stays behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.analyse.likeness import moment
from bot.model import LADDER, Reading, Stage

T = TypeVar("T")
_BACKED = 2.0
"""The weight from which on a day's word counts: two outlets, or an authority."""


def weight(reading: Reading) -> float:
    """An authority's own text counts thrice; a teaser half."""
    return (3.0 if reading.official else 1.0) * (0.5 if reading.teaser_only else 1.0)


def totals(readings: Sequence[Reading], value: Callable[[Reading], T | None]) -> dict[T, float]:
    """The weight behind each value that is said."""
    found: dict[T, float] = {}
    for reading in readings:
        said = value(reading)
        if said is not None:
            found[said] = found.get(said, 0.0) + weight(reading)
    return found


def vote(readings: Sequence[Reading], value: Callable[[Reading], T | None], prefer: Callable[[T], int] = lambda _: 0) -> T | None:
    """The value with the greatest weight behind it."""
    found = totals(readings, value)
    return max(found, key=lambda said: (found[said], prefer(said), str(said))) if found else None


def stage(readings: Sequence[Reading]) -> Stage | None:
    """The furthest rung that is confirmed, unless a cancellation is the last word; a remark only where nothing else is confirmed."""
    steps = confirmed(readings)
    if steps and steps[-1] is Stage.CANCELLED:
        return Stage.CANCELLED
    rungs = [step for step in steps if step in LADDER]
    return max(rungs, key=LADDER.index) if rungs else next(iter(steps), None)


def confirmed(readings: Sequence[Reading]) -> tuple[Stage, ...]:
    """The stages of a story in the order of their last day: what most articles say, and what most outlets, or an authority, said on a day."""
    most = vote(readings, _stage, _rung)
    last: dict[Stage, dt.date] = {}
    for day, said in _by_day(readings).items():
        found = totals(said, _stage)
        best = max(found, key=lambda step: (found[step], _rung(step)))
        if best is most or found[best] >= _BACKED:
            last[best] = max(day, last.get(best, day))
    if most is not None and most not in last:
        last[most] = dt.date.min
    return tuple(sorted(last, key=lambda step: (last[step], _rung(step))))


def ahead(old: Stage, fresh: Stage) -> bool:
    """True if the way from one stage to another is a step on, a cancellation, or a new beginning after one."""
    if Stage.CANCELLED in (old, fresh):
        return old is not fresh
    return _rung(fresh) > _rung(old)


def disputed(readings: Sequence[Reading]) -> dict[str, list[str]]:
    """The rungs that outlets give at one time, with the outlets: what one outlet alone gives is a slip, what was so before is no dispute."""
    now, days = stage(readings), _by_day(readings)
    since = min((day for day, said in days.items() if any(_stage(one) is now for one in said)), default=dt.date.max)
    words = [one for day, said in days.items() if day >= since for one in said if _stage(one) in LADDER]
    outlets: dict[str, list[str]] = {}
    for one in words:
        outlets.setdefault(str(_stage(one)), []).append(one.outlet or one.url)
    backed = totals(list({(one.outlet or one.url, _stage(one)): one for one in words}.values()), _stage)
    return {str(step): outlets[str(step)] for step, said in backed.items() if said >= _BACKED}


def _stage(reading: Reading) -> Stage | None:
    return reading.facts.stage


def _rung(step: Stage) -> int:
    return LADDER.index(step) if step in LADDER else -1


def _day(reading: Reading) -> dt.date:
    when = moment(reading)
    return when.date() if when else dt.date.min


def _by_day(readings: Sequence[Reading]) -> dict[dt.date, list[Reading]]:
    """The first word of each outlet on each day that gives a stage."""
    days: dict[dt.date, dict[str, Reading]] = {}
    for reading in readings:
        if reading.facts.stage is not None:
            days.setdefault(_day(reading), {}).setdefault(reading.outlet or reading.url or reading.article_id, reading)
    return {day: list(said.values()) for day, said in days.items()}
