"""Subscribers and their audiences, on one server and on a cluster."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from bot.errors import BadInput
from bot.model import Filter, Group, Platform, Preferences, Recipient, Schedule, Subscriber
from bot.store import Store
from bot.store.subscribers import audience_of

EVENING = Preferences(schedule=Schedule(times=("19:00",)))


def someone(number: int = 1, platform: Platform = Platform.TELEGRAM, **changes: object) -> Subscriber:
    recipient = Recipient(platform=platform, id=number)
    return replace(Subscriber(recipient=recipient, active=True), **changes)  # type: ignore[arg-type]  # fields by name


async def members(store: Store, subscriber: Subscriber) -> list[Recipient]:
    audience = audience_of(subscriber.recipient.platform, subscriber.preferences)
    try:
        return [one async for batch in store.subscribers.members(audience.id) for one in batch]
    except BadInput:
        return []


async def test_a_subscriber_is_found_as_they_were_kept(anywhere: Store) -> None:
    """Settings, platform, forum topic and state survive the store."""
    chosen = Preferences(filter=Filter(audiences=(Group.BANKS,), messengers=("MAX",)), alerts=True, quiet=("22:00", "08:00"))
    kept = Subscriber(recipient=Recipient(platform=Platform.VK, id=-7, thread=3), preferences=chosen, active=True)
    await anywhere.subscribers.put(kept)
    assert await anywhere.subscribers.get(kept.recipient) == kept
    assert await anywhere.subscribers.get(Recipient(platform=Platform.VK, id=-7)) is None


async def test_changed_settings_move_a_subscriber(anywhere: Store) -> None:
    """Whoever changes settings is in the new audience and no longer in the old."""
    before, after = someone(), someone(preferences=EVENING)
    await anywhere.subscribers.put(before)
    await anywhere.subscribers.put(after)
    assert await members(anywhere, before) == []
    assert await members(anywhere, after) == [after.recipient]
    assert [one.preferences async for one in anywhere.subscribers.audiences()] == [EVENING]


async def test_equal_settings_make_one_audience_a_platform(anywhere: Store) -> None:
    """The order of choices does not matter, the platform does."""
    one = Preferences(filter=Filter(messengers=("MAX", "Telegram")))
    other = Preferences(filter=Filter(messengers=("Telegram", "MAX")))
    await anywhere.subscribers.put_many(
        [someone(1, preferences=one), someone(2, preferences=other), someone(3, Platform.VK, preferences=one)]
    )
    found = [(audience.platform, await anywhere.subscribers.size(audience.id)) async for audience in anywhere.subscribers.audiences()]
    assert sorted(found) == [(Platform.TELEGRAM, 2), (Platform.VK, 1)]


async def test_a_refused_subscriber_keeps_settings_and_comes_back(anywhere: Store) -> None:
    """Paused: no member, settings kept; resumed: a member again."""
    known = someone(preferences=EVENING)
    await anywhere.subscribers.put(known)
    assert await anywhere.subscribers.pause(known.recipient, "bot was blocked by the user")
    paused = await anywhere.subscribers.get(known.recipient)
    assert paused == replace(known, active=False, gone="bot was blocked by the user")
    assert await members(anywhere, known) == []
    assert await anywhere.subscribers.resume(known.recipient)
    assert await anywhere.subscribers.get(known.recipient) == known
    assert await members(anywhere, known) == [known.recipient]


async def test_who_was_not_subscribed_is_not_subscribed_by_a_return(anywhere: Store) -> None:
    """A return undoes the refusal and nothing else; nobody unknown is made known."""
    await anywhere.subscribers.put(someone(active=False))
    await anywhere.subscribers.pause(someone().recipient, "blocked")
    await anywhere.subscribers.resume(someone().recipient)
    assert await anywhere.subscribers.get(someone().recipient) == someone(active=False)
    assert not await anywhere.subscribers.pause(someone(9).recipient, "blocked")
    assert await anywhere.subscribers.get(someone(9).recipient) is None


async def test_a_chat_with_a_new_id_loses_nothing(anywhere: Store) -> None:
    """Settings, membership and what is remembered go to the new id, however often it is told."""
    old = someone(-5, preferences=EVENING)
    await anywhere.subscribers.put(old)
    await anywhere.sessions.put(old.recipient, "following", "[1]", lifetime=dt.timedelta(days=1))
    for _ in range(2):
        there = await anywhere.subscribers.move(old.recipient, -100500)
    assert await members(anywhere, old) == [there]
    assert await anywhere.subscribers.get(there) == replace(old, recipient=there)
    assert await anywhere.subscribers.get(old.recipient) is None
    assert await anywhere.sessions.get(there, "following") == "[1]"


async def test_to_be_forgotten_leaves_nothing(anywhere: Store) -> None:
    """No key holds the recipient's id afterwards, and the counts are back."""
    known = someone(424242)
    await anywhere.subscribers.put(known)
    await anywhere.sessions.put(known.recipient, "asked", "search", lifetime=dt.timedelta(days=1))
    await anywhere.sessions.count(known.recipient, "day", window=dt.timedelta(days=1))
    assert await anywhere.subscribers.forget(known.recipient)
    assert not await anywhere.subscribers.forget(known.recipient)
    assert [key async for key in anywhere.client.scan_iter() if b"424242" in key] == []
    assert (await anywhere.subscribers.count()).total == 0
    assert [one async for one in anywhere.subscribers.audiences()] == []
    assert [one async for one in anywhere.subscribers.each()] == []


async def test_members_stream_in_one_order_and_go_on_after_anyone(anywhere: Store) -> None:
    """Batches hold 100, nobody is missing or double, and a stream resumed anywhere is the rest of the whole."""
    crowd = [someone(number * 7 - 900) for number in range(1234)]
    crowd += [replace(one, recipient=replace(one.recipient, thread=thread)) for one in crowd[:3] for thread in (2, 11)]
    await anywhere.subscribers.put_many(crowd)
    audience = audience_of(Platform.TELEGRAM, Preferences())
    batches = [batch async for batch in anywhere.subscribers.members(audience.id)]
    assert {len(batch) for batch in batches[:-1]} == {100}
    whole = [one for batch in batches for one in batch]
    assert sorted(whole) == sorted(one.recipient for one in crowd)
    for place in (0, 99, 100, 777, len(whole) - 1):
        rest = [one async for batch in anywhere.subscribers.members(audience.id, after=whole[place]) for one in batch]
        assert rest == whole[place + 1 :]


async def test_counts_are_kept_as_things_change(anywhere: Store) -> None:
    """Active, unsubscribed and refused are counted by platform, and add up."""
    await anywhere.subscribers.put_many([someone(1), someone(2), someone(3, Platform.VK), someone(4, Platform.VK, active=False)])
    await anywhere.subscribers.pause(someone(2).recipient, "blocked")
    count = await anywhere.subscribers.count()
    assert count.active == {Platform.TELEGRAM: 1, Platform.VK: 1}
    assert count.inactive == {Platform.TELEGRAM: 0, Platform.VK: 1}
    assert count.gone == {Platform.TELEGRAM: 1, Platform.VK: 0}
    assert count.total == 4 == len([one async for one in anywhere.subscribers.each()])


async def test_an_import_may_be_repeated(anywhere: Store) -> None:
    """Nothing changes the second time, and whoever has left meanwhile stays away."""
    crowd = [someone(number) for number in range(300)]
    assert await anywhere.subscribers.put_many(crowd, keep_state=True) == 300
    assert await anywhere.subscribers.put_many(crowd, keep_state=True) == 0
    await anywhere.subscribers.put(someone(5, active=False))
    await anywhere.subscribers.put_many([someone(5, preferences=EVENING)], keep_state=True)
    assert await anywhere.subscribers.get(someone(5).recipient) == someone(5, active=False, preferences=EVENING)


async def test_alerts_have_their_audiences(anywhere: Store) -> None:
    """Only the audiences that want alerts are listed for them."""
    keen = Preferences(alerts=True)
    await anywhere.subscribers.put_many([someone(1), someone(2, preferences=keen)])
    assert [one.preferences async for one in anywhere.subscribers.audiences(alerts=True)] == [keen]


@pytest.mark.parametrize("rounds", [20])
async def test_changes_at_once_leave_one_membership(anywhere: Store, rounds: int) -> None:
    """Many processes changing one subscriber leave exactly one audience with one member."""
    changes = [someone(preferences=replace(EVENING, language=language)) for language in ("ru", "en") for _ in range(rounds)]
    await asyncio.gather(*(anywhere.subscribers.put(one) for one in changes))
    sizes = [await anywhere.subscribers.size(one.id) async for one in anywhere.subscribers.audiences()]
    assert sizes == [1]
