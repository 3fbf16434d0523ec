"""From Telegram's updates to requests."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from aiogram import Bot
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, Chat, Document, InlineQuery, Message
from aiohttp import ClientError

from bot.errors import BadInput, SourceBroken
from bot.model import Platform, Recipient
from handlers.dialogue import ChatKind, File, Place, Request
from handlers.dialogue.parse import PASTED, find_links
from handlers.dialogue.request import anyone
from handlers.dialogue.summary import LARGEST

KINDS: Final = {ChatType.PRIVATE: ChatKind.PRIVATE, ChatType.CHANNEL: ChatKind.CHANNEL}
ADMINS: Final = (ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR)


def recipient_of(message: Message) -> Recipient:
    """The chat, and the forum topic in it."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Recipient(platform=Platform.TELEGRAM, id=message.chat.id, thread=thread or 0)


def kind_of(chat: Chat) -> ChatKind:
    """Private, group or channel."""
    return KINDS.get(ChatType(chat.type), ChatKind.GROUP)


def from_message(message: Message, bot: Bot, bot_name: str) -> Request | None:
    """What was said to us; None for what was said to others in a group, and for our own words that somebody inserted."""
    if message.via_bot is not None and message.via_bot.id == bot.id:
        return None
    text = message.text or message.caption or ""
    kind = kind_of(message.chat)
    named = False
    mention = f"@{bot_name}".lower()
    if kind is ChatKind.PRIVATE and text.lower().startswith(f"{mention} "):
        text = _without(text, mention)
    if kind is not ChatKind.PRIVATE:
        replied = message.reply_to_message
        to_us = replied is not None and replied.from_user is not None and replied.from_user.id == bot.id
        command = text.startswith("/")
        if kind is ChatKind.CHANNEL and not command:
            return None
        named = bool(bot_name) and mention in text.lower()
        if not (command or to_us or named):
            return None
        if not command:
            text = _without(text, mention)
    sender = message.from_user
    if sender is not None and sender.is_bot and message.sender_chat is None:
        return None
    anonymous = message.sender_chat is not None and message.sender_chat.id == message.chat.id

    async def may_change() -> bool:
        return anonymous or await administers(bot, message.chat.id, sender.id if sender else 0)

    if message.forward_origin is not None and len(text) < PASTED and not find_links(text):
        text = "\n".join((text, *_behind_words(message))).strip()  # a headline whose news stand behind a word
    quoted = message.reply_to_message
    return Request(
        recipient=recipient_of(message),
        user_id=0 if anonymous or sender is None else sender.id,
        text=text,
        language=(sender.language_code or "") if sender else "",
        chat=kind,
        may_change=anyone if kind is ChatKind.PRIVATE else may_change,
        file=_file(message.document, bot),
        place=Place(latitude=message.location.latitude, longitude=message.location.longitude) if message.location else None,
        forwarded=message.forward_origin is not None,
        named=named,
        replied=(quoted.text or quoted.caption or "") if quoted else "",
        replied_file=_file(quoted.document, bot) if quoted else None,
    )


def from_press(press: CallbackQuery, bot: Bot) -> Request:
    """A pressed button; that of an old or an inline message is answered in private."""
    message = press.message
    chat = message.chat if message is not None else None
    kind = kind_of(chat) if chat else ChatKind.PRIVATE
    recipient = Recipient(platform=Platform.TELEGRAM, id=chat.id if chat else press.from_user.id)
    if isinstance(message, Message):
        recipient = recipient_of(message)

    async def may_change() -> bool:
        return kind is ChatKind.PRIVATE or await administers(bot, recipient.id, press.from_user.id)

    return Request(
        recipient=recipient,
        user_id=press.from_user.id,
        action=press.data or "",
        language=press.from_user.language_code or "",
        chat=kind,
        may_change=may_change,
    )


def from_query(query: InlineQuery) -> Request:
    """Words typed after our name in any chat."""
    return Request(
        recipient=Recipient(platform=Platform.TELEGRAM, id=query.from_user.id),
        user_id=query.from_user.id,
        text=query.query,
        language=query.from_user.language_code or "",
    )


async def administers(bot: Bot, chat_id: int, user_id: int) -> bool:
    """Whether a person administers a chat; who cannot be looked up does not. Raises BadInput if Telegram shows us nobody."""
    if not user_id:
        return False
    try:
        member = await bot.get_chat_member(chat_id, user_id)
    except TelegramAPIError as error:
        if "member list is inaccessible" in str(error):
            raise BadInput("we do not administer the chat", key="not-admin-here") from error
        return False
    return member.status in ADMINS


def _behind_words(message: Message) -> list[str]:
    """The addresses that stand behind words of a message."""
    return list(
        dict.fromkeys(one.url for one in (message.entities or message.caption_entities or ()) if one.type == "text_link" and one.url)
    )


def _without(text: str, mention: str) -> str:
    at = text.lower().find(mention)
    return text if at < 0 else f"{text[:at]} {text[at + len(mention) :]}".strip(" ,:")


def _file(document: Document | None, bot: Bot) -> File | None:
    return File(name=document.file_name or "", size=document.file_size or 0, load=_loader(bot, document.file_id)) if document else None


def _loader(bot: Bot, file_id: str) -> Callable[[], Awaitable[bytes]]:
    async def load() -> bytes:
        try:
            file = await bot.get_file(file_id)
            if (file.file_size or 0) > LARGEST or not file.file_path:
                raise BadInput("the file is too large", key="summary-large", most=LARGEST // 1024 // 1024)
            data = bytearray()
            async for chunk in bot.session.stream_content(bot.session.api.file_url(bot.token, file.file_path), timeout=30):
                data += chunk
                if len(data) > LARGEST:  # whatever the server said the size was
                    raise BadInput("the file is too large", key="summary-large", most=LARGEST // 1024 // 1024)
        except (TelegramAPIError, ClientError, TimeoutError) as error:
            raise SourceBroken(f"the file did not come: {type(error).__name__}", problem="connection") from error
        return bytes(data)

    return load
