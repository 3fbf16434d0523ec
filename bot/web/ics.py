"""The calendar for other programs (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from typing import Final

from aiohttp import web

from bot.digest.calendar import entries
from bot.digest.render import ics
from bot.errors import BadInput
from bot.locales import LANGUAGES
from bot.web.feeds import asked
from bot.web.library import DAY
from bot.web.site import Site

_BEHIND: Final = 92
_AHEAD: Final = 730


async def calendar(site: Site, request: web.Request) -> web.Response:
    """Dates of entry into force as whole-day events; `language`, `audience`, `messenger` and `importance` narrow them."""
    language = request.query.get("language", "ru")
    if language not in LANGUAGES:
        raise BadInput(f"language is one of {', '.join(LANGUAGES)}")
    chosen, voice, base = asked(request), site.voice(language), site.base(request)
    since, until = site.library.today - _BEHIND * DAY, site.library.today + _AHEAD * DAY
    stories = await site.library.upcoming(since, until)
    # Stamped by the last change, not by the hour of asking: the same calendar is the same bytes, and its validator holds.
    stamp = max((story.updated for story in stories), default=dt.datetime.fromtimestamp(0, dt.UTC))
    due = entries(stories, since=since, until=until, filter=chosen)
    body = ics.render(
        due, now=stamp, language=language, url=f"{base}{request.rel_url}", page=lambda story: f"{base}{voice.path('story', story.id)}"
    )
    headers = {"Content-Disposition": 'inline; filename="vestnik.ics"'}
    return web.Response(body=body, content_type="text/calendar", charset="utf-8", headers=headers)
