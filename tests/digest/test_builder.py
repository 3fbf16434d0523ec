"""Which stories a digest tells, in which order and section."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.digest import build
from bot.model import Development, Facts, Filter, Group, Measure, Period, Section, Stage, Status, Story, SummarySentence

from .samples import DAY, NOW, english, story, viber, workban


def ids(*stories: Story, **options: object) -> list[str]:
    return [entry.story.id for entry in build(stories, period=DAY, **options).entries]  # type: ignore[arg-type]


def test_a_period_is_half_open() -> None:
    """What was updated at the beginning is in, what was updated at the end is in the next edition."""
    first, last = story("first", updated=DAY.since), story("last", updated=DAY.until)
    assert ids(first, last) == ["first"]
    assert [e.story.id for e in build([first, last], period=Period(since=DAY.until, until=DAY.until + dt.timedelta(1))).entries] == ["last"]


def test_a_retracted_story_is_left_out() -> None:
    """What was withdrawn is not told."""
    assert ids(story("good"), story("bad", retracted=True)) == ["good"]


def test_filters_let_through_what_a_reader_asked_for() -> None:
    """Audiences, messengers and importance each narrow the choice; empty ones do not."""
    stories = (workban(), viber(), english(), story("plain"))
    assert set(ids(*stories)) == {"workban", "viber", "ofcom", "plain"}
    assert ids(*stories, filter=Filter(audiences=(Group.BANKS,))) == ["workban"]
    assert ids(*stories, filter=Filter(messengers=("viber",))) == ["viber"]
    assert set(ids(*stories, filter=Filter(importance=0.6))) == {"workban", "viber"}
    assert ids(*stories, filter=Filter(audiences=(Group.MILITARY,))) == []


@pytest.mark.parametrize(
    ("muted", "text", "left_out"),
    [
        ("штраф", "Суд грозит мессенджеру штрафами.", True),
        ("штрафами", "Назначен штраф.", True),
        ("Госдума", "В Госдуме обсудили запрет.", True),
        ("дети", "Закон защитит детей.", True),
        ("запрет звонков", "Введён запрет на звонки.", False),
        ("запрет звонков", "О запрете звонков сообщили вчера.", True),
        ("суд", "Рассудили иначе.", False),
        ("ёлка", "На елке выступил министр.", True),
        ("fines", "A fine was imposed.", True),
        ("fine", "They define the rules.", False),
        ("...", "Любой текст.", False),
    ],
)
def test_muted_words_are_found_in_any_form(muted: str, text: str, left_out: bool) -> None:
    """A muted word leaves a story out in whatever case or number it stands; a part of a word does not."""
    said = story(headline="Новость", summary=(SummarySentence(text=text, article_id="a", source=text),))
    assert (ids(said, filter=Filter(muted=(muted,))) == []) is left_out


@pytest.mark.parametrize(("muted", "left_out"), [("штрафы", True), ("fines", True), ("другое", False)])
def test_a_muted_measure_is_the_one_under_the_headline(muted: str, left_out: bool) -> None:
    """«Оштрафован» is no form of «штраф», but «Штраф» is what the reader would see."""
    facts = Facts(measure=Measure.FINE if left_out else Measure.OTHER)
    assert (ids(story(headline="Мессенджер оштрафован", facts=facts), filter=Filter(muted=(muted,))) == []) is left_out


@pytest.mark.parametrize(
    ("facts", "section"),
    [
        (Facts(measure=Measure.BAN, status=Status.IN_FORCE), Section.IN_FORCE),
        (Facts(measure=Measure.BAN, status=Status.SIGNED, effective_date="2025-01-01"), Section.IN_FORCE),
        (Facts(measure=Measure.BAN, status=Status.SIGNED, effective_date="2026-09-01"), Section.ADOPTED),
        (Facts(measure=Measure.BAN, status=Status.ADOPTED), Section.ADOPTED),
        (Facts(measure=Measure.BAN, status=Status.DRAFT), Section.PROPOSED),
        (Facts(measure=Measure.BLOCKING, status=Status.PROPOSED), Section.PROPOSED),
        (Facts(measure=Measure.BAN, status=Status.ADOPTED_READING), Section.PROPOSED),
        (Facts(measure=Measure.BLOCKING, status=Status.ENFORCED), Section.BLOCKING),
        (Facts(measure=Measure.FINE, status=Status.RULING), Section.BLOCKING),
        (Facts(measure=Measure.SLOWDOWN, stage=Stage.ACTIVE), Section.BLOCKING),
        (Facts(measure=Measure.RESTRICTION), Section.BLOCKING),
        (Facts(measure=Measure.STATEMENT, status=Status.STATEMENT), Section.STATEMENTS),
        (Facts(measure=Measure.BAN, status=Status.CANCELLED), Section.STATEMENTS),
        (Facts(), Section.STATEMENTS),
    ],
)
def test_each_story_has_its_section(facts: Facts, section: Section) -> None:
    """The stage decides, and for what is in force the measure."""
    (entry,) = build([story(facts=facts)], period=DAY).entries
    assert entry.section is section


def test_sections_are_contiguous_and_numbered() -> None:
    """Entries are numbered in the order of reading, and no section is opened twice."""
    stories = [
        story(f"s{n}", importance=n / 20, facts=Facts(measure=Measure.BAN, status=status))
        for n, status in enumerate([Status.DRAFT, Status.IN_FORCE, Status.STATEMENT, Status.ADOPTED] * 4)
    ]
    entries = build(stories, period=DAY).entries
    assert [entry.number for entry in entries] == list(range(1, 17))
    places = [entry.section for entry in entries]
    assert entries[0].story.id == "s15"  # the heaviest opens the digest, and its section with it
    assert [place for n, place in enumerate(places) if n == 0 or places[n - 1] is not place] == [
        Section.ADOPTED,
        Section.IN_FORCE,
        Section.PROPOSED,
        Section.STATEMENTS,
    ]
    for place in set(places):
        weights = [entry.story.importance for entry in entries if entry.section is place]
        assert weights == sorted(weights, reverse=True)


def test_the_heaviest_stay_and_the_rest_are_counted() -> None:
    """The limit cuts by weight, not by section, and says how many it cut."""
    stories = [story(f"s{n}", importance=n / 10) for n in range(10)]
    digest = build(stories, period=DAY, limit=3)
    assert [entry.story.id for entry in digest.entries] == ["s9", "s8", "s7"]
    assert digest.omitted == 7


def test_what_touches_the_reader_goes_first() -> None:
    """Of two stories of near importance the one that touches the reader's groups is read first, and says so."""
    banks = story("banks", importance=0.5, facts=Facts(audiences=(Group.BANKS, Group.USERS)))
    users = story("users", importance=0.55, facts=Facts(audiences=(Group.USERS,)))
    assert ids(users, banks) == ["users", "banks"]
    digest = build([users, banks], period=DAY, filter=Filter(audiences=(Group.BANKS, Group.USERS), messengers=()))
    assert digest.entries[0].story.id == "users"
    named = story("named", importance=0.5, facts=Facts(audiences=(Group.USERS,), messengers=("Viber",)))
    assert ids(users, named, filter=Filter(messengers=("Viber",))) == ["named"]
    assert {entry.story.id: entry.touches for entry in digest.entries} == {"users": (Group.USERS,), "banks": (Group.BANKS, Group.USERS)}


def test_equal_stories_keep_one_order() -> None:
    """The order does not depend on the order in which stories come from the store."""
    stories = [story(f"s{n}") for n in range(6)]
    assert ids(*stories) == ids(*reversed(stories))
    newer = story("newer", updated=NOW - dt.timedelta(hours=1))
    assert ids(*stories, newer)[0] == "newer"


def test_a_story_told_before_is_told_again_only_with_news() -> None:
    """The same revision is silence; a newer one with news is a development; one more outlet is no news."""
    assert ids(viber(), told={"viber": 3}) == []
    digest = build([viber()], period=DAY, told={"viber": 1})
    (entry,) = digest.entries
    assert entry.section is Section.DEVELOPMENTS
    assert [item.kind for item in entry.news] == ["stage", "official"]
    more = viber(revision=4, developments=(Development(kind="source", after="ТАСС", at=NOW - dt.timedelta(hours=1)),))
    assert ids(more, told={"viber": 3}) == []


def test_news_of_an_earlier_edition_is_not_repeated() -> None:
    """Only what happened within the period is news of it."""
    old = Development(kind="stage", before="proposed", after="draft", at=DAY.since - dt.timedelta(days=3))
    new = Development(kind="effective_date", after="2026-09-01", at=NOW - dt.timedelta(hours=2))
    (entry,) = build([viber(developments=(old, new))], period=DAY, told={"viber": 2}).entries
    assert entry.news == (new,)
