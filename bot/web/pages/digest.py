"""Today's digest, and the archive by month, week and day."""

from __future__ import annotations

import asyncio
import calendar
import datetime as dt
import re
from collections import Counter
from typing import Final

from aiohttp import web

from bot.digest import picture
from bot.model import Period
from bot.web.library import DAY, FIRST
from bot.web.site import Site

_AHEAD: Final = 5
"""Dates of the calendar shown beside the digest."""
_SHOWN: Final = 30
"""Stories on a page of the archive."""
_MAIN: Final = 10
"""Stories of a month's page."""
_PAGE: Final = re.compile(r"[1-9][0-9]{0,2}")


async def today(site: Site, request: web.Request) -> web.Response:
    """What changed in the last day; on a quiet day the week too."""
    language = request.match_info["language"]
    digest = await site.library.latest(language)
    week = None
    if len(digest.entries) < 3:
        until = site.library.now + dt.timedelta(minutes=1)
        week = await site.library.digest(Period(since=until - 7 * DAY, until=until), language=language, limit=20)
    start = site.library.today
    coming = await site.library.upcoming(start, start + 400 * DAY)
    return await site.long_page(request, "today.html", digest=digest, week=week, coming=coming[:_AHEAD])


async def archive(site: Site, request: web.Request) -> web.Response:
    """The current month."""
    raise web.HTTPFound(site.voice(request.match_info["language"]).path("archive", f"{site.library.today:%Y-%m}"))


async def month(site: Site, request: web.Request) -> web.Response:
    """A month as a sheet: how many stories each day and week has."""
    first = _day(request.match_info["month"] + "-01", site)
    after = (first + 32 * DAY).replace(day=1)
    newest = site.library.today.replace(day=1)
    stories, changes = await site.library.weightiest(site.library.days(first, (after - first).days), _MAIN)
    counts = Counter(change.astimezone(site.library.zone).date() for change in changes)
    sheet = [
        [(day, counts[day], day.month == first.month) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    return await site.long_page(
        request,
        "archive.html",
        first=first,
        sheet=sheet,
        stories=stories,
        months=[month for number in range(1, 13) if (month := first.replace(month=number)) <= newest],
        years=[year for year in range(newest.year, FIRST.year - 1, -1) if year != first.year],
        newest=newest,
        before=(first - DAY).replace(day=1) if first > FIRST else None,
        after=after if after <= site.library.today else None,
    )


async def day(site: Site, request: web.Request) -> web.Response:
    """The digest of one day."""
    first = _day(request.match_info["day"], site)
    return await _digest(site, request, first, 1)


async def week(site: Site, request: web.Request) -> web.Response:
    """The digest of one ISO week."""
    return await _digest(site, request, _monday(request), 7)


async def week_svg(site: Site, request: web.Request) -> web.Response:
    """The week in one picture."""
    return web.Response(text=(await _card(site, request)).svg, content_type="image/svg+xml", charset="utf-8")


async def week_png(site: Site, request: web.Request) -> web.Response:
    """The same for those who take no SVG."""
    card = await _card(site, request)
    return web.Response(body=await asyncio.to_thread(picture.png, card), content_type="image/png")


async def _card(site: Site, request: web.Request) -> picture.Card:
    """Raises HTTPNotFound for a week without stories."""
    first = _monday(request)
    if not FIRST <= first <= site.library.today:
        raise web.HTTPNotFound
    digest = await site.library.digest(site.library.days(first, 7), language=request.match_info["language"], limit=100)
    card = await asyncio.to_thread(picture.draw, digest)
    if card is None:
        raise web.HTTPNotFound
    return card


async def _digest(site: Site, request: web.Request, first: dt.date, days: int) -> web.Response:
    """So many days, the heaviest stories first, a page at a time. Raises HTTPNotFound before the first news, after today, past the end."""
    number = request.query.get("page", "1")
    if not FIRST <= first <= site.library.today or not _PAGE.fullmatch(number):
        raise web.HTTPNotFound
    period, language = site.library.days(first, days), request.match_info["language"]
    digest, more = await site.library.page(period, language=language, number=int(number), size=_SHOWN)
    if not digest.entries and number != "1":
        raise web.HTTPNotFound
    before, after = first - days * DAY, first + days * DAY
    return await site.long_page(
        request,
        "day.html",
        digest=digest,
        number=int(number),
        more=more,
        nearest=[(day, _name(day, days)) for day in await site.library.nearest(period)] if not digest.entries else [],
        earliest=FIRST,
        sheet=calendar.Calendar().monthdatescalendar(first.year, first.month),
        first=first,
        last=first + (days - 1) * DAY,
        before=_name(before, days) if before >= FIRST else "",
        after=_name(after, days) if after <= site.library.today else "",
    )


def _name(first: dt.date, days: int) -> str:
    """A day or an ISO week as it stands in an address."""
    iso = first.isocalendar()
    return first.isoformat() if days == 1 else f"{iso.year}-w{iso.week:02d}"


def _monday(request: web.Request) -> dt.date:
    """The first day of the week in an address. Raises HTTPNotFound."""
    text = request.match_info["week"]
    try:
        return dt.date.fromisocalendar(int(text[:4]), int(text[6:]), 1)
    except ValueError:
        raise web.HTTPNotFound from None


def _day(text: str, site: Site) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise web.HTTPNotFound from None
    if not FIRST <= day <= site.library.today:
        raise web.HTTPNotFound
    return day
