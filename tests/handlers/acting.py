"""A whole bot on one platform: the real SDK, its emulator, the real store, news in it, and a person to talk with it."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp.abc import ResolveResult
from prometheus_client import CollectorRegistry
from pydantic import SecretStr

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.collect import Fetcher
from bot.collect.text.article import make_article
from bot.deliver.correcting import Corrector
from bot.deliver.metrics import Metrics
from bot.model import Platform, Recipient, Subscriber
from bot.newsroom import Newsroom
from bot.platforms import telegram as telegram_platform
from bot.platforms import vk as vk_platform
from bot.playground.site import SampleSite
from bot.playground.site.edition import read_records
from bot.playground.telegram import TelegramEmulator, TelegramLimits
from bot.playground.vk import VkEmulator
from bot.settings import Settings
from bot.store import Store
from handlers import telegram, vk
from handlers.dialogue import Dialogue

PORTAL = "portal.example"
"""A public name that leads into a private network."""
NEWS = ("d001", "d002", "d015", "d011", "d053", "d054", "d113", "d120", "d099")
"""Articles of the sample edition that the store holds when a conversation begins."""


class Names(aiohttp.ThreadedResolver):
    """Finds names as the system does, and one that leads where nobody may go."""

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        return await super().resolve("10.0.0.5" if host == PORTAL else host, port, family)


@dataclass
class Stage:
    """Where a conversation is played."""

    platform: Platform
    emulator: Any
    store: Store
    clock: MovableClock
    settings: Settings
    dialogue: Dialogue
    newsroom: Newsroom
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    alarms: list[str] = field(default_factory=list)
    announced: list[str] = field(default_factory=list)
    site: str = ""
    """The address of the sample site, whose links are read."""
    running: asyncio.Task[None] | None = None
    sdk: Any = None
    listen: Callable[[asyncio.Event], Coroutine[Any, Any, None]] | None = None

    def person(self, number: int = 7, *, language: str = "ru") -> Any:
        """Somebody who talks with the bot."""
        return self.emulator.person(number, "Анна", language=language)

    def start(self) -> None:
        """Begins to listen."""
        assert self.listen is not None
        self.running = asyncio.create_task(self.listen(self.stop))

    async def restart(self) -> None:
        """Another process takes over."""
        self.stop = asyncio.Event()
        self.start()

    def button_data(self, sealed: str) -> str:
        """What a button carries to do this."""
        return sealed if self.platform is Platform.TELEGRAM else json.dumps({"action": sealed})

    async def eventually(self, true: Callable[[Subscriber | None], bool], recipient: Recipient) -> bool:
        """Waits until the subscriber is so."""
        async with asyncio.timeout(5):
            while not true(await self.store.subscribers.get(recipient)):  # noqa: ASYNC110 - the store tells nobody when it changes
                await asyncio.sleep(0.02)
        return True

    async def end(self) -> None:
        """Stops the bot as a signal would."""
        self.stop.set()
        if self.running is not None:
            async with asyncio.timeout(10):
                await self.running


@asynccontextmanager
async def staged(
    platform: str, store: Store, clock: MovableClock, settings: Settings, analyst: Analyst, **more: Any
) -> AsyncIterator[Stage]:
    """The bot on one platform, polling."""
    alarms: list[str] = []
    announced: list[str] = []

    async def alarm(text: str) -> None:
        alarms.append(text)
        emulator.watch.ring()

    emulator: Any = (
        TelegramEmulator(limits=TelegramLimits.none(), clock=clock)
        if platform == "telegram"
        else VkEmulator(calls_a_second=None, clock=clock)
    )
    async with emulator, Fetcher(settings, resolver=Names()) as fetcher, SampleSite(clock) as site:
        settings = settings.model_copy(
            update={
                "telegram_token": SecretStr(emulator.token),
                "telegram_api_url": emulator.url,
                "vk_token": SecretStr(emulator.token),
                "vk_api_url": emulator.url,
                "admins": tuple(Recipient(platform=one, id=1) for one in Platform),
                "vk_group_id": getattr(emulator, "group_id", None),
                **more,
            }
        )
        newsroom = Newsroom(store, analyst, clock)

        async def announce(text: str, _name: str) -> int:
            announced.append(text)
            return 1

        editor = Corrector(store, clock=clock, metrics=Metrics(CollectorRegistry()))
        dialogue = Dialogue(
            store, newsroom, fetcher, settings, clock, alarm=alarm, announce=announce, editor=editor, trusted=(site.url + "/",)
        )
        stage = Stage(
            platform=Platform(platform),
            emulator=emulator,
            store=store,
            clock=clock,
            settings=settings,
            dialogue=dialogue,
            newsroom=newsroom,
            alarms=alarms,
            announced=announced,
            site=site.url,
        )
        sdk: Any
        if platform == "telegram":
            sdk = telegram_platform.make_bot(settings)
            await telegram.introduce(sdk, dialogue)
            dispatcher = telegram.make_dispatcher(dialogue)
            stage.listen = lambda stop: telegram.poll(sdk, telegram.make_intake(sdk, dispatcher, store), stop=stop)
        else:
            sdk = vk_platform.VkClient(settings)
            community = vk.Community(sdk, dialogue, store, emulator.group_id)
            stage.listen = lambda stop: vk.listen(community, settings, store, stop=stop)
        stage.sdk = sdk
        stage.start()
        try:
            if platform == "vk":
                # Who comes before the first poll is not heard: VK tells only what happens from then on.
                await emulator.watch.until(lambda: emulator.ledger.calls["a_check"], 5)
            yield stage
            await stage.end()
        finally:
            if stage.running is not None:
                stage.running.cancel()
                await asyncio.gather(stage.running, return_exceptions=True)
            await (sdk.session.close() if platform == "telegram" else sdk.close())


async def fill(newsroom: Newsroom, clock: MovableClock, names: tuple[str, ...] = NEWS) -> None:
    """Puts some of the sample edition's articles into the store, published in the hours before now."""
    records = {record["id"]: record for record in read_records("articles.jsonl")}
    for number, name in enumerate(names):
        record = records[name]
        published = clock.now() - dt.timedelta(hours=1 + number)
        await newsroom.take(
            make_article(
                url=f"https://{record['outlet']}.example/{record['slug']}",
                title=record["title"],
                lines=record["text"],
                source_id=record["outlet"],
                outlet=record["outlet"],
                published=published,
                fetched=clock.now(),
            )
        )
