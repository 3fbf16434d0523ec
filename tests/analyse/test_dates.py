"""Dates are found and resolved against the day of publication."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.analyse.facts.dates import dates

DAY = dt.date(2025, 12, 17)


@pytest.mark.parametrize(
    ("text", "value", "before"),
    [
        ("запрет введут с 1 марта следующего года", "2026-03-01", "from"),
        ("через 180 дней после официального опубликования закона", "2026-06-15", "in"),
        ("с сентября 2026 года", "2026-09", "from"),
        ("с 1 сентября", "2026-09-01", "from"),
        ("from 1 september 2026", "2026-09-01", "from"),
        ("starting september 1, 2026", "2026-09-01", "from"),
        ("with effect from 1st of march 2026", "2026-03-01", "from"),
        ("within 90 days of the order", "2026-03-17", "in"),
        ("закон от 1 апреля 2025 года", "2025-04-01", "of"),
        ("с нового учебного года", "2026-09-01", "from"),
        ("с завтрашнего дня", "2025-12-18", "from"),
        ("со следующего года", "2026-01", "from"),
        ("до 01.07.2026", "2026-07-01", "by"),
        ("со вчерашнего дня", "2025-12-16", "from"),
        ("вступит в силу в понедельник", "2025-12-22", "on"),
        ("правило ограничено со вторника", "2025-12-16", "from"),
        ("со следующего вторника", "2025-12-23", "from"),
        ("takes effect on friday", "2025-12-19", "on"),
        ("к началу апреля", "2026-04", "by"),
        ("со следующего сентября", "2026-09", "from"),
        ("с прошлого сентября", "2025-09", "from"),
        ("в прошлом декабре", "2024-12", "on"),
        ("the rule has been in force since jan. 18", "2025-01-18", "from"),
        ("запрет действует еще с 18 января", "2025-01-18", "from"),
        ("с начала осени", "2026-09-01", "from"),
        ("с начала лета 2027 года", "2027-06-01", "from"),
        ("накануне ведомство ограничило доступ", "2025-12-16", "on"),
        ("the council had restricted it on friday", "2025-12-12", "on"),
        ("the ban will start on friday", "2025-12-19", "on"),
        ("ограничения вводит поэтапно с августа", "2025-08", "from"),
        ("in 45 days from dec. 16", "2026-01-30", "in"),
        ("через 10 дней после 5 декабря", "2025-12-15", "in"),
        ("вступит в силу по истечении десяти дней после дня его официального опубликования", "2025-12-28", "in"),
        ("вступает в силу через десять дней после опубликования", "2025-12-27", "in"),
        ("вступит в силу через полгода после опубликования", "2026-06-17", "in"),
        ("вступит в силу через год", "2026-12-17", "in"),
        ("will take effect in two years", "2027-12-17", "in"),
    ],
)
def test_a_date_is_resolved(text: str, value: str, before: str) -> None:
    """Absolute, relative and half-said dates, in both languages."""
    found = dates(text, DAY, future=True)
    assert [(date.value, date.before) for date in found] == [(value, before)]


@pytest.mark.parametrize(
    "text",
    [
        "может быть ограничен",
        "it may be blocked",
        "с 1 по 16 число",
        "статья 13.41 коап",
        "в 20 регионах",
        "вступил в силу спустя десять дней после подписания",
        "took effect ten days after publication",
    ],
)
def test_what_is_no_date_is_left(text: str) -> None:
    """Modal verbs, articles of a code and numbers are no dates."""
    assert dates(text, DAY) == []


def test_the_past_is_nearer_when_the_past_is_told() -> None:
    """«В августе» of a December text is the August before it."""
    assert dates("в августе ограничили звонки", DAY)[0].value == "2025-08"


def test_what_was_done_lies_behind_whatever_is_planned() -> None:
    """«In August the regulator began» is the August before, in an article of a ban to come too."""
    assert dates("in august the regulator began limiting calls", DAY, future=True)[0].value == "2025-08"
    assert dates("in august the regulator will limit calls", DAY, future=True)[0].value == "2026-08"


def test_no_year_without_a_day_of_publication() -> None:
    """Where neither the text nor the page gives a year none is invented."""
    assert dates("с 1 апреля", None)[0].value == ""


def test_an_impossible_day_is_a_month() -> None:
    """The thirtieth of February is only February, and the zeroth of December only December, in whatever year it is."""
    assert dates("30 февраля 2026 года", DAY)[0].value == "2026-02"
    assert dates("0 декабря", DAY)[0].value == "2025-12"
    assert dates("с 00 мая", DAY, future=True)[0].value == "2026-05"


def test_a_weekday_that_is_over_is_told_as_past() -> None:
    """«Начали действовать в воскресенье» is the last Sunday where nothing speaks of what is to come."""
    assert [date.value for date in dates("положения начали действовать в воскресенье", DAY)] == ["2025-12-14"]
