"""How far a story has come: by what is confirmed, in whatever order its articles are read."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.analyse.stories import merge, progress, telling
from bot.model import Facts, Measure, Reading, Stage, Step, Story

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
        ([(1, P), (1, A)], (), P),  # one word against another: nothing has moved
        ([(1, A), (2, P)], (), P),
        ([(1, P), (1, P), (1, F), (1, F)], (), P),
        ([(1, P), (1, P), (1, P), (2, F)], (3,), F),  # an authority does not tie
        ([(1, S), (1, P)], (), P),
        ([(1, P), (1, C)], (), P),
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
    ("rows", "before", "stage"),
    [
        ([(1, P), (1, F)], P, P),  # one misread threat is no blocking
        ([(1, P), (2, F)], P, P),
        ([(1, F), (2, P)], F, F),  # nor does one retelling undo it
        ([(1, A), (1, F)], A, A),
        ([(1, P), (1, C)], P, P),
        ([(1, F), (2, C)], F, F),
        ([(1, P), (1, P), (1, F), (1, F)], P, P),
        ([(1, P), (1, F), (1, F)], P, F),  # a second outlet confirms it
        ([(1, P), (2, F), (2, F)], P, F),
        ([(1, F), (1, P), (1, P)], F, P),  # what was read too far is put right
    ],
)
def test_on_a_tie_what_was_told_stands(rows: list[tuple[int, Stage]], before: Stage, stage: Stage) -> None:
    """Of two rungs for which as much speaks the one that was told before stays, and no development is announced."""
    now = dt.datetime(2026, 3, 3, tzinfo=dt.UTC)
    told = readings(*rows)
    first = telling.tell(readings((1, before)), id="s", thread="s", now=now)
    second = telling.tell(told, id="s", thread="s", now=now, previous=first)
    assert second.facts.stage is stage
    assert any(item.kind == "stage" for item in second.developments) is (stage is F and before is P)


def test_an_authority_decides_a_tie() -> None:
    """Three articles weigh as much as an authority's own: of equals it is believed."""
    assert merge.facts(readings((1, F), (1, P), (1, P), (1, P), official=(0,))).stage is F


def story_of(*rows: tuple[int, Stage], id: str, related: Sequence[Story] = ()) -> Story:
    return telling.tell(readings(*rows), id=id, thread="t", now=dt.datetime(2026, 3, 30, tzinfo=dt.UTC), related=related)


@pytest.mark.parametrize(
    ("rows", "steps"),
    [
        ([(1, F), (1, F), (2, A), (2, A), (2, A), (2, A)], [(F, 1)]),
        ([(1, A), (1, A), (3, P), (3, P)], [(A, 1)]),
        ([(1, P), (1, P), (2, A), (2, A), (3, F), (3, F)], [(P, 1), (A, 2), (F, 3)]),
        ([(1, F), (1, F), (2, C), (2, C)], [(F, 1), (C, 2)]),
        ([(1, C), (1, C), (2, P), (2, P), (2, P)], [(C, 1), (P, 2)]),  # taken up again
    ],
)
def test_the_timeline_never_leads_back(rows: list[tuple[int, Stage]], steps: list[tuple[Stage, int]]) -> None:
    """No later date with a lower rung; a cancellation is a step, and after it all begins anew."""
    assert [(step.stage, step.date) for step in story_of(*rows, id="s").timeline] == [
        (stage, dt.date(2026, 3, day)) for stage, day in steps
    ]


def test_no_story_leads_its_thread_back() -> None:
    """What another story of the thread gives too low is left out, in the view of either, and comes back when the other is put right."""
    law = story_of((1, A), (1, A), id="law")
    chamber = story_of((9, P), id="chamber", related=(law,))
    for shown in (chamber, telling.in_thread(law, (chamber, law))):
        assert [(step.stage, step.story_id) for step in shown.timeline] == [(A, "law")]
    low = replace(law, timeline=(), facts=replace(law.facts, stage=P))
    assert [step.story_id for step in telling.in_thread(chamber, (low, chamber)).timeline] == ["law", "chamber"]


@pytest.mark.parametrize(("days", "kept"), [(30, False), (90, True)])
def test_a_plan_months_later_begins_anew(days: int, *, kept: bool) -> None:
    """A law in force that is to be changed half a year later, and a plan that was read out of an article on it a month later."""
    day = dt.date(2026, 1, 1)
    law, plan = (
        Step(stage=stage, status=None, date=day + dt.timedelta(days=later), story_id=str(later)) for stage, later in ((F, 0), (P, days))
    )
    assert progress.onward([plan, law]) == ((law, plan) if kept else (law,))


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
