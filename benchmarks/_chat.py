"""People who talk with the bot on an emulator, and how long each waits until the answer stands on the screen."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from benchmarks._rig import ROOT, end
from bot.playground.ledger import Delivered
from bot.playground.site import SampleSite
from bot.playground.telegram import TelegramEmulator, TelegramLimits
from bot.playground.vk import VkEmulator

PUBLIC = "http://93.184.216.34"
"""A public address in links: the bot reaches it through its proxy for sources, which is the sample site."""
READING = ("Читаю", "Reading")
A_CHAT = 1.1
"""Seconds between what a person does twice: one chat is given one message a second."""

Asked = tuple[str, ...]
"""What a person does in turn, the last is measured: words, or `[label` for the first button that begins so."""

ASKED: dict[str, tuple[str, Asked]] = {
    "help": ("ru", ("помощь",)),
    "settings": ("ru", ("настройки",)),
    "settings, a button": ("ru", ("настройки", "[")),
    "the digest of a day": ("ru", ("дайджест",)),
    "the digest of a month": ("ru", ("дайджест за месяц",)),
    "the digest of a month, its second page": ("ru", ("дайджест за месяц", "[2/")),
    "the digest of a week in English": ("en", ("digest week",)),
    "a card": ("ru", ("поиск штраф", "[1")),
    "search": ("ru", ("поиск штрафы за запрещённый контент",)),
    "search with slips": ("ru", ("поиск штарфы мессенжеров",)),
    "search in English, the most relevant": ("en", ("search fines for messengers, best first",)),
    "the calendar": ("ru", ("календарь",)),
    "the calendar of a year": ("ru", ("календарь на год",)),
    "a link retold": ("ru", ("{link}",)),
}
ROUNDS = 10
"""Times that each is asked on each platform, by another person."""


@asynccontextmanager
async def bot(url: str, site: SampleSite) -> AsyncIterator[dict[str, Any]]:
    """One process that answers people on both platforms, and the emulators by their names."""
    async with TelegramEmulator(limits=TelegramLimits.none()) as telegram, VkEmulator(calls_a_second=None) as vk:
        settings = {
            "REDIS_URL": url,
            "TELEGRAM_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "VK_TOKEN": vk.token,
            "VK_API_URL": vk.url,
            "VK_GROUP_ID": str(vk.group_id),
            "HTTP_PROXY_SOURCES": site.url,
            "LOG_LEVEL": "WARNING",
        }
        environment = {**os.environ, **{f"VESTNIK_{name}": value for name, value in settings.items()}, "PYTHONPATH": str(ROOT)}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", "--only", "telegram,vk", cwd="/", env=environment
        )
        try:
            yield {"Telegram": telegram, "VK": vk}
        finally:
            await end(process, signal.SIGTERM)


async def replies(url: str, news: Callable[[], Awaitable[None]]) -> dict[str, dict[str, list[float]]]:
    """Milliseconds until each answer stood on the screen, by platform and by what was asked; before each round there are `news`."""
    took: dict[str, dict[str, list[float]]] = {}
    async with SampleSite() as site, bot(url, site) as emulators:
        links = [f"{PUBLIC}{page.path}" for page in site.edition.visible(site.edition.pages[-1].published) if page.serves == "article"]
        for platform, emulator in emulators.items():
            took[platform] = {name: [] for name in ASKED}
            for number in range(-1, ROUNDS):
                await news()
                for at, (name, (language, asked)) in enumerate(ASKED.items()):
                    person = emulator.person(5000 + (number + 1) * len(ASKED) + at, "Анна", language=language)
                    waited = await _waits(person, tuple(step.format(link=links[number % len(links)]) for step in asked))
                    if number >= 0:  # the first round finds the process starting
                        took[platform][name].append(waited)
    return took


async def _waits(person: Any, asked: Asked) -> float:
    """Milliseconds that somebody waits for the answer to the last of what they do."""
    waited = 0.0
    for step in asked:
        began = time.perf_counter()
        if step.startswith("["):
            person.press(next(label for label in person.last.buttons if label.startswith(step[1:])))
        else:
            person.say(step)
        await person.expect(_told, timeout=60)
        waited = (time.perf_counter() - began) * 1000
        with contextlib.suppress(TimeoutError):  # what follows the answer is not the next one's time
            await person.expect(timeout=A_CHAT if len(asked) > 1 and step is not asked[-1] else 0.05)
    return waited


def _told(message: Delivered) -> bool:
    """True if it is the answer and not the promise of one."""
    return not message.text.startswith(READING)


def p95(times: list[float]) -> float:
    """What nineteen of twenty do not exceed."""
    return sorted(times)[max(-(-len(times) * 95 // 100) - 1, 0)]
