"""A word to all reaches every active subscriber of both platforms, and nobody else."""

from __future__ import annotations

from prometheus_client import CollectorRegistry

from bot.clock import MovableClock
from bot.deliver.announcing import Announcer
from bot.deliver.metrics import Metrics
from bot.model import Platform, Preferences, Recipient, Subscriber
from bot.store import Store


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
    assert await announcer.send("Завтра с 2 до 3 часов бот не отвечает.\nПростите.") == 8
