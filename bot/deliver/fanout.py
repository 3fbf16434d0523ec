"""Fans an edition out to its audience: batches of 100, written and queued as they are read, in bounded memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bot.clock import Clock
from bot.deliver.metrics import Metrics
from bot.errors import StoreUnavailable
from bot.model import Audience, Recipient
from bot.store.editions import Edition, Editions, write_recipient
from bot.store.outbox import Outbox

_CHUNK: Final = 20
"""Batches written at one time: what a queue of a million costs in memory."""


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

    async def queue_to(self, edition: Edition, recipients: Sequence[Recipient]) -> None:
        """The same for a few named recipients, urgently: what the administrators must know."""
        if recipients and not await self._editions.sealed(edition.id):
            await self._write(edition, 0, [recipients[:100]], urgent=True)
            await self._editions.seal(edition.id, self._clock.now())
            self._metrics.queued(edition.platform, len(recipients[:100]))

    async def _write(self, edition: Edition, first: int, batches: Sequence[Sequence[Recipient]], *, urgent: bool) -> int:
        if batches and not await self._editions.fill(edition.id, self._owner, first, batches):
            raise StoreUnavailable(f"another scheduler goes on with edition {edition.id}")
        await self._outbox.push(edition.platform, edition.id, first + len(batches), urgent=urgent)
        return first + len(batches)
