"""The site over HTTP, filled with sample stories."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import MovableClock
from bot.model import Cluster, Story
from bot.settings import Settings
from bot.store import Store
from bot.web import Check, SourceState, make_web
from tests.web import samples

Client = TestClient[web.Request, web.Application]


async def sources() -> list[SourceState]:
    return [
        SourceState(id="interfax", name="Интерфакс", url="https://example.org/rss", official=False, read=samples.NOW),
        SourceState(id="rkn", name="Роскомнадзор", url="https://example.org/rkn", official=True, failures=3, error="timed out"),
    ]


@pytest.fixture
def clock() -> MovableClock:
    """Stands on the day of the sample stories."""
    return MovableClock(samples.NOW, running=False)


@pytest.fixture
def checks() -> list[Check]:
    """What the probes find; a test may put a failing one here."""
    return [Check(name="store", ok=True)]


@pytest.fixture
async def filled(store: Store) -> Store:
    """The store with the sample stories in it."""
    for story in samples.shelf():
        await keep(store, story)
    return store


async def keep(store: Store, story: Story) -> None:
    """Keeps a story as the newsroom does."""
    await store.stories.put(Cluster(story=story, readings=()))


@pytest.fixture
async def client(filled: Store, clock: MovableClock, checks: list[Check], settings: Settings) -> AsyncIterator[Client]:
    """A reader of the site."""

    async def probe() -> list[Check]:
        return checks

    application = make_web(filled, settings, clock, probes=(probe,), sources=sources, fresh=dt.timedelta(0))
    async with TestClient(TestServer(application)) as opened:
        yield opened
