"""A word to all reaches every active subscriber of both platforms, and nobody else."""

from __future__ import annotations

from prometheus_client import CollectorRegistry

from bot.clock import MovableClock
from bot.deliver.announcing import Announcer
from bot.deliver.metrics import Metrics
from bot.model import Platform, Preferences, Recipient, Subscriber
from bot.store import Store
from bot.store.editions import Editions


async def test_all_who_are_subscribed_are_told(store: Store, clock: MovableClock) -> None:
    """Whatever their settings; who unsubscribed is left in peace."""
    for number in range(1, 6):
        for platform in Platform:
            await store.subscribers.put(
                Subscriber(
                    recipient=Recipient(platform=platform, id=number),
                    preferences=Preferences(language="en" if number % 2 else "ru"),
                    active=number != 5,
                )
            )
    announcer = Announcer(store, clock=clock, metrics=Metrics(CollectorRegistry()))
    assert await announcer.send("Завтра с 2 до 3 часов бот не отвечает.\n\nПричина: __замена__ дисков.\nПростите.", "one") == 8
    (name,) = await store.editions.holding(Recipient(platform=Platform.TELEGRAM, id=1))
    edition = await store.editions.get(name)
    assert edition is not None
    (part,) = edition.message.parts
    assert part.payload["text"] == "Завтра с 2 до 3 часов бот не отвечает.\n\nПричина: __замена__ дисков.\nПростите."
    assert [button["text"] for row in part.payload["reply_markup"]["inline_keyboard"] for button in row] == ["Digest", "Settings"]


async def test_a_word_broken_off_halfway_is_finished_without_repeats(store: Store, clock: MovableClock) -> None:
    """The first audience was queued when the process died; the second pass, by another process, tells only the rest."""
    for number, language in ((1, "ru"), (2, "en")):
        await store.subscribers.put(
            Subscriber(recipient=Recipient(platform=Platform.TELEGRAM, id=number), preferences=Preferences(language=language), active=True)
        )
        assert await Announcer(store, clock=clock, metrics=Metrics(CollectorRegistry())).send("Простите.", "one") == number
    editions = Editions(store.client)
    assert [len(await editions.holding(Recipient(platform=Platform.TELEGRAM, id=number))) for number in (1, 2)] == [1, 1]
