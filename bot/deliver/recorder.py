"""Records what the platform answered, then does what follows: the next call, the acknowledgement, what must be told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, Protocol

import structlog

from bot.clock import Clock
from bot.deliver.metrics import Metrics
from bot.deliver.work import Call, Verdict, Work, merge
from bot.errors import StoreUnavailable
from bot.model import Platform, Recipient
from bot.store.editions import Edition, Editions
from bot.store.outbox import Outbox
from bot.store.posts import Posts, is_public

_RETRY: Final = 0.2
"""Seconds between two tries while the store is away."""
_log = structlog.get_logger(__name__)


class People(Protocol):
    """What the sender tells of recipients."""

    async def pause(self, recipient: Recipient, reason: str) -> object:
        """They cannot be reached until they return."""
        ...

    async def move(self, recipient: Recipient, new_id: int) -> object:
        """Their chat has a new id."""
        ...


class Elsewhere(Protocol):
    """Who takes over for a platform that fails a person."""

    async def closed(self, recipient: Recipient, edition: Edition, *, begun: bool) -> None:
        """The recipient is gone; `begun` tells that they have read a part of the edition."""
        ...

    async def late(self, recipient: Recipient, edition: Edition) -> bool:
        """The recipient was not to be reached for an hour; whether the edition went another way."""
        ...


class Recorder:
    """Nothing follows from an answer before it is recorded; while the store is away answers are kept and tried again."""

    def __init__(
        self,
        editions: Editions,
        outbox: Outbox,
        people: People,
        *,
        clock: Clock,
        metrics: Metrics,
        platform: Platform,
        size: int,
        linger: float,
        push: Callable[[float, Call], None],
        finished: Callable[[Work], None],
        refused: Callable[[Edition, str], Awaitable[None]] | None,
        elsewhere: Elsewhere | None,
        posts: Posts | None,
    ) -> None:
        """`size` is how many recipients a call has, `linger` the seconds in which answers are gathered before they are written."""
        self._editions, self._outbox, self._people, self._clock, self._metrics = editions, outbox, people, clock, metrics
        self._platform, self._size, self._linger = platform, size, linger
        self._push, self._finished, self._refused, self._elsewhere = push, finished, refused, elsewhere
        self._posts = posts
        self._verdicts: list[Verdict] = []
        self._ended: list[Work] = []
        self._writing = False
        self._heard = asyncio.Event()
        self._written = asyncio.Event()

    @property
    def busy(self) -> bool:
        """Something is not recorded yet."""
        return bool(self._verdicts or self._ended or self._writing)

    def note(self, verdicts: Iterable[Verdict]) -> None:
        """Takes answers to record."""
        self._verdicts += verdicts
        self._heard.set()

    def acknowledge(self, work: Work) -> None:
        """Takes a batch in which nobody is left."""
        self._ended.append(work)
        self._heard.set()

    def wake(self) -> None:
        """Has `settled` look again."""
        self._heard.set()

    async def settled(self, condition: Callable[[], bool]) -> None:
        """Waits until the condition holds and all is recorded."""
        while not condition() or self.busy:
            self._written.clear()
            await self._written.wait()

    async def run(self) -> None:
        """Records for ever."""
        while True:
            await self._heard.wait()
            if self._linger:
                await asyncio.sleep(self._linger)
            self._heard.clear()
            self._writing = True
            try:
                await self._write()
            except StoreUnavailable as error:
                _log.warning("recording waits for the store", platform=self._platform, error=str(error))
                await asyncio.sleep(_RETRY)
                self._heard.set()
            finally:
                self._writing = False
                self._written.set()

    async def _write(self) -> None:
        works: dict[str, list[Verdict]] = {}
        for verdict in self._verdicts:
            works.setdefault(verdict.call.work.job.key, []).append(verdict)
        for verdicts in works.values():
            work = verdicts[0].call.work
            first, refused = await self._settle(work, verdicts)
            # only now: what was not recorded is recorded again
            recorded = set(map(id, verdicts))
            self._verdicts = [verdict for verdict in self._verdicts if id(verdict) not in recorded]
            work.shared.refused |= refused
            if not work.dropped:
                self._follow(work, verdicts)
            if first and self._refused is not None:
                await self._refused(work.shared.edition, next(one.answer.reason for one in verdicts if one.answer.event == "j"))
        while self._ended:
            ended = self._ended[:50]
            await self._outbox.done(self._platform, [work.job for work in ended])
            for work in ended:
                self._finished(work)
            del self._ended[: len(ended)]

    async def _settle(self, work: Work, verdicts: list[Verdict]) -> tuple[bool, frozenset[int]]:
        """Tells what is known of people, then records. Raises StoreUnavailable; doing it again is harmless."""
        for verdict in verdicts:
            index = verdict.answer.index
            if verdict.answer.event == "g":
                if self._elsewhere is not None:
                    await self._elsewhere.closed(work.recipients[index], work.shared.edition, begun=verdict.answer.part > work.shared.first)
                await self._people.pause(work.recipients[index], verdict.answer.reason)
            elif verdict.message and self._posts is not None and is_public(work.recipients[index]) and (told := work.shared.edition.told):
                place = (work.recipients[index], verdict.answer.part, verdict.message)
                await self._posts.note(work.job.edition, told, *place, self._clock.now())
            if index in work.moved:
                await self._people.move(work.moved[index], work.recipients[index].id)
                del work.moved[index]
        answers = [verdict.answer for verdict in verdicts]
        return await self._editions.settle(work.job.edition, work.job.batch, len(work.shared.parts), answers, self._clock.now())

    def _follow(self, work: Work, verdicts: list[Verdict]) -> None:
        lag = (self._clock.now() - work.shared.edition.slot).total_seconds()
        for verdict in verdicts:
            if verdict.answer.event == "u":
                self._metrics.unsure(self._platform)
            if verdict.outcome is not None and verdict.answer.index in work.left:
                work.left.discard(verdict.answer.index)
                self._metrics.settled(self._platform, verdict.outcome, lag)
        for wait, call in merge(verdicts, self._size):
            self._push(wait, call)
        if not work.left:
            self._ended.append(work)
