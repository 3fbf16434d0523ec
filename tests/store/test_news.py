"""Articles and stories, on one server and on a cluster."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from bot.digest import build
from bot.digest.calendar import agenda
from bot.model import Article, Cluster, Facts, Filter, Group, Measure, Period, Reading, Stage, Story
from bot.store import Store
from bot.store.stories import Conflict, Stories

NOW = dt.datetime(2026, 2, 10, 6, 0, tzinfo=dt.UTC)
TEXT = "Государственная дума приняла в третьем чтении закон, который обязывает маркетплейсы доставлять коды через мессенджер. " * 3


def article(number: int = 1, text: str = TEXT, **changes: object) -> Article:
    made = Article(
        id=f"a{number}", url=f"https://news.example/{number}", source_id="s", outlet="Издание", title="Заголовок", text=text, fetched=NOW
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields by name


def cluster(name: str = "s1", *, keys: tuple[str, ...] = ("k1", "k2"), articles: tuple[str, ...] = ("a1",), **changes: object) -> Cluster:
    fields: dict[str, object] = {
        "id": name, "thread": name, "headline": "Дума приняла закон о мессенджерах", "summary": (), "first_seen": NOW, "updated": NOW,
        "facts": Facts(messengers=("WhatsApp",), audiences=(Group.BANKS,), stage=Stage.ADOPTED),
    } | changes  # fmt: skip
    readings = tuple(
        Reading(article_id=one, url="u", outlet="o", title="t", published=None, seen=NOW, relevant=True, relevance=0.9, keys=keys)
        for one in articles
    )
    return Cluster(story=Story(**fields), readings=readings)  # type: ignore[arg-type]  # fields by name


async def test_an_article_is_new_once(anywhere: Store) -> None:
    """The second time it is the same, and it is found by its address as it was kept."""
    assert await anywhere.articles.put(article()) == "new"
    assert await anywhere.articles.put(article()) == "same"
    assert await anywhere.articles.find("https://news.example/1") == "a1"
    kept = await anywhere.articles.get("a1")
    assert kept is not None
    assert replace(kept, addresses=(), text_hash="") == article()


async def test_one_text_at_two_addresses_is_one_article(anywhere: Store) -> None:
    """The second address is added; short texts are not compared."""
    await anywhere.articles.put(article())
    assert await anywhere.articles.put(article(2)) == "same"
    assert await anywhere.articles.find("https://news.example/2") == "a1"
    kept = await anywhere.articles.get("a1")
    assert kept is not None
    assert kept.addresses == ("https://news.example/1", "https://news.example/2")
    assert await anywhere.articles.put(article(3, "Введите код")) == "new"
    assert await anywhere.articles.put(article(4, "Введите код")) == "new"


async def test_a_changed_text_keeps_the_old_one(anywhere: Store) -> None:
    """Revisions are numbered, each with the text, hash and time of fetching it had; a teaser never replaces a text."""
    await anywhere.articles.put(article())
    assert await anywhere.articles.put(article(text=TEXT + "Исправлено.", fetched=NOW + dt.timedelta(hours=1))) == "revised"
    kept, (old,) = await anywhere.articles.get("a1"), await anywhere.articles.revisions("a1")
    assert kept is not None
    assert (kept.revision, kept.text, old.revision, old.text, old.fetched) == (1, TEXT + "Исправлено.", 0, TEXT, NOW)
    assert old.text_hash != kept.text_hash
    assert await anywhere.articles.put(article(text="Тизер", teaser_only=True)) == "same"
    assert await anywhere.articles.get("a1") == kept


async def test_two_processes_make_one_article(anywhere: Store) -> None:
    """Of many who keep the same article at once exactly one finds it new."""
    assert sorted(await asyncio.gather(*(anywhere.articles.put(article()) for _ in range(8)))) == ["new"] + ["same"] * 7


async def test_what_is_of_no_interest_leaves_a_mark_only(anywhere: Store) -> None:
    """Its text is gone, its address is known as seen."""
    await anywhere.articles.put(article())
    await anywhere.articles.drop("a1")
    await anywhere.articles.mark_seen("https://news.example/8")
    assert await anywhere.articles.get("a1") is None
    assert await anywhere.articles.find("https://news.example/1") is None
    asked = ["https://news.example/1", "https://news.example/8", "https://news.example/9"]
    assert await anywhere.articles.seen(asked) == frozenset(asked[:2])


async def test_a_story_is_read_as_it_was_kept(anywhere: Store) -> None:
    """Alone, with its readings, by its article and in its thread."""
    made = cluster(thread="t1")
    await anywhere.stories.put(made)
    assert await anywhere.stories.cluster("s1") == made
    assert await anywhere.stories.get("s1") == made.story
    assert await anywhere.stories.of_article("a1") == "s1"
    assert await anywhere.stories.of_thread("t1") == (made.story,)
    assert await anywhere.stories.get("s2") is None


async def test_a_list_is_read_once_until_a_story_changes(anywhere: Store) -> None:
    """What was read stays in hand as it was; a story that another process changed or merged away is read anew."""
    other, day = Stories(anywhere.client, anywhere.clock, dt.timedelta(days=400)), Period(since=NOW - dt.timedelta(days=1), until=NOW)
    for name in ("s1", "s2"):
        await anywhere.stories.put(cluster(name, updated=NOW - dt.timedelta(hours=1)))
    first, again = await anywhere.stories.between(day), await anywhere.stories.recent(5)
    assert {id(story) for story in first} == {id(story) for story in again}
    await other.put(cluster("s1", headline="Другой заголовок", updated=NOW - dt.timedelta(minutes=5)))
    assert [story.headline for story in await anywhere.stories.between(day)][-1] == "Другой заголовок"
    await other.merge(cluster("s1", headline="Один на двоих", updated=NOW - dt.timedelta(minutes=4)), "s2")
    assert [story.headline for story in await anywhere.stories.recent(5)] == ["Один на двоих"]


async def test_nobody_loses_anothers_change(anywhere: Store) -> None:
    """Of two who change a story they both read, the second is told so."""
    await anywhere.stories.put(cluster())
    first = await anywhere.stories.cluster("s1")
    await anywhere.stories.put(cluster(articles=("a1", "a2")), previous=first)
    with pytest.raises(Conflict):
        await anywhere.stories.put(cluster(articles=("a1", "a3")), previous=first)
    kept = await anywhere.stories.cluster("s1")
    assert kept is not None
    assert [one.article_id for one in kept.readings] == ["a1", "a2"]


async def test_only_one_places_at_a_time(anywhere: Store) -> None:
    """Whoever waits for the lock sees what the one before has kept."""

    async def place(name: str) -> None:
        async with anywhere.stories.placing():
            if not await anywhere.stories.candidates(("k1",)):
                await anywhere.stories.put(cluster(name))

    await asyncio.gather(*(place(f"s{number}") for number in range(5)))
    assert await anywhere.stories.count() == 1


async def test_candidates_share_keys_and_are_few(anywhere: Store) -> None:
    """A rare key weighs more than a common one, and the number is bounded."""
    for number in range(50):
        await anywhere.stories.put(cluster(f"c{number}", keys=("common",), articles=(f"x{number}",)))
    await anywhere.stories.put(cluster("rare", keys=("rare", "common")))
    found = await anywhere.stories.candidates(("rare", "common", "absent"))
    assert found[0].story.id == "rare"
    assert len(found) == 40
    assert await anywhere.stories.candidates(()) == ()


async def test_a_period_is_read_backwards_and_has_neighbours(anywhere: Store) -> None:
    """The newest of a period first, of one moment by their ids downwards, no more than asked; and what changed last before and first after."""
    hour = dt.timedelta(hours=1)
    for name, moment in (("a", NOW - 5 * hour), ("b", NOW), ("c", NOW), ("d", NOW + hour), ("e", NOW + 9 * hour)):
        await anywhere.stories.put(cluster(name, articles=(f"x{name}",), updated=moment))
    day = Period(since=NOW, until=NOW + 2 * hour)
    assert [one.id for one in await anywhere.stories.newest(day, 9)] == ["d", "c", "b"]
    assert [one.id for one in await anywhere.stories.newest(day, 2)] == ["d", "c"]
    assert await anywhere.stories.newest(Period(since=NOW - hour, until=NOW), 9) == ()
    assert await anywhere.stories.beside(day) == (NOW - 5 * hour, NOW + 9 * hour)
    assert await anywhere.stories.beside(Period(since=NOW - 9 * hour, until=NOW + 10 * hour)) == (None, None)


async def test_periods_are_half_open(anywhere: Store) -> None:
    """A story belongs to exactly one of two periods that meet, and to that of its last change."""
    hour = dt.timedelta(hours=1)
    await anywhere.stories.put(cluster(updated=NOW))
    assert [one.id for one in await anywhere.stories.between(Period(since=NOW, until=NOW + hour))] == ["s1"]
    assert await anywhere.stories.between(Period(since=NOW - hour, until=NOW)) == ()
    await anywhere.stories.put(cluster(updated=NOW + hour))
    assert await anywhere.stories.between(Period(since=NOW, until=NOW + hour)) == ()
    assert [one.id for one in await anywhere.stories.recent(5)] == ["s1"]


@pytest.mark.parametrize(
    ("date", "found"),
    [("2026-03-10", True), ("2026-03-09", False), ("2026-03-20", False), ("2026-03", True), ("2026-02", False), (None, False)],
)
async def test_upcoming_knows_days_and_months(store: Store, date: str | None, found: bool) -> None:
    """A day within [since, until), or a month that overlaps it."""
    await store.stories.put(cluster(facts=Facts(effective_date=date)))
    assert bool(await store.stories.upcoming(dt.date(2026, 3, 10), dt.date(2026, 3, 20))) is found


async def test_search_finds_any_form_and_filters(anywhere: Store) -> None:
    """All words in any form; stage, audience, messenger and period narrow; a changed story is found by its new words alone."""
    search = anywhere.stories.search
    await anywhere.stories.put(cluster())
    await anywhere.stories.put(cluster("s2", headline="Суд оштрафовал мессенджер", facts=Facts(), updated=NOW + dt.timedelta(hours=1)))
    assert [one.id for one in await search("мессенджеры")] == ["s2", "s1"]
    assert [one.id for one in await search("законы думы")] == ["s1"]
    assert await search("закон суда") == ()
    assert await search("и в на") == ()
    assert [one.id for one in await search("мессенджер", stage=Stage.ADOPTED, audience=Group.BANKS, messenger="WhatsApp")] == ["s1"]
    assert await search("мессенджер", stage=Stage.ACTIVE) == ()
    assert [one.id for one in await search("мессенджер", period=Period(since=NOW, until=NOW + dt.timedelta(minutes=1)))] == ["s1"]
    await anywhere.stories.put(cluster(headline="Закон отозван"))
    assert await search("дума") == ()


async def test_the_operator_splits_for_good(anywhere: Store) -> None:
    """The articles of either part are not offered the other story again."""
    await anywhere.stories.put(cluster(articles=("a1", "a2")))
    await anywhere.stories.split(cluster(articles=("a1",)), cluster("s2", articles=("a2",)))
    assert await anywhere.stories.of_article("a2") == "s2"
    assert [one.story.id for one in await anywhere.stories.candidates(("k1",), article_id="a2")] == ["s2"]
    assert len(await anywhere.stories.candidates(("k1",), article_id="a9")) == 2


async def test_the_operator_merges_and_old_links_live(anywhere: Store) -> None:
    """The id that went leads to the one that stayed, and is listed nowhere."""
    await anywhere.stories.put(cluster())
    await anywhere.stories.put(cluster("s2", articles=("a2",)))
    await anywhere.stories.merge(cluster(articles=("a1", "a2")), "s2")
    there = await anywhere.stories.get("s2")
    assert there is not None
    assert there.id == "s1"
    assert await anywhere.stories.of_article("a2") == "s1"
    assert [one.id for one in await anywhere.stories.recent(9)] == ["s1"]
    assert [one.story.id for one in await anywhere.stories.candidates(("k1",))] == ["s1"]
    assert [one.id for one in await anywhere.stories.search("закон")] == ["s1"]


async def test_a_digest_is_chosen_by_sketches_as_by_whole_stories(anywhere: Store) -> None:
    """The same stories in the same order and sections, whichever day they moved to; what was merged away or withdrawn is in neither."""
    stories = anywhere.stories
    facts = [
        Facts(audiences=(group,), messengers=("MAX",), measure=Measure.BAN, stage=Stage.PLANNED) for group in (Group.BANKS, Group.MEDIA)
    ]
    for number in range(12):
        moment = NOW - dt.timedelta(hours=7 * number)
        more = {"importance": number % 5 / 5, "confirmed": number % 3 == 0, "facts": facts[number % 2], "retracted": number == 7}
        await stories.put(cluster(f"s{number}", updated=moment, first_seen=moment, **more))
    await stories.put(cluster("s11", updated=NOW - dt.timedelta(minutes=1), facts=facts[0], importance=0.9))
    await stories.merge(cluster("s3", articles=("a1",)), "s4")
    period = Period(since=NOW - dt.timedelta(days=3), until=NOW)
    for chosen in (Filter(), Filter(audiences=(Group.BANKS,)), Filter(messengers=("MAX",), importance=0.3)):
        whole, drawn = [
            build(found, period=period, filter=chosen, limit=5) for found in (await stories.between(period), await stories.sketches(period))
        ]
        assert [(one.story.id, one.section, one.touches) for one in drawn.entries] == [
            (one.story.id, one.section, one.touches) for one in whole.entries
        ]
        assert drawn.omitted == whole.omitted
        assert whole.entries
    assert {one.id for one in await stories.sketches(period)} == {one.id for one in await stories.between(period)}


async def test_sketches_in_hand_are_true_only_until_a_story_changes(anywhere: Store) -> None:
    """What another process changed, moved to another day or withdrew is seen at once."""
    other, period = Stories(anywhere.client, anywhere.clock, dt.timedelta(days=400)), Period(since=NOW - dt.timedelta(days=3), until=NOW)
    for number in range(3):
        await anywhere.stories.put(cluster(f"s{number}", updated=NOW - dt.timedelta(days=number, hours=1), importance=0.1))
    first = await anywhere.stories.sketches(period)
    assert {id(one) for one in await anywhere.stories.sketches(period)} == {id(one) for one in first}
    await other.put(cluster("s2", updated=NOW - dt.timedelta(minutes=1), importance=0.9))
    await other.put(cluster("s1", updated=NOW - dt.timedelta(days=1, hours=1), retracted=True))
    seen = {one.id: (one.importance, one.retracted) for one in await anywhere.stories.sketches(period)}
    assert seen == {"s0": (0.1, False), "s1": (0.0, True), "s2": (0.9, False)}


async def test_a_calendar_is_chosen_by_outlines_as_by_whole_stories(anywhere: Store) -> None:
    """The same dates and the same discussions in the same order, without the texts."""
    dates = [None, "2026-03", "2026-03-01", "2026-03-09", "2026-03-10", "2026-03-19", "2026-03-20", "2026-04"]
    for number, date in enumerate(dates):
        facts = Facts(stage=Stage.PLANNED, measure=Measure.BAN, effective_date=date)
        await anywhere.stories.put(cluster(f"s{number}", thread=f"t{number}", facts=facts, updated=NOW - dt.timedelta(hours=number)))
    since, until = dt.date(2026, 3, 10), dt.date(2026, 3, 20)
    outlines = await anywhere.stories.outlines_ahead(since, until)
    assert [one.id for one in outlines] == [one.id for one in await anywhere.stories.upcoming(since, until)] == ["s1", "s4", "s5"]
    assert [one.id for one in await anywhere.stories.outlines_latest(5)] == [one.id for one in await anywhere.stories.recent(5)]
    by_outlines, whole = (
        agenda(found, today=since, days=10)
        for found in (
            (*outlines, *await anywhere.stories.outlines_latest(9)),
            (*await anywhere.stories.upcoming(since, until), *await anywhere.stories.recent(9)),
        )
    )
    assert [one.id for one in by_outlines.stories] == [one.id for one in whole.stories]
    assert {one.id for one in whole.stories} == {"s0", "s1", "s4", "s5"}
    assert not any(one.sources or one.summary for one in by_outlines.stories)
    assert by_outlines.told_whole({one.id: one for one in whole.stories}) == whole
