"""A scheduler as a process of its own, to be killed: `python -m tests.deliver.planner URL MOMENT`; it prints `ready`, then works until SIGTERM.

`MOMENT` is `<ISO time>@<seconds since 1970>`: what the clock showed at that moment of real time, so that all processes share one clock.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import signal
import sys
import time

from prometheus_client import CollectorRegistry

from bot.clock import MovableClock
from bot.deliver.metrics import Metrics
from bot.deliver.scheduler import Scheduler
from bot.settings import Settings
from bot.store import open_store


async def main(url: str, moment: str) -> None:
    shown, _, at = moment.partition("@")
    clock = MovableClock(dt.datetime.fromisoformat(shown) + dt.timedelta(seconds=time.time() - float(at)))
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    async with open_store(Settings(_env_file=None, redis_url=url)) as store:  # type: ignore[call-arg, arg-type]
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await Scheduler(store, clock=clock, metrics=Metrics(CollectorRegistry())).run(stopping)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
