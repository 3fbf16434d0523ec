"""Everything that touches Redis: `open_store(settings)` gives a `Store`, whatever stands behind it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.clock import Clock, SystemClock
from bot.settings import Settings
from bot.store import schema
from bot.store.client import Client, connect, connect_embedded

__all__ = ["Store", "open_store"]


@dataclass
class Store:
    """The repositories over one client. Every method raises StoreUnavailable when the store is away."""

    client: Client
    clock: Clock
    retention: dt.timedelta = dt.timedelta(days=400)
    rates: dict[str, float] = field(default_factory=dict)
    """Messages (Telegram) or calls (VK) a second by platform."""

    async def ping(self) -> None:
        """Asks for nothing. Raises StoreUnavailable."""
        await self.client.ping()


@asynccontextmanager
async def open_store(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Store]:
    """Opens the store of `settings.redis_url`, or starts (or joins) the server of our own in `settings.data_dir`.

    Raises ConfigurationError if neither can work, StoreUnavailable if the server is away.
    """
    async with _client(settings) as client:
        store = Store(client, clock or SystemClock(), dt.timedelta(days=settings.retention_days))
        await schema.migrate(store.client)
        yield store


@asynccontextmanager
async def _client(settings: Settings) -> AsyncIterator[Client]:
    if settings.redis_url is not None:
        client = connect(settings.redis_url.get_secret_value())
        try:
            yield client
        finally:
            await client.aclose()
        return
    from bot.store.embedded import Embedded  # it needs a system that has file locks

    server = Embedded(settings.data_dir / "store")
    try:
        await asyncio.to_thread(server.ensure)
        client = connect_embedded(server.ensure)
        try:
            yield client
        finally:
            await client.aclose()
    finally:
        await asyncio.to_thread(server.release)
