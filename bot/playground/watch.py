"""Waiting for what happens in an emulator, by predicate or as a stream of changes."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened: `source` says where, `kind` what; `body` is fit for JSON."""

    source: str
    kind: str
    body: dict[str, object]


class Watch:
    """A bell that an emulator rings at each change."""

    def __init__(self, name: str = "") -> None:
        self._name = name
        self._waiters: set[asyncio.Future[None]] = set()
        self._streams: set[asyncio.Queue[Change]] = set()

    @property
    def watched(self) -> bool:
        """True if anyone reads the stream of changes: bodies are only built then."""
        return bool(self._streams)

    def ring(self) -> None:
        """Wakes all who wait for a predicate."""
        if self._waiters:
            for waiter in self._waiters:
                if not waiter.done():
                    waiter.set_result(None)
            self._waiters.clear()

    def tell(self, kind: str, **body: object) -> None:
        """Puts a change into every stream."""
        for stream in self._streams:
            stream.put_nowait(Change(self._name, kind, body))

    @contextlib.contextmanager
    def stream(self, queue: asyncio.Queue[Change]) -> Iterator[asyncio.Queue[Change]]:
        """Puts the changes from now on into the queue."""
        self._streams.add(queue)
        try:
            yield queue
        finally:
            self._streams.discard(queue)

    async def until(self, find: Callable[[], T | None], timeout: float) -> T:
        """What `find` gives once that is true; asked again at each ring. Raises TimeoutError after `timeout` seconds."""
        async with asyncio.timeout(timeout):
            while True:
                found = find()
                if found:
                    return found
                await self.next()

    async def next(self) -> None:
        """Waits for one ring."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await waiter
        finally:
            self._waiters.discard(waiter)
