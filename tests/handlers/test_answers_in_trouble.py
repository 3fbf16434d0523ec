"""What goes wrong between a person and the bot: platforms fail, updates are malformed, buttons forged, processes stop."""

from __future__ import annotations

import datetime as dt

import pytest
from acting import Stage, staged

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.model import Platform, Recipient
from bot.settings import Settings
from bot.store import Store

FORGED = (
    "",
    "?",
    "set",
    "set:",
    "set:time:99",
    "set:time:0900:0:0",
    "set:timezone:99",
    "set:timezone:-1",
    "set:timezone:²",
    "set:profile:../../etc:1",
    "set:messengers:1000:1",
    "set:quiet:9",
    "set:length:huge",
    "set:nothing:1",
    "settings:nothing:5",
    "settings:profile:999999999999999999999",
    "card:",
    "card:../../x",
    "card:" + "a" * 60,
    "card:{t:1}*",
    "follow:nobody",
    "mute:nobody:0",
    "facts:nobody",
    "wrong:nobody",
    "digest:" + "9" * 30 + "d",
    "digest:7d:-5",
    "digest:7d:99999999999",
    "search:99999999999",
    "proofs:deadbeef",
    "proofs:",
    "digests:whom:²",
    "digests:whom:9999999",
    "digest:7d.martians",
    "digest:7d.banks-",
    "digest:s99999999999999",
    "digest:new.:9",
    "following:²",
    "admin:stats",
    "admin:",
    "link:code",
    "forget:deadbeef",
    "forget:" + "я" * 10,
    "retell:deadbeef",
    "calendar:99999",
    "announce:1",
    "link:1",
    "\u0000",
    "start\nstart",
)


@pytest.mark.parametrize("name", ["telegram", "vk"])
async def test_forged_buttons_do_no_harm(name: str, store: Store, clock: MovableClock, settings: Settings, analyst: Analyst) -> None:
    """Whatever stands in a button's data, the answer is calm, nothing breaks and nothing is kept."""
    async with staged(name, store, clock, settings, analyst) as stage:
        person = stage.person()
        person.say("/start")
        message = await person.expect("Вестник")
        seal = await store.seals.sealer(Recipient(platform=stage.platform, id=7))
        for data in FORGED:
            # As anybody may write it, and as if we had made the button ourselves once.
            for written in (data, seal(data)):
                await person.press_data(stage.button_data(written), message).answered()
                person.mark()
        assert not stage.alarms
        assert await store.subscribers.get(Recipient(platform=stage.platform, id=7)) is None
        person.say("/help")
        await person.expect("Что я умею")


@pytest.mark.parametrize("kind", ["page", "garbage", "drop", "drop-after", "flood"])
async def test_an_answer_survives_a_fault(stage: Stage, kind: str) -> None:
    """A platform that fails once while we poll still brings the person an answer."""
    person = stage.person()
    poll = "getUpdates" if stage.platform is Platform.TELEGRAM else "groups.getLongPollServer"
    stage.emulator.fault(kind, method=poll, seconds=0.1, times=2)
    person.say("/help")
    await person.expect("Что я умею", timeout=15)


@pytest.mark.parametrize("kind", ["page", "garbage", "drop", "error"])
@pytest.mark.parametrize("what", ["sending", "typing"])
async def test_a_platform_that_fails_in_passing_costs_no_answer(stage: Stage, kind: str, what: str) -> None:
    """A page of a proxy, nonsense, a cut connection or an error of the server in place of an answer: the person still gets theirs, once."""
    telegram = stage.platform is Platform.TELEGRAM
    methods = {"sending": ("sendMessage", "messages.send"), "typing": ("sendChatAction", "messages.setActivity")}
    code, text = (500, "Internal Server Error") if telegram else (10, "Internal server error")
    stage.emulator.fault(kind, method=methods[what][0 if telegram else 1], code=code, text=text)
    person = stage.person()
    person.say("/digest")
    await person.expect("важного не было")
    person.say("/help")
    await person.expect("Что я умею")
    assert len(person.messages) == 2


async def test_a_file_that_the_platform_refuses_is_not_passed_over_in_silence(stage: Stage) -> None:
    """A community without the right to documents, a chat where files are forbidden: it is said, and the subscription does not suffer by it."""
    telegram = stage.platform is Platform.TELEGRAM
    person = stage.person()
    person.say("/subscribe")
    await person.expect("Готово")
    method, code = ("sendDocument", 400) if telegram else ("docs.getMessagesUploadServer", 15)
    stage.emulator.fault("error", method=method, code=code, text="Bad Request: not enough rights to send documents to the chat")
    person.say("/export")
    message = await person.expect("Файл сейчас не отправляется.")
    assert message.buttons
    subscriber = await stage.store.subscribers.get(Recipient(platform=stage.platform, id=7))
    assert subscriber is not None
    assert subscriber.active
    person.say("/export")
    await person.expect("Вот всё, что я о вас храню.")


async def test_an_edit_is_repeated_when_its_answer_is_lost(stage: Stage) -> None:
    """A connection cut during an edit leaves one message, edited."""
    person = stage.person()
    person.say("/settings")
    await person.expect("Настройки")
    method = "editMessageText" if stage.platform is Platform.TELEGRAM else "messages.edit"
    stage.emulator.fault("drop-after", method=method)
    person.press("Дни")
    message = await person.expect("Выберите или напишите дни")
    assert message.edits
    assert len(person.messages) == 1


@pytest.mark.parametrize("code", [1, 2, 3, 4])
async def test_vk_long_poll_failures_are_outlived(
    code: int, store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """Every `failed` of the long poll, an unknown one too, is followed by answers, and not by a hot loop."""
    async with staged("vk", store, clock, settings, analyst) as stage:
        stage.emulator.fault("failed", code=code, times=2)
        person = stage.person()
        person.say("Помощь")
        asked = stage.emulator.ledger.calls["a_check"]
        if code in (1, 3):
            # What failed said was lost is lost on VK's side: the person asks again.
            await stage.emulator.watch.until(lambda: stage.emulator.ledger.calls["a_check"] > asked + 1, 10)
            person.say("Помощь")
        await person.expect("Что я умею", timeout=15)
        assert stage.emulator.ledger.calls["a_check"] < asked + 20


@pytest.mark.parametrize("name", ["telegram", "vk"])
async def test_nothing_is_lost_or_repeated_by_a_restart(
    name: str, store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """What was asked before a stop is answered once; what was asked while nobody listened is answered after it."""
    async with staged(name, store, clock, settings, analyst) as stage:
        person = stage.person()
        person.say("/help")
        await person.expect("Что я умею")
        person.say("/privacy")
        await person.expect("Что я храню")
        await stage.end()
        person.say("/settings")
        before = len(person.messages)
        await stage.restart()
        await person.expect("Настройки")
        person.say("/calendar")
        await person.expect("вступа")
        assert len(person.messages) == before + 2


async def test_the_updates_of_one_person_keep_their_order(stage: Stage) -> None:
    """Ten requests at once are answered in the order in which they came."""
    person = stage.person()
    asked = ["/help", "/privacy"] * 5
    for text in asked:
        person.say(text)
    await stage.emulator.watch.until(lambda: len(person.messages) >= 10, 10)
    seen = ["help" if "Что я умею" in message.text else "privacy" for message in person.messages]
    assert [f"/{word}" for word in seen] == asked


async def test_a_slow_answer_keeps_nobody_else_waiting(stage: Stage) -> None:
    """While one person's answer hangs, another gets theirs."""
    slow, quick = stage.person(7), stage.person(8)
    method = "sendChatAction" if stage.platform is Platform.TELEGRAM else "messages.setActivity"
    stage.emulator.fault("slow", method=method, chat=7, seconds=3)
    slow.say("/digest")
    quick.say("/help")
    await quick.expect("Что я умею", timeout=2.5)
    assert not slow.messages
    await slow.expect("важного не было")


async def test_five_links_and_then_a_minute(stage: Stage) -> None:
    """The sixth link of a minute gets a friendly word; after the minute links are read again."""
    person = stage.person()
    for _ in range(6):
        person.say("http://127.0.0.1:1/page")
    await person.expect("Подождите минуту: уже читаю пять ваших ссылок.", timeout=10)
    stage.clock.move_to(stage.clock.now() + dt.timedelta(minutes=2))
    person.say("http://127.0.0.1:1/page")
    await person.expect("Такие адреса я не открываю.")


async def test_two_presses_at_once_are_one_choice(stage: Stage) -> None:
    """A button pressed twice before the first answer sets what it says, and does not turn it back."""
    person = stage.person()
    person.say("/settings")
    await person.expect("Настройки")
    person.press("Касается меня")
    page = await person.expect("Отметьте, к кому вы")
    label = next(label for label in page.buttons if label.startswith("банки"))
    first, second = person.press(label, message=page), person.press(label, message=page)
    assert [await first.answered(), await second.answered()] == ["Готово.", "Готово."]
    subscriber = await stage.store.subscribers.get(Recipient(platform=stage.platform, id=7))
    assert subscriber is not None
    assert [group.value for group in subscriber.preferences.filter.audiences] == ["banks"]


async def test_who_blocks_us_gets_nothing_and_who_returns_keeps_everything(stage: Stage) -> None:
    """Blocking pauses the subscription, unblocking brings it back with its settings."""
    person, recipient = stage.person(), Recipient(platform=stage.platform, id=7)
    person.say("/subscribe")
    await person.expect("Готово")
    person.say("часовой пояс Омск")
    await person.expect("(Омск)")
    person.block()
    assert await stage.eventually(lambda one: bool(one and one.gone), recipient)
    person.unblock()
    assert await stage.eventually(lambda one: bool(one and one.active and not one.gone), recipient)
    person.say("/settings")
    await person.expect("Часовой пояс: Омск")


async def test_our_own_fault_is_said_and_told(stage: Stage) -> None:
    """A defect of ours is confessed to the person, and the administrators get its number, not the person's words."""
    stage.newsroom.analyst = None  # type: ignore[assignment]  # any defect would do
    person = stage.person()
    person.say("Кратко " + "Секретный текст о погоде в городе. " * 10)
    await person.expect("Что-то сломалось у меня, не у вас.")
    await stage.emulator.watch.until(lambda: stage.alarms or None, 2)
    assert "AttributeError" in stage.alarms[0]
    assert "Секретный" not in stage.alarms[0]


async def test_giant_messages_are_survived(stage: Stage) -> None:
    """A message as long as no platform sends is answered, within bounds."""
    person = stage.person()
    person.say("ы" * 200_000)
    await person.expect("", timeout=15)
    person.say("/help")
    await person.expect("Что я умею", timeout=15)
