"""`vestnik demo`: the whole job with no token and no network, and a page on which to try it."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import socket
import sys
import tempfile
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from bot import digest as digests
from bot.clock import MovableClock
from bot.collect.text.article import make_article
from bot.digest.render import text
from bot.errors import BotError
from bot.logs import configure_logs
from bot.model import Period, Schedule
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.app import Process
    from bot.playground.demo import Demo
    from bot.store import Store

PORT = 8420
START = dt.datetime(2026, 3, 11, 5, 40, tzinfo=dt.UTC)
"""The morning of the edition's day, shortly before the first issue: what the sample news date lies behind, what they announce ahead."""


def _free_port() -> int:
    """A port that nobody listens on: the bot's own pages need their address before they are served."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _folder(data_dir: Path | None) -> Iterator[Path]:
    if data_dir is not None:
        yield data_dir
    else:
        with tempfile.TemporaryDirectory(prefix="vestnik-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)


async def first_digest(store: Store, settings: Settings, now: dt.datetime) -> str:
    """The day's digest as text, or the week's if the day was quiet."""
    for days in (1, 7):
        period = Period(since=now - dt.timedelta(days=days), until=now)
        built = digests.build(await store.stories.between(period), period=period, language="ru", timezone=settings.timezone, limit=10)
        if built.entries:
            break
    return text.render(digests.write(built, buttons=False))


async def soonest(store: Store, now: dt.datetime) -> dt.datetime:
    """When the next edition is due in any of the chats; while none is subscribed, as if one were."""
    from bot.deliver import slots

    schedules = [one.preferences.schedule async for one in store.subscribers.each() if one.active]
    return min(slots.following(schedule, now) for schedule in schedules or [Schedule()])


async def play(folder: Path, port: int, *, browser: bool, stop: asyncio.Event | None = None) -> None:
    """Runs the demonstration until it is interrupted or `stop` is set. Raises BotError."""
    from bot import app
    from bot.playground.demo import Demo

    console = Console(stderr=True)
    stop = stop or asyncio.Event()
    async with Demo(folder, port=port, clock=MovableClock(START), web_port=_free_port()) as demo:
        settings = demo.settings

        read = asyncio.Event()

        async def ready(process: Process) -> None:
            store = process.parts.store
            with console.status(f"Читаю {len(process.parts.sources)} изданий учебной ленты…"):
                if not await _unless(stop, read_all(process, demo)):
                    return
            click.echo(await first_digest(store, settings, demo.clock.now()))
            demo.next_slot = lambda now: soonest(store, now)
            demo.before_slot = lambda: _read_news(process)
            read.set()

        async def announce() -> None:
            await read.wait()
            await demo.listened()
            _announce(demo, browser=browser)

        try:
            async with asyncio.TaskGroup() as group:
                announcing = group.create_task(announce())
                await app.run(settings, tuple(app.Role), clock=demo.clock, stop=stop, ready=ready, trusted=(demo.site.url + "/",))
                announcing.cancel()
        except* BotError as errors:
            raise errors.exceptions[0] from None


async def _unless(stop: asyncio.Event, work: Coroutine[object, object, None]) -> bool:
    """Does the work, or gives it up once `stop` is set. True if it was done."""
    async with asyncio.TaskGroup() as group:
        working, stopping = group.create_task(work), group.create_task(stop.wait())
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
        working.cancel()
        stopping.cancel()
    return not working.cancelled()


async def read_all(process: Process, demo: Demo) -> None:
    """What the sites published so far, in its order, as a bot of long standing would have read it; then a round of all sources.

    A round alone reads many sites at once, in an order that differs from start to start, and so would the stories.
    """
    articles, now = process.parts.store.articles, demo.clock.now()
    for page in reversed(demo.site.edition.visible(now)):
        if page.serves != "article":
            continue
        article = make_article(
            url=demo.site.url + page.path,
            title=page.title,
            lines=page.text,
            source_id=page.outlet.id,
            outlet=page.outlet.name,
            published=page.published,
            fetched=now,
            author=page.author,
            official=page.outlet.official,
        )
        if await articles.put(article) == "new" and await process.parts.newsroom.take(article) is None:
            await articles.drop(article.id)
    await _read_news(process)


async def _read_news(process: Process) -> None:
    await process.parts.collector.once()


def _announce(demo: Demo, *, browser: bool) -> None:
    click.echo(f"\n{demo.url}")
    click.echo(f"Сайт · The site: {demo.settings.public_url}")
    click.echo("Откройте страницу и напишите боту. Ctrl-C завершает. · Open the page and write to the bot. Ctrl-C ends it.")
    sys.stdout.flush()
    if browser and sys.stdout.isatty():
        click.launch(demo.url)


@click.command()
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), help="The page's port; 0 takes a free one.")
@click.option("--no-browser", is_flag=True, help="Do not open the page by itself.")
@click.option(
    "--data-dir", type=click.Path(file_okay=False, path_type=Path), help="Keep the demonstration's store here; by default it is forgotten."
)
@click.option("--verbose", is_flag=True, help="Show what the bot logs.")
def demo(port: int, no_browser: bool, data_dir: Path | None, verbose: bool) -> None:
    """Tries everything without a token and without a network.

    Sample news, emulated Telegram and VK, the real bot, and a page with both chats side by side; «Следующее утро» on it moves
    the clock to the next digest.

    \b
    Examples:
      vestnik demo
      vestnik demo --port 0 --no-browser
    """
    configure_logs(level="INFO" if verbose else "ERROR")
    with _folder(data_dir) as folder:
        asyncio.run(play(folder, port, browser=not no_browser))


COMMANDS = [demo]
