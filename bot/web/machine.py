"""For machines that read sites: robots.txt, the sitemaps, llms.txt."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from typing import Final

from aiohttp import web

from bot.locales import LANGUAGES
from bot.model import Group
from bot.web.library import KNOWN
from bot.web.site import Site
from bot.web.voice import slug

Listed = tuple[str, dt.date | None]
"""A page without its language, and when it last changed."""
LISTED: Final = 1000
"""Stories of one sitemap: with their threads and in every language some thousands of addresses, where the protocol allows 50,000."""


async def robots(site: Site, request: web.Request) -> web.Response:
    """Everything may be read but the search and the doors of the operator."""
    closed = "".join(f"Disallow: /{language}/search\n" for language in LANGUAGES)
    text = f"User-agent: *\n{closed}Disallow: /metrics\nDisallow: /readyz\n\nSitemap: {site.base(request)}/sitemap.xml\n"
    return web.Response(text=text)


async def sitemaps(site: Site, request: web.Request) -> web.Response:
    """Where all pages are listed: those that tell no one story, and the stories in parts."""
    parts = math.ceil(await site.library.count() / LISTED)
    names = ["sitemap-pages.xml", *(f"sitemap-stories-{number}.xml" for number in range(1, parts + 1))]
    text = site.templates.get_template("sitemaps.xml").render(base=site.base(request), names=names)
    return web.Response(text=text, content_type="application/xml")


async def sitemap_pages(site: Site, request: web.Request) -> web.Response:
    """Every page that tells no one story: front, lists, days, weeks and months with news."""
    stories = await site.library.recent(KNOWN)
    pages: list[Listed] = [("", site.library.today)]
    pages += [(name, None) for name in ("calendar", "messengers", "audiences", "overview", "how", "sources")]
    pages += [(f"audiences/{group}", None) for group in Group]
    pages += [(f"messengers/{slug(name)}", None) for name in sorted({name for story in stories for name in story.facts.messengers})]
    pages += [(f"archive/{name}", None) for name in sorted(_told(await site.library.told_on()))]
    return _sitemap(site, request, pages)


async def sitemap_stories(site: Site, request: web.Request) -> web.Response:
    """One part of the stories, with the threads that begin in it. Raises HTTPNotFound past the last one."""
    first = (int(request.match_info["number"]) - 1) * LISTED
    if first >= await site.library.count():
        raise web.HTTPNotFound
    found = await site.library.mentions(LISTED, offset=first)
    pages: list[Listed] = [(f"story/{story.id}", story.updated.date()) for story in found]
    pages += [(f"thread/{name}", None) for name in sorted(await site.library.threads([story.id for story in found]))]
    return _sitemap(site, request, pages)


def _sitemap(site: Site, request: web.Request, pages: Sequence[Listed]) -> web.Response:
    """Pages in every language with their twins."""
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
