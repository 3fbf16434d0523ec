"""Builders that the tests of collecting share."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence
from html import escape
from typing import Any

from bot.clock import Clock
from bot.collect import Collector, Fetcher, SourceSpec
from bot.collect.politeness import Politeness
from bot.model import Article
from bot.store import Store


class Taker:
    """Records what is handed on; `done` is set after `expected` articles."""

    def __init__(self, *, relevant: bool = True, expected: int = 1) -> None:
        self.articles: list[Article] = []
        self.done = asyncio.Event()
        self._relevant, self._expected = relevant, expected

    async def __call__(self, article: Article) -> object | None:
        self.articles.append(article)
        if len(self.articles) >= self._expected:
            self.done.set()
        return article if self._relevant else None


def collector(store: Store, fetcher: Fetcher, specs: Sequence[SourceSpec], clock: Clock, take: Any, **more: Any) -> Collector:
    """A collector that makes no pauses."""
    more = {"politeness": Politeness(fetcher, clock, delay=0.0), "visits": store.visits} | more
    return Collector(store.polls, store.articles, fetcher, specs, clock, take, **more)


def feed(items: Sequence[tuple[str, str]], *, guid: str = "", teaser: str = "", published: dt.datetime | None = None) -> bytes:
    """An RSS feed of (link, title) pairs."""
    date = f"<pubDate>{published:%a, %d %b %Y %H:%M:%S} +0000</pubDate>" if published else ""
    entries = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link><guid>{guid or escape(link)}</guid>"
        f"<description>{escape(teaser)}</description>{date}</item>"
        for link, title in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Лента</title>{entries}</channel></rss>'.encode()


def html_page(title: str, *paragraphs: str) -> str:
    """A page with one article."""
    body = "".join(f"<p>{escape(line)}</p>" for line in paragraphs)
    return f"<html><head><title>{escape(title)}</title></head><body><h1>{escape(title)}</h1><div class='text'>{body}</div></body></html>"
