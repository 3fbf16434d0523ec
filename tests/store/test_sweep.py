"""An audience that nobody belongs to any more is swept away with the words that were muted in it."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace

import pytest
from prometheus_client import CollectorRegistry

from bot.clock import MovableClock
from bot.deliver.metrics import Metrics
from bot.deliver.scheduler import Scheduler
from bot.errors import BadInput
from bot.model import Filter, Platform, Preferences, Recipient, Subscriber
from bot.store import Store, keys
from bot.store.subscribers import audience_of
from bot.store.sweep import GRACE, sweep
from tests.store.contents import everything

ANNA, IVAN = (Recipient(platform=Platform.TELEGRAM, id=number) for number in (7, 8))
MUTED = Preferences(filter=Filter(muted=("дирижабль",)))
ID = audience_of(Platform.TELEGRAM, MUTED).id
WORD = "дирижабль".encode()


async def test_words_of_the_forgotten_go_after_a_day(anywhere: Store, clock: MovableClock) -> None:
    """Not at the first look: an edition sent just now may still be edited. After it nothing is left, not in the agenda either."""
    store = anywhere
    await store.subscribers.put(Subscriber(recipient=ANNA, preferences=MUTED, active=True))
    await store.subscribers.put(Subscriber(recipient=IVAN, active=True))
    await store.agenda.enrol({ID: clock.now() + dt.timedelta(days=30)})
    assert await sweep(store.client, clock.now()) == 0
    await store.forget(ANNA, ANNA)
    assert await sweep(store.client, clock.now()) == 0
    assert await sweep(store.client, clock.now() + GRACE - dt.timedelta(hours=1)) == 0
    assert (await store.subscribers.audience(ID)).preferences == MUTED
    assert await sweep(store.client, clock.now() + GRACE) == 1
    assert WORD not in await everything(store.client)
    assert ID not in await store.agenda.enrolled()
    assert await store.subscribers.get(IVAN) is not None


@pytest.mark.parametrize("state", [{"active": True}, {"active": False}, {"active": True, "gone": "blocked"}], ids=str)
async def test_nobody_loses_settings(anywhere: Store, clock: MovableClock, state: dict[str, object]) -> None:
    """Of who is subscribed, was, or closed themselves to us everything stays, however often it is looked."""
    person = replace(Subscriber(recipient=ANNA, preferences=MUTED), **state)  # type: ignore[arg-type]
    await anywhere.subscribers.put(person)
    for day in range(4):
        assert await sweep(anywhere.client, clock.now() + day * GRACE) == 0
    anywhere.subscribers._known.clear()
    found = await anywhere.subscribers.get(ANNA)
    assert found is not None
    assert found.preferences == MUTED


async def test_who_comes_to_an_empty_audience_keeps_it(anywhere: Store, clock: MovableClock) -> None:
    """Found empty a day ago, and somebody chose the same settings since; or comes just after it was swept away."""
    store = anywhere
    await store.subscribers.put(Subscriber(recipient=ANNA, preferences=MUTED, active=True))
    await store.forget(ANNA, ANNA)
    await sweep(store.client, clock.now())
    await store.subscribers.put(Subscriber(recipient=IVAN, preferences=MUTED, active=True))
    assert await sweep(store.client, clock.now() + GRACE) == 0
    await store.forget(IVAN, IVAN)
    await sweep(store.client, clock.now() + GRACE)
    assert await sweep(store.client, clock.now() + 2 * GRACE) == 1
    store.subscribers._known.clear()
    with pytest.raises(BadInput):
        await store.subscribers.audience(ID)
    await store.subscribers.put(Subscriber(recipient=IVAN, preferences=MUTED, active=True))
    store.subscribers._known.clear()
    assert (await store.subscribers.audience(ID)).preferences == MUTED


async def test_schedulers_sweep_by_themselves(store: Store, clock: MovableClock) -> None:
    """Two of them over one store: the first day one finds the audience empty, the next day one removes it; no command is needed."""
    await store.subscribers.put(Subscriber(recipient=ANNA, preferences=MUTED, active=True))
    await store.forget(ANNA, ANNA)
    stopping = asyncio.Event()
    schedulers = [Scheduler(store, clock=clock, metrics=Metrics(CollectorRegistry())) for _ in range(2)]
    async with asyncio.TaskGroup() as group, asyncio.timeout(20):
        for one in schedulers:
            group.create_task(one.run(stopping))
        while not await store.client.zcard(keys.AUDIENCES_EMPTY()):  # noqa: ASYNC110 - the store tells nobody when it changes
            await asyncio.sleep(0.02)
        assert WORD in await everything(store.client)
        clock.move_to(clock.now() + GRACE)
        while WORD in await everything(store.client):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.02)
        stopping.set()
        clock.move_to(clock.now() + dt.timedelta(seconds=2))
    assert int(await store.client.get(keys.BUDGET("sweep", clock.now().date().isoformat()))) == 2
