"""Sorts the items of a listing: known ones, new ones, those to look at again; each new article is handed on once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal, Protocol

import structlog
from yarl import URL

from bot.clock import Clock
from bot.collect.address import canonical
from bot.collect.kinds import Listing
from bot.collect.reading import Reader
from bot.collect.sources import SourceSpec
from bot.errors import BadInput, NotAnArticle, SourceBroken
from bot.model import Article, FeedItem
from bot.store.visits import Visit

_log = structlog.get_logger(__name__)

A_POLL: Final = 60
"""Pages read in one poll; the rest of a backlog waits for the next."""
_PATIENCE: Final = 5
"""After so many failures in a row at one host its other pages are left for the next poll."""
_AGE: Final = dt.timedelta(days=30)
"""An item older than this when first seen is an archive, not news."""
LOOK_AGAIN: Final = (dt.timedelta(hours=1), dt.timedelta(hours=6), dt.timedelta(days=1))
"""How long after it was first read a relevant page is read again, in case it was revised."""


class Articles(Protocol):
    """Where articles are kept."""

    async def find(self, url: str) -> str | None: ...
    async def get(self, article_id: str) -> Article | None: ...
    async def put(self, article: Article) -> Literal["new", "revised", "same"]: ...
    async def seen(self, urls: Iterable[str]) -> frozenset[str]: ...
    async def mark_seen(self, url: str) -> None: ...
    async def drop(self, article_id: str) -> None: ...


class Planned(Protocol):
    """When pages are read again, listed or not."""

    async def plan(self, visit: Visit, at: dt.datetime) -> None: ...
    async def due(self, now: dt.datetime, limit: int, lease: dt.timedelta) -> Sequence[Visit]: ...
    async def done(self, visit: Visit) -> None: ...


@dataclass(slots=True, kw_only=True)
class Report:
    """What one round brought."""

    polled: int = 0
    unchanged: int = 0
    """Sources that had nothing new to say."""
    new: int = 0
    """Articles read for the first time."""
    relevant: int = 0
    revised: int = 0
    teasers: int = 0
    """Articles whose page could not be read: the feed's teaser stands for it."""
    unreadable: int = 0
    """Items whose page could not be read and that had no teaser."""
    failed: dict[str, str] = field(default_factory=dict)
    """Source id → why."""


def is_news(item: FeedItem, now: dt.datetime) -> bool:
    """False for what was published long before it is first seen."""
    return item.published is None or now - item.published <= _AGE


class Intake:
    """What becomes of the items of a listing."""

    def __init__(
        self,
        articles: Articles,
        visits: Planned,
        reader: Reader,
        clock: Clock,
        take: Callable[[Article], Awaitable[object | None]],
        worth: Callable[[FeedItem], bool],
    ) -> None:
        self._articles, self._visits, self._reader, self._clock = articles, visits, reader, clock
        self._take, self._worth = take, worth
        self._stopped = False

    def stop(self) -> None:
        """Finishes the items that are being read, and begins no other."""
        self._stopped = True

    async def take(
        self, listing: Listing, spec: SourceSpec, report: Report, *, since: dt.datetime | None, thorough: bool
    ) -> tuple[bool, int]:
        """Reads what is new, oldest first, so that a story is told in its order. False if some of it is left for the next poll.

        `since` is when the source was polled before. `thorough` looks again at every relevant page that is still listed.
        """
        items: dict[str, FeedItem] = {}
        for item in listing.items:
            try:
                items.setdefault(canonical(item.url), item)
            except BadInput:
                report.unreadable += 1
        known = await self._articles.seen(items)
        fresh = {url: item for url, item in items.items() if url not in known}
        waiting = sorted(fresh.items(), key=lambda pair: pair[1].published or self._clock.now())
        whole = len(waiting) <= A_POLL
        troubles: dict[str, int] = {}
        for url, item in waiting[-A_POLL:]:
            if self._stopped:
                return False, 0
            host = URL(url).host or ""
            if troubles.get(host, 0) >= _PATIENCE:
                whole = False
                continue
            troubles[host] = 0 if await self._one(url, item, spec, report) else troubles.get(host, 0) + 1
        for url in [url for url in items if url in known][:A_POLL]:
            if not self._stopped:
                await self._again(url, items[url], spec, report, since=since, thorough=thorough)
        return whole, len(fresh)

    async def _one(self, url: str, item: FeedItem, spec: SourceSpec, report: Report) -> bool:
        """Reads one new item; False if its page could not be had this time."""
        if not is_news(item, self._clock.now()) or not self._worth(item):
            await self._articles.mark_seen(url)
            return True
        try:
            article = await self._reader.read(item, spec)
        except NotAnArticle as error:
            _log.info("no article", source=spec.id, url=url, reason=str(error))
            report.unreadable += 1
            await self._articles.mark_seen(url)
            return True
        except (SourceBroken, BadInput) as error:
            _log.info("item left out", source=spec.id, url=url, reason=str(error))
            report.unreadable += 1
            return False
        report.teasers += article.teaser_only
        if await self._hand_on(article, report) and spec.kind != "telegram":  # a post is read from the channel's own page alone
            await self._visits.plan(Visit(source_id=spec.id, url=url), self._clock.now() + LOOK_AGAIN[0])
        return True

    async def _hand_on(self, article: Article, report: Report) -> bool:
        """Keeps an article and has it read; True if it is of interest and was not known.

        If it is of no interest, only that it was seen stays. The same text again is nothing new.
        """
        verdict = await self._articles.put(article)
        kept = await self._kept(article.url)
        if verdict == "same" or kept is None:
            return False
        report.new += verdict == "new"
        report.revised += verdict == "revised"
        if await self._take(kept) is None:
            if verdict == "new":
                await self._articles.drop(kept.id)
            return False
        report.relevant += 1
        return verdict == "new"

    async def visit(self, visit: Visit, spec: SourceSpec, report: Report) -> None:
        """Reads a page again that may have left its source's list, and plans the next visit. Raises StoreUnavailable."""
        if self._stopped:
            return  # the lease runs out, and another collector makes it
        kept = await self._kept(visit.url)
        if kept is not None:
            item = FeedItem(source_id=spec.id, url=visit.url, title=kept.title, published=kept.published, author=kept.author)
            await self._read_again(kept, item, spec, report)
            if (following := visit.number + 1) < len(LOOK_AGAIN):
                pause = LOOK_AGAIN[following] - LOOK_AGAIN[visit.number]
                await self._visits.plan(replace(visit, number=following), self._clock.now() + pause)
        await self._visits.done(visit)

    async def _again(
        self, url: str, item: FeedItem, spec: SourceSpec, report: Report, *, since: dt.datetime | None, thorough: bool
    ) -> None:
        """Takes up an article that a dead collector kept but did not hand on; if `thorough`, looks again at a relevant page."""
        kept = await self._kept(url)
        if kept is None or kept.fetched is None:
            return
        if since is None or kept.fetched > since:
            if await self._take(kept) is not None and spec.kind != "telegram":
                await self._visits.plan(Visit(source_id=spec.id, url=url), self._clock.now() + LOOK_AGAIN[0])
        elif thorough:
            await self._read_again(kept, item, spec, report)

    async def _read_again(self, kept: Article, item: FeedItem, spec: SourceSpec, report: Report) -> None:
        try:
            article = await self._reader.read(item, spec)
        except (SourceBroken, BadInput) as error:
            _log.info("not read again", source=spec.id, url=item.url, reason=str(error))
            return
        await self._hand_on(replace(article, id=kept.id), report)

    async def _kept(self, url: str) -> Article | None:
        article_id = await self._articles.find(url)
        return await self._articles.get(article_id) if article_id else None
