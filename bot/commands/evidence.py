"""`vestnik evidence`: what a story was told from, as a zip for an auditor."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click

from bot.clock import SystemClock
from bot.collect.evidence import pack
from bot.errors import BadInput
from bot.model import Article
from bot.settings import Settings, read_settings
from bot.store import open_store


async def _pack(settings: Settings, story_id: str) -> tuple[bytes, int, int]:
    async with open_store(settings) as store:
        story = await store.stories.get(story_id)
        if story is None:
            raise BadInput(f"there is no story {story_id}")
        texts: list[Article] = []
        missing: list[str] = []
        for source in story.sources:
            article = await store.articles.get(source.article_id)
            if article is None:
                missing.append(source.article_id)
                continue
            texts += [*await store.articles.revisions(source.article_id), article]
        return pack(story, texts, at=SystemClock().now(), missing=missing), len(texts), len(missing)


@click.command()
@click.argument("story_id", metavar="STORY")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), default=None, help="STORY.zip by default; - for stdout.")
def evidence(story_id: str, output: Path | None) -> None:
    """Exports every text that a story was told from, with its hash, address and time, as a zip with a manifest.

    \b
    Example:
      vestnik evidence 1f0c2a9b77de -o evidence.zip
    """
    data, texts, missing = asyncio.run(_pack(read_settings(), story_id))
    if output is not None and str(output) == "-":
        sys.stdout.buffer.write(data)
        return
    path = output or Path(f"{story_id}.zip")
    try:
        path.write_bytes(data)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}") from None
    note = f"; {missing} were removed by the retention" if missing else ""
    click.echo(f"{path}: {texts} texts{note}")


COMMANDS = [evidence]
