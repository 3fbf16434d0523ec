"""Those who take their time, come in crowds or hide behind others: real connections to the listener that the role `web` opens."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request
from multidict import CIMultiDict

from bot.clock import MovableClock
from bot.errors import ConfigurationError
from bot.settings import NEARBY, Settings, read_settings
from bot.store import Store
from bot.web import Check, guard, make_web
from bot.web.guard import BURST, HEADERS
from bot.web.health import Readiness
from bot.web.listen import MOST, PATIENCE, TAKEN, listening

WITHIN = 10.0
GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"


class Line:
    """A connection of somebody who speaks HTTP by hand."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def answer(self) -> bytes:
        """All that comes until the other side hangs up."""
        async with asyncio.timeout(WITHIN):
            try:
                return await self.reader.read()
            except ConnectionResetError:
                return b""

    async def head(self) -> bytes:
        async with asyncio.timeout(WITHIN):
            return await self.reader.readuntil(b"\r\n\r\n")


@asynccontextmanager
async def call(address: str) -> AsyncIterator[Line]:
    host, _, port = address.removeprefix("http://").rpartition(":")
    line = Line(*await asyncio.open_connection(host, int(port)))
    try:
        yield line
    finally:
        line.writer.close()


def site(store: Store, settings: Settings, clock: MovableClock) -> web.Application:
    return make_web(store, settings, clock)


async def test_a_head_that_comes_drop_by_drop_is_given_up(store: Store, settings: Settings, clock: MovableClock) -> None:
    """A slow loris holds a line for the patience of the listener and no longer, however often it sends another byte."""
    async with listening(site(store, settings, clock), "127.0.0.1", 0, patience=0.5) as address, call(address) as slow:
        began = asyncio.get_running_loop().time()
        slow.writer.write(GET)

        async def drip() -> None:
            while not slow.reader.at_eof():
                slow.writer.write(b"X: 1\r\n")
                await asyncio.sleep(0.05)

        async with asyncio.TaskGroup() as group:
            dripping = group.create_task(drip())
            assert await slow.answer() == b""
            dripping.cancel()
        assert asyncio.get_running_loop().time() - began < WITHIN
    assert PATIENCE < 120


async def test_an_idle_connection_is_closed(store: Store, settings: Settings, clock: MovableClock) -> None:
    """Before the first request and between two."""
    async with listening(site(store, settings, clock), "127.0.0.1", 0, patience=0.3) as address:
        async with call(address) as silent:
            assert await silent.answer() == b""
        async with call(address) as once:
            once.writer.write(GET + b"\r\n")
            assert (await once.answer()).startswith(b"HTTP/1.1 200")


async def test_a_body_that_comes_drop_by_drop_is_given_up() -> None:
    """408, and the handler is not left waiting."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(body=await request.read())

    application = web.Application(middlewares=[guard.hurry(0.3)])
    application.router.add_post("/telegram", handler)
    async with listening(application, "127.0.0.1", 0) as address, call(address) as slow:
        slow.writer.write(b"POST /telegram HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        assert (await slow.head()).startswith(b"HTTP/1.1 408")


async def _alive(_: web.Request) -> web.Response:
    return web.Response(text="ok")


async def test_an_answer_that_nobody_takes_is_given_up() -> None:
    """Whoever asks and never reads holds a place for a while and no longer."""
    long = bytes(32 * 2**20)  # more than the system takes for a reader who takes nothing

    async def handler(_: web.Request) -> web.Response:
        return web.Response(body=long)

    application = web.Application()
    application.router.add_get("/", handler)
    application.router.add_get("/healthz", _alive)
    async with listening(application, "127.0.0.1", 0, taken=0.5, most=1) as address, call(address) as lazy:
        lazy.writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await lazy.head()
        async with asyncio.timeout(WITHIN):
            while True:
                async with call(address) as again:
                    again.writer.write(GET + b"Connection: close\r\n\r\n")
                    answer = await again.answer()
                if answer.startswith(b"HTTP/1.1 200"):
                    break
                assert answer.startswith(b"HTTP/1.1 503")
        assert len(await lazy.answer()) < len(long)
    assert 10 < TAKEN < PATIENCE


async def test_a_crowd_is_turned_away_at_once_and_let_in_again(store: Store, settings: Settings, clock: MovableClock) -> None:
    """Those who are in are served; one too many hears 503; when somebody goes there is room again."""
    async with listening(site(store, settings, clock), "127.0.0.1", 0, most=2) as address:
        async with call(address) as first, call(address) as second:
            for line in (first, second):
                line.writer.write(GET + b"\r\n")
                assert (await line.head()).startswith(b"HTTP/1.1 200")
            async with call(address) as third:
                refusal = await third.answer()
                assert refusal.startswith(b"HTTP/1.1 503")
                assert b"Retry-After" in refusal
        async with asyncio.timeout(WITHIN):
            while True:
                async with call(address) as again:
                    again.writer.write(GET + b"Connection: close\r\n\r\n")
                    if (await again.answer()).startswith(b"HTTP/1.1 200"):
                        break
    assert MOST < 1024, "fewer than a process may open files by default"


async def test_a_port_that_is_taken_is_told_by_its_setting(store: Store, settings: Settings, clock: MovableClock) -> None:
    """One line that names what to change."""
    async with listening(site(store, settings, clock), "127.0.0.1", 0) as address:
        port = int(address.rpartition(":")[2])
        with pytest.raises(ConfigurationError, match=f"VESTNIK_WEB_PORT: cannot listen on 127.0.0.1:{port}.*set VESTNIK_WEB_PORT"):
            async with listening(site(store, settings, clock), "127.0.0.1", port):
                pass


# ── who asks ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("peer", "said", "counts"),
    [
        ("203.0.113.5", [], "203.0.113.5"),
        ("203.0.113.5", ["198.51.100.1"], "203.0.113.5"),  # a stranger may say what they like
        ("127.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["1.2.3.4, 198.51.100.1"], "198.51.100.1"),  # the proxy has added the last one
        ("127.0.0.1", ["1.2.3.4", "198.51.100.1"], "198.51.100.1"),  # … as a line of its own
        ("172.18.0.1", ["198.51.100.1, 10.0.0.7"], "198.51.100.1"),  # two proxies of one's own
        ("127.0.0.1", ["10.0.0.8"], "10.0.0.8"),  # a reader on one's own network
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["nonsense"], "127.0.0.1"),
        ("127.0.0.1", ["198.51.100.1, nonsense"], "127.0.0.1"),
        ("::ffff:127.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("::1", ["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", [], "2001:db8:1:2::/64"),
        ("127.0.0.1", ["fe80::1%eth0"], "fe80::/64"),
    ],
)
def test_whose_address_counts(peer: str, said: list[str], counts: str) -> None:
    """The peer's, or, if that is a trusted proxy, the last one that no trusted proxy is; an IPv6 client is its network."""
    headers = CIMultiDict([("X-Forwarded-For", line) for line in said])
    assert guard.client(make_mocked_request("GET", "/", headers=headers).clone(remote=peer), NEARBY) == counts


@pytest.mark.parametrize(
    ("text", "counts"),
    [("192.0.2.0/24", "198.51.100.1"), ("192.0.2.7", "198.51.100.1"), ("none", "192.0.2.7"), ("10.0.0.0/8", "192.0.2.7")],
)
def test_the_operator_says_whom_to_trust(monkeypatch: pytest.MonkeyPatch, text: str, counts: str) -> None:
    """A proxy on a public address is named; with `none` nobody is believed."""
    monkeypatch.setenv("VESTNIK_TRUSTED_PROXIES", text)
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": "198.51.100.1"}).clone(remote="192.0.2.7")
    assert guard.client(request, read_settings().trusted_proxies) == counts


def test_a_network_that_is_none_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the setting and what is wrong."""
    monkeypatch.setenv("VESTNIK_TRUSTED_PROXIES", "10.0.0.0/8,proxy.example")
    with pytest.raises(ConfigurationError, match=r"^VESTNIK_TRUSTED_PROXIES: .*'proxy.example'"):
        read_settings()


async def test_what_is_no_reading_is_limited_too(store: Store, settings: Settings, clock: MovableClock) -> None:
    """Deletions, posts to nowhere and preflights draw on the same bucket; only a platform's own door is free."""

    async def taken(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    application = site(store, settings, clock)
    application.router.add_post("/telegram", taken)
    async with TestClient(TestServer(application)) as client:
        seen = set()
        for number in range(BURST + 60):
            method, path = (("POST", "/nowhere"), ("DELETE", "/ru/"), ("OPTIONS", "/api/v1/stories"))[number % 3]
            async with client.request(method, path) as response:
                seen.add(response.status)
                assert response.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
        assert seen == {404, 405, 204, 429}
        async with client.post("/telegram", data=b"{}") as response:
            assert response.status == 200


async def test_readiness_is_looked_at_once_for_all_who_ask(clock: MovableClock) -> None:
    """A crowd at /readyz costs the store one look."""
    looks = 0

    async def probe() -> list[Check]:
        nonlocal looks
        looks += 1
        await asyncio.sleep(0)
        return [Check(name="store", ok=True)]

    readiness = Readiness((probe,), clock, fresh=dt.timedelta(hours=1))
    found = await asyncio.gather(*(readiness.checks() for _ in range(50)))
    assert looks == 1
    assert all(check.ok for checks in found for check in checks)
