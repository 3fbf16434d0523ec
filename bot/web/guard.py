"""Middlewares: security headers on every answer, a limit for each client, errors in the site's own words, the time that pages take."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from typing import Final

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from prometheus_client import Histogram

from bot.clock import Clock
from bot.errors import BadInput, StoreUnavailable
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
_CLIENTS: Final = 10_000
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
        except Exception:
            # Whatever it is: the reader gets a page with the security headers, and the log all of it.
            log.exception("page failed", path=request.path)
            return _failure(site, request, 500, "web-failed")

    return middleware


def _failure(site: Site, request: web.Request, status: int, key: str, detail: str = "") -> web.Response:
    if request.path.startswith("/api/"):
        return web.json_response({"error": detail or site.voice("en").say(key)}, status=status)
    return site.page(request, "error.html", status=status, key=key, detail=detail)
