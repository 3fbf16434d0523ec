"""Buttons of what is mailed: sealed once an edition, pressed by each in their own chat."""

from __future__ import annotations

import datetime as dt
import json
import re

from acting import NEWS, Stage, fill
from prometheus_client import CollectorRegistry

from bot.deliver.correcting import Corrector
from bot.deliver.metrics import Metrics
from bot.deliver.scheduler import Scheduler
from bot.deliver.sender import Mailer
from bot.digest.editing import Field
from bot.model import Platform, Recipient
from bot.platforms.telegram_mail import TelegramSender
from bot.platforms.vk import VkClient, VkSender
from bot.playground.site.edition import read_records
from bot.store.keys import LEAVES
from bot.store.outages import Outages
from bot.store.pacer import Limits, Pacer
from handlers.dialogue.topics import MAILED
from tests.deliver.conftest import running
from tests.handlers.test_paging import headlines, numbers


async def mail(stage: Stage) -> None:
    """An edition for everybody, sent as the role `sender` sends it."""
    store, metrics = stage.store, Metrics(CollectorRegistry())
    sender = TelegramSender(stage.settings) if stage.platform is Platform.TELEGRAM else VkSender(VkClient(stage.settings))
    mailer = Mailer(
        store.editions,
        store.outbox,
        store.subscribers,
        sender,
        Pacer(store.client, stage.platform, Limits(rate=500)),
        seals=store.seals,
        outages=Outages(store.client, stage.platform),
        clock=stage.clock,
        metrics=metrics,
    )
    made = await Scheduler(store, clock=stage.clock, metrics=metrics).publish()
    assert made.recipients == 2
    async with running(mailer):
        for number in (7, 8):
            await stage.emulator.watch.until(
                lambda number=number: any("Настроить" in one.buttons for one in stage.emulator.ledger.messages(number)), 10
            )
    await sender.close()


async def test_each_reader_presses_the_same_button_in_their_own_chat(stage: Stage) -> None:
    """The edition is one for both and so are its buttons; a press changes the settings of who pressed, and nobody else's."""
    anna, ivan = stage.person(7), stage.person(8)
    for person in (anna, ivan):
        person.say("/subscribe")
        await person.expect("Готово")
    await Scheduler(stage.store, clock=stage.clock, metrics=Metrics(CollectorRegistry())).tick()
    stage.clock.move_to(stage.clock.now() + dt.timedelta(hours=12))
    await fill(stage.newsroom, stage.clock)
    await mail(stage)
    hers, his = (next(one for one in reversed(person.messages) if "Настроить" in one.buttons) for person in (anna, ivan))
    carried = [[key.data for row in one.keyboard.rows for key in row if key.data] for one in (hers, his)]
    assert carried[0] == carried[1]
    actions = [(json.loads(data)["action"] if data.startswith("{") else data) for data in carried[0]]
    assert all(len(action.encode()) <= 64 for action in actions)
    ring = await stage.store.seals.ring()
    opened = [ring.open(action, Recipient(platform=stage.platform, id=7)) for action in actions]
    assert all(one is not None and one.shared and one.action.partition(":")[0] in MAILED for one in opened)
    ivan.press("Настроить", message=his)
    page = await ivan.expect("Настройки")
    ivan.press("Дни", message=page)
    days = await ivan.expect("Выберите или напишите дни")
    ivan.press("По будням", message=days)
    await ivan.expect("по будням")
    kept = [await stage.store.subscribers.get(Recipient(platform=stage.platform, id=number)) for number in (7, 8)]
    assert [one.preferences.schedule.days for one in kept if one] == ["daily", "weekdays"]
    anna.press("1", message=hers)
    await anna.expect("Источники")
    # What Ivan's own keyboard carries changes nothing in Anna's chat.
    weekdays = next(key.data for row in days.keyboard.rows for key in row if key.text.endswith("По будням"))
    assert "устарела" in await anna.press_data(weekdays, hers).answered()
    first = await stage.store.subscribers.get(Recipient(platform=stage.platform, id=7))
    assert first is not None
    assert first.preferences.schedule.days == "daily"


async def test_a_long_edition_is_leafed_through(stage: Stage) -> None:
    """Five stories at a time, each with its buttons, in one message that is edited; the other reader's stays on the page they read."""
    anna, ivan = stage.person(7), stage.person(8)
    for person in (anna, ivan):
        person.say("/subscribe")
        await person.expect("Готово")
    names = [record["id"] for record in read_records("articles.jsonl")[:60]]
    await Scheduler(stage.store, clock=stage.clock, metrics=Metrics(CollectorRegistry())).tick()
    stage.clock.move_to(stage.clock.now() + dt.timedelta(days=3))
    await fill(stage.newsroom, stage.clock, tuple(dict.fromkeys((*NEWS, *names))))
    await mail(stage)
    hers, his = (next(one for one in reversed(person.messages) if "Настроить" in one.buttons) for person in (anna, ivan))
    assert numbers(hers.text) == [1, 2, 3, 4, 5]
    assert sum(bool(numbers(one.text)) for one in anna.messages) == 1
    whole, seen, before = "1 · Подробнее" if stage.platform is Platform.TELEGRAM else "1", numbers(hers.text), his.text
    assert whole in hers.buttons
    while forward := next((label for label in hers.buttons if label.endswith("›")), ""):
        anna.press(forward, message=hers)
        place = seen[-1] + 1
        hers = await anna.expect(lambda message, place=place: numbers(message.text)[:1] == [place])
        seen += numbers(hers.text)
    assert seen == list(range(1, len(seen) + 1))
    assert len(seen) > 5
    assert "Настроить" in hers.buttons
    # A last page of one story has its buttons without its number.
    anna.press(next(label for label in hers.buttons if label.startswith((str(seen[-1]), "Подробнее"))), message=hers)
    await anna.expect("Источники")
    assert his.text == before
    async for key in stage.store.client.scan_iter(match=LEAVES.pattern):
        await stage.store.client.delete(key)
    assert "устарела" in await ivan.press("2/", message=his).answered()


async def test_the_pages_of_an_edition_follow_corrections(stage: Stage) -> None:
    """A story that was withdrawn says so on whatever page it stands, one that was corrected reads as it stands now, in place."""
    anna, ivan = stage.person(7), stage.person(8)
    for person in (anna, ivan):
        person.say("/subscribe")
        await person.expect("Готово")
    names = [record["id"] for record in read_records("articles.jsonl")[:60]]
    await Scheduler(stage.store, clock=stage.clock, metrics=Metrics(CollectorRegistry())).tick()
    stage.clock.move_to(stage.clock.now() + dt.timedelta(days=3))
    await fill(stage.newsroom, stage.clock, tuple(dict.fromkeys((*NEWS, *names))))
    await mail(stage)
    first = next(one for one in reversed(anna.messages) if "Настроить" in one.buttons)
    anna.press("2/", message=first)
    second = await anna.expect(lambda message: numbers(message.text)[:1] == [6])
    was, shown = second.text, headlines(second.text)
    told = {story.headline: story for story in await stage.store.stories.recent(200)}
    editor = Corrector(stage.store, clock=stage.clock, metrics=Metrics(CollectorRegistry()))
    stage.clock.move_to(stage.clock.now() + dt.timedelta(hours=2))
    await editor.retract(told[shown[0]].id)
    await editor.correct(told[shown[1]].id, Field.HEADLINE, "Правильный заголовок")
    anna.press("‹", message=second)
    first = await anna.expect(lambda message: numbers(message.text)[:1] == [1])
    anna.press("2/", message=first)
    again = await anna.expect(lambda message: numbers(message.text)[:1] == [6])
    withdrawn, corrected, *rest = re.split(r"^\d+\. ", again.text, flags=re.MULTILINE)[1:]
    assert withdrawn.startswith(shown[0])
    assert "Сюжет снят" in withdrawn
    assert told[shown[0]].text[:40] not in again.text
    assert corrected.startswith("Правильный заголовок")
    assert f"раньше писали: {shown[1]}" in corrected
    assert rest == re.split(r"^\d+\. ", was, flags=re.MULTILINE)[3:]
