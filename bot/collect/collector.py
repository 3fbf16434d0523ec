"""Polls the sources that are due and hands on the articles that are new."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal, Protocol

import structlog

from bot.clock import Clock
from bot.collect import kinds
from bot.collect.address import identity
from bot.collect.fetch import Fetcher, Page
from bot.collect.politeness import Politeness
from bot.collect.polling import DAY, PollState, after_failure, after_success, asked_by, dump_state, load_state, wait
from bot.collect.reading import Reader
from bot.collect.sources import SourceSpec
from bot.errors import BadInput, SourceBroken
from bot.model import Article, FeedItem

_log = structlog.get_logger(__name__)

_LEASE: Final = dt.timedelta(minutes=5)
"""A collector that dies leaves its sources to the others after this."""
_A_POLL: Final = 60
"""Pages read in one poll; the rest of a backlog waits for the next."""
_IDLE: Final = 5.0
_SEEN: Final = 400
_AGE: Final = dt.timedelta(days=30)
"""An item older than this when first seen is an archive, not news."""


class Polls(Protocol):
    """Due times and memory of sources, shared by all collectors."""

    async def due(self, now: dt.datetime, limit: int, lease: dt.timedelta) -> Sequence[str]: ...
    async def schedule(self, source_id: str, at: dt.datetime) -> None: ...
    async def state(self, source_id: str) -> Mapping[str, object] | None: ...
    async def put_state(self, source_id: str, state: Mapping[str, object]) -> None: ...


class Articles(Protocol):
    """Where articles are kept."""

    async def find(self, url: str) -> str | None: ...
    async def get(self, id: str) -> Article | None: ...  # noqa: A002  # the store's own name
    async def put(self, article: Article) -> Literal["new", "revised", "same"]: ...


@dataclass(slots=True, kw_only=True)
class Report:
    """What one round brought."""

    polled: int = 0
    new: int = 0
    revised: int = 0
    teasers: int = 0
    unreadable: int = 0
    """Items whose page could not be read and that had no teaser."""
    failed: dict[str, str] = field(default_factory=dict)
    """Source id → why."""


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
        take: Callable[[Article], Awaitable[object]],
        *,
        worth: Callable[[FeedItem], bool] = _everything,
        tell: Callable[[str], Awaitable[None]] = _silent,
        at_once: int = 16,
        politeness: Politeness | None = None,
        rng: random.Random | None = None,
    ) -> None:
        self._polls, self._fetcher, self._clock, self._take, self._worth, self._tell = polls, fetcher, clock, take, worth, tell
        self._sources = {spec.id: spec for spec in sources if spec.enabled}
        self._politeness = politeness or Politeness(fetcher, clock)
        self._articles = articles
        self._reader = Reader(fetcher, self._politeness, clock)
        self._gate = asyncio.Semaphore(at_once)
        self._at_once = at_once
        self._rng = rng or random.Random()

    async def run(self) -> None:
        """Polls what is due, until cancelled. A failing source never stops the others."""
        await self._enrol()
        async with asyncio.TaskGroup() as group:
            while True:
                await self._gate.acquire()
                self._gate.release()
                due = await self._polls.due(self._clock.now(), self._at_once, _LEASE)
                for source_id in due:
                    spec = self._sources.get(source_id)
                    if spec is None:
                        continue  # it left the list: nobody schedules it again
                    await self._gate.acquire()
                    group.create_task(self._guarded(spec, Report()))
                if not due:
                    await self._clock.sleep(_IDLE)

    async def once(self) -> Report:
        """Polls every enabled source now, due or not, and says what came of it."""
        report = Report()
        async with asyncio.TaskGroup() as group:
            for spec in self._sources.values():
                await self._gate.acquire()
                group.create_task(self._guarded(spec, report))
        return report

    async def _enrol(self) -> None:
        """Gives sources that were never polled a due time, spread over their interval."""
        now = self._clock.now()
        for spec in self._sources.values():
            if await self._polls.state(spec.id) is None:
                await self._polls.put_state(spec.id, dump_state(PollState()))
                await self._polls.schedule(spec.id, now + spec.interval * self._rng.random() * 0.2)

    async def _guarded(self, spec: SourceSpec, report: Report) -> None:
        try:
            await self.poll(spec, report)
        finally:
            self._gate.release()

    async def poll(self, spec: SourceSpec, report: Report) -> None:
        """Polls one source, hands on what is new, and settles when it is polled next."""
        report.polled += 1
        state = load_state(await self._polls.state(spec.id) or {})
        asked: dt.timedelta | None = None
        try:
            page = await self._answer(spec, state)
            asked = asked_by(page.headers, page.status, now=self._clock.now())
            listing = await self._listing(spec, state, page)
            asked = max((pause for pause in (asked, listing.ttl if listing else None) if pause), default=None)
            state, new = await self._take_new(spec, self._remember(spec, state, page), listing, report)
            if state.told:
                await self._tell(f"{spec.name} ({spec.id}) answers again")
            state = after_success(state, spec, now=self._clock.now(), new=new)
        except (SourceBroken, BadInput) as error:
            state = after_failure(state, now=self._clock.now(), reason=str(error))
            report.failed[spec.id] = str(error)
            _log.info("poll failed", source=spec.id, reason=str(error), failures=state.failures)
            state = await self._tell_of_failure(spec, state)
        await self._polls.put_state(spec.id, dump_state(state))
        await self._polls.schedule(spec.id, self._clock.now() + wait(state, spec, asked=asked, rng=self._rng))

    async def _answer(self, spec: SourceSpec, state: PollState) -> Page:
        headers = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
        url = state.address or spec.url
        async with self._politeness.turn(url, own=spec.allow_private):
            return await self._fetcher.get(
                url,
                allow_private=spec.allow_private,
                proxy=spec.proxy,
                ca_file=spec.ca_file,
                headers={name: value for name, value in headers.items() if value},
            )

    async def _listing(self, spec: SourceSpec, state: PollState, page: Page) -> kinds.Listing | None:
        """What the answer announces; None if it is the same as last time."""
        if page.status == 304 or (page.status == 200 and _digest(page.body) == state.body_hash):
            return None
        return await asyncio.to_thread(kinds.parse, page, spec)

    def _remember(self, spec: SourceSpec, state: PollState, page: Page) -> PollState:
        if page.status == 304:
            return state
        return replace(
            state,
            etag=page.headers.get("ETag", "")[:500],
            modified=page.headers.get("Last-Modified", "")[:100],
            body_hash=_digest(page.body),
            address=page.moved or state.address,
        )

    async def _take_new(self, spec: SourceSpec, state: PollState, listing: kinds.Listing | None, report: Report) -> tuple[PollState, int]:
        """Reads the items not seen before, oldest first, so that a story is told in its order."""
        if listing is None:
            return state, 0
        seen = dict.fromkeys(state.seen)
        fresh: dict[str, FeedItem] = {}
        for item in listing.items:
            if (key := item_key(item)) not in seen:
                fresh.setdefault(key, item)
        waiting = sorted(fresh.items(), key=lambda pair: pair[1].published or self._clock.now())
        for key, item in waiting[-_A_POLL:]:
            if self._is_news(item) and self._worth(item):
                await self._take_one(item, spec, report)
            seen[key] = None
        state = replace(state, seen=tuple(seen)[-_SEEN:])
        if len(waiting) > _A_POLL:  # a backlog is read on at the next poll: the same body must not be taken for known then
            state = replace(state, body_hash="", etag="", modified="")
        return state, len(fresh)

    async def _take_one(self, item: FeedItem, spec: SourceSpec, report: Report) -> None:
        try:
            article = await self._reader.read(item, spec)
        except (SourceBroken, BadInput) as error:
            _log.info("item left out", source=spec.id, url=item.url, reason=str(error))
            report.unreadable += 1
            return
        await self._take(article)
        report.new += 1
        report.teasers += article.teaser_only

    def _is_news(self, item: FeedItem) -> bool:
        return item.published is None or self._clock.now() - item.published <= _AGE

    async def _tell_of_failure(self, spec: SourceSpec, state: PollState) -> PollState:
        """Tells the administrators once that a source has failed for a day."""
        since = state.failing_since
        if state.told or since is None or self._clock.now() - since < DAY:
            return state
        await self._tell(f"{spec.name} ({spec.id}) has failed since {since:%Y-%m-%d %H:%M} UTC: {state.reason}")
        return replace(state, told=True)


def item_key(item: FeedItem) -> str:
    """Knows an item again whatever its GUID and time say: its address and its title."""
    try:
        address = identity(item.url)
    except BadInput:
        address = item.url
    return hashlib.sha256(f"{address}\n{' '.join(item.title.lower().split())}".encode()).hexdigest()[:16]


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
