"""Polls, sessions and the shape of the data, on one server and on a cluster."""

from __future__ import annotations

import asyncio
import datetime as dt
import zlib

from bot.clock import MovableClock
from bot.digest.render.document import Document, Kind, block
from bot.model import Platform, Recipient
from bot.store import Store, codec, keys
from bot.store.leaves import Leaves
from bot.store.polls import PollState

ANNA = Recipient(platform=Platform.VK, id=1)
MINUTE = dt.timedelta(minutes=1)


async def test_due_sources_are_lent_to_one(anywhere: Store, clock: MovableClock) -> None:
    """Two collectors at once share the due sources; a lease that ran out gives them back."""
    now = clock.now()
    await anywhere.polls.register([f"s{number}" for number in range(10)], now)
    taken = await asyncio.gather(*(anywhere.polls.due(now, 6, MINUTE) for _ in range(3)))
    assert sorted(one for part in taken for one in part) == sorted(f"s{number}" for number in range(10))
    assert await anywhere.polls.due(now, 9, MINUTE) == ()
    await anywhere.polls.schedule("s3", now + 5 * MINUTE)
    assert len(await anywhere.polls.due(now + MINUTE, 99, MINUTE)) == 9
    assert await anywhere.polls.next_due() == now + 2 * MINUTE


async def test_sources_follow_the_list(anywhere: Store, clock: MovableClock) -> None:
    """New ones are due at once, old ones keep their time, dropped ones are forgotten and cannot be scheduled."""
    now = clock.now()
    await anywhere.polls.register(["a", "b"], now)
    await anywhere.polls.put_state("b", PollState(etag="x"))
    await anywhere.polls.schedule("a", now + MINUTE)
    await anywhere.polls.register(["a", "c"], now)
    await anywhere.polls.schedule("b", now)
    assert await anywhere.polls.due(now, 9, MINUTE) == ("c",)
    assert await anywhere.polls.states() == {}


async def test_a_paused_source_is_never_due(anywhere: Store, clock: MovableClock) -> None:
    """Nor if a poll of it ends just then, nor after a restart; resumed, it is due at once; one that is not listed cannot be paused."""
    now = clock.now()
    await anywhere.polls.register(["a"], now)
    assert await anywhere.polls.pause("a", now)
    assert not await anywhere.polls.pause("b", now)
    await anywhere.polls.schedule("a", now)
    await anywhere.polls.register(["a"], now)
    assert await anywhere.polls.due(now + 100 * MINUTE, 9, MINUTE) == ()
    assert await anywhere.polls.next_due() is None
    assert await anywhere.polls.paused() == {"a": now}
    assert await anywhere.polls.resume("a", now)
    assert await anywhere.polls.due(now, 9, MINUTE) == ("a",)


async def test_a_poll_is_remembered(anywhere: Store, clock: MovableClock) -> None:
    """Validators, failures and times survive the store; nothing known gives the defaults."""
    state = PollState(etag='W/"1"', failures=2, error="timeout", polled=clock.now(), interval=10 * MINUTE)
    await anywhere.polls.put_state("a", state)
    assert await anywhere.polls.state("a") == state
    assert await anywhere.polls.state("b") == PollState()


async def test_a_conversation_is_remembered_for_a_while(anywhere: Store) -> None:
    """What was put is there until it is dropped."""
    await anywhere.sessions.put(ANNA, "asked", "поиск", lifetime=MINUTE)
    assert await anywhere.sessions.get(ANNA, "asked") == "поиск"
    await anywhere.sessions.drop(ANNA, "asked")
    assert await anywhere.sessions.get(ANNA, "asked") is None


async def test_a_limit_slides(anywhere: Store, clock: MovableClock) -> None:
    """Only what was done within the window counts."""
    counts = [await anywhere.sessions.count(ANNA, "links", window=MINUTE) for _ in range(3)]
    clock.move_to(clock.now() + dt.timedelta(seconds=61))
    assert [*counts, await anywhere.sessions.count(ANNA, "links", window=MINUTE)] == [1, 2, 3, 1]


async def test_a_code_is_redeemed_once(anywhere: Store) -> None:
    """By the first who asks, for its own purpose only."""
    code = await anywhere.sessions.issue("link", "telegram:1", lifetime=MINUTE)
    assert await anywhere.sessions.redeem("other", code) is None
    assert sorted(str(one) for one in await asyncio.gather(*(anywhere.sessions.redeem("link", code) for _ in range(3)))) == [
        "None", "None", "telegram:1",
    ]  # fmt: skip


async def test_a_budget_lasts_a_day(anywhere: Store, clock: MovableClock) -> None:
    """It is spent one by one and is new the next day."""
    assert [await anywhere.sessions.spend("llm", 2) for _ in range(3)] == [True, True, False]
    clock.move_to(clock.now() + dt.timedelta(days=1))
    assert await anywhere.sessions.spend("llm", 2)


def test_a_key_without_lifetime_is_noticed() -> None:
    """Only listed families may live for ever."""
    found = [("vestnik:schema", -1), ("vestnik:{s3}:in:abc", -1), ("vestnik:{t:1}", -1), ("stray", -1), ("vestnik:{t:2}", 60)]
    assert keys.unexpected(found) == ["vestnik:{t:1}", "stray"]


async def test_editions_of_an_older_version_are_still_leafed_through(anywhere: Store) -> None:
    """They were kept as their pages alone: nothing is known of their stories."""
    pages = tuple(Document(blocks=(block(Kind.TEXT, f"страница {number}"),)) for number in (1, 2))
    await anywhere.client.set(keys.LEAVES("old"), zlib.compress(codec.dump(pages, tuple[Document, ...])), ex=keys.LEAVES.seconds)
    found = await Leaves(anywhere.client).read("old")
    assert found is not None
    assert tuple(leaf.document for leaf in found.leaves) == pages
    assert found.made is None
    assert await Leaves(anywhere.client).read("none") is None
