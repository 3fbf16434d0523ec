"""`vestnik stories`: what the store knows, and the operator's corrections of what belongs together."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

import click
import orjson
from prometheus_client import CollectorRegistry
from rich.console import Console
from rich.table import Table

from bot.clock import SystemClock
from bot.deliver.correcting import Corrector
from bot.deliver.metrics import Metrics
from bot.digest.editing import Field
from bot.errors import BadInput
from bot.model import Cluster, Group, Reading, Stage, Story
from bot.settings import read_settings
from bot.store import Store, codec, open_store


@click.group()
def stories() -> None:
    """The stories in the store.

    \b
    Examples:
      vestnik stories list --search "маркетплейсы коды"
      vestnik stories show 4f2a91c07d3e
      vestnik stories split 4f2a91c07d3e ARTICLE…      these articles tell another event
      vestnik stories merge 4f2a91c07d3e 77b0c1d2e3f4  both tell one event
      vestnik stories correct 4f2a91c07d3e effective_date 2026-09-01
      vestnik stories retract 4f2a91c07d3e             whoever was told it hears of that
    """


@stories.command("list")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--search", default="", metavar="WORDS", help="Only stories with these words, in any form.")
@click.option("--stage", type=click.Choice([one.value for one in Stage]), default=None)
@click.option("--audience", type=click.Choice([one.value for one in Group]), default=None)
@click.option("--messenger", default=None, metavar="NAME")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
def list_(limit: int, search: str, stage: str | None, audience: str | None, messenger: str | None, as_json: bool) -> None:
    """Lists stories, the newest first."""
    found = asyncio.run(_list(limit, search, Stage(stage) if stage else None, Group(audience) if audience else None, messenger))
    if as_json:
        for story in found:
            click.echo(orjson.dumps(_brief(story)))
        return
    table = Table(box=None, show_header=False, padding=(0, 1))
    for story in found:
        table.add_row(story.id, f"{story.updated:%Y-%m-%d %H:%M}", story.facts.stage or "", str(len(story.sources)), story.headline)
    Console().print(table)


def _brief(story: Story) -> dict[str, Any]:
    return {
        "id": story.id,
        "thread": story.thread,
        "headline": story.headline,
        "stage": story.facts.stage,
        "effective_date": story.facts.effective_date,
        "sources": len(story.sources),
        "updated": story.updated,
        "retracted": story.retracted,
    }


async def _list(limit: int, search: str, stage: Stage | None, audience: Group | None, messenger: str | None) -> Sequence[Story]:
    async with open_store(read_settings()) as store:
        if search or stage or audience or messenger:
            return await store.stories.search(search, limit, stage=stage, audience=audience, messenger=messenger)
        return await store.stories.recent(limit)


@stories.command()
@click.argument("story")
@click.option("--json", "as_json", is_flag=True, help="Everything that is stored, as JSON.")
def show(story: str, as_json: bool) -> None:
    """Shows one story with the articles that tell it."""
    cluster = asyncio.run(_show(story))
    if as_json:
        click.echo(json.dumps(codec.plain(cluster), ensure_ascii=False, indent=2))
        return
    click.echo(f"{cluster.story.headline}\n{cluster.story.text}\n")
    for reading in cluster.readings:
        click.echo(f"{reading.article_id}  {reading.outlet}: {reading.title}\n    {reading.url}")


async def _show(story_id: str) -> Cluster:
    async with open_store(read_settings()) as store:
        return await _cluster(store, story_id)


async def _cluster(store: Store, story_id: str) -> Cluster:
    found = await store.stories.cluster(story_id)
    if found is None:
        raise BadInput(f"there is no story {story_id}")
    return found


@stories.command()
@click.argument("story")
@click.argument("articles", nargs=-1, required=True)
def split(story: str, articles: tuple[str, ...]) -> None:
    """Makes a story of its own of some ARTICLES of STORY; they are never put together again."""
    click.echo(asyncio.run(_split(story, frozenset(articles))))


async def _split(story_id: str, articles: frozenset[str]) -> str:
    async with open_store(read_settings()) as store, store.stories.placing():
        whole = await _cluster(store, story_id)
        parted = tuple(reading for reading in whole.readings if reading.article_id in articles)
        kept = tuple(reading for reading in whole.readings if reading.article_id not in articles)
        if unknown := articles - {reading.article_id for reading in parted}:
            raise BadInput(f"the story has no article {', '.join(sorted(unknown))}")
        if not kept:
            raise BadInput("at least one article must stay in the story")
        # The previous story is not handed on: what it said may have come from the articles that leave it.
        new = await _told(store, parted, uuid.uuid4().hex[:12], whole.story.thread)
        old = await _told(store, kept, whole.story.id, whole.story.thread)
        old = replace(old, revision=whole.story.revision + 1, first_seen=whole.story.first_seen)
        await store.stories.split(Cluster(story=old, readings=kept), Cluster(story=new, readings=parted))
        return new.id


@stories.command()
@click.argument("story")
@click.argument("other")
def merge(story: str, other: str) -> None:
    """Puts OTHER into STORY: both tell one event. Links to OTHER go on working."""
    click.echo(asyncio.run(_merge(story, other)))


async def _merge(story_id: str, other_id: str) -> str:
    async with open_store(read_settings()) as store, store.stories.placing():
        one, other = await _cluster(store, story_id), await _cluster(store, other_id)
        if one.story.id == other.story.id:
            raise BadInput("that is one story already")
        known = {reading.article_id for reading in one.readings}
        readings = (*one.readings, *(reading for reading in other.readings if reading.article_id not in known))
        told = await _told(store, readings, one.story.id, one.story.thread, previous=one.story)
        await store.stories.merge(Cluster(story=told, readings=readings), other.story.id)
        return told.id


@stories.command()
@click.argument("story")
@click.argument("field", type=click.Choice([one.value for one in Field]))
@click.argument("value")
def correct(story: str, field: str, value: str) -> None:
    """Puts one FIELD of STORY right, for good, and tells everyone who was told the story."""
    told = asyncio.run(_with_corrector(lambda corrector: corrector.correct(story, Field(field), value)))
    click.echo(f"corrected; {told} readers are told")


@stories.command()
@click.argument("story")
def retract(story: str) -> None:
    """Withdraws STORY, and tells everyone who was told it."""
    told = asyncio.run(_with_corrector(lambda corrector: corrector.retract(story)))
    click.echo(f"withdrawn; {told} readers are told")


async def _with_corrector(act: Callable[[Corrector], Awaitable[int]]) -> int:
    clock = SystemClock()
    async with open_store(read_settings(), clock) as store:
        return await act(Corrector(store, clock=clock, metrics=Metrics(CollectorRegistry())))


async def _told(store: Store, readings: tuple[Reading, ...], story_id: str, thread: str, previous: Story | None = None) -> Story:
    from bot.analyse import Analyst  # its models take a second that listing need not spend

    related = tuple(one for one in await store.stories.of_thread(thread) if one.id != story_id)
    now = SystemClock().now()
    return await asyncio.to_thread(Analyst().tell, readings, id=story_id, thread=thread, now=now, previous=previous, related=related)


COMMANDS = (stories,)
