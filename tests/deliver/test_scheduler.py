"""Editions: one an audience and slot, gapless periods, nothing told twice, nothing lost by a crash or a move."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from bot.clock import MovableClock
from bot.deliver.alerts import Alerts, quiet_until
from bot.deliver.metrics import Metrics
from bot.deliver.press import Press
from bot.deliver.scheduler import LEASE, Scheduler
from bot.model import (
    Audience,
    Cluster,
    Development,
    Facts,
    Filter,
    Length,
    Platform,
    Preferences,
    Recipient,
    Schedule,
    Source,
    Story,
    Subscriber,
    SummarySentence,
)
from bot.store import Store
from bot.store.agenda import Agenda
from bot.store.editions import Edition, Editions

TG, VK = Platform.TELEGRAM, Platform.VK
ROOT = Path(__file__).parents[2]
HOUR = dt.timedelta(hours=1)


def story(name: str, at: dt.datetime, **changes: Any) -> Story:
    """A story that was told first at that moment."""
    values: dict[str, Any] = {
        "id": name,
        "thread": name,
        "headline": f"Сюжет {name}",
        "summary": (SummarySentence(text="Пересказ.", article_id="a", source="Пересказ."),),
        "facts": Facts(),
        "sources": (Source(article_id="a", outlet="Интерфакс", url="https://interfax.example/1", title="Заголовок"),),
        "importance": 0.5,
        "first_seen": at,
        "updated": at,
    }
    return Story(**(values | changes))


class Bench:
    """A scheduler over a store, with what tests ask of both."""

    def __init__(self, store: Store, clock: MovableClock) -> None:
        self.store, self.clock = store, clock
        self.metrics = Metrics(CollectorRegistry())
        self.agenda = Agenda(store.client)

    def scheduler(self) -> Scheduler:
        return Scheduler(self.store, clock=self.clock, metrics=self.metrics)

    async def subscribe(self, ids: Iterable[int], platform: Platform = TG, **preferences: Any) -> None:
        chosen = Preferences(**preferences)
        people = (Subscriber(recipient=Recipient(platform=platform, id=number), preferences=chosen, active=True) for number in ids)
        await self.store.subscribers.put_many(people)

    async def tell(self, *stories: Story) -> None:
        for one in stories:
            await self.store.stories.put(Cluster(story=one, readings=()))

    async def queued(self, platform: Platform = TG) -> list[tuple[Edition, list[int]]]:
        """The editions in the queue with the ids of their recipients, in order."""
        found: dict[str, list[int]] = {}
        for stream in (f"{{outbox:{platform}}}:jobs", f"{{outbox:{platform}}}:urgent"):
            for _, fields in await self.store.client.xrange(stream):
                name, batch = fields[b"edition"].decode(), int(fields[b"batch"])
                text = await self.store.client.hget(f"{{edition:{name}}}:batches", str(batch))
                found.setdefault(name, []).extend(int(item) for item in text.decode().split(" "))
        return [(edition, ids) for name, ids in found.items() if (edition := await self.store.editions.get(name))]


@pytest.fixture
def bench(store: Store, clock: MovableClock) -> Bench:
    return Bench(store, clock)


async def test_a_due_edition_reaches_everyone_of_the_audience_once(bench: Bench) -> None:
    """250 people of one audience: one edition in three batches."""
    await bench.subscribe(range(1, 251))
    scheduler = bench.scheduler()
    await scheduler.tick()
    bench.clock.move_to(bench.clock.now() + 23 * HOUR)
    await bench.tell(story("a", bench.clock.now()))
    bench.clock.move_to(bench.clock.now() + HOUR)
    made = await scheduler.tick()
    assert (made.editions, made.recipients) == (1, 250)
    ((edition, ids),) = await bench.queued()
    assert sorted(ids) == list(range(1, 251))
    assert edition.told == {"a": 0}
    assert "Сюжет a" in str(edition.message.parts[0].payload["text"])
    assert (await scheduler.tick()).editions == 0


async def test_two_schedulers_make_one_edition(bench: Bench) -> None:
    """Both look at the same moment; also when one has taken an audience over from the other in the middle."""
    await bench.subscribe(range(1, 501))
    await bench.subscribe(range(1, 501), VK)
    both = [bench.scheduler(), bench.scheduler()]
    await both[0].tick()
    await bench.tell(story("a", bench.clock.now()))
    bench.clock.move_to(bench.clock.now() + 24 * HOUR)
    await asyncio.gather(*(one.tick() for one in both))
    for platform in Platform:
        ((_, ids),) = await bench.queued(platform)
        assert sorted(ids) == list(range(1, 501))


async def killed_in_the_middle(bench: Bench, url: str) -> str:
    """A scheduler process dies by SIGKILL after some batches of an edition and before the last. Returns the edition's name."""
    command = (sys.executable, "-m", "tests.deliver.planner", url, f"{bench.clock.now().isoformat()}@{time.time()}")
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, env={"PATH": os.environ["PATH"]})
    try:
        async with asyncio.timeout(60):
            while not (found := await bench.store.client.xread({f"{{outbox:{TG}}}:jobs": "0"}, block=1000)):
                continue
    finally:
        process.kill()
        await process.wait()
    name = str(found[0][1][0][1][b"edition"].decode())
    assert not await Editions(bench.store.client).sealed(name)
    return name


async def test_an_edition_begun_by_a_scheduler_that_was_killed_is_finished(bench: Bench, valkey: str) -> None:
    """Another one queues the rest after the lease and repeats nobody, though someone has joined since."""
    await bench.subscribe(range(1, 20_001))
    second = bench.scheduler()
    await second.tick()
    await bench.tell(story("a", bench.clock.now()))
    bench.clock.move_to(bench.clock.now() + 24 * HOUR)
    await killed_in_the_middle(bench, valkey)
    await bench.subscribe(range(20_001, 20_011))
    assert (await second.tick()).editions == 0
    bench.clock.move_to(bench.clock.now() + 3 * LEASE)
    await second.tick()
    ((_, ids),) = await bench.queued()
    assert sorted(ids) == list(range(1, 20_011))


async def test_a_begun_edition_is_finished_before_a_later_one(bench: Bench, valkey: str) -> None:
    """Nobody looks until the next slot: the rest gets the begun edition, and the next has only what is new."""
    await bench.subscribe(range(1, 20_001))
    second = bench.scheduler()
    await second.tick()
    await bench.tell(story("a", bench.clock.now()))
    bench.clock.move_to(bench.clock.now() + 24 * HOUR)
    begun = await killed_in_the_middle(bench, valkey)
    await bench.tell(story("b", bench.clock.now() + HOUR))
    bench.clock.move_to(bench.clock.now() + 24 * HOUR)
    await second.tick()
    (first, ids), (later, others) = await bench.queued()
    assert (first.id, first.told) == (begun, {"a": 0})
    assert later.told == {"b": 0}
    assert sorted(ids) == sorted(others) == list(range(1, 20_001))


class Smudged(Press):
    """A press that cannot print for one language."""

    def _edition(self, audience: Audience, *given: Any) -> Any:
        if audience.preferences.language == "en":
            raise ValueError("no English letters")
        return super()._edition(audience, *given)


async def test_an_edition_that_cannot_be_made_keeps_nobody_else_waiting(bench: Bench) -> None:
    """One audience's edition fails: the others get theirs, and it is tried again after the lease."""
    await bench.subscribe([1], language="en")
    await bench.subscribe([2])
    scheduler = Scheduler(bench.store, clock=bench.clock, metrics=bench.metrics, press=Smudged())
    await scheduler.tick()
    await bench.tell(story("a", bench.clock.now()))
    bench.clock.move_to(bench.clock.now() + 24 * HOUR)
    assert (await scheduler.tick()).recipients == 1
    bench.clock.move_to(bench.clock.now() + 2 * LEASE)
    assert (await bench.scheduler().tick()).recipients == 1
    assert sorted(number for _, ids in await bench.queued() for number in ids) == [1, 2]


async def test_a_story_is_told_once_and_its_news_stand_apart(bench: Bench) -> None:
    """The next edition leaves out what was told, unless there is something new in it."""
    await bench.subscribe([1])
    scheduler = bench.scheduler()
    await scheduler.tick()
    start = bench.clock.now()
    await bench.tell(story("a", start), story("b", start))
    bench.clock.move_to(start + 24 * HOUR)
    await scheduler.tick()
    later = start + 30 * HOUR
    news = (Development(kind="stage", before="planned", after="adopted", at=later),)
    await bench.tell(story("a", start, updated=later, revision=1, developments=news), story("b", start, updated=later, revision=0))
    bench.clock.move_to(start + 48 * HOUR)
    await scheduler.tick()
    (_, _), (second, _) = await bench.queued()
    assert second.told == {"a": 1}


async def test_an_empty_period_sends_nothing_unless_asked(bench: Bench) -> None:
    """Silence for most, a line for those who want one."""
    await bench.subscribe([1])
    await bench.subscribe([2], tell_when_empty=True)
    scheduler = bench.scheduler()
    await scheduler.tick()
    bench.clock.move_to(bench.clock.now() + 24 * HOUR)
    made = await scheduler.tick()
    assert (made.editions, made.empty) == (1, 1)
    ((_, ids),) = await bench.queued()
    assert ids == [2]


async def test_one_late_edition_covers_a_downtime(bench: Bench) -> None:
    """After three days without a scheduler there is one edition with the stories of all three."""
    await bench.subscribe([1])
    await bench.scheduler().tick()
    start = bench.clock.now()
    await bench.tell(*(story(f"s{day}", start + day * 24 * HOUR + HOUR) for day in range(3)))
    bench.clock.move_to(start + 74 * HOUR)
    await bench.scheduler().tick()
    ((edition, _),) = await bench.queued()
    assert set(edition.told) == {"s0", "s1", "s2"}


async def test_audiences_with_one_taste_share_a_digest(bench: Bench) -> None:
    """Two platforms and two lengths are four audiences and one digest."""
    for platform in Platform:
        await bench.subscribe([1], platform)
        await bench.subscribe([2], platform, length=Length.FULL)
    registry = CollectorRegistry()
    bench.metrics = Metrics(registry)
    scheduler = bench.scheduler()
    await scheduler.tick()
    await bench.tell(story("a", bench.clock.now()))
    bench.clock.move_to(bench.clock.now() + 24 * HOUR)
    assert (await scheduler.tick()).editions == 4
    assert registry.get_sample_value("vestnik_digests_total") == 1


async def test_a_filter_leaves_out_what_is_not_wanted(bench: Bench) -> None:
    """Those who asked for Viber alone hear nothing of others."""
    await bench.subscribe([1], filter=Filter(messengers=("Viber",)))
    await bench.subscribe([2])
    scheduler = bench.scheduler()
    await scheduler.tick()
    await bench.tell(story("a", bench.clock.now(), facts=Facts(messengers=("Telegram",))))
    bench.clock.move_to(bench.clock.now() + 24 * HOUR)
    await scheduler.tick()
    ((_, ids),) = await bench.queued()
    assert ids == [2]


async def test_who_changes_the_settings_hears_all_and_nothing_twice(bench: Bench) -> None:
    """Told at 09:00, moved to 18:00: the first evening edition has only what came since the morning, the others' has the whole day."""
    evening = Schedule(times=("18:00",))
    await bench.subscribe([1, 3])
    await bench.subscribe([2], schedule=evening)
    scheduler = bench.scheduler()
    await scheduler.tick()
    start = bench.clock.now()  # 09:00 in Moscow
    await bench.tell(story("a", start + 10 * HOUR))
    bench.clock.move_to(start + 24 * HOUR)
    await scheduler.tick()
    old = (await bench.store.subscribers.get(Recipient(platform=TG, id=1))) or pytest.fail("unknown")
    await bench.store.subscribers.put(replace(old, preferences=replace(old.preferences, schedule=evening)))
    await bench.tell(story("b", start + 26 * HOUR))
    bench.clock.move_to(start + 33 * HOUR)
    await scheduler.tick()
    heard: dict[int, list[str]] = {}
    for edition, ids in await bench.queued():
        for number in ids:
            heard.setdefault(number, []).extend(edition.told)
    assert sorted(heard[1]) == ["a", "b"]
    assert sorted(heard[2]) == ["a", "b"]


async def test_an_idle_look_costs_the_same_for_any_number_of_subscribers(bench: Bench) -> None:
    """The number of commands does not depend on how many subscribe."""
    scheduler, costs = bench.scheduler(), []
    for count in (1, 2000):
        await bench.subscribe(range(1, count + 1))
        await scheduler.tick()
        before = (await bench.store.client.info("stats"))["total_commands_processed"]
        await scheduler.tick()
        costs.append((await bench.store.client.info("stats"))["total_commands_processed"] - before)
    assert costs[0] == costs[1] < 40


# ── alerts ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_an_important_story_alerts_those_who_want_it_once(bench: Bench) -> None:
    """Heard twice, sent once, ahead of mailings; the unimportant wait for the edition."""
    await bench.subscribe([1], alerts=True)
    await bench.subscribe([2])
    alerts = Alerts(bench.store, clock=bench.clock, metrics=bench.metrics)
    loud = story("a", bench.clock.now(), importance=0.9)
    for one in (loud, loud, story("b", bench.clock.now(), importance=0.3)):
        await alerts.hear(one)
    ((edition, ids),) = await bench.queued()
    assert (edition.told, ids) == ({"a": 0}, [1])
    assert await bench.store.client.xlen("{outbox:telegram}:urgent") == 1


async def test_alerts_are_held_in_quiet_hours_and_come_merged(bench: Bench) -> None:
    """Two stories of the night are one message in the morning."""
    await bench.subscribe([1], alerts=True, quiet=("08:00", "10:00"))
    alerts = Alerts(bench.store, clock=bench.clock, metrics=bench.metrics)
    for name in ("a", "b"):
        one = story(name, bench.clock.now(), importance=0.9)
        await bench.tell(one)
        await alerts.hear(one)
    assert await bench.queued() == []
    assert await alerts.release() == 0
    bench.clock.move_to(bench.clock.now() + HOUR)
    assert await alerts.release() == 1
    ((edition, _),) = await bench.queued()
    assert edition.told == {"a": 0, "b": 0}
    assert await alerts.release() == 0


async def test_a_day_has_so_many_alerts(bench: Bench) -> None:
    """The fourth important story of a day waits for the edition; the next day has its own."""
    await bench.subscribe([1], alerts=True)
    alerts = Alerts(bench.store, clock=bench.clock, metrics=bench.metrics, most=3)
    for number in range(5):
        await alerts.hear(story(f"s{number}", bench.clock.now(), importance=0.9))
    assert len(await bench.queued()) == 3
    bench.clock.move_to(bench.clock.now() + 24 * HOUR)
    await alerts.hear(story("next", bench.clock.now(), importance=0.9))
    assert len(await bench.queued()) == 4


@pytest.mark.parametrize(
    ("quiet", "time", "until"),
    [
        (("22:00", "08:00"), "23:30", "2026-02-11T08:00"),
        (("22:00", "08:00"), "03:00", "2026-02-10T08:00"),
        (("22:00", "08:00"), "08:00", None),
        (("13:00", "14:00"), "13:00", "2026-02-10T14:00"),
        (("13:00", "14:00"), "14:00", None),
        (("09:00", "09:00"), "09:00", None),
        (None, "03:00", None),
    ],
)
def test_quiet_hours(quiet: tuple[str, str] | None, time: str, until: str | None) -> None:
    """They may cross midnight; their end does not belong to them."""
    zone = dt.timezone(3 * HOUR)
    now = dt.datetime.fromisoformat(f"2026-02-10T{time}").replace(tzinfo=zone)
    wanted = dt.datetime.fromisoformat(until).replace(tzinfo=zone) if until else None
    assert quiet_until(quiet, "Europe/Moscow", now) == wanted
