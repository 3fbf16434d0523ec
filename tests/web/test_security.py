"""Doors that stay shut: secrets of webhooks, sizes, methods, failures, the policy of every page, strangers' addresses."""

from __future__ import annotations

import asyncio
import datetime as dt
import dis
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import CodeType

import lxml.html
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import MovableClock
from bot.settings import Settings
from bot.store import Store
from bot.web import SourceState, make_web
from bot.web.guard import BURST, HEADERS
from handlers import telegram, vk
from tests.web import samples
from tests.web.conftest import Client, keep, sources
from tests.web.test_browser import PATHS

SECRET = "a-secret-of-the-test"
GROUP = 77
WRONG = ["", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper(), "секрет", "a\u00ad", "x" * 7000]
HUGE = 2**20 + 1


class _Group:
    """All that a refusal may know of the community: its number."""

    group_id = GROUP


@pytest.fixture
async def doors(store: Store, settings: Settings, clock: MovableClock) -> AsyncIterator[Client]:
    """The site with both webhooks and nothing behind them: to go past a door would be a failure of the server."""
    site = make_web(store, settings, clock)
    site.router.add_post(telegram.PATH, telegram.Webhook(None, None, None, secret=SECRET).handle)  # type: ignore[arg-type]
    vk.Callback(_Group(), secret=SECRET, confirmation="c0de").register(site)  # type: ignore[arg-type]
    async with TestClient(TestServer(site)) as opened:
        yield opened


@pytest.mark.parametrize("secret", WRONG)
async def test_a_wrong_secret_goes_nowhere(doors: Client, secret: str) -> None:
    """Refused in one word, with the security headers, whatever stands in its place."""
    raw = secret.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    async with doors.post(telegram.PATH, json={"update_id": 1}, headers={telegram.HEADER: raw}) as response:
        assert (response.status, await response.text()) == (401, "")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    async with doors.post(vk.PATH, json={"type": "message_new", "group_id": GROUP, "object": {}, "secret": secret}) as response:
        assert (response.status, await response.text()) == (403, "")
    for odd in (None, 7, [SECRET], {"secret": SECRET}, "\ud800"):
        async with doors.post(vk.PATH, json={"type": "message_new", "group_id": GROUP, "object": {}, "secret": odd}) as response:
            assert response.status == 403, odd


async def test_without_the_header_the_body_is_not_even_read(doors: Client) -> None:
    """A stranger's body of any size costs nothing: the refusal comes before it."""
    told = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        yield b"{"
        await told.wait()

    async with doors.post(telegram.PATH, data=endless()) as response:
        assert response.status == 401
        told.set()


@pytest.mark.parametrize("check", [telegram.Webhook.verify_secret, vk.Callback.handle])
def test_secrets_are_compared_in_constant_time(check: object) -> None:
    """By `compare_digest` alone: the secret is named once, and nothing there stops at the first difference."""
    code: CodeType = check.__code__  # type: ignore[attr-defined]
    assert "compare_digest" in code.co_names
    assert [line.argval for line in dis.get_instructions(code)].count("_secret") == 1


async def test_bodies_have_a_cap(doors: Client) -> None:
    """413 past a mebibyte, from those who know the secret too."""
    for path, headers in ((telegram.PATH, {telegram.HEADER: SECRET}), (vk.PATH, {})):
        async with doors.post(path, data=io.BytesIO(b" " * HUGE), headers=headers) as response:
            assert response.status == 413
            assert response.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
            assert "Traceback" not in await response.text()


@pytest.mark.parametrize("head", [b"X-Long: " + b"x" * 20_000, b"Cookie: " + b"x" * 9_000, b"\r\n".join([b"X-Many: 1"] * 40_000)])
async def test_heads_have_a_cap(doors: Client, head: bytes) -> None:
    """A head that is too long or has too many lines is refused or cut off, and the server goes on."""
    assert doors.port is not None
    reader, writer = await asyncio.open_connection("127.0.0.1", doors.port)
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n")
    async with asyncio.timeout(5):
        try:
            answer = await reader.read(10_000)
        except ConnectionResetError:
            answer = b""
    writer.close()
    assert not answer or answer.startswith((b"HTTP/1.1 400", b"HTTP/1.0 400", b"HTTP/1.1 431"))
    assert b"Traceback" not in answer
    async with doors.get("/healthz") as response:
        assert response.status == 200


@asynccontextmanager
async def broken(store: Store, settings: Settings, clock: MovableClock) -> AsyncIterator[Client]:
    async def fail() -> list[SourceState]:
        raise RuntimeError("the-inside-of-it")

    async with TestClient(TestServer(make_web(store, settings, clock, sources=fail))) as client:
        yield client


async def test_failures_say_nothing_of_the_inside(store: Store, settings: Settings, clock: MovableClock) -> None:
    """400, 404, 405 and 500 carry every security header and no trace, no version, no path of a file."""
    async with broken(store, settings, clock) as client:
        for method, path, status in (
            ("GET", "/ru/sources", 500),
            ("GET", "/en/sources", 500),
            ("GET", "/ru/story/none", 404),
            ("GET", "/ru/%3Cscript%3E", 404),
            ("GET", "/api/v1/none", 404),
            ("GET", "/api/v1/stories?limit=x", 400),
            ("GET", "/ru/atom.xml?audience=%3Cscript%3E", 400),
            ("POST", "/ru/", 405),
            ("DELETE", "/api/v1/stories", 405),
            ("TRACE", "/ru/", 405),
        ):
            async with client.request(method, path) as response:
                assert response.status == status, (method, path)
                assert HEADERS.items() <= response.headers.items(), (method, path)
                text = await response.text()
                assert not [word for word in ("Traceback", "the-inside-of-it", ".py", "<script") if word in text], (path, text)


async def test_the_limit_tells_when_to_come_again(client: Client) -> None:
    """429 names the seconds and is as guarded as any page."""
    for _ in range(BURST + 60):
        async with client.get("/ru/", headers={"X-Forwarded-For": "203.0.113.9"}) as response:
            if response.status == 429:
                assert int(response.headers["Retry-After"]) > 0
                assert HEADERS.items() <= response.headers.items()
                return
    pytest.fail("the limit was never reached")


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_no_page_needs_anything_inline(client: Client, language: str) -> None:
    """Every kind of page has the policy and neither a script nor a style nor a handler of its own, nor a foreign file."""
    for path in PATHS:
        async with client.get(f"/{language}{path}") as response:
            assert response.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
            tree = lxml.html.document_fromstring(await response.read())
        assert tree.xpath("//script | //style | //iframe | //object | //embed | //base | //meta[@http-equiv]") == [], path
        assert [name for name in tree.xpath("//@*") if name.attrname == "style" or name.attrname.startswith("on")] == [], path
        files = tree.xpath("//img/@src | //link[@rel='stylesheet' or @rel='icon']/@href")
        assert all(address.startswith(("/static/", f"/{language}/archive/")) for address in files), path
        assert all(address.startswith(("/", "#", "http://", "https://")) for address in tree.xpath("//a/@href")), path


async def test_addresses_in_articles_are_shown_never_fetched(store: Store, settings: Settings, clock: MovableClock) -> None:
    """A server that a story's sources name is not asked for anything, whatever page, feed or list is read."""
    asked: list[str] = []

    async def note(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(text="seen")

    trap = web.Application()
    trap.router.add_route("*", "/{rest:.*}", note)
    async with TestServer(trap) as server:
        bait = str(server.make_url("/article"))
        story = samples.story(
            1,
            "Сюжет с наживкой",
            measure=samples.Measure.BAN,
            status=samples.Status.DRAFT,
            date="2026-09-01",
            sources=(samples.source(1, "Интерфакс", url=bait),),
        )
        await keep(store, story)
        async with TestClient(TestServer(make_web(store, settings, clock, sources=sources, fresh=dt.timedelta(0)))) as client:
            for path in (
                *(f"/ru{path}" for path in PATHS),
                "/ru/atom.xml",
                "/ru/feed.json",
                "/calendar.ics",
                "/api/v1/stories",
                "/sitemap.xml",
                "/sitemap-pages.xml",
                "/sitemap-stories-1.xml",
            ):
                async with client.get(path) as response:
                    text = await response.text()
                if path == "/ru/story/s1":
                    assert bait in text
        assert asked == []
