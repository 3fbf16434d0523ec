"""The only HTTP client for outside content: bounded in time and size, and closed to private networks."""

from __future__ import annotations

import asyncio
import http.cookies
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

import aiohttp
from aiohttp.abc import AbstractResolver
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from bot import __version__
from bot.collect.connect import CheckedResolver, SocksConnector, checked_socket, trust
from bot.collect.guard import parse_url, same_host, within
from bot.errors import AddressRefused, SourceBroken
from bot.settings import Settings

DIRECT: Final = "direct"
"""As a source's proxy: no proxy, even where a general one is set."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PERMANENT: Final = frozenset({301, 308})
_NO_HEADERS: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may cost. Times in seconds, size in bytes after decompression."""

    total: float = 20.0
    connect: float = 8.0
    read: float = 10.0
    size: int = 5_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a server answered at the end of all redirects."""

    url: str
    status: int
    headers: CIMultiDictProxy[str]
    body: bytes
    moved: str = ""
    """The address that every redirect on the way called permanent; empty if none did."""


@dataclass(frozen=True, slots=True)
class _Route:
    """Connections are shared only by requests that agree on all of this."""

    allow_private: bool
    proxy: str
    ca_file: str


class Fetcher:
    """Opens addresses of the outside world; an asynchronous context manager."""

    def __init__(self, settings: Settings, *, limits: Limits = Limits(), resolver: AbstractResolver | None = None) -> None:
        self._limits = limits
        self._proxy = settings.http_proxy_sources or ""
        self._resolver = resolver
        contact = f"; +{settings.contact}" if settings.contact else ""
        self._agent = f"Vestnik/{__version__} (news digest bot{contact})"
        self._sessions: dict[_Route, aiohttp.ClientSession] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for session in self._sessions.values():
            await session.close()
        self._sessions.clear()

    async def look(self, url: str, *, allow_private: bool = False, patience: float = 1.0) -> None:
        """Looks only at where an address leads. Raises AddressRefused if `get` would; a name that is unknown, or not found within
        `patience` seconds, is left to `get`, which looks anew at what it connects to.
        """
        start = parse_url(url, allow_private=allow_private)
        resolver = CheckedResolver(allow_private=allow_private, inner=self._resolver)
        try:
            async with asyncio.timeout(patience):
                await resolver.resolve(start.raw_host or "", start.port or 0, socket.AF_UNSPEC)
        except OSError:  # a timeout too
            return
        finally:
            await resolver.close()

    async def get(
        self,
        url: str,
        *,
        allow_private: bool = False,
        proxy: str = "",
        ca_file: str = "",
        headers: Mapping[str, str] = _NO_HEADERS,
        known: str = "",
    ) -> Page:
        """Reads one address, whatever its status. Raises AddressRefused if it may not be opened, SourceBroken if it cannot be read.

        `allow_private` holds for the host of `url` alone and `ca_file` is trusted beside the usual roots for that host alone, so that a
        redirect gains nothing by them. `proxy` overrides the general one; `"direct"` means none. `known` is an address that the
        operator wrote down: an HTTP proxy may find its host's name, which nobody here knows; a name from elsewhere is refused then.
        """
        start = parse_url(url, allow_private=allow_private)
        try:
            async with asyncio.timeout(self._limits.total):
                route = _Route(allow_private, proxy or self._proxy, ca_file)
                return await self._follow(start, route, headers=headers, known=known)
        except TimeoutError:
            raise SourceBroken(f"{start.host} did not answer within {self._limits.total:g} s", host=start.host, problem="timeout") from None
        except AddressRefused:
            raise
        except (aiohttp.ClientError, OSError, ValueError, asyncio.IncompleteReadError) as error:
            raise SourceBroken(f"{start.host}: {_describe(error)}", host=start.host, problem="connection") from error

    async def _follow(self, start: URL, wished: _Route, *, headers: Mapping[str, str], known: str) -> Page:
        here, permanent = start, True
        cookies: dict[str, str] = {}
        for hop in range(self._limits.redirects + 1):
            home = same_host(here, start)
            if hop:
                parse_url(str(here), allow_private=wished.allow_private and home)
            route = _Route(wished.allow_private and home, "" if wished.proxy == DIRECT else wished.proxy, wished.ca_file if home else "")
            if _http_proxy(route.proxy):
                await self._check_for_proxy(here, route, known)
            sent = headers if home else _NO_HEADERS
            async with self._session(route).get(
                here, headers=sent, cookies=cookies if home else None, allow_redirects=False, proxy=_http_proxy(route.proxy)
            ) as response:
                target = response.headers.get("Location", "") if response.status in _REDIRECTS else ""
                if not target:
                    body = await self._body(response)
                    moved = str(here) if hop and permanent else ""
                    return Page(url=str(here), status=response.status, headers=response.headers, body=body, moved=moved)
                if home:
                    cookies |= _cookies(response.cookies)
                permanent = permanent and response.status in _PERMANENT
                here = _join(here, target)
        raise SourceBroken(f"{start.host} redirects more than {self._limits.redirects} times", host=start.host, problem="redirects")

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        """Reads what decompresses to at most the limit; stops at the first byte over it."""
        parts = bytearray()
        async for chunk in response.content.iter_chunked(65_536):
            parts += chunk
            if len(parts) > self._limits.size:
                raise SourceBroken(
                    f"{response.url.host} sends more than {self._limits.size:,} bytes", host=response.url.host, problem="size"
                )
        return bytes(parts)

    def _session(self, route: _Route) -> aiohttp.ClientSession:
        session = self._sessions.get(route)
        if session is None:
            limits = self._limits
            session = self._sessions[route] = aiohttp.ClientSession(
                connector=self._connector(route),
                connector_owner=True,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=CIMultiDict({"User-Agent": self._agent, "Accept-Language": "ru, en;q=0.8", "Accept": "*/*"}),
                timeout=aiohttp.ClientTimeout(
                    total=limits.total, connect=limits.connect, sock_connect=limits.connect, sock_read=limits.read
                ),
                trust_env=False,
                max_line_size=16_384,
                max_field_size=65_536,
            )
        return session

    def _connector(self, route: _Route) -> aiohttp.BaseConnector:
        context = trust(route.ca_file)
        resolver = CheckedResolver(allow_private=route.allow_private, inner=self._resolver)
        if route.proxy.startswith("socks"):
            return SocksConnector(route.proxy, allow_private=route.allow_private, resolver=resolver, context=context)
        if route.proxy:  # this connects to the operator's own proxy alone; the target was checked in `_check_for_proxy`
            return aiohttp.TCPConnector(ssl=context, limit=64)
        guard = checked_socket(allow_private=route.allow_private)
        return aiohttp.TCPConnector(resolver=resolver, ssl=context, use_dns_cache=False, limit=128, limit_per_host=8, socket_factory=guard)

    async def _check_for_proxy(self, url: URL, route: _Route, known: str) -> None:
        """Looks at what an HTTP proxy will be asked to open. A name that the proxy alone knows is left to it if the operator named it."""
        resolver = CheckedResolver(allow_private=route.allow_private, inner=self._resolver)
        try:
            await resolver.resolve(url.raw_host or "", url.port or 0, socket.AF_UNSPEC)
        except OSError:
            if not known or not within(url, URL(known)):
                raise AddressRefused(f"{url.host} has no address here that could be looked at, and only the proxy knows it") from None
        finally:
            await resolver.close()


def _http_proxy(proxy: str) -> str | None:
    return proxy if proxy.startswith("http") else None


def _join(here: URL, target: str) -> URL:
    try:
        if "\\" in target:  # a browser reads it as a slash, a library as a letter
            raise ValueError(target)
        return here.join(URL(target.strip()))
    except ValueError:
        raise AddressRefused(f"{here.host} redirects to {target[:100]!r}, which is no address") from None


def _cookies(received: http.cookies.SimpleCookie) -> dict[str, str]:
    return {name: morsel.value for name, morsel in received.items()}


def _describe(error: BaseException) -> str:
    """One line on what went wrong, for an operator."""
    match error:
        case aiohttp.ClientConnectorCertificateError():
            return f"its certificate cannot be verified ({error.certificate_error})"
        case aiohttp.ClientSSLError():
            return f"TLS failed ({error})"
        case aiohttp.ClientConnectorDNSError():
            return "the name is not known to the resolver"
        case aiohttp.ServerTimeoutError():
            return "it did not answer in time"
        case aiohttp.ClientConnectorError():
            return f"no connection ({error.os_error.strerror or error.os_error})"
        case aiohttp.ClientPayloadError():
            return "the answer broke off or cannot be decompressed"
        case aiohttp.ServerDisconnectedError():
            return "the server closed the connection"
        case aiohttp.ClientResponseError():
            return f"the answer is no HTTP ({error.message})"
    return f"{type(error).__name__}: {error}"
