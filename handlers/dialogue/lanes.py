"""Turns: updates of one chat are answered one after another, those of different chats side by side."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

WIDTH: Final = 64
DEPTH: Final = 30
"""How many updates of one chat may wait; a flood beyond it is not answered."""


@dataclass(slots=True)
class _Lane:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Lanes:
    """At most `width` turns at once, first come first served within a key."""

    def __init__(self, width: int = WIDTH, depth: int = DEPTH) -> None:
        self._depth = depth
        self._slots = asyncio.Semaphore(width)
        self._lanes: dict[Hashable, _Lane] = {}
        self._room = asyncio.Condition()
        self._most = width * 8
        self.waiting = 0
        """Turns taken or waited for."""

    @asynccontextmanager
    async def turn(self, key: Hashable) -> AsyncIterator[bool]:
        """Waits for the key's turn. Gives False at once, and no turn, if too many of this key wait already."""
        lane = self._lanes.setdefault(key, _Lane())
        if lane.waiting >= self._depth:
            yield False
            return
        lane.waiting += 1
        self.waiting += 1
        try:
            async with lane.lock, self._slots:
                yield True
        finally:
            lane.waiting -= 1
            self.waiting -= 1
            if not lane.waiting:
                del self._lanes[key]
            async with self._room:
                self._room.notify_all()

    async def room(self) -> None:
        """Waits until another turn may be asked for: a reader of updates must not outrun the answers without end."""
        async with self._room:
            await self._room.wait_for(lambda: self.waiting < self._most)
