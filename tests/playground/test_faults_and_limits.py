"""Faults on request and the published limits, as the real SDKs meet them."""

import asyncio
import itertools

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot.errors import BadInput, ConfigurationError
from bot.playground.faults import Fault, Faults, Kind
from bot.playground.telegram import FORBIDDEN, TelegramEmulator, TelegramLimits


async def test_each_fault_reaches_the_sdk_as_the_platform_would(telegram: TelegramEmulator, bot: Bot) -> None:
    """429, 403, migration, 5xx, an error page, cut connections; the next call goes through."""
    telegram.people(1, 20)
    cases: list[tuple[dict[str, object], type[Exception]]] = [
        ({"kind": "flood", "chat": 1, "seconds": 3}, TelegramRetryAfter),
        ({"kind": "error", "code": 403, "text": FORBIDDEN["kicked-group"]}, TelegramForbiddenError),
        ({"kind": "migrate", "new_id": -100}, TelegramMigrateToChat),
        ({"kind": "error", "code": 500}, TelegramServerError),
        ({"kind": "page"}, ClientDecodeError),
        ({"kind": "garbage"}, ClientDecodeError),
        ({"kind": "drop"}, TelegramNetworkError),
        ({"kind": "drop-after"}, TelegramNetworkError),
    ]
    for fields, expected in cases:
        telegram.faults.add(Fault.read({"method": "send", **fields}))
        with pytest.raises(expected):
            await bot.send_message(1, "x")
    # of all these, only the call that was cut after acceptance left a message
    assert len(telegram.ledger.messages(1)) == 1
    assert await bot.send_message(1, "x")


async def test_a_flood_holds_the_whole_bot(telegram: TelegramEmulator, bot: Bot) -> None:
    """After a 429 that names no chat, other chats wait too."""
    telegram.people(1, 2)
    telegram.fault("flood", seconds=30)
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(1, "x")
    assert caught.value.retry_after == 30
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(2, "x")


async def test_a_slow_answer_comes_after_acceptance(telegram: TelegramEmulator, bot: Bot) -> None:
    """The client gives up; the message is there."""
    telegram.people(1, 1)
    telegram.fault("slow-after", seconds=5)
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(1, "x", request_timeout=1)
    assert len(telegram.ledger.messages(1)) == 1


def test_rules_choose_their_calls() -> None:
    """By chat, by method, after some calls, for some calls, with a seeded probability."""
    faults = Faults(seed=1)
    faults.add(Fault(kind=Kind.ERROR, chat=5, times=2, skip=1))
    drawn = [bool(faults.draw("sendMessage", chat)) for chat in (5, 6, 5, 5, 5)]
    assert drawn == [False, False, True, True, False]
    assert faults.none
    faults.add(Fault(kind=Kind.PAGE, method="send", times=None, probability=0.5))
    assert not faults.draw("getMe", None)
    hits = sum(bool(faults.draw("sendMessage", 1, sends=True)) for _ in range(400))
    again = Faults(seed=1)
    again.add(Fault(kind=Kind.PAGE, method="send", times=None, probability=0.5))
    assert 150 < hits < 250
    assert hits == sum(bool(again.draw("sendMessage", 1, sends=True)) for _ in range(400))
    with pytest.raises(BadInput):
        Fault.read({"kind": "page", "chance": 1})


def test_thirty_a_second_over_all_chats() -> None:
    """An even pace at the limit is never refused; a burst above it is, and keeps the door shut for a second."""
    limits = TelegramLimits()
    assert not any(limits.take(n / 30, n, paid=False) for n in range(300))
    limits = TelegramLimits(slack=0)
    assert not any(limits.take(0.0, n, paid=False) for n in range(30))
    assert limits.take(0.0, 99, paid=False) == 1
    assert limits.take(0.5, 98, paid=False) == 1
    assert limits.take(1.01, 98, paid=False) == 0


def test_a_thousand_with_paid_broadcast() -> None:
    """allow_paid_broadcast has a limit of its own."""
    limits = TelegramLimits(slack=0)
    assert sum(limits.take(0.5, n, paid=True) == 0 for n in range(1200)) == 1000


def test_one_a_second_in_a_chat_and_twenty_a_minute_in_a_group() -> None:
    """A small burst is forgiven; the group's minute is not."""
    limits = TelegramLimits()
    assert [limits.take(0.0, 5, paid=False) > 0 for _ in range(4)] == [False, False, False, True]
    assert limits.take(1.0, 5, paid=False) == 0
    taken = (limits.take(float(second), -100, paid=False) for second in itertools.count())
    waits = list(itertools.islice(taken, 25))
    assert waits[:20] == [0] * 20
    assert waits[20] == 40


async def test_the_limit_counts_what_it_refused(bot: Bot, telegram: TelegramEmulator) -> None:
    """Forty at once: thirty-three pass with the slack, the ledger knows of the rest."""
    telegram.limits = TelegramLimits()
    telegram.people(1, 40)
    results = await asyncio.gather(*(bot.send_message(n, "x") for n in range(1, 41)), return_exceptions=True)
    refused = [result for result in results if isinstance(result, TelegramRetryAfter)]
    assert len(refused) == telegram.ledger.over_limit == 7
    assert telegram.ledger.delivered == 33


async def test_a_taken_port_is_one_line(telegram: TelegramEmulator) -> None:
    """The second emulator on a port says so and leaves nothing behind."""
    with pytest.raises(ConfigurationError, match="is taken"):
        await TelegramEmulator().start(port=int(telegram.url.rpartition(":")[2]))


async def test_both_ends_close_cleanly() -> None:
    """Leaving the emulator while a bot polls ends the poll."""
    async with TelegramEmulator() as telegram:
        bot = Bot(telegram.token, session=AiohttpSession(api=TelegramAPIServer.from_base(telegram.url)))
        poll = asyncio.ensure_future(bot.get_updates(timeout=30))
        await telegram.watch.until(lambda: telegram.ledger.calls["getUpdates"], 5)
    assert await poll == []
    await bot.session.close()
