"""The shape of the stored data: every older one is brought up to date, once, whatever is interrupted; a newer one is refused."""

from __future__ import annotations

import asyncio
import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import run
from bot.errors import ConfigurationError, StoreUnavailable
from bot.model import Period
from bot.settings import Settings
from bot.store import Store, keys, open_store, schema
from bot.store.client import Client, connect
from bot.store.forms import dictionary_forms, words_besides
from bot.store.search import Wanted
from bot.store.sketches import day_of
from tests.store.test_commands import inside, operator
from tests.store.test_news import NOW, cluster

__all__ = ["operator"]

DAY = Period(since=NOW - dt.timedelta(hours=1), until=NOW + dt.timedelta(hours=1))
OTHER = Wanted(words="laws")
SLIP = Wanted(words="мессенжерах")


async def old(store: Store, shape: int) -> None:
    """A store as the versions of that shape left it: one story, and nothing that a later shape brought."""
    await store.stories.put(cluster())
    if shape == 1:
        async for key in store.client.scan_iter(match=keys.STORIES_SPELT.pattern):
            await store.client.delete(key)
    if shape <= 2:
        words = sorted(words_besides(cluster().story, dictionary_forms) - set(dictionary_forms(cluster().story.headline)))
        assert "law" in words
        for word in words:
            await store.client.delete(keys.STORIES_WORD(word))
        kept = (await store.client.hget(keys.STORY("s1"), "words")).decode().split("\n")
        await store.client.hset(keys.STORY("s1"), "words", "\n".join(sorted(set(kept) - set(words))))
    if shape <= 4:
        for word in ("head=law", "head=bill"):
            await store.client.zrem(keys.STORIES_WORD(word), "s1")
        kept = (await store.client.hget(keys.STORY("s1"), "words")).decode().split("\n")
        await store.client.hset(keys.STORY("s1"), "words", "\n".join(one for one in kept if one not in ("head=law", "head=bill")))
    if shape <= 3:
        await store.client.delete(keys.STORIES_DAY(day_of(cluster().story)))
        await store.client.hdel(keys.STORY("s1"), "day")
    await store.client.set(keys.SCHEMA(), shape)


@pytest.mark.parametrize("shape", range(schema.OLDEST, schema.CURRENT + 1))
async def test_every_older_shape_is_brought_up_to_date(anywhere: Store, shape: int) -> None:
    """Nothing is lost, and what the newest shape is for works."""
    await old(anywhere, shape)
    assert await schema.migrate(anywhere.client) == shape
    assert int(await anywhere.client.get(keys.SCHEMA()) or 0) == schema.CURRENT
    assert await anywhere.stories.cluster("s1") == cluster()
    assert (await anywhere.stories.find(SLIP, 10)).ids == ("s1",)
    assert (await anywhere.stories.find(OTHER, 10)).ids == ("s1",)
    assert [one.id for one in await anywhere.stories.sketches(DAY)] == ["s1"]
    assert (await schema.STEPS[2](anywhere.client)) is None, "a step that was interrupted is run again"
    before = await anywhere.client.hget(keys.STORY("s1"), "words")
    await anywhere.stories.put(cluster())
    assert await anywhere.client.hget(keys.STORY("s1"), "words") == before, "as a story that is kept today"


def test_there_is_a_step_from_every_older_shape() -> None:
    """None may be forgotten when the number grows."""
    assert set(schema.STEPS) == set(range(schema.OLDEST, schema.CURRENT))


async def test_steps_run_in_order_and_once(anywhere: Store) -> None:
    """From the shape found to the current one; a second start does nothing."""
    done = []

    async def step(client: Client) -> None:
        done.append(int(await client.get(keys.SCHEMA()) or 0))

    await anywhere.client.set(keys.SCHEMA(), 1)
    assert await schema.migrate(anywhere.client, steps={1: step, 2: step}, current=3) == 1
    assert await schema.migrate(anywhere.client, steps={1: step, 2: step}, current=3) == 3
    assert done == [1, 2]
    with pytest.raises(ConfigurationError, match="newer version"):
        await schema.migrate(anywhere.client, steps={}, current=2)


async def test_many_that_start_at_once_migrate_once(store: Store, valkey: str) -> None:
    """One does it, the others wait until it is done: none goes on with data of an older shape."""
    under_way, most, done = 0, 0, []

    async def step(client: Client) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await client.lpush("vestnik:test", "x")  # type: ignore[misc]  # the library's types know no asynchronous answer here
        done.append(int(await client.get(keys.SCHEMA()) or 0))
        under_way -= 1

    await store.client.set(keys.SCHEMA(), 1)
    clients = [connect(valkey) for _ in range(5)]
    await asyncio.gather(*(schema.migrate(client, steps={1: step, 2: step}, current=3) for client in clients))
    assert (most, done) == (1, [1, 2])
    assert int(await store.client.get(keys.SCHEMA()) or 0) == 3
    for client in clients:
        await client.aclose()
    await store.client.delete("vestnik:test")


async def test_an_interrupted_step_is_run_again(store: Store) -> None:
    """The store goes away in the middle of the second step: the first is not repeated, the second is, and nobody is locked out."""
    tried = []

    async def good(_: Client) -> None:
        tried.append("good")

    async def fails(_: Client) -> None:
        tried.append("fails")
        raise StoreUnavailable("gone")

    await store.client.set(keys.SCHEMA(), 1)
    with pytest.raises(StoreUnavailable):
        await schema.migrate(store.client, steps={1: good, 2: fails}, current=3)
    assert int(await store.client.get(keys.SCHEMA()) or 0) == 2
    await schema.migrate(store.client, steps={1: good, 2: good}, current=3)
    assert tried == ["good", "fails", "good"]


async def test_whoever_died_over_it_gives_way(store: Store) -> None:
    """The lock of a process that was killed ends by itself, and the next one goes on."""
    await old(store, 1)
    await store.client.set(keys.SCHEMA_LOCK(), "dead", px=400)
    assert await schema.migrate(store.client) == 1
    assert (await store.stories.find(SLIP, 10)).ids == ("s1",)
    assert not await store.client.exists(keys.SCHEMA_LOCK())


async def test_data_without_a_number_are_the_oldest(store: Store) -> None:
    """A new store is of the current shape at once; one that holds something is brought up to date."""
    await store.client.flushall()
    assert await schema.migrate(store.client) == schema.CURRENT
    await old(store, 1)
    await store.client.delete(keys.SCHEMA())
    assert await schema.migrate(store.client) == schema.OLDEST
    assert (await store.stories.find(SLIP, 10)).ids == ("s1",)


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (
            str(schema.CURRENT + 1),
            f"the store was written by a newer version (shape {schema.CURRENT + 1}, this one knows {schema.CURRENT})",
        ),
        ("seven", "vestnik:schema is no number: the store was not written by Vestnik"),
    ],
)
def test_what_this_version_does_not_know_is_refused(number: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    """By every command, in one line, exit 2; the data stay as they are."""
    inside(lambda store: store.client.set(keys.SCHEMA(), number))
    for command in (["subscribers", "count"], ["digest"], ["backup", "x.backup"], ["publish"]):
        assert run(command) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith(f"vestnik: {says}")
    assert not Path("x.backup").exists()


def test_two_processes_of_the_program_start_over_an_old_store(valkey: str, tmp_path: Path) -> None:
    """Real ones, at the same time: both work, the data are up to date."""
    inside(lambda store: old(store, 1))
    environment = {"VESTNIK_REDIS_URL": valkey, "PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "bot", "stories", "list", "--search", "закон", "--json"]
    pipe = subprocess.PIPE
    for process in [subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=pipe, stderr=pipe, text=True) for _ in range(2)]:
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        assert '"s1"' in out
    assert inside(lambda store: store.stories.find(SLIP, 10), migrated=False).ids == ("s1",)


async def test_a_backup_of_an_older_version_is_brought_up_to_date(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Restored, then migrated: the same as if that store had been opened."""
    await old(store, 1)
    with monkeypatch.context() as older:
        older.setattr(schema.migrate, "__kwdefaults__", {"steps": {}, "current": 1})
        assert await asyncio.to_thread(run, ["backup", "old.backup"]) == 0
    await store.client.flushall()
    assert await asyncio.to_thread(run, ["restore", "old.backup"]) == 0
    async with open_store(settings, migrated=False) as restored:
        assert int(await restored.client.get(keys.SCHEMA()) or 0) == schema.CURRENT
        assert (await restored.stories.find(SLIP, 10)).ids == ("s1",)
