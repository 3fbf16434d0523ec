"""Telegram's updates by long poll, each chat's in order; a dispatcher that long poll and webhook share."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final, cast

import structlog
from aiogram import Bot, Dispatcher, Router
from aiogram.enums import ChatMemberStatus, ContentType
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetUpdates
from aiogram.types import (
    CallbackQuery,
    ChatMemberUpdated,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
)
from pydantic import ValidationError

from bot.digest.render import telegram
from bot.errors import TokenRefused
from bot.model import Platform, Recipient
from bot.store import Store
from bot.store.inbox import Inbox
from handlers.dialogue import ChatKind, Dialogue, Event, Request
from handlers.dialogue.intake import Intake
from handlers.dialogue.lanes import Lanes
from handlers.dialogue.waiting import until
from handlers.telegram.replies import Screen
from handlers.telegram.requests import administers, from_message, from_press, from_query, kind_of

_log = structlog.get_logger()

ALLOWED: Final = ["message", "channel_post", "callback_query", "inline_query", "my_chat_member"]
WAIT: Final = 25
"""Seconds that Telegram may keep a long poll open."""
PATIENCE: Final = 60.0
"""Seconds: the longest pause between two tries."""
SPOKEN: Final = frozenset(
    {
        *(ContentType.TEXT, ContentType.DOCUMENT, ContentType.LOCATION, ContentType.PHOTO, ContentType.VIDEO),
        *(ContentType.VOICE, ContentType.AUDIO, ContentType.STICKER, ContentType.ANIMATION, ContentType.CONTACT, ContentType.VENUE),
        *(ContentType.VIDEO_NOTE, ContentType.DICE, ContentType.POLL, ContentType.STORY, ContentType.GAME, ContentType.PAID_MEDIA),
    }
)
"""What people send; the rest are notices of the platform, to which nobody expects an answer."""
_GONE: Final = (ChatMemberStatus.KICKED, ChatMemberStatus.LEFT)


def make_dispatcher(dialogue: Dialogue) -> Dispatcher:
    """Routes updates to the dialogue. Nothing is kept between updates, hence no state storage."""
    router = Router(name="dialogue")

    @router.message()
    @router.channel_post()
    async def said(message: Message, bot: Bot) -> None:
        if message.migrate_to_chat_id:
            await dialogue.moved(Recipient(platform=Platform.TELEGRAM, id=message.chat.id), message.migrate_to_chat_id)
            return
        request = from_message(message, bot, dialogue.bot_name)
        if request is not None and message.content_type in SPOKEN:
            await Screen(bot, dialogue, request.recipient).show(dialogue.answer(request))

    @router.callback_query()
    async def pressed(press: CallbackQuery, bot: Bot) -> None:
        request = from_press(press, bot)
        await Screen(bot, dialogue, request.recipient, press=press).show(dialogue.answer(request))

    @router.inline_query()
    async def asked(query: InlineQuery) -> None:
        results = [
            InlineQueryResultArticle(
                id=found.id[:64],
                title=found.title[:200],
                description=found.description,
                input_message_content=InputTextMessageContent(
                    message_text=str(telegram.render(found.document).parts[0].payload["text"]),
                    parse_mode="HTML",
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                ),
            )
            for found in await dialogue.found(from_query(query))
        ]
        button = InlineQueryResultsButton(text=dialogue.to_bot(query.from_user.language_code or ""), start_parameter="inline")
        await query.answer(results, cache_time=30, is_personal=True, button=button)  # type: ignore[arg-type]  # the union of results is invariant

    @router.my_chat_member()
    async def befell(update: ChatMemberUpdated, bot: Bot) -> None:
        recipient = Recipient(platform=Platform.TELEGRAM, id=update.chat.id)
        if update.new_chat_member.status in _GONE:
            await dialogue.happened(recipient, Event.BLOCKED)
            return
        if getattr(update.new_chat_member, "can_send_messages", True):
            await dialogue.happened(recipient, Event.RETURNED)  # brought in, or given back the right to write
        language, asking = update.from_user.language_code or "", update.from_user.id
        if update.old_chat_member.status in _GONE and kind_of(update.chat) is ChatKind.CHANNEL:
            # Its readers need not know; who let us in hears in private what to do, if we may write to them.
            person = Recipient(platform=Platform.TELEGRAM, id=asking)
            await Screen(bot, dialogue, person).show(
                dialogue.let_in(Request(recipient=person, user_id=asking, language=language), update.chat.title or "")
            )
        if update.old_chat_member.status in _GONE and kind_of(update.chat) is ChatKind.GROUP:

            async def may_change() -> bool:
                return await administers(bot, update.chat.id, asking)

            request = Request(
                recipient=recipient, user_id=asking, text="/start", language=language, chat=ChatKind.GROUP, may_change=may_change
            )
            await Screen(bot, dialogue, recipient).show(dialogue.answer(request))

    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.include_router(router)
    return dispatcher


class RawUpdates(GetUpdates):
    """getUpdates as plain data: one malformed update must not spoil the batch that it came in."""

    __returning__ = list[dict[str, Any]]


async def _ask(bot: Bot, method: RawUpdates, timeout: int) -> list[dict[str, Any]]:
    # The SDK's types know getUpdates as a list of Update.
    return cast("list[dict[str, Any]]", await bot(method, request_timeout=timeout))


async def _drop_webhook(bot: Bot) -> None:
    try:
        await bot.delete_webhook(drop_pending_updates=False)
    except (TelegramAPIError, ClientDecodeError) as error:
        _log.warning("webhook not deleted", platform="telegram", error=str(error)[:200])


def make_intake(bot: Bot, dispatcher: Dispatcher, store: Store, *, lanes: Lanes | None = None) -> Intake:
    """The way of an update to the dispatcher; long poll and webhook share it."""

    async def answer(raw: dict[str, Any]) -> None:
        try:
            await dispatcher.feed_raw_update(bot, raw)
        except ValidationError as error:
            _log.warning("malformed update", platform="telegram", update=raw.get("update_id"), problems=error.error_count())
        except Exception:
            _log.exception("update broke", platform="telegram", update=raw.get("update_id"))

    # Not by the number alone: Telegram begins to count anew after a quiet week.
    return Intake(Inbox(store.client, Platform.TELEGRAM), answer, name_of=lambda raw: None, chat_of=chat_of, lanes=lanes)


def chat_of(raw: Mapping[str, Any]) -> int:
    """Whose turn an update waits for: its chat's, else its sender's; 0 for what names neither."""
    for value in raw.values():
        if not isinstance(value, dict):
            continue
        message = value.get("message")
        for holder in (value, message):
            if isinstance(holder, dict) and isinstance(holder.get("chat"), dict) and isinstance(holder["chat"].get("id"), int):
                return int(holder["chat"]["id"])
        if isinstance(value.get("from"), dict) and isinstance(value["from"].get("id"), int):
            return int(value["from"]["id"])
    return 0


async def poll(bot: Bot, intake: Intake, *, stop: asyncio.Event) -> None:
    """Answers updates until `stop`, then finishes those under way. Raises TokenRefused if Telegram does not know the token."""
    offset, failures = 0, 0
    async with intake.working():
        while not stop.is_set():
            await intake.lanes.room()
            try:
                method = RawUpdates(offset=offset or None, timeout=WAIT, allowed_updates=ALLOWED)
                batch = await until(stop, _ask(bot, method, WAIT + 15))
                failures = 0
            except TelegramUnauthorizedError as error:
                raise TokenRefused("Telegram does not know VESTNIK_TELEGRAM_TOKEN") from error
            except (TelegramAPIError, ClientDecodeError, TelegramNetworkError) as error:
                if isinstance(error, TelegramConflictError) and "webhook" in error.message:
                    # It was run with a webhook before. What waits there comes to us now.
                    await until(stop, _drop_webhook(bot))
                failures += 1
                pause = min(PATIENCE, 0.25 * 2 ** min(failures, 10))
                if isinstance(error, TelegramRetryAfter):
                    pause = float(error.retry_after)
                hint = "another process polls with this token" if isinstance(error, TelegramConflictError) else ""
                _log.warning("no updates", platform="telegram", error=str(error)[:200], pause=pause, hint=hint)
                await until(stop, asyncio.sleep(pause))
                continue
            if batch:
                # The next call confirms them to Telegram: by then they are on record.
                await intake.accept(batch)
                offset = max(offset, *(int(raw.get("update_id", 0)) + 1 for raw in batch))
    if offset:
        # What was answered is confirmed, so that the next process does not answer it again.
        try:
            await bot(RawUpdates(offset=offset, timeout=0, limit=1))
        except (TelegramAPIError, ClientDecodeError) as error:
            _log.warning("updates not confirmed", platform="telegram", error=str(error)[:200])
