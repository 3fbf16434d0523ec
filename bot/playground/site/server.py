"""Serves the sample edition over HTTP on a loopback port, with validators, redirects for old addresses and errors as sites have them."""

from __future__ import annotations

import email.utils
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.clock import Clock, SystemClock
from bot.playground.site.edition import Edition
from bot.playground.site.pages import FEED_FILES, Answer, Press


class SampleSite:
    """A server of the sample edition, an async context manager.

    The edition is dated when the server starts, by `clock`: what lies ahead appears when the clock reaches it.
    """

    def __init__(self, clock: Clock | None = None, *, host: str = "127.0.0.1") -> None:
        self._clock = clock or SystemClock()
        self._host = host
        self._runner: web.AppRunner | None = None
        self._port = 0
        self.edition: Edition
        self._press: Press
        self.requests = 0
        """Answered so far, those with 304 included."""
        self.unchanged = 0
        """Answered with 304."""

    async def __aenter__(self) -> Self:
        if self._runner is None:
            await self.start()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        """Listens on the port, or on a free one. Raises OSError if it is taken."""
        application = web.Application()
        application.router.add_get("/", self._index)
        application.router.add_get("/robots.txt", self._robots)
        application.router.add_get("/{outlet}", self._slash)
        application.router.add_get("/{outlet}/", self._listing)
        application.router.add_get("/{outlet}/{name}", self._page)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, port)
        try:
            await site.start()
        except OSError:
            await self.stop()
            raise
        self._port = int(self._runner.addresses[0][1])
        self.edition = Edition.dated(self._clock.now())
        self._press = Press(self.edition, self.url)

    async def stop(self) -> None:
        """Closes the port; without effect if it is closed."""
        if self._runner is not None:
            runner, self._runner = self._runner, None
            await runner.cleanup()

    @property
    def url(self) -> str:
        """The site's address, without a slash at its end."""
        return f"http://{self._host}:{self._port}"

    @property
    def sources(self) -> tuple[dict[str, object], ...]:
        """The site's outlets as records of a sources file."""
        return tuple(
            {
                "id": outlet.id,
                "name": outlet.name,
                "url": f"{self.url}/{outlet.id}/{FEED_FILES[outlet.kind]}",
                "kind": "rss" if FEED_FILES[outlet.kind] else outlet.kind,
                **({"selector": "a.headline"} if outlet.kind == "page" else {}),
                "official": outlet.official,
                "language": outlet.language,
                "interval": "10m",
                "allow_private": True,
            }
            for outlet in self.edition.outlets
        )

    def sources_toml(self, path: Path) -> Path:
        """Writes a sources file that reads this site, and returns its path."""
        path.write_text("\n".join(_table(source) for source in self.sources), encoding="utf-8")
        return path

    async def _index(self, request: web.Request) -> web.Response:
        return self._send(request, self._press.index(self._clock.now()))

    async def _robots(self, request: web.Request) -> web.Response:
        return web.Response(text="User-agent: *\nAllow: /\n")

    async def _slash(self, request: web.Request) -> web.Response:
        raise web.HTTPMovedPermanently(f"/{request.match_info['outlet']}/")

    async def _listing(self, request: web.Request) -> web.Response:
        return self._send(request, self._press.listing(request.match_info["outlet"], self._clock.now()))

    async def _page(self, request: web.Request) -> web.Response:
        outlet, name = request.match_info["outlet"], request.match_info["name"]
        now = self._clock.now()
        return self._send(request, self._press.feed(outlet, name, now) or self._press.page(outlet, name, now))

    def _send(self, request: web.Request, answer: Answer | None) -> web.Response:
        self.requests += 1
        if answer is None:
            return web.Response(status=404, text="<h1>404</h1><p>Страница не найдена</p>", content_type="text/html")
        headers = {
            "ETag": answer.etag,
            "Last-Modified": email.utils.format_datetime(answer.modified.replace(microsecond=0), usegmt=True),
            "Cache-Control": "max-age=60",
        }
        if _fresh(request.headers, answer):
            self.unchanged += 1
            return web.Response(status=304, headers=headers)
        return web.Response(body=answer.body, status=answer.status, headers={**headers, "Content-Type": answer.content_type})


def _fresh(headers: Mapping[str, str], answer: Answer) -> bool:
    """Whether what the client has is what it would get; If-None-Match decides where it is given."""
    tags = headers.get("If-None-Match")
    if tags is not None:
        return tags.strip() == "*" or answer.etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
    since = headers.get("If-Modified-Since")
    if since is None:
        return False
    try:
        return answer.modified.replace(microsecond=0) <= email.utils.parsedate_to_datetime(since)
    except ValueError:
        return False


def _table(source: Mapping[str, object]) -> str:
    lines = ["[[source]]"]
    for key, value in source.items():
        # The strings are ours: without quotes, backslashes or control characters.
        lines.append(f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {str(value).lower()}")
    return "\n".join(lines) + "\n"
