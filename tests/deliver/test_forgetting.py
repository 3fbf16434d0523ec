"""Who asks to be forgotten leaves every queue at once, and nothing of them stays in the store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.model import Outcome, Platform, Preferences, Recipient, Schedule, Subscriber
from bot.platforms.telegram_mail import TelegramSender
from bot.playground.faults import Fault, Kind
from bot.playground.telegram.server import TelegramEmulator
from bot.store import Store
from bot.store.follows import Follows
from bot.store.links import Links
from bot.store.reminders import Mark
from tests.deliver.conftest import Desk, running

TG = Platform.TELEGRAM
ANNA = Recipient(platform=TG, id=4242424)


async def everything(store: Store) -> AsyncIterator[bytes]:
    """Every key of the store, and every value as the server serialises it."""
    async for key in store.client.scan_iter(count=1000):
        kind = (await store.client.type(key)).decode()
        yield key
        match kind:
            case "string":
                yield await store.client.get(key)
            case "hash":
                for pair in (await store.client.hgetall(key)).items():
                    yield b" ".join(pair)
            case "set":
                yield b" ".join(await store.client.smembers(key))
            case "zset":
                yield b" ".join(await store.client.zrange(key, 0, -1))
            case "stream":
                yield repr(await store.client.xrange(key)).encode()


async def test_nothing_of_a_forgotten_person_is_left(desk: Desk, store: Store) -> None:
    """Subscription, link, follows, what they heard in another audience, what was sent to them and what is still to be sent."""
    other = Recipient(platform=Platform.VK, id=7)
    first = Subscriber(recipient=ANNA, preferences=Preferences(alerts=True), active=True)
    await store.subscribers.put(first)
    (audience,) = [one async for one in store.subscribers.audiences()]
    await store.agenda.told_until(audience.id, store.clock.now())
    await store.reminders.keep(audience.id, store.clock.now().date(), {"t1": Mark("2026-03-01", "s1", (30,))}, ())
    await store.subscribers.put(replace(first, preferences=Preferences(schedule=Schedule(times=("12:00",)))))
    await store.subscribers.put(Subscriber(recipient=other))
    await Links(store.client).link(ANNA, other)
    await Follows(store.client, store.sessions).follow(ANNA, "s1")
    await desk.queue("waiting", TG, [5, ANNA.id, 6])
    assert [text async for text in everything(store) if b"4242424" in text]
    kept = await store.deliveries(ANNA)
    assert kept["editions"] == ["waiting"]
    assert kept["came_from"] is not None
    assert kept["reminded"] == {"t1": "2026-03-01"}
    await store.forget(ANNA, ANNA)
    assert not [text async for text in everything(store) if b"4242424" in text]
    counts = await store.editions.counts("waiting")
    assert counts is not None
    assert (counts.waiting, counts.outcomes[Outcome.GONE], counts.reasons) == (2, 1, {"forgotten": 1})


@pytest.mark.parametrize("ids", [[1, 2, 3], [2]], ids=["among-others", "alone"])
async def test_nothing_is_sent_to_who_was_forgotten_in_the_middle(
    desk: Desk, telegram: TelegramEmulator, telegram_sender: TelegramSender, ids: list[int]
) -> None:
    """Their batch is in a sender's hands already, and waits because the platform is away; the others get it once it is back."""
    telegram.people(1, 3)
    telegram.faults.add(Fault(kind=Kind.FLOOD, method="sendMessage", seconds=1))
    await desk.queue("e", TG, ids)
    mailer = desk.mailer(telegram_sender, rate=20)
    async with running(mailer):
        await telegram.watch.until(lambda: telegram.ledger.refused[429] >= 1, 5)
        assert await desk.editions.forget(Recipient(platform=TG, id=2), desk.clock.now()) == 1
        counts = await desk.finished("e")
    assert [len(telegram.ledger.messages(number)) for number in (1, 2, 3)] == [int(number in ids and number != 2) for number in (1, 2, 3)]
    assert counts.outcomes[Outcome.GONE] == 1
    assert mailer.idle
    assert desk.registry.get_sample_value("vestnik_held", {"platform": "telegram"}) == 0
