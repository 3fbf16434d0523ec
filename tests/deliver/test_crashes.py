"""Processes are killed in the middle of a mailing: nobody is lost, and repeats are at most what was in flight."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.clock import SystemClock
from bot.model import Outcome, Platform
from bot.playground.telegram.server import TelegramEmulator
from bot.playground.vk.server import VkEmulator
from bot.settings import Settings
from bot.store import open_store
from bot.store.editions import Editions
from bot.store.embedded import Embedded
from bot.store.outbox import Outbox
from tests.deliver.conftest import Desk

ROOT = Path(__file__).parents[2]
Emulator = TelegramEmulator | VkEmulator


class Workers:
    """Sender processes of one test."""

    def __init__(self, order: dict[str, Any]) -> None:
        self._order = order
        self.running: list[asyncio.subprocess.Process] = []

    async def start(self) -> asyncio.subprocess.Process:
        """Starts one and waits until it works."""
        command = (sys.executable, "-m", "tests.deliver.worker", json.dumps(self._order))
        worker = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, env={"PATH": os.environ["PATH"]})
        assert worker.stdout is not None
        assert await asyncio.wait_for(worker.stdout.readline(), 30) == b"ready\n"
        self.running.append(worker)
        return worker

    async def end(self, worker: asyncio.subprocess.Process, number: signal.Signals) -> int:
        """Sends a signal and waits for the end. Returns the exit status."""
        self.running.remove(worker)
        worker.send_signal(number)
        return await asyncio.wait_for(worker.wait(), 12)


def order_for(platform: Platform, url: str, emulator: Emulator, rate: float) -> dict[str, Any]:
    settings = {
        "redis_url": url,
        "telegram_token": emulator.token,
        "telegram_api_url": emulator.url,
        "vk_token": emulator.token,
        "vk_api_url": emulator.url,
    }
    return {"platform": platform, "settings": settings, "limits": {"rate": rate}, "lease": 1.0}


@pytest.fixture
async def workers() -> AsyncIterator[Callable[[dict[str, Any]], Workers]]:
    """Makes workers that do not outlive the test."""
    made: list[Workers] = []

    def make(order: dict[str, Any]) -> Workers:
        made.append(Workers(order))
        return made[-1]

    yield make
    for group in made:
        for worker in list(group.running):
            await group.end(worker, signal.SIGKILL)


async def progress(emulator: Emulator, count: int) -> None:
    """Waits until so many messages were accepted."""
    async with asyncio.timeout(30):
        while emulator.ledger.delivered < count:
            await emulator.watch.next()


@pytest.mark.parametrize("platform", list(Platform))
async def test_killed_senders_lose_nobody(
    desk: Desk, telegram: TelegramEmulator, vk: VkEmulator, valkey: str, workers: Callable[[dict[str, Any]], Workers], platform: Platform
) -> None:
    """Three kills of a sender while 1,200 are served."""
    emulator: Emulator = telegram if platform is Platform.TELEGRAM else vk
    total = 1200
    people = range(1, total + 1)
    emulator.people(1, total)
    texts = ["one"] if platform is Platform.TELEGRAM else ["one", "two", "three"]
    await desk.queue("e", platform, people, texts)
    group = workers(order_for(platform, valkey, emulator, 500.0 if platform is Platform.TELEGRAM else 15.0))
    await group.start()
    for kill in range(1, 4):
        started = asyncio.create_task(group.start())
        await progress(emulator, total * len(texts) * kill // 5)
        await group.end(group.running[0], signal.SIGKILL)
        await started
    counts = await desk.finished("e", 40)
    got = [len(emulator.ledger.messages(number)) for number in people]
    repeats = sum(got) - total * len(texts)
    assert min(got) == len(texts)
    assert counts.outcomes[Outcome.DELIVERED] == total
    if platform is Platform.VK:
        assert repeats == 0
    else:
        assert repeats <= counts.unsure <= 3 * 256


async def test_rolling_restart_repeats_nothing(
    desk: Desk, telegram: TelegramEmulator, valkey: str, workers: Callable[[dict[str, Any]], Workers]
) -> None:
    """Three senders are stopped by SIGTERM and replaced one by one: each ends by itself in time, nothing is unsure."""
    people = range(1, 901)
    telegram.people(1, 900)
    await desk.queue("e", Platform.TELEGRAM, people)
    group = workers(order_for(Platform.TELEGRAM, valkey, telegram, 250.0))
    await asyncio.gather(*(group.start() for _ in range(3)))
    for step in range(1, 4):
        await progress(telegram, 200 * step)
        began = time.monotonic()
        old = group.running[0]
        _, status = await asyncio.gather(group.start(), group.end(old, signal.SIGTERM))
        assert status == 0
        assert time.monotonic() - began < 10
    counts = await desk.finished("e", 40)
    assert counts.unsure == 0
    assert [len(telegram.ledger.messages(number)) for number in people] == [1] * 900


@pytest.mark.parametrize("platform", list(Platform))
async def test_a_killed_store_comes_back_with_everything(
    telegram: TelegramEmulator, vk: VkEmulator, tmp_path: Path, workers: Callable[[dict[str, Any]], Workers], platform: Platform
) -> None:
    """The server is killed twice in mid-mailing and started again on its folder: the sender waits and goes on."""
    emulator: Emulator = telegram if platform is Platform.TELEGRAM else vk
    total = 1000
    people = range(1, total + 1)
    emulator.people(1, total)
    server = Embedded(tmp_path)
    url = f"unix://{server.ensure()}"
    try:
        async with open_store(Settings(_env_file=None, redis_url=url)) as store:
            desk = Desk(Editions(store.client), Outbox(store.client), SystemClock(), store.client)
            await desk.queue("e", platform, people, ["one"] if platform is Platform.TELEGRAM else ["one", "two", "three"])
            group = workers(order_for(platform, url, emulator, 300.0 if platform is Platform.TELEGRAM else 10.0))
            await group.start()
            for share in (4, 2):
                await progress(emulator, total // share)
                os.kill(int(await pid_of(store.client)), signal.SIGKILL)
                await asyncio.to_thread(server.ensure)
            counts = await desk.finished("e", 40)
            each = 1 if platform is Platform.TELEGRAM else 3
            assert [len(emulator.ledger.messages(number)) for number in people] == [each] * total
            assert counts.outcomes[Outcome.DELIVERED] == total
    finally:
        server.release()


async def pid_of(client: Any) -> str:
    return str((await client.info("server"))["process_id"])
