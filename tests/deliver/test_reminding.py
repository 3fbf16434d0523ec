"""Reminders of dates: 30, 7 and 1 day ahead, each once a person; a date that holds no longer is told once."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.deliver.reminding import Reminding
from bot.errors import StoreUnavailable
from bot.model import Development, Facts, Filter, Group, Platform, Preferences, Recipient, Schedule, Stage, Story, Subscriber
from bot.store import Store
from tests.deliver.test_scheduler import HOUR, TG, VK, Bench, story

DAY = 24 * HOUR


@pytest.fixture
def bench(store: Store, clock: MovableClock) -> Bench:
    return Bench(store, clock)


def reminding(bench: Bench) -> Reminding:
    return Reminding(bench.store, clock=bench.clock, metrics=bench.metrics)


def dated(bench: Bench, days: int, name: str = "a", **changes: Any) -> Story:
    """A story that takes effect so many days from today."""
    date = (bench.clock.now().date() + dt.timedelta(days=days)).isoformat()
    facts = {"facts": Facts(effective_date=date, stage=Stage.ADOPTED, audiences=(Group.BANKS,))}
    return story(name, bench.clock.now(), **(facts | changes))


async def days(bench: Bench, *schedulers: Reminding, count: int = 1) -> list[int]:
    """Lets days pass; for how many recipients a reminder was queued on each."""
    told = []
    for _ in range(count):
        bench.clock.move_to(bench.clock.now() + DAY)
        told.append(sum(await asyncio.gather(*(one.tick() for one in schedulers))))
    return told


async def texts(bench: Bench, platform: Platform = TG) -> list[str]:
    payloads = [one.message.parts[0].payload for one, _ in await bench.queued(platform)]
    return [str(payload.get("text") or payload.get("message")) for payload in payloads]


async def test_a_date_is_told_30_and_7_and_1_day_ahead(bench: Bench) -> None:
    """Each once, whoever of two schedulers looks, on both platforms, and another process goes on where the first stopped."""
    await bench.subscribe([1, 2])
    await bench.subscribe([3], VK, language="en")
    first, second = reminding(bench), reminding(bench)
    await asyncio.gather(first.tick(), second.tick())
    await bench.tell(dated(bench, 32))
    told = await days(bench, first, second, count=26)
    told += await days(bench, reminding(bench), count=8)
    assert [31 - day for day, count in enumerate(told) if count] == [30, 7, 1]
    assert {count for count in told if count} == {3}
    ahead = await texts(bench)
    assert [word in text for word, text in zip(("Через 30 дней, 14 марта", "Через 7 дней", "Завтра"), ahead, strict=True)] == [True] * 3
    assert "Сюжет a" in ahead[0]
    assert "In 30 days" in (await texts(bench, VK))[0]


async def test_only_what_touches_the_reader_is_told(bench: Bench) -> None:
    """By profile; who wants no reminders gets none."""
    await bench.subscribe([1], filter=Filter(audiences=(Group.BANKS,)))
    await bench.subscribe([2], filter=Filter(audiences=(Group.MEDIA,)))
    await bench.subscribe([3], reminders=False)
    one = reminding(bench)
    await one.tick()
    await bench.tell(dated(bench, 8))
    assert await days(bench, one, count=2) == [1, 0]
    ((_, ids),) = await bench.queued()
    assert ids == [1]


async def test_a_day_without_a_scheduler_delays_a_reminder(bench: Bench) -> None:
    """Three days down over the seventh day: it comes late and says how long it is now; the day before is told as usual."""
    await bench.subscribe([1])
    await reminding(bench).tick()
    await bench.tell(dated(bench, 9))
    assert await days(bench, reminding(bench)) == [0]
    bench.clock.move_to(bench.clock.now() + 2 * DAY)
    assert await days(bench, reminding(bench), count=4) == [1, 0, 0, 0]
    assert await days(bench, reminding(bench)) == [1]
    assert ["Через 5 дней" in text or "Завтра" in text for text in await texts(bench)] == [True, True]


async def test_a_scheduler_that_dies_over_it_leaves_it_to_the_next(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """It dies between two batches, or before it has noted what it queued: the next one repeats nothing, even a day later."""
    await bench.subscribe(range(1, 2501))
    first = reminding(bench)
    await first.tick()
    await bench.tell(dated(bench, 8))
    write, calls = first._fanout._write, 0

    async def dying(*arguments: Any, **options: Any) -> int:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise StoreUnavailable("killed")
        return await write(*arguments, **options)

    monkeypatch.setattr(first._fanout, "_write", dying)
    with pytest.raises(StoreUnavailable):
        await days(bench, first)
    await days(bench, reminding(bench))
    ((_, ids),) = await bench.queued()
    assert sorted(ids) == list(range(1, 2501))


async def test_who_changes_the_settings_is_not_reminded_again(bench: Bench) -> None:
    """Reminded at nine, moved to noon: the noon audience is reminded that day, the newcomer is not."""
    await bench.subscribe([1])
    await bench.subscribe([2], schedule=Schedule(times=("12:00",)))
    one = reminding(bench)
    await one.tick()
    bench.clock.move_to(bench.clock.now() + 4 * HOUR)
    await one.tick()
    await bench.tell(dated(bench, 8), dated(bench, 9, "b"))
    bench.clock.move_to(bench.clock.now() + 20 * HOUR)
    assert await one.tick() == 1
    moved = Subscriber(recipient=Recipient(platform=TG, id=1), preferences=Preferences(schedule=Schedule(times=("12:00",))), active=True)
    await bench.store.subscribers.put(moved)
    bench.clock.move_to(bench.clock.now() + 3 * HOUR)
    assert await one.tick() == 1
    assert [ids for _, ids in await bench.queued()] == [[1], [2]]
    assert await days(bench, one) == [2]  # the other story is new to both


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {"facts": Facts(effective_date="2026-06-01", stage=Stage.ADOPTED)},
            "Новый срок — с 1 июня 2026, раньше называли с 13 марта 2026.",
        ),
        ({"facts": Facts(stage=Stage.CANCELLED)}, "Мера отменена; раньше называли срок: с 13 марта 2026."),
        ({"facts": Facts(stage=Stage.ADOPTED)}, "Срока больше нет, раньше называли с 13 марта 2026."),
    ],
    ids=["moved", "cancelled", "gone"],
)
async def test_a_date_that_holds_no_longer_is_told_once(bench: Bench, changes: dict[str, Any], says: str) -> None:
    """Those who were reminded of it hear of the change, if no edition has told them by the day after."""
    await bench.subscribe([1], filter=Filter(importance=0.4))
    one = reminding(bench)
    scheduler = bench.scheduler()
    await one.tick()
    await scheduler.tick()
    before = dated(bench, 31)
    await bench.tell(before)
    assert await days(bench, one) == [1]
    await scheduler.tick()
    bench.clock.move_to(bench.clock.now() + HOUR)
    # no longer important enough for their editions
    await bench.tell(replace(before, revision=1, updated=bench.clock.now(), importance=0.1, **changes))
    bench.clock.move_to(bench.clock.now() - HOUR + DAY)
    assert await one.tick() == 0  # the edition of this hour may tell it
    await scheduler.tick()
    assert await days(bench, one, count=3) == [1, 0, 0]
    assert says in (await texts(bench))[-1]


async def test_a_change_that_an_edition_told_is_not_told_again(bench: Bench) -> None:
    """The next edition has it among the developments: the reminder keeps still, and reminds of the new date in its time."""
    await bench.subscribe([1])
    one, scheduler = reminding(bench), bench.scheduler()
    await one.tick()
    await scheduler.tick()
    before = dated(bench, 31)
    await bench.tell(before)
    assert await days(bench, one) == [1]
    await scheduler.tick()
    bench.clock.move_to(bench.clock.now() + HOUR)
    moved = replace(before.facts, effective_date="2026-03-20")
    news = (Development(kind="effective_date", before="2026-03-13", after="2026-03-20", at=bench.clock.now()),)
    await bench.tell(replace(before, revision=1, updated=bench.clock.now(), facts=moved, developments=news))
    bench.clock.move_to(bench.clock.now() - HOUR + DAY)
    await scheduler.tick()
    assert "новый срок — с 20 марта 2026" in (await texts(bench))[-1]
    assert await one.tick() == 0
    assert [35 - day for day, count in enumerate(await days(bench, one, count=37)) if count] == [30, 7, 1]
