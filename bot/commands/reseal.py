"""`vestnik reseal`: a new key for the seals on buttons."""

from __future__ import annotations

import asyncio

import click

from bot.settings import read_settings
from bot.store import open_store


@click.command()
@click.option("--at-once", is_flag=True, help="The old keys open nothing any more: for when one is known to somebody.")
def reseal(at_once: bool) -> None:
    """Makes a new key that seals the buttons of messages; running processes take it up within a minute.

    \b
    Examples:
      vestnik reseal               buttons already sent go on working until the next time
      vestnik reseal --at-once     a press on any button already sent shows the menu instead
    """
    asyncio.run(_reseal(at_once=at_once))
    click.echo("a new key seals the buttons; " + ("those already sent are closed" if at_once else "those of the last key still open"))


async def _reseal(*, at_once: bool) -> None:
    async with open_store(read_settings()) as store:
        await store.seals.renew(at_once=at_once)


COMMANDS = (reseal,)
