"""The shared pacer: rates, pauses, replies first, limits of chats, the server's clock."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.model import Platform
from bot.settings import Settings
from bot.store import Store, keys
from bot.store.pacer import Limits, Pacer, limits_for

TG = Platform.TELEGRAM


def pacer(store: Store, **limits: float) -> Pacer:
    return Pacer(store.client, TG, Limits(**{"rate": 1000.0, **limits}))  # type: ignore[arg-type]


async def drain(pacer: Pacer, seconds: float, moments: list[float]) -> None:
    """Takes whatever is granted, as a mailing does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        taken = await pacer.take([0] * 20)
        moments += [time.monotonic()] * len(taken.granted)
        await asyncio.sleep(max(taken.wait, 0.001))


async def test_three_processes_share_one_rate(store: Store) -> None:
    """Together they use nearly all of it and no second holds more than the platform allows."""
    moments: list[float] = []
    await asyncio.gather(*(drain(pacer(store, rate=60), 2.5, moments) for _ in range(3)))
    moments.sort()
    assert len(moments) > 60 * 2.5 * 0.93
    assert all(later - earlier >= 0.995 for earlier, later in zip(moments, moments[60:], strict=False))


async def test_nothing_is_granted_during_a_pause(store: Store) -> None:
    """A pause stops another process for exactly as long as was asked, and a shorter one does not end it."""
    first, second = pacer(store), pacer(store)
    began = time.monotonic()
    await first.pause(0.4)
    await first.pause(0.05)
    taken = await second.take([0])
    assert taken.paused
    assert taken.wait == pytest.approx(0.4, abs=0.05)
    await second.reply()
    assert 0.4 <= time.monotonic() - began < 0.55


async def test_a_pause_holds_when_the_servers_clock_leaps(store: Store) -> None:
    """Whoever knows of a pause keeps it by the machine's own monotonic clock."""
    one = pacer(store)
    await one.pause(0.3)
    await store.client.hset(keys.PACER(TG), "until", "0")
    assert (await one.take([0])).paused


async def test_a_pause_holds_when_the_servers_clock_is_set_back(store: Store) -> None:
    """What is left to wait stays what it was, neither longer nor shorter."""
    future = (time.time() + 3600) * 1000
    await store.client.hset(keys.PACER(TG), mapping={"last": f"{future:.3f}", "until": f"{future + 2000:.3f}", "tat": f"{future:.3f}"})
    await store.client.expire(keys.PACER(TG), 100)
    taken = await pacer(store).take([0])
    assert taken.paused
    assert taken.wait == pytest.approx(2.0, abs=0.1)


async def test_replies_go_ahead_of_mailings(store: Store) -> None:
    """While a mailing takes all it can, a reply waits for one token at most, not for its turn."""
    one, moments = pacer(store, rate=20), list[float]()
    mailing = asyncio.create_task(drain(pacer(store, rate=20), 1.5, moments))
    await asyncio.sleep(0)
    waits = [await one.reply() for _ in range(8)]
    await mailing
    assert max(waits) < 0.12


async def test_one_message_a_second_to_a_chat(store: Store) -> None:
    """A second message to the same chat is blocked and says for how long; other chats go on."""
    one = pacer(store, rate=100_000, chat_gap=1.0)
    assert (await one.take([1, 2])).granted == (0, 1)
    taken = await one.take([1, 3])
    assert taken.granted == (1,)
    ((index, wait),) = taken.blocked
    assert index == 0
    assert 0.8 < wait <= 1.0


async def test_twenty_messages_a_minute_to_a_group(store: Store) -> None:
    """The limit counts groups alone, by their negative ids."""
    one = pacer(store, rate=100_000, group_limit=3)
    granted = [len((await one.take([-5])).granted) for _ in range(5)]
    assert granted == [1, 1, 1, 0, 0]
    assert (await one.take([-5])).blocked[0][1] > 50
    assert [len((await one.take([5])).granted) for _ in range(5)] == [1] * 5


async def test_the_rate_falls_when_refused_again_and_recovers(store: Store) -> None:
    """One refusal only pauses; the next within a minute lowers the rate; a calm time raises it."""
    one = pacer(store)
    await one.pause(0.01)
    await asyncio.sleep(0.02)
    assert (await one.take([0])).level == 1
    struck = (time.time() - 10) * 1000
    await store.client.hset(keys.PACER(TG), "struck", f"{struck:.3f}")
    await one.pause(0.01)
    await asyncio.sleep(0.02)
    lowered = (await one.take([0])).level
    assert lowered == pytest.approx(0.9)
    await store.client.hset(keys.PACER(TG), "calm", f"{struck:.3f}")
    assert (await one.take([0])).level == pytest.approx(0.93)


async def test_calls_in_flight_together_are_one_refusal(store: Store) -> None:
    """Ten refusals of one moment do not lower the rate ten times."""
    one = pacer(store)
    for _ in range(10):
        await one.pause(0.01)
    await asyncio.sleep(0.02)
    assert (await one.take([0])).level == 1


def test_limits_leave_less_than_two_hundredths_unused() -> None:
    """Telegram's 30 a second are used to 98 in a hundred at least."""
    limits = limits_for(TG, Settings(_env_file=None))
    assert limits.paced >= 0.98 * 30
