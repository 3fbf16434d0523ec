"""Pages kept as the bytes that were sent, true while no story has changed; those who have them already are answered 304."""

from __future__ import annotations

import asyncio
import datetime as dt
import enum
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

import structlog
from aiohttp import web

from bot.errors import BotError
from bot.web.site import Site, etag, matches

log = structlog.get_logger(__name__)

Page = Callable[[Site, web.Request], Awaitable[web.Response]]
Handler = Callable[[web.Request], Awaitable[web.Response]]
Key = tuple[str, str]

_MOST_BYTES: Final = 64 * 2**20
"""Of all bodies that are kept."""
_LONGEST: Final = 1_000
"""Of an address with its query."""
_HOT: Final = 8
"""Pages that are written anew by themselves."""
_BEHIND: Final = dt.timedelta(minutes=2)
"""How far behind the clock a page may be while it is being written anew."""
_ROUND: Final = 0.5
"""Seconds between two looks at the hot pages."""


class Pace(enum.Enum):
    """What beside the stories changes a page."""

    FIXED = "nothing"
    DAY = "the date in its head"
    MINUTE = "the period that it tells; it is written anew by itself once somebody has read it"
    STATE = "something that does not say when it changes: it is kept for a moment"


@dataclass(slots=True, eq=False)
class Kept:
    """An answer as it was sent, and what it was true of."""

    of: tuple[object, ...] = ()
    at: dt.datetime | None = None
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    tag: str = ""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One who reads a page that is not kept pays for all who wait for it."""


class Cache:
    """The pages of one site. `warm` keeps those that change by the minute ready while it runs."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._hot: OrderedDict[Key, tuple[Page, web.Request]] = OrderedDict()
        self._bytes = 0
        self._warming = False

    def keep(self, page: Page, pace: Pace) -> Handler:
        """The page's handler: answers from what is kept, 304 where the client has the same."""

        async def handler(request: web.Request) -> web.Response:
            if len(request.raw_path) > _LONGEST:
                return await page(self._site, request)
            key = (self._site.base(request), request.raw_path)
            held = self._kept.get(key)
            of = await self._true_of(pace)
            if held is None or held.of != of:
                if held is not None and self._may_wait(key, held):
                    return _answer(request, held)
                made = await self._write(key, page, pace, request)
                if isinstance(made, web.Response):
                    return made
                held = made
            self._kept.move_to_end(key)
            return _answer(request, held)

        return handler

    async def warm(self, stop: asyncio.Event) -> None:
        """Writes the pages that people read most as soon as a story or the minute has changed, until `stop`: nobody waits for them."""
        self._warming = True
        try:
            while not stop.is_set():
                await self._round()
                try:
                    async with asyncio.timeout(_ROUND):
                        await stop.wait()
                except TimeoutError:
                    continue
        finally:
            self._warming = False

    async def _round(self) -> None:
        for key, (page, request) in list(self._hot.items()):
            try:
                held = self._kept.get(key)
                if held is None or held.of != await self._true_of(Pace.MINUTE):
                    await self._write(key, page, Pace.MINUTE, request)
            except (BotError, web.HTTPException) as error:
                log.warning("page not renewed", path=key[1], error=str(error))

    async def _true_of(self, pace: Pace) -> tuple[object, ...]:
        """What a page of this pace is true of just now; equal as long as the page is. Raises StoreUnavailable."""
        library = self._site.library
        if pace is Pace.FIXED:
            return ()
        if pace is Pace.STATE:
            return (library.moment,)
        return (await library.mark(), library.today if pace is Pace.DAY else library.now)

    def _may_wait(self, key: Key, held: Kept) -> bool:
        """Whether an answer that has just grown old may still be given: it is being written anew."""
        writing = held.lock.locked() or (self._warming and key in self._hot)
        return writing and held.at is not None and abs(self._site.library.now - held.at) <= _BEHIND

    async def _write(self, key: Key, page: Page, pace: Pace, request: web.Request) -> Kept | web.Response:
        """Writes the page and keeps it; an answer that is no page to keep is handed on."""
        held = self._kept.setdefault(key, Kept())
        async with held.lock:
            of = await self._true_of(pace)
            if held.tag and held.of == of:
                return held
            now = self._site.library.now
            try:
                response = await page(self._site, request)
            except BaseException:
                self._forget(key, held)
                raise
            body = response.body
            if response.status != 200 or not isinstance(body, bytes) or "no-store" in response.headers.get("Cache-Control", ""):
                self._forget(key, held)
                return response
            response.headers.setdefault("Cache-Control", "public, max-age=60")
            self._bytes += len(body) - len(held.body)
            held.of, held.at, held.body, held.tag = of, now, body, etag(body)
            held.headers = {**response.headers, "ETag": held.tag}
        if pace is Pace.MINUTE:
            self._hot[key] = (page, request)
            while len(self._hot) > _HOT:
                self._hot.popitem(last=False)
        while self._bytes > _MOST_BYTES:
            self._forget(*next(iter(self._kept.items())))
        return held

    def _forget(self, key: Key, held: Kept) -> None:
        if self._kept.get(key) is held:
            del self._kept[key]
            self._hot.pop(key, None)
            self._bytes -= len(held.body)


def _answer(request: web.Request, held: Kept) -> web.Response:
    if matches(request, held.tag):
        slim = {name: value for name, value in held.headers.items() if name not in ("Content-Type", "Content-Length")}
        return web.Response(status=304, headers=slim)
    return web.Response(body=held.body, headers=held.headers)
