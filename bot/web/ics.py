"""The calendar for other programs (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from typing import Final

import icalendar
from aiohttp import web

from bot.digest.builder import wanted
from bot.digest.render.safe import clean
from bot.errors import BadInput
from bot.locales import LANGUAGES
from bot.model import Story
from bot.web.feeds import asked, title
from bot.web.library import DAY
from bot.web.site import Site
from bot.web.voice import Voice

_BEHIND: Final = 92
_AHEAD: Final = 730


async def calendar(site: Site, request: web.Request) -> web.Response:
    """Dates of entry into force as whole-day events; `language`, `audience`, `messenger` and `importance` narrow them."""
    language = request.query.get("language", "ru")
    if language not in LANGUAGES:
        raise BadInput(f"language is one of {', '.join(LANGUAGES)}")
    chosen, voice, base = asked(request), site.voice(language), site.base(request)
    today = site.library.today
    stories = await site.library.upcoming(today - _BEHIND * DAY, today + _AHEAD * DAY)
    sheet = icalendar.Calendar()
    sheet.add("prodid", "-//Vestnik//vestnik//RU")
    sheet.add("version", "2.0")
    sheet.add("method", "PUBLISH")
    sheet.add("x-wr-calname", title(voice, chosen))
    sheet.add("x-wr-timezone", site.library.timezone)
    sheet.add("refresh-interval", dt.timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for story in stories:
        if wanted(story, chosen):
            sheet.add_component(_event(story, voice, base))
    headers = {"Content-Disposition": 'inline; filename="vestnik.ics"'}
    return web.Response(body=sheet.to_ical(), content_type="text/calendar", charset="utf-8", headers=headers)


def _event(story: Story, voice: Voice, base: str) -> icalendar.Event:
    date = story.facts.effective_date or ""
    whole_month = len(date) == len("YYYY-MM")
    first = dt.date.fromisoformat(f"{date}-01" if whole_month else date)
    # A month without a day is an event as long as the month: the sources promise no more.
    after = (first + 32 * DAY).replace(day=1) if whole_month else first + DAY
    event = icalendar.Event()
    event.add("uid", f"{story.id}@vestnik")
    event.add("dtstamp", story.updated)
    event.add("last-modified", story.updated)
    event.add("sequence", story.revision)
    event.add("dtstart", first)
    event.add("dtend", after)
    event.add("transp", "TRANSPARENT")
    event.add("summary", clean(story.headline))
    event.add("description", clean(f"{story.text}\n\n{base}{voice.path('story', story.id)}".strip(), lines=True))
    event.add("url", f"{base}{voice.path('story', story.id)}")
    event.add("categories", [voice.say(f"group-{group}") for group in story.facts.audiences] or [voice.say("web-title")])
    return event
