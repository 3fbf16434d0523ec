"""What comes into force and when, as a list and as a file for the person's own calendar."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from bot import digest
from bot.digest.calendar import entries
from bot.digest.render import ics
from bot.model import Stage, Story
from handlers.dialogue.request import Attachment, Reply
from handlers.dialogue.talk import Talk

SPANS: Final = (30, 90, 365)
LOOKED_AT: Final = 300
"""How many of the latest stories are searched for what is discussed without a date."""
_DISCUSSED: Final = (Stage.PLANNED, Stage.PASSING)


async def show(talk: Talk, argument: str = "", *, pressed: bool = False) -> AsyncIterator[Reply]:
    """The dates ahead, for the person's own profile: 90 days, or `calendar:30`."""
    days = int(argument) if argument.isdigit() and int(argument) in SPANS else 90
    today = _today(talk)
    dated = await talk.desk.store.stories.upcoming(today, today + dt.timedelta(days=days))
    latest = await talk.desk.store.stories.recent(LOOKED_AT)
    discussed = [story for story in latest if not story.facts.effective_date and story.facts.stage in _DISCUSSED]
    stories: dict[str, Story] = {story.id: story for story in (*discussed, *dated)}
    document = await asyncio.to_thread(
        digest.calendar, stories.values(), today=today, days=days, language=talk.words.language, filter=talk.preferences.filter
    )
    spans = tuple(talk.button("calendar-days", f"calendar:{span}", count=span) for span in SPANS if span != days)
    yield Reply(document=replace(document, buttons=(spans, *document.buttons)), edit=pressed and bool(argument))


async def file(talk: Talk) -> AsyncIterator[Reply]:
    """The dates of the year ahead as an .ics file, and the address to subscribe to where there is one."""
    today = _today(talk)
    until = today + dt.timedelta(days=365)
    found = await talk.desk.store.stories.upcoming(today, until)
    due = entries(found, since=today, until=until, filter=talk.preferences.filter)
    public = talk.desk.settings.public_url
    data = await asyncio.to_thread(ics.render, due, language=talk.words.language, now=talk.now)
    text = talk.say("calendar-address", address=f"{public.rstrip('/')}/calendar.ics") if public else talk.say("calendar-file")
    yield Reply(document=talk.document(text), attachment=Attachment(name="vestnik.ics", data=data), toast=talk.say("done"))


def _today(talk: Talk) -> dt.date:
    return talk.now.astimezone(ZoneInfo(talk.preferences.schedule.timezone)).date()
