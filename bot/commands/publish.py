"""`vestnik publish`: makes the editions that are due, or one for every audience at once, and queues them."""

from __future__ import annotations

import asyncio
import json

import click
from prometheus_client import CollectorRegistry

from bot.clock import SystemClock
from bot.deliver.fanout import Made
from bot.deliver.metrics import Metrics
from bot.deliver.scheduler import Scheduler
from bot.settings import read_settings
from bot.store import open_store


@click.command()
@click.option("--now", "at_once", is_flag=True, help="For every audience at once, of what it was not told yet.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def publish(at_once: bool, as_json: bool) -> None:
    """Makes the editions that are due and queues them; the role `sender` sends them.

    \b
    Examples:
      vestnik publish              what a scheduler would make now
      vestnik publish --now        an edition for everyone, without waiting for a slot
    """
    made = asyncio.run(_publish(at_once=at_once))
    if as_json:
        click.echo(json.dumps({"editions": made.editions, "recipients": made.recipients, "empty": made.empty}))
    else:
        click.echo(f"{made.editions} editions for {made.recipients} recipients queued; {made.empty} audiences had nothing new")


async def _publish(*, at_once: bool) -> Made:
    clock = SystemClock()
    async with open_store(read_settings(), clock) as store:
        scheduler = Scheduler(store, clock=clock, metrics=Metrics(CollectorRegistry()))
        return await (scheduler.publish() if at_once else scheduler.tick())


COMMANDS = (publish,)
