"""Where others come in and we go out: the port of the pages, their public address, webhooks, proxies."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import AsyncIterator
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from bot.doctor.finding import Finding, doubt, fine, wrong
from bot.settings import Settings

_PATIENCE: Final = 10.0
_PORTS: Final = (443, 80, 88, 8443)
"""Where Telegram delivers to (Bot API, setWebhook)."""


async def see_proxies(settings: Settings) -> AsyncIterator[Finding]:
    """Whether somebody listens there; whether it works the platforms and `vestnik sources check` tell."""
    for name, address in (("TELEGRAM_PROXY", settings.telegram_proxy), ("HTTP_PROXY_SOURCES", settings.http_proxy_sources)):
        if not address:
            continue
        check, todo = f"proxy {name}", f"start the proxy, or change VESTNIK_{name}"
        try:
            parts = urlsplit(address)
            port = parts.port or (3128 if parts.scheme == "http" else 1080)
        except ValueError:
            parts, port = urlsplit(""), 0
        if not parts.hostname or parts.scheme not in ("http", "https", "socks4", "socks5", "socks5h"):
            yield wrong(
                check, "this is no address of a proxy", f"write VESTNIK_{name} as socks5://user:password@host:1080 or http://host:3128"
            )
            continue
        where = f"{parts.scheme}://{parts.hostname}:{port}"  # without the password
        try:
            async with asyncio.timeout(5):
                _, writer = await asyncio.open_connection(parts.hostname, port)
            writer.close()
            yield fine(check, where)
        except (OSError, TimeoutError) as error:
            yield wrong(check, f"{where}: {error or 'no answer'}", todo)


async def see_webhooks(settings: Settings) -> AsyncIterator[Finding]:
    """What a webhook needs besides its address."""
    url = settings.telegram_webhook_url
    if url is not None:
        parts = urlsplit(url)
        if settings.telegram_webhook_secret is None:
            yield wrong(
                "webhook",
                "VESTNIK_TELEGRAM_WEBHOOK_URL is set and the secret is not",
                "set VESTNIK_TELEGRAM_WEBHOOK_SECRET: openssl rand -hex 16",
            )
        elif parts.scheme != "https" or not parts.hostname or (parts.port or 443) not in _PORTS:
            todo = "set VESTNIK_TELEGRAM_WEBHOOK_URL to https://your.name/telegram, on port 443, 80, 88 or 8443"
            yield wrong("webhook", f"Telegram does not deliver to {url}", todo)
        elif parts.path != "/telegram":
            yield wrong("webhook", f"nobody listens at {parts.path or '/'}", "the path of VESTNIK_TELEGRAM_WEBHOOK_URL is /telegram")
    if (settings.vk_callback_secret is None) != (settings.vk_confirmation is None):
        lacking = "VESTNIK_VK_CONFIRMATION" if settings.vk_confirmation is None else "VESTNIK_VK_CALLBACK_SECRET"
        yield wrong("webhook", f"{lacking} is not set", "the Callback API needs both: Manage → API usage → Callback API has them")


async def see_port(settings: Settings) -> AsyncIterator[Finding]:
    """Free, or ours already."""
    where = f"{settings.web_host}:{settings.web_port}"
    try:
        family, kind, number, _, address = socket.getaddrinfo(settings.web_host, settings.web_port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, number) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
        yield fine("port", f"{where} is free")
    except OSError as error:
        if error.errno == errno.EADDRINUSE and await _alive(f"http://{_near(settings.web_host)}:{settings.web_port}") == "":
            yield fine("port", f"{where}: the role web answers there")
        elif error.errno == errno.EADDRINUSE:
            yield wrong("port", f"{where} is taken by another program", "set VESTNIK_WEB_PORT to a free port, or stop the other program")
        elif error.errno == errno.EACCES:
            yield wrong("port", f"{where}: {error.strerror}", "set VESTNIK_WEB_PORT above 1023 and put a reverse proxy before it")
        else:
            yield wrong("port", f"{where}: {error.strerror}", "set VESTNIK_WEB_HOST to an address of this machine, as 127.0.0.1")


async def see_links(settings: Settings) -> AsyncIterator[Finding]:
    """Whether the address in messages leads to the pages."""
    if not settings.public_url:
        return
    parts = urlsplit(settings.public_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        yield wrong("links", f"{settings.public_url} is no address of a page", "write VESTNIK_PUBLIC_URL as https://your.name")
        return
    trouble = await _alive(settings.public_url.rstrip("/"))
    if not trouble:
        yield fine("links", f"{settings.public_url} leads to the pages")
    elif await _alive(f"http://{_near(settings.web_host)}:{settings.web_port}"):
        todo = "start the role web (`vestnik run`) and ask again"
        yield doubt("links", f"{settings.public_url} {trouble}; the role web does not run here either", todo)
    else:
        todo = "see the reverse proxy, the name and the certificate; VESTNIK_PUBLIC_URL is the address at which people reach the pages"
        yield wrong("links", f"{settings.public_url} does not lead to the role web: it {trouble}", todo)


async def _alive(address: str) -> str:
    """Nothing if the role web answers there, else what happens instead."""
    try:
        timeout = aiohttp.ClientTimeout(total=_PATIENCE)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(f"{address}/healthz", allow_redirects=False) as response:
            if response.status == 200 and (await response.content.read(100)).strip() == b'{"status": "ok"}':
                return ""
            return f"answers {response.status} with something else" if response.status == 200 else f"answers {response.status}"
    except TimeoutError:
        return "does not answer"
    except aiohttp.ClientError as error:
        return f"cannot be reached: {' '.join(str(error).split()) or type(error).__name__}"


def _near(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - compared, not bound
