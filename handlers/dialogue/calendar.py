"""What comes into force and when, as a list and as a file for the person's own calendar."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from bot import digest
from bot.digest.calendar import Agenda, agenda, entries, shown_on
from bot.digest.paging import PAGE
from bot.digest.render import ics
from bot.locales import LANGUAGES
from bot.model import Stage
from handlers.dialogue import values
from handlers.dialogue.parse import plain
from handlers.dialogue.request import Reply
from handlers.dialogue.talk import Talk

SPANS: Final = (30, 90, 365)
LOOKED_AT: Final = 300
"""How many of the latest stories are searched for what is discussed without a date."""
_FEW: Final = 4
"""Digits that no number of a page has."""
_DISCUSSED: Final = (Stage.PLANNED, Stage.PASSING)


async def show(talk: Talk, argument: str = "", *, pressed: bool = False) -> AsyncIterator[Reply]:
    """The dates ahead, for the person's own profile: 90 days, «на месяц», or by a button `calendar:30[:<page>]`."""
    span, _, number = argument.partition(":") if pressed else (argument, "", "")
    days = _days(span)
    page = int(number) if number.isdigit() and len(number) < _FEW else 0
    planned = await _agenda(talk, days)
    whole = {story.id: story for story in await talk.desk.store.stories.load(shown_on(planned, page, PAGE))}
    document = digest.calendar(planned.told_whole(whole), language=talk.words.language, page=page, size=PAGE)
    spans = tuple(talk.button("calendar-days", f"calendar:{span}", count=span) for span in SPANS if span != days)
    yield Reply(document=replace(document, buttons=(spans, *document.buttons)), edit=pressed and bool(argument))


async def _agenda(talk: Talk, days: int) -> Agenda:
    """The dates ahead and what is discussed, by outlines of the stories unless muted words are looked for in their texts."""
    kept, today, wishes = talk.desk.store.stories, _today(talk), talk.preferences.filter
    until = today + dt.timedelta(days=days)
    dated = await (kept.upcoming(today, until) if wishes.muted else kept.outlines_ahead(today, until))
    latest = await (kept.recent(LOOKED_AT) if wishes.muted else kept.outlines_latest(LOOKED_AT))
    open_ = [story for story in latest if not story.facts.effective_date and story.facts.stage in _DISCUSSED]
    stories = {story.id: story for story in (*open_, *dated)}
    return await asyncio.to_thread(agenda, stories.values(), today=today, days=days, filter=wishes)


def _days(text: str) -> int:
    """The span that is offered and holds what was asked for; 90 days if nothing was."""
    if text.isdigit():
        return next((span for span in SPANS if int(text) <= span), SPANS[-1])
    length = values.read_period(text.removeprefix("на ").removeprefix("for ")) if text else None
    if plain(text).endswith(("год", "year")):
        return SPANS[-1]
    return next((span for span in SPANS if length.days <= span), SPANS[-1]) if length else SPANS[1]


async def file(talk: Talk) -> AsyncIterator[Reply]:
    """The dates of the year ahead as an .ics file, and the address to subscribe to where there is one."""
    today = _today(talk)
    until = today + dt.timedelta(days=365)
    found = await talk.desk.store.stories.upcoming(today, until)
    due = entries(found, since=today, until=until, filter=talk.preferences.filter)
    public = talk.desk.settings.public_url
    data = await asyncio.to_thread(ics.render, due, language=talk.words.language, now=talk.now)
    text = talk.say("calendar-address", address=_address(talk, public)) if public else talk.say("calendar-file")
    yield Reply(document=talk.document(text), attachment=talk.attachment("vestnik.ics", data), toast=talk.say("done"))


def _address(talk: Talk, public: str) -> str:
    """The same calendar for the person's profile as an address; muted words stay between us."""
    chosen = talk.preferences.filter
    query: dict[str, str] = {}
    if talk.words.language != LANGUAGES[0]:
        query["language"] = talk.words.language
    if chosen.audiences:
        query["audience"] = ",".join(chosen.audiences)
    if chosen.messengers:
        query["messenger"] = ",".join(chosen.messengers)
    if chosen.importance:
        query["importance"] = f"{chosen.importance:g}"
    return f"{public.rstrip('/')}/calendar.ics" + (f"?{urlencode(query, safe=',')}" if query else "")


def _today(talk: Talk) -> dt.date:
    return talk.now.astimezone(ZoneInfo(talk.preferences.schedule.timezone)).date()
