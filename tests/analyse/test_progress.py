"""How far a story has come: by what is confirmed, in whatever order its articles are read."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

import pytest

from bot.analyse import merge, telling
from bot.model import Facts, Measure, Reading, Stage

P, A, F, S, C = Stage.PLANNED, Stage.ADOPTED, Stage.ACTIVE, Stage.STATEMENT, Stage.CANCELLED


def readings(*rows: tuple[int, Stage], official: Sequence[int] = ()) -> list[Reading]:
    """One article an outlet: the day of March and the stage it gives."""
    return [
        Reading(
            article_id=f"a{number}",
            url=f"https://example.org/{number}",
            outlet=f"Издание {number}",
            title="Чиновникам запретят WhatsApp",
            headline="Чиновникам запретят WhatsApp",
            summary="Чиновникам запретят WhatsApp.",
            published=dt.datetime(2026, 3, day, 12, tzinfo=dt.UTC),
            official=number in official,
            language="ru",
            relevant=True,
            relevance=1.0,
            reasons=(),
            facts=Facts(measure=Measure.BAN, stage=stage),
        )
        for number, (day, stage) in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("rows", "official", "stage"),
    [
        ([(1, A), (1, A), (2, P), (2, P), (2, P)], (), A),  # what was adopted is not planned again
        ([(1, P), (1, P), (1, P), (2, A), (2, A)], (), A),  # most outlets of the newest day
        ([(1, P), (1, P), (1, P), (2, A)], (), P),  # one article alone moves nothing
        ([(1, P), (1, P), (1, P), (2, A)], (3,), A),  # an authority does
        ([(1, F), (1, P), (1, P), (1, P)], (), P),  # one misread article is no step
        ([(1, A), (1, A), (2, C), (2, C)], (), C),  # a real cancellation
        ([(1, C), (1, C), (2, P), (2, P), (2, P)], (), P),  # taken up again
        ([(1, S), (1, S), (1, S), (2, P), (2, P)], (), P),  # from a remark to a proposal
        ([(1, P), (1, P), (2, S), (2, S), (2, S)], (), P),  # remarks do not undo it
        ([(1, P), (1, A)], (), A),
        ([(1, P)], (), P),
    ],
)
def test_the_stage_is_the_latest_confirmed_step(rows: list[tuple[int, Stage]], official: tuple[int, ...], stage: Stage) -> None:
    """By day, by outlets, by authorities."""
    assert merge.facts(readings(*rows, official=official)).stage is stage


def test_the_order_of_reading_does_not_matter() -> None:
    """Any order of the same articles gives the same stage and the same steps."""
    found = set()
    for order in itertools.permutations(readings((1, P), (1, P), (2, A), (2, A))):
        story = telling.tell(order, id="s", thread="s", now=dt.datetime(2026, 3, 3, tzinfo=dt.UTC))
        found.add((story.facts.stage, tuple((step.stage, step.date) for step in story.timeline)))
    assert found == {(A, ((P, dt.date(2026, 3, 1)), (A, dt.date(2026, 3, 2))))}


def test_what_was_read_too_far_leaves_the_timeline_in_silence() -> None:
    """The first article is misread; those that follow put it right, and nobody is told a step back."""
    told = readings((1, F), (1, P), (1, P))
    now = dt.datetime(2026, 3, 1, 15, tzinfo=dt.UTC)
    first = telling.tell(told[:1], id="s", thread="s", now=now)
    second = telling.tell(told, id="s", thread="s", now=now, previous=first)
    assert [step.stage for step in first.timeline] == [F]
    assert [step.stage for step in second.timeline] == [P]
    assert [item.kind for item in second.developments] == ["source"]


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        ([(1, P), (1, P), (1, P), (1, A)], []),  # one misread article
        ([(1, P), (1, P), (2, A), (2, A)], []),  # one step after the other
        ([(1, P), (1, P), (1, A), (1, A), (1, A)], ["adopted", "planned"]),
    ],
)
def test_outlets_dispute_a_stage_at_one_time_and_not_alone(rows: list[tuple[int, Stage]], values: list[str]) -> None:
    """A development is no dispute, nor is a slip."""
    found = [item for item in merge.disagreements(readings(*rows)) if item.field == "stage"]
    assert [value for item in found for value, _ in item.values] == values
