"""What the emulated Bot API refuses, in the server's own words, as aiogram hears it."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramNotFound, TelegramUnauthorizedError
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup
from aiohttp import ClientSession

from bot.playground.telegram import TelegramEmulator

ANNA = 7


@pytest.fixture(autouse=True)
def anna(telegram: TelegramEmulator) -> None:
    telegram.person(ANNA)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("<b>жирный", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("ж<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ('<b class="x">y</b>', 'Unexpected attribute "class" in the tag "b" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<code><b>x</b></code>", 'Tag "b" is not allowed inside of code at byte offset 6'),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", 'Nested tag "blockquote" at byte offset 13'),
    ],
)
async def test_wrong_html_is_refused(bot: Bot, text: str, complaint: str) -> None:
    """Each mistake is named with its place in bytes."""
    with pytest.raises(TelegramBadRequest) as caught:
        await bot.send_message(ANNA, text, parse_mode="HTML")
    assert caught.value.message == f"Bad Request: can't parse entities: {complaint}"


@pytest.mark.parametrize("text", ["", "   ", "<b> </b>", "&#32;"])
async def test_nothing_to_say_is_refused(bot: Bot, text: str) -> None:
    """Empty after parsing and trimming is empty."""
    with pytest.raises(TelegramBadRequest, match="message text is empty"):
        await bot.send_message(ANNA, text, parse_mode="HTML")


async def test_html_becomes_entities(bot: Bot) -> None:
    """Tags, references and emoji: offsets are UTF-16 units of the plain text."""
    message = await bot.send_message(
        ANNA,
        '😀 <b>a &lt; <i>б</i></b> <a href="https://x.ru/?a=1&amp;b=2">link</a> <blockquote expandable>q</blockquote>',
        parse_mode="HTML",
    )
    assert message.text == "😀 a < б link q"
    assert [(e.type, e.offset, e.length, e.url) for e in message.entities or ()] == [
        ("bold", 3, 5, None),
        ("italic", 7, 1, None),
        ("text_link", 9, 4, "https://x.ru/?a=1&b=2"),
        ("expandable_blockquote", 14, 1, None),
    ]


@pytest.mark.parametrize(
    ("text", "fits"),
    [("я" * 4096, True), ("я" * 4097, False), ("😀" * 2048, True), ("😀" * 2049, False), ("<b>" + "я" * 4096 + "</b>", True)],
    ids=["4096", "4097", "4096 units", "4098 units", "tags do not count"],
)
async def test_length_is_counted_after_parsing_in_the_stricter_unit(bot: Bot, text: str, fits: bool) -> None:
    """4096 characters and 4096 UTF-16 units."""
    if fits:
        assert await bot.send_message(ANNA, text, parse_mode="HTML")
    else:
        with pytest.raises(TelegramBadRequest, match="message is too long"):
            await bot.send_message(ANNA, text, parse_mode="HTML")


async def test_a_hundred_entities_are_the_most(bot: Bot) -> None:
    """The hundred and first is refused, where the real server drops it."""
    assert await bot.send_message(ANNA, "<b>x</b> " * 100, parse_mode="HTML")
    with pytest.raises(TelegramBadRequest, match="ENTITIES_TOO_LONG"):
        await bot.send_message(ANNA, "<b>x</b> " * 101, parse_mode="HTML")


def keyboard(*rows: list[dict[str, object]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup.model_construct(inline_keyboard=list(rows))  # unchecked on purpose


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([[{"text": "x"}]], "Text buttons are unallowed"),
        ([[{"text": "x", "callback_data": "a", "url": "https://x.ru"}]], "exactly one action"),
        ([[{"text": "", "callback_data": "a"}]], "non-empty String"),
        ([[{"text": "x", "callback_data": "я" * 33}]], "BUTTON_DATA_INVALID"),
        ([[{"text": "x", "callback_data": ""}]], "BUTTON_DATA_INVALID"),
        ([[{"text": "x", "url": "ftp://x.ru"}]], "Unsupported URL protocol"),
        ([[{"text": "x", "url": "http://localhost/"}]], "Wrong HTTP URL"),
        ([[{"text": "x", "url": "не адрес"}]], "Wrong HTTP URL"),
        ([[]], "a row of the keyboard is empty"),
        ([[{"text": "x", "callback_data": "a"}] * 8] * 13, "REPLY_MARKUP_TOO_LONG"),
        ([[{"text": "x", "callback_data": "a", "colour": "red"}]], "unknown field"),
    ],
)
async def test_wrong_keyboards_are_refused(telegram: TelegramEmulator, rows: list[object], complaint: str) -> None:
    """Empty rows, two actions, long data, bad addresses."""
    async with ClientSession() as session:
        body = {"chat_id": ANNA, "text": "x", "reply_markup": {"inline_keyboard": rows}}
        async with session.post(f"{telegram.url}/bot{telegram.token}/sendMessage", json=body) as response:
            answer = await response.json()
    assert response.status == 400
    assert complaint in answer["description"]


@pytest.mark.parametrize(
    ("method", "body", "code", "complaint"),
    [
        ("sendMesage", {}, 404, "Not Found"),
        ("sendMessage", {"chat_id": ANNA, "text": "x", "parsemode": "HTML"}, 400, 'sendMessage has no parameter "parsemode"'),
        ("sendMessage", {"text": "x"}, 400, "chat_id is empty"),
        ("sendMessage", {"chat_id": 404, "text": "x"}, 400, "chat not found"),
        ("sendMessage", {"chat_id": ANNA, "text": "x", "parse_mode": "MarkdownV3"}, 400, "unsupported parse_mode"),
        (
            "sendMessage",
            {"chat_id": ANNA, "text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
            400,
            "ends after the end",
        ),
        ("sendMessage", {"chat_id": ANNA, "text": "x", "message_thread_id": 3}, 400, "message thread not found"),
        ("sendMessage", {"chat_id": ANNA, "text": "x", "reply_parameters": {"message_id": 99}}, 400, "message to be replied not found"),
        ("editMessageText", {"chat_id": ANNA, "message_id": 99, "text": "x"}, 400, "message to edit not found"),
        ("deleteMessage", {"chat_id": ANNA, "message_id": 99}, 400, "message to delete not found"),
        ("answerCallbackQuery", {"callback_query_id": "1"}, 400, "query is too old and response timeout expired or query ID is invalid"),
        ("sendChatAction", {"chat_id": ANNA, "action": "dancing"}, 400, "wrong parameter action"),
        ("setMyCommands", {"commands": [{"command": "Start!", "description": "x"}]}, 400, "BOT_COMMAND_INVALID"),
        ("setMyShortDescription", {"short_description": "я" * 121}, 400, "too long"),
        ("getFile", {"file_id": "nothing"}, 400, "invalid file_id"),
    ],
)
async def test_wrong_calls_are_refused(telegram: TelegramEmulator, method: str, body: dict[str, object], code: int, complaint: str) -> None:
    """Unknown methods, parameters, chats and messages."""
    async with ClientSession() as session:
        async with session.post(f"{telegram.url}/bot{telegram.token}/{method}", json=body) as response:
            answer = await response.json()
    assert (response.status, answer["ok"], answer["error_code"]) == (code, False, code)
    assert complaint in answer["description"]


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot) -> None:
    """Text and keyboard are compared after parsing."""
    message = await bot.send_message(ANNA, "<b>x</b>", parse_mode="HTML")
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("<strong>x</strong>", chat_id=ANNA, message_id=message.message_id, parse_mode="HTML")


async def test_a_wrong_token_is_unauthorized(telegram: TelegramEmulator, bot: Bot) -> None:
    """401 for a token that is not the emulator's, 404 for an unknown file."""
    telegram.token = "1:other"
    with pytest.raises(TelegramUnauthorizedError):
        await bot.get_me()


async def test_who_blocked_the_bot_is_forbidden_until_they_write(telegram: TelegramEmulator, bot: Bot) -> None:
    """403 in Telegram's words; writing to the bot ends it."""
    anna = telegram.person(ANNA)
    anna.block()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(ANNA, "x")
    anna.say("я вернулась")
    assert await bot.send_message(ANNA, "x")
    anna.deactivate()
    with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
        await bot.send_message(ANNA, "x")
    telegram.person(8, started=False)
    with pytest.raises(TelegramForbiddenError, match="can't initiate conversation"):
        await bot.send_message(8, "x")


async def test_captions_and_files_have_their_limits(bot: Bot) -> None:
    """A caption is at most 1024 after parsing, a file is not empty; what was sent can be fetched."""
    with pytest.raises(TelegramBadRequest, match="caption is too long"):
        await bot.send_document(ANNA, BufferedInputFile(b"x", "x.txt"), caption="я" * 1025)
    with pytest.raises(TelegramBadRequest, match="file must be non-empty"):
        await bot.send_document(ANNA, BufferedInputFile(b"", "x.txt"))
    message = await bot.send_document(
        ANNA, BufferedInputFile("привет".encode(), "привет.ics"), caption="<b>Календарь</b>", parse_mode="HTML"
    )
    assert message.document is not None
    assert message.document.file_name == "привет.ics"
    fetched = await bot.download(message.document.file_id)
    assert fetched is not None
    assert fetched.read().decode() == "привет"


async def test_an_unknown_path_is_not_found(bot: Bot) -> None:
    """A file that nobody sent."""
    with pytest.raises((TelegramBadRequest, TelegramNotFound)):
        await bot.get_file("nothing")
