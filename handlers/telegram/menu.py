"""How the bot introduces itself to Telegram: its name and its menus of commands."""

from __future__ import annotations

from typing import Final

import structlog
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeDefault

from bot.locales import words
from handlers.dialogue import Dialogue

_log = structlog.get_logger()
COMMANDS: Final = (
    *("digest", "summary", "search", "calendar", "following", "settings"),
    *("subscribe", "unsubscribe", "link", "help", "privacy", "forget"),
)


async def introduce(bot: Bot, dialogue: Dialogue) -> None:
    """Learns our own name and sets the menus in both languages; a menu that cannot be set stops nothing."""
    me = await bot.get_me()
    dialogue.bot_name = me.username or ""
    for language, code in (("en", None), ("ru", "ru")):
        say = words(language)
        commands = [BotCommand(command=name, description=say.say(f"command-{name}")) for name in COMMANDS]
        for scope in (BotCommandScopeDefault(), BotCommandScopeAllPrivateChats()):
            try:
                await bot.set_my_commands(commands, scope=scope, language_code=code)
            except (TelegramAPIError, ClientDecodeError) as error:
                _log.warning("menu not set", platform="telegram", language=language, error=str(error)[:200])
