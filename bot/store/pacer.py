"""The limits of one platform, shared by all processes: one atomic script hands out the right to send."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.model import Platform
from bot.settings import Settings
from bot.store.keys import PACER, PACER_CHATS, PACER_GROUP, PACER_LOG
from bot.store.lua import Script

CATCH_UP: Final = 0.15
"""Seconds by which calls that came late may follow each other faster than evenly."""
_TAKE: Final = Script("pacer_take")
_PAUSE: Final = Script("pacer_pause")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a platform allows. Times in seconds; 0 means no such limit."""

    rate: float
    """Calls a second over all chats."""
    margin: float = 0.004
    """What every second of the platform's is made longer by, so that jitter on the way never makes it too full."""
    chat_gap: float = 0.0
    """Between two messages to one chat."""
    group_limit: int = 0
    group_window: float = 60.0

    @property
    def window(self) -> tuple[int, float]:
        """So many calls in so many seconds."""
        return (int(self.rate), 1 + self.margin) if self.rate >= 1 else (1, 1 / self.rate + self.margin)

    @property
    def paced(self) -> float:
        """The rate we keep at most, calls a second."""
        calls, seconds = self.window
        return calls / seconds


def limits_for(platform: Platform, settings: Settings) -> Limits:
    """The published limits, or those that the operator set."""
    if platform is Platform.VK:
        return Limits(rate=settings.vk_rate)
    rate = settings.telegram_messages_a_second
    return Limits(rate=rate, margin=0.004 if rate <= 100 else 0.012, chat_gap=1.05, group_limit=20, group_window=60.5)


@dataclass(frozen=True, slots=True)
class Taken:
    """What `take` gave: which of the asked may be sent now, which chats must wait and how long, when to ask again. Seconds."""

    granted: tuple[int, ...]
    blocked: tuple[tuple[int, float], ...]
    wait: float
    paused: bool
    level: float
    """1 at the full rate; lower while the platform keeps refusing."""
    names: tuple[int, ...] = ()
    """Of the granted calls, for `land`."""


class Pacer:
    """The pacer of one platform. Waiting is real time, whatever clock the rest of the program follows."""

    def __init__(self, client: Any, platform: Platform, limits: Limits) -> None:
        self._client, self.platform, self.limits = client, platform, limits
        self._keys = (PACER(platform), PACER_LOG(platform), PACER_CHATS(platform), PACER_GROUP(platform, ""))
        calls, seconds = limits.window
        self._args = (calls, f"{seconds * 1000:.3f}", f"{1000 / limits.rate:.3f}", f"{CATCH_UP * 1000:.0f}")
        self._chat_args = (f"{limits.chat_gap * 1000:.0f}", limits.group_limit, f"{limits.group_window * 1000:.0f}")
        self._halted_until = 0.0
        self._landed: list[tuple[int, float]] = []
        self.waited = 0.0
        """Seconds that callers were told to wait, for metrics."""

    def _halt(self, seconds: float) -> None:
        # a second guard on this machine's own monotonic clock: the server's may jump forward
        self._halted_until = max(self._halted_until, time.monotonic() + seconds)

    async def _take(self, kind: str, chats: Sequence[int]) -> Taken:
        halted = self._halted_until - time.monotonic()
        if halted > 0:
            return Taken((), (), halted, True, 1.0)
        landed, self._landed = self._landed, []
        now = time.monotonic()
        pairs = [value for name, at in landed for value in (name, f"{(now - at) * 1000:.3f}")]
        args = (*self._args, kind, *self._chat_args, len(landed), *pairs, *chats)
        paused, wait, granted, blocked, level, names = await _TAKE(self._client, self._keys, args)
        if float(paused) > 0:
            self._halt(float(paused) / 1000)
            return Taken((), (), float(paused) / 1000, True, level / 1000)
        held = tuple((int(blocked[at]), float(blocked[at + 1]) / 1000) for at in range(0, len(blocked), 2))
        return Taken(tuple(granted), held, float(wait) / 1000, False, level / 1000, tuple(names))

    async def take(self, chats: Sequence[int]) -> Taken:
        """For mailings: as many of these as may be sent at this moment, in their order; 0 stands for a call that has no chat.

        Raises redis errors.
        """
        taken = await self._take("mail", chats)
        self.waited += taken.wait
        return taken

    async def reply(self, chat: int = 0) -> float:
        """For replies to people: waits for the next token, ahead of all mailings. Returns the seconds waited. Raises redis errors."""
        started = time.monotonic()
        while True:
            taken = await self._take("reply", (chat,))
            if taken.granted:
                await asyncio.sleep(taken.wait)
                if taken.wait < 0.02 or not await self.halted():
                    break
            else:
                await asyncio.sleep(max(taken.wait, *(wait for _, wait in taken.blocked), 0.001))
        waited = time.monotonic() - started
        self.waited += waited
        return waited

    async def halted(self) -> float:
        """Seconds for which the platform told everyone to wait; 0 if it did not."""
        local = self._halted_until - time.monotonic()
        return max(0.0, local, float(await _PAUSE(self._client, self._keys[:1], ("look", 0))) / 1000)

    async def pause(self, seconds: float, *, refused: bool = True) -> None:
        """Stops every process for exactly so long; a pause in force is never shortened.

        `refused` tells that the platform's own limit was hit: if that happens again and again, the rate is lowered for a while.
        """
        self._halt(seconds)
        left = float(await _PAUSE(self._client, self._keys[:1], ("pause", f"{seconds * 1000:.3f}", "1" if refused else "0"))) / 1000
        self._halt(left)

    def land(self, name: int, at: float) -> None:
        """The platform counted a granted call at the latest at `at` (of time.monotonic): the next `take` tells everyone.

        So a call that was late on its way never makes a second of the platform's too full.
        """
        self._landed.append((name, at))
