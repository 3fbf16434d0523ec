"""A mailing on both platforms: everyone gets everything once, whatever goes wrong on the way."""

from __future__ import annotations

from bot.model import Outcome, Platform
from bot.platforms.telegram_mail import TelegramSender
from bot.platforms.vk import VkSender
from bot.playground.telegram.server import TelegramEmulator
from bot.playground.vk.server import VkEmulator
from tests.deliver.conftest import Desk, running

TG, VK = Platform.TELEGRAM, Platform.VK


async def test_every_telegram_recipient_gets_every_part_in_order(
    desk: Desk, telegram: TelegramEmulator, telegram_sender: TelegramSender
) -> None:
    """Three parts to 250 people."""
    telegram.people(1, 250)
    await desk.queue("e", TG, range(1, 251), ["one", "two", "three"])
    async with running(desk.mailer(telegram_sender)):
        counts = await desk.finished("e")
    assert counts.outcomes[Outcome.DELIVERED] == counts.recipients == 250
    for number in range(1, 251):
        assert [message.text for message in telegram.ledger.messages(number)] == ["one", "two", "three"]


async def test_every_vk_recipient_gets_every_part_in_order(desk: Desk, vk: VkEmulator, vk_sender: VkSender) -> None:
    """Two parts to 250 people in calls of at most 100."""
    vk.people(1, 250)
    await desk.queue("e", VK, range(1, 251), ["one", "two"])
    async with running(desk.mailer(vk_sender, rate=1000)):
        counts = await desk.finished("e")
    assert counts.outcomes[Outcome.DELIVERED] == 250
    assert vk.ledger.calls["messages.send"] == 6
    for number in range(1, 251):
        assert [message.text for message in vk.ledger.messages(number)] == ["one", "two"]
