"""The queue of batches to send: one stream a platform, shared by all senders, with a dead-letter stream beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from redis.exceptions import ResponseError

from bot.model import Platform
from bot.store.health import server_time
from bot.store.keys import OUTBOX_DEAD, OUTBOX_JOBS, OUTBOX_PUSHED, OUTBOX_URGENT
from bot.store.lua import Script

GROUP: Final = "senders"
_STEP: Final = Script("outbox")


@dataclass(frozen=True, slots=True)
class Job:
    """One batch of one edition, claimed by a worker. `id` is its place in the stream of its lane."""

    id: str
    edition: str
    batch: int
    urgent: bool = False

    @property
    def key(self) -> str:
        """Its name among the jobs of a platform."""
        return f"urgent/{self.id}" if self.urgent else self.id


@dataclass(frozen=True, slots=True)
class Age:
    """How long the oldest batch of a lane has waited, and for how long no sender has asked for any or worked on one."""

    waiting: timedelta
    silent: timedelta


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
        self._grouped: set[str] = set()

    @staticmethod
    def _keys(platform: Platform, *, urgent: bool = False) -> tuple[str, str]:
        return (OUTBOX_URGENT if urgent else OUTBOX_JOBS)(platform), OUTBOX_DEAD(platform)

    async def _group(self, stream: str) -> None:
        if stream in self._grouped:
            return
        try:
            await self._client.xgroup_create(stream, GROUP, id="0", mkstream=True)
        except ResponseError as error:
            if "BUSYGROUP" not in str(error):
                raise
        self._grouped.add(stream)

    async def push(self, platform: Platform, edition: str, batches: int, *, urgent: bool = False) -> int:
        """Queues the batches of an edition up to this number, those that are not queued yet. Returns how many it added.

        Urgent ones go ahead of all others.
        """
        keys = (*self._keys(platform, urgent=urgent), OUTBOX_PUSHED(platform, edition))
        await self._group(keys[0])
        return int(await _STEP(self._client, keys, ("push", GROUP, edition, batches, OUTBOX_PUSHED.seconds)))

    async def claim(
        self, platform: Platform, worker: str, count: int, *, idle: timedelta, steal: bool, urgent: bool = False
    ) -> tuple[Job, ...]:
        """Up to `count` jobs of a lane: with `steal` first those whose worker has been silent for `idle`, then new ones."""
        jobs = self._keys(platform, urgent=urgent)[0]
        await self._group(jobs)
        found: list[Any] = []
        try:
            if steal:
                answer = await self._client.xautoclaim(jobs, GROUP, worker, int(idle.total_seconds() * 1000), count=count)
                found += [entry for entry in answer[1] if entry[1]]
            if len(found) < count:
                fresh = await self._client.xreadgroup(GROUP, worker, {jobs: ">"}, count=count - len(found))
                found += fresh[0][1] if fresh else []
        except ResponseError as error:
            if "NOGROUP" not in str(error):
                raise
            self._grouped.discard(jobs)
        entries = ((_text(entry), _fields(raw)) for entry, raw in found)
        return tuple(Job(entry, fields["edition"], int(fields["batch"]), urgent) for entry, fields in entries)

    async def _each_lane(self, platform: Platform, step: str, jobs: Sequence[Job], *args: str) -> list[Job]:
        """Runs a step on jobs, lane by lane. Returns the jobs that it answers."""
        answered = []
        for urgent in (True, False):
            lane = {job.id: job for job in jobs if job.urgent is urgent}
            if lane:
                answer = await _STEP(self._client, self._keys(platform, urgent=urgent), (step, GROUP, *args, *lane))
                answered += [lane[_text(entry)] for entry in answer] if isinstance(answer, list) else []
        return answered

    async def done(self, platform: Platform, jobs: Sequence[Job]) -> None:
        """These jobs are finished: they leave the stream."""
        await self._each_lane(platform, "done", jobs)

    async def keep(self, platform: Platform, worker: str, jobs: Sequence[Job]) -> list[Job]:
        """Tells that the worker lives and works on these. Returns those that belong to another by now."""
        return await self._each_lane(platform, "keep", jobs, worker)

    async def free(self, platform: Platform, worker: str, jobs: Sequence[Job]) -> None:
        """Gives jobs back: another worker may have them at once."""
        await self._each_lane(platform, "free", jobs, worker)

    async def bury(self, platform: Platform, job: Job, reason: str, now: datetime) -> None:
        """Gives a job up: it goes to the dead letters."""
        args = ("bury", GROUP, job.id, job.edition, job.batch, reason, f"{now.timestamp():.3f}")
        await _STEP(self._client, self._keys(platform, urgent=job.urgent), args)

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
        urgent = self._keys(platform, urgent=True)[0]
        lengths = [int(await self._client.xlen(stream)) for stream in (jobs, urgent, dead)]
        return lengths[0] + lengths[1], lengths[2]

    async def age(self, platform: Platform, *, urgent: bool = False) -> Age | None:
        """The age of a lane by the server's own clock; None if nothing is queued."""
        jobs = self._keys(platform, urgent=urgent)[0]
        first = await self._client.xrange(jobs, count=1)
        if not first:
            return None
        # a job's id begins with the moment at which the server queued it
        waiting = timedelta(seconds=max(0.0, await server_time(self._client) - int(_text(first[0][0]).partition("-")[0]) / 1000))
        try:
            idle = [int(one["idle"]) for one in await self._client.xinfo_consumers(jobs, GROUP)]
        except ResponseError:
            idle = []
        return Age(waiting=waiting, silent=min(timedelta(milliseconds=min(idle)), waiting) if idle else waiting)
