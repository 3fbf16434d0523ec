"""The conversation: search among many stories, and how soon a reply is on the person's screen, on both emulators.

Run: python -m benchmarks.talk [--stories 100000] [--keep FOLDER] [--no-write]
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import datetime as dt
import itertools
import json
import os
import random
import re
import signal
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks._rig import ROOT, end
from bot.clock import SystemClock
from bot.model import Cluster, Facts, Group, Period, Stage, Story
from bot.playground.telegram import TelegramEmulator, TelegramLimits
from bot.playground.vk import VkEmulator
from bot.settings import Settings
from bot.store import Store, keys, open_store
from bot.store.embedded import Embedded
from bot.store.search import Order, Wanted
from bot.store.stories import Stories

DOCS = Path(__file__).parents[1] / "docs" / "benchmarks.md"
COMMON = [
    "мессенджер",
    "закон",
    "штраф",
    "блокировка",
    "депутат",
    "суд",
    "оператор",
    "реестр",
    "маркетплейс",
    "банк",
    "школа",
    "блогер",
    "реклама",
    "сервис",
    "звонок",
]
MESSENGERS = ("Telegram", "WhatsApp", "MAX", "Viber", "Signal")
AHEAD = 64
"""Stories kept at once while the archive is filled."""
A_DAY = 270
"""Stories told in a day."""
SAID = ("помощь", "дайджест", "календарь", "поиск штрафы", "поиск штарфы мессенжеров", "настройки", "дайджест за 3 дня")
REPLIES = 140
"""Messages on each platform, each from another person: one chat is given one message a second."""


def dictionary(count: int) -> list[str]:
    """So many words that look Russian."""
    draw = random.Random(5)
    syllables = [one + other + last for one in "бвгдзклмнпрстфхч" for other in "аеиоу" for last in ("", "н", "р", "ст")]
    return sorted({"".join(draw.choices(syllables, k=draw.randint(2, 4))) + "к" for _ in range(count)})


async def fill(store: Store, size: int) -> Stories:
    """An archive: every story has common words and rare ones, as news do."""
    draw, rare = random.Random(3), dictionary(40_000)
    now = dt.datetime.now(dt.UTC)
    stories = Stories(store.client, store.clock, keys.EVER, str.split)

    def cluster(number: int) -> Cluster:
        moment = now - dt.timedelta(minutes=1 + number * 1440 / A_DAY)
        head = " ".join([*draw.sample(COMMON, 4), *draw.choices(rare, k=4)])
        facts = Facts(messengers=(draw.choice(MESSENGERS),), audiences=(draw.choice(list(Group)),), stage=draw.choice(list(Stage)))
        documents = (" ".join([*draw.choices(COMMON, k=10), *draw.choices(rare, k=20)]),)
        return Cluster(
            story=Story(
                id=f"{number:012x}", thread=f"t{number}", headline=head, summary=(),
                facts=Facts(messengers=facts.messengers, audiences=facts.audiences, stage=facts.stage, documents=documents),
                first_seen=moment, updated=moment,
            ),
            readings=(),
        )  # fmt: skip

    for start in range(0, size, AHEAD):
        await asyncio.gather(*(stories.put(cluster(number)) for number in range(start, min(size, start + AHEAD))))
    return store.stories


async def p95(ask: Callable[[], Awaitable[object]], times: int = 100) -> float:
    """Milliseconds that nineteen of twenty calls do not exceed."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        await ask()
        took.append(time.perf_counter() - began)
    return round(sorted(took)[int(times * 0.95) - 1] * 1000, 1)


def slips(count: int) -> list[Wanted]:
    """Words of the archive, two letters in the middle of each exchanged."""
    words = [word for word in dictionary(40_000) if len(word) >= 7]
    spoilt = [word[: len(word) // 2] + word[len(word) // 2 : len(word) // 2 + 2][::-1] + word[len(word) // 2 + 2 :] for word in words]
    return [Wanted(words=word) for word in random.Random(9).sample(spoilt, count)]


async def search(store: Store, size: int) -> list[tuple[str, str, str]]:
    """Rows about search."""
    rows, stories = [], store.stories
    month = Period(since=store.clock.now() - dt.timedelta(days=30), until=store.clock.now())
    year = Period(since=store.clock.now() - dt.timedelta(days=360), until=store.clock.now())
    asked = {
        "two common words": [Wanted(words="законы мессенджеров")],
        "five common words": [Wanted(words="суды, штрафы, банки, школы, реклама")],
        "two slips of the finger": [Wanted(words="штарфами мессенжеров")],
        "a slip in any of 100 rare words": slips(101),
        "nothing like it": [Wanted(words="кукарекание")],
        "word and four filters, a month": [Wanted(words="суд", stage=Stage.ADOPTED, audience=Group.BANKS, messenger="MAX", period=month)],
        "word and four filters, a year": [Wanted(words="суд", stage=Stage.ADOPTED, audience=Group.BANKS, messenger="MAX", period=year)],
        "filters alone": [Wanted(stage=Stage.ACTIVE, audience=Group.MEDIA)],
        "the most relevant of a common word": [Wanted(words="штрафы", order=Order.BEST)],
        "the most relevant of three words": [Wanted(words="суд, штраф, банк", order=Order.BEST)],
    }
    for name, questions in asked.items():
        turn = itertools.cycle(questions)

        async def look(turn: itertools.cycle[Wanted] = turn) -> None:
            await stories.load((await stories.find(next(turn), 200)).ids[:5])

        await look()
        rows.append((f"Search among {size:,} stories: {name}, p95", f"{await p95(look)} ms", "100 ms"))
    rows.append((f"Memory of {size:,} indexed stories", f"{(await store.facts()).used / 2**20:.0f} MB", "—"))
    return rows


async def replies(url: str, size: int) -> list[tuple[str, str, str]]:
    """Rows about replies: one process answers people on both platforms, each waits until the answer stands on the screen."""
    rows = []
    async with TelegramEmulator(limits=TelegramLimits.none()) as telegram, VkEmulator(calls_a_second=None) as vk:
        settings = {
            "REDIS_URL": url,
            "TELEGRAM_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "VK_TOKEN": vk.token,
            "VK_API_URL": vk.url,
            "VK_GROUP_ID": str(vk.group_id),
            "LOG_LEVEL": "WARNING",
        }
        environment = {**os.environ, **{f"VESTNIK_{name}": value for name, value in settings.items()}, "PYTHONPATH": str(ROOT)}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", "--only", "telegram,vk", cwd="/", env=environment
        )
        try:
            for name, emulator in (("Telegram", telegram), ("VK", vk)):
                took: list[tuple[float, str]] = []
                for number in range(len(SAID) + REPLIES):
                    person, text = emulator.person(5000 + number, "Анна"), SAID[number % len(SAID)]
                    began = time.perf_counter()
                    person.say(text)
                    await person.expect(timeout=60)
                    if number >= len(SAID):  # the first round finds the process starting
                        took.append(((time.perf_counter() - began) * 1000, text))
                    with contextlib.suppress(TimeoutError):
                        await person.expect(timeout=0.05)  # what follows the answer is not the next one's time
                for text in SAID:
                    print(f"{name}, {text}: {max(one for one, said in took if said == text):.0f} ms at most", file=sys.stderr)
                reply = sorted(one for one, _ in took)[int(len(took) * 0.95) - 1]
                rows.append((f"A reply on {name} on the person's screen, {size:,} stories, p95", f"{reply:.0f} ms", "300 ms"))
        finally:
            await end(process, signal.SIGTERM)
    return rows


def write(rows: list[tuple[str, str, str]], load: tuple[float, float]) -> None:
    """Replaces the section of the conversation in docs/benchmarks.md."""
    table = "\n".join(f"| {name} | {value} | {least} |" for name, value, least in rows)
    head = (
        f"## Conversation\n\n`python -m benchmarks.talk`, {dt.datetime.now(dt.UTC):%Y-%m-%d}; {os.cpu_count()} cores, the store, the bot and "
        f"the emulators on loopback. Load average before and after: {load[0]:.1f}, {load[1]:.1f}.\n"
    )
    section = f"<!-- talk -->\n{head}\n| what | measured | at most |\n|---|---|---|\n{table}\n<!-- /talk -->\n"
    text = DOCS.read_text(encoding="utf-8")
    found = re.search(r"<!-- talk -->.*<!-- /talk -->\n", text, re.DOTALL)
    DOCS.write_text(text[: found.start()] + section + text[found.end() :] if found else f"{text.rstrip()}\n\n{section}", encoding="utf-8")


async def measure(size: int, kept: str | None) -> list[tuple[str, str, str]]:
    """All rows, of an archive that is filled if it is not there yet."""
    with contextlib.ExitStack() as stack:
        folder = Path(kept or stack.enter_context(tempfile.TemporaryDirectory(prefix="bench")))
        server = Embedded(folder)
        url = f"unix://{await asyncio.to_thread(server.ensure)}"
        try:
            async with open_store(Settings(_env_file=None, redis_url=url), SystemClock()) as store:  # type: ignore[call-arg, arg-type]
                if await store.stories.count() < size:
                    await fill(store, size)
                found = await search(store, size)
            return found + await replies(url, size)
        finally:
            await asyncio.to_thread(server.release)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--keep", help="a folder for the filled store, used again if it is there")
    parser.add_argument("--no-write", action="store_true")
    given = parser.parse_args()
    load = os.getloadavg()[0]
    measured = asyncio.run(measure(given.stories, given.keep))
    print(json.dumps({name: value for name, value, _ in measured}, ensure_ascii=False, indent=1))
    if not given.no_write:
        write(measured, (load, os.getloadavg()[0]))
