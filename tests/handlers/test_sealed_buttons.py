"""Sealed buttons: nobody makes one up, none acts in a chat that it was not made for, old ones lead on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from acting import Stage, fill, staged

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.deliver.press import RENDERERS, reprint
from bot.digest.render.document import LONGEST_ACTION, Button, Document, Kind, block
from bot.digest.render.sealing import sealed
from bot.model import Message, Platform, Recipient
from bot.settings import Settings
from bot.store import Store
from bot.store.seals import Ring
from handlers.dialogue.topics import MAILED, PRESSES

OLD = "из старого или чужого сообщения"
TOAST = "Эта кнопка устарела. Откройте раздел заново."


def carried(data: str) -> str:
    """The sealed action in what a button carries."""
    return str(json.loads(data)["action"]) if data.startswith("{") else data


async def subscribed(stage: Stage, number: int = 7) -> bool:
    """Whether a person is a subscriber."""
    return await stage.store.subscribers.get(Recipient(platform=stage.platform, id=number)) is not None


@pytest.mark.parametrize("change", ["unsealed", "cut", "other action", "other seal", "seal alone", "nothing", "giant"])
async def test_a_forged_button_does_nothing_and_leads_on(stage: Stage, change: str) -> None:
    """Without its seal, with another's, with a letter changed: the answer is calm, nothing is kept, the menu is one press away."""
    person = stage.person()
    person.say("/start")
    message = await person.expect("Вестник следит")
    subscribe, today = (carried(person.find_button(label, message)[1].data) for label in ("Подписаться", "Показать сегодняшний"))
    forged = {
        "unsealed": "subscribe",
        "cut": subscribe[:-1],
        "other action": "subscribe" + today.removeprefix("digest:1d"),
        "other seal": subscribe[:-12] + "A" * 12,
        "seal alone": subscribe[-13:],
        "nothing": " ",
        "giant": "subscribe" * 11,
    }[change]
    press = person.press_data(stage.button_data(forged), message)
    assert await press.answered() == TOAST
    menu = await person.expect(OLD)
    assert menu.buttons == ("Дайджест", "Настройки", "Помощь")
    assert menu.message_id != message.message_id
    assert not await subscribed(stage)
    assert not stage.alarms
    person.press("Настройки", message=menu)
    await person.expect("Настройки")


async def test_a_button_copied_from_another_chat_does_not_act(stage: Stage) -> None:
    """Ivan sends what Anna's button carries: it was made for her chat. Hers still works."""
    anna, ivan = stage.person(7), stage.person(8)
    anna.say("/start")
    hers = await anna.expect("Вестник следит")
    ivan.say("/help")
    his = await ivan.expect("Что я умею")
    _, button = anna.find_button("Подписаться", hers)
    assert await ivan.press_data(button.data, his).answered() == TOAST
    await ivan.expect(OLD)
    assert not await subscribed(stage, 8)
    anna.press("Подписаться", message=hers)
    await anna.expect("Готово.")
    assert await subscribed(stage, 7)


async def test_buttons_live_through_one_renewal_of_the_key_and_a_leaked_key_is_dropped_at_once(stage: Stage) -> None:
    """A renewal for order's sake annoys nobody; a renewal because the key is known closes every button, with a way on."""
    person = stage.person()
    person.say("/start")
    message = await person.expect("Вестник следит")
    seals = stage.store.seals
    before = await seals.ring()
    await seals.renew()
    assert [len(ring.held) for ring in (before, await seals.ring())] == [1, 2]
    person.press("Подписаться", message=message)
    await person.expect("Готово.")
    person.say("/settings")
    menu = await person.expect("Настройки")
    _, button = person.find_button("Дни", menu)
    assert before.open(carried(button.data), Recipient(platform=stage.platform, id=7)) is None  # the new key seals
    await seals.renew(at_once=True)
    assert len((await seals.ring()).held) == 1
    assert await person.press("Дни", message=menu).answered() == TOAST
    fresh = await person.expect(OLD)
    person.press("Настройки", message=fresh)
    await person.expect("Настройки")


async def test_a_renewal_reaches_a_process_that_holds_the_keys(stage: Stage) -> None:
    """Another process renewed the key: a press on a button sealed with the new one is known at once."""
    person = stage.person()
    person.say("/start")
    message = await person.expect("Вестник следит")
    held = await stage.store.seals.ring()
    other = type(stage.store.seals)(stage.store.client)
    await other.renew()
    stage.store.seals._ring, stage.store.seals._read = held, stage.store.seals._read - 2  # two seconds ago
    seal = await other.sealer(Recipient(platform=stage.platform, id=7))
    person.press_data(stage.button_data(seal("settings:days")), message)
    await person.expect("Выберите или напишите дни")


async def test_every_button_of_every_answer_carries_at_most_64_bytes(stage: Stage) -> None:
    """Whatever the language of the person's program, which VK's buttons carry on; every one of them was made for this chat."""
    await fill(stage.newsroom, stage.clock)
    person = stage.person(language="en")
    me = Recipient(platform=stage.platform, id=7)
    asked = ("start", "help", "digest 7d", "search Viber", "calendar", "settings", "profile", "messengers", "forget", "link")
    for said in asked:
        before = len(person.messages)
        person.say(f"/{said}")
        await stage.emulator.watch.until(lambda before=before: len(person.messages) > before and person.messages[-1].buttons, 5)
    ring = await stage.store.seals.ring()
    keys = [key for message in person.messages for row in (message.keyboard.rows if message.keyboard else ()) for key in row if key.data]
    assert len(keys) > 40
    for key in keys:
        data = carried(key.data)
        assert len(data.encode()) <= 64
        opened = ring.open(data.partition("~")[0], me)
        assert opened is not None, key
        assert not opened.shared


# ── buttons for many ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("platform", list(Platform))
def test_what_is_mailed_is_sealed_for_the_platform(platform: Platform) -> None:
    """Once for all recipients: the seal opens in every chat of the platform and nowhere else, links stay as they are."""
    ring = Ring((b"k" * 32,))
    rows = ((Button(text="Подробнее", action="card:" + "a" * (LONGEST_ACTION - 5)), Button(text="Сайт", url="https://x.ru/")),)
    message = RENDERERS[platform](Document(blocks=(block(Kind.TEXT, "Новости"),), buttons=rows))
    closed = sealed(message, lambda action: ring.seal(action, platform))
    (data,) = actions(closed)
    assert len(data.encode()) <= 64
    here, elsewhere = Recipient(platform=platform, id=5), Recipient(platform=next(one for one in Platform if one is not platform), id=5)
    opened = ring.open(data, here)
    assert opened is not None
    assert opened.shared
    assert opened.action.startswith("card:aaa")
    assert ring.open(data, elsewhere) is None
    assert "https://x.ru/" in json.dumps(closed.parts[-1].payload, ensure_ascii=False).replace("\\", "")
    other = reprint(message, elsewhere.platform)
    assert other is not None
    assert actions(other) == ["card:" + "a" * (LONGEST_ACTION - 5)]


def actions(message: Message) -> list[str]:
    """What the callback buttons of a message carry."""
    found: list[str] = []
    for part in message.parts:
        payload: dict[str, Any] = dict(part.payload)
        if isinstance(keyboard := payload.get("keyboard"), str):
            buttons = [button["action"] for row in json.loads(keyboard)["buttons"] for button in row]
            found += [carried(one["payload"]) for one in buttons if one["type"] == "callback"]
        for row in payload.get("reply_markup", {}).get("inline_keyboard", ()):
            found += [button["callback_data"] for button in row if "callback_data" in button]
    return found


@pytest.mark.parametrize("name", sorted(PRESSES))
async def test_a_seal_for_many_opens_what_is_mailed_and_nothing_else(stage: Stage, name: str) -> None:
    """A button taken from a mailing can neither remove nor confirm, subscribe nor rule, in any chat."""
    person = stage.person()
    person.say("/help")
    message = await person.expect("Что я умею")
    seal = await stage.store.seals.sealer(stage.platform)
    toast = await person.press_data(stage.button_data(seal(f"{name}:1")), message).answered()
    if name not in MAILED:
        assert toast == TOAST
        await person.expect(OLD)
    else:
        await stage.end()
        assert not [one for one in person.messages if OLD in one.text]
    assert not await subscribed(stage)
    assert not stage.alarms


# ── groups ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("platform", ["telegram", "vk"])
async def test_a_button_of_a_group_is_good_in_that_group_alone(
    platform: str, store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """An administrator of two groups sends one's button to the other: nothing happens there, and a group is not flooded with the way on."""
    async with staged(platform, store, clock, settings, analyst) as stage:
        if platform == "telegram":
            one, two, name = stage.emulator.group(-1001), stage.emulator.group(-1002), "/"
        else:
            one, two = (stage.emulator.conversation(number, admin=True) for number in (3, 4))
            name = f"[club{stage.emulator.group_id}|@vestnik_bot] /"
        boss = stage.person(7)
        for group in (one, two):
            group.admit(boss, "creator" if platform == "telegram" else "owner")
            boss.say(f"{name}start", chat=group)
            await group.expect("Вестник следит")
        _, button = one.find_button("Подписаться")
        for _ in range(3):
            assert await boss.press_data(button.data, two.messages[-1], two).answered() == TOAST
        assert await store.subscribers.get(Recipient(platform=stage.platform, id=two.id)) is None
        boss.press("Подписаться", chat=one)
        await one.expect("Готово, этот чат подписан.")
        assert await store.subscribers.get(Recipient(platform=stage.platform, id=one.id))
        assert [message.text[:12] for message in two.messages] == ["Вестник след", "Эта кнопка —"]


async def test_a_button_of_a_topic_is_good_in_that_topic_alone(
    store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """Telegram shows no topic of a message that is too old: its button does not change the settings of the whole group."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        group = stage.emulator.group(-1002, forum=True)
        group.topic(5)
        boss = stage.person(7)
        group.admit(boss, "creator")
        boss.say("/start", chat=group, thread=5)
        message = await group.expect("Вестник следит")
        _, button = group.find_button("Подписаться", message)
        hidden = {"chat": group.chat.json(), "message_id": message.message_id, "date": 0}
        boss.post("callback_query", id="1", chat_instance="1", data=button.data, message=hidden)
        await group.expect(OLD)
        assert [one async for one in store.subscribers.each()] == []
        boss.press("Подписаться", chat=group, message=message)
        await group.expect("Готово")
        assert await store.subscribers.get(Recipient(platform=Platform.TELEGRAM, id=-1002, thread=5))


async def test_vks_own_start_button_is_understood(store: Store, clock: MovableClock, settings: Settings, analyst: Analyst) -> None:
    """VK sends it with a payload of its own, in whatever language it is labelled; a message with a forged payload does nothing."""
    async with staged("vk", store, clock, settings, analyst) as stage:
        person = stage.person()
        person.say("Пачаць", payload=json.dumps({"command": "start"}))
        await person.expect("Вестник следит")
        person.say("Подписаться на всё", payload=json.dumps({"action": "subscribe"}))
        await person.expect(OLD)
        assert not await subscribed(stage)
