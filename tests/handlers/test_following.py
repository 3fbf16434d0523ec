"""Those who follow a story are told of its developments, each once."""

from __future__ import annotations

import dataclasses

import pytest
from acting import fill
from prometheus_client import CollectorRegistry

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.deliver.following import Following
from bot.deliver.metrics import Metrics
from bot.model import Development, Platform, Preferences, Recipient, Subscriber
from bot.newsroom import Newsroom
from bot.store import Store
from bot.store.editions import Editions
from bot.store.follows import Follows
from bot.store.links import Links

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


@pytest.mark.parametrize(
    ("here", "there", "told"),
    [
        ({"active": True}, {}, "telegram"),
        ({}, {"active": True}, "vk"),
        ({}, {}, "telegram"),
        ({"active": True, "closed": True}, {}, "vk"),
        ({"active": True, "closed": True}, {"closed": True}, ""),
    ],
    ids=["digests-here", "digests-there", "no-digests", "here-is-closed", "both-are-closed"],
)
async def test_one_person_on_two_platforms_is_told_once(
    store: Store, clock: MovableClock, analyst: Analyst, here: dict[str, bool], there: dict[str, bool], told: str
) -> None:
    """Both sides follow, as linked chats do: the development comes where the digests come, or where it can."""
    await fill(Newsroom(store, analyst, clock), clock, ("d015",))
    (story,) = await store.stories.recent(1)
    follows = Follows(store.client, store.sessions)
    for person, state in ((ANNA, here), (IVAN, there)):
        await store.subscribers.put(Subscriber(recipient=person, active=state.get("active", False)))
        if state.get("closed"):
            await store.subscribers.pause(person, "blocked")
        await follows.follow(person, story.id)
    await Links(store.client).link(ANNA, IVAN)
    news = Development(kind="penalty", before="", after="1 млн ₽", at=clock.now())
    developed = dataclasses.replace(story, revision=story.revision + 1, developments=(news,), updated=clock.now())
    await Following(store, clock=clock, metrics=Metrics(CollectorRegistry())).hear(developed)
    counts = {
        platform.value: await store.editions.counts(f"follow.{story.id}.{developed.revision}.{platform}.ru.0") for platform in Platform
    }
    assert {platform: found.waiting for platform, found in counts.items() if found is not None} == ({told: 1} if told else {})


async def test_an_alert_on_one_platform_is_not_repeated_on_the_other(store: Store, clock: MovableClock, analyst: Analyst) -> None:
    """She gets alerts in Telegram and pressed «Следить» in VK: an important development comes as the alert alone."""
    await fill(Newsroom(store, analyst, clock), clock, ("d015",))
    (story,) = await store.stories.recent(1)
    await store.subscribers.put(Subscriber(recipient=ANNA, active=True, preferences=Preferences(alerts=True)))
    await store.subscribers.put(Subscriber(recipient=IVAN))
    await Links(store.client).link(ANNA, IVAN)
    await Follows(store.client, store.sessions).follow(IVAN, story.id)
    developed = dataclasses.replace(story, revision=story.revision + 1, updated=clock.now(), importance=0.9)
    await Following(store, clock=clock, metrics=Metrics(CollectorRegistry()), important=0.7).hear(developed)
    assert [await store.editions.get(f"follow.{story.id}.{developed.revision}.{one}.ru.0") for one in Platform] == [None, None]
