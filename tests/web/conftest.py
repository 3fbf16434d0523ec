"""The site over HTTP, filled with sample stories."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Iterable

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import MovableClock
from bot.errors import StoreUnavailable
from bot.model import Period, Story
from bot.settings import Settings
from bot.web import Check, SourceState, make_web
from tests.web import samples

Client = TestClient[web.Request, web.Application]


class Shelf:
    """Stories in memory, behind the same protocol as the store's."""

    def __init__(self, stories: Iterable[Story]) -> None:
        self.held = {story.id: story for story in stories}
        self.reads = 0
        self.away = False

    @property
    def stories(self) -> Shelf:
        return self

    def _all(self) -> list[Story]:
        if self.away:
            raise StoreUnavailable("the store is away")
        self.reads += 1
        return list(self.held.values())

    async def get(self, story_id: str) -> Story | None:
        return next((story for story in self._all() if story.id == story_id), None)

    async def between(self, period: Period) -> tuple[Story, ...]:
        return tuple(story for story in self._all() if period.since <= story.updated < period.until)

    async def upcoming(self, since: dt.date, until: dt.date) -> tuple[Story, ...]:
        def falls(date: str) -> bool:
            return since.isoformat()[: len(date)] <= date < until.isoformat()

        return tuple(story for story in self._all() if story.facts.effective_date and falls(story.facts.effective_date))

    async def recent(self, limit: int) -> tuple[Story, ...]:
        return tuple(sorted(self._all(), key=lambda story: story.updated, reverse=True)[:limit])

    async def search(self, words: str, limit: int) -> tuple[Story, ...]:
        return tuple(story for story in self._all() if words.casefold() in story.headline.casefold())[:limit]


async def sources() -> list[SourceState]:
    return [
        SourceState(id="interfax", name="Интерфакс", url="https://example.org/rss", official=False, read=samples.NOW),
        SourceState(id="rkn", name="Роскомнадзор", url="https://example.org/rkn", official=True, failures=3, error="timed out"),
    ]


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(samples.NOW, running=False)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(samples.shelf())


@pytest.fixture
def checks() -> list[Check]:
    """What the probes find; a test may put a failing one here."""
    return [Check(name="store", ok=True)]


@pytest.fixture
def settings() -> Settings:
    return Settings(_env_file=None)


@pytest.fixture
async def client(shelf: Shelf, clock: MovableClock, checks: list[Check], settings: Settings) -> AsyncIterator[Client]:
    async def probe() -> list[Check]:
        return checks

    application = make_web(shelf, settings, clock, probes=(probe,), sources=sources, fresh=dt.timedelta(0))
    async with TestClient(TestServer(application)) as opened:
        yield opened
