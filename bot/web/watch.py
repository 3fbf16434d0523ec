"""Looks at what readiness looks at, every minute, and tells the administrators what has gone wrong and what is right again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog

from bot.clock import Clock
from bot.errors import BotError
from bot.locales import words
from bot.web.health import Check, Probe, look

log = structlog.get_logger(__name__)

EVERY: Final = 60.0
"""Seconds between two looks."""
_TWICE: Final = 2
"""So many looks in a row must fail: what mends itself within a minute is nobody's trouble."""
_LINES: Final = {"slots": "admin-slot-missed", "queue": "admin-queue-aged", "sources": "admin-sources-dark", "memory": "admin-store-full"}
"""The line of each kind of check. Of a store that is away nobody can be told through it."""


class Watch:
    """One watch; any number may run over one store: the same line reaches the administrators once an hour."""

    def __init__(self, probes: Sequence[Probe], tell: Callable[[str], Awaitable[None]], clock: Clock, *, language: str = "ru") -> None:
        self._probes, self._tell, self._clock, self._language = tuple(probes), tell, clock, language
        self._failed: dict[str, int] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Looks until `stop` is set."""
        while not stop.is_set():
            try:
                await self.once()
            except BotError as error:
                log.warning("the watch could not tell", error=str(error))
            try:
                async with asyncio.timeout(EVERY):
                    await stop.wait()
            except TimeoutError:
                continue

    async def once(self) -> None:
        """One look. Raises StoreUnavailable if there is something to tell and it cannot be queued."""
        for check in await look(self._probes):
            key = _LINES.get(check.name.partition(" ")[0])
            if key is None:
                continue
            before = self._failed.get(check.name, 0)
            self._failed[check.name] = 0 if check.ok else before + 1
            if not check.ok and before + 1 == _TWICE:
                await self._say(key, check)
            elif check.ok and before >= _TWICE:
                await self._say("admin-well-again", check)

    async def _say(self, key: str, check: Check) -> None:
        log.warning("watch", check=check.name, ok=check.ok, detail=check.detail)
        say = words(self._language)
        if key == "admin-well-again":
            name = _LINES[check.name.partition(" ")[0]].removeprefix("admin-")
            await self._tell(say.say(key, what=name, queue=check.name.removeprefix("queue ")))
        else:
            await self._tell(say.say(key, queue=check.name.removeprefix("queue "), detail=check.detail))
