"""What is left of the news when the texts are gone."""

from __future__ import annotations

import datetime as dt

from aiohttp.test_utils import TestClient, TestServer

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.collect import Fetcher
from bot.digest import card
from bot.digest.render.html import render
from bot.newsroom import Newsroom
from bot.store import Store
from bot.web import make_web

from .builders import collector, feed, html_page
from .test_visits import DRAFT, TITLE, spec

DAY = dt.timedelta(days=1)


async def expire(store: Store, after: dt.timedelta) -> int:
    """Does at once what the server does when so much time has passed; says how many keys ended."""
    ended = 0
    async for key in store.client.scan_iter(count=1000):
        if 0 <= await store.client.ttl(key) <= after.total_seconds():
            ended += await store.client.delete(key)
    return ended


async def test_a_story_outlives_its_texts_with_its_facts_and_sources(store: Store, site, fetcher: Fetcher, clock: MovableClock) -> None:
    """401 days later: the same story, a page and a card that tell the date and lead to the source."""
    site.pages |= {"/rss": feed([("/a", TITLE)]), "/a": html_page(TITLE, DRAFT)}
    assert (await collector(store, fetcher, [spec(site)], clock, Newsroom(store, Analyst(), clock).take).once()).relevant == 1
    (before,) = await store.stories.recent(9)
    source = before.sources[0]
    assert await store.articles.get(source.article_id) is not None

    clock.move_to(clock.now() + 401 * DAY)
    assert await expire(store, 401 * DAY)
    assert await expire(store, 3650 * DAY) == 0
    assert await store.articles.get(source.article_id) is None
    async for key in store.client.scan_iter(match="vestnik:{[aux]:*", count=1000):
        assert key.endswith(b":story")

    (after,) = await store.stories.recent(9)
    assert after == before
    assert (after.facts.effective_date, after.sources) == ("2026-09-01", before.sources)
    assert await store.stories.of_article(source.article_id) == after.id
    shown = render(card(after))
    async with TestClient(TestServer(make_web(store, store.settings, clock))) as web:
        answer = await web.get(f"/ru/story/{after.id}")
        assert answer.status == 200
        page = await answer.text()
    for told in (shown, page):
        assert source.url in told
        assert "1 сентября 2026" in told.replace("\u00a0", " ")


async def test_an_old_story_is_taken_up_again_after_its_texts_are_gone(store: Store, site, fetcher: Fetcher, clock: MovableClock) -> None:
    """The same page, still listed, makes no second story."""
    site.pages |= {"/rss": feed([("/a", TITLE)]), "/a": html_page(TITLE, DRAFT)}
    polls = collector(store, fetcher, [spec(site)], clock, Newsroom(store, Analyst(), clock).take)
    await polls.once()
    (before,) = await store.stories.recent(9)
    clock.move_to(clock.now() + 401 * DAY)
    await expire(store, 401 * DAY)
    await polls.once()
    assert [story.id for story in await store.stories.recent(9)] == [before.id]
