"""Who asks to be forgotten leaves every queue at once, and nothing of them stays in the store."""

from __future__ import annotations

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
from tests.store.contents import everything

TG = Platform.TELEGRAM
ANNA = Recipient(platform=TG, id=4242424)


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
    assert b"4242424" in await everything(store.client)
    kept = await store.deliveries(ANNA)
    assert kept["editions"] == ["waiting"]
    assert kept["came_from"] is not None
    assert kept["reminded"] == {"t1": "2026-03-01"}
    await store.forget(ANNA, ANNA)
    kept_still = await everything(store.client)
    assert b"4242424" not in kept_still
    assert b"vk:7" not in kept_still
    assert await store.subscribers.get(other) is None
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
