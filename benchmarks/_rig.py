"""What the delivery benchmarks stand on: a store, emulators and senders, each a process of its own, on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp

from bot.model import Message, Part, Platform, Recipient
from bot.playground.telegram.server import TOKEN as TELEGRAM_TOKEN
from bot.playground.vk.server import TOKEN as VK_TOKEN
from bot.settings import Settings
from bot.store import Store, open_store
from bot.store.editions import BATCH, Edition
from bot.store.embedded import Embedded

ROOT = Path(__file__).parents[1]
TEXT = (
    "<b>Мессенджеры: что изменилось за сутки</b> · 10 декабря\n\n"
    + "Проект разрешает писать клиентам только через российские сервисы. " * 12
)
TICK = os.sysconf("SC_CLK_TCK")


async def spawn(*arguments: str) -> tuple[asyncio.subprocess.Process, str]:
    """Starts a Python process and waits for its first line."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, stdout=asyncio.subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert process.stdout is not None
    return process, (await asyncio.wait_for(process.stdout.readline(), 60)).decode().strip()


async def end(process: asyncio.subprocess.Process, number: int = signal.SIGTERM) -> None:
    """Ends a process that this benchmark started."""
    if process.returncode is None:
        process.send_signal(number)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), 15)
    if process.returncode is None:
        process.kill()
        await process.wait()


def cpu(pid: int) -> float:
    """CPU seconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


class Rig:
    """One store and one emulator of each platform that is asked for."""

    def __init__(self, store: Store, server: Embedded, url: str) -> None:
        self.store, self.server, self.url = store, server, url
        self.addresses: dict[Platform, str] = {}
        self.processes: list[asyncio.subprocess.Process] = []
        self.http = aiohttp.ClientSession()

    async def emulate(self, platform: Platform, *options: str) -> None:
        """Starts an emulator that forgets parameters and lets the bot write to everyone."""
        process, address = await spawn("-m", f"bot.playground.{platform}", "--port", "0", "--slim", "--open-doors", *options)
        self.processes.append(process)
        self.addresses[platform] = address

    async def control(self, platform: Platform, what: str, **body: Any) -> Any:
        """Asks or tells an emulator."""
        url = f"{self.addresses[platform]}/_control/{what}"
        async with self.http.get(url) if what in ("stats", "counts") else self.http.post(url, json=body) as response:
            return await response.json()

    def settings(self, **more: Any) -> dict[str, Any]:
        """Settings of a sender."""
        return {
            "redis_url": self.url,
            "telegram_token": TELEGRAM_TOKEN,
            "telegram_api_url": self.addresses.get(Platform.TELEGRAM, ""),
            "vk_token": VK_TOKEN,
            "vk_api_url": self.addresses.get(Platform.VK, ""),
            **more,
        }

    async def sender(
        self, platform: Platform, *, lease: float = 8.0, limits: dict[str, float] | None = None, **more: Any
    ) -> asyncio.subprocess.Process:
        """Starts a sender process."""
        order = {"platform": platform, "settings": self.settings(**more), "limits": limits, "lease": lease}
        process, line = await spawn("-m", "tests.deliver.worker", json.dumps(order))
        assert line == "ready", line
        self.processes.append(process)
        return process

    async def planner(self, moment: str) -> asyncio.subprocess.Process:
        """Starts a scheduler process whose clock is set by `moment`."""
        process, line = await spawn("-m", "tests.deliver.planner", self.url, moment)
        assert line == "ready", line
        self.processes.append(process)
        return process

    async def queue(self, platform: Platform, name: str, count: int, *, first: int = 1, parts: int = 1) -> None:
        """Queues an edition of `parts` messages for `count` people."""
        text: dict[str, object] = {"text": TEXT, "parse_mode": "HTML"} if platform is Platform.TELEGRAM else {"message": TEXT}
        message = Message(platform=platform, parts=tuple(Part(payload=text) for _ in range(parts)))
        edition = Edition(id=name, audience="bench", slot=datetime.now(UTC), message=message)
        await self.store.editions.create(edition, "bench")
        ids = range(first, first + count)
        batches = [[Recipient(platform=platform, id=number) for number in ids[at : at + BATCH]] for at in range(0, count, BATCH)]
        for at in range(0, len(batches), 100):
            await self.store.editions.fill(name, "bench", at, batches[at : at + 100])
        await self.store.outbox.push(platform, name, len(batches))
        await self.store.editions.seal(name, datetime.now(UTC))

    async def close(self) -> None:
        """Ends all processes."""
        for process in self.processes:
            await end(process)
        await self.http.close()


@asynccontextmanager
async def rig() -> AsyncIterator[Rig]:
    """A rig with an empty store in a folder that goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        server = Embedded(Path(folder))
        url = f"unix://{await asyncio.to_thread(server.ensure)}"
        try:
            async with open_store(Settings(_env_file=None, redis_url=url)) as store:  # type: ignore[call-arg, arg-type]
                made = Rig(store, server, url)
                try:
                    yield made
                finally:
                    await made.close()
        finally:
            await asyncio.to_thread(server.release)
