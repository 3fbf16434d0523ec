"""An outbox over a real Valkey, both emulators, and a mailing that is run to its end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry
from pydantic import SecretStr

from bot.clock import Clock
from bot.deliver.metrics import Metrics
from bot.deliver.sender import Mailer
from bot.errors import StoreUnavailable
from bot.model import Message, Part, Platform, Recipient
from bot.platforms import Sender
from bot.platforms.telegram_mail import TelegramSender
from bot.platforms.vk import VkClient, VkSender
from bot.playground.telegram.limits import TelegramLimits
from bot.playground.telegram.server import TelegramEmulator
from bot.playground.vk.server import VkEmulator
from bot.settings import Settings
from bot.store import Store
from bot.store.editions import BATCH, Counts, Edition, Editions
from bot.store.outages import Outages
from bot.store.outbox import Outbox
from bot.store.pacer import Limits, Pacer
from bot.store.seals import Seals


@dataclass
class Notes:
    """Remembers what a sender tells of recipients and refusals."""

    paused: dict[Recipient, str] = field(default_factory=dict)
    moved: dict[Recipient, int] = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)

    async def pause(self, recipient: Recipient, reason: str) -> None:
        self.paused[recipient] = reason

    async def move(self, recipient: Recipient, new_id: int) -> None:
        self.moved[recipient] = new_id

    async def tell(self, edition: Edition, reason: str) -> None:
        self.refused.append((edition.id, reason))


def payload(platform: Platform, text: str) -> dict[str, object]:
    return {"text": text, "parse_mode": "HTML"} if platform is Platform.TELEGRAM else {"message": text}


@dataclass
class Desk:
    """Editions and outbox, with what a test needs to fill them."""

    editions: Editions
    outbox: Outbox
    clock: Clock
    client: object
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    notes: Notes = field(default_factory=Notes)

    def __post_init__(self) -> None:
        self.metrics = Metrics(self.registry)

    async def queue(self, name: str, platform: Platform, ids: Sequence[int], texts: Sequence[str] = ("Выпуск",)) -> None:
        """Makes an edition of these parts for these recipients and queues it."""
        message = Message(platform=platform, parts=tuple(Part(payload=payload(platform, text)) for text in texts))
        edition = Edition(id=name, audience="a", slot=self.clock.now(), message=message)
        await self.editions.create(edition, "test")
        batches = [ids[at : at + BATCH] for at in range(0, len(ids), BATCH)]
        people = [[Recipient(platform=platform, id=number) for number in batch] for batch in batches]
        assert await self.editions.fill(name, "test", 0, people)
        await self.outbox.push(platform, name, len(batches))
        await self.editions.seal(name, self.clock.now())

    def mailer(self, sender: Sender, *, rate: float = 5000.0, lease: float = 8.0, chat_gap: float = 0.0) -> Mailer:
        """A mailer that is not held back by limits unless asked."""
        pacer = Pacer(self.client, sender.platform, Limits(rate=rate, chat_gap=chat_gap))
        return Mailer(
            self.editions,
            self.outbox,
            self.notes,
            sender,
            pacer,
            seals=Seals(self.client),
            outages=Outages(self.client, sender.platform),
            clock=self.clock,
            metrics=self.metrics,
            refused=self.notes.tell,
            lease=timedelta(seconds=lease),
        )

    async def finished(self, name: str, seconds: float = 20.0) -> Counts:
        """Waits until every recipient has an outcome."""
        async with asyncio.timeout(seconds):
            while True:
                with contextlib.suppress(StoreUnavailable):  # some tests kill the store
                    counts = await self.editions.counts(name)
                    if counts is not None and counts.finished:
                        return counts
                await asyncio.sleep(0.02)  # the end is written in the store by another task


@asynccontextmanager
async def running(*mailers: Mailer) -> AsyncIterator[None]:
    """Runs mailers while the body runs, then stops them as SIGTERM would."""
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for mailer in mailers:
            group.create_task(mailer.run(stopping))
        try:
            yield
        finally:
            stopping.set()


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(Editions(store.client), Outbox(store.client), store.clock, store.client)


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramEmulator]:
    """Without limits; whoever tests limits sets them."""
    async with TelegramEmulator(limits=TelegramLimits.none()) as emulator:
        yield emulator


@pytest.fixture
async def vk() -> AsyncIterator[VkEmulator]:
    """Without a limit of calls."""
    async with VkEmulator(calls_a_second=None) as emulator:
        yield emulator


@pytest.fixture
async def telegram_sender(settings: Settings, telegram: TelegramEmulator) -> AsyncIterator[TelegramSender]:
    sender = TelegramSender(settings.model_copy(update={"telegram_token": SecretStr(telegram.token), "telegram_api_url": telegram.url}))
    yield sender
    await sender.close()


@pytest.fixture
async def vk_sender(settings: Settings, vk: VkEmulator) -> AsyncIterator[VkSender]:
    sender = VkSender(VkClient(settings.model_copy(update={"vk_token": SecretStr(vk.token), "vk_api_url": vk.url})))
    yield sender
    await sender.close()
