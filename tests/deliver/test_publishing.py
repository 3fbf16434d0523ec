"""`vestnik publish --now`, repeated, hurried and by several at once: nothing is told twice and nothing is lost."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from prometheus_client import CollectorRegistry

from bot.clock import MovableClock
from bot.deliver.metrics import Metrics
from bot.deliver.scheduler import Scheduler
from bot.store import Store
from tests.deliver.test_scheduler import HOUR, Bench, story

MS = dt.timedelta(milliseconds=1)
PEOPLE = range(1, 1201)


@pytest.fixture
def bench(store: Store, clock: MovableClock) -> Bench:
    return Bench(store, clock)


def at(bench: Bench, later: dt.timedelta) -> Scheduler:
    """An operator who gives the command so much later."""
    clock = MovableClock(bench.clock.now() + later, running=False)
    return Scheduler(bench.store, clock=clock, metrics=Metrics(CollectorRegistry()))


async def test_twice_within_a_second_each_has_its_own_news(bench: Bench) -> None:
    """The second has what came in between, were it for a millisecond; a third has nothing to tell."""
    await bench.subscribe(PEOPLE)
    await bench.tell(story("a", bench.clock.now()))
    assert (await at(bench, 100 * MS).publish()).recipients == len(PEOPLE)
    await bench.tell(story("b", bench.clock.now() + 101 * MS))
    assert (await at(bench, 102 * MS).publish()).recipients == len(PEOPLE)
    third = await at(bench, 103 * MS).publish()
    assert (third.editions, third.recipients, third.empty) == (0, 0, 1)
    assert [(edition.told, sorted(ids)) for edition, ids in await bench.queued()] == [
        ({"a": 0}, list(PEOPLE)),
        ({"b": 0}, list(PEOPLE)),
    ]


@pytest.mark.parametrize("apart", [0 * MS, MS, 1500 * MS])
async def test_at_the_same_time_everyone_gets_one(bench: Bench, apart: dt.timedelta) -> None:
    """Three operators at once: none fails, all of them together queue each person once."""
    await bench.subscribe(PEOPLE)
    await bench.tell(story("a", bench.clock.now()))
    made = await asyncio.gather(*(at(bench, MS + number * apart).publish() for number in range(3)))
    found = await bench.queued()
    assert sorted(number for _, ids in found for number in ids) == list(PEOPLE)
    assert [edition.told for edition, _ in found] == [{"a": 0}]
    assert sum(one.editions for one in made) >= 1
    assert (await at(bench, HOUR).publish()).recipients == 0


async def test_at_the_slot_itself_everyone_gets_one(bench: Bench) -> None:
    """The scheduler makes what is due at the moment at which an operator publishes."""
    await bench.subscribe(PEOPLE)
    scheduler = bench.scheduler()
    await scheduler.tick()
    await bench.tell(story("a", bench.clock.now()))
    bench.clock.move_to(bench.clock.now() + 24 * HOUR)
    await asyncio.gather(scheduler.tick(), at(bench, MS).publish())
    assert sorted(number for _, ids in await bench.queued() for number in ids) == list(PEOPLE)
