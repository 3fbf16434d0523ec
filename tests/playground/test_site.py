"""The sample edition is what the demonstration promises: enough pages, in order, dated by the clock, as sites serve them."""

import datetime as dt
import tomllib
from pathlib import Path

import aiohttp
import feedparser
import pytest

from bot.clock import MovableClock
from bot.commands.demo import START
from bot.playground.site import EDITION_DAY, Edition, SampleSite

MORNING = dt.datetime(2026, 3, 12, 6, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(EDITION_DAY, running=False)


async def test_carries_at_least_eighty_pages_of_many_outlets_in_every_kind_of_feed() -> None:
    """A newcomer sees a press, not a page or two."""
    edition = Edition.dated(EDITION_DAY)
    assert len(edition.visible(EDITION_DAY)) >= 80
    assert {outlet.kind for outlet in edition.outlets} == {"rss", "rss-1251", "atom", "json", "page", "telegram"}
    assert sum(outlet.official for outlet in edition.outlets) >= 2
    assert {page.outlet.layout for page in edition.pages} == {"article", "section", "table", "plain", "official", "telegram"}
    assert {outlet.language for outlet in edition.outlets} == {"ru", "en"}


@pytest.mark.parametrize("base", [EDITION_DAY, dt.datetime(2031, 10, 26, 23, 59, tzinfo=dt.UTC)])
async def test_dates_follow_the_clock(base: dt.datetime) -> None:
    """On any day a good share is of the last day, nothing visible lies ahead, and each next morning brings more."""
    edition = Edition.dated(base)
    today = [page for page in edition.visible(base) if page.published > base - dt.timedelta(days=1)]
    assert len(today) >= 40
    assert all(page.published <= base for page in edition.visible(base))
    counts = [len(edition.visible(base + dt.timedelta(days=days))) for days in range(3)]
    assert counts == sorted(set(counts))


async def test_a_story_is_told_after_what_it_follows() -> None:
    """The law is in force after it was drafted and adopted, whatever the dates are moved to."""
    order = [page.id for page in Edition.dated(EDITION_DAY).pages]
    drafted, adopted, in_force = order.index("d001"), order.index("d104"), order.index("d201")
    assert drafted < adopted < in_force


@pytest.mark.parametrize(
    ("page_id", "year", "month"),
    [
        ("d175", 2024, 8),
        ("d001", 2024, 12),
        ("d015", 2024, 12),
        ("d201", 2025, 6),
        ("d142", 2025, 7),
        ("d038", 2025, 8),
        ("d078", 2025, 10),
    ],
)
async def test_a_page_stands_in_the_month_that_its_text_speaks_of(page_id: str, year: int, month: int) -> None:
    """«С 1 сентября» of August 2025 is not read as a date of the year in which the demonstration is opened."""
    published = next(page.published for page in Edition.dated(START).pages if page.id == page_id)
    assert (published.year, published.month) == (year, month)


async def test_every_page_answers_in_the_declared_encoding(clock: MovableClock) -> None:
    """Every paragraph arrives at its address; the wall answers 200 without the text, the missing page 404."""
    async with SampleSite(clock) as site, aiohttp.ClientSession() as session:
        clock.move_to(EDITION_DAY + dt.timedelta(days=4))
        seen = set()
        for page in site.edition.visible(clock.now()):
            async with session.get(site.url + page.path) as response:
                body = await response.read()
                text = body.decode("windows-1251" if page.outlet.kind == "rss-1251" else "utf-8")
                seen.add(page.serves)
                assert response.status == (404 if page.serves == "missing" else 200)
                assert all(paragraph in text.replace("&#39;", "'") for paragraph in page.text) == (page.serves == "article"), page.path
        assert seen == {"article", "consent", "missing"}


async def test_every_feed_parses_and_leads_to_pages(clock: MovableClock) -> None:
    """RSS, windows-1251 RSS and Atom are well-formed for feedparser, with dates and addresses that the site serves."""
    async with SampleSite(clock) as site, aiohttp.ClientSession() as session:
        paths = {page.path for page in site.edition.pages}
        parsed = 0
        for source in site.sources:
            async with session.get(str(source["url"])) as response:
                assert response.status == 200, source
                if source["kind"] != "rss" or str(source["url"]).endswith(".json"):
                    continue
                feed = feedparser.parse(await response.read())
            assert not feed.bozo, (source, feed.get("bozo_exception"))
            parsed += len(feed.entries)
            for entry in feed.entries:
                assert entry.link.split("?")[0].removeprefix(site.url) in paths
                assert dt.datetime(*entry.published_parsed[:6], tzinfo=dt.UTC) <= clock.now()
        assert parsed > 80


async def test_what_did_not_change_is_answered_with_304(clock: MovableClock) -> None:
    """Both validators work, and a new publication ends both."""
    async with SampleSite(clock) as site, aiohttp.ClientSession() as session:
        address = f"{site.url}/vedomosti/rss.xml"
        async with session.get(address) as first:
            tag, modified = first.headers["ETag"], first.headers["Last-Modified"]
        for header in ({"If-None-Match": tag}, {"If-Modified-Since": modified}):
            async with session.get(address, headers=header) as again:
                assert again.status == 304
        clock.move_to(MORNING)
        for header in ({"If-None-Match": tag}, {"If-Modified-Since": modified}):
            async with session.get(address, headers=header) as changed:
                assert changed.status == 200
        assert site.unchanged == 2


async def test_an_article_is_revised_on_the_next_day(clock: MovableClock) -> None:
    """At the same address stand another title and a date that was not there, and the feed says when it changed."""
    async with SampleSite(clock) as site, aiohttp.ClientSession() as session:
        page = next(page for page in site.edition.pages if page.revision is not None)

        async def read(path: str) -> str:
            async with session.get(site.url + path) as response:
                return await response.text()

        assert "1 сентября 2026" not in await read(page.path)
        before = feedparser.parse(await read(f"/{page.outlet.id}/atom.xml")).entries
        clock.move_to(MORNING + dt.timedelta(hours=3))
        assert "1 сентября 2026" in await read(page.path)
        after = feedparser.parse(await read(f"/{page.outlet.id}/atom.xml")).entries
        address = site.url + page.path
        assert next(e for e in before if e.link == address).updated < next(e for e in after if e.link == address).updated


async def test_sources_file_is_toml_for_this_site(clock: MovableClock, tmp_path: Path) -> None:
    """The collector gets a file in the documented form, each source allowed onto loopback."""
    async with SampleSite(clock) as site:
        sources = tomllib.loads(site.sources_toml(tmp_path / "sources.toml").read_text(encoding="utf-8"))["source"]
        assert sources == list(site.sources)
        assert all(source["allow_private"] and source["url"].startswith(site.url) for source in sources)
        assert {source["id"] for source in sources if source["official"]} == {"roskomnadzor", "mincifry", "gosudarstvennaya-duma"}


async def test_a_taken_port_is_an_error_and_leaves_nothing_open(clock: MovableClock) -> None:
    """Two sites cannot share a port, and the second says so."""
    async with SampleSite(clock) as site:
        second = SampleSite(clock)
        with pytest.raises(OSError, match="address"):
            await second.start(int(site.url.rsplit(":", 1)[1]))
