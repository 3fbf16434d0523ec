"""The sender of one platform: claim → pace → record the attempt → send → record the answer → acknowledge."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
import uuid
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from typing import Final

import structlog

from bot.clock import Clock
from bot.deliver.metrics import Metrics
from bot.deliver.recorder import Elsewhere, People, Recorder
from bot.deliver.steady import Steady
from bot.deliver.trouble import Trouble
from bot.deliver.work import Call, Shared, Verdict, Work, judge, leave_out, skip, take_up
from bot.digest.render.sealing import sealed
from bot.errors import DeliveryError, RecipientMoved, RetryLater, StoreUnavailable, TokenRefused
from bot.model import Outcome, Recipient
from bot.platforms import Sender
from bot.platforms.errors import reason
from bot.store.editions import Answer, Edition, Editions
from bot.store.outages import Outages
from bot.store.outbox import Job, Outbox
from bot.store.pacer import Pacer
from bot.store.posts import Posts
from bot.store.seals import Seals

LEASE: Final = timedelta(seconds=8)
"""A worker that is silent for so long is dead, and its batches go to others."""
DRAIN: Final = 8.0
"""Seconds that calls under way get on shutdown."""
GIVE_UP: Final = timedelta(hours=6)
"""After this an edition is of no use to those who could not be reached."""
STUCK: Final = 20
"""A batch that was opened so often without progress is given up."""
_OUTAGE: Final = 20_000
"""Calls that a process holds at most while the platform is away."""
_IDLE: Final = 0.2
_CHUNK: Final = 24
"""Calls asked for at one time: more would leave the process so late that their moments said little."""
_TOKEN_PAUSE: Final = 60.0
_log = structlog.get_logger(__name__)


class Mailer:
    """Sends what stands in the outbox of one platform; any number of processes may do so at once."""

    def __init__(
        self,
        editions: Editions,
        outbox: Outbox,
        people: People,
        sender: Sender,
        pacer: Pacer,
        *,
        seals: Seals,
        outages: Outages,
        clock: Clock,
        metrics: Metrics,
        refused: Callable[[Edition, str], Awaitable[None]] | None = None,
        elsewhere: Elsewhere | None = None,
        posts: Posts | None = None,
        lease: timedelta = LEASE,
    ) -> None:
        """`seals` close the buttons of what is sent, once an edition; `outages` are those of the sender's platform.

        `refused` is told of the first message of an edition that the platform refuses, with the reason.

        `elsewhere` takes over whom the platform fails; `posts` remembers what stands in groups, channels and conversations.
        """
        self._editions, self._outbox, self._sender, self._pacer, self._seals = editions, outbox, sender, pacer, seals
        self._clock, self._metrics, self._lease = clock, metrics, lease
        self._platform = sender.platform
        self._worker = uuid.uuid4().hex[:12]
        rate = pacer.limits.rate
        self._target = max(rate, 100.0 if sender.batch == 1 else 10.0)
        self._most = 16 if sender.batch > 1 else int(max(64, min(512, rate / 2)))
        self._steady = Steady()
        self._ready: list[tuple[float, int, Call]] = []
        self._order = itertools.count()
        self._works: dict[str, Work] = {}
        self._shared: dict[str, Shared] = {}
        self._flying = 0
        self._stir = asyncio.Event()
        self._stopping = False
        self._recorder = Recorder(
            editions,
            outbox,
            people,
            clock=clock,
            metrics=metrics,
            platform=self._platform,
            size=sender.batch,
            linger=0.0 if rate <= 100 else 0.01,
            push=self._push,
            finished=self._forget,
            refused=refused,
            elsewhere=elsewhere,
            posts=posts,
        )
        self._elsewhere = elsewhere
        self._trouble = Trouble(outages, clock)

    @property
    def idle(self) -> bool:
        """Nothing is claimed, under way or unrecorded."""
        return not (self._works or self._flying or self._recorder.busy)

    async def run(self, stopping: asyncio.Event) -> None:
        """Works until `stopping` is set or the task is cancelled; then lets calls under way end and gives the rest back, within 10 s."""
        async with asyncio.TaskGroup() as group:
            sending = [group.create_task(self._claim()), group.create_task(self._pump(group))]
            others = [group.create_task(self._recorder.run()), group.create_task(self._keep())]
            try:
                await stopping.wait()
            finally:
                self._stopping = True
                self._stir.set()
                await self._drain(sending)
                for loop in (*sending, *others):
                    loop.cancel()

    async def _drain(self, sending: Iterable[asyncio.Task[None]]) -> None:
        """Lets what is under way end, and gives the rest back."""
        try:
            async with asyncio.timeout(DRAIN):
                await asyncio.wait(sending)
                await self._recorder.settled(lambda: not self._flying)
                await self._outbox.free(self._platform, self._worker, [work.job for work in self._works.values()])
        except (TimeoutError, StoreUnavailable):
            _log.warning("not all was recorded before the end", platform=self._platform, calls=self._flying)
        for work in list(self._works.values()):
            self._drop(work)

    # ── claiming ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _claim(self) -> None:
        stolen = 0.0
        while not self._stopping:
            found = False
            steal = time.monotonic() - stolen > self._lease.total_seconds() / 4
            stolen = time.monotonic() if steal else stolen
            # alerts are taken even by those who have their hands full
            wants = ((True, 1.0), (False, (self._target - self._waiting()) * self._sender.batch / 100))
            try:
                for urgent, want in wants:
                    if want <= 0:
                        continue
                    count = max(1, round(want))
                    jobs = await self._outbox.claim(self._platform, self._worker, count, idle=self._lease, steal=steal, urgent=urgent)
                    for job in jobs:
                        await self._open(job)
                    found = found or bool(jobs)
            except StoreUnavailable as error:
                _log.warning("claiming waits for the store", platform=self._platform, error=str(error))
            if not found:
                await asyncio.sleep(_IDLE)

    def _waiting(self) -> int:
        """Calls that keep this process from claiming more: in a long outage only those whose time has come, up to a bound.

        So those behind in the queue who can be reached another way are.
        """
        if not self._trouble.lasting or self._elsewhere is None or len(self._ready) > _OUTAGE:
            return len(self._ready)
        now = time.monotonic()
        return sum(at <= now for at, _, _ in self._ready)

    async def _open(self, job: Job) -> None:
        if job.key in self._works:
            return
        shared = self._shared.get(job.edition)
        if shared is None:
            edition = await self._editions.get(job.edition)
            if edition is None:
                _log.error("a batch of an edition that is no longer kept", edition=job.edition, batch=job.batch)
                await self._outbox.done(self._platform, [job])
                return
            shared = self._shared[job.edition] = Shared(edition, sealed(edition.message, await self._seals.sealer(self._platform)).parts)
        batch = await self._editions.open(job.edition, job.batch, self._worker, self._platform, repeatable=self._sender.repeatable)
        if batch is None:
            await self._outbox.done(self._platform, [job])
            return
        if batch.stuck >= STUCK:
            await self._outbox.bury(self._platform, job, f"opened {batch.stuck} times without progress", self._clock.now())
            self._metrics.dead(self._platform, sum(not state.final for state in batch.states))
            return
        for _ in range(batch.unsure):
            self._metrics.unsure(self._platform)
        work, calls = take_up(job, shared, batch, self._sender.batch)
        self._metrics.claimed(self._platform, len(work.left))
        self._works[job.key] = work
        for call in calls:
            self._push(0.0, call)
        if not work.left:
            self._recorder.acknowledge(work)

    def _push(self, wait: float, call: Call) -> None:
        # calls that need not wait go in the order in which they came, those of alerts first
        at = time.monotonic() + wait if wait else -1.0 if call.work.job.urgent else 0.0
        heapq.heappush(self._ready, (at, next(self._order), call))
        self._stir.set()

    def _drop(self, work: Work) -> None:
        work.dropped = True
        self._metrics.handed_back(self._platform, len(work.left))
        self._forget(work)

    def _forget(self, work: Work) -> None:
        self._works.pop(work.job.key, None)
        if not any(other.shared is work.shared for other in self._works.values()):
            self._shared.pop(work.job.edition, None)

    async def _keep(self) -> None:
        """Tells that this worker lives, and drops what was taken from it while it was silent."""
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 4)
            try:
                held = [work.job for work in self._works.values()]
                for job in await self._outbox.keep(self._platform, self._worker, held):
                    if work := self._works.get(job.key):
                        _log.warning("another worker has taken a batch over", platform=self._platform, batch=work.job.batch)
                        self._drop(work)
            except StoreUnavailable:
                continue

    # ── sending ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _pump(self, group: asyncio.TaskGroup) -> None:
        poll = 0.01 if self._pacer.limits.rate > 100 else 0.0  # fewer, fuller grants where the rate is high
        while not self._stopping:
            calls = self._peek(min(_CHUNK, self._most - self._flying))
            if not calls:
                await self._until_stirred()
                continue
            try:
                wait = await self._launch(group, calls)
            except StoreUnavailable as error:
                _log.warning("sending waits for the store", platform=self._platform, error=str(error))
                wait = _IDLE
            if wait > 0:
                self._metrics.waited(self._platform, wait)
                # a pause can be long: shutdown must not wait for it
                await asyncio.sleep(min(max(wait, poll), 1.0))

    async def _until_stirred(self) -> None:
        """Waits until there may be a call to make: a new one, one whose time has come, or room for one more."""
        self._stir.clear()
        wait = max(0.001, self._ready[0][0] - time.monotonic()) if self._ready and self._flying < self._most else 1.0
        try:
            async with asyncio.timeout(wait):
                await self._stir.wait()
        except TimeoutError:
            return

    def _peek(self, most: int) -> list[Call]:
        """Takes the calls whose time has come; those of refused parts are settled without being made."""
        found: list[Call] = []
        now = time.monotonic()
        while len(found) < most and self._ready and self._ready[0][0] <= now:
            call = heapq.heappop(self._ready)[2]
            if call.work.dropped:
                continue
            if call.part in call.work.shared.refused:
                self._recorder.note(skip(call))
                continue
            if call.unsure and call.part < call.work.shared.first:
                self._recorder.note(leave_out(call))
                continue
            found.append(call)
        return found

    def _chat(self, call: Call) -> int:
        return call.work.recipients[call.indexes[0]].id if self._sender.batch == 1 else 0

    async def _launch(self, group: asyncio.TaskGroup, calls: list[Call]) -> float:
        """Makes the calls that the pacer grants and puts the others back. Returns how long to wait. Raises StoreUnavailable."""
        waiting = dict(enumerate(calls))
        try:
            taken = await self._pacer.take([self._chat(call) for call in calls])
            names = dict(zip(taken.granted, taken.names, strict=True))
            for index, wait in taken.blocked:
                self._push(wait, waiting.pop(index))
            batches: dict[str, list[int]] = {}
            for index in taken.granted:
                batches.setdefault(calls[index].work.job.key, []).append(index)
            for indexes in batches.values():
                work = calls[indexes[0]].work
                recipients = [recipient for index in indexes for recipient in calls[index].indexes]
                over = await self._editions.attempt(work.job.edition, work.job.batch, self._worker, recipients)
                if over is None:
                    self._drop(work)
                    continue
                if over:
                    self._forgotten(work, over)
                for index in indexes:
                    call = waiting.pop(index)
                    call.indexes = tuple(one for one in call.indexes if one not in over)
                    if call.indexes:
                        self._flying += 1
                        group.create_task(self._deliver(call, names[index]))
        finally:
            for call in waiting.values():
                self._push(0.0, call)
        return taken.wait

    def _forgotten(self, work: Work, indexes: Iterable[int]) -> None:
        """These asked to be forgotten while their batch was in our hands."""
        for index in work.left.intersection(indexes):
            work.left.discard(index)
            self._metrics.settled(self._platform, Outcome.GONE, 0.0)
        if not work.left:
            self._recorder.acknowledge(work)

    async def _deliver(self, call: Call, name: int) -> None:
        """Makes one call and notes its answers."""
        work = call.work
        self._metrics.in_flight(self._platform, 1)
        try:
            recipients = [work.recipients[index] for index in call.indexes]
            began = time.monotonic()
            said = await self._sender.send(recipients, work.shared.parts[call.part], random_id=call.random_id)
            answered = time.monotonic()
            self._pacer.land(name, answered - self._steady.ago(answered - began))
            overdue = self._clock.now() - work.shared.edition.slot > GIVE_UP
            repeatable, gap = self._sender.repeatable, self._pacer.limits.chat_gap
            answers = [(index, recipient, said[recipient.id]) for index, recipient in zip(call.indexes, recipients, strict=True)]
            for index, recipient, answer in answers:
                if isinstance(answer, DeliveryError):
                    self._note(work, index, recipient, answer)
            verdicts = [judge(call, index, answer, repeatable=repeatable, overdue=overdue, gap=gap) for index, _, answer in answers]
            try:
                await self._reroute(verdicts)
            finally:
                self._recorder.note(verdicts)
            await self._obey(said.values())
        except StoreUnavailable as error:
            _log.warning("a pause is kept by this process alone", platform=self._platform, error=str(error))
        except Exception as error:
            # a batch that breaks the sender must not break the mailing
            _log.exception("a batch is given up", platform=self._platform, edition=work.job.edition, batch=work.job.batch)
            await self._bury(work, f"{type(error).__name__}: {error}")
        finally:
            self._flying -= 1
            self._metrics.in_flight(self._platform, -1)
            self._recorder.wake()
            self._stir.set()

    async def _reroute(self, verdicts: list[Verdict]) -> None:
        """Sends elsewhere what has failed for an hour. Raises StoreUnavailable."""
        if self._elsewhere is None:
            return
        for late in await self._trouble.heard(verdicts):
            call, answer = late.call, late.answer
            if call.part > call.work.shared.first:
                continue  # the beginning was read here
            if await self._elsewhere.late(call.work.recipients[answer.index], call.work.shared.edition):
                verdicts[verdicts.index(late)] = Verdict(call, Answer(answer.index, answer.part, "f", "elsewhere"), Outcome.FAILED)

    async def _obey(self, said: Iterable[int | DeliveryError]) -> None:
        """Stops everyone if the platform asks for it."""
        waits = [0.0]
        for answer in said:
            if isinstance(answer, TokenRefused):
                _log.error("the platform refuses the token", platform=self._platform, error=str(answer))
                waits.append(_TOKEN_PAUSE)
            elif isinstance(answer, RetryLater) and answer.everyone and answer.after:
                waits.append(answer.after.total_seconds())
        if wait := max(waits):
            _log.info("the platform asks to wait", platform=self._platform, seconds=wait)
            await self._pacer.pause(wait, refused=wait < _TOKEN_PAUSE)

    def _note(self, work: Work, index: int, recipient: Recipient, error: DeliveryError) -> None:
        if isinstance(error, RecipientMoved):
            work.moved[index] = recipient
            work.recipients[index] = Recipient(platform=recipient.platform, id=error.new_id, thread=recipient.thread)
        if isinstance(error, RetryLater):
            self._metrics.retried(self._platform, reason(error))
        else:
            self._metrics.refused(self._platform, reason(error))

    async def _bury(self, work: Work, why: str) -> None:
        if not work.dropped:
            self._drop(work)
            await self._outbox.bury(self._platform, work.job, why, self._clock.now())
            self._metrics.dead(self._platform, len(work.left))
