"""The demonstration: both emulators, the sample site and a page with the chats of both platforms side by side."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from bot.clock import MovableClock
from bot.deliver import slots
from bot.model import Platform, Recipient, Schedule
from bot.playground.front import Front
from bot.playground.phones import READER, Phone, TelegramPhone, VkPhone
from bot.playground.site import EDITION_DAY, SampleSite
from bot.playground.telegram import Person, TelegramEmulator
from bot.playground.vk import VkEmulator, VkPerson
from bot.playground.watch import Watch
from bot.settings import Settings, read_settings

EARLY: Final = dt.timedelta(minutes=5)
"""How long before the slot the night's news is read."""
WEIGHTY: Final = 0.65
"""From which importance on the sample's stories are alerts, so that one of them is on the first day."""
LATER: Final = dt.timedelta(hours=3)

_PATIENCE: Final = 60.0
"""Seconds."""

NextSlot = Callable[[dt.datetime], Awaitable[dt.datetime]]


async def _nine(now: dt.datetime) -> dt.datetime:
    """The next slot of a subscriber who has changed nothing."""
    return slots.following(Schedule(), now)


async def _nothing() -> None:
    return None


class Demo:
    """An asynchronous context manager: inside, everything listens on loopback and `settings` lead a bot to it.

    `next_slot` tells when the next edition is due; `before_slot` reads the night's news. Both may be set once the bot is there.
    """

    def __init__(self, data_dir: Path, *, port: int = 0, clock: MovableClock | None = None, web_port: int = 0) -> None:
        """`port` is the page's; 0 takes a free one. `web_port` is that of the bot's own web role; the clock starts on the edition's day."""
        self.clock = clock or MovableClock(EDITION_DAY)
        self.telegram = TelegramEmulator(clock=self.clock)
        self.vk = VkEmulator(clock=self.clock)
        self.site = SampleSite(self.clock)
        self.telegram_phone, self.vk_phone = TelegramPhone(self.telegram), VkPhone(self.vk)
        self.phones: Mapping[Platform, Phone] = {Platform.TELEGRAM: self.telegram_phone, Platform.VK: self.vk_phone}
        self.reader: Person = self.telegram_phone.reader
        self.vk_reader: VkPerson = self.vk_phone.reader
        self.next_slot: NextSlot = _nine
        self.before_slot: Callable[[], Awaitable[None]] = _nothing
        self._data_dir, self._port, self._web_port = data_dir, port, web_port
        self._stack = AsyncExitStack()
        self.watch = Watch("clock")
        self._front = Front(self)
        self._dawn = asyncio.Lock()

    async def __aenter__(self) -> Self:
        """Starts all servers. Raises ConfigurationError if the port is taken."""
        async with AsyncExitStack() as stack:
            await self._front.listen(stack, self._port)
            await stack.enter_async_context(self.telegram)
            await stack.enter_async_context(self.vk)
            await stack.enter_async_context(self.site)
            stack.callback(self._front.close)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._stack.aclose()

    @property
    def url(self) -> str:
        """The page's address."""
        return f"http://127.0.0.1:{self._front.port}/"

    @property
    def site_url(self) -> str:
        """The address of the bot's own pages; empty where they are not served."""
        return f"http://127.0.0.1:{self._web_port}/" if self._web_port else ""

    @property
    def settings(self) -> Settings:
        """Settings of a bot that lives in the demonstration; the environment's platforms, store and proxies are left aside."""
        self._data_dir.mkdir(parents=True, exist_ok=True)
        return read_settings(
            data_dir=self._data_dir,
            redis_url=None,
            sources=self.site.sources_toml(self._data_dir / "sources.toml"),
            http_proxy_sources=None,
            telegram_token=self.telegram.token,
            telegram_api_url=self.telegram.url,
            telegram_proxy=None,
            telegram_rate=None,
            telegram_paid_broadcast=False,
            telegram_webhook_url=None,
            vk_token=self.vk.token,
            vk_group_id=self.vk.group_id,
            vk_api_url=self.vk.url,
            vk_callback_secret=None,
            vk_confirmation=None,
            admins=tuple(Recipient(platform=platform, id=READER) for platform in Platform),  # so that all can be tried
            alert_importance=WEIGHTY,
            llm_url=None,
            web_port=self._web_port,
            public_url=self.site_url.rstrip("/") or None,
        )

    async def listened(self) -> None:
        """Waits until the bot polls both platforms: VK tells a bot only what happens from its first poll on."""
        await self.telegram.watch.until(lambda: self.telegram.ledger.calls["getUpdates"], _PATIENCE)
        await self.vk.watch.until(lambda: self.vk.ledger.calls["a_check"], _PATIENCE)

    async def morning(self) -> dt.datetime:
        """Moves the clock to the next slot: shortly before it first, so that the night's news is read. Returns the slot."""
        async with self._dawn:
            slot = await self.next_slot(self.clock.now())
            if slot - EARLY > self.clock.now():
                self._move(slot - EARLY)
                await self.before_slot()
            self._move(max(slot, self.clock.now()))
            return slot

    async def later(self) -> dt.datetime:
        """Moves the clock by LATER and has the news of these hours read, through the slot if one lies between. Returns the time."""
        until = self.clock.now() + LATER
        if await self.next_slot(self.clock.now()) <= until:
            await self.morning()
        async with self._dawn:
            self._move(max(until, self.clock.now()))
            await self.before_slot()
            return self.clock.now()

    def speak(self, language: str) -> None:
        """The language of the people's programs on both platforms."""
        for one in (self.telegram_phone.reader.chat, self.telegram_phone.guest.chat, self.vk_phone.reader.peer, self.vk_phone.guest.peer):
            one.language = language

    def _move(self, moment: dt.datetime) -> None:
        self.clock.move_to(moment)
        self.watch.tell("moved", now=moment.isoformat())
