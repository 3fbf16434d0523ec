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
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks._archive import NAMES, Archive, dictionary, fill, keep
from benchmarks._chat import ROUNDS, p95, replies
from bot.clock import SystemClock
from bot.model import Group, Period, Stage
from bot.settings import Settings
from bot.store import Store, open_store
from bot.store.embedded import Embedded
from bot.store.search import Order, Wanted

DOCS = Path(__file__).parents[1] / "docs" / "benchmarks.md"
TIMES = 100
"""Times that each question is put."""
SEARCH, REPLY = 100, 300
"""Milliseconds at most."""


def slips(count: int) -> list[Wanted]:
    """Rare words of the archive, two letters in the middle of each exchanged."""
    words = [word for word in dictionary(NAMES) if len(word) >= 7]
    spoilt = [word[: len(word) // 2] + word[len(word) // 2 : len(word) // 2 + 2][::-1] + word[len(word) // 2 + 2 :] for word in words]
    return [Wanted(words=word) for word in random.Random(9).sample(spoilt, count)]


def questions(store: Store) -> dict[str, list[Wanted]]:
    """What is searched for, easy and hard."""
    now = store.clock.now()
    month = Period(since=now - dt.timedelta(days=30), until=now)
    year = Period(since=now - dt.timedelta(days=360), until=now)
    best, five = Order.BEST, "Роскомнадзор, доступ, мессенджеры, пользователи, Telegram"
    return {
        "two common words": [Wanted(words="законы мессенджеров")],
        "the most frequent word": [Wanted(words="telegram"), Wanted(words="роскомнадзор"), Wanted(words="мессенджер")],
        "five common words": [Wanted(words=five)],
        "two frequent words that seldom meet": [Wanted(words="роскомнадзор паспорт"), Wanted(words="whatsapp банк алкоголь")],
        "two slips of the finger": [Wanted(words="штарфами мессенжеров")],
        "five words, all misspelt": [Wanted(words="роскамнадзор доступп мессенжеры пользаватели телеграмм")],
        "a slip in any of 100 rare words": slips(TIMES + 1),
        "a word in no story": [Wanted(words="кукарекание")],
        "four words and one in no story": [Wanted(words="роскомнадзор telegram мессенджер доступ кукарекание")],
        "one letter": [Wanted(words="т"), Wanted(words="m")],
        "the beginning of a word": [Wanted(words="роскомн"), Wanted(words="мессен"), Wanted(words="telegr")],
        "in the wrong layout": [Wanted(words="ntktuhfv"), Wanted(words="hjcrjvyflpjh")],
        "in English": [Wanted(words="fines for messengers"), Wanted(words="blocked messengers")],
        "word and four filters, a month": [Wanted(words="доступ", stage=Stage.ACTIVE, audience=Group.USERS, messenger="Telegram", period=month)],
        "word and four filters, a year": [Wanted(words="доступ", stage=Stage.ACTIVE, audience=Group.USERS, messenger="Telegram", period=year)],
        "filters that nothing passes": [Wanted(stage=Stage.ADOPTED, audience=Group.MILITARY), Wanted(stage=Stage.PLANNED, messenger="FaceTime")],
        "filters alone": [Wanted(stage=Stage.ACTIVE, audience=Group.MEDIA)],
        "the most relevant of the most frequent word": [Wanted(words="telegram", order=best), Wanted(words="роскомнадзор", order=best)],
        "the most relevant of three words": [Wanted(words="Telegram, штраф, банк", order=best)],
        "the most relevant of five words": [Wanted(words=five, order=best)],
        "the most relevant in English": [Wanted(words="fines for messengers", order=best)],
    }  # fmt: skip


async def search(store: Store) -> dict[str, float]:
    """95th percentiles of each question, in milliseconds: found, and the first page read."""
    found, stories = {}, store.stories
    for name, asked in questions(store).items():
        took = []
        for number, wanted in enumerate(itertools.islice(itertools.cycle(asked), TIMES + len(asked))):
            began = time.perf_counter()
            await stories.load((await stories.find(wanted, 200)).ids[:5])
            if number >= len(asked):  # the first finds the dictionaries and the words of the index cold
                took.append((time.perf_counter() - began) * 1000)
        found[name] = p95(took)
        print(f"{name}: {found[name]:.1f} ms", file=sys.stderr)
    return found


async def measure(size: int, kept: str | None) -> list[tuple[str, str, str]]:
    """All rows, of an archive that is filled if it is not there yet."""
    rows = []
    with contextlib.ExitStack() as stack:
        folder = Path(kept or stack.enter_context(tempfile.TemporaryDirectory(prefix="bench")))
        server = Embedded(folder)
        url = f"unix://{await asyncio.to_thread(server.ensure)}"
        try:
            async with open_store(Settings(_env_file=None, redis_url=url), SystemClock()) as store:  # type: ignore[call-arg, arg-type]
                if await store.stories.count() < size:
                    began = time.perf_counter()
                    await fill(url, size, store.clock.now())
                    rows.append((f"{size:,} stories kept, a process a core", f"{time.perf_counter() - began:.0f} s", "—"))
                    print(*rows[0][:2], file=sys.stderr)
                for name, value in (await search(store)).items():
                    rows.append((f"Search among {size:,} stories: {name}, p95", f"{value:.1f} ms", f"{SEARCH} ms"))
                rows.append((f"Memory of {size:,} stories", f"{(await store.facts()).used / 2**20:.0f} MB", "—"))
                archive, numbers = await asyncio.to_thread(Archive, store.clock.now()), itertools.count()

                async def news() -> None:
                    await keep(store, archive, [next(numbers)])

                asked_of = await replies(url, news)
            for platform, asked in asked_of.items():
                every = [one for times in asked.values() for one in times]
                rows.append((f"A reply on {platform} on the person's screen, {size:,} stories, p95", f"{p95(every):.0f} ms", f"{REPLY} ms"))
                rows += [(f"… {name}", f"{statistics.median(times):.0f} ms, once {max(times):.0f}", "—") for name, times in asked.items()]
            return rows
        finally:
            await asyncio.to_thread(server.release)


def write(rows: list[tuple[str, str, str]], load: tuple[float, float]) -> None:
    """Replaces the section of the conversation in docs/benchmarks.md."""
    table = "\n".join(f"| {name} | {value} | {least} |" for name, value, least in rows)
    head = (
        f"## Conversation\n\n`python -m benchmarks.talk`, {dt.datetime.now(dt.UTC):%Y-%m-%d}; {os.cpu_count()} cores, the store, the bot and "
        f"the emulators on loopback. Load average before and after: {load[0]:.1f}, {load[1]:.1f}.\n"
        "The archive is a dense year: the stories that the analysis tells of the sample edition, varied, 270 a day, one in five in English, "
        f"kept as the newsroom keeps them. Of each kind of reply, {ROUNDS} a platform, the median and the slowest are told; "
        "before each round a story is told anew, so that what was held is read again.\n"
    )
    section = f"<!-- talk -->\n{head}\n| what | measured | at most |\n|---|---|---|\n{table}\n<!-- /talk -->\n"
    text = DOCS.read_text(encoding="utf-8")
    found = re.search(r"<!-- talk -->.*<!-- /talk -->\n", text, re.DOTALL)
    DOCS.write_text(text[: found.start()] + section + text[found.end() :] if found else f"{text.rstrip()}\n\n{section}", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--keep", help="a folder for the filled store, used again if it is there")
    parser.add_argument("--no-write", action="store_true")
    given = parser.parse_args()
    load = os.getloadavg()[0]
    measured = asyncio.run(measure(given.stories, given.keep))
    print(json.dumps([row[:2] for row in measured], ensure_ascii=False, indent=1))
    if not given.no_write:
        write(measured, (load, os.getloadavg()[0]))
