"""How it works, and the sources with their health."""

from __future__ import annotations

from aiohttp import web

from bot.web.site import Site


async def how(site: Site, request: web.Request) -> web.Response:
    """How the news are read and told, with the figures of quality."""
    return site.page(request, "how.html", figures=site.figures)


async def sources(site: Site, request: web.Request) -> web.Response:
    """Every source, when it was last read, and what fails."""
    listed = sorted(await site.sources(), key=lambda source: (not source.official, source.name.casefold())) if site.sources else []
    return site.page(request, "sources.html", sources=listed)
