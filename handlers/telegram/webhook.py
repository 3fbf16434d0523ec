"""Telegram's updates by webhook: the secret is compared in constant time, 200 comes once the update is on record."""

from __future__ import annotations

import asyncio
import secrets
from typing import Final

import structlog
from aiogram import Bot, Dispatcher
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from handlers.dialogue.intake import Intake
from handlers.telegram.listen import ALLOWED

_log = structlog.get_logger()
PATH: Final = "/telegram"
HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"


class Webhook(SimpleRequestHandler):
    """Takes updates; they are answered while `run` runs."""

    def __init__(self, dispatcher: Dispatcher, bot: Bot, intake: Intake, *, secret: str) -> None:
        """`secret` is what Telegram repeats in a header; without one anybody could speak for Telegram, so it must not be empty."""
        if not secret:
            raise ValueError("a webhook needs a secret")
        super().__init__(dispatcher, bot, handle_in_background=False, secret_token=secret)
        self._secret = secret.encode()
        self._intake = intake

    def verify_secret(self, telegram_secret_token: str, bot: Bot) -> bool:
        """In bytes: `compare_digest` refuses strings that are not ASCII, and a stranger may send any."""
        return secrets.compare_digest(telegram_secret_token.encode("utf-8", "surrogateescape"), self._secret)

    async def handle(self, request: web.Request) -> web.Response:
        """200 once the update is on record; 401 for a wrong secret; a malformed body is logged and taken, or it would come for ever."""
        if not self.verify_secret(request.headers.get(HEADER, ""), self.bot):
            return web.Response(status=401)
        try:
            raw = await request.json()
        except ValueError:
            raw = None
        if not isinstance(raw, dict):
            _log.warning("malformed update", platform="telegram")
            return web.json_response({})
        await self._intake.accept([raw])
        return web.json_response({})

    async def run(self, *, stop: asyncio.Event) -> None:
        """Answers what was taken until `stop`, then what is under way."""
        async with self._intake.working():
            await stop.wait()

    async def announce(self, url: str) -> None:
        """Tells Telegram where we listen."""
        await self.bot.set_webhook(url, secret_token=self._secret.decode(), allowed_updates=ALLOWED)

    async def close(self) -> None:
        """The bot's session is not ours to close: the sender uses it too."""
