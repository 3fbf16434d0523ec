"""The calendar as a document and as an .ics file."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest

from bot.digest import calendar
from bot.digest.calendar import agenda, entries
from bot.digest.render import ics
from bot.digest.render.document import Document
from bot.model import Facts, Filter, Group, Measure, Status

from .samples import NOW, english, story, viber, workban

TODAY = dt.date(2026, 8, 25)
MONTH = story("month", facts=Facts(measure=Measure.OBLIGATION, status=Status.SIGNED, effective_date="2026-09"))
GONE = story("gone", facts=Facts(measure=Measure.BAN, status=Status.CANCELLED, effective_date="2026-09-03"))


def lines(document: Document) -> list[str]:
    return [item.text for item in document.blocks]


def test_the_calendar_is_in_order_of_dates() -> None:
    """The soonest first, exact days before months, how long it is still; what was cancelled is gone."""
    heard = dt.datetime(2026, 8, 24, 9, tzinfo=dt.UTC)
    document = calendar(agenda([english(updated=heard), MONTH, GONE, viber(), workban()], today=TODAY))
    said = lines(document)
    first, second = said.index("1 сентября (через 7 дней)"), said.index("сентябрь 2026")
    assert first < second
    assert said[first + 1] == "1. " + workban().headline
    assert said[second + 1] == "2. Заголовок сюжета month"
    assert lines(document)[0] == "Календарь: что вступает в силу · до 23 ноября 2026"
    assert said[-2:] == ["Обсуждается, срок не назван", "3. " + english().headline + " · 24 августа · на английском"]
    assert [button.action for button in document.buttons[0]] == ["card:workban", "card:month", "card:ofcom"]


def test_a_long_calendar_has_pages_numbered_on() -> None:
    """Five a page; the dates stand over what they bring, again on the next page."""
    many = [story(f"s{n}", facts=Facts(measure=Measure.BAN, status=Status.DRAFT, effective_date="2026-09-03")) for n in range(7)]
    first, second = (calendar(agenda(many, today=TODAY), page=page, size=5) for page in (0, 1))
    assert [line for line in lines(first) if line.startswith("3 сентября")] == ["3 сентября (через 9 дней)"]
    assert [[button.text for button in row] for row in first.buttons] == [
        ["1", "2", "3", "4", "5"],
        ["2/2 ›"],
        ["В мой календарь", "Настроить"],
    ]
    assert "3 сентября (через 9 дней)" in lines(second)
    assert [button.text for button in second.buttons[0]] == ["6", "7"]
    assert second.buttons[1][0].action == "calendar:90:0"


def test_what_nobody_speaks_of_any_more_is_not_under_discussion() -> None:
    """A draft that was last heard of half a year ago has been given up or has become something else."""
    draft = Facts(measure=Measure.BAN, status=Status.DRAFT)
    for days, listed in ((183, True), (184, False)):
        one = story("one", facts=draft, updated=dt.datetime.combine(TODAY - dt.timedelta(days=days), dt.time(9), dt.UTC))
        assert any(line.startswith("1. ") for line in lines(calendar(agenda([one], today=TODAY)))) is listed


@pytest.mark.parametrize(
    ("headline", "facts", "listed"),
    [
        ("Минцифры готовит запрет иностранных мессенджеров", Facts(measure=Measure.BAN, status=Status.DRAFT), True),
        ("Правительство не поддержало запрет иностранных мессенджеров", Facts(measure=Measure.BAN, status=Status.DRAFT), False),
        ("Отказ от иностранных мессенджеров назвали неадекватным", Facts(measure=Measure.BAN, status=Status.DRAFT), False),
        ("Lawmakers reject a ban on Telegram", Facts(measure=Measure.BAN, status=Status.DRAFT), False),
        ("В Казахстане не планируют блокировать WhatsApp", Facts(measure=Measure.STATEMENT, status=Status.PROPOSED), False),
        ("Депутат высказался о мессенджерах", Facts(measure=Measure.BAN, status=Status.STATEMENT), False),
    ],
)
def test_what_is_refused_is_not_under_discussion(headline: str, facts: Facts, listed: bool) -> None:
    """Only what is on its way is listed: no words, no refusals, no criticism."""
    moment = dt.datetime.combine(TODAY, dt.time(9), dt.UTC)
    said = lines(calendar(agenda([story("one", headline=headline, facts=facts, updated=moment)], today=TODAY)))
    assert (f"1. {headline} · 25 августа" in said) is listed


def test_words_bring_nothing_into_force() -> None:
    """A statement that names a day is not in the calendar; a draft that names one is, with its stage."""
    words = story("words", facts=Facts(measure=Measure.BAN, status=Status.STATEMENT, effective_date="2026-09-03"))
    draft = story("draft", facts=Facts(measure=Measure.BAN, status=Status.DRAFT, effective_date="2026-09-03"))
    assert [due.story.id for due in entries([words, draft], since=TODAY, until=dt.date(2027, 1, 1))] == ["draft"]
    assert "Проект" in lines(calendar(agenda([draft], today=TODAY)))


def test_days_are_half_open() -> None:
    """The first day is in, the last is not; a month counts while any of it is left."""
    day = dt.date(2026, 9, 1)
    assert len(entries([workban()], since=day, until=day + dt.timedelta(1))) == 1
    assert not entries([workban()], since=day - dt.timedelta(9), until=day)
    assert len(entries([MONTH], since=dt.date(2026, 9, 30), until=dt.date(2026, 10, 9))) == 1
    assert not entries([MONTH], since=dt.date(2026, 10, 1), until=dt.date(2026, 10, 9))


def test_a_thread_has_the_date_of_its_newest_story() -> None:
    """The law's date replaces the draft's; a cancelled measure leaves the calendar."""
    law = workban(id="law", facts=Facts(status=Status.SIGNED, effective_date="2026-10-01"), updated=NOW)
    (due,) = entries([law, workban()], since=TODAY, until=dt.date(2027, 1, 1))
    assert (due.story.id, due.day) == ("law", dt.date(2026, 10, 1))
    off = workban(id="off", facts=Facts(status=Status.CANCELLED), updated=NOW)
    assert not entries([off, workban()], since=TODAY, until=dt.date(2027, 1, 1))


def test_the_calendar_follows_the_filter() -> None:
    """A reader sees only what touches them."""
    assert not entries([workban()], since=TODAY, until=dt.date(2027, 1, 1), filter=Filter(audiences=(Group.MILITARY,)))


def test_an_empty_calendar_says_so() -> None:
    """No dates: one plain sentence with the right plural."""
    assert lines(calendar(agenda([], today=TODAY, days=31))) == [
        "Календарь: что вступает в силу",
        "Дат вступления в силу в ближайшие 31 день нет.",
    ]


def test_the_file_is_read_back_by_a_parser() -> None:
    """Events are all-day, keep their identity, and hold the facts and sources."""
    made = ics.render(
        entries([workban(), MONTH], since=TODAY, until=dt.date(2027, 1, 1)), now=NOW, url="https://vestnik.example/calendar.ics"
    )
    read = icalendar.Calendar.from_ical(made)
    first, second = read.walk("VEVENT")
    assert str(read["X-WR-CALNAME"]) == "Вестник: регулирование мессенджеров"
    assert first["DTSTART"].dt == dt.date(2026, 9, 1)
    assert first["DTEND"].dt == dt.date(2026, 9, 2)
    assert str(first["UID"]) == "workban@vestnik"
    assert str(first["SUMMARY"]) == workban().headline
    assert "Кого касается: маркетплейсы и доставка" in str(first["DESCRIPTION"])
    assert "https://news1.example/2024/12/09/1" in str(first["DESCRIPTION"])
    assert (second["DTSTART"].dt, second["DTEND"].dt) == (dt.date(2026, 9, 1), dt.date(2026, 10, 1))
    assert "в течение месяца" in str(second["DESCRIPTION"])
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))


def test_a_hostile_headline_makes_no_second_event() -> None:
    """Line breaks in a headline stay in its summary."""
    evil = workban(headline="Запрет\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:чужое")
    read = icalendar.Calendar.from_ical(ics.render(entries([evil], since=TODAY, until=dt.date(2027, 1, 1)), now=NOW))
    assert len(read.walk("VEVENT")) == 1
