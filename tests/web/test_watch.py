"""What readiness sees of queues, sources and memory."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.clock import MovableClock
from bot.model import Platform
from bot.store import Store, keys
from bot.store.outbox import Age
from bot.store.polls import PollState
from bot.web import sources_probe
from bot.web.probes import LATE, LONGEST, SILENT, UNREAD, memory_probe, queues_probe
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


async def test_a_source_is_not_dark_in_its_first_minute(clock: MovableClock) -> None:
    """One that has never been read is as old as its first failure; where nothing was ever read, six hours are enough."""

    async def states() -> dict[str, PollState]:
        return {"a": PollState(failures=1, failing_since=samples.NOW)}

    probe = sources_probe(states, clock)
    for later, ok, detail in (
        (SECOND, True, "0 of 1 dark, none read yet"),
        (UNREAD + SECOND, False, "0 of 1 dark, none read yet"),
        (samples.DAY + SECOND, False, "1 of 1 dark: a, none read yet"),
    ):
        clock.move_to(samples.NOW + later)
        (check,) = await probe()
        assert (check.ok, check.detail) == (ok, detail)
