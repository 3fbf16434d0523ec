"""Geometry of the site's pictures: what is drawn where; the SVG templates only place it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.model import LADDER, Measure, Stage, Status, Step, Story
from bot.store.mention import Mention

MONTHS: Final = 12
ROWS: Final = 12
COLUMNS: Final = 8
_DRAWN: Final = frozenset(Measure) - {Measure.OTHER, Measure.STATEMENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A rectangle, in the picture's own units."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One messenger and one measure: how many stories, and a bar for each month that has any."""

    measure: Measure
    total: int
    x: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One messenger."""

    messenger: str
    total: int
    y: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Messengers against measures over the last twelve months."""

    measures: tuple[Measure, ...]
    rows: tuple[Row, ...]
    first: dt.date
    last: dt.date
    width: float
    height: float

    LEFT = 150.0
    TOP = 130.0
    CELL = 76.0
    LINE = 54.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StageBar:
    """How many stories stand at a stage."""

    stage: Stage
    count: int
    bar: Bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A rung of a thread's ladder: reached on a day, or still ahead."""

    stage: Stage
    step: Step | None
    x: float
    last: bool
    """The furthest one reached."""
    passed: bool
    """Lies before the furthest one: behind, whether or not anybody told of it."""
    name: str
    """The message that names it."""
    own: bool = False
    """The one on which the story stands whose page it is."""
    later: bool = False
    """Reached by another story of the thread, beyond the one whose page it is."""


def matrix(stories: Iterable[Story | Mention], today: dt.date) -> Matrix:
    """Counts the stories of the last twelve months by messenger, measure and month; the rows and columns that matter most."""
    first = _back(today.replace(day=1), MONTHS - 1)
    counts: Counter[tuple[str, Measure, int]] = Counter()
    for story in stories:
        measure, day = story.facts.measure, story.first_seen.date()
        if measure not in _DRAWN or not first <= day:
            continue
        month = (day.year - first.year) * 12 + day.month - first.month
        counts.update((messenger, measure, min(month, MONTHS - 1)) for messenger in story.facts.messengers)
    messengers = _heaviest(counts, 0, ROWS)
    measures = tuple(Measure(name) for name in _heaviest(counts, 1, COLUMNS))
    peak = max(counts.values(), default=1)
    rows = tuple(_row(name, number, measures, counts, peak) for number, name in enumerate(messengers))
    return Matrix(
        measures=measures,
        rows=rows,
        first=first,
        last=today,
        width=Matrix.LEFT + Matrix.CELL * max(len(measures), 1) + 70,  # the last slanted label
        height=Matrix.TOP + Matrix.LINE * max(len(rows), 1) + 22,  # the months below
    )


def _row(name: str, number: int, measures: tuple[Measure, ...], counts: Counter[tuple[str, Measure, int]], peak: int) -> Row:
    top = Matrix.TOP + Matrix.LINE * number
    cells = []
    step = (Matrix.CELL - 14) / MONTHS
    for column, measure in enumerate(measures):
        left = Matrix.LEFT + Matrix.CELL * column
        bars = []
        for month in range(MONTHS):
            if count := counts[name, measure, month]:
                height = 4 + (Matrix.LINE - 30) * count / peak
                bars.append(Bar(x=left + 7 + step * month, y=top + Matrix.LINE - 6 - height, width=step - 1, height=height))
        cells.append(Cell(measure=measure, total=sum(counts[name, measure, month] for month in range(MONTHS)), x=left, bars=tuple(bars)))
    return Row(messenger=name, total=sum(cell.total for cell in cells), y=top, cells=tuple(cells))


def stages(stories: Iterable[Story | Mention]) -> tuple[StageBar, ...]:
    """How many stories stand at each stage, the ladder first."""
    counts = Counter(story.facts.status.stage if story.facts.status else story.facts.stage for story in stories)
    peak = max((counts[stage] for stage in Stage), default=0) or 1
    return tuple(
        StageBar(stage=stage, count=counts[stage], bar=Bar(x=150, y=8 + 34 * number, width=round(360 * counts[stage] / peak, 1), height=20))
        for number, stage in enumerate(Stage)
    )


def ladder(steps: Iterable[Step], of: Story | None = None, *, local: bool = False) -> tuple[Rung, ...]:
    """The rungs, each with the first step that reached it; `of` marks the rung of one story among those of its thread.

    No parliament stands on the way of a measure that is `local`, not one of the whole country, unless somebody told of it.
    """
    reached: dict[Stage, Step] = {}
    for step in sorted(steps, key=lambda step: (step.date is None, step.date or dt.date.min)):
        if of is not None and step.story_id == of.id and reached.get(step.stage, step).story_id != of.id:
            reached[step.stage] = step
        reached.setdefault(step.stage, step)
    furthest = max((LADDER.index(stage) for stage in reached if stage in LADDER), default=-1)
    others = of is not None and any(step.story_id != of.id for step in reached.values())
    own = _stands(of) if of is not None and others else -1
    drawn = [(number, stage) for number, stage in enumerate(LADDER) if stage in reached or not (local and stage is Stage.PASSING)]
    return tuple(
        Rung(
            stage=stage,
            step=reached.get(stage),
            name=_name(stage, reached.get(stage), local=local),
            x=70 + 480 / (len(drawn) - 1) * place,
            last=number == furthest,
            passed=number < furthest,
            own=number == own,
            later=stage in reached and number > own >= 0,
        )
        for place, (number, stage) in enumerate(drawn)
    )


def _name(stage: Stage, step: Step | None, *, local: bool) -> str:
    """What is adopted without a president's hand is not called signed."""
    plain = step.status is Status.ADOPTED if step else local
    return "status-adopted" if stage is Stage.ADOPTED and plain else f"rung-{stage}"


def way(story: Story) -> tuple[Step, ...]:
    """The steps of a story and those of its thread that came first to a rung, in their order; nothing if the story is alone."""
    if all(step.story_id == story.id for step in story.timeline):
        return ()
    drawn = {rung.step for rung in ladder(story.timeline, story)}
    return tuple(step for step in story.timeline if step in drawn or step.story_id == story.id or step.stage is Stage.CANCELLED)


def _stands(story: Story) -> int:
    """The number of the rung on which a story stands, -1 beside the ladder."""
    stage = story.facts.status.stage if story.facts.status else story.facts.stage
    return LADDER.index(stage) if stage in LADDER else -1


def _heaviest(counts: Counter[tuple[str, Measure, int]], part: int, limit: int) -> list[str]:
    totals: Counter[str] = Counter()
    for key, count in counts.items():
        totals[str(key[part])] += count
    return [name for name, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:limit]]


def _back(month: dt.date, count: int) -> dt.date:
    number = month.year * 12 + month.month - 1 - count
    return dt.date(number // 12, number % 12 + 1, 1)
