"""How far a story has come by what its articles say: one misread article moves nothing, and what is behind stays behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot.analyse.stories.likeness import moment
from bot.model import LADDER, Reading, Stage, Step

_ANEW = 60
"""Days after which a plan begins something new."""
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


def stage(readings: Sequence[Reading], before: Stage | None = None) -> Stage | None:
    """The furthest rung that is confirmed, unless a cancellation is the last word; a remark only where nothing else is confirmed.

    `before`: the stage as it was told last; where as much speaks for one rung as for another, it stays.
    """
    steps = confirmed(readings, before)
    if steps and steps[-1] is Stage.CANCELLED:
        return Stage.CANCELLED
    rungs = [step for step in steps if step in LADDER]
    return max(rungs, key=LADDER.index) if rungs else next(iter(steps), None)


def confirmed(readings: Sequence[Reading], before: Stage | None = None) -> tuple[Stage, ...]:
    """The stages of a story in the order of their last day: what most articles say, and what most outlets, or an authority, said on a day."""
    calm = _calm(readings, before)
    most = vote(readings, _stage, calm)
    last: dict[Stage, dt.date] = {}
    for day, said in _by_day(readings).items():
        found = totals(said, _stage)
        best = max(found, key=lambda step: (found[step], calm(step)))
        if best is most or found[best] >= _BACKED:
            last[best] = max(day, last.get(best, day))
    if most is not None and most not in last:
        last[most] = dt.date.min
    return tuple(sorted(last, key=lambda step: (last[step], _rung(step))))


def _calm(readings: Sequence[Reading], before: Stage | None) -> Callable[[Stage], int]:
    """What decides between rungs for which as much speaks: what was told before, else an authority's own word, else the lower rung, a remark last."""
    official = {_stage(one) for one in readings if one.official}

    def rank(step: Stage) -> int:
        lower = len(LADDER) - _rung(step) if step in LADDER else -int(step is Stage.STATEMENT)
        return 100 * (step is before) + 10 * (step in official) + lower

    return rank


def ahead(old: Stage, fresh: Stage) -> bool:
    """True if the way from one stage to another is a step on, a cancellation, or a new beginning after one."""
    if Stage.CANCELLED in (old, fresh):
        return old is not fresh
    return _rung(fresh) > _rung(old)


def onward(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps by their dates, without those that would lead back down: only a cancellation, or a plan months later, is a new beginning."""
    kept: list[Step] = []
    top, reached = -1, dt.date.min
    for step in sorted(steps, key=lambda step: (step.date or dt.date.max, list(Stage).index(step.stage), step.story_id)):
        if step.date is not None and step.stage in LADDER:
            anew = step.stage is Stage.PLANNED and (step.date - reached).days > _ANEW
            if _rung(step.stage) < top and not anew:
                continue
            top, reached = _rung(step.stage), step.date
        elif step.stage is Stage.CANCELLED:
            top = -1
        kept.append(step)
    return tuple(kept)


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
