"""Middlewares: security headers on every answer, a limit for each client, pages kept for a moment, errors in the site's own words."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.clock import Clock
from bot.errors import BadInput, BotError, StoreUnavailable
from bot.web.site import Site, etag, matches

log = structlog.get_logger(__name__)

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
BURST: Final = 120
"""Requests that a client may make at once."""
REFILL: Final = 20.0
"""Requests a second after that."""
_CLIENTS: Final = 10_000
_KEPT: Final = 2_000
"""Answers kept."""
_LONGEST: Final = 1_000
"""Of an address with its query."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was sent."""

    until: float
    body: bytes
    headers: dict[str, str]
    tag: str


def headers(site: Site) -> Middleware:
    """Security headers, and HSTS where people come over TLS."""
    added = dict(HEADERS)
    if (site.settings.public_url or "").startswith("https://"):
        added["Strict-Transport-Security"] = "max-age=31536000"

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            response = await handler(request)
        except web.HTTPException as error:
            for name, value in added.items():
                error.headers.setdefault(name, value)
            raise
        for name, value in added.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def limits(clock: Clock) -> Middleware:
    """A bucket for each client: 429 with Retry-After once it is empty. Only reading is limited: platforms post their own way."""
    buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.method not in ("GET", "HEAD") or request.path in ("/healthz", "/readyz", "/metrics"):
            return await handler(request)
        key, now = client(request), clock.monotonic()
        left, since = buckets.pop(key, (float(BURST), now))
        left = min(BURST, left + (now - since) * REFILL)
        buckets[key] = (max(left - 1, 0.0), now)
        if len(buckets) > _CLIENTS:
            buckets.popitem(last=False)
        if left < 1:
            return web.Response(status=429, text="too many requests\n", headers={"Retry-After": "5"})
        return await handler(request)

    return middleware


def client(request: web.Request) -> str:
    """Who asks: the peer, or, if the peer is a proxy on a private address, the last address that it names."""
    peer = request.remote or ""
    try:
        if not ipaddress.ip_address(peer).is_private:
            return peer
        return str(ipaddress.ip_address(request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()))
    except ValueError:
        return peer


def errors(site: Site) -> Middleware:
    """An error becomes a page in the site's own words; what nobody expected is logged and says nothing of the inside."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as error:
            if error.status != 404 or request.method not in ("GET", "HEAD"):
                raise
            return _failure(site, request, 404, "web-missing")
        except BadInput as error:
            return _failure(site, request, 400, "web-bad-request", str(error))
        except StoreUnavailable as error:
            log.warning("store unavailable", path=request.path, error=str(error))
            response = _failure(site, request, 503, "web-busy")
            response.headers["Retry-After"] = "30"
            return response
        except BotError:
            log.exception("page failed", path=request.path)
            return _failure(site, request, 500, "web-failed")

    return middleware


def _failure(site: Site, request: web.Request, status: int, key: str, detail: str = "") -> web.Response:
    if request.path.startswith("/api/"):
        return web.json_response({"error": detail or site.voice("en").say(key)}, status=status)
    return site.page(request, "error.html", status=status, key=key, detail=detail)


def cache(site: Site, clock: Clock, seconds: float) -> Middleware:
    """Keeps what was answered for `seconds`, and answers 304 to those who have it. One who reads a page pays for all who follow."""
    kept: OrderedDict[tuple[str, ...], Kept] = OrderedDict()

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.method not in ("GET", "HEAD") or len(request.raw_path) > _LONGEST:
            return await handler(request)
        # The moment is a part of the key: a demonstration's clock may jump.
        key = (site.base(request), request.raw_path, site.library.now.isoformat())
        held = kept.get(key)
        if held is None or clock.monotonic() >= held.until:
            response = await handler(request)
            if not isinstance(response, web.Response) or response.status != 200 or "no-store" in response.headers.get("Cache-Control", ""):
                return response
            body = response.body if isinstance(response.body, bytes) else b""
            response.headers.setdefault("Cache-Control", "public, max-age=60")
            kept[key] = held = Kept(clock.monotonic() + seconds, body, dict(response.headers), etag(body))
            if len(kept) > _KEPT:
                kept.popitem(last=False)
        if matches(request, held.tag):
            slim = {name: value for name, value in held.headers.items() if name not in ("Content-Type", "Content-Length")}
            return web.Response(status=304, headers={**slim, "ETag": held.tag})
        return web.Response(body=held.body, headers={**held.headers, "ETag": held.tag})

    return middleware
