"""Kills (-9) of senders, schedulers and the store at random moments of a mailing, and lost answers: what is lost, what is repeated."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from typing import Any

from benchmarks._rig import Rig, end, rig
from bot.errors import StoreUnavailable
from bot.model import Platform

TG, VK = Platform.TELEGRAM, Platform.VK
_UNLIMITED: dict[Platform, dict[str, Any]] = {TG: {"second": 10**9, "paid_second": 10**9}, VK: {"calls_a_second": None}}


async def _finish(made: Rig, names: dict[Platform, str], seconds: float) -> dict[Platform, Any]:
    """The counts of the editions when all have an outcome, or when the time is over."""
    found: dict[Platform, Any] = {}
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and len(found) < len(names):
        for platform, name in names.items():
            try:
                counts = await made.store.editions.counts(name)
            except StoreUnavailable:
                continue
            if counts is not None and counts.finished:
                found[platform] = counts
        await asyncio.sleep(0.2)
    return found


async def kills(times: int, people: int, seconds: float, *, seed: int = 7) -> dict[str, Any]:
    """Two senders a platform; every so often one of them or the store is killed and started again."""
    chance = random.Random(seed)
    async with rig() as made:
        names = {}
        senders: dict[Platform, list[asyncio.subprocess.Process]] = {TG: [], VK: []}
        limits = {TG: {"rate": people / seconds, "chat_gap": 0.0}, VK: {"rate": max(2.0, people * 10 / 100 / seconds)}}
        for platform in (TG, VK):
            await made.emulate(platform, *(["--no-limits"] if platform is TG else []))
            await made.control(
                platform, "limits", **({"calls_a_second": None} if platform is VK else {"second": 10**9, "paid_second": 10**9})
            )
            names[platform] = "kills"
            await made.queue(platform, f"kills-{platform}", people, parts=1 if platform is TG else 10)
            names[platform] = f"kills-{platform}"
            for _ in range(2):
                senders[platform].append(await made.sender(platform, lease=2.0, limits=limits[platform]))
        done = {"sender": 0, "store": 0}
        finishing = asyncio.create_task(_finish(made, names, seconds * 6))
        while sum(done.values()) < times and not finishing.done():
            await asyncio.sleep(chance.uniform(0.0, 0.4))
            if chance.random() < 0.25:
                pid = await _pid(made)
                if pid:
                    os.kill(pid, signal.SIGKILL)
                    await asyncio.to_thread(made.server.ensure)
                    done["store"] += 1
                    continue
            platform = chance.choice((TG, VK))
            victim = senders[platform].pop(0)
            made.processes.remove(victim)
            await end(victim, signal.SIGKILL)
            done["sender"] += 1
            senders[platform].append(await made.sender(platform, lease=2.0, limits=limits[platform]))
        found = await finishing
        report: dict[str, Any] = {"kills": dict(done)}
        for platform, parts in ((TG, 1), (VK, 10)):
            async with made.http.get(f"{made.addresses[platform]}/_control/counts") as response:
                got = await response.json()
            counts = [got.get(str(number), 0) for number in range(1, people + 1)]
            report[platform.value] = {
                "lost": sum(parts - count for count in counts if count < parts),
                "repeated": sum(count - parts for count in counts if count > parts),
                "unsure": found[platform].unsure if platform in found else None,
                "finished": platform in found,
            }
        return report


async def _pid(made: Rig) -> int:
    """The store's process, 0 if it does not answer just now."""
    try:
        return int((await made.store.client.info("server"))["process_id"])
    except StoreUnavailable:
        return 0


async def lost_answers(people: int) -> dict[str, Any]:
    """One answer in fifty is lost after the platform accepted the message."""
    async with rig() as made:
        names = {}
        for platform in (TG, VK):
            await made.emulate(platform, *(["--no-limits"] if platform is TG else []))
            await made.control(
                platform, "limits", **({"calls_a_second": None} if platform is VK else {"second": 10**9, "paid_second": 10**9})
            )
            method = "sendMessage" if platform is TG else "messages.send"
            await made.control(platform, "faults", kind="drop-after", method=method, times=None, probability=0.02)
            names[platform] = f"lost-{platform}"
            await made.queue(platform, names[platform], people)
            await made.sender(platform, limits={"rate": 300.0})
        found = await _finish(made, names, people / 300 * 4 + 30)
        report: dict[str, Any] = {}
        for platform in (TG, VK):
            async with made.http.get(f"{made.addresses[platform]}/_control/counts") as response:
                got = await response.json()
            counts = [got.get(str(number), 0) for number in range(1, people + 1)]
            report[platform.value] = {
                "lost": counts.count(0),
                "repeated": sum(count - 1 for count in counts if count > 1),
                "most": max(counts),
                "unsure": found[platform].unsure if platform in found else None,
            }
        return report
