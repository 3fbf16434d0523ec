"""A correction reaches everyone who was told the story, once, on both platforms, whatever happened to them since."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.clock import MovableClock
from bot.deliver.correcting import Corrector
from bot.deliver.following import Following
from bot.digest import editing
from bot.digest.editing import Field
from bot.errors import BadInput, StoreUnavailable
from bot.model import Development, Facts, Preferences, Recipient, Schedule, Story, Subscriber
from bot.store import Store
from bot.store.follows import Follows
from bot.store.links import Links
from tests.deliver.test_scheduler import HOUR, TG, VK, Bench, story

EVENING = Preferences(schedule=Schedule(times=("18:00",)))


@pytest.fixture
def bench(store: Store, clock: MovableClock) -> Bench:
    return Bench(store, clock)


def corrector(bench: Bench) -> Corrector:
    return Corrector(bench.store, clock=bench.clock, metrics=bench.metrics)


async def put(bench: Bench, *people: Recipient, active: bool = True, preferences: Preferences = EVENING) -> None:
    for one in people:
        await bench.store.subscribers.put(Subscriber(recipient=one, preferences=preferences, active=active))


async def told(bench: Bench) -> dict[str, list[int]]:
    """Who was queued for a correction, by the language and the platform."""
    found: dict[str, list[int]] = {}
    for platform in (TG, VK):
        for edition, ids in await bench.queued(platform):
            if edition.id.startswith("correct."):
                found[edition.id.split(".", 3)[3]] = sorted(ids)
    return found


async def published(bench: Bench) -> Story:
    """A story that the morning audiences were told an hour ago."""
    one, scheduler = story("a", bench.clock.now(), facts=Facts(effective_date="2026-09-01")), bench.scheduler()
    await scheduler.tick()
    await bench.tell(one)
    bench.clock.move_to(bench.clock.now() + 24 * HOUR)
    await scheduler.tick()
    bench.clock.move_to(bench.clock.now() + HOUR)
    return one


async def test_everyone_who_was_told_hears_once_and_nobody_else(bench: Bench) -> None:
    """Who changed the settings, moved to the other platform or follows it, too; who joined later or left is left in peace."""
    await bench.subscribe(range(1, 151))
    await bench.subscribe([201, 202], VK, language="en")
    await put(bench, Recipient(platform=VK, id=77), active=False)
    await Links(bench.store.client).link(Recipient(platform=TG, id=5), Recipient(platform=VK, id=77))
    one = await published(bench)
    await Follows(bench.store.client, bench.store.sessions).follow(Recipient(platform=TG, id=900), one.id)
    await Following(bench.store, clock=bench.clock, metrics=bench.metrics).hear(
        replace(one, revision=1, developments=(Development(kind="penalty", after="1 млн ₽", at=bench.clock.now()),))
    )
    await put(bench, Recipient(platform=TG, id=2))
    await put(bench, Recipient(platform=TG, id=3), Recipient(platform=TG, id=5), active=False)
    await put(bench, Recipient(platform=VK, id=77), Recipient(platform=TG, id=500))
    await bench.store.forget(Recipient(platform=TG, id=4), Recipient(platform=TG, id=4))
    editor = corrector(bench)
    assert await editor.readers(one.id) == 151
    assert await editor.correct(one.id, Field.DATE, "01.10.2026") == 151
    assert await told(bench) == {
        "telegram.ru": sorted({*range(1, 151), 900} - {3, 4, 5}),
        "vk.en": [201, 202],
        "vk.ru": [77],
    }
    assert await editor.tick() == 0
    (text,) = [str(edition.message.parts[0].payload) for edition, _ in await bench.queued(VK) if edition.id.endswith("vk.ru")]
    assert "Раньше мы писали: с 1 сентября 2026. Верно так: с 1 октября 2026." in text


async def test_a_correction_is_no_development_of_the_next_edition(bench: Bench) -> None:
    """Those who were told of it read it once; those who were not told the story get it corrected."""
    await bench.subscribe([1])
    one = await published(bench)
    await put(bench, Recipient(platform=TG, id=9))
    scheduler = bench.scheduler()
    await scheduler.tick()
    await corrector(bench).correct(one.id, Field.HEADLINE, "Другой заголовок")
    for _ in range(24):
        bench.clock.move_to(bench.clock.now() + HOUR)
        await scheduler.tick()
    editions = [(edition, ids) for edition, ids in await bench.queued() if one.id in edition.told]
    assert [ids for _, ids in editions] == [[1], [9]]
    assert "Другой заголовок" in str(editions[1][0].message.parts[0].payload["text"])


async def test_a_retraction_is_told_long_after(bench: Bench) -> None:
    """When the editions are no longer kept, the audiences that were told are; the story is withdrawn everywhere."""
    await bench.subscribe([1, 2])
    await bench.subscribe([3], schedule=Schedule(times=("12:00",)))
    one = await published(bench)
    for key in await bench.store.client.keys("{edition:*"):
        await bench.store.client.delete(key)
    bench.clock.move_to(bench.clock.now() + dt.timedelta(days=20))
    assert await corrector(bench).retract(one.id) == 2
    kept = await bench.store.stories.get(one.id)
    assert kept is not None
    assert kept.retracted
    assert await corrector(bench).retract(one.id) == 0


async def test_another_process_goes_on_with_a_correction(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first dies after a hundred: the scheduler tells the rest, and nobody twice."""
    await bench.subscribe(range(1, 251))
    one = await published(bench)
    first, writes = corrector(bench), 0
    write = first._fanout.write

    async def dying(*arguments: object, **options: object) -> int:
        nonlocal writes
        writes += 1
        if writes == 2:
            raise StoreUnavailable("killed")
        return await write(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(first._fanout, "write", dying)
    with pytest.raises(StoreUnavailable):
        await first.retract(one.id)
    second = corrector(bench)
    assert await second.tick() == 0  # the first may be at it still
    bench.clock.move_to(bench.clock.now() + dt.timedelta(minutes=3))
    assert await second.tick() == 150
    assert await told(bench) == {"telegram.ru": list(range(1, 251))}


async def test_an_unknown_story_is_refused_and_leaves_nothing(bench: Bench) -> None:
    """Nobody is told, nothing is kept."""
    with pytest.raises(BadInput):
        await corrector(bench).correct("nobody", Field.HEADLINE, "Верно")
    assert await bench.store.fixes.of("nobody") == {}


def test_what_was_corrected_stays_so_when_the_story_is_told_anew() -> None:
    """A new article repeats the wrong date: that is no news; a fine that it brings is."""
    now = dt.datetime(2026, 2, 10, tzinfo=dt.UTC)
    before = editing.corrected(story("a", now, facts=Facts(effective_date="2026-09-01")), Field.DATE, "2026-10-01", now)
    wrong = Development(kind="effective_date", before="2026-10-01", after="2026-09-01", at=now)
    fine = Development(kind="penalty", after="1 млн ₽", at=now)
    again = replace(before, facts=Facts(effective_date="2026-09-01"), revision=2, developments=(*before.developments, wrong))
    fixes = {"effective_date": "2026-10-01"}
    assert editing.uphold(again, before, fixes) == before
    both = editing.uphold(replace(again, developments=(*again.developments, fine)), before, fixes)
    assert (both.revision, both.developments[1:], both.facts.effective_date) == (2, (fine,), "2026-10-01")


@pytest.mark.parametrize(
    ("written", "kept"), [("01.09.2026", "2026-09-01"), ("2026-09", "2026-09"), ("нет", ""), (" 2026-09-01 ", "2026-09-01")]
)
def test_a_date_is_read(written: str, kept: str) -> None:
    """As people write it."""
    assert editing.checked(Field.DATE, written) == kept


@pytest.mark.parametrize("written", ["завтра", "2026-13", "31.02.2026"])
def test_what_is_no_date_is_refused(written: str) -> None:
    """With what a date looks like."""
    with pytest.raises(BadInput):
        editing.checked(Field.DATE, written)
