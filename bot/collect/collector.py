"""Polls the sources that are due and hands on the articles that are new."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import random
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Protocol

import structlog

from bot.clock import Clock
from bot.collect import kinds
from bot.collect.fetch import Fetcher, Page
from bot.collect.intake import Articles, Intake, Planned, Report
from bot.collect.politeness import Politeness
from bot.collect.polling import DAY, State, after_failure, after_success, asked_by, wait
from bot.collect.reading import Reader
from bot.collect.sources import SourceSpec
from bot.errors import BadInput, SourceBroken, StoreUnavailable
from bot.locales import words
from bot.model import Article, FeedItem
from bot.store.visits import Visit

_log = structlog.get_logger(__name__)

_LEASE: Final = dt.timedelta(minutes=10)
"""A collector that dies leaves its sources to the others after this."""
_IDLE: Final = 1.0
_LATER: Final = dt.timedelta(hours=1)
"""How long a visit to a paused source is put off."""
_ROUND: Final = 500
"""Visits made by one round at most."""


class Polls(Protocol):
    """Due times and memory of sources, shared by all collectors. A state is a frozen dataclass that has what `PollState` asks for."""

    async def register(self, source_ids: Iterable[str], at: dt.datetime) -> None: ...
    async def due(self, now: dt.datetime, limit: int, lease: dt.timedelta) -> Sequence[str]: ...
    async def schedule(self, source_id: str, at: dt.datetime) -> None: ...
    async def next_due(self) -> dt.datetime | None: ...
    async def paused(self) -> Mapping[str, dt.datetime]: ...
    async def state(self, source_id: str) -> Any: ...
    async def put_state(self, source_id: str, state: Any) -> None: ...


async def _silent(event: str) -> None:
    _log.warning("source", text=event)


def _everything(item: FeedItem) -> bool:
    return bool(item.url)


class Collector:
    """Polls sources for ever, or once. Any number of collectors may share the same polls."""

    def __init__(
        self,
        polls: Polls,
        articles: Articles,
        fetcher: Fetcher,
        sources: Sequence[SourceSpec],
        clock: Clock,
        take: Callable[[Article], Awaitable[object | None]],
        *,
        visits: Planned,
        worth: Callable[[FeedItem], bool] = _everything,
        tell: Callable[[str], Awaitable[None]] = _silent,
        at_once: int = 16,
        politeness: Politeness | None = None,
        rng: random.Random | None = None,
    ) -> None:
        """`take` says with None that an article is of no interest: nothing of it is kept. `tell` reaches the administrators."""
        self._polls, self._visits, self._fetcher, self._clock, self._tell = polls, visits, fetcher, clock, tell
        self._sources = {spec.id: spec for spec in sources if spec.enabled}
        self._politeness = politeness or Politeness(fetcher, clock)
        self._intake = Intake(articles, visits, Reader(fetcher, self._politeness, clock), clock, take, worth)
        self._gate = asyncio.Semaphore(at_once)
        self._at_once = at_once
        self._rng = rng or random.Random()

    async def run(self) -> None:
        """Polls what is due, until cancelled; then lets every source finish the item it is at. A failing source never stops the others."""
        await self._polls.register(self._sources, self._clock.now())
        async with asyncio.TaskGroup() as group:
            try:
                while True:
                    await self._hand_out(group)
            except asyncio.CancelledError:
                self._intake.stop()
        raise asyncio.CancelledError

    async def _hand_out(self, group: asyncio.TaskGroup) -> None:
        """Starts a poll for each source that is due and a visit to each page that is, as far as there are free hands; else sleeps."""
        async with self._gate:
            due = await self._due()
            visits = await self._due_visits()
        report = Report()
        for source_id in due:
            spec = self._sources.get(source_id)
            if spec is not None:
                await self._gate.acquire()
                group.create_task(self._guarded(self.poll(spec, report), spec.id, report))
        await self._make(visits, group, report)
        if not due and not visits:
            await self._clock.sleep(_IDLE)

    async def _due(self) -> Sequence[str]:
        try:
            return await self._polls.due(self._clock.now(), self._at_once, _LEASE)
        except StoreUnavailable as error:
            _log.warning("the store does not answer", reason=str(error))
            return ()

    async def _due_visits(self) -> Sequence[Visit]:
        try:
            return await self._visits.due(self._clock.now(), self._at_once, _LEASE)
        except StoreUnavailable as error:
            _log.warning("the store does not answer", reason=str(error))
            return ()

    async def _make(self, visits: Sequence[Visit], group: asyncio.TaskGroup, report: Report) -> None:
        """Starts the visits; one to a source that is no longer polled is forgotten, one to a paused source is put off."""
        paused = await self._paused() if visits else frozenset[str]()
        for visit in visits:
            spec = self._sources.get(visit.source_id)
            await self._gate.acquire()
            work = self._intake.visit(visit, spec, report) if spec is not None and spec.id not in paused else self._put_off(visit)
            group.create_task(self._guarded(work, visit.source_id, report))

    async def _paused(self) -> frozenset[str]:
        try:
            return frozenset(await self._polls.paused())
        except StoreUnavailable as error:
            _log.warning("the store does not answer", reason=str(error))
            return frozenset(self._sources)

    async def _put_off(self, visit: Visit) -> None:
        if visit.source_id in self._sources:
            await self._visits.plan(visit, self._clock.now() + _LATER)
        else:
            await self._visits.done(visit)

    async def once(self) -> Report:
        """Polls every source that is enabled and not paused now, due or not, looks again at the relevant pages it still lists.

        Makes the visits that are due, too. Says what came of it.
        """
        report = Report()
        await self._polls.register(self._sources, self._clock.now())
        paused = await self._polls.paused()
        async with asyncio.TaskGroup() as group:
            for spec in (one for one in self._sources.values() if one.id not in paused):
                await self._gate.acquire()
                group.create_task(self._guarded(self.poll(spec, report, thorough=True), spec.id, report))
        async with asyncio.TaskGroup() as group:
            await self._make(await self._visits.due(self._clock.now(), _ROUND, _LEASE), group, report)
        return report

    async def _guarded(self, work: Awaitable[None], source_id: str, report: Report) -> None:
        try:
            await work
        except StoreUnavailable as error:  # the lease runs out and it is done again: nothing is lost
            report.failed[source_id] = str(error)
            _log.warning("poll not recorded", source=source_id, reason=str(error))
        finally:
            self._gate.release()

    async def poll(self, spec: SourceSpec, report: Report, *, thorough: bool = False) -> None:
        """Polls one source, hands on what is new, and settles when it is polled next. Raises StoreUnavailable."""
        report.polled += 1
        state = await self._polls.state(spec.id)
        asked: dt.timedelta | None = None
        try:
            page = await self._answer(spec, state)
            asked = asked_by(page.headers, page.status, now=self._clock.now())
            listing = await self._listing(spec, state, page, thorough=thorough)
            asked = max((pause for pause in (asked, listing.ttl if listing else None) if pause), default=None)
            whole, new = True, 0
            if listing is None:
                report.unchanged += 1
            else:
                whole, new = await self._intake.take(listing, spec, report, since=state.polled, thorough=thorough)
            if state.told:
                await self._tell(words("ru").say("admin-source-back", name=spec.name, id=spec.id))
            state = after_success(_remember(state, page, whole=whole), spec, now=self._clock.now(), new=new)
        except (SourceBroken, BadInput) as error:
            state = after_failure(state, now=self._clock.now(), reason=str(error))
            report.failed[spec.id] = str(error)
            _log.info("poll failed", source=spec.id, reason=str(error), failures=state.failures)
            state = await self._tell_of_failure(spec, state)
        await self._polls.put_state(spec.id, state)
        await self._polls.schedule(spec.id, self._clock.now() + wait(state, spec, asked=asked, rng=self._rng))

    async def _answer(self, spec: SourceSpec, state: State) -> Page:
        headers = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
        url = state.url or spec.url
        async with self._politeness.turn(url, own=spec.allow_private):
            return await self._fetcher.get(
                url,
                allow_private=spec.allow_private,
                proxy=spec.proxy,
                ca_file=spec.ca_file,
                known=spec.url,
                headers={name: value for name, value in headers.items() if value},
            )

    async def _listing(self, spec: SourceSpec, state: State, page: Page, *, thorough: bool) -> kinds.Listing | None:
        """What the answer announces; None if it is the same as last time."""
        if page.status == 304 or (page.status == 200 and _digest(page.body) == state.body_hash and not thorough):
            return None
        return await asyncio.to_thread(kinds.parse, page, spec)

    async def _tell_of_failure(self, spec: SourceSpec, state: State) -> State:
        """Tells the administrators once that a source has failed for a day."""
        since = state.failing_since
        if state.told or since is None or self._clock.now() - since < DAY:
            return state
        said = words("ru").say("admin-source-silent", name=spec.name, id=spec.id, since=f"{since:%d.%m.%Y %H:%M}", error=state.error)
        await self._tell(said)
        return replace(state, told=True)


def _remember(state: State, page: Page, *, whole: bool) -> State:
    """Validators of the answer. A backlog is read on at the next poll: then the same answer must not be taken for known."""
    if page.status == 304:
        return state
    headers = page.headers
    return replace(
        state,
        etag=headers.get("ETag", "")[:500] if whole else "",
        last_modified=headers.get("Last-Modified", "")[:100] if whole else "",
        body_hash=_digest(page.body) if whole else "",
        url=page.moved or state.url,
    )


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
