"""Those who follow a story are told of its developments, each once."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from acting import fill
from prometheus_client import CollectorRegistry

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.deliver.alerts import Alerts
from bot.deliver.following import Following
from bot.deliver.metrics import Metrics
from bot.model import Development, Filter, Platform, Preferences, Recipient, Story, Subscriber
from bot.newsroom import Newsroom
from bot.store import Store
from bot.store.editions import Editions
from bot.store.follows import Follows
from bot.store.links import Links
from tests.store.contents import everything

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
    story = await developed(store, clock, analyst, importance=0.9)
    await store.subscribers.put(Subscriber(recipient=ANNA, active=True, preferences=Preferences(alerts=True)))
    await store.subscribers.put(Subscriber(recipient=IVAN))
    await Links(store.client).link(ANNA, IVAN)
    await Follows(store.client, store.sessions).follow(IVAN, story.id)
    metrics = Metrics(CollectorRegistry())
    alerted = await Alerts(store, clock=clock, metrics=metrics).hear(story)
    assert len(alerted) == 1
    await Following(store, clock=clock, metrics=metrics).hear(story, alerted=alerted)
    assert await told(store, story) == {}


@pytest.mark.parametrize("why", ["profile", "enough"])
async def test_an_alert_that_does_not_come_keeps_no_follower_in_the_dark(
    why: str, store: Store, clock: MovableClock, analyst: Analyst
) -> None:
    """She wants alerts, but not of such stories, or has had all of today's: what she follows is told all the same."""
    story = await developed(store, clock, analyst, importance=0.9)
    wishes = Preferences(alerts=True, filter=Filter(messengers=("Skype",)) if why == "profile" else Filter())
    await store.subscribers.put(Subscriber(recipient=ANNA, active=True, preferences=wishes))
    await Follows(store.client, store.sessions).follow(ANNA, story.id)
    metrics = Metrics(CollectorRegistry())
    alerted = await Alerts(store, clock=clock, metrics=metrics, most=0 if why == "enough" else 3).hear(story)
    await Following(store, clock=clock, metrics=metrics).hear(story, alerted=alerted)
    assert await told(store, story) == {"telegram": 1}


async def test_one_more_outlet_is_told_to_nobody(store: Store, clock: MovableClock, analyst: Analyst) -> None:
    """Who follows a story hears of what happens in it, not of who else wrote the same."""
    story = await developed(store, clock, analyst, kind="source", after="НСН")
    await Follows(store.client, store.sessions).follow(ANNA, story.id)
    await Following(store, clock=clock, metrics=Metrics(CollectorRegistry())).hear(story)
    assert await told(store, story) == {}


async def test_developments_of_the_night_wait_for_the_morning(store: Store, clock: MovableClock, analyst: Analyst) -> None:
    """In quiet hours across midnight nothing comes; at their end one message tells all of it, once. Who is forgotten meanwhile gets nothing."""
    quiet = Preferences(quiet=("23:00", "08:00"))
    for person in (ANNA, IVAN):
        await store.subscribers.put(Subscriber(recipient=person, preferences=quiet))
    clock.move_to(dt.datetime(2026, 2, 10, 20, 30, tzinfo=dt.UTC))  # half past eleven in Moscow
    story = await developed(store, clock, analyst)
    following, follows = Following(store, clock=clock, metrics=Metrics(CollectorRegistry())), Follows(store.client, store.sessions)
    for person in (ANNA, IVAN):
        await follows.follow(person, story.id)
    await following.hear(story)
    clock.move_to(dt.datetime(2026, 2, 11, 1, 0, tzinfo=dt.UTC))
    later = Development(kind="stage", before="planned", after="adopted", at=clock.now())
    story = dataclasses.replace(story, revision=story.revision + 1, developments=(*story.developments, later), updated=clock.now())
    cluster = await store.stories.cluster(story.id)
    assert cluster is not None
    await store.stories.put(dataclasses.replace(cluster, story=story), previous=cluster)
    await following.hear(story)
    await following.release()
    assert await told(store, story) == {}
    assert (await store.deliveries(ANNA))["held"] == {story.id: "2026-02-11T05:00:00+00:00"}
    await store.forget(IVAN, IVAN)
    assert str(IVAN).encode() not in await everything(store.client)
    clock.move_to(dt.datetime(2026, 2, 11, 5, 0, tzinfo=dt.UTC))
    for _ in range(2):
        await following.release()
    assert await told(store, story) == {"telegram": 1}
    (name,) = [name for name, _ in await store.editions.telling(story.id)]
    edition = await store.editions.get(name)
    assert edition is not None
    text = str(edition.message.parts[0].payload["text"])
    assert "1 млн" in text
    assert "было: проект" in text


async def developed(
    store: Store, clock: MovableClock, analyst: Analyst, *, kind: str = "penalty", after: str = "1 млн ₽", importance: float = 0.5
) -> Story:
    """A stored story in which something has just happened."""
    await fill(Newsroom(store, analyst, clock), clock, ("d015",))
    (story,) = await store.stories.recent(1)
    news = Development(kind=kind, before="", after=after, at=clock.now())
    story = dataclasses.replace(story, revision=1, developments=(news,), updated=clock.now(), importance=importance)
    cluster = await store.stories.cluster(story.id)
    assert cluster is not None
    await store.stories.put(dataclasses.replace(cluster, story=story), previous=cluster)
    return story


async def told(store: Store, story: Story) -> dict[str, int]:
    """How many followers are told of a story, by platform."""
    found: dict[str, int] = {}
    for name, _ in await store.editions.telling(story.id):
        edition, counts = await store.editions.get(name), await store.editions.counts(name)
        if name.startswith("follow.") and edition is not None and counts is not None:
            found[edition.platform.value] = found.get(edition.platform.value, 0) + counts.recipients
    return found
