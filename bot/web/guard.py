"""Middlewares: security headers on every answer, a limit for each client, errors in the site's own words, the time that pages take."""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections import OrderedDict
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network
from typing import Final

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from prometheus_client import Histogram

from bot.clock import Clock
from bot.errors import BadInput, StoreUnavailable
from bot.web.api import READABLE
from bot.web.site import Site

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
PATIENCE: Final = 20.0
"""Seconds in which a body must have come and been taken."""
_CLIENTS: Final = 10_000
_NEIGHBOURS: Final = 64
"""Bits of an IPv6 address that tell one client from another: whoever has one has the whole network behind it."""
_STEPS: Final = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.3, 1.0, 5.0)
"""Seconds by which the time that pages take is counted."""


def timed(site: Site) -> Middleware:
    """Counts how long each kind of page takes here, from the request's head to the answer, waiting for others included."""
    spent = Histogram("vestnik_page_seconds", "Seconds that a page took at the server.", ["page"], registry=site.registry, buckets=_STEPS)

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        began = time.perf_counter()
        try:
            return await handler(request)
        finally:
            resource = request.match_info.route.resource
            # The route, not the address: strangers must not make as many series as they like.
            spent.labels(resource.canonical if resource else "none").observe(time.perf_counter() - began)

    return middleware


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


def limits(clock: Clock, trusted: Sequence[IPv4Network | IPv6Network]) -> Middleware:
    """A bucket for each client: 429 with Retry-After once it is empty. What a platform may post is not limited, nor are health checks."""
    buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        posted = request.method == "POST" and request.match_info.http_exception is None
        if posted or request.path in ("/healthz", "/readyz", "/metrics"):
            return await handler(request)
        key, now = client(request, trusted), clock.monotonic()
        left, since = buckets.pop(key, (float(BURST), now))
        left = min(BURST, left + (now - since) * REFILL)
        buckets[key] = (max(left - 1, 0.0), now)
        if len(buckets) > _CLIENTS:
            buckets.popitem(last=False)
        if left < 1:
            open_to = READABLE if request.path.startswith("/api/") else {}
            return web.Response(status=429, text="too many requests\n", headers={"Retry-After": "5", **open_to})
        return await handler(request)

    return middleware


def client(request: web.Request, trusted: Sequence[IPv4Network | IPv6Network]) -> str:
    """Who asks, as the last one says whom we have reason to believe: from the peer back along X-Forwarded-For, past trusted proxies.

    What stands before the first address that is not a trusted proxy's could have been written by anybody. An IPv6 client is its network.
    """
    said = [part.strip() for line in request.headers.getall("X-Forwarded-For", ()) for part in line.split(",")]
    found = _address(request.remote or "")
    while found is not None and said and any(found in network for network in trusted):
        before = _address(said.pop())
        if before is None:
            break
        found = before
    if found is None:
        return request.remote or ""
    return str(ipaddress.ip_network((found, _NEIGHBOURS), strict=False)) if found.version == 6 else str(found)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def hurry(patience: float = PATIENCE) -> Middleware:
    """A body that comes drop by drop is given up: 408."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.can_read_body:
            return await handler(request)
        try:
            async with asyncio.timeout(patience):
                return await handler(request)
        except TimeoutError:
            return web.Response(status=408, headers={"Connection": "close"})

    return middleware


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
        except Exception:
            # Whatever it is: the reader gets a page with the security headers, and the log all of it.
            log.exception("page failed", path=request.path)
            return _failure(site, request, 500, "web-failed")

    return middleware


def _failure(site: Site, request: web.Request, status: int, key: str, detail: str = "") -> web.Response:
    if request.path.startswith("/api/"):
        return web.json_response({"error": detail or site.voice("en").say(key)}, status=status, headers=READABLE)
    return site.page(request, "error.html", status=status, key=key, detail=detail)
