"""The pages that people read most are written anew by themselves: nobody waits for them, and nobody reads what is long past."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import MovableClock
from bot.errors import StoreUnavailable
from bot.settings import Settings
from bot.store import Store
from bot.web import make_web
from bot.web.app import CACHE, SITE
from bot.web.cache import Cache, Pace
from bot.web.site import Site
from tests.web import samples
from tests.web.conftest import Client, keep

MINUTE = dt.timedelta(minutes=1)


class Desk:
    """A page that says how many times it was written, and can be kept waiting or fail."""

    def __init__(self) -> None:
        self.written = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.failing = False

    async def page(self, _site: Site, _request: web.Request) -> web.Response:
        self.written += 1
        number = self.written
        await self.gate.wait()
        if self.failing:
            raise StoreUnavailable("away")
        return web.Response(text=str(number))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def opened(store: Store, clock: MovableClock, settings: Settings, desk: Desk) -> AsyncIterator[tuple[Client, Cache]]:
    """A site of this one page, and its cache."""
    site = make_web(store, settings, clock, fresh=dt.timedelta(0))[SITE]
    cache, application = Cache(site), web.Application()
    application.router.add_get("/", cache.keep(desk.page, Pace.MINUTE))
    async with TestClient(TestServer(application)) as client:
        yield client, cache


@asynccontextmanager
async def warmed(cache: Cache) -> AsyncIterator[None]:
    """While it is warmed."""
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(cache.warm(stop))
        try:
            yield
        finally:
            stop.set()


async def becomes(true: Callable[[], bool | Awaitable[bool]]) -> None:
    """Waits until something is so."""
    async with asyncio.timeout(10):
        while not (found if isinstance(found := true(), bool) else await found):  # noqa: ASYNC110 - what happens elsewhere has no event
            await asyncio.sleep(0.01)


async def read(client: Client) -> str:
    async with client.get("/") as response:
        return await response.text() if response.status == 200 else str(response.status)


async def test_nobody_waits_for_a_page_that_grows_old(opened: tuple[Client, Cache], desk: Desk, clock: MovableClock) -> None:
    """When the minute is over the page is written by itself; meanwhile its readers get the one before at once."""
    client, cache = opened
    async with warmed(cache):
        assert await read(client) == "1"
        desk.gate.clear()
        clock.move_to(clock.now() + MINUTE)
        await becomes(lambda: desk.written == 2)
        assert await read(client) == "1"
        desk.gate.set()

        async def renewed() -> bool:
            return await read(client) == "2"

        await becomes(renewed)
    assert desk.written == 2


async def test_what_is_long_past_is_not_given(opened: tuple[Client, Cache], desk: Desk, clock: MovableClock) -> None:
    """A page that is three minutes behind is waited for, however long it takes to write."""
    client, cache = opened
    async with warmed(cache):
        assert await read(client) == "1"
        desk.gate.clear()
        clock.move_to(clock.now() + 3 * MINUTE)
        await becomes(lambda: desk.written == 2)
        async with asyncio.TaskGroup() as group:
            reading = group.create_task(read(client))
            asyncio.get_running_loop().call_later(0.05, desk.gate.set)
        assert reading.result() == "2"


async def test_without_warming_the_reader_pays(opened: tuple[Client, Cache], desk: Desk, clock: MovableClock) -> None:
    """Nothing is written by itself, and nothing old is given."""
    client, _ = opened
    assert await read(client) == "1"
    assert await read(client) == "1"
    clock.move_to(clock.now() + MINUTE)
    assert await read(client) == "2"
    assert desk.written == 2


async def test_a_failure_does_not_end_the_warming(opened: tuple[Client, Cache], desk: Desk, clock: MovableClock) -> None:
    """The store is away for a minute: the next reader gets a page again, and it is kept warm again."""
    client, cache = opened
    async with warmed(cache):
        assert await read(client) == "1"
        desk.failing = True
        clock.move_to(clock.now() + MINUTE)
        await becomes(lambda: desk.written == 2)
        desk.failing = False
        assert await read(client) == "3"
        clock.move_to(clock.now() + MINUTE)
        await becomes(lambda: desk.written == 4)


async def test_a_page_nobody_has_read_is_not_written(opened: tuple[Client, Cache], desk: Desk, clock: MovableClock) -> None:
    """Warming costs nothing on a site without readers, and it ends when it is told to."""
    _, cache = opened
    async with asyncio.timeout(5), warmed(cache):
        clock.move_to(clock.now() + MINUTE)
    assert desk.written == 0


async def test_a_new_story_stands_in_the_digest_before_anybody_asks(filled: Store, clock: MovableClock, settings: Settings) -> None:
    """The front page of the real site follows the stories; its tag changes with it, and the old one is no longer 304."""
    application = make_web(filled, settings, clock, fresh=dt.timedelta(0))
    async with TestClient(TestServer(application)) as client, warmed(application[CACHE]):
        async with client.get("/ru/") as response:
            tag = response.headers["ETag"]
        story = samples.shelf()[0]
        await keep(
            filled, dataclasses.replace(story, id="brandnew", thread="brandnew", headline="Совсем новая новость", updated=clock.now())
        )

        async def told() -> bool:
            async with client.get("/ru/", headers={"If-None-Match": tag}) as response:
                return response.status == 200 and "Совсем новая новость" in await response.text()

        await becomes(told)
