"""A post in a channel or a conversation is edited in place when its story develops within the day, instead of a new message."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from pydantic import SecretStr

from bot.clock import MovableClock
from bot.deliver.alerts import Alerts
from bot.deliver.following import Following
from bot.deliver.posts import LivePosts
from bot.deliver.sender import Mailer
from bot.model import Development, Platform, Preferences, Recipient, Story, Subscriber
from bot.platforms.telegram_mail import TelegramSender
from bot.platforms.vk import VkClient, VkSender
from bot.playground.telegram.limits import TelegramLimits
from bot.playground.telegram.server import TelegramEmulator
from bot.playground.vk.server import VkEmulator
from bot.settings import Settings
from bot.store import Store
from bot.store.follows import Follows
from bot.store.outages import Outages
from bot.store.pacer import Limits, Pacer
from bot.store.posts import Posts
from tests.deliver.conftest import running
from tests.deliver.test_scheduler import HOUR, TG, VK, Bench, story

CHANNEL = Recipient(platform=TG, id=-1005)
TALK = Recipient(platform=VK, id=2_000_000_001)
PERSON = Recipient(platform=TG, id=7)
ALERTED = Preferences(alerts=True)


class Channels(Bench):
    """Both platforms, with a channel, a conversation and a person who are told the same."""

    def __init__(self, store: Store, clock: MovableClock, emulators: dict[Platform, TelegramEmulator | VkEmulator]) -> None:
        super().__init__(store, clock)
        self.emulators = emulators
        self.live = LivePosts(store, clock=clock, metrics=self.metrics)
        self.alerts = Alerts(store, clock=clock, metrics=self.metrics)
        self.followers = Following(store, clock=clock, metrics=self.metrics)

    async def join(self, preferences: Preferences = ALERTED) -> None:
        for one in (CHANNEL, TALK, PERSON):
            await self.store.subscribers.put(Subscriber(recipient=one, preferences=preferences, active=True))

    async def hear(self, one: Story) -> None:
        """What follows when a story has something new."""
        await self.tell(one)
        edited = await self.live.hear(one)
        await self.followers.hear(one, without=edited)
        await self.alerts.hear(one, without=edited)
        await self.sent()

    async def sent(self) -> None:
        """Waits until all that is queued was sent."""
        for platform in Platform:
            async with asyncio.timeout(10):
                while (await self.store.outbox.sizes(platform))[0]:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)  # the queue is emptied by other tasks

    def texts(self, recipient: Recipient) -> list[str]:
        return [message.text for message in self.emulators[recipient.platform].ledger.messages(recipient.id)]

    def edits(self, recipient: Recipient) -> list[int]:
        return [len(message.edits) for message in self.emulators[recipient.platform].ledger.messages(recipient.id)]


@pytest.fixture
async def bench(store: Store, clock: MovableClock, settings: Settings) -> AsyncIterator[Channels]:
    async with TelegramEmulator(limits=TelegramLimits.none(), clock=clock) as telegram, VkEmulator(calls_a_second=None, clock=clock) as vk:
        telegram.group(CHANNEL.id, kind="channel")
        telegram.people(7, 1)
        vk.conversation(1)
        made = Channels(store, clock, {TG: telegram, VK: vk})
        changes = {
            "telegram_token": SecretStr(telegram.token),
            "telegram_api_url": telegram.url,
            "vk_token": SecretStr(vk.token),
            "vk_api_url": vk.url,
        }
        settings = settings.model_copy(update=changes)
        senders = (TelegramSender(settings), VkSender(VkClient(settings)))
        mailers = [
            Mailer(
                store.editions,
                store.outbox,
                store.subscribers,
                sender,
                Pacer(store.client, sender.platform, Limits(rate=500)),
                seals=store.seals,
                outages=Outages(store.client, sender.platform),
                clock=clock,
                metrics=made.metrics,
                posts=Posts(store.client),
            )
            for sender in senders
        ]
        async with running(*mailers):
            yield made
        for sender in senders:
            await sender.close()


def developed(one: Story, now: dt.datetime, fine: str = "1 млн ₽") -> Story:
    news = Development(kind="penalty", after=fine, at=now)
    return replace(one, revision=one.revision + 1, updated=now, developments=(*one.developments, news))


async def test_a_channel_is_edited_and_people_are_written_to(bench: Channels) -> None:
    """An alert, then two developments: the channel and the conversation have one message, edited twice, the person three."""
    await bench.join()
    one = story("a", bench.clock.now(), importance=0.9)
    await bench.hear(one)
    for fine in ("1 млн ₽", "2 млн ₽"):
        bench.clock.move_to(bench.clock.now() + HOUR)
        one = developed(one, bench.clock.now(), fine)
        await bench.hear(one)
        await bench.hear(one)  # heard again: nothing more happens
    for chat in (CHANNEL, TALK):
        (text,) = bench.texts(chat)
        assert "1 млн" in text
        assert "2 млн" in text
        assert bench.edits(chat) == [2]
    assert len(bench.texts(PERSON)) == 3
    assert bench.edits(PERSON) == [0, 0, 0]


async def test_the_story_is_changed_in_its_place_in_a_digest(bench: Channels) -> None:
    """Three stories; the second develops, then the third: the others and the heading stay as they were."""
    await bench.join(Preferences())
    scheduler = bench.scheduler()
    await scheduler.tick()
    stories = [story(name, bench.clock.now(), importance=weight) for name, weight in (("a", 0.6), ("b", 0.5), ("c", 0.4))]
    await bench.tell(*stories)
    bench.clock.move_to(bench.clock.now() + 24 * HOUR)
    await scheduler.tick()
    await bench.sent()
    before = bench.texts(CHANNEL)[0]
    for one, fine in ((stories[1], "1 млн ₽"), (stories[2], "3 млн ₽")):
        bench.clock.move_to(bench.clock.now() + HOUR)
        await bench.hear(developed(one, bench.clock.now(), fine))
    for chat in (CHANNEL, TALK):
        (after,) = bench.texts(chat)
        assert bench.edits(chat) == [2]
        places = [after.index(word) for word in ("1. Сюжет a", "2. Сюжет b", "1 млн", "3. Сюжет c", "3 млн", "Следующий выпуск")]
        assert places == sorted(places)
    assert before.splitlines()[0] == bench.texts(CHANNEL)[0].splitlines()[0]
    pressed = [bench.emulators[TG].ledger.messages(CHANNEL.id)[0].buttons, bench.emulators[VK].ledger.messages(TALK.id)[0].buttons]
    cards = [f"{number} · Подробнее" for number in (1, 2, 3)]
    assert [[label for label in labels if "Подробнее" in label] for labels in pressed] == [cards, cards]


@pytest.mark.parametrize("why", ["a-day-later", "switched-off"])
async def test_otherwise_a_new_message_comes(bench: Channels, why: str) -> None:
    """After a day, or where the chat does not want edits: the development is written as to everybody."""
    await bench.join(replace(ALERTED, live=why != "switched-off"))
    one = story("a", bench.clock.now(), importance=0.9)
    await bench.hear(one)
    bench.clock.move_to(bench.clock.now() + (25 * HOUR if why == "a-day-later" else HOUR))
    await bench.hear(developed(one, bench.clock.now()))
    for chat in (CHANNEL, TALK):
        assert len(bench.texts(chat)) == 2
        assert bench.edits(chat) == [0, 0]


async def test_a_group_that_follows_is_not_told_twice(bench: Channels) -> None:
    """It has the post of the day: that is edited, and no message of the follow comes."""
    await bench.join()
    one = story("a", bench.clock.now(), importance=0.9)
    await bench.hear(one)
    await Follows(bench.store.client, bench.store.sessions).follow(CHANNEL, "a")
    bench.clock.move_to(bench.clock.now() + HOUR)
    await bench.hear(developed(one, bench.clock.now()))
    assert (len(bench.texts(CHANNEL)), bench.edits(CHANNEL)) == (1, [1])


async def test_a_post_that_was_deleted_is_nobodys_trouble(bench: Channels) -> None:
    """The edit is refused: it is not tried again, and nothing else stops."""
    await bench.join()
    one = story("a", bench.clock.now(), importance=0.9)
    await bench.hear(one)
    ledger = bench.emulators[TG].ledger
    ledger.messages(CHANNEL.id)[0].deleted = True
    bench.clock.move_to(bench.clock.now() + HOUR)
    await bench.hear(developed(one, bench.clock.now()))
    assert len(bench.texts(PERSON)) == 2
    assert bench.edits(TALK) == [1]
    assert ledger.refused[400] == 1
