"""Telegram: the bot for replies, through the SDK; mailings have a path of their own beside this file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass
from typing import Any, Final

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import BaseRequestMiddleware
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods.base import TelegramMethod, TelegramType
from aiogram.types import LinkPreviewOptions
from aiogram.utils.token import TokenValidationError

from bot.errors import ConfigurationError, DeliveryError, OutcomeUnknown, RetryLater
from bot.platforms.errors import telegram_error
from bot.platforms.proxied import PROXY_ERRORS, ProxyAway
from bot.platforms.telegram_mail import TelegramSender, token_of
from bot.settings import Settings
from bot.store.pacer import Pacer

__all__ = ["Bot", "TelegramSender", "make_bot", "probe", "translate"]

_FREE: Final = frozenset({"getUpdates", "getMe", "setWebhook", "deleteWebhook", "getWebhookInfo"})
_STATUS: Final[tuple[tuple[type[TelegramAPIError], int], ...]] = (
    (TelegramBadRequest, 400),
    (TelegramUnauthorizedError, 401),
    (TelegramForbiddenError, 403),
    (TelegramNotFound, 404),
    (TelegramConflictError, 409),
    (TelegramServerError, 500),
)


def translate(error: Exception) -> DeliveryError:
    """Our error for one of the SDK's. Raises what it does not know."""
    if isinstance(error, TelegramRetryAfter):
        return telegram_error(429, error.message, retry_after=float(error.retry_after))
    if isinstance(error, TelegramMigrateToChat):
        return telegram_error(400, error.message, new_id=error.migrate_to_chat_id)
    if isinstance(error, TelegramNetworkError):
        return OutcomeUnknown(f"connection-lost: {error.message}")
    if isinstance(error, ClientDecodeError):
        return RetryLater(f"no-json: {error.message}")
    for kind, status in _STATUS:
        if isinstance(error, kind):
            return telegram_error(status, error.message)
    if isinstance(error, TelegramAPIError):
        return telegram_error(520, error.message)
    raise error


class _Paced(BaseRequestMiddleware):
    """Every call of the bot draws on the shared pacer, ahead of mailings, and obeys one `retry_after` by itself."""

    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer

    async def __call__(self, make_request: Any, bot: Bot, method: Any) -> Any:
        name = str(method.__api_method__)
        if name in _FREE:
            return await make_request(bot, method)
        chat = getattr(method, "chat_id", None) if name.startswith("send") and name != "sendChatAction" else None
        number = chat if isinstance(chat, int) else 0
        await self._pacer.reply(number)
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as error:
            await self._pacer.pause(float(error.retry_after))
        await self._pacer.reply(number)
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as error:
            await self._pacer.pause(float(error.retry_after))
            raise


class _Session(AiohttpSession):
    """The SDK's session; the errors of a proxy's library become the SDK's own, or nobody would expect them."""

    async def make_request(self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None) -> TelegramType:
        try:
            return await super().make_request(bot, method, timeout)
        except PROXY_ERRORS as error:
            raise TelegramNetworkError(method=method, message=f"the proxy: {error}") from error

    async def stream_content(self, *args: Any, **options: Any) -> AsyncGenerator[bytes, None]:
        try:
            async for part in super().stream_content(*args, **options):
                yield part
        except PROXY_ERRORS as error:
            raise ProxyAway(f"the proxy: {error}") from error


def make_bot(settings: Settings, pacer: Pacer | None = None) -> Bot:
    """The bot for replies. Raises ConfigurationError without a token or with one that cannot be a token."""
    session = _Session(api=TelegramAPIServer.from_base(settings.telegram_api_url), proxy=settings.telegram_proxy)
    if pacer is not None:
        session.middleware(_Paced(pacer))
    try:
        return Bot(
            token_of(settings),
            session=session,
            default=DefaultBotProperties(parse_mode="HTML", link_preview=LinkPreviewOptions(is_disabled=True)),
        )
    except TokenValidationError as error:
        raise ConfigurationError("VESTNIK_TELEGRAM_TOKEN is no token") from error


@dataclass(frozen=True, slots=True)
class Probed:
    """What Telegram says of the bot."""

    name: str
    webhook: str
    """Where updates are delivered to; empty: they wait for a long poll."""
    trouble: str
    """Why the last delivery failed."""
    waiting: int
    strangers: tuple[int, ...]
    """Of the people asked about, those to whom the bot may not write."""


async def probe(settings: Settings, people: Iterable[int] = ()) -> Probed:
    """Asks Telegram about the bot and whether it knows these people. Raises DeliveryError or ConfigurationError."""
    bot = make_bot(settings)
    try:
        async with asyncio.timeout(15):
            name = (await bot.get_me()).username or ""
            hook = await bot.get_webhook_info()
            strangers = [number for number in people if not await _known(bot, number)]
            return Probed(name, hook.url, hook.last_error_message or "", hook.pending_update_count, tuple(strangers))
    except TimeoutError:
        raise RetryLater("unreachable: no answer in 15 seconds") from None
    except (TelegramAPIError, ClientDecodeError) as error:
        raise translate(error) from error
    finally:
        await bot.session.close()


async def _known(bot: Bot, number: int) -> bool:
    try:
        await bot.get_chat(number)
    except (TelegramBadRequest, TelegramForbiddenError):
        return False
    return True
