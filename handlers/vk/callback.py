"""VK's events by Callback API: `ok` at once, the answer to the person afterwards."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any, Final

import structlog
from aiohttp import web

from handlers.dialogue.waiting import until
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
        self._waiting: asyncio.Queue[dict[str, Any]] = asyncio.Queue(MOST_WAITING)

    async def handle(self, request: web.Request) -> web.Response:
        """The confirmation code, or `ok` as soon as the event is queued; 403 for a wrong secret or another community."""
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
        try:
            self._waiting.put_nowait(event)
        except asyncio.QueueFull:
            return web.Response(status=503)
        return web.Response(text="ok")

    def register(self, app: web.Application, path: str = PATH) -> None:
        """Adds the route."""
        app.router.add_post(path, self.handle)

    async def run(self, *, stop: asyncio.Event) -> None:
        """Answers what was queued until `stop`, then all that is left."""
        async with asyncio.TaskGroup() as group:
            while True:
                await self._community.lanes.room()
                event = await until(stop, self._waiting.get()) if self._waiting.empty() else self._waiting.get_nowait()
                if event is None:
                    return
                group.create_task(self._community.take(event))
