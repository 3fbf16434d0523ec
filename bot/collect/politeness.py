"""Keeps from hammering: how many requests a host gets at once, how often, and what its robots.txt forbids."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from protego import Protego
from yarl import URL

from bot.clock import Clock
from bot.collect.fetch import Fetcher
from bot.collect.guard import host_key
from bot.collect.text.encoding import decode
from bot.errors import NotAnArticle, SourceBroken

AGENT: Final = "Vestnik"
_ROBOTS_LIFE: Final = 6 * 3600.0
_MAX_DELAY: Final = 10.0
_KEPT: Final = 5000


@dataclass(slots=True)
class _Host:
    gate: asyncio.Semaphore
    last: float = float("-inf")
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    robots: Protego | None = None
    robots_at: float = float("-inf")


class Politeness:
    """Turns at a host. `at_once` requests of one host run together, `delay` seconds apart; pages obey robots.txt."""

    def __init__(self, fetcher: Fetcher, clock: Clock, *, at_once: int = 2, delay: float = 1.0) -> None:
        self._fetcher, self._clock, self._at_once, self._delay = fetcher, clock, at_once, delay
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, url: str, *, own: bool = False) -> AsyncIterator[None]:
        """Waits for a turn at the address's host. `own`: a private source of the operator's, which needs no pauses."""
        host = self._host(url)
        async with host.gate:
            if not own:
                async with host.lock:
                    pause = host.last + self._pause(host) - self._clock.monotonic()
                    if pause > 0:
                        await self._clock.sleep(pause)
                    host.last = self._clock.monotonic()
            yield

    async def allowed(self, url: str, *, allow_private: bool = False, proxy: str = "", ca_file: str = "", known: str = "") -> bool:
        """True unless the site's robots.txt forbids this page to us. A robots.txt that cannot be had forbids nothing but a 5xx one."""
        host = self._host(url)
        async with host.lock:
            if self._clock.monotonic() - host.robots_at > _ROBOTS_LIFE:
                host.robots = await self._read_robots(url, allow_private=allow_private, proxy=proxy, ca_file=ca_file, known=known)
                host.robots_at = self._clock.monotonic()
        return host.robots is None or bool(host.robots.can_fetch(url, AGENT))

    async def _read_robots(self, url: str, *, allow_private: bool, proxy: str, ca_file: str, known: str) -> Protego | None:
        address = str(URL(url).origin().with_path("/robots.txt"))
        try:
            page = await self._fetcher.get(address, allow_private=allow_private, proxy=proxy, ca_file=ca_file, known=known)
        except SourceBroken:
            return None
        if page.status >= 500:
            return Protego.parse("User-agent: *\nDisallow: /")
        if page.status != 200 or b"<html" in page.body[:2000].lower():
            return None
        return Protego.parse(decode(page.body[:500_000])[0])

    def _pause(self, host: _Host) -> float:
        wished = host.robots.crawl_delay(AGENT) if host.robots else None
        return min(max(self._delay, wished or 0.0), _MAX_DELAY)

    def _host(self, url: str) -> _Host:
        name = host_key(URL(url))
        if name not in self._hosts:
            if len(self._hosts) >= _KEPT:  # forgetting a host costs one early request
                self._hosts.pop(next(iter(self._hosts)))
            self._hosts[name] = _Host(gate=asyncio.Semaphore(self._at_once))
        return self._hosts[name]


class RobotsForbid(NotAnArticle):
    """The site's robots.txt asks robots not to read this page; the feed's teaser serves."""
