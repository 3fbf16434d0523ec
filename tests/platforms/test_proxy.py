"""Telegram through a proxy that is away, refuses, and comes back: nothing breaks, nothing is lost."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiogram.exceptions import TelegramNetworkError
from pydantic import SecretStr

from bot import app
from bot.errors import RetryLater
from bot.model import Part, Platform, Recipient
from bot.platforms.telegram import make_bot, probe
from bot.platforms.telegram_mail import TelegramSender
from bot.playground.telegram.limits import TelegramLimits
from bot.playground.telegram.server import TelegramEmulator
from bot.settings import Settings
from bot.store import Store
from tests.store.conftest import free_port


@asynccontextmanager
async def socks(port: int, *, refuses: bool = False) -> AsyncIterator[list[int]]:
    """A SOCKS5 proxy (RFC 1928) without authentication; gives the ports that were asked for."""
    asked: list[int] = []
    open_ones: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_ones.append(writer)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await reader.readexactly((await reader.readexactly(2))[1])
            writer.write(b"\x05\xff" if refuses else b"\x05\x00")
            if not refuses:
                _, _, _, kind = await reader.readexactly(4)
                host = await reader.readexactly(4 if kind == 1 else (await reader.readexactly(1))[0])
                (wanted,) = struct.unpack(">H", await reader.readexactly(2))
                asked.append(wanted)
                name = ".".join(map(str, host)) if kind == 1 else host.decode()
                beyond = await asyncio.open_connection(name, wanted)
                writer.write(b"\x05\x00\x00\x01" + bytes(6))
                await asyncio.gather(pump(reader, beyond[1]), pump(beyond[0], writer))
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", port):
        try:
            yield asked
        finally:
            for one in open_ones:
                one.close()


async def pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while part := await source.read(65536):
            target.write(part)
            await target.drain()
    target.close()


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator(limits=TelegramLimits.none()) as emulator:
        yield emulator


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def behind(settings: Settings, telegram: TelegramEmulator, port: int) -> Settings:
    """Settings that lead to Telegram through a proxy on that port."""
    wanted = {"telegram_token": SecretStr(telegram.token), "telegram_api_url": telegram.url, "web_port": 0}
    return settings.model_copy(update=wanted | {"telegram_proxy": f"socks5://127.0.0.1:{port}"})


@pytest.mark.parametrize("refuses", [None, True])
async def test_a_proxy_that_leads_nowhere_is_a_platform_that_is_away(behind: Settings, port: int, refuses: bool | None) -> None:
    """Away or refusing: a mailing tries again later, a reply fails as on any bad network, the doctor's question too."""
    async with contextlib.AsyncExitStack() as stack:
        if refuses:
            await stack.enter_async_context(socks(port, refuses=True))
        sender = TelegramSender(behind)
        found = await sender.send([Recipient(platform=Platform.TELEGRAM, id=7)], Part(payload={"text": "x"}), random_id=1)
        assert isinstance(found[7], RetryLater), found
        await sender.close()
        bot = make_bot(behind)
        with pytest.raises(TelegramNetworkError):
            await bot.send_message(7, "x")
        await bot.session.close()
        with pytest.raises(Exception, match="the proxy"):
            await probe(behind)


async def test_the_bot_outlives_its_proxy(behind: Settings, telegram: TelegramEmulator, store: Store, port: int) -> None:
    """Away at the start, there, away, there again: the process goes on, and every message is answered."""
    stop, up = asyncio.Event(), asyncio.Event()

    async def ready(_: app.Process) -> None:
        up.set()

    anna = telegram.person(7)
    async with asyncio.TaskGroup() as group:
        group.create_task(app.run(behind, (app.Role.TELEGRAM,), stop=stop, ready=ready))
        await up.wait()
        for _ in range(2):
            anna.mark()
            anna.say("/start")
            async with socks(port) as asked:
                await anna.expect("следит за регулированием мессенджеров", 40)
                assert asked
        stop.set()
