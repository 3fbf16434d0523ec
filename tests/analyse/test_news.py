"""What is new in a story since a moment: each kind by itself, and nothing where nothing is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.analyse.stories.news import developments
from bot.model import Disagreement, Evidence, Facts, Measure, Source, Stage, Story

NOW = dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC)


def source(number: int, *, official: bool = False, outlet: str = "") -> Source:
    return Source(
        article_id=f"a{number}",
        outlet=outlet or f"Издание {number}",
        url=f"https://example.org/{number}",
        title="",
        official=official,
    )


BEFORE = Story(
    id="s1",
    thread="t1",
    headline="",
    summary=(),
    facts=Facts(
        measure=Measure.FINE,
        stage=Stage.PLANNED,
        effective_date="2026-09",
        penalties=("штраф до 500 тыс. рублей",),
    ),
    sources=(source(1),),
    first_seen=NOW,
    updated=NOW,
)


def after(*, sources: int = 1, **facts: object) -> Story:
    return replace(BEFORE, facts=replace(BEFORE.facts, **facts), sources=tuple(source(number + 1) for number in range(sources)))  # type: ignore[arg-type]  # fields of facts


def kinds(story: Story, before: Story = BEFORE) -> list[tuple[str, str, str]]:
    return [(item.kind, item.before, item.after) for item in developments(before, story, NOW)]


@pytest.mark.parametrize("stage", [Stage.PASSING, Stage.ADOPTED, Stage.ACTIVE, Stage.CANCELLED])
def test_a_new_stage(stage: Stage) -> None:
    """Up the ladder or called off: told with what it was before."""
    assert kinds(after(stage=stage)) == [("stage", "planned", str(stage))]


@pytest.mark.parametrize(
    ("was", "now", "news"),
    [
        (Stage.ADOPTED, Stage.PLANNED, False),
        (Stage.ACTIVE, Stage.STATEMENT, False),
        (Stage.STATEMENT, Stage.PLANNED, True),
        (Stage.ACTIVE, Stage.CANCELLED, True),
        (Stage.CANCELLED, Stage.PLANNED, True),
    ],
)
def test_a_step_back_is_news_only_if_it_was_called_off(was: Stage, now: Stage, *, news: bool) -> None:
    """What was read too far is put right in silence."""
    before = replace(BEFORE, facts=replace(BEFORE.facts, stage=was))
    assert bool(kinds(after(stage=now), before)) is news


def test_a_date_moved_or_made_exact() -> None:
    """Another month, or the day of the month that was known; the month again of a day that was known is nothing."""
    assert kinds(after(effective_date="2027-03-01")) == [("effective_date", "2026-09", "2027-03-01")]
    exact = after(effective_date="2026-09-01")
    assert kinds(exact) == [("effective_date", "2026-09", "2026-09-01")]
    assert kinds(BEFORE, exact) == []


@pytest.mark.parametrize(
    ("penalty", "is_new"),
    [
        ("штраф до 5 млн рублей", True),
        ("штраф 500 000 рублей", False),
        ("500 тысяч рублей", False),
        ("штраф от 100 тыс. до 500 тыс. рублей", False),
        ("500,000 roubles", False),
        ("5 million roubles", True),
        ("половина выручки", False),
    ],
)
def test_a_new_sum(penalty: str, is_new: bool) -> None:
    """Another sum is new; the same sum written otherwise is not, nor is a penalty without one."""
    assert kinds(after(penalties=(penalty,))) == ([("penalty", "", penalty)] if is_new else [])


def test_an_official_word() -> None:
    """The authority's own page confirms what was only reported, once."""
    told = replace(BEFORE, sources=(source(1), source(2, official=True, outlet="Минцифры")), confirmed=True)
    assert [(item.kind, item.after, item.article_id) for item in developments(BEFORE, told, NOW)] == [("official", "Минцифры", "a2")]
    assert kinds(told, told) == []


def test_a_disagreement() -> None:
    """Sources begin to differ; the same difference with one more outlet on a side is nothing."""
    apart = Disagreement(field="stage", values=(("planned", ("А",)), ("adopted", ("Б",))))
    told = replace(BEFORE, disagreements=(apart,))
    assert kinds(told) == [("disagreement", "", "stage")]
    more = replace(told, disagreements=(replace(apart, values=(("adopted", ("Б", "В")), ("planned", ("А",)))),))
    assert kinds(more, told) == []


@pytest.mark.parametrize(("count", "is_new"), [(2, False), (3, True), (4, True), (9, True), (10, True)])
def test_sources(count: int, is_new: bool) -> None:
    """A second outlet says the same again: nothing. That many tell it is told at the third and at the tenth."""
    assert bool(kinds(after(sources=count))) is is_new


def test_a_reprint_alone() -> None:
    """Between the third and the tenth outlet, or by one that has told it already, nothing is new."""
    assert kinds(after(sources=9), after(sources=3)) == []
    again = replace(BEFORE, sources=(source(1), source(2, outlet="Издание 1"), source(3, outlet="Издание 1")))
    assert kinds(again) == []


def test_a_withdrawal() -> None:
    """A story withdrawn is news to whom it was told, once."""
    gone = replace(BEFORE, retracted=True)
    assert kinds(gone) == [("correction", "", "retracted")]
    assert kinds(gone, gone) == []


def test_it_names_the_article() -> None:
    """The newest article that says so stands beside what is new."""
    told = replace(
        after(stage=Stage.ADOPTED),
        evidence=(
            Evidence(field="stage", value="adopted", sentence="Закон принят.", article_id="a1"),
            Evidence(field="stage", value="adopted", sentence="Дума приняла закон.", article_id="a2"),
        ),
    )
    assert [item.article_id for item in developments(BEFORE, told, NOW)] == ["a2"]


def test_a_sum_in_other_words_is_no_new_disagreement() -> None:
    """The same two sums, spelled by another outlet, are told once; a third one is news."""

    def disputed(*sums: str) -> Story:
        values = tuple((value, (f"Издание {number}",)) for number, value in enumerate(sums))
        return replace(BEFORE, disagreements=(Disagreement(field="penalties", values=values),))

    old = disputed("3 млн рублей", "4 млн рублей")
    assert kinds(disputed("3 миллиона рублей", "4 млн рублей"), old) == []
    assert kinds(disputed("3 млн рублей", "5 млн рублей"), old) == [("disagreement", "", "penalties")]
