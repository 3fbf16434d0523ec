"""A small web site on loopback that answers as a test tells it to, and a fetcher."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from bot.collect import Fetcher, Limits
from bot.settings import Settings

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Site:
    """Pages by path: bytes, text, a ready answer's arguments, or a handler. Everything asked for is recorded."""

    pages: dict[str, object] = field(default_factory=dict)
    asked: list[web.Request] = field(default_factory=list)
    base: str = ""

    def __getitem__(self, path: str) -> str:
        return self.base + path

    def paths(self) -> list[str]:
        """What was asked for, but for robots.txt."""
        return [request.path for request in self.asked if request.path != "/robots.txt"]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Serves a page."""
        self.asked.append(request)
        page = self.pages.get(request.path_qs, self.pages.get(request.path))
        if page is None:
            return web.Response(status=404, text="<html><title>404</title>")
        if callable(page):
            return await page(request)
        if isinstance(page, dict):
            return web.Response(**page)
        if isinstance(page, bytes):
            return web.Response(body=page, content_type="application/xml")
        return web.Response(text=str(page), content_type="text/html")


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """The site, at http://127.0.0.1:PORT."""
    made = Site()
    app = web.Application(client_max_size=1000)
    app.router.add_route("*", "/{path:.*}", made.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    """A fetcher that loses patience sooner than in earnest."""
    async with Fetcher(Settings(_env_file=None), limits=Limits(total=2.0, connect=0.5, read=0.7)) as opened:
        yield opened
