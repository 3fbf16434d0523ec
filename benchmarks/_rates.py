"""How near a sender comes to a platform's own limit, and what a message costs beside a bare loop and the SDK's own call."""

from __future__ import annotations

import asyncio
import sys
import time
from typing import Any

import aiohttp

from benchmarks._rig import TEXT, Rig, cpu, rig
from bot.model import Platform
from bot.platforms.telegram import make_bot
from bot.platforms.vk import VkClient
from bot.playground.telegram.server import TOKEN
from bot.settings import Settings

TG, VK = Platform.TELEGRAM, Platform.VK


async def rate(
    platform: Platform, limit: float, seconds: float, *, senders: int = 1, messages_a_call: int = 1, limits: dict[str, Any], **more: Any
) -> dict[str, float]:
    """Senders work for so long against a strict sliding window. Shares are of the platform's own limit."""
    async with rig() as made:
        await made.emulate(platform)
        await made.control(platform, "limits", **limits)
        await made.queue(platform, "rate", int(limit * messages_a_call * (seconds + 5)))
        workers = [await made.sender(platform, **more) for _ in range(senders)]
        while (before := (await made.control(platform, "stats")))["delivered"] == 0:  # noqa: ASYNC110 - another process sends
            await asyncio.sleep(0.05)
        began, spent = time.monotonic(), sum(cpu(worker.pid) for worker in workers)
        await asyncio.sleep(seconds)
        after = await made.control(platform, "stats")
        elapsed, used = time.monotonic() - began, sum(cpu(worker.pid) for worker in workers) - spent
    sent = after["delivered"] - before["delivered"]
    refused = after["refused"]
    return {
        "share": sent / (limit * messages_a_call * elapsed),
        "refused": sum(refused.values()),
        "cpu_ms": used / max(sent, 1) * 1000,
        "sent": sent,
    }


async def telegram_30(seconds: float, senders: int) -> dict[str, float]:
    return await rate(TG, 30, seconds, senders=senders, limits={"second": 30, "slack": 0.0})


async def telegram_1000(seconds: float) -> dict[str, float]:
    return await rate(TG, 1000, seconds, limits={"paid_second": 1000, "slack": 0.0}, telegram_paid_broadcast=True)


async def vk_20(seconds: float) -> dict[str, float]:
    return await rate(VK, 20, seconds, messages_a_call=100, limits={"calls_a_second": 20})


async def replies(platform: Platform, seconds: float) -> float:
    """The 95th percentile of the seconds that a reply takes while a mailing takes all that the limit leaves."""
    limits: dict[str, Any] = {"second": 30, "slack": 0.0} if platform is TG else {"calls_a_second": 20}
    async with rig() as made:
        await made.emulate(platform)
        await made.control(platform, "limits", **limits)
        await made.queue(platform, "mailing", 100_000)
        await made.sender(platform)
        settings = Settings(_env_file=None, **made.settings())
        pacer = made.store.pacer(platform)
        bot = make_bot(settings, pacer) if platform is TG else None
        client = VkClient(settings, pacer) if platform is VK else None
        times: list[float] = []
        end_at = time.monotonic() + seconds
        while time.monotonic() < end_at:
            number, began = 10**6 + len(times), time.monotonic()
            if bot is not None:
                await bot.send_message(number, "Ответ")
            elif client is not None:
                await client.call("messages.send", {"peer_ids": [number], "random_id": number, "message": "Ответ"})
            times.append(time.monotonic() - began)
            await asyncio.sleep(0.2)
        if bot is not None:
            await bot.session.close()
        if client is not None:
            await client.close()
    return sorted(times)[int(len(times) * 0.95)]


async def peer(made: Rig, kind: str, count: int) -> float:
    """CPU milliseconds a message of another way of sending, in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks._rates", kind, made.addresses[TG], str(count), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    return float(out)


async def bare(base: str, count: int) -> None:
    """Nothing but POSTs over kept connections, 64 at a time."""
    url, room = f"{base}/bot{TOKEN}/sendMessage", asyncio.Semaphore(64)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=64)) as session:

        async def one(number: int) -> None:
            async with room:
                async with session.post(url, data={"chat_id": str(number), "text": TEXT, "parse_mode": "HTML"}) as response:
                    await response.json()

        await asyncio.gather(*(one(number) for number in range(1, count + 1)))


async def sdk(base: str, count: int) -> None:
    """The SDK's own call, 64 at a time."""
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    bot, room = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(base))), asyncio.Semaphore(64)

    async def one(number: int) -> None:
        async with room:
            await bot.send_message(number, TEXT, parse_mode="HTML")

    await asyncio.gather(*(one(number) for number in range(1, count + 1)))
    await bot.session.close()


async def broadcaster(base: str, count: int) -> None:
    """aiogram-broadcaster's text mailer, as fast as it goes."""
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram_broadcaster import Broadcaster
    from aiogram_broadcaster.contents import TextContent

    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(base)))
    mailer = await Broadcaster(bot).create_mailer(content=TextContent(text=TEXT), chats=range(1, count + 1))
    await mailer.start()
    await bot.session.close()


def main() -> None:
    kind, base, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    run = {"bare": bare, "sdk": sdk, "broadcaster": broadcaster}[kind]
    asyncio.run(run(base, 200))  # imports and caches are not what is measured
    began = time.process_time()
    asyncio.run(run(base, count))
    print((time.process_time() - began) / count * 1000)


if __name__ == "__main__":
    main()
