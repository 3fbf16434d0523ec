"""Administrators hear once of each trouble that lasts and once of its end, through the real SDKs, however many processes watch."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.clock import MovableClock
from bot.deliver.press import Press
from bot.deliver.scheduler import Scheduler
from bot.model import Audience, Message, Period, Platform, Recipient, Story, Subscriber
from bot.parts import Parts, open_parts
from bot.playground.faults import Fault, Kind
from bot.playground.site import SampleSite
from bot.playground.telegram.server import TelegramEmulator
from bot.playground.vk.server import VkEmulator
from bot.settings import Settings
from bot.store import Store, keys
from bot.store.outbox import Outbox
from bot.web.probes import LATE, UNREAD
from tests.deliver.conftest import running
from tests.web import samples

ADMIN = 7
MINUTE = dt.timedelta(minutes=1)
WITHIN = 20.0
"""Seconds of real time for a message to arrive."""


@dataclass
class House:
    """Two processes that watch, both platforms, and an administrator on each."""

    parts: tuple[Parts, ...]
    telegram: TelegramEmulator
    vk: VkEmulator
    clock: MovableClock
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def minutes(self, count: int) -> None:
        """So many minutes pass; each process looks once in each."""
        for _ in range(count):
            self.clock.move_to(self.clock.now() + MINUTE)
            for one in self.parts:
                await one.watch.once()

    async def heard(self, text: str, times: int = 1) -> None:
        """On both platforms the administrator has read this so often and nothing else besides."""
        for emulator in (self.telegram, self.vk):
            await emulator.watch.until(lambda emulator=emulator: len(self._read(emulator, text)) >= times, WITHIN)
            assert len(self._read(emulator, text)) == times

    @staticmethod
    def _read(emulator: TelegramEmulator | VkEmulator, text: str) -> list[str]:
        return [message.text for message in emulator.ledger.messages(ADMIN) if message.text.startswith(text)]

    def nothing_else(self, count: int) -> None:
        """Nobody was told more than this many lines."""
        for emulator in (self.telegram, self.vk):
            assert len(emulator.ledger.messages(ADMIN)) == count, [one.text for one in emulator.ledger.messages(ADMIN)]


@pytest.fixture
async def house(store: Store, settings: Settings, clock: MovableClock, tmp_path: Path) -> AsyncIterator[House]:
    """Two processes over one store; no sender runs yet."""
    async with (
        TelegramEmulator(clock=clock) as telegram,
        VkEmulator(clock=clock) as vk,
        SampleSite(clock) as site,
        AsyncExitStack() as stack,
    ):
        telegram.person(ADMIN)
        vk.person(ADMIN)
        settings = settings.model_copy(
            update={
                "telegram_token": SecretStr(telegram.token),
                "telegram_api_url": telegram.url,
                "vk_token": SecretStr(vk.token),
                "vk_group_id": vk.group_id,
                "vk_api_url": vk.url,
                "admins": tuple(Recipient(platform=platform, id=ADMIN) for platform in Platform),
                "sources": site.sources_toml(tmp_path / "sources.toml"),
            }
        )
        parts = [await stack.enter_async_context(open_parts(settings, clock)) for _ in range(2)]
        yield House(tuple(parts), telegram, vk, clock)


async def lasting(house: House, wrong: str, right: str, mend: Callable[[], Awaitable[None]]) -> None:
    """A trouble that begins now: silence for the first look, then one line, for hours; then it is mended: one line."""
    await house.minutes(1)
    house.nothing_else(0)
    await house.minutes(90)
    await house.heard(wrong)
    house.nothing_else(1)
    await mend()
    await house.minutes(5)
    await house.heard(right)
    house.nothing_else(2)
    assert not await house.parts[0].store.client.exists(keys.WATCH_SINCE(), keys.WATCH_TOLD())


async def drained(store: Store) -> None:
    """Waits until VK's queue is empty: what is done leaves it by another task."""
    async with asyncio.timeout(WITHIN):
        while True:
            if not (await Outbox(store.client).sizes(Platform.VK))[0]:
                return
            await asyncio.sleep(0.02)


async def subscribed(house: House) -> None:
    """Somebody who wants the digest at nine, enrolled for today's slot."""
    person = Subscriber(recipient=Recipient(platform=Platform.TELEGRAM, id=1), active=True)
    await house.parts[0].store.subscribers.put(person)
    house.telegram.person(1)
    await house.parts[0].scheduler.tick()


async def test_a_missed_slot(house: House, clock: MovableClock) -> None:
    """No scheduler runs when the slot comes; once one does, all is well."""
    await subscribed(house)
    slot = await house.parts[0].store.agenda.soonest()
    assert slot is not None
    clock.move_to(slot + LATE)

    async def mend() -> None:
        await house.parts[0].scheduler.tick()

    async with running(*house.parts[0].mailers):
        await lasting(house, "Выпуск не собран в срок (next ", "Выпуски снова собираются в срок.", mend)


class Broken(Press):
    """Cannot write any edition."""

    async def edition(
        self, audience: Audience, stories: tuple[Story, ...], *, period: Period, told: object, next_at: object
    ) -> tuple[Message | None, dict[str, int]]:
        raise RuntimeError("no edition today")


async def test_a_slot_whose_edition_cannot_be_made_is_missed_too(house: House, clock: MovableClock) -> None:
    """The scheduler lives and tries again and again: its lease does not hide that nothing was sent."""
    await subscribed(house)
    parts = house.parts[0]
    slot = await parts.store.agenda.soonest()
    assert slot is not None
    failing = Scheduler(parts.store, clock=clock, metrics=parts.metrics, press=Broken(parts.metrics))
    clock.move_to(slot)
    await failing.tick()
    assert await parts.store.agenda.soonest() == slot
    clock.move_to(slot + LATE)
    await failing.tick()

    async def mend() -> None:
        await parts.scheduler.tick()

    async with running(*parts.mailers):
        await lasting(house, "Выпуск не собран в срок (next ", "Выпуски снова собираются в срок.", mend)


async def test_a_queue_that_stands_still_is_told_past_the_queue(house: House) -> None:
    """No sender runs: whoever watches speaks to the platforms directly, both administrators hear of it, and of its end."""
    store = house.parts[0].store
    hour_ago = int((await store.server_time() - 3600) * 1000)
    await store.client.xadd(keys.OUTBOX_JOBS(Platform.VK), {"edition": "gone", "batch": 0}, id=f"{hour_ago}-0")

    async def mend() -> None:
        async with running(*house.parts[1].mailers):
            await drained(store)

    await lasting(house, "Очередь vk стоит (the oldest batch waits 60 min, no sender for 60 min).", "Очередь vk снова движется.", mend)


async def test_an_administrator_who_cannot_be_reached_at_once_hears_through_the_queue(house: House) -> None:
    """The platform fails the call past the queue: nothing is lost, the line waits for a sender."""
    store = house.parts[0].store
    hour_ago = int((await store.server_time() - 3600) * 1000)
    await store.client.xadd(keys.OUTBOX_JOBS(Platform.VK), {"edition": "gone", "batch": 0}, id=f"{hour_ago}-0")
    house.telegram.faults.add(Fault(kind=Kind.PAGE, method="sendMessage"))
    await house.minutes(3)
    assert len(house.vk.ledger.messages(ADMIN)) == 1
    assert len(house.telegram.ledger.messages(ADMIN)) == 0
    async with running(*house.parts[0].mailers):
        await house.heard("Очередь vk стоит")


async def test_sources_that_all_go_dark(house: House, clock: MovableClock) -> None:
    """The real collector finds nobody; hours later the administrators know; the sources come back, and they know that too."""
    collector = house.parts[0].collector
    await collector.once()
    assert any(state.succeeded for state in (await house.parts[0].store.polls.states()).values())
    clock.move_to(clock.now() + UNREAD)

    async def mend() -> None:
        await collector.once()

    async with running(*house.parts[0].mailers):
        await lasting(house, "Источники замолчали (0 of ", "Источники снова отвечают.", mend)


async def test_a_store_that_nears_its_limit(house: House) -> None:
    """A real limit of the real server."""
    client = house.parts[0].store.client
    # A store of some size: a fraction of an empty one is no room for the messages that tell of it.
    # Grown in the server itself: what a client sends would for a while be held twice.
    await client.setrange("ballast", 32 * 2**20, "x")
    await client.expire("ballast", 3600)
    used, _ = await house.parts[0].store.memory()
    await client.config_set("maxmemory", int(used * 1.15))

    async def mend() -> None:
        await client.config_set("maxmemory", 0)
        await client.delete("ballast")

    try:
        async with running(*house.parts[0].mailers):
            await lasting(house, "Хранилищу не хватает памяти (", "Хранилищу снова хватает памяти.", mend)
    finally:
        await mend()


async def test_what_mends_itself_between_two_looks_is_nobodys_trouble(house: House) -> None:
    """And a trouble that comes again is told again."""
    agenda = house.parts[0].store.agenda
    for _ in range(3):
        await agenda.enrol({"a1": house.clock.now() - dt.timedelta(hours=1)})
        await house.minutes(1)
        await agenda.withdraw("a1")
        await house.minutes(1)
    async with running(*house.parts[0].mailers):
        for time in (1, 2):
            await agenda.enrol({"a1": house.clock.now() - dt.timedelta(hours=1)})
            await house.minutes(3)
            await house.heard("Выпуск не собран в срок", time)
            await agenda.withdraw("a1")
            await house.minutes(3)
            await house.heard("Выпуски снова собираются в срок.", time)


async def test_a_process_without_administrators_takes_no_alarm_from_others(store: Store, settings: Settings, clock: MovableClock) -> None:
    """It keeps its figures and says in its log what it sees; nothing is marked as told."""
    async with open_parts(settings, clock) as parts:
        await parts.store.agenda.enrol({"a1": samples.NOW - samples.DAY})
        await parts.watch.once()
        assert not await store.client.exists(keys.WATCH_SINCE())
        assert parts.registry.get_sample_value("vestnik_check_ok", {"check": "slots"}) == 0
        assert parts.registry.get_sample_value("vestnik_check_ok", {"check": "store"}) == 1
