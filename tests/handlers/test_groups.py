"""Groups, channels, forum topics and VK conversations: who may change what, and when the bot keeps silent."""

from __future__ import annotations

from acting import staged

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.model import Platform, Recipient
from bot.settings import Settings
from bot.store import Store


async def test_only_administrators_subscribe_a_telegram_group(
    store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """A member is told so politely, an administrator subscribes, others' talk is not answered, a mention and a reply are."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        group = stage.emulator.group(-1001)
        boss, member = stage.person(7), stage.person(8)
        group.admit(boss, "administrator")
        group.admit(member)
        group.chat.bot_status = "left"
        group.invite_bot(boss)
        await group.expect("Вестник следит")
        member.say("/subscribe", chat=group)
        await group.expect("Настройки этого чата меняют только его администраторы.")
        press = member.press("Подписаться", chat=group)
        assert "только его администраторы" in await press.answered()
        member.say("как дела?", chat=group)
        member.say("/help@another_bot", chat=group)
        boss.say("/subscribe@vestnik_bot", chat=group)
        await group.expect("Готово, этот чат подписан. Выпуск приходит каждый день в 09:00 (Москва)")
        member.say("@vestnik_bot календарь", chat=group)
        message = await group.expect("вступа")
        member.say("помощь", chat=group, reply_to=message.message_id)
        await group.expect("Что я умею")
        assert len(group.messages) == 5


async def test_a_forum_topic_is_a_reader_of_its_own(store: Store, clock: MovableClock, settings: Settings, analyst: Analyst) -> None:
    """What is subscribed in a topic comes to that topic."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        group = stage.emulator.group(-1002, forum=True)
        group.topic(5)
        boss = stage.person(7)
        group.admit(boss, "creator")
        boss.say("/subscribe", chat=group, thread=5)
        message = await group.expect("Готово, этот чат подписан.")
        assert message.thread == 5
        assert await store.subscribers.get(Recipient(platform=Platform.TELEGRAM, id=-1002, thread=5))
        assert await store.subscribers.get(Recipient(platform=Platform.TELEGRAM, id=-1002)) is None


async def test_a_group_that_becomes_a_supergroup_keeps_its_settings(
    store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """The subscription moves with the chat."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        group = stage.emulator.group(-77, kind="group")
        boss = stage.person(7)
        group.admit(boss, "creator")
        boss.say("/subscribe", chat=group)
        await group.expect("Готово")
        boss.say("/timezone Омск", chat=group)
        await group.expect("(Омск)")
        group.migrate(-100500)
        there = Recipient(platform=Platform.TELEGRAM, id=-100500)
        assert await stage.eventually(lambda one: bool(one and one.active), there)
        moved = await store.subscribers.get(there)
        assert moved is not None
        assert moved.preferences.schedule.timezone == "Asia/Omsk"


async def test_a_channel_is_subscribed_by_a_post(store: Store, clock: MovableClock, settings: Settings, analyst: Analyst) -> None:
    """Who may post may subscribe; other posts are not answered."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        channel = stage.emulator.group(-1003, kind="channel")
        owner = stage.person(7)
        channel.admit(owner, "creator")
        owner.say("Новости дня", chat=channel)
        owner.say("/subscribe", chat=channel)
        await channel.expect("Готово, этот чат подписан.")
        assert len(channel.messages) == 1


async def test_a_vk_conversation_is_subscribed_by_its_administrators(
    store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """The community greets when invited, answers mentions alone, and lets administrators change the settings."""
    async with staged("vk", store, clock, settings, analyst) as stage:
        chat = stage.emulator.conversation(3, admin=True)
        boss, member = stage.person(7), stage.person(8)
        chat.admit(boss, "owner")
        chat.admit(member)
        chat.invite_bot(boss)
        await chat.expect("Вестник следит")
        name = f"[club{stage.emulator.group_id}|@vestnik_bot]"
        member.say("привет всем", chat=chat)
        member.say(f"{name}, подписаться", chat=chat)
        await chat.expect("только его администраторы")
        boss.say(f"{name} подписаться", chat=chat)
        await chat.expect("Готово, этот чат подписан.")
        press = member.press("Другие настройки", chat=chat)
        await press.answered()
        await chat.expect("Время: 09:00")
        press = member.press("Отписаться", chat=chat)
        assert "только его администраторы" in await press.answered()
        assert len(chat.messages) == 3
