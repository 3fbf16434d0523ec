"""How it works, and the sources with their health."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from aiohttp import web

from bot.digest import picture
from bot.web.figures import measured
from bot.web.health import SourceState
from bot.web.site import Site


async def how(site: Site, request: web.Request) -> web.Response:
    """How the news are read and told, with the figures of quality and how the sources are."""
    return site.page(request, "how.html", measured=measured(), health=_health(await _listed(site)))


async def plate(_: Site, request: web.Request) -> web.Response:
    """The name in a picture, for those who share a page that has none of its own."""
    drawn = picture.plate(request.match_info["language"])
    return web.Response(body=await asyncio.to_thread(picture.png, drawn), content_type="image/png")


async def sources(site: Site, request: web.Request) -> web.Response:
    """Every source, when it was last read, and what fails."""
    listed = await _listed(site)
    return site.page(request, "sources.html", sources=listed, health=_health(listed))


async def _listed(site: Site) -> list[SourceState]:
    """Authorities first; empty where nobody knows of any."""
    return sorted(await site.sources(), key=lambda source: (not source.official, source.name.casefold())) if site.sources else []


def _health(listed: Sequence[SourceState]) -> dict[str, int]:
    """How many there are, how many of them are authorities' own, and how many fail."""
    return {
        "count": len(listed),
        "official": sum(source.official for source in listed),
        "failing": sum(source.failures > 0 for source in listed),
    }
