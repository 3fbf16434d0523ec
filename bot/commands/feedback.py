"""`vestnik feedback`: what people said is wrong, with the evidence."""

from __future__ import annotations

import asyncio
import json

import click

from bot.clock import SystemClock
from bot.settings import Settings, read_settings
from bot.store import open_store
from bot.store.journal import Entry, Journal


async def _latest(settings: Settings, limit: int) -> tuple[Entry, ...]:
    async with open_store(settings) as store:
        return await Journal(store.client, SystemClock()).latest("feedback", limit)


@click.command()
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 500))
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
def feedback(limit: int, as_json: bool) -> None:
    """Lists what people marked as wrong, the newest first.

    \b
    Examples:
      vestnik feedback
      vestnik feedback --limit 100 --json
    """
    for entry in asyncio.run(_latest(read_settings(), limit)):
        if as_json:
            click.echo(json.dumps({"at": entry.at.isoformat(), **entry.fields}, ensure_ascii=False))
        else:
            click.echo(
                f"{entry.at:%Y-%m-%d %H:%M} UTC · "
                + " · ".join(f"{name}: {value}" for name, value in entry.fields.items() if name != "code")
            )


COMMANDS = [feedback]
