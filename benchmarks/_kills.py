"""Kills (-9) of senders, schedulers and the store at random moments of a mailing, and lost answers: what is lost, what is repeated."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import os
import random
import signal
import time
from typing import Any, Final

from prometheus_client import CollectorRegistry

from benchmarks._crowd import stories
from benchmarks._rig import Rig, end, rig
from bot.clock import MovableClock
from bot.deliver.metrics import Metrics
from bot.deliver.scheduler import Scheduler
from bot.errors import StoreUnavailable
from bot.model import Filter, Platform, Preferences, Recipient, Subscriber

TG, VK = Platform.TELEGRAM, Platform.VK
SETTINGS: Final = 100
"""Audiences on each platform: editions that the schedulers must make while they are killed."""
_MORNING: Final = dt.datetime(2026, 2, 10, 6, 0, 1, tzinfo=dt.UTC)


class Tally:
    """How all editions of a morning stand together."""

    def __init__(self, made: Rig, names: dict[Platform, list[str]], people: int) -> None:
        self._made, self._names, self._people = made, names, people
        self.unsure: dict[Platform, int] = {}

    async def look(self) -> bool:
        """Whether everyone on both platforms has an outcome. Raises StoreUnavailable."""
        for platform, names in self._names.items():
            found = [counts for name in names if (counts := await self._made.store.editions.counts(name)) and counts.finished]
            if sum(counts.recipients for counts in found) < self._people:
                return False
            self.unsure[platform] = sum(counts.unsure for counts in found)
        return True

    async def settled(self, seconds: float) -> bool:
        """Waits for that; False if the time is over before."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(StoreUnavailable):
                if await self.look():
                    return True
            await asyncio.sleep(0.5)
        return False


async def _morning(made: Rig, count: int) -> tuple[dict[Platform, list[str]], str]:
    """So many subscribers on each platform whose slot has just come. Returns their editions' names to be, and the clock of schedulers."""
    clock = MovableClock(_MORNING, running=False)
    names: dict[Platform, list[str]] = {}
    for platform in (TG, VK):
        chosen = [Preferences(filter=Filter(muted=(f"слово{number}",))) for number in range(SETTINGS)]
        await made.store.subscribers.put_many(
            Subscriber(recipient=Recipient(platform=platform, id=number), preferences=chosen[number % SETTINGS], active=True)
            for number in range(1, count + 1)
        )
    await Scheduler(made.store, clock=clock, metrics=Metrics(CollectorRegistry())).tick()
    await stories(made.store, _MORNING)
    clock.move_to(_MORNING + dt.timedelta(days=1))
    slot = clock.now().replace(second=0)
    async for audience in made.store.subscribers.audiences():
        names.setdefault(audience.platform, []).append(f"{audience.id}.{slot:%Y%m%dT%H%M%S}")
    return names, f"{clock.now().isoformat()}@{time.time()}"


async def kills(times: int, people: int, seconds: float, *, seed: int = 7) -> dict[str, Any]:
    """Two schedulers, two senders a platform and the store: every so often one of them is killed and started again."""
    chance = random.Random(seed)
    async with rig() as made:
        for platform in (TG, VK):
            await made.emulate(platform, *(["--no-limits"] if platform is TG else []))
            await made.control(
                platform, "limits", **({"calls_a_second": None} if platform is VK else {"second": 10**9, "paid_second": 10**9})
            )
        names, moment = await _morning(made, people)
        # slow enough for the mailing to last as long as the kills
        limits = {TG: {"rate": people / seconds, "chat_gap": 0.0}, VK: {"rate": max(1.0, people / 100 / seconds)}}

        async def start(role: Platform | None) -> asyncio.subprocess.Process:
            return await made.planner(moment) if role is None else await made.sender(role, lease=2.0, limits=limits[role])

        running = {role: [await start(role) for _ in range(2)] for role in (None, TG, VK)}
        done = {"sender": 0, "scheduler": 0, "store": 0}
        tally = Tally(made, names, people)
        finishing = asyncio.create_task(tally.settled(seconds * 6))
        while sum(done.values()) < times and not finishing.done():
            await asyncio.sleep(chance.uniform(0.0, 0.4))
            if chance.random() < 0.25:
                if pid := await _pid(made):
                    os.kill(pid, signal.SIGKILL)
                    await asyncio.to_thread(made.server.ensure)
                    done["store"] += 1
                continue
            # schedulers are killed while there is something for them to do, that is mostly at the beginning
            role = chance.choice((None, TG, VK))
            victim = running[role].pop(0)
            made.processes.remove(victim)
            await end(victim, signal.SIGKILL)
            done["scheduler" if role is None else "sender"] += 1
            running[role].append(await start(role))
        finished = await finishing
        report: dict[str, Any] = {"kills": dict(done), "finished": finished}
        for platform in (TG, VK):
            counts = await _counts(made, platform, people)
            report[platform.value] = {
                "lost": counts.count(0),
                "repeated": sum(count - 1 for count in counts if count > 1),
                "unsure": tally.unsure.get(platform),
            }
        return report


async def _counts(made: Rig, platform: Platform, people: int) -> list[int]:
    """How many messages each person has."""
    got = await made.control(platform, "counts")
    return [got.get(str(number), 0) for number in range(1, people + 1)]


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
            names[platform] = [f"lost-{platform}"]
            await made.queue(platform, names[platform][0], people)
            await made.sender(platform, limits={"rate": 300.0})
        tally = Tally(made, names, people)
        await tally.settled(people / 300 * 4 + 30)
        report: dict[str, Any] = {}
        for platform in (TG, VK):
            counts = await _counts(made, platform, people)
            report[platform.value] = {
                "lost": counts.count(0),
                "repeated": sum(count - 1 for count in counts if count > 1),
                "most": max(counts),
                "unsure": tally.unsure.get(platform),
            }
        return report
