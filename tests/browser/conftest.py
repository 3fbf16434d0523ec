"""The demonstration with the real bot on a few sample outlets, and a real browser; one of each for all tests."""

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from bot import app
from bot.app import Process
from bot.playground.demo import Demo
from bot.playground.phones import READER

from .stage import PATIENCE, Stage

OUTLETS = 8
NIGHT = ("iguides", "vedomosti")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # The gate demands a browser: there the tests fail without one instead of being skipped.
            absent = CHROMIUM is None and os.environ.get("VESTNIK_TEST_BROWSER") != "required"
            item.add_marker(pytest.mark.skipif(absent, reason="there is no Chromium: apt-get install chromium"))


def _fewer(path: Path) -> None:
    """Keeps some outlets of a sources file: the tests need news, also of the first night, not all of it."""
    tables = re.split(r"(?m)^(?=\[\[source\]\])", path.read_text(encoding="utf-8"))
    night = [table for table in tables[OUTLETS + 1 :] if any(f'"{name}"' in table for name in NIGHT)]
    assert len(night) == len(NIGHT)
    path.write_text("".join([*tables[: OUTLETS + 1], *night]), encoding="utf-8")


async def _read_news(process: Process) -> None:
    await process.parts.collector.once()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """Both emulators, the sample site and the real bot with its roles; the news has been read."""
    stop, started = asyncio.Event(), asyncio.Event()
    roles = [role for role in app.Role if role is not app.Role.WEB]
    async with Demo(tmp_path_factory.mktemp("demo")) as demo, asyncio.TaskGroup() as group:
        settings = demo.settings
        assert settings.sources is not None
        _fewer(settings.sources)

        async def ready(process: Process) -> None:
            await process.parts.collector.once()
            demo.before_slot = lambda: _read_news(process)
            started.set()

        running = group.create_task(app.run(settings, roles, clock=demo.clock, stop=stop, ready=ready))
        waiting = group.create_task(started.wait())
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        await demo.listened()
        yield Stage(demo)
        stop.set()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, stage: Stage) -> AsyncIterator[Page]:
    """A fresh page in Russian. What its console complains of, and what it asks for elsewhere, fails the test."""
    page = await browser.new_page(viewport={"width": 1280, "height": 800}, locale="ru-RU", reduced_motion="reduce")
    page.set_default_timeout(PATIENCE)
    errors: list[str] = []
    elsewhere: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(stage.demo.url) else elsewhere.append(request.url))
    await page.goto(stage.demo.url)
    await page.wait_for_selector("body[data-ready]")
    yield page
    await page.close()
    assert errors == []
    assert elsewhere == []


@pytest.fixture
def clean(stage: Stage) -> None:
    """Both chats are empty again, as the page sees them; the bot remembers what it remembers."""
    stage.demo.telegram.ledger.clear()
    stage.demo.vk.ledger.clear()
    assert not stage.demo.telegram.ledger.conversation(READER)
