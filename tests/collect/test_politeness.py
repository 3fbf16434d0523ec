"""Turns at a host: pauses, and what its robots.txt asks for."""

from __future__ import annotations

import datetime as dt

import pytest
from yarl import URL

from bot.collect import Fetcher
from bot.collect.guard import host_key
from bot.collect.politeness import Politeness


class Patience:
    """A clock on which waiting takes no time; it remembers how long each wait was."""

    def __init__(self) -> None:
        self.at = 0.0
        self.waits: list[float] = []

    def now(self) -> dt.datetime:
        return dt.datetime(2026, 2, 10, tzinfo=dt.UTC) + dt.timedelta(seconds=self.at)

    def monotonic(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.at += seconds


@pytest.mark.parametrize(
    ("robots", "pause"),
    [
        ("User-agent: *\nCrawl-delay: 4", 4.0),
        ("User-agent: Vestnik\nCrawl-delay: 3\n\nUser-agent: *\nCrawl-delay: 9", 3.0),
        ("User-agent: *\nCrawl-delay: 86400", 10.0),
        ("User-agent: *\nCrawl-delay: 0.1", 1.0),
        ("User-agent: *\nCrawl-delay: soon", 1.0),
        ("", 1.0),
    ],
)
async def test_the_delay_that_robots_txt_asks_for_is_kept_between_pages(site, fetcher: Fetcher, robots: str, pause: float) -> None:
    """Never less than our own second, never more than ten."""
    site.pages["/robots.txt"] = robots
    clock = Patience()
    politeness = Politeness(fetcher, clock)
    for path in ("/a", "/b", "/c"):
        assert await politeness.allowed(site[path], allow_private=True)
        async with politeness.turn(site[path]):
            pass
    assert clock.waits == [pause, pause]
    assert [request.path for request in site.asked] == ["/robots.txt"]


async def test_a_robots_txt_that_is_ill_forbids_and_one_that_is_missing_does_not(site, fetcher: Fetcher) -> None:
    """It is read again after six hours."""
    clock = Patience()
    politeness = Politeness(fetcher, clock)
    site.pages["/robots.txt"] = {"status": 503}
    assert not await politeness.allowed(site["/a"], allow_private=True)
    del site.pages["/robots.txt"]
    assert not await politeness.allowed(site["/a"], allow_private=True)
    clock.at += 6 * 3600 + 1
    assert await politeness.allowed(site["/a"], allow_private=True)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://127.0.0.1:8080/a", "http://localhost:8080/b", True),
        ("http://[::1]:8080/a", "http://127.0.0.1:8080/b", True),
        ("http://127.0.0.9:8080/a", "http://LOCALHOST.:8080/b", True),
        ("http://[0:0:0:0:0:0:0:1]:8080/a", "http://localhost:8080/b", True),
        ("https://News.Example.org/a", "https://news.example.org./b", True),
        ("https://example.org:443/a", "https://example.org/b", True),
        ("http://example.org/a", "https://example.org/b", True),
        ("https://xn--e1afmkfd.xn--p1ai/a", "https://пример.рф/b", True),
        ("https://ПРИМЕР.РФ/a", "https://пример.рф/b", True),
        ("https://[2001:4860:4860:0:0:0:0:8888]/", "https://[2001:4860:4860::8888]/", True),
        ("http://127.0.0.1:8080/a", "http://127.0.0.1:8000/b", False),
        ("https://a.example.org/", "https://b.example.org/", False),
    ],
)
async def test_a_host_waits_its_turn_however_it_is_written(fetcher: Fetcher, one: str, other: str, same: bool) -> None:
    """Two spellings of one server get no double share; two servers do not wait for each other."""
    assert (host_key(URL(one)) == host_key(URL(other))) is same
    clock = Patience()
    politeness = Politeness(fetcher, clock)
    for url in (one, other):
        async with politeness.turn(url):
            pass
    assert clock.waits == [1.0] * same
