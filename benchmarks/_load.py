"""Readers of the site in a process of their own: so many connections, each asking for the next page as soon as it has one.

Run: python -m benchmarks._load '{"base": …, "seconds": 10, "connections": 8, "stories": 100000, "rate": 150, "mix": {"story": 8, …}}'
"""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import json
import random
import sys
import time
from collections import defaultdict
from typing import Any

import aiohttp


def address(kind: str, number: int, stories: int, draw: random.Random) -> str:
    """A page of this kind; every story and every day is as likely as any other."""
    day = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=draw.randrange(2, max(3, stories // 300)))
    story = f"{draw.randrange(stories):012x}"
    return {
        "story": f"/{'ru' if number % 3 else 'en'}/story/{story}",
        "popular": f"/ru/story/{stories - 1 - draw.randrange(min(50, stories)):012x}",
        "digest": f"/{'ru' if number % 3 else 'en'}/",
        "archive": f"/ru/archive/{day.isoformat()}",
        "api": f"/api/v1/stories?until={day.isoformat()}&limit=20",
        "search": f"/ru/search?q={draw.choice(('закон', 'штраф', 'блокировка'))}+{draw.choice(('банк', 'суд', 'оператор'))}",
        "feed": "/ru/atom.xml",
    }[kind]


async def read(order: dict[str, Any]) -> dict[str, Any]:
    """Milliseconds of every answer by kind, as the reader saw them, and how many were 304."""
    draw = random.Random(order.get("seed", 1))
    kinds, weights = list(order["mix"]), list(order["mix"].values())
    times: defaultdict[str, list[float]] = defaultdict(list)
    unchanged = 0
    tags: dict[str, str] = {}
    numbers = itertools.count()
    began = time.perf_counter()
    end = began + order["seconds"]
    pace = order.get("rate") or 0

    async def one(session: aiohttp.ClientSession) -> None:
        nonlocal unchanged
        while (now := time.perf_counter()) < end:
            number = next(numbers)
            due = began + number / pace if pace else now
            if due > now:
                await asyncio.sleep(due - now)
            kind = draw.choices(kinds, weights)[0]
            path = address(kind, number, order["stories"], draw)
            # A reader each: one address is not given more than its share.
            headers = {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}
            if path in tags and draw.random() < 0.5:
                headers["If-None-Match"] = tags[path]
            start = time.perf_counter()
            async with session.get(order["base"] + path, headers=headers) as response:
                await response.read()
                times[kind].append((time.perf_counter() - start) * 1000)
                assert response.status in (200, 304), (response.status, path)
                unchanged += response.status == 304
                if len(tags) < 5000:
                    tags[path] = response.headers["ETag"]

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session, asyncio.TaskGroup() as group:
        for _ in range(order["connections"]):
            group.create_task(one(session))
    return {"times": times, "unchanged": unchanged, "seconds": time.perf_counter() - began}


if __name__ == "__main__":
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(asyncio.run(read(json.loads(sys.argv[1])))), flush=True)
