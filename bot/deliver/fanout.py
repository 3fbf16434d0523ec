"""Fans an edition out to its audience: batches of 100, written and queued as they are read, in bounded memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bot.clock import Clock
from bot.deliver.metrics import Metrics
from bot.errors import StoreUnavailable
from bot.model import Audience, Recipient
from bot.store.editions import BATCH, Edition, Editions, write_recipient
from bot.store.outbox import Outbox

_CHUNK: Final = 20
"""Batches written at one time: what a queue of a million costs in memory."""


class Overtaken(StoreUnavailable):
    """Another process goes on with this edition: what it still lacks is that one's to queue."""


class Members(Protocol):
    """Who is in an audience."""

    def members(self, audience_id: str) -> AsyncIterator[tuple[Recipient, ...]]:
        """The active members in tuples of at most 100."""
        ...


@dataclass(frozen=True, slots=True)
class Made:
    """What one look at the agenda made."""

    editions: int = 0
    recipients: int = 0
    empty: int = 0
    """Audiences for which there was nothing to tell."""

    def __add__(self, other: Made) -> Made:
        return Made(self.editions + other.editions, self.recipients + other.recipients, self.empty + other.empty)


class Fanout:
    """Writes and queues recipients for one owner."""

    def __init__(self, editions: Editions, outbox: Outbox, subscribers: Members, *, owner: str, clock: Clock, metrics: Metrics) -> None:
        self._editions, self._outbox, self._subscribers = editions, outbox, subscribers
        self._owner, self._clock, self._metrics = owner, clock, metrics

    async def queue(
        self,
        edition: Edition,
        audience: Audience,
        *,
        without: frozenset[Recipient] = frozenset(),
        only: frozenset[Recipient] | None = None,
        urgent: bool = False,
    ) -> Made:
        """Writes the recipients in batches of 100 and queues them as they are written."""
        if await self._editions.sealed(edition.id):
            return Made()
        filled, known = await self._editions.filled(edition.id)
        chunk: list[Sequence[Recipient]] = []
        queued = 0
        async for batch in self._subscribers.members(audience.id):
            wanted = [one for one in batch if one not in without and (only is None or one in only) and write_recipient(one) not in known]
            if wanted:
                chunk.append(wanted)
                queued += len(wanted)
            if len(chunk) >= _CHUNK:
                filled = await self._write(edition, filled, chunk, urgent=urgent)
                chunk = []
        await self._write(edition, filled, chunk, urgent=urgent)
        await self._editions.seal(edition.id, self._clock.now())
        self._metrics.queued(edition.platform, queued)
        return Made(editions=1, recipients=queued)

    async def queue_to(self, edition: Edition, recipients: Sequence[Recipient], *, urgent: bool = True) -> None:
        """The same for a few named recipients."""
        filling = Filling(self, edition, urgent=urgent)
        for recipient in recipients:
            await filling.add(recipient)
        await filling.close()

    async def filled(self, edition: Edition) -> tuple[int, frozenset[str]] | None:
        """How many batches the edition has and who is in them; None if it is complete. Makes this owner the one who fills it."""
        await self._editions.create(edition, self._owner)
        return None if await self._editions.sealed(edition.id) else await self._editions.filled(edition.id)

    async def write(self, edition: Edition, first: int, batch: Sequence[Recipient], *, urgent: bool) -> int:
        """Writes and queues one batch; returns the number of the next. Raises StoreUnavailable."""
        return await self._write(edition, first, [batch], urgent=urgent)

    async def seal(self, edition: Edition, queued: int) -> None:
        """Nobody more comes."""
        await self._editions.seal(edition.id, self._clock.now())
        self._metrics.queued(edition.platform, queued)

    async def _write(self, edition: Edition, first: int, batches: Sequence[Sequence[Recipient]], *, urgent: bool) -> int:
        if batches and not await self._editions.fill(edition.id, self._owner, first, batches):
            raise Overtaken(f"another scheduler goes on with edition {edition.id}")
        await self._outbox.push(edition.platform, edition.id, first + len(batches), urgent=urgent)
        return first + len(batches)


class Filling:
    """Recipients of one edition as they are found, queued in batches of 100; whoever is in it already is not added again."""

    def __init__(self, fanout: Fanout, edition: Edition, *, urgent: bool = False) -> None:
        self._fanout, self._edition, self._urgent = fanout, edition, urgent
        self._first, self._known, self._open, self._begun = 0, frozenset[str](), True, False
        self._batch: list[Recipient] = []
        self.added = 0

    async def add(self, recipient: Recipient) -> None:
        """One more. Raises StoreUnavailable."""
        await self._begin()
        if not self._open or write_recipient(recipient) in self._known:
            return
        self._batch.append(recipient)
        self.added += 1
        if len(self._batch) == BATCH:
            await self._flush()

    async def close(self) -> int:
        """Nobody more comes. Returns how many were added. Raises StoreUnavailable."""
        await self._begin()
        if self._open:
            await self._flush()
            await self._fanout.seal(self._edition, self.added)
        return self.added

    async def _begin(self) -> None:
        if not self._begun:
            found = await self._fanout.filled(self._edition)
            self._open, self._begun = found is not None, True
            if found is not None:
                self._first, self._known = found

    async def _flush(self) -> None:
        if self._batch:
            self._first = await self._fanout.write(self._edition, self._first, self._batch, urgent=self._urgent)
            self._batch = []
