"""The one clock: everything that asks for the time asks here."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from typing import Protocol


class Clock(Protocol):
    """Wall time for people, monotonic time for limits, and waiting."""

    def now(self) -> dt.datetime:
        """The time, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds from an arbitrary moment; never goes back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Waits; returns early if the clock was moved."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class MovableClock:
    """A clock that runs from a given moment, or stands still, and can be moved forward: for the demonstration and tests."""

    def __init__(self, start: dt.datetime | None = None, *, running: bool = True) -> None:
        self._running = running
        self._origin = time.monotonic()
        self._start = start or dt.datetime.now(dt.UTC)
        self._moved = asyncio.Event()

    def now(self) -> dt.datetime:
        elapsed = time.monotonic() - self._origin if self._running else 0.0
        return self._start + dt.timedelta(seconds=elapsed)

    def monotonic(self) -> float:
        return time.monotonic()

    def move_to(self, moment: dt.datetime) -> None:
        """Sets the time and wakes all who sleep. Raises ValueError if the moment has passed."""
        if moment < self.now():
            raise ValueError("a clock is only moved forward")
        self._start, self._origin = moment, time.monotonic()
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    async def sleep(self, seconds: float) -> None:
        moved = self._moved
        try:
            async with asyncio.timeout(seconds):
                await moved.wait()
        except TimeoutError:
            return
