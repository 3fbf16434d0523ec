"""`vestnik stories`: what the store knows, and the operator's corrections of what belongs together."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

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
from bot.model import Cluster, Group, Stage, Story
from bot.settings import read_settings
from bot.store import Store, codec, open_store

if TYPE_CHECKING:
    from bot.newsroom import Newsroom


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
    async with open_store(read_settings()) as store:
        await _cluster(store, story_id)  # the models take a second that a wrong name need not cost
        return (await _newsroom(store).split(story_id, articles)).id


@stories.command()
@click.argument("story")
@click.argument("other")
def merge(story: str, other: str) -> None:
    """Puts OTHER into STORY: both tell one event. Links to OTHER go on working."""
    click.echo(asyncio.run(_merge(story, other)))


async def _merge(story_id: str, other_id: str) -> str:
    async with open_store(read_settings()) as store:
        for name in (story_id, other_id):
            await _cluster(store, name)
        return (await _newsroom(store).merge(story_id, other_id)).id


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


def _newsroom(store: Store) -> Newsroom:
    from bot.analyse import Analyst  # its models take a second that listing need not spend
    from bot.newsroom import Newsroom

    return Newsroom(store, Analyst(), SystemClock())


COMMANDS = (stories,)
