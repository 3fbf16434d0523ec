"""The collector against a site on loopback and the real store."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
from dataclasses import replace
from email.utils import format_datetime

import pytest
from aiohttp import web
from yarl import URL

from bot.clock import MovableClock
from bot.collect import Fetcher, SourceSpec
from bot.errors import StoreUnavailable
from bot.store import Store

from .builders import Taker, collector, feed, html_page

LONG = " ".join(f"Роскомнадзор сообщил о новом ограничении мессенджера, это предложение номер {number}." for number in range(6))


def spec(site, **more) -> SourceSpec:
    """A source on the test site."""
    return SourceSpec(**({"id": "one", "name": "Первый", "url": site["/rss"], "allow_private": True} | more))


async def test_a_new_item_becomes_one_article_with_the_text_of_its_page(store: Store, site, fetcher: Fetcher, clock) -> None:
    """The page gives the text, the source the outlet."""
    site.pages |= {"/rss": feed([("/a", "Заголовок первой новости")]), "/a": html_page("Заголовок первой новости", LONG)}
    taker = Taker()
    report = await collector(store, fetcher, [spec(site)], clock, taker).once()
    assert (report.new, report.failed) == (1, {})
    assert (taker.articles[0].text, taker.articles[0].outlet, taker.articles[0].teaser_only) == (LONG, "Первый", False)


async def test_guids_and_times_that_change_make_no_second_article(store: Store, site, fetcher: Fetcher, clock) -> None:
    """Identity is the canonical address, whatever GUID, time, tracking and twin address say."""
    site.pages |= {"/a": html_page("Заголовок первой новости", LONG)}
    taker = Taker()
    polls = collector(store, fetcher, [spec(site)], clock, taker)
    for guid, link in (("g1", "/a"), ("g2", "/a?utm_source=rss"), ("same", "/a#top"), ("same", "/amp/a"), ("x", "/a/amp")):
        clock.move_to(clock.now() + dt.timedelta(minutes=10))
        site.pages["/rss"] = feed([(link, "Заголовок первой новости")], guid=guid, published=clock.now())
        await polls.once()
    assert len(taker.articles) == 1


async def test_the_same_text_at_two_addresses_is_one_article_with_two_addresses(store: Store, site, fetcher: Fetcher, clock) -> None:
    """A reprint word for word is not told twice."""
    site.pages |= {
        "/rss": feed([("/a", "Новость"), ("/b", "Новость")]),
        "/a": html_page("Новость одна", LONG),
        "/b": html_page("Новость одна", LONG),
    }
    taker = Taker()
    await collector(store, fetcher, [spec(site)], clock, taker).once()
    assert len(taker.articles) == 1
    kept = await store.articles.get(taker.articles[0].id)
    assert kept is not None
    assert set(kept.addresses) == {site["/a"], site["/b"]}


async def test_a_revised_page_makes_a_revision_and_the_old_text_stays(store: Store, site, fetcher: Fetcher, clock) -> None:
    """The taker hears of both texts under one id."""
    site.pages |= {"/rss": feed([("/a", "Новость")]), "/a": html_page("Новость одна", LONG)}
    taker = Taker()
    polls = collector(store, fetcher, [spec(site)], clock, taker)
    await polls.once()
    clock.move_to(clock.now() + dt.timedelta(hours=2))
    site.pages["/a"] = html_page("Новость одна", LONG + " Штраф составит 7 млн рублей.")
    report = await polls.once()
    assert report.revised == 1
    assert [article.revision for article in taker.articles] == [0, 1]
    assert taker.articles[0].id == taker.articles[1].id
    assert [old.text for old in await store.articles.revisions(taker.articles[0].id)] == [LONG]


async def test_nothing_of_an_irrelevant_article_is_kept(store: Store, site, fetcher: Fetcher, clock) -> None:
    """It is remembered as seen, and its page is not asked for again."""
    site.pages |= {"/rss": feed([("/a", "Новость")]), "/a": html_page("Новость одна", LONG)}
    taker = Taker(relevant=False)
    polls = collector(store, fetcher, [spec(site)], clock, taker)
    await polls.once()
    await polls.once()
    assert len(taker.articles) == 1
    assert await store.articles.get(taker.articles[0].id) is None
    assert site.paths().count("/a") == 1


async def test_a_page_that_is_no_article_leaves_the_teaser(store: Store, site, fetcher: Fetcher, clock) -> None:
    """A captcha with status 200 is not taken for an article."""
    captcha = "<html><title>Проверка</title><body><h1>Подтвердите, что вы не робот</h1><p>Введите символы с картинки.</p></body></html>"
    teaser = "Роскомнадзор ограничил звонки в мессенджерах, сообщила пресс-служба."
    site.pages |= {"/rss": feed([("/a", "Звонки ограничили")], teaser=teaser), "/a": captcha}
    taker = Taker()
    report = await collector(store, fetcher, [spec(site)], clock, taker).once()
    assert report.teasers == 1
    assert (taker.articles[0].text, taker.articles[0].teaser_only) == (teaser, True)


async def test_robots_txt_keeps_us_from_the_page_but_not_from_the_teaser(store: Store, site, fetcher: Fetcher, clock) -> None:
    """The page is not even asked for."""
    teaser = "Роскомнадзор ограничил звонки в мессенджерах, сообщила пресс-служба."
    site.pages |= {
        "/rss": feed([("/news/a", "Звонки")], teaser=teaser),
        "/robots.txt": "User-agent: *\nDisallow: /news/",
        "/news/a": html_page("Звонки", LONG),
    }
    taker = Taker()
    await collector(store, fetcher, [spec(site)], clock, taker).once()
    assert taker.articles[0].teaser_only
    assert site.paths() == ["/rss"]


async def test_one_broken_source_leaves_the_others_unharmed(store: Store, site, fetcher: Fetcher, clock) -> None:
    """Its failure is named in the report."""
    site.pages |= {"/rss": feed([("/a", "Новость")]), "/a": html_page("Новость одна", LONG), "/ill": {"status": 500}}
    specs = [spec(site), spec(site, id="ill", url=site["/ill"]), spec(site, id="gone", url="http://127.0.0.1:9/rss")]
    report = await collector(store, fetcher, specs, clock, Taker()).once()
    assert report.new == 1
    assert set(report.failed) == {"ill", "gone"}
    assert "500" in report.failed["ill"]


async def test_an_unchanged_source_is_asked_conditionally_and_costs_nothing_more(store: Store, site, fetcher: Fetcher, clock) -> None:
    """ETag and Last-Modified come back to the server that sent them."""

    async def conditional(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == '"1"':
            return web.Response(status=304)
        stamp = format_datetime(clock.now(), usegmt=True)
        return web.Response(body=feed([("/a", "Новость")]), headers={"ETag": '"1"', "Last-Modified": stamp})

    site.pages |= {"/rss": conditional, "/a": html_page("Новость одна", LONG)}
    polls = collector(store, fetcher, [spec(site)], clock, Taker())
    await polls.once()
    report = await polls.once()
    assert (report.unchanged, report.new) == (1, 0)
    assert "If-Modified-Since" in site.asked[-1].headers


async def test_a_permanent_redirect_moves_the_source_and_a_temporary_one_does_not(store: Store, site, fetcher: Fetcher, clock) -> None:
    """After a 301 the new address is asked at once."""
    for path, status in (("/for-good", 301), ("/for-now", 302)):
        site.pages[path] = {"status": status, "headers": {"Location": "/rss"}}
    site.pages |= {"/rss": feed([])}
    specs = [spec(site, id="moved", url=site["/for-good"]), spec(site, id="visiting", url=site["/for-now"])]
    polls = collector(store, fetcher, specs, clock, Taker())
    await polls.once()
    site.asked.clear()
    await polls.once()
    assert sorted(site.paths()) == ["/for-now", "/rss", "/rss"]


async def test_administrators_hear_once_of_a_source_that_fails_for_a_day_and_once_of_its_return(
    store: Store, site, fetcher: Fetcher, clock
) -> None:
    """Shorter failures are nobody's business."""
    told: list[str] = []

    async def tell(event: str) -> None:
        told.append(event)

    site.pages["/rss"] = {"status": 503}
    polls = collector(store, fetcher, [spec(site)], clock, Taker(), tell=tell)
    for hours in (0, 23, 2, 5):
        clock.move_to(clock.now() + dt.timedelta(hours=hours))
        await polls.once()
    assert len(told) == 1
    assert told[0].startswith("Источник ")
    assert told[0].endswith("vestnik sources try one")
    site.pages["/rss"] = feed([])
    await polls.once()
    await polls.once()
    assert len(told) == 2
    assert told[1].endswith(" (one) снова отвечает.")


async def test_retry_after_of_a_server_is_obeyed(store: Store, site, fetcher: Fetcher, clock) -> None:
    """It wins over the source's own interval."""
    site.pages["/rss"] = {"status": 429, "headers": {"Retry-After": "7200"}}
    await collector(store, fetcher, [spec(site)], clock, Taker()).once()
    due = await store.polls.next_due()
    assert due is not None
    assert due - clock.now() >= dt.timedelta(hours=2)


async def test_two_collectors_share_the_work_and_stop_when_cancelled(store: Store, site, fetcher: Fetcher, clock: MovableClock) -> None:
    """No source is polled twice, no article taken twice."""
    specs = []
    for number in range(8):
        site.pages |= {
            f"/rss{number}": feed([(f"/a{number}", "Новость")]),
            f"/a{number}": html_page(f"Новость {number}", f"{LONG} Номер {number}."),
        }
        specs.append(spec(site, id=f"s{number}", url=site[f"/rss{number}"]))
    taker = Taker(expected=8)
    tasks = [asyncio.create_task(collector(store, fetcher, specs, clock, taker).run()) for _ in range(2)]
    async with asyncio.timeout(10):
        await taker.done.wait()
    for task in tasks:
        task.cancel()
    assert all(isinstance(result, asyncio.CancelledError) for result in await asyncio.gather(*tasks, return_exceptions=True))
    assert sorted(URL(article.url).path for article in taker.articles) == [f"/a{number}" for number in range(8)]
    assert all(site.paths().count(f"/rss{number}") == 1 for number in range(8))


async def test_an_article_kept_by_a_collector_that_died_before_handing_it_on_is_taken_up(
    store: Store, site, fetcher: Fetcher, clock
) -> None:
    """Between keeping and reading nothing is lost."""
    site.pages |= {"/rss": feed([("/a", "Новость")]), "/a": html_page("Новость одна", LONG)}

    async def die(_article: object) -> None:
        raise StoreUnavailable("gone in mid-flight")

    report = await collector(store, fetcher, [spec(site)], clock, die).once()
    assert "gone" in report.failed["one"]
    taker = Taker()
    await collector(store, fetcher, [spec(site)], clock, taker).once()
    assert [article.text for article in taker.articles] == [LONG]


async def test_a_backlog_is_read_over_several_polls(store: Store, site, fetcher: Fetcher, clock) -> None:
    """However unchanged the feed is meanwhile."""
    paths = [(f"/{number}", f"Новость {number}") for number in range(75)]
    site.pages |= {"/rss": feed(paths)} | {path: html_page(title, f"{LONG} {title}.") for path, title in paths}
    taker = Taker()
    polls = collector(store, fetcher, [spec(site)], clock, taker)
    await polls.once()
    assert len(taker.articles) == 60
    await polls.once()
    assert len({article.id for article in taker.articles}) == 75


async def test_an_item_not_worth_a_page_is_not_fetched(store: Store, site, fetcher: Fetcher, clock) -> None:
    """The hook sees title and teaser."""
    site.pages |= {"/rss": feed([("/a", "Спорт"), ("/b", "Мессенджеры")]), "/b": html_page("Мессенджеры", LONG)}
    taker = Taker()
    await collector(store, fetcher, [spec(site)], clock, taker, worth=lambda item: item.title != "Спорт").once()
    assert site.paths() == ["/rss", "/b"]


async def test_a_telegram_channel_needs_no_second_request(store: Store, site, fetcher: Fetcher, clock) -> None:
    """A post is its own article."""
    site.pages["/s/rkn"] = (
        '<html><body><div class="tgme_widget_message" data-post="rkn/7"><div class="tgme_widget_message_text">'
        "Роскомнадзор ограничил звонки.<br>"
        "Это касается двух мессенджеров.</div>"
        '<a class="tgme_widget_message_date"><time datetime="2026-02-10T05:00:00+00:00"></time></a></div></body></html>'
    )
    taker = Taker()
    await collector(store, fetcher, [replace(spec(site), url=site["/s/rkn"], kind="telegram")], clock, taker).once()
    article = taker.articles[0]
    assert (article.url, article.title) == ("https://t.me/rkn/7", "Роскомнадзор ограничил звонки.")
    assert article.text.endswith("двух мессенджеров.")
    assert article.published == dt.datetime(2026, 2, 10, 5, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _steady() -> None:
    """Jitter is the same in each run."""
    random.seed(1)


async def test_a_paused_source_is_left_alone(store: Store, site, fetcher: Fetcher, clock) -> None:
    """Even by a poll of everything at once; resumed, it is polled again."""
    site.pages["/rss"] = feed([])
    polls = collector(store, fetcher, [spec(site)], clock, Taker())
    await store.polls.register(["one"], clock.now())
    await store.polls.pause("one", clock.now())
    assert (await polls.once()).polled == 0
    await store.polls.resume("one", clock.now())
    assert (await polls.once()).polled == 1


@pytest.mark.parametrize("relevant", [True, False])
async def test_relevant_texts_are_kept_as_long_as_the_setting_says_and_irrelevant_ones_not_at_all(
    store: Store, site, fetcher: Fetcher, clock, relevant: bool
) -> None:
    """Of an irrelevant article no key holds a word; of a relevant one every key but the planned visit ends with the retention."""
    title, word = "Новость одна", "приметноеслово"
    site.pages |= {"/rss": feed([("/a", title)]), "/a": html_page(title, f"{LONG} {word}.")}
    polls = collector(store, fetcher, [spec(site)], clock, Taker(relevant=relevant))
    await polls.once()
    site.pages["/a"] = html_page(title, f"{LONG} {word} второй раз.")
    clock.move_to(clock.now() + dt.timedelta(hours=1))
    await polls.once()
    found = await store.articles.find(site["/a"])
    keys = [key async for key in store.client.scan_iter(count=1000)]
    lives = [await store.client.ttl(key) for key in keys if not key.startswith(b"vestnik:{polls}")]
    assert lives
    assert (found is not None) == relevant
    if found is not None:
        assert [word in one.text for one in await store.articles.revisions(found)] == [True]
        setting = store.settings.retention_days * 86_400
        assert all(setting - 60 < life <= setting for life in lives)
    else:
        held = [await store.client.get(key) for key in keys if not key.startswith(b"vestnik:{polls}")]
        assert set(held) == {b"1"}
