"""Turns an announced item into an article: the page if it can be read, the teaser if not."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import structlog

from bot.clock import Clock
from bot.collect.address import canonical
from bot.collect.fetch import Fetcher
from bot.collect.politeness import Politeness, RobotsForbid
from bot.collect.sources import SourceSpec
from bot.collect.text.article import article_of, make_article
from bot.collect.text.lines import clean
from bot.collect.text.tree import block_text, parse_html
from bot.errors import AddressRefused, SourceBroken
from bot.model import Article, FeedItem

_log = structlog.get_logger(__name__)

_TEASER: Final = 40
"""A shorter teaser says nothing that the title does not."""
_FULL: Final = 600
"""Feed content of this length is a text rather than a teaser."""
_FUTURE: Final = dt.timedelta(hours=14)


def _logged(item: FeedItem, error: SourceBroken) -> None:
    _log.info("page not read", source=item.source_id, url=item.url, reason=str(error))


class Reader:
    """Reads the pages of items, politely."""

    def __init__(
        self, fetcher: Fetcher, politeness: Politeness, clock: Clock, *, unread: Callable[[FeedItem, SourceBroken], None] = _logged
    ) -> None:
        """`unread` hears why a page could not be read, whether or not a teaser serves."""
        self._fetcher, self._politeness, self._clock, self._unread = fetcher, politeness, clock, unread

    async def read(self, item: FeedItem, spec: SourceSpec) -> Article:
        """The item's article; `teaser_only` if its page could not be read. Raises SourceBroken if there is no teaser either, BadInput."""
        if spec.kind == "telegram":
            return self._from_item(item, spec, item.content.split("\n"), whole=True)
        try:
            article = await self._page(item, spec)
        except AddressRefused:
            raise
        except SourceBroken as error:
            self._unread(item, error)
            return self._fallback(item, spec, error)
        return replace(
            article,
            title=article.title or item.title,
            published=self._moment(item.published) or self._moment(article.published),
            author=article.author or item.author,
            language=article.language or spec.language,
            addresses=tuple(dict.fromkeys([*article.addresses, canonical(item.url)])),
        )

    async def _page(self, item: FeedItem, spec: SourceSpec) -> Article:
        if not await self._politeness.allowed(
            item.url, allow_private=spec.allow_private, proxy=spec.proxy, ca_file=spec.ca_file, known=spec.url
        ):
            raise RobotsForbid(f"robots.txt keeps robots from {item.url}", problem="robots")
        async with self._politeness.turn(item.url, own=spec.allow_private):
            page = await self._fetcher.get(
                item.url, allow_private=spec.allow_private, proxy=spec.proxy, ca_file=spec.ca_file, known=spec.url
            )
        return await asyncio.to_thread(
            article_of, page, source_id=spec.id, outlet=spec.name, official=spec.official, fetched=self._clock.now()
        )

    def _fallback(self, item: FeedItem, spec: SourceSpec, error: SourceBroken) -> Article:
        """What the feed itself carries: its full text, or its teaser marked as such."""
        lines = _lines(item.content) if len(item.content) >= _FULL else []
        if sum(map(len, lines)) >= _FULL:
            return self._from_item(item, spec, lines, whole=True)
        lines = clean(item.teaser.split("\n"), item.title) or [item.teaser]
        if len(item.teaser) < _TEASER:
            raise error
        return self._from_item(item, spec, lines, whole=False)

    def _from_item(self, item: FeedItem, spec: SourceSpec, lines: list[str], *, whole: bool) -> Article:
        return make_article(
            url=item.url,
            title=item.title or lines[0][:200],
            lines=lines,
            source_id=spec.id,
            outlet=spec.name,
            published=self._moment(item.published),
            fetched=self._clock.now(),
            language="" if whole else spec.language,
            author=item.author,
            official=spec.official,
            teaser_only=not whole,
        )

    def _moment(self, moment: dt.datetime | None) -> dt.datetime | None:
        """A time in the future is a mistake of a zone or of a clock; nothing was published later than it was read."""
        now = self._clock.now()
        if moment is None or moment > now + _FUTURE:
            return None
        return min(moment, now)


def _lines(markup: str) -> list[str]:
    root = parse_html(markup)
    return clean(block_text(root).split("\n")) if root is not None else []
