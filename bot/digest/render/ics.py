"""iCalendar (RFC 5545): the days on which measures come into force, as all-day events that keep their identity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from icalendar import Calendar, Event

from bot.digest import labels
from bot.digest.calendar import Due, last_day
from bot.digest.render.safe import address, clean
from bot.locales import words
from bot.model import Story


def render(
    due: Iterable[Due], *, now: dt.datetime, language: str = "ru", url: str = "", page: Callable[[Story], str] | None = None
) -> bytes:
    """A calendar of these entries. `now` (aware) stamps it; `url` is the address under which the web role serves it, if any.

    `page` gives the address of a story's own page; without it an event leads to its first source.

    An event's UID is its story's, so that a changed date moves the event in a subscriber's calendar and makes no second one.
    """
    say = words(language)
    calendar = Calendar()
    calendar.add("prodid", "-//Vestnik//Regulation of messengers//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", say.say("calendar-name"))
    calendar.add("x-wr-caldesc", say.say("calendar-description"))
    if address(url):
        calendar.add("url", url)
    for item in due:
        calendar.add_component(_event(item, now, language, page))
    return bytes(calendar.to_ical())


def _event(item: Due, now: dt.datetime, language: str, page: Callable[[Story], str] | None) -> Event:
    say, story = words(language), item.story
    event = Event()
    event.add("uid", f"{story.thread or story.id}@vestnik")
    event.add("dtstamp", now.astimezone(dt.UTC))
    event.add("last-modified", story.updated.astimezone(dt.UTC))
    event.add("sequence", story.revision)
    event.add("dtstart", item.day)
    event.add("dtend", last_day(item) + dt.timedelta(days=1))
    event.add("summary", clean(story.headline))
    event.add("transp", "TRANSPARENT")
    note = [] if item.whole else [f"{say.month(item.day)}, {say.say('calendar-entry-month')}"]
    lines = [*note, story.text, labels.facts_line(story, say), *(f"{source.outlet}: {source.url}" for source in labels.outlets(story)[:5])]
    event.add("description", clean("\n".join(line for line in lines if line), lines=True))
    event.add("categories", [say.say(f"group-{group}") for group in story.facts.audiences] or [say.say("calendar-name")])
    link = page(story) if page else next((source.url for source in labels.outlets(story) if address(source.url)), "")
    if link:
        event.add("url", link)
    return event
