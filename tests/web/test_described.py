"""The API against its own description by schemathesis, and the calendar read by a parser of another maker than the one that writes it."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck
from ical.calendar_stream import IcsCalendarStream
from schemathesis import Case, GenerationMode
from schemathesis.openapi import from_dict
from schemathesis.specs.openapi.checks import positive_data_acceptance

from bot.store import Store
from tests.web import samples
from tests.web.conftest import Client, keep

PLAIN = hypothesis.settings(
    max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck), report_multiple_bugs=False
)
PATHS = {
    "/api/v1/stories": {},
    "/api/v1/stories/{id}": {"id": "s1"},
    "/api/v1/threads/{id}": {"id": "s1"},
    "/api/v1/digest": {},
    "/api/v1/calendar": {},
    "/api/v1/openapi.json": {},
}

IN_WORDS = {
    "the cursor is not one of ours",
    "since is before until, and at most 31 days",
    "since is before until, and at most 731 days",
}
"""Refusals whose reason the description can only tell, not draw: how two values stand to each other, and where a cursor comes from."""


async def described(client: Client) -> schemathesis.schemas.BaseSchema:
    async with client.get("/api/v1/openapi.json") as response:
        return from_dict(await response.json())


async def test_every_described_path_is_tried(client: Client) -> None:
    """The table above names exactly what the description names."""
    schema = await described(client)
    assert {found.ok().path for found in schema.get_all_operations()} == set(PATHS)


@pytest.mark.parametrize(
    ("path", "mode"),
    [
        *((path, GenerationMode.POSITIVE) for path in PATHS),
        # Nothing can be said wrongly to an address without parameters.
        *((path, GenerationMode.NEGATIVE) for path in PATHS if path != "/api/v1/openapi.json"),
    ],
)
async def test_answers_are_as_described(client: Client, path: str, mode: GenerationMode) -> None:
    """What the description allows is answered in its schemas, what it forbids is refused, and nothing fails."""
    operation = (await described(client))[path]["GET"]
    callers, base = itertools.count(), str(client.make_url("")).rstrip("/")

    @PLAIN
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def tried(case: Case) -> None:
        response = case.call(base_url=base, headers=caller(next(callers)))
        in_words = response.status_code == 400 and response.json()["error"] in IN_WORDS
        case.validate_response(response, excluded_checks=[positive_data_acceptance] if in_words else [])

    await asyncio.to_thread(tried)


def caller(number: int) -> dict[str, str]:
    """Each request is another reader's: how many one may send is another test's."""
    return {"X-Forwarded-For": f"198.51.{number // 250 % 250}.{number % 250}"}


async def test_another_makers_calendar_reads_ours(client: Client, filled: Store) -> None:
    """Every event is dated, named and stamped as written, hostile headlines too; nothing of a headline becomes a property."""
    hostile = [
        text.replace("\u202e", "").replace("\u202c", "").replace("\x00", "")
        for text in (*samples.HOSTILE, "Итог\r\nATTENDEE:mailto:x@example.org\r\nEND:VEVENT", "a;b,c\\n\\,d")
    ]
    for number, text in enumerate(hostile):
        await keep(
            filled,
            samples.story(
                300 + number, text, measure=samples.Measure.FINE, status=samples.Status.RULING, date="2026-10-01", updated=samples.NOW
            ),
        )
    async with client.get("/calendar.ics?language=en") as response:
        assert response.content_type == "text/calendar"
        sheet = IcsCalendarStream.calendar_from_ics(await response.text())
    events = {event.uid: event for event in sheet.events}
    assert set(events) == {"s1@vestnik", "s6@vestnik", *(f"s{300 + number}@vestnik" for number in range(len(hostile)))}
    assert (events["s1@vestnik"].dtstart, events["s1@vestnik"].dtend) == (dt.date(2026, 9, 1), dt.date(2026, 9, 2))
    for number, text in enumerate(hostile):
        event = events[f"s{300 + number}@vestnik"]
        assert " ".join(text.split()) in " ".join(f"{event.summary} {event.description}".split())
        assert not event.attendees
        assert event.dtstamp.tzinfo is not None
