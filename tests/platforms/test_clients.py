"""The SDKs against the emulators: other addresses, errors, timeouts, the pacer before every call."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from bot.errors import ConfigurationError, OutcomeUnknown, RecipientGone, RetryLater, TokenRefused
from bot.model import Part, Platform, Recipient
from bot.platforms.telegram import make_bot, probe
from bot.platforms.telegram_mail import TelegramSender
from bot.platforms.vk import VkClient, VkSender
from bot.playground.faults import Fault, Kind
from bot.playground.telegram.limits import TelegramLimits
from bot.playground.telegram.server import TelegramEmulator
from bot.playground.vk.server import VkEmulator
from bot.settings import Settings
from bot.store import Store
from bot.store.pacer import Limits, Pacer


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator(limits=TelegramLimits.none()) as emulator:
        yield emulator


@pytest.fixture
async def vk() -> AsyncIterator[VkEmulator]:
    async with VkEmulator(calls_a_second=None) as emulator:
        yield emulator


@pytest.fixture
def both(settings: Settings, telegram: TelegramEmulator, vk: VkEmulator) -> Settings:
    """Settings that lead to both emulators."""
    return settings.model_copy(
        update={
            "telegram_token": SecretStr(telegram.token),
            "telegram_api_url": telegram.url,
            "vk_token": SecretStr(vk.token),
            "vk_api_url": vk.url,
        }
    )


async def test_the_bot_is_probed(both: Settings) -> None:
    """The name of the bot, or what is wrong with the token."""
    assert (await probe(both)).name == "vestnik_bot"
    with pytest.raises(TokenRefused):
        await probe(both.model_copy(update={"telegram_token": SecretStr("1000000001:somebody-else-has-this-token-00000")}))
    with pytest.raises(ConfigurationError):
        await probe(both.model_copy(update={"telegram_token": SecretStr("nonsense")}))


async def test_the_bot_waits_out_one_retry_after(both: Settings, telegram: TelegramEmulator, store: Store) -> None:
    """A reply that meets a 429 comes after it, by itself."""
    telegram.person(5)
    telegram.faults.add(Fault(kind=Kind.FLOOD, method="sendMessage", seconds=1))
    bot = make_bot(both, Pacer(store.client, Platform.TELEGRAM, Limits(rate=100)))
    began = time.monotonic()
    await bot.send_message(5, "ответ")
    await bot.session.close()
    assert time.monotonic() - began >= 1
    assert [message.text for message in telegram.ledger.messages(5)] == ["ответ"]


async def test_the_mailing_path_sends_what_the_sdk_sends(both: Settings, telegram: TelegramEmulator) -> None:
    """Keyboards, previews, topics and non-Latin text arrive the same way."""
    telegram.group(-100, forum=True)
    payload: dict[str, object] = {
        "text": "<b>Ёлка</b> & сыновья".replace("&", "&amp;"),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {"inline_keyboard": [[{"text": "Ещё", "callback_data": "more"}]]},
        "disable_notification": True,
    }
    sender = TelegramSender(both)
    recipient = Recipient(platform=Platform.TELEGRAM, id=-100)
    assert isinstance((await sender.send([recipient], Part(payload=payload), random_id=1))[-100], int)
    await sender.close()
    (message,) = telegram.ledger.messages(-100)
    assert message.text == "Ёлка & сыновья"
    assert message.buttons == ("Ещё",)
    assert message.styled("bold") == ("Ёлка",)


async def test_a_server_that_is_not_there_got_nothing(both: Settings) -> None:
    """A refused connection is no unknown outcome, on either platform."""
    gone = both.model_copy(update={"telegram_api_url": "http://127.0.0.1:9", "vk_api_url": "http://127.0.0.1:9"})
    telegram, vk = TelegramSender(gone), VkSender(VkClient(gone))
    for sender in (telegram, vk):
        recipient = Recipient(platform=sender.platform, id=1)
        answer = (await sender.send([recipient], Part(payload={"text": "x"} if sender is telegram else {"message": "x"}), random_id=1))[1]
        assert type(answer) is RetryLater
        await sender.close()


async def test_vk_calls_run_side_by_side(both: Settings, vk: VkEmulator) -> None:
    """Eight slow calls take the time of one: every thread has an instance of its own."""
    vk.faults.add(Fault(kind=Kind.SLOW, method="groups.getById", times=8, seconds=0.4))
    client = VkClient(both)
    began = time.monotonic()
    await asyncio.gather(*(client.call("groups.getById", {}) for _ in range(8)))
    assert time.monotonic() - began < 2
    await client.close()


async def test_vk_error_6_is_waited_out_once(both: Settings, vk: VkEmulator, store: Store) -> None:
    """A reply that meets it comes a second later; the SDK's endless recursion is off."""
    vk.person(7)
    vk.faults.add(Fault(kind=Kind.FLOOD, method="messages.send"))
    client = VkClient(both, Pacer(store.client, Platform.VK, Limits(rate=100)))
    began = time.monotonic()
    await client.call("messages.send", {"peer_ids": [7], "random_id": 1, "message": "ответ"})
    assert time.monotonic() - began >= 1
    assert [message.text for message in vk.ledger.messages(7)] == ["ответ"]
    await client.close()


async def test_vk_answers_for_every_peer(both: Settings, vk: VkEmulator) -> None:
    """One id for each who got it, an error for each who did not."""
    vk.person(1)
    vk.person(2, allowed=False)
    sender = VkSender(VkClient(both))
    people = [Recipient(platform=Platform.VK, id=number) for number in (1, 2)]
    answer = await sender.send(people, Part(payload={"message": "x"}), random_id=5)
    assert isinstance(answer[1], int)
    assert isinstance(answer[2], RecipientGone)
    again = await sender.send(people, Part(payload={"message": "x"}), random_id=5)
    assert again[1] == answer[1]
    assert len(vk.ledger.messages(1)) == 1
    await sender.close()


async def test_vk_lost_answers_are_unknown(both: Settings, vk: VkEmulator) -> None:
    """Nobody knows what became of a call whose connection was cut."""
    vk.person(1)
    vk.faults.add(Fault(kind=Kind.DROP_AFTER, method="messages.send"))
    sender = VkSender(VkClient(both))
    answer = await sender.send([Recipient(platform=Platform.VK, id=1)], Part(payload={"message": "x"}), random_id=5)
    assert isinstance(answer[1], OutcomeUnknown)
    await sender.close()
