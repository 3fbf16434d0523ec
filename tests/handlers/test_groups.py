"""Groups, channels, forum topics and VK conversations: who may change what, and when the bot keeps silent."""

from __future__ import annotations

import datetime as dt

import pytest
from acting import fill, staged

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.model import Platform, Recipient
from bot.settings import Settings
from bot.store import Store
from bot.store.follows import Follows, Later

RIGHTS = (
    *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos", "can_send_video_notes"),
    *("can_send_voice_notes", "can_send_polls", "can_send_other_messages", "can_add_web_page_previews", "can_change_info"),
    *("can_invite_users", "can_pin_messages", "can_manage_topics", "can_edit_tag", "can_react_to_messages"),
)
"""What Telegram may forbid a member."""


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
        here, there = (Recipient(platform=Platform.TELEGRAM, id=number) for number in (-77, -100500))
        boss.say("/search Viber", chat=group)
        await group.expect("По словам «Viber» ничего не нашлось")
        follows = Follows(store.client, store.sessions)
        for story in ("s1", "s2"):
            await follows.follow(here, story)
        morning = clock.now() + dt.timedelta(hours=8)
        await follows.hold(Later(here, "s1", clock.now()), morning)
        group.migrate(-100500)
        assert await stage.eventually(lambda one: bool(one and one.active), there)
        moved = await store.subscribers.get(there)
        assert moved is not None
        assert moved.preferences.schedule.timezone == "Asia/Omsk"
        assert await stage.eventually(lambda one: one is None, here)
        assert await follows.of(there) == ("s1", "s2")
        assert [[one async for one in follows.followers(story)] for story in ("s1", "s2")] == [[there], [there]]
        assert await follows.due(morning, 10) == (Later(there, "s1", clock.now()),)
        assert "Viber" in (await store.sessions.get(there, "sought") or "")


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


async def test_who_lets_us_into_a_channel_hears_what_to_do(store: Store, clock: MovableClock, settings: Settings, analyst: Analyst) -> None:
    """In private, with a way on; the channel itself hears nothing, nor does who never wrote to us; a second look is no second word."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        channel = stage.emulator.group(-1012, "Отрасль", kind="channel")
        owner, stranger = stage.person(7), stage.emulator.person(9, started=False)
        for person in (stranger, owner):
            channel.admit(person, "creator")
            channel.chat.bot_status = "left"
            channel.invite_bot(person, admin=True)
        message = await owner.expect("Я теперь в канале «Отрасль». Чтобы выпуски выходили там, напишите в нём /subscribe")
        assert message.buttons
        channel.invite_bot(owner, admin=True)  # its rights were looked at
        owner.say("/help")
        await owner.expect("Что я умею")
        assert len(owner.messages) == 2
        assert not channel.messages
        assert not stranger.messages
        assert [one async for one in store.subscribers.each()] == []


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
        member.say(f"{name} что скажешь?", chat=chat)
        await chat.expect("Я умею дайджест")
        boss.say(f"{name} подписаться", chat=chat)
        await chat.expect("Готово, этот чат подписан.")
        press = member.press("Другие настройки", chat=chat)
        await press.answered()
        await chat.expect("Время: 09:00")
        press = member.press("Отписаться", chat=chat)
        assert "только его администраторы" in await press.answered()
        assert len(chat.messages) == 4
        here = Recipient(platform=Platform.VK, id=chat.id)
        chat.kick_bot(boss)
        assert await stage.eventually(lambda one: bool(one and one.gone), here)
        chat.invite_bot(boss)
        assert await stage.eventually(lambda one: bool(one and one.active and not one.gone), here)
        await chat.expect("Выпуск приходит каждый день в 09:00 (Москва)")


async def test_a_vk_conversation_that_we_do_not_administer_is_told_what_to_do(
    store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """VK shows who administers a conversation to its administrators alone: without that right we say so, in a line and over a button."""
    async with staged("vk", store, clock, settings, analyst) as stage:
        chat = stage.emulator.conversation(4, admin=False)
        boss = stage.person(7)
        chat.admit(boss, "owner")
        chat.invite_bot(boss)
        await chat.expect("Вестник следит")
        boss.say(f"[club{stage.emulator.group_id}|@vestnik_bot] подписаться", chat=chat)
        message = await chat.expect("Сделайте меня администратором этого чата и повторите")
        assert message.buttons
        press = boss.press("Подписаться", chat=chat)
        assert "Сделайте меня администратором" in await press.answered()
        assert await store.subscribers.get(Recipient(platform=Platform.VK, id=chat.id)) is None
        chat.peer.bot_is_admin = True
        boss.press("Подписаться", chat=chat)
        await chat.expect("Готово, этот чат подписан.")


async def test_a_summary_in_a_group_on_mention_and_reply(store: Store, clock: MovableClock, settings: Settings, analyst: Analyst) -> None:
    """Somebody's post is retold to whoever answers it with our name; a link beside our name is read; talk among people is left alone."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        group = stage.emulator.group(-1004)
        anna, ivan = stage.person(7), stage.person(8)
        group.admit(anna)
        group.admit(ivan)
        post = ivan.say(
            "Роскомнадзор объявил об ограничении доступа к мессенджеру Viber в России. Сервис не выполнил требований закона.", chat=group
        )
        quoted = {"message_id": post.message_id, "date": 1, "chat": group.chat.json(), "from": ivan.chat.user(), "text": post.text}
        anna.say("@vestnik_bot кратко", chat=group, reply_to_message=quoted)
        message = await group.expect("Viber")
        assert message.edits
        address = f"{stage.site}/comss/putin-podpisal-zakony-rasshiryayuschie-rol-max-i-gosuslug"
        ivan.say(f"@vestnik_bot {address}", chat=group)
        await group.expect("Путин подписал законы")
        note = "Минцифры предложило запретить банкам писать клиентам в WhatsApp с 1 сентября 2026 года. Проект согласуют госорганы."
        file = ivan.send_file("note.txt", note.encode(), chat=group)
        document = {"file_id": file.file.id, "file_unique_id": file.file.id, "file_name": "note.txt", "file_size": len(note.encode())}
        anna.say("@vestnik_bot кратко", chat=group, reply_to_message={**quoted, "document": document, "text": None})
        await group.expect("банки")
        anna.say(address, chat=group)
        ivan.say("спасибо", chat=group, reply_to=group.messages[-1].message_id)
        anna.say("@vestnik_bot помощь", chat=group)
        await group.expect("Что я умею")
        ivan.say("@vestnik_bot", chat=group)
        await group.expect("Я умею дайджест")
        assert len(group.messages) == 5


async def test_a_group_that_is_forgotten_leaves_nothing(store: Store, clock: MovableClock, settings: Settings, analyst: Analyst) -> None:
    """Its searches and its limits go with its settings, and with what is remembered of the administrator who asked."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        group = stage.emulator.group(-1006)
        boss = stage.person(7)
        group.admit(boss, "creator")
        for asked, answer in (("/subscribe", "Готово"), ("/search Viber", "ничего не нашлось"), ("/digest", "важного не было")):
            boss.say(asked, chat=group)
            await group.expect(answer)
        assert await store.sessions.get(Recipient(platform=Platform.TELEGRAM, id=-1006), "sought")
        boss.say("/forget", chat=group)
        await group.expect("Удалить подписку")
        boss.press("Да, удалить всё", chat=group)
        await group.expect("Удалил всё")
        left = [key.decode() async for key in store.client.scan_iter(match="vestnik:{p:*")]
        assert left == []
        assert [one async for one in store.subscribers.each()] == []


@pytest.mark.parametrize("platform", ["telegram", "vk"])
async def test_a_group_neither_reads_nor_takes_what_is_its_administrators_own(
    platform: str, store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """Their searches and what they follow are not in the copy that all members see, and stay when the group is forgotten."""
    async with staged(platform, store, clock, settings, analyst) as stage:
        await fill(stage.newsroom, clock)
        if platform == "telegram":
            group, name, role = stage.emulator.group(-1012), "/", "creator"
        else:
            group, name, role = stage.emulator.conversation(12, admin=True), f"[club{stage.emulator.group_id}|@vestnik_bot] /", "owner"
        boss = stage.person(7)
        group.admit(boss, role)
        boss.say("найди Viber")
        found = await boss.expect("Поиск: Viber")
        boss.press("1", message=found)
        await boss.expect("Источники")
        boss.press("Следить")
        await boss.expect("Слежу: «")
        boss.say(f"{name}subscribe", chat=group)
        await group.expect("Готово")
        boss.say(f"{name}search MAX", chat=group)
        await group.expect("Поиск: MAX")
        boss.say(f"{name}export", chat=group)
        await group.expect("Вот всё, что я храню об этом чате.")
        copy = next(one.file for one in reversed(group.messages) if one.file is not None).content.decode()
        assert "MAX" in copy
        assert "Viber" not in copy
        boss.say(f"{name}forget", chat=group)
        await group.expect("помню об этом чате?")
        boss.press("Да, удалить всё", chat=group)
        await group.expect("Удалил всё, что хранил об этом чате")
        boss.say("слежу")
        await boss.expect("Вы следите")
        boss.press("1", message=found)
        await boss.expect("Источники")
        boss.say("удалить мои данные")
        await boss.expect("о вас помню?")
        boss.press("Да, удалить всё")
        await boss.expect("Удалил всё")
        assert not [key async for key in store.client.scan_iter(match="*follow*")]


@pytest.mark.parametrize("platform", ["telegram", "vk"])
async def test_commands_in_the_wrong_chat(platform: str, store: Store, clock: MovableClock, settings: Settings, analyst: Analyst) -> None:
    """A group is nobody's second account, gives no export to a member, and an administrator of the bot rules no group of others."""
    async with staged(platform, store, clock, settings, analyst) as stage:
        name = "/"
        if platform == "telegram":
            group = stage.emulator.group(-1005)
        else:
            group, name = stage.emulator.conversation(5, admin=True), f"[club{stage.emulator.group_id}|@vestnik_bot] /"
        admin, member = stage.person(1), stage.person(8)
        group.admit(admin)
        group.admit(member)
        member.say(f"{name}link", chat=group)
        await group.expect("Связать можно только личные чаты.")
        for command in ("export", "forget", "english", "unlink", "time 10"):
            member.say(f"{name}{command}", chat=group)
            await group.expect("Настройки этого чата меняют только его администраторы.")
        admin.say(f"{name}subscribe", chat=group)
        await group.expect("только его администраторы")
        member.say(f"{name}stats", chat=group)
        await group.expect("Я умею дайджест")
        assert all(message.buttons for message in group.messages)
        assert [one async for one in store.subscribers.each()] == []


async def test_an_anonymous_administrator_is_one(store: Store, clock: MovableClock, settings: Settings, analyst: Analyst) -> None:
    """Who speaks in the group's own name administers it; who speaks in the name of a channel of theirs does not."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        group = stage.emulator.group(-1007)
        hidden, guest = stage.person(7), stage.person(8)
        group.admit(hidden, "administrator")
        group.admit(guest)
        bot = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
        channel = {"id": -100777, "type": "channel", "title": "Канал гостя"}
        spoken = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
        guest.say("/subscribe", chat=group, sender_chat=channel, **{"from": spoken})
        await group.expect("только его администраторы")
        hidden.say("/subscribe", chat=group, sender_chat=group.chat.json(), **{"from": bot})
        await group.expect("Готово, этот чат подписан.")


async def test_a_button_of_a_channel_is_for_its_administrators(
    store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """Every reader of a channel sees the buttons under our post; who does not run it changes nothing by them."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        channel = stage.emulator.group(-1008, kind="channel")
        owner, reader = stage.person(7), stage.person(8)
        channel.admit(owner, "creator")
        channel.admit(reader)
        owner.say("/subscribe", chat=channel)
        await channel.expect("Готово, этот чат подписан.")
        owner.say("/settings", chat=channel)
        await channel.expect("Настройки")
        press = reader.press("Отписаться", chat=channel)
        assert "только его администраторы" in await press.answered()
        here = Recipient(platform=Platform.TELEGRAM, id=-1008)
        subscriber = await store.subscribers.get(here)
        assert subscriber is not None
        assert subscriber.active
        owner.press("Отписаться", chat=channel)
        assert await stage.eventually(lambda one: bool(one and not one.active), here)


async def test_a_telegram_group_that_hides_its_members_is_told_what_to_do(
    store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """Telegram may refuse to tell who administers a group: we say what helps, in a line and over a button, and nothing changes."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        group = stage.emulator.group(-1009)
        boss = stage.person(7)
        group.admit(boss, "creator")
        stage.emulator.fault("error", method="getChatMember", code=400, text="Bad Request: member list is inaccessible", times=2)
        boss.say("/subscribe", chat=group)
        message = await group.expect("Сделайте меня администратором этого чата и повторите")
        assert message.buttons
        boss.say("/start", chat=group)
        await group.expect("Вестник следит")
        press = boss.press("Подписаться", chat=group)
        assert "Сделайте меня администратором" in await press.answered()
        assert await store.subscribers.get(Recipient(platform=Platform.TELEGRAM, id=-1009)) is None
        boss.press("Подписаться", chat=group)
        await group.expect("Готово, этот чат подписан.")


async def test_a_forum_closes_and_opens_with_its_topics(store: Store, clock: MovableClock, settings: Settings, analyst: Analyst) -> None:
    """Thrown out of a forum and brought in again: the topics go on, and one that had unsubscribed stays so."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        group = stage.emulator.group(-1010, forum=True)
        boss = stage.person(7)
        group.admit(boss, "creator")
        for thread in (5, 6):
            group.topic(thread)
            boss.say("/subscribe", chat=group, thread=thread)
            await group.expect("Готово, этот чат подписан.")
        boss.say("/unsubscribe", chat=group, thread=6)
        await group.expect("Больше не пришлю")
        five, six = (Recipient(platform=Platform.TELEGRAM, id=-1010, thread=thread) for thread in (5, 6))
        group.kick_bot(boss)
        assert await stage.eventually(lambda one: bool(one and one.gone), five)
        assert await stage.eventually(lambda one: bool(one and one.gone), six)
        group.invite_bot(boss)
        assert await stage.eventually(lambda one: bool(one and one.active and not one.gone), five)
        assert await stage.eventually(lambda one: bool(one and not one.active and not one.gone), six)


async def test_a_group_that_gives_back_the_right_to_write_is_written_to(
    store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """Muted, the group's editions fail and it counts as closed; unmuted it goes on without a word and without a greeting."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        group = stage.emulator.group(-1011)
        boss = stage.person(7)
        group.admit(boss, "creator")
        boss.say("/subscribe", chat=group)
        await group.expect("Готово, этот чат подписан.")
        here = Recipient(platform=Platform.TELEGRAM, id=-1011)
        await store.subscribers.pause(here, "no-rights")  # as the sender does
        member = stage.emulator.world.member(group.chat, stage.emulator.world.bot_id)
        rights = dict.fromkeys(RIGHTS, False) | {"status": "restricted", "is_member": True, "until_date": 0, "user": member["user"]}
        written = len(group.messages)
        for can in (False, True):
            new = rights | {"can_send_messages": can}
            boss.post("my_chat_member", chat=group.chat.json(), old_chat_member=rights, new_chat_member=new)
            boss.say("/help", chat=group)
            await group.expect("Что я умею")
            subscriber = await store.subscribers.get(here)
            assert subscriber is not None
            assert (subscriber.active, bool(subscriber.gone)) == (can, not can)
        assert len(group.messages) == written + 2
