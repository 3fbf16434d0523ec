"""The operator's commands on the store: import, export, count, stories, doctor."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import json
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.cli import run
from bot.model import Platform, Recipient, Subscriber
from bot.settings import read_settings
from bot.store import Store, open_store, repair
from tests.store.test_news import cluster

T = TypeVar("T")
GOOD = {"platform": "vk", "id": 2, "schedule": {"times": ["19:00"], "days": "mon,fri"}, "audiences": ["banks"], "alerts": True}


@pytest.fixture(autouse=True)
def operator(valkey: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator at an empty store."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VESTNIK_REDIS_URL", valkey)


def inside(action: Callable[[Store], Awaitable[T]], *, migrated: bool = True) -> T:
    """Does something to the operator's store; not `migrated`: whatever its shape."""

    async def act() -> T:
        async with open_store(read_settings(), migrated=migrated) as store:
            return await action(store)

    return asyncio.run(act())


def imported(lines: list[object], *, tmp_path: Path) -> int:
    file = tmp_path / "people.jsonl"
    file.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines))
    return run(["subscribers", "import", str(file)])


async def everybody(store: Store) -> list[Subscriber]:
    return [one async for one in store.subscribers.each()]


def test_a_bad_line_is_told_and_the_rest_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each with its number and what is wrong; the others are there with their defaults."""
    lines = [
        {"platform": "telegram", "id": 1},
        "nope",
        {"platform": "icq", "id": 5},
        {**GOOD, "schedule": {"times": ["25:00"]}},
        GOOD,
        "[]",
    ]
    assert imported(lines, tmp_path=tmp_path) == 0
    said = capsys.readouterr()
    assert [line.split(":")[1].strip() for line in said.err.splitlines()] == ["line 2", "line 3", "line 4", "line 6"]
    assert "2 read, 2 new or changed, 4 bad" in said.out
    found = inside(everybody)
    assert {str(one.recipient) for one in found} == {"telegram:1", "vk:2"}
    assert all(one.active for one in found)


def test_an_import_without_a_good_line_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 2, one line in the end."""
    assert imported(["nope", "{}"], tmp_path=tmp_path) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "vestnik: none of the 2 lines could be read"


def test_an_import_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`-` is a pipe."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(GOOD).encode())))
    assert run(["subscribers", "import", "-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"read": 1, "changed": 1, "bad": 0}


def test_what_was_exported_is_imported_as_it_was(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """Settings, topics and states: nothing is lost on the way to another store."""
    imported(
        [GOOD, {"platform": "telegram", "id": -1, "thread": 4, "muted": ["спорт"], "quiet": ["22:00", "07:00"], "active": False}],
        tmp_path=tmp_path,
    )
    inside(lambda store: store.subscribers.pause(Recipient(platform=Platform.VK, id=2), "blocked"))
    before = inside(everybody)
    capsysbinary.readouterr()
    assert run(["subscribers", "export"]) == 0
    (tmp_path / "export.jsonl").write_bytes(capsysbinary.readouterr().out)
    inside(lambda store: store.client.flushall())
    assert run(["subscribers", "import", str(tmp_path / "export.jsonl")]) == 0
    assert sorted(inside(everybody), key=str) == sorted(before, key=str)


def test_counts_add_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By platform and state."""
    imported([GOOD, {"platform": "telegram", "id": 1}, {"platform": "telegram", "id": 2, "active": False}], tmp_path=tmp_path)
    capsys.readouterr()
    assert run(["subscribers", "count", "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)
    assert counts["total"] == 3
    assert counts["audiences"] == 2
    assert counts["telegram"] == {"active": 1, "inactive": 1, "gone": 0}


def test_wrong_memberships_are_settled() -> None:
    """A member without a record goes, a record without membership joins, counts follow."""

    async def spoil(store: Store) -> tuple[int, int]:
        people = [Subscriber(recipient=Recipient(platform=Platform.TELEGRAM, id=number), active=True) for number in range(300)]
        await store.subscribers.put_many(people)
        (audience,) = [one async for one in store.subscribers.audiences()]
        for shard in range(16):
            await store.client.zremrangebyrank(f"vestnik:{{s{shard}}}:in:{audience.id}", 0, 0)
            await store.client.zadd(f"vestnik:{{s{shard}}}:in:{audience.id}", {"999999": 999999})
            await store.client.hset(f"vestnik:{{s{shard}}}:count", "tA", 77)
        wrong = await repair.settle_subscribers(store.client)
        return wrong, (await store.subscribers.count()).total

    assert inside(spoil) == (32, 300)


def test_stories_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """By words and filters, as JSON Lines; an unknown one is one clear line."""
    inside(lambda store: store.stories.put(cluster()))
    assert run(["stories", "list", "--search", "законы", "--stage", "adopted", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "s1"
    assert run(["stories", "show", "s1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["story"]["headline"] == "Дума приняла закон о мессенджерах"
    assert run(["stories", "show", "nobody"]) == 2
    assert capsys.readouterr().err == "vestnik: there is no story nobody\n"


def test_the_doctor_finds_the_store_well(capsys: pytest.CaptureFixture[str]) -> None:
    """With nothing configured nothing is ill, and it says how to begin."""
    assert run(["doctor", "--json"]) == 0
    found = {one["check"]: one for one in json.loads(capsys.readouterr().out)}
    assert found["store"]["status"] == found["clock"]["status"] == "ok"
    assert "VESTNIK_TELEGRAM_TOKEN" in found["telegram"]["todo"]


def test_the_doctor_names_what_is_ill(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A proxy that is off, a platform that is away: exit 1, each with what to do, and no password in sight."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    monkeypatch.setenv("VESTNIK_HTTP_PROXY_SOURCES", f"http://anna:geheim@127.0.0.1:{port}")
    monkeypatch.setenv("VESTNIK_TELEGRAM_TOKEN", "123456:geheim")
    monkeypatch.setenv("VESTNIK_TELEGRAM_API_URL", f"http://127.0.0.1:{port}")
    assert run(["doctor"]) == 1
    said = capsys.readouterr()
    assert "change VESTNIK_HTTP_PROXY_SOURCES" in said.out
    assert "geheim" not in said.out + said.err
    assert said.err == "vestnik: does not work: telegram, proxy HTTP_PROXY_SOURCES\n"


def test_the_doctor_outlives_an_absent_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says so and what to look at."""
    monkeypatch.setenv("VESTNIK_REDIS_URL", f"unix://{tmp_path}/none.sock")
    assert run(["doctor"]) == 1
    assert "✗ store: the store does not answer" in capsys.readouterr().out


def test_dead_letters_are_seen_and_queued_again(capsys: pytest.CaptureFixture[str]) -> None:
    """The doctor says how many and why; --requeue gives them another chance."""

    async def bury(store: Store) -> None:
        await store.outbox.push(Platform.VK, "e1", 1)
        (job,) = await store.outbox.claim(Platform.VK, "w", 1, idle=dt.timedelta(seconds=1), steal=False)
        await store.outbox.bury(Platform.VK, job, "poison", dt.datetime(2026, 2, 10, tzinfo=dt.UTC))

    inside(bury)
    assert run(["doctor"]) == 1
    assert "1 batches were given up (poison)" in capsys.readouterr().out
    assert run(["doctor", "--requeue"]) == 0
    assert inside(lambda store: store.outbox.sizes(Platform.VK)) == (1, 0)
