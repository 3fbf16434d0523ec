"""When sources are polled next, and what is packed for an auditor."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import random
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collect import SourceSpec
from bot.collect.evidence import pack
from bot.collect.polling import after_failure, after_success, asked_by, wait
from bot.collect.text.article import make_article
from bot.model import Facts, Source, Story
from bot.store.polls import PollState

NOW = dt.datetime(2026, 2, 10, 6, tzinfo=dt.UTC)
SPEC = SourceSpec(id="one", name="Первый", url="https://example.org/rss")


@given(st.lists(st.integers(0, 50), max_size=60), st.integers(1, 1440))
def test_the_interval_stays_between_two_minutes_and_two_hours(news: list[int], minutes: int) -> None:
    """However much or little a source brings, and whatever was wished."""
    spec = replace(SPEC, interval=dt.timedelta(minutes=minutes))
    state = PollState()
    for new in news:
        state = after_success(state, spec, now=NOW, new=new)
        assert state.interval is not None
        assert dt.timedelta(minutes=2) <= state.interval <= dt.timedelta(hours=2)


def test_a_busy_source_is_polled_sooner_than_a_quiet_one() -> None:
    """Both began with the same wish."""
    busy = quiet = PollState()
    for _ in range(10):
        busy, quiet = after_success(busy, SPEC, now=NOW, new=5), after_success(quiet, SPEC, now=NOW, new=0)
    assert busy.interval == dt.timedelta(minutes=2)
    assert quiet.interval == dt.timedelta(hours=1)


def test_failures_back_off_with_jitter_and_a_success_forgets_them() -> None:
    """Up to about two hours; two collectors do not come back in step."""
    state, rng, pauses = PollState(), random.Random(1), []
    for _ in range(12):
        state = after_failure(state, now=NOW, reason="it is ill")
        pauses.append(wait(state, SPEC, asked=None, rng=rng))
    assert pauses[0] < dt.timedelta(minutes=14)
    assert dt.timedelta(minutes=80) < pauses[-1] < dt.timedelta(minutes=160)
    assert wait(state, SPEC, asked=None, rng=rng) != wait(state, SPEC, asked=None, rng=rng)
    assert after_success(state, SPEC, now=NOW, new=0).failures == 0


@pytest.mark.parametrize(
    ("headers", "status", "minutes"),
    [
        ({"Retry-After": "600"}, 429, 10),
        ({"Retry-After": "Tue, 10 Feb 2026 06:30:00 GMT"}, 503, 30),
        ({"Cache-Control": "public, max-age=1800"}, 200, 30),
        ({"Cache-Control": "max-age=1800", "Age": "600"}, 304, 20),
        ({"Expires": "Tue, 10 Feb 2026 07:00:00 GMT"}, 200, 60),
        ({"Expires": "Tue, 10 Feb 2026 07:00:00 GMT", "Cache-Control": "no-cache"}, 200, None),
        ({"Retry-After": "soon", "Expires": "0"}, 503, None),
        ({"Expires": "-1"}, 200, None),
        ({}, 200, None),
    ],
)
def test_what_a_server_asks_for_is_understood(headers: dict[str, str], status: int, minutes: int | None) -> None:
    """Retry-After, Cache-Control and Expires, in all their forms."""
    asked = asked_by(headers, status, now=NOW)
    assert (asked and asked.total_seconds() / 60) == minutes


@pytest.mark.parametrize(
    ("headers", "status", "ttl", "minutes"),
    [
        ({"Cache-Control": "max-age=1800"}, 200, 45, 45),
        ({"Cache-Control": "max-age=5400"}, 200, 45, 90),
        ({"Cache-Control": "max-age=600", "Expires": "Tue, 10 Feb 2026 08:00:00 GMT"}, 200, None, 10),
        ({"Cache-Control": "max-age=5400", "Retry-After": "600"}, 503, None, 10),
        ({"Retry-After": "600"}, 200, None, None),
        ({}, 200, 30, 30),
        ({}, 200, 3, 7),
    ],
)
def test_of_several_wishes_of_a_server_the_longest_wins_and_none_hurries_us(
    headers: dict[str, str], status: int, ttl: int | None, minutes: int | None
) -> None:
    """`max-age` sets `Expires` aside; a refusal's `Retry-After` stands alone; our own interval of seven minutes is not shortened."""
    asked = asked_by(headers, status, now=NOW, ttl=dt.timedelta(minutes=ttl) if ttl else None)
    pause = wait(PollState(interval=dt.timedelta(minutes=7)), SPEC, asked=asked, rng=random.Random(1))
    assert round(pause.total_seconds() / 60) == (minutes or 7)


def test_no_server_silences_us_for_longer_than_a_day() -> None:
    """Whatever it asks."""
    assert wait(PollState(), SPEC, asked=dt.timedelta(days=400), rng=random.Random(1)) == dt.timedelta(days=1)


def test_evidence_holds_each_text_with_its_hash_address_and_time() -> None:
    """The manifest's hashes are those of the files; what the retention removed is named."""
    article = make_article(url="https://example.org/a", title="Заголовок", lines=["Первый текст."], outlet="Первый", fetched=NOW)
    later = replace(article, text="Второй текст.", revision=1)
    source = Source(article_id=article.id, outlet="Первый", url=article.url, title="Заголовок")
    story = Story(id="s1", thread="s1", headline="Заголовок", summary=(), facts=Facts(), sources=(source,), first_seen=NOW, updated=NOW)
    data = pack(story, [later, article], at=NOW, missing=["gone"])
    assert data == pack(story, [article, later], at=NOW, missing=["gone"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert [hashlib.sha256(archive.read(entry["file"])).hexdigest() for entry in manifest["texts"]] == [
            entry["sha256"] for entry in manifest["texts"]
        ]
        assert "Второй текст." in archive.read(f"{article.id}.1.txt").decode()
    assert (manifest["story"], manifest["missing"]) == ("s1", ["gone"])
    assert [(entry["url"], entry["fetched"]) for entry in manifest["texts"]] == [("https://example.org/a", NOW.isoformat())] * 2
