"""What delivery remembers: reminders, posts, corrections, who is in which edition; on one server and on a cluster."""

from __future__ import annotations

import datetime as dt

from bot.clock import MovableClock
from bot.model import Message, Part, Platform, Preferences, Recipient, Schedule, Subscriber
from bot.store import Store
from bot.store.editions import Edition
from bot.store.posts import Posts, is_public
from bot.store.reminders import Mark

TG, VK = Platform.TELEGRAM, Platform.VK
ANNA = Recipient(platform=TG, id=7)
CHANNEL = Recipient(platform=TG, id=-1005, thread=3)


async def test_marks_of_a_day_are_kept_together(anywhere: Store, clock: MovableClock) -> None:
    """A day that was begun is known until it is kept; threads that are over leave."""
    day, kept = clock.now().date(), anywhere.reminders
    await kept.begin("a1", day)
    assert await kept.looked("a1") == (None, day)
    await kept.keep("a1", day, {"t1": Mark("2026-03-01", "s1", (30,)), "t2": Mark("2026-04", "s2")}, ())
    await kept.keep("a1", day, {}, ["t2"])
    assert await kept.looked("a1") == (day, None)
    assert await kept.of("a1") == {"t1": Mark("2026-03-01", "s1", (30,))}


async def test_who_moves_brings_along_what_they_heard(anywhere: Store) -> None:
    """Also from one platform to the other, and twice over; of two dates of a thread the later audience's counts."""
    there, kept = Recipient(platform=VK, id=70), anywhere.reminders
    day = dt.date(2026, 2, 10)
    await kept.keep("a1", day, {"t1": Mark("2026-03-01", "s1", (30,))}, ())
    await kept.keep("a2", day, {"t1": Mark("2026-03-01", "s1", (7,)), "t2": Mark("2026-05-01", "s2", (30,))}, ())
    await kept.moved(ANNA, "a1", "a2")
    await kept.moved(there, "a2", "a3", was=ANNA)
    assert await kept.recalled("a2") == {}
    assert await kept.recalled("a3") == {there: {"t1": Mark("2026-03-01", "s1", (7, 30)), "t2": Mark("2026-05-01", "s2", (30,))}}
    await kept.forget(there, "a3")
    assert await kept.recalled("a3") == {}


async def test_what_an_audience_was_told_is_known_as_it_stood(anywhere: Store) -> None:
    """Whoever left before the second telling was told the first alone."""
    for revisions in ({"s1": 0}, {"s1": 1, "s2": 0}):
        await anywhere.agenda.tell("a1", revisions)
    assert await anywhere.agenda.told("a1") == {"s1": 1, "s2": 0}
    assert await anywhere.agenda.told("a1", before=1) == {"s1": 0}


async def test_an_edition_is_found_by_its_story_and_its_recipients(anywhere: Store, clock: MovableClock) -> None:
    """By whoever corrects it or is to be forgotten."""
    message = Message(platform=TG, parts=(Part(payload={"text": "x"}),), source=b"\x00packed")
    await anywhere.editions.create(Edition(id="e1", audience="a1", slot=clock.now(), message=message, told={"s1": 2}), "me")
    await anywhere.editions.fill("e1", "me", 0, [[ANNA, CHANNEL]])
    found = await anywhere.editions.get("e1")
    assert found is not None
    assert found.message.source == b"\x00packed"
    assert await anywhere.editions.telling("s1") == (("e1", "a1"),)
    assert await anywhere.editions.telling("s2") == ()
    assert await anywhere.editions.holding(CHANNEL) == ("e1",)
    posts = Posts(anywhere.client)
    await posts.note("e1", ["s1"], CHANNEL, 0, 555, clock.now())
    assert await posts.telling("s1") == ("e1",)
    (post,) = (await posts.of("e1", TG)).values()
    assert post.messages == {0: 555}
    await anywhere.editions.seal("e1", clock.now())
    assert await anywhere.editions.forget(CHANNEL, clock.now()) == 1
    assert await posts.of("e1", TG) == {}
    assert [batch async for batch in anywhere.editions.recipients("e1")] == [(ANNA,)]


async def test_corrections_of_a_story_last(anywhere: Store, clock: MovableClock) -> None:
    """By field; and what is owed to its readers is lent to one process at a time."""
    await anywhere.fixes.put("s1", "headline", "Верно")
    assert await anywhere.fixes.of("s1") == {"headline": "Верно"}
    minute = dt.timedelta(minutes=1)
    await anywhere.agenda.owe("s1", clock.now() + minute)
    assert await anywhere.agenda.owed(clock.now(), minute, 9) == ()
    assert await anywhere.agenda.owed(clock.now() + minute, minute, 9) == ("s1",)
    assert await anywhere.agenda.owed(clock.now() + minute, minute, 9) == ()
    await anywhere.agenda.settled("s1")
    assert await anywhere.agenda.owed(clock.now() + 9 * minute, minute, 9) == ()


async def test_many_subscribers_are_read_at_once(anywhere: Store) -> None:
    """Those who are known, each with their own settings."""
    evening = Preferences(schedule=Schedule(times=("18:00",)))
    people = [Subscriber(recipient=ANNA, active=True), Subscriber(recipient=CHANNEL, preferences=evening)]
    await anywhere.subscribers.put_many(people)
    stranger = Recipient(platform=VK, id=1)
    assert await anywhere.subscribers.many([ANNA, CHANNEL, stranger]) == {one.recipient: one for one in people}
    assert await anywhere.subscribers.many([]) == {}


def test_what_is_public() -> None:
    """Groups and channels have negative ids on Telegram; conversations on VK stand above two billion."""
    public = [CHANNEL, Recipient(platform=VK, id=2_000_000_005)]
    assert [is_public(one) for one in (*public, ANNA, Recipient(platform=VK, id=5))] == [True, True, False, False]
