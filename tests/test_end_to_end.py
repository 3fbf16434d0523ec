"""The whole job as subscribers live it: both emulators, the sample site, a real store, every role of the real bot."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot import app
from bot.clock import MovableClock
from bot.commands.demo import START
from bot.playground.demo import Demo
from bot.playground.ledger import Delivered
from bot.playground.phones import READER
from bot.store import keys

pytestmark = pytest.mark.timeout(240)

# 12:00 in Moscow: the next edition is tomorrow's.
NOON = dt.datetime(2026, 2, 17, 9, 0, tzinfo=dt.UTC)
PATIENCE = 30.0


@asynccontextmanager
async def running(folder: Path, start: dt.datetime = NOON) -> AsyncIterator[tuple[Demo, app.Process]]:
    """The bot with all its roles over the demonstration, its news read."""
    async with Demo(folder, clock=MovableClock(start)) as demo:
        stop, up = asyncio.Event(), asyncio.get_running_loop().create_future()

        async def ready(process: app.Process) -> None:
            await process.parts.collector.once()
            demo.before_slot = lambda: _again(process)
            up.set_result(process)

        async with asyncio.TaskGroup() as group:
            running_bot = group.create_task(
                app.run(demo.settings, tuple(app.Role), clock=demo.clock, stop=stop, ready=ready, trusted=(demo.site.url + "/",))
            )
            await asyncio.wait({up, running_bot}, return_when=asyncio.FIRST_COMPLETED)
            try:
                yield demo, await up
            finally:
                stop.set()


async def _again(process: app.Process) -> None:
    await process.parts.collector.once()


def headlines(*messages: Delivered) -> list[str]:
    """The numbered headlines of a digest, in their order."""
    return [line.split(". ", 1)[1] for message in messages for line in message.text.splitlines() if re.match(r"\d+\. ", line)]


async def digest_of(person: Any, heading: str) -> list[str]:
    """The headlines of the digest that comes next, all of its parts together."""
    first = await person.expect(heading, PATIENCE)
    at = person.messages.index(first)
    return headlines(*person.messages[at:])


async def test_a_subscriber_on_each_platform_reads_the_same_news(tmp_path: Path) -> None:
    """Start, subscribe, a scheduled digest, one on demand, a link, unsubscribe, return: the same on both platforms."""
    async with running(tmp_path / "data") as (demo, process):
        people = {"telegram": demo.reader, "vk": demo.vk_reader}
        words = {
            "telegram": {"start": "/start", "week": "/digest 7d", "stop": "/unsubscribe"},
            "vk": {"start": "Начать", "week": "Дайджест неделя", "stop": "Отписаться"},
        }
        told: dict[str, dict[str, list[str]]] = {}
        for name, person in people.items():
            person.say(words[name]["start"])
            await person.expect("следит за регулированием мессенджеров", PATIENCE)
            person.press("Подписаться")
            await person.expect("каждый день в 09:00", PATIENCE)

        for person in people.values():
            person.mark()
        slot = await demo.morning()
        assert slot == dt.datetime(2026, 2, 18, 6, 0, tzinfo=dt.UTC)
        for name, person in people.items():
            told[name] = {"scheduled": await digest_of(person, "Мессенджеры: что изменилось")}

        for name, person in people.items():
            person.say(words[name]["week"])
            told[name]["week"] = await digest_of(person, "за неделю")

        assert told["telegram"]["scheduled"]
        assert told["telegram"]["scheduled"] == told["vk"]["scheduled"]
        assert len(told["telegram"]["week"]) >= len(told["telegram"]["scheduled"]) / 2
        assert told["telegram"]["week"] == told["vk"]["week"]

        link = f"{demo.site.url}/iluki/chasti-rossiyan-mogut-zapretit-rabochuyu-perepisku-v"
        cards = []
        for name, person in people.items():
            person.say(link)
            card = await person.expect("1 сентября 2026", PATIENCE)
            assert "Минцифры" in card.text, name
            assert "банки" in card.text, name
            cards.append(card.text)

        for name, person in people.items():
            person.say(words[name]["stop"])
            await person.expect("Больше не пришлю", PATIENCE)
        assert (await process.parts.store.subscribers.count()).total == 2
        before = {name: len(person.messages) for name, person in people.items()}
        await demo.morning()
        assert (await process.parts.scheduler.tick()).recipients == 0
        assert {name: len(person.messages) for name, person in people.items()} == before, "the unsubscribed hear nothing"

        for name, person in people.items():
            person.say(words[name]["start"])
            await person.expect("Подписаться", PATIENCE) if name == "never" else await person.expect("", PATIENCE)
            person.press("Подписаться")
            await person.expect("ближайший", PATIENCE)

        async for key in process.parts.store.client.scan_iter(count=1000):
            assert not keys.unexpected([(key.decode(), await process.parts.store.client.ttl(key))]), key


async def test_a_post_is_edited_in_place_when_its_story_develops_in_the_day(tmp_path: Path) -> None:
    """The morning's edition in a channel and in a conversation says the date that a source named at noon; a person's own stays as it was.

    Who wants alerts hears of it at once.
    """
    async with running(tmp_path / "data", START) as (demo, _):
        await demo.listened()
        channel, talk = demo.telegram_phone.channel, demo.vk_phone.conversation
        for phone, name in ((demo.telegram_phone, "channel"), (demo.vk_phone, "conversation")):
            phone.invite(phone.room(name))
        demo.reader.say("/subscribe", chat=channel)
        demo.vk_phone.say(demo.vk_phone.room("conversation"), READER, "@vestnik_bot подписаться")
        demo.reader.say("/subscribe")
        demo.vk_reader.say("Подписаться")
        for place in (channel, talk, demo.reader, demo.vk_reader):
            await place.expect("Готово", PATIENCE)
        demo.vk_reader.say("Срочные включить")
        await demo.vk_reader.expect("О самом важном напишу сразу.", PATIENCE)
        await demo.morning()
        plain = "Управляющие компании обязали вести домовые чаты в MAX"
        posts = [await place.expect(plain, PATIENCE) for place in (channel, talk, demo.reader)]
        await demo.later()
        for place, post in zip((channel, talk), posts, strict=False):
            edited = await place.expect("Новое: назван срок — с 1 сентября 2026.", PATIENCE)
            assert edited.message_id == post.message_id
            assert plain in edited.edits[-1].text
        assert not posts[-1].edits
        alert = await demo.vk_reader.expect("Развитие", PATIENCE)
        assert "Новое: назван срок — с 1 сентября 2026." in alert.text
