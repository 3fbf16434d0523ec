"""The real process is killed with signal 9 in the middle of conversations: nothing that was asked goes unanswered."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.model import Platform
from bot.playground.telegram import TelegramEmulator, TelegramLimits
from bot.playground.vk import VkEmulator
from bot.settings import Settings
from bot.store import Store
from bot.store.inbox import Inbox
from tests.store.conftest import free_port

pytestmark = pytest.mark.timeout(240)

ROOT = Path(__file__).parents[2]
CROWD = 30
HELD = 0.2
"""Seconds that the platform holds a message back: what is in flight when the process dies."""
RATE = 30
"""Messages a second."""
SECRET = "a-secret-of-the-test"
WAYS = ["telegram-poll", "telegram-webhook", "vk-poll", "vk-callback"]


class Bot:
    """`vestnik run` as a process of its own."""

    def __init__(self, environment: dict[str, str], roles: str) -> None:
        self._environment, self._roles = environment, roles
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Begins; another process takes over when the first is gone."""
        names = ("PATH", "HOME", "TMPDIR", "SYSTEMROOT")
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run", "--only", self._roles),
            cwd=ROOT,
            env={**{name: os.environ[name] for name in names if name in os.environ}, **self._environment},
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )

    async def end(self, number: signal.Signals) -> None:
        """Sends a signal and waits for the end."""
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(number)
        async with asyncio.timeout(20):
            await self._process.wait()


@asynccontextmanager
async def served(way: str, settings: Settings) -> AsyncIterator[tuple[Any, Bot]]:
    """An emulator, and the bot that is told of its updates in this way."""
    platform, _, manner = way.partition("-")
    emulator: Any = (
        TelegramEmulator(limits=TelegramLimits.none(), open_doors=True) if platform == "telegram" else VkEmulator(calls_a_second=None)
    )
    port = free_port()
    async with emulator:
        environment = {
            "VESTNIK_REDIS_URL": settings.redis_url.get_secret_value(),
            "VESTNIK_DATA_DIR": str(settings.data_dir),
            "VESTNIK_WEB_PORT": str(port),
        }
        if platform == "telegram":
            environment |= {"VESTNIK_TELEGRAM_TOKEN": emulator.token, "VESTNIK_TELEGRAM_API_URL": emulator.url}
            if manner == "webhook":
                environment |= {
                    "VESTNIK_TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
                    "VESTNIK_TELEGRAM_WEBHOOK_SECRET": SECRET,
                }
        else:
            environment |= {
                "VESTNIK_VK_TOKEN": emulator.token,
                "VESTNIK_VK_GROUP_ID": str(emulator.group_id),
                "VESTNIK_VK_API_URL": emulator.url,
            }
            if manner == "callback":
                environment |= {"VESTNIK_VK_CALLBACK_SECRET": SECRET, "VESTNIK_VK_CONFIRMATION": "c0de"}
        bot = Bot(environment, platform if manner == "poll" else f"{platform},web")
        await bot.start()
        try:
            if way == "vk-poll":
                # VK tells only what happens from the first poll on.
                await emulator.watch.until(lambda: emulator.ledger.calls["a_check"], 60)
            if way == "vk-callback":
                async with asyncio.timeout(60):
                    while not await set_callback(emulator, port):  # noqa: ASYNC110 - the process tells nobody when it listens
                        await asyncio.sleep(0.1)
            yield emulator, bot
        finally:
            await bot.end(signal.SIGTERM)


async def set_callback(emulator: Any, port: int) -> bool:
    """Whether VK got its confirmation."""
    try:
        await emulator.events.set_callback(f"http://127.0.0.1:{port}/vk", secret=SECRET, confirmation="c0de")
    except Exception:
        return False
    return True


@pytest.mark.parametrize("way", WAYS)
async def test_nothing_is_lost_when_the_process_is_killed(way: str, store: Store, settings: Settings) -> None:
    """Thirty people ask at once, the process is killed while it answers: after the next start each has an answer, hardly one has two."""
    async with served(way, settings) as (emulator, bot):
        first = emulator.person(6, "Анна")
        first.say("/help")
        await first.expect("Что я умею", timeout=60)
        method = "sendMessage" if way.startswith("telegram") else "messages.send"
        emulator.fault("slow", method=method, seconds=HELD)
        people = [emulator.person(100 + number, "Анна") for number in range(CROWD)]
        sent = emulator.ledger.calls[method]
        for person in people:
            person.say("/help")
        await emulator.watch.until(lambda: emulator.ledger.calls[method] >= sent + 3, 20)
        await bot.end(signal.SIGKILL)
        emulator.faults.clear()
        answered = sum(len(person.messages) for person in people)
        assert answered < CROWD
        await bot.start()
        await emulator.watch.until(lambda: all(person.messages for person in people), 60)
        first.say("/privacy")
        await first.expect("Что я храню", timeout=20)
        repeated = sum(len(person.messages) - 1 for person in people)
        # Telegram cannot be asked whether it took what was in flight; VK knows a repeat by its number.
        assert repeated <= (HELD * RATE if way.startswith("telegram") else 0)
        inbox = Inbox(store.client, Platform(way.partition("-")[0]))
        async with asyncio.timeout(10):
            while await inbox.waiting():  # noqa: ASYNC110 - the store tells nobody when it changes
                await asyncio.sleep(0.05)
