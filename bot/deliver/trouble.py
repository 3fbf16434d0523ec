"""Since when a platform has failed us, as all senders know it together: a restart does not begin the hour anew."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from typing import Final

from bot.clock import Clock
from bot.deliver.work import Verdict
from bot.store.outages import Outages

UNREACHABLE: Final = dt.timedelta(hours=1)
"""After this whoever reads us on the other platform too gets the edition there."""
_ASKED: Final = 30.0
"""Seconds after which a process tells the others again how the platform is, and hears it from them."""


class Trouble:
    """What one process knows of one platform."""

    def __init__(self, outages: Outages, clock: Clock) -> None:
        self._outages, self._clock = outages, clock
        self._down: dt.datetime | None = None
        self._told: tuple[bool, float] | None = None

    @property
    def lasting(self) -> bool:
        """Whether every call has failed for an hour."""
        return self._down is not None and self._clock.now() - self._down >= UNREACHABLE

    async def heard(self, verdicts: Sequence[Verdict]) -> list[Verdict]:
        """Takes the answers to one call; returns those whose recipients have not been reached for an hour. Raises StoreUnavailable."""
        failing = [verdict for verdict in verdicts if verdict.next is not None and verdict.answer.event in "ru"]
        await self._platform(up=len(failing) < len(verdicts))
        same = [verdict for verdict in failing if verdict.next is not None and verdict.next.part == verdict.call.part]
        if not same:
            return []
        now, call = self._clock.now(), same[0].call
        if call.since is None:
            indexes = [verdict.answer.index for verdict in same]
            since = await self._outages.failing(call.work.job.edition, call.work.job.batch, indexes, now)
        else:
            since = (call.since,) * len(same)
        late: list[Verdict] = []
        for verdict, first in zip(same, since, strict=True):
            if verdict.next is not None:
                verdict.next.since = first
            if now - min(first, self._down or first) >= UNREACHABLE:
                late.append(verdict)
        return late

    async def _platform(self, *, up: bool) -> None:
        """Tells the others at each change and now and then: one that reaches the platform ends the outage for all."""
        if self._told is not None and self._told[0] == up and time.monotonic() - self._told[1] < _ASKED:
            return
        now = self._clock.now()
        self._down = None if up else self._down or now
        if up:
            await self._outages.up()
        else:
            self._down = await self._outages.down(now)
        self._told = up, time.monotonic()
