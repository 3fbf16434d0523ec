"""Floods, malformed updates, presses on old messages: the bot goes on, and others do not wait."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from acting import Stage, staged

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.model import Platform, Recipient
from bot.settings import Settings
from bot.store import Store
from handlers.dialogue.lanes import DEPTH

FLOOD = 300

MALFORMED: dict[str, tuple[dict[str, Any], ...]] = {
    "telegram": (
        {"message": {}},
        {"message": {"message_id": "x", "date": 1, "chat": {"id": 7, "type": "private"}, "text": "/help"}},
        {"message": {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "castle"}, "text": "/help"}},
        {"callback_query": {"id": "1", "data": "settings"}},
        {"callback_query": {"id": "1", "from": {"id": 7, "is_bot": False, "first_name": "А"}, "chat_instance": "1", "data": "settings"}},
        {"callback_query": []},
        {"inline_query": {"id": "1"}},
        {"my_chat_member": {"chat": {"id": 7}}},
        {"nonsense": {"x": 1}},
    ),
    "vk": (
        {"message": None},
        {"message": {"peer_id": "x", "from_id": 7, "text": "Помощь"}},
        {"message": {"peer_id": 7, "text": "Помощь"}},
        {"message": {"peer_id": 7, "from_id": 7, "text": None, "payload": "{" * 500, "attachments": [None]}},
        {"message": {"peer_id": 7, "from_id": 7, "text": "Помощь", "geo": {"coordinates": {"latitude": "x"}}}},
        {"user_id": 7},
        {},
    ),
}


def post(stage: Stage, body: dict[str, Any]) -> None:
    """Puts what no person could send among the platform's updates."""
    if stage.platform is Platform.VK:
        stage.emulator.events.post("message_event" if "user_id" in body else "message_new", body)
        return
    ((kind, value),) = body.items()
    stage.emulator.world.post(kind, value)
    stage.emulator.watch.ring()


async def test_malformed_updates_spoil_nothing(stage: Stage) -> None:
    """Each is left aside; whoever writes between them is answered; nobody is alarmed."""
    person = stage.person()
    for number, body in enumerate(MALFORMED[stage.platform]):
        post(stage, body)
        if number % 3 == 0:
            person.say("/help")
            await person.expect("Что я умею", timeout=15)
    person.say("/privacy")
    await person.expect("Что я храню", timeout=15)
    assert stage.running is not None
    assert not stage.running.done()
    assert not stage.alarms


async def test_a_flood_is_cut_and_keeps_nobody_waiting(stage: Stage) -> None:
    """Hundreds of messages of one person at once: as many are answered as may wait, and another person is answered meanwhile."""
    noisy, quiet = stage.person(7), stage.person(8)
    for _ in range(FLOOD):
        noisy.say("/help")
    quiet.say("/help")
    await quiet.expect("Что я умею", timeout=10)
    await stage.emulator.watch.until(lambda: len(noisy.messages) >= DEPTH, 20)
    noisy.say("/privacy")
    await noisy.expect("Что я храню", timeout=20)
    assert len(noisy.messages) < FLOOD


async def test_a_button_of_an_old_message_still_works(stage: Stage) -> None:
    """VK edits nothing after a day: the answer comes below. A setting that was changed since is shown as it is now."""
    person = stage.person()
    person.say("/settings")
    old = await person.expect("Настройки")
    person.say("дни по будням")
    await person.expect("Дни: по будням")
    stage.clock.move_to(stage.clock.now() + dt.timedelta(days=3))
    person.press("Дни", message=old)
    page = await person.expect("Выберите или напишите дни")
    assert "Дни: по будням" in page.text
    assert any(label.startswith("✓ По будням") for label in page.buttons)
    assert (page.message_id == old.message_id) == (stage.platform is Platform.TELEGRAM)


async def test_a_press_whose_message_telegram_no_longer_shows(
    store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """Telegram gives only the number of a message that is too old: the press is answered all the same."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        person = stage.person()
        person.say("/settings")
        message = await person.expect("Настройки")
        hidden = {"chat": {"id": 7, "type": "private", "first_name": "Анна"}, "message_id": message.message_id, "date": 0}
        person.mark()
        _, days = person.find_button("Дни", message)
        person.post("callback_query", id="1", chat_instance="1", data=days.data, message=hidden)
        await person.expect("Выберите или напишите дни")


async def test_two_changes_at_once_are_both_kept(stage: Stage) -> None:
    """Presses on two messages one right after the other, before either is answered."""
    person = stage.person()
    person.say("/settings")
    await person.expect("Настройки")
    person.press("Касается меня")
    whom = await person.expect("Отметьте, к кому вы")
    person.say("мессенджеры")
    which = await person.expect("Отметьте, о каких читать")
    presses = [person.press(next(one for one in whom.buttons if one.startswith("банки")), message=whom), person.press("MAX", message=which)]
    assert [await press.answered() for press in presses] == ["Готово.", "Готово."]
    subscriber = await stage.store.subscribers.get(Recipient(platform=stage.platform, id=7))
    assert subscriber is not None
    chosen = subscriber.preferences.filter
    assert ([group.value for group in chosen.audiences], chosen.messengers) == (["banks"], ("MAX",))


@pytest.mark.parametrize("words", ["\u202eмирв", "\0", "😀" * 400, "<b>жирный</b> & _курсив_ [a](b)", "%s{}$(rm)", "\n" * 4000 + "а"])
async def test_odd_texts_are_answered(stage: Stage, words: str) -> None:
    """Control characters, markup and emptiness are words like any others."""
    person = stage.person()
    person.say(f"/search {words}")
    await person.expect("")
    person.say("/help")
    await person.expect("Что я умею")


async def test_an_announcement_pressed_twice_is_sent_once(stage: Stage) -> None:
    """The second press finds the button out of date; whoever is no administrator finds so at once, with the very same button."""
    admin, anna = stage.person(1), stage.person(7)
    admin.say("объявление Завтра ночью бот не отвечает.")
    preview = await admin.expect("Так это увидят")
    _, yes = admin.find_button("Отправить всем", preview)
    anna.say("/help")
    theirs = await anna.expect("Что я умею")
    assert "устарела" in await anna.press_data(yes.data, theirs).answered()
    assert stage.announced == []
    presses = [admin.press("Отправить всем", message=preview) for _ in range(2)]
    assert [await press.answered() for press in presses] == ["Готово.", "Эта кнопка устарела. Откройте раздел заново."]
    assert stage.announced == ["Завтра ночью бот не отвечает."]


_FILE = {"file_id": "1", "file_unique_id": "1"}
_PLACE = {"latitude": 55.0, "longitude": 73.4}
SENT: tuple[tuple[dict[str, Any], str], ...] = (
    ({"photo": [{**_FILE, "width": 1, "height": 1}]}, "Я умею дайджест"),
    ({"voice": {**_FILE, "duration": 1}}, "Я умею дайджест"),
    ({"video_note": {**_FILE, "length": 1, "duration": 1}}, "Я умею дайджест"),
    ({"dice": {"emoji": "🎲", "value": 1}}, "Я умею дайджест"),
    ({"story": {"chat": {"id": 1, "type": "private"}, "id": 1}}, "Я умею дайджест"),
    ({"venue": {"location": _PLACE, "title": "Кафе", "address": "Омск"}, "location": _PLACE}, "(Омск)"),
    ({"animation": {**_FILE, "width": 1, "height": 1, "duration": 1}, "document": {**_FILE, "file_name": "a.gif"}}, "Такие файлы"),
    ({"photo": [{**_FILE, "width": 1, "height": 1}], "caption": "/help"}, "Что я умею"),
)


async def test_whatever_is_sent_in_telegram_is_answered(store: Store, clock: MovableClock, settings: Settings, analyst: Analyst) -> None:
    """A voice, a circle, a die, somebody's story: none of them is passed over in silence."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        person = stage.person()
        person.say("/subscribe")
        await person.expect("Готово")
        for fields, answer in SENT:
            person.say("", **fields)
            await person.expect(answer)


@pytest.mark.parametrize("kind", ["photo", "audio_message", "sticker", "poll", "market", "wall", "link", "doc"])
async def test_whatever_is_sent_in_vk_is_answered(
    kind: str, store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """A picture, a voice, goods; an empty post, a link that is none, a document without an address."""
    async with staged("vk", store, clock, settings, analyst) as stage:
        person = stage.person()
        for inside in ({}, {"text": None, "attachments": None, "copy_history": None, "url": "вовсе не адрес", "title": None}):
            person.say("", attachments=[{"type": kind, kind: inside}])
            await person.expect("Такие файлы" if kind == "doc" and inside else "Я умею дайджест")
