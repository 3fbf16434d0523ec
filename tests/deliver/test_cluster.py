"""The same delivery over a cluster of three nodes; a node that is killed in the middle loses nothing."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest
from prometheus_client import CollectorRegistry

from bot.clock import MovableClock
from bot.deliver.metrics import Metrics
from bot.deliver.scheduler import Scheduler
from bot.model import Outcome, Platform, Preferences, Recipient, Subscriber
from bot.platforms.telegram_mail import TelegramSender
from bot.platforms.vk import VkSender
from bot.playground.telegram.server import TelegramEmulator
from bot.playground.vk.server import VkEmulator
from bot.settings import Settings
from bot.store import Store, open_store
from tests.deliver.conftest import Desk, running
from tests.store.conftest import Node, cluster

__all__ = ["cluster"]


@pytest.fixture
async def spread(cluster: list[Node], clock: MovableClock) -> AsyncIterator[Store]:
    """A store on the cluster."""
    settings = Settings(_env_file=None, redis_url=f"redis+cluster://127.0.0.1:{cluster[0].port}")
    async with open_store(settings, clock) as store:
        await store.client.flushall(target_nodes="primaries")
        yield store


async def test_an_edition_goes_from_its_slot_to_its_readers(
    spread: Store, clock: MovableClock, telegram: TelegramEmulator, vk: VkEmulator, telegram_sender: TelegramSender, vk_sender: VkSender
) -> None:
    """Subscribers of both platforms, a due slot, a message for each: every script and stream works on the cluster."""
    telegram.people(1, 120)
    vk.people(1, 120)
    wishes = Preferences(tell_when_empty=True)
    for platform in Platform:
        people = (
            Subscriber(recipient=Recipient(platform=platform, id=number), preferences=wishes, active=True) for number in range(1, 121)
        )
        await spread.subscribers.put_many(people)
    scheduler = Scheduler(spread, clock=clock, metrics=Metrics(CollectorRegistry()))
    await scheduler.tick()
    clock.move_to(clock.now() + dt.timedelta(days=1))
    assert (await scheduler.tick()).recipients == 240
    desk = Desk(spread.editions, spread.outbox, clock, spread.client)
    async with running(desk.mailer(telegram_sender), desk.mailer(vk_sender, rate=50)):
        async with asyncio.timeout(20):
            while telegram.ledger.delivered + vk.ledger.delivered < 240:
                await asyncio.wait([asyncio.ensure_future(one.watch.next()) for one in (telegram, vk)], timeout=0.5)
    assert all(len(emulator.ledger.messages(number)) == 1 for emulator in (telegram, vk) for number in range(1, 121))


async def test_a_killed_node_loses_nobody(
    spread: Store,
    cluster: list[Node],
    clock: MovableClock,
    telegram: TelegramEmulator,
    telegram_sender: TelegramSender,
) -> None:
    """Each node is killed once in the middle of a mailing and comes back on its data."""
    telegram.people(1, 600)
    desk = Desk(spread.editions, spread.outbox, clock, spread.client)
    await desk.queue("e", Platform.TELEGRAM, range(1, 601))
    async with running(desk.mailer(telegram_sender, rate=150.0)):
        for share, node in zip((100, 250, 400), cluster, strict=True):
            async with asyncio.timeout(30):
                while telegram.ledger.delivered < share:
                    await telegram.watch.next()
            await asyncio.to_thread(node.kill)
            await asyncio.to_thread(node.start)
        counts = await desk.finished("e", 40)
    assert counts.outcomes[Outcome.DELIVERED] == 600
    got = [len(telegram.ledger.messages(number)) for number in range(1, 601)]
    assert min(got) == 1
    assert sum(got) - 600 <= counts.unsure
