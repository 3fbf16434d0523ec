"""Whom a mailing reaches and whom it does not stays out of the log at its usual level."""

from __future__ import annotations

import logging

import pytest
import structlog

from bot.deliver.handover import Handover
from bot.deliver.metrics import Metrics
from bot.deliver.press import RENDERERS
from bot.deliver.sender import Mailer
from bot.digest.render.document import Document, Kind, block
from bot.logs import configure_logs
from bot.model import Platform, Recipient, Subscriber
from bot.platforms.telegram_mail import TelegramSender
from bot.platforms.vk import VkSender
from bot.playground.faults import Fault
from bot.playground.faults import Kind as FaultKind
from bot.playground.telegram.server import TelegramEmulator
from bot.playground.vk.server import VkEmulator
from bot.store import Store
from bot.store.editions import Edition
from bot.store.links import Links
from bot.store.outages import Outages
from bot.store.pacer import Limits, Pacer
from tests.deliver.conftest import Desk, running

TG, VK = Platform.TELEGRAM, Platform.VK
FIRST = {TG: 987650001, VK: 123050001}


async def test_a_mailing_in_trouble_names_nobody(
    desk: Desk,
    store: Store,
    telegram: TelegramEmulator,
    vk: VkEmulator,
    telegram_sender: TelegramSender,
    vk_sender: VkSender,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Blocks, failures of the platform, pages that are no JSON, a refused text, a person handed over: no number of anybody is logged."""
    for emulator, platform in ((telegram, TG), (vk, VK)):
        emulator.people(FIRST[platform], 9)
    pair = [Recipient(platform=one, id=FIRST[one]) for one in Platform]
    for recipient in pair:
        await store.subscribers.put(Subscriber(recipient=recipient, active=recipient.platform is TG))
    await Links(store.client).link(*pair)
    faults = [
        (telegram, Fault(kind=FaultKind.ERROR, chat=FIRST[TG], times=None, code=403, text="Forbidden: bot was blocked by the user")),
        (telegram, Fault(kind=FaultKind.ERROR, chat=FIRST[TG] + 1, times=1, code=500)),
        (telegram, Fault(kind=FaultKind.PAGE, chat=FIRST[TG] + 2, times=1)),
        (telegram, Fault(kind=FaultKind.ERROR, chat=FIRST[TG] + 3, times=None, code=400, text="Bad Request: chat not found")),
        (telegram, Fault(kind=FaultKind.FLOOD, method="sendMessage", seconds=0.2)),
        (vk, Fault(kind=FaultKind.ERROR, chat=FIRST[VK] + 1, times=None, code=901)),
        (vk, Fault(kind=FaultKind.ERROR, chat=FIRST[VK] + 2, times=1, code=10)),
    ]
    for emulator, fault in faults:
        emulator.faults.add(fault)
    configure_logs(style="json", level="INFO", secrets=[])
    try:
        for platform in Platform:
            message = RENDERERS[platform](Document(blocks=(block(Kind.TITLE, "Выпуск"), block(Kind.TEXT, "Главное за день."))))
            edition = Edition(id=f"e.{platform}", audience="a", slot=desk.clock.now(), message=message)
            await store.editions.create(edition, "test")
            people = [Recipient(platform=platform, id=number) for number in range(FIRST[platform] + (platform is VK), FIRST[platform] + 9)]
            await store.editions.fill(edition.id, "test", 0, [people])
            await store.outbox.push(platform, edition.id, 1)
            await store.editions.seal(edition.id, desk.clock.now())
        mailers = [mailer(desk, store, sender) for sender in (telegram_sender, vk_sender)]
        async with running(*mailers):
            for platform in Platform:
                await desk.finished(f"e.{platform}")
            await vk.watch.until(lambda: vk.ledger.messages(FIRST[VK]), 10)  # what Telegram could not bring
        logged = capsys.readouterr().err
    finally:
        structlog.reset_defaults()
        logging.getLogger().handlers.clear()
    assert "an edition goes through the other platform" in logged
    for number in (*range(FIRST[TG], FIRST[TG] + 9), *range(FIRST[VK], FIRST[VK] + 9)):
        assert str(number) not in logged


def mailer(desk: Desk, store: Store, sender: TelegramSender | VkSender) -> Mailer:
    """A sender with everything that it may speak of."""
    metrics: Metrics = desk.metrics
    return Mailer(
        store.editions,
        store.outbox,
        store.subscribers,
        sender,
        Pacer(store.client, sender.platform, Limits(rate=500)),
        seals=store.seals,
        outages=Outages(store.client, sender.platform),
        clock=desk.clock,
        metrics=metrics,
        elsewhere=Handover(store, clock=desk.clock, metrics=metrics),
    )
