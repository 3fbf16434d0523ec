"""What the operator parts or puts together stays so: when more articles come, when one is read again, after a restart, and in the threads."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from bot.analyse import Analyst
from bot.cli import run
from bot.clock import MovableClock
from bot.collect.address import article_id
from bot.errors import BadInput
from bot.model import Article, Stage, Story
from bot.newsroom import Newsroom
from bot.settings import Settings
from bot.store import Store, open_store

DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def analyst() -> Analyst:
    """The models, loaded once."""
    return Analyst()


@pytest.fixture
def room(store: Store, analyst: Analyst, clock: MovableClock) -> Newsroom:
    return Newsroom(store, analyst, clock)


def article(outlet: str, title: str, text: str, when: dt.datetime) -> Article:
    url = f"https://{outlet}.example/{len(title)}"
    return Article(id=article_id(url), url=url, source_id=outlet, outlet=outlet, title=title, text=text, published=when, fetched=when)


def signal(outlet: str, when: dt.datetime) -> Article:
    return article(
        outlet,
        "Роскомнадзор заблокировал Signal",
        f"Роскомнадзор заблокировал мессенджер Signal в России за нарушение закона о терроризме. Сервис не открывается без VPN, пишет {outlet}.",
        when,
    )


def fine(outlet: str, when: dt.datetime) -> Article:
    return article(
        outlet,
        "Суд оштрафовал Discord на 3,5 млн рублей",
        f"Таганский суд Москвы оштрафовал Discord на 3,5 млн рублей за неудаление запрещённой информации, сообщает {outlet}. Протокол составил Роскомнадзор.",
        when,
    )


async def taken(room: Newsroom, *articles: Article) -> list[Story]:
    found = [await room.take(one) for one in articles]
    assert all(found)
    return [story for story in found if story]


async def outlets(store: Store) -> list[set[str]]:
    """Which outlets tell which stories, the stories in the order of their first outlets."""
    return sorted(({source.outlet for source in story.sources} for story in await store.stories.recent(20)), key=min)


async def test_a_wrong_merge_is_undone_for_good(
    store: Store, settings: Settings, analyst: Analyst, room: Newsroom, clock: MovableClock
) -> None:
    """Later articles, revisions and a restart leave the two events apart; their threads are apart too."""
    now = clock.now()
    blocked, fined = (await taken(room, signal("a1", now), signal("a2", now), fine("b1", now)))[1:]
    wrong = await room.merge(blocked.id, fined.id)
    assert {source.outlet for source in wrong.sources} == {"a1", "a2", "b1"}
    parted = await room.split(wrong.id, frozenset({fine("b1", now).id}))
    assert await outlets(store) == [{"a1", "a2"}, {"b1"}]
    await taken(room, signal("a3", now), fine("b2", now))
    await taken(room, dataclasses.replace(fine("b1", now), text=fine("b1", now).text + " Решение можно обжаловать.", revision=1))
    assert await outlets(store) == [{"a1", "a2", "a3"}, {"b1", "b2"}]
    async with open_store(settings, clock) as reopened:
        after = Newsroom(reopened, analyst, clock)
        await taken(after, signal("a4", now + DAY), fine("b3", now + DAY), dataclasses.replace(signal("a1", now), revision=1))
        assert await outlets(reopened) == [{"a1", "a2", "a3", "a4"}, {"b1", "b2", "b3"}]
    whole, other = await store.stories.get(wrong.id), await store.stories.get(parted.id)
    assert whole is not None
    assert other is not None
    assert (whole.thread, other.thread) == (blocked.thread, parted.id)
    assert {step.story_id for step in whole.timeline} == {whole.id}
    assert {step.story_id for step in other.timeline} == {other.id}
    assert whole.facts.messengers == ("Signal",)
    assert whole.facts.penalties == ()


async def test_even_twins_stay_apart(store: Store, room: Newsroom, clock: MovableClock) -> None:
    """Articles that the program would always put together are left apart, whichever of the two stories the next one joins."""
    now = clock.now()
    story = (await taken(room, signal("a", now), signal("b", now)))[1]
    await room.split(story.id, frozenset({signal("b", now).id}))
    for number in range(3):
        await taken(room, signal(f"c{number}", now + number * DAY))
        await taken(room, dataclasses.replace(signal("b", now), text=signal("b", now).text + f" Дополнено {number}.", revision=number + 1))
        await taken(room, dataclasses.replace(signal("a", now), text=signal("a", now).text + f" Уточнено {number}.", revision=number + 1))
        found = await outlets(store)
        assert len(found) == 2
        assert not any({"a", "b"} <= names for names in found)


async def test_what_was_merged_stays_one(store: Store, settings: Settings, analyst: Analyst, room: Newsroom, clock: MovableClock) -> None:
    """Later articles on either half come to the whole, also after a restart; the old link leads to it."""
    now = clock.now()
    blocked, fined = await taken(room, signal("a1", now), fine("b1", now))
    whole = await room.merge(blocked.id, fined.id)
    async with open_store(settings, clock) as reopened:
        after = Newsroom(reopened, analyst, clock)
        await taken(after, signal("a2", now + DAY), fine("b2", now + DAY), dataclasses.replace(fine("b1", now), revision=1))
        assert await outlets(reopened) == [{"a1", "a2", "b1", "b2"}]
        old = await reopened.stories.get(fined.id)
        assert old is not None
        assert old.id == whole.id


def bill(outlet: str, when: dt.datetime) -> Article:
    return article(
        outlet,
        "В Госдуму внесли законопроект о штрафах за переписку в WhatsApp",
        f"В Госдуму внесён законопроект № 1069303-8 о штрафах для банков за переписку с клиентами в WhatsApp, сообщает {outlet}. Штраф составит до 700 тыс. рублей.",
        when,
    )


def law(outlet: str, when: dt.datetime) -> Article:
    return article(
        outlet,
        "Госдума приняла закон о штрафах за переписку в WhatsApp",
        f"Госдума приняла во втором и третьем чтениях законопроект № 1069303-8 о штрафах для банков за переписку с клиентами в WhatsApp, сообщает {outlet}.",
        when,
    )


async def test_steps_of_one_measure_keep_their_thread(store: Store, room: Newsroom, clock: MovableClock) -> None:
    """Proposal and law that stood in one story are two stories of one thread once they are parted; each shows both rungs."""
    proposed = (await taken(room, bill("a", clock.now() - 60 * DAY)))[0]
    passed = (await taken(room, law("b", clock.now())))[0]
    assert passed.id != proposed.id
    assert passed.thread == proposed.thread
    wrong = await room.merge(proposed.id, passed.id)
    parted = await room.split(wrong.id, frozenset({law("b", clock.now()).id}))
    assert parted.thread == proposed.thread
    for name in (wrong.id, parted.id):
        story = await store.stories.get(name)
        assert story is not None
        assert [step.stage for step in story.timeline] == [Stage.PLANNED, Stage.ADOPTED]
        assert {step.story_id for step in story.timeline} == {wrong.id, parted.id}


async def test_an_older_story_shows_the_step_that_came(store: Store, room: Newsroom, clock: MovableClock) -> None:
    """The card of the bill shows that it became a law, though no article on the bill came since; that is no news to tell it again for."""
    proposed = (await taken(room, bill("a", clock.now() - 60 * DAY)))[0]
    await taken(room, law("b", clock.now()))
    kept = await store.stories.get(proposed.id)
    assert kept is not None
    assert [step.stage for step in kept.timeline] == [Stage.PLANNED, Stage.ADOPTED]
    assert (kept.revision, kept.updated) == (proposed.revision, proposed.updated)


async def test_a_merge_takes_the_thread_along(store: Store, room: Newsroom, clock: MovableClock) -> None:
    """The other steps of the story that went become steps of the one that stays."""
    now = clock.now()
    proposed, passed, blocked = await taken(room, bill("a", now - 60 * DAY), law("b", now), signal("c", now))
    whole = await room.merge(blocked.id, passed.id)
    moved = await store.stories.get(proposed.id)
    assert moved is not None
    assert moved.thread == whole.thread
    assert {one.id for one in await store.stories.of_thread(whole.thread)} == {whole.id, proposed.id}
    assert await store.stories.of_thread(proposed.thread) == () if proposed.thread != whole.thread else True


async def test_what_cannot_be_is_said(store: Store, room: Newsroom, clock: MovableClock) -> None:
    """One line for each mistake, and nothing is changed."""
    story = (await taken(room, signal("a", clock.now())))[0]
    for wrong in (
        room.split("nowhere", frozenset({"x"})),
        room.split(story.id, frozenset({"x"})),
        room.split(story.id, frozenset({signal("a", clock.now()).id})),
        room.merge(story.id, story.id),
        room.merge(story.id, "nowhere"),
    ):
        with pytest.raises(BadInput):
            await wrong
    assert await store.stories.get(story.id) == story


def test_the_commands_do_it(
    valkey: str,
    settings: Settings,
    analyst: Analyst,
    clock: MovableClock,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`vestnik stories merge` and `split` print the id of the story; a wrong name is one line and exit 2."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VESTNIK_REDIS_URL", valkey)

    async def filled() -> tuple[str, str]:
        async with open_store(settings, clock) as store:
            await store.client.flushall()
        async with open_store(settings, clock) as store:
            one, two = await taken(Newsroom(store, analyst, clock), signal("a", clock.now()), fine("b", clock.now()))
            return one.id, two.id

    async def told() -> list[set[str]]:
        async with open_store(settings, clock) as store:
            return await outlets(store)

    one, two = asyncio.run(filled())
    capsys.readouterr()  # what was logged while filling
    assert run(["stories", "merge", one, two]) == 0
    assert capsys.readouterr().out.strip() == one
    assert asyncio.run(told()) == [{"a", "b"}]
    assert run(["stories", "split", one, fine("b", clock.now()).id]) == 0
    assert capsys.readouterr().out.strip() not in ("", one)
    assert asyncio.run(told()) == [{"a"}, {"b"}]
    assert run(["stories", "split", one, "x"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert run(["stories", "merge", one, "nowhere"]) == 2
    assert "there is no story nowhere" in capsys.readouterr().err
