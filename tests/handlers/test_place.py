"""A shared location: the timezone is taken from it, and nothing else of it is left anywhere."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from acting import Stage, staged

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.model import Recipient
from bot.settings import Settings
from bot.store import Store
from bot.store.inbox import Inbox
from tests.store.contents import everything


async def test_the_place_is_not_kept(stage: Stage) -> None:
    """Once it is answered neither number stands in any key or value of the store, and the copy of all that is kept has the zone alone."""
    person = stage.person()
    person.share_location(43.1198, 131.8869)
    await person.expect("Часовой пояс: Владивосток")
    inbox = Inbox(stage.store.client, stage.platform)
    async with asyncio.timeout(5):
        while await inbox.waiting():  # noqa: ASYNC110 - the store tells nobody when it changes
            await asyncio.sleep(0.02)
    kept = await everything(stage.store.client)
    assert b"Asia/Vladivostok" in kept
    assert b"43.1" not in kept
    assert b"131.8" not in kept
    subscriber = await stage.store.subscribers.get(Recipient(platform=stage.platform, id=7))
    assert subscriber is not None
    assert subscriber.preferences.schedule.timezone == "Asia/Vladivostok"


@pytest.mark.parametrize("place", [(91.0, 0.0), (0.0, 181.0), (-1e9, 1e9)])
async def test_a_place_off_the_map_is_said_to_be_unclear(stage: Stage, place: tuple[float, float]) -> None:
    """What only a forged update can say gets a way on, and changes nothing."""
    person = stage.person()
    person.share_location(*place)
    await person.expect("Не понял, какой там часовой пояс")
    assert person.messages[-1].buttons
    assert await stage.store.subscribers.get(Recipient(platform=stage.platform, id=7)) is None


@pytest.mark.parametrize("platform", ["telegram", "vk"])
async def test_a_group_is_asked_for_no_place(
    platform: str, store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """It is nowhere: the page of the timezone has no such button, and a forgotten keyboard would stand in everybody's way."""
    async with staged(platform, store, clock, settings, analyst) as stage:
        group: Any
        if platform == "telegram":
            group, name = stage.emulator.group(-1001), "/"
        else:
            group, name = stage.emulator.conversation(3, admin=True), f"[club{stage.emulator.group_id}|@vestnik_bot] /"
        boss = stage.person(7)
        group.admit(boss, "creator" if platform == "telegram" else "owner")
        boss.say(f"{name}timezone", chat=group)
        page = await group.expect("Часовой пояс: Москва")
        assert "Омск" in page.buttons
        assert not [label for label in page.buttons if "местоположени" in label]


async def test_a_question_asked_in_a_group_is_not_answered_in_private(
    store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """An administrator opens the group's hours and then writes to the bot alone: their own settings do not change by it."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        group = stage.emulator.group(-1001)
        boss = stage.person(7)
        group.admit(boss, "creator")
        boss.say("/settings", chat=group)
        await group.expect("Настройки")
        boss.press("Время", chat=group)
        await group.expect("Отметьте часы")
        boss.say("8:30")
        await boss.expect("Я умею дайджест")
        boss.say("8:30", chat=group, reply_to=group.messages[-1].message_id)
        await group.expect("08:30")
        assert await store.subscribers.get(Recipient(platform=stage.platform, id=7)) is None
