"""`vestnik digest`: builds a digest from the store and prints it."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from typing import Final
from zoneinfo import ZoneInfo

import click

from bot import digest as digests
from bot.clock import SystemClock
from bot.digest.render import html, json, markdown, text
from bot.errors import BadInput
from bot.model import Digest, Filter, Group, Length, Period
from bot.settings import Settings, read_settings
from bot.store import open_store

_AGO: Final = re.compile(r"(\d{1,4})([hdw])")
_UNITS: Final = {"h": "hours", "d": "days", "w": "weeks"}
_RENDERERS: Final = {"text": text.render, "html": html.render, "markdown": markdown.render}


def moment(value: str, *, now: dt.datetime, timezone: str) -> dt.datetime:
    """`7d`, `12h`, `2w` before now, or a date or time (ISO 8601; without an offset, in `timezone`). Raises BadInput."""
    if ago := _AGO.fullmatch(value.strip()):
        return now - dt.timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    try:
        read = dt.datetime.fromisoformat(value.strip())
    except ValueError:
        raise BadInput(f"{value!r} is no period or date: write 1d, 7d, 12h or 2026-02-10") from None
    return read if read.tzinfo else read.replace(tzinfo=ZoneInfo(timezone))


def groups(value: str) -> tuple[Group, ...]:
    """`commerce,banks`. Raises BadInput that lists the codes."""
    try:
        return tuple(sorted({Group(part.strip()) for part in value.split(",") if part.strip()}))
    except ValueError as error:
        raise BadInput(f"{error}; the audiences are: {', '.join(Group)}") from None


async def _build(settings: Settings, since: str, until: str | None, filter_: Filter, language: str) -> Digest:
    async with open_store(settings) as store:
        now = SystemClock().now()
        end = moment(until, now=now, timezone=settings.timezone) if until else now
        period = Period(since=moment(since, now=now, timezone=settings.timezone), until=end)
        if period.since >= period.until:
            raise BadInput("the period ends before it begins")
        stories = await store.stories.between(period)
        return digests.build(stories, period=period, filter=filter_, language=language, timezone=settings.timezone, limit=50)


@click.command()
@click.option("--since", default="1d", show_default=True, metavar="1d|7d|DATE", help="From when.")
@click.option("--until", default=None, metavar="DATE", help="Until when, excluded; now by default.")
@click.option("--audience", default="", metavar="commerce,…", help="Only what touches these groups.")
@click.option("--messenger", default="", metavar="Telegram,…", help="Only what touches these messengers.")
@click.option("--language", type=click.Choice(["ru", "en"]), default="ru", show_default=True)
@click.option("--length", type=click.Choice([one.value for one in Length]), default=Length.SHORT.value, show_default=True)
@click.option("--format", "style", type=click.Choice(["text", "html", "markdown", "json"]), default="text", show_default=True)
def digest(since: str, until: str | None, audience: str, messenger: str, language: str, length: str, style: str) -> None:
    """Builds a digest from the store and prints it.

    \b
    Examples:
      vestnik digest
      vestnik digest --since 7d --audience commerce,banks
      vestnik digest --since 2026-02-01 --until 2026-03-01 --format markdown
    """
    chosen = Filter(audiences=groups(audience), messengers=tuple(sorted(filter(None, (part.strip() for part in messenger.split(","))))))
    built = asyncio.run(_build(read_settings(), since, until, chosen, language))
    if style == "json":
        click.echo(json.render_digest(built))
    else:
        click.echo(_RENDERERS[style](digests.write(built, length=Length(length), buttons=False)))


COMMANDS = [digest]
