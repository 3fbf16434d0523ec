"""For machines that read sites: robots.txt, the sitemap, llms.txt."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from aiohttp import web

from bot.locales import LANGUAGES
from bot.model import Group
from bot.web.library import DRAWN
from bot.web.site import Site
from bot.web.voice import slug


async def robots(site: Site, request: web.Request) -> web.Response:
    """Everything may be read but the search and the doors of the operator."""
    closed = "".join(f"Disallow: /{language}/search\n" for language in LANGUAGES)
    text = f"User-agent: *\n{closed}Disallow: /metrics\nDisallow: /readyz\n\nSitemap: {site.base(request)}/sitemap.xml\n"
    return web.Response(text=text)


async def sitemap(site: Site, request: web.Request) -> web.Response:
    """Every page in both languages with its twin, at most some thousands of the newest stories."""
    stories = await site.library.recent(DRAWN)
    today = site.library.today
    pages: list[tuple[str, dt.date | None]] = [("", today)]
    pages += [(name, None) for name in ("calendar", "messengers", "audiences", "overview", "how", "sources")]
    pages += [(f"audiences/{group}", None) for group in Group]
    pages += [(f"messengers/{slug(name)}", None) for name in sorted({name for story in stories for name in story.facts.messengers})]
    pages += [(f"archive/{name}", None) for name in sorted(_told(story.updated.astimezone(site.library.zone).date() for story in stories))]
    threads = Counter(story.thread for story in stories)
    pages += [(f"thread/{name}", None) for name, count in threads.items() if count > 1]
    pages += [(f"story/{story.id}", story.updated.date()) for story in stories]
    text = site.templates.get_template("sitemap.xml").render(base=site.base(request), pages=pages, languages=LANGUAGES)
    return web.Response(text=text, content_type="application/xml")


def _told(days: Iterable[dt.date]) -> set[str]:
    """The pages of the archive that tell these days: day, ISO week and month."""
    names: set[str] = set()
    for day in set(days):
        iso = day.isocalendar()
        names |= {f"{day:%Y-%m}", day.isoformat(), f"{iso.year}-w{iso.week:02d}"}
    return names


async def llms(site: Site, request: web.Request) -> web.Response:
    """What the site holds and where it is best read by a language model, in the form of llmstxt.org."""
    text = site.templates.get_template("llms.txt").render(base=site.base(request), stories=(await site.library.recent())[:20])
    return web.Response(text=text, content_type="text/plain")
