"""The HTTP client against servers that mean harm, or are merely ill."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import brotli
import pytest
from aiohttp import web

from bot.collect import Fetcher, Limits
from bot.errors import BadInput, SourceBroken
from bot.settings import Settings

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def raw(talk: Talk, context: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """A server that says what it likes."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"{'https' if context else 'http'}://127.0.0.1:{port}/"
    finally:
        server.close()


def says(data: bytes, *, stay: float = 0.0) -> Talk:
    """Sends these bytes, then closes after a while."""

    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        await asyncio.sleep(stay)

    return talk


async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A byte now and then, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


async def flood(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """As much as it can, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x" * 65_536)
        await writer.drain()


async def reset(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Hangs up in mid-answer."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
    await writer.drain()
    writer.transport.abort()


def compressed(coding: str, data: bytes) -> bytes:
    """An answer in a content coding."""
    return f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data


ZEROES = b"\0" * 60_000_000
HOSTILE: dict[str, Talk] = {
    "silent": says(b"", stay=5.0),
    "dripping": drip,
    "endless": flood,
    "reset": reset,
    "closed": says(b""),
    "lies about its length": says(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nshort"),
    "negative length": says(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nbody"),
    "two lengths": says(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nbodybod"),
    "broken chunks": says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\nbody"),
    "endless header": says(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000 + b"\r\n\r\n"),
    "a million headers": says(b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 100_000 + b"\r\n"),
    "no http": says(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "gzip bomb": says(compressed("gzip", gzip.compress(ZEROES, 1))),
    "gzip bomb of many members": says(compressed("gzip", gzip.compress(b"\0" * 1_000_000) * 60)),
    "deflate bomb": says(compressed("deflate", zlib.compress(ZEROES, 1))),
    "brotli bomb": says(compressed("br", brotli.compress(ZEROES, quality=1))),
    "no gzip": says(compressed("gzip", b"this is not gzip at all")),
    "unknown coding": says(compressed("exotic", b"body")),
}


@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "unknown coding"])
async def test_a_hostile_server_is_one_broken_source(name: str) -> None:
    """Within the time that a request may take, and whatever it sends."""
    async with raw(HOSTILE[name]) as url, Fetcher(Settings(_env_file=None), limits=Limits(total=1.0, connect=0.5, read=0.5)) as opened:
        async with asyncio.timeout(3):
            with pytest.raises(SourceBroken):
                await opened.get(url, allow_private=True)


async def test_what_decompresses_to_less_than_the_limit_is_read() -> None:
    """In every coding that we ask for."""
    text = "Привет! ".encode() * 1000
    for coding, data in (("gzip", gzip.compress(text)), ("deflate", zlib.compress(text)), ("br", brotli.compress(text))):
        async with raw(says(compressed(coding, data))) as url, Fetcher(Settings(_env_file=None)) as opened:
            assert (await opened.get(url, allow_private=True)).body == text


@pytest.mark.parametrize("hops", [5, 6])
async def test_five_redirects_are_followed_and_a_sixth_is_not(site, fetcher: Fetcher, hops: int) -> None:
    """The sixth is a broken source."""
    for number in range(hops):
        site.pages[f"/{number}"] = {"status": 302, "headers": {"Location": f"/{number + 1}"}}
    site.pages[f"/{hops}"] = "here"
    if hops > 5:
        with pytest.raises(SourceBroken):
            await fetcher.get(site["/0"], allow_private=True)
    else:
        assert (await fetcher.get(site["/0"], allow_private=True)).url == site[f"/{hops}"]


async def test_a_cookie_set_on_the_way_is_shown_to_the_same_host(site, fetcher: Fetcher) -> None:
    """Some sites redirect for ever without it."""

    async def gate(request: web.Request) -> web.Response:
        if request.cookies.get("seen") == "1":
            return web.Response(text="in")
        return web.Response(status=302, headers={"Location": "/gate", "Set-Cookie": "seen=1"})

    site.pages["/gate"] = gate
    assert (await fetcher.get(site["/gate"], allow_private=True)).body == b"in"


async def test_the_user_agent_names_the_bot_and_how_to_reach_its_owner(site) -> None:
    """The contact comes from the settings."""
    site.pages["/"] = "page"
    async with Fetcher(Settings(_env_file=None, contact="mailto:editor@example.org")) as opened:
        await opened.get(site["/"], allow_private=True)
    agent = site.asked[0].headers["User-Agent"]
    assert agent.startswith("Vestnik/")
    assert "mailto:editor@example.org" in agent


async def test_a_proxy_gets_the_requests_and_direct_means_none(site) -> None:
    """The general proxy serves all sources but those that say otherwise."""
    site.pages["/feed"] = "feed"
    async with Fetcher(Settings(_env_file=None, http_proxy_sources=site.base)) as opened:
        page = await opened.get("http://127.0.0.1:8/feed", allow_private=True)  # nobody listens there: the proxy answers
        assert page.body == b"feed"
        with pytest.raises(SourceBroken):
            await opened.get("http://127.0.0.1:8/feed", allow_private=True, proxy="direct")


async def test_a_socks_proxy_is_given_the_checked_address(site) -> None:
    """Not the name: the proxy would resolve it once more."""
    asked: list[bytes] = []

    async def socks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readexactly(2)
        await reader.readexactly(head[1])
        writer.write(b"\x05\x00")
        asked.append(await reader.readexactly(10))
        writer.write(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(socks, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with Fetcher(Settings(_env_file=None)) as opened:
        page = await opened.get("http://localhost:8080/x", allow_private=True, proxy=f"socks5://127.0.0.1:{port}")
    server.close()
    assert page.body == b"ok"
    assert asked[0][:4] in {b"\x05\x01\x00\x01", b"\x05\x01\x00\x04"}


async def test_an_extra_root_certificate_is_trusted_for_its_host_alone(tmp_path: Path) -> None:
    """Without it the certificate is refused: verification is never off."""
    certificate, context = self_signed(tmp_path)
    answer = says(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
    async with raw(answer, context) as url, Fetcher(Settings(_env_file=None)) as opened:
        with pytest.raises(SourceBroken, match="certificate"):
            await opened.get(url, allow_private=True)
        assert (await opened.get(url, allow_private=True, ca_file=str(certificate))).body == b"ok"
        with pytest.raises(SourceBroken, match="certificate"):
            await opened.get(url, allow_private=True)
        with pytest.raises(BadInput, match="ca_file"):
            await opened.get(url, allow_private=True, ca_file=str(tmp_path / "none.pem"))


def self_signed(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for 127.0.0.1 that nobody vouches for, and a context that shows it."""
    trustme = pytest.importorskip("trustme", reason="trustme makes the certificates of this test")
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    path = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path, context
