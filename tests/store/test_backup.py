"""Backup and restore: whole while everything works, refused when damaged, put back on an empty machine as it was."""

from __future__ import annotations

import asyncio
import datetime as dt
import gzip
import io
import random
import struct
import zlib
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry
from pydantic import SecretStr

from bot.cli import run
from bot.clock import MovableClock
from bot.deliver.metrics import Metrics
from bot.deliver.scheduler import Scheduler
from bot.deliver.sender import Mailer
from bot.model import Cluster, Platform, Preferences, Recipient, Schedule, Subscriber
from bot.platforms.telegram_mail import TelegramSender
from bot.playground.telegram.limits import TelegramLimits
from bot.playground.telegram.server import TelegramEmulator
from bot.settings import Settings
from bot.store import Store, copy, keys, repair, schema
from bot.store.editions import Editions
from bot.store.outbox import Outbox
from tests.deliver.conftest import Desk, running
from tests.deliver.test_scheduler import story
from tests.store.conftest import Node
from tests.store.test_commands import GOOD, everybody, imported, inside, operator
from tests.store.test_news import cluster as article

__all__ = ["operator"]

TG = Platform.TELEGRAM
PEOPLE = 200
Entries = list[tuple[bytes, int, bytes]]


def test_a_backup_restores_an_empty_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Same counts, subscribers, stories, remembered things and lifetimes; a store that holds something is not overwritten."""
    imported([{**GOOD, "id": number} for number in range(1, 500)], tmp_path=tmp_path)
    inside(lambda store: store.stories.put(article()))
    inside(lambda store: store.sessions.put(Recipient(platform=Platform.VK, id=2), "asked", "search", lifetime=dt.timedelta(hours=1)))
    before = inside(everybody)
    counts = told(capsys, "subscribers", "count", "--json")
    size = inside(lambda store: store.client.dbsize())
    assert run(["backup", "kept.backup"]) == 0
    assert (tmp_path / "kept.backup").stat().st_mode & 0o777 == 0o600
    assert run(["restore", "kept.backup"]) == 2
    assert "--force replaces all" in capsys.readouterr().err
    monkeypatch.setenv("VESTNIK_REDIS_URL", "")
    monkeypatch.setenv("VESTNIK_DATA_DIR", str(tmp_path / "fresh"))
    assert run(["restore", "kept.backup"]) == 0
    assert told(capsys, "subscribers", "count", "--json").splitlines()[-1] == counts.splitlines()[-1]
    assert inside(lambda store: store.client.dbsize()) == size
    assert inside(everybody) == before
    assert inside(lambda store: store.stories.cluster("s1")) == article()
    assert [one.id for one in inside(lambda store: store.stories.search("закон"))] == ["s1"]
    assert 0 < inside(lambda store: store.client.ttl("vestnik:{p:vk:2}:kept:asked")) <= 3600


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(list(arguments)) == 0
    return capsys.readouterr().out


# ── files that are no whole backup ───────────────────────────────────────────────────────────────────────────────────


def entries(packed: bytes) -> Entries:
    """What a backup holds."""
    raw, found = io.BytesIO(gzip.decompress(packed)), Entries()
    assert raw.read(len(copy.MAGIC)) == copy.MAGIC
    while True:
        size, left, length = struct.unpack(">IqI", raw.read(16))
        if not size:
            return found
        found.append((raw.read(size), left, raw.read(length)))
        raw.read(4)


def written(found: Entries, *, last: bytes | None = None) -> bytes:
    """A backup that holds this, with true checksums."""
    body = b"".join(struct.pack(">IqI", len(k), left, len(v)) + k + v + struct.pack(">I", zlib.crc32(k + v)) for k, left, v in found)
    return gzip.compress(copy.MAGIC + body + (struct.pack(">IqI", 0, len(found), 0) if last is None else last), 1)


def changed(found: Entries, name: str, value: bytes | None = None) -> Entries:
    """Without a key, or with another value in it."""
    return [(key, left, value or old) for key, left, old in found if key != name.encode() or value]


DAMAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _: b"", "this is no backup of Vestnik"),
    "other": (lambda _: b"nothing", "kept.backup is no backup, or is cut short: Not a gzipped file"),
    "foreign archive": (lambda _: gzip.compress(b"REDIS0011 and more"), "this is no backup of Vestnik"),
    "cut": (lambda whole: whole[: len(whole) // 2], "kept.backup is no backup, or is cut short"),
    "its last byte lost": (lambda whole: whole[:-1], "kept.backup is no backup, or is cut short"),
    "a bit turned": (lambda whole: whole[:-300] + bytes([whole[-300] ^ 1]) + whole[-299:], ""),
    "its checksum turned": (lambda whole: whole[:-8] + bytes([whole[-8] ^ 1]) + whole[-7:], "CRC check failed"),
    "something after it": (lambda whole: whole + whole, "something follows the end of the backup"),
    "the end lost": (lambda whole: written(entries(whole), last=b""), "the backup is cut short after"),
    "a key lost": (lambda whole: written(entries(whole)[1:], last=struct.pack(">IqI", 0, len(entries(whole)), 0)), "keys and says"),
    "a gigantic key": (lambda whole: written(entries(whole), last=struct.pack(">IqI", 2**31, 0, 2**31)), "the backup is damaged at key"),
    "a foreign key": (lambda whole: written([*entries(whole), (b"shop:orders", 0, b"x")]), "it holds a key 'shop:orders'"),
    "no shape": (lambda whole: written(changed(entries(whole), keys.SCHEMA())), "does not say which shape its data have"),
    "a newer server": (
        lambda whole: written(changed(entries(whole), keys.SCHEMA(), b"\x00\xc0\x02\xff\xff" + bytes(8))),
        "this server cannot read what the backup's wrote",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_changes_nothing(damage: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is read to its end before anything is written: one clear line, exit 2, and the store is as it was, with --force too."""
    spoil, says = DAMAGES[damage]
    imported([{**GOOD, "id": number} for number in range(1, 200)], tmp_path=tmp_path)
    run(["backup", "kept.backup"])
    file = tmp_path / "kept.backup"
    file.write_bytes(spoil(file.read_bytes()))
    before = inside(snapshot)
    capsys.readouterr()
    assert run(["restore", "kept.backup", "--force"]) == 2
    said = capsys.readouterr().err
    assert len(said.strip().splitlines()) == 1
    assert says in said
    assert inside(snapshot) == before


async def snapshot(store: Store) -> dict[bytes, bytes]:
    return {key: await store.client.dump(key) async for key in store.client.scan_iter(count=1000)}


def test_a_backup_of_a_newer_version_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is written: the store stays as it was, and open."""
    inside(lambda store: store.client.set(keys.SCHEMA(), schema.CURRENT))
    with monkeypatch.context() as newer:
        newer.setattr(schema.migrate, "__kwdefaults__", {"steps": {schema.CURRENT: noted}, "current": schema.CURRENT + 1})
        newer.setattr(schema, "CURRENT", schema.CURRENT + 1)
        assert run(["backup", "newer.backup"]) == 0
    inside(lambda store: store.client.set(keys.SCHEMA(), schema.CURRENT), migrated=False)
    before = inside(snapshot)
    capsys.readouterr()
    assert run(["restore", "newer.backup"]) == 2
    shapes = f"shape {schema.CURRENT + 1}, this one knows {schema.CURRENT}"
    assert capsys.readouterr().err == f"vestnik: a newer version wrote this backup ({shapes}); upgrade the program\n"
    assert inside(snapshot) == before


async def noted(_: object) -> None:
    """A step of a version to come."""


# ── around it ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_force_replaces_all(tmp_path: Path) -> None:
    """What came after the backup is gone, foreign keys of a shared server are not."""
    imported([GOOD], tmp_path=tmp_path)
    before = inside(snapshot)
    run(["backup", "kept.backup"])
    imported([{**GOOD, "id": 77}], tmp_path=tmp_path)
    inside(lambda store: store.stories.put(article()))
    inside(lambda store: store.client.set("shop:orders", "5"))
    assert run(["restore", "kept.backup", "--force"]) == 0
    after = inside(snapshot)
    assert after.pop(b"shop:orders")
    assert after == before


def test_an_interrupted_restore_is_noticed_and_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half of a backup must not pass for a store: everything refuses to open it in one line, until the restore is repeated."""
    imported([{**GOOD, "id": number} for number in range(1, 300)], tmp_path=tmp_path)
    before = inside(everybody)
    run(["backup", "kept.backup"])

    async def dies(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(repair, "settle_subscribers", dies)
        assert run(["restore", "kept.backup", "--force"]) == 130
    capsys.readouterr()
    for command in (["subscribers", "count"], ["backup", "half.backup"], ["publish"]):
        assert run(command) == 2
        assert capsys.readouterr().err == "vestnik: the store holds half of a backup: repeat `vestnik restore --force` with the same file\n"
    assert run(["restore", "kept.backup", "--force"]) == 0
    assert inside(everybody) == before


def test_a_backup_through_pipes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """`-` writes nothing but the backup to standard output, and reads it from standard input: for containers without a folder."""
    imported([GOOD], tmp_path=tmp_path)
    before = inside(snapshot)
    capsysbinary.readouterr()
    assert run(["backup", "-"]) == 0
    piped = capsysbinary.readouterr()
    assert b"keys written to the pipe" in piped.err
    inside(lambda store: store.client.flushall())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(piped.out)))
    assert run(["restore", "-"]) == 0
    assert inside(snapshot) == before


def test_a_backup_that_cannot_be_written_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No folder, a folder in its place: one line, no half file."""
    for where in ("nowhere/kept.backup", "folder"):
        (tmp_path / "folder").mkdir(exist_ok=True)
        assert run(["backup", where]) == 2
        assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert not list(tmp_path.glob("**/*.part"))


def test_from_a_cluster_to_a_single_server_and_back(
    cluster: list[Node], valkey: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is the same for both."""
    nodes = f"redis+cluster://127.0.0.1:{cluster[0].port}"
    monkeypatch.setenv("VESTNIK_REDIS_URL", nodes)
    inside(lambda store: store.client.flushall())
    imported([{**GOOD, "id": number} for number in range(1, 300)], tmp_path=tmp_path)
    inside(lambda store: store.stories.put(article()))
    before, people = inside(snapshot), inside(everybody)
    assert run(["backup", "cluster.backup"]) == 0
    monkeypatch.setenv("VESTNIK_REDIS_URL", valkey)
    assert run(["restore", "cluster.backup"]) == 0
    assert sorted(inside(everybody), key=str) == sorted(people, key=str)
    assert [one.id for one in inside(lambda store: store.stories.search("закон"))] == ["s1"]
    assert run(["backup", "single.backup"]) == 0
    monkeypatch.setenv("VESTNIK_REDIS_URL", nodes)
    imported([{**GOOD, "id": 7777}], tmp_path=tmp_path)
    assert run(["restore", "single.backup", "--force"]) == 0
    assert inside(snapshot).keys() == before.keys()
    assert sorted(inside(everybody), key=str) == sorted(people, key=str)
    inside(lambda store: store.client.flushall())


def test_every_family_of_keys_is_in_a_backup() -> None:
    """A new one must begin as the others do, or copies would leave it out in silence."""
    families = [value for value in vars(keys).values() if isinstance(value, keys.Key)]
    assert len(families) > 50
    assert not [family.template for family in families if not family.template.startswith(copy.OURS)]


# ── while everything works ───────────────────────────────────────────────────────────────────────────────────────────


async def test_a_backup_in_use_is_whole(anywhere: Store, settings: Settings, clock: MovableClock) -> None:
    """Stories come and change, people come, go and change their settings, editions are made and sent, while copies are taken: in every
    copy each membership has its record, each story is listed, and each edition reaches all whom it was made for."""
    clock.move_to(clock.now() + dt.timedelta(minutes=30))
    await schema.migrate(anywhere.client)
    async with TelegramEmulator(limits=TelegramLimits.none(), open_doors=True) as telegram, AsyncExitStack() as stack:
        settings = settings.model_copy(update={"telegram_token": SecretStr(telegram.token), "telegram_api_url": telegram.url})
        sender = TelegramSender(settings)
        stack.push_async_callback(sender.close)
        house = House(anywhere, clock, sender)
        await anywhere.subscribers.put_many([house.person(number) for number in range(PEOPLE)])
        for number in range(40):
            await house.publish(number)
        copies: list[io.BytesIO] = []
        async with running(house.mailer()), asyncio.TaskGroup() as group:
            for work in (house.people, house.newsroom, house.editions):
                group.create_task(work())
            await house.begun.wait()
            sizes = []
            for _ in range(4):
                copies.append(io.BytesIO())
                sizes.append(await copy.dump(anywhere.client, copies[-1]))
            assert sizes == sorted(set(sizes)), "the house was at work all the while"
            house.closed = True
        for taken in copies:
            await check(anywhere, taken, house)


class House:
    """People, stories and editions that change all the time."""

    def __init__(self, store: Store, clock: MovableClock, sender: TelegramSender) -> None:
        self.store, self.clock, self.sender = store, clock, sender
        self.begun = asyncio.Event()
        self.closed = False
        self.random = random.Random(5)

    def person(self, number: int, hour: int = 9) -> Subscriber:
        schedule = Schedule(times=(f"{hour:02}:00",))
        return Subscriber(recipient=Recipient(platform=TG, id=number), active=True, preferences=Preferences(schedule=schedule))

    def mailer(self) -> Mailer:
        desk = Desk(Editions(self.store.client), Outbox(self.store.client), self.clock, self.store.client)
        return desk.mailer(self.sender, lease=3.0)

    async def publish(self, number: int) -> None:
        told = story(f"n{number}", self.clock.now())
        await self.store.stories.put(Cluster(story=told, readings=()))

    async def people(self) -> None:
        while not self.closed:
            number = self.random.randrange(PEOPLE)
            await self.store.subscribers.put(self.person(number, self.random.randrange(4)))
            await self.store.subscribers.put(self.person(PEOPLE + self.random.randrange(200)))
            await asyncio.sleep(0.02)  # people are slower than machines: every change of settings is an edition of its own

    async def newsroom(self) -> None:
        number = 40
        while not self.closed:
            number += 1
            await self.publish(number)
            await self.publish(self.random.randrange(number))

    async def editions(self) -> None:
        scheduler = Scheduler(self.store, clock=self.clock, metrics=Metrics(CollectorRegistry()))
        while not self.closed:
            self.clock.move_to(self.clock.now() + dt.timedelta(hours=1))
            await scheduler.publish()
            self.begun.set()


async def check(store: Store, taken: io.BytesIO, house: House) -> None:
    """A copy, put back into an empty store and settled."""
    await store.client.flushall()
    taken.seek(0)
    copy.check(taken)
    taken.seek(0)
    done = await copy.restore(store.client, taken)
    await repair.settle_subscribers(store.client)
    await repair.settle_stories(store.client, done.stories)
    await repair.settle_editions(store.client, done.editions)
    assert await repair.settle_subscribers(store.client) == 0
    assert await repair.settle_stories(store.client, done.stories) == 0
    people = [one async for one in store.subscribers.each()]
    known = {one.recipient for one in people}
    assert {Recipient(platform=TG, id=number) for number in range(PEOPLE)} <= known, "who was there from the beginning to the end"
    members = [
        one async for audience in store.subscribers.audiences() async for batch in store.subscribers.members(audience.id) for one in batch
    ]
    assert sorted(members) == sorted(one.recipient for one in people if one.active)
    assert (await store.subscribers.count()).active[TG] == len(members)
    listed = {one.id for one in await store.stories.recent(10_000)}
    assert {f"n{number}" for number in range(40)} <= listed
    assert await store.stories.count() == len(listed) == len(done.stories)
    assert {one.id for one in await store.stories.search("сюжет", 10_000)} <= listed
    async with running(house.mailer()):
        await Scheduler(store, clock=house.clock, metrics=Metrics(CollectorRegistry())).publish()
        made = [name.decode() for name in await store.client.zrange(keys.EDITIONS_MADE(), 0, -1)]
        assert set(done.editions) <= set(made)
        for name in made:
            if await store.editions.get(name) is not None:  # an edition is listed before it is there
                await finished(store, name)


async def finished(store: Store, name: str) -> None:
    """Waits until everybody in an edition has an outcome."""
    async with asyncio.timeout(20):
        while True:
            counts = await store.editions.counts(name)
            assert counts is not None
            if counts.finished:
                assert sum(counts.outcomes.values()) == counts.recipients
                return
            await asyncio.sleep(0.02)  # the end is written in the store by another task
