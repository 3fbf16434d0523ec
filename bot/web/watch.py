"""Looks at what readiness looks at, every minute, and tells the administrators what has gone wrong and what is right again."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence
from typing import Final, Protocol

import structlog
from prometheus_client import CollectorRegistry, Gauge

from bot.clock import Clock
from bot.errors import BotError
from bot.locales import words
from bot.store.troubles import Trouble, Troubles
from bot.web.health import Check, Probe, look

log = structlog.get_logger(__name__)

EVERY: Final = 60.0
"""Seconds between two looks."""
LASTING: Final = dt.timedelta(seconds=50)
"""What mends itself sooner is nobody's trouble: a trouble must be seen by two looks."""
_LINES: Final = {"slots": "admin-slot-missed", "queue": "admin-queue-aged", "sources": "admin-sources-dark", "memory": "admin-store-full"}
"""The line of each kind of check. Of a store that is away nobody can be told through it."""


class Tell(Protocol):
    """How the administrators are told: of one thing once, past the queue if that may stand still."""

    async def __call__(self, text: str, *, once: str = "", directly: bool = False) -> None: ...


class Watch:
    """One watch. Every process has one: what they know is in the store, and each trouble and its end is told once for all of them."""

    def __init__(
        self,
        probes: Sequence[Probe],
        tell: Tell,
        troubles: Troubles | None,
        clock: Clock,
        *,
        language: str = "ru",
        registry: CollectorRegistry | None = None,
    ) -> None:
        """Without `troubles` nobody is told: this process knows no administrators, and others may."""
        self._probes, self._tell, self._troubles, self._clock, self._language = tuple(probes), tell, troubles, clock, language
        self._failing: set[str] = set()
        self._holds = Gauge(
            "vestnik_check_ok", "1 while the check holds, 0 while it fails", ["check"], registry=registry or CollectorRegistry()
        )

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
        """One look. Raises StoreUnavailable if what is known cannot be read, or there is something to tell and it cannot be queued."""
        checks = await look(self._probes)
        for check in checks:
            self._holds.labels(check.name).set(check.ok)
            if check.ok == (check.name in self._failing):
                self._failing ^= {check.name}
                log.warning("watch", check=check.name, ok=check.ok, detail=check.detail)
        if self._troubles is None:
            return
        known = await self._troubles.known()
        for check in checks:
            if _kind(check) in _LINES:
                await self._judge(check, known.get(check.name), self._troubles)

    async def _judge(self, check: Check, trouble: Trouble | None, troubles: Troubles) -> None:
        if check.ok:
            if trouble is not None:
                if trouble.told:
                    await self._say(check, trouble)
                await troubles.end(check.name)
        elif trouble is None:
            await troubles.begin(check.name, self._clock.now())
        elif not trouble.told and self._clock.now() - trouble.since >= LASTING:
            await self._say(check, trouble)
            await troubles.told(check.name)

    async def _say(self, check: Check, trouble: Trouble) -> None:
        say, line, queue = words(self._language).say, _LINES[_kind(check)], check.name.removeprefix("queue ")
        if check.ok:
            text = say("admin-well-again", what=line.removeprefix("admin-"), queue=queue)
        else:
            text = say(line, queue=queue, detail=check.detail)
        # of a queue that stands still nobody would hear through it
        await self._tell(text, once=f"{check.name} {check.ok} {trouble.since.timestamp():.3f}", directly=_kind(check) == "queue")


def _kind(check: Check) -> str:
    return check.name.partition(" ")[0]
