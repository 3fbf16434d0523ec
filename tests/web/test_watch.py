"""What readiness sees of queues, sources and memory, and what the administrators hear of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from bot.clock import MovableClock
from bot.model import Platform, Recipient
from bot.parts import open_parts
from bot.settings import Settings
from bot.store import Store, keys
from bot.store.outbox import Age
from bot.store.polls import PollState
from bot.web import Check, sources_probe
from bot.web.health import Probe
from bot.web.probes import LATE, LONGEST, SILENT, UNREAD, memory_probe, queues_probe
from bot.web.watch import Watch
from tests.web import samples

SECOND = dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("waiting", "silent", "ok"),
    [
        (LATE, LATE, True),
        (LATE + SECOND, SILENT + SECOND, False),
        (LONGEST, SILENT, True),
        (LONGEST + SECOND, SECOND, False),
    ],
)
async def test_a_queue_that_nobody_works_on_is_not_ready(waiting: dt.timedelta, silent: dt.timedelta, ok: bool) -> None:
    """A long mailing may last for hours while a sender works on it; one that nobody takes up may not."""

    async def ages() -> dict[str, Age | None]:
        return {"telegram": Age(waiting=waiting, silent=silent), "vk": None}

    first, second = await queues_probe(ages)()
    assert (first.name, first.ok) == ("queue telegram", ok)
    assert (second.ok, second.detail) == (True, "empty")


async def test_the_age_of_a_queue_is_that_of_its_oldest_batch(store: Store) -> None:
    """Nothing queued has no age; a queued batch has the server's own; a sender that asks breaks the silence."""
    assert await store.outbox.age(Platform.VK) is None
    hour_ago = int((await store.server_time() - 3600) * 1000)
    await store.client.xadd(keys.OUTBOX_JOBS(Platform.VK), {"edition": "e", "batch": 0}, id=f"{hour_ago}-0")
    age = await store.outbox.age(Platform.VK)
    assert age is not None
    assert dt.timedelta(minutes=59) < age.waiting < dt.timedelta(minutes=61)
    assert age.silent == age.waiting
    await store.outbox.claim(Platform.VK, "worker", 1, idle=SECOND, steal=False)
    again = await store.outbox.age(Platform.VK)
    assert again is not None
    assert again.waiting >= age.waiting
    assert again.silent < dt.timedelta(minutes=1)


async def test_a_collector_that_reads_nothing_is_not_ready(clock: MovableClock) -> None:
    """No source fails, yet none was read for hours: the collector is away."""

    async def states() -> dict[str, PollState]:
        return {"a": PollState(succeeded=samples.NOW), "b": PollState(succeeded=samples.NOW - samples.DAY)}

    probe = sources_probe(states, clock)
    clock.move_to(samples.NOW + UNREAD)
    (check,) = await probe()
    assert (check.ok, check.detail) == (True, "0 of 2 dark, last read 360 min ago")
    clock.move_to(samples.NOW + UNREAD + SECOND)
    assert [check.ok for check in await probe()] == [False]


@pytest.mark.parametrize(("used", "most", "ok"), [(80, 100, True), (81, 100, False), (10**12, 0, True)])
async def test_a_store_that_is_nearly_full_is_noticed(used: int, most: int, ok: bool) -> None:
    """From four fifths of its memory on; without a limit never."""

    async def memory() -> tuple[int, int]:
        return used, most

    assert [check.ok for check in await memory_probe(memory)()] == [ok]


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("slots", "Выпуск не собран в срок (09:00 missed).", "Выпуски снова собираются в срок."),
        ("queue telegram urgent", "Очередь telegram urgent стоит (09:00 missed).", "Очередь telegram urgent снова движется."),
        ("sources", "Источники замолчали (09:00 missed).", "Источники снова отвечают."),
        ("memory", "Хранилищу не хватает памяти (09:00 missed).", "Хранилищу снова хватает памяти."),
    ],
)
async def test_administrators_hear_once_of_what_lasts(clock: MovableClock, name: str, wrong: str, right: str) -> None:
    """Not of what mends itself between two looks; of what lasts once, and once when it is over."""
    told: list[str] = []
    found: list[Check] = []

    async def probe() -> Sequence[Check]:
        return found

    async def tell(text: str) -> None:
        told.append(text)

    probes: Sequence[Probe] = (probe,)
    watch = Watch(probes, tell, clock)
    bad, good = Check(name=name, ok=False, detail="09:00 missed"), Check(name=name, ok=True)
    for check in (bad, good, bad):
        found[:] = [check]
        await watch.once()
    assert told == []
    for check in (bad, bad, bad):
        found[:] = [check]
        await watch.once()
    assert len(told) == 1
    assert told[0].startswith(wrong)
    found[:] = [good]
    await watch.once()
    await watch.once()
    assert told[1:] == [right]


async def test_a_missed_slot_reaches_the_administrators(store: Store, valkey: str) -> None:
    """From the stored agenda to a message in the administrators' own queue, through the parts of a real process."""
    clock = MovableClock(samples.NOW, running=False)
    admin = Recipient(platform=Platform.TELEGRAM, id=1)
    settings = Settings(_env_file=None, redis_url=valkey, admins=[admin])
    async with open_parts(settings, clock) as parts:
        await parts.store.agenda.enrol({"a1": samples.NOW - dt.timedelta(hours=1)})
        await parts.watch.once()
        assert await parts.store.outbox.sizes(Platform.TELEGRAM) == (0, 0)
        await parts.watch.once()
        assert await parts.store.outbox.sizes(Platform.TELEGRAM) == (1, 0)
