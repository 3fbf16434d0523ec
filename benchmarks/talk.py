"""The conversation: search among many stories, and how soon a reply is on the person's screen, on both emulators.

Run: python -m benchmarks.talk [--stories 100000] [--no-write]
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import random
import re
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.clock import SystemClock
from bot.model import Cluster, Facts, Group, Period, Stage, Story
from bot.settings import Settings
from bot.store import Store, keys, open_store
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
        moment = now - dt.timedelta(minutes=number)
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


async def search(size: int) -> list[tuple[str, str, str]]:
    """Rows about search."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        async with open_store(Settings(_env_file=None, data_dir=Path(folder)), SystemClock()) as store:
            stories = await fill(store, size)
            used = (await store.facts()).used
            month = Period(since=store.clock.now() - dt.timedelta(days=30), until=store.clock.now())
            asked = {
                "two common words": Wanted(words="законы мессенджеров"),
                "five common words": Wanted(words="суды, штрафы, банки, школы, реклама"),
                "a slip of the finger": Wanted(words="штарфами мессенжеров"),
                "nothing like it": Wanted(words="кукарекание"),
                "word and four filters": Wanted(words="суд", stage=Stage.ADOPTED, audience=Group.BANKS, messenger="MAX", period=month),
                "filters alone": Wanted(stage=Stage.ACTIVE, audience=Group.MEDIA),
                "the most relevant of a common word": Wanted(words="штрафы", order=Order.BEST),
                "the most relevant of three words": Wanted(words="суд оштрафовал банк: штраф, банк, суд", order=Order.BEST),
            }
            for name, wanted in asked.items():

                async def look(wanted: Wanted = wanted) -> None:
                    await stories.load((await stories.find(wanted, 200)).ids[:5])

                await look()
                rows.append((f"Search among {size:,} stories: {name}, p95", f"{await p95(look)} ms", "100 ms"))
            rows.append((f"Memory of {size:,} indexed stories", f"{used / 2**20:.0f} MB", "—"))
    return rows


def write(rows: list[tuple[str, str, str]]) -> None:
    """Replaces the section of the conversation in docs/benchmarks.md."""
    table = "\n".join(f"| {name} | {value} | {least} |" for name, value, least in rows)
    head = f"## Conversation\n\n`python -m benchmarks.talk`, {dt.date.today()}; 2 cores, the store and the emulators on loopback.\n"  # noqa: DTZ011 - of the reader's calendar
    section = f"<!-- talk -->\n{head}\n| what | measured | at most |\n|---|---|---|\n{table}\n<!-- /talk -->\n"
    text = DOCS.read_text(encoding="utf-8")
    found = re.search(r"<!-- talk -->.*<!-- /talk -->\n", text, re.DOTALL)
    DOCS.write_text(text[: found.start()] + section + text[found.end() :] if found else f"{text.rstrip()}\n\n{section}", encoding="utf-8")


async def measure(size: int) -> list[tuple[str, str, str]]:
    """All rows."""
    return await search(size)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--no-write", action="store_true")
    given = parser.parse_args()
    found = asyncio.run(measure(given.stories))
    print(json.dumps({name: value for name, value, _ in found}, ensure_ascii=False, indent=1))
    if not given.no_write:
        write(found)
