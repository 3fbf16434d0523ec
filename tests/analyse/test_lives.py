"""The lives of measures, told by several outlets from the first word to the last among their like: each is one thread, and no two share one."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.analyse import Analyst
from bot.analyse.stories.threads import SURE, step
from bot.model import Article, Cluster, Reading, Story

ROWS = [json.loads(line) for line in Path(__file__).with_name("lives.jsonl").read_text(encoding="utf-8").splitlines()]
LIFE = {row["id"]: row["thread"] for row in ROWS}


@pytest.fixture(scope="module")
def readings(analyst: Analyst) -> dict[str, Reading]:
    """All that is read as relevant, in the order of time."""
    found: dict[str, Reading] = {}
    for row in ROWS:
        article = Article(
            id=row["id"],
            url=f"https://example.org/{row['id']}",
            source_id="s",
            outlet=row["outlet"],
            title=row["title"],
            text=row["text"],
            published=dt.datetime.fromisoformat(row["published"]).replace(tzinfo=dt.UTC),
        )
        reading = analyst.read(article)
        if reading.relevant:
            found[row["id"]] = reading
    return found


@pytest.fixture(scope="module")
def placed(analyst: Analyst, readings: dict[str, Reading]) -> dict[str, tuple[str, str]]:
    """Story and thread of each article; candidates are the stories that share a bucket, as in the store."""
    clusters: dict[str, Cluster] = {}
    filed: dict[str, set[str]] = {}
    where: dict[str, tuple[str, str]] = {}
    for name, reading in readings.items():
        near = sorted({story for key in reading.keys for story in filed.get(key, ())})
        place = analyst.place(reading, [clusters[story] for story in near])
        old = clusters.get(place.story or "")
        story, thread = (old.story.id, old.story.thread) if old else (name, place.thread or name)
        assert reading.published is not None
        outline = Story(
            id=story, thread=thread, headline="", summary=(), facts=reading.facts, first_seen=reading.published, updated=reading.published
        )
        clusters[story] = Cluster(story=outline, readings=(*(old.readings if old else ()), reading))
        for key in reading.keys:
            filed.setdefault(key, set()).add(story)
        where[name] = story, thread
    return where


def test_threads_are_sure_and_mostly_whole(placed: Mapping[str, tuple[str, str]]) -> None:
    """Of all pairs of articles that share a thread, nearly all should; of those that should, most do."""
    pairs = list(itertools.combinations(placed, 2))
    said = {pair for pair in pairs if placed[pair[0]][1] == placed[pair[1]][1]}
    true = {pair for pair in pairs if LIFE[pair[0]] == LIFE[pair[1]]}
    assert len(said & true) >= 0.95 * len(said)
    assert len(said & true) >= 0.75 * len(true)


@pytest.mark.parametrize(
    "life",
    [
        "national",  # proposed, passed, approved, signed, in force
        "preinstall",
        "fines-bill",  # Russian bill on fines
        "banks-ban",  # foreign messengers for banks
        "officials-ban",
        "kz-law",
        "nepal",  # imposed and lifted within a week
        "lanka",
        "brazil-signal",  # suspended, upheld, lifted
        "discord-slow",  # warned, begun, lifted
        "india-sim",
        "rejected",
        "wa-warn-rkn",  # threatened and blocked
        "school-perm",
        "market-max",
        "banks-max",
        "discord-tr",  # lifted months later
        "malaysia",
        "storage-3y",
        "ident-2018",
        "ru-calls-cases",
        "doctors",
        "au-age",
    ],
)
def test_a_life_is_one_thread_of_several_stories(placed: Mapping[str, tuple[str, str]], life: str) -> None:
    """The proposal, the law and what became of it are stories of their own, and one thread holds them and nothing else."""
    steps = [name for name in placed if LIFE[name] == life]
    assert len(steps) > 1
    assert len({placed[name][0] for name in steps}) == len(steps)
    thread = {placed[name][1] for name in steps}
    assert len(thread) == 1
    assert {name for name in placed if placed[name][1] in thread} == set(steps)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tg-fine-1-1", "tg-fine-2-1"),  # two fines of two cases
        ("wa-fine-data-1", "wa-fine-content-1"),
        ("wa-warn-rkn-1", "wa-warn-fas-1"),  # warnings of two authorities
        ("fines-bill-2", "fines-ads-bill-1"),  # two bills on one subject
        ("banks-ban-1", "officials-ban-1"),  # banks and civil servants
        ("banks-ban-3", "officials-ban-2"),
        ("doctors-1", "teachers-1"),
        ("tg-calls-1", "tg-slow-2"),  # calls limited, and all of it slowed down
        ("tg-calls-1", "wa-warn-rkn-2"),
        ("kz-law-1", "kg-law-1"),  # two countries
        ("au-age-1", "nz-age-1"),
        ("school-perm-1", "school-omsk-1"),  # two regions
        ("india-sim-1", "india-usernames-1"),
        ("brazil-1", "brazil-wa-1"),
        ("peskov-feb-1", "peskov-mar-1"),  # two remarks
        ("national-5", "preinstall-3"),  # two duties from one day on
        ("chat-control-3", "eu-meta-ai-1"),
        ("viber-fine-1", "viber-block-1"),
        ("tg-fine-1-1", "fines-bill-4"),  # a case and a rule
    ],
)
def test_near_misses_are_no_steps_of_one_thing(
    readings: Mapping[str, Reading], placed: Mapping[str, tuple[str, str]], one: str, other: str
) -> None:
    """Alike in words, authority or messenger, and yet another matter."""
    assert placed[one][1] != placed[other][1]
    assert step(readings[one], readings[other]) < SURE


def test_steps_are_found_after_years(readings: Mapping[str, Reading]) -> None:
    """Each step shares a bucket with an earlier one, though no news wave spans them."""
    for life, first in (("uk-osa", "uk-osa-1"), ("discord-tr", "discord-tr-1"), ("market-max", "market-max-1"), ("sim-only", "sim-only-2")):
        later = [name for name in readings if LIFE[name] == life and name > first]
        assert later
        for name in later:
            assert set(readings[name].keys) & set(readings[first].keys)
