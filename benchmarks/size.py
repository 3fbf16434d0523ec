"""What an installation needs: memory, disk and backup for subscribers and stories, memory of each role.

Run: python -m benchmarks.size [--subscribers 1000,100000,1000000] [--stories 1000,10000] [--no-write]
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import gzip
import platform
import re
import tempfile
import time
from pathlib import Path

from benchmarks._rig import spawn
from benchmarks._shelf import fill
from benchmarks.store import NOW, crowd
from bot.app import Role
from bot.playground.telegram.server import TOKEN
from bot.settings import Settings
from bot.store import Store, copy, open_store, repair, schema

DOCUMENT = Path(__file__).parents[1] / "docs" / "benchmarks.md"
MIB = 2**20
SETTLING = 12.0
"""Seconds after which a role has loaded what it loads."""
ROLE = """
import asyncio, sys
from pathlib import Path
from bot import app
from bot.settings import Settings

async def main():
    settings = Settings(_env_file=None, data_dir=Path(sys.argv[2]), telegram_token=sys.argv[3], telegram_api_url=sys.argv[4], web_port=0)
    async def ready(process):
        print("up", flush=True)
    await app.run(settings, [app.Role(sys.argv[1])], ready=ready)

asyncio.run(main())
"""
READS = """
from bot.analyse import Analyst
from bot.clock import SystemClock
from bot.collect.text.article import make_article
from bot.playground.site.edition import read_records
import bot.app, re
def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1])
before, analyst, now = resident(), Analyst(), SystemClock().now()
for one in list(read_records("articles.jsonl"))[:30]:
    analyst.read(make_article(url="https://n.example/" + one["id"], title=one["title"], lines=one["text"], source_id="a", outlet="a",
                              published=now, fetched=now))
print((resident() - before) * 1024, flush=True)
"""


def disk(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())


def resident(pid: int) -> int:
    """Bytes that a process holds in memory, as the kernel counts them."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    return int(found[1]) * 1024 if found else 0


async def rewritten(store: Store) -> None:
    """Waits until the append-only file is as short as it can be."""
    await store.client.execute_command("BGREWRITEAOF")
    while True:
        told = await store.client.info("persistence")
        if not told["aof_rewrite_in_progress"] and not told["aof_rewrite_scheduled"]:
            return
        await asyncio.sleep(0.2)


async def measured(what: str, count: int, folder: Path) -> str:
    """One row of the table: what so many cost."""
    async with open_store(Settings(_env_file=None, data_dir=folder, retention_days=3650)) as store:
        empty = (await store.facts()).used
        if what == "subscribers":
            await store.subscribers.put_many(crowd(count))
        else:
            await fill(store, count, NOW)
        grown = disk(folder / "store")
        await rewritten(store)
        used = (await store.facts()).used - empty
        kept = disk(folder / "store")
        file, began = folder / "all.backup", time.perf_counter()
        with gzip.open(file, "wb", compresslevel=3) as packed:
            await copy.dump(store.client, packed)
        backed = time.perf_counter() - began
        await store.client.execute_command("FLUSHALL", "SYNC")
        began = time.perf_counter()
        with gzip.open(file, "rb") as packed:
            done = await copy.restore(store.client, packed)
        await repair.settle_subscribers(store.client)
        await repair.settle_stories(store.client, done.stories)
        restored = time.perf_counter() - began
        await schema.migrate(store.client)
        there = (await store.subscribers.count()).total if what == "subscribers" else await store.stories.count()
        wanted = len({one.recipient for one in crowd(count)}) if what == "subscribers" else count
        if there != wanted:
            raise SystemExit(f"{wanted} {what} went in, {there} came back")
        size = file.stat().st_size
        file.unlink()
    return (
        f"| {count:,} {what} | {used / MIB:.1f} MB, {used / count:,.0f} bytes each | {kept / MIB:.1f} MB; {grown / MIB:.1f} MB before a rewrite "
        f"| {size / MIB:.1f} MB | {backed:.1f} s, {restored:.1f} s |"
    )


async def roles(folder: Path) -> list[str]:
    """The memory of each role by itself, over a store that holds little."""
    emulator, address = await spawn("-m", "bot.playground.telegram", "--port", "0", "--no-limits")
    rows = []
    try:
        async with open_store(Settings(_env_file=None, data_dir=folder)):
            for role in Role:
                if role is Role.VK:
                    continue  # the same dialogue as telegram
                process, _ = await spawn("-c", ROLE, role, str(folder), TOKEN, address)
                await asyncio.sleep(SETTLING)
                rows.append(f"| {role} | {resident(process.pid) / MIB:.0f} MB |")
                process.terminate()
                await process.wait()
    finally:
        emulator.terminate()
        await emulator.wait()
    reader, grown = await spawn("-c", READS)
    await reader.wait()
    rows.append(f"| telegram, vk, collector once they read articles: the language models | + {int(grown) / MIB:.0f} MB |")
    return rows


async def run(subscribers: list[int], stories: list[int]) -> str:
    """The section of the document."""
    rows, with_roles = [], []
    for what, counts in (("subscribers", subscribers), ("stories", stories)):
        for count in counts:
            with tempfile.TemporaryDirectory() as folder:
                rows.append(await measured(what, count, Path(folder)))
                print(rows[-1], flush=True)
    with tempfile.TemporaryDirectory() as folder:
        with_roles = await roles(Path(folder))
        print("\n".join(with_roles), flush=True)
    head = [
        "## Size",
        "",
        f"`python -m benchmarks.size`, {dt.datetime.now(dt.UTC):%Y-%m-%d}; {platform.machine()}, Python {platform.python_version()}. Subscribers in 1000 different settings,",
        "stories with five sources each. Memory is the store's own count without what an empty one takes (about 1 MB); the disk holds its",
        "append-only file; the times of backup and restore were taken on a machine that was busy with other work.",
        "",
        "| what | memory of the store | disk | backup | backup takes, restore takes |",
        "|---|---|---|---|---|",
        *rows,
        "",
        "| a role by itself, at rest | memory |",
        "|---|---|",
        *with_roles,
    ]
    return "<!-- size -->\n" + "\n".join(head) + "\n<!-- /size -->\n"


def main() -> None:
    """Measures and writes its section of docs/benchmarks.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subscribers", default="1000,100000,1000000")
    parser.add_argument("--stories", default="1000,10000")
    parser.add_argument("--no-write", action="store_true")
    given = parser.parse_args()
    section = asyncio.run(run(*([int(part) for part in text.split(",") if part] for text in (given.subscribers, given.stories))))
    if given.no_write:
        return
    text = DOCUMENT.read_text(encoding="utf-8")
    found = re.search(r"<!-- size -->.*<!-- /size -->\n", text, re.DOTALL)
    DOCUMENT.write_text(text.replace(found[0], section) if found else f"{text}\n{section}", encoding="utf-8")


if __name__ == "__main__":
    main()
