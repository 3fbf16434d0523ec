"""`vestnik health`: whether this machine's Вестник works, for container and service supervisors."""

from __future__ import annotations

import asyncio
from typing import Final

import aiohttp
import click

from bot.clock import SystemClock
from bot.errors import BotError
from bot.settings import Settings, read_settings

_PATIENCE: Final = 8.0
"""Seconds; supervisors give ten."""


@click.command()
@click.option("--store", "store_alone", is_flag=True, help="Ask the store, for roles that serve no pages.")
@click.option("--ready", is_flag=True, help="Ask whether it is ready, not merely alive: store, queues, sources, slots.")
def health(*, store_alone: bool, ready: bool) -> None:
    """Exit 0 if the web role answers (or the store does), 1 with one line if not.

    \b
    Examples:
      vestnik health            is the web role alive?
      vestnik health --ready    is everything on time?
      vestnik health --store    does the store answer?
    """
    settings = read_settings()
    asyncio.run(_ask_store(settings) if store_alone else _ask_web(settings, "readyz" if ready else "healthz"))


async def _ask_web(settings: Settings, page: str) -> None:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.web_host, settings.web_host)  # noqa: S104 - compared, not bound
    address = f"http://{host}:{settings.web_port}/{page}"
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_PATIENCE)) as session, session.get(address) as response:
            if response.status != 200:
                body = (await response.text())[:300]
                raise BotError(f"{address} answers {response.status}: {body}")
    except (aiohttp.ClientError, TimeoutError) as error:
        raise BotError(f"{address} does not answer: {error or 'timed out'}") from error


async def _ask_store(settings: Settings) -> None:
    # Imported here: a probe of the web role, every half a minute, need not load the store.
    from bot.store import open_store

    try:
        async with asyncio.timeout(_PATIENCE), open_store(settings, SystemClock()) as store:
            await store.subscribers.count()
    except TimeoutError as error:
        raise BotError(f"the store did not answer in {_PATIENCE:.0f} s") from error


COMMANDS = (health,)
