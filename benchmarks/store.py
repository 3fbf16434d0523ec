"""The store's growth: import, audiences, memory a subscriber, stories and search, at 10k, 100k and 1M.

Run: python -m benchmarks.store [--subscribers 10000,100000,1000000] [--stories 1000,10000,100000]
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bot.model import Cluster, Facts, Filter, Group, Period, Platform, Preferences, Reading, Recipient, Schedule, Stage, Story, Subscriber
from bot.settings import Settings
from bot.store import Store, open_store

SETTINGS = 1000
NOW = dt.datetime(2026, 2, 10, 6, 0, tzinfo=dt.UTC)
WORDS = [
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
    "пользователь",
    "звонок",
    "номер",
    "проверка",
    "возраст",
    "доступ",
    "решение",
    "правительство",
    "министерство",
    "комиссия",
    "поправка",
    "чтение",
    "совет",
    "агентство",
    "компания",
    "услуга",
    "связь",
    "данные",
]


def preferences(number: int) -> Preferences:
    groups = list(Group)
    return Preferences(
        schedule=Schedule(times=(f"{number % 24:02}:{number // 24 % 2 * 30:02}",), days="weekdays" if number % 5 == 0 else "daily"),
        filter=Filter(audiences=(groups[number % 13],), importance=number // 48 / 100),
    )


def crowd(size: int) -> Iterator[Subscriber]:
    chosen = [preferences(number) for number in range(SETTINGS)]
    source = random.Random(1)
    for number in range(size):
        platform = Platform.TELEGRAM if number % 2 else Platform.VK
        recipient = Recipient(platform=platform, id=source.randrange(10**6, 7 * 10**9))
        yield Subscriber(recipient=recipient, preferences=chosen[source.randrange(SETTINGS)], active=True)


async def subscribers(store: Store, size: int) -> dict[str, float]:
    await store.client.execute_command("FLUSHALL", "SYNC")
    empty = (await store.facts()).used
    began = time.perf_counter()
    await store.subscribers.put_many(crowd(size))
    imported = time.perf_counter() - began
    used = (await store.facts()).used - empty
    total = (await store.subscribers.count()).total
    began = time.perf_counter()
    audiences = [one async for one in store.subscribers.audiences()]
    listed = time.perf_counter() - began
    began = time.perf_counter()
    members = 0
    for one in audiences:
        async for batch in store.subscribers.members(one.id):
            members += len(batch)
    streamed = time.perf_counter() - began
    return {
        "subscribers": total,
        "audiences": len(audiences),
        "import_s": round(imported, 2),
        "imported_a_second": round(size / imported),
        "bytes_a_subscriber": round(used / total, 1),
        "list_audiences_ms": round(listed * 1000, 1),
        "stream_all_members_s": round(streamed, 2),
        "members": members,
        "client_peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def cluster(number: int, source: random.Random) -> Cluster:
    said = [" ".join(source.choices(WORDS, k=9)) for _ in range(4)]
    updated = NOW + dt.timedelta(minutes=number)
    pairs = (f"{source.choice(WORDS)}+{source.choice(WORDS)}+{source.randrange(400)}" for _ in range(8))
    keys = (*pairs, source.choice(WORDS))
    reading = Reading(
        article_id=f"a{number}", url=f"https://n.example/{number}", outlet="Издание", title=said[0], published=updated, seen=updated,
        relevant=True, relevance=0.9, summary=said[1], sentences=tuple(said), terms=tuple(source.choices(WORDS, k=30)), keys=keys,
    )  # fmt: skip
    facts = Facts(messengers=("Telegram",), audiences=(source.choice(list(Group)),), stage=source.choice(list(Stage)))
    story = Story(
        id=f"{number:012x}", thread=f"t{number // 3}", headline=said[0], summary=(), facts=facts, first_seen=updated, updated=updated
    )
    return Cluster(story=story, readings=(reading,))


async def stories(store: Store, size: int) -> dict[str, float]:
    await store.client.execute_command("FLUSHALL", "SYNC")
    empty, source = (await store.facts()).used, random.Random(2)
    began = time.perf_counter()
    last = cluster(0, source)
    for number in range(size):
        last = cluster(number, source)
        await store.stories.put(last)
    kept = time.perf_counter() - began
    used = (await store.facts()).used - empty

    async def worst(ask: object) -> float:
        times = []
        for _ in range(40):
            start = time.perf_counter()
            await ask()  # type: ignore[operator]
            times.append(time.perf_counter() - start)
        return round(sorted(times)[37] * 1000, 2)

    day = Period(since=last.story.updated - dt.timedelta(hours=2), until=last.story.updated)
    return {
        "stories": size,
        "put_ms": round(kept / size * 1000, 2),
        "bytes_a_story": round(used / size),
        "candidates_p95_ms": await worst(lambda: store.stories.candidates(last.readings[0].keys)),
        "search_two_words_p95_ms": await worst(lambda: store.stories.search("законы мессенджеров", 20)),
        "search_filtered_p95_ms": await worst(lambda: store.stories.search("суд", 20, stage=Stage.ADOPTED, audience=Group.BANKS)),
        "between_2h_p95_ms": await worst(lambda: store.stories.between(day)),
    }


async def measure(many: list[int], told: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with open_store(Settings(_env_file=None, data_dir=Path(folder), retention_days=3650)) as store:
            for size in many:
                print(json.dumps(await subscribers(store, size)), flush=True)
            for size in told:
                print(json.dumps(await stories(store, size)), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subscribers", default="10000,100000,1000000")
    parser.add_argument("--stories", default="1000,10000")
    given = parser.parse_args()
    asyncio.run(measure(*([int(part) for part in text.split(",") if part] for text in (given.subscribers, given.stories))))
