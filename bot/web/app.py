"""Builds the web application of the role `web`."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Awaitable, Callable, Iterable
from importlib import resources
from typing import Final, Protocol

import prometheus_client
from aiohttp import web

from bot.clock import Clock
from bot.locales import LANGUAGES
from bot.settings import Settings
from bot.web import api, feeds, guard, health, ics, machine
from bot.web.cache import Cache, Pace, Page
from bot.web.library import Library, Stories
from bot.web.pages import about, browse, calendar, digest, story
from bot.web.site import Site, make_templates, preferred

SITE: Final = web.AppKey("site", Site)
CACHE: Final = web.AppKey("cache", Cache)
FRESH: Final = dt.timedelta(seconds=1)
_LANGUAGE: Final = "{language:" + "|".join(LANGUAGES) + "}"
_STATIC: Final = {"site.css": "text/css", "icon.svg": "image/svg+xml"}


class Shelf(Protocol):
    """What the pages need of the store."""

    @property
    def stories(self) -> Stories: ...


def make_web(
    store: Shelf,
    settings: Settings,
    clock: Clock,
    *,
    probes: Iterable[health.Probe] = (),
    sources: health.SourceLister | None = None,
    registry: prometheus_client.CollectorRegistry | None = None,
    fresh: dt.timedelta = FRESH,
) -> web.Application:
    """The application: pages, feeds, calendar, API, health and metrics. Webhooks may be added to its router.

    `probes` decide /readyz. `sources` lists the sources and their health. A page is at most `fresh` behind the store: so often it is
    asked whether a story has changed.
    """
    static = {name: resources.files("bot.web").joinpath("static", name).read_bytes() for name in _STATIC}
    style = hashlib.sha256(static["site.css"]).hexdigest()[:12]
    site = Site(
        library=Library(store.stories, clock, timezone=settings.timezone, fresh=fresh),
        settings=settings,
        clock=clock,
        templates=make_templates(),
        style=f"/static/site.css?{style}",
        readiness=health.Readiness(tuple(probes), clock, fresh=fresh),
        sources=sources,
        registry=registry or prometheus_client.CollectorRegistry(),
    )
    guards = [guard.timed(site), guard.headers(site), guard.limits(clock, settings.trusted_proxies), guard.errors(site), guard.hurry()]
    application = web.Application(middlewares=guards)
    application[SITE] = site
    application[CACHE] = cache = Cache(site)
    for path, page, pace in _routes():
        application.router.add_get(path, cache.keep(page, pace) if pace else _bound(site, page))
    for name, kind in _STATIC.items():
        application.router.add_get(f"/static/{name}", cache.keep(_fixed(static[name], kind), Pace.FIXED))
    application.router.add_get("/api/{rest:.*}", _missing)
    application.router.add_options("/api/{rest:.*}", api.preflight)
    return application


def _routes() -> list[tuple[str, Page, Pace | None]]:
    """Every address with its page and its pace; None: it is never kept."""
    here, day, minute = f"/{_LANGUAGE}", Pace.DAY, Pace.MINUTE
    return [
        ("/", _front, None),
        ("/healthz", _healthz, None),
        ("/readyz", _readyz, None),
        ("/metrics", _metrics, None),
        ("/robots.txt", machine.robots, Pace.FIXED),
        ("/sitemap.xml", machine.sitemaps, day),
        ("/sitemap-pages.xml", machine.sitemap_pages, day),
        (r"/sitemap-stories-{number:[1-9]\d{0,4}}.xml", machine.sitemap_stories, day),
        ("/llms.txt", machine.llms, day),
        ("/calendar.ics", ics.calendar, day),
        ("/api/v1/openapi.json", api.description, Pace.FIXED),
        ("/api/v1/stories", api.stories, minute),
        ("/api/v1/stories/{id}", api.story, day),
        ("/api/v1/threads/{id}", api.thread, day),
        ("/api/v1/digest", api.digest, minute),
        ("/api/v1/calendar", api.calendar, day),
        (f"{here}", _slash, None),
        (f"{here}/", digest.today, minute),
        (f"{here}/archive", digest.archive, None),
        (here + r"/archive/{month:\d{4}-\d{2}}", digest.month, day),
        (here + r"/archive/{day:\d{4}-\d{2}-\d{2}}", digest.day, day),
        (here + r"/archive/{week:\d{4}-w\d{2}}", digest.week, day),
        (here + r"/archive/{week:\d{4}-w\d{2}}/card.svg", digest.week_svg, day),
        (here + r"/archive/{week:\d{4}-w\d{2}}/card.png", digest.week_png, day),
        (here + "/story/{id}", story.story, day),
        (here + "/story/{id}/card.png", story.card, day),
        (here + "/thread/{id}", story.thread, day),
        (f"{here}/calendar", calendar.page, day),
        (f"{here}/search", browse.search, day),
        (f"{here}/messengers", browse.messengers, day),
        (here + "/messengers/{messenger}", browse.messenger, day),
        (f"{here}/audiences", browse.audiences, day),
        (here + "/audiences/{audience}", browse.audience, day),
        (f"{here}/overview", browse.overview, day),
        (f"{here}/card.png", about.plate, Pace.FIXED),
        (f"{here}/how", about.how, Pace.STATE),
        (f"{here}/sources", about.sources, Pace.STATE),
        (f"{here}/atom.xml", feeds.atom, day),
        (f"{here}/rss.xml", feeds.rss, day),
        (f"{here}/feed.json", feeds.json_feed, day),
    ]


def _bound(site: Site, page: Page) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handler(request: web.Request) -> web.Response:
        return await page(site, request)

    return handler


def _fixed(body: bytes, kind: str) -> Page:
    async def handler(_: Site, __: web.Request) -> web.Response:
        return web.Response(body=body, content_type=kind, charset="utf-8", headers={"Cache-Control": "public, max-age=604800"})

    return handler


async def _front(_: Site, request: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": f"/{preferred(request)}/", "Vary": "Accept-Language", "Cache-Control": "no-store"})


async def _slash(_: Site, request: web.Request) -> web.Response:
    raise web.HTTPMovedPermanently(f"/{request.match_info['language']}/")


async def _missing(_: web.Request) -> web.Response:
    raise web.HTTPNotFound


async def _healthz(_: Site, __: web.Request) -> web.Response:
    return health.healthz()


async def _readyz(site: Site, _: web.Request) -> web.Response:
    return await health.readyz(site.readiness)


async def _metrics(site: Site, request: web.Request) -> web.Response:
    return health.metrics(request, site.registry)
