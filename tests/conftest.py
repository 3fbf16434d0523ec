"""Fixtures for every room: a real Valkey, a store emptied for each test, a clock that stands still."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import pytest
import redis

from bot.clock import MovableClock
from bot.settings import Settings
from bot.store import Store, keys, open_store
from bot.store.client import Client
from bot.store.embedded import Embedded

# how long an example takes says something of the machine, not of the code
hypothesis.settings.register_profile("vestnik", deadline=None)
hypothesis.settings.load_profile("vestnik")

MOMENT = dt.datetime(2026, 2, 10, 6, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def kept_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[redis.Redis]:
    """A server for this worker's tests."""
    embedded = Embedded(tmp_path_factory.mktemp("valkey"))
    with redis.Redis(unix_socket_path=str(embedded.ensure()), protocol=2) as client:
        yield client
    embedded.release()


@pytest.fixture
def valkey(kept_server: redis.Redis) -> str:
    """The address of this worker's server, emptied: nothing that another test left there, of whatever shape, is seen by this one."""
    kept_server.flushall()
    return f"unix://{kept_server.get_connection_kwargs()['path']}"


@pytest.fixture
def clock() -> MovableClock:
    """Stands at 06:00 UTC (09:00 in Moscow) on 10 February 2026 until it is moved."""
    return MovableClock(MOMENT, running=False)


@pytest.fixture
def settings(valkey: str, tmp_path: Path) -> Settings:
    """Defaults, with this worker's store and a data folder of the test's own; no environment, no `.env`."""
    return Settings(_env_file=None, redis_url=valkey, data_dir=tmp_path / "data")


@pytest.fixture
async def store(settings: Settings, clock: MovableClock) -> AsyncIterator[Store]:
    """An empty store; afterwards every key must have a lifetime or stand on the list of permanent ones."""
    async with open_store(settings, clock) as opened:
        await opened.client.flushall()
        yield opened
        await check_lifetimes(opened.client)


async def check_lifetimes(client: Client) -> None:
    """Fails on a key that would live for ever unnoticed."""
    names = [key async for key in client.scan_iter(count=1000)]
    found: list[tuple[str, int]] = []
    for at in range(0, len(names), 1000):
        pipe = client.pipeline(transaction=False)
        for name in names[at : at + 1000]:
            pipe.ttl(name)
        found += zip((name.decode() for name in names[at : at + 1000]), await pipe.execute(), strict=True)
    assert not keys.unexpected(found), "keys without a lifetime, or not in bot/store/keys.py"
