"""Those who follow a story are told of its developments, each once."""

from __future__ import annotations

import dataclasses

from acting import fill
from prometheus_client import CollectorRegistry

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.deliver.following import Following
from bot.deliver.metrics import Metrics
from bot.model import Development, Platform, Recipient
from bot.newsroom import Newsroom
from bot.store import Store
from bot.store.editions import Editions
from bot.store.follows import Follows

ANNA = Recipient(platform=Platform.TELEGRAM, id=7)
IVAN = Recipient(platform=Platform.VK, id=8)


async def test_followers_are_told_of_a_development_once(store: Store, clock: MovableClock, analyst: Analyst) -> None:
    """One edition a platform, for followers alone; hearing the story again makes no second one; who forgot us gets nothing."""
    await fill(Newsroom(store, analyst, clock), clock, ("d015",))
    (story,) = await store.stories.recent(1)
    follows = Follows(store.client, store.sessions)
    for person in (ANNA, IVAN):
        await follows.follow(person, story.id)
    await follows.forget(IVAN)
    assert await follows.of(ANNA) == (story.id,)
    assert await follows.of(IVAN) == ()
    news = Development(kind="penalty", before="", after="1 млн ₽", at=clock.now())
    developed = dataclasses.replace(story, revision=story.revision + 1, developments=(news,), updated=clock.now())
    following = Following(store, clock=clock, metrics=Metrics(CollectorRegistry()))
    for _ in range(2):
        await following.hear(developed)
    editions = Editions(store.client)
    name = f"follow.{story.id}.{developed.revision}."
    edition = await editions.get(f"{name}telegram.ru.0")
    assert edition is not None
    assert "Развитие" in str(edition.message.parts[0].payload["text"])
    assert "1 млн" in str(edition.message.parts[0].payload["text"])
    counts = await editions.counts(edition.id)
    assert counts is not None
    assert counts.waiting == 1
    assert await editions.get(f"{name}vk.ru.0") is None
