"""VK's events by Callback API: `ok` as soon as an event is on record, the answer to the person afterwards."""

from __future__ import annotations

import asyncio
import secrets
from typing import Final

import structlog
from aiohttp import web

from handlers.vk.events import Community

_log = structlog.get_logger()
PATH: Final = "/vk"
MOST_WAITING: Final = 5000
"""Events that may wait; past it VK is told to come again."""


class Callback:
    """The web handler and the role behind it."""

    def __init__(self, community: Community, *, secret: str, confirmation: str) -> None:
        """`secret` is repeated by VK in every event; without one anybody could speak for VK, so it must not be empty."""
        if not secret:
            raise ValueError("a callback needs a secret")
        self._community, self._secret, self._confirmation = community, secret.encode(), confirmation

    async def handle(self, request: web.Request) -> web.Response:
        """The confirmation code, or `ok` as soon as the event is on record; 403 for a wrong secret or another community."""
        try:
            event = await request.json()
        except ValueError:
            event = None
        if not isinstance(event, dict):
            _log.warning("malformed event", platform="vk")
            return web.Response(status=400)
        if event.get("group_id") != self._community.group_id:
            return web.Response(status=403)
        if event.get("type") == "confirmation":
            return web.Response(text=self._confirmation)
        if not secrets.compare_digest(str(event.get("secret", "")).encode("utf-8", "surrogatepass"), self._secret):
            return web.Response(status=403)
        if self._community.intake.lanes.waiting >= MOST_WAITING:
            return web.Response(status=503)
        await self._community.intake.accept([event])
        return web.Response(text="ok")

    def register(self, app: web.Application, path: str = PATH) -> None:
        """Adds the route."""
        app.router.add_post(path, self.handle)

    async def run(self, *, stop: asyncio.Event) -> None:
        """Answers what was taken until `stop`, then what is under way."""
        async with self._community.intake.working():
            await stop.wait()
