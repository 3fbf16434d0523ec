"""Fixtures of the conversations: the models, and the bot on each platform."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from acting import Stage, staged

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.settings import Settings
from bot.store import Store


@pytest.fixture(scope="session")
def analyst() -> Analyst:
    """The models, loaded once."""
    return Analyst()


@pytest.fixture(params=["telegram", "vk"])
async def stage(
    request: pytest.FixtureRequest, store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> AsyncIterator[Stage]:
    """The bot on each of the platforms in turn."""
    async with staged(request.param, store, clock, settings, analyst) as opened:
        yield opened
