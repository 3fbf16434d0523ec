"""What came from a platform: recorded before it is acknowledged, answered in its chat's turn, crossed out when it is."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import orjson
import structlog

from bot.errors import StoreUnavailable
from bot.store.inbox import ALIVE, Inbox
from handlers.dialogue.lanes import Lanes
from handlers.dialogue.waiting import until

_log = structlog.get_logger()
Raw = dict[str, Any]
BEAT: Final = ALIVE.total_seconds() / 4
"""Seconds between two signs of life."""
CROSSING: Final = 16
"""Events crossed out at once: a flood of those that nobody answers must not take all connections of the store."""
LARGEST: Final = 1024 * 1024
"""Bytes of an event that is recorded; no platform sends more, and a larger one is answered all the same."""


class Intake:
    """The way of an event from a platform to its answer. Any number of processes may share the events of one platform.

    A process that is killed loses nothing: another one, or the next, answers what was left. When the store is away events are
    answered unrecorded, since people must at least hear that.
    """

    def __init__(
        self,
        inbox: Inbox,
        answer: Callable[[Raw], Awaitable[None]],
        *,
        name_of: Callable[[Mapping[str, Any]], object],
        chat_of: Callable[[Mapping[str, Any]], Hashable],
        lanes: Lanes | None = None,
    ) -> None:
        """`name_of` gives what the platform names an event by, if anything; `chat_of` whose turn it waits for."""
        self._inbox, self._answer, self._name_of, self._chat_of = inbox, answer, name_of, chat_of
        self.lanes = lanes or Lanes()
        self._crossing = asyncio.Semaphore(CROSSING)
        self._group: asyncio.TaskGroup | None = None
        self._early: list[tuple[str, Raw]] = []

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """While it is open events are answered; at its end those under way are answered first."""
        ended = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            self._group = group
            beating = group.create_task(self._beat(group, ended))
            early, self._early = self._early, []
            for name, event in early:
                group.create_task(self._one(name, event))
            try:
                yield
            finally:
                self._group = None
                ended.set()
        await asyncio.gather(beating)
        try:
            await self._inbox.leave()
        except StoreUnavailable as error:
            _log.warning("inbox not left", error=str(error))

    async def accept(self, events: Iterable[Raw]) -> None:
        """Records the events; when it returns they may be acknowledged. What was recorded before is dropped."""
        named = {self._name(event): event for event in events}
        small = {name: body for name, event in named.items() if len(body := orjson.dumps(event, default=str)) <= LARGEST}
        try:
            new = await self._inbox.take(small.items()) if small else set()
        except StoreUnavailable as error:
            _log.warning("events not recorded", error=str(error))
            new = set(small)
        for name, event in named.items():
            if name in new or name not in small:
                self._begin(name, event)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _name(self, event: Mapping[str, Any]) -> str:
        given = self._name_of(event)
        if isinstance(given, int | str) and str(given):
            return str(given)[:64]
        return hashlib.blake2b(orjson.dumps(event, default=str), digest_size=16).hexdigest()

    def _begin(self, name: str, event: Raw) -> None:
        if self._group is None:
            self._early.append((name, event))  # before the start; after the end the next process finds it in the store
        else:
            self._group.create_task(self._one(name, event))

    async def _one(self, name: str, event: Raw) -> None:
        async with self.lanes.turn(self._chat_of(event)) as mine:
            if mine:
                await self._answer(event)
            else:
                _log.warning("flood")
        try:
            async with self._crossing:
                await self._inbox.done(name)
        except StoreUnavailable as error:
            _log.warning("event not crossed out", error=str(error))

    async def _beat(self, group: asyncio.TaskGroup, ended: asyncio.Event) -> None:
        """Says that we live, and takes over what others left."""
        while not ended.is_set():
            try:
                left = await self._inbox.inherit()
            except StoreUnavailable as error:
                _log.warning("inbox away", error=str(error))
                left = ()
            if left:
                _log.info("taken over", events=len(left))
            for name, body in left:
                group.create_task(self._one(name, orjson.loads(body)))
            await until(ended, asyncio.sleep(BEAT))
