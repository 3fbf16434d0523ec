"""The calendar: what comes into force, and when."""

from __future__ import annotations

from itertools import groupby

from aiohttp import web

from bot.model import Group
from bot.web.library import DAY
from bot.web.site import Site


async def page(site: Site, request: web.Request) -> web.Response:
    """The coming year by month, and below it what has come into force in the last quarter."""
    today = site.library.today
    ahead = await site.library.upcoming(today, today + 400 * DAY)
    behind = await site.library.upcoming(today - 92 * DAY, today)
    months = [(month, tuple(group)) for month, group in groupby(ahead, lambda story: (story.facts.effective_date or "")[:7])]
    return await site.long_page(request, "calendar.html", months=months, behind=behind[::-1], groups=list(Group))
