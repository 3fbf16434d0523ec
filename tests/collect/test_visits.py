"""Relevant pages are read again, whether or not their source still lists them."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import json
import zipfile

import pytest
from aiohttp import web

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.collect import Fetcher, SourceSpec
from bot.collect.evidence import pack
from bot.collect.text.article import text_hash
from bot.newsroom import Newsroom
from bot.store import Store
from bot.store.visits import Visit

from .builders import Taker, collector, feed, html_page

HOUR = dt.timedelta(hours=1)
TITLE = "Минцифры хочет запретить банкам WhatsApp"
DRAFT = (
    "Минцифры подготовило законопроект, который запретит сотрудникам банков и маркетплейсов писать клиентам в WhatsApp и Telegram. "
    "Запрет предлагают ввести с 1 сентября 2026 года. Сейчас документ согласуют госорганы."
)
REVISED = DRAFT.replace("1 сентября 2026", "1 марта 2027")
FINE = "Штраф для компаний составит до {} рублей."
LAW = (
    "Госдума приняла в третьем чтении закон, который запретит сотрудникам банков и маркетплейсов писать клиентам в WhatsApp и Telegram. "
    "Запрет введут с 1 сентября 2026 года."
)
REVISIONS = {
    "another date": (DRAFT, TITLE, REVISED, ("effective_date", "2026-09-01", "2027-03-01")),
    "another stage": (DRAFT, "Госдума запретила банкам WhatsApp", LAW, ("stage", "planned", "adopted")),
    "a sum": (DRAFT, TITLE, f"{DRAFT} {FINE.format('700 тысяч')}", ("penalty", "", "до 700 тысяч рублей")),
    "another sum": (
        f"{DRAFT} {FINE.format('500 тысяч')}",
        TITLE,
        f"{DRAFT} {FINE.format('5 млн')}",
        ("penalty", "", "до 5 млн рублей"),
    ),
}


def spec(site, **more) -> SourceSpec:
    """A source on the test site."""
    return SourceSpec(**({"id": "one", "name": "Первый", "url": site["/rss"], "allow_private": True} | more))


async def test_a_page_that_left_the_list_is_read_after_one_six_and_twenty_four_hours(store: Store, site, fetcher: Fetcher, clock) -> None:
    """And never again after that, and not in between."""
    site.pages |= {"/rss": feed([("/a", TITLE)]), "/a": html_page(TITLE, DRAFT)}
    polls = collector(store, fetcher, [spec(site)], clock, Taker())
    began = clock.now()
    await polls.once()
    site.pages["/rss"] = feed([])
    visited = []
    for half_hours in range(1, 100):
        clock.move_to(began + half_hours * HOUR / 2)
        before = site.paths().count("/a")
        await polls.once()
        if site.paths().count("/a") > before:
            visited.append((clock.now() - began) / HOUR)
    assert visited == [1, 6, 24]
    assert await store.visits.due(clock.now() + 1000 * HOUR, 9, HOUR) == ()


async def test_a_changed_date_in_a_page_behind_a_304_is_a_development_of_the_story(
    store: Store, site, fetcher: Fetcher, clock: MovableClock
) -> None:
    """One story, one source, a new revision that tells the new date; the old text stays for the auditor."""

    async def conditional(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == '"1"':
            return web.Response(status=304)
        return web.Response(body=feed([("/a", TITLE)]), headers={"ETag": '"1"'})

    site.pages |= {"/rss": conditional, "/a": html_page(TITLE, DRAFT)}
    polls = collector(store, fetcher, [spec(site)], clock, Newsroom(store, Analyst(), clock).take)
    report = await polls.once()
    assert report.relevant == 1
    before = (await store.stories.recent(9))[0]
    clock.move_to(clock.now() + HOUR)
    site.pages["/a"] = html_page(TITLE, REVISED)
    report = await polls.once()
    assert (report.unchanged, report.new, report.revised) == (1, 0, 1)
    (after,) = await store.stories.recent(9)
    assert after.id == before.id
    assert after.revision > before.revision
    news = after.developments[len(before.developments) :]
    assert [(one.kind, one.before, one.after) for one in news] == [("effective_date", "2026-09-01", "2027-03-01")]
    assert "2027-03-01" in str(after.facts)
    assert "2026-09-01" in str(before.facts)
    assert len(after.sources) == 1
    (old,) = await store.articles.revisions(after.sources[0].article_id)
    assert "1 сентября 2026" in old.text


@pytest.mark.parametrize("name", REVISIONS)
async def test_a_revised_date_stage_or_sum_develops_the_story_and_the_evidence_holds_both_texts(
    store: Store, site, fetcher: Fetcher, clock: MovableClock, name: str
) -> None:
    """From the page to the zip: one development, the old text with its hash and the time at which it was read."""
    first, title, second, expected = REVISIONS[name]
    site.pages |= {"/rss": feed([("/a", TITLE)]), "/a": html_page(TITLE, first)}
    polls = collector(store, fetcher, [spec(site)], clock, Newsroom(store, Analyst(), clock).take)
    began = clock.now()
    assert (await polls.once()).relevant == 1
    clock.move_to(began + HOUR)
    site.pages["/a"] = html_page(title, second)
    assert (await polls.once()).revised == 1
    (story,) = await store.stories.recent(9)
    (news,) = story.developments
    assert (news.kind, news.before) == expected[:2]
    assert news.after.startswith(expected[2])
    article = await store.articles.get(story.sources[0].article_id)
    assert article is not None
    packed = pack(story, [*await store.articles.revisions(article.id), article], at=clock.now())
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        texts = json.loads(archive.read("manifest.json"))["texts"]
        for entry, text, when in zip(texts, (first, second), (began, began + HOUR), strict=True):
            assert text in archive.read(entry["file"]).decode()
            assert entry["text_hash"] == text_hash(text)
            assert dt.datetime.fromisoformat(entry["fetched"]) == when


async def test_the_endless_collector_makes_visits_of_its_own_accord(store: Store, site, fetcher: Fetcher, clock: MovableClock) -> None:
    """Though no source is due."""
    site.pages |= {"/rss": feed([("/a", TITLE)]), "/a": html_page(TITLE, DRAFT)}
    await collector(store, fetcher, [spec(site)], clock, Taker()).once()
    await store.polls.schedule("one", clock.now() + 99 * HOUR)
    clock.move_to(clock.now() + HOUR)
    site.pages["/a"] = html_page(TITLE, REVISED)
    taker = Taker()
    task = asyncio.create_task(collector(store, fetcher, [spec(site)], clock, taker).run())
    async with asyncio.timeout(10):
        await taker.done.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert [article.revision for article in taker.articles] == [1]


async def test_a_page_that_cannot_be_read_keeps_its_text_and_its_later_visits(store: Store, site, fetcher: Fetcher, clock) -> None:
    """An error page, or a captcha, is no revision."""
    site.pages |= {"/rss": feed([("/a", TITLE)], teaser=DRAFT), "/a": html_page(TITLE, DRAFT)}
    taker = Taker()
    polls = collector(store, fetcher, [spec(site)], clock, taker)
    await polls.once()
    site.pages |= {"/rss": feed([]), "/a": {"status": 503}}
    clock.move_to(clock.now() + HOUR)
    await polls.once()
    site.pages["/a"] = html_page(TITLE, REVISED)
    clock.move_to(clock.now() + 5 * HOUR)
    await polls.once()
    assert [article.text for article in taker.articles] == [DRAFT, REVISED]


async def test_irrelevant_pages_and_posts_are_not_visited(store: Store, site, fetcher: Fetcher, clock) -> None:
    """There is nothing to compare with."""
    site.pages |= {"/rss": feed([("/a", TITLE)]), "/a": html_page(TITLE, DRAFT)}
    await collector(store, fetcher, [spec(site)], clock, Taker(relevant=False)).once()
    assert await store.visits.due(clock.now() + 1000 * HOUR, 9, HOUR) == ()


async def test_a_visit_is_lent_to_one_collector_put_off_while_its_source_is_paused_and_forgotten_with_it(
    store: Store, site, fetcher: Fetcher, clock
) -> None:
    """Nobody reads a page for a source that is off."""
    visit = Visit(source_id="one", url=site["/a"])
    await store.visits.plan(visit, clock.now())
    assert await store.visits.due(clock.now(), 9, HOUR) == (visit,)
    assert await store.visits.due(clock.now(), 9, HOUR) == ()
    clock.move_to(clock.now() + 2 * HOUR)
    site.pages["/rss"] = feed([])
    polls = collector(store, fetcher, [spec(site)], clock, Taker())
    await store.polls.register(["one"], clock.now())
    await store.polls.pause("one", clock.now())
    await polls.once()
    assert await store.visits.due(clock.now() + HOUR, 9, HOUR) == (visit,)
    clock.move_to(clock.now() + 5 * HOUR)
    await collector(store, fetcher, [], clock, Taker()).once()
    assert site.paths() == []
    assert await store.visits.due(clock.now() + 1000 * HOUR, 9, HOUR) == ()
