"""The calendar as a document and as an .ics file."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest

from bot.digest import calendar
from bot.digest.calendar import entries
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
    document = calendar([english(), MONTH, GONE, viber(), workban()], today=TODAY)
    assert [line for line in lines(document) if "—" in line] == [
        "1 сентября (через 7 дней) — " + workban().headline,
        "сентябрь 2026 — Заголовок сюжета month",
    ]
    assert lines(document)[0] == "Календарь: что вступает в силу · до 23 ноября 2026"
    assert lines(document)[-2:] == ["Обсуждается, срок не назван", "• " + english().headline + " · на английском"]


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
    said = lines(calendar([story("one", headline=headline, facts=facts)], today=TODAY))
    assert (f"• {headline}" in said) is listed


def test_words_bring_nothing_into_force() -> None:
    """A statement that names a day is not in the calendar; a draft that names one is, with its stage."""
    words = story("words", facts=Facts(measure=Measure.BAN, status=Status.STATEMENT, effective_date="2026-09-03"))
    draft = story("draft", facts=Facts(measure=Measure.BAN, status=Status.DRAFT, effective_date="2026-09-03"))
    assert [due.story.id for due in entries([words, draft], since=TODAY, until=dt.date(2027, 1, 1))] == ["draft"]
    assert "Проект" in lines(calendar([draft], today=TODAY))


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
    assert lines(calendar([], today=TODAY, days=31)) == [
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
