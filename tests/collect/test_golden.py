"""Each quirk of feeds and pages that we know stands in a file of golden/: what the server answers, and what must come of it."""

from __future__ import annotations

import datetime as dt
import gzip
import random
import tomllib
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.collect import Fetcher, Limits, Report, SourceSpec
from bot.settings import Settings
from bot.store import Store

from .builders import Taker, collector
from .test_guard import Names

FOLDER = Path(__file__).parent / "golden"
FILES = sorted(path.stem for path in FOLDER.glob("*.toml"))
QUIRKS = {
    "GUIDs that change with the headline": ["guid-follows-headline"],
    "one GUID for all items": ["one-guid-for-all"],
    "timestamps that move at each fetch": ["moving-times"],
    "identity is the canonical address first, then content": ["tracking-and-twins", "same-text-elsewhere"],
    "an address moves only on 301 and 308": ["moved-for-good", "moved-for-now"],
    "304 and an unchanged body cost nothing more": ["not-modified", "same-bytes"],
    "Cache-Control, Retry-After, ttl": ["cache-control", "retry-after", "ttl"],
    "windows-1251 and koi8-r": ["windows-1251", "koi8-r"],
    "declared wrongly": ["windows-1251-declared-utf-8", "koi8-r-declared-windows-1251", "utf-8-declared-windows-1251"],
    "UTF-32 without a mark": ["utf-32-without-a-mark"],
    "the size cap counts after decompression": ["bomb-in-gzip"],
    "entity bombs": ["entity-bomb"],
    "endless redirects": ["endless-redirects"],
    "redirects to private addresses": ["redirect-to-metadata"],
    "names that resolve to private addresses": ["redirect-to-a-private-name"],
    "403 for a reader's agent": ["refuses-robots"],
}
"""The root certificate of one host alone needs a server with TLS, and is shown in test_fetch.py."""


def test_every_quirk_has_its_file_and_every_file_its_quirk() -> None:
    """None is forgotten on either side."""
    assert sorted(name for names in QUIRKS.values() for name in names) == FILES


@pytest.fixture
async def inward() -> AsyncIterator[Fetcher]:
    """A fetcher whose name service answers every name with this machine's address."""
    async with Fetcher(Settings(_env_file=None), limits=Limits(total=2.0, connect=0.5, read=0.7), resolver=Names(["127.0.0.1"])) as opened:
        yield opened


def answer(given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a response."""
    headers = given.get("headers", {})
    if "zeroes" in given:
        return {
            "body": gzip.compress(b"0" * given["zeroes"]),
            "headers": headers | {"Content-Encoding": "gzip", "Content-Type": "text/xml"},
        }
    kind = "text/html" if "<html" in given.get("body", "") else "text/xml"
    body = given.get("body", "").encode(given.get("encoding", "utf-8"))
    return {"status": given.get("status", 200), "body": body, "headers": headers | {"Content-Type": kind}}


@pytest.mark.parametrize("name", FILES)
async def test_what_comes_of_a_quirk_is_what_its_file_says(name: str, store: Store, site, inward: Fetcher, clock: MovableClock) -> None:
    """Poll by poll: the articles so far, the pages asked for, the failure, the pause."""
    case = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    spec = SourceSpec(id="one", name="Первый", url=site["/rss"], allow_private=True)
    taker = Taker()
    polls = collector(store, inward, [spec], clock, taker, rng=random.Random(1))
    await store.polls.register(["one"], clock.now())
    for poll in case["poll"]:
        clock.move_to(clock.now() + dt.timedelta(minutes=poll.get("after_minutes", 0)))
        for path, given in poll.get("answers", {}).items():
            site.pages[path] = answer(given)
        site.asked.clear()
        report = Report()
        await polls.poll(spec, report)
        assert [article.title for article in taker.articles] == poll["taken"]
        assert site.paths() == poll["asked"]
        assert poll.get("failed", "") in report.failed.get("one", "")
        assert bool(report.failed) == ("failed" in poll)
        assert report.unchanged == poll.get("unchanged", 0)
        assert all(poll.get("text", "") in article.text and not article.teaser_only for article in taker.articles)
        due = await store.polls.next_due()
        assert due is not None
        assert due - clock.now() >= dt.timedelta(minutes=poll.get("wait_minutes", 1))
