"""The queue of batches to send: one stream a platform, shared by all senders, with a dead-letter stream beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from redis.exceptions import ResponseError

from bot.model import Platform
from bot.store.keys import OUTBOX_DEAD, OUTBOX_JOBS, OUTBOX_PUSHED
from bot.store.lua import Script

GROUP: Final = "senders"
_STEP: Final = Script("outbox")


@dataclass(frozen=True, slots=True)
class Job:
    """One batch of one edition, claimed by a worker. `id` is its place in the stream."""

    id: str
    edition: str
    batch: int


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A batch that was given up, and why."""

    id: str
    platform: Platform
    edition: str
    batch: int
    reason: str
    at: datetime


def _text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _fields(raw: dict[Any, Any]) -> dict[str, str]:
    return {_text(key): _text(value) for key, value in raw.items()}


class Outbox:
    """Jobs of all platforms. Every method raises StoreUnavailable."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._grouped: set[Platform] = set()

    @staticmethod
    def _keys(platform: Platform) -> tuple[str, str]:
        return OUTBOX_JOBS(platform), OUTBOX_DEAD(platform)

    async def _group(self, platform: Platform) -> None:
        if platform in self._grouped:
            return
        try:
            await self._client.xgroup_create(self._keys(platform)[0], GROUP, id="0", mkstream=True)
        except ResponseError as error:
            if "BUSYGROUP" not in str(error):
                raise
        self._grouped.add(platform)

    async def push(self, platform: Platform, edition: str, batches: int) -> int:
        """Queues the batches of an edition up to this number, those that are not queued yet. Returns how many it added."""
        await self._group(platform)
        keys = (*self._keys(platform), OUTBOX_PUSHED(platform, edition))
        return int(await _STEP(self._client, keys, ("push", GROUP, edition, batches, OUTBOX_PUSHED.seconds)))

    async def claim(self, platform: Platform, worker: str, count: int, *, idle: timedelta, steal: bool) -> tuple[Job, ...]:
        """Up to `count` jobs: with `steal` first those whose worker has been silent for `idle`, then new ones."""
        await self._group(platform)
        jobs = self._keys(platform)[0]
        found: list[Any] = []
        try:
            if steal:
                answer = await self._client.xautoclaim(jobs, GROUP, worker, int(idle.total_seconds() * 1000), count=count)
                found += [entry for entry in answer[1] if entry[1]]
            if len(found) < count:
                fresh = await self._client.xreadgroup(GROUP, worker, {jobs: ">"}, count=count - len(found))
                found += _entries(fresh)
        except ResponseError as error:
            if "NOGROUP" not in str(error):
                raise
            self._grouped.discard(platform)
        return tuple(
            Job(_text(entry), fields["edition"], int(fields["batch"])) for entry, fields in ((entry, _fields(raw)) for entry, raw in found)
        )

    async def done(self, platform: Platform, ids: Sequence[str]) -> None:
        """These jobs are finished: they leave the stream."""
        if ids:
            await _STEP(self._client, self._keys(platform), ("done", GROUP, *ids))

    async def keep(self, platform: Platform, worker: str, ids: Sequence[str]) -> frozenset[str]:
        """Tells that the worker lives and works on these. Returns those that belong to another by now."""
        if not ids:
            return frozenset()
        return frozenset(_text(entry) for entry in await _STEP(self._client, self._keys(platform), ("keep", GROUP, worker, *ids)))

    async def free(self, platform: Platform, worker: str, ids: Sequence[str]) -> None:
        """Gives jobs back: another worker may have them at once."""
        if ids:
            await _STEP(self._client, self._keys(platform), ("free", GROUP, worker, *ids))

    async def bury(self, platform: Platform, job: Job, reason: str, now: datetime) -> None:
        """Gives a job up: it goes to the dead letters."""
        args = ("bury", GROUP, job.id, job.edition, job.batch, reason, f"{now.timestamp():.3f}")
        await _STEP(self._client, self._keys(platform), args)

    async def dead(self, platform: Platform, limit: int = 100) -> tuple[DeadLetter, ...]:
        """Jobs that were given up, the oldest first."""
        raw = await self._client.xrange(self._keys(platform)[1], count=limit)
        letters = ((_text(entry), _fields(fields)) for entry, fields in raw)
        return tuple(
            DeadLetter(
                entry,
                platform,
                fields["edition"],
                int(fields["batch"]),
                fields["reason"],
                datetime.fromtimestamp(float(fields["at"]), UTC),
            )
            for entry, fields in letters
        )

    async def requeue(self, platform: Platform, ids: Sequence[str]) -> int:
        """Puts dead letters back into the queue. Returns how many."""
        return int(await _STEP(self._client, self._keys(platform), ("raise", GROUP, *ids))) if ids else 0

    async def sizes(self, platform: Platform) -> tuple[int, int]:
        """How many jobs are queued or under way, and how many were given up."""
        jobs, dead = self._keys(platform)
        return int(await self._client.xlen(jobs)), int(await self._client.xlen(dead))


def _entries(answer: Any) -> list[Any]:
    """The entries of the one stream that XREADGROUP read, in either of redis-py's shapes."""
    if not answer:
        return []
    if isinstance(answer, dict):
        (value,) = answer.values()
        return (
            list(value[0]) if value and isinstance(value[0], list) and value[0] and isinstance(value[0][0], (list, tuple)) else list(value)
        )
    return list(answer[0][1])
