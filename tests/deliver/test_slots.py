"""Slots in IANA zones, through clock changes and after a downtime."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deliver.slots import WEEK, between, check, due, following, preceding
from bot.errors import BadInput
from bot.model import Schedule

UTC = dt.UTC


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_daily_slot_is_local_time() -> None:
    """09:00 in Moscow is 06:00 UTC."""
    assert following(Schedule(), at("2026-11-23T05:59")) == at("2026-11-23T06:00")
    assert following(Schedule(), at("2026-11-23T06:00")) == at("2026-11-24T06:00")
    assert preceding(Schedule(), at("2026-11-23T06:00")) == at("2026-11-23T06:00")
    assert preceding(Schedule(), at("2026-11-23T05:59")) == at("2026-11-22T06:00")


def test_several_times_a_day() -> None:
    """Every time of a day is a slot."""
    schedule = Schedule(times=("09:00", "18:30"), timezone="Asia/Yekaterinburg")
    assert between(schedule, at("2026-11-22T23:00"), at("2026-11-23T23:00")) == (at("2026-11-23T04:00"), at("2026-11-23T13:30"))


@pytest.mark.parametrize(
    ("days", "dates"),
    [
        ("daily", [23, 24, 25, 26, 27, 28, 29]),
        ("weekdays", [23, 24, 25, 26, 27]),
        ("weekends", [28, 29]),
        ("mon", [23]),
        ("tue,sun", [24, 29]),
        ("monthly", []),
    ],
)
def test_days(days: str, dates: list[int]) -> None:
    """Each kind of days picks its own dates of the week of 23 November 2026, a Monday."""
    found = between(Schedule(days=days, timezone="UTC"), at("2026-11-23T00:00"), at("2026-11-29T23:59"))
    assert [slot.day for slot in found] == dates


def test_monthly_is_the_first_of_the_month() -> None:
    """A monthly schedule crosses the year."""
    schedule = Schedule(days="monthly", timezone="UTC")
    assert following(schedule, at("2026-12-01T09:00")) == at("2027-01-01T09:00")
    assert preceding(schedule, at("2026-12-31T23:00")) == at("2026-12-01T09:00")


def test_skipped_time_is_moved_by_the_gap() -> None:
    """02:30 does not exist in Berlin on 29 March 2026: the slot comes at 03:30, and once."""
    schedule = Schedule(times=("02:30",), timezone="Europe/Berlin")
    assert between(schedule, at("2026-03-28T12:00"), at("2026-03-30T12:00")) == (at("2026-03-29T01:30"), at("2026-03-30T00:30"))


def test_gap_that_meets_another_time_gives_one_slot() -> None:
    """02:30 moved to 03:30 and 03:30 itself are one moment."""
    schedule = Schedule(times=("02:30", "03:30"), timezone="Europe/Berlin")
    assert between(schedule, at("2026-03-28T12:00"), at("2026-03-29T12:00")) == (at("2026-03-29T01:30"),)


def test_repeated_time_counts_once() -> None:
    """02:30 comes twice in Berlin on 25 October 2026: the first is the slot."""
    schedule = Schedule(times=("02:30",), timezone="Europe/Berlin")
    assert between(schedule, at("2026-10-24T12:00"), at("2026-10-25T12:00")) == (at("2026-10-25T00:30"),)


def test_slot_keeps_its_local_time_across_a_change() -> None:
    """09:00 in New York is 14:00 UTC in winter and 13:00 in summer."""
    schedule = Schedule(timezone="America/New_York")
    assert following(schedule, at("2026-03-07T12:00")) == at("2026-03-07T14:00")
    assert following(schedule, at("2026-03-08T12:00")) == at("2026-03-08T13:00")


def test_a_date_that_never_was() -> None:
    """Samoa had no 30 December 2011: the slot of that date falls on the next one's."""
    schedule = Schedule(timezone="Pacific/Apia")
    assert between(schedule, at("2011-12-28T20:00"), at("2011-12-31T18:00")) == (at("2011-12-29T19:00"), at("2011-12-30T19:00"))


@pytest.mark.parametrize(
    "schedule", [Schedule(times=()), Schedule(times=("9:00",)), Schedule(days="someday"), Schedule(days=""), Schedule(timezone="Mars/Base")]
)
def test_wrong_schedules_are_refused(schedule: Schedule) -> None:
    """A schedule without slots is bad input, not an endless search."""
    with pytest.raises(BadInput):
        check(schedule)
    with pytest.raises(BadInput):
        following(schedule, at("2026-01-01T00:00"))


def test_due_covers_what_was_missed() -> None:
    """After three days down one edition covers all of them."""
    found = due(Schedule(timezone="UTC"), at("2026-11-19T09:00"), at("2026-11-23T11:00"))
    assert found is not None
    assert (found.slot, found.period.since, found.period.until, found.missed) == (
        at("2026-11-23T09:00"),
        at("2026-11-19T09:00"),
        at("2026-11-23T09:00"),
        3,
    )


def test_due_waits_when_the_next_slot_is_nearer() -> None:
    """A daily edition is of no use an hour before the next one; the next one covers it."""
    schedule = Schedule(timezone="UTC")
    assert due(schedule, at("2026-11-21T09:00"), at("2026-11-23T08:00")) is None
    found = due(schedule, at("2026-11-21T09:00"), at("2026-11-23T09:00"))
    assert found is not None
    assert found.period.since == at("2026-11-21T09:00")


def test_nothing_due_twice() -> None:
    """What was told until the slot is not due again."""
    assert due(Schedule(timezone="UTC"), at("2026-11-23T09:00"), at("2026-11-23T09:00")) is None


ZONES = ("Europe/Moscow", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Cairo", "Asia/Kathmandu")


@given(
    st.lists(st.times().map(lambda time: f"{time:%H:%M}"), min_size=1, max_size=4, unique=True),
    st.sampled_from(["daily", "weekdays", "monthly", *WEEK]),
    st.sampled_from(ZONES),
    st.datetimes(dt.datetime(2017, 1, 1), dt.datetime(2028, 1, 1)),  # noqa: DTZ001 - hypothesis wants naive bounds
    st.integers(0, 60 * 24 * 40),
)
def test_steps_and_ranges_agree(times: list[str], days: str, zone: str, start: dt.datetime, minutes: int) -> None:
    """Walking from slot to slot meets exactly the slots of the range, forth and back."""
    schedule = Schedule(times=tuple(sorted(times)), days=days, timezone=zone)
    since = start.replace(tzinfo=UTC)
    until = since + dt.timedelta(minutes=minutes)
    walked, moment = [], following(schedule, since)
    while moment <= until:
        walked.append(moment)
        moment = following(schedule, moment)
    assert tuple(walked) == between(schedule, since, until)
    if walked:
        assert preceding(schedule, until) == walked[-1]
