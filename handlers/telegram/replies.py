"""From replies to Telegram: sending, editing in place, toasts, files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, Final, TypeVar

import structlog
from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramServerError,
)
from aiogram.methods import EditMessageText, SendDocument, SendMessage, TelegramMethod
from aiogram.types import BufferedInputFile, CallbackQuery

from bot.digest.render import telegram
from bot.digest.render.document import Document
from bot.model import Recipient
from bot.store.seals import Seal
from handlers.dialogue import Attachment, Dialogue, Event, Own, Reply

_log = structlog.get_logger()
T = TypeVar("T")
_TOAST = 200
_PAUSES: Final = (0.1, 1.0)
"""Seconds before a call that failed in passing is made again."""
_CAPTION = 1024
"""Characters of markup that surely fit under a file: Telegram counts them without the markup."""


class Screen:
    """What one person sees of one answer."""

    def __init__(self, bot: Bot, dialogue: Dialogue, recipient: Recipient, *, press: CallbackQuery | None = None) -> None:
        self._bot, self._dialogue, self._recipient, self._press = bot, dialogue, recipient, press
        self._last = press.message.message_id if press is not None and press.message is not None else 0
        """The message that an edit changes."""
        self._seal: Seal = str

    async def show(self, replies: AsyncIterator[Reply]) -> None:
        """Shows every reply in order. A chat that is closed to us ends the answer quietly."""
        try:
            self._seal = await self._dialogue.sealer(self._recipient)
            async for reply in replies:
                await self._one(reply)
        except TelegramForbiddenError:
            await self._dialogue.happened(self._recipient, Event.BLOCKED)
        except TelegramMigrateToChat as error:
            await self._dialogue.moved(self._recipient, error.migrate_to_chat_id)
        except (TelegramAPIError, ClientDecodeError) as error:
            _log.warning("reply not shown", platform="telegram", error=str(error)[:200], kind=type(error).__name__)
        finally:
            await self._answer("")

    async def _one(self, reply: Reply) -> None:
        # The button must not look stuck; but only the first answer to a press is shown, so a toast is waited for.
        if reply.toast or not reply.typing:
            await self._answer(reply.toast)
        if reply.typing:
            await self._typing()
        if reply.attachment is not None:
            await self._file(reply.attachment, reply.document)
        elif reply.document is not None:
            await self._document(reply.document, edit=reply.edit, own=reply.own)

    async def _file(self, attachment: Attachment, document: Document | None) -> None:
        """The file with its words and buttons under it; long words go before it."""
        parts = telegram.render(document, seal=self._seal).parts if document is not None else ()
        payload: dict[str, Any] = dict(parts[0].payload) if parts else {}
        if len(parts) > 1 or len(str(payload.get("text", ""))) > _CAPTION:
            for part in parts:
                await self._send(part.payload)
            payload = {}
        payload.pop("link_preview_options", None)
        caption = payload.pop("text", None)
        file = BufferedInputFile(attachment.data, attachment.name)
        thread = self._recipient.thread or None
        try:
            await self._call(SendDocument(chat_id=self._recipient.id, document=file, caption=caption, message_thread_id=thread, **payload))
        except (TelegramBadRequest, TelegramServerError, TelegramNetworkError, ClientDecodeError) as error:
            _log.warning("file not sent", platform="telegram", error=str(error)[:200], kind=type(error).__name__)
            await self._document(attachment.lost, edit=False, own=None)

    async def _document(self, document: Document, *, edit: bool, own: Own | None) -> None:
        if own is not None:
            # One message holds one keyboard, and taking a keyboard away counts as one.
            (part, *_) = telegram.render(replace(document, buttons=())).parts
            markup = telegram.own_keyboard(document.buttons) if own is Own.SHOWN else {"remove_keyboard": True}
            await self._send({**part.payload, "reply_markup": markup})
            return
        first, *rest = telegram.render(document, seal=self._seal).parts
        if not (edit and self._last and await self._edit(first.payload)):
            await self._send(first.payload)
        for part in rest:
            await self._send(part.payload)

    async def _edit(self, payload: dict[str, Any]) -> bool:
        """Whether the message now reads so; one that can no longer be edited is answered below it."""
        try:
            await self._call(EditMessageText(chat_id=self._recipient.id, message_id=self._last, **payload))
        except TelegramBadRequest as error:
            return "not modified" in error.message
        return True

    async def _send(self, payload: dict[str, Any]) -> None:
        sent = await self._call(SendMessage(chat_id=self._recipient.id, message_thread_id=self._recipient.thread or None, **payload))
        self._last = sent.message_id

    async def _typing(self) -> None:
        """A sign of life; an answer does not depend on it, unless the chat is closed to us."""
        try:
            await self._bot.send_chat_action(self._recipient.id, ChatAction.TYPING, message_thread_id=self._recipient.thread or None)
        except (TelegramServerError, TelegramNetworkError, ClientDecodeError) as error:
            _log.info("typing not shown", platform="telegram", error=str(error)[:200])

    async def _call(self, method: TelegramMethod[T]) -> T:
        """Asks again, a few times, when the platform fails in passing or the connection breaks: twice an answer is better than none.

        Who has waited for a minute in vain is not made to wait for more.
        """
        for pause in _PAUSES:
            try:
                return await self._bot(method)
            except (TelegramServerError, TelegramNetworkError, ClientDecodeError) as error:
                if "timeout" in str(error).lower():
                    raise
                _log.info("asked again", platform="telegram", error=str(error)[:200])
                await asyncio.sleep(pause)
        return await self._bot(method)

    async def _answer(self, toast: str) -> None:
        press, self._press = self._press, None
        if press is None:
            return
        try:
            await self._bot.answer_callback_query(press.id, text=toast[:_TOAST] or None)
        except (TelegramAPIError, ClientDecodeError) as error:
            # An old query cannot be answered any more; what it asked for is done all the same.
            _log.info("press not answered", platform="telegram", error=str(error)[:200])
