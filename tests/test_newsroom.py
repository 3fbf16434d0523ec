"""Articles become stories, whoever else is at it; a language model may put them in other words."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.collect.address import article_id
from bot.llm import LanguageModel
from bot.model import Article
from bot.newsroom import Newsroom
from bot.settings import Settings
from bot.store import Store
from bot.store.retellings import Retellings

TEXT = (
    "Минцифры подготовило законопроект, который запретит сотрудникам банков и маркетплейсов писать клиентам в WhatsApp и Telegram. "
    "Запрет предлагают ввести с 1 сентября 2026 года. Сейчас документ согласуют госорганы."
)
WRITTEN = "Минцифры предлагает с 1 сентября 2026 года запретить банкам и маркетплейсам писать клиентам в WhatsApp и Telegram."


def article(outlet: str, published: dt.datetime) -> Article:
    """One outlet's retelling of the same event."""
    url = f"https://{outlet}.example/1"
    return Article(
        id=article_id(url),
        url=url,
        source_id=outlet,
        outlet=outlet,
        title="Минцифры хочет запретить банкам WhatsApp",
        text=TEXT,
        published=published,
    )


@pytest.fixture(scope="module")
def analyst() -> Analyst:
    """The models, loaded once."""
    return Analyst()


@pytest.fixture
async def endpoint() -> AsyncIterator[tuple[str, list[int]]]:
    """A language model that writes the same good sentence, and how often it was asked."""
    asked: list[int] = []

    async def complete(_: web.Request) -> web.Response:
        asked.append(1)
        return web.json_response({"choices": [{"message": {"role": "assistant", "content": WRITTEN}}]})

    application = web.Application()
    application.router.add_post("/{path:.*}", complete)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1", asked
    await runner.cleanup()


async def test_two_at_once_make_one_story(store: Store, clock: MovableClock, analyst: Analyst) -> None:
    """Articles on one event taken by two newsrooms at the same moment end in one story with both sources."""
    rooms = [Newsroom(store, analyst, clock) for _ in range(2)]
    told = await asyncio.gather(*(room.take(article(f"outlet{number}", clock.now())) for number, room in enumerate(rooms)))
    assert len({story.id for story in told if story}) == 1
    assert await store.stories.count() == 1
    story = (await store.stories.recent(1))[0]
    assert {source.outlet for source in story.sources} == {"outlet0", "outlet1"}


async def test_old_news_is_dated_by_its_publication(store: Store, clock: MovableClock, analyst: Analyst) -> None:
    """What was published weeks before it is first read does not stand in today's digest."""
    published = clock.now() - dt.timedelta(days=20)
    story = await Newsroom(store, analyst, clock).take(article("late", published))
    assert story is not None
    assert story.updated == published


async def test_a_model_writes_the_summary_once(
    store: Store, settings: Settings, clock: MovableClock, analyst: Analyst, endpoint: tuple[str, list[int]]
) -> None:
    """What it writes is checked, kept with the story, and not asked again for the same content."""
    url, asked = endpoint
    memory = Retellings(store.client, store.sessions)
    model = LanguageModel(settings.model_copy(update={"llm_url": url, "llm_key": SecretStr("k")}), clock, memory, memory)
    room, read = Newsroom(store, analyst, clock, retell=model.retell), article("first", clock.now())
    await store.articles.put(read)
    story = await room.take(read)
    assert story is not None
    assert story.text == WRITTEN
    kept = await store.stories.get(story.id)
    assert kept is not None
    assert kept.text == WRITTEN
    again = await room.take(dataclasses.replace(read, revision=0))
    assert again is not None
    assert again.text == WRITTEN
    assert len(asked) == 1


async def test_reprints_cost_no_call_and_keep_what_was_written(
    store: Store, settings: Settings, clock: MovableClock, analyst: Analyst, endpoint: tuple[str, list[int]]
) -> None:
    """A second outlet is no news: the summary stays as the model wrote it; the third is, and is asked about once more."""
    url, asked = endpoint
    memory = Retellings(store.client, store.sessions)
    model = LanguageModel(settings.model_copy(update={"llm_url": url, "llm_key": SecretStr("k")}), clock, memory, memory)
    room, calls = Newsroom(store, analyst, clock, retell=model.retell), []
    for outlet in ("first", "second", "third"):
        read = article(outlet, clock.now())
        await store.articles.put(dataclasses.replace(read, text=f"{TEXT} Так пишет {outlet}."))
        story = await room.take(dataclasses.replace(read, text=f"{TEXT} Так пишет {outlet}."))
        assert story is not None
        assert story.text == WRITTEN
        calls.append(len(asked))
    assert calls == [1, 1, 2]
