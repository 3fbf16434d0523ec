"""People talk with a small bot of aiogram's through the emulated Bot API."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.exceptions import TelegramConflictError, TelegramMigrateToChat
from aiogram.types import (
    BotCommand,
    CallbackQuery,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import ClientSession, web

from bot.clock import MovableClock
from bot.playground.telegram import TelegramEmulator, TelegramLimits

BUTTONS = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Подписаться", callback_data="subscribe"), InlineKeyboardButton(text="Сайт", url="https://x.ru/")]
    ]
)
MENU = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Дайджест")]])


def small_bot() -> Dispatcher:
    """Answers everything a person can do."""
    dispatcher = Dispatcher()

    @dispatcher.message(F.text == "меню")
    async def menu(message: Message) -> None:
        await message.answer("Вот", reply_markup=MENU)

    @dispatcher.message(F.text)
    async def text(message: Message) -> None:
        await message.answer(f"<b>Эхо:</b> {message.text}", parse_mode="HTML", reply_markup=BUTTONS)

    @dispatcher.message(F.document)
    async def document(message: Message, bot: Bot) -> None:
        assert message.document is not None
        content = await bot.download(message.document)
        assert content is not None
        await message.answer(f"{message.document.file_name}: {len(content.read())}")

    @dispatcher.message(F.location)
    async def location(message: Message) -> None:
        assert message.location is not None
        await message.answer(f"{message.location.latitude}")

    @dispatcher.callback_query()
    async def pressed(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text("Готово")
        await query.answer("Подписаны")

    @dispatcher.inline_query()
    async def inline(query: InlineQuery) -> None:
        content = InputTextMessageContent(message_text=query.query)
        await query.answer([InlineQueryResultArticle(id="1", title=query.query, input_message_content=content)])

    @dispatcher.my_chat_member()
    async def status(event: ChatMemberUpdated, bot: Bot) -> None:
        await bot.set_my_description(event.new_chat_member.status)

    return dispatcher


@pytest.fixture
async def talking(bot: Bot) -> AsyncIterator[None]:
    """The small bot polls while the test runs."""
    dispatcher = small_bot()
    async with asyncio.TaskGroup() as group:
        polling = group.create_task(dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False))
        yield
        await dispatcher.stop_polling()
        await polling


@pytest.mark.usefixtures("talking")
async def test_a_conversation_reads_as_a_script(telegram: TelegramEmulator) -> None:
    """Say, read, press, see the toast and the edit in place."""
    anna = telegram.person(7, "Анна")
    anna.say("/start")
    answer = await anna.expect("Эхо")
    assert answer.text == "Эхо: /start"
    assert answer.styled("bold") == ("Эхо:",)
    assert answer.buttons == ("Подписаться", "Сайт")
    assert anna.press("Сайт").answer == {"text": "", "alert": False, "url": "https://x.ru/"}
    assert await anna.press("Подписаться").answered() == "Подписаны"
    edited = await anna.expect("Готово")
    assert edited.message_id == answer.message_id
    assert edited.edits[0].text == "Эхо: /start"
    assert edited.buttons == ()


@pytest.mark.usefixtures("talking")
async def test_files_places_menus_and_inline_queries(telegram: TelegramEmulator) -> None:
    """Whatever else a person can send."""
    anna = telegram.person(7)
    anna.send_file("закон.txt", b"12345")
    await anna.expect("закон.txt: 5")
    anna.share_location(55.75, 37.62)
    await anna.expect("55.75")
    anna.say("меню")
    await anna.expect("Вот")
    assert anna.reply_keyboard == ("Дайджест",)
    anna.press("Дайджест")
    await anna.expect("Эхо: Дайджест")
    results = await anna.inline("штраф")
    assert [result["title"] for result in results] == ["штраф"]
    anna.block()
    await telegram.watch.until(lambda: telegram.world.names.get("description::") == "kicked", 5)


@pytest.mark.usefixtures("talking")
async def test_groups_and_topics(telegram: TelegramEmulator, bot: Bot) -> None:
    """A person speaks in a topic; the answer comes there; administrators are known."""
    anna, group = telegram.person(7), telegram.group(-1001, admin=True, forum=True)
    group.admit(anna, "administrator")
    group.topic(12)
    anna.say("привет", chat=group, thread=12)
    assert (await group.expect("Эхо: привет")).thread == 12
    assert {member.user.id for member in await bot.get_chat_administrators(group.id)} == {anna.id, bot.id}
    assert (await bot.get_chat_member(group.id, anna.id)).status == "administrator"
    assert (await bot.get_chat(group.id)).is_forum


async def test_a_migrated_group_answers_with_its_new_id(telegram: TelegramEmulator, bot: Bot) -> None:
    """Both service messages come, and the old id says where to."""
    telegram.group(-5, kind="group").migrate(-10055)
    with pytest.raises(TelegramMigrateToChat) as caught:
        await bot.send_message(-5, "x")
    assert caught.value.migrate_to_chat_id == -10055
    assert await bot.send_message(-10055, "x")
    fields = [(u.message.migrate_to_chat_id, u.message.migrate_from_chat_id) for u in await bot.get_updates() if u.message]
    assert fields == [(-10055, None), (None, -5)]


async def test_updates_are_kept_until_they_are_confirmed(telegram: TelegramEmulator, bot: Bot) -> None:
    """An offset confirms what stands before it, and nothing else does."""
    anna = telegram.person(7)
    anna.say("раз")
    anna.say("два")
    first = await bot.get_updates(limit=1)
    assert [u.message.text for u in first if u.message] == ["раз"]
    assert len(await bot.get_updates()) == 2
    rest = await bot.get_updates(offset=first[0].update_id + 1)
    assert [u.message.text for u in rest if u.message] == ["два"]
    assert await bot.get_updates(offset=rest[0].update_id + 1) == []


async def test_only_what_is_asked_for_is_sent(telegram: TelegramEmulator, bot: Bot) -> None:
    """allowed_updates holds from then on."""
    await bot.get_updates(allowed_updates=["callback_query"])
    telegram.person(7).say("раз")
    assert await bot.get_updates() == []


async def test_two_polls_conflict(telegram: TelegramEmulator, bot: Bot) -> None:
    """The older one is sent away with 409; a webhook forbids polling."""
    older = asyncio.ensure_future(bot.get_updates(timeout=20))
    await telegram.watch.until(lambda: telegram.ledger.calls["getUpdates"], 5)
    assert await bot.get_updates() == []
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates"):
        await older
    await bot.set_webhook("https://127.0.0.1:1/")
    with pytest.raises(TelegramConflictError, match="webhook is active"):
        await bot.get_updates()


async def test_a_webhook_gets_updates_with_the_secret(telegram: TelegramEmulator, bot: Bot) -> None:
    """aiogram's own handler checks the secret; what it refuses is posted again until it takes it."""
    statuses: list[int] = []

    @web.middleware
    async def flaky(request: web.Request, handler: object) -> web.StreamResponse:
        statuses.append(500 if not statuses else 200)
        if statuses[-1] == 500:
            return web.Response(status=500)
        return await handler(request)  # type: ignore[operator,no-any-return]

    application = web.Application(middlewares=[flaky])
    SimpleRequestHandler(small_bot(), bot, secret_token="s3cret", handle_in_background=False).register(application, path="/hook")
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s3cret")
    anna = telegram.person(7)
    anna.say("раз")
    await anna.expect("Эхо: раз")
    assert statuses == [500, 200]
    assert (await bot.get_webhook_info()).pending_update_count == 0
    await bot.delete_webhook()
    await runner.cleanup()


async def test_dates_come_from_the_clock(bot: Bot, telegram: TelegramEmulator) -> None:
    """A moved clock shows in the messages."""
    telegram.person(7)
    telegram.clock = MovableClock(datetime(2026, 9, 1, 6, tzinfo=UTC), running=False)
    assert (await bot.send_message(7, "x")).date == datetime(2026, 9, 1, 6, tzinfo=UTC)


async def test_profile_and_reactions(bot: Bot, telegram: TelegramEmulator) -> None:
    """Commands are kept by language; a bot sets one reaction."""
    await bot.set_my_commands([BotCommand(command="digest", description="Дайджест")], language_code="ru")
    assert [command.command for command in await bot.get_my_commands(language_code="ru")] == ["digest"]
    assert await bot.get_my_commands() == []
    said = telegram.person(7).say("раз")
    await bot.set_message_reaction(7, said.message_id, [{"type": "emoji", "emoji": "👍"}])  # type: ignore[list-item]
    assert said.reactions == ("👍",)
    await bot.send_chat_action(7, "typing")
    assert telegram.world.chats[7].action == "typing"


async def test_old_queries_cannot_be_answered(bot: Bot, telegram: TelegramEmulator) -> None:
    """A query lives for a while and is answered once."""
    anna = telegram.person(7)
    message = await bot.send_message(7, "x", reply_markup=BUTTONS)
    press = anna.press("Подписаться", message=telegram.ledger.find(7, message.message_id))
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert await bot.answer_callback_query(update.callback_query.id, text="да")
    assert await press.answered() == "да"
    with pytest.raises(Exception, match="query is too old"):
        await bot.answer_callback_query(update.callback_query.id)


async def test_control_over_http() -> None:
    """Another process says, presses, arms faults and reads the ledger."""
    async with TelegramEmulator(limits=TelegramLimits.none(), open_doors=True) as telegram, ClientSession() as session:

        async def control(method: str, what: str, **body: object) -> dict[str, object]:
            async with session.request(method, f"{telegram.url}/_control/{what}", json=body if method != "GET" else None) as response:
                return dict(await response.json())

        await control("POST", "say", person=7, text="/start")
        assert len(telegram.world.updates) == 1
        await control("POST", "faults", kind="error", code=500, text="x", times=1)
        async with session.post(f"{telegram.url}/bot{telegram.token}/sendMessage", json={"chat_id": 9, "text": "раз"}) as response:
            assert response.status == 500
        async with session.post(f"{telegram.url}/bot{telegram.token}/sendMessage", json={"chat_id": 9, "text": "раз"}) as response:
            assert response.status == 200
        ledger = await control("GET", "ledger?chat=9")
        assert [message["text"] for message in ledger["messages"]] == ["раз"]  # type: ignore[attr-defined]
        stats = await control("GET", "stats")
        assert stats["delivered"] == 1
        assert stats["refused"] == {"500": 1}
        assert "error" in await control("POST", "faults", kind="flod")
        assert "error" in await control("POST", "dance")
